"""The mail of an edition, as the subscriber's program reads it."""

from __future__ import annotations

import email
import re
from collections import Counter
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from functools import cache
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.link.site import link
from generator.mail.addresses import Mailbox, address_fault, token
from generator.mail.edition import EditionMail, edition_mail
from generator.mail.message import header_text
from generator.mail.plain import WIDTH, plain
from generator.mail.settings import Listmonk, MailSettings, Smtp, mail_settings
from generator.mail.shown import marks
from generator.mail.size import FAIL_AT, WARN_AT, advice, weigh
from generator.mail.subscribers import SubscribersError, read
from generator.model.content import Importance, PartText
from generator.model.site import Site
from generator.pipeline import judge
from generator.project import Project
from generator.settings import SettingsError
from tests.make import (
    BASE,
    HOSTILE,
    LINES,
    ROOT,
    all_links,
    edition,
    everywhere,
    newsletter,
    printed,
    sample,
    site,
    source,
    story,
    words,
)

GIVEN = {
    "sender": "The Footnote <desk@footnote.example>",
    "postal_address": "The Footnote\n1 Example Street",
    "unsubscribe": "https://footnote.example/leave?token={token}",
}
SECRET = "a secret of sixteen or more"
READER = Mailbox("reader@example.org", "A Reader")


def made(of: Site, slug: str = "2026-04-11", **settings: object) -> EditionMail:
    found = edition_mail(of, slug, mail_settings(GIVEN | settings, of.newsletter), None)
    assert found is not None
    return found


