"""Changes to a file leave every byte that they are not about."""

from __future__ import annotations

import difflib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.desk.edit import append, drop, put, scalar
from generator.desk.files import DeskError
from generator.load.yaml import read

ROOT = Path(__file__).parent.parent
SAMPLE = [
    path.read_text("utf-8") for path in sorted((ROOT / "content").rglob("*.yml")) if path.parent.name != "content"
]
ENTRY = {"url": "https://a.example/1", "title": "Of # and: things", "passages": ["one", '"two", he said']}
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(":#-[]{},&*!|>'\"%@` "), max_size=40)


def added(before: str, after: str) -> list[str]:
    """The lines that are new; a line that went or changed is an error."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    assert not [line for line in lines if line.startswith("- ")]
    return [line[2:] for line in lines if line.startswith("+ ")]


@pytest.mark.parametrize("text", SAMPLE)
def test_a_field_that_is_added_changes_no_line_of_the_sample(text: str):
    assert added(text, put(text, ("draft",), True)) == ["draft: true"]


@pytest.mark.parametrize("text", [text for text in SAMPLE if "citations:" in text])
def test_a_citation_that_is_added_changes_no_line_of_the_sample(text: str):
    assert added(text, put(text, ("citations", "new"), ENTRY)) == [
        "  new:",
        "    url: https://a.example/1",
        '    title: "Of # and: things"',
        "    passages:",
        "      - one",
        '      - "\\"two\\", he said"',
    ]


def test_comments_and_layout_stay():
    text = "# head\ntitle:   'A'   # why\n\n\ncitations:\n    a:  # first\n        url: x\n    # end of a\n\n# tail\n"
    assert put(text, ("citations", "b"), {"url": "z"}) == (
        "# head\ntitle:   'A'   # why\n\n\ncitations:\n    a:  # first\n        url: x\n"
        "    b:\n      url: z\n    # end of a\n\n# tail\n"
    )
    assert put(text, ("title",), "B") == text.replace("'A'", "B")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("citations:\nend: x\n", "citations:\n  b:\n    url: z\nend: x\n"),
        ("citations: {}\n", "citations:\n  b:\n    url: z\n"),
        ("title: x", "title: x\ncitations:\n  b:\n    url: z\n"),
        ("body: |\n  one\n\n\n# tail\n", "body: |\n  one\ncitations:\n  b:\n    url: z\n\n\n# tail\n"),
        ("title: x\r\n", "title: x\r\ncitations:\r\n  b:\r\n    url: z\r\n"),
        ("\ufefftitle: x\n", "\ufefftitle: x\ncitations:\n  b:\n    url: z\n"),
    ],
)
def test_a_citation_finds_its_place_in_every_layout(text: str, result: str):
    assert put(text, ("citations", "b"), {"url": "z"}) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("s: [a, b]  # c\n", "s: [a, b, new]  # c\n"),
        ("s: []\n", "s: [new]\n"),
        ("s:\nt: x\n", "s: [new]\nt: x\n"),
        ("s:\n- a\n- b # c\nt: x\n", "s:\n- a\n- b # c\n- new\nt: x\n"),
        ("s:\n  - a\n", "s:\n  - a\n  - new\n"),
        ("t: x\n", "t: x\ns:\n  - new\n"),
        ("s: [\n  a,\n  b\n]\n", "s: [\n  a,\n  b, new\n]\n"),
    ],
)
def test_an_item_finds_its_place_in_every_layout(text: str, result: str):
    assert append(text, ("s",), "new") == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (
            "title: A\npublished: 1\ncitations:\n  a: {}\n",
            "title: A\npublished: 1\nupdated: now\ncitations:\n  a: {}\n",
        ),
        (
            "published: 1   # when\n# Sources\ncitations: {}\n",
            "published: 1   # when\nupdated: now\n# Sources\ncitations: {}\n",
        ),
        ("published:\nbody: |\n  A\n", "published:\nupdated: now\nbody: |\n  A\n"),
        ("title: A\nbody: |\n  A\n", "title: A\nbody: |\n  A\nupdated: now\n"),
        ("updated: then\npublished: 1\n", "updated: now\npublished: 1\n"),
    ],
)
def test_a_field_stands_behind_the_one_with_which_it_is_read(text: str, result: str):
    assert put(text, ("updated",), "now", behind="published") == result


def test_a_field_goes_with_its_line():
    assert drop("a: 1\ndraft: true  # not yet\nb: 2\n", "draft") == "a: 1\nb: 2\n"
    assert drop("a: 1\n", "draft") == "a: 1\n"


def test_what_cannot_be_changed_safely_is_left():
    with pytest.raises(DeskError, match="below each other"):
        put("citations: {a: {url: x}}\n", ("citations", "b"), {"url": "z"})
    with pytest.raises(DeskError, match="citewire check"):
        put("a: [\n", ("b",), "c")


def test_days_and_times_are_written_as_stories_have_them():
    assert (
        put("a: 1\n", ("published",), datetime(2026, 4, 11, 7, tzinfo=UTC))
        == "a: 1\npublished: 2026-04-11T07:00:00+00:00\n"
    )
    assert put("a: 1\n", ("accessed",), date(2026, 4, 11)) == "a: 1\naccessed: 2026-04-11\n"


@given(TEXT)
def test_any_text_is_read_as_it_was_written(text: str):
    found = read("x", put("a: 1\n", ("t",), text).encode())
    assert not found.problems
    assert found.value["t"] == text


@given(TEXT)
def test_any_text_fits_into_a_list_on_one_line(text: str):
    assert read("x", append("s: [a]\n", ("s",), text).encode()).value["s"] == ["a", text]


@pytest.mark.parametrize("word", ["no", "12:30", "~", "", "- a", "a: b", "a #b", "x:", "#1", "'", "null"])
def test_words_that_mean_something_else_stand_in_quotation_marks(word: str):
    assert scalar(word).startswith('"')
