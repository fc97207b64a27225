"""Citations, as readers with a mouse, a finger or a keyboard use them."""

from __future__ import annotations

import pytest

STORY = "stories/meta-coreweave-21bn/"
EDITION = "editions/2026-04-11/"
CARD = "#cite-card"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_pointing_at_a_number_shows_its_source_with_the_words_quoted(page):
    page.goto(STORY)
    page.locator(".text a.cite", has_text="[3]").first.hover()
    card = page.locator(CARD)
    card.wait_for()
    assert "CoreWeave and Meta Expand AI Cloud Deal to $35 Billion" in card.inner_text()
    assert "Krasa AI (blog)" in card.inner_text()
    assert "“extends through December 2032”" in card.inner_text()


POINTED = "all => all.map(one => [one.innerText, [...one.querySelectorAll('b')].map(bold => bold.innerText)])"


def test_a_card_points_to_the_figure_that_the_reader_doubts_and_shows_its_words_first(page):
    page.goto(STORY)
    sentence = page.locator(".body p", has_text="order backlog stands at")
    sentence.locator(".cite").first.hover()
    page.locator(CARD).wait_for()
    assert page.locator(f"{CARD} blockquote").evaluate_all(POINTED) == [
        ["“contracted revenue backlog now stands at $87.8 billion”", ["$87.8"]],
        ["“total committed spend now reaches $35.2 billion”", []],
    ]


def test_a_card_points_to_no_figure_of_the_sentence_before(page):
    page.goto(STORY)
    sentence = page.locator(".body p", has_text="order backlog stands at")
    assert "65%" in sentence.inner_text()
    assert "62%" in sentence.inner_text()
    sentence.locator(".cite").last.hover()
    page.locator(CARD).wait_for()
    told = page.locator(f"{CARD} blockquote").evaluate_all(POINTED)
    assert told[0] == ["“Microsoft represented 62% of the company's revenue”", ["62%"]]
    assert [bold for _, bold in told[1:]] == [[], []]


