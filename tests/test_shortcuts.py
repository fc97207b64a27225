"""What is judged quickly is judged as it would be slowly: no shortcut hides what the whole way round would find."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta
from itertools import chain, pairwise
from unittest.mock import patch
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import prose
from generator.check import figures, leftover, nearly, numbers, repeats, wholeness
from generator.check import markup as raw
from generator.check.language import language
from generator.check.reading import blocks
from generator.figures import screen
from generator.figures.read import is_bare, measured, with_ranges
from generator.model.address import link_fault
from generator.model.content import Story
from generator.prose import markdown, simple
from generator.render import xml
from generator.texts import abbreviations
from generator.texts.patterns import late, places_whole
from generator.trace import (
    deriving,
    glance,
    markup,
    names,
    quotations,
    reading,
    sentences,
    tracer,
)
from generator.trace.vocabulary import vocabulary
from tests import make
from tests.test_prose import SIMPLE

MARKUP = (
    *SIMPLE,
    "](",
    "](https://b.example/c)",
    "[d](https://b.example/c)",
    "![d](https://b.example/c)",
    "[@a](https://b.example/c)",
    "[d](b.example)",
    "[ ](https://b.example/c)",
    "[d [@a] e](https://b.example/c)",
    "\\[",
    "\\",
    "\x02",
    "> ",
    "- - ",
    "\n\t",
    "<https://b.example/c>",
    "[x]: https://b.example/c\n",
    "[d][x]",
    "~~~\n",
)
MARKED = st.lists(st.sampled_from(MARKUP), max_size=9).map("".join)
PIECES = (
    "The Corvex Labs said ",
    "xAI and iPhone, ",
    "“so it is, they said” ",
    '"not so" ',
    "it's ‘a b c d’ ",
    "Mr. Foo of No. 5. ",
    "e.g. A. B. Cee etc. ",
    "U.S. Steel! ",
    "1. One\n\n",
    "** **",
    "* *. ",
    "a__ __",
    "- *b* `c` _d_ | e\n",
    "### Heading\n",
    "> said [@a].  \n",
    "。お終い」。",
    "NATO’s “Élan” ",
    "remaining, MORE or lower ",
    "…\n",
    "\\*",
    " \u2028\x1f",
)
WRITTEN = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=7).map("".join)


@settings(max_examples=500)
@given(MARKED)
@example("[a [@b] \\[c](https://d.example/e)")
def test_nothing_is_wrong_with_a_text_that_a_glance_calls_plain(text: str):
    if prose.is_plain(text):
        read = prose.parse(text)
        assert (read.images, read.empty_links, read.cited_links, read.fault) == ((), 0, 0, "")
        assert not any(map(link_fault, read.links))


@pytest.mark.parametrize("mark", ["- ", "* ", "+ ", "1. ", "> ", "- > ", "> 1. "])
def test_a_text_that_is_nested_too_deeply_is_not_plain(mark: str):
    assert not prose.is_plain(f"Words.\n\n{mark * 900}words")


def test_a_text_with_too_many_brackets_is_not_plain():
    assert not prose.is_plain("[" * (prose.BRACKET_LIMIT + 1))


def test_links_and_citations_alone_need_no_reading():
    assert prose.is_plain("**One** [two](https://three.example/four) [@five].\n\n- Six [@seven; @eight]")


@settings(max_examples=500)
@given(MARKED)
@example("[a](<b [@c]>)")
def test_what_a_page_shows_as_citations_is_known_without_reading_the_text(text: str):
    assert [*prose.shown(text)] == [*chain.from_iterable(prose.parse(text).cited)]


@given(MARKED)
def test_brackets_are_found_alike_where_there_is_no_code(text: str):
    text = text.replace("`", "").replace("\\", "")
    slow, quick = (
        [found["bracket"] for found in pattern.finditer(text)]
        for pattern in (prose._CODE_OR_BRACKET, prose._ANY_BRACKET)
    )
    assert slow == quick


@given(st.text(max_size=12) | WRITTEN | st.text(st.characters(codec="cp1252"), max_size=30))
@example("Ünd µ ²x“y” Ÿ ª1 ß")
def test_words_and_digits_are_found_by_a_table_as_by_a_pattern(text: str):
    assert screen.words_in(text) == re.findall(r"[^\W_]+", text.lower())
    assert screen.has_digit(text) == bool(re.search(r"\d", text))


@given(WRITTEN)
def test_markup_is_covered_and_every_character_stays_at_its_place(text: str):
    covered, citations = markup.covered(text)
    assert len(covered) == len(text)
    kept = ((was, now) for was, now in zip(text, covered, strict=True) if now != markup.COVER)
    assert all(was == now or (was, now) == ("|", markup.CELL) for was, now in kept)
    assert [found[1] for found in re.finditer(r"\s*\[(@[^\]\[\n]*)\]", text)] == [inside for _, inside in citations]
    for found in re.finditer(r"\s*\[(@[^\]\[\n]*)\]", text):
        assert set(covered[slice(*found.span())]) == {markup.COVER}


@given(st.text("ABMr. aoegdt(5", max_size=14), st.integers(0, 14))
@example("By A ", 0)
def test_a_short_form_is_known_by_its_word_as_by_a_pattern(text: str, start: int):
    stop = len(text)
    slow = abbreviations.ABBREVIATION.search(text, max(start, stop - 12), stop)
    if not text[start - 1 : start].isalnum():
        assert abbreviations.is_abbreviated(text, start, stop) == bool(slow)


def test_every_short_form_is_known():
    assert all(abbreviations.is_abbreviated(f"By {word}", 0, 3 + len(word)) for word in abbreviations.SHORT)


def everywhere(pattern: re.Pattern[str], text: str, places: object) -> object:
    return pattern.finditer(text)


@given(WRITTEN)
@example("お終い。お終い。 «a» and „b” 「c」")
def test_sentences_and_quotations_are_found_where_they_can_begin(text: str):
    quick = reading._bounds(text, False), [*quotations.find(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "matches", everywhere)
        patch.setattr(quotations, "matches", everywhere)
        assert quick == (reading._bounds(text, False), [*quotations.find(text)])


@given(WRITTEN)
def test_names_are_found_beside_their_capitals(text: str):
    known = vocabulary((), ("Corvex Labs", "The"))
    slow = [
        named for found in names._NAME.finditer(text) for named in names._named(text, found.start(), found[0], known)
    ]
    assert [*names.find(text, known)] == slow


PLAIN = st.sampled_from(
    "Corvex corvex The A a I X rose half no may in two third-largest co. Co-op x, (so) e.g. it's “no” 5 × ſix".split()
)
SMALL = st.lists(PLAIN, min_size=1, max_size=6).map(" ".join)


@settings(max_examples=500)
@given(SMALL | st.text("aAxI .,-(×ſ", max_size=9))
@example("Corvex rose")
@example("Co-op rose")
def test_a_sentence_that_a_glance_calls_idle_claims_nothing(sentence: str):
    known = vocabulary((), ("Corvex", "Co-op", "e"))
    if glance.claims_nothing(sentence, known):
        written = sentences.Written(0, sentence, ())
        assert tracer._claims(written, (), (), (), known, date(2026, 4, 12)) == ((), ())


def test_a_sentence_of_small_words_needs_no_more_than_a_glance():
    known = vocabulary((), ("Corvex",))
    assert glance.claims_nothing("The talks went on, and nobody (it seems) left.", known)
    assert not glance.claims_nothing("Corvex went on.", known)


@given(WRITTEN | SMALL)
def test_a_text_without_figures_is_known_by_a_glance(text: str):
    if is_bare(text):
        assert (*measured(text), *with_ranges(text, ())) == ()


@given(WRITTEN | st.sampled_from(["It REMAINS", "remainder", "a lead", "misleading", "Moreover", "ſhort"]))
def test_a_word_for_a_difference_is_never_overlooked(text: str):
    assert deriving._tells_difference(text) == bool(deriving._DIFFERENCE.search(text))


@given(st.text("5.,- a1", max_size=9), st.sampled_from(["5", "1.5", "5,1", "-5"]))
def test_a_figure_stands_in_a_text_where_a_pattern_finds_it(text: str, figure: str):
    assert figures.has_figure(text, figure) == bool(re.search(rf"(?<![\d.,-]){re.escape(figure)}(?![.,]?\d)", text))


@given(st.text("abé_ .", max_size=12), st.sampled_from(["a", "ab", "a b", "a.", ".a", "aa", "é", ""]))
def test_words_stand_whole_where_a_pattern_finds_them(text: str, words: str):
    before, behind = r"(?<![^\W_])" if words[:1].isalnum() else "", r"(?![^\W_])" if words[-1:].isalnum() else ""
    found = re.finditer(f"{before}{re.escape(words)}{behind}", text) if words else ()
    assert [*places_whole(words, text)] == [place.start() for place in found]


@given(WRITTEN)
def test_no_empty_emphasis_is_in_a_block_that_is_not_in_the_text(text: str):
    if not wholeness._EMPTY_EMPHASIS.search(text):
        assert not any(wholeness._EMPTY_EMPHASIS.search(block.text) for block in blocks(text) if block.kind != "code")


def test_code_between_marks_is_no_empty_emphasis():
    told = make.story("told", make.source("a"), body="Run **`pip install x`** and __`y`__. It is ** ** done. [@a]")
    found = list(wholeness.empty_emphasis(told, make.library(told)))
    assert [(finding.excerpt, finding.earlier) for finding in found] == [("** **", 0)]


@given(WRITTEN)
@example("* *. and __ __")
def test_an_empty_emphasis_is_found_sign_by_sign(text: str):
    assert any(empty.search(text) for empty in wholeness._EMPTY) == bool(wholeness._EMPTY_EMPHASIS.search(text))


@given(MARKED | WRITTEN)
@example("a[@b]")
def test_no_text_that_begins_with_a_letter_and_has_no_heading_is_empty(text: str):
    if text[:1].isalpha() and "#" not in text:
        assert any(block.words for block in blocks(text) if block.kind != "heading")


def texts_of(pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces.split("|")), max_size=9).map("".join)


@given(texts_of("[|]|INSERT|TODO|:| |insert |TK|TKTK|citation| needed]|(|XX|a"))
@example("TODO: the figure")
@example("[INSERT FIGURE]")
@example("so it is [Source needed]")
@settings(max_examples=500)
def test_a_place_to_be_filled_is_near_a_sign_that_a_glance_sees(text: str):
    if leftover._GAP.search(text):
        assert leftover._BRACKET.search(text) or any(sign in text for sign in leftover._GAP_SIGNS)


@given(texts_of("[|]|1|^|†|【|】|cite|turn0|search1|[oaicite:|[cite: |_start|a| "))
@example("【1†L2】")
@example("[^1^]")
@example("[cite_start]so it is[cite: 1]")
@example("citeturn0search1")
@settings(max_examples=500)
def test_a_mark_of_a_drafting_tool_is_near_a_sign_that_a_glance_sees(text: str):
    if nearly._DRAFTED.search(text):
        assert list(nearly.drafted(text))


@given(texts_of("$21|€ 5|£|21|,5|,50|.500.000|%| million| per cent|,500,000|.5| Milliarden| Euro| a "))
@example("a bill of $21,5 billion")
@example("€ 1.500.000")
@example("1.500,5 million")
@example("up 5,25%")
@example("1.2 Milliarden")
@example("1,500,000 Euro")
@settings(max_examples=500)
def test_a_number_of_another_language_is_near_a_sign_that_a_glance_sees(text: str):
    for foreign in numbers._FOREIGN.values():
        if foreign.number.search(text):
            assert foreign.near.search(text)


@given(MARKED | WRITTEN)
@example("1) a\n2) b")
@example("• a")
@example("a **b")
def test_markup_that_is_shown_has_a_sign_that_a_glance_sees(text: str):
    if [*raw._shown(text)]:
        assert raw._may_have(text)


@given(MARKED)
@example("[a](https://b.example/c) and **d**")
def test_markup_that_a_page_shows_as_it_was_meant_is_not_blamed(text: str):
    if simple.convert(text) and not raw._NUMBERED.search(text):
        assert [*raw._shown(text)] == []


def test_words_of_a_machine_have_the_sign_by_which_a_text_is_searched():
    assert all(sign in words for sign, left in language("en").left for words in left)


def test_a_late_pattern_is_compiled_when_it_is_used_and_not_before(monkeypatch: pytest.MonkeyPatch):
    pattern = late(r"(a)(b)?", re.IGNORECASE)
    compiled = re.compile(r"(a)(b)?", re.IGNORECASE)
    asked = []
    monkeypatch.setattr(re, "compile", lambda *made_of: asked.append(made_of) or compiled)
    assert not asked
    assert [found.groups() for found in pattern.finditer("xAb a")] == [("A", "b"), ("a", None)]
    assert pattern.match("ab", 1) is None
    assert asked == [(r"(a)(b)?", re.IGNORECASE)]
    assert not hasattr(pattern, "groups")


def test_a_command_that_judges_nothing_does_not_compile_what_figures_are_found_by():
    code = "import generator.check.judging; from generator.figures import dates; print('match' in vars(dates._DATE))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@given(st.text(), st.text(), st.text())
def test_lines_of_a_feed_are_those_of_a_tree_of_elements(text: str, other: str, value: str):
    root = ElementTree.Element("feed", {"xml:lang": value})
    xml.element(root, "title", text, of=value, kind=other)
    author = xml.element(root, "author", at=value)
    xml.element(author, "name", other)
    xml.element(author, "link", None, href=text)
    lines = xml.line(1, "title", text, of=value, kind=other)
    lines += xml.block(1, "author", xml.line(2, "name", other) + xml.line(2, "link", href=text), at=value)
    assert xml.of_lines("feed", {"xml:lang": value}, lines) == xml.document(root)


@given(MARKED | st.text())
def test_words_without_signs_are_escaped_as_all_are(text: str):
    quick = markdown.escaped(text)
    with patch.object(markdown, "_SIGN", re.compile("")):
        assert markdown.escaped(text) == quick
    assert markdown._at_start(text) == markdown._AT_START.sub(r"\1\\", text)


HEADLINES = st.lists(st.sampled_from(["meta", "chips", "rivals", "sues", "raises", "funds", "ai", "of"]), max_size=6)
NEWS = st.builds(
    lambda number, title, hours, **more: make.story(
        f"story-{number}", title=" ".join(title), published=make.NOON + timedelta(hours=hours), **more
    ),
    st.integers(0, 30),
    HEADLINES,
    st.integers(0, 130),
    event=st.sampled_from([None, make.NOON.date(), make.NOON.date() + timedelta(days=1)]),
    mentions=st.sampled_from([("a", "b", "c"), ("a", "b", "c", "d"), ("a",)]),
    topics=st.sampled_from([("x",), ("y", "x"), ()]),
    updates=st.none() | st.integers(0, 30).map("story-{}".format),
)


@given(st.lists(NEWS, max_size=14))
def test_a_story_that_tells_what_another_told_is_found_as_if_it_were_compared_with_all(stories: list[Story]):
    library = make.library(*stories)
    found = sorted((file, finding.what) for file, finding in repeats.same_event(library))
    with patch.object(repeats._Recent, "like", lambda recent, told: list(recent._all)):
        assert found == sorted((file, finding.what) for file, finding in repeats.same_event(library))


WRITTEN = (
    *(
        "Revenue fell by **5%** to",
        "$2.08 billion",
        "**$640 million**",
        "on 7 April",
        "2026",
        "a third",
        "3-1",
        "twice",
    ),
    *(
        "[a deal of 300 MW](https://a.example/)",
        "[@a]",
        "[@a; @b]",
        "`12`",
        "_14_",
        "&amp; 9 kg",
        "two of three",
        "no. 7",
    ),
    *(
        "| Year | 2025 |\n| --- | --- |\n| Sales | 4 |",
        "1. ",
        "# Since 1999",
        "> ",
        "- ",
        "\n",
        "\n\n",
        ". ",
        ".",
        "! ",
        "  ",
    ),
)


@given(st.lists(st.sampled_from(WRITTEN)).map(" ".join))
@settings(deadline=None)
def test_rules_and_tracing_read_the_same_figures_and_each_where_it_stands(text: str) -> None:
    words = markup.covered(text)[0]
    found = figures.measures(text, "en")
    assert [words[item.start : item.end] for item in found] == [item.text for item in found]
    assert all(one.end <= other.start for one, other in pairwise(found))
    told = [markup.plain(item.text) for item in found]
    for sentence in sentences.read(text):
        for item in measured(sentence.text):
            assert item.text in told
