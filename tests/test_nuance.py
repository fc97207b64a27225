"""What is said of a figure beside its number: a bound, a median, a note on what is traced."""

from __future__ import annotations

import pytest

from generator.check.judging import check
from generator.model.content import Vouch
from generator.model.problems import Problem
from generator.model.tracing import Verdict
from tests.make import library, source, story
from tests.tracing import claims_of, kept


def notes(sentence: str, evidence: str, *trace: Vouch) -> list[Problem]:
    told = story("told", source("page", title=None), body=f"{sentence} [@page]", trace=trace)
    problems = check(library(told), snapshot_of=kept({"page": evidence}))
    return [problem for problem in problems if problem.rule == "lost-nuance"]


def test_what_was_asked_for_and_given_is_told_as_done():
    assert notes("He was sentenced to 12 years.", "Prosecutors sought 12 years. The judge agreed.") == []
    assert notes("He was sentenced to 12 years.", "Prosecutors sought 12 years. Both sides agreed to meet again.") != []
    assert notes("He was sentenced to 12 years.", "Prosecutors sought 12 years. He agreed to appear.")


@pytest.mark.parametrize(
    ("sentence", "evidence", "said"),
    [
        ("The fine is $10,000.", "The fine is up to $10,000.", "the source has “up to” before it"),
        ("The firm cuts 400 jobs.", "The firm cuts as many as 400 jobs.", "the source has “as many as” before it"),
        (
            "The flood killed 40 people.",
            "The flood killed at least 40 people.",
            "the source has “at least” before it",
        ),
        (
            "Each of 9 mills makes 40 tonnes.",
            "Each of 9 mills makes up to 40 tonnes.",
            "the source has “up to” before it",
        ),
        ("It plans 8 launches, twice as many.", "It plans as many as 8 launches, up from 4.", "“as many as” before it"),
        (
            "The wind farm cost $27 billion.",
            "The wind farm is expected to cost $27 billion.",
            "“is expected to” before it",
        ),
        ("Emissions fell by 87%.", "The ministry expects emissions to fall by 87%.", "“expects” before it"),
        (
            "The average wait for a first appointment at the clinics of the valley is 58 days.",
            "The median wait for a first appointment at the clinics of the valley is 58 days.",
            "the source calls it the median",
        ),
        ("Its sales are $4 billion.", "Its sales could reach $4 billion.", "the source has “could” before it"),
        ("Its sales reached $4 billion.", "Its sales could reach $4 billion.", "the source has “could” before it"),
        ("Gusts reached 215 km/h.", "There were gusts of at least 215 km/h.", "“at least” before it"),
        ("It paid $26 million.", "It could not pay $26 million.", "the source has “could” before it"),
        ("It cost $27 billion.", "It could not cost more than $27 billion.", "the source has “could” before it"),
        ("The average wage is $48,000.", "The median wage is $48,000.", "the source calls it the median"),
        ("The median wage is $48,000.", "The average wage is $48,000.", "the source calls it the average"),
        ("EBITDA was $412 million.", "Adjusted EBITDA was $412 million.", "the source has it adjusted"),
        ("Sales rose 4.2%.", "Sales rose 4.2% on a like-for-like basis.", "the source has it like for like"),
        ("Growth was 5.3%.", "Organic growth was 5.3%.", "the source has it like for like"),
        ("Revenue grew 7%.", "Revenue grew 7% at constant currency.", "the source has it at constant currency"),
    ],
)
def test_what_the_source_says_beside_a_number_and_the_text_does_not_is_a_warning(
    sentence: str, evidence: str, said: str
):
    (problem,) = notes(sentence, evidence)
    assert problem.severity == "warning"
    assert problem.what.endswith(said)
    assert {claim.verdict for claim in claims_of(sentence, evidence)} == {Verdict.TRACED}
    assert notes(evidence, evidence) == []


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("They may be fined $10,000.", "The fine is up to $10,000."),
        ("The maximum fine is $10,000.", "The fine is up to $10,000."),
        ("The fine is $10,000 or less.", "The fine is up to $10,000."),
        ("The fine is $10,000.", "The fine is up to $10,000. He paid the $10,000."),
        ("The phone needs 8 GB of memory.", "The phone needs at least 8 GB of memory."),
        ("The firm cuts 400 jobs.", "The firm cuts more than 400 jobs."),
        ("Firms of up to 750 staff and $10,000 in sales pay.", "They have up to 750 staff and up to $10,000 in sales."),
        ("The fine is about $10,000.", "The fine is up to $10,000."),
        ("The average of the median wages is $48,000.", "The median wage is $48,000."),
        ("On average a day is long, and the wage is $48,000.", "The median wage is $48,000."),
        ("The average wage is $48,000.", "The mean wage is $48,000."),
        ("Before special items it earned $412 million.", "Adjusted earnings were $412 million."),
        ("Comparable sales rose 4.2%.", "Sales rose 4.2% on a like-for-like basis."),
        ("Net income was $120 million.", "Net income was $120 million and adjusted net income $160 million."),
        ("Unemployment was 4.1%.", "Seasonally adjusted unemployment was 4.1%."),
        ("5% more died.", "Adjusted for age, 5% more died."),
        ("It cut its sales forecast to $8 billion.", "It adjusted its sales forecast to $8 billion."),
        ("In real terms sales rose 1.2%.", "Sales rose 1.2% adjusted for inflation."),
        ("Hamilton won 105 races.", "Hamilton would win 105 races."),
        (
            "Aldane acquired it for $2 billion.",
            "Aldane agreed to buy it for $2 billion. It told of the deal’s completion.",
        ),
        ("In shops open for a year sales grew 3.2%.", "Same-store sales grew 3.2%."),
        ("The wind farm is to cost $27 billion.", "The wind farm is expected to cost $27 billion."),
        ("The wind farm, on present plans, costs $27 billion.", "The wind farm is expected to cost $27 billion."),
        ("The $27 billion wind farm is built.", "The wind farm is expected to cost $27 billion."),
        ("Records were kept for as long as 38 months.", "Records were kept for up to 38 months."),
        ("She waited 38 months.", "She waited as long as 38 months."),
        ("Water came 30 km.", "Water came as far as 30 km."),
        ("It climbed to 41 degrees.", "It climbed to as high as 41 degrees."),
        ("Sales are $4 billion.", "Sales could reach $4 billion. Sales are $4 billion."),
        ("The core rate came to 2.4%.", "The core rate ticked up to 2.4%."),
    ],
)
def test_a_bound_that_is_told_otherwise_or_is_none_is_left_alone(sentence: str, evidence: str):
    assert notes(sentence, evidence) == []


