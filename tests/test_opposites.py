"""What was done with an amount: a text does not say the opposite of its source."""

from __future__ import annotations

import pytest

from generator.model.tracing import Verdict
from tests.tracing import claims_of

OFFER = "The board rejected the $4.2 billion offer on Monday."
FINE = "A federal appeals court upheld the $25 million fine against Corvex."


@pytest.mark.parametrize(
    ("sentence", "evidence", "word"),
    [
        ("On Monday the board accepted the offer of $4.2 billion.", OFFER, "rejected"),
        ("The $4.2 billion merger was approved.", "The watchdog blocked the $4.2 billion merger.", "blocked"),
        ("An appeals court overturned the $25 million fine.", FINE, "upheld"),
        ("A court upheld the $25 million fine.", "A court quashed the $25 million fine.", "quashed"),
        ("Of the applications 16 million had been rejected.", "16 million applications had been approved.", "approved"),
        ("Aldane opened 40 shops.", "Aldane closed 40 shops.", "closed"),
        (
            "The net loss widened to $12.6 million.",
            "Net loss narrowed to $12.6 million from $21 million.",
            "narrowed",
        ),
        ("Energie wurde um 3,2 Prozent teurer.", "Energie verbilligte sich um 3,2 Prozent.", "verbilligte"),
    ],
)
def test_the_opposite_of_what_was_done_is_told(sentence: str, evidence: str, word: str):
    home = "de-DE" if "Energie" in sentence else "en-GB"
    found = [claim for claim in claims_of(sentence, evidence, home=home) if claim.is_fault]
    assert [(claim.verdict, claim.how) for claim in found] == [(Verdict.UNTRACED, f"the source seems to have “{word}”")]


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The board turned down the $4.2 billion offer.", OFFER),
        ("The board did not accept the $4.2 billion offer.", OFFER),
        ("The board refused to accept the $4.2 billion offer, and so it was not approved.", OFFER),
        ("The board accepted the $4.2 billion offer.", f"{OFFER} Later it gave in."),
        ("The board approved the $4.2 billion offer.", f"{OFFER} Two days on it approved it all the same."),
        ("The Supreme Court overturned the fine of $25 million.", f"{FINE} The Supreme Court overturned it."),
        ("It closed 40 shops, and opened 12.", "Aldane closed 40 shops and opened 12."),
        ("Two of the nine convictions were overturned.", "The court upheld the conviction on seven of nine counts."),
        ("The Senate approved the $4 billion sum.", "The Senate rejected a bid to cut the $4 billion sum."),
        ("The judge accepted the $40 million suit.", "The judge rejected a motion to dismiss the $40 million suit."),
        ("The shop opened 40 years ago.", "The shop closed in March after 40 years."),
        ("Aldane opened 40 shops.", "Aldane has close to 40 shops."),
        ("The council approved 40 flats.", "A block of 40 flats is to be built."),
        ("He was convicted on 12 counts.", "He was found guilty on 12 counts and acquitted of three."),
        ("Wage growth accelerated to 4.3%.", "Inflation slowed to 2.1% and wage growth picked up to 4.3%."),
        ("It approved the $95 billion package.", "It passed the $95 billion package which the House rejected."),
    ],
)
def test_what_may_be_the_same_or_came_later_is_left_alone(sentence: str, evidence: str):
    assert not any(claim.is_fault for claim in claims_of(sentence, evidence))
