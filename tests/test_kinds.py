"""What kind of quantity a figure is: revenue is no profit, weekly users are no monthly ones."""

from __future__ import annotations

import pytest

from generator.model.tracing import Verdict
from tests.tracing import claims_of

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
    ],
)
def test_a_figure_of_another_kind_than_in_the_source_is_contradicted(sentence: str, evidence: str, kind: str):
    (claim,) = claims_of(sentence, evidence)
    assert (claim.verdict, claim.how.rpartition(" as ")[2]) in (
        (Verdict.CONTRADICTED, kind),
        (Verdict.CONTRADICTED, "here it is a rise or a gain, in the source a fall or a loss"),
    )


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
    ],
)
def test_the_same_kind_in_other_words_is_left_alone(sentence: str, evidence: str):
    assert [claim.text for claim in claims_of(sentence, evidence) if claim.verdict is Verdict.CONTRADICTED] == []


def test_a_german_text_confuses_them_no_less():
    (claim,) = claims_of("Der Gewinn betrug 8 Millionen Euro.", "Der Umsatz lag bei 8 Millionen Euro.", home="de-DE")
    assert (claim.verdict, claim.how) == (Verdict.CONTRADICTED, "the source has it as revenue")
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
