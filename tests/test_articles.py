"""Whole articles as evidence: what is true of them is traced, and what is false is told, sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.tracing import Verdict
from tests.tracing import claims_of
from tests.trust.corpus import read

ARTICLES = read(Path(__file__).parent / "trust/articles.yml")


def sentences(truth: bool) -> list[object]:
    """One test each. YAML reads the keys `true` and `false` as what they say."""
    return [
        pytest.param(sentence, article["evidence"], id=f"{name}: {sentence}")
        for name, article in ARTICLES.items()
        for sentence in article[truth]
    ]


@pytest.mark.parametrize(("sentence", "evidence"), sentences(True))
def test_what_is_true_of_an_article_is_traced(sentence: str, evidence: str):
    claims = claims_of(sentence, evidence)
    assert claims
    assert {claim.verdict for claim in claims} == {Verdict.TRACED}, claims


def test_what_follows_from_an_article_by_reckoning_is_left_to_the_reader_and_no_error():
    article = ARTICLES["a drug"]["evidence"]
    claims = claims_of("Median survival was 31 months, against 27 on placebo.", article)
    assert [claim.verdict for claim in claims] == [Verdict.TRACED, Verdict.UNTRACED]


@pytest.mark.parametrize(("sentence", "evidence"), sentences(False))
def test_what_is_false_of_an_article_is_told(sentence: str, evidence: str):
    claims = claims_of(sentence, evidence)
    assert any(claim.is_fault for claim in claims), claims
