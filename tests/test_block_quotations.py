"""What a block quotation promises: its words stand in the source like those in quotation marks."""

from __future__ import annotations

import pytest

from generator.check.judging import check
from generator.model.problems import Problem
from generator.model.tracing import Claim, ClaimKind, Verdict
from generator.trace.sentences import read
from tests.make import edition, library, source, story
from tests.tracing import claims_of, ledger_of

PAGE = (
    "The firm said on Monday that the backlog stands at $87.8 billion. It has never been larger, and orders rise. "
    "“We are very far from the end,” said Mara Lindqvist. “It works,” said Jane Aldane. "
    "Tom Brent said he was not so sure. It is one of the “firm” orders that we have, all in all."
)


def quotations(body: str) -> list[tuple[str, str]]:
    found = ledger_of(body, source("page"), texts={"page": PAGE}).claims
    return [(claim.text, str(claim.verdict)) for claim in found if claim.kind is ClaimKind.QUOTATION]


def told(body: str, *passages: str) -> list[Problem]:
    item = story("meta-coreweave", source("page", passages=passages), body=body)
    rules = ("untraced-quotation", "quotation-not-in-passages", "uncited-text", "uncited-claim")
    return [problem for problem in check(library(item, edition())) if problem.rule in rules]


@pytest.mark.parametrize(
    "body",
    [
        "> The backlog stands at $87.8 billion. [@page]",
        "> The backlog stands at\n> $87.8 billion. [@page]",
        "> The backlog stands at\n$87.8 billion. [@page]",
        "> > The backlog stands at $87.8 billion. [@page]",
        "- It is so. [@page]\n- > The backlog stands at $87.8 billion. [@page]",
        "1. It is so. [@page]\n\n    > The **backlog** stands at $87.8 billion. [@page]",
        "The firm says:\n\n> The backlog stands at $87.8 billion. [@page]",
        "The firm says:\n> The backlog stands at $87.8 billion. [@page]",
        "The firm says: [@page]\n\n> The backlog stands at $87.8 billion.",
        "> The backlog stands at $87.8 billion.\n\nSource: the firm. [@page]",
        "> The backlog stands at $87.8 billion.\n>\n> — The firm [@page]",
        "> The backlog stands at $87.8 billion.\n> — The firm [@page]",
        "> The backlog stands at $87.8 billion. — The firm [@page]",
        "> The backlog stands at $87.8 billion.\n\n— The firm, in a letter to all who own a part of it [@page]",
    ],
)
def test_words_that_are_set_apart_must_stand_in_the_source(body: str):
    assert quotations(body) == [("The backlog stands at $87.8 billion.", "traced")]
    assert quotations(body.replace("87.8", "88.7")) == [("The backlog stands at $88.7 billion.", "contradicted")]
    changed = body.replace("stands at", "has gone up to")
    assert [verdict for _, verdict in quotations(changed)] in (["untraced"], ["contradicted"])


@pytest.mark.parametrize(
    "body",
    [
        "> The backlog … $87.8 billion. [@page]",
        "> [T]he backlog stands at [a high] $87.8 billion. [@page]",
        "> We are … far from the end [@page]",
        "> The backlog … It has never been larger. [@page]",
        "> It is one of the “firm” orders that we have. [@page]",
        "> It is one of the ‘firm’ orders that we have. [@page]",
    ],
)
def test_it_may_leave_out_and_insert_words_as_one_in_marks_may(body: str):
    assert [verdict for _, verdict in quotations(body)] == ["traced"]


