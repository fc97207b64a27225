"""Figures of headings that their text lacks, where the text is what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from generator.check.judging import check
from generator.model.content import Point
from generator.model.problems import Problem
from tests.make import edition, library, source, story
from tests.tracing import kept

RULES = ("figure-not-in-text", "contradicted-figure", "untraced-figure")
STORY = "meta-coreweave"


def found(
    body: str,
    evidence: str,
    title: str = "Meta commits more to CoreWeave",
    of_edition: str = "A deal",
    passages: Sequence[str] = (),
) -> list[Problem]:
    """What is said of figures in a story with one source, which is kept whole, and in its edition."""
    told = story(STORY, source("page", passages=tuple(passages)), title=title, body=f"{body} [@page]")
    read = library(
        told, edition("2026-04-11", STORY, title=of_edition, takeaways=(Point("A", "So. [@meta-coreweave/page]"),))
    )
    snapshots = kept({} if passages else {"page": evidence})
    return [problem for problem in check(read, snapshot_of=snapshots) if problem.rule in RULES]


def places(problems: Sequence[Problem]) -> list[tuple[str, object]]:
    return [("edition" if "editions" in problem.file else "story", problem.path[0]) for problem in problems]


BODY, EVIDENCE = "The order backlog stands at $78.8 billion.", "The order backlog stands at $87.8bn."


@pytest.mark.parametrize("right", ["$87.8 billion", "$88 billion", "$87.8bn", "USD 87,800 million"])
@pytest.mark.parametrize("of_edition", [False, True])
def test_a_heading_that_has_what_the_source_has_is_right_however_it_writes_it(right: str, of_edition: bool):
    title = {"of_edition" if of_edition else "title": f"Order backlog at {right}"}
    problems = found(BODY, EVIDENCE, **title)
    assert places(problems) == [("story", "body")]
    assert of_edition or f"{right} stands in `title`" in problems[0].hint


def test_a_heading_that_has_what_is_wrong_in_the_text_in_other_words_is_named_there():
    (problem,) = found(BODY, EVIDENCE, "Order backlog at USD 78.8bn")
    assert "also in `title`" in problem.hint


def test_a_heading_is_right_also_where_the_text_is_only_warned_of():
    source = "The city got a grant of €26 million for the port. Its debt of €31 million is due in May."
    (problem,) = found("The city got a grant of €31 million.", source, "City gets €26m for its port")
    assert (problem.rule, problem.path[0]) == ("untraced-figure", "body")
    assert "€26m stands in `title`" in problem.hint


@pytest.mark.parametrize("title", ["$78.8bn", "$79 billion"])
def test_a_wrong_headline_of_a_story_is_not_told_again_of_its_edition(title: str):
    problems = found(BODY.replace("78.8", "87.8"), EVIDENCE, "Order backlog at $78.8 billion", f"Backlog is {title}")
    assert places(problems) == [("story", "title")]


def test_what_is_counted_belongs_to_a_bare_number():
    wrong, right = "The navy lost 50 ships.", "The navy lost 40 ships."
    problems = found(wrong, right, "The storm killed 40 men")
    assert sorted(places(problems)) == [("story", "body"), ("story", "title")]
    (title,) = [problem for problem in problems if problem.path[0] == "title"]
    assert "@page has it" not in title.hint
    assert "Write the figure of the text" not in title.hint
    (problem,) = found(wrong, right, "Navy loses 40 ships")
    assert "40 stands in `title`" in problem.hint


@pytest.mark.parametrize("passages", [(), ("It also has 1.2 million users, up from a million.",)])
def test_a_figure_of_a_heading_that_a_source_has_is_to_be_added_or_the_text_corrected(passages: Sequence[str]):
    (problem,) = found(
        "It has many users.", "It also has 1.2 million users.", "It has 1,200,000 users", passages=passages
    )
    assert problem.hint == "@page has it: correct the text, or add this one to it."


def test_nobody_is_told_to_write_a_figure_of_the_text_that_no_source_has():
    problems = found("The order backlog stands at $61.3 billion.", EVIDENCE, "Order backlog at $43 billion")
    (title,) = [problem for problem in problems if problem.path[0] == "title"]
    assert title.hint.startswith("Hold it against the sources")
    (title,) = found(BODY.replace("78.8", "87.8"), EVIDENCE, "Order backlog at $43 billion")
    assert title.hint.startswith("Write the figure of the text")
