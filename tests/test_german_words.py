"""German turns of phrase: what an editor would strike is told, and what only looks like it is left alone."""

from __future__ import annotations

import pytest

from generator.check.judging import check
from generator.check.language import language
from generator.model.vocabulary import Publisher
from tests.make import library, newsletter, source, story

RULES = ("foreign-number", "relative-date", "vague-attribution", "overclaim", "left-over")


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


@pytest.mark.parametrize("gap", ["[QUELLE EINFÜGEN]", "[Zahl ergänzen]", "[Zitat von Anna Müller folgt]", "[prüfen]"])
def test_a_gap_that_is_still_to_be_filled_is_told(gap: str):
    assert told(f"Der Umsatz betrug {gap} Euro.") == [("left-over", gap)]
    assert told(f"Auf der Seite steht „{gap}“, und [wie es folgt](https://a.example/1).") == []


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Der Kauf kostet 1.2 Milliarden Euro.", "1.2"),
        ("Die Aktie kostet 12.50 €, das sind 3.5% mehr als $ 1,234.50.", "12.50"),
        ("Es sind 1,200,000 Euro.", "1,200,000"),
    ],
)
def test_a_number_of_english_in_a_german_text_is_told(text: str, words: str):
    assert ("foreign-number", words) in told(text)
    assert ("foreign-number", words) in told(text, "de-AT")
    assert told(text, "de-CH") == told(text, "en") == []


@pytest.mark.parametrize(
    "text",
    [
        "Es sind 1.200.000 Euro, 1.250 Dollar, 12,5 % und 4,75 Milliarden.",
        "Um 12.30 Uhr am 1.2. kam Version 3.5 in Kapitel 2.10 heraus.",
    ],
)
def test_a_number_of_german_is_left_alone(text: str):
    assert told(text) == []
