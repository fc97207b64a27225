"""How a figure is told: what hedges it, which way it points. A reader who is told `fell` of what rose is misled."""

from __future__ import annotations

import pytest

from generator.figures.amounts import find
from generator.figures.manner import _HEDGES, BEFORE_CHANGE, is_behind_by
from generator.model.tracing import Verdict
from tests.tracing import claims_of

ABOUT = "about,around,roughly,approximately,some,circa,an estimated,close to,near,~,≈,etwa,environ"
NEARLY = "nearly,almost,just under,just below,not quite,fast,presque,casi"
OVER = "over,above,more than,at least,upwards of,in excess of,north of,exceeding,past,topping,greater than,no less than"
OVER += (
    ",no fewer than,not less than,not fewer than,a little over,just over,slightly more than,more than a,más de,mehr als"
)
UNDER = "under,below,less than,fewer than,at most,no more than,not more than,up to,as many as,as much as,weniger als"
UNDER += ",a maximum of,moins de,menos de"
KINDS = {"about": ABOUT, "nearly": NEARLY, "over": OVER, "under": UNDER}


@pytest.mark.parametrize(
    ("kind", "words"), [(kind, word) for kind, words in KINDS.items() for word in words.split(",")]
)
def test_words_before_a_figure_say_how_exact_it_is(kind: str, words: str):
    blank = "" if words in "~≈" else " "
    assert [figure.hedge for figure in find(f"It has {words}{blank}41,000 people.")] == [kind]


@pytest.mark.parametrize(
    ("words", "kind"),
    [("or more", "over"), ("or higher", "over"), ("plus", "over"), ("or less", "under"), ("or fewer", "under")],
)
def test_words_behind_a_figure_say_how_exact_it_is(words: str, kind: str):
    assert [figure.hedge for figure in find(f"It has 41,000 {words}.")] == [kind]
    assert [figure.hedge for figure in find("It has 41,000+ people.")] == ["over"]


@pytest.mark.parametrize("verb", ["added", "caught", "climbed", "geared", "rose", "sped", "scaled", "ramped", "went"])
def test_what_went_up_to_a_figure_reached_it(verb: str):
    assert [figure.hedge for figure in find(f"The train {verb} up to 300 km/h.")] == [""]
    assert [figure.hedge for figure in find("The train may reach up to 300 km/h.")] == ["under"]


UP = "rose,gained,grew,increased,jumped,climbed,surged,soared,advanced,rallied,were up,went higher,were lifted"
DOWN = "fell,dropped,lost,declined,decreased,slid,slipped,dipped,plunged,tumbled,sank,shrank,were down,were cut,eased"
DOWN += ",were reduced,slumped,contracted"


@pytest.mark.parametrize(
    ("verb", "other"), [(v, "fell") for v in UP.split(",")] + [(v, "rose") for v in DOWN.split(",")]
)
def test_a_change_in_any_words_is_traced_and_the_opposite_of_it_is_caught(verb: str, other: str):
    evidence = f"Sales of the company {verb} 8.4% in the quarter."
    assert not any(claim.is_fault for claim in claims_of(evidence, evidence))
    faults = [
        claim for claim in claims_of(f"Sales of the company {other} 8.4% in the quarter.", evidence) if claim.is_fault
    ]
    assert [(claim.text, claim.verdict) for claim in faults] == [("8.4%", Verdict.CONTRADICTED)]
    rise, fall = "a rise or a gain", "a fall or a loss"
    here, there = (fall, rise) if other == "fell" else (rise, fall)
    assert faults[0].how == f"here it is {here}, in the source {there}"


@pytest.mark.parametrize(
    ("verb", "other"),
    [
        *((verb, "fell") for verb in "rose,grew,climbed,increased,jumped,surged,doubled,tripled,widened".split(",")),
        *(
            (verb, "rose")
            for verb in "fell,dropped,declined,slid,dipped,plunged,sank,shrank,halved,narrowed".split(",")
        ),
    ],
)
def test_which_way_a_level_was_reached_is_held_against_the_evidence(verb: str, other: str):
    evidence = f"The price of the fund {verb} to $617.69 in the week."
    assert not any(claim.is_fault for claim in claims_of(evidence, evidence))
    assert any(
        claim.is_fault for claim in claims_of(f"The price of the fund {other} to $617.69 in the week.", evidence)
    )


@pytest.mark.parametrize(
    "sentence",
    [
        *("It counts 112, up from 340 towns.", "Sales grew from $9 million to $6 million."),
        *("Sales rose to 112, up from 340.", "It shrank from 40 people to 50 people."),
        *("The price decreased from $80 to $90.", "Losses narrowed from $2 million to $5 million."),
        *("It has 402 of its 118 branches.", "Costs slid from 20 euros to 30 euros."),
    ],
)
def test_a_change_that_its_own_two_ends_belie_is_caught_whatever_the_evidence_has(sentence: str):
    assert any(claim.is_fault for claim in claims_of(sentence, sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        *("It counts 340 towns, up from 112 towns.", "Sales grew from $6 million to $9 million."),
        *("It shrank from 50 people to 40 people.", "It has 118 of its 402 branches."),
        *("Losses narrowed from $5 million to $2 million.", "The price decreased from $90 to $80."),
    ],
)
def test_a_change_that_its_two_ends_bear_out_is_left_alone(sentence: str):
    assert not any(claim.is_fault for claim in claims_of(sentence, sentence))


def test_a_change_is_seen_behind_any_two_hedges_as_if_the_whole_sentence_were_searched():
    hedges = sorted(phrase.replace("-", " ") for words in _HEDGES.values() for phrase in words.split())
    for one, other in zip(hedges, reversed(hedges), strict=True):
        for lead in (f"By the way, it fell by {one} {other} ", f"It fell by {one} the ", f"It fell to {one} {other} "):
            text = f"{lead}3%"
            whole = BEFORE_CHANGE.search(text, 0, len(lead)) is not None
            assert is_behind_by(text, len(lead)) is whole, text