def read_mail(data: bytes) -> EmailMessage:
    mail = email.message_from_bytes(data, policy=default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def bodies(data: bytes) -> tuple[Element, str]:
    """The HTML, parsed, and the text, as they come out of the mail."""
    mail = read_mail(data)
    html = mail.get_body(("html",)).get_content()
    return html5lib.parse(html, namespaceHTMLElements=False), mail.get_body(("plain",)).get_content().replace(
        "\r\n", "\n"
    )


def folded(text: str) -> str:
    return "".join(text.split())


@cache
def of_sample(slug: str) -> bytes:
    return made(sample(), slug).to(READER, SECRET)


SLUGS = [page.edition.slug for page in sample().editions]


# Headers


def test_the_mail_says_what_mail_programs_and_the_law_ask_for():
    mail = read_mail(of_sample("2026-04-11"))
    assert mail["From"] == "The Footnote <desk@footnote.example>"
    assert mail["To"] == "A Reader <reader@example.org>"
    assert (
        mail["Date"].datetime == next(p for p in sample().editions if p.edition.slug == "2026-04-11").edition.published
    )
    assert mail["Message-ID"] == "<edition.2026-04-11@the-footnote.example>"
    assert mail["List-Id"] == "<editions.the-footnote.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("address", ["reader@example.org", f"{'r' * 64}@{'long-' * 30}example.org"])
def test_the_way_out_is_one_whole_https_address_however_long_it_is(address: str):
    raw = made(sample()).to(Mailbox(address), SECRET)
    [line] = [line for line in raw.split(b"\r\n") if line.startswith(b"List-Unsubscribe:")]
    own = token(SECRET, "editions.the-footnote.example", address)
    assert line.decode() == f"List-Unsubscribe: <https://footnote.example/leave?token={own}>"
    html, text = bodies(raw)
    assert f"https://footnote.example/leave?token={own}" in list(all_links(html))
    assert f"https://footnote.example/leave?token={own}" in text.splitlines()


def test_nobody_can_leave_in_the_name_of_another_or_of_another_list():
    own = token(SECRET, "a.example", "Reader@example.org")
    assert own == token(SECRET, "a.example", "reader@EXAMPLE.org")
    others = [("other secret", "a.example", "reader@example.org"), (SECRET, "b.example", "reader@example.org")]
    assert own not in [token(*other) for other in others]
    assert own.split(".")[1] != token(SECRET, "a.example", "other@example.org").split(".")[1]
    assert "reader" not in own


def test_the_same_edition_gives_the_same_bytes():
    again = link(judge(Project(ROOT, ROOT / "content"))[0], BASE)
    assert made(again).to(READER, SECRET) == of_sample("2026-04-11")


def test_two_readers_get_the_same_but_for_what_is_theirs():
    one, two = (made(sample()).to(Mailbox(f"{name}@example.org"), SECRET) for name in ("one", "two"))
    differ = [line for line in one.splitlines() if line not in two.splitlines()]
    assert len(differ) <= 8
    assert read_mail(one)["Message-ID"] == read_mail(two)["Message-ID"]


@pytest.mark.parametrize(
    "name",
    [
        "Eve\r\nBcc: all@example.org",
        "Eve\nX-Injected: 1",
        "Ève\u2028Bcc: a@b.example",
        "\x00Eve",
        "=?utf-8?q?Eve=0D=0ABcc:_a=40b.example?=",  # which would be read before it is written
    ],
)
def test_no_name_or_title_begins_a_header_of_its_own(name: str):
    shown = edition("2026-04-11", "told", title=name)
    mail = read_mail(made(site(story("told"), shown)).to(Mailbox("eve@example.org", name), SECRET))
    assert set(mail.keys()) == set(read_mail(of_sample("2026-04-11")).keys())
    assert name.startswith("=?") or mail["Subject"] == header_text(name)
    assert [a.addr_spec for a in mail["To"].addresses] == ["eve@example.org"]


@pytest.mark.parametrize(
    "address",
    ["a@b", "a b@example.org", "a@example.org\r\nBcc: b@example.org", "a@exämple.org", "@example.org", "a@-x.org", ""],
)
def test_what_is_no_address_is_not_written_to(address: str):
    assert address_fault(address)


@given(LINES)
def test_any_headline_arrives_as_it_was_written(title: str):
    raw = made(site(story("told"), edition("2026-04-11", "told", title=title))).to(READER, SECRET)
    assert decoded(email.message_from_bytes(raw)["Subject"]) == header_text(printed(title))


LONG_LINES = [
    "Новости искусственного интеллекта и вычислений, каждый день",
    "— “q” 🙂🙂 日本 the “q” Dr. O’Neil to Müller Müller to and so on",
    "日本語の新聞のとても長い名前です、本当に長いですよ、そうですね",
    "The Footnote, for all of you who want to read very long names, (and titles), of senders",
    "=?utf-8?q?not_a_word?= of RFC 2047",
    f"{'a' * 80}, {'ü' * 60}, {'a' * 1000}",
]


@pytest.mark.parametrize("line", LONG_LINES)
def test_a_headline_or_a_name_that_is_longer_than_a_line_keeps_every_blank_and_comma(line: str):
    """As a mail program reads it that is not the library by which it was written."""
    shown = edition("2026-04-11", "told", title=line)
    one = made(site(story("told"), shown))
    own = replace(one.settings, sender=Mailbox("desk@footnote.example", line), reply_to=Mailbox("a@b.example", line))
    raw = replace(one, settings=own).to(Mailbox("reader@example.org", line), SECRET)
    mail = email.message_from_bytes(raw)
    assert decoded(mail["Subject"]) == printed(line)
    for name, address in (("From", "desk@footnote.example"), ("Reply-To", "a@b.example"), ("To", "reader@example.org")):
        (found,) = getaddresses([mail[name].replace("\r\n", "")])
        assert (decoded(found[0]), found[1]) == (line, address)
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def decoded(header: str) -> str:
    return str(make_header(decode_header(header.replace("\r\n", ""))))


# Bodies


@given(LINES)
def test_any_text_of_an_author_survives_in_both_bodies(text: str):
    of = link(everywhere(text), BASE)
    data = made(of, "2026-04-11", postal_address="Here").to(READER, SECRET)
    html, plain_text = bodies(data)
    assert folded(text) in folded("".join(html.itertext()))
    assert folded(text) in folded(plain_text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_of_an_author_becomes_markup(text: str):
    html, _ = bodies(made(link(everywhere(text), BASE)).to(READER, SECRET))
    assert [e.tag for e in html.iter() if e.tag in ("script", "iframe", "form", "object", "link", "input")] == []
    assert [name for e in html.iter() for name in e.attrib if name.startswith("on")] == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_bracket_of_an_author_s_stands_in_the_html_as_one(text: str):
    """Also for what reads mail without a parser: each `<` begins an element or a comment of ours."""
    html = made(link(everywhere(text), BASE)).bodies.html
    names = set(re.findall(r"<(?!/|!--\[if mso\]>|!\[endif\]-->|!DOCTYPE)([^\s>]*)", html))
    assert names <= OURS


OURS = {"a", "bdi", "body", "br", "em", "h1", "h2", "h3", "h4", "head", "html", "img", "li", "meta", "ol", "p"} | {
    "span", "strong", "style", "table", "tbody", "td", "title", "tr", "ul", "div",
}  # fmt: skip
"""The elements that a mail of plain words is made of."""


def test_a_line_that_runs_against_its_mail_ends_where_its_own_words_end():
    there = newsletter(language="ar", copyright="Text under CC BY 4.0.")
    html = made(site(story(dek="The dek."), edition(), newsletter=there)).bodies.html
    for line in (there.tagline, there.copyright, "The dek."):
        assert f"<bdi>{line}</bdi>" in html


@pytest.mark.parametrize("slug", SLUGS)
def test_every_number_leads_to_its_source_in_both_bodies(slug: str):
    html, text = bodies(of_sample(slug))
    page = next(p for p in sample().editions if p.edition.slug == slug)
    targets = {anchor: entry.number for entry in page.references for anchor in entry.anchors}
    numbers = [e for e in html.iter("a") if re.fullmatch(r"\[\d+\]", words(e))]
    assert Counter(map(words, numbers)) == Counter(f"[{mark.number}]" for mark in marks(page))
    for number in numbers:
        address, _, anchor = number.get("href").partition("#")
        assert address == f"{BASE}editions/{slug}/"
        assert f"[{targets[anchor]}]" == words(number)
    listed = text[text.rindex("\nSources\n") :]
    for entry in page.references:
        block = listed[listed.index(f"\n[{entry.number}] ") :].split("\n\n")[0]
        by_page = f"{BASE}editions/{slug}/#{entry.anchors[0]}"
        address = by_page if ".work/" in entry.source.url else entry.source.url
        assert address in block
        assert address in list(all_links(html))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_address_is_absolute_and_nothing_runs_or_is_fetched_but_pictures(slug: str):
    html, _ = bodies(of_sample(slug))
    for element in html.iter():
        for name in ("href", "src"):
            assert re.match(r"https?://", element.get(name, "https://")), element.attrib
        assert element.tag not in ("script", "link", "iframe", "form", "object", "video")
    assert "@import" not in "".join("".join(e.itertext()) for e in html.iter("style"))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_text_reads_well_in_a_terminal(slug: str):
    _, text = bodies(of_sample(slug))
    for line in text.splitlines():
        assert len(line) <= WIDTH or "https://" in line or "http://" in line, line
        assert line == line.rstrip()
    assert "<" not in re.sub(r"<https?://\S+>", "", text)
    assert "\n\n\n\n" not in text
    for said in ("One-Line Summary", "Action Items", "1 Example Street", "Unsubscribe:"):
        assert said in text


@pytest.mark.parametrize("slug", SLUGS)
def test_the_look_is_in_the_elements_and_the_style_sheet_only_adds_to_it(slug: str):
    html, _ = bodies(of_sample(slug))
    [title] = html.iter("h1")
    assert "font-size:34px" in title.get("style")
    assert all("style" in e.attrib for e in html.iter("a"))
    [kept] = list(html.iter("style"))
    assert set(re.findall(r"@media \(([a-z-]+)", kept.text)) == {"max-width", "prefers-color-scheme"}
    for table in html.iter("table"):
        assert table.get("role") == "presentation"
    for image in html.iter("img"):
        assert image.get("alt")
        assert int(image.get("width")) <= 600


def test_the_dark_sheet_covers_every_colour_that_the_light_one_sets():
    """A colour of paper or ink that stayed light on dark paper could not be read."""
    html, _ = bodies(of_sample("2026-04-11"))
    dark = {"paper", "ink", "soft", "accent", "tint", "strong"}
    coloured = [e for e in html.iter() if re.search(r"(?:^|;)(?:color|background-color):", e.get("style", ""))]
    assert coloured
    for element in coloured:
        classes = set(element.get("class", "").split())
        if element.tag not in ("body", "a", "h2"):
            assert classes & {*dark, "text", "points"}, (element.tag, element.attrib)


def test_the_first_words_in_the_list_of_mails_are_the_edition_s_dek():
    html, _ = bodies(of_sample("2026-04-11"))
    body = html.find("body")
    assert words(body[0]).startswith("Mac users of OpenAI’s apps get a date to keep")
    assert "mso-hide:all" in body[0].get("style")


def test_what_is_read_on_as_a_sentence_ends_as_one_in_both_bodies():
    why = "A first deal of this size"
    told = story("told", importance=Importance(9, why))
    html, text = bodies(made(site(told, edition("2026-04-11", "told"))).to(READER, SECRET))
    assert f"Importance 9 of 10: {why}." in words(html)
    assert f"Importance 9 of 10: {why}." in text


def test_a_correction_is_dated_in_both_bodies():
    shown = edition("2026-04-11", "told")
    shown = replace(shown, updated=shown.published.replace(day=12))
    html, text = bodies(made(site(story("told"), shown)).to(READER, SECRET))
    assert "Updated 12\xa0April 2026, 12:00\xa0UTC−4" in words(html)
    assert "Updated 12 April 2026, 12:00 UTC−4" in text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One<br>two</p><p>Three</p>", "One\ntwo\n\nThree"),
        ("<p>A <strong>b</strong> <em>c</em> <code>d</code></p>", "A *b* _c_ `d`"),
        ('<p><a href="https://a.example/">words</a></p>', "words <https://a.example/>"),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ("<ul><li>One</li><li><p>Two</p><p>More</p></li></ul>", "* One\n\n* Two\n  More"),
        ("<ol><li>One<ul><li>In</li></ul></li></ol>", "1. One\n   * In"),
        ("<blockquote><p>Said</p><p>More</p></blockquote>", "> Said\n>\n> More"),
        ("<pre><code>a  b\n  c\n</code></pre>", "    a  b\n      c"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B\n1 | 2"),
        ("<h3>Title</h3><hr><p>a &lt;b&gt; &amp;</p>", "Title\n\n* * *\n\na <b> &"),
    ],
)
def test_markdown_becomes_what_a_person_would_type(markup: str, text: str):
    assert plain(markup) == text


def tables(*rows: str) -> tuple[Element, str]:
    """What readers get of a table of Markdown."""
    line = f"|{' --- |' * (rows[0].count('|') - 1)}"
    told = story("told", source(), source("other"), body="\n".join([rows[0], line, *rows[1:]]))
    return bodies(made(site(told, edition("2026-04-11", "told"))).preview())


def test_a_table_that_fits_a_phone_is_one():
    html, _ = tables("| Model | Price | Released |", "| Claude Sonnet 4.5 | $1,250.00 [@hubkub] | 12 May 2026 |")
    (found,) = (table for table in html.iter("table") if table.get("role") is None)
    assert [words(cell) for cell in found.iter("td")] == ["Claude Sonnet 4.5", "$1,250.00\xa0[1]", "12\xa0May 2026"]


def test_a_table_that_is_wider_than_any_phone_is_told_row_by_row():
    html, text = tables(
        "| Model | Price [@other] | Context | Notes on it | |",
        "| Alpha | $12.50 [@hubkub] | | It is & Co | Unterbeamtengesellschaft |",
        "| **Beta** | $1 | 128k | | |",
        "| | | | | |",
    )
    assert [table for table in html.iter("table") if table.get("role") is None] == []
    said = [words(p) for p in html.iter("p") if "Model" in words(p)]
    price = "Price\xa0[1]"
    assert said == [
        f"Model: Alpha {price}: $12.50\xa0[2] Notes on it: It is & Co Unterbeamtengesellschaft",
        f"Model: Beta {price}: $1 Context: 128k",
    ]
    assert "Alpha | $12.50 [2]" in text


# What is left out, and how large it may be


def test_no_line_of_a_text_mail_is_wider_than_a_terminal():
    words = "words of a rather long sentence that goes on and on " * 4
    for element in ("<p>%s</p>", "<ul><li>%s</li></ul>", "<ol><li>%s</li></ol>", "<table><tr><td>%s</td></tr></table>"):
        for around in ("%s", "<blockquote>%s</blockquote>", "<ul><li>%s</li></ul>"):
            assert max(map(len, plain(around % (element % words)).split("\n"))) <= WIDTH


def test_parts_can_be_left_to_the_site_and_their_sources_with_them():
    told = story(
        "told",
        source("a"),
        source("b"),
        body="Words. [@a]",
        parts=(PartText("why-it-matters", ("Only here. [@b]",)),),
    )
    of = site(told, edition("2026-04-11", "told"))
    html, text = bodies(made(of, leave_out=["why-it-matters"]).to(READER, SECRET))
    assert "Only here" not in text + words(html)
    assert "https://a.example/page" in text
    assert "https://b.example/page" not in text
    assert "[1]" in text


def test_passages_can_be_left_out():
    of = site(story("told", source("a", passages=("the very words",))), edition("2026-04-11", "told"))
    assert "the very words" in bodies(made(of).to(READER, SECRET))[1]
    html, text = bodies(made(of, passages=False).to(READER, SECRET))
    assert "the very words" not in text + words(html)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_sample_s_editions_are_small_enough_for_every_client(slug: str):
    weight = weigh(made(sample(), slug).bodies.html)
    assert not weight.warns
    assert sum(weight.blocks.values()) < weight.total


def test_a_mail_that_is_too_large_says_what_to_cut():
    large = story("large", body="\n\n".join(["Word " * 500 + "[@hubkub]"] * 40))
    of = site(large, story("small"), edition("2026-04-11", "large", "small"))
    weight = weigh(made(of).bodies.html)
    assert weight.fails
    said = advice(weight).splitlines()
    assert "107 KB" in said[2]
    assert said[2].endswith("the story large")
    assert said[3].endswith("the story small")
    assert "leave_out" in said[-1]


def test_the_bounds_stand_below_what_gmail_shows():
    assert WARN_AT < FAIL_AT < 102 * 1024


# Settings


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"sender": None}, '`mail.sender` is missing: write it as "The Desk <desk@news.example>"'),
        ({"sender": "nobody"}, "`mail.sender` has the address `nobody`, and it has no @"),
        ({"sender": "A <a@example.org>, b@example.org"}, "`mail.sender` has the address"),
        ({"postal_address": " "}, "`mail.postal_address`"),
        ({"unsubscribe": "https://a.example/"}, "`mail.unsubscribe` needs `{token}`"),
        ({"unsubscribe": "http://a.example/{token}"}, "it is not https"),
        ({"unsubscribe": "mailto:leave@a.example?{token}"}, "`mailto:`"),
        ({"list_id": "a list"}, "`mail.list_id` is not of the form"),
        ({"smtp": {"host": "mail.example.org", "security": "ssl"}}, "`mail.smtp.security` is `ssl`; it can be"),
        ({"smtp": {"host": "mail.example.org", "security": "none"}}, "a server on this machine only"),
        ({"smtp": {"port": 25}}, "`mail.smtp.host` is missing"),
        (
            {"smtp": {"host": "h", "port": 99999}},
            "`mail.smtp.port` is `99999`; it must be a whole number from 1 to 65535",
        ),
        ({"smtp": {"host": "h", "rate": 0}}, "`mail.smtp.rate` is `0`; it must be a whole number"),
        ({"smtp": {"host": "h", "password": "x"}}, "`mail.smtp.password` is not a setting"),
        ({"smtp": "h"}, "`mail.smtp` is not a mapping"),
        ({"listmonk": {"url": "http://lists.example.org", "lists": [1]}}, "`mail.listmonk.url` is not an https"),
        ({"listmonk": {"url": "https://lists.example.org", "lists": []}}, "`mail.listmonk.lists` needs the numbers"),
        ({"buttondown": "http://api.example.org"}, "`mail.buttondown` is not an https address"),
        ({"leave_out": ["no-such"]}, "`mail.leave_out` names `no-such`; the parts are summary"),
        ({"passages": "no"}, "`mail.passages` is neither true nor false"),
        ({"sendr": "x"}, "`mail.sendr` is not a setting: did you mean `sender`?"),
    ],
)
def test_a_setting_that_cannot_be_is_named(given: dict, fault: str):
    with pytest.raises(SettingsError, match=re.escape(fault)):
        mail_settings({k: v for k, v in (GIVEN | given).items() if v is not None}, newsletter())


