"""What breaks layouts: endless words, long headlines, sixty sources, writing from right to left, months of stories."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.browser.conftest import serving
from tests.browser.test_fingers import COVERED
from tests.browser.test_keyboard import OUT_OF_REACH

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
HEADLINE = ("A headline of two hundred characters on compute and chips and contracts " * 3)[:199].strip()
ARABIC = "أعلنت شركة ميتا عن التزام جديد بقيمة 21 مليار دولار"
MONTHS = 8
CELL = "a cell of words"
QUOTATION = """

> A first paragraph of a quotation.
>
> A second one.
"""
WIDE = f"""

{f"| {CELL} " * 9}|
{"| --- " * 9}|
{f"| {CELL} " * 9}|

```
{"a line of code " * 20}
```
"""
PAGES = ("", "stories/", "stories/month-1/", "stories/long-word/", "stories/sixty/", "editions/2026-08-01/", "topics/")
ACROSS = "document.documentElement.scrollWidth - innerWidth"


def _source(number: int) -> dict[str, Any]:
    passages = [f"{WORD} says passage {number}"]
    return {"url": f"https://hub.example/{WORD}/{number}", "title": WORD, "publisher": "hub", "passages": passages}


def _story(month: int, title: str, body: str, sources: int = 1) -> dict[str, Any]:
    return {
        "title": title,
        "dek": title[:150],
        "section": "tech",
        "published": f"2026-{month:02}-01T06:00:00Z",
        "topics": ["chips"],
        "body": body,
        "citations": {f"s{n}": _source(n) for n in range(sources)},
    }


def _png(width: int, height: int) -> bytes:
    """A black picture (https://www.w3.org/TR/png-3/#5DataRep)."""
    header = struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0)
    parts = {b"IHDR": header, b"IDAT": zlib.compress(bytes(height * (1 + (width + 7) // 8))), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts.items()
    )


def _picture(content: Path, width: int, height: int) -> dict[str, Any]:
    """Draw a picture of a size in pixels; what a story says of it."""
    file = content / "images" / f"{width}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_png(width, height))
    return {"file": file.name, "alt": "A picture", "credit": "Desk"}


def _newsletter(language: str) -> dict[str, Any]:
    return {
        "name": WORD[:60],
        "tagline": "The day.",
        "banner": "A notice.",
        "copyright": "Words under CC BY.",
        "language": language,
        "authority": "hard.example",
        "editor": {"name": "Desk", "email": "desk@hard.example"},
        "sections": {"tech": {"title": WORD[:40]}},
    }


_CORRECTION = {"date": "2026-08-02T06:00:00Z", "was": "Sixteen.", "now": "Sixty."}
_CHANGED = {
    "byline": "Ada Lovelace",
    "updated": _CORRECTION["date"],
    "corrections": [_CORRECTION],
    "event": "2026-07-31",
    "importance": {"score": 10, "why": "There are sixty."},
    "sentiment": "negative",
}


def _write(root: Path, language: str, headline: str) -> None:
    content = root / "content"
    each = "; ".join(f"@s{n}" for n in range(60))
    stories = {f"month-{n}": _story(n, headline, "Words. [@s0]") for n in range(1, MONTHS + 1)}
    stories["long-word"] = _story(8, WORD, f"{WORD} is {headline}. [@s0; @s1]\n\n`{WORD * 2}`", 2)
    stories["sixty"] = _story(8, "Sixty", f"A paragraph with sixty sources. [{each}]{QUOTATION}{WIDE}", 60) | _CHANGED
    stories["long-word"]["image"] = _picture(content, 100, 60)
    stories["sixty"]["image"] = _picture(content, 600, 2400)
    edition = {"title": headline, "dek": "The dek.", "one_line": "The line.", "published": "2026-08-01T07:00:00Z"}
    edition |= {"stories": ["long-word", "sixty"], "made_by": {"editor": "Desk", "machine": "none"}}
    edition |= {"updated": _CORRECTION["date"], "corrections": [_CORRECTION]}
    files: dict[str, Any] = {
        "newsletter.yml": _newsletter(language),
        "topics.yml": {"chips": {"name": WORD}},
        "publishers.yml": {"hub": {"name": WORD, "domain": "hub.example", "kind": "trade"}},
        "editions/2026-08-01.yml": edition,
    } | {f"stories/{slug}.yml": story for slug, story in stories.items()}
    for name, value in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(yaml.safe_dump(value, allow_unicode=True), "utf-8")
    (content / "pages").mkdir()
    (content / "pages" / "wide.md").write_text(f"# Wide{WIDE}")
    options = [{"citewire": {"rules": {"preset": "relaxed"}}}]
    config = {"site_name": "Hard", "site_url": "https://hard.example/", "docs_dir": "content/pages", "plugins": options}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config | {"theme": {"name": "material", "font": False}}))


WAYS = {"ltr": ("en", HEADLINE), "rtl": ("ar", f"{ARABIC} {ARABIC}")}


@pytest.fixture(scope="module", params=WAYS)
def hard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A newsletter of nothing else, at its address."""
    root = tmp_path_factory.mktemp("hard")
    language, headline = WAYS[request.param]
    _write(root, language, headline)
    subprocess.run([sys.executable, "-m", "generator", "build", "-f", str(root / "mkdocs.yml")], check=True)
    with serving(root / "site") as found:
        yield found


def test_a_page_begins_on_the_side_of_its_language(hard: str, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(hard)
    seek, switch = (page.locator(name).bounding_box()["x"] for name in (".seek", ".theme-switch"))
    assert (seek < switch) == page.evaluate("document.documentElement.lang === 'en'")
    page.close()


def test_a_line_of_the_newsletter_ends_where_its_own_words_end(hard: str, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(hard)
    for place in (".banner p", ".folio .about", ".colophon > p:last-child"):
        ends = page.locator(place).evaluate(
            """line => {
                const all = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
                let text = all.nextNode(), last = text;
                while ((text = all.nextNode())) last = text;
                const at = (from, to) => {
                    const range = document.createRange();
                    range.setStart(last, from);
                    range.setEnd(last, to);
                    return range.getBoundingClientRect().left;
                };
                const end = last.data.trimEnd().length;
                return at(end - 1, end) > at(end - 2, end - 1);
            }"""
        )
        assert ends, place
    page.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_scrolls_sideways_and_nothing_lies_over_the_name(hard: str, browser, width: int):
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(hard + path)
        assert page.evaluate(ACROSS) <= 0, path
        name, *others = page.evaluate(
            "['.name', '.seek', '.theme-switch'].map(s => document.querySelector(s).getBoundingClientRect().toJSON())"
        )
        for other in others:
            apart = other["right"] <= name["left"] or other["left"] >= name["right"]
            assert apart or other["top"] >= name["bottom"], path
    page.close()


@pytest.mark.parametrize("width", [320, 390])
def test_however_lines_wrap_no_target_is_covered_by_another(hard: str, browser, width: int):
    page = browser.new_page(viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True)
    for path in (*PAGES, "publishers/hub/", "topics/chips/", "corrections/"):
        page.goto(hard + path)
        assert page.evaluate(COVERED) == [], path
    page.close()


@pytest.mark.parametrize("path", ["stories/sixty/", "editions/2026-08-01/", "wide/"])
def test_tables_and_code_that_are_wider_than_the_screen_are_reached_by_keyboard(hard: str, browser, path: str):
    page = browser.new_page(viewport={"width": 320, "height": 844})
    page.goto(hard + path)
    wider = "(all) => all.map(one => one.scrollWidth > one.clientWidth)"
    assert page.locator("main :is(table, pre:not(.citing pre))").evaluate_all(wider) == [True, True]
    assert page.evaluate(OUT_OF_REACH) == []
    assert page.get_by_role("group", name="Code").count() == 1
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_small_picture_keeps_its_size_and_column_and_a_tall_one_leaves_room_for_words(hard: str, browser, width: int):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{hard}stories/long-word/")
    small, head = (page.locator(one).bounding_box() for one in (".picture img", ".picture figcaption"))
    assert small["width"] == 100
    assert abs(head["x"] - page.locator("h1").bounding_box()["x"]) < 1
    page.goto(f"{hard}stories/sixty/")
    assert page.locator(".picture img").bounding_box()["height"] <= 800 * 0.9
    page.close()


def test_the_paragraphs_of_a_quotation_stand_apart(hard: str, browser):
    page = browser.new_page()
    page.goto(f"{hard}stories/sixty/")
    first, second = (one.bounding_box() for one in page.locator(".body blockquote p").all())
    assert second["y"] - first["y"] - first["height"] >= 12
    page.close()


def test_numbers_behind_words_of_the_other_direction_stand_in_the_order_of_the_text(hard: str, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.goto(f"{hard}stories/long-word/")
    first, second = (page.locator(".text .cite").nth(n) for n in (0, 1))
    is_ltr = first.evaluate("one => getComputedStyle(one).direction === 'ltr'")
    assert (first.bounding_box()["x"] < second.bounding_box()["x"]) == is_ltr
    page.close()


def test_sixty_numbers_wrap_between_numbers_and_never_inside_one(hard: str, browser):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{hard}stories/sixty/")
    assert page.evaluate("[...document.querySelectorAll('.cite')].every(cite => cite.getClientRects().length === 1)")
    assert page.locator(".text .cite").count() >= 60
    page.close()


def test_a_filter_that_fits_little_asks_before_it_reads_the_whole_archive(hard: str, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "stories.json" in request.url else None)
    page.goto(f"{hard}stories/?q=zzyzx")
    further = page.locator("button.more")
    further.wait_for()
    assert len(asked) == 6
    further.click()
    further.wait_for(state="detached")
    assert len(asked) == MONTHS
    page.close()


def test_what_a_script_lists_runs_as_its_own_words_do(hard: str, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{hard}stories/?q=sixty")
    page.locator(".found:not(:empty)").wait_for()
    told = page.locator(".stories :is(h2, .dek)").evaluate_all(
        """all => all.map(one => {
            const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
            const text = texts.nextNode();
            return [text.data, getComputedStyle(text.parentElement).direction, getComputedStyle(one).direction];
        })"""
    )
    way = "rtl" if "rtl" in page.evaluate("document.dir") else "ltr"
    assert told == [["Sixty", "ltr", way], ["Sixty", "ltr", way]]
    page.close()