def test_a_plain_result_is_not_told_as_an_adjusted_one():
    page = "Net income was $120 million. Adjusted net income was $160 million."
    (claim,) = claims_of("Adjusted net income was $120 million.", page)
    assert (claim.verdict, claim.how) == (Verdict.UNTRACED, "the source seems to have $160 million as adjusted")
    (claim,) = claims_of("Adjusted net income was $160 million.", page)
    assert claim.how == "the same quantity"
    (claim,) = claims_of("Adjusted EBITDA was $120 million.", page)
    assert claim.verdict is Verdict.TRACED


def test_the_writers_reason_answers_for_a_bound_that_is_left_out():
    assert notes("The fine is $10,000.", "The fine is up to $10,000.", Vouch("he got all of it", "$10,000")) == []


@pytest.mark.parametrize(
    "sentence",
    ["Wages rose 3.1% as real life went on.", "They mean that pay rose 3.1%.", "Wages rose 3.1%; net of fees."],
)
def test_words_that_only_look_like_a_kind_of_figure_contradict_nothing(sentence: str):
    assert not any(claim.is_fault for claim in claims_of(sentence, "Nominal wages, at the median, rose 3.1% gross."))


def test_a_sentence_that_speaks_of_both_kinds_says_itself_which_is_which():
    sentence = "The mean wage just as the median wage was $48,000."
    assert not any(claim.is_fault for claim in claims_of(sentence, "The median wage was $48,000."))


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("He lost with 66,214 votes to 67,418.", "She won with 67,418 votes to 66,214."),
        ("He lost as she won, 66,214 votes to 67,418.", "She won with 67,418 votes to 66,214."),
    ],
)
def test_votes_may_be_told_from_the_other_side(sentence: str, evidence: str):
    assert not any(claim.is_fault for claim in claims_of(sentence, evidence))


