"""Substack's export (Settings, Exports): `posts.csv`, and the text of each post in `posts/<id>.<name>.html`.

The lists of subscribers in it are not opened.
"""

from __future__ import annotations

from generator.importers.dates import when
from generator.importers.structured import rows
from generator.importers.value import Bundle, Imported, OldSite, Posts, Unread, text, where_in

TABLE = "posts.csv"


def table_of(bundle: Bundle) -> str:
    """The name of the table of posts; empty if there is none."""
    return next((name for name in bundle.ending(TABLE) if name.rpartition("/")[2] == TABLE), "")


def read(bundle: Bundle, old: OldSite) -> Posts:
    """The posts of an export."""
    if not (table := table_of(bundle)):
        return
    folder = table[: -len(TABLE)]
    for number, row in enumerate(rows(table, bundle.data(table)), 1):
        id_ = row.get("post_id", "").strip()
        file = f"{folder}posts/{id_}.html"
        slug = id_.partition(".")[2]
        where = where_in(table, number, id_)
        if file not in bundle.files or not slug:
            yield _without_text(row, where, file if slug else "")
            continue
        yield _post(row, where, slug, bundle.data(file).decode("utf-8", "replace"), old)


def _without_text(row: dict[str, str], where: str, file: str) -> Unread:
    """A row whose `file` is not in the export. Substack writes none for talks, podcasts and the like."""
    if text(row.get("type")) == "newsletter" and _is_published(row):
        why = f"its text, {file}, is not in the export: export it again" if file else "it has no `post_id`"
        return Unread(where, why, is_lost=True)
    return Unread(where, "its text is not in the export: Substack leaves out what has none, as talks and podcasts")


def _post(row: dict[str, str], where: str, slug: str, html: str, old: OldSite) -> Imported | Unread:
    if not html.strip():
        return Unread(where, "it has no text")
    address = f"{old.address or '/'}p/{slug}"
    return Imported(
        where=where,
        title=text(row.get("title")),
        published=when(row.get("post_date")),
        html=html,
        address=address,
        id=address if old.address else "",
        summary=text(row.get("subtitle")),
        is_mailed=bool(text(row.get("email_sent_at"))),
        held=_held(row),
    )


def _is_published(row: dict[str, str]) -> bool:
    return text(row.get("is_published")).lower() == "true"


def _held(row: dict[str, str]) -> str:
    if not _is_published(row):
        return "it was not published"
    audience = text(row.get("audience"))
    return "" if audience in ("", "everyone") else f"it was for {audience.replace('_', ' ')} readers"
