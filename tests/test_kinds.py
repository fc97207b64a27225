"""What kind of quantity a figure is: revenue is no profit, weekly users are no monthly ones."""

from __future__ import annotations

import pytest

from generator.model.tracing import ClaimKind, Verdict
from tests.tracing import claims_of

VORMONAT = "Die Preise stiegen gegenüber dem Vormonat um 0,4 Prozent."
USERS = "It has 400 million weekly active users and 700 million monthly users."


@pytest.mark.parametrize(
    ("sentence", "evidence", "kind"),
    [
        ("Profit was $8 million.", "Revenue was $8 million.", "revenue"),
        ("Its profit rose to $8 million.", "Sales rose sharply to $8 million.", "revenue"),
        ("It had a profit of $8 million.", "It had a profit of $2 million on revenue of $8 million.", "revenue"),
        ("It had revenue of $8 million.", "It made a profit of about $8 million.", "profit"),
        ("It had a profit of $8 million.", "It closed the year with a loss of $8 million.", "loss"),
        ("It raised $2 billion.", "It was valued at $2 billion.", "valuation"),
        ("It is now valued at $2 billion.", "It raised $2 billion.", "raised"),
        ("It raised $9 billion.", "It raised $2 billion at a valuation of $9 billion.", "valuation"),
        ("Net profit was $8 million.", "Profit before tax was $8 million.", "before tax"),
        ("Pre-tax profit was $8 million.", "After-tax profit was $8 million.", "after tax"),
        ("Pretax income was $8 million.", "Net income was $8 million.", "after tax"),
        ("Operating profit was $8 million.", "Gross profit was $8 million.", "gross"),
        ("It has 400 million monthly users.", USERS, "weekly"),
        ("Daily users came to 700 million.", "It has 700 million monthly users.", "monthly"),
        ("43% approve of him.", "43% disapprove of him.", "disapproval"),
        ("Profit rose 12%.", "Revenue at Corvex rose by 12%.", "revenue"),
    ],
)
def test_a_figure_of_another_kind_than_in_the_source_is_contradicted(sentence: str, evidence: str, kind: str):
    claim = next(claim for claim in claims_of(sentence, evidence) if claim.kind is ClaimKind.FIGURE)
    assert (claim.verdict, claim.how.rpartition(" as ")[2]) in (
        (Verdict.CONTRADICTED, kind),
        (Verdict.CONTRADICTED, "here it is a rise or a gain, in the source a fall or a loss"),
    )


