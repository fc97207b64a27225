"""The table of rules, what a configuration makes of it, and its presets."""

from __future__ import annotations

from collections.abc import Mapping

from generator.check import (
    addresses,
    citations,
    corrections,
    dates,
    glossary,
    headlines,
    house,
    house_style,
    house_words,
    ids,
    leftover,
    markup,
    numbers,
    quantities,
    quiz,
    repeats,
    sources,
    texts,
    tracing,
    wholeness,
    wording,
)
from generator.check.rules import Rule, Setting
from generator.model.content import Edition, Story
from generator.model.library import EMPTY, UNREAD_IDS, UNREAD_TELLERS
from generator.model.problems import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

CITING = frozenset({"body", "parts", "focus", "takeaways", "actions", "quiz"})
"""Fields with texts that cite, of stories and of editions."""
TEXTS = CITING | {"title", "dek", "one_line"}
"""Fields with texts."""
TOLD = headlines.TOLD
"""Fields of a story with what a heading can be drawn from, which cite as well."""
SOURCES, IDS, TELLERS = frozenset({"sources"}), frozenset({UNREAD_IDS}), frozenset({UNREAD_TELLERS})
TIMES, SHOWN = frozenset({"published", "updated"}), frozenset({"stories"})
VOUCHED = frozenset({"trace"})
"""What silences a ledger. All else that one is made from may be lacking: then it says less."""
PUBLISHERS = frozenset({"publishers"})
NAMES = PUBLISHERS | {"entities"}
"""The vocabularies by which names are known."""
TRACED = VOUCHED | CITING | SOURCES | SHOWN | {"published", EMPTY}
"""All that a whole ledger is made from."""
ALL = frozenset({*Story.__struct_fields__, *Edition.__struct_fields__, EMPTY})

