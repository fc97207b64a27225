"""What of an author's Markdown is a sentence that can claim something, and where its words stand."""

from __future__ import annotations

import pytest

from generator.model.content import Vouch
from generator.texts.characters import CELL
from generator.trace.markup import covered, excerpt
from generator.trace.sentences import read
from tests.make import source
from tests.tracing import ledger_of


def sentences(markdown: str) -> list[str]:
    """The sentences of a text, those of a table with a bar between its cells."""
    return [written.text.replace(CELL, " | ") for written in read(markdown)]


@pytest.mark.parametrize(
    "table",
    [
        "| Firm | In 2026 |\n|------|--------:|\n| Aldane | $21 billion |\n| Corvex | $3 billion |",
        "Firm | In 2026\n:---: | ---\nAldane | $21 billion\nCorvex | $3 billion",
    ],
)
def test_the_head_of_a_table_claims_nothing_and_each_row_does(table: str):
    assert sentences(table) == ["Aldane | $21 billion", "Corvex | $3 billion"]
    assert sentences(f"It is so.\n\n{table}\n\nIt was.") == [
        "It is so.",
        "Aldane | $21 billion",
        "Corvex | $3 billion",
        "It was.",
    ]


@pytest.mark.parametrize("row", ["|Acme|8 kg|", "|Acme| 8 kg |", "| Acme | 8 kg |", "Acme|8 kg", "| Acme | 8 | kg |"])
def test_cells_without_blanks_around_them_are_read_apart(row: str):
    body = f"| Firm [@page] | Weight |\n|---|---|\n{row}"
    claims = ledger_of(body, source("page"), texts={"page": "The box of Acme weighs 8 kg."}).claims
    assert [(claim.text, str(claim.verdict)) for claim in claims] == [("8 kg", "traced")]


SCORES = "On the test GPT-5 scored 88 and Claude 92, while Gemini came to 79. It is made by Aldane Labs."


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        ("| Gemini | 79 |", []),
        ("| Claude | 92 |", []),
        ("| GPT-5 | 88 |", []),
        ("| Gemini | Aldane Labs | 79 |", []),
        ("| Gemini | 92 |", ["92"]),
        ("| Claude | 88 |", ["88"]),
        ("|Claude|29|", ["29"]),
        ("| GPT-5 | 92 |", ["92"]),
        ("| Gemini | Aldane Works | 79 |", ["Aldane Works"]),
    ],
)
def test_the_number_of_the_next_cell_is_no_part_of_a_name(row: str, faults: list[str]):
    ledger = ledger_of(f"| Model | Score |\n|---|---|\n{row} [@page]", source("page"), texts={"page": SCORES})
    assert [claim.text for claim in ledger.claims if claim.is_fault] == faults


def test_a_reason_names_the_words_of_two_cells_with_a_blank_between_them():
    body = "| Firm [@page] | Weight |\n|---|---|\n|Acme|9 kg|"
    vouch = Vouch(claim="Acme 9 kg", ok="weighed by us")
    (claim,) = ledger_of(body, source("page"), texts={"page": "The box of Acme weighs 8 kg."}, trace=(vouch,)).claims
    assert (claim.text, claim.silenced) == ("9 kg", "weighed by us")


def test_the_citation_of_a_head_still_supports_the_rows():
    (row,) = read("| Firm [@page] | In 2026 |\n|---|---|\n| Aldane | $21 billion |")
    assert row.cited == ("page",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("| Aldane | $21 billion |", "Aldane | $21 billion"),
        ("Aldane | $21 billion\n- and more", "Aldane | $21 billion"),
        ("A\n---\nB | C", "A --- B | C"),
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


def test_a_fence_that_is_not_closed_or_behind_words_makes_no_code():
    assert sentences("```\nIt cost $3.") == ["It cost $3."]
    assert sentences("- It was: ```\n  It cost $3.\n  ```")[-1] == "It was: It cost $3."


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
