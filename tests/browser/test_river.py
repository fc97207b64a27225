"""The river of stories, as a reader filters it and shares what was found."""

from __future__ import annotations

import pytest

TITLES = ".stories .teaser h2"


def titles(page) -> list[str]:
    return [told.replace("\N{NO-BREAK SPACE}", " ") for told in page.locator(TITLES).all_inner_texts()]


def test_it_holds_all_stories_newest_first(page):
    page.goto("stories/")
    assert len(titles(page)) == 19
    days = page.locator(".stories time").evaluate_all("times => times.map(time => time.dateTime)")
    assert days == sorted(days, reverse=True)


def test_filtering_by_company_and_section_shows_what_fits_both(page):
    page.goto("stories/")
    page.get_by_label("Company, person, model").select_option("coreweave")
    page.locator("select[name=section]").select_option("big-tech")
    page.wait_for_function(f"document.querySelectorAll('{TITLES}').length < 19")
    assert titles(page) == [
        "Meta plans to sell excess AI compute; CoreWeave and Nebius shares fall",
        "Meta commits another $21 billion to rented AI compute at CoreWeave",
    ]
    assert page.locator(".found").inner_text() == "2 stories fit"


def test_a_single_story_is_told_as_one(page):
    page.goto("stories/?entity=coreweave&topic=earnings")
    page.wait_for_function("document.querySelector('.found').textContent !== ''")
    assert (len(titles(page)), page.locator(".found").inner_text()) == (1, "One story fits")


def in_american_english(route) -> None:
    answer = route.fetch()
    assert 'lang="en-GB"' in answer.text()
    route.fulfill(response=answer, body=answer.text().replace('lang="en-GB"', 'lang="en-US"'))


def test_a_day_is_named_in_the_newsletters_words_whoever_makes_the_list(page):
    page.route("**/stories/", in_american_english)
    page.goto("stories/")
    named = "times => Object.fromEntries(times.map(time => [time.dateTime, time.textContent]))"
    before = page.locator(".stories time").evaluate_all(named)
    page.get_by_label("Sentiment").select_option("negative")
    page.wait_for_function(f"document.querySelectorAll('{TITLES}').length < 19")
    found = page.locator(".stories time").evaluate_all(named)
    assert found
    assert found.items() <= before.items()


def test_the_address_holds_the_filter_and_can_be_shared(page, context_of):
    page.goto("stories/")
    page.get_by_label("Sentiment").select_option("negative")
    page.get_by_label("Importance").select_option("7")
    page.wait_for_function(f"document.querySelectorAll('{TITLES}').length < 19")
    found = titles(page)
    assert page.url.endswith("?sentiment=negative&importance=7")
    other = context_of().new_page()
    other.goto(page.url)
    other.wait_for_function(f"document.querySelectorAll('{TITLES}').length < 19")
    assert titles(other) == found
    assert other.get_by_label("Sentiment").input_value() == "negative"


def test_words_are_found_in_titles_deks_and_names(page):
    page.goto("stories/")
    page.get_by_label("Words in headlines and names").fill("happyhorse alibaba")
    page.wait_for_function(f"document.querySelectorAll('{TITLES}').length < 19")
    assert len(titles(page)) == 3


def test_back_from_a_story_the_filter_is_as_it_was(page):
    page.goto("stories/")
    page.get_by_label("Topic").select_option("earnings")
    page.wait_for_function(f"document.querySelectorAll('{TITLES}').length < 19")
    found = titles(page)
    page.locator(f"{TITLES} a").first.click()
    page.wait_for_url("**/stories/*/")
    page.go_back()
    page.wait_for_function(f"document.querySelectorAll('{TITLES}').length < 19")
    assert titles(page) == found


def test_when_nothing_fits_it_says_so_and_all_can_be_shown_again(page):
    page.goto("stories/?q=zeppelin")
    page.locator(".found", has_text="No story fits.").wait_for()
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function(f"document.querySelectorAll('{TITLES}').length === 19")
    assert page.url.endswith("/stories/")


def test_without_javascript_the_stories_and_their_months_are_there(context_of):
    page = context_of(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    page.goto("stories/")
    assert len(titles(page)) == 19
    assert page.locator(".filters").is_hidden()
    last = page.locator(".teaser").last.bounding_box()
    assert page.locator(".teaser").first.bounding_box()["y"] < 300
    assert page.locator(".ways").bounding_box()["y"] > last["y"] + last["height"]
    page.get_by_role("link", name="May 2026").click()
    page.wait_for_url("**/stories/2026-05/")
    assert len(titles(page)) == 4


def test_of_more_stories_than_are_shown_it_is_said_how_many_are_shown(context_of):
    page = context_of().new_page()
    page.route("**/stories.json", many)
    page.goto("stories/?q=meta")
    page.get_by_role("button", name="Show more").wait_for()
    shown = len(titles(page))
    assert page.locator(".found").inner_text() == f"{shown} stories shown"


def many(route):
    """Every story of a month ten times."""
    held = route.fetch()
    route.fulfill(response=held, json=held.json() * 10)


def test_a_month_that_cannot_be_had_is_told_and_no_story_is_shown_as_if_it_fitted(context_of):
    page = context_of().new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/stories.json", lambda route: route.fulfill(status=404))
    page.goto("stories/?q=meta")
    page.get_by_text("could not be loaded").wait_for()
    assert titles(page) == []
    page.unroute("**/stories.json")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_selector(TITLES)
    assert "stories fit" in page.locator(".found").inner_text()
    assert complaints == []


@pytest.mark.parametrize("apostrophe", ["'", "%E2%80%99"])
def test_a_word_is_found_with_the_apostrophe_of_any_keyboard(page, apostrophe: str):
    page.goto(f"stories/?q=code{apostrophe}s")
    page.wait_for_function("document.querySelectorAll('.stories .teaser h2').length === 1")
