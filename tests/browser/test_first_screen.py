"""What a reader sees first: the story, at once, and nothing that jumps."""

from __future__ import annotations

import time

import pytest

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PAGES = ("", "editions/2026-07-02/", "stories/meta-coreweave-21bn/", "entities/meta/", "stories/", "search/")
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


ASKED = ("search/?q=CoreWeave", "stories/?section=policy", "stories/?q=nothing+has+these+words")


@pytest.mark.parametrize("means", [PHONE, {"viewport": {"width": 1280, "height": 900}}], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", [*PAGES, *ASKED])
def test_nothing_jumps_when_scripts_and_fonts_come_late(context_of, path: str, means):
    page = context_of(**means).new_page()

    def late(route) -> None:
        time.sleep(0.4)
        route.continue_()

    page.route("**/*.woff2", late)
    page.route("**/*.js", late)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.status") == "loaded"
    assert page.evaluate(SHIFTS) < 0.05


def test_on_a_phone_the_text_of_a_story_begins_on_the_first_screen(context_of):
    page = context_of(**PHONE).new_page()
    page.goto("stories/meta-compute-cloud/")
    assert page.locator("h1").bounding_box()["y"] < 230
    page.goto("stories/meta-coreweave-21bn/")
    assert page.locator(".opening").bounding_box()["y"] < 640


def test_on_a_phone_the_front_page_tells_the_day_once_and_then_shows_a_story(context_of):
    page = context_of(**PHONE).new_page()
    page.goto("")
    assert page.locator(".today .one-line").is_visible()
    assert not page.locator(".today .dek").is_visible()
    assert page.locator(".lead").bounding_box()["y"] < PHONE["viewport"]["height"]
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator(".today .dek").is_visible()


def test_on_a_phone_the_filters_fold_away_and_an_address_with_some_opens_them(context_of):
    page = context_of(**PHONE).new_page()
    page.goto("stories/")
    assert not page.locator("select[name=section]").is_visible()
    page.get_by_role("button", name="Narrow the results").tap()
    assert page.locator("select[name=section]").is_visible()
    page.goto("stories/?section=policy")
    assert page.locator("select[name=section]").is_visible()


def test_the_numbers_of_a_citation_stay_on_the_line_of_the_word_before_them(context_of):
    page = context_of(**PHONE).new_page()
    page.goto("editions/2026-07-02/")
    lonely = page.evaluate(
        """() => [...document.querySelectorAll(".text .cites, .body .cites")].filter(group => {
          const before = document.createRange();
          const text = group.previousSibling;
          if (!text || text.nodeType !== Node.TEXT_NODE || text.length < 3) return false;
          before.setStart(text, text.length - 2);
          before.setEnd(text, text.length - 1);
          return Math.abs(before.getBoundingClientRect().bottom - group.getBoundingClientRect().bottom) > 16;
        }).length"""
    )
    assert page.locator(".cites").count() > 20
    assert lonely == 0


@pytest.mark.parametrize("path", [*PAGES, "topics/", "publishers/", "subscribe/", "editions/"])
def test_for_fingers_whatever_is_pressed_by_itself_is_44_pixels_high(context_of, path: str):
    page = context_of(**PHONE).new_page()
    page.goto(path)
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, select, label:has(input[type=checkbox])")]
          .filter(one => one.offsetHeight && getComputedStyle(one).display !== "inline")
          .filter(one => one.getBoundingClientRect().height < 43.5)
          .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_a_story_is_read_to_its_end_while_its_style_sheet_is_still_on_the_way(context_of):
    page = context_of().new_page()
    held = []

    def hold(route) -> None:
        held.append(route)

    page.route("**/*.css", hold)
    page.goto("stories/meta-coreweave-21bn/", wait_until="commit")
    page.locator("footer.colophon").wait_for(state="attached", timeout=10_000)
    assert held, "the style sheet has not come"
    for route in held:
        route.continue_()
    page.wait_for_load_state()


@pytest.mark.parametrize("path", PAGES)
def test_what_the_first_words_wait_for_is_asked_for_before_the_fonts(context_of, path: str):
    page = context_of().new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition(".")[2]))
    page.goto(path)
    assert "woff2" in asked
    assert asked.index("woff2") > max(place for place, ending in enumerate(asked) if ending == "css")


def test_the_page_at_a_wrong_address_says_once_that_there_is_none(page):
    page.goto("404.html")
    told = page.locator(".missing").inner_text()
    assert "There is no page here" in told
    assert "The page may have been renamed" in told
    assert "not here" not in told
