"""Dates as the world writes them: one day in any spelling is one day, and what is none is left alone."""

from __future__ import annotations

import pytest

from generator.figures.dates import Day, admits, find
from generator.model.tracing import Verdict
from tests.tracing import claims_of


def days(text: str) -> list[tuple[int | None, int | None, int | None]]:
    return [(day.year, day.month, day.day) for day in find(text)]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "9 April 2026",
            "9th of April, 2026",
            "April 9, 2026",
            "April 9th 2026",
            "Thursday, April 9, 2026",
            "Apr. 9, 2026",
        ),
        *("Thursday the 9th of April 2026", "2026-04-09", "the ninth of April 2026", "9. April 2026", "9 avril 2026"),
        *("9 aprile 2026", "9 de abril de 2026", "2026年4月9日", "2026년 4월 9일", "9 april 2026"),
    ],
)
def test_a_day_is_the_same_day_in_any_spelling(written: str):
    assert days(f"It was signed on {written}.") == [(2026, 4, 9)]


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (1, "January,Jan.,Januar,janvier,enero,gennaio,janeiro,januari"),
        (2, "February,Feb.,Februar,février,febrero,febbraio,fevereiro,februari"),
        (3, "March,Mar.,März,mars,marzo,março,maart"),
        (4, "April,Apr.,avril,abril,aprile"),
        (5, "May,Mai,mayo,maggio,maio,mei"),
        (6, "June,Jun.,Juni,juin,junio,giugno,junho"),
        (7, "July,Jul.,Juli,juillet,julio,luglio,julho"),
        (8, "August,Aug.,août,agosto,augustus"),
        (9, "September,Sep.,Sept.,septembre,septiembre,settembre,setembro"),
        (10, "October,Oct.,Oktober,octobre,octubre,ottobre,outubro,okt."),
        (11, "November,Nov.,novembre,noviembre,novembro"),
        (12, "December,Dec.,Dezember,décembre,diciembre,dicembre,dezembro,Dez."),
    ],
)
def test_a_month_is_known_by_its_name_in_every_language_that_sources_are_written_in(month: int, names: str):
    for name in names.split(","):
        assert days(f"It came on 12 {name} 2031.") == [(2031, month, 12)], name


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *(
            ("le 1er avril 2026", (2026, 4, 1)),
            ("1º de maio de 2026", (2026, 5, 1)),
            ("il 1° aprile 2026", (2026, 4, 1)),
        ),
        *(("le 9 mars", (None, 3, 9)), ("9 mars 2026", (2026, 3, 9)), ("9 march 2026", (2026, 3, 9))),
    ],
)
def test_the_first_of_a_month_and_the_march_of_france_are_days(written: str, day: tuple[int | None, int, int]):
    assert days(written) == [day]


@pytest.mark.parametrize("text", ["It may 12 times do so.", "The 12 may go.", "It mars 12 roads.", "The 12 march on."])
def test_a_verb_that_is_spelled_as_a_month_is_no_date(text: str):
    assert days(text) == []


def test_a_true_day_of_a_french_source_is_traced_and_another_is_caught():
    evidence = "La loi a été signée le 1er mars 2026."
    assert {claim.verdict for claim in claims_of("The law was signed on 1 March 2026.", evidence)} == {Verdict.TRACED}
    assert any(claim.is_fault for claim in claims_of("The law was signed on 2 March 2026.", evidence))


@pytest.mark.parametrize(
    ("written", "numbers", "month"),
    [
        *(
            ("2 to 6 May", [2, 6], 5),
            ("12 and 15 June", [12, 15], 6),
            ("May 2-6", [2, 6], 5),
            ("2, 4 and 6 May", [2, 4, 6], 5),
        ),
        *(("May 2 and 6, and", [2, 6], 5), ("3–5 Mai", [3, 5], 5), ("June 12 or 15.", [12, 15], 6)),
    ],
)
def test_days_of_one_month_that_stand_together_are_each_a_day(written: str, numbers: list[int], month: int):
    assert days(f"It opens {written}") == [(None, month, number) for number in numbers]


@pytest.mark.parametrize("text", ["June 12 and 15 people died", "6 to 2 May", "0 and 5 May", "30 to 32 May"])
def test_numbers_that_are_no_days_of_one_month_are_not_read_as_such(text: str):
    assert (None, 6, 15) not in days(text)
    assert len(days(text)) < 2