def test_all_faults_of_the_settings_are_named_at_once():
    with pytest.raises(SettingsError) as caught:
        mail_settings({"smtp": {"security": "x"}, "color": 1}, newsletter())
    assert len(str(caught.value).splitlines()) == 6


def test_a_service_is_spoken_to_over_https_and_in_the_clear_on_this_machine_alone():
    for address in ("https://api.example.org", "https://localhost", "http://localhost:9000", "http://127.0.0.1:9000"):
        assert mail_settings(GIVEN | {"buttondown": address}, newsletter()).buttondown == address
    for address in ("http://api.example.org", "ftp://localhost", "http://localhost.example.org"):
        with pytest.raises(SettingsError, match=re.escape("`mail.buttondown` is not an https address")):
            mail_settings(GIVEN | {"buttondown": address}, newsletter())


def test_the_ports_are_those_of_the_standard():
    ports = [
        mail_settings(GIVEN | {"smtp": {"host": "localhost", "security": security}}, newsletter()).smtp.port
        for security in ("starttls", "tls", "none")
    ]
    assert ports == [587, 465, 25]


# Subscribers


def test_subscribers_are_read_whatever_else_the_file_holds(tmp_path):
    file = tmp_path / "s.csv"
    file.write_bytes(
        '\ufeffName,EMAIL,since\r\n"Doe, Jane",jane@example.org,2024\r\n\r\n,joe@example.org,\r\n'.encode()
    )
    assert read(file) == (Mailbox("jane@example.org", "Doe, Jane"), Mailbox("joe@example.org"))


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1e", "\x85", "\u2028", "\u2029"])
def test_a_line_of_the_subscribers_file_ends_where_csv_ends_it(tmp_path, sign: str):
    """What word processors put between lines is part of a name; the rest of it was taken for another subscriber."""
    file = tmp_path / "s.csv"
    file.write_bytes(f"email,name\r\njane@example.org,Jane{sign}Doe\rjoe@example.org,Joe\n".encode())
    assert read(file) == (Mailbox("jane@example.org", f"Jane{sign}Doe"), Mailbox("joe@example.org", "Joe"))


