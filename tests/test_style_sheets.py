"""The style sheets of pages: what readers load is there for something."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from generator.host.chrome import _published
from generator.model.problems import Severity
from generator.model.vocabulary import SENTIMENTS

GENERATOR = Path(__file__).parent.parent / "generator"
SHEETS = GENERATOR / "theme/assets/citewire"
_RULE = re.compile(r"([^{}]+)\{")
_CLASS = re.compile(r"\.([a-z][a-z0-9-]*)")

_CODE = r"\{\{.*?\}\}|\{%.*?%\}"
_ATTRIBUTE = re.compile(rf'\sclass="((?:{_CODE}|[^"])*)"', re.DOTALL)
_GIVEN = re.compile(r"\.to\(.*\"([\w-]+)\"\)")
"""The class of a link that the macro `to` of `_ways.html` makes."""
_SCRIPTED = re.compile(r'(?:className = |classList\.\w+\(|made\(.*, )"([\w-]+)"')
_ALIGNED = re.compile(r'"class"\] = f"([\w-]+)\{')
BY_NAME = {*SENTIMENTS, *map(str, Severity), "beside", "below", "briefs"}
"""Classes that templates take from a value whole: of a bar, of a rule, of the columns of the front page."""
OF_THE_THEME = {"admonition", "footnote", "tabbed-set"}
"""What Markdown extensions make on ordinary pages."""


@cache
def emitted() -> tuple[set[str], tuple[str, ...]]:
    """The classes that templates, scripts and code put on elements, and how those begin that end with a value."""
    html, scripts, code = (
        [file.read_text("utf-8") for file in GENERATOR.rglob(f"*.{ending}") if "mail" not in file.parts]
        for ending in ("html", "js", "py")
    )
    whole, begun = {*BY_NAME, *OF_THE_THEME}, set[str]()
    for text in (*html, *scripts, *code):
        for value in _ATTRIBUTE.findall(text):
            begun.update(re.findall(r"([\w-]+-)\{\{", value))
            literals = (word for part in re.findall(_CODE, value) for word in re.findall(r'"([^"]*)"', part))
            whole.update(re.findall(r"(?<!\S)[\w-]*\w(?!\S)", " ".join([re.sub(_CODE, " ", value), *literals])))
    for text in html:
        whole.update(_GIVEN.findall(text))
    for text in scripts:
        whole.update(_SCRIPTED.findall(text))
    for text in code:
        begun.update(_ALIGNED.findall(text))
    return whole, tuple(begun)


def meant(sheet: str) -> set[str]:
    """The classes that the selectors of a style sheet name."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    selectors = (rule for rule in _RULE.findall(text) if not rule.strip().startswith("@"))
    return {name for selector in selectors for name in _CLASS.findall(selector.rpartition(";")[2])}


def dead(sheet: str) -> set[str]:
    """The classes that a style sheet means, and that no page has."""
    whole, begun = emitted()
    return {name for name in meant(sheet) - whole if not name.startswith(begun)}


@pytest.mark.parametrize("sheet", ["citewire.css", "comments.css", "search.css", "ordinary.css"])
def test_no_rule_is_for_what_no_page_has(sheet: str):
    assert dead((SHEETS / sheet).read_text("utf-8")) == set()


def test_a_site_without_comments_is_sent_no_style_of_them():
    sent = (SHEETS / name for name in ("citewire.css", "search.css", "ordinary.css"))
    assert [name for sheet in sent for name in meant(sheet.read_text("utf-8")) if "comment" in name] == []


def test_a_word_of_the_program_is_no_class_of_a_page():
    assert dead(".library .masthead > .publish, .shade-4, .right { color: red }") == {"library", "publish"}


def worn() -> dict[str, str]:
    """The classes that stand in the templates of pages, each with a template that has it."""
    files = [*(GENERATOR / "templates").glob("*.html"), *(GENERATOR / "theme").glob("*.html")]
    return {
        name: file.name
        for file in files
        for value in _ATTRIBUTE.findall(file.read_text("utf-8"))
        for name in re.findall(r"(?<!\S)[\w-]*\w(?!\S)", re.sub(_CODE, " ", re.sub(rf"\S*(?:{_CODE})\S*", " ", value)))
    }


def test_no_page_carries_a_class_that_neither_a_style_nor_a_script_knows():
    styled = {name for sheet in SHEETS.glob("*.css") for name in meant(sheet.read_text("utf-8"))}
    scripts = "".join(file.read_text("utf-8") for file in SHEETS.glob("*.js"))
    assert len(worn()) > 100
    assert {name: file for name, file in worn().items() if name not in styled and f".{name}" not in scripts} == {
        "md-typeset": "base.html"  # the theme's own styles for Markdown go by it
    }


def test_a_sheet_of_the_newsletters_own_may_be_in_any_encoding():
    latin = "/* café */".encode("latin-1")
    assert _published("assets/citewire/search.css", latin) == latin
    assert _published("assets/citewire/search.css", b"a { b: c }  /* d */") != b"a { b: c }  /* d */"


def test_the_type_of_a_first_page_comes_in_less_than_81_kilobytes():
    """On a slow line it is most of what a first visit waits for: each pair of letters is kerned once."""
    files = (SHEETS / "fonts" / f"{name}.woff2" for name in ("display", "serif", "serif-italic"))
    assert sum(file.stat().st_size for file in files) < 81_000
