"""Publish a site: judge, make, and only then touch what readers see.

An unchanged file is not made if its fingerprint is known, and not written if its bytes are the same, so that its time
stays and caches hold. A killed build leaves every file whole and no link broken: new files come first, then files that
link to them, and files that are gone are removed last. The next build does the rest.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from errno import EISDIR, ENOTDIR
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from generator.cache import Cache
from generator.heap import with_reserve
from generator.model.artifacts import Artifact, Order, PathTakenError
from generator.model.reach import WHOLE, Before, Reach, UnitRecords
from generator.publish.folder import held
from generator.publish.making import Again, Tell, make_all
from generator.publish.manifest import MANIFEST, footprint, is_inside, read_manifest, write_manifest
from generator.publish.memory import Memory
from generator.publish.stage import put_in_place, stage_beside


class PublishError(Exception):
    """The site cannot be written to its folder."""


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
    """The files that a site should have, as far as a change reaches; all others stay as they are."""

    artifacts: Sequence[Artifact]
    items: Callable[[], UnitRecords] = dict
    """Returns the items that the site is made from; none if a later build could not recognise them."""
    basis: str = ""
    """Fingerprint of everything the items of stories and editions are made from; empty if not known."""
    reach: Reach = WHOLE
    late: Callable[[], Iterable[Artifact]] = tuple
    """Declares artifacts whose paths are known only after the others are made. Another process makes them meanwhile."""


Declare = Callable[[Before], Declared]
"""Declares the files of a site, given the state of the last build."""


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

    `cache` remembers fingerprints; without it everything is made. `common` is a fingerprint of everything the whole
    site depends on: if it changes, everything is made. `wait` is called once before waiting for another build of this
    site to end. `again` is for machines that help. `stands` returns the footprint of the site, if it has just been
    taken.

    Raises `PathTakenError` if two artifacts claim a path, `PublishError` if one is outside the site, and anything that
    making an artifact raises; in these cases the folder is unchanged. Raises `OSError` if the disk refuses.
    """

    def published() -> Changes:
        memory = Memory.of(cache, target, common, stands() if stands else footprint(target))
        return _published(declare(memory.before()), memory, stage, tell, again)

    with held(target, wait), stage_beside(target) as stage:
        return with_reserve(published)


def _published(declared: Declared, memory: Memory, stage: Path, tell: Tell, again: Again | None) -> Changes:
    """Make the due artifacts in the stage, and then move them into place."""
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
    """Make the artifacts that are not known to be up to date.

    Returns those that differ from the published files; they are in the stage.
    """
    due = [artifact for artifact in artifacts if not memory.stands(artifact)]
    staged = []
    for artifact, differs, print_ in make_all(due, stage, memory.target, tell, again, memory.print_of):
        memory.learn(artifact, print_)
        staged += [artifact] if differs else []
    return staged


def _settle(stage: Path, target: Path, staged: Sequence[str], orders: Mapping[str, Order]) -> tuple[str, ...]:
    """Move new files into place, and remove those that are no longer made. Return the files removed.

    `orders` has every file of the site.

    Meanwhile the list of the site's files names both old and new ones, so that the next build knows everything that a
    killed build leaves behind. It is in the order of going public, and files are removed in reverse order: feeds before
    the pages that they link to.
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
    """Paths to move: new files before changed ones, since no published page links to them yet, each in their order.

    A folder that does not exist yet is moved as a whole, before anything links into it.
    """
    is_there = _standing(target)
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

    `new` are the paths where there may be nothing yet.
    """
    if not gone:
        return set()
    folders = {folder for path in new for folder in _folders(path)}
    return {path for path in gone if path in folders or any(folder in paths for folder in _folders(path))}


def _refuse_others(target: Path, new: Iterable[str], going: AbstractSet[str] = frozenset()) -> None:
    """Refuse, before anything is touched, to replace what others have put in the place of a file or its folder.

    `going` are files of the site that are removed first. Raises an `OSError` that names what is in the way.
    """
    is_there = _standing(target)
    is_folder = lru_cache(None)(lambda path: (target / path).is_dir())
    for path in new:
        if is_there(path) and is_folder(path) and not _has_only(target, path, going):
            raise OSError(EISDIR, f"a folder that is not of the site {_STANDS}", str(target / path))
        above = next(filter(is_there, _folders(path)), "")
        if above and above not in going and not is_folder(above):
            raise OSError(ENOTDIR, f"a file that is not of the site {_STANDS}", str(target / above))


_STANDS = "stands in the way: move it elsewhere"


def _has_only(target: Path, folder: str, files: AbstractSet[str]) -> bool:
    """Whether a folder contains nothing but some files, and no empty folder, which would remain."""
    for inside, folders, names in os.walk(target / folder):
        here = Path(inside).relative_to(target).as_posix()
        if not (folders or names) or any(f"{here}/{name}" not in files for name in names):
            return False
        if any(Path(inside, name).is_symlink() for name in folders):
            return False
    return True


def _standing(target: Path) -> Callable[[str], bool]:
    """A function that tells whether something is at a path of the site. It raises `OSError` where it cannot tell.

    The disk is not asked below a folder that is missing, as most are when a site is first built.
    """

    @lru_cache(None)
    def is_there(path: str) -> bool:
        folder = path.rpartition("/")[0]
        if folder and not is_there(folder):
            return False
        try:
            os.lstat(f"{target}/{path}")
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    return is_there


def _folders(path: str) -> Iterator[str]:
    """The folders that contain a file, innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _move(source: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    _make_younger(source, file)
    put_in_place(source, file)


_TICK = 2_000_000_000
"""Nanoseconds. The coarsest clock of a file system in use (FAT's), and coarser than HTTP's, which counts seconds."""


def _make_younger(source: Path, file: Path) -> None:
    """Make sure that a replaced file gets a later time, even if the clock stands still or was set back.

    Servers, programs that copy a site, and builds tell by size and time whether a file has changed.
    """
    with suppress(FileNotFoundError):
        before = file.stat().st_mtime_ns
        if source.stat().st_mtime_ns < before + _TICK // 2:
            os.utime(source, ns=(before + _TICK, before + _TICK))


def _remove(target: Path, path: str) -> None:
    """Remove a file, and the folders that become empty."""
    file = target / path
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == target or any(folder.iterdir()):
            return
        folder.rmdir()
