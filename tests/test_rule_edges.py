"""Rules at their edges: what is just a mistake, and what is just none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from generator.check.judging import check
from generator.check.nearly import drafted
from generator.model.content import Edit, Edition, Point, Story
from generator.model.problems import Problem
from generator.model.vocabulary import Style
from tests.make import NOON, edition, library, newsletter, source, story


def found(rule: str, *items: Story | Edition, **fields: object) -> list[Problem]:
    """What one rule says of stories and editions."""
    return [problem for problem in check(library(*items, **fields), {rule: "warning"}) if problem.rule == rule]


def excerpts(rule: str, text: str) -> list[str]:
    """The words of a story's body at which a rule points."""
    return [problem.excerpt for problem in found(rule, story(body=f"{text} [@hubkub]"))]


@pytest.mark.parametrize(
    "gap",
    [
        *("[INSERT FIGURE]", "[TODO]", "[TBD]", "[TBC]", "[TK]", "[TKTK]", "[FIXME]", "[PLACEHOLDER]", "[YOUR NAME]"),
        *("[XX]", "[XXX million]", "[Insert the name]", "[insert the name]", "TKTK", "TODO", "FIXME"),
        *(
            "[citation needed]",
            "[Source needed]",
            "[quote needed]",
            "[figures needed]",
            "[date needed]",
            "[link needed]",
        ),
    ],
)
def test_a_gap_that_was_to_be_filled_is_told(gap: str):
    assert excerpts("left-over", f"It paid {gap}: much.") == [gap]


@pytest.mark.parametrize(
    "text",
    [
        *("The [XX](https://a.example) chip.", "A [insert here](https://a.example).", "A TODO list.", "A FIXME note."),
        *("[INSERTION] is a word.", "[Inserted here]", "[proof needed]", "It said “[TBD]” of it.", "`[TODO]` is code."),
        *("Stick it in MyTKTKs.", "[YOURS]", "[TBDs]"),
    ],
)
def test_words_that_look_like_a_gap_are_left_alone(text: str):
    assert excerpts("left-over", text) == []


@pytest.mark.parametrize(
    "mark",
    [
        *("【4†source】", "[oaicite:3]", ":contentReference[oaicite:0]{index=0}", "contentReference[oaicite:12]"),
        *("[3†L1-L9]", "[^2^]", "[cite_start]", "[cite_end]", "[cite: 1, 2]", "[cite:7]"),
        *("turn0search1", "citeturn0news12turn0view3", "turn1fetch0", "turn2file4"),
    ],
)
def test_the_mark_of_a_drafting_tool_is_told_whole(mark: str):
    assert [written for _, written, _ in drafted(f"Meta paid. {mark} More")] == [mark]


@pytest.mark.parametrize("text", ["A U-turn in 2026.", "It cited [cites].", "The 2†3 sign.", "turn1around", "“[^2^]”"])
def test_words_that_look_like_the_mark_of_a_drafting_tool_are_left_alone(text: str):
    assert list(drafted(text)) == []


@pytest.mark.parametrize(
    ("style", "written", "better"),
    [
        ("en", "a deal—it says", "deal – it"),
        ("em", "a deal – it says", "deal—it"),
        ("em", "a deal -- it says", "deal—it"),
        ("spaced-em", "a deal – it says", "deal — it"),
        ("spaced-em", "a deal--it says", "deal — it"),
    ],
)
def test_each_style_of_dashes_is_offered_as_it_is_set(style: str, written: str, better: str):
    told = story(body=f"It is {written}. [@hubkub]")
    problems = found("house-dashes", told, newsletter=newsletter(style=Style(dashes=style)))
    assert [problem.mend for problem in problems] == [better]


@pytest.mark.parametrize(
    ("style", "text"), [("en", "a deal – it"), ("em", "a deal—it"), ("spaced-em", "a deal — it"), ("em", "in 2025–26")]
)
def test_dashes_of_the_house_are_left_alone(style: str, text: str):
    told = story(body=f"{text} says. [@hubkub]")
    assert not found("house-dashes", told, newsletter=newsletter(style=Style(dashes=style)))


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ('"5 of them"', ["“5", "them”"]),
        ("the '90s", ["’90s"]),
        ("'word'", ["‘word’"]),
        ('("word")', ["(“word”)"]),
        ('5" wide', ["5”"]),
        ("Meta's", ["Meta’s"]),
    ],
)
def test_curly_marks_open_before_a_word_and_close_behind_it(written: str, better: list[str]):
    told = story(body=f"It is {written}. [@hubkub]".replace(". ", " now. "))
    problems = found("house-quotes", told, newsletter=newsletter(style=Style(quotes="curly")))
    assert [problem.mend for problem in problems] == better


def test_the_note_of_an_edit_from_before_the_publication_is_told():
    early = story(edits=(Edit(NOON - timedelta(hours=1), "Spelling."),))
    assert [problem.path for problem in found("bad-correction", early)] == [("edits", 0, "date")]
    assert not found("bad-correction", story(edits=(Edit(NOON, "Spelling."),)))


@pytest.mark.parametrize(("cited", "better"), [("b", "two/b"), ("c", "story/c")])
def test_a_citation_of_an_edition_without_a_story_is_answered_with_the_story_that_has_the_source(cited, better):
    shown = edition("2026-04-11", "one", "two", takeaways=(Point("So it is", f"It is so. [@{cited}]"),))
    problems = found("unknown-citation", story("one", source("a")), story("two", source("b")), shown)
    assert [problem.hint for problem in problems] == [f"Write [@{better}], with the story's name."]


@pytest.mark.parametrize("heading", ["‘Open’ is what the firm calls ‘closed’", "“Open” and “closed”", "“Open” models"])
def test_a_heading_that_begins_and_ends_with_a_quotation_of_its_own_is_left_alone(heading: str):
    assert not found("quoted-heading", story(title=heading))


@pytest.mark.parametrize("heading", ["‘Open models for all’", "“Open models for all”", "„Open models for all“"])
def test_a_heading_that_stands_whole_in_curly_marks_is_told(heading: str):
    assert len(found("quoted-heading", story(title=heading))) == 1
