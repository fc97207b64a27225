"""What of an author's Markdown is a sentence that can claim something, and where its words stand."""

from __future__ import annotations

import pytest

from generator.trace.markup import covered, excerpt
from generator.trace.sentences import read
from tests.make import source
from tests.tracing import ledger_of


def sentences(markdown: str) -> list[str]:
    return [written.text for written in read(markdown)]


@pytest.mark.parametrize(
    "table",
    [
        "| Firm | In 2026 |\n|------|--------:|\n| Aldane | $21 billion |\n| Corvex | $3 billion |",
        "Firm | In 2026\n:---: | ---\nAldane | $21 billion\nCorvex | $3 billion",
    ],
)
def test_the_head_of_a_table_claims_nothing_and_each_row_does(table: str):
    assert sentences(table) == ["Aldane $21 billion", "Corvex $3 billion"]
    assert sentences(f"It is so.\n\n{table}\n\nIt was.") == [
        "It is so.",
        "Aldane $21 billion",
        "Corvex $3 billion",
        "It was.",
    ]


def test_the_citation_of_a_head_still_supports_the_rows():
    (row,) = read("| Firm [@page] | In 2026 |\n|---|---|\n| Aldane | $21 billion |")
    assert row.cited == ("page",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("| Aldane | $21 billion |", "Aldane $21 billion"),
        ("Aldane | $21 billion\n- and more", "Aldane $21 billion"),
        ("A\n---\nB | C", "A --- B C"),
    ],
)
def test_bars_without_a_line_of_dashes_below_them_head_no_table(text: str, told: str):
    assert told in sentences(text)


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_lines_of_code_claim_nothing(fence: str):
    text = f"It is so. [@page]\n\n{fence}yaml\nmax: 52 # GPT-5 had 40.\n\n| a | b |\n{fence}\n\nIt cost $3. [@page]"
    assert sentences(text) == ["It is so.", "It cost $3."]
    claims = ledger_of(text, source("page"), texts={"page": "It cost $3."}).claims
    assert [claim.text for claim in claims] == ["$3"]


def test_a_fence_that_is_not_closed_or_not_at_the_start_of_a_line_makes_no_code():
    assert sentences("```\nIt cost $3.") == ["It cost $3."]
    assert sentences("- It was:\n  ```\n  It cost $3.\n  ```")[-1] == "It was: It cost $3."


def test_a_character_reference_is_its_character():
    assert sentences("R&amp;D in &Eacute;vry cost &#8364;5&nbsp;000 of &#x20AC;6.") == [
        "R&D in Évry cost €5\u00a0000 of €6."
    ]
    assert sentences("AT&T; R&D; &nothing; &amp") == ["AT&T; R&D; &nothing; &amp"]


def test_a_name_with_a_character_reference_is_traced_and_its_place_is_the_whole_of_it():
    text = "The lines of AT&amp;T are old. [@page]"
    (claim,) = ledger_of(text, source("page"), texts={"page": "The lines of AT&T are old."}).claims
    assert (claim.text, claim.verdict) == ("AT&T", "traced")
    assert excerpt(text, 0, claim.start, claim.text) == "AT&amp;T"


@pytest.mark.parametrize("text", ["R&amp;D", "```\nx\n```", "&#10;", "a&nbsp;b", "*R&amp;D*", "&#42;x&#42;"])
def test_every_character_stays_at_its_place(text: str):
    shown, _ = covered(text)
    assert len(shown) == len(text)
    assert shown.count("\n") == text.count("\n")
