"""What fits on a narrow screen: a word stays whole."""

from __future__ import annotations

import pytest

TORN = """() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = new Range();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.parentElement.checkVisibility() || getComputedStyle(text.parentElement).hyphens === "auto") continue;
    if (text.data.includes("://")) continue; // an address has no other way
    for (const word of text.data.matchAll(/[\\p{L}\\p{N}]{2,18}/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(word[0]);
    }
  }
  return found;
}"""
"""The words of a page that stand on more than one line."""


@pytest.mark.parametrize("width", [320, 390])
def test_no_word_is_torn(context_of, site, width: int):
    page = context_of(viewport={"width": width, "height": 800}).new_page()
    kinds = ("", "*/", "editions/*/", "stories/*/", "sources/*/", "entities/*/", "publishers/*/", "topics/*/")
    files = [file for kind in kinds for file in sorted(site.glob(f"{kind}index.html"))]
    paths = [f.relative_to(site).as_posix() for f in files if 'http-equiv="refresh"' not in f.read_text()]
    assert len(paths) > 100
    torn = {}
    for path in paths:
        page.goto(path.removesuffix("index.html"))
        if words := page.evaluate(TORN):
            torn[path] = words
    assert torn == {}
