"""Publish a site: judge, make, and only then touch what readers see.

What did not change is not made when its fingerprint is known, and not written when its bytes are the same, so that its
time stays and caches hold. A build that is killed leaves every file whole and every link leading somewhere: what is
new comes first, then what leads to it, and what is gone goes last. The next build mends the rest.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from errno import EISDIR, ENOTDIR
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from generator.cache import Cache
from generator.heap import with_reserve
from generator.model.artifacts import Artifact, Order, PathTakenError
from generator.model.reach import WHOLE, Before, Items, Reach
from generator.publish.folder import held
from generator.publish.making import Again, Tell, make_all
from generator.publish.manifest import MANIFEST, footprint, is_inside, read_manifest, write_manifest
from generator.publish.memory import Memory
from generator.publish.stage import put_in_place, stage_beside


class PublishError(Exception):
    """The site cannot be written where it should be."""


class Changes(Struct, frozen=True):
    """What a build did to the published folder. Paths are relative to it."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    footprint: str = ""
    """Footprint of the site at the end (`publish.manifest`)."""

    def __str__(self) -> str:
        total = len(self.written) + self.unchanged
        parts = [f"{total} files", f"{len(self.written)} written", f"{self.unchanged} unchanged"]
        return ", ".join([*parts, f"{len(self.removed)} removed"] if self.removed else parts)


class Declared(Struct, frozen=True):
    """The files that a site is to have, as far as a change reaches; all others stay as they were left."""

    artifacts: Sequence[Artifact]
    items: Callable[[], Items] = dict
    """Answers with the items that the site is made of; with none where they cannot be known again."""
    basis: str = ""
    """Fingerprint of all that the items of stories and editions are made of; empty where it is not known."""
    reach: Reach = WHOLE
    late: Callable[[], Iterable[Artifact]] = tuple
    """Declares artifacts whose paths are known when the others have been made: meanwhile another process makes them."""


Declare = Callable[[Before], Declared]
"""Declares the files of a site, told what the site was made of the last time."""


def publish(
    declare: Declare,
    target: Path,
    cache: Cache | None = None,
    common: str = "",
    tell: Tell = lambda done, of: None,
    wait: Callable[[], None] = lambda: None,
    again: Again | None = None,
    stands: Callable[[], str] | None = None,
) -> Changes:
    """Write the site into `target`.

    `cache` remembers fingerprints; without it everything is made. `common` is a fingerprint of what the whole site
    depends on: when it changes, everything is made. `wait` is called once when another build is writing this site,
    before waiting for its end. `again` is for machines that help. `stands` answers with the footprint of the site,
    where somebody has looked at it just now.

    Raises `PathTakenError` when two artifacts claim a path, `PublishError` when one lies outside the site, and whatever
    making an artifact raises; in these cases the folder is as it was. Raises `OSError` when the disk refuses.
    """

    def published() -> Changes:
        memory = Memory.of(cache, target, common, stands() if stands else footprint(target))
        return _published(declare(memory.before()), memory, stage, tell, again)

    with held(target, wait), _gone_if_empty(target), stage_beside(target) as stage:
        return with_reserve(published)


def _published(declared: Declared, memory: Memory, stage: Path, tell: Tell, again: Again | None) -> Changes:
    """Make what is due in the stage, and then move it into place."""
    target = memory.target
    _refuse_collisions(declared.artifacts)
    staged = _made(declared.artifacts, memory, stage, tell, again)
    late = tuple(declared.late())
    artifacts = (*declared.artifacts, *late)
    if late:
        _refuse_collisions(artifacts)
        staged += _made(late, memory, stage)
    written = tuple(artifact.path for artifact in staged)
    gone = memory.gone(declared.reach, artifacts)
    if memory.lists(artifacts, gone):
        _refuse_others(target, written)
        _move_all(stage, target, written, {artifact.path: artifact.order for artifact in artifacts})
        removed: tuple[str, ...] = ()
    else:
        removed = _settle(stage, target, written, memory.orders(artifacts, gone))
    kept = memory.keep(artifacts, written, gone, declared.items(), declared.basis)
    return Changes(written, removed, len(kept.files) - len(staged), kept.footprint)


def _made(
    artifacts: Iterable[Artifact],
    memory: Memory,
    stage: Path,
    tell: Tell = lambda done, of: None,
    again: Again | None = None,
) -> list[Artifact]:
    """Make the artifacts that do not stand as they would be made.

    Answers with those that differ from what is published: they lie in the stage.
    """
    due = [artifact for artifact in artifacts if not memory.stands(artifact)]
    staged = []
    for artifact, differs, print_ in make_all(due, stage, memory.target, tell, again, memory.print_of):
        memory.learn(artifact, print_)
        staged += [artifact] if differs else []
    return staged