def test_every_fault_of_the_subscribers_file_is_named_with_its_line(tmp_path):
    file = tmp_path / "s.csv"
    file.write_text('email,name\na@example.org,"A\nB"\nnobody,\nA@EXAMPLE.org,A\n,x\nb@example.org\nc@example.org,C\n')
    with pytest.raises(SubscribersError) as caught:
        read(file)
    assert str(caught.value).replace(f"{file}", "s.csv").splitlines() == [
        "s.csv:4: no mail can go to `nobody`: it has no @",
        "s.csv:5: `A@EXAMPLE.org` is in line 2 already",
        "s.csv:6: its `email` is empty",
        "s.csv:7: it has 1 fields, and the first line has 2",
    ]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", ":1: there is no column `email`"),
        (b"mail\na@example.org\n", ":1: there is no column `email`"),
        (b"email\n", ":1: there is nobody in it"),
        (b"email\na@example.org\n\xff@example.org\n", ":3: it is not UTF-8"),
        (b'email\n"a@example.org"x\n', ":2: it is not CSV"),
    ],
)
def test_a_file_that_is_not_one_of_subscribers_says_why(tmp_path, data: bytes, fault: str):
    file = tmp_path / "s.csv"
    file.write_bytes(data)
    with pytest.raises(SubscribersError, match=re.escape(fault)):
        read(file)