def one(text: str) -> Day:
    (day,) = find(text)
    return day


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        *(("in 2026", "on 9 April 2026"), ("in April 2026", "on 9 April 2026"), ("on 9 April", "on 9 April 2026")),
        *(
            ("early April 2026", "10 April 2026"),
            ("mid-April 2026", "10 April 2026"),
            ("mid-April 2026", "20 April 2026"),
        ),
        *(
            ("late April 2026", "20 April 2026"),
            ("late April 2026", "30 April 2026"),
            ("early April 2026", "1 April 2026"),
        ),
        *(("early 2026", "in April 2026"), ("mid-2026", "in May 2026"), ("mid-2026", "in August 2026")),
        *(("late 2026", "in September 2026"), ("late 2026", "late 2026"), ("early 2026", "in January 2026")),
        *(("the 2010s", "in 2015"), ("the 2010s", "in 2010"), ("the 2010s", "in 2019"), ("the 2010s", "the 2010s")),
        *(
            ("in 2024/25", "in 2024-25"),
            ("in 2024", "in 2024/25"),
            ("at 17:30", "at 5:30 p.m."),
            ("at 12 a.m.", "at 00:00"),
        ),
        *(("at 12 p.m.", "at 12:00"), ("in FY26", "in 2026"), ("in FY2026", "in 2026")),
    ],
)
def test_a_date_may_be_told_of_one_that_says_more(claim: str, evidence: str):
    assert admits(one(claim), one(evidence), None)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        *(("on 9 April 2026", "in April 2026"), ("in April 2026", "in 2026"), ("in May 2026", "on 9 April 2026")),
        *(
            ("early April 2026", "11 April 2026"),
            ("mid-April 2026", "9 April 2026"),
            ("mid-April 2026", "21 April 2026"),
        ),
        *(("late April 2026", "19 April 2026"), ("early 2026", "in May 2026"), ("mid-2026", "in April 2026")),
        *(("mid-2026", "in September 2026"), ("late 2026", "in August 2026"), ("late 2026", "mid-2026")),
        *(("the 2010s", "in 2020"), ("the 2010s", "in 2009"), ("in 2015", "the 2010s"), ("the 2010s", "the 2000s")),
        *(("in 2025", "in 2024/25"), ("in 2024/25", "in 2024"), ("at 5:30 a.m.", "at 17:30"), ("at 17:30", "in 2026")),
        *(("in 2026", "at 17:30"), ("on 9 April 2025", "on 9 April 2026"), ("on 8 April 2026", "on 9 April 2026")),
    ],
)
def test_a_date_may_not_be_told_of_one_that_does_not_say_it(claim: str, evidence: str):
    assert not admits(one(claim), one(evidence), None)


def test_a_year_that_is_not_written_is_that_of_the_source_for_a_month_and_for_nothing_else():
    assert admits(one("on 9 April 2026"), one("on 9 April"), 2026)
    assert not admits(one("on 9 April 2026"), one("on 9 April"), 2025)
    assert not admits(one("on 9 April 2026"), one("on 9 April"), None)


@pytest.mark.parametrize("text", ["2,026 cars", "$2026", "2026 cars", "2026%", "2026 MW", "GPT-2026", "2026.5"])
def test_a_number_that_looks_like_a_year_and_counts_or_measures_is_none(text: str):
    assert days(text) == []


@pytest.mark.parametrize(
    "text", ["In 2026 cars sold well", "2026 results", "since 2026 cars", "by 2026 sales", "2026 was dull"]
)
def test_a_year_before_other_words_is_a_year(text: str):
    assert days(text) == [(2026, None, None)]


def test_a_weekday_that_the_calendar_does_not_give_is_told():
    assert one("Thursday 9 April 2026").weekday_fault(None) == ""
    assert one("Friday 9 April 2026").weekday_fault(None) == "9 April 2026 is a Thursday"
    assert one("Friday 9 April").weekday_fault(2026) == "9 April 2026 is a Thursday"
    assert one("Friday 9 April").weekday_fault(None) == ""
    assert one("30 February 2026").whole() is None
