"""Ghost's export (Settings, Migration, Export): one JSON file with tables of posts, tags and users.

https://ghost.org/docs/migration/ghost/ shows its shape: `{"db": [{"meta": ..., "data": {"posts": [...], ...}}]}`; older
ones have `data` at the top. `__GHOST_URL__` is a placeholder for the site's address in texts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from msgspec import Struct

from generator.importers.dates import when
from generator.importers.jsonfeed import paragraphs
from generator.importers.structured import from_json, mappings
from generator.importers.value import Bundle, Imported, OldSite, Posts, Unread, text, where_in

_PLACEHOLDER = "__GHOST_URL__/"


def data_of(value: Any) -> dict[str, Any]:
    """The tables of an export; empty for anything else."""
    db = value.get("db") if isinstance(value, dict) else None
    inside = db[0] if isinstance(db, list) and db else value
    data = inside.get("data") if isinstance(inside, dict) else None
    return data if isinstance(data, dict) and isinstance(data.get("posts"), list) else {}


def read(bundle: Bundle, old: OldSite) -> Posts:
    """The posts of an export; pages are reported but not imported."""
    for name in bundle.ending(".json"):
        data = data_of(from_json(name, bundle.data(name)))
        tables = _Tables.of(data)
        for number, post in enumerate(mappings(data.get("posts")), 1):
            where = where_in(name, number, post.get("slug"), post.get("title"), post.get("id"))
            if post.get("type") == "page" or post.get("page") in (1, True):
                yield Unread(where, "it is a page and no post: put it into content/pages/ as Markdown")
            else:
                yield _post(post, where, tables, old)


class _Tables(Struct, frozen=True):
    """The names of tags and authors by post, in order, and further fields of posts."""

    tags: dict[str, list[str]]
    authors: dict[str, list[str]]
    more: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, data: dict[str, Any]) -> _Tables:
        users = {text(user.get("id")): text(user.get("name")) for user in mappings(data.get("users"))}
        tags = {
            text(tag.get("id")): text(tag.get("name"))
            for tag in mappings(data.get("tags"))
            if tag.get("visibility") != "internal" and not text(tag.get("name")).startswith("#")
        }
        more = {text(row.get("post_id")): row for row in mappings(data.get("posts_meta"))}
        return cls(
            _joined(data, "posts_tags", "tag_id", tags), _joined(data, "posts_authors", "author_id", users), more
        )


def _joined(data: dict[str, Any], table: str, key: str, names: dict[str, str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(mappings(data.get(table)), key=lambda row: str(row.get("sort_order") or 0).zfill(6)):
        if name := names.get(text(row.get(key))):
            found[text(row.get("post_id"))].append(name)
    return found


def _post(post: dict[str, Any], where: str, tables: _Tables, old: OldSite) -> Imported | Unread:
    id_, slug = text(post.get("id")), text(post.get("slug"))
    html, plain = post.get("html"), post.get("plaintext")
    body = html if isinstance(html, str) else paragraphs(plain) if isinstance(plain, str) else ""
    if not body.strip():
        return Unread(where, "it has no text")
    more = tables.more.get(id_, {})
    is_old = id_.isdecimal() and len(id_) < 20  # before Ghost 1.0: ids are numbers, and feeds used the uuid
    return Imported(
        where=where,
        title=text(post.get("title")),
        published=when(post.get("published_at")) or when(post.get("created_at")),
        html=body.replace(_PLACEHOLDER, old.address or "/"),
        address=f"{old.address or '/'}{slug}/",
        id=text(post.get("uuid")) if is_old else id_,
        summary=text(post.get("custom_excerpt"), more.get("meta_description"), post.get("meta_description")),
        author=next(iter(tables.authors.get(id_, ())), ""),
        tags=tuple(tables.tags.get(id_, ())),
        is_mailed=bool(post.get("newsletter_id")) or post.get("status") == "sent" or bool(more.get("email_subject")),
        held=_held(post),
    )


def _held(post: dict[str, Any]) -> str:
    if post.get("status") in ("draft", "scheduled"):
        return "it was not published"
    visibility = text(post.get("visibility"))
    return "" if visibility in ("", "public") else f"it was for {visibility} readers only"
