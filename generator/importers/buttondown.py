"""Buttondown's exports: Markdown files with front matter, a table (`emails.csv`), or the lists of its API.

https://docs.buttondown.com/api-emails-introduction names the fields. A body is Markdown, or HTML if the mail was
written in the fancy editor; a comment at its beginning says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.importers.dates import when
from generator.importers.frontmatter import parted
from generator.importers.marked import html_of, without_filled_in
from generator.importers.structured import from_json, heads, mappings, rows
from generator.importers.value import Bundle, Imported, OldSite, Posts, Unread, UnreadableError, text, where_in

_FANCY = "buttondown-editor-mode: fancy"
HEADS = frozenset(("subject", "body"))


def is_one(value: Any) -> bool:
    """Whether JSON is a list of mails, as returned by the API."""
    return any(mail.keys() >= HEADS for mail in _listed(value)[:1])


def is_mail(facts: Mapping[str, Any]) -> bool:
    """Whether the front matter of a Markdown file is a mail's."""
    return "subject" in facts and "title" not in facts


def read(bundle: Bundle, old: OldSite) -> Posts:
    """The mails of an export."""
    for name in bundle.ending(".csv", ".json", ".md"):
        try:
            yield from _file(bundle, name, old)
        except UnreadableError as error:
            yield Unread(name, str(error), is_lost=True)


def _file(bundle: Bundle, name: str, old: OldSite) -> Posts:
    data = bundle.data(name)
    if name.lower().endswith(".md"):
        facts, body = parted(name, data)
        if is_mail(facts):
            yield _mail({**facts, "body": body}, name, old)
        return
    found: list[Any] = []
    if name.lower().endswith(".json"):
        found = _listed(from_json(name, data))
    elif heads(data) >= HEADS:
        found = list(rows(name, data))
    for number, mail in enumerate(found, 1):
        yield _mail(mail, where_in(name, number, mail.get("slug"), mail.get("subject"), mail.get("id")), old)


def _listed(value: Any) -> list[dict[str, Any]]:
    return mappings(value.get("results") if isinstance(value, dict) else value)


def _mail(mail: Mapping[str, Any], where: str, old: OldSite) -> Imported | Unread:
    body = mail.get("body")
    if not isinstance(body, str) or not body.strip():
        return Unread(where, "it has no text")
    slug = text(mail.get("slug"))
    subject, summary = text(mail.get("subject")), text(mail.get("description"))
    is_as_written = without_filled_in(subject) == subject and without_filled_in(summary) == summary
    guesses = () if is_as_written else ("a headline or dek: what Buttondown fills in for each reader was taken out",)
    address = text(mail.get("absolute_url")) or f"{old.address or '/'}archive/{slug}/"
    return Imported(
        where=where,
        title=text(without_filled_in(subject)),
        published=when(mail.get("publish_date")) or when(mail.get("creation_date")),
        html=without_filled_in(body) if _FANCY in body[:100] else html_of(body),
        address=address,
        id=address if "://" in address else "",
        summary=text(without_filled_in(summary)),
        is_mailed=True,
        held=_held(mail),
        guesses=guesses,
    )


def _held(mail: Mapping[str, Any]) -> str:
    if text(mail.get("status")) in ("draft", "scheduled", "about_to_send", "deleted", "errored", "paused"):
        return "it was not sent"
    kind = text(mail.get("email_type"))
    return "" if kind in ("", "public", "hidden_from_mail") else f"it was a {kind} mail"
