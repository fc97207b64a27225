"""A screen saves the patterns that would find nothing; it never hides a figure."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures import amounts, dates, fractions, identifiers, labels, manner, read, scores, screen
from tests.trust.corpus import written_cases

CASES = written_cases()
TEXTS = [str(text) for cases in CASES.values() for case in cases for text in (case[True], case[False])]
WRITTEN = """
    in May 2026|on 9 April|9:30|3 p.m.|No. 2|#3|21st|27th|Q3|Q1|the second-largest|is first|ranked third|half the
    |by half|a third of|two thirds of|two of three|nine in ten|a half-point|half a billion|doubled|tenfold|two-fold
    |half a dozen|a third of a million|a couple of hundred|a half-million|a quarter|million|a few|thousand|dozen
    |$21 billion|twenty-one|a dozen|three|a million|USD40|€5|fell|up
    |GPT-5.5|H100|H100s|DeepSeek-R1|Qwen3.5|GPT-5.5 beats|Gemini 3|USD1.5|TSMC 3nm
    |v1.2.3|Version 2.5|late June|mid-2025|2026-04-11
    |2 to 6|2-6 May|12, 13 and 15|June 12 and 15|May 2-6|and|
    |88-74|lost 3-2|vote was 5 to 4|nine votes to six|119/71|34:02|24/7|8-3-2|7-6(7)|12 C.F.R. § 1026.4|347 U.S. 483
    |978-0-306-40615-7|+44 20 7946 0958|59°20′N|2½|1 1/2|10²¹|1.6 × 10^-19|3 hours and 52 minutes|5 ft 11 in|7 pounds
    |4 ounces|64.5 × 51 cm|−17.4 °C|220C|thirty (30) days|1939-45|03.05.2026|19.30 Uhr|zwei|Montag, 3. Mai
    |USD/JPY 158.20
    |2026年4月|Monday 4 May|the first of June|from April to|in août|FY26|2024/25|may|march|words|of it
"""
PIECES = [piece.strip() for piece in WRITTEN.split("|")]


class _Everything(frozenset):  # type: ignore[type-arg]
    """Words among which every word is."""

    def isdisjoint(self, other: object) -> bool:
        return False


def unscreened(text: str) -> tuple[read.Measured, ...]:
    """What the patterns find when each is tried at every place of the text."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (amounts, dates, fractions, labels, scores):
            patch.setattr(module, "words_of", lambda text: _Everything())
            patch.setattr(module, "words_at", lambda text, words: range(len(text)))
        for module in (amounts, dates, identifiers, labels, scores):
            patch.setattr(module, "numbers_at", lambda text: range(len(text)))
        patch.setattr(labels, "capitals_at", lambda text: range(len(text)))
        patch.setattr(manner, "may_have", lambda text, words: True)
        patch.setattr(manner, "words_of", lambda text: _Everything())
        patch.setattr(read, "has_digit", lambda text: True)
        return read.measured(text)


@pytest.mark.parametrize("text", [*TEXTS, *PIECES])
def test_no_figure_of_the_written_cases_is_hidden(text: str):
    assert read.measured(text) == unscreened(text)


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=6),
    st.sampled_from([" ", ", ", " (", "-", "“", " – ", ""]),
)
def test_no_figure_is_hidden_whatever_stands_around_it(pieces: list[str], between: str):
    text = between.join(pieces)
    assert read.measured(text) == unscreened(text)


@pytest.mark.parametrize("text", ["nothing may stand before may day comes", "They march for march, from march on"])
def test_a_verb_is_no_month(text: str):
    assert read.measured(text) == ()


@given(st.text("ab1 é年", max_size=9), st.sampled_from([r"(?<!a)b\d?", r"[ab]+", r"1(?=b)", r"\bé"]))
def test_a_pattern_that_is_tried_at_some_places_finds_what_it_finds_at_all(text: str, pattern: str):
    compiled = re.compile(pattern)
    places = [found.start() for found in re.finditer("[ab1é]", text)]
    assert [m.span() for m in screen.matches(compiled, text, places)] == [m.span() for m in compiled.finditer(text)]


@given(st.lists(st.sampled_from([*PIECES, "ſix of ſeven", "٣ of ٤"]) | st.text(max_size=3), max_size=4).map(" ".join))
def test_a_text_that_is_bare_at_a_glance_has_no_figure(text: str):
    if read.is_bare(text):
        assert read.with_ranges(text, unscreened(text)) == ()
