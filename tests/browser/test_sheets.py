"""The style sheets of the site, as a browser understands them."""

from __future__ import annotations

from pathlib import Path

import pytest

SHEETS = Path(__file__).parent.parent.parent / "generator/theme/assets/citewire"
RULES = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].map(rule => rule.cssText.replace(/,\\s+/g, ","));
}"""
"""Its rules as text. A browser keeps the blanks of a value with a variable in it, where a comma parts by itself."""


@pytest.mark.parametrize("name", sorted(path.name for path in SHEETS.glob("*.css")))
def test_a_published_sheet_has_every_rule_of_the_one_that_is_written(site: Path, browser, name: str):
    page = browser.new_page()
    written, published = (folder / name for folder in (SHEETS, site / "assets/citewire"))
    assert published.stat().st_size < written.stat().st_size
    there, here = (page.evaluate(RULES, file.read_text("utf-8")) for file in (written, published))
    assert there
    assert here == there
    page.close()
