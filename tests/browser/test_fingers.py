"""A finger on a phone meets what it aims at: no link, button or fold is covered by its neighbour."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

COVERED = """() => {
  const pressed = "a[href], button, summary, input, select, label", found = [];
  for (const one of document.querySelectorAll(pressed)) {
    if (!one.checkVisibility({visibilityProperty: true}) || one.matches(".skip")) continue;
    one.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
    const words = new Range();
    words.selectNodeContents(one);
    const lines = [...words.getClientRects()].filter(line => line.width > 1 && line.height > 1);
    for (const line of lines.length ? lines : one.getClientRects()) {
      for (const part of [1 / 6, 1 / 2, 5 / 6]) {
        const hit = document.elementFromPoint(line.left + part * line.width, line.top + line.height / 2);
        const met = hit?.closest(pressed);
        if (met !== one && !one.contains(hit)) {
          found.push(`${one.textContent.trim()} <- ${(met ?? hit)?.textContent.trim()}`);
        }
      }
    }
  }
  return found;
}"""
"""What a finger does not meet at the middle of one of its lines, or of their left or right third, and what is there."""


def kinds_of_pages(site: Path) -> list[str]:
    """A page of each kind, as its body says, the longest of each; and of each kind the chrome of several shares."""
    longest: dict[tuple[str, str], tuple[int, str]] = defaultdict(lambda: (0, ""))
    for file in site.rglob("*.html"):
        html, path = file.read_text(), file.relative_to(site).as_posix()
        if 'http-equiv="refresh"' not in html:
            kind = html.partition('<body class="')[2].partition('"')[0]
            folder = path.partition("/")[0]
            longest[kind, folder] = max(longest[kind, folder], (len(html), path))
    return sorted(path.removesuffix("index.html") for _, path in longest.values())


@pytest.mark.parametrize("width", [320, 390])
def test_no_target_is_covered_by_another(context_of, site: Path, width: int):
    page = context_of(viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True).new_page()
    paths = kinds_of_pages(site)
    assert len(paths) > 12
    covered = {}
    for path in paths:
        page.goto(path)
        assert page.evaluate("matchMedia('(pointer: coarse)').matches")
        covered[path] = page.evaluate(COVERED)
    assert not {path: found for path, found in covered.items() if found}


def test_the_names_that_a_story_mentions_are_as_high_as_a_finger_can_aim_at(context_of):
    page = context_of(viewport={"width": 320, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.goto("stories/openai-122bn-round/")
    lines = page.locator(".mentions dd a").evaluate_all(
        "all => all.flatMap(one => Array.from(one.getClientRects(), line => [line.top, line.height]))"
    )
    tops = sorted({round(top) for top, _ in lines})
    assert min(height for _, height in lines) >= 28
    assert min(below - above for above, below in pairwise(tops)) >= 28


def test_with_a_mouse_too_the_places_of_a_source_lie_no_nearer_to_what_opens_them_than_can_be_aimed_at(page):
    page.goto("stories/meta-coreweave-21bn/")
    opens = page.locator(".back summary").first
    opens.click()
    page.locator(".back[open] a").first.wait_for()
    assert opens.bounding_box()["height"] >= 24  # WCAG 2.2, 2.5.8: Target Size (Minimum)
