"""Rules on ids: everything that is named exists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urlsplit

from msgspec.structs import replace

from generator.check.citations import cites_without_sources
from generator.check.rules import Finding
from generator.model.content import NO_MOMENT, Edition, Story
from generator.model.library import Library
from generator.model.problems import Path
from generator.model.stories import having
from generator.model.vocabulary import BODY
from generator.texts.slips import likely, there_are

_PUBLISHERS = "publishers.yml"


def _unknown(
    path: Path, word: str, kind: str, known: Collection[str], where: str, at_key: bool = False, fields: str = ""
) -> Finding:
    """`fields` are those an entry needs, as they would be written in the file."""
    now = [id_ for id_ in known if word in getattr(known[id_], "was", ())] if isinstance(known, Mapping) else []
    if now:
        hint = f"It is `{now[0]}` by now: write that."
    elif close := likely(word, known):
        hint = f"Did you mean `{close}`? Otherwise add `{word}` to {where}."
    else:
        entry = f" (`{word}: {{{fields}}}`)" if fields else ""
        named = there_are(known) if kind == "section" else ""
        hint = f"{named}Add it to {where}{entry}, or correct the id."
    return Finding(path, f"there is no {kind} `{word}`", hint, at_key=at_key)


def unknown_section(story: Story, library: Library) -> Iterator[Finding]:
    sections = library.newsletter.sections
    if sections and story.section and story.section not in sections:
        yield _unknown(("section",), story.section, "section", sections, "`sections` in newsletter.yml")


def unknown_part(story: Story, library: Library) -> Iterator[Finding]:
    parts = library.newsletter.parts
    if not library.newsletter.sections:  # its file has an error of its own
        return
    for part in story.parts:
        if part.part == BODY:
            yield Finding(("parts", BODY), "`body` stands beside `parts`, not in it", "Move it out.", at_key=True)
        elif part.part not in parts:
            where = "`parts` in newsletter.yml"
            yield _unknown(("parts", part.part), part.part, "part", [p for p in parts if p != BODY], where, at_key=True)


def unknown_topic(story: Story, library: Library) -> Iterator[Finding]:
    if "topics" not in library.incomplete:
        for index, topic in enumerate(story.topics):
            if topic not in library.topics:
                yield _unknown(("topics", index), topic, "topic", library.topics, "topics.yml", fields="name: ...")


def unknown_entity(story: Story, library: Library) -> Iterator[Finding]:
    if "entities" not in library.incomplete:
        for index, entity in enumerate(story.mentions):
            if entity not in library.entities:
                fields = "name: ..., kind: company"
                yield _unknown(("mentions", index), entity, "entity", library.entities, "entities.yml", fields=fields)


def unknown_publisher(story: Story, library: Library) -> Iterator[Finding]:
    if "publishers" in library.incomplete:
        return
    for source in story.sources.values():
        named = (("publisher", source.publisher), ("relays", source.relays))
        for key, publisher in named:
            if publisher and publisher not in library.publishers:
                finding = _unknown(
                    ("citations", source.id, key), publisher, "publisher", library.publishers, _PUBLISHERS
                )
                if key == "publisher" and finding.hint.startswith("Add it"):
                    domain = (urlsplit(source.url).hostname or "").removeprefix("www.")
                    hint = f"Add it to {_PUBLISHERS}: `{publisher}: {{name: ..., domain: {domain}, kind: ...}}`."
                    finding = replace(finding, hint=hint)
                yield finding


def unknown_source(story: Story, library: Library) -> Iterator[Finding]:
    """Sources named by fields rather than texts. Where there is no source at all, the texts have said so."""
    if cites_without_sources(story):
        return
    where = "`citations` of the story"
    if story.original and story.original not in story.sources:
        yield _unknown(("original",), story.original, "source", story.sources, where)
    for i, dispute in enumerate(story.disputed):
        for j, version in enumerate(dispute.versions):
            for k, source in enumerate(version.sources):
                if source not in story.sources:
                    path = ("disputed", i, "versions", j, "sources", k)
                    yield _unknown(path, source, "source", story.sources, where)


def unknown_story(edition: Edition, library: Library) -> Iterator[Finding]:
    for index, slug in enumerate(edition.stories):
        if slug in library.withdrawn:
            yield Finding(("stories", index), f"`{slug}` was withdrawn", "Take it out of the edition.")
        elif slug not in library.stories and slug not in library.unreadable:
            yield _unknown(("stories", index), slug, "story", library.stories, "stories/")


def unknown_term(item: Story | Edition, library: Library) -> Iterator[Finding]:
    if "glossary" not in library.incomplete:
        for index, term in enumerate(item.plain_terms):
            if term not in library.glossary:
                yield _unknown(("plain_terms", index), term, "term", library.glossary, "glossary.yml")


def draft_story(edition: Edition, library: Library) -> Iterator[Finding]:
    """A draft in an edition that is not a draft: the edition would be published with a gap."""
    for index, slug in enumerate(() if edition.draft else edition.stories):
        story = library.story(slug)
        if story and story.draft:
            hint = "Take `draft` out of the story, or write `draft: true` into the edition as well."
            yield Finding(("stories", index), f"`{slug}` is a draft", hint)


def bad_update(library: Library) -> Iterator[tuple[str, Finding]]:
    partial = [partial.item for partial in library.partial_stories.values()]
    for story in [*having(library.stories, "updates"), *partial]:
        if story.updates is not None and story.updates not in library.unreadable - {story.slug}:
            yield from ((story.file, finding) for finding in _no_update(story, story.updates, library))
    for story in having(library.stories, "change"):
        if story.updates is None:
            what = "`change` says what is new, and no earlier story is named"
            yield story.file, Finding(("change",), what, "Name the earlier story under `updates`.")


def _no_update(story: Story, slug: str, library: Library) -> Iterator[Finding]:
    earlier = library.stories.get(slug)
    if slug == story.slug:
        yield Finding(
            ("updates",), "the story names itself", "`updates` names an earlier story; take it out if there is none."
        )
    elif earlier is None:
        yield _unknown(("updates",), slug, "story", library.stories, "stories/")
    elif NO_MOMENT < story.published <= earlier.published:
        what = f"`{slug}` was not published before this story"
        yield Finding(("updates",), what, "`updates` names the earlier story of the two.")
