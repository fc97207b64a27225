"""Two figures that differ and may say the same, and what of a sentence is no figure of it."""

from __future__ import annotations

import pytest

from generator.figures.read import measured
from generator.trace.evidence import kept_of
from generator.trace.matching import Candidate, candidates
from generator.trace.rivals import may_agree
from generator.trace.tracer import figures_of
from tests.make import source
from tests.tracing import snapshot


def rival(sentence: str, evidence: str) -> Candidate:
    """The only figure of the evidence of the kind that a sentence tells first."""
    page = source("page", title=None)
    kept = kept_of("page", page, snapshot(page.url, evidence), {}, None)
    (found,) = candidates(measured(sentence)[0], sentence, (kept,))
    return found


@pytest.mark.parametrize(
    ("sentence", "evidence", "is_so"),
    [
        ("You must be at least 13.", "Children under 13 cannot sign up.", True),
        ("You are at least 13.", "Children under 13 cannot sign up.", True),
        ("You must be at least 13.", "Children under 13 sign up.", True),
        ("You are at least 13.", "Children under 13 sign up.", False),
        ("You must be at least 14.", "Children under 13 cannot sign up.", False),
        ("It must be 13.", "It cannot be 13.", False),
        ("It must be at least 13.", "It cannot be at least 13.", False),
        ("In the calendar Q2 it grew.", "In fiscal Q3 it grew.", True),
        ("In Q2 of FY26 it grew.", "In fiscal Q3 it grew.", False),
        ("In Q2 it grew.", "In Q3 it grew.", False),
        ("In Q2 it grew.", "The next is Q3.", True),
        ("The guidance for Q2 is out.", "In Q3 it grew.", True),
        ("In H1 it may grow.", "In fiscal H2 it grew.", False),
        ("It came 2nd.", "It came 3rd in fiscal terms.", False),
        ("It was on 3 May.", "It must be 4 May in fiscal terms.", False),
    ],
)
def test_a_bound_from_its_other_side_and_a_quarter_of_another_year_may_agree(sentence: str, evidence: str, is_so: bool):
    assert may_agree(measured(sentence)[0], sentence, rival(sentence, evidence)) is is_so


def texts(sentence: str, *publishers: str, comma: bool = False) -> list[str]:
    return [item.text for item in figures_of(sentence, publishers, comma)]


def test_the_number_of_a_publisher_is_no_figure_and_the_others_are():
    assert texts("24 AI News counts 24 firms.", "24 ai news") == ["24"]
    assert figures_of("24 AI News counts 24 firms.", ("24 ai news",))[0].start == len("24 AI News counts ")
    assert texts("24 AI News counts 24 firms.") == ["24", "24"]
    assert texts("The 1900 Post and 24 AI News have 30 staff.", "24 ai news", "1900 post") == ["30"]
    assert texts("They count 24 firms.", "24 ai news") == ["24"]


def test_only_the_number_of_the_caption_itself_is_none():
    assert texts("Table 3: 40 firms and 2 banks.") == ["40", "2"]
    assert texts("Table 3 has 40 firms.") == ["Table 3", "40"]
    assert texts("It shows Figure 3: 40 firms.") == ["Figure 3", "40"]
    assert texts("Figure 1: Deaths.") == []


def test_a_sentence_is_read_with_the_decimals_of_its_language():
    (of_german,) = figures_of("Es kostet 1.234,5 Euro.", (), True)
    (of_english,) = figures_of("It costs 1,234.5 euros.", (), False)
    assert of_german.low == of_english.low == 1234.5
    (thousands,), (small,) = figures_of("1.234 Euro", (), True), figures_of("1.234 Euro", (), False)
    assert (thousands.low, small.low) == (1234.0, 1.234)
