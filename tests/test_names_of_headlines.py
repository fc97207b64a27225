"""Names of headlines that are written in Title Case, where a capital makes no name."""

from __future__ import annotations

import pytest

from generator.check.judging import check
from generator.model.vocabulary import Entity
from tests.make import library, story

BODY = "Meta has committed another $21 billion to CoreWeave, the operator. Oracle had bid too. [@hubkub]"
NAMED = {
    id_: Entity(id_, name, "company")
    for id_, name in {
        "meta": "Meta Platforms",
        "coreweave": "CoreWeave",
        "nebius": "Nebius",
        "oracle": "Oracle",
    }.items()
}


def told(title: str, body: str = BODY) -> list[str]:
    ours = library(story("told", title=title, body=body), entities=NAMED)
    return [problem.what for problem in check(ours) if problem.rule == "name-not-in-text"]


@pytest.mark.parametrize(
    "title",
    [
        "CoreWeave Wins Another $21 Billion From Meta",
        "Meta Hands CoreWeave Another $21 Billion for Rented Compute",
        "Rented Compute Earns CoreWeave Billions in a Single Deal",
        "Nothing in This Title Is Named",
        "COREWEAVE WINS ANOTHER $21 BILLION",
    ],
)
def test_a_headline_in_title_case_may_have_words_that_the_text_has_not(title: str):
    assert told(title) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Nebius Wins Another $21 Billion From Meta", "Nebius"),
        ("Meta Hands Nebius Another $21 Billion for Rented Compute", "Nebius"),
        ("Meta Hands CoreWaeve Another $21 Billion", "CoreWaeve"),
        ("Rented Compute Is the New Oil, and Orcale Loses It to a Rival", "Orcale"),
    ],
)
def test_a_name_of_one_that_the_text_has_not_is_told(title: str, name: str):
    assert told(title) == [f"`{name}` stands in `title` and not in the story's text"]


def test_a_headline_in_small_letters_is_read_as_before():
    assert told("Meta hands Nebius another $21 billion for rented compute") != []
    assert told("Meta hands CoreWeave another $21 billion, Mara Lindqvist says") == []
