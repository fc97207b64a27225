"""What a reader does with an edition and a story beside reading them."""

from __future__ import annotations

EDITION, STORY = "editions/2026-07-02/", "stories/meta-coreweave-21bn/"
CARD = ".cite-card"
SHARES = "navigator.share = data => { window.shared = data; return Promise.resolve(); }"


def test_the_quiz_is_answered_with_the_keyboard_alone(page):
    page.goto(EDITION)
    question = page.locator(".question").first
    question.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert question.locator("[role=status]").inner_text() == "No. The right answer is: 2 December 2027"
    assert question.locator("details").get_attribute("open") is not None
    question.locator("input").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert question.locator("[role=status]").inner_text() == "That is right."
    assert question.locator("label.wrong").count() == 0
    assert page.url.endswith(EDITION), "nothing is sent anywhere"


def test_checking_before_choosing_says_so_and_shows_nothing(page):
    page.goto(EDITION)
    question = page.locator(".question").first
    question.get_by_role("button", name="Check the answer").click()
    assert question.locator("[role=status]").inner_text() == "Choose an answer first."
    assert question.locator("details").get_attribute("open") is None


def test_without_javascript_the_answer_stands_in_details(context_of):
    page = context_of(java_script_enabled=False).new_page()
    page.goto(EDITION)
    question = page.locator(".question").first
    assert question.locator("button").is_hidden()
    question.locator("summary").click()
    assert question.get_by_text("Systems inside products have until 2 August 2028.").is_visible()


def test_a_story_is_shared_by_what_the_device_has(context_of):
    context = context_of()
    context.add_init_script(SHARES)
    page = context.new_page()
    page.goto(STORY)
    page.get_by_role("button", name="Share").click()
    shared = page.evaluate("window.shared")
    assert shared["url"] == "https://the-footnote.example/stories/meta-coreweave-21bn/"
    assert shared["title"].startswith("Meta commits another")


def test_where_a_device_cannot_share_no_button_says_so(page):
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(STORY)
    assert page.get_by_role("button", name="Copy the link").is_visible()
    assert page.get_by_role("button", name="Share").count() == 0


def test_the_link_and_the_reference_can_be_copied(context_of):
    page = context_of(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(STORY)
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_role("button", name="Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/stories/meta-coreweave-21bn/")
    page.get_by_text("Cite this story").click()
    page.locator(".citing button").nth(1).click()
    page.locator(".citing").get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{meta-coreweave-21bn,")


def test_a_term_opens_its_meaning_on_focus_and_escape_closes_it(page):
    page.goto(STORY)
    term = page.locator("a.term").first
    page.keyboard.press("Tab")
    term.focus()
    card = page.locator(CARD)
    card.wait_for()
    assert card.inner_text() == "Running a trained model to get answers from it, as opposed to training it."
    assert term.get_attribute("aria-describedby") == card.get_attribute("id")
    page.keyboard.press("Escape")
    assert card.count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#term-inference")


def test_a_tap_opens_the_meaning_and_a_second_one_the_glossary(context_of):
    page = context_of(has_touch=True, viewport={"width": 390, "height": 844}).new_page()
    page.goto(STORY)
    term = page.locator("a.term").first
    term.tap()
    box = page.locator(CARD).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    term.tap()
    page.wait_for_url("**/glossary/#term-*")


def test_without_javascript_a_term_leads_to_the_glossary(context_of):
    page = context_of(java_script_enabled=False).new_page()
    page.goto(STORY)
    page.locator("a.term").first.click()
    page.wait_for_url("**/glossary/#term-inference")
    assert page.locator("#term-inference").is_visible()


def test_the_calendar_is_read_day_by_day(page):
    page.goto("editions/2026/")
    page.get_by_role("link", name="2\xa0July 2026. Importance: up to 9 of 10").press("Enter")
    page.wait_for_url(f"**/{EDITION}")


def test_a_story_leads_back_to_the_stories_as_the_reader_had_filtered_them(page):
    page.goto("stories/")
    page.get_by_label("Sentiment").select_option("negative")
    page.locator(".stories article a").first.click()
    back = page.get_by_role("link", name="Back to your filtered stories")
    back.click()
    page.wait_for_url("**/stories/?sentiment=negative")
    assert page.get_by_label("Sentiment").input_value() == "negative"
    page.get_by_role("button", name="Show all").click()
    page.locator(".stories article a").first.click()
    page.wait_for_url("**/stories/*/")
    assert page.get_by_role("link", name="All stories").get_attribute("href") == "../../stories/"


def test_nothing_that_was_added_lets_a_phone_scroll_sideways(context_of):
    page = context_of(viewport={"width": 320, "height": 640}).new_page()
    for path in (EDITION, STORY, "editions/2026/", "glossary/", "publishers/"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_on_the_page_of_a_publisher_a_source_is_nearer_to_its_places_than_to_the_next_source(page):
    page.goto("publishers/allmind/")
    within, between = page.locator(".places").first.evaluate(
        """list => {
             const box = (item, name) => item.querySelector(name).getBoundingClientRect();
             const [first, second] = list.children;
             const places = box(first, '.back');
             return [places.top - box(first, 'a').bottom, box(second, 'a').top - places.bottom];
           }"""
    )
    assert between > within


def test_letters_that_join_stand_neither_closer_nor_further_apart(page):
    page.goto("stories/anthropic-mythos-glasswing/")
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.locator(".carrying").evaluate("one => one.classList.add('wide')")  # `12.5 مليار دولار`
    spacing = "all => all.map(one => getComputedStyle(one).letterSpacing)"
    found = page.locator(":is(.name, .kicker, h1, h2, h3, h4, .carrying)").evaluate_all(spacing)
    assert set(found) <= {"normal", "0px"}
    assert len(found) > 10
