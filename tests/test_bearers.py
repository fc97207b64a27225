"""Who somebody is: of what place, in what office, and who says it. What may be so is no fault."""

from __future__ import annotations

import pytest

from generator.trace import chiefs, offices
from tests.make import source
from tests.tracing import claims_of, faults, ledger_of


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("It was signed by Gov. Jane Aldane.", "He had served under Gov. Jane Aldane."),
        ("It was signed by Gov. Jane Aldane.", "Lt. Gov. Jane Aldane became governor in May."),
        ("It was signed by Gov. Jane Aldane.", "Gov. Jane Aldane and Lt. Gov. Tom Ruhl signed it."),
        ("The deputy police chief, Tom Ruhl, came.", "Deputy Chief Tom Ruhl came."),
        ("The acting director, Tom Ruhl, came.", "Tom Ruhl, acting director of the museum, came."),
        ("It was told by Director Tom Ruhl.", "Tom Ruhl told it."),
        ("It was led by the Faculty of Medicine.", "The Faculty of Science and the medical faculty led it."),
        ("It was led by the Ministry of Health.", "The Ministry of Justice and the Health Ministry led it."),
        ("It was won by Ivarsson of Sweden.", "Ivarsson of Malmö won; Sweden came first."),
        ("It was won by Ivarsson of Sweden.", "Ivarsson of Malmö and Ivarsson of Sweden won."),
    ],
)
def test_an_office_or_a_place_that_may_be_right_is_left_alone(sentence: str, evidence: str):
    assert not any(claim.is_fault for claim in claims_of(sentence, evidence))


def test_another_place_may_stand_in_what_is_not_kept():
    page = source("page", title=None, passages=("Ivarsson of Malmö came third.",))
    told = "Third was Ivarsson of Sweden. [@page]"
    assert faults(ledger_of(told, page)) == []
    assert faults(ledger_of(told, page, texts={"page": page.passages[0]})) == ["Ivarsson of Sweden"]


PLANT = "Jane Aldane and Tom Ruhl run the plant. "


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("“We will not close it,” Aldane said.", "“We will not close it,” Ruhl said, quoting Jane Aldane."),
        ("“We will not close it,” Aldane said.", "“We will not close it,” she said. Ruhl nodded."),
        ("“We will not close it,” Aldane said.", "“We will not close it,” the firm said."),
        ("“We will not close it,” said the firm.", "“We will not close it,” Ruhl said."),
        ("“We will not close it,” Tom Ruhl said.", "“We will not close it,” Ruhl said."),
        ("Aldane said: “We will not close it.”", "Ruhl said: “It is old?” Aldane said: “We will not close it.”"),
        ("“We will not close it,” Aldane said.", "Mary Jane Aldane came. “We will not close it,” Mary Jane said."),
        ("Aldane nodded at “we will not close it”.", "“We will not close it,” Ruhl said."),
    ],
)
def test_a_speaker_whom_the_source_may_mean_is_left_alone(sentence: str, evidence: str):
    assert not any(claim.is_fault for claim in claims_of(sentence, PLANT + evidence))


def test_a_firm_that_says_what_its_spokesman_said_is_left_alone():
    evidence = "Tom Ruhl speaks for Borealis. “It is closed,” Ruhl said. Borealis said nothing more."
    (words,) = [c for c in claims_of("“It is closed,” Borealis said.", evidence) if c.kind == "quotation"]
    assert not words.is_fault


def test_the_offices_of_a_source_are_found_once_however_many_names_ask_for_them():
    text = "Lt. Gov. Jane Aldane and Deputy Mayor Olaf Brent met. CFO Dana Pine of Corvex spoke for the 40 members."
    named = ("Governor Jane Aldane met the 40 members.", "Mayor Olaf Brent met them.", "CEO Dana Pine spoke.")
    body = " ".join(f"{sentence} [@page]" for sentence in named * 5)
    found = (offices._told_in, chiefs._open_in)
    for each in found:
        each.cache_clear()
    wrong = faults(ledger_of(body, source("page", title=None), texts={"page": text}))
    assert len(wrong) == 15
    assert [each.cache_info().misses for each in found] == [1, 1]
