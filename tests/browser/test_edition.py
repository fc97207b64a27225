"""An edition, as a reader works with it."""

from __future__ import annotations

EDITION = "editions/2026-07-02/"


def test_an_action_that_was_ticked_is_ticked_tomorrow(page):
    page.goto(EDITION)
    box = page.locator("#actions input").nth(1)
    box.check()
    page.goto("editions/2026-06-22/")
    assert page.locator("#actions input:checked").count() == 0, "of another day nothing is ticked"
    page.goto(EDITION)
    assert page.locator("#actions input").nth(1).is_checked()
    assert page.locator("#actions input:checked").count() == 1
    page.locator("#actions input").nth(1).uncheck()
    page.reload()
    assert page.locator("#actions input:checked").count() == 0


def test_the_words_of_an_action_tick_it_as_well(page):
    page.goto(EDITION)
    page.locator("#actions label").first.click()
    assert page.locator("#actions input").first.is_checked()


def test_without_javascript_the_actions_are_a_list(context_of):
    page = context_of(java_script_enabled=False).new_page()
    page.goto(EDITION)
    assert page.locator("#actions li").count() >= 2
    assert page.locator("#actions input").first.is_hidden()


def test_the_contents_lead_to_every_story(page):
    page.goto(EDITION)
    links = page.locator(".contents a").evaluate_all("links => links.map(link => link.hash.slice(1))")
    assert len(links) > 8
    assert page.evaluate("ids => ids.every(id => document.getElementById(id))", links)


def test_who_does_not_see_the_button_hears_that_an_address_was_copied(context_of):
    page = context_of(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto("subscribe/")
    said = page.get_by_role("status")
    assert said.text_content() == ""
    page.get_by_role("button", name="Copy the address of the RSS feed on Big Tech").click()
    page.wait_for_function("document.querySelector('[role=status]').textContent == 'Copied'")
    page.wait_for_function("document.querySelector('[role=status]').textContent == ''")
    assert page.evaluate("document.documentElement.scrollHeight - document.body.offsetHeight") <= 0


def test_the_address_of_a_feed_can_be_copied(context_of):
    context = context_of(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("subscribe/")
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/feeds/editions.rss.xml")


def test_on_a_phone_the_contents_are_folded_and_say_how_much_there_is(context_of):
    page = context_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.goto(EDITION)
    contents = page.locator(".contents")
    assert " ".join(contents.inner_text().split()).casefold().startswith("in this edition 4 stories, 7 min read")
    first = contents.locator("a").first
    assert not first.is_visible()
    contents.locator("summary").tap()
    assert first.is_visible()


def test_a_phone_that_is_turned_can_still_open_the_contents(context_of):
    page = context_of(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(EDITION)
    page.set_viewport_size({"width": 844, "height": 390})
    page.locator(".contents summary").tap()
    assert page.locator(".contents a").first.is_visible()


def test_where_there_is_room_or_no_script_the_contents_are_open(context_of):
    for means in ({"viewport": {"width": 1280, "height": 900}}, {"java_script_enabled": False}):
        page = context_of(**means).new_page()
        page.goto(EDITION)
        assert page.locator(".contents a").first.is_visible()


def test_a_source_that_is_cited_often_folds_its_ways_back(page):
    page.goto("stories/meta-coreweave-21bn/")
    often, seldom = page.locator("#source-hubkub .back"), page.locator(".sources p.back")
    assert often.locator("summary").inner_text().startswith("Cited 18 times")
    assert not often.locator("a").first.is_visible()
    assert max(each.locator("a").count() for each in seldom.all()) <= 6
