"""Search, as a reader uses it: words, filters, an order, an address to share, and the way back."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

pytestmark = pytest.mark.skipif(find_spec("pagefind_bin") is None, reason="no pagefind")

RESULTS = ".results li"
DONE = """() => {
  const words = document.querySelector('.found').textContent;
  const shown = document.querySelectorAll('.results li').length;
  const number = /^One/.test(words) ? 1 : +(/^[0-9]+/.exec(words) || [0])[0];
  return words && !/Searching/.test(words) && shown === Math.min(number, 10);
}"""


def found(page) -> list[str]:
    """The headlines of the results, once the search is done."""
    page.wait_for_function(DONE)
    return [told.replace("\N{NO-BREAK SPACE}", " ") for told in page.locator(f"{RESULTS} h2").all_inner_texts()]


def count(page) -> str:
    return page.locator(".found").inner_text()


def choice(page, name: str):
    return page.locator(f"main select[name={name}]")


def narrowed(page, name: str, value: str) -> list[str]:
    """What is found once a filter is set."""
    before = count(page)
    choice(page, name).select_option(value)
    page.wait_for_function("before => document.querySelector('.found').textContent !== before", arg=before)
    return found(page)


BOX = ".seek [name=q]"


def test_from_the_box_of_any_page_enter_leads_to_the_results(page):
    page.goto("stories/meta-muse-spark/")
    page.locator(BOX).fill("happyhorse")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=happyhorse")
    assert len(found(page)) == 3
    assert count(page) == "3 stories found"


@pytest.mark.parametrize("path", ["", "search/", "stories/", "stories/meta-muse-spark/", "editions/2026-04-11/"])
def test_no_letter_or_sign_that_is_dictated_outside_a_field_does_anything(page, path: str):
    page.goto(path)
    state = "() => [document.activeElement.outerHTML, location.href, document.querySelectorAll('[open]').length]"
    before = page.evaluate(state)
    page.keyboard.type("abcdefghijklmnopqrstuvwxyz0123456789/?.,'-+[]")
    assert page.evaluate(state) == before


def test_a_result_names_its_day_in_the_newsletters_words(page):
    page.goto("search/?q=happyhorse")
    found(page)
    href = page.locator(f"{RESULTS} a").first.get_attribute("href")
    told = page.locator(f"{RESULTS} time").first.inner_text()
    page.goto(href)
    assert told == page.locator("article time").first.inner_text().partition(",")[0]


def test_nothing_of_the_search_is_loaded_before_the_box_is_entered(page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/search/" in url] == []
    with page.expect_request("**/pagefind.js"):
        page.locator(BOX).focus()


def test_what_was_sought_is_marked_in_headline_and_text(page):
    page.goto("search/?q=compute")
    assert len(found(page)) > 3
    assert {mark.lower() for mark in page.locator(".results h2 mark").all_inner_texts()} == {"compute"}
    assert page.locator(".results .excerpt mark").count() > 3


def test_words_that_bend_are_found(page):
    page.goto("search/?q=computing")
    assert "Meta plans to sell excess AI compute; CoreWeave and Nebius shares fall" in found(page)


def test_filters_narrow_and_say_how_many_each_choice_leaves(page):
    page.goto("search/?q=compute")
    assert len(found(page)) > len(narrowed(page, "section", "big-tech"))
    kickers = page.locator(".results .kicker").all_text_contents()
    assert set(kickers) == {"Big Tech"}
    assert page.locator("select[name=section] option:checked").inner_text() == f"Big Tech ({len(kickers)})"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("section", "policy"),
        ("topic", "ai-regulation"),
        ("entity", "meta"),
        ("publisher", "mcplato"),
        ("year", "2026"),
        ("sentiment", "negative"),
    ],
)
def test_each_filter_alone_lists_what_fits_newest_first(page, name: str, value: str):
    page.goto("search/")
    assert narrowed(page, name, value)
    days = page.locator(".results time").evaluate_all("times => times.map(time => Date.parse(time.dateTime))")
    assert days == sorted(days, reverse=True)


def test_results_can_be_ordered_by_day(page):
    page.goto("search/?q=compute")
    by_match = found(page)
    page.goto("search/?q=compute&order=newest")
    assert sorted(found(page)) == sorted(by_match)
    days = page.locator(".results time").evaluate_all("times => times.map(time => Date.parse(time.dateTime))")
    assert days == sorted(days, reverse=True)


def test_the_address_holds_the_search_and_can_be_shared(page, context_of):
    page.goto("search/")
    page.get_by_label("Search the stories").fill("anthropic")
    page.wait_for_url("**/search/?q=anthropic")
    found(page)
    choice(page, "order").select_option("importance")
    narrowed(page, "section", "policy")
    assert page.url.endswith("?q=anthropic&section=policy&order=importance")
    other = context_of().new_page()
    other.goto(page.url)
    assert found(other) == found(page)
    assert count(other) == count(page)


def test_back_from_a_story_the_search_is_as_it_was(page):
    page.goto("search/?q=compute&order=newest")
    before = found(page)
    page.locator(f"{RESULTS} h2 a").first.click()
    page.wait_for_url("**/stories/*/")
    page.go_back()
    assert found(page) == before
    assert choice(page, "order").input_value() == "newest"


def test_back_takes_a_filter_off(page):
    page.goto("search/?q=compute")
    before = found(page), count(page)
    narrowed(page, "section", "big-tech")
    page.go_back()
    page.wait_for_function("before => document.querySelector('.found').textContent === before", arg=before[1])
    assert found(page) == before[0]
    assert choice(page, "section").input_value() == ""


def test_nothing_found_is_said_to_those_who_hear_the_page(page):
    page.goto("search/?q=zzyzx")
    assert found(page) == []
    assert "zzyzx" in page.get_by_role("status").inner_text()


def test_more_results_come_when_asked_for_and_the_reader_stands_at_the_first_of_them(page):
    page.goto("search/?year=2026")
    assert len(found(page)) == 10
    page.get_by_role("button", name="Show more").click()
    page.wait_for_function(f"document.querySelectorAll('{RESULTS}').length === 19")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.results h2 a')[10]")


def test_a_search_is_never_read_as_markup(page):
    page.goto("search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&entity=%22%3E%3Cb%3E")
    found(page)
    assert page.locator("main img, main b").count() == 0


def test_every_result_leads_to_its_story(page, address: str):
    page.goto("search/?q=meta")
    assert found(page)
    for link in page.locator(f"{RESULTS} h2 a").all():
        assert page.request.get(address.rstrip("/") + link.get_attribute("href")).ok


def test_by_keyboard_alone_a_reader_searches_and_opens_a_result(page):
    page.goto("")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("mythos")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/*")
    first = found(page)[0]
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").replace("\xa0", " ") == first:
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/*/")
    assert page.locator("h1").inner_text().replace("\xa0", " ") == first


def test_who_tabs_past_the_filters_to_a_result_stays_there_while_their_numbers_arrive(page):
    waiting = []
    page.route("**/facets.json", lambda route: waiting.append(route))  # noqa: PLW0108 (it marks what it is given)
    page.goto("search/?q=mythos")
    first = found(page)[0]
    choice(page, "section").focus()
    page.locator(f"{RESULTS} a").first.focus()
    assert waiting
    for route in waiting:
        route.continue_()
    page.wait_for_function(
        "() => / [(][0-9]+[)]$/.test(document.querySelector('main select[name=section]').options[1].text)"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.innerText").replace("\xa0", " ") == first


def test_on_a_phone_the_glass_leads_to_the_page_and_filters_open_there(context_of):
    page = context_of(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto("")
    page.get_by_role("button", name="Search").tap()
    page.wait_for_url("**/search/?q=")
    page.wait_for_function("document.activeElement.name === 'q'")
    page.keyboard.type("compute")
    page.wait_for_url("**/search/?q=compute")
    assert len(found(page)) > 3
    assert not choice(page, "section").is_visible()
    page.get_by_role("button", name="Narrow the results").tap()
    assert choice(page, "section").is_visible()


def test_without_javascript_the_box_leads_to_the_lists(context_of):
    page = context_of(java_script_enabled=False, viewport={"width": 1280, "height": 800}).new_page()
    page.goto("")
    page.get_by_role("searchbox").fill("compute")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search/?q=compute")
    assert "needs JavaScript" in page.locator("main").inner_text()
    for name in ("All stories", "All editions", "Topics", "Sources"):
        assert page.locator("main").get_by_role("link", name=name).is_visible()


def test_a_page_that_is_not_there_offers_a_search(page):
    page.goto("404.html")
    page.locator("main").get_by_label("Search the stories").fill("meta")
    with page.expect_request("**/search/?q=meta"):
        page.locator("main").get_by_role("button", name="Search").click()


def test_when_the_index_cannot_be_had_the_lists_are_shown(context_of):
    page = context_of().new_page()
    page.route("**/pagefind.js", lambda route: route.abort())
    page.goto("search/?q=meta")
    page.locator(".search-page > .search-ways a").first.wait_for()
    assert "could not be loaded" in count(page)


def test_a_search_finds_what_there_is_after_a_build_while_the_page_was_open(context_of):
    """A build gives the parts of an index other names: who asks by those of before finds nothing there."""
    page, read = context_of().new_page(), ["before"]

    def entry(route):
        answer = route.fetch()
        is_after = read[0] != "before"
        if is_after and "ts=" in route.request.url:  # the engine reads it anew
            read[0] = "after"
        route.fulfill(response=answer, body=answer.text() + " " * is_after)

    def part(route):
        route.fulfill(status=404) if read[0] == "built" else route.continue_()

    page.route("**/pagefind-entry.json*", entry)
    page.route("**/*.pf_index", part)
    page.clock.install()
    page.goto("search/?q=happyhorse")
    page.clock.run_for(1000)
    assert len(found(page)) == 3
    read[0] = "built"
    page.clock.fast_forward("01:30")
    page.get_by_label("Search the stories").fill("compute")
    page.clock.run_for(1000)
    page.wait_for_function("document.querySelectorAll('.results li').length > 3")
    assert read == ["after"]


def test_when_further_results_cannot_be_had_the_lists_are_shown(context_of):
    page = context_of().new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("search/?year=2026")
    assert len(found(page)) == 10
    page.route("**/fragment/**", lambda route: route.abort())
    page.get_by_role("button", name="Show more").click()
    page.get_by_text("could not be loaded").wait_for()
    assert complaints == []


def test_what_was_looked_for_is_told_as_it_was_typed(page):
    page.goto("search/?q=zzyzx%24%26")
    assert found(page) == []
    assert "“zzyzx$&”" in count(page)


@pytest.mark.parametrize("path", ["search/?q=colossus", "stories/?q=colossus"])
def test_a_headline_is_set_as_on_the_page_that_it_leads_to(page, path: str):
    page.goto(path)
    link = page.locator("h2 a", has_text="Colossus").first
    link.wait_for()
    told, href = link.evaluate("node => node.textContent"), link.get_attribute("href")
    assert "\N{NO-BREAK SPACE}" in told
    page.goto(href)
    assert told == page.locator("h1").evaluate("node => node.textContent")


def test_what_a_hyphen_joins_in_a_headline_stays_on_one_line(page):
    page.goto("search/?q=delay+duties")
    found(page)
    assert "high-risk" in page.locator(f"{RESULTS} h2 .name-whole").all_inner_texts()