@pytest.mark.parametrize(
    "body",
    [
        "> It has never been larger.\n>\n> […]\n>\n> We are very far from the end [@page]",
        "> It has never been larger.\n>\n> ---\n>\n> We are very far from the end [@page]",
        "> It has never been larger. (Mara Lindqvist) [@page]",
        "> It has never been larger.\n> (Mara Lindqvist) [@page]",
        "> It has never been larger. (emphasis added) [@page]",
        "> It has never been larger. [@page]\n> — Mara Lindqvist\n> chief executive, Corvex",
        "> Q: We hope it does, in all the ways there are. [@page]",
        "> Bottom Line: We hope it does, in all the ways there are. [@page]",
        "> ```\n> backlog = 5\n> ```\n> [@page]",
    ],
)
def test_cuts_of_whole_paragraphs_names_in_brackets_and_labels_are_no_words_of_it(body: str):
    assert all(verdict == "traced" for _, verdict in quotations(body))


def test_what_somebody_says_in_an_interview_stands_in_the_source():
    body = (
        "> Q: Does it?\n>\n> Jane Aldane: {}\n>\n> Mara Lindqvist: We are very far from the end.\n\nSource: it. [@page]"
    )
    end = ("We are very far from the end.", "traced")
    assert quotations(body.format("It works.")) == [("It works.", "traced"), end]
    assert quotations(body.format("It pays.")) == [("It pays.", "untraced"), end]
    assert quotations(body.format("It works.").replace("Jane Aldane", "Tom Brent")) == [
        ("It works.", "contradicted"),
        end,
    ]
    assert quotations("> Jane Aldane: “It works,” I said to all of them. [@page]") == [("It works,", "traced")]


def test_the_head_of_a_table_in_it_claims_nothing():
    body = "> | What | 2024 | Cost |\n> | --- | --- | --- |\n> | All | 12% | {} |\n\nSource: it. [@page]"
    page = {"page": "Sales were $4 million. The margin was 12%."}
    found = ledger_of(body.format("$4 million"), source("page"), texts=page).claims
    assert [(claim.text, claim.verdict) for claim in found] == [("12%", Verdict.TRACED), ("$4 million", Verdict.TRACED)]
    found = ledger_of(body.format("$5 million"), source("page"), texts=page).claims
    assert [claim.text for claim in found if claim.is_fault] == ["$5 million"]


@pytest.mark.parametrize("lead", ["### The letter of 7 March to the Bundestag:", "**The letter of 7 March:**"])
def test_a_heading_above_it_is_held_to_nothing(lead: str):
    found = ledger_of(f"{lead}\n\n> It has never been larger. [@page]", source("page"), texts={"page": PAGE}).claims
    assert [(claim.text, str(claim.verdict)) for claim in found if claim.verdict is not Verdict.UNCITED] == [
        ("It has never been larger.", "traced")
    ]


def test_a_negation_that_it_leaves_out_is_told():
    [claim] = claims_of("> We do … expect a loss this year.", "“We do not expect a loss this year,” she said.")
    assert (claim.verdict, claim.how) == (Verdict.CONTRADICTED, "it leaves out the “not” of the source")


def test_all_its_paragraphs_rest_on_the_citation_at_its_end():
    body = "> The backlog stands at $87.8 billion.\n>\n> It has never been larger. Orders fall. [@page]"
    assert quotations(body) == [
        ("The backlog stands at $87.8 billion.", "traced"),
        ("It has never been larger.", "traced"),
        ("Orders fall.", "untraced"),
    ]


def test_what_stands_behind_its_last_citation_is_uncited():
    [problem] = told("> It has never been larger. [@page] We are rich beyond all dreams.", "It has never been larger.")
    assert problem.rule == "uncited-claim"
    assert problem.what == "“We are rich beyond all dreams.”: no citation supports this sentence"


def test_the_words_that_lead_to_it_rest_on_its_citation():
    (lead, _) = read("Lindqvist said on 3 May:\n\n> We are very far from the end. [@page]")
    assert lead.cited == ("page",)
    (lead, _) = read("It is about [@other] this:\n\n> We are very far from the end. [@page]")
    assert lead.cited == ("other",)


