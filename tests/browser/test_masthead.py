"""The masthead and the fronts: where a reader is, of which day, and what leads."""

from __future__ import annotations

import pytest

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize(
    ("path", "most"), [("", 211), ("editions/2026-04-11/", 205), ("stories/openai-122bn-round/", 170)]
)
def test_on_a_phone_the_masthead_takes_a_fourth_of_the_screen_at_most(context_of, path: str, most: int):
    page = context_of(**PHONE).new_page()
    page.goto(path)
    assert page.locator("main").bounding_box()["y"] <= most


def test_the_day_and_the_edition_stand_below_the_name_on_every_screen(context_of):
    page = context_of(**PHONE).new_page()
    page.goto("")
    day, about, edition = (page.locator(f".folio {part}") for part in ("time", ".about", ".edition-of"))
    assert [part.inner_text() for part in (day, edition)] == ["Thursday 2\xa0July 2026", "Edition 5"]
    assert about.is_visible(), "a newcomer is told what it is"
    assert about.bounding_box()["y"] < day.bounding_box()["y"] == edition.bounding_box()["y"]
    page.goto("editions/2026-04-11/")
    assert not about.is_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    assert about.inner_text() == "The day in AI, with its sources."


def test_on_the_smallest_phone_the_longest_day_stands_on_one_line_with_its_edition(context_of):
    page = context_of(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True).new_page()
    page.goto("")
    page.evaluate("document.querySelector('.folio time').textContent = 'Donnerstag, 26. November 2026'")
    page.evaluate("document.querySelector('.edition-of a').textContent = 'Ausgabe 12'")
    tops = [page.locator(f".folio {part}").bounding_box()["y"] for part in ("time", ".edition-of")]
    assert tops[0] == pytest.approx(tops[1], abs=4)


def test_the_section_of_a_story_is_marked_in_the_navigation_and_in_sight_on_a_phone(context_of):
    page = context_of(**PHONE).new_page()
    page.goto("sections/policy/")
    here = page.locator(".sections [aria-current]")
    assert here.all_inner_texts() == ["Policy"]
    box = here.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("scrollY") == 0


def test_an_ordinary_page_is_marked_where_the_foot_names_it(page):
    page.goto("about/")
    assert page.locator("[aria-current]").all_inner_texts() == ["About"]


def test_a_section_opens_with_its_lead_and_what_is_known_of_it_stands_beside_or_on_a_phone_below(context_of):
    page = context_of(viewport={"width": 1280, "height": 900}).new_page()
    page.goto("sections/big-tech/")
    lead, river, beside = (page.locator(f".shelf-front > .{name}") for name in ("lead", "stories", "beside"))
    assert lead.bounding_box()["y"] == pytest.approx(beside.bounding_box()["y"], abs=40)
    assert lead.bounding_box()["y"] + lead.bounding_box()["height"] <= river.bounding_box()["y"]
    assert lead.bounding_box()["x"] + lead.bounding_box()["width"] <= beside.bounding_box()["x"]
    page.set_viewport_size({"width": 390, "height": 844})
    assert lead.bounding_box()["y"] < 844
    assert beside.bounding_box()["y"] > river.bounding_box()["y"]


def test_in_colours_that_the_system_insists_on_positive_is_still_a_full_circle_and_neutral_an_empty_one(context_of):
    page = context_of(forced_colors="active").new_page()
    page.goto("entities/openai/")
    fills = [
        page.evaluate(
            "name => getComputedStyle(document.querySelector(`.legend .signal-${name}`), '::before').backgroundColor",
            name,
        )
        for name in ("positive", "neutral")
    ]
    assert fills[0] != fills[1]
    heading = page.evaluate("getComputedStyle(document.querySelector('.lead h2 a')).color")
    assert heading == page.evaluate("getComputedStyle(document.querySelector('.companions a')).color")


def test_a_printed_page_says_where_it_is_from(page):
    page.goto("stories/meta-coreweave-21bn/")
    assert not page.locator(".address").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".address").inner_text() == "https://the-footnote.example/stories/meta-coreweave-21bn/"
    assert page.locator(".folio time").is_visible()
    assert not page.locator(".folio a").is_visible()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_words_that_open_a_lead_have_the_width_of_its_column(context_of, width: int):
    page = context_of(viewport={"width": width, "height": 900}).new_page()
    page.goto("sections/new-tools/")
    lead, words = (page.locator(f".lead{inner}").first.bounding_box() for inner in ("", " blockquote"))
    assert words["width"] > 0.8 * lead["width"] - 40


@pytest.mark.parametrize("width", [1024, 1280, 1440])
def test_no_link_of_the_foot_stands_alone_on_its_last_line(context_of, width: int):
    page = context_of(viewport={"width": width, "height": 900}).new_page()
    page.goto("")
    tops = [each.bounding_box()["y"] for each in page.locator(".colophon nav a").all()]
    assert tops.count(tops[-1]) > 2


def test_the_count_of_what_is_in_the_news_stands_beside_its_name_however_long_that_is(context_of):
    page = context_of(viewport={"width": 1280, "height": 900}).new_page()
    page.goto("")
    first = page.locator(".recurring li").first
    first.locator("a").evaluate("link => { link.textContent = 'Council of the European Union and its Presidency'; }")
    name, count = (first.locator(part).bounding_box() for part in ("a", ".count"))
    assert name["height"] > 2 * count["height"]
    assert count["y"] < name["y"] + name["height"] / 2


@pytest.mark.parametrize(("width", "is_row"), [(390, False), (736, True), (940, True), (1280, False)])
def test_the_seconds_of_the_front_page_stand_in_a_row_where_that_leaves_no_hole(context_of, width: int, is_row: bool):
    page = context_of(viewport={"width": width, "height": 900}).new_page()
    page.goto("")
    boxes = page.locator(".beside .teaser").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    assert len(boxes) == 3
    assert len({box["top"] for box in boxes}) == (1 if is_row else 3)
    assert len({box["left"] for box in boxes}) == (3 if is_row else 1)
