"""The sample newsletter: the first thing that a newcomer reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.content import Story
from generator.model.library import Library
from generator.model.vocabulary import SENTIMENTS
from generator.options import find
from generator.pipeline import judge

ROOT = Path(__file__).parent.parent
JUDGED = judge(find(ROOT / "mkdocs.yml"))
STORIES = list(JUDGED[0].stories.values())

SHAPES: dict[str, Callable[[Story], bool]] = {
    "report": lambda s: bool(s.body) and not parts(s) & {"summary", "questions"},
    "brief": lambda s: not s.body and {"why-it-matters", "background", "what-next", "bigger-picture"} <= parts(s),
    "analysis": lambda s: bool(s.body) and {"summary", "questions"} <= parts(s),
    "signal": lambda s: not s.body and {"summary", "analysis", "key-takeaways"} <= parts(s) and s.image is not None,
}


def parts(story: Story) -> set[str]:
    return {part.part for part in story.parts}


def slug(story: Story) -> str:
    return story.slug


@pytest.fixture
def library() -> Library:
    return JUDGED[0]


def test_it_has_no_problem_not_even_a_warning():
    assert JUDGED[1] == []


def test_it_has_five_editions_and_their_nineteen_stories(library: Library):
    assert len(library.editions) == 5
    assert len(library.stories) == 19


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_of_story_is_shown_by_several(shape: str):
    assert sum(SHAPES[shape](story) for story in STORIES) >= 3


@pytest.mark.parametrize("story", STORIES, ids=slug)
def test_every_story_has_one_shape(story: Story):
    assert sum(is_so(story) for is_so in SHAPES.values()) == 1


@pytest.mark.parametrize("story", STORIES, ids=slug)
def test_every_paragraph_and_bullet_shows_its_source(story: Story):
    for path, text in story.texts():
        if path[:2] == ("parts", "questions"):
            continue
        for block in re.split(r"\n\s*\n", text):
            assert "[@" in block or block.startswith("#"), (path, block)


@pytest.mark.parametrize("story", STORIES, ids=slug)
def test_passages_are_short_quotations(story: Story):
    assert all(len(passage.split()) <= 8 for source in story.sources.values() for passage in source.passages)


@pytest.mark.parametrize("story", STORIES, ids=slug)
def test_quotations_stand_word_for_word_in_a_passage(story: Story):
    passages = " | ".join(passage for source in story.sources.values() for passage in source.passages)
    for _, text in story.texts():
        for quotation in re.findall(r'"([^"]+)"', text):
            assert quotation.rstrip(".,") in passages, quotation


@pytest.mark.parametrize("story", STORIES, ids=slug)
def test_no_source_is_later_than_the_editions_day(story: Story):
    assert all(s.published <= story.published.date() for s in story.sources.values() if s.published)


@pytest.mark.parametrize("story", STORIES, ids=slug)
def test_each_story_says_how_much_it_matters_and_to_whom_it_is_good_or_bad(story: Story):
    assert story.importance is not None
    assert story.importance.why
    assert story.sentiment in SENTIMENTS
    assert story.original
