"""Ordinary Markdown pages: the theme's style sheets, 150 KB of them, come where the theme has something to set."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.words import LENT
from tests.folders import citewire

GOLDEN = Path(__file__).parent / "golden"
PLAIN = """# Plain

Words, *em*, **strong**, a [link](odd.md), <b>&</b> a break<br>here.

## Second

- one
- two

    1. three

### Third
"""
PAGES = {
    "plain": PLAIN.replace("<b>&</b>", "5 &lt; 6 &"),
    "admonition": "!!! note\n    Mind this.\n",
    "table": "| a | b |\n| - | - |\n| 1 | 2 |\n",
    "code": "Write `code`.\n",
    "block": "    indented code\n",
    "footnote": "Words.[^1]\n\n[^1]: A note.\n",
    "button": "[Go](odd.md){ .md-button }\n",
    "quote": "> Words of others.\n",
    "odd": PLAIN,
    "formula": 'The "mean" <span class="arithmatex">\\(f\'(x)\\)</span>.\n',
    "marks": 'The "desk\'s" own `"words"`.\n',
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden newsletter with these pages."""
    return build_in(tmp_path_factory.mktemp("ordinary"))


def build_in(home: Path, language: str | None = None) -> Path:
    """Build the golden newsletter with these pages, in its own language or another one: the folder of its site."""
    shutil.copytree(GOLDEN / "content", home / "content")
    if language:
        said = home / "content" / "newsletter.yml"
        kept = [line for line in said.read_text("utf-8").splitlines() if not line.startswith("language:")]
        said.write_text("\n".join([f"language: {language}", *kept]), "utf-8")
    settings = (GOLDEN / "mkdocs.yml").read_text("utf-8").split("\nmarkdown_extensions:")[0]
    extensions = "\nmarkdown_extensions: [admonition, attr_list, footnotes, tables]\n"
    (home / "mkdocs.yml").write_text(settings + extensions, "utf-8")
    for name, text in PAGES.items():
        (home / "content" / "pages" / f"{name}.md").write_text(text, "utf-8")
    done = citewire(home, "build")
    assert done.returncode == 0, done.stderr
    return home / "site"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_plain_prose_does_without_the_style_sheets_of_the_theme(built: Path, name: str):
    html = (built / name / "index.html").read_text("utf-8")
    assert "assets/citewire/citewire.css" in html
    assert ("assets/stylesheets/" in html) == (name != "plain")


def test_what_the_theme_says_in_english_for_want_of_words_says_so(tmp_path: Path):
    site = build_in(tmp_path, "fr")
    for page in ("404.html", "plain/index.html", "index.html"):
        html = (site / page).read_text("utf-8")
        assert '<a class="skip" href="#main" lang="en">Skip to the text</a>' in html, page
        assert LENT[0] not in html, page
    assert '<h1 lang="en">There is no page here</h1>' in (site / "404.html").read_text("utf-8")


def test_quotation_marks_are_those_of_the_stories_but_in_code(built: Path):
    assert "The “desk’s” own <code>" in (built / "marks" / "index.html").read_text("utf-8")
    assert "f'(x)" in (built / "formula" / "index.html").read_text("utf-8"), "what a script sets"