@pytest.mark.parametrize(("path", "width", "shown"), [(STORY, 1280, True), (EDITION, 1280, True), (STORY, 1100, False)])
def test_the_names_of_its_sources_stand_beside_a_paragraph_where_there_is_room(context_of, path, width, shown):
    page = context_of(viewport={"width": width, "height": 900}).new_page()
    page.goto(path)
    beside = "getComputedStyle(document.querySelector('.story [data-cites]'), '::before')"
    names = page.evaluate(f"{beside}.content")
    assert ("1 " in names, page.evaluate(f"{beside}.position") == "absolute") == (shown, shown)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_name_that_is_longer_than_the_room_beside_the_text_takes_one_line_all_the_same(context_of):
    page = context_of(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(EDITION)
    height = page.locator(".story [data-cites]").first.evaluate(
        """paragraph => {
            paragraph.dataset.cites = "1 A publisher whose name is very long indeed\\n2 Another one with such a name";
            paragraph.style.height = "20rem";
            return getComputedStyle(paragraph, "::before").height;
        }"""
    )
    assert height == "40px"


@pytest.mark.parametrize("path", [STORY, EDITION, "editions/2026-07-02/"])
def test_on_a_wide_screen_no_name_beside_a_text_is_cut(context_of, path: str):
    page = context_of(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(path)
    cut = page.evaluate(
        """() => [...document.querySelectorAll("[data-cites]")].flatMap(paragraph => {
            const style = getComputedStyle(paragraph, "::before"), ruler = document.createElement("canvas");
            const pen = ruler.getContext("2d");
            pen.font = style.font;
            const room = parseFloat(style.width) - parseFloat(style.paddingInlineStart) - 1;
            return paragraph.dataset.cites.split("\\n").filter(name => pen.measureText(name).width > room);
        })"""
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_card_stays_while_the_mouse_is_on_it_and_leaves_with_it(page):
    page.goto(STORY)
    page.locator(".text a.cite").first.hover()
    page.locator(CARD).hover()
    page.wait_for_timeout(500)
    assert page.locator(CARD).is_visible()
    page.mouse.move(2, 2)
    page.locator(CARD).wait_for(state="detached")


def test_the_quotation_leads_to_its_very_words_in_the_source(page):
    page.goto(STORY)
    page.locator(".text a.cite", has_text="[3]").first.hover()
    link = page.locator(f"{CARD} blockquote a").first
    assert link.get_attribute("href") == (
        "https://www.krasa.ai/news/coreweave-meta-21-billion-ai-cloud-deal#:~:text=extends%20through%20December%202032"
    )


def test_a_click_goes_to_the_list_and_a_letter_back_to_the_place(page):
    page.goto(STORY)
    page.locator(".text a.cite").nth(2).click()
    page.wait_for_url("**#source-hubkub")
    page.get_by_text("Cited 18 times").click()
    page.locator("#source-hubkub .back a").nth(1).click()
    page.wait_for_url("**#cite-hubkub-2")


def test_a_card_points_to_no_number_that_only_looks_like_a_day_of_the_text(page):
    page.goto("stories/meta-muse-spark/")
    sentence = page.locator(".body p", has_text="8 April 2026")
    sentence.locator(".cite[href*=iatoskill]").first.hover()
    page.locator(CARD).wait_for()
    told = page.locator(f"{CARD} blockquote").evaluate_all(POINTED)
    assert any("5% to 8%" in words for words, _ in told)
    assert [bold for _, bold in told if bold] == []


def test_back_returns_to_the_very_line_however_soon_it_is_pressed(page):
    page.goto(EDITION)
    number = page.locator(".shelf a.cite").nth(20)
    number.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    number.click()
    page.wait_for_url("**#source-*")
    page.wait_for_timeout(300)
    page.go_back()
    page.wait_for_timeout(1500)
    assert page.evaluate("scrollY") == pytest.approx(before, abs=1)


def test_by_keyboard_the_number_opens_its_card_and_escape_closes_it(page):
    page.goto(STORY)
    page.locator(".opening .cite").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "cite-hubkub-1"
    assert page.locator(CARD).is_visible()
    assert page.locator("#cite-hubkub-1").get_attribute("aria-describedby") == "cite-card"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('#cite-card') !== null"), "the arrow goes into the card"
    page.keyboard.press("Escape")
    assert page.locator(CARD).count() == 0
    assert page.evaluate("document.activeElement.id") == "cite-hubkub-1", "and one is back where one was"


def test_by_touch_the_first_tap_opens_the_card_and_the_second_goes_to_the_list(context_of):
    page = context_of(**PHONE).new_page()
    page.goto(STORY)
    number = page.locator(".text a.cite").nth(1)
    number.tap()
    assert page.locator(CARD).is_visible()
    assert "#" not in page.url
    box = page.locator(CARD).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    number.tap()
    page.wait_for_url("**#source-*")


def test_on_a_phone_on_its_side_the_card_is_shown_whole(context_of):
    page = context_of(viewport={"width": 844, "height": 390}, has_touch=True, is_mobile=True).new_page()
    page.goto(EDITION)
    for number in page.locator(".shelf a.cite").all()[::6]:
        number.evaluate("one => one.scrollIntoView({ block: 'center' })")
        number.tap()
        box = page.locator(CARD).bounding_box()
        assert (box["y"] >= -1, box["y"] + box["height"] <= 391) == (True, True)
        assert 0 <= number.bounding_box()["y"] <= 390, "and what it belongs to is still there"
        page.keyboard.press("Escape")


def test_a_tap_elsewhere_closes_the_card(context_of):
    page = context_of(**PHONE).new_page()
    page.goto(STORY)
    page.locator(".text a.cite").first.tap()
    page.locator("h1").tap()
    assert page.locator(CARD).count() == 0


def test_without_javascript_the_number_leads_to_the_list(context_of):
    page = context_of(java_script_enabled=False).new_page()
    page.goto(STORY)
    page.locator(".text a.cite").first.click()
    page.wait_for_url("**#source-hubkub")


def test_on_an_edition_the_numbers_of_all_stories_work(page):
    page.goto("editions/2026-04-11/")
    number = page.locator("#takeaways a.cite").first
    number.scroll_into_view_if_needed()
    number.hover()
    page.locator(CARD).wait_for()


def test_the_switch_of_light_and_dark_is_remembered(page):
    page.goto(STORY)
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.locator(".theme-switch").click()
    dark = page.evaluate(background)
    assert dark != light
    page.goto("editions/")
    assert page.evaluate(background) == dark


@pytest.mark.parametrize("path", [STORY, EDITION, "stories/"])
def test_the_sign_of_what_can_be_opened_is_not_read_out_as_plus(context_of, path: str):
    page = context_of(**PHONE).new_page()
    page.goto(path)
    heard = page.locator("main").aria_snapshot()
    assert [line for line in heard.splitlines() if line.rstrip(':"').endswith((" +", " −"))] == []
