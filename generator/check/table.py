"""The table of rules, and the run through it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.check import citations, dates, house, ids, texts
from generator.check.rules import Finding, Rule, Setting
from generator.model.content import Library
from generator.model.problems import Problem, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

RULES: tuple[Rule, ...] = (
    Rule("newsletter", ERROR, "The newsletter's own file is sound.", library=house.bad_newsletter),
    Rule("unknown-section", ERROR, "A story's section exists.", story=ids.unknown_section, on_drafts=True),
    Rule("unknown-part", ERROR, "A story's parts exist.", story=ids.unknown_part, on_drafts=True),
    Rule("unknown-topic", ERROR, "A story's topics exist.", story=ids.unknown_topic, on_drafts=True),
    Rule("unknown-entity", ERROR, "What a story mentions exists.", story=ids.unknown_entity, on_drafts=True),
    Rule("unknown-publisher", ERROR, "A source's publisher exists.", story=ids.unknown_publisher, on_drafts=True),
    Rule("unknown-source", ERROR, "A source that a field names exists.", story=ids.unknown_source, on_drafts=True),
    Rule("unknown-story", ERROR, "An edition's stories exist.", edition=ids.unknown_story),
    Rule("draft-story", ERROR, "An edition that is no draft shows no draft.", edition=ids.draft_story),
    Rule("bad-update", ERROR, "A story updates an earlier one.", story=ids.bad_update),
    Rule(
        "malformed-citation",
        ERROR,
        "A citation is written so that it can be read.",
        story=citations.malformed_citation,
        edition=citations.malformed_citation,
        on_drafts=True,
    ),
    Rule(
        "unknown-citation",
        ERROR,
        "A citation leads to a source.",
        story=citations.unknown_citation,
        edition=citations.unknown_edition_citation,
        on_drafts=True,
    ),
    Rule(
        "citation-in-heading",
        ERROR,
        "Headings and the one-line summary hold no citation.",
        story=citations.citation_in_heading,
        edition=citations.citation_in_edition_heading,
        on_drafts=True,
    ),
    Rule("one-source-twice", ERROR, "One page is one source.", story=citations.one_source_twice),
    Rule("unused-source", WARNING, "A source is cited.", story=citations.unused_source),
    Rule("untitled-source", WARNING, "A source has a title.", story=citations.untitled_source),
    Rule(
        "bad-link",
        ERROR,
        "Links lead to the web or to a mailbox.",
        story=texts.bad_link,
        edition=texts.bad_link,
        on_drafts=True,
    ),
    Rule("empty-link", ERROR, "Links have words.", story=texts.empty_link, edition=texts.empty_link),
    Rule(
        "image-in-text", ERROR, "Pictures stand under `image`.", story=texts.image_in_text, edition=texts.image_in_text
    ),
    Rule(
        "unreadable-text",
        ERROR,
        "A text can be shown.",
        story=texts.unreadable_text,
        edition=texts.unreadable_text,
        on_drafts=True,
    ),
    Rule("no-text", ERROR, "A story has a text.", story=texts.no_text),
    Rule("edition-day", ERROR, "An edition's name, day and zone agree.", edition=dates.edition_day),
    Rule(
        "updated-before",
        ERROR,
        "A change is after the publication.",
        story=dates.updated_before,
        edition=dates.updated_before,
    ),
    Rule("event-after", WARNING, "An event is before its story.", story=dates.event_after),
    Rule("story-after-edition", WARNING, "A story is out when its edition is.", edition=dates.story_after_edition),
    Rule("bad-alias", ERROR, "An alias is a path of this site.", story=house.bad_alias, edition=house.bad_alias),
    Rule("taken-alias", ERROR, "An alias is nobody else's address.", library=house.taken_alias),
    Rule("lonely-story", WARNING, "A story is in an edition.", library=house.lonely_story),
)
"""The table of rules. A row's function says what is wrong; the row says how grave it is."""


def check(library: Library, settings: Mapping[str, Setting] | None = None, content: str = "content") -> list[Problem]:
    """Judge everything by every rule.

    `settings` turns rules by name to `off`, `warning` or `error`. `content` is the name of the content folder, for
    problems of the newsletter's own file. The problems know their path in the file, not yet their line.
    """
    active = [(rule, Severity(setting)) for rule in RULES if (setting := _setting(rule, settings)) != "off"]
    problems: list[Problem] = []
    for rule, severity, file, finding in _findings(active, library):
        where = f"{content}/{file}" if file == house.NEWSLETTER_FILE else file
        what, hint = finding.what, finding.hint
        problems.append(Problem(rule.name, where, what, hint, severity, finding.path, finding.at_key, finding.excerpt))
    return problems


def unknown_rules(settings: Mapping[str, str]) -> list[str]:
    """Names in a configuration that no rule has."""
    return sorted(set(settings) - {rule.name for rule in RULES})


def _setting(rule: Rule, settings: Mapping[str, Setting] | None) -> str:
    return (settings or {}).get(rule.name, rule.severity.value)


def _findings(
    active: Sequence[tuple[Rule, Severity]], library: Library
) -> Iterator[tuple[Rule, Severity, str, Finding]]:
    """Item by item, each by all rules, so that its texts are read once however large the archive is."""
    shelves = (("story", library.stories), ("draft", library.drafts), ("edition", library.editions))
    for kind, shelf in shelves:
        for item in shelf.values():
            for rule, severity in active:
                for finding in _judge(rule, kind)(item, library):
                    yield rule, severity, item.file, finding
    for rule, severity in active:
        for file, finding in rule.library(library) if rule.library else ():
            yield rule, severity, file, finding


def _judge(rule: Rule, kind: str) -> Callable[[Any, Library], Iterable[Finding]]:
    """The function by which a rule judges items of a kind; one that finds nothing where it does not judge them."""
    functions = {"story": rule.story, "draft": rule.story if rule.on_drafts else None, "edition": rule.edition}
    return functions[kind] or _nothing


def _nothing(item: Any, library: Library) -> tuple[Finding, ...]:
    return ()
