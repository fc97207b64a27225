"""Fenced code is what its page shows as code: it claims nothing, and whatever is shown otherwise is judged."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import prose
from generator.check.judging import check
from generator.check.reading import blocks, own_words
from generator.texts.fences import fenced, without_code
from generator.trace.sentences import read
from tests.make import edition, library, source, story

CODE = [
    "```\n{}\n```",
    "```yaml\n{}\n\n```",
    "~~~\n{}\n~~~",
    "~~~~ py\n~~~\n{}\n~~~~",
    "```\n~~~\n{}\n```",
    "```\n{}\n```y\n\n```",
    "````\n```\n{}\n```\n````",
    '``` {{.py linenums="1"}}\n{}\n\n```',
    "```js title=x\n{}\n```",
    "- One.\n\n    ```\n    {}\n    ```",
    "- One.\n  ```sh\n  {}\n  ```",
    "  ```\n  {}\n  ```",
    "```\n{}\n  ```",
    "One.\n```\n{}\n```\nTwo.",
]
NO_CODE = [
    "```\n{}",
    "~~~\n{}\n\n",
    "```\n{}\n~~~",
    "```\n{}\n````",
    "~~~ js title=x\n{}\n~~~",
    "```js title=x\n{}\n\nB.\n```",
    "- One.\n\n    ~~~\n    {}\n    ~~~",
    "- One.\n\n    ```\n    {}\n\n    B.\n    ```",
    "One. ```\n{}\n\n```",
]
LINE = "It cost $3 in May."


def shown_as_code(text: str) -> bool:
    return re.search(r"<code[^>]*>[^<]*\$3[^<]*</code>", prose.parse(text).html) is not None


@pytest.mark.parametrize("form", CODE)
def test_what_a_page_shows_as_code_says_nothing(form: str):
    text = form.format(LINE)
    assert shown_as_code(text)
    assert not any("$3" in sentence.text for sentence in read(text))
    assert "$3" not in own_words(text)
    assert [block.kind for block in blocks(text) if "$3" in block.text] == ["code"]


@pytest.mark.parametrize("form", NO_CODE)
def test_a_fence_that_makes_no_code_leaves_the_words_to_be_judged(form: str):
    text = form.format(LINE)
    assert not shown_as_code(text)
    assert any("$3" in sentence.text for sentence in read(text))
    assert "$3" in own_words(text)
    assert all(block.kind != "code" for block in blocks(text))


@pytest.mark.parametrize("form", NO_CODE)
def test_a_fence_that_is_shown_with_its_signs_is_told(form: str):
    item = story("meta-coreweave", source("page"), body=form.format(LINE))
    told = [problem.what for problem in check(library(item, edition())) if problem.rule == "raw-markup"]
    assert any(what.startswith(("````", "`~~~")) for what in told), told


def test_what_stands_below_a_fence_that_nothing_closes_is_judged():
    body = "It is so. [@page]\n\n```\n\nIt is unprecedented.\n\nThe firm has said that it brok"
    item = story("meta-coreweave", source("page"), body=body)
    rules = {problem.rule for problem in check(library(item, edition()))}
    assert {"uncited-text", "cut-text", "overclaim"} <= rules


def test_words_before_and_behind_code_are_two_paragraphs():
    text = "The firm sold 3 ships\n```\nx = 1\n```\nTwo remain. [@page]"
    assert [(sentence.text, sentence.cited) for sentence in read(text)] == [
        ("The firm sold 3 ships", ()),
        ("Two remain.", ("page",)),
    ]


def test_lines_of_code_stay_as_they_are_written():
    assert prose.parse("~~~\na:\n- b\n  - c\n~~~").html == "<pre><code>a:\n- b\n  - c\n</code></pre>"


def test_a_list_below_a_fence_that_nothing_closes_is_a_list():
    assert "<li>b</li>" in prose.parse("```\n\nIt has\n- b\n- c").html


PIECES = st.sampled_from(["```\n", "~~~\n", "````\n", "```py\n", "~~~ x y\n", "a\n", "\n", "- b\n", "`c`\n"])


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_block_of_code_is_where_the_page_has_one(text: str):
    made = prose.parse(text).html
    spans = fenced(text)
    assert [text[start] for start, _ in spans].count("~") <= made.count("<pre>") <= len(spans)
    assert len(without_code(text)) == len(text)
