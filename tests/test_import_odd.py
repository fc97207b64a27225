"""HTML of odd shapes: it is imported, and in a time that grows with its length and no faster."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from generator.importers.clean import Cleaner, Link, xml_of
from generator.importers.placing import mark, placed
from generator.importers.posts import Post
from generator.importers.sources import Places, Publishers
from generator.importers.stories import Vocabularies, made, written
from generator.importers.value import Imported, UnreadableError
from generator.model.vocabulary import Section
from generator.prose.markdown import markdown
from tests.test_hostile_input import work

NOON = datetime(2026, 4, 11, 12, tzinfo=UTC)
NO_WORDS = Vocabularies({"ai": Section("ai", "AI")}, {}, {})
BACK = '<a href="#r">b</a>'


def imported(html: str) -> str:
    """The file of a story of which this is the text; empty where there is none in it."""
    post = Post(Imported("a.html", "A title", None, html, address="https://old.example/p"), "p", NOON, None)
    try:
        story = made(post, NO_WORDS, Places({}, {}, Publishers({})), set())
    except UnreadableError:
        return ""
    return written(story.fields | {"published": NOON.isoformat()}, "")


def test_that_nobody_knows_where_a_post_stood_is_told_though_its_id_looks_like_an_address():
    id_ = "https://old.example/?p=7"
    posts = [
        Post(Imported(f"feed.xml, {id_}", "A title", None, "<p>Words.</p>", id=id_, address=address), "p", NOON, None)
        for address in ("", "https://old.example/p")
    ]
    told = [made(post, NO_WORDS, Places({}, {}, Publishers({})), set()).guesses for post in posts]
    assert [any("readers are told the file's name" in guess for guess in guesses) for guesses in told] == [True, False]


def body(html: str) -> str:
    """The Markdown of a text, with every link a citation that its last letter names."""

    def links(address: str, words: str, title: str) -> Link:
        return Link(cite=address[-1:]) if address.startswith("http") else Link()

    return placed(markdown(xml_of(Cleaner(links, links).root(html)), mark, 2)).strip()


def numbered(text: str, size: int) -> Iterator[str]:
    return (text.replace("#", str(number)) for number in range(size // len(text)))


def of(text: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """A text over and over, `#` in it being the number."""
    return lambda size: before + "".join(numbered(text, size)) + after


def nested(begin: str, end: str) -> Callable[[int], str]:
    return lambda size: begin * (size // len(begin + end)) + "x" + end * (size // len(begin + end))


SHAPES = {
    "elements in elements": nested("<div>word <b>", "</b></div>"),
    "quotations in quotations": nested("<blockquote>", "</blockquote>"),
    "lists in lists": nested("<ul><li>a", "</li></ul>"),
    "tables in tables": nested("<table><tr><td>", "</td></tr></table>"),
    "deep words": of("a<br>", "<p>" + "<b><i>" * 30),
    "deep paragraphs": of("<p>a</p>", "<blockquote>" * 50),
    "tiny elements": of("<i>a</i><b>b</b><code>c</code> <span>d</span>", "<p>"),
    "breaks before elements": of("a<br><b>b</b>", "<p>"),
    "no end of emphasis": of("<b>word "),
    "no end of paragraphs": of("<p>one <i>two "),
    "no end of items": of("<li>word ", "<ul>"),
    "no end of cells": of("<tr><td>word<td>b", "<table>"),
    "no end of links": of('<a href="https://a.example/#">word '),
    "ends of nothing": lambda size: "<b>" * (size // 8) + "</i> " * (size // 8),
    "ends crossed": of("<b><i>x</b></i>"),
    "a wide table": of("<td>a</td>", "<table><tr><td>b</td></tr><tr>"),
    "a long table": of("<tr><td>a</td><td>b</td></tr>", "<table>"),
    "short rows": lambda size: of("<td>a</td>", "<table><tr>")(size // 2) + of("<tr><td>a</td></tr>")(size // 2),
    "links to one host": of('<a href="https://a.example/#">word</a> and. ', "<p>"),
    "links to many hosts": of('<a href="https://a#.example/">word</a> and. ', "<p>"),
    "links to one place": of('<a href="#x">a</a> ', "<p id=x>"),
    "references to one note": of(
        'T<a href="#f" id="r">1</a>.', "<p>", f"</p><p id=f>See https://a.example/ {BACK}</p>"
    ),
    "references to a long note": lambda size: (
        of('T<a href="#f" id="r">1</a>.', "<p>")(size // 2) + of("word ", "</p><p id=f>", BACK)(size // 2)
    ),
    "a note of many links": of('<a href="https://a.example/#">w#</a> ', '<p><a href="#f" id=r>1</a></p><p id=f>', BACK),
    "what is left out": of("<p>a</p><nav>x</nav><p hidden>b</p>"),
    "what is empty": of("<p>a</p><p></p><hr>"),
    "lists without items": of("<li>a</li><b>b</b>", "<ul>"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_as_much_of_an_odd_shape_costs_twice_as_much(shape: str):
    once, twice = (work(lambda size=size: imported(SHAPES[shape](size))) for size in (12_000, 24_000))
    assert twice < 2.6 * once


SIGNS = {
    "tags without an end": of("<a "),
    "comments without an end": of("<!-- ", after=">"),
    "marked sections without an end": of("<![CDATA[", after="]>"),
    "quotation marks without an end": of('<a href="', after=">"),
    "tags as words": of("&lt;a ", "<pre>", "</pre>"),
    "citations as words": of("[@", "<p>"),
    "links as words": of("](", "<p>"),
    "blanks": lambda size: f"<pre>a{' ' * size}b</pre>",
    "sentences that are cited": of('<a href="https://a.example/#">w</a>. ', "<p>"),
    "a host of many names": lambda size: f'<p><a href="https://{"a." * (size // 2)}example/x">w</a></p>',
}


@pytest.mark.parametrize("shape", SIGNS)
def test_300_kilobytes_of_odd_signs_are_no_work(shape: str):
    start = time.process_time()
    imported(SIGNS[shape](300_000))
    assert time.process_time() - start < 8  # a search that begins anew at each of them takes half a minute


def test_paragraphs_items_and_cells_without_an_end_stay_apart():
    assert body("<p>One.<p>Two <i>three.<p>Four.") == "One.\n\nTwo *three.*\n\nFour."
    assert body("<ul><li>one<li>two<ul><li>three</ul><li>four</ul>") == "- one\n- two\n  - three\n- four"
    assert body("<table><tr><td>a<td>b<tr><td>c<td>d</table>") == "| a | b |\n| --- | --- |\n| c | d |"


def test_paragraphs_without_an_end_are_kept_however_many_there_are():
    assert body("<p>Words." * 200).count("Words.\n\n") == 199


def test_a_link_without_an_end_ends_where_the_next_begins():
    assert body('<p><a href="https://x.example/a">One, <a href="https://x.example/b">two') == "One, two [@a; @b]"


def test_words_stay_apart_where_elements_are_too_deep_to_be_kept():
    assert body("<div>" * 200 + "one<b>two</b><p>three" + "</div>" * 200 + "<p>four</p>") == "one two three\n\nfour"


def test_what_is_not_to_be_read_is_left_out_however_deep_it_is():
    deep = "<div>" * 200 + "words<script>no</script><p hidden>no<b>no</b></p><nav><div>no</nav>more"
    assert body(deep) == "words more"


def test_what_is_not_to_be_read_ends_with_what_holds_it():
    assert body("<div><nav>no<div>no</div>no</div><p>words</p>") == "words"
    assert body("<p>a<!-- no --><script>no</script>b</p>") == "ab"


def test_a_note_that_is_referred_to_again_says_what_it_says_once():
    note = "This is a remark of more than eight words, which says something."
    text = '<p>One<a href="#f" id="a">1</a>. Two<a href="#f" id="b">1</a>.</p>'
    pages = "".join(f'<a href="https://x.example/{name}">{name}</a> ' for name in "st")
    made_of = body(f'{text}<p id="f">{note} {pages}<a href="#a">↩</a><a href="#b">↩</a></p>')
    assert made_of.count("This is a remark") == 1
    assert made_of.count("[@s; @t]") == 2


def test_a_table_of_which_most_would_be_empty_is_words():
    rows = "<tr>" + "<td>a</td>" * 60 + "</tr>" + "<tr><td>b</td></tr>" * 60
    assert "|" not in body(f"<table>{rows}</table>")
