"""What fits on a narrow screen: a word stays whole."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

TORN = """() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = new Range();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.parentElement.checkVisibility()) continue;
    const style = getComputedStyle(text.parentElement);
    const whole = style.hyphens === "auto" ? parseInt(style.hyphenateLimitChars) || 5 : Infinity;
    if (text.data.includes("://")) continue; // an address has no other way
    for (const word of text.data.matchAll(/[\\p{L}\\p{N}]{2,18}/gu)) {
      if (word[0].length >= whole) continue; // it may be divided
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(word[0]);
    }
  }
  return found;
}"""
"""The words of a page that stand on more than one line."""


def test_no_word_is_torn(context_of, site):
    page = context_of().new_page()
    kinds = ("", "*/", "editions/*/", "stories/*/", "sources/*/", "entities/*/", "publishers/*/", "topics/*/")
    files = [file for kind in kinds for file in sorted(site.glob(f"{kind}index.html"))]
    paths = [f.relative_to(site).as_posix() for f in files if 'http-equiv="refresh"' not in f.read_text()]
    assert len(paths) > 100
    torn = {}
    for path in paths:
        page.goto(path.removesuffix("index.html"))
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 800})
            if words := page.evaluate(TORN):
                torn[path, width] = words
    assert torn == {}


def test_on_a_small_phone_the_name_of_the_newsletter_takes_one_line(context_of):
    page = context_of(viewport={"width": 360, "height": 740}).new_page()
    page.goto("")
    assert page.locator(".name").bounding_box()["height"] < 45


@pytest.mark.parametrize("scripts", [True, False])
def test_names_and_addresses_of_feeds_are_as_wide_as_a_phone(context_of, scripts: bool):
    page = context_of(viewport={"width": 390, "height": 800}, java_script_enabled=scripts).new_page()
    page.goto("subscribe/")
    for one in page.locator(".feeds li:visible > :is(code, a)").all():
        assert one.bounding_box()["height"] < 70, one.inner_text()
    first = page.locator(".followed .feeds a").first.bounding_box()
    ways = page.locator(".followed .feeds span").first.bounding_box()
    assert ways["y"] >= first["y"] + first["height"] - 1


def test_the_page_at_an_old_address_is_as_wide_as_a_phone_however_long_the_new_one_is(context_of, site):
    texts = (file.read_text() for file in sorted(site.rglob("*.html")))
    stub = next(text for text in texts if 'http-equiv="refresh"' in text).replace("http-equiv", "data-left-out")
    page = context_of(viewport={"width": 320, "height": 640}).new_page()
    page.set_content(re.sub(r"(?<=[^>]>)https://[^<]+", "https://the-footnote.example/stories/" + 90 * "o", stub))
    assert 90 * "o" in page.locator("a").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_columns_of_a_table_of_numbers_stand_apart(context_of):
    page = context_of(viewport={"width": 390, "height": 800}).new_page()
    page.goto("how-we-check/")
    gaps = page.evaluate(
        """() => [...document.querySelectorAll(".kinds tr")].flatMap(row => [...row.cells].slice(1).map(cell =>
          parseFloat(getComputedStyle(cell).paddingInlineStart)))"""
    )
    assert min(gaps) >= 12


LINES = "(one) => { const r = new Range(); r.selectNodeContents(one); return r.getBoundingClientRect().toJSON() }"
"""The box of what an element says, without what a finger has around it."""


def test_what_is_said_of_a_name_stands_nearer_to_it_than_to_the_next(context_of):
    page = context_of(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.goto("topics/")
    first, second = (page.locator(".names li").nth(n) for n in (0, 1))
    name, note, other = (
        one.evaluate(LINES) for one in (first.locator("a"), first.locator(".note"), second.locator("a"))
    )
    assert note["top"] - name["bottom"] < other["top"] - note["bottom"]


def test_on_a_phone_a_word_as_wide_as_the_screen_may_be_divided_and_an_address_may_not(context_of):
    page = context_of(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True).new_page()
    page.goto("subscribe/")
    style = "(name) => getComputedStyle(document.querySelector(name)).hyphens"
    assert [page.evaluate(style, name) for name in ("main h1", "main code")] == ["auto", "manual"]
    shown = page.locator("main code").first
    assert shown.inner_text() == "https://the-footnote.example/feeds/editions.rss.xml"
    assert shown.locator("wbr").count() > 0


@pytest.mark.parametrize("width", [390, 1280])
def test_a_number_stands_behind_the_last_word_of_its_name_however_many_lines_that_has(context_of, width: int):
    page = context_of(viewport={"width": width, "height": 900}).new_page()
    page.goto("entities/")
    name = page.get_by_role("link", name="Department of Communications")
    *_, last = name.evaluate(
        """one => {
            const words = new Range();
            words.selectNodeContents(one);
            return Array.from(words.getClientRects(), line => line.toJSON());
        }"""
    )
    count = name.locator("xpath=following-sibling::*[1]").bounding_box()
    assert 0 < count["x"] - last["right"] < 12
    assert last["top"] < count["y"] + count["height"] / 2 < last["bottom"]


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (360, 2), (390, 2), (1280, 4)])
@pytest.mark.parametrize("path", ["entities/", "publishers/"])
def test_names_stand_in_as_many_columns_as_the_screen_is_wide(context_of, path: str, width: int, columns: int):
    page = context_of(viewport={"width": width, "height": 900}, has_touch=width < 500).new_page()
    page.goto(path)
    lists = page.locator(".names:not(:has(.note))")
    starts = lists.last.evaluate("one => [...one.querySelectorAll('li')].map(li => Math.round(li.offsetLeft))")
    assert len(set(starts)) == (columns if path == "entities/" or width < 500 else 3)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [390, 1280])
def test_each_part_of_the_front_page_is_as_far_from_the_next_as_the_others(context_of, width: int):
    page = context_of(viewport={"width": width, "height": 900}).new_page()
    page.goto("")
    boxes = page.locator("main > :is(.front-grid, .front-points, .recurring, .earlier, .subscribe)").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) == 5
    assert {round(below["top"] - above["bottom"]) for above, below in pairwise(boxes)} == {45}


@pytest.mark.parametrize(("path", "width"), [("", 768), ("", 830), ("editions/2026-07-02/", 280)])
def test_a_name_with_a_hyphen_is_broken_only_where_it_is_wider_than_its_column(context_of, path: str, width: int):
    page = context_of(viewport={"width": width, "height": 900}).new_page()
    page.goto(path)
    torn = page.evaluate(
        """() => [...document.querySelectorAll(":is(h1, h2, h3) .name-whole")].filter(name => {
            const words = new Range();
            words.selectNodeContents(name);
            const lines = new Set(Array.from(words.getClientRects(), line => Math.round(line.top)));
            const width = Array.from(words.getClientRects(), line => line.width).reduce((a, b) => a + b, 0);
            return lines.size > 1 && width < name.closest("h1, h2, h3").clientWidth;
        }).map(name => name.textContent)"""
    )
    assert page.locator(":is(h1, h2, h3) .name-whole").count() > 1
    assert torn == []


def test_the_stories_of_a_month_keep_off_its_heading(context_of):
    page = context_of(viewport={"width": 390, "height": 844}).new_page()
    page.goto("stories/2026-04/")
    heading, first = (page.locator(name).first.bounding_box() for name in ("h1", ".teaser"))
    assert first["y"] - heading["y"] - heading["height"] >= 24


def test_the_words_that_a_figure_came_from_have_room_beside_or_below_it(context_of, site):
    page = context_of().new_page()
    seen = 0
    for story in sorted((site / "stories").glob("*/index.html")):
        if 'class="carrying' not in story.read_text():
            continue
        page.goto(f"stories/{story.parent.name}/")
        for width in (360, 750, 820, 960, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.locator(".opening blockquote").bounding_box()["width"] > 150, (story.parent.name, width)
        seen += 1
    assert seen > 3


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_one_line_parts_a_figure_from_its_words_even_where_these_run_against_the_page(context_of, direction: str):
    page = context_of(viewport={"width": 1280, "height": 900}).new_page()
    page.goto("stories/openai-122bn-round/")
    page.evaluate("way => { document.documentElement.dir = way; }", direction)
    figure, words, credit = (page.locator(f".opening {part}") for part in (".carrying", "blockquote", "figcaption"))
    lines = "one => [getComputedStyle(one).borderLeftWidth, getComputedStyle(one).borderRightWidth]"
    assert [one.evaluate(lines) for one in (figure, words, credit)] == [["0px", "0px"]] * 3
    line = page.locator(".opening").evaluate("one => getComputedStyle(one, '::before').borderInlineStartWidth")
    assert line == "1px"
    boxes = [one.bounding_box() for one in (figure, words, credit)]
    first, *others = boxes if direction == "ltr" else [{"x": -b["x"] - b["width"], "width": b["width"]} for b in boxes]
    assert all(other["x"] - first["x"] - first["width"] > 40 for other in others)