@contextmanager
def _gone_if_empty(target: Path) -> Iterator[None]:
    """Remove the folder when a build fails and the folder is empty, as after a first build."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            target.rmdir()
        raise


def _settle(stage: Path, target: Path, staged: Sequence[str], orders: Mapping[str, Order]) -> tuple[str, ...]:
    """Move what was made into place, and remove what is not made any more; answers with the files removed.

    `orders` has every file of the site.

    The list of the site's files names old and new ones while this goes on, so that whatever a killed build leaves
    behind is known to the next. It has them in the order in which they go public, and they are removed in the opposite
    one: feeds before the pages to which they lead.
    """
    before = read_manifest(target)
    in_order = sorted(orders, key=lambda path: (orders[path], path))
    numbers = Counter(orders.values())
    counts = [numbers[order] for order in Order]
    old = [path for path in before if path not in orders]
    gone = [path for path in reversed(old) if (target / path).is_file()]
    blocking = in_the_way(gone, orders.keys(), staged)
    _refuse_others(target, staged, blocking)
    if before != in_order:
        write_manifest(stage, target, (*old, *in_order), () if old else counts)
    for path in sorted(blocking):
        _remove(target, path)
    _move_all(stage, target, staged, orders)
    for path in gone:
        if path not in blocking:
            _remove(target, path)
    write_manifest(stage, target, in_order, counts)
    return tuple(sorted(gone))


def _move_all(stage: Path, target: Path, staged: Iterable[str], orders: Mapping[str, Order]) -> None:
    for path in _in_order(staged, target, orders):
        _move(stage / path, target / path)


def _in_order(staged: Iterable[str], target: Path, orders: Mapping[str, Order]) -> list[str]:
    """What is to be moved: new files before changed ones, since no published page leads to them yet; by their order.

    A folder of which nothing stands yet is moved as one, before anything leads into it.
    """
    is_there = lru_cache(None)(lambda path: (target / path).exists())
    keys: dict[str, tuple[bool, Order]] = {}
    for path in staged:
        new = next((folder for folder in (*reversed(list(_folders(path))), path) if not is_there(folder)), None)
        key = (new is None, orders[path])
        keys[new or path] = min(key, keys.get(new or path, key))
    return sorted(keys, key=lambda path: (*keys[path], path))


def _refuse_collisions(artifacts: Iterable[Artifact]) -> None:
    taken: set[str] = set()
    folders: set[str] = set()
    for artifact in artifacts:
        if not is_inside(artifact.path) or artifact.path == MANIFEST:
            raise PublishError(f"`{artifact.path}` is not a path inside the site")
        if artifact.path in taken:
            raise PathTakenError(artifact.path)
        taken.add(artifact.path)
        folder = artifact.path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    if taken & folders:
        raise PathTakenError(min(taken & folders))


def in_the_way(gone: Collection[str], paths: AbstractSet[str], new: Iterable[str]) -> set[str]:
    """Files that must go first: a file where a folder will be, or files in a folder where a file will be.

    `new` are those of the paths of which nothing may stand yet.
    """
    if not gone:
        return set()
    folders = {folder for path in new for folder in _folders(path)}
    return {path for path in gone if path in folders or any(folder in paths for folder in _folders(path))}


def _refuse_others(target: Path, new: Iterable[str], going: AbstractSet[str] = frozenset()) -> None:
    """Before anything is touched: what others have put where a file or its folder is to stand is theirs, and stays.

    `going` are files of the site that are removed first. Raises `OSError` that names what stands there.
    """
    is_folder = lru_cache(None)(lambda path: (target / path).is_dir())
    for path in new:
        if is_folder(path) and not _has_only(target, path, going):
            raise OSError(EISDIR, f"a folder that is not of the site {_STANDS}", str(target / path))
        above = next((folder for folder in _folders(path) if is_folder(folder) or os.path.lexists(target / folder)), "")
        if above and above not in going and not is_folder(above):
            raise OSError(ENOTDIR, f"a file that is not of the site {_STANDS}", str(target / above))


_STANDS = "stands in the way: move it elsewhere"


def _has_only(target: Path, folder: str, files: AbstractSet[str]) -> bool:
    """Whether a folder has nothing but some files, and no empty folder, which would stay."""
    for inside, folders, names in os.walk(target / folder):
        here = Path(inside).relative_to(target).as_posix()
        if not (folders or names) or any(f"{here}/{name}" not in files for name in names):
            return False
        if any(Path(inside, name).is_symlink() for name in folders):
            return False
    return True


def _folders(path: str) -> Iterator[str]:
    """The folders in which a file lies, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _move(source: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    _make_younger(source, file)
    put_in_place(source, file)


_TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use (FAT's), and more than one of HTTP, which counts seconds."""


def _make_younger(source: Path, file: Path) -> None:
    """Let what takes the place of a file have a later time, though the clock may stand still or have been set back.

    Servers tell by size and time whether somebody has a file already, and so do programs that copy a site, and builds.
    """
    with suppress(FileNotFoundError):
        before = file.stat().st_mtime_ns
        if source.stat().st_mtime_ns < before + _TICK // 2:
            os.utime(source, ns=(before + _TICK, before + _TICK))


def _remove(target: Path, path: str) -> None:
    """Remove a file and the folders that are empty without it."""
    file = target / path
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == target or any(folder.iterdir()):
            return
        folder.rmdir()
