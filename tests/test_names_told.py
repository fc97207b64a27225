"""Names: who is told is who the evidence names, by any of the ways to call them, and a slip in a name is shown."""

from __future__ import annotations

from typing import Any

import pytest

from generator.check.judging import check
from generator.model.content import Origin, Source, Vouch
from generator.model.tracing import Verdict
from generator.trace.names import is_a_letter_off, is_mistyped
from tests.make import edition, library, source, story
from tests.tracing import claims_of


@pytest.mark.parametrize(
    "other", ["Corvax", "Corve", "Corvexx", "Crovex", "Corvxe", "Xorvex", "orvex", "COVREX", "Convex", "Corrvex"]
)
def test_a_letter_missing_too_many_another_or_two_changed_round_is_a_slip(other: str):
    assert is_a_letter_off("Corvex", other)
    assert is_a_letter_off(other, "Corvex")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(
            ("Corvex", "Corvex"),
            ("Corvex", "CORVEX"),
            ("Corvex", "Corvaxe"),
            ("Corvex", "Corvexxy"),
            ("Corvex", "Crovxe"),
        ),
        *(("Meta", "Beta"), ("Corvex", "Caldex"), ("Corvex", "Cxrvoe"), ("O’Hara", "O'Hara")),
    ],
)
def test_the_same_name_a_short_one_and_another_are_no_slip(one: str, other: str):
    assert not is_a_letter_off(one, other)


@pytest.mark.parametrize(("word", "is_it"), [("Corvax", False), ("Covrex", True), ("Xorvex", False), ("Crovex", True)])
def test_only_a_slip_within_a_word_makes_it_a_mistyped_name(word: str, is_it: bool):
    assert is_mistyped(word, "Corvex") is is_it


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ("Jane Aldane runs the museum.", "The museum is run by Aldane."),
        ("Ms. Aldane runs the museum.", "The museum is run by Jane Aldane."),
        ("The International Monetary Fund warned of debt.", "The debt is what the IMF warned of."),
        ("The IMF warned of debt.", "The debt is what the International Monetary Fund warned of."),
        ("Aldane-Ruhl opened a plant.", "A plant was opened by Aldane Ruhl."),
        ("Aldane Ruhl opened a plant.", "A plant was opened by Aldane-Ruhl."),
        ("Aldane’s plant is open.", "The plant of Aldane is open."),
        ("The Bank of England cut its rate.", "The rate was cut by the Bank of England."),
    ],
)
def test_a_name_is_found_however_the_evidence_calls_its_bearer(evidence: str, sentence: str):
    assert {claim.verdict for claim in claims_of(sentence, evidence)} == {Verdict.TRACED}


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ("John Corvex runs the museum.", "The museum is run by Jane Aldane."),
        ("John Aldane runs the museum.", "The museum is run by Jane Aldane."),
        ("The Aldanes run a museum.", "A museum is run by Jane Corvex."),
        ("The World Bank warned of debt.", "The debt is what the IMF warned of."),
        ("The imf of the river is dry.", "The river is what the IMF warned of."),
    ],
)
def test_a_name_of_somebody_else_is_a_fault(evidence: str, sentence: str):
    assert any(claim.is_fault for claim in claims_of(sentence, evidence))


def test_a_sentence_that_draws_on_two_of_its_source_names_nobody_in_the_place_of_another():
    page = (
        "The Commerce Department's Bureau of Industry today imposed a penalty of $28 million on Lattice Point.\n\n"
        "Lattice Point exported accelerators to two resellers with knowledge that the items were destined for Huaxin "
        "Computing, a party added to the Entity List in October."
    )
    told = "The Commerce Department has fined Lattice Point $28 million for exporting accelerators to a company on "
    assert [claim for claim in claims_of(f"{told}its Entity List.", page) if claim.is_fault] == []
    assert [claim for claim in claims_of(f"{told}its Trade List.", page) if claim.is_fault]


def test_who_mistypes_a_name_is_shown_the_one_of_the_evidence():
    (claim,) = claims_of("The museum is run by Jane Aldnae.", "Jane Aldane runs the museum.")
    assert (claim.verdict, claim.how) == (Verdict.UNTRACED, "did you mean Jane Aldane?")
    assert claim.place
    assert claim.place.text == "Jane Aldane"


def test_a_mistyped_name_at_the_beginning_of_a_sentence_is_told_and_a_plain_word_there_is_not():
    (claim,) = claims_of("Covrex runs the museum.", "The museum is run by Corvex alone.")
    assert (claim.text, claim.verdict, claim.how) == ("Covrex", Verdict.UNTRACED, "did you mean Corvex?")
    assert not claims_of("Museums run on money.", "The money of the Museum is gone.")
    assert not claims_of("Covrex runs the museum.", "The museum of Corvex is called covrex.")


def bare(body: str, *sources: Source, **fields: Any) -> list[str]:
    """What is said of sources of which nothing is kept that could show the names cited to them."""
    told = story("meta-coreweave", *sources, body=body, **fields)
    return [problem.what for problem in check(library(told, edition())) if problem.rule == "no-passage"]


def test_a_source_without_a_passage_is_told_where_names_are_cited_to_it_and_once():
    body = "It was won by Mara Lindqvist. [@page] The second was Olaf Brent. [@page]"
    assert bare(body, source("page")) == [
        "`Mara Lindqvist`: of @page no passage is kept, nor the text of the page",
    ]


def test_nothing_is_told_of_names_where_anything_is_kept_or_the_title_has_them():
    body = "It was won by Mara Lindqvist. [@page]"
    assert bare(body, source("page", passages=("the hall has 40 seats",))) == []
    assert bare(body, source("page", title="Mara Lindqvist wins")) == []
    assert bare("It was won by Mara Lindqvist. [@a; @b]", source("a"), source("b", passages=("It was won.",))) == []
    assert bare(body, source("page"), imported=Origin("https://old.example/post")) == []
    assert bare(body, source("page"), trace=(Vouch(claim="Mara Lindqvist", ok="I was there"),)) == []
