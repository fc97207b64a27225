"""What a colour says is said without it as well."""

from __future__ import annotations

import pytest

PARTS = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map(c => c / 255)
      .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const contrast = (a, b) => Math.max(light(a), light(b)) / Math.min(light(a), light(b));
  const style = name => getComputedStyle(document.querySelector(name));
  const paper = getComputedStyle(document.body).backgroundColor;
  return {
    fullAndEmpty: contrast(style(".weeks .positive").fill, style(".weeks .neutral").fill),
    edgeOfEmpty: contrast(style(".weeks .neutral").stroke, paper),
    hatched: style(".weeks .negative").fill,
    edgeOfHatched: contrast(style(".weeks .negative").stroke, paper),
  };
}"""


CONTRASTS = PARTS.replace(
    "return {",
    """const pale = [...document.querySelectorAll("main *, header *, footer *")].filter(one => one.checkVisibility()
      && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
      && !one.matches(".skip") && contrast(getComputedStyle(one).color, paper) < 7);
  const link = document.querySelector("main p a");
  return {
    pale: pale.map(one => one.textContent.trim().slice(0, 30)),
    underline: contrast(getComputedStyle(link).textDecorationColor, paper),
    line: contrast(getComputedStyle(document.querySelector(".archive .teaser")).borderTopColor, paper),""",
)
"""What is paler than WCAG 1.4.6 asks for, and what stands out how much from the paper."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_asks_for_more_contrast_meets_no_pale_word_link_or_line(context_of, scheme: str):
    page = context_of(viewport={"width": 1280, "height": 900}, color_scheme=scheme).new_page()
    page.emulate_media(contrast="more")
    page.goto("entities/meta/")
    parts = page.evaluate(CONTRASTS)
    assert parts["pale"] == []
    assert parts["underline"] >= 7
    assert parts["line"] >= 3
    assert parts["fullAndEmpty"] >= 3  # signs differ as they did


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sentiments_of_a_picture_are_full_empty_and_hatched(context_of, scheme: str):
    page = context_of(color_scheme=scheme).new_page()
    page.goto("entities/meta/")
    parts = page.evaluate(PARTS)
    assert parts["fullAndEmpty"] >= 3
    assert parts["edgeOfEmpty"] >= 3
    assert parts["edgeOfHatched"] >= 3
    assert 'url("#hatch")' in parts["hatched"]
    page.wait_for_function("document.querySelector('#hatch path').getTotalLength() > 0")


def test_bars_that_stand_on_one_another_have_a_gap_between_them(page):
    page.goto("entities/openai/")
    lower, upper = (page.locator(f".weeks rect.{one}").first.bounding_box() for one in ("positive", "negative"))
    assert lower["x"] == pytest.approx(upper["x"], abs=1)
    assert lower["y"] - (upper["y"] + upper["height"]) >= 1


def test_the_picture_says_how_many_its_highest_bar_counts_and_which_weeks_it_shows(page):
    page.goto("entities/openai/")
    assert [text.split("\n") for text in page.locator(".weeks .axis").all_inner_texts()] == [
        ["6"],
        ["6\xa0April 2026", "29\xa0June 2026"],
    ]


def test_the_right_answer_bears_a_mark(page):
    page.goto("editions/2026-07-02/")
    question = page.locator(".question").first
    question.locator("[data-right]").check()
    question.get_by_role("button", name="Check the answer").click()
    assert "✓" in page.evaluate("getComputedStyle(document.querySelector('.right span'), '::after').content")
