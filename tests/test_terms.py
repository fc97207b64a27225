"""Terms of the glossary in texts: explained once a page, and never where it would disturb."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import prose
from generator.link.site import link
from generator.model.content import PartText
from generator.model.vocabulary import Term
from generator.typeset.terms import Terms
from tests.make import BASE, by_class, edition, feed, library, page, story, words

INFERENCE = Term("inference", "inference", 'Running a "model".', ("inferences",))
ELO = Term("elo", "Elo", "A rating.", ("Elo score",))


def explained(markup: str, *terms: Term) -> list[str]:
    """The words that become links."""
    made = Terms(terms or (INFERENCE, ELO)).on_page("../../glossary/")(markup)
    return re.findall(r'<a class="term"[^>]*>([^<]*)</a>', made)


def test_the_first_occurrence_leads_to_the_glossary_with_its_meaning():
    made = Terms([INFERENCE]).on_page("../../glossary/")("<p>Mainly inference, and inference.</p>")
    assert made == (
        '<p>Mainly <a class="term" href="../../glossary/#term-inference" data-meaning="Running a &#34;model&#34;.">'
        "inference</a>, and inference.</p>"
    )


def test_a_term_is_explained_once_a_page_by_whichever_of_its_words_comes_first():
    explain = Terms([ELO]).on_page("")
    assert "term-elo" in explain("<p>An Elo score of 1357.</p>")
    assert "term-elo" not in explain("<p>Its Elo fell.</p>")


def test_the_longest_word_is_taken():
    assert explained("<p>An Elo score</p>") == ["Elo score"]


@pytest.mark.parametrize(
    "markup",
    [
        '<p><a href="https://x.example/inference">inference</a></p>',
        "<p><code>inference</code></p>",
        "<pre><code>inference</code></pre>",
        "<blockquote>\n<p>More inference.</p>\n<blockquote><p>x</p></blockquote><p>inference</p></blockquote>",
        '<cw-heading level="3">On inference</cw-heading>',
        '<p>"Mainly inference"</p>',
        "<p>“Mainly <em>inference</em>”</p>",
        '<p>Words. <cw-cite ids="inference"></cw-cite></p>',
        "<p>inferential, post-inference, inference-like</p>",
        "<p>an elo of 3</p>",
    ],
)
def test_links_code_headings_quotations_and_pieces_of_words_are_left_alone(markup: str):
    assert explained(markup) == []
    assert Terms([INFERENCE, ELO]).on_page("")(markup) == markup


@pytest.mark.parametrize("marks", ["“”", "„“", "«»", "””", "「」", "»«", '""'])
def test_what_stands_behind_a_quotation_of_any_language_is_explained(marks: str):
    assert explained(f"<p>{marks[0]}x Elo x{marks[1]} and inference</p>") == ["inference"]


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph():
    assert explained('<p>"Mainly compute</p><p>inference</p>') == ["inference"]


def test_a_term_is_found_at_the_beginning_of_a_sentence_and_over_a_broken_line():
    assert explained("<p>Inference costs more.</p>") == ["Inference"]
    assert explained("<p>An Elo\nscore</p>") == ["Elo\nscore"]


def test_in_scripts_without_blanks_a_word_may_run_on():
    assert explained("<p>추론은 비싸다</p>", Term("i", "추론", "m")) == ["추론"]


def test_a_term_may_hold_signs_of_html_and_of_patterns():
    for word in ("R&D", "C++", "Q.E.D.", "Moore's law", "a|b"):
        assert explained(f"<p>On {word.replace('&', '&amp;')} today</p>", Term("t", word, "m"))


def test_a_story_can_keep_a_term_plain_and_so_can_the_edition_that_shows_it():
    told = story(body="Mainly inference. [@hubkub]", parts=(PartText("summary", ("More Elo.",)),))
    for plain, found in ((), ["Elo", "inference"]), (("elo",), ["inference"]):
        item = story(body=told.body, parts=told.parts, plain_terms=plain)
        of = link(library(item, edition(), glossary={t.id: t for t in (INFERENCE, ELO)}), BASE)
        for path in ("stories/meta-coreweave/", "editions/2026-04-11/"):
            assert [words(e) for e in by_class(page(of, path), "term")] == found


def test_in_feeds_nothing_is_explained():
    told = story(body="Mainly inference. [@hubkub]")
    of = link(library(told, edition(), glossary={"inference": INFERENCE}), BASE)
    assert b"term" not in feed(of, "stories.json")


@given(st.text("<>&\"'“” aelo inference\n*_`[]()Elo", max_size=80))
def test_explaining_changes_no_word_of_any_text(text: str):
    markup = prose.parse(text).html
    made = Terms([INFERENCE, ELO]).on_page("g/")(markup)
    assert prose.plain(made) == prose.plain(markup)
    assert re.sub(r'<a class="term"[^>]*>([^<]*)</a>', r"\1", made) == markup