@pytest.mark.parametrize(
    ("sentence", "evidence", "rule", "said"),
    [
        (
            "Sales fell 14%.",
            "Sales rose 14%.",
            "contradicted-figure",
            "here it is a fall or a loss, in the source a rise or a gain",
        ),
        ("It was 7.4 °C.", "It was −7.4 °C.", "contradicted-figure", "here it is above zero, in the source below it"),
        ("Sales fell to $3.", "Sales fell by $3.", "contradicted-figure", "in the source by how much it changed"),
        (
            "The count was 112, up from 340.",
            "The count was 112.",
            "contradicted-figure",
            "from 340 to 112 it goes down, and the sentence says “up”",
        ),
        (
            "Nearly 400 jobs will go.",
            "More than 400 jobs will go.",
            "untraced-figure",
            "the source has “More than 400”",
        ),
        (
            "The grant is $4 million.",
            "It is about rain.",
            "untraced-figure",
            "is not in the kept text of @page: it has nothing like it",
        ),
    ],
)
def test_a_message_says_what_stands_here_and_what_in_the_source(sentence: str, evidence: str, rule: str, said: str):
    told = story("told", source("page", title=None), body=f"{sentence} [@page]")
    problems = check(library(told), snapshot_of=kept({"page": evidence}))
    assert any(problem.rule == rule and said in problem.what for problem in problems), problems


def test_words_that_another_says_are_told_with_the_speaker_and_not_as_altered():
    page = "Jane Aldane and Tom Ruhl run it. “We will not close the plant,” Aldane said. Ruhl said: “It is old.”"
    told = story("told", source("page", title=None), body="“We will not close the plant,” Tom Ruhl said. [@page]")
    problems = check(library(told), snapshot_of=kept({"page": page}))
    (problem,) = [problem for problem in problems if problem.rule == "untraced-quotation"]
    assert problem.what.endswith("is put into the mouth of somebody else: in the source it is said by Aldane")
    assert problem.hint.endswith("Name who says it.")


def test_the_byline_of_a_source_is_not_the_speaker_of_its_last_words():
    page = "Jane Aldane told reporters: “It works, after all this time.” — Tom Brent, Reuters"
    told = story("told", source("page", title=None), body="“It works, after all this time,” said Jane Aldane. [@page]")
    assert not [p for p in check(library(told), snapshot_of=kept({"page": page})) if p.rule == "untraced-quotation"]


