"""Addresses of strangers: what is none is told or left, wherever it comes in, and nothing ends in a trace of Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.importers import bundle
from generator.importers.plan import Wanted, planned
from generator.importers.recognise import posts_of
from generator.importers.value import OldSite
from generator.mail.settings import mail_settings
from generator.model.address import canonical, is_readable, link_fault, page_key, tidy, web_fault
from generator.options import find
from generator.pipeline import judge
from generator.settings import SettingsError
from tests.make import newsletter
from tests.test_cases import laid_over
from tests.test_desk import STORY
from tests.test_mail import GIVEN

NASTY = [
    *("//[x/", "http://[x/", "https://a.example//[x/", "https://[::1", "https://[v1.x]/", "https://a.example]/", "/[x"),
    *("https://a.example:99999/", "https://a.example:x/p", "//a.example:x/y", "http://[fe80::1%25en0]/x"),
    *("http://\u2100.example/p", "https://ex\u2488ample.example/x", "https://\u00ad.example/", "https://xn--/"),
    *("https://..", "https:///x", "https://a b.example/", f"https://{'a' * 70}.example/p", "https://.example/"),
    *("https://user:p@a.example/", "mailto:", "javascript:alert(1)", "//", "https://", "?", "#", "[", "]"),
    *("https://a.example/%zz", "https://a.example/\u202e", f"https://a.example/{'x' * 3000}", "https://a..example/p"),
]
PIECES = ("http", "https", ":", "//", "/", "[", "]", "::1", "a", ".", "example", "%", "zz", "@", "99999", "?", "#", " ")
ADDRESSES = st.sampled_from(NASTY) | st.lists(
    st.sampled_from((*PIECES, "\u2100", "\udc80", "é")), min_size=1, max_size=9
).map("".join)


@given(ADDRESSES)
def test_any_text_is_judged_and_compared_as_an_address(address: str):
    assert tidy(address) is not None
    assert page_key(address) == page_key(canonical(address)) or not is_readable(address) or web_fault(address)
    assert link_fault(address) is None or link_fault(address)


def markdown(address: str) -> dict[str, str]:
    """A post for each field that can hold an address."""
    keys = ("permalink", "url", "canonical_url", "aliases", "redirect_from", "guid", "slug")
    body = f"Text [l]({address}) and <a href={json.dumps(address)}>x</a> ![p]({address})"
    head = "title: T {0}\ndate: 2024-05-06\n{0}: {1}"
    return {f"{key}.md": f"---\n{head.format(key, json.dumps(address))}\n---\n{body}\n" for key in keys}


def html(address: str) -> str:
    shown = escape(address)
    return f'<p>Words <a href="{shown}">more</a> <img src="{shown}" alt="x"><iframe src="{shown}"></iframe></p>'


def rss(address: str) -> dict[str, str]:
    told = f"<link>{escape(address)}</link><guid>{escape(address)}</guid><title>One</title>"
    told += f"<pubDate>Mon, 06 May 2024 09:00:00 +0200</pubDate><description>{escape(html(address))}</description>"
    return {"feed.xml": f'<rss version="2.0"><channel><title>O</title><item>{told}</item></channel></rss>'}


def json_feed(address: str) -> dict[str, str]:
    item = {"id": address, "url": address, "title": "One", "date_published": "2024-05-06T09:00:00Z"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item | {"content_html": html(address)}]}
    return {"feed.json": json.dumps(feed)}


def ghost(address: str) -> dict[str, str]:
    post = {"id": "1", "title": "One", "slug": address, "canonical_url": address, "html": html(address)}
    post |= {"status": "published", "published_at": "2024-05-06T09:00:00.000Z", "visibility": "public", "type": "post"}
    return {"ghost.json": json.dumps({"db": [{"meta": {"version": "5.82.0"}, "data": {"posts": [post]}}]})}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid_over("_sound", tmp_path_factory.mktemp("strange") / "newsletter")


@pytest.mark.parametrize("make", [markdown, rss, json_feed, ghost])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=ADDRESSES, site=st.sampled_from(["https://old.example/", ""]))
def test_an_archive_with_any_address_is_brought_over(
    make: Callable[[str], dict[str, str]], root: Path, address: str, site: str
):
    files = {name: text.encode("utf-8", "replace") for name, text in make(address).items()}
    folder = bundle.Bundle("archive", {name: lambda data=data: data for name, data in files.items()})
    plan = planned(find(root / "mkdocs.yml"), posts_of(folder, OldSite(site, "", None)), Wanted("", None, "none"))
    assert plan.files or plan.unread or plan.drafts


def test_a_post_whose_permalink_is_none_says_that_its_address_was_guessed(root: Path):
    text = b"---\ntitle: Rents\ndate: 2024-05-06\npermalink: //[x/\n---\nMeta rents more.\n"
    (post,) = posts_of(bundle.Bundle("a", {"rents.md": lambda: text}), OldSite("https://old.example/", "", None))
    assert post.address == "https://old.example/rents/"
    assert "the old address" in post.guesses[0]


def test_a_post_whose_old_path_is_no_address_comes_over_without_one():
    text = b"---\ntitle: Rents\ndate: 2024-05-06\npermalink: https://old.example//[x/\n---\nMeta rents more.\n"
    (post,) = posts_of(bundle.Bundle("a", {"rents.md": lambda: text}), OldSite())
    assert (post.title, post.address, post.id) == ("Rents", "", "")
    assert post.guesses == ("no old address: `//[x/` is none",)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=ADDRESSES.filter(lambda text: "\udc80" not in text))
def test_a_story_with_any_address_is_judged(root: Path, address: str):
    value = yaml.safe_load((root / STORY).read_text())
    for cited in value["citations"].values():
        cited |= {"url": address, "archive": address}
    value |= {"imported": {"from": address, "id": address}, "aliases": [address], "body": f"So. [x]({address})"}
    found = judge(find(root / "mkdocs.yml"), {root / STORY: yaml.safe_dump(value, allow_unicode=True).encode()})[1]
    assert found


@given(address=ADDRESSES)
def test_a_setting_of_mails_with_any_address_is_admitted_or_told(address: str):
    for key in ("buttondown", "unsubscribe", "listmonk"):
        given = {"url": address, "lists": [1]} if key == "listmonk" else address
        told = faults(GIVEN | {key: given})
        assert not told or f"`mail.{key}" in told


def faults(given: dict[str, object]) -> str:
    try:
        mail_settings(given, newsletter())
    except SettingsError as error:
        return str(error)
    return ""
