"""A reader who set the letters of the browser twice as large, on a phone: nothing is torn, nothing stands outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.test_narrow_screens import TORN

PATHS = (
    "",
    "editions/",
    "editions/2026/",
    "editions/2026-04-11/",
    "stories/",
    "stories/meta-coreweave-21bn/",
    "entities/meta/",
    "publishers/",
    "subscribe/",
    "how-we-check/",
    "search/",
    "about/",
)


@pytest.fixture(scope="module")
def large(browser, address: str) -> Iterator[object]:
    """A page on a phone, in a browser whose letters have 32 pixels."""
    opened = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, "--blink-settings=defaultFontSize=32"])
    yield opened.new_page(base_url=address, viewport={"width": 360, "height": 800})
    opened.close()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_stands_outside_the_screen(large, path: str):
    large.goto(path)
    assert large.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert large.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", ["", "editions/2026-04-11/", "stories/anthropic-mythos-glasswing/"])
def test_nothing_stands_outside_where_a_style_sheet_of_the_reader_makes_letters_larger(page, path: str):
    page.goto(path)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("path", ["", "editions/2026-04-11/", "stories/meta-coreweave-21bn/"])
def test_no_word_of_the_name_or_of_a_headline_is_torn(large, path: str):
    large.goto(path)
    words = set(large.locator(":is(.name, h1)").all_inner_texts())
    torn = set(large.evaluate(TORN))
    assert not {word for word in torn if any(word in text.split() for text in words)}


def test_the_name_of_the_newsletter_does_not_run_under_the_signs_beside_it(large):
    large.goto("")
    name = large.evaluate(
        """() => {
          const range = new Range();
          range.selectNodeContents(document.querySelector(".name"));
          const box = range.getBoundingClientRect();
          return [box.left, box.right];
        }"""
    )
    seek, switch = (large.locator(f"{one} svg").first.bounding_box() for one in (".seek", ".theme-switch"))
    assert seek["x"] + seek["width"] <= name[0]
    assert name[1] <= switch["x"]


@pytest.mark.parametrize("path", ["", "stories/meta-coreweave-21bn/"])
def test_the_name_is_whole_where_a_style_sheet_of_the_reader_makes_letters_larger_on_a_phone(context_of, path: str):
    page = context_of(viewport={"width": 360, "height": 740}).new_page()
    page.goto(path)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert "Footnote" not in page.evaluate(TORN)
