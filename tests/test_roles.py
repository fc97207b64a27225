"""Who does what to whom: the two names of a purchase, a holding or a suit are not changed round."""

from __future__ import annotations

import pytest

from generator.model.tracing import ClaimKind, Verdict
from tests.make import source
from tests.tracing import claims_of, ledger_of

BUYS = "Aldane Labs agreed to buy Corvex for $4.2 billion in cash."


def turned(sentence: str, evidence: str) -> list[str]:
    claims = claims_of(sentence, evidence)
    return [claim.text for claim in claims if claim.verdict is Verdict.CONTRADICTED and "way round" in claim.how]


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Corvex agreed to buy Aldane Labs for $4.2 billion in cash.", BUYS),
        ("For $4.2 billion Corvex will acquire Aldane.", BUYS),
        ("For $4.2 billion Aldane will be bought by Corvex.", BUYS),
        ("Aldane bought Corvex for $4 billion.", "Aldane was bought by Corvex for $4 billion."),
        ("Corvex owns 30% of Aldane.", "Aldane owns 30% of Corvex."),
        ("Corvex owns a stake in Aldane.", "Since May Aldane has owned a third of Corvex."),
        ("Corvex sued Aldane over a patent.", "Aldane sued Corvex over a patent."),
        ("Corvex has accused Aldane of theft.", "Corvex was accused by Aldane of theft."),
    ],
)
def test_two_names_in_each_others_part_are_told(sentence: str, evidence: str):
    assert len(turned(sentence, evidence)) == 1


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Aldane buys Corvex for $4.2 billion in cash.", BUYS),
        ("For $4.2 billion Corvex will be acquired by Aldane.", BUYS),
        ("The cash is for Corvex, which Aldane Labs agreed to buy.", BUYS),
        ("Corvex sued Aldane over a patent.", "Aldane sued Corvex over a patent. In May Corvex sued Aldane back."),
        ("Corvex first wanted to buy Aldane.", "Aldane bought Corvex. Earlier, Corvex tried to buy Aldane."),
        ("Aldane sued Corvex.", "Aldane and Borealis sued Corvex."),
        ("Corvex sued Aldane.", "Aldane and Borealis sued Dorset. Corvex sued Aldane and Borealis."),
        ("Aldane bought Corvex.", "Corvex bought Aldane's shop, and Aldane bought all of Corvex."),
        ("Corvex owns 30% of Aldane.", "Aldane owns 30% of Borealis. Corvex has 30% of Aldane."),
        ("Corvex Labs bought Corvex Works.", "Corvex Works bought Corvex Labs."),
    ],
)
def test_names_in_their_own_part_are_left_alone(sentence: str, evidence: str):
    assert turned(sentence, evidence) == []


def test_who_sued_whom_is_not_told_where_only_passages_are_kept():
    for verb, count in (("sued", 0), ("bought", 1)):
        page = source("page", passages=(f"Aldane {verb} Corvex in May.",))
        claims = ledger_of(f"In May Corvex {verb} Aldane. [@page]", page).claims
        names = [claim for claim in claims if claim.kind is ClaimKind.NAME and claim.verdict is Verdict.CONTRADICTED]
        assert len(names) == count
