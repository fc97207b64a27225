"""Rules on citations: each resolves, none is where it cannot be shown, and one page is one source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from generator import prose
from generator.check.nearly import citable, nearly
from generator.check.reading import CITATION, blank, headings, heads
from generator.check.rules import Finding, in_text
from generator.model.address import canonical
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.texts.characters import INVISIBLE, code_point
from generator.texts.patterns import late
from generator.texts.slips import likely, there_are


def malformed_citation(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in item.texts():
        for start, written in prose.malformed_citations(text):
            what = f"`{written[:60]}` is not a citation"
            alone = f"[{written[1:].partition('[')[0]}"
            hint = _as_meant(alone, citable(item, library))
            if not alone.endswith("]"):
                hint = f"It is not closed. {hint}"
            yield in_text(path, text, start, written, what, hint)
        for start, written, hint in nearly(text, item, library):
            yield in_text(path, text, start, written, f"`{written}` is not a citation", hint)
    for path, text in () if item.imported else headings(item):
        for start, written, _ in nearly(text, item, library):
            hint = "Headings travel alone: take it out."
            yield in_text(path, text, start, written, f"`{written}` is not a citation", hint)


_NAMED = late(r"(@\s*)?([A-Za-z0-9/:_-]+)")
_ODD = late(rf"[{INVISIBLE}\xad]")


def _as_meant(written: str, known: set[str]) -> str:
    """A hint for marks that are no citation: the exact one if everything they name can be cited."""
    if found := _ODD.search(written):
        return f"It holds {code_point(found[0])}, which cannot be seen: delete it."
    words = [(at, name.lower().replace(":", "/").strip("/")) for at, name in _NAMED.findall(written)]
    named = [name for at, name in words if at or name in known]
    if named and known.issuperset(named):
        return f"Write [{'; '.join(f'@{name}' for name in dict.fromkeys(named))}]."
    return "Write [@id], or [@a; @b] for several."


_CODE = re.compile(r"`[^`]*`")


def cites_without_sources(story: Story) -> bool:
    """Whether a story cites and has no sources at all: that is reported once, instead of each citation."""
    return not story.sources and any(True for _, text in story.texts() for _ in prose.cited(text))


def unknown_citation(story: Story, library: Library) -> Iterator[Finding]:
    if not story.sources:
        yield from islice(_without_any(story), 1)
        return
    for path, text in story.texts():
        unknown = [cited for cited in prose.cited(text) if cited not in story.sources]
        found = (_not_cited(path, cited, list(story.sources), "`citations` of the story") for cited in unknown)
        yield from _placed(found, text)


def _without_any(story: Story) -> Iterator[Finding]:
    """The unknown citations of a story without sources, at the first place only: all have the same cause."""
    cited = dict.fromkeys(id_ for _, text in story.texts() for id_ in prose.cited(text))
    named = ", ".join(f"`@{id_}`" for id_ in cited)
    hint = "Write `citations:` at the left edge, and each of these with its source below it."
    for path, text in story.texts():
        found = (Finding(path, f"{named}: the story has no `citations`", hint, f"@{id_}") for id_ in prose.cited(text))
        yield from _placed(found, text)


def unknown_edition_citation(edition: Edition, library: Library) -> Iterator[Finding]:
    for path, text in edition.texts():
        faults = (_edition_fault(path, cited, edition, library) for cited in prose.cited(text))
        yield from _placed(filter(None, faults), text)


def _placed(findings: Iterable[Finding], text: str) -> Iterator[Finding]:
    """Findings on citations, each at its own place: `@hub` is not looked for in `@hubkub`, nor in code."""
    found = list(findings)
    if not found:
        return
    bare = _CODE.sub(blank, text)
    groups = [group.span() for group in CITATION.finditer(bare)]
    places: dict[str, Iterator[int]] = {}
    for words in dict.fromkeys(finding.excerpt for finding in found):
        pattern = re.compile(rf"{re.escape(words)}(?![\w/-])")
        places[words] = iter([each.start() for group in groups for each in pattern.finditer(bare, *group)])
    for finding in found:
        words = finding.excerpt
        at = next(places[words], None)
        yield finding if at is None else in_text(finding.path, text, at, words, finding.what, finding.hint)


def _edition_fault(path: tuple[str | int, ...], cited: str, edition: Edition, library: Library) -> Finding | None:
    slug, slash, source = cited.partition("/")
    if not slash:
        what = f"`@{cited}` does not say which story's source it is"
        owners = [s for s in edition.stories if s in library.stories and cited in library.stories[s].sources]
        owner = owners[0] if owners else "story"
        return Finding(path, what, f"Write [@{owner}/{cited}], with the story's name.", excerpt=f"@{cited}")
    if slug in library.unreadable:
        return None
    story = library.stories.get(slug)
    if story is None:
        return _not_cited(
            path,
            cited,
            [f"{s}/{i}" for s in edition.stories if s in library.stories for i in library.stories[s].sources],
            "a story of this edition",
        )
    if cites_without_sources(story):
        return None  # reported for the story
    if slug not in edition.stories:
        if not library.stories.keys() >= {*edition.stories} - library.unreadable:
            return None  # an unknown name may be a slip for this very story
        what = f"`{slug}` is not a story of this edition"
        return Finding(path, what, "Cite a source of a story which the edition shows.", excerpt=f"@{cited}")
    if source not in story.sources:
        near = likely(source, story.sources, 0.5)
        return _not_cited(path, cited, [f"{slug}/{near}"] if near else [], f"`citations` of {story.file}")
    return None


def _not_cited(path: tuple[str | int, ...], cited: str, known: list[str], where: str) -> Finding:
    close = cited.rpartition("/")[2] if cited.rpartition("/")[2] in known else likely(cited, known, 0.5)
    hint = (
        f"Did you mean `@{close}`?"
        if close
        else f"{there_are(known, '@')}Add the source to {where}, or correct the id."
    )
    return Finding(path, f"there is no source `@{cited}`", hint, excerpt=f"@{cited}")


def citation_in_heading(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in heads(item):
        if prose.has_citation(text):
            what, hint = f"`{path[-1]}` holds a citation", "Move it into the text; headings travel alone."
            if path[-1] == "lead":
                what, hint = "a lead holds a citation", "Move it into the text below it."
            yield Finding(path, what, hint, excerpt="[@")


def one_source_twice(story: Story, library: Library) -> Iterator[Finding]:
    known: dict[str, str] = {}
    for source in story.sources.values():
        address = canonical(source.url)
        if address in known:
            what = f"`{source.id}` is the same page as `{known[address]}`"
            yield Finding(("citations", source.id, "url"), what, f"Cite `@{known[address]}` and take this one out.")
        known.setdefault(address, source.id)


_ID = re.compile(r"@([a-z0-9-]+)")


def _meant(story: Story) -> Iterator[str]:
    """The ids that texts cite. For a misspelt one, which has a rule of its own, the one that is likely meant."""
    for _, text in story.texts():
        for id_ in prose.shown(text):
            yield id_ if id_ in story.sources else likely(id_, story.sources, 0.5) or id_
        for _, written in prose.malformed_citations(text):
            yield from _ID.findall(written)


def unused_source(story: Story, library: Library) -> Iterator[Finding]:
    cited = {*_meant(story)}
    cited |= {source for dispute in story.disputed for version in dispute.versions for source in version.sources}
    if story.original:
        cited.add(story.original)
    for source in story.sources.values():
        if source.id not in cited and source.url:  # without one it may be a field in the wrong place
            what = f"`{source.id}` is never cited"
            yield Finding(("citations", source.id), what, f"Cite it as [@{source.id}], or take it out.", at_key=True)


def untitled_source(story: Story, library: Library) -> Iterator[Finding]:
    for source in story.sources.values():
        if not source.title and not source.label:
            what = f"`{source.id}` has no title"
            yield Finding(("citations", source.id), what, "Add `title:`, or `label:` in your own words.", at_key=True)
