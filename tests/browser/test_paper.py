"""What a page is on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

STORY = "stories/meta-coreweave-21bn/"
SHEET = {"viewport": {"width": 680, "height": 1000}}
"""A sheet of A4 between its margins."""


@pytest.fixture
def sheet(context_of):
    page = context_of(**SHEET, color_scheme="dark").new_page()
    page.emulate_media(media="print")
    return page


def sheets(page) -> int:
    """How many sheets of A4 a page takes, with the margins that it asks for itself."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


def test_the_text_is_larger_than_what_stands_below_it(sheet):
    sheet.goto(STORY)
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    text = sheet.locator(".text .body p").first.evaluate(size)
    assert text >= 13.5
    for name in (".source", ".sources blockquote", ".disputed dd", ".mentions dd"):
        assert sheet.locator(name).first.evaluate(size) <= text + 0.5, name


def test_a_line_has_no_more_than_80_letters(sheet):
    sheet.goto(STORY)
    ems = sheet.locator(".text .body p").evaluate_all(
        """all => all.map(one => Math.max(...[...one.getClientRects()].map(box => box.width))
                                 / parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert max(ems) < 36


@pytest.mark.parametrize("path", [STORY, "editions/2026/", "stories/", "subscribe/"])
def test_what_is_pressed_is_left_out(sheet, path: str):
    sheet.goto(path)
    assert not sheet.locator("main :is(.copy, .share, .shelf-nav, .filters, .back a):visible").count()


def test_marks_that_are_drawn_with_backgrounds_are_printed_and_nothing_is_light(sheet):
    sheet.goto("entities/openai/")
    style = "getComputedStyle(document.querySelector('.signal-positive'), '::before')"
    assert sheet.evaluate(f"{style}.printColorAdjust") == "exact"
    assert sheet.evaluate(f"{style}.backgroundColor") == "rgb(0, 0, 0)"
    fill = "getComputedStyle(document.querySelector('.weeks .positive')).fill"
    assert sheet.evaluate(fill) == "rgb(0, 0, 0)"


def test_what_the_sources_dispute_stays_with_its_heading(sheet):
    sheet.goto(STORY)
    breaks = "all => all.map(one => getComputedStyle(one).breakInside)"
    assert set(sheet.locator(".disputed dl > div").evaluate_all(breaks)) == {"avoid"}


@pytest.mark.parametrize(
    ("path", "most"), [("", 2), (STORY, 2), ("about/", 2), ("sections/big-tech/", 2), ("editions/2026-04-11/", 8)]
)
def test_a_page_takes_few_sheets(sheet, path: str, most: int):
    sheet.goto(path)
    assert sheets(sheet) <= most


def printed(tool: str, file: Path) -> list[tuple[float, float, float, str]]:
    """The words of a PDF, each with its left, upper and right edge, in points."""
    told = subprocess.run([tool, "-bbox", file, "-"], capture_output=True, text=True, check=True)
    word = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*)</word>')
    return [(float(left), float(top), float(right), said) for left, top, right, said in word.findall(told.stdout)]


def test_a_sheet_has_a_margin_on_all_sides(sheet, tmp_path):
    if not (tool := shutil.which("pdftotext")):
        pytest.skip("no pdftotext")
    sheet.goto(STORY)
    sheet.pdf(path=tmp_path / "story.pdf", format="A4")
    left, top, right, *_ = zip(*printed(tool, tmp_path / "story.pdf"), strict=True)
    assert min(left) > 40
    assert min(top) > 40
    assert max(right) < 595 - 40


def test_what_is_in_focus_stands_in_one_column_each(sheet):
    sheet.goto("editions/2026-07-02/")
    columns = "one => [...one.querySelectorAll('h3, dd')].map(part => Math.round(part.getBoundingClientRect().right))"
    for rights in sheet.locator(".focus article").evaluate_all(f"all => all.map({columns})"):
        assert max(rights) - min(rights) < 20


def test_what_is_in_focus_stands_side_by_side(sheet, tmp_path):
    if not (tool := shutil.which("pdftotext")):
        pytest.skip("no pdftotext")
    sheet.goto("editions/2026-07-02/")
    sheet.pdf(path=tmp_path / "edition.pdf", format="A4")
    lefts = [left for left, _, _, said in printed(tool, tmp_path / "edition.pdf") if said == "watch"]  # What to watch
    assert len(lefts) == 2
    assert lefts[1] - lefts[0] > 200


def test_an_address_on_paper_runs_from_left_to_right(sheet):
    sheet.goto("editions/2026-07-02/")
    sheet.evaluate("document.documentElement.dir = 'rtl'")
    lines = "one => [getComputedStyle(one).direction, getComputedStyle(one).textAlign]"
    assert sheet.locator(".address").evaluate(lines) == ["ltr", "end"]
    for name in (".source a", ".original a"):
        after = "one => [getComputedStyle(one, '::after').direction, getComputedStyle(one, '::after').unicodeBidi]"
        assert sheet.locator(name).first.evaluate(after) == ["ltr", "isolate"]


def test_a_picture_stands_beside_its_headline(sheet):
    sheet.goto("editions/2026-07-02/")
    boxes = (sheet.locator(f".shelf .story {one}").first.bounding_box() for one in ("h3", ".picture", ".text"))
    headline, picture, text = boxes
    assert picture["width"] < text["width"] / 2
    assert picture["y"] == headline["y"]
    assert picture["x"] >= headline["x"] + headline["width"]
    assert text["y"] >= picture["y"] + picture["height"]


def test_a_picture_does_not_drive_its_story_from_a_half_empty_sheet(sheet, tmp_path):
    if not (tool := shutil.which("pdftotext")):
        pytest.skip("no pdftotext")
    sheet.goto("editions/2026-07-02/")
    sheet.pdf(path=tmp_path / "edition.pdf", format="A4")
    told = subprocess.run([tool, "-l", "1", tmp_path / "edition.pdf", "-"], capture_output=True, text=True, check=True)
    assert "Share moves on the day as given by Nashnova" in told.stdout, "with its caption, on the first sheet"


WIDE = """<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>
<pre><code>{code}</code></pre>"""


@pytest.mark.parametrize("columns", [2, 4, 9])
def test_a_wide_table_and_a_long_line_of_code_are_printed_whole(sheet, columns: int):
    sheet.goto(STORY)
    heads, cells = "<th>Establishments</th>" * columns, "<td>1,234,567.89 tonnes</td>" * columns
    added = WIDE.format(heads=heads, cells=cells, code="citewire build --now " * 20)
    sheet.locator(".text .body").first.evaluate("(body, added) => body.insertAdjacentHTML('beforeend', added)", added)
    cut = sheet.locator(".text").first.evaluate(
        """text => [...text.querySelectorAll('table, pre, th, td')].filter(one => one.scrollWidth > one.clientWidth + 1
            || one.getBoundingClientRect().right > text.getBoundingClientRect().right + 1).length"""
    )
    assert cut == 0


@pytest.mark.parametrize("path", ["how-we-check/", "publishers/"])
def test_the_heads_of_small_tables_are_printed_on_one_line(sheet, path: str):
    sheet.goto(path)
    heads = sheet.locator(".kinds th[scope=col]")
    assert heads.count() > 3
    assert max(heads.evaluate_all("all => all.map(one => one.clientHeight)")) < 40
