"""Add a citation of a page to a story: choose id and publisher, and reuse what other stories know of the page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from generator.desk.edit import about, append, block, fields_of, put, with_entries
from generator.desk.files import DeskError, containing, read_text, text_there
from generator.desk.page import Page
from generator.desk.rewriting import Rewriting
from generator.model.address import canonical, without_tracking
from generator.model.vocabulary import Entity, Publisher, is_of, publisher_at
from generator.texts.language import primary
from generator.texts.slugs import slug_from

Entry = dict[str, Any]
"""The fields of a source or a publisher, in file order."""

_ADDRESS = re.compile(r"url:\s*[\"']?([^\s\"',}]+)")
_KEPT = ("title", "label", "publisher", "author", "published", "archive", "language", "relays")
"""Fields that are the same wherever a page is cited."""
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_OFFICIAL = re.compile(r"(?:^|\.)(?:gov|mil|europa\.eu|gov\.[a-z]{2}|go\.[a-z]{2}|gouv\.[a-z]{2})\Z")
_ACADEMIC = re.compile(r"(?:^|\.)(?:edu|edu\.[a-z]{2}|ac\.[a-z]{2})\Z")
_SITES = {
    **dict.fromkeys(("NewsMediaOrganization", "Newspaper"), "newspaper"),
    **dict.fromkeys(("BroadcastService", "RadioStation", "TelevisionStation", "TelevisionChannel"), "broadcaster"),
    **dict.fromkeys(("CollegeOrUniversity", "EducationalOrganization", "ResearchOrganization"), "institution"),
    **dict.fromkeys(("NGO", "Museum", "Library", "SportsOrganization", "Courthouse"), "institution"),
    "GovernmentOrganization": "government",
    "Periodical": "journal",
}
"""The kind of a publisher by its type of https://schema.org."""
_NEWSROOM_HOST = re.compile(r"(?:newsroom|press|pressroom|investors?|ir)\.[^.]+\.(?!(?:.*\.)?(?:edu|ac\.[a-z]{2})\Z)")
_NEWSROOM = re.compile(
    r"/(?:newsroom|press|press-?(?:room|releases?|cent(?:er|re))|media-cent(?:er|re)|investors?|investor-relations)(?:/|\Z)"
)
"""Addresses where companies speak for themselves. University presses are excluded, since they print books."""


class Citation(Struct, frozen=True):
    """A source to write into a story, and what else has to be written."""

    id: str
    entry: Entry
    publisher: tuple[str, Entry] | None = None
    """A new publisher: its id and its fields."""

    def __str__(self) -> str:
        """The citation as written in a story."""
        return "citations:" + block({self.id: self.entry}, 2)


class Earlier(Struct, frozen=True):
    """A page that a story of the newsletter already cites."""

    story: str
    id: str
    entry: Entry


def cited_before(content: Path, url: str, first: Path | None = None) -> Earlier | None:
    """Where a page is already cited: in the story `first`, else in the last story by name. Parses nothing else."""
    wanted = canonical(url)
    last = urlsplit(wanted).path.rpartition("/")[2]
    word = last if re.fullmatch(r"[A-Za-z0-9._~-]{4,}", last) else urlsplit(wanted).hostname or ""
    texts = [] if first is None else [(first, read_text(first))]
    found = None
    for path, text in [*texts, *sorted(containing(content, word), reverse=True)]:
        if any(canonical(written) == wanted for written in _ADDRESS.findall(text)):
            found = _entry_in(path, text, wanted)
            if found:
                break
    return found


def ids_of(story: Path) -> tuple[str, ...]:
    """The ids of a story's sources."""
    return tuple(_sources(read_text(story)))


def _entry_in(path: Path, text: str, wanted: str) -> Earlier | None:
    for id_, entry in _sources(text).items():
        if isinstance(entry, dict) and canonical(str(entry.get("url", ""))) == wanted:
            return Earlier(path.stem, id_, entry)
    return None


def _sources(text: str) -> Mapping[str, Any]:
    found = fields_of(text).get("citations")
    return found if isinstance(found, dict) else {}


def citation(
    page: Page,
    accessed: date,
    passages: Sequence[str],
    publishers: Mapping[str, Publisher],
    taken: Collection[str] = (),
    earlier: Earlier | None = None,
    entities: Iterable[Entity] = (),
    home: str = "",
) -> Citation:
    """The citation of a page. `taken` are the ids of the story's other sources, `earlier` is a citation elsewhere.

    `entities` help to find whose site a page is on. `home` is the newsletter's language: only another one is recorded.
    """
    url = without_tracking(page.url)
    known = {name: earlier.entry[name] for name in _KEPT if name in earlier.entry} if earlier else {}
    publisher, is_new = (
        (known["publisher"], None) if "publisher" in known else publisher_of(page, url, publishers, entities)
    )
    told = {"title": page.title, "publisher": publisher, "author": page.author, "published": page.published}
    told["language"] = _foreign(page, home)
    fields = {"url": earlier.entry["url"] if earlier else url, **told, **known, "accessed": accessed}
    entry = {name: value for name, value in fields.items() if value} | (
        {"passages": list(passages)} if passages else {}
    )
    id_ = free_id(earlier.id if earlier else publisher, taken)
    return Citation(id_, entry, is_new)


