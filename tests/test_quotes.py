"""Quotation marks as a printer sets them: on pages only, and never in code, addresses or passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import prose
from generator.texts.quoting import as_quoted
from generator.typeset.quotes import MARKS, Quotes
from generator.words import Words
from tests.make import by_class, edition, library, newsletter, page, site, source, story, traced, words

TYPEWRITER = str.maketrans(dict.fromkeys("“”„«»「」", '"') | dict.fromkeys("‘’‚『』", "'") | {"\u202f": None})


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ('He said "yes".', "He said “yes”."),
        ("Meta's users' data", "Meta’s users’ data"),
        ("It's \"the 'new' one\"", "It’s “the ‘new’ one”"),
        ("\"'Nested,' he said.\"", "“‘Nested,’ he said.”"),
        ("the '90s", "the ’90s"),
        ('("x")', "(“x”)"),
        ("5'10\" tall", "5'10\" tall"),
        ('a 12" wafer', 'a 12" wafer'),
        ("“already” set", "“already” set"),
    ],
)
def test_marks_are_set_as_in_english(written: str, set_: str):
    assert Quotes("en-GB").plain(written) == set_


def test_each_language_has_its_own():
    assert Quotes("de").plain("Er sagt \"ja, 'gut'\"") == "Er sagt „ja, ‚gut‘“"
    assert Quotes("ja").plain('"x"') == "「x」"
    assert Quotes("fr").plain('Il dit "l\'autre".') == "Il dit «\u202fl’autre\u202f»."
    assert Quotes("tlh").plain('"x" isn\'t') == '"x" isn\'t', "a language that nobody told us of"


def test_tags_addresses_and_code_stay():
    markup = '<p><a href="https://x.example/?q=\'">"x"</a> <code>"y" it\'s</code> "<em>z</em>"</p>'
    set_ = '<p><a href="https://x.example/?q=\'">“x”</a> <code>"y" it\'s</code> “<em>z</em>”</p>'
    assert Quotes("en").html(markup) == set_
    for kept in ('<script>var a = "x";</script>', '<style>p::after { content: "y" }</style>', '<kbd>"</kbd>'):
        assert Quotes("en").html(f'<p>"z"</p>{kept}') == f"<p>“z”</p>{kept}"


def test_a_mark_that_is_never_closed_ends_with_its_paragraph():
    assert Quotes("en").html('<p>"One</p><p>"Two"</p>') == "<p>“One</p><p>“Two”</p>"


def test_passages_and_titles_of_sources_stay_as_they_were_published():
    cited = source(title='It\'s "here"', passages=("it's so",))
    of = site(story("meta-coreweave", cited, title="It's on", body='It\'s "so". [@hubkub]'), edition())
    root = page(of, "stories/meta-coreweave/")
    assert words(root.find(".//h1")) == "It’s on"
    assert words(by_class(root, "body")[0]).startswith("It’s “so”.")
    assert words(by_class(root, "source")[0]) == 'It\'s "here"'
    assert words(next(root.iter("blockquote"))) == "“it's so”"


def test_the_language_is_that_of_the_newsletter():
    of = site(story(title='Das "Netz"'), edition(), newsletter=newsletter(language="de-AT"))
    assert words(page(of, "stories/meta-coreweave/").find(".//h1")) == "Das „Netz“"


@given(st.text("\"' aB1.,(-—<>&*`_[]\n“‘", max_size=60), st.sampled_from(sorted(MARKS)))
def test_nothing_but_marks_changes_in_any_text(text: str, language: str):
    markup = prose.parse(text).html
    made = Quotes(language).html(markup)
    assert made.translate(TYPEWRITER) == markup.translate(TYPEWRITER)
    assert Quotes(language).plain(text).translate(TYPEWRITER) == text.translate(TYPEWRITER)


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        ("It grew by 4%.", "“It grew by 4%.”"),
        ('"We are done," she said.', "“‘We are done,’ she said.”"),
        ("“We are done,” she said. “For good.”", "“‘We are done,’ she said. ‘For good.’”"),
        ("She said: “We are done.”", "“She said: ‘We are done.’”"),
        ("“We are done.”", "“We are done.”"),
        ('"We are done."', "“We are done.”"),
        ("We are done,” she said.", "“We are done,’ she said.”"),
        ("Ein Sprecher sagte: „Wir sind fertig“.", "“Ein Sprecher sagte: „Wir sind fertig“.”"),
        ("The 27\" screen isn't sold.", "“The 27\" screen isn't sold.”"),
    ],
)
def test_a_passage_with_marks_of_its_own_has_no_doubled_ones(passage: str, shown: str):
    assert Words("en", {}).quoted(passage) == shown


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        ('"Ja", sagte er.', "„‚Ja‘, sagte er.“"),
        ("„Wir schaffen das“, sagte sie.", "„‚Wir schaffen das‘, sagte sie.“"),
        ("Sie sagte: „Ja”, dann „nein“.", "„Sie sagte: ‚Ja‘, dann ‚nein‘.“"),
        ("„Wir schaffen das.“", "„Wir schaffen das.“"),
        ("“We are done,” she said.", "„‚We are done,‘ she said.“"),
        ("Er sagte: «Ja».", "„Er sagte: «Ja».“"),
        ("Schaffen das“, sagte sie.", "„Schaffen das‘, sagte sie.“"),
    ],
)
def test_on_a_german_page_a_quotation_within_a_passage_has_inner_marks(passage: str, shown: str):
    assert Words("de", {}).quoted(passage) == shown


def test_inner_marks_are_those_of_the_newsletter():
    swedish = {"quote-open": "”", "quote-close": "”", "quote-inner-open": "’", "quote-inner-close": "’"}
    assert Words("sv", swedish).quoted("”Ja”, sade hon.") == "”’Ja’, sade hon.”"


@given(st.lists(st.text(alphabet="ab .\"“”„'’«»"), min_size=1, max_size=4))
def test_a_passage_in_pieces_is_quoted_as_it_is_in_one(pieces: list[str]):
    words = Words("en", {})
    assert "".join(words.quoted_pieces(pieces)) == words.quoted("".join(pieces))


@given(st.text(alphabet="ab .\"“”„'’«»"))
def test_quoting_a_passage_changes_marks_alone(passage: str):
    letters = [character for character in passage if character.isalnum() or character in " ."]
    shown = Words("en", {}).quoted(passage)
    assert [character for character in shown if character.isalnum() or character in " ."] == letters


def test_a_page_quotes_such_a_passage_and_leads_to_its_very_words():
    cited = source(passages=('"We rent," she said of $21 billion',))
    root = page(traced(library(story("meta-coreweave", cited, title="It is $21 billion"))), "stories/meta-coreweave/")
    opened, listed = root.iter("blockquote")
    assert words(opened) == words(listed) == "“‘We rent,’ she said of $21 billion”"
    assert all(
        "#:~:text=%22We%20rent%2C%22%20she" in next(block.iter("a")).get("href", "") for block in (opened, listed)
    )


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ('"We are ready," said Ann Lee.', "“‘We are ready,’ said Ann Lee.”"),
        ('"We are ready."', "“We are ready.”"),
        ('are ready for this,"', "“are ready for this,”"),
        ("“We are ready", "“We are ready”"),
        ("It's a 5' wall.", "“It's a 5' wall.”"),
        ('"', "“”"),
        ("", "“”"),
    ],
)
def test_a_message_quotes_words_that_begin_with_a_mark_without_doubling_it(words: str, shown: str):
    assert as_quoted(words) == shown
