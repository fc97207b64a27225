"""A story with a mistake in a field is traced all the same: its wrong figures are told in the same run, and no sound
words are blamed for what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import yaml
from msgspec.structs import replace

from generator.check.judging import check
from generator.load.partial import partial_story
from generator.model.content import NO_MOMENT, Point, Story
from generator.model.evidence import SnapshotOf
from generator.model.library import UNREAD_TELLERS, Partial
from generator.trace.tracer import tracer
from tests.make import edition, library, source, story
from tests.tracing import kept
from tests.trust.corpus import Case, written
from tests.trust.slips import slips

TRACES = ("contradicted-figure", "untraced-figure", "untraced-quotation", "untraced-name", "unmet-trace")


def in_part(told: Story, *unread: str, unsound: frozenset[str] = frozenset()) -> Partial[Story]:
    return Partial(told, frozenset(unread), {}, unsound)


def found(partial: Partial[Story], snapshot_of: SnapshotOf, **fields: object) -> list[str]:
    """What the rules of tracing point at in a story that could be read in part."""
    whole = library(partial_stories={partial.item.slug: partial}, **fields)
    return [p.excerpt for p in check(whole, snapshot_of=snapshot_of) if p.rule in TRACES]


TEXT = {"page": "On 9 April 2026 the firm said that its revenue rose to $21 billion in the quarter."}


@pytest.mark.parametrize("field", ["published", "title", "section", "dek", "updated", "event"])
def test_a_wrong_figure_is_told_beside_the_mistake_in_another_field(field: str):
    told = story("told", source("page"), body="Its revenue rose to $22 billion in the quarter. [@page]")
    if field == "published":
        told = replace(told, published=NO_MOMENT)
    assert found(in_part(told, field), kept(TEXT)) == ["$22 billion"]


def test_a_wrong_day_is_told_though_the_day_of_the_story_cannot_be_read():
    told = story(
        "told", source("page"), published=NO_MOMENT, body="On 12 April 2026 the firm told its revenue. [@page]"
    )
    assert found(in_part(told, "published"), kept(TEXT)) == ["12 April 2026"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("The deal of 9 April 2026 was signed.", "The deal was signed on 9 April."),
        ("The firm said so on Thursday, 9 April.", "The firm said so on 9 April."),
        ("The museum opened three years ago.", "The museum opened in 2023."),
        ("From 28 February to 1 March it ran for two days.", "It ran from 28 February to 1 March."),
        ("From 28 February to 1 March it ran for three days.", "It ran from 28 February to 1 March."),
        ("The firm said so on 20 November.", "The firm said so."),
    ],
)
def test_sound_words_are_not_blamed_where_the_day_of_the_story_cannot_be_read(body: str, text: str):
    page = source("page", published=date(2026, 11, 20))
    told = story("told", page, published=NO_MOMENT, body=f"{body} [@page]")
    assert found(in_part(told, "published"), kept({"page": text})) == []
    undated = replace(told, sources={"page": replace(page, published=None)})
    if "November" not in body:
        assert found(in_part(undated, "published"), kept({"page": text})) == []


def test_a_sentence_is_not_held_against_some_of_its_sources_where_another_cannot_be_read():
    texts = {"page": "Its revenue rose to $21 billion.", "other": "Its debt rose to $4 billion."}
    body = "Its revenue rose to $22 billion. [@page; @other] Its debt rose to $5 billion. [@other]"
    told = story("told", source("page"), source("other"), body=body)
    partial = in_part(told, "sources", unsound=frozenset({"page"}))
    assert found(partial, kept(texts)) == ["$5 billion"]


@pytest.mark.parametrize(
    "publisher",
    ["publisher: Bloomberg News", "title: A page", "publisher: daily\n    author: [7]"],
    ids=["no name", "missing", "author"],
)
def test_a_wrong_figure_is_told_though_nobody_knows_whose_the_source_is(publisher: str):
    partial = _partial(f"{publisher}\n    passages: [the revenue of the firm rose to $21 billion]")
    assert found(partial, lambda _: None) == ["$22 billion"]


@pytest.mark.parametrize(
    "lost", ["passagges: [rose]", "titel: A", "publishd: '2026-04-01'", "url: nowhere", "passages: {rose: far}", "u: 1"]
)
def test_a_figure_is_not_blamed_where_it_may_stand_in_what_cannot_be_read(lost: str):
    assert found(_partial(f"publisher: daily\n    {lost}"), lambda _: None) == []


def _partial(of_source: str) -> Partial[Story]:
    text = f"""
title: "A story"
dek: "A dek."
section: tools
published: 2026-04-11T18:00:00-04:00
body: "The revenue of the firm rose to **$22 billion**. [@page] Mira Doe of the Daily said so. [@page]"
citations:
  page:
    url: https://example.com/page
    {of_source}
"""
    return partial_story(yaml.safe_load(text.replace("2026-04-11T18:00:00-04:00", "'2026-04-11T18:00:00-04:00'")))


def test_nothing_is_blamed_where_the_reasons_for_it_cannot_be_read():
    told = story("told", source("page"), body="Its revenue rose to $22 billion in the quarter. [@page]")
    assert found(in_part(told, "trace"), kept(TEXT)) == []


def test_a_name_is_not_blamed_where_the_names_cannot_be_read():
    told = story("told", source("page"), body="The revenue of Aldane rose to $22 billion in the quarter. [@page]")
    assert found(in_part(told, "title"), kept(TEXT)) == ["$22 billion", "Aldane"]
    assert found(in_part(told, "title"), kept(TEXT), incomplete=frozenset({"entities"})) == ["$22 billion"]


def _of_written() -> Iterator[object]:
    yield from (pytest.param(case, id=case.name) for case in (*written("corpus"), *written("held-out")))


@pytest.mark.parametrize("case", list(_of_written()))
def test_no_true_story_is_blamed_for_what_cannot_be_read_of_it(case: Case):
    undated = replace(case.story, published=NO_MOMENT)
    assert found(in_part(undated, "published"), case.kept.get) == []
    for lost in case.story.sources:
        assert found(in_part(case.story, "sources", unsound=frozenset({lost})), case.kept.get) == []
        nobodys = replace(case.story.sources[lost], publisher="", relays=None, author=None)
        told = replace(case.story, sources={**case.story.sources, lost: nobodys})
        assert found(in_part(told, "sources", UNREAD_TELLERS), case.kept.get) == []


@pytest.mark.parametrize("case", list(_of_written()))
def test_a_story_whose_day_cannot_be_read_has_nearly_all_its_slips_told(case: Case):
    made = [slip for slip in slips(case, 1) if slip.body != case.story.body]
    traces = tracer(case.library, case.kept.get)
    ledgers = [traces.story(replace(case.story, body=slip.body, published=NO_MOMENT)) for slip in made]
    caught = sum(any(claim.is_fault for claim in ledger.claims) for ledger in ledgers)
    assert caught >= len(made) * 0.95


def test_an_edition_is_held_against_the_stories_that_can_be_read():
    one = story("one", source("page"), body="Its revenue rose to $21 billion in the quarter. [@page]")
    points = (
        Point("Revenue", "Its revenue rose to $22 billion in the quarter. [@one/page]"),
        Point("Debt", "Its debt rose to $5 billion. [@one/page; @two/page]"),
    )
    shown = edition("2026-04-11", "one", "two", takeaways=points)
    of = library(one, shown, unreadable=frozenset({"two"}))
    problems = check(of, snapshot_of=kept({"page": f"{TEXT['page']} Its debt rose to $4 billion."}))
    assert [p.excerpt for p in problems if p.rule in TRACES] == ["$22 billion"]
