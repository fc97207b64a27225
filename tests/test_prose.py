"""The language of stories: Markdown with citations, in which nothing else than words, links and lists can be said."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import prose
from generator.prose import engine, simple
from tests import make


def words(text: str) -> str:
    """The words of a text as a reader sees them."""
    return prose.plain(prose.parse(text).html)


def shown(text: str, level: int = 3) -> str:
    """A text as a page shows it, with its citations between braces."""
    return prose.fill(prose.parse(text).html, lambda ids: "{" + " ".join(ids) + "}", level)


def tree(text: str, level: int = 3) -> list[Element]:
    """The elements that a browser makes of a text."""
    markup = prose.fill(prose.parse(text).html, lambda ids: "", level)
    return list(html5lib.parseFragment(markup, namespaceHTMLElements=False).iter())[1:]


def said(text: str) -> str:
    """The words of a text as a reader sees them, without its citations."""
    markup = prose.fill(prose.parse(text).html, lambda ids: "", 3)
    return " ".join("".join(html5lib.parseFragment(markup).itertext()).split())


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Words. [@a]", [("a",)]),
        ("Words. [@a; @b]", [("a", "b")]),
        ("Words. [@b;@a ;  @c-2]", [("b", "a", "c-2")]),
        ("Words. [@a; @a]", [("a",)]),
        ("One. [@a] Two. [@b] Three. [@a]", [("a",), ("b",), ("a",)]),
        ("Words. [@meta-coreweave/hubkub]", [("meta-coreweave/hubkub",)]),
        ("**Bold [@a]** and *leaning [@b]*", [("a",), ("b",)]),
        ("- one [@a]\n- two [@b]", [("a",), ("b",)]),
        ("> quoted [@a]", [("a",)]),
        ("| a | b |\n| - | - |\n| 1 | 2 [@a] |", [("a",)]),
        ("[@a][@b]", [("a",), ("b",)]),
        ("([@a])", [("a",)]),
    ],
)
def test_a_citation_is_found_wherever_words_stand(text: str, cited: list[tuple[str, ...]]):
    assert list(prose.parse(text).cited) == cited
    assert list(prose.malformed_citations(text)) == []
    assert "@" not in shown(text)


@pytest.mark.parametrize(
    "text",
    ["`[@a]`", "``[@a] ` ``", "\\[@a]", "[a]", "a@b.example", "@a", "[words](@a)"],
)
def test_what_only_looks_like_a_citation_is_none(text: str):
    assert prose.parse(text).cited == ()


@pytest.mark.parametrize("text", ["`[@a]`", "``[@a] ` ``", "\\[@a]", "\\[@not one]"])
def test_code_and_escaped_brackets_show_what_was_written(text: str):
    assert said(text).startswith("[@")
    assert list(prose.malformed_citations(text)) == []


@pytest.mark.parametrize("written", ["[@Meta]", "[@a, @b]", "[@a; b]", "[@a;]", "[@]", "[@a_b]", "[@a/b/c]", "[@a--b]"])
def test_a_citation_that_cannot_be_read_stays_in_the_text_and_is_told(written: str):
    assert list(prose.malformed_citations(f"Words. {written} More.")) == [(7, written)]
    assert prose.parse(f"Words. {written} More.").cited == ()
    assert written in said(f"Words. {written} More.")


def test_a_citation_without_its_end_is_told():
    assert list(prose.malformed_citations("Words. [@a and more\nwords")) == [(7, "[@a and more")]


@pytest.mark.parametrize("blank", ["", " ", "  ", "\n", "  \n", "\n  "])
def test_the_blank_before_a_citation_is_the_pages_to_give(blank: str):
    assert shown(f"Words.{blank}[@a] More.") == "<p>Words.{a} More.</p>"


@pytest.mark.parametrize(
    "raw",
    [
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!-- comment -->",
        "<?php x ?>",
        "<![CDATA[x]]>",
        "<a href='javascript:x'>",
        "</p></div>",
        '<cw-cite ids="a"></cw-cite>',
        "<div>\n\n*x*\n\n</div>",
    ],
)
def test_raw_html_is_text_like_any_other(raw: str):
    assert {element.tag for element in tree(f"Words {raw} words")} <= {"p", "em"}
    assert raw.replace("*", "").replace("\n\n", " ") in said(f"Words {raw} words")
    assert prose.parse(raw).cited == ()


@pytest.mark.parametrize("text", ["Words cw-heading words", '<cw-heading level="2">x</cw-heading>'])
def test_the_name_of_our_own_element_is_a_word_like_any_other(text: str):
    assert "cw-heading" in prose.fill(prose.parse(text).html, lambda ids: "", 3)


DANGEROUS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "&#1;javascript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "//evil.example/",
    "ftp://example.com/",
    "https:page.html",
    "https:///page.html",
    "page.html",
    "#here",
    "",
]


@pytest.mark.parametrize("address", DANGEROUS)
@pytest.mark.parametrize(
    "form", ["[words]({})", "[words](<{}>)", "[words][x]\n\n[x]: {}", "[words]\n\n[words]: {} 'title'"]
)
def test_a_link_that_does_not_lead_to_the_web_or_a_mailbox_loses_its_address(address: str, form: str):
    elements = tree(form.format(address))
    assert [e for e in elements if e.tag == "a" or "href" in e.attrib] == []
    assert "words" in said(form.format(address))


@pytest.mark.parametrize(
    "address", ["https://example.com/a_b?c=d&e=f#g", "http://example.com", "mailto:desk@example.com"]
)
def test_a_link_to_the_web_or_a_mailbox_leads_there(address: str):
    (link,) = [e for e in tree(f"Words [words]({address}).") if e.tag == "a"]
    assert (link.get("href"), link.text) == (address, "words")
    assert prose.parse(f"[words]({address})").links == (address,)


def test_an_ampersand_in_an_address_may_be_written_either_way():
    for written in ("https://example.com/?a=1&b=2", "https://example.com/?a=1&amp;b=2"):
        (link,) = [e for e in tree(f"[words]({written})") if e.tag == "a"]
        assert (link.get("href"), *prose.parse(f"[words]({written})").links) == ("https://example.com/?a=1&b=2",) * 2


def test_an_address_between_angle_brackets_is_a_link():
    (link,) = [e for e in tree("See <https://example.com/a?b=c&d>.") if e.tag == "a"]
    assert link.get("href") == link.text == "https://example.com/a?b=c&d"


def test_quotation_marks_do_not_end_the_attribute_of_a_link():
    (link,) = [e for e in tree('[a](https://example.com/"onload="\'x "the title\'s")') if e.tag == "a"]
    assert set(link.attrib) <= {"href", "title"}


@pytest.mark.parametrize(
    ("text", "count"), [("[](https://example.com)", 1), ("[ ](https://example.com) [a](https://b.example)", 1)]
)
def test_a_link_without_words_is_counted(text: str, count: int):
    assert prose.parse(text).empty_links == count


def test_a_citation_inside_the_words_of_a_link_is_counted():
    assert prose.parse("[words [@a]](https://example.com)").cited_links == 1
    assert prose.parse("[words](https://example.com) [@a]").cited_links == 0


@pytest.mark.parametrize("text", ["[a](https://example.com/[@a])", '[a](https://example.com "see [@a]")'])
def test_a_citation_where_none_can_stand_is_told(text: str):
    assert [written for _, written in prose.malformed_citations(text)] == ["[@a]"]
    assert prose.parse(text).cited == ()


@pytest.mark.parametrize("text", ["![a chart](https://example.com/x.png)", "![a chart](x.png 'title')"])
def test_a_picture_loses_its_address_and_keeps_its_words(text: str):
    assert {e.tag for e in tree(text)} == {"p", "span"}
    assert all(not e.attrib for e in tree(text))
    assert said(text) == "a chart"
    assert len(prose.parse(text).images) == 1


@pytest.mark.parametrize("level", [2, 3, 4])
@pytest.mark.parametrize(
    "text", ["# One\n\n## Two\n\n# Three", "### One\n\n#### Two\n\n### Three", "One\n===\n\nTwo\n---\n\n# Three"]
)
def test_the_highest_heading_of_a_text_takes_the_level_of_the_page(text: str, level: int):
    assert [e.tag for e in tree(text, level)] == [f"h{level}", f"h{level + 1}", f"h{level}"]


def test_no_heading_is_lower_than_the_sixth():
    assert [e.tag for e in tree("# One\n\n### Three\n\n###### Six", 4)] == ["h4", "h6", "h6"]


def test_a_heading_keeps_its_citation():
    assert shown("## Words [@a]\n\nMore [@b]") == "<h3>Words{a}</h3>\n<p>More{b}</p>"


def test_a_table_is_a_table_with_its_alignment_and_without_a_style():
    elements = tree("| Name | Sum |\n| :--- | ---: |\n| Meta | $21 |")
    assert [e.text for e in elements if e.tag in ("th", "td")] == ["Name", "Sum", "Meta", "$21"]
    assert [e.get("class") for e in elements if e.tag in ("th", "td")] == ["align-left", "align-right"] * 2
    assert all("style" not in e.attrib for e in elements)


def test_lists_quotations_and_code_are_what_they_are_in_markdown():
    assert [e.tag for e in tree("- a\n- b\n  - c")] == ["ul", "li", "li", "ul", "li"]
    assert [e.tag for e in tree("1. a\n2. b")] == ["ol", "li", "li"]
    assert [e.tag for e in tree("> a")] == ["blockquote", "p"]
    assert [e.tag for e in tree("`a < b`")] == ["p", "code"]
    assert said("`a < b & c`") == "a < b & c"


def test_each_text_is_its_own():
    """What one text defines or counts is not known in the next."""
    prose.parse("[words][x] ![p](y.png) [](https://example.com)\n\n[x]: https://example.com")
    after = prose.parse("[words][x] and more")
    assert (after.links, after.images, after.empty_links) == ((), (), 0)


SIGNS = r"""
[ ]( ) ]: [x] [x]: ![ ` `` * ** _ > - 1. # ### | --- \ & ; < > <b> <script> </p> <!-- --> ]]> ' " onload=x {} = //
[@a] [@a; @b] [@ @a javascript: &#106;avascript: data: https://a.example mailto:a@b.example klzzwxh:0 cw-cite
"""
MARKDOWN = st.lists(
    st.sampled_from(SIGNS.split())
    | st.sampled_from([" ", "  ", "\n", "\n\n", "\n    ", "\t", "<img src=x onerror=alert(1)>", "<iframe src=//x>"])
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5),
    max_size=40,
).map("".join)
TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "br", "span"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "h6"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"class"}, "td": {"class"}}
SAFE = re.compile(r"[\x00-\x20]*(?:https?|mailto):", re.IGNORECASE)


@given(MARKDOWN)
@example("[a](javascript:alert`1`)")
@example("[a]: https://a.example 'x'onload=x\n\n[a]")
@example("***[@a]***[`x`](https://a.example)![`y`](z)")
def test_no_text_makes_an_element_an_attribute_or_an_address_that_a_story_may_not_have(text: str):
    for element in tree(text):
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set())
        assert SAFE.match(element.get("href", "https:"))
        assert re.match(r"align-(?:left|center|right)\Z", element.get("class", "align-left"))


@given(MARKDOWN)
def test_every_citation_that_is_found_is_shown_once(text: str):
    parsed = prose.parse(text)
    seen = []
    prose.fill(parsed.html, lambda ids: seen.append(ids) or "", 2)
    assert tuple(seen) == parsed.cited
    assert all(re.fullmatch(r"[a-z0-9/-]+", id_) for ids in parsed.cited for id_ in ids)


WORDS = st.lists(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
    | st.sampled_from(
        ["&", "<", ">", "a<b", "$21", "65%", "“so”", "it's", '"no"', "(well)", "–", "R&D", "C#", "e.g.,"]
    ),
    max_size=12,
).map(lambda found: " ".join(["Words", *found]))


@given(WORDS)
def test_plain_words_survive_as_they_are(text: str):
    assert said(text) == text
    assert "".join(tree(text)[0].itertext()) == text


@pytest.mark.parametrize("deep", ["1. " * 2000, "- " * 2000, "+ 1. " * 1000], ids=["numbers", "hyphens", "both"])
def test_lists_within_lists_without_end_stay_words_and_spoil_no_other_text(deep: str):
    parsed = prose.parse(f"{deep}words")
    assert parsed.fault
    assert said(f"{deep}words") == f"{deep}words"
    assert shown("# One\n\nTwo **three**") == "<h3>One</h3>\n<p>Two <strong>three</strong></p>"


def test_brackets_without_end_stay_words_and_cost_nothing():
    text = "Words & <b>words</b> " + "[" * 50_000
    assert prose.parse(text).fault
    assert said(text) == text


def test_characters_that_the_loader_refuses_cannot_be_written_by_their_numbers():
    assert "\u202e" not in said("Words &#8238;sdrow")


PIECES = (
    "One ",
    "[@a]",
    "[@b; @c-2]",
    "**bold** ",
    "*so* ",
    "[link](https://a.example/x)",
    "`",
    "\\",
    "[@",
    "]",
    "\n\n",
)
MORE = ("\n- ", "    ", "\t", "~~~", "> ", "| a | b |\n| - | - |\n| ", "[@b]: x", "<i>", "&amp;", "# ")


