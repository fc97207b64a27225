"""Rules on wording: phrases that hide when, who and how sure. Each language has lists of them as data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator import prose
from generator.check.language import language, named
from generator.check.reading import CITATION, NAMING, Phrase, all_words, phrases
from generator.check.rules import Finding, in_text, once
from generator.model.content import Edition, Source, Story
from generator.model.library import Library
from generator.model.problems import Path
from generator.texts.patterns import late

_COMPANY_KINDS = ("company", "institution", "government")
"""Publishers that speak for themselves: other sources may well have their words."""
_NAME_WORDS = 5
_GAP = re.compile(r"\n\s*\n")
_TOKEN = late(r"[\w&'’.-]*\w")


def relative_date(item: Story | Edition, library: Library) -> Iterator[Finding]:
    yield from _said(item, library, "relative", "means another day to whoever reads it later", "Write the date.")


def vague_attribution(item: Story | Edition, library: Library) -> Iterator[Finding]:
    yield from _said(item, library, "vague", "names nobody who could be asked", "Say who, and cite them.")


def overclaim(item: Story | Edition, library: Library) -> Iterator[Finding]:
    hint = "Say what happened, or quote whoever says so."
    yield from _said(item, library, "overclaim", "claims more than a source can show", hint)


def _said(item: Story | Edition, library: Library, kind: str, fault: str, hint: str) -> Iterator[Finding]:
    for path, text in all_words(item):
        for phrase in phrases(text, library.newsletter.language):
            if phrase.kind == kind:
                yield in_text(path, text, phrase.start, phrase.written, f"`{phrase.written}` {fault}", hint)


def misattributed(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """`X reports ... [@y]`, where X is a publisher, and y is neither published by X nor passes on its report."""
    for path, text in item.texts():
        for phrase in phrases(text, library.newsletter.language):
            named_at = _named_at(text, phrase, _reporters(library)) if phrase.kind in NAMING else None
            if named_at and (cited := _cited_behind(text, phrase.end, item, library)):
                yield from _mismatch(path, text, *named_at, cited, library)


def _mismatch(path: Path, text: str, start: int, name: str, cited: list[Source], library: Library) -> Iterator[Finding]:
    told_by = {publisher for source in cited for publisher in (source.publisher, source.relays) if publisher}
    if named(name) not in {named(library.publishers[id_].name) for id_ in told_by if id_ in library.publishers}:
        told = " and ".join(sorted({f"`@{source.id}`" for source in cited}))
        what = f"the text says that {name} reports it, and cites {told}, which is somebody else's"
        hint = "Cite the page that is named; or, if the cited page passes it on, say so there with `relays:`. "
        hint += f"If {name} is whom the story is about, give it the kind `company` in publishers.yml."
        yield in_text(path, text, start, name, what, hint)


@once
def _reporters(library: Library) -> Collection[str]:
    """Names of those who report: publishers and well-known outlets, but nobody that the stories are about."""
    words = language(library.newsletter.language)
    publishers = {named(p.name) for p in library.publishers.values() if p.kind not in _COMPANY_KINDS}
    subjects = {named(name) for entity in library.entities.values() for name in (entity.name, *entity.also)}
    return (publishers | words.outlets if words else publishers) - subjects


def _named_at(text: str, phrase: Phrase, known: Collection[str]) -> tuple[int, str] | None:
    """The publisher before a reporting verb or after `according to`: its offset and its name as written."""
    if phrase.kind == "reporting":
        tokens = list(_TOKEN.finditer(text, max(0, phrase.start - 80), phrase.start))[-_NAME_WORDS:]
        spans = [(tokens[i].start(), tokens[-1].end()) for i in range(len(tokens))]
        joined = bool(tokens) and not text[tokens[-1].end() : phrase.start].strip()
    else:
        tokens = list(_TOKEN.finditer(text, phrase.end, phrase.end + 80))[:_NAME_WORDS]
        spans = [(tokens[0].start(), token.end()) for token in reversed(tokens)]
        joined = bool(tokens) and not text[phrase.end : tokens[0].start()].strip()
    for start, end in spans if joined else ():
        name = text[start:end].removesuffix("'s").removesuffix("’s")
        if name[:1].isupper() and named(name) in known:
            return start, name
    return None


def _cited_behind(text: str, end: int, item: Story | Edition, library: Library) -> list[Source]:
    """The sources of the first citation after a place, within the paragraph."""
    gap = _GAP.search(text, end)
    found = CITATION.search(text, end, gap.start() if gap else len(text))
    ids = prose.group_ids(found[1]) if found else None
    sources = []
    for cited in ids or ():
        slug, _, id_ = cited.rpartition("/")
        story = library.stories.get(slug) if isinstance(item, Edition) else item
        if story is not None and id_ in story.sources:
            sources.append(story.sources[id_])
    return sources
