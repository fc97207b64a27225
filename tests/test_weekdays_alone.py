"""A weekday that a sentence names alone, held against what the evidence tells of the day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.make import source
from tests.tracing import claims_of, faults, ledger_of

VOTE = "The council voted on Wednesday to close the pool."


def test_another_weekday_than_that_of_the_source_is_told_with_its_words():
    (claim,) = claims_of("The council voted on Tuesday to close the pool.", VOTE)
    assert (claim.text, claim.how) == ("Tuesday", "the source has Wednesday")
    assert claim.place
    assert claim.place.text == "Wednesday"


def test_the_right_one_is_no_claim_of_its_own():
    assert claims_of("The council voted on Wednesday to close the pool.", VOTE) == []


@pytest.mark.parametrize(
    "evidence",
    [
        "The council voted to close the pool. It had met on Wednesday until shortly before midnight to close the pool.",
        "The debate was held on Wednesday, and a day later the council voted to close the pool.",
        "The council voted to close the pool during its session from Monday to Wednesday.",
        "At the weekend the council voted to close the pool, which was shut on Wednesday.",
        "On 7 or 8 April the council voted to close the pool.",
        "The council voted to close the pool, it said on Wed. and Tues. in two letters.",
    ],
)
def test_it_is_not_told_where_the_source_may_mean_the_day_otherwise(evidence: str):
    assert claims_of("The council voted on Tuesday to close the pool.", evidence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The council voted by Good Friday to close the pool.",
        "The council closed the pool every Tuesday.",
        "The council voted from Tuesday to Thursday to close the pool.",
        "The council voted on Tuesdays to close the pool.",
    ],
)
def test_what_is_no_single_day_is_not_judged(sentence: str):
    assert not any("day" in claim.text for claim in claims_of(sentence, VOTE))


def test_it_is_told_only_where_the_whole_text_is_kept():
    told = ledger_of("The council voted on Tuesday to close the pool. [@page]", source("page", passages=(VOTE,)))
    assert faults(told) == []


def test_the_day_of_a_source_is_right_and_the_days_beside_it_where_it_speaks_of_yesterday():
    page = source("page", published=date(2026, 4, 9))  # a Thursday
    says = "The council voted {} to close the pool. It had met on Monday to close the pool."

    def told(day: str, when: str) -> list[str]:
        body = f"The council voted on {day} to close the pool. [@page]"
        return faults(ledger_of(body, page, texts={"page": says.format(when)}))

    assert told("Thursday", "again") == told("Wednesday", "yesterday") == []
    assert told("Wednesday", "again") == ["Wednesday"]


def test_a_weekday_beside_a_date_must_be_that_of_it_whatever_the_evidence_says():
    assert faults(ledger_of("It was told on 9 April 2026, which was a Friday. [@hubkub]")) == ["Friday"]
    assert faults(ledger_of("It was told on Friday (9 April 2026). [@hubkub]")) == ["Friday"]
    assert faults(ledger_of("It was told on Thursday (9 April 2026). [@hubkub]")) == []