@pytest.mark.parametrize(
    ("sentence", "evidence", "kind"),
    [
        ("Revenue at Corvex rose 12%.", "Orders rose 12% to $4.1 billion.", "orders"),
        ("Revenue grew 12%.", "Shipments grew 12%.", "shipments"),
        ("Orders came to $8 million.", "Revenue came to $8 million.", "revenue"),
        ("Revenue was $8 million in calendar 2025.", "Revenue was $8 million in fiscal 2025.", "a fiscal year’s"),
        ("It made 8 million in its fiscal year.", "It made 8 million in calendar 2025.", "a calendar year’s"),
        ("Annual revenue was $8 million.", "Revenue in the third quarter was $8 million.", "a quarter’s"),
        ("It had sales of $8 million for the full year.", "Quarterly sales were $8 million.", "a quarter’s"),
        ("Revenue in the quarter was $8 million.", "Annual revenue was $8 million.", "a year’s"),
        ("Prices rose 0.4% from a year before.", "Prices rose 0.4% on the month.", "a change within a month"),
        ("It had 6% more riders than a month ago.", "Riders rose 6% from June last year.", "a change within a year"),
        ("Reported growth was 5.3%.", "Organic growth was 5.3%.", "like for like"),
        ("Total sales rose 4.2%.", "Sales rose 4.2% on a like-for-like basis.", "like for like"),
        ("Sales rose 3% at constant currency.", "As reported sales rose 3%.", "reported, not like for like"),
    ],
)
def test_a_figure_that_may_be_of_both_kinds_is_a_warning(sentence: str, evidence: str, kind: str):
    claim = next(claim for claim in claims_of(sentence, evidence) if claim.kind is ClaimKind.FIGURE)
    assert (claim.is_elsewhere, claim.how) == (True, f"the source seems to have it as {kind}")


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Profit was $8 million.", "It had revenue of $50 million and a profit of $8 million."),
        ("It took in $8 million and returned to profit.", "Revenue was $8 million."),
        ("It returned to profit and took in $8 million.", "Revenue was $8 million."),
        ("Turnover was $8 million.", "Sales came to $8 million."),
        ("It lost $8 million.", "It had a loss of revenue of $8 million."),
        ("The loss was $8 million.", "It had a loss of revenue of $8 million."),
        ("It raised $2 billion.", "It raised $2 billion at a valuation of $9 billion."),
        ("It is worth $9 billion.", "It was valued at $9 billion."),
        ("Net profit was $8 million.", "Profit before tax was $9 million, and net profit $8 million."),
        ("Profit was $8 million.", "Profit before tax was $8 million."),
        ("It has 700 million monthly users.", USERS),
        ("It has 400 million users a week.", USERS),
        ("43% approve of him, and 55% disapprove.", "55% disapprove of him and 43% approve."),
        ("His approval is at 43%.", "43% approve of him."),
        ("Sales rose 12%.", "Revenue at Corvex rose by 12%."),
        ("Revenue rose 12%.", "Profit rose 12%, as did revenue."),
        ("Revenue rose 12%.", "Profit and revenue each rose 12%."),
        ("Revenue rose 12%.", "Profit rose 12% in the third quarter. So did revenue."),
        ("Revenue rose 12%.", "Like revenue, profit rose 12%."),
        ("Revenue rose 12%.", "Profit rose 12%, the same rate as revenue."),
        ("The fiscal deficit was 5.4% of GDP.", "The budget deficit reached 5.4% of GDP in calendar year 2025."),
        ("Profit rose 12%.", "Profit from sales of shares rose 12%."),
        ("It took in orders of $4.1 billion.", "Orders rose 12% to $4.1 billion."),
        ("Revenue was $8 million in 2025.", "Revenue was $8 million in fiscal 2025."),
        ("Revenue was $8 million.", "Revenue in the third quarter was $8 million."),
        ("Annual revenue reached $8 million.", "Annual recurring revenue reached $8 million in the third quarter."),
        ("Prices rose 0.4% month on month.", "Prices rose 0.4% from the month before."),
        ("Prices rose 0.4% from a month ago.", "Prices rose 2.9% from a year earlier, and 0.4% on the month."),
        ("Growth was 5.3% on an organic basis.", "Organic growth was 5.3%, while reported growth was 2.1%."),
        ("Reported growth was 2.1%.", "Organic growth was 5.3%, while reported growth was 2.1%."),
        ("Aldane, a chip maker, reported growth of 5.3%.", "Organic growth was 5.3%."),
        ("Sales rose 4.2%.", "Sales rose 4.2% on a like-for-like basis."),
    ],
)
def test_the_same_kind_in_other_words_is_left_alone(sentence: str, evidence: str):
    assert [claim.text for claim in claims_of(sentence, evidence) if claim.verdict is Verdict.CONTRADICTED] == []


def test_a_german_text_confuses_them_no_less():
    (claim,) = claims_of("Der Gewinn betrug 8 Millionen Euro.", "Der Umsatz lag bei 8 Millionen Euro.", home="de-DE")
    assert (claim.verdict, claim.how) == (Verdict.CONTRADICTED, "the source has it as revenue")
    claim = claims_of("Die Preise stiegen gegenüber dem Vorjahr um 0,4 Prozent.", VORMONAT, home="de-DE")[-1]
    assert (claim.verdict, claim.how) == (Verdict.UNTRACED, "the source seems to have it as a change within a month")
    (claim,) = claims_of("Der Umsatz betrug 8 Millionen Euro.", "Der Umsatz lag bei 8 Millionen Euro.", home="de-DE")
    assert claim.verdict is Verdict.TRACED


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("It has 100 million daily users.", "It has 400 million monthly users, 100 million of them daily."),
        ("It has 3 million weekly visitors.", "3 million come each week; daily visitors number 500,000."),
        ("His approval is 41%.", "He is backed by 41%, while 55% disapprove of him."),
        ("52% disapprove of him.", "52% do not approve of him."),
        ("Revenue was $90 million.", "Revenue and profit were $90 million and $8 million."),
        ("Profit was $8 million.", "Revenue and profit were $90 million and $8 million."),
    ],
)
def test_a_word_of_another_figure_of_the_sentence_does_not_count(sentence: str, evidence: str):
    assert [claim.verdict for claim in claims_of(sentence, evidence)] != [Verdict.CONTRADICTED]
