"""A line of a headline breaks between words that can stand alone, and nowhere else."""

import re

import pytest

from generator.typeset.breaks import bind_day, bind_heading, bind_page
from tests.make import NOON, page, site, source, story


def lines(headline: str) -> list[str]:
    """What a browser may set on lines of their own, were the column as narrow as could be."""
    text = str(bind_heading(headline))
    return text.replace('<span class="name-whole">', "").replace("</span>", "").split(" ")


ENGLISH = ("Colossus 2", "Crane 9,", "$150 million", "8 May", "LongCat-2.0", "high-risk", "21 GW", "Claude 4")
GERMAN = ("28. November", "3 Milliarden", "20 Uhr")


@pytest.mark.parametrize("name", [*ENGLISH, *GERMAN])
def test_a_figure_stays_with_what_it_belongs_to(name: str):
    bound = name.replace(" ", "\N{NO-BREAK SPACE}")
    assert bound in lines(f"Reflection rents {name} for a month")


def test_what_a_hyphen_joins_stays_on_a_line_unless_a_phone_has_no_room_for_it():
    assert str(bind_heading("A second-hand market")) == 'A <span class="name-whole">second-hand</span> market'
    assert str(bind_heading("Ein Open-Source-Betriebssystem")) == "Ein Open-Source-Betriebssystem"


@pytest.mark.parametrize(
    "words", ["sells 2 of", "Top 100 list", "Grew 3.5 times", "Of 12% more", "C++ 2 is", "May 2026 ends"]
)
def test_other_numbers_stand_alone(words: str):
    assert lines(f"Reflection {words}")[1:] == words.split()


def test_signs_of_markup_are_data():
    assert str(bind_heading("<b>A&B 2")) == "&lt;b&gt;A&amp;B 2"


@pytest.mark.parametrize("figures", ["$115-135", "1-2", "40,000-50,000", "3.5-4.5", "2026-04-11"])
def test_on_a_page_a_range_does_not_break_behind_its_hyphen(figures: str):
    whole = f'<span class="name-whole">{figures}</span>'
    assert bind_page(f"<p>With {figures}, or less.</p>") == f"<p>With {whole}, or less.</p>"


@pytest.mark.parametrize("name", ["GPT-5.5", "LongCat-2.0", "mid-2026", "GPT-Realtime-2", "Opus-4-preview"])
def test_on_a_page_the_name_of_a_model_does_not_break_before_its_number(name: str):
    whole = f'<span class="name-whole">{name}</span>'
    assert bind_page(f"<p>Well-known {name}, <b>{name}</b>.</p>") == f"<p>Well-known {whole}, <b>{whole}</b>.</p>"


@pytest.mark.parametrize("text", ['<a href="/2026-04/">a-b</a>', "<cw-cite n=1-2>", "twenty-one", "in 2-day"])
def test_addresses_and_words_with_a_hyphen_stay_as_they_are(text: str):
    assert bind_page(text) == text


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("Thursday 9 April 2026", "Thursday 9~April 2026"),
        ("26. November 2026", "26.~November 2026"),
        ("2 juillet 2026", "2~juillet 2026"),
        ("9 April 2026, 19:00 UTC−4", "9~April 2026, 19:00~UTC−4"),
    ],
)
def test_the_number_of_a_day_stays_with_its_month_in_any_language(day: str, wanted: str):
    assert bind_day(day) == wanted.replace("~", "\N{NO-BREAK SPACE}")


def test_the_days_of_a_page_are_bound_but_for_those_that_are_copied():
    read = source(accessed=NOON.date())
    shown = page(site(story("meta-coreweave", read, event=NOON.date())), "stories/meta-coreweave/")
    told = [text for node in shown.iter() for text in (node.text, node.tail) if node.tag != "pre" and text]
    days = [text for text in told if re.search(r"\d\sApril", text)]
    assert len(days) > 2
    assert [text for text in days if "\N{NO-BREAK SPACE}April" not in text] == []
