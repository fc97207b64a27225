"""Declare the search indexes as files of the site; one is only remade when a story of its years has changed.

The cache keeps each index as one file, named by a fingerprint of what it is made from. Without the cache, the same
bytes are made again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path

import msgspec
from msgspec import Struct, field

from generator.cache import Cache, summed, whole
from generator.cache.buckets import Buckets
from generator.files import bytes_of, put, texts_of
from generator.model import permalinks
from generator.model.artifacts import Artifact, Order
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.indexes import Years
from generator.model.pages import StoryPage
from generator.model.reach import index_unit
from generator.model.site import Site
from generator.processes import beside
from generator.search.pagefind import PATIENCE, engine_version, ids, index
from generator.search.records import Searchable, by_index, columns, made_of, record

WASM = "wasm."
ENGINE = ("pagefind.js", WASM)
"""Name prefixes of what the browser runs: needed only once, beside the newest index."""
ENTRY = "pagefind-entry.json"
FACETS = "facets.json"
SUFFIX = ".msgpack"
"""The ending of a pack."""
Files = dict[str, bytes]
KeptRecord = tuple[str, Searchable]
"""The fingerprint of all that a story's record was made from, and the record."""


def begun(site: Site, cache: Cache) -> Callable[[], Iterator[Artifact]]:
    """Start making the indexes in a process of their own; the returned function waits and returns their artifacts."""
    indexes = Indexes.of(site, cache)
    wait = beside(indexes.make, PATIENCE) if indexes.missing else None

    def found() -> Iterator[Artifact]:
        if wait:
            wait()
        return indexes.artifacts()

    return found


class Indexes(Struct, frozen=True):
    """The indexes of a site that are wanted, and the file of each in the cache."""

    site: Site
    cache: Cache
    pages: Mapping[Years, Sequence[StoryPage]]
    """The stories of all indexes, including those that are not wanted."""
    packs: Mapping[Years, Path]
    unkept: dict[Path, Files] = field(default_factory=dict)
    """The packs that the cache could not store."""

    @classmethod
    def of(cls, site: Site, cache: Cache) -> Indexes:
        pages, folder = by_index(site), cache.folder / "search"
        wanted = [years for years in pages if index_unit(years[0]) in site.reach]
        packs = {years: folder / f"{years[-1]}-{_fingerprint(site, pages[years])}{SUFFIX}" for years in wanted}
        return cls(site, cache, pages, packs)

    @property
    def missing(self) -> list[Years]:
        """The wanted indexes that are not in the cache."""
        return [years for years, pack in self.packs.items() if not self._files(pack)]

    def _files(self, pack: Path) -> Files:
        """The content of a pack; empty if it is missing or damaged."""
        try:
            return self.unkept[pack] if pack in self.unkept else _all(pack)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return {}

    def make(self) -> None:
        """Make those that are missing. Raises `SearchError` if one cannot be made."""
        if not (missing := self.missing):
            return
        records = _records(self.site, self.cache, [page for years in missing for page in self.pages[years]])
        language = self.site.newsletter.language
        told = {years: [records[page.story.slug] for page in self.pages[years]] for years in missing}
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # each waits for a process of Pagefind's own
            made = pool.map(lambda years: _made(told[years], language), missing)
            for pack, files in zip(map(self.packs.__getitem__, missing), made, strict=True):
                try:
                    put(pack, summed(msgspec.msgpack.encode(files)))
                except OSError:  # it is made again the next time
                    self.unkept[pack] = files

    def artifacts(self) -> Iterator[Artifact]:
        """The files of the indexes, which this makes first if needed: their names are only known then."""
        self.make()
        unseen = {years[-1] for years in self.pages if years not in self.packs}
        _forget(self.cache.folder / "search", set(self.packs.values()), unseen)
        for years, pack in self.packs.items():
            held = self.unkept.get(pack)
            read = held.__getitem__ if held else partial(_read, pack)
            yield from _artifacts(years, pack, self._files(pack), read, is_newest=years == max(self.pages))


def _records(site: Site, cache: Cache, pages: Sequence[StoryPage]) -> dict[str, Searchable]:
    """The records of stories by slug, from the cache or new."""
    prints = Fingerprints(fingerprint(*texts_of(Path(__file__).parent)))
    keys = {page.story.slug: prints.of((tuple(site.newsletter.parts), *made_of(page))) for page in pages}
    kept = Buckets[KeptRecord](cache, "records", KeptRecord)
    known = {slug: each for slug, each in kept.before.all().items() if slug in site.stories}
    for page in pages:
        slug = page.story.slug
        if slug not in known or known[slug][0] != keys[slug]:
            known[slug] = keys[slug], record(page)
    kept.save(known)
    return {slug: known[slug][1] for slug in keys}


def _artifacts(
    years: Years, pack: Path, names: Iterable[str], read: Callable[[str], bytes], is_newest: bool
) -> Iterator[Artifact]:
    for name in names:
        if is_newest or not name.startswith(ENGINE):
            order = Order.FEED if name in (ENTRY, FACETS) else Order.ASSET
            path = f"{permalinks.index_path(years[0], years[-1])}{name}"
            made_of, unit = (pack.stem, name), index_unit(years[0])
            yield Artifact(path, order, partial(read, name), made_of, unit=unit)


def _fingerprint(site: Site, pages: Sequence[StoryPage]) -> str:
    """The fingerprint of all that the index of these stories is made from."""
    common = fingerprint(engine_version(), site.newsletter.language, *texts_of(Path(__file__).parent))
    return Fingerprints(common).of((tuple(site.newsletter.parts), *map(made_of, pages)))


def _made(records: Sequence[Searchable], language: str) -> Files:
    """An index: the files that a browser asks for, by name."""
    files = {name: data for name, data in index(records, language).items() if _is_needed(name)}
    if sum(name.startswith(WASM) for name in files) > 1:
        files.pop(f"{WASM}unknown.pagefind", None)  # for languages that Pagefind does not know
    files[FACETS] = _facets(files, records)
    return dict(sorted(files.items()))


def _is_needed(name: str) -> bool:
    """Whether our own results page asks for a file; Pagefind brings pages of its own as well."""
    return "/" in name or name.endswith(".pf_meta") or name == ENTRY or name.startswith(ENGINE)


def _facets(files: Mapping[str, bytes], records: Sequence[Searchable]) -> bytes:
    """The facets of an index as JSON, in columns, with each story's id in Pagefind's results."""
    id_of = ids(files)
    table = {"id": [id_of[each.path] for each in records], **columns([each.facets for each in records])}
    return (json.dumps(table, separators=(",", ":")) + "\n").encode()


def _read(pack: Path, name: str) -> bytes:
    return _all(pack)[name]


@lru_cache(maxsize=2)
def _all(pack: Path) -> Files:
    return msgspec.msgpack.decode(whole(bytes_of(pack)) or b"", type=Files)


def _forget(folder: Path, packs: set[Path], unseen: set[int]) -> None:
    """Remove packs that are no longer wanted, except those of years that were not looked at."""
    for old in {*folder.glob(f"*{SUFFIX}")} - packs:
        if int(old.name.partition("-")[0]) not in unseen:
            with suppress(OSError):  # a cache that cannot be written stays as it is
                old.unlink(missing_ok=True)
