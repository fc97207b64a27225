"""Whose figure is whose where a source tells the same of two, each in a sentence of its own."""

from __future__ import annotations

import pytest

from generator.model.tracing import Verdict
from tests.tracing import claims_of

FIRMS = "Aldane reported revenue of $8.2 billion. Corvex reported revenue of $5.1 billion."
PLAYERS = "Tom Smith scored 21 points on the night. Ann Jones scored 14 points."
PROFITS = "Aldane's profit rose to $412 million. Corvex's profit rose to $310 million."


@pytest.mark.parametrize(
    ("sentence", "evidence", "owner"),
    [
        ("Corvex had revenue of $8.2 billion.", FIRMS, "Aldane"),
        ("Revenue at Corvex was $8.2 billion.", FIRMS, "Aldane"),
        ("Aldane’s revenue came to $5.1 billion.", FIRMS, "Corvex"),
        ("Corvex's profit rose to $412 million.", PROFITS, "Aldane"),
        ("Jones scored 21 points.", PLAYERS, "Tom Smith"),
    ],
)
def test_the_figure_of_one_is_not_given_to_another_of_whom_the_same_is_told(sentence: str, evidence: str, owner: str):
    (claim,) = [claim for claim in claims_of(sentence, evidence) if claim.is_fault]
    assert (claim.verdict, claim.how) == (Verdict.CONTRADICTED, f"in the source it is that of {owner}")


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Aldane had revenue of $8.2 billion.", FIRMS),
        ("Revenue was $8.2 billion at Aldane and $5.1 billion at Corvex.", FIRMS),
        ("Ann Jones had 14 points.", PLAYERS),
        ("Its profit rose to $412 million, ahead of Corvex.", PROFITS),
        ("Ahead of Corvex, its profit rose to $412 million.", PROFITS),
        ("Unlike Corvex the rival had a profit of $412 million.", PROFITS),
        ("Corvex had a profit of $412 million.", f"{PROFITS} With its unit Corvex made $412 million."),
        ("Corvex had revenue of $8.2 billion.", "Aldane has revenue of $8.2 billion. Corvex makes chips."),
    ],
)
def test_what_may_be_of_the_one_named_is_left_alone(sentence: str, evidence: str):
    assert not any(claim.is_fault for claim in claims_of(sentence, evidence))
