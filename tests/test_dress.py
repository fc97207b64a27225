"""Dressing: a page is put into the theme's chrome, and nothing that it says is taken for a place of the chrome."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from msgspec.structs import replace

from generator.dress import Here, NoBodyError, Slot, cut, dress, fill
from generator.model.artifacts import Order, Page, PageArtifact

THEME = (
    f"<head><title>{Slot.TITLE}</title><meta content='{Slot.DESCRIPTION}'><link href='{Slot.CANONICAL}'>{Slot.HEAD}"
    f"</head><body><i>{Slot.FOLIO}</i><h1>{Slot.TITLE}</h1>{Slot.BODY}</body>"
)
PAGE = Page("Title", "Description", "https://news.example/a/", "<meta name='x'>", "<p>Body</p>", "<b>Monday</b>", "a/")


def test_a_page_stands_in_the_chrome_of_the_theme():
    assert fill(cut(THEME), PAGE).decode() == (
        "<head><title>Title</title><meta content='Description'><link href='https://news.example/a/'><meta name='x'>"
        "</head><body><i><b>Monday</b></i><h1>Title</h1><p>Body</p></body>"
    )


@pytest.mark.parametrize("slot", Slot)
@pytest.mark.parametrize("field", ["title", "description", "canonical", "head", "body", "folio"])
def test_a_story_that_holds_a_token_stays_whole(slot: Slot, field: str):
    page = replace(PAGE, **{field: f"before {slot} after"})
    filled = fill(cut(THEME), page).decode()
    assert f"before {slot} after" in filled
    assert filled.count(slot) == THEME.count(Slot[field.upper()])


def test_title_description_and_address_are_escaped_and_the_html_of_the_page_is_not():
    values = ("<i>&\"'", "<b>&\"'", "https://news.example/?a&\"'<", "<meta>", "<p>&amp;</p>", "<b>")
    filled = fill(cut("|".join(Slot)), Page(*values)).decode().split("|")
    assert [unescape(text) for text in filled[:3]] == list(values[:3])
    assert not set("".join(filled[:3])) & set("<>\"'")
    assert filled[3:] == ["<meta>", "<p>&amp;</p>", "<b>"]


def test_a_theme_that_knows_no_head_gets_it_before_the_end_of_its_own():
    theme = f"<head><title>{Slot.TITLE}</title></head><body>{Slot.BODY}<pre>&lt;/head> </head></pre></body>"
    assert b"<title>Title</title><meta name='x'>\n</head><body><p>Body</p><pre>" in fill(cut(theme), PAGE)
    assert fill(cut(theme), PAGE).count(b"<meta name='x'>") == 1


def test_a_theme_that_knows_the_head_gets_it_once():
    assert fill(cut(THEME), PAGE).count(b"<meta name='x'>") == 1


def test_a_theme_without_a_place_for_the_text_is_refused():
    with pytest.raises(NoBodyError, match=r"page\.content"):
        cut(THEME.replace(Slot.BODY, ""))


def test_the_link_under_which_a_page_stands_says_so_and_no_other_does():
    theme = f"<a{Here('sections/a/').token}>A</a><a{Here('').token}>Front</a>{Slot.HEAD}{Slot.BODY}"

    def links(**where: str) -> str:
        return fill(cut(theme), replace(PAGE, head="", body="", **where)).decode()

    assert links(current="sections/a/") == '<a aria-current="page">A</a><a>Front</a>'
    assert links(current="sections/a/", current_as="true") == '<a aria-current="true">A</a><a>Front</a>'
    assert links(current="sections/b/") == "<a>A</a><a>Front</a>"
    assert links(current="") == '<a>A</a><a aria-current="page">Front</a>'


def test_a_story_that_writes_like_a_link_of_the_theme_stays_whole():
    page = replace(PAGE, body=f"before {Here('a/').token} after")
    assert f"before {Here('a/').token} after" in fill(cut(THEME), page).decode()


PIECES = st.lists(st.text(max_size=20) | st.sampled_from([slot.value for slot in Slot]), max_size=12)
TEXTS = st.text(max_size=20) | st.sampled_from([slot.value for slot in Slot])


@given(PIECES, st.builds(Page, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS))
def test_what_a_theme_says_between_its_slots_is_kept_and_each_slot_is_filled(pieces: list[str], page: Page):
    theme = [*pieces, Slot.HEAD.value, Slot.BODY.value]
    values = (*map(escape, (page.title, page.description, page.canonical)), page.head, page.body, page.folio)
    filled = dict(zip([slot.value for slot in Slot], values, strict=True))
    expected = "".join(filled.get(piece, piece) for piece in theme)
    assert fill(cut("".join(theme)), page).decode() == expected


def test_a_page_is_made_with_the_chrome_of_its_kind_and_depth():
    asked = []

    def chrome_of(kind: str, depth: int):
        asked.append((kind, depth))
        return cut(THEME)

    front, story = (
        dress(PageArtifact(path, kind, Order.PAGE, lambda: PAGE, None), chrome_of)
        for path, kind in (("", "front"), ("stories/meta/", "story"))
    )
    assert (front.path, story.path) == ("index.html", "stories/meta/index.html")
    assert asked == [("front", 0), ("story", 2)]
    assert story.make() == front.make() == fill(cut(THEME), PAGE)


def test_another_chrome_is_another_page():
    pages = (PageArtifact("", "front", Order.PAGE, lambda: PAGE, None, made_of) for made_of in (("x",), None))
    known, unknown = (dress(page, lambda kind, depth: cut(THEME)) for page in pages)
    assert known.made_of == (cut(THEME), "x")
    assert unknown.made_of is None