def _foreign(page: Page, home: str) -> str:
    """The language that a page declares if it is not the newsletter's; else empty."""
    language = primary(page.language)
    return language if language != primary(home) and _LANGUAGE.fullmatch(language) else ""


def free_id(wanted: str, taken: Collection[str]) -> str:
    """An id, or a file name, that is not taken: `hubkub`, `hubkub-2`, ..."""
    id_, number = wanted, 1
    while id_ in taken:
        number += 1
        id_ = f"{wanted}-{number}"
    return id_


def publisher_of(
    page: Page, url: str, known: Mapping[str, Publisher], entities: Iterable[Entity] = ()
) -> tuple[str, tuple[str, Entry] | None]:
    """The publisher of a page: the known one with the closest domain, or a new one named as the page names itself."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if publisher := publisher_at(host, known.values()):
        return publisher.id, None
    new = new_publisher(page, url, known, entities)
    return new[0], new


def new_publisher(page: Page, url: str, known: Collection[str], entities: Iterable[Entity] = ()) -> tuple[str, Entry]:
    """A new publisher for a page, with an id that is not among the known ones."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    id_ = free_id(slug_from(page.site, page.language) or slug_from(host.rpartition(".")[0] or host) or "source", known)
    return id_, {"name": page.site or host, "domain": host, "kind": _kind(page, url, host, entities)}


def _kind(page: Page, url: str, host: str, entities: Iterable[Entity]) -> str:
    """A guess for the editor to check."""
    if _OFFICIAL.search(host):
        return "government"
    if kind := _SITES.get(page.site_type):
        return kind
    if _ACADEMIC.search(host):
        return "institution"
    is_newsroom = _NEWSROOM_HOST.match(host) or _NEWSROOM.search(urlsplit(url).path.lower())
    return "company" if is_newsroom or page.site_type == "Corporation" or _is_companys(host, entities) else "blog"


def _is_companys(host: str, entities: Iterable[Entity]) -> bool:
    """Whether a host belongs to a company among the entities, or is a subdomain of its host."""
    sites = (urlsplit(e.site).hostname or "" for e in entities if e.kind == "company" and e.site)
    return any(is_of(host, site.removeprefix("www.")) for site in sites)


def citing(story: Path, publishers: Path, made: Citation) -> Rewriting:
    """A citation in a story, and its publisher if that is new; nothing is written yet.

    Raises `DeskError` if that is not safe.
    """
    text = before = read_text(story)
    there = _sources(text).get(made.id)
    if isinstance(there, dict) and canonical(str(there.get("url", ""))) == canonical(str(made.entry["url"])):
        for passage in made.entry.get("passages", ()):
            if passage not in there.get("passages", ()):
                with about(story):
                    text = append(text, ("citations", made.id, "passages"), passage)
    else:
        with about(story):
            text = put(text, ("citations", made.id), made.entry)
    return with_publishers(publishers, dict([made.publisher]) if made.publisher else {}).and_then(story, before, text)


def with_publishers(file: Path, new: Mapping[str, Entry]) -> Rewriting:
    """New publishers in the vocabulary, which is created if needed; nothing is written yet.

    One that another command has added meanwhile is not added again. Raises `DeskError`, `OSError`.
    """
    before = text_there(file) if new else None
    there = fields_of(before) if before else {}
    missing = {id_: entry for id_, entry in new.items() if not _is_same(there.get(id_), entry)}
    if not missing:
        return Rewriting({}, {})
    with about(file):
        after = with_entries("# Who published the sources.\n" if before is None else before, missing)
    return Rewriting({file: after}, {file: before})


def _is_same(there: object, new: Entry) -> bool:
    """Whether an entry of the vocabulary is this publisher."""
    return isinstance(there, dict) and there.get("domain") == new["domain"]


class Clipping(Struct, frozen=True):
    """What the bookmarklet copies: a page's title and address, and the selected words."""

    url: str
    title: str = ""
    words: str = ""


def clipping(text: str) -> Clipping:
    """Parse the clipboard text: title, address on a line of its own, selection. Raises `DeskError`."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").strip().split("\n")]
    places = [number for number, line in enumerate(lines) if re.match(r"https?://\S+\Z", line)]
    if not places:
        raise DeskError(
            "there is no address on a line of its own: copy the page with the bookmarklet, or name its address"
        )
    at = places[0]
    return Clipping(lines[at], " ".join(" ".join(lines[:at]).split()), " ".join(" ".join(lines[at + 1 :]).split()))
