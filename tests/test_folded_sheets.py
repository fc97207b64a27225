"""The style sheets that readers are sent: the ones that are written, without what is there for whoever writes them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from generator.host.sheets import folded

SHEETS = Path(__file__).parent.parent / "generator/theme/assets/citewire"

SAME = {
    "a comment": ("a { color: red; /* that's so */ }\n\n/* of b; */\nb {\n  top: 0;\n}\n", "a{color:red}b{top:0}"),
    "two comments": ("/* a */ a { top: 0; /* b */ } /* c **/\n b { top: 1px; }", "a{top:0}b{top:1px}"),
    "a string": ('a::after { content: "; /* no */  }"; }', 'a::after{content:"; /* no */  }"}'),
    "a mark in a string": (r"""a { content: "\" ;  "; quotes: '“' "'" }""", r"""a{content:"\" ;  ";quotes:'“' "'"}"""),
    "what stands within": ("main :is(a, b) > .c + d::before {}", "main :is(a,b) > .c + d::before{}"),
    "a sum": ("a { width: calc(100% - (2 * var(--gap))); }", "a{width:calc(100% - (2 * var(--gap)))}"),
    "a condition": ("@media (min-width: 46rem) and (scripting: none) {\n  a { b: c }\n}", None),
}


@pytest.mark.parametrize("case", SAME)
def test_a_sheet_says_the_same_in_fewer_characters(case: str):
    written, told = SAME[case]
    assert folded(written) == (told or "@media (min-width:46rem) and (scripting:none){a{b:c}}")


@pytest.mark.parametrize("sheet", sorted(SHEETS.glob("*.css")), ids=lambda path: path.name)
def test_what_was_folded_is_not_folded_again(sheet: Path):
    once = folded(sheet.read_text("utf-8"))
    assert "/*" not in once
    assert "\n" not in once
    assert folded(once) == once


def test_what_a_page_waits_for_is_a_quarter_less():
    written = (SHEETS / "citewire.css").read_bytes()
    assert len(gzip.compress(folded(written.decode()).encode())) < 0.78 * len(gzip.compress(written))
