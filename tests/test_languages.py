"""Pages in other languages than English: every word that is not the newsletter's own is theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter
from xml.etree.ElementTree import Element

import pytest
from msgspec.structs import replace

from generator.model.content import Correction
from generator.typeset.tongues import finished
from generator.words import LENT, OWN, Words, catalogue, has_words, languages, message_fault
from tests.make import NOON, edition, files, newsletter, page, parsed, sample, site, source, story, words

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


def english_of(language: str) -> re.Pattern[str]:
    """Finds what only English says."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sentences(language)))})(?!\w)")


def said(node: Element) -> Iterator[str]:
    """What a page says to whoever reads or hears it."""
    for each in node.iter():
        yield from (each.get(name, "") for name in SHOWN)
        yield from filter(None, (each.text, each.tail))


@pytest.mark.parametrize("language", OTHERS)
def test_no_page_in_another_language_says_anything_in_english(language: str):
    of = sample()
    there = replace(of, newsletter=replace(of.newsletter, language=language, messages={}))
    english = english_of(language)
    pages = [(path, make) for path, make in files(there) if path.endswith(".html")]
    assert len(pages) > 50
    told = {text.strip(): path for path, make in pages for text in said(parsed(make()))}
    assert {text: path for text, path in told.items() if english.search(text)} == {}


def test_a_day_is_written_as_in_german():
    words = Words("de", {})
    assert words.day(date(2026, 11, 26)) == "26. November 2026"
    assert words.long_day(date(2026, 3, 1)) == "Sonntag, 1. März 2026"


def test_words_of_ones_own_for_many_are_not_joined_by_english_ones_for_one():
    own = {"corrected": "{count} correction(s)", "edition-of": "Édition du {day}", "river-some": "# articles"}
    words = Words("fr", own)
    assert words.html("corrected-one", count=1) == "1 correction(s)"
    assert words.html("shown-edition", day="2 juillet") == "Édition du 2 juillet"
    assert words.html("river-one") == "# articles"
    both = Words("fr", {"corrected": "{count} corrections", "corrected-one": "Une correction"})
    assert both.html("corrected-one", count=1) == "Une correction"


