"""The written hard cases: each true sentence is traced, each false twin is caught."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.model.tracing import Verdict
from generator.tables import doubled
from tests.tracing import claims_of
from tests.trust.benchmark import HELD_OUT_SEED, is_met, measure
from tests.trust.corpus import written, written_cases

CASES = written_cases()


def sentences(truth: bool) -> list[object]:
    """One test each. YAML reads the keys `true` and `false` as what they say."""
    return [
        pytest.param(
            case[truth], case["evidence"], case.get("language"), case.get("home", "en-GB"), id=f"{group} {number}"
        )
        for group, cases in CASES.items()
        for number, case in enumerate(cases, 1)
    ]


def test_no_group_of_cases_has_the_name_of_another_which_it_would_hide():
    text = (Path(__file__).parent / "trust/cases.yml").read_text()
    assert doubled(yaml.compose(text)) == []


def test_there_are_at_least_150_with_their_twins():
    assert sum(map(len, CASES.values())) >= 150


@pytest.mark.parametrize(("sentence", "evidence", "language", "home"), sentences(True))
def test_a_true_sentence_is_traced(sentence: str, evidence: str, language: str | None, home: str):
    claims = claims_of(sentence, evidence, language, home)
    assert claims
    assert {claim.verdict for claim in claims} == {Verdict.TRACED}, claims


@pytest.mark.parametrize(("sentence", "evidence", "language", "home"), sentences(False))
def test_its_false_twin_is_caught(sentence: str, evidence: str, language: str | None, home: str):
    claims = claims_of(sentence, evidence, language, home)
    assert any(claim.is_fault for claim in claims), claims


def test_most_slips_in_stories_that_were_held_out_are_caught_and_true_claims_left_alone():
    count = measure(written("held-out"), (HELD_OUT_SEED,))
    assert is_met(count), (count.made - count.caught, count.flagged)
