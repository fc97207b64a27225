"""The mail as a browser shows it, which is how webmail does."""

from __future__ import annotations

import re

import pytest

from generator.link.site import link
from tests.make import BASE, edition, everywhere, sample, site, story
from tests.test_mail import made

READABLE = """
() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parts(colour).slice(0, 3)
    .map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = (e) => { for (; e; e = e.parentElement) {
    const colour = getComputedStyle(e).backgroundColor;
    if ((parts(colour)[3] ?? 1) > 0) return colour;
  } return "rgb(255,255,255)"; };
  const faint = [];
  for (const e of document.querySelectorAll("body *:not(.preheader)")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(paper(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(e.outerHTML.slice(0, 120));
  }
  return faint;
}
"""


@pytest.mark.parametrize("whole", [True, False], ids=["with-its-style-sheet", "without"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 640])
def test_the_mail_fits_the_screen_and_can_be_read_in_every_light(browser, width: int, scheme: str, whole: bool):
    html = made(sample()).bodies.html
    if not whole:
        html = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=True)
    page.route("**/*", lambda route: route.abort())
    page.set_content(html)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(READABLE) == []
    paper = page.evaluate("getComputedStyle(document.querySelector('td.paper')).backgroundColor")
    assert paper == ("rgb(23, 22, 20)" if scheme == "dark" and whole else "rgb(255, 253, 248)")
    assert page.locator(".preheader").bounding_box()["height"] == 0
    page.close()


@pytest.mark.parametrize("width", [320, 390, 640])
def test_no_headline_of_a_mail_ends_with_a_short_word_alone(browser, width: int):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.route("**/*", lambda route: route.abort())
    page.set_content(made(sample(), "2026-07-02").bodies.html)
    lonely = page.locator("h1, h3:not(.minor), .head .dek").evaluate_all(
        """all => all.filter(heading => {
            const words = new Range();
            words.selectNodeContents(heading);
            const lines = new Map();
            for (const one of words.getClientRects()) {
                const line = [...lines.keys()].find(other => Math.abs(other - one.bottom) < 12) ?? one.bottom;
                const [left, right] = lines.get(line) ?? [Infinity, 0];
                lines.set(line, [Math.min(left, one.left), Math.max(right, one.right)]);
            }
            const widths = [...lines.values()].map(([left, right]) => right - left);
            return widths.length > 1 && widths.at(-1) < Math.max(...widths) / 3;
        }).map(heading => heading.textContent)"""
    )
    assert lonely == []
    page.close()


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft-2"
UNBROKEN = f"{LONG} https://example.org/a/very/long/path/that/never/ends/and/goes/on/and/on/and/on.html"
WIDE = """
| Model | Price | Context | Notes that are rather long | Another column | And one more |
| --- | ---: | --- | --- | --- | --- |
| Alpha | $12.50 | 128k | A long cell [@hubkub] | Unterbeamtengesellschaft | 12,000,000 |

| Model | Price per million tokens | Released |
| --- | ---: | --- |
| Claude Sonnet 4.5 | $1,250.00 | 12 May 2026 |

```
def f(x):  # a line of code that is certainly wider than any phone screen could ever be, one hopes
```

`some_very_long_identifier_without_any_break_in_it_at_all_because_code_is_like_that()`
"""
UNKNOWN = {
    "all": "$^",
    "gmail": r"word-wrap:[a-z-]*",
    "yahoo": r"word-break:[a-z-]*",
    "outlook": r"table-layout:[a-z]*",
}
"""What a client takes out of the styles."""


@pytest.mark.parametrize("client", UNKNOWN)
def test_no_long_word_address_code_or_table_makes_a_mail_wider_than_a_phone(browser, client: str):
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.route("**/*", lambda route: route.abort())
    for of in (link(everywhere(UNBROKEN), BASE), site(story("told", body=WIDE), edition("2026-04-11", "told"))):
        html = made(of, postal_address=LONG).bodies.html
        html = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL) if client == "yahoo" else html
        page.set_content(re.sub(UNKNOWN[client], "", html))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
