"""What opens a story without a picture: the figure that carries it beside its source's words, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from generator.model.content import Image
from tests.make import by_class, library, page, source, story, traced, words

PAGE = "stories/meta-coreweave/"


def opened(*passages: str, **fields: Any) -> list[str]:
    """The words of what opens a story whose source says `passages`: figure, passage, where it is from."""
    told = story("meta-coreweave", source(passages=passages), **fields)
    shown = by_class(page(traced(library(told)), PAGE), "opening")
    return [words(element) for element in shown[0]] if shown else []


def test_the_figure_of_the_headline_stands_beside_the_words_it_came_from():
    found = opened("a commitment of $21 billion to rented compute", title="Meta commits $21 billion")
    assert found == ["$21 billion", "“a commitment of $21 billion to rented compute”", "Hubkub [1]"]


def test_the_source_is_quoted_as_it_wrote_the_figure():
    told = story("meta-coreweave", source(passages=("spending $21B on rented compute",)), title="It is $21 billion")
    (opening,) = by_class(page(traced(library(told)), PAGE), "opening")
    assert [words(bold) for bold in opening.iter("b")] == ["$21B"]
    assert "#:~:text=spending%20%2421B" in next(opening.iter("a")).get("href", "")


def test_who_hears_the_page_hears_once_whose_words_open_the_story():
    told = story("meta-coreweave", source(passages=("a bill of $21 billion in all",)), title="A bill of $21 billion")
    (opening,) = by_class(page(traced(library(told)), PAGE), "opening")
    assert words(opening).count("Hubkub") == 1
    assert not [element.get("aria-label") for element in opening.iter("a") if "Hubkub" in element.get("aria-label", "")]


def test_the_headlines_figure_comes_before_that_of_the_dek_and_before_one_in_bold():
    body = "It has **43 sites** and $5 billion and pays $21 billion. [@hubkub]"
    passages = ("43 sites are running now", "sales of $5 billion in a year", "a bill of $21 billion in total")
    assert opened(*passages, body=body, title="A bill of $21 billion", dek="Sales are $5 billion.")[0] == "$21 billion"
    assert opened(*passages, body=body, dek="Sales are $5 billion.")[0] == "$5 billion"
    assert opened(*passages, body=body)[0] == "43"


@pytest.mark.parametrize("title", ["It has 121 sites", "It has 21% more sites", "It has 21.5 sites", "It pays $21"])
def test_a_part_of_a_longer_figure_is_not_the_headlines_figure(title: str):
    told = {"body": "It has 21 sites. [@hubkub]", "dek": "The dek."}
    assert opened("21 sites are running now", title="It has 21 sites", **told)
    assert opened("21 sites are running now", title=title, **told) == []


def marked(passage: str, **fields: Any) -> str:
    """The passage that opens a story, with what is marked in it in brackets."""
    told = story("meta-coreweave", source(passages=(passage,)), **fields)
    (shown,) = by_class(page(traced(library(told)), PAGE), "opening")
    bold = next(shown.iter("b"))
    bold.text = f"[{bold.text}]"
    return words(shown[1])


def test_the_figure_itself_is_marked_where_its_digits_stand_in_another_before_it():
    found = marked(
        "Orders were up 25%, while sales of chips rose 5%", title="Sales rose 5%", body="Sales rose 5%. [@hubkub]"
    )
    assert found == "“Orders were up 25%, while sales of chips rose [5%]”"


@pytest.mark.parametrize("passage", ["$21 billion", "all $21 billion", "$21 billion " + "and much more " * 20])
def test_a_passage_that_says_nothing_more_or_far_too_much_opens_no_story(passage: str):
    assert opened(passage, title="Meta commits $21 billion") == []


def test_a_figure_that_is_not_traced_opens_no_story():
    assert opened("a bill of $35 billion in total", title="Meta commits $21 billion") == []


def test_without_a_figure_a_passage_that_says_what_the_headline_says_is_quoted():
    passage = "Meta did not disclose the name of its supplier"
    body = "Nobody named a supplier. [@hubkub]"
    assert opened(passage, title="Meta does not disclose its supplier's name", body=body)[0] == f"“{passage}”"
    assert opened(passage, title="Something else", body=body) == []


def test_a_passage_that_only_names_what_the_headline_names_opens_no_story():
    told = {"body": "The order is lifted. [@hubkub]", "title": "Nvidia and Meta get their models of intelligence back"}
    assert opened("Nvidia and Meta artificial intelligence models", mentions=("nvidia", "meta"), **told) == []
    passage = "Nvidia and Meta had to switch their models of intelligence off"
    assert opened(passage, mentions=("nvidia", "meta"), **told)[0] == f"“{passage}”"


def test_a_story_with_a_picture_opens_with_the_picture():
    image = Image("a.png", "A chart", "The desk", width=10, height=10)
    assert opened("a bill of $21 billion in total", title="Meta commits $21 billion", image=image) == []


def test_what_a_source_says_is_text_and_never_markup():
    found = opened("<b>a bill</b> of $21 billion in <i>total</i>", title="Meta commits $21 billion")
    assert found[1] == "“<b>a bill</b> of $21 billion in <i>total</i>”"


@pytest.mark.parametrize("item", ["item 8", "section 12", "Artikel 13"])
def test_the_number_of_an_item_or_a_section_opens_no_story(item: str):
    found = opened(
        f"puts off {item} until June", title=f"Council puts off {item}", body=f"It puts off {item}. [@hubkub]"
    )
    assert not found or found[0] not in item
