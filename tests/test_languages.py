"""Pages in other languages than English: every word that is not the newsletter's own is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter
from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace

from generator.words import Words, catalogue, has_words, languages, message_fault
from tests.make import files, parsed, sample

CONTENT = Path(__file__).parent.parent / "content"
OTHERS = [language for language in languages() if language != "en"]
SHOWN = ("aria-label", "alt", "title", "placeholder", "content")
"""Attributes whose words readers see or hear."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name} | {sign for sign in "#" if sign in text}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_message_with_its_places(language: str):
    english, theirs = catalogue("en"), catalogue(language)
    assert list(theirs) == list(english)
    assert {key: places(text) for key, text in theirs.items()} == {key: places(text) for key, text in english.items()}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_as_many_months_and_weekdays(language: str):
    theirs = catalogue(language)
    assert [len(theirs[key].split()) for key in ("months", "weekdays", "calendar-weekdays")] == [12, 7, 7]


@pytest.mark.parametrize(("tag", "is_known"), [("de", True), ("de-AT", True), ("en-GB", True), ("fr", False)])
def test_a_language_is_known_by_its_tag(tag: str, is_known: bool):
    assert has_words(tag) is is_known


RIGHT_TO_LEFT = ("ar", "he-IL", "fa", "ur-PK", "az-Arab", "uz-Arab-AF")
LEFT_TO_RIGHT = ("en-GB", "de", "ar-Latn", "az", "ja")


@pytest.mark.parametrize("tag", [*RIGHT_TO_LEFT, *LEFT_TO_RIGHT])
def test_a_page_is_written_from_right_to_left_by_its_language_alone(tag: str):
    assert Words(tag, {}).text("direction") == ("rtl" if tag in RIGHT_TO_LEFT else "ltr")


def test_a_newsletter_can_say_itself_from_where_it_is_written():
    assert Words("ku", {"direction": "rtl"}).text("direction") == "rtl"
    assert Words("ar", {"direction": "ltr"}).text("direction") == "ltr"
    assert message_fault("ar", "direction", "right") == (
        "`direction` is `ltr` or `rtl`",
        "Without it, it follows from the language.",
    )
    assert message_fault("ar", "direction", "ltr") is None


def sentences(language: str) -> Iterator[str]:
    """What only English says: messages of two words and more, at the longest run of words between their places.

    Without those which the sample says of itself, in its English texts.
    """
    own = "".join(file.read_text("utf-8") for file in CONTENT.rglob("*.*") if file.suffix in (".yml", ".md"))
    theirs = catalogue(language)
    for key, text in catalogue("en").items():
        longest = max((piece.strip(" :,.") for piece, *_ in Formatter().parse(text)), key=len, default="")
        if text != theirs[key] and len(longest.split()) > 1 and longest not in own:
            yield longest


def said(node: Element) -> Iterator[str]:
    """What a page says to whoever reads or hears it."""
    for each in node.iter():
        yield from (each.get(name, "") for name in SHOWN)
        yield from filter(None, (each.text, each.tail))


@pytest.mark.parametrize("language", OTHERS)
def test_no_page_in_another_language_says_anything_in_english(language: str):
    of = sample()
    there = replace(of, newsletter=replace(of.newsletter, language=language, messages={}))
    english = re.compile("|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in sentences(language)))
    pages = [(path, make) for path, make in files(there) if path.endswith(".html")]
    assert len(pages) > 50
    found = {text.strip(): path for path, make in pages for text in said(parsed(make())) if english.search(text)}
    assert found == {}


def test_a_day_is_written_as_in_german():
    words = Words("de", {})
    assert words.day(date(2026, 11, 26)) == "26. November 2026"
    assert words.long_day(date(2026, 3, 1)) == "Sonntag, 1. März 2026"


def test_english_words_on_a_page_from_right_to_left_keep_their_order():
    arabic = Words("ar", {"contents": "In this", "months": " ".join("abcdefghijkl")})
    told = str(arabic.html("ledger-badge", traced=132, claims=188))
    assert (told[0], told[-1]) == ("\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}")
    assert arabic.apart(str)("2 July") == "\N{FIRST STRONG ISOLATE}2 July\N{POP DIRECTIONAL ISOLATE}"
    assert arabic.html("contents") == "In this"
    assert arabic.html("direction") == "rtl"
    assert arabic.html("title-of", title="a", of="b") == "a · b"
    assert arabic.text("ledger") == "What was traced"


@pytest.mark.parametrize(("tag", "own"), [("en-GB", {}), ("fr", {}), ("de", {}), ("ar", {"direction": "ltr"})])
def test_on_other_pages_nothing_is_set_apart(tag: str, own: dict[str, str]):
    told = Words(tag, own)
    assert told.apart(str)("2 July") == "2 July"
    assert "\N{FIRST STRONG ISOLATE}" not in told.html("ledger-badge", traced=1, claims=2)


def test_a_name_in_latin_letters_does_not_turn_an_arabic_headline_round():
    arabic = Words("ar", {})
    assert arabic.way("OpenAI تخطط لمركز بيانات في الرياض") == "rtl"
    assert arabic.way("OpenAI plans a data centre in Riyadh") == "auto"
    assert Words("en", {}).way("تخطط OpenAI") == "auto"


@pytest.mark.parametrize("language", languages())
def test_a_reading_time_stays_on_one_line(language: str):
    assert " " not in Words(language, {}).minutes(1_000)
