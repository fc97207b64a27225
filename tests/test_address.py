"""Addresses: two that lead to one page are one source, and none that does harm leaves the building."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model import address
from generator.model.address import canonical, is_tracking, link_fault, scheme_of, to_words, web_fault

PAGE = "https://example.com/news/meta?id=7&lang=en"

SAME = {
    "slash": "https://example.com/news/meta/?id=7&lang=en",
    "www": "https://www.example.com/news/meta?id=7&lang=en",
    "http": "http://example.com/news/meta?id=7&lang=en",
    "case of the host": "HTTPS://WWW.Example.COM/news/meta?id=7&lang=en",
    "dot after the host": "https://example.com./news/meta?id=7&lang=en",
    "default port": "https://example.com:443/news/meta?id=7&lang=en",
    "default port of http": "http://example.com:80/news/meta?id=7&lang=en",
    "fragment": "https://example.com/news/meta?id=7&lang=en#comments",
    "text fragment": "https://example.com/news/meta?id=7&lang=en#:~:text=spend%20now",
    "order of parameters": "https://example.com/news/meta?lang=en&id=7",
    "campaign": "https://example.com/news/meta?utm_source=x&id=7&UTM_Medium=mail&lang=en",
    "clicks": "https://example.com/news/meta?id=7&lang=en&fbclid=A&gclid=B&mc_cid=C",
    "blanks around": " https://example.com/news/meta?id=7&lang=en\n",
}

OTHER = {
    "case of the path": "https://example.com/news/Meta?id=7&lang=en",
    "another path": "https://example.com/news/meta-2?id=7&lang=en",
    "a value": "https://example.com/news/meta?id=8&lang=en",
    "case of a value": "https://example.com/news/meta?id=7&lang=EN",
    "case of a parameter": "https://example.com/news/meta?ID=7&lang=en",
    "one parameter fewer": "https://example.com/news/meta?id=7",
    "one parameter more": "https://example.com/news/meta?id=7&lang=en&page=2",
    "a parameter twice": "https://example.com/news/meta?id=7&id=7&lang=en",
    "another host": "https://example.org/news/meta?id=7&lang=en",
    "another part of a host": "https://blog.example.com/news/meta?id=7&lang=en",
    "another port": "https://example.com:8443/news/meta?id=7&lang=en",
    "a slash written as %2F": "https://example.com/news%2Fmeta?id=7&lang=en",
}


@pytest.mark.parametrize("address", SAME.values(), ids=SAME)
def test_two_addresses_of_one_page_are_one(address: str):
    assert canonical(address) == canonical(PAGE)


@pytest.mark.parametrize("address", OTHER.values(), ids=OTHER)
def test_addresses_of_two_pages_stay_two(address: str):
    assert canonical(address) != canonical(PAGE)


@pytest.mark.parametrize("parameter", ["utm_source", "UTM_CAMPAIGN", "utm_anything", "fbclid", "gclid", "mc_eid"])
def test_a_parameter_that_tells_who_sent_the_reader_is_tracking(parameter: str):
    assert is_tracking(parameter)


@pytest.mark.parametrize("parameter", ["id", "p", "utm", "ref", "source", "q", ""])
def test_a_parameter_that_chooses_the_page_is_not_tracking(parameter: str):
    assert not is_tracking(parameter)


PATHS = st.text("abcXYZ019-_.~%/ é漢&=+;@:", max_size=20)
ADDRESSES = st.builds(
    "{}://{}{}{}/{}?{}#{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["", "www.", "WWW."]),
    st.sampled_from(["example.com", "Example.ORG", "bücher.example", "10.0.0.1", "[2001:db8::1]"]),
    st.sampled_from(["", ":", ":8080"]),
    PATHS,
    PATHS,
    PATHS,
)


@given(ADDRESSES)
@example("https://example.com/%7Euser/%e2%82%ac")
@example("https://example.com/?q=a+b%20c%2Bd&x=%ff")
def test_the_canonical_address_of_a_canonical_address_is_itself(address: str):
    assert canonical(canonical(address)) == canonical(address)


SHORT = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["", "www.", "www.www.", "a-b."]),
    st.sampled_from(["example.com", "www.com", "x.co.uk", "10.0.0.1", "localhost", "example.c0m"]),
    st.text("/aZ0_.~-%?#", max_size=9),
)


@given(SHORT)
def test_a_plain_address_is_known_by_what_it_would_be_if_it_were_taken_apart(text: str):
    quick = canonical(text), web_fault(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(address, "_PLAIN", re.compile("(?!)"))
        assert quick == (canonical.__wrapped__(text), web_fault(text))


@pytest.mark.parametrize("address", ["http://example.com:443/a", "https://www.www.example.com/a"])
def test_even_an_odd_address_has_one_canonical_form(address: str):
    assert canonical(canonical(address)) == canonical(address)


@given(st.text() | ADDRESSES.map(lambda a: a.replace("//", "//[")))
@example("https://example.com:99999/")
@example("https://[::1")
@example("//")
def test_nothing_that_is_written_for_an_address_makes_it_fail(text: str):
    assert isinstance(canonical(text), str)
    assert isinstance(scheme_of(text), str)
    assert web_fault(text) != ""


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "  javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript\r:alert(1)",
        "\x00\x01javascript:alert(1)",
        "java\x7fscript:alert(1)",
        "javascript :alert(1)",
    ],
)
def test_blanks_and_letter_case_do_not_hide_a_scheme(address: str):
    assert scheme_of(address) == "javascript"


@pytest.mark.parametrize("address", ["/a:b", "?a:b", "#a:b", "//example.com", "page", "", "&#106;avascript:alert(1)"])
def test_what_has_no_scheme_is_not_given_one(address: str):
    assert scheme_of(address) == ""


@given(st.text(st.characters(max_codepoint=32)), st.lists(st.text(st.characters(max_codepoint=32)), max_size=9))
def test_control_characters_anywhere_in_a_scheme_are_looked_through(before: str, between: list[str]):
    written = before + "".join(c + (between[i] if i < len(between) else "") for i, c in enumerate("javascript"))
    assert scheme_of(f"{written}:alert(1)") == "javascript"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com",
        "http://example.com/a?b=c#d",
        "https://bücher.example/ü",
        "https://example.com:8443/",
        "https://[2001:db8::1]/",
        "HTTPS://EXAMPLE.COM/",
        "https://example.com/?q=\"'<>",
    ],
)
def test_an_address_of_the_web_can_be_a_source(address: str):
    assert web_fault(address) is None


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("javascript:alert(1)", "begins with `javascript:`"),
        ("mailto:desk@example.com", "begins with `mailto:`"),
        ("ftp://example.com/a", "begins with `ftp:`"),
        ("file:///etc/passwd", "begins with `file:`"),
        ("example.com/a", "does not begin with https://"),
        ("//example.com/a", "does not begin with https://"),
        ("", "does not begin with https://"),
        ("https:///a", "names no host"),
        ("https:a", "names no host"),
        ("https://localhost/a", "names no host"),
        ("https://desk@example.com/", "user name"),
        ("https://desk:secret@example.com/", "user name"),
        ("https://example.com/a b", "blank"),
        ("https://example.com/a\n", "blank"),
        ("https://exam\x00ple.com/", "blank"),
        ("https://exam\u200bple.com/", "blank"),
        ("https://example.com/\u202egpj", "blank"),
        ("https://example.com:99999/", "cannot be read"),
        ("https://example.com:port/", "cannot be read"),
        ("https://[::1/", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_a_source_is_refused_with_the_reason(address: str, fault: str):
    assert fault in (web_fault(address) or "")


@pytest.mark.parametrize("address", ["https://example.com/a", "http://example.com", "mailto:desk@example.com"])
def test_a_text_may_link_to_the_web_and_to_a_mailbox(address: str):
    assert link_fault(address) is None


@pytest.mark.parametrize(
    "address", ["", "page.html", "//example.com/", "#here", "https:page", "http:/page", "https:///page", "javascript:x"]
)
def test_a_text_may_not_link_to_what_means_another_thing_on_another_page(address: str):
    assert link_fault(address)


@given(st.text(min_size=1))
@example("it's 5-7, R&D #1 :~: 100%")
def test_an_address_of_words_holds_them_whole_and_nothing_that_means_something_in_it(words: str):
    base, _, quoted = to_words("https://example.com/a?b=c#top", words).partition(":~:text=")
    assert base == "https://example.com/a?b=c#top"
    assert unquote(quoted) == words
    assert not set(quoted) & set("-,&#<>\"' ")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.com/", "https://example.com/#:~:text=so"),
        ("https://example.com/#top", "https://example.com/#top:~:text=so"),
        ("https://example.com/#:~:text=else", "https://example.com/#:~:text=so"),
    ],
)
def test_an_address_of_words_keeps_the_place_that_it_named(address: str, expected: str):
    assert to_words(address, "so") == expected
    assert canonical(to_words(address, "so")) == canonical(address)
