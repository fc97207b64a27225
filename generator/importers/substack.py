"""Substack's export (Settings, Exports): `posts.csv`, and the text of each post in `posts/<id>.<name>.html`.

The lists of subscribers in it are not opened.
"""

from __future__ import annotations

from generator.importers.dates import when
from generator.importers.structured import rows
from generator.importers.value import Asked, Bundle, Imported, Posts, Unread, text

TABLE = "posts.csv"


def table_of(bundle: Bundle) -> str:
    """The name of the table of posts; empty if there is none."""
    return next((name for name in bundle.ending(TABLE) if name.rpartition("/")[2] == TABLE), "")


def read(bundle: Bundle, asked: Asked) -> Posts:
    """The posts of an export."""
    if not (table := table_of(bundle)):
        return
    folder = table[: -len(TABLE)]
    for row in rows(table, bundle.data(table)):
        id_ = row.get("post_id", "").strip()
        file = f"{folder}posts/{id_}.html"
        slug = id_.partition(".")[2]
        where = f"{table}, {id_ or 'a row without post_id'}"
        if file not in bundle.files or not slug:
            yield Unread(
                where, "its text is not in the export: Substack leaves out what has none, as talks and podcasts"
            )
            continue
        yield _post(row, where, slug, bundle.data(file).decode("utf-8", "replace"), asked)


def _post(row: dict[str, str], where: str, slug: str, html: str, asked: Asked) -> Imported | Unread:
    if not html.strip():
        return Unread(where, "it has no text")
    address = f"{asked.address or '/'}p/{slug}"
    return Imported(
        where=where,
        title=text(row.get("title")),
        published=when(row.get("post_date")),
        html=html,
        address=address,
        id=address if asked.address else "",
        summary=text(row.get("subtitle")),
        is_mailed=bool(text(row.get("email_sent_at"))),
        held=_held(row),
    )


def _held(row: dict[str, str]) -> str:
    if text(row.get("is_published")).lower() != "true":
        return "it was not published"
    audience = text(row.get("audience"))
    return "" if audience in ("", "everyone") else f"it was for {audience.replace('_', ' ')} readers"