@given(st.text(max_size=60))
def test_what_stands_in_a_header_is_one_line(text: str):
    assert not re.search(r"[\r\n\x00-\x1f]", header_text(text))


# Documentation

DOCS = (ROOT / "docs/mail.md").read_text()


def test_every_setting_and_every_secret_is_documented():
    for prefix, record in (("", MailSettings), ("smtp.", Smtp), ("listmonk.", Listmonk)):
        for name in record.__struct_fields__:
            assert f"`{prefix}{name}`" in DOCS or f"`{prefix}{name}." in DOCS, name
    posting = (ROOT / "generator/cli/posting.py").read_text()
    assert [name for name in re.findall(r'"(CITEWIRE_\w+)"', posting) if f"`{name}`" not in DOCS] == []


def test_the_settings_of_the_documentation_are_sound():
    [block] = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    assert mail_settings(yaml.safe_load(block)["plugins"][0]["citewire"]["mail"], newsletter()).smtp


def test_the_documented_server_knows_who_leaves_and_believes_nobody_else():
    [code] = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
    names: dict = {}
    exec(code, names)
    own = token(SECRET, "a.example", "Reader@example.org")
    who_leaves = names["who_leaves"]
    assert who_leaves(own, SECRET, "a.example") == "reader@example.org"
    assert who_leaves(own, "another", "a.example") is None
    assert who_leaves(own, SECRET, "b.example") is None
    assert [who_leaves(bad, SECRET, "a.example") for bad in ("preview", "", "a.b", "é.é", own[:-1])] == [None] * 5


@pytest.mark.parametrize(("language", "start", "ends"), [("en", "left", "0 0 0 22px"), ("ar", "right", "0 22px 0 0")])
def test_a_mail_that_runs_from_right_to_left_has_its_bullets_and_lines_on_the_right(
    language: str, start: str, ends: str
):
    parts = (PartText("key-takeaways", ("It is $21 billion. [@hubkub]",), True),)
    of = site(story(parts=parts), edition(), newsletter=newsletter(language=language))
    html, _ = bodies(made(of).to(READER, SECRET))
    styles = {node.tag: node.get("style", "") for node in html.iter() if node.tag == "ul"}
    assert f"padding:{ends}" in styles["ul"]
    (sheet,) = (node for node in html.iter("table") if "sheet" in node.get("class", ""))
    (box,) = (node for node in html.iter("td") if "box" in node.get("class", ""))
    assert f"text-align:{start}" in sheet.get("style", "")
    assert f"border-{start}:5px" in box.get("style", "")
