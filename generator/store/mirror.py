"""Bring a store up to date with the site's folder: only differences are uploaded, in an order that is safe for readers.

A list of digests is kept in the store itself, so that it always describes that very store; times are not compared.
Objects that the list does not name belong to somebody else and are left alone.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.batches import in_batches
from generator.cache import Cache, name_of
from generator.files import alone
from generator.model.artifacts import Order
from generator.publish.making import Tell
from generator.publish.manifest import MANIFEST, is_inside, read_orders
from generator.publish.site import Changes, in_the_way
from generator.store.place import NoStoreError, Store, StoreError

Digests = dict[str, str]
"""Digests of objects by path, in the order in which they go public."""
ABSENT, UNSURE = "", "?"
"""Instead of a digest: for objects that may not be there yet, and for those that may be the old or the new one."""
AT_ONCE = 32
BATCH = 100
PIECE = 1000
"""Fewest uploads between two writes of the list, which is long if there are many objects. A killed run forgets them."""


def refuse_itself(store: Store, site: Path) -> None:
    """Raise `NoStoreError` if the store is inside the site's folder, which it would overwrite."""
    if store.folder and store.folder.is_relative_to(site.resolve()):
        raise NoStoreError(f"{store.url} lies in the site's folder: name another one")


def mirror(site: Path, store: Store, cache: Cache, tell: Tell, wait: Callable[[], None]) -> Changes:
    """Upload differences: new objects, then changed ones that link to them, feeds last; then remove what is gone.

    A killed run leaves a list that says which objects are not certain, and the next run uploads those again: about a
    tenth of the whole at most. `wait` is called before waiting for a build of this site. Raises `StoreError` if the
    store refuses, `OSError` if the disk does.
    """
    with alone(site, wait):
        orders = read_orders(site)
        if orders is None:
            raise StoreError(f"{site} was not written to its end: build the site again")
        now, known = _digests(site, orders, cache), _listed(store)
        due = [path for path in now if known.get(path) != now[path]]
        gone = [path for path in reversed(known) if path not in now]
        if known != now:
            listed = known | {path: UNSURE if known.get(path) else ABSENT for path in due}
            _list(store, listed)
            _bring(_Uploads(site, store, _pieces(due, known, orders)), gone, now, listed, tell)
    return Changes(tuple(due), tuple(sorted(gone)), len(now) - len(due))


class _Uploads(Struct, frozen=True):
    site: Path
    store: Store
    pieces: Sequence[Sequence[str]]

    def run(self, piece: Sequence[str]) -> Iterator[int]:
        """Upload a piece. Yield the number of objects uploaded by each batch."""
        work = _Upload(self.site, self.store, piece)
        return in_batches(work.batch, len(piece), BATCH, is_sent=True, may_fork=False)


class _Upload(Struct, frozen=True):
    """A group of objects that may be uploaded in any order."""

    site: Path
    store: Store
    paths: Sequence[str]

    def batch(self, start: int, end: int) -> int:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return sum(pool.map(self._put, self.paths[start:end]))

    def _put(self, path: str) -> int:
        self.store.put(path, self.site / path)
        return 1


def _bring(uploads: _Uploads, gone: Sequence[str], now: Digests, listed: Digests, tell: Tell) -> None:
    store, total = uploads.store, sum(map(len, uploads.pieces))
    done = known = 0
    blocking = in_the_way(gone, set(now), now)
    for path in sorted(blocking):
        store.remove(path)
    for piece in uploads.pieces:
        for count in uploads.run(piece):
            done += count
            tell(done, total)
        listed |= {path: now[path] for path in piece}
        if done - known >= _piece(total) and done < total:
            _list(store, listed)
            known = done
    for path in gone:
        if path not in blocking:
            store.remove(path)
    _list(store, now)


def _pieces(due: Sequence[str], known: Mapping[str, str], orders: Mapping[str, Order]) -> list[list[str]]:
    """Groups of objects in the order of upload: new ones before changed ones, since nothing links to them yet."""
    steps: dict[tuple[bool, Order], list[str]] = defaultdict(list)
    for path in due:
        steps[bool(known.get(path)), orders[path]].append(path)
    in_turn, size = (steps[key] for key in sorted(steps)), _piece(len(due))
    return [step[start : start + size] for step in in_turn for start in range(0, len(step), size)]


def _piece(total: int) -> int:
    """How many objects to upload before the list is written again."""
    return max(PIECE, total // 10 + 1)


def _listed(store: Store) -> Digests:
    """The store's objects with their digests; all `UNSURE` if its list has none, as after copying a site's folder."""
    try:
        found = json.loads(store.first(MANIFEST) or b"{}").get("files", {})
        files = found if isinstance(found, dict) else dict.fromkeys(found, UNSURE)
    except (ValueError, AttributeError, TypeError):
        return {}
    return {path: str(digest) for path, digest in files.items() if isinstance(path, str) and is_inside(path)}


def _list(store: Store, files: Digests) -> None:
    store.write(MANIFEST, (json.dumps({"files": files}, indent=0) + "\n").encode())


Entry = tuple[int, int, str]
"""Size in bytes, mtime in nanoseconds, digest."""


def _digests(site: Path, paths: Iterable[str], cache: Cache) -> dict[str, str]:
    """The digests of files, in the order of the paths. Raises `OSError`.

    They are cached with the files' sizes and times, so that unchanged files are not read.
    """
    name = f"stored/{name_of(site)}.json"
    known = cache.value(name, msgspec.json.Decoder(dict[str, Entry]).decode) or {}
    now = {path: _entry(f"{site}/{path}", known.get(path)) for path in paths}
    if now != known:
        cache.write(name, msgspec.json.encode(now))
    return {path: digest for path, (_, _, digest) in now.items()}


def _entry(file: str, known: Entry | None) -> Entry:
    stat = os.stat(file)  # noqa: PTH116 - thousands of times a run
    if known and known[:2] == (stat.st_size, stat.st_mtime_ns):
        return known
    return stat.st_size, stat.st_mtime_ns, _digest(Path(file).read_bytes())


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
