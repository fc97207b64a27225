"""What tracing promises to writers: what supports a sentence, what each verdict means, and how it is silenced."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.check.judging import check
from generator.check.table import RULES
from generator.cli.unproved import lines as to_be_proved
from generator.evidence import store
from generator.figures.read import measured
from generator.model.content import Dispute, Origin, PartText, Point, Version, Vouch
from generator.model.problems import Problem
from generator.model.tracing import Claim, ClaimKind, Ledger, SourcePart, Verdict
from generator.pipeline import judge
from generator.project import Project
from generator.trace.markup import covered, excerpt, offset, plain
from generator.trace.reading import read as read_source
from generator.trace.sentences import read
from generator.trace.tracer import tracer
from tests.folders import citewire_here as citewire
from tests.make import edition, library, newsletter, source, story
from tests.tracing import claims_of, faults, kept, ledger_of

ROOT = Path(__file__).parent.parent


def only(claims: list[Claim]) -> Claim:
    assert len(claims) == 1, claims
    return claims[0]


def supports(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(sentence.text, sentence.cited) for sentence in read(text)]


# What supports a sentence


def test_a_citation_behind_a_full_stop_supports_the_sentence_before_it():
    assert supports("It is red. [@a] It is blue. [@b]") == [("It is red.", ("a",)), ("It is blue.", ("b",))]


def test_a_citation_supports_all_sentences_since_the_last_one():
    assert supports("It is red. It is blue. [@a; @b]") == [("It is red.", ("a", "b")), ("It is blue.", ("a", "b"))]


def test_a_citation_inside_a_sentence_supports_it_together_with_the_one_behind_it():
    assert supports("One has 3 [@a] and one 4. [@b]") == [("One has 3 and one 4.", ("a", "b"))]


def test_a_paragraph_a_heading_and_an_item_end_what_a_citation_supports():
    text = "It is red.\n\nIt is blue. [@a]\n\n### Green\n\n- It is green.\n- It is grey. [@b]"
    assert supports(text) == [
        ("It is red.", ()), ("It is blue.", ("a",)), ("Green", ()), ("It is green.", ()), ("It is grey.", ("b",)),
    ]  # fmt: skip


def test_points_of_abbreviations_and_decimals_and_quotations_end_no_sentence():
    text = 'At 12:25 p.m. in one account, Mr. Smith of the U.S. Bank had 1.5 million. "It rose. It fell," he said. [@a]'
    assert [words for words, _ in supports(text)] == [
        "At 12:25 p.m. in one account, Mr. Smith of the U.S. Bank had 1.5 million.",
        '"It rose. It fell," he said.',
    ]


@pytest.mark.parametrize(
    "told",
    [
        ["قال د. محمد علي إن 24 منزلا تضررت.", "وأضاف أن تسعة أخرى دمرت.", "هل يعود السكان؟", "لا أحد يعرف!"],
        ["זה קרה אתמול.", "האם יחזרו?", "אף אחד לא יודע!", "תמר א. כהן אמרה."],
        ["این خبر درست است.", "آیا باز می‌گردند؟", "هیچ‌کس نمی‌داند."],
        ["یہ خبر درست ہے۔", "کیا یہ سچ ہے؟", "نہیں۔"],
        ["यह सच है।", "वह आया।"],
        ["그는 말했다.", "그녀도 말했다."],
        ["他说了。", "是吗？", "是的！"],
        ["Написав А. С. Тарасенко.", "Єдність є.", "Ёлка стоит."],
        ["Řekl to.", "Šéf souhlasil."],
    ],
)
def test_sentences_end_in_every_script(told: list[str]):
    """Also where no letter is a capital, and where a capital has a mark on it."""
    told = [f"{sentence} [@a]" for sentence in told]
    assert [words for words, _ in supports(" ".join(told))] == [sentence.removesuffix(" [@a]") for sentence in told]
    assert len(read_source(" ".join(sentence.removesuffix(" [@a]") for sentence in told)).sentences) == len(told)


# The verdicts


@pytest.mark.parametrize(
    ("sentence", "evidence", "how"),
    [
        ("It wrecked 33 houses.", "It wrecked 24 houses in Alba and nine more in Brent.", "24 and nine together"),
        ("It killed 40 people.", "It killed 12 people in Alba and 28 in Brent.", "12 and 28 together"),
        ("In all 31 people were saved.", "It saved 14 people at Alba, 11 at Brent and 6 at Corve.", "14 and 11 and 6"),
        ("For the plan are 58%.", "For the plan are 38% strongly and 20% somewhat.", "38% and 20% together"),
        (
            "The fire left 60 homes in the village.",
            "The fire burned 100 of the 160 homes in the village.",
            "100 leave of",
        ),
        ("The two make 49.4% of power together.", "Wind makes 31.4% of power. Sun makes 18%.", "31.4% and 18%"),
        (
            "Power is back for 128,000 customers.",
            "For 84,000 customers power is out, down from a peak of 212,000.",
            "84,000",
        ),
        ("They had 12 seats.", "The Greens won 19 of the 150 seats, seven more than in 2022.", "seven from 19"),
        ("Turnout had been 64.5%.", "Turnout was 68.7%, up by 4.2 points.", "4.2 from 68.7%"),
        ("There are 60 homes in the village.", "The village had 160 homes, 100 of which burned.", "100 leave of 160"),
        (
            "The attack cost it $12.4 million in costs of the quarter.",
            "The attack cost it $18.4 million in costs of the quarter, before insurance recoveries of $6.0 million.",
            "$6.0 million leave of $18.4 million",
        ),
        (
            "The drug costs an American $12,600 on average in a year.",
            "The drug costs an American $1,050 on average in a month.",
            "$1,050 over a longer time",
        ),
    ],
)
def test_what_may_be_reckoned_of_the_source_is_untraced_and_says_of_what(sentence: str, evidence: str, how: str):
    claim = only(claims_of(sentence, evidence))
    assert claim.verdict is Verdict.UNTRACED
    assert how in claim.how
    assert only(ledger_claims_of_passage(sentence, evidence)).verdict is Verdict.NO_EVIDENCE


def ledger_claims_of_passage(sentence: str, passage: str) -> list[Claim]:
    return list(ledger_of(f"{sentence} [@page]", source("page", passages=(passage,))).claims)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("It wrecked 34 houses.", "It wrecked 24 houses in Alba and nine more in Brent."),
        ("The blast killed 40 people.", "12 people died and 28 others were hurt in the blast."),
        ("It sold 33 houses.", "It sold 24 houses and let go of 9 more people."),
        ("The fire left 50 homes in the village.", "The fire burned 100 of the 160 homes in the village."),
    ],
)
def test_what_is_no_sum_nor_the_rest_is_still_contradicted(sentence: str, evidence: str):
    assert only(claims_of(sentence, evidence)).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        (
            "Inflation fell to 7.8 percent.",
            "Inflation fell to 3.2 percent. The film got a score of 7.8, its director said.",
        ),
        ("The ship is about 40 metres wide.", "The ship is 120 metres long. Its class is about 40."),
        ("Some 4.8 percent liked it.", "Some 62 percent liked it, a rating of 4.8."),
        ("Turnout was nearly 400 percent.", "Turnout was 62 percent, with nearly 400 in the hall."),
    ],
)
def test_a_number_without_the_unit_does_not_stand_for_one_that_has_it(sentence: str, evidence: str):
    assert only(claims_of(sentence, evidence)).verdict is Verdict.CONTRADICTED


def test_a_figure_that_only_the_words_around_it_put_elsewhere_is_no_error():
    text = "The city got a grant of €26 million for the port. Its debt of €31 million is due in May."
    (problem,) = problems_of("The city got a grant of €31 million. [@page]", text)
    assert (problem.rule, problem.severity) == ("untraced-figure", "warning")
    assert "may be for something else in @page: the source seems to have €26 million in this place" in problem.what


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        (
            "Thieves took data of about 2.3 million people from Merriton Health, which has 31 hospitals.",
            (
                "Hospital chain says 2.3 million records were stolen\n\nThe files named 2.3 million individuals.",
                "Hospital chain says 2.3 million records were stolen\n\nMerriton Health runs 31 hospitals.",
            ),
        ),
        (
            "Earnings of $1.37 a share beat the $1.18 that analysts had expected by 19 cents.",
            ("Net income was $1.37 a share, compared with $0.97 a year ago.", "Analysts had expected $1.18 a share."),
        ),
    ],
)
def test_what_two_sources_hold_together_is_traced(sentence: str, texts: tuple[str, str]):
    ledger = ledger_of(f"{sentence} [@a; @b]", source("a"), source("b"), texts=dict(zip("ab", texts, strict=True)))
    assert faults(ledger) == []


def test_a_figure_of_quite_another_size_is_not_in_the_place_of_one():
    text = "The firm made a loss of £8.7m on sales of £61m in the year."
    claims = claims_of("The firm made a loss of £8.7 million in the year, about 14p on each pound of sales.", text)
    assert [claim.verdict for claim in claims] == [Verdict.TRACED, Verdict.UNTRACED]


def test_who_owns_the_speaker_of_a_quotation_is_not_the_speaker():
    text = '"It is fiction," said Lattice Forge\'s chief, Nikhil Rao. Jane Forge leads the house of Forge.'
    assert problems_of('"It is fiction," said Rao. [@page]', text) == []


def test_a_traced_figure_knows_its_words_in_the_evidence():
    sentence, evidence = "The backlog is $87.8 billion.", "First words. The backlog now stands at $87.8bn, it said."
    claim = only(claims_of(sentence, evidence))
    assert claim.verdict is Verdict.TRACED
    assert sentence[claim.start : claim.end] == claim.text == "$87.8 billion"
    assert claim.place
    assert evidence[claim.place.start : claim.place.end] == claim.place.text == "$87.8bn"
    assert claim.place.around == "The backlog now stands at $87.8bn, it said."
    assert (claim.place.source, claim.place.part, claim.place.read) == ("page", SourcePart.SNAPSHOT, date(2026, 4, 12))


def told_by(name: str, *passages: str):
    """A source of its own author, whose kept text these passages are."""
    return source(name.lower(), author=name, passages=passages, title=None, label="A page")


def verdicts_of(body: str, *sources) -> dict[str, Verdict]:
    texts = {told.id: "\n".join(told.passages) for told in sources}
    return {claim.text: claim.verdict for claim in ledger_of(body, *sources, texts=texts).claims}


def test_a_figure_that_a_source_is_said_to_have_must_stand_in_its_own_words():
    sources = told_by("Skimnews", "over 30 trillion tokens"), told_by("Servola", "roughly 35 trillion tokens")
    cited = "[@skimnews; @servola]"
    right = verdicts_of(
        f"Over 30 trillion according to Skimnews, about 35 trillion according to Servola. {cited}", *sources
    )
    assert right["30 trillion"] is right["35 trillion"] is Verdict.TRACED
    wrong = verdicts_of(f"Skimnews has 35 trillion tokens, and Servola 30 trillion. {cited}", *sources)
    assert Verdict.TRACED not in (wrong["35 trillion"], wrong["30 trillion"])


def test_what_others_have_must_stand_in_those_that_are_not_named():
    sources = told_by("Ferro", "shares rose 9%"), told_by("Argent", "shares jumped 17%")
    assert verdicts_of("Ferro has it up 9%, and others 17%. [@ferro; @argent]", *sources)["17%"] is Verdict.TRACED
    assert verdicts_of("Ferro has it up 9%, and others 9%. [@ferro; @argent]", *sources)["9%"] is not Verdict.TRACED


def test_the_sources_that_have_a_figure_are_counted():
    sources = (
        told_by("Ferro", "a score of 1357"),
        told_by("Argent", "its score is 1357"),
        told_by("Zinco", "a score of 1383"),
    )
    cited = "[@ferro; @argent; @zinco]"
    assert set(verdicts_of(f"The score is 1357 in two sources and 1383 in a third. {cited}", *sources).values()) == {
        Verdict.TRACED
    }
    assert verdicts_of(f"The score is 1383 in two sources. {cited}", *sources)["1383"] is Verdict.CONTRADICTED
    assert verdicts_of(f"The score is 1357 in one source. {cited}", *sources)["1357"] is Verdict.CONTRADICTED


def test_a_passage_and_a_title_are_evidence_and_a_label_of_ours_is_not():
    body = "It is $21 billion and 62%. [@page]"
    told = source("page", title="A deal of $21 billion", passages=("62% of revenue",), accessed=date(2026, 4, 1))
    parts = [claim.place.part for claim in ledger_of(body, told).claims if claim.place]
    assert parts == [SourcePart.TITLE, SourcePart.PASSAGE]
    label = source("page", title=None, label="A note on $21 billion and 62%")
    assert [claim.verdict for claim in ledger_of(body, label).claims] == [Verdict.NO_EVIDENCE] * 2


def test_another_figure_for_the_same_thing_contradicts():
    claim = only(claims_of("The order backlog is $88.7 billion.", "The order backlog is $87.8 billion."))
    assert claim.verdict is Verdict.CONTRADICTED
    assert claim.place
    assert claim.place.text == "$87.8 billion"


def test_a_figure_that_whole_sources_do_not_have_is_untraced_with_the_nearest():
    claim = only(claims_of("Some 43 data centres are open.", "Wages rose. It paid 41 drivers."))
    assert claim.verdict is Verdict.UNTRACED
    assert "41" in claim.how


def test_where_only_passages_are_kept_a_missing_figure_is_no_fault():
    told = source("page", passages=("a forecast for the year",))
    assert [claim.verdict for claim in ledger_of("It has 43 sites. [@page]", told).claims] == [Verdict.NO_EVIDENCE]


def test_a_count_of_a_passage_is_found_though_the_story_calls_by_another_name_what_is_counted():
    passage = "As of Sunday evening 63 vessels were at anchor."
    assert only(ledger_claims_of_passage("The strike had kept 63 ships waiting.", passage)).verdict is Verdict.TRACED
    assert (
        only(ledger_claims_of_passage("The strike had kept 36 ships waiting.", passage)).verdict is not Verdict.TRACED
    )
    page = f"{passage} The port has 63 cranes."
    assert only(claims_of("It will hire 63 men.", page)).verdict is Verdict.UNTRACED


def test_a_mistyped_digit_is_caught_by_a_passage_alone():
    told = source("page", passages=("contracted revenue backlog now stands at $87.8 billion",))
    assert faults(ledger_of("CoreWeave's order backlog stands at $78.8 billion. [@page]", told)) == ["$78.8 billion"]


def test_one_source_of_several_that_is_not_kept_whole_may_have_it():
    body = "It has 43 sites. [@whole; @part]"
    ledger = ledger_of(body, source("whole"), source("part"), texts={"whole": "It has sites."})
    assert [claim.verdict for claim in ledger.claims] == [Verdict.NO_EVIDENCE]


def test_a_figure_without_a_citation_is_uncited():
    assert [claim.verdict for claim in ledger_of("It has 43 sites.\n\nIt grows. [@hubkub]").claims] == [Verdict.UNCITED]


def test_the_same_figure_for_something_else_does_not_trace():
    evidence = "The county grant is capped at 65 million euros. The debt of the port is 95 million euros."
    assert faults(
        ledger_of("The debt of the port is 65 million euros. [@page]", source("page"), texts={"page": evidence})
    )


def test_a_weekday_that_is_not_that_of_its_date_is_a_fault_without_any_evidence():
    ledger = ledger_of("It was told on Friday 9 April 2026. [@hubkub]")
    assert faults(ledger) == ["Friday 9 April 2026"]
    assert "Thursday" in next(iter(ledger.claims)).how


def test_a_fault_says_which_other_source_of_the_story_has_it():
    texts = {"a": "The order backlog is growing.", "b": "The order backlog is $87.8 billion."}
    ledger = ledger_of("The order backlog is $87.8 billion. [@a]", source("a"), source("b"), texts=texts)
    assert "@b" in only(list(ledger.claims)).how


def test_a_small_number_in_words_is_judged_only_where_the_same_thing_is_counted():
    assert claims_of("Two things are clear.", "There were 40 ships.") == []
    assert only(claims_of("It rests on six pillars.", "The policy rests on eight pillars.")).is_fault


@pytest.mark.parametrize(
    "sentence",
    [
        "Of the money, $31 million went to roads and $60 million to schools, while 52% of voters backed the mayor.",
        "Committed spend now reaches $99 billion, out of a backlog of $110 billion: 90% of it.",
    ],
)
def test_what_is_computed_from_figures_of_nowhere_is_not_traced(sentence: str):
    share = "52%" if "52%" in sentence else "90%"
    for texts, verdict in (({"page": "The council met on Monday."}, Verdict.UNTRACED), ({}, Verdict.NO_EVIDENCE)):
        ledger = ledger_of(f"{sentence} [@page]", source("page"), texts=texts)
        assert {claim.verdict for claim in ledger.claims if claim.text == share} == {verdict}


@pytest.mark.parametrize(
    "code", ['`say "good morning to all"`', '``a `b` "good morning to all"``', '```\nsay "good morning"\n```\n']
)
def test_what_stands_in_quotation_marks_in_code_is_nobodys_word(code: str):
    said = source("a", passages=("The line says good evening.",))
    assert faults(ledger_of(f"It runs {code} [@a]", said)) == []
    assert faults(ledger_of(f'It runs {code} and says "good morning to all". [@a]', said)) == ["good morning to all"]


def test_the_name_of_a_paper_or_a_book_in_marks_is_no_quotation_where_only_passages_are_kept():
    passages = ("Ralf Temme speaks to the paper.",)

    def rules(words: str) -> set[str]:
        told = story("told", source("page", passages=passages), body=f"Temme said so in “{words}”. [@page]")
        return {problem.rule for problem in check(library(told)) if "quotation" in problem.rule}

    assert rules("The Long Road Home") == set() == rules("Marrow Gazette")
    assert rules("We never go home") == {"untraced-quotation"}


def test_a_quotation_must_stand_in_a_passage_even_where_no_text_is_kept():
    told = source("page", passages=("a turning point for the region",))
    assert faults(ledger_of('He saw "a turning point for the country". [@page]', told))
    assert not faults(ledger_of('He saw "a turning point for the region". [@page]', told))


def test_a_name_is_met_by_another_name_of_its_entity_and_by_its_publisher():
    told = library(story()).entities["meta"]
    known = replace(told, also=("Facebook",))
    item = story("told", source("page"), body="Costs were cut by Meta, Hubkub reported. [@page]")
    ledger = tracer(library(item, entities={"meta": known}), kept({"page": "Facebook cut costs."})).story(item)
    assert [(claim.text, claim.verdict) for claim in ledger.claims] == [
        ("Meta", Verdict.TRACED), ("Hubkub", Verdict.TRACED),
    ]  # fmt: skip


def test_versions_and_publishers_with_numbers_in_their_names_are_no_counts():
    claims = claims_of("It runs on Kestrel 5.5, not on Kestrel 5.4.", "Kestrel 5.4 was slow; Kestrel 5.5 is not.")
    assert [claim.text for claim in claims] == ["Kestrel 5.5", "Kestrel 5.4"]


# Editions


def test_takeaways_and_actions_are_traced_to_the_sources_of_their_stories():
    told = story("told", source("page", passages=("a deal of $21 billion",)))
    day = edition("2026-04-11", "told", takeaways=(Point("Lead", "It is $21 billion. [@told/page]"),))
    claim = only(list(tracer(library(told, day)).edition(day).claims))
    assert claim.verdict is Verdict.TRACED
    assert claim.place
    assert claim.place.source == "told/page"


# The writer's word


def silenced(*vouched: Vouch) -> list[str | None]:
    body = "From 3 to 9 is 6. It has 43 sites. [@page]"
    texts = {"page": "Of 3 and 9 it speaks."}
    return [claim.silenced for claim in ledger_of(body, source("page"), texts=texts, trace=vouched).claims]


def test_a_reason_silences_the_claims_within_its_words_and_no_others():
    assert silenced(Vouch("counted by us", "43 sites"))[-1] == "counted by us"
    assert silenced(Vouch("counted by us", "43 sites"))[:-1] == [None] * (len(silenced()) - 1)


def test_silenced_claims_are_counted_apart():
    ledger = ledger_of("It has 43 sites. [@hubkub]", trace=(Vouch("counted by us", "43"),))
    assert (ledger.silenced, dict(ledger.counted())) == (1, {})


def test_words_that_meet_no_claim_are_a_problem_at_their_place():
    told = story(trace=(Vouch("counted by us", "44 sites"),))
    problem = next(p for p in check(library(told, edition())) if p.rule == "unmet-trace")
    assert problem.path == ("trace", 0, "claim")


# Rules, places and the command


def problems_of(body: str, text: str, *passages: str) -> list[Problem]:
    told = story("meta-coreweave", source("page", passages=passages), body=body)
    read = library(told, edition())
    found = check(read, snapshot_of=kept({"page": text}))
    ours = {rule.name for rule in RULES if rule.ledger}
    return [problem for problem in found if problem.rule in ours]


def disputed(value: str, **fields: Any) -> tuple[Ledger, list[Problem]]:
    """What is found of a version that a page tells, in a story that says nothing else."""
    version = Version(value, ("page",))
    told = story(
        "meta-coreweave",
        source("page", passages=("order backlog stands at $87.8 billion", "it has 43 data centres")),
        body="It is so. [@page]",
        disputed=(Dispute("Order backlog of 2026", (version,), **fields),),
    )
    read = library(told, edition())
    return tracer(read).ledger(read.stories["meta-coreweave"]), check(read)


def test_a_version_of_what_is_disputed_is_traced_to_who_tells_it():
    [sentence] = disputed("about $87.8 billion")[0].sentences
    assert sentence.path == ("disputed", 0, "versions", 0, "value")
    assert (sentence.about, sentence.text) == ("Order backlog of 2026", "about $87.8 billion")
    assert [(claim.text, claim.verdict) for claim in sentence.claims] == [("$87.8 billion", Verdict.TRACED)]


def test_a_version_that_nothing_kept_of_its_source_tells_is_told_at_the_value():
    [problem] = [problem for problem in disputed("about $65 billion")[1] if problem.rule == "figure-not-in-passages"]
    assert (problem.path, problem.excerpt) == (("disputed", 0, "versions", 0, "value"), "$65 billion")


def test_a_note_on_what_is_disputed_rests_on_the_text_and_the_versions():
    rule = "figure-not-in-text"
    assert [p.path for p in disputed("$87.8 billion", note="The true sum is $777 billion.")[1] if p.rule == rule] == [
        ("disputed", 0, "note")
    ]
    assert [p for p in disputed("$87.8 billion", note="$87.8 billion is the later one.")[1] if p.rule == rule] == []


@pytest.mark.parametrize(
    ("rule", "severity", "body"),
    [
        ("contradicted-figure", "error", "The order backlog is **$88.7 billion**. [@page]"),
        ("untraced-figure", "warning", "It pays 9,100 drivers. [@page]"),
        ("untraced-quotation", "error", 'He calls it "a very long and winding road". [@page]'),
        ("untraced-name", "warning", "It was bought by Globex Industries. [@page]"),
    ],
)
def test_each_rule_catches_its_fault_and_leaves_the_truth_alone(rule: str, severity: str, body: str):
    text = "The order backlog is $87.8 billion."
    assert [(p.rule, p.severity) for p in problems_of(body, text)] == [(rule, severity)]
    assert problems_of("The order backlog is **$87.8 billion**. [@page]", text) == []


UNPROVED = "It pays 9,100 drivers in 43 towns, after 9,100 in 2024, and has a backlog of $87.8 billion. [@page]"


def unproved(body: str, **fields: Any) -> list[Problem]:
    """What is said of figures for which nothing is kept, where a passage has the backlog."""
    told = story("meta-coreweave", source("page", passages=("backlog stands at $87.8 billion",)), body=body, **fields)
    return [problem for problem in check(library(told, edition())) if problem.rule == "figure-not-in-passages"]


def test_figures_of_a_sentence_that_no_passage_has_are_told_together_at_the_first():
    [problem] = unproved(UNPROVED)
    assert problem.severity == "warning"
    assert problem.what.startswith("`9,100`, `43`, `2024`: in no passage of @page")
    assert problem.excerpt.startswith("9,100")


def test_nothing_is_said_of_what_a_passage_has_or_the_editor_vouches_for():
    assert unproved("It has a backlog of $87.8 billion, says Jane Aldane. [@page]") == []
    assert unproved("It pays 9,100 drivers. [@page]", trace=(Vouch(claim="9,100 drivers", ok="counted"),)) == []


def uncited(body: str, **fields: Any) -> list[Problem]:
    """What is said of claims that no citation supports, where the page has what the sentence before says."""
    told = story("meta-coreweave", source("page", passages=("backlog stands at $87.8 billion",)), body=body, **fields)
    return [problem for problem in check(library(told, edition())) if problem.rule.startswith("uncited")]


CITED = "Its backlog stands at $87.8 billion. [@page]"


def test_what_stands_behind_the_last_citation_of_a_paragraph_is_told_as_uncited():
    [problem] = uncited(f"{CITED} It will default on $99.7 billion, says Jane Aldane: “We are bankrupt by Christmas.”")
    assert (problem.rule, problem.severity) == ("uncited-claim", "warning")
    assert problem.what == "`$99.7 billion`, “We are bankrupt by Christmas.”: no citation supports this sentence"
    assert problem.excerpt.startswith("$99.7 billion")


def test_figures_of_a_table_without_a_source_are_told_as_uncited():
    table = "| company | debt |\n| --- | --- |\n| Aldane | $99.7 billion |\n"
    assert [problem.rule for problem in uncited(f"{CITED}\n\n{table}")] == ["uncited-claim"]
    assert uncited(f"{CITED}\n\n{table}\nSource: the page. [@page]") == []


def test_a_paragraph_that_cites_nothing_is_told_once():
    assert [problem.rule for problem in uncited(f"{CITED}\n\nIt owes $99.7 billion.")] == ["uncited-text"]


@pytest.mark.parametrize(
    "behind",
    [
        "It is Jane Aldane's largest.",
        "Will it owe two more?",
        "\n\nIt names $99.7 billion of these:\n\n- So it is. [@page]",
    ],
)
def test_a_sentence_without_figures_and_what_ends_open_need_no_citation(behind: str):
    assert uncited(f"{CITED} {behind}") == []


def test_nothing_is_said_of_an_uncited_figure_that_the_editor_vouches_for():
    vouch = Vouch(claim="$99.7 billion", ok="reckoned by us")
    assert uncited(f"{CITED} It owes $99.7 billion.", trace=(vouch,)) == []


def test_a_quotation_of_a_source_of_which_no_word_is_kept_is_an_error():
    told = story("meta-coreweave", source("page"), body="“We are bankrupt by Christmas,” it says. [@page]")
    [problem] = [problem for problem in check(library(told, edition())) if "quotation" in problem.rule]
    assert (problem.rule, problem.severity) == ("quotation-not-in-passages", "error")
    assert problem.what == "“We are bankrupt by Christmas,”: nothing is kept of what @page says"


@pytest.mark.parametrize("words", ["a very large mess", "The Long Road from Home to Oslo", "too big"])
def test_quoted_words_that_may_be_a_title_or_a_term_are_nobodys(words: str):
    told = story("meta-coreweave", source("page"), body=f"They call it “{words}” there. [@page]")
    problems = [problem for problem in check(library(told, edition())) if problem.rule == "quotation-not-in-passages"]
    assert bool(problems) == (words == "a very large mess")


@pytest.mark.parametrize(
    "body", [f"{CITED} Does it owe $99.7 billion?", f"{CITED} Run `pay --sum 99700` to see it.", f"{CITED} So it is."]
)
def test_a_question_and_code_claim_nothing(body: str):
    assert uncited(body) == []


def test_where_the_whole_page_is_kept_a_missing_figure_is_said_to_be_missing():
    assert [problem.rule for problem in problems_of("It pays 9,100 drivers. [@page]", "Words.")] == ["untraced-figure"]


def test_a_post_of_another_program_never_had_passages():
    assert unproved(UNPROVED, imported=Origin("https://old.example/post")) == []


def test_a_passage_that_its_own_page_does_not_have_is_an_error():
    found = problems_of("Words. [@page]", "The order backlog is large.", "the backlog is large", "order  backlog is")
    assert [(p.rule, p.path) for p in found] == [("passage-not-in-snapshot", ("citations", "page", "passages", 0))]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"never packed",
        lambda data: gzip.compress(gzip.decompress(data).replace(b"kept", b"bent")),
    ],
    ids=["cut", "not packed", "changed"],
)
def test_a_damaged_snapshot_is_an_error_of_its_story_until_it_is_kept_anew(tmp_path: Path, spoil):
    shutil.copytree(ROOT / "content", tmp_path / "content")
    project = Project(tmp_path, tmp_path / "content")
    url = "https://hubkub.com/tech-news/meta-coreweave-21-billion-ai-deal/"
    sound = store.snapshot(url, datetime(2026, 11, 20, tzinfo=UTC), "http 200 text/html", "Words that are kept.")
    store.save(project.content, sound)
    file = store.path_of(project.content, url)
    sound_bytes = file.read_bytes()
    file.write_bytes(spoil(sound_bytes))
    damaged = [p for p in judge(project)[1] if p.rule == "damaged-snapshot"]
    assert [(p.file, p.path) for p in damaged] == [
        ("content/stories/2026/meta-coreweave-21bn.yml", ("citations", "hubkub"))
    ]
    assert damaged[0].is_error
    assert file.name in damaged[0].hint
    assert "citewire evidence" in damaged[0].hint
    file.write_bytes(sound_bytes)
    assert "damaged-snapshot" not in {p.rule for p in judge(project)[1]}


def test_a_problem_stands_at_the_figure_itself_and_not_at_the_same_one_before_it(tmp_path: Path):
    shutil.copytree(ROOT / "content", tmp_path / "content")
    file = tmp_path / "content/stories/2026/us-lifts-anthropic-controls.yml"
    text = file.read_text().replace(
        "Public access came back from 1 July.", "Public access came back from Friday 1 July.", 1
    )
    file.write_text(text)
    project = Project(tmp_path, tmp_path / "content")
    problem = next(p for p in judge(project)[1] if p.rule == "contradicted-figure")
    line = text.splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("Friday 1 July")


STORY = "content/stories/2026/meta-coreweave-21bn.yml"


def test_the_ledger_shows_claim_verdict_passage_and_source():
    done = citewire(ROOT, "check", "--trace", STORY)
    assert done.returncode == 0
    assert re.search(r"figure +\$87\.8 billion +traced +@hubkub, passage 2: “contracted revenue backlog", done.stdout)
    assert re.search(r"\n\d+ claims: \d+ traced, \d+ no evidence kept\n\Z", done.stdout)
    assert "\x1b" not in done.stdout


def test_what_is_still_to_be_proved_stands_under_each_source_with_its_address():
    done = citewire(ROOT, "check", "--open", STORY)
    assert done.returncode == 0
    assert "\n  @hubkub  https://hubkub.com/tech-news/meta-coreweave-21-billion-ai-deal/\n" in done.stdout
    shown = re.search(r"\$ citewire check --open \S+\n\S+\n(.*?)```", (ROOT / "docs/tracing.md").read_text(), re.DOTALL)
    assert shown
    assert shown[1] in done.stdout, "as the page on tracing shows it"
    ledger = citewire(ROOT, "check", "--trace", STORY).stdout
    assert done.stdout.count("\n") > 10
    assert "$87.8 billion\n" not in done.stdout, "which is traced"
    assert "no evidence kept" in ledger


def test_a_story_of_which_all_is_traced_has_nothing_to_be_proved():
    told = story("told", source("page", passages=("It costs $21 billion.",)), body="It costs $21 billion. [@page]")
    ledger = tracer(library(told)).story(told)
    assert list(to_be_proved([("told.yml", told, ledger)], {})) == ["Every claim is traced, or answered for."]
    vouched = replace(told, body="It costs $23 billion. It has 12 wheels.", trace=(Vouch("We counted.", "12 wheels"),))
    lines = list(to_be_proved([("told.yml", vouched, tracer(library(vouched)).story(vouched))], {}))
    assert [click.unstyle(line) for line in lines[:4]] == [
        "told.yml",
        "  without a citation",
        "    It costs $23 billion.",
        "      $23 billion",
    ]
    assert not any("12" in line for line in lines)


def still_open(body: str, *passages: str) -> list[str]:
    told = story("told", source("page", passages=passages), body=body)
    found = to_be_proved([("told.yml", told, tracer(library(told)).story(told))], {})
    return [click.unstyle(line) for line in found]


def test_what_a_source_contradicts_is_told_first_and_is_not_to_be_proved():
    body = "The order backlog is $88.7 billion. [@page]\n\nIt has 12 wheels."
    lines = still_open(body, "The order backlog is $87.8 billion.")
    assert lines[:4] == [
        "told.yml",
        "  to be corrected: a source has something else",
        "    The order backlog is $88.7 billion.",
        "      $88.7 billion: the source has $87.8 billion (@page)",
    ]
    assert lines[4] == "  without a citation"
    assert lines[-2] == "1 claim to be corrected, 1 claim to be proved, in 1 file."
    only_wrong = still_open("The order backlog is $88.7 billion. [@page]", "The order backlog is $87.8 billion.")
    assert only_wrong[-1] == "1 claim to be corrected, in 1 file.", "which no words prove"


def test_what_a_sentence_says_twice_is_to_be_proved_once():
    lines = still_open("It pays $23 billion, and again $23 billion. [@page]", "It pays.")
    assert "      $23 billion" in lines
    assert "1 claim to be proved, in 1 file." in lines


def test_where_nothing_is_claimed_nothing_is_said_to_be_traced():
    assert still_open("It is so. [@page]") == ["There are no claims."]
    assert list(to_be_proved([], {})) == ["There are no claims."]


def test_the_ledger_as_json_holds_every_claim_with_its_offsets():
    found = json.loads(citewire(ROOT, "check", "--trace", "--format", "json", STORY).stdout)
    assert found["version"] == 1
    item = only(found["items"])
    claims = [(sentence, claim) for sentence in item["sentences"] for claim in sentence["claims"]]
    assert sum(item["claims"].values()) == len(claims) > 20
    for sentence, claim in claims:
        assert sentence["text"][claim["start"] : claim["end"]] == claim["text"]


def test_no_figure_of_the_sample_is_a_fault_and_those_of_our_own_are_marked():
    project = Project(ROOT, ROOT / "content")
    library = judge(project)[0]
    assert library.ledgers
    for item in (*library.stories.values(), *library.editions.values()):
        ledger = library.ledgers.of(item)
        assert faults(ledger) == [], item.file
        for sentence in ledger.sentences:
            if "By our arithmetic" in sentence.text:
                assert any(claim.silenced or "computed" in claim.how for claim in sentence.claims), sentence.text


# Properties

MARKDOWN = st.text("Ab 12.$%*_[]()@;#\n-“”\"'é½٣億{}<>&!?:,/", max_size=120)


@given(MARKDOWN)
def test_any_text_can_be_traced_and_every_claim_lies_where_it_says(text: str):
    ledger = ledger_of(text + "\n\nWords.", source("hubkub", passages=(text.replace("\n", " ")[:80] or "x",)))
    for sentence in ledger.sentences:
        for claim in sentence.claims:
            assert sentence.text[claim.start : claim.end] == claim.text
            assert claim.place is None or claim.place.text in claim.place.around


@given(MARKDOWN)
def test_covering_markup_keeps_every_character_at_its_place(text: str):
    shown = covered(text)[0]
    assert len(shown) == len(text)
    words = plain(shown)
    for at, character in enumerate(words):
        if not character.isspace():
            assert text[offset(shown, 0, at)] == character


@given(MARKDOWN)
def test_an_excerpt_is_part_of_the_text(text: str):
    for sentence in read(text):
        assert excerpt(text, sentence.start, 0, sentence.text[:1]).split("\n")[0] in text


@given(st.integers(1, 10**9), st.sampled_from(["{:,}", "{}", "USD {:,}", "${:,}"]))
def test_a_figure_traces_to_itself_however_it_is_grouped(number: int, form: str):
    written = form.format(number)
    claims = claims_of(f"The old mill cost {written} then.", f"The old mill cost {written} then.")
    assert {claim.verdict for claim in claims} == {Verdict.TRACED}


def test_the_same_content_gives_the_same_ledger():
    told = story(body="It is $21 billion. [@hubkub]", parts=(PartText("summary", ("It has 43 sites. [@hubkub]",)),))
    one, other = (tracer(library(told)).story(told) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("few", ["A few thousand", "Several thousand", "Many thousand", "Thousands of"])
def test_a_number_that_nobody_can_tell_claims_nothing_and_proves_nothing(few: str):
    assert claims_of(f"{few} people came to see it.", "About 3,000 people came to see it.") == []
    assert only(claims_of("Just 1,000 people came to see it.", f"{few} people came to see it.")).is_fault


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Sales tripled from 200 to 400.", "Sales doubled from 200 to 400."),
        ("Sales more than doubled, to 390 from 200.", "Sales nearly doubled, to 390 from 200."),
        ("Grants of 300 and 450 come to 850 in total.", "Grants of 300 and 450 come to 750 in total."),
        (
            "It is $60 million over three years, or $30 million a year.",
            "It is $60 million over three years, or $20 million a year.",
        ),
    ],
)
def test_what_a_sentence_reckons_wrong_is_a_fault_whatever_is_kept(wrong: str, right: str):
    told = source("page", passages=("a passage on something else",))
    assert len(faults(ledger_of(f"{wrong} [@page]", told))) == 1
    assert faults(ledger_of(f"{right} [@page]", told)) == []


def test_a_multiple_that_is_told_loosely_or_of_something_else_is_no_fault():
    told = source("page", passages=("a passage on something else",))
    for body in (
        "Sales doubled from 200 to 380.",
        "Sales doubled and costs rose from 200 to 250.",
        "The price more than halved, from 20 to 4.",
        "Of 300 and 450 seats 850 make a hall.",
    ):
        assert faults(ledger_of(f"{body} [@page]", told)) == [], body


@pytest.mark.parametrize(
    ("body", "passage"),
    [
        ("The lease runs through December 2023.", "The lease runs through December 2032"),
        ("It struck the city at 9:54 a.m.", "It struck the city at 9:45 a.m."),
        ("Second quarter revenue was $8.1 billion.", "third-quarter revenue was $8.1 billion"),
        ("It has more than 40% of sales.", "It has less than 40% of sales"),
        ("The council votes on 12 June.", "The council votes on 21 June"),
    ],
)
def test_a_slip_in_a_date_a_time_a_quarter_or_a_bound_is_seen_by_a_passage_alone(body: str, passage: str):
    assert len(faults(ledger_of(f"{body} [@page]", source("page", passages=(passage,))))) == 1


@pytest.mark.parametrize(
    ("body", "passage"),
    [
        ("The lease runs through December 2028.", "The lease runs through December 2032"),
        ("It struck the city at 9:51 a.m.", "It struck the city at 9:45 a.m."),
        ("Up from the second quarter, revenue was $8.1 billion.", "third-quarter revenue was $8.1 billion"),
        ("The committee met on 12 June.", "The council votes on 21 June"),
        ("In the first half of 2026 it sold boats.", "it opens sites in the second half of 2026"),
    ],
)
def test_another_date_time_or_quarter_may_stand_in_what_is_not_kept(body: str, passage: str):
    assert faults(ledger_of(f"{body} [@page]", source("page", passages=(passage,)))) == []


def test_of_a_bound_the_message_says_which_the_evidence_has():
    claim = only(claims_of("It has more than 40% of sales.", "It has less than 40% of sales."))
    assert claim.how == "the source has less than 40%"


def test_the_number_in_another_unit_is_told_and_seen_by_a_passage_alone():
    told = source("page", passages=("it raised €1.2 billion for the firm",))
    claim = only(list(ledger_of("It raised $1.2 billion for the firm. [@page]", told).claims))
    assert (claim.verdict, claim.how) == (Verdict.CONTRADICTED, "the source has €1.2 billion")


@pytest.mark.parametrize(
    ("body", "passage"),
    [
        ("It raised A$1.2 billion for the firm.", "it raised $1.2 billion for the firm"),
        ("He was jailed for three years.", "the trial took three days"),
        ("Its wages came to $1.2 billion.", "the port cost €1.2 billion"),
    ],
)
def test_a_number_in_another_unit_may_be_of_something_else_or_the_same_at_home(body: str, passage: str):
    assert faults(ledger_of(f"{body} [@page]", source("page", passages=(passage,)))) == []


def told_of(sentence: str, evidence: str) -> str:
    return next(claim.how for claim in claims_of(sentence, evidence) if claim.is_fault)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("Mara Lindqvist", Verdict.TRACED),
        ("Mara Lindquist", Verdict.CONTRADICTED),
        ("Maria Lindqvist", Verdict.NO_EVIDENCE),
        ("Bank of Iceland", Verdict.NO_EVIDENCE),
        ("Galaxy Bracelet", Verdict.NO_EVIDENCE),
        ("Mara Lindgren", Verdict.NO_EVIDENCE),
        ("Iceland", Verdict.NO_EVIDENCE),
        ("Core Weave", Verdict.NO_EVIDENCE),
    ],
)
def test_a_mistyped_name_is_told_where_only_passages_are_kept(name: str, verdict: Verdict):
    passages = ("In Ireland, Chief Executive Mara Lindqvist told CoreWeave, Galaxy Bracelets and the Bank of Ireland.",)
    ledger = ledger_of(f"The pill works, says {name}. [@page]", source("page", passages=passages))
    claim = only([claim for claim in ledger.claims if claim.kind is ClaimKind.NAME])
    assert claim.verdict is verdict
    if verdict is Verdict.CONTRADICTED:
        assert claim.how == "did you mean Mara Lindqvist?"
        assert claim.place is not None
        assert claim.place.text == "Mara Lindqvist"


def test_a_name_a_letter_off_is_shown_the_one_it_may_be_for():
    assert told_of("It is led by Mara Lindqist.", "Mara Lindqvist leads it.") == "did you mean Mara Lindqvist?"


def test_of_a_place_that_is_not_named_nothing_is_said_as_of_a_person():
    assert told_of("It moved to Texas.", "It moved to Ohio.") == "it has no such name"


def test_a_name_that_the_evidence_has_elsewhere_is_not_said_to_be_missing():
    text = "Benchmark Partners led the round of $40 million in May. Others, as Sequoia Capital, did not."
    (problem,) = problems_of("The fund of Sequoia Capital led the round of $40 million in May. [@page]", text)
    assert problem.rule == "untraced-name"
    assert "is not in the kept text" not in problem.what
    assert "Benchmark Partners in this place, and Sequoia Capital for something else" in problem.what


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("You must be at least 13 to sign up.", "Children under 13 cannot sign up."),
        (
            "It exempts firms with fewer than 50 employees.",
            "The law exempts firms unless they have at least 50 employees.",
        ),
        ("The show began at 21:00 in Tokyo.", "The show began at 12:00 UTC."),
        ("In the calendar second quarter sales were $5 billion.", "In the fiscal third quarter sales were $5 billion."),
        ('It is illegal to "create deepfakes of real people".', "Users must not create deepfakes of real people."),
    ],
)
def test_what_is_told_from_its_other_side_is_no_contradiction(sentence: str, evidence: str):
    for texts, passages in (({"page": evidence}, ()), ({}, (evidence,))):
        ledger = ledger_of(f"{sentence} [@page]", source("page", passages=passages), texts=texts)
        assert Verdict.CONTRADICTED not in {claim.verdict for claim in ledger.claims}, ledger.claims


def test_a_negation_left_out_of_a_quotation_is_told():
    assert (
        told_of('He said: "I ... support the bill".', "I do not support the bill.")
        == "it leaves out the “not” of the source"
    )
    assert (
        faults(ledger_of('It is no "open source". [@page]', source("page", passages=("it is not open source",)))) == []
    )


def test_in_german_a_noun_is_no_name_and_the_stop_of_a_date_ends_no_sentence():
    body = (
        "Der Stadtrat hat am 17. November die Gebühr für Meta im Monat erhöht. [@page] Im 19. Jahrhundert war sie neu."
    )
    told = story("told", source("page"), body=body)
    words = {"page": "Am 17. November 2026 erhöhte der Rat Gebühren. Meta zahlt."}
    german = library(told, newsletter=newsletter(language="de"))
    ledger = tracer(german, kept(words)).story(told)
    assert [sentence.text for sentence in read(body)] == [
        "Der Stadtrat hat am 17. November die Gebühr für Meta im Monat erhöht.",
        "Im 19. Jahrhundert war sie neu.",
    ]
    assert [claim.text for claim in ledger.claims if claim.kind is ClaimKind.NAME] == ["Meta"]
    english = tracer(library(told), kept(words)).story(told)
    assert "Monat" in [claim.text for claim in english.claims if claim.kind is ClaimKind.NAME]


@pytest.mark.parametrize(
    "body",
    [
        "The budget, by office: [@page]\n\n{rows}",
        "{rows}\n\n[@page]",
        "{rows}\n\nSource: the council. [@page]\n\nMore is to come. [@other]",
        "| Office [@page] | 2027 |\n|---|---|\n{rows}",
    ],
    ids=["led to", "with a line below", "with its source below", "in its head"],
)
def test_a_row_of_a_table_rests_on_the_citation_of_the_table(body: str):
    rows = "| Parks | $83.8 million |\n| Police | $212.4 million |"
    page = source("page", passages=("Parks will receive $88.3 million and the police $212.4 million.",))
    ledger = ledger_of(body.format(rows=rows), page, source("other"))
    assert faults(ledger) == ["$83.8 million"]


def test_a_table_does_not_rest_on_the_text_that_goes_on_below_it():
    body = "| Parks | $83.8 million |\n\nThe council has raised what it spends on its police by a tenth. [@page]"
    (claim,) = [c for c in ledger_of(body, source("page", passages=("Parks: $88.3 million",))).claims if "83" in c.text]
    assert claim.verdict is Verdict.UNCITED


@pytest.mark.parametrize(("home", "verdict"), [("de-DE", Verdict.UNTRACED), ("en-GB", Verdict.TRACED)])
def test_words_of_a_source_are_compared_where_it_is_in_the_language_of_the_newsletter(home: str, verdict: Verdict):
    claims = claims_of("Gestern kamen 42 Hunde.", "Der Rat hat 42 Sitze.", "de", home)
    assert [claim.verdict for claim in claims if claim.kind == "figure"] == [verdict]


def test_a_source_that_tells_no_language_is_in_that_of_the_newsletter():
    assert [
        c.verdict for c in claims_of("Es kamen 1.250 Kinder.", "Es kamen 1250 Kinder.", None, "de") if c.text[0] == "1"
    ] == [Verdict.TRACED]
    assert [c.verdict for c in claims_of("It cost $1.250.", "It cost $1.25.", None, "en") if c.text[0] == "$"] == [
        Verdict.TRACED
    ]


def test_digits_changed_round_in_an_identifier_are_seen_where_only_passages_are_kept():
    page = source("page", passages=("Call the hotline: (555) 014-2290.",))
    assert faults(ledger_of("The hotline is (555) 014-2920. [@page]", page)) == ["(555) 014-2920"]


def test_an_exchange_rate_is_not_blamed_for_its_direction():
    page = source("page", passages=("USD/JPY rose to 158.20 from 155.75.",))
    assert faults(ledger_of("The yen fell to 158.20 to the dollar from 155.75. [@page]", page)) == []


def test_the_number_of_a_caption_is_no_claim():
    page = source("page", passages=("Deaths by age group, 2025.",))
    told = ledger_of("Figure 1: Deaths by age group, 2025. [@page]", page)
    assert [claim.text for claim in told.claims if claim.kind == "figure"] == ["2025"]


@pytest.mark.parametrize("address", ["https://bay.example/minutes/2026/05/14/item-8", "http://a.example/?n=12,500.5"])
def test_an_address_is_no_claim_and_no_evidence(address: str):
    body = f"The council met for three hours. [@page] The agenda is at {address}. [@page]"
    assert [c.text for c in ledger_of(body, source("page", passages=("met for three hours",))).claims] == [
        "three hours"
    ]
    assert [item.text for item in measured(f"{address}は5%増")] == ["5%"]
    (claim,) = claims_of("It has 14 members.", f"See {address} and {address}/14 for the members.")
    assert claim.verdict is Verdict.UNTRACED
