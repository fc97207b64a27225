"""A screen saves the patterns that would find nothing; it never hides a figure."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.figures import amounts, dates, fractions, labels, read

CASES = yaml.safe_load((Path(__file__).parent / "trust/cases.yml").read_text())
TEXTS = [str(text) for cases in CASES.values() for case in cases for text in (case[True], case[False])]
PIECES = "in May 2026|on 9 April|9:30|3 p.m.|No. 2|#3|21st|Q3|the second-largest|half the|a third of|doubled|tenfold"
PIECES += "|two-fold|$21 billion|twenty-one|a dozen|GPT-5.5|late June|2026-04-11|2026年4月"
PIECES += "|may|march|words|of it|three|a million"


class _Everything(frozenset):  # type: ignore[type-arg]
    """Words among which every word is."""

    def isdisjoint(self, other: object) -> bool:
        return False


def unscreened(text: str) -> tuple[read.Measured, ...]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (amounts, dates, fractions, labels, read):
            patch.setattr(module, "words_of", lambda text: _Everything())
        return read.measured(text)


@pytest.mark.parametrize("text", TEXTS)
def test_no_figure_of_the_written_cases_is_hidden(text: str):
    assert read.measured(text) == unscreened(text)


@given(
    st.lists(st.sampled_from(PIECES.split("|")) | st.text(max_size=3), max_size=6),
    st.sampled_from([" ", ", ", " (", "-", "“"]),
)
def test_no_figure_is_hidden_whatever_stands_around_it(pieces: list[str], between: str):
    text = between.join(pieces)
    assert read.measured(text) == unscreened(text)


@pytest.mark.parametrize("text", ["nothing may stand before may day comes", "They march for march, from march on"])
def test_a_verb_is_no_month(text: str):
    assert read.measured(text) == ()
