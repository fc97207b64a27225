"""Rules on sources as a whole: their dates, and whether there is more than one voice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from generator.check.glossary import FILE
from generator.check.rules import Finding, once
from generator.model.address import is_shortened
from generator.model.content import Source, Story
from generator.model.library import Library
from generator.model.problems import Path
from generator.model.vocabulary import is_of, publisher_at
from generator.texts.quoting import PASSAGE_WORDS, is_short

_FIRST_ZONE = timedelta(hours=14)
"""UTC offset of Kiritimati, where days begin first: a page from there may be dated tomorrow."""
_A_DAY = timedelta(days=1)
_LONG = 10
"""Years within which somebody may visit a source again. More is a slip, such as `2062` for `2026`."""


def undated_source(story: Story, library: Library) -> Iterator[Finding]:
    for source in story.sources.values():
        if not source.published and not source.accessed:
            hint = "Add `published:`, or `accessed:` with the day on which you read it."
            yield Finding(("citations", source.id), f"`{source.id}` has no date", hint, at_key=True)


def long_passage(story: Story, library: Library) -> Iterator[Finding]:
    for source in story.sources.values():
        for number, passage in enumerate(source.passages):
            if not is_short(passage):
                what = f"a passage of `{source.id}` has {len(passage.split())} words; {PASSAGE_WORDS} are enough"
                hint = "Keep the words that say it; the whole page is kept by `citewire evidence`."
                yield Finding(("citations", source.id, "passages", number), what, hint)


def accessed_before(story: Story, library: Library) -> Iterator[Finding]:
    """A page cannot be read before it is published. One day is tolerated, since time zones differ."""
    for source in story.sources.values():
        if source.published and source.accessed and source.published - source.accessed > _A_DAY:
            what = f"`{source.id}` was read on {source.accessed}, and published on {source.published}"
            yield Finding(("citations", source.id, "accessed"), what, "Correct the one or the other.")


def late_source(story: Story, library: Library) -> Iterator[Finding]:
    last = (story.changed.astimezone(UTC) + _FIRST_ZONE).date()
    for source in story.sources.values():
        if source.published and source.published > last:
            what = f"`{source.id}` is dated {source.published}, after the story itself ({story.changed.date()})"
            hint = "Correct the day; or if the story is newer than it says, give it `updated`."
            yield Finding(("citations", source.id, "published"), what, hint)
        if source.accessed and source.accessed.year - last.year > _LONG:
            what = f"`{source.id}` was read on {source.accessed}, long after the story ({story.changed.date()})"
            yield Finding(("citations", source.id, "accessed"), what, "Correct the day.")


def one_publisher(story: Story, library: Library) -> Iterator[Finding]:
    """Two pages that pass on one agency's report are one voice."""
    voices = {source.relays or source.publisher for source in story.sources.values()}
    if len(voices) == 1:
        only = library.publishers.get(voice := voices.pop())
        what = f"all that the story says comes from one publisher, {only.name if only else voice}"
        yield Finding(("citations",), what, "Cite a second one who knows it independently.", at_key=True)


_ARCHIVES = ("web.archive.org", "archive.ph", "archive.today", "archive.is", "perma.cc")


def publisher_address(story: Story, library: Library) -> Iterator[Finding]:
    """A page at an address that is not its publisher's: readers would see words attributed to the wrong publisher."""
    own = _beginnings(library)
    for source in story.sources.values():
        if not source.url.startswith(own.get(source.publisher, "")):
            yield from _elsewhere(("citations", source.id, "publisher"), source, library)


def publisher_address_in_glossary(library: Library) -> Iterator[tuple[str, Finding]]:
    for term in library.glossary.values():
        if term.source and term.source.publisher in library.publishers:
            yield from ((FILE, found) for found in _elsewhere((term.id, "source", "publisher"), term.source, library))


@once
def _beginnings(library: Library) -> dict[str, tuple[str, ...]]:
    """Usual beginnings of each publisher's addresses. A match saves parsing the address."""
    found = ((p.id, domain) for p in library.publishers.values() for domain in (p.domain, *p.also_at))
    begins: dict[str, tuple[str, ...]] = {}
    for id_, domain in found:
        begins[id_] = (*begins.get(id_, ()), f"https://{domain}/", f"https://www.{domain}/")
    return begins


def _elsewhere(path: Path, source: Source, library: Library) -> Iterator[Finding]:
    """A publisher at `news.a.example` may have pages at `a.example`, but not at `blog.a.example`."""
    host = (urlsplit(source.url).hostname or "").removeprefix("www.")
    publisher = library.publishers[source.publisher]
    if publisher.domain_of(host) or is_of(publisher.domain.lower(), host) or is_shortened(source.url):
        return
    other, name = publisher_at(host, library.publishers.values()), publisher.name
    if other:
        hint = f"Write `publisher: {other.id}`; and `relays: {publisher.id}`, if it passes on what {name} reported. "
        hint += f"If {name} has this page there, write `also_at: [{host}]` into `{publisher.id}` in publishers.yml."
    elif host in _ARCHIVES:
        hint = "Write the page's own address under `url`, and this one under `archive`."
    else:
        hint = "Name whose page it is, with an entry of its own in publishers.yml; "
        hint += f"or if {host} is of {name} too, write `also_at: [{host}]` into `{publisher.id}` there."
    yield Finding(path, f"the page is at {host}, and {name} is at {publisher.domain}", hint)