@pytest.mark.parametrize(
    ("sentence", "evidence", "word"),
    [
        ("Aldane opened 40 stores.", "Aldane will open 40 stores.", "will"),
        ("Aldane opened a plant with 800 workers in Ohio.", "Aldane will open a plant with 800 workers.", "will"),
        ("Aldane bought 3,000 chips.", "Aldane will also buy 3,000 chips.", "will"),
        ("Aldane invested $3 billion.", "Aldane is to invest $3 billion.", "is to"),
        ("Aldane supplied 90 ships.", "Aldane will supply up to 90 ships.", "will"),
        ("In all 40 stores were opened, it opened 40 stores.", "40 stores will be opened. It will open 40 stores.", ""),
        ("Aldane had sales of $9 billion.", "Aldane expects sales of $9 billion this year.", "expects"),
        ("Aldane had earnings of $2.10 a share.", "Analysts expected earnings of $2.10 a share.", "expected"),
        ("The economy grew by 2.1%.", "The bank forecasts growth of 2.1%.", "forecasts"),
        ("Aldane bought Corvex for $3 billion.", "Aldane plans to buy Corvex for $3 billion.", "plans to"),
        ("Aldane has acquired Corvex for $3 billion.", "Aldane agreed to buy Corvex for $3 billion.", "agreed to"),
        (
            "Aldane bought Corvex, which has a site, for $3 billion.",
            "Aldane offers to buy it for $3 billion.",
            "offers to",
        ),
        ("Aldane raised about $2 billion.", "Aldane is in talks to raise about $2 billion.", "is in talks to"),
        ("Aldane closed 190 of its 612 shops.", "It has 612 shops and intends to close 190 of them.", "intends to"),
        ("The firm has closed 9 shops.", "The plan would close 9 shops.", "would"),
        ("Aldane was fined €40 million.", "The watchdog proposed a fine of €40 million.", "proposed"),
        (
            "A fine of €40 million was imposed on Aldane.",
            "The watchdog threatened a fine of €40 million.",
            "threatened",
        ),
        ("The council adopted a €12 levy on each room.", "The council is considering a levy of €12.", "considering"),
        ("He was sentenced to 12 years.", "Prosecutors sought a sentence of 12 years.", "sought"),
    ],
)
def test_what_is_still_to_come_in_the_source_is_not_told_as_done(sentence: str, evidence: str, word: str):
    found = notes(sentence, evidence)
    assert [word in problem.what for problem in found] == ([True] if word else [])


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Aldane opens 40 stores.", "Aldane will open 40 stores."),
        ("Aldane said it would open 40 stores.", "Aldane will open 40 stores."),
        ("Aldane opened 40 stores.", "Aldane will open 40 stores. Last year it opened 40 stores."),
        ("The firm, which opened its first shop in May, gets 40 stores.", "The firm will open 40 stores, from May on."),
        ("The plant employs 800 people.", "The plant will employ 800 people."),
        ("The dividend is $2.", "Aldane said it will pay a dividend of $2."),
        ("The consensus was $2.10 a share.", "Analysts expected earnings of $2.10 a share."),
        ("The bank's forecast is 2.1%.", "The bank forecasts growth of 2.1%."),
        ("Analysts had thought of $2.10 a share.", "Analysts expected earnings of $2.10 a share."),
        ("Aldane is buying Corvex for $3 billion.", "Aldane plans to buy Corvex for $3 billion."),
        ("Aldane bought Corvex for $3 billion.", "Aldane agreed to buy Corvex for $3 billion. The deal closed in May."),
        ("Aldane opened 40 shops in 2025.", "Aldane planned to open 40 shops in 2025. It did so by December."),
        ("The old plant made 400 cars a day.", "The old plant would make 400 cars a day before it burned down."),
        ("Aldane may be fined €40 million.", "The watchdog proposed a fine of €40 million."),
        ("It is proposed that Aldane be fined €40 million.", "The watchdog proposed a fine of €40 million."),
        ("He was sentenced to 12 years.", "Prosecutors sought a sentence of 12 years. The judge followed them."),
    ],
)
def test_what_says_that_it_is_to_come_or_may_be_so_is_left_alone(sentence: str, evidence: str):
    assert notes(sentence, evidence) == []


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Kessler hat rund 1.400 Stellen gestrichen.", True),
        ("Bei Kessler wurden rund 1.400 Stellen abgebaut.", True),
        ("Kessler hat angekündigt, rund 1.400 Stellen zu streichen.", False),
        ("Kessler hat den Abbau von rund 1.400 Stellen beschlossen.", False),
        ("Kessler streicht rund 1.400 Stellen.", False),
    ],
)
def test_in_german_too_what_is_only_planned_is_not_told_as_done(sentence: str, told: bool):
    claims = claims_of(sentence, "Kessler will bis Mai rund 1.400 der 9.200 Stellen streichen.", home="de-DE")
    assert [claim.how.endswith("“will” before it") for claim in claims if "1.400" in claim.text] == [told]


SEATS = "The plan costs $30 per user per month. Parents get $250 a month per child. Entry is $9 per person."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The plan costs $30 per month.", "the source has it per user"),
        ("The plan costs $30 a month for a whole firm.", "the source has it per user"),
        ("Parents get $250 a month.", "the source has it per child"),
        ("The plan costs $30 per user per month.", ""),
        ("The plan costs each firm's users $30 a month.", ""),
        ("The plan costs $30 a month for every one of them.", ""),
        ("The plan costs users $30 a month.", ""),
        ("Parents get $250 a month for each of their children.", ""),
        ("Child benefit is $250 a month.", ""),
        ("Entry is $9.", ""),
    ],
)
def test_an_amount_for_each_is_not_told_as_one_for_all(sentence: str, told: str):
    assert [told in problem.what for problem in notes(sentence, SEATS)] == ([True] if told else [])