@pytest.mark.parametrize(
    "body",
    [
        "{name} said:\n\n> It works. [@page]",
        "{name} said: [@page]\n> It works.",
        "> It works.\n> — {name} [@page]",
        "> It works.\n>\n> — {name}, chief\n\n[@page]",
        "> It works.\n\n— {name} [@page]",
        "> **It works.**\n> *-- {name}* [@page]",
    ],
)
def test_who_is_named_beside_it_must_have_said_it(body: str):
    assert quotations(body.format(name="Jane Aldane")) == [("It works.", "traced")]
    assert quotations(body.format(name="Tom Brent")) == [("It works.", "contradicted")]


@pytest.mark.parametrize(
    "body",
    [
        "> **Note:** The firm does not say what it costs. [@page]",
        "> **Why it matters**: It does not say what it costs. [@page]",
        "> 💡 **Tip:** Ask what it costs. [@page]",
        "> **In short**\n>\n> It does not say what it costs. [@page]",
        "> **In short**\n>\n> - It does not say what it costs. [@page]",
        "> ### In short\n> It does not say what it costs. [@page]",
        "> [!NOTE]\n> It does not say what it costs. [@page]",
        "> - It does not say what it costs. [@page]\n> - It is large. [@page]",
        "> | What | Cost |\n> | --- | --- |\n> | All | nothing | [@page]",
        "```\n> It does not say what it costs.\n```\n\nIt has never been larger. [@page]",
        "It is > 8 all the time. [@page]",
    ],
)
def test_an_aside_a_list_and_a_table_are_no_quotation(body: str):
    assert quotations(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "> “It works,” said Jane Aldane. It was cold in the hall. [@page]",
        "> Jane Aldane said “it works” all day. “We are very far from the end,” others said. [@page]",
    ],
)
def test_quotation_marks_in_it_say_where_the_quotation_is(body: str):
    assert {verdict for _, verdict in quotations(body)} == {"traced"}


def test_marks_that_only_open_its_paragraphs_do_not():
    body = "> “We are very far from the end.\n>\n> “It works and it pays. [@page]"
    assert [verdict for _, verdict in quotations(body)] == ["traced", "untraced"]


def test_one_without_any_citation_is_told_and_held_to_nothing():
    assert quotations("> The firm has never been so rich.") == []
    [problem] = told("It has never been larger. [@page]\n\n> The firm has never been so rich.")
    assert (problem.rule, problem.what) == ("uncited-text", "a block quotation shows no source")


@pytest.mark.parametrize("body", ["It says: [@page]\n\n> {}", "> {}\n\nSource: the firm. [@page]"])
def test_a_citation_before_or_below_it_shows_its_source(body: str):
    assert told(body.format("It has never been larger."), "It has never been larger.") == []


def test_the_hint_says_how_to_tell_it_otherwise():
    [problem] = told("It is so. [@page]\n\n> We are bankrupt by Christmas. [@page]", "It has never been larger.")
    assert (problem.rule, problem.severity) == ("untraced-quotation", "error")
    assert problem.what == "“We are bankrupt by Christmas.” is not word for word in @page: it has nothing like it"
    assert problem.hint.endswith("or tell them without `>` before them.")
    [problem] = told("> We are bankrupt by Christmas. [@page]")
    assert (problem.rule, problem.severity) == ("quotation-not-in-passages", "error")
    [problem] = told("> “We are bankrupt by Christmas,” it says. [@page]")
    assert problem.hint.endswith("or tell them without quotation marks.")


def test_a_german_one_is_held_the_same():
    page = "„Wir sind noch lange nicht am Ende“, sagte Mara Lindqvist."
    body = "> Wir sind noch lange nicht am Ende.\n> – Mara Lindqvist"
    assert [c.verdict for c in claims_of(body, page, home="de-DE") if c.kind is ClaimKind.QUOTATION] == ["traced"]
    wrong: Claim = claims_of(body.replace("lange nicht", "nicht"), page, home="de-DE")[0]
    assert wrong.verdict is Verdict.CONTRADICTED
