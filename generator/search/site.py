"""The indexes as artifacts of the site: a folder for each, made again only when something in its years changed.

What was made lies in the cache, one file an index, named after what it was made from. Without the cache the same bytes
are made again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from generator.cache import Buckets, Cache
from generator.model import permalinks
from generator.model.artifacts import Artifact, Order
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.indexes import Years
from generator.model.reach import index_unit
from generator.model.site import Site, StoryPage
from generator.processes import in_batches
from generator.search.pagefind import engine_version, ids, index
from generator.search.records import Record, by_index, columns, made_of, record

WASM = "wasm."
ENGINE = ("pagefind.js", WASM)
"""Beginnings of the names of what the browser runs: needed once, beside the newest index."""
ENTRY = "pagefind-entry.json"
FACETS = "facets.json"
BATCH = 50
Kept = tuple[str, Record]
"""What stands for all that a story's record was made from, and the record."""


def search(site: Site, cache: Cache) -> Iterator[Artifact]:
    """The index of all years. Raises `SearchError` when one cannot be made, `OSError` when the disk refuses."""
    pages, folder = by_index(site), cache.folder / "search"
    wanted = [years for years in pages if index_unit(years[0]) in site.reach]
    packs = {years: folder / f"{years[-1]}-{_fingerprint(site, pages[years])}.zip" for years in wanted}
    names = {years: _names(pack) for years, pack in packs.items()}
    missing = [years for years, found in names.items() if not found]
    records = _records(site, cache, [page for years in missing for page in pages[years]]) if missing else {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each waits for a process of Pagefind's own
        told = {years: [records[page.story.slug] for page in pages[years]] for years in missing}
        done = pool.map(lambda years: _make(packs[years], told[years], site.newsletter.language), missing)
        names.update(zip(missing, done, strict=True))
    _forget(folder, set(packs.values()), {years[-1] for years in pages if years not in packs})
    for years, pack in packs.items():
        yield from _artifacts(years, pack, names[years], is_newest=years == max(pages))


def _records(site: Site, cache: Cache, pages: Sequence[StoryPage]) -> dict[str, Record]:
    """The records of stories by slug: kept from before, or made by several processes."""
    prints = Fingerprints(fingerprint(*_program()))
    keys = {page.story.slug: prints.of((tuple(site.newsletter.parts), *made_of(page))) for page in pages}
    kept = Buckets[Kept](cache, "records", Kept)
    known = {slug: each for slug, each in kept.before.items() if slug in site.stories}
    made_from = {slug: key for slug, (key, _) in known.items()}
    due = [page for page in pages if made_from.get(page.story.slug) != keys[page.story.slug]]

    def make(start: int, end: int) -> list[Record]:
        return [record(page) for page in due[start:end]]

    fresh = chain.from_iterable(in_batches(make, len(due), BATCH))
    known |= {page.story.slug: (keys[page.story.slug], made) for page, made in zip(due, fresh, strict=True)}
    kept.save(known)
    return {slug: known[slug][1] for slug in keys}


def _artifacts(years: Years, pack: Path, names: Sequence[str], is_newest: bool) -> Iterator[Artifact]:
    for name in names:
        if is_newest or not name.startswith(ENGINE):
            order = Order.FEED if name in (ENTRY, FACETS) else Order.ASSET
            path = f"{permalinks.index_path(years[0], years[-1])}{name}"
            made_of, unit = (pack.stem, name), index_unit(years[0])
            yield Artifact(path, order, partial(_read, pack, name), made_of, unit=unit)


def _fingerprint(site: Site, pages: Sequence[StoryPage]) -> str:
    """Of all that the index of these stories is made from."""
    common = fingerprint(engine_version(), site.newsletter.language, *_program())
    return Fingerprints(common).of((tuple(site.newsletter.parts), *map(made_of, pages)))


def _program() -> Iterator[str]:
    """This package as it is: whoever changes the records sees it at once."""
    return (file.read_text("utf-8") for file in sorted(Path(__file__).parent.glob("*.py")))


def _make(pack: Path, records: Sequence[Record], language: str) -> list[str]:
    """Make an index and keep it; the names of its files."""
    files = {name: data for name, data in index(records, language).items() if _is_needed(name)}
    if sum(name.startswith(WASM) for name in files) > 1:
        files.pop(f"{WASM}unknown.pagefind", None)  # for languages that Pagefind does not know
    files[FACETS] = _facets(files, records)
    pack.parent.mkdir(parents=True, exist_ok=True)
    beside = pack.with_suffix(f".{os.getpid()}")
    with ZipFile(beside, "w") as archive:
        for name, data in sorted(files.items()):
            archive.writestr(name, data)
    beside.replace(pack)
    return sorted(files)


def _is_needed(name: str) -> bool:
    """Whether a file is one that our own results page asks for; Pagefind brings pages of its own as well."""
    return "/" in name or name.endswith(".pf_meta") or name == ENTRY or name.startswith(ENGINE)


def _facets(files: Mapping[str, bytes], records: Sequence[Record]) -> bytes:
    """The facets of an index as JSON, in columns, each story under the id that Pagefind gives it in its results."""
    id_of = ids(files)
    table = {"id": [id_of[each.path] for each in records], **columns([each.facets for each in records])}
    return (json.dumps(table, separators=(",", ":")) + "\n").encode()


def _names(pack: Path) -> list[str]:
    """What lies in a pack; nothing when there is none, or it is damaged."""
    try:
        with ZipFile(pack) as archive:
            return archive.namelist()
    except (OSError, BadZipFile):
        return []


def _read(pack: Path, name: str) -> bytes:
    return _all(pack)[name]


@lru_cache(maxsize=1)
def _all(pack: Path) -> dict[str, bytes]:
    with ZipFile(pack) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _forget(folder: Path, packs: set[Path], unseen: set[int]) -> None:
    """Remove packs that nothing asks for any more; of some years nobody has looked what is asked for."""
    for old in set(folder.glob("*.zip")) - packs:
        if int(old.name.partition("-")[0]) not in unseen:
            old.unlink(missing_ok=True)