@given(st.lists(st.sampled_from(PIECES + MORE), max_size=12).map("".join))
def test_what_a_sound_text_cites_is_known_without_reading_it_as_markdown(text: str):
    parsed = prose.parse(text)
    if not [*prose.malformed_citations(text)] and not parsed.fault and not parsed.images:
        assert set(prose.cited(text)) == {id_ for ids in parsed.cited for id_ in ids}


SIMPLE = (
    *PIECES[:6],
    *MORE,
    "\n",
    "\n\n\n",
    "- ",
    "1. ",
    "1986. ",
    "**",
    "*",
    "***",
    "!",
    "& ",
    "&",
    ":",
    "_",
    "  ",
    "\xa0",
    "(",
    "é",
    "$5 ",
)
SIMPLE += (
    "[two\nlines](http://a.example/?a=1&b=2)",
    "[](https://a.example)",
    "[a](javascript:x)",
    "[a](https://u@a.example)",
)


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(SIMPLE), max_size=9).map("".join))
@example("**One** [@a], *two* [x](https://a.example/b_c?d=1&e=2) [@b]\nthree & four.\n\n- five [@a]\n- *six*\n\nSeven")
def test_a_simple_text_is_the_same_whoever_makes_it_html(text: str):
    made = simple.convert(text)
    if made is not None:
        markup, notes = engine.convert(text)
        assert made == (markup, notes.links)
        assert (notes.images, notes.empty_links, notes.cited_links) == ([], 0, 0)


def test_most_of_the_sample_is_simple():
    """What is not would cost ten times as much: this sees that the two ways do not part for all texts."""
    texts = [text for story in make.sample().stories.values() for _, text in story.texts()]
    assert sum(simple.convert(text) is not None for text in texts) > 0.9 * len(texts)


@given(st.lists(st.sampled_from(SIMPLE), max_size=9).map("".join))
def test_a_citation_that_cannot_be_shown_is_told_whether_or_not_the_text_had_to_be_read(text: str):
    quick = [*prose.malformed_citations(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "_could_hide", lambda text: True)
        assert quick == [*prose.malformed_citations(text)]