RULES: tuple[Rule, ...] = (
    Rule("newsletter", ERROR, "The newsletter's own file is sound.", library=house.bad_newsletter),
    Rule("unknown-section", ERROR, "A story's section exists.", story=ids.unknown_section),
    Rule("unknown-part", ERROR, "A story's parts exist.", story=ids.unknown_part),
    Rule("unknown-topic", ERROR, "A story's topics exist.", story=ids.unknown_topic),
    Rule("unknown-entity", ERROR, "What a story mentions exists.", story=ids.unknown_entity),
    Rule("unknown-publisher", ERROR, "A source's publisher exists.", story=ids.unknown_publisher),
    Rule("unknown-source", ERROR, "A source that a field names exists.", story=ids.unknown_source, needs=IDS),
    Rule("unknown-story", ERROR, "An edition's stories exist.", edition=ids.unknown_story),
    Rule("unknown-term", ERROR, "A term that is named exists.", story=ids.unknown_term, edition=ids.unknown_term),
    Rule(
        "draft-story",
        ERROR,
        "An edition that is no draft shows no draft.",
        edition=ids.draft_story,
        needs=frozenset({"draft"}),
    ),
    Rule("bad-update", ERROR, "A story updates an earlier one.", library=ids.bad_update),
    Rule(
        "malformed-citation",
        ERROR,
        "A citation is written so that it can be read.",
        story=citations.malformed_citation,
        edition=citations.malformed_citation,
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
        story=citations.citation_in_heading,
        edition=citations.citation_in_edition_heading,
    ),
    Rule("one-source-twice", ERROR, "One page is one source.", story=citations.one_source_twice, needs=SOURCES),
    Rule(
        "unused-source",
        WARNING,
        "A source is cited.",
        story=citations.unused_source,
        editorial=True,
        needs=IDS | TOLD | {"original"},
    ),
    Rule(
        "untitled-source",
        WARNING,
        "A source has a title.",
        story=citations.untitled_source,
        editorial=True,
        needs=SOURCES,
    ),
    Rule(
        "bad-link",
        ERROR,
        "Links lead to the web or to a mailbox.",
        story=texts.bad_link,
        edition=texts.bad_link,
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
    ),
    Rule("no-text", ERROR, "A story has a text.", story=texts.no_text, needs=TEXTS | {EMPTY}),
    Rule(
        "bad-quiz",
        ERROR,
        "A question has four answers, of which exactly one is right.",
        edition=quiz.bad_quiz,
        needs=frozenset({"quiz"}),
    ),
    Rule("bad-term", ERROR, "A term is explained once, and its source is known.", library=glossary.bad_term),
    Rule("edition-day", ERROR, "An edition's name, day and zone agree.", edition=dates.edition_day, needs=TIMES),
    Rule(
        "updated-before",
        ERROR,
        "A change is after the publication.",
        story=dates.updated_before,
        edition=dates.updated_before,
        needs=TIMES,
    ),
    Rule("event-after", WARNING, "An event is before its story.", story=dates.event_after, editorial=True, needs=TIMES),
    Rule("old-event", WARNING, "An event is news.", story=dates.old_event, editorial=True, needs=TIMES),
    Rule(
        "story-after-edition",
        ERROR,
        "A story is out when its edition is.",
        edition=dates.story_after_edition,
        editorial=True,
        needs=TIMES,
    ),
    Rule("bad-alias", ERROR, "An alias is a path of this site.", story=house.bad_alias, edition=house.bad_alias),
    Rule("taken-alias", ERROR, "An alias is nobody else's address.", library=house.taken_alias),
    Rule("one-id-twice", ERROR, "An id of an earlier feed belongs to one item.", library=house.one_id_twice),
    Rule("lonely-story", WARNING, "A story is in an edition.", library=house.lonely_story, editorial=True),
    Rule(
        "uncited-text",
        WARNING,
        "Paragraphs, bullets, takeaways and actions show their source.",
        story=wholeness.uncited_text,
        edition=wholeness.uncited_text,
        editorial=True,
    ),
    Rule(
        "untidy-address",
        WARNING,
        "An address is in its plain form.",
        story=addresses.untidy_address,
        editorial=True,
        needs=SOURCES,
    ),
    Rule(
        "tracking-address",
        WARNING,
        "An address does not tell on readers.",
        story=addresses.tracking_address,
        editorial=True,
        needs=SOURCES,
    ),
    Rule(
        "short-address",
        WARNING,
        "An address shows where it leads.",
        story=addresses.short_address,
        editorial=True,
        needs=SOURCES,
    ),
    Rule(
        "home-page",
        WARNING,
        "A source is an article, not a front page or a list.",
        story=addresses.home_page,
        editorial=True,
        needs=SOURCES,
    ),
    Rule(
        "undated-source", WARNING, "A source has a date.", story=sources.undated_source, editorial=True, needs=SOURCES
    ),
    Rule(
        "long-passage",
        WARNING,
        "A passage is a short quotation.",
        story=sources.long_passage,
        editorial=True,
        needs=SOURCES,
    ),
    Rule(
        "accessed-before",
        WARNING,
        "A source is read when it is out.",
        story=sources.accessed_before,
        editorial=True,
        needs=SOURCES,
    ),
    Rule(
        "late-source",
        WARNING,
        "A source is not newer than the story.",
        story=sources.late_source,
        editorial=True,
        needs=SOURCES | TIMES,
    ),
    Rule(
        "publisher-address",
        WARNING,
        "A page is its publisher's.",
        story=sources.publisher_address,
        library=sources.publisher_address_in_glossary,
        editorial=True,
        needs=SOURCES,
    ),
    Rule(
        "one-publisher",
        WARNING,
        "A story has more than one voice.",
        story=sources.one_publisher,
        editorial=True,
        needs=SOURCES,
    ),
    Rule(
        "figure-not-in-text",
        ERROR,
        "A figure of a heading stands in the text.",
        story=headlines.figure_not_in_text,
        edition=headlines.figure_not_in_edition,
        editorial=True,
        needs=CITING | TOLD | SHOWN | {"published"},
    ),
    Rule(
        "foreign-number",
        WARNING,
        "A number is written as its language writes it.",
        story=numbers.foreign_number,
        edition=numbers.foreign_number,
        editorial=True,
    ),
    Rule(
        "bad-isbn",
        WARNING,
        "The number of a book has the check digit that belongs to it.",
        story=numbers.bad_isbn,
        edition=numbers.bad_isbn,
        editorial=True,
    ),
    Rule(
        "year-ahead",
        WARNING,
        "What is told as past is in no year to come.",
        story=dates.year_ahead,
        edition=dates.year_ahead,
        editorial=True,
        needs=TEXTS | TIMES,
    ),
    Rule(
        "two-values",
        WARNING,
        "A quantity has one value in an edition.",
        story=quantities.two_values_in_story,
        edition=quantities.two_values,
        editorial=True,
    ),
    Rule(
        "two-values-in-thread",
        WARNING,
        "A quantity has one value in a thread.",
        library=quantities.two_values_in_thread,
        editorial=True,
    ),
    Rule(
        "relative-date",
        WARNING,
        "A day is named.",
        story=wording.relative_date,
        edition=wording.relative_date,
        editorial=True,
    ),
    Rule(
        "misattributed",
        WARNING,
        "Whoever is said to report is cited.",
        story=wording.misattributed,
        edition=wording.misattributed,
        editorial=True,
        needs=SOURCES | SHOWN,
    ),
    Rule(
        "vague-attribution",
        WARNING,
        "Whoever says something has a name.",
        story=wording.vague_attribution,
        edition=wording.vague_attribution,
        editorial=True,
    ),
    Rule(
        "overclaim",
        WARNING,
        "Words claim no more than a source shows.",
        story=wording.overclaim,
        edition=wording.overclaim,
        editorial=True,
    ),
    Rule(
        "empty-emphasis",
        ERROR,
        "Emphasis has words.",
        story=wholeness.empty_emphasis,
        edition=wholeness.empty_emphasis,
    ),
    Rule(
        "empty-section",
        ERROR,
        "Sections and texts have words.",
        story=wholeness.empty_section,
        edition=wholeness.empty_section,
    ),
    Rule(
        "raw-markup",
        WARNING,
        "Markup is not shown as signs.",
        story=markup.raw_markup,
        edition=markup.raw_markup,
        editorial=True,
    ),
    Rule(
        "cut-text",
        WARNING,
        "A text does not break off.",
        story=wholeness.cut_text,
        edition=wholeness.cut_text,
        editorial=True,
    ),
    Rule(
        "left-over",
        WARNING,
        "Nothing is left over from drafting.",
        story=leftover.left_over,
        edition=leftover.left_over,
        editorial=True,
    ),
    Rule(
        "garbled-text",
        WARNING,
        "A text was read with its own encoding.",
        story=wholeness.garbled_text,
        edition=wholeness.garbled_text,
        editorial=True,
    ),
    Rule(
        "quoted-heading",
        WARNING,
        "A heading has no quotation marks around it.",
        story=headlines.quoted_heading,
        edition=headlines.quoted_heading,
        editorial=True,
    ),
    Rule(
        "mixed-scripts",
        WARNING,
        "A word of a heading has one alphabet.",
        story=wholeness.mixed_scripts,
        edition=wholeness.mixed_scripts,
        editorial=True,
    ),
    Rule(
        "house-quotes",
        WARNING,
        "Quotation marks are those of the house.",
        story=house_style.house_quotes,
        edition=house_style.house_quotes,
        editorial=True,
    ),
    Rule(
        "house-dashes",
        WARNING,
        "Dashes are those of the house.",
        story=house_style.house_dashes,
        edition=house_style.house_dashes,
        editorial=True,
    ),
    Rule(
        "house-words",
        WARNING,
        "Words are those of the house.",
        story=house_words.house_words,
        edition=house_words.house_words,
        editorial=True,
    ),
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
    Rule(
        "figure-not-in-passages",
        WARNING,
        "The words that a figure comes from are kept.",
        ledger=tracing.figure_not_in_passages,
        needs=VOUCHED | PUBLISHERS,
        editorial=True,
    ),
    Rule(
        "lost-nuance",
        WARNING,
        "A bound is told as a bound, and a median as a median.",
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
    Rule(
        "damaged-snapshot",
        ERROR,
        "What is kept of a source is what was once kept.",
        ledger=tracing.damaged_snapshot,
    ),
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
        story=corrections.bad_correction,
        edition=corrections.bad_correction,
        needs=TIMES,
    ),
    Rule(
        "stale-updated",
        ERROR,
        "`updated` is not before a correction.",
        story=corrections.stale_updated,
        edition=corrections.stale_updated,
        needs=TIMES,
    ),
    Rule(
        "silent-change",
        ERROR,
        "A published story or edition says how it changed.",
        story=corrections.silent_change,
        edition=corrections.silent_change,
        needs=ALL,
    ),
    Rule(
        "another-year",
        ERROR,
        "What was published keeps its year.",
        story=corrections.another_year,
        edition=corrections.another_year,
        needs=TIMES,
    ),
    Rule(
        "withdrawn-name",
        ERROR,
        "The name of what was withdrawn is not used again.",
        library=corrections.withdrawn_name,
    ),
    Rule("vanished-story", WARNING, "A published story or edition stays.", library=corrections.vanished),
    Rule("same-event", WARNING, "An event is told once in three days.", library=repeats.same_event, editorial=True),
    Rule(
        "repeated-source",
        WARNING,
        "A page is news once in three days.",
        library=repeats.repeated_source,
        editorial=True,
    ),
    Rule("repeated-headline", WARNING, "A headline is new.", library=headlines.repeated_headline, editorial=True),
)
"""The table of rules. A row's function says what is wrong; the row says how grave it is."""

PRESETS = ("relaxed", "newsroom", "strict")


def preset_settings(preset: str) -> dict[str, Setting]:
    """How grave each rule is under a preset.

    `newsroom` takes the table as it is. Under `strict` every rule blocks a build. `relaxed` keeps what a site needs and
    what tracing finds, and is a step milder where a rule judges how the newsletter is written.
    """
    if preset == "strict":
        return {rule.name: "error" for rule in RULES}
    if preset == "relaxed":
        return {rule.name: "warning" if rule.severity is ERROR else "off" for rule in RULES if rule.editorial}
    return {}


def unknown_rules(settings: Mapping[str, str]) -> list[str]:
    """Names in a configuration that no rule has."""
    return sorted(set(settings) - {rule.name for rule in RULES})


def severities(settings: Mapping[str, Setting] | None) -> dict[str, Severity]:
    """How grave each rule is that is not turned off."""
    chosen = {rule.name: (settings or {}).get(rule.name, rule.severity.value) for rule in RULES}
    return {name: Severity(severity) for name, severity in chosen.items() if severity != "off"}
