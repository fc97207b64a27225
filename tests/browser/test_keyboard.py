"""How far it is by keyboard: a text has hundreds of numbers, and the cards behind them have links of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

STORY, EDITION = "stories/meta-coreweave-21bn/", "editions/2026-04-11/"
IN_CARD = "() => document.activeElement.closest('#cite-card') !== null"
IN_SOURCES = "() => document.activeElement.closest('.sources') !== null"
STOPS = "() => document.querySelectorAll('main :is(a, summary, button, input):not(.sources *)').length"

OUT_OF_REACH = """() => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const scrolls = one => one.scrollWidth > one.clientWidth && /auto|scroll/.test(getComputedStyle(one).overflowX);
  const leads = one => [...one.children].every(child => child.querySelector("a, button"));
  return [...document.querySelectorAll("body *")].filter(scrolls)
    .filter(one => !one.hasAttribute("tabindex") && !leads(one)).map(one => one.outerHTML.slice(0, 80));
}"""
"""The boxes of a page that scroll sideways and to which no key leads."""


def tabs_to_sources(page, most: int) -> int:
    """How often Tab is pressed before it comes to the list of sources."""
    for pressed in range(1, most + 2):
        page.keyboard.press("Tab")
        if page.evaluate(IN_SOURCES):
            return pressed
        assert not page.evaluate(IN_CARD), "Tab does not lead through the cards"
    raise AssertionError(f"{most} times Tab did not come to the sources")


def test_tab_passes_by_what_stands_in_the_cards(page):
    page.goto(STORY)
    page.locator("#main").focus()
    assert tabs_to_sources(page, page.evaluate(STOPS)) < 90


@pytest.mark.parametrize("path", [STORY, EDITION])
def test_the_sources_are_five_keys_away(page, path: str):
    page.goto(path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the text
    page.keyboard.press("Tab")
    skip = page.locator("main > .skip")
    assert skip.evaluate("one => one === document.activeElement")
    assert skip.inner_text() == "Skip to the sources"
    box = skip.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 900
    page.keyboard.press("Enter")
    assert tabs_to_sources(page, 1) == 1


def test_the_arrow_down_goes_into_a_card_and_tab_from_link_to_link(page):
    page.goto(STORY)
    number = page.locator("#cite-hubkub-1")
    page.keyboard.press("Tab")  # so that the browser takes what comes for work with keys
    number.focus()
    assert "Arrow down: to these links" in page.locator("#cite-card").inner_text()
    page.keyboard.press("ArrowDown")
    links = page.locator("#cite-card a")
    assert links.nth(0).evaluate("one => one === document.activeElement")
    page.keyboard.press("Tab")
    assert links.nth(1).evaluate("one => one === document.activeElement")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert number.evaluate("one => one === document.activeElement")
    page.keyboard.press("Tab")
    assert not page.evaluate(IN_CARD), "and whoever came out of it does not fall in again"


def test_by_mouse_a_card_does_not_speak_of_keys(page):
    page.goto(STORY)
    page.locator(".text a.cite").first.hover()
    page.locator("#cite-card").wait_for()
    assert "Arrow" not in page.locator("#cite-card").inner_text()


def test_numbers_that_stand_side_by_side_are_wide_enough_to_be_hit(context_of):
    for width, touch in ((390, True), (1280, False)):
        page = context_of(viewport={"width": width, "height": 800}, has_touch=touch).new_page()
        page.goto(STORY)
        narrow = page.evaluate(
            """() => [...document.querySelectorAll(".text .cite")].flatMap(one => {
              const box = one.getBoundingClientRect(), next = one.nextElementSibling?.getBoundingClientRect();
              const isHidden = next && next.left < box.right - 0.5 && next.left >= box.left;
              return box.width < 23.9 || box.height < 24 || isHidden ? [[one.id, box.width, next?.left]] : [];
            })"""
        )
        assert narrow == []


def test_whatever_scrolls_sideways_is_reached_by_keyboard(context_of, site: Path):
    page = context_of(viewport={"width": 320, "height": 800}).new_page()
    paths = [file.relative_to(site).as_posix() for file in site.rglob("*.html") if 'id="main"' in file.read_text()]
    assert len(paths) > 100
    unreached = {}
    for path in paths:
        page.goto(path)
        if found := page.evaluate(OUT_OF_REACH):
            unreached[path] = found
    assert unreached == {}
