"""The style sheets of pages: what readers load is there for something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parent.parent / "generator"
SHEETS = GENERATOR / "theme/assets/citewire"
_RULE = re.compile(r"([^{}]+)\{")
_CLASS = re.compile(r"\.([a-z][a-z0-9-]*)")


def sources() -> str:
    """Whatever writes the HTML of pages: templates, scripts, code."""
    made = (file for ending in ("html", "js", "py") for file in GENERATOR.rglob(f"*.{ending}"))
    return "\n".join(file.read_text("utf-8") for file in sorted(made))


def meant(sheet: str) -> set[str]:
    """The classes that the selectors of a style sheet name."""
    text = re.sub(r"/\*.*?\*/", "", (SHEETS / sheet).read_text("utf-8"), flags=re.DOTALL)
    selectors = (rule for rule in _RULE.findall(text) if not rule.strip().startswith("@"))
    return {name for selector in selectors for name in _CLASS.findall(selector.rpartition(";")[2])}


@pytest.mark.parametrize("sheet", ["citewire.css", "search.css"])
def test_no_rule_is_for_what_no_page_has(sheet: str):
    made = sources()
    written = set(re.findall(r"[\w-]+", made))
    begun = set(re.findall(r"([\w-]+-)(?=\{\{|\{|\" \+)", made))  # `shade-{{ day.shade }}`
    left = {name for name in meant(sheet) if name not in written}
    assert len(meant(sheet)) > 10
    assert {name for name in left if not any(name.startswith(beginning) for beginning in begun)} == set()