def test_english_words_on_a_page_from_right_to_left_keep_their_order():
    arabic = Words("ar", {"contents": "In this", "months": " ".join("abcdefghijkl")})
    told = str(arabic.html("ledger-badge", traced=132, claims=188)).removeprefix(LENT[0]).removesuffix(LENT[1])
    assert (told[0], told[-1]) == ("\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}")
    assert arabic.apart(str)("2 July") == "\N{FIRST STRONG ISOLATE}2 July\N{POP DIRECTIONAL ISOLATE}"
    months = Words("ar", {"months": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"})
    day = months.apart(months.long_day, "months", "weekdays")(date(2026, 11, 27))
    assert day.strip("".join(LENT)) == "\N{RIGHT-TO-LEFT ISOLATE}Friday 27 نوفمبر 2026\N{POP DIRECTIONAL ISOLATE}"
    assert arabic.html("contents") == "In this"
    names = str(Words("he", {}).html("months")).split(" ")
    assert {name.count("\N{FIRST STRONG ISOLATE}") - name.count("\N{POP DIRECTIONAL ISOLATE}") for name in names} == {0}
    assert arabic.html("direction") == "rtl"
    assert arabic.html("title-of", title="a", of="b") == "a · b"
    assert arabic.text("ledger") == "What was traced"


@pytest.mark.parametrize(("tag", "own"), [("en-GB", {}), ("fr", {}), ("de", {}), ("ar", {"direction": "ltr"})])
def test_on_other_pages_nothing_is_set_apart(tag: str, own: dict[str, str]):
    told = Words(tag, own)
    assert told.apart(str)("2 July") == "2 July"
    assert "\N{FIRST STRONG ISOLATE}" not in told.html("ledger-badge", traced=1, claims=2)


@pytest.fixture(scope="module")
def in_french() -> dict[str, bytes]:
    """The files of the sample, were it in a language of which there are no words."""
    of = sample()
    there = replace(of, newsletter=replace(of.newsletter, language="fr", messages={}))
    return {path: make() for path, make in files(there) if path.endswith((".html", ".xml", ".json", ".md", ".txt"))}


@pytest.fixture(scope="module")
def pages_in_french(in_french: dict[str, bytes]) -> dict[str, Element]:
    """Its pages, in a frame that says that they are French: that of the tests says English."""
    pages = {path: parsed(made) for path, made in in_french.items() if path.endswith(".html")}
    for made in pages.values():
        made.set("lang", "fr")
    return pages


def heard(node: Element, language: str) -> Iterator[tuple[str, str]]:
    """What the text of a page says, each with the language in which it is read out."""
    if node.tag.rpartition("}")[2] in ("script", "style", "head"):
        return
    language = node.get("lang", language)
    yield node.text or "", language
    for child in node:
        yield from heard(child, language)
        yield child.tail or "", language


def within(node: Element, language: str) -> Iterator[tuple[Element, str]]:
    """A page's elements, each with its language."""
    language = node.get("lang", language)
    yield node, language
    for child in node:
        yield from within(child, language)


def test_words_that_are_lent_from_english_are_read_out_as_english(
    in_french: dict[str, bytes], pages_in_french: dict[str, Element]
):
    english = english_of("de")
    told = Counter(each for page in pages_in_french.values() for each in heard(page, "fr"))
    lent = {(text, lang): number for (text, lang), number in told.items() if english.search(text)}
    assert sum(number for (_, lang), number in lent.items() if lang == "en") > 1000
    assert [text for text, lang in lent if lang == "fr"] == []
    assert not any(sign in made.decode("utf-8", "replace") for made in in_french.values() for sign in (*LENT, *OWN))


def test_names_that_are_lent_from_english_are_read_out_as_english(pages_in_french: dict[str, Element]):
    english = english_of("de")
    told = Counter(
        (node.get(name, ""), lang)
        for page in pages_in_french.values()
        for node, lang in within(page, "fr")
        for name in ("aria-label", "placeholder")
    )
    lent = {(name, lang): number for (name, lang), number in told.items() if english.search(name)}
    assert sum(number for (_, lang), number in lent.items() if lang == "en") > 500
    assert {name for name, lang in lent if lang == "fr"} == set()


LENT_HERE = {
    "an element that holds nothing else": ('<h2 id="a">{words}</h2>', '<h2 id="a" lang="en">{words}</h2>'),
    "a text beside others": ("<p>Voici : {words}</p>", '<p>Voici : <bdi lang="en">{words}</bdi></p>'),
    "words behind words": ("<p>{words} {words}</p>", '<p lang="en">{words} {words}</p>'),
    "an attribute": ('<meta content="{words}">',) * 2,
    "words behind words in an attribute": ('<meta content="{words} {words}">',) * 2,
    "a name of what holds others": (
        '<nav aria-label="{words}">\n <ul><li>Voici</li></ul> <h2>{words}</h2></nav><p>',
        '<nav aria-label="{words}" lang="en">\n <ul lang="fr"><li>Voici</li></ul> <h2 lang="en">{words}</h2></nav><p>',
    ),
    "a name of what holds others, one of them empty": (
        '<section aria-label="{words}"><img src="a"><p class="b">Voici</p></section>',
        '<section aria-label="{words}" lang="en"><img src="a" lang="fr"><p class="b" lang="fr">Voici</p></section>',
    ),
    "a name of what holds a text": ('<nav aria-label="{words}">Voici <a>Voici</a></nav>',) * 2,
    "a name of what readers write in": (
        '<input aria-label="{words}" placeholder="{words}">',
        '<input aria-label="{words}" placeholder="{words}" lang="en">',
    ),
    "a name of a letter": (
        '<a href="#a" aria-label="{words}">ab</a>',
        '<a href="#a" aria-label="{words}" lang="en">ab</a>',
    ),
    "a name of words": ('<a href="#a" aria-label="{words}">Voici</a>',) * 2,
    "a name with others": ('<a href="#a" aria-label="Voici : {words}">ab</a>',) * 2,
    "a button with a picture": (
        '<button aria-label="{words}"> <svg><path d=""/></svg></button>',
        '<button aria-label="{words}" lang="en"> <svg><path d=""/></svg></button>',
    ),
    "a button that says something": ('<button aria-label="{words}">Voici</button>',) * 2,
    "a title, which has one language": ("<title>{words} · Voici</title>",) * 2,
    "a choice": ("<option>{words}</option>", '<option lang="en">{words}</option>'),
    "what a script says": ('<form data-none="{words}"></form>', '<form data-lent="en" data-none="{words}"></form>'),
    "what a script says beside a list": (
        '<section data-keys="{words}"></section>',
        '<section data-lent="en" data-keys="{words}"></section>',
    ),
    "a program": ("<script>a<b&&c('{words}')</script>",) * 2,
    "an element of another language": ('<p lang="de">{words}</p>', '<p lang="de"><bdi lang="en">{words}</bdi></p>'),
}


@pytest.mark.parametrize("where", LENT_HERE)
def test_lent_words_say_so_where_they_land(where: str):
    made, wanted = LENT_HERE[where]
    words = Words("fr", {}).html("ledger")
    assert finished(made.format(words=words), "fr") == wanted.format(words="What was traced")


def test_a_name_within_lent_words_remains_in_the_language_of_the_page():
    words = Words("fr", {"months": " ".join("abcdefghijkl")})
    told = finished(f"<p>{words.html('made-editor', name='Zoé')}</p>", "fr")
    assert told == '<p lang="en">Edited by <bdi lang="fr">Zoé</bdi>.</p>'
    told = finished(f"<p>{words.html('contents-stories', count=3)}</p>", "fr")
    assert told == '<p lang="en">3 stories</p>'


def test_days_are_lent_only_where_the_months_are():
    english, french = Words("fr", {}), Words("fr", {"months": "j f m a m j juillet a s o n d"})
    told = [words.apart(words.day, "months")(date(2026, 7, 2)) for words in (english, french)]
    assert finished("<b>{}</b><b>{}</b>".format(*told), "fr") == '<b lang="en">2 July 2026</b><b>2 juillet 2026</b>'


def test_english_sentences_on_a_page_from_right_to_left_follow_each_other_as_in_english():
    words = Words("ar", {})
    told = finished(f"<p>{words.html('made-unreviewed')} {words.html('made-reviewed', name='ليلى')}</p>", "ar")
    assert told.count("\N{FIRST STRONG ISOLATE}") == told.count("\N{POP DIRECTIONAL ISOLATE}") == 1
    assert told.startswith('<p lang="en">\N{FIRST STRONG ISOLATE}')
    assert told.count("lang=") == 2


def test_a_name_in_latin_letters_does_not_turn_an_arabic_headline_round():
    arabic = Words("ar", {})
    assert arabic.way("OpenAI تخطط لمركز بيانات في الرياض") == "rtl"
    assert arabic.way("OpenAI plans a data centre in Riyadh") == "ltr"
    assert Words("en", {}).way("تخطط OpenAI") == "rtl"
    assert Words("en", {}).way("21 OpenAI تخطط") == "ltr"


def running(node: Element, way: str) -> Iterator[tuple[str, str]]:
    """What the text of a page says, each with the direction in which it runs: `auto` where that is its own."""
    tag = node.tag.rpartition("}")[2]
    if tag in ("script", "style", "head", "code", "pre"):
        return
    way = node.get("dir") or ("auto" if tag == "bdi" else way)
    yield node.text or "", way
    for child in node:
        yield from running(child, way)
        yield child.tail or "", way


def test_no_full_stop_of_an_english_sentence_stands_at_its_beginning_on_an_arabic_page():
    of = sample()
    there = replace(of, newsletter=replace(of.newsletter, language="ar", messages={}))
    pages = [parsed(make()) for path, make in files(there) if path.endswith(".html")]
    told = {(text.strip(), way) for page in pages for text, way in running(page, "rtl")}
    sentences = {(text, way) for text, way in told if text.endswith((".", "?")) and text[:1].isalpha()}
    assert len(sentences) > 500
    assert [text for text, way in sentences if way == "rtl"] == []


def test_a_headline_that_runs_against_its_page_stands_with_what_is_told_of_it():
    arabic = "أعلنت شركة ميتا عن التزام جديد"
    mixed = site(story(title=arabic, dek=f"{arabic}."), edition())
    river = page(mixed, "stories/")
    teaser = next(node for node in river.iter("article"))
    assert [inner.tag for node in teaser if node.tag in ("h2", "p") for inner in node.iter("bdi")] == ["bdi", "bdi"]
    assert [node.get("dir") for node in teaser.iter()].count(None) == len(list(teaser.iter()))
    told = [node for node in page(mixed, "stories/meta-coreweave/").iter() if node.get("class") in ("dek", "text")]
    assert [node.get("dir") for node in told] == ["rtl", "rtl"]


def test_a_text_that_runs_as_its_page_needs_no_sign_of_it():
    body = dict(files(sample()))["stories/index.html"]().decode().partition("<main")[2]
    assert "<bdi" not in body
    assert " dir=" not in body


@pytest.mark.parametrize("language", languages())
def test_a_reading_time_stays_on_one_line(language: str):
    assert " " not in Words(language, {}).minutes(1_000)


def test_what_a_link_is_called_holds_no_headline_which_may_be_of_another_language():
    text = "Une phrase d'un autre pays"
    told, other = (story(slug, source(title=text), title=text) for slug in ("told", "other"))
    shown = site(told, other, edition("2026-04-11", "told", "other", title=text))
    names = {
        node.get("aria-label") or ""
        for path, make in files(shown)
        if path.endswith(".html")
        for node in parsed(make()).iter()
    }
    assert {
        "Place a in the story of 11\xa0April 2026",
        "Back to where source 1 is cited, a",
        "11\xa0April 2026",
    } <= names
    assert [name for name in names if text in name] == []


def test_the_title_of_an_arabic_front_page_keeps_the_full_stop_of_an_english_tagline_at_its_end():
    there = newsletter(language="ar", name="الحاشية", tagline="The day in AI.")
    (title,) = page(site(story(), edition(), newsletter=there), "").iter("title")
    assert title.text == "الحاشية · \N{FIRST STRONG ISOLATE}The day in AI.\N{POP DIRECTIONAL ISOLATE}"
    (plain,) = page(site(story(), edition()), "").iter("title")
    assert plain.text == "The Footnote · The day in AI, with its sources."


def test_what_a_story_said_stands_below_its_label_whichever_way_it_runs():
    note = Correction(NOON, was="Sixteen.", now="Sixty.")
    there = newsletter(language="ar", messages={"correction-was": "قالت", "correction-now": "تقول"})
    shown = page(site(story(corrections=(note,)), edition(), newsletter=there), "corrections/")
    said = [node for node in shown.iter("dd") if words(node) in (note.was, note.now)]
    assert [(node.get("dir"), len(list(node.iter("bdi")))) for node in said] == [(None, 1), (None, 1)]


@pytest.mark.parametrize("language", languages())
def test_no_label_speaks_of_what_is_kept_or_reckoned_as_the_program_does(language: str):
    """Words of the trade that stand in the program and its documents, and which readers do not use."""
    odd = re.compile(r"\b(reckon\w*|hold it against|held against it|asked here|slip in|found gone)\b")
    assert [key for key, text in catalogue(language).items() if odd.search(text)] == []
