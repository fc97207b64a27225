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


def test_the_address_of_a_feed_can_be_copied(context_of):
    context = context_of(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("subscribe/")
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/feeds/editions.rss.xml")
