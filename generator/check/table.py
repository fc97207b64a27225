"""The table of rules, what a configuration makes of it, and its presets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from generator.check import (
    addresses,
    citations,
    corrections,
    dates,
    glossary,
    headlines,
    house_style,
    house_words,
    ids,
    leftover,
    markup,
    newsletter,
    numbers,
    permalinks,
    quantities,
    quiz,
    repeats,
    sources,
    texts,
    tracing,
    uncited,
    wholeness,
    wording,
)
from generator.check.rules import Rule, Setting
from generator.model.content import Edition, Story
from generator.model.library import EMPTY, UNREAD_IDS, UNREAD_TELLERS
from generator.model.problems import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

CITING = frozenset({"body", "parts", "focus", "takeaways", "actions", "quiz"})
"""Fields with texts that cite, of stories and editions."""
TEXTS = CITING | {"title", "dek", "one_line"}
"""Fields with texts."""
TOLD = headlines.TOLD
"""The fields of a story that a heading can rest on. They cite, too."""
SOURCES, IDS, TELLERS = frozenset({"sources"}), frozenset({UNREAD_IDS}), frozenset({UNREAD_TELLERS})
TIMES, SHOWN = frozenset({"published", "updated"}), frozenset({"stories"})
VOUCHED = frozenset({"trace"})
"""The field that vouches for claims. Without it vouched claims would be reported; without others, fewer claims."""
PUBLISHERS = frozenset({"publishers"})
NAMES = PUBLISHERS | {"entities"}
"""The vocabularies that names are looked up in."""
TRACED = VOUCHED | CITING | {"disputed"} | SOURCES | SHOWN | {"published", EMPTY}
"""Fields that a complete ledger is made from."""
ALL = frozenset({*Story.__struct_fields__, *Edition.__struct_fields__, EMPTY})

Writing = partial(Rule, editorial=True)
"""A rule on how the newsletter is written."""

RULES: tuple[Rule, ...] = (
    Rule("newsletter", ERROR, "The newsletter's own file is sound.", library=newsletter.bad_newsletter),
    Rule("unknown-section", ERROR, "A story's section exists.", story=ids.unknown_section),
    Rule("unknown-part", ERROR, "A story's parts exist.", story=ids.unknown_part),
    Rule("unknown-topic", ERROR, "A story's topics exist.", story=ids.unknown_topic),
    Rule("unknown-entity", ERROR, "What a story mentions exists.", story=ids.unknown_entity),
    Rule("unknown-publisher", ERROR, "A source's publisher exists.", story=ids.unknown_publisher),
    Rule("unknown-source", ERROR, "A source that a field names exists.", story=ids.unknown_source, needs=IDS),
    Rule("unknown-story", ERROR, "An edition's stories exist.", edition=ids.unknown_story),
    Rule("unknown-term", ERROR, "A term that is named exists.", item=ids.unknown_term),
    Rule(
        "draft-story",
        ERROR,
        "An edition that is no draft shows no draft.",
        edition=ids.draft_story,
        needs=frozenset({"draft"}),
    ),
    Rule("bad-update", ERROR, "A story updates an earlier one.", library=ids.bad_update),
    Rule(
        "malformed-citation", ERROR, "A citation is written so that it can be read.", item=citations.malformed_citation
    ),
    Rule(
        "unknown-citation",
        ERROR,
        "A citation leads to a source.",
        story=citations.unknown_citation,
        edition=citations.unknown_edition_citation,
        needs=IDS | SHOWN,
    ),
    Rule(
        "citation-in-heading",
        ERROR,
        "Headings and the one-line summary hold no citation.",
        item=citations.citation_in_heading,
    ),
    Rule("one-source-twice", ERROR, "One page is one source.", story=citations.one_source_twice, needs=SOURCES),
    Writing(
        "unused-source", WARNING, "A source is cited.", story=citations.unused_source, needs=IDS | TOLD | {"original"}
    ),
    Writing("untitled-source", WARNING, "A source has a title.", story=citations.untitled_source, needs=SOURCES),
    Rule("bad-link", ERROR, "Links lead to the web or to a mailbox.", item=texts.bad_link),
    Rule("empty-link", ERROR, "Links have words.", item=texts.empty_link),
    Rule("image-in-text", ERROR, "Pictures stand under `image`.", item=texts.image_in_text),
    Rule(
        "heavy-picture",
        WARNING,
        "What a phone loads of a picture is not much.",
        story=texts.heavy_picture,
        needs=frozenset({"image"}),
    ),
    Rule("unreadable-text", ERROR, "A text can be shown.", item=texts.unreadable_text),
    Rule("no-text", ERROR, "A story has a text.", story=texts.no_text, needs=TEXTS | {EMPTY}),
    Rule(
        "bad-quiz",
        ERROR,
        "A question has four answers, of which exactly one is right.",
        edition=quiz.bad_quiz,
        needs=frozenset({"quiz"}),
    ),
    Rule("bad-term", ERROR, "A term is explained once, and its source is known.", library=glossary.bad_term),
    Rule("shared-name", WARNING, "A name means one entity, topic or publisher.", library=newsletter.shared_name),
    Rule("edition-day", ERROR, "An edition's name, day and zone agree.", edition=dates.edition_day, needs=TIMES),
    Rule("updated-before", ERROR, "A change is after the publication.", item=dates.updated_before, needs=TIMES),
    Writing("event-after", WARNING, "An event is before its story.", story=dates.event_after, needs=TIMES),
    Writing("old-event", WARNING, "An event is news.", story=dates.old_event, needs=TIMES),
    Writing(
        "story-after-edition",
        ERROR,
        "A story is out when its edition is.",
        edition=dates.story_after_edition,
        needs=TIMES,
    ),
    Rule("bad-alias", ERROR, "An alias is a path of this site.", item=permalinks.bad_alias),
    Rule("taken-alias", ERROR, "An alias is nobody else's address.", library=permalinks.taken_alias),
    Rule("one-id-twice", ERROR, "An id of an earlier feed belongs to one item.", library=permalinks.one_id_twice),
    Writing("lonely-story", WARNING, "A story is in an edition.", library=newsletter.lonely_story),
    Writing(
        "uncited-text",
        WARNING,
        "Paragraphs, bullets, takeaways and actions show their source.",
        item=uncited.uncited_text,
    ),
    Writing(
        "untidy-address", WARNING, "An address is in its plain form.", story=addresses.untidy_address, needs=SOURCES
    ),
    Writing(
        "tracking-address",
        WARNING,
        "An address does not tell on readers.",
        story=addresses.tracking_address,
        needs=SOURCES,
    ),
    Writing("short-address", WARNING, "An address shows where it leads.", story=addresses.short_address, needs=SOURCES),
    Writing(
        "home-page",
        WARNING,
        "A source is an article, not a front page or a list.",
        story=addresses.home_page,
        needs=SOURCES,
    ),
    Writing("undated-source", WARNING, "A source has a date.", story=sources.undated_source, needs=SOURCES),
    Writing("long-passage", WARNING, "A passage is a short quotation.", story=sources.long_passage, needs=SOURCES),
    Writing(
        "accessed-before", WARNING, "A source is read when it is out.", story=sources.accessed_before, needs=SOURCES
    ),
    Writing(
        "late-source",
        WARNING,
        "A source is not newer than the story.",
        story=sources.late_source,
        needs=SOURCES | TIMES,
    ),
    Writing(
        "publisher-address",
        WARNING,
        "A page is its publisher's.",
        story=sources.publisher_address,
        library=sources.publisher_address_in_glossary,
        needs=SOURCES,
    ),
    Writing("one-publisher", WARNING, "A story has more than one voice.", story=sources.one_publisher, needs=SOURCES),
    Writing(
        "figure-not-in-text",
        ERROR,
        "A figure of a heading stands in the text.",
        item=headlines.figure_not_in_text,
        needs=CITING | TOLD | SHOWN | {"published"},
    ),
    Writing(
        "name-not-in-text",
        WARNING,
        "A name of a heading stands in the text.",
        item=headlines.name_not_in_text,
        needs=CITING | TOLD | SHOWN | NAMES,
    ),
    Writing("foreign-number", WARNING, "A number is written as its language writes it.", item=numbers.foreign_number),
    Writing("bad-isbn", WARNING, "The number of a book has the check digit that belongs to it.", item=numbers.bad_isbn),
    Writing(
        "year-ahead", WARNING, "What is told as past is in no year to come.", item=dates.year_ahead, needs=TEXTS | TIMES
    ),
    Writing(
        "two-values",
        WARNING,
        "A quantity has one value in an edition.",
        story=quantities.two_values_in_story,
        edition=quantities.two_values,
    ),
    Writing(
        "two-values-in-thread",
        WARNING,
        "A quantity has one value in a thread.",
        thread=quantities.two_values_in_thread,
    ),
    Writing("relative-date", WARNING, "A day is named.", item=wording.relative_date),
    Writing(
        "misattributed",
        WARNING,
        "Whoever is said to report is cited.",
        item=wording.misattributed,
        needs=SOURCES | SHOWN,
    ),
    Writing("vague-attribution", WARNING, "Whoever says something has a name.", item=wording.vague_attribution),
    Writing("overclaim", WARNING, "Words claim no more than a source shows.", item=wording.overclaim),
    Rule("empty-emphasis", ERROR, "Emphasis has words.", item=wholeness.empty_emphasis),
    Rule("empty-section", ERROR, "Sections and texts have words.", item=wholeness.empty_section),
    Writing("raw-markup", WARNING, "Markup is not shown as signs.", item=markup.raw_markup),
    Writing("cut-text", WARNING, "A text does not break off.", item=wholeness.cut_text),
    Writing("left-over", WARNING, "Nothing is left over from drafting.", item=leftover.left_over),
    Writing("garbled-text", WARNING, "A text was read with its own encoding.", item=wholeness.garbled_text),
    Writing("quoted-heading", WARNING, "A heading has no quotation marks around it.", item=headlines.quoted_heading),
    Writing("mixed-scripts", WARNING, "A word of a heading has one alphabet.", item=wholeness.mixed_scripts),
    Writing("house-quotes", WARNING, "Quotation marks are those of the house.", item=house_style.house_quotes),
    Writing("house-dashes", WARNING, "Dashes are those of the house.", item=house_style.house_dashes),
    Writing("house-words", WARNING, "Words are those of the house.", item=house_words.house_words),
    Rule(
        "contradicted-figure",
        ERROR,
        "The evidence has no other figure for the same thing.",
        ledger=tracing.contradicted_figure,
        needs=VOUCHED | PUBLISHERS,
    ),
    Rule(
        "untraced-figure",
        WARNING,
        "A figure is in the evidence.",
        ledger=tracing.untraced_figure,
        needs=VOUCHED | PUBLISHERS,
    ),
    Writing(
        "figure-not-in-passages",
        WARNING,
        "The words that a figure comes from are kept.",
        ledger=tracing.figure_not_in_passages,
        needs=VOUCHED | PUBLISHERS,
    ),
    Writing(
        "uncited-claim",
        WARNING,
        "A figure or quotation has a citation that supports it.",
        ledger=tracing.uncited_claim,
        needs=VOUCHED,
    ),
    Writing(
        "no-passage",
        WARNING,
        "Words are kept of a source to which names are cited.",
        ledger=tracing.no_passage,
        needs=VOUCHED | PUBLISHERS,
    ),
    Rule(
        "lost-nuance",
        WARNING,
        "A bound is told as a bound, a median as a median, and a plan as a plan.",
        ledger=tracing.lost_nuance,
        needs=VOUCHED | PUBLISHERS,
    ),
    Rule(
        "untraced-quotation",
        ERROR,
        "A quotation is in the evidence word for word.",
        ledger=tracing.untraced_quotation,
        needs=VOUCHED | TELLERS,
    ),
    Writing(
        "quotation-not-in-passages",
        ERROR,
        "The words that a quotation comes from are kept.",
        ledger=tracing.quotation_not_in_passages,
        needs=VOUCHED | PUBLISHERS,
    ),
    Rule(
        "untraced-name",
        WARNING,
        "A name is in the evidence.",
        ledger=tracing.untraced_name,
        needs=VOUCHED | NAMES | TELLERS,
    ),
    Rule(
        "passage-not-in-snapshot",
        ERROR,
        "A passage is in the kept text of its source.",
        ledger=tracing.passage_not_in_snapshot,
    ),
    Rule("damaged-snapshot", ERROR, "What is kept of a source is what was once kept.", ledger=tracing.damaged_snapshot),
    Rule(
        "unmet-trace",
        ERROR,
        "`trace` speaks of words that stand in the text.",
        ledger=tracing.unmet_trace,
        needs=TRACED,
    ),
    Rule(
        "bad-correction",
        ERROR,
        "A correction says what changed, and when.",
        item=corrections.bad_correction,
        needs=TIMES,
    ),
    Rule("stale-updated", ERROR, "`updated` is not before a correction.", item=corrections.stale_updated, needs=TIMES),
    Rule(
        "silent-change",
        ERROR,
        "A published story or edition says how it changed.",
        item=corrections.silent_change,
        needs=ALL,
    ),
    Rule("another-year", ERROR, "What was published keeps its year.", item=corrections.another_year, needs=TIMES),
    Rule("another-authority", ERROR, "What was published keeps its ids.", library=corrections.another_authority),
    Rule(
        "withdrawn-name", ERROR, "The name of what was withdrawn is not used again.", library=corrections.withdrawn_name
    ),
    Rule("vanished-story", WARNING, "A published story or edition stays.", library=corrections.vanished_story),
    Writing("same-event", WARNING, "An event is told once in three days.", library=repeats.same_event),
    Writing("repeated-source", WARNING, "A page is news once in three days.", library=repeats.repeated_source),
    Writing("repeated-headline", WARNING, "A headline is new.", library=headlines.repeated_headline),
)
"""The table of rules. A row's function says what is wrong; the row says how severe that is."""

PRESETS = ("relaxed", "newsroom", "strict")


def preset_settings(preset: str) -> dict[str, Setting]:
    """Return the severities in which a preset differs from the table.

    `newsroom` is the table as it is. Under `strict` every rule blocks a build. `relaxed` keeps the rules on what a site
    needs and on tracing, and is a step milder for those on how the newsletter is written.
    """
    if preset == "strict":
        return {rule.name: "error" for rule in RULES}
    if preset == "relaxed":
        return {rule.name: "warning" if rule.severity is ERROR else "off" for rule in RULES if rule.editorial}
    return {}


def severities(settings: Mapping[str, Setting] | None) -> dict[str, Severity]:
    """Return the severity of each rule that is not off."""
    chosen = {rule.name: (settings or {}).get(rule.name, rule.severity.value) for rule in RULES}
    return {name: Severity(severity) for name, severity in chosen.items() if severity != "off"}
