"""German turns of phrase: what an editor would strike is told, and what only looks like it is left alone."""

from __future__ import annotations

import pytest

from generator.check.judging import check
from generator.check.language import language
from generator.model.vocabulary import Publisher
from tests.make import library, newsletter, source, story

RULES = ("relative-date", "vague-attribution", "overclaim", "left-over")


def told(text: str, tag: str = "de") -> list[tuple[str, str]]:
    """The rules on wording that speak of a text, each with the words at which it points."""
    ours = library(story(body=f"{text} [@hubkub]"), newsletter=newsletter(language=tag))
    return [(problem.rule, problem.excerpt) for problem in check(ours) if problem.rule in RULES]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Der Konzern teilte das gestern mit.", "gestern"),
        ("Der Konzern teilte das am vergangenen Freitag mit.", "vergangenen Freitag"),
        ("Im nächsten Jahr folgt ein zweites Werk.", "nächsten Jahr"),
        ("In dieser Woche tagt der Rat.", "dieser Woche"),
        ("Der Rat tagte heute Vormittag.", "heute Vormittag"),
        ("Vor wenigen Tagen zog er um.", "Vor wenigen Tagen"),
        ("Kürzlich zog er um.", "Kürzlich"),
    ],
)
def test_a_day_that_is_another_one_tomorrow_is_told(text: str, words: str):
    assert told(text) == [("relative-date", words)]
    assert told(text, "de-AT") == [("relative-date", words)]
    assert told(text, "en-GB") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Er soll angeblich verkaufen.", "angeblich"),
        ("Experten zufolge steigt der Preis.", "Experten zufolge"),
        ("Laut Insidern steht der Preis fest.", "Laut Insidern"),
        ("Aus Unternehmenskreisen heißt es, er geht.", "Unternehmenskreisen"),
        ("Das sagte eine mit der Sache vertraute Person.", "Sache vertraute"),
        ("Viele Beobachter erwarten einen Streik.", "Viele Beobachter erwarten"),
        ("Medienberichten zufolge geht er.", "Medienberichten zufolge"),
    ],
)
def test_whoever_has_no_name_is_told(text: str, words: str):
    assert told(text) == [("vague-attribution", words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Es ist ein bahnbrechender Chip.", "bahnbrechender"),
        ("Das revolutioniert die Medizin.", "revolutioniert"),
        ("Es ist der größte Auftrag aller Zeiten.", "aller Zeiten"),
        ("Ein Quantensprung für die Forschung ist es.", "Quantensprung"),
    ],
)
def test_what_no_source_can_show_is_told(text: str, words: str):
    assert told(text) == [("overclaim", words)]


def test_what_a_machine_says_to_whoever_asked_it_is_told():
    assert told("Hier ist die überarbeitete Version des Absatzes.") == [
        ("left-over", "Hier ist die überarbeitete Version")
    ]
    assert told("Als KI habe ich keine Meinung.") == [("left-over", "Als KI habe ich")]


@pytest.mark.parametrize(
    "text",
    [
        *("Das Haus ist heute ein Hotel.", "Am Morgen fiel Schnee.", "Die Nachrichten von gestern liegen aus."),
        *("Sie starb im letzten Jahr des Krieges.", "In der letzten Nacht vor der Wahl schlief er nicht."),
        *("Den Experten zufolge, die der Rat bestellte, steigt der Preis.", "Drei Experten zufolge steigt er."),
        *("Laut Experten der Universität Wick steigt er.", "Er machte sich mit der Lage vertraut."),
        *("So viele Beobachter sahen zu.", "Die Revolutionsgarden zogen ab.", "Viele Experten kamen."),
        *("Der Gewinn stieg in den letzten drei Jahren.", "In den vergangenen Wochen regnete es."),
        "Diese Version ist die überarbeitete.",
        *(
            "„Das ist bahnbrechend“, sagte sie.",
            "»Das ist bahnbrechend«, sagte sie.",
            "«Das ist bahnbrechend», sagte sie.",
        ),
        "Sie nannte es ‚bahnbrechend‘ und ging.",
    ],
)
def test_words_that_only_look_like_it_are_left_alone(text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Wie Reuters berichtet, zahlt der Konzern.",
        "Reuters zufolge zahlt der Konzern.",
        "Laut Reuters zahlt der Konzern.",
        "Nach Angaben von Reuters zahlt der Konzern.",
    ],
)
def test_whoever_is_said_to_report_it_is_cited(text: str):
    reuters = Publisher("reuters", "Reuters", "reuters.example", "wire")
    hubkub = Publisher("hubkub", "Hubkub", "hubkub.example", "trade")
    for publisher, expected in (("hubkub", ["Reuters"]), ("reuters", [])):
        ours = library(
            story("told", source("page", publisher=publisher), body=f"{text} [@page]"),
            newsletter=newsletter(language="de"),
            publishers={"reuters": reuters, "hubkub": hubkub},
        )
        assert [p.excerpt for p in check(ours) if p.rule == "misattributed"] == expected


def test_quantities_and_years_are_not_compared_by_words_in_german():
    text = "Der Umsatz der Firma betrug 40 Millionen Euro. [@hubkub]\n\nDer Umsatz der Firma betrug 50 Millionen Euro."
    ours = library(story(body=f"{text} [@hubkub]"), newsletter=newsletter(language="de"))
    assert not {problem.rule for problem in check(ours)} & {"two-values", "year-ahead"}


def test_a_language_has_all_that_english_has():
    german, english = language("de"), language("en")
    assert german
    assert english
    kinds = [{turn.kind for turns in of.phrases.values() for turn in turns} for of in (german, english)]
    assert kinds[0] == kinds[1]
    assert german.outlets
    assert german.numbers["zwölf"] == 12
