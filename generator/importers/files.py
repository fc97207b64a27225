"""Markdown files with front matter, as Hugo, Jekyll, Astro, Pelican, Eleventy and others keep posts.

The program that made a site determines a post's address and its id in the feed. Both are guessed from the names of
files and fields, unless the editor says how addresses were made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from generator.importers.dates import when
from generator.importers.frontmatter import parted
from generator.importers.marked import html_of
from generator.importers.value import Bundle, Imported, OldSite, Posts, Unread, UnreadableError, text, texts
from generator.model.address import is_readable
from generator.texts.slugs import slug_from

SUFFIXES = (".md", ".markdown", ".mdx")
OTHERS = {".rst": "reStructuredText", ".org": "Org", ".adoc": "AsciiDoc", ".textile": "Textile"}
"""Formats of posts that cannot be read."""
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)-(.+)\Z")
_INDEX = ("index", "_index", "readme")
_ROOTS = re.compile(
    r"\A(?:.*/)?(?:src/content|src/pages|content|_posts|_drafts|src|docs)/|\A(?:_posts|posts)/(?=\d{4}-)"
)

JEKYLL, PELICAN, ASTRO, HUGO = "Jekyll", "Pelican", "Astro", "Hugo"
PERMALINKS = {
    JEKYLL: "/{categories}/{year}/{month}/{day}/{slug}.html",
    PELICAN: "/{slug}.html",
    ASTRO: "/{folder}/{slug}/",
    HUGO: "/{folder}/{slug}/",
}
"""How each program makes addresses by default."""
PLACES = ("year", "month", "day", "slug", "folder", "categories")
"""What a permalink can have in braces."""


def read(bundle: Bundle, old: OldSite) -> Posts:
    """The posts of a folder. Files without a title or a date are pages, and are skipped."""
    for name in bundle.ending(*SUFFIXES):
        try:
            facts, body = parted(name, bundle.data(name))
            yield _post(name, facts, body, old)
        except UnreadableError as error:
            yield Unread(name, str(error), is_lost=True)
    for name in bundle.ending(*OTHERS):
        kind = OTHERS[name[name.rfind(".") :].lower()]
        yield Unread(name, f"it is {kind}: turn it into Markdown with front matter first (pandoc does)", is_lost=True)


class _File(Struct, frozen=True):
    """What can be told from a file's name."""

    folder: str
    slug: str
    day: str


def _post(name: str, facts: Mapping[str, Any], body: str, old: OldSite) -> Imported | Unread:
    told = _told(name)
    if told.slug.startswith("_") or told.slug.lower() in _INDEX:
        return Unread(name, "it is the page of a folder and no post")
    published = next((found for key in _PUBLISHED if (found := when(facts.get(key)))), None) or when(told.day)
    if published is None and (unread := next((facts[key] for key in _PUBLISHED if facts.get(key)), None)):
        why = f"its date `{text(unread) or unread}` cannot be read: write it as 2024-05-08"
        return Unread(name, why, is_lost=True)
    if published is None:
        return Unread(name, "it has no date, so it is a page: put it into content/pages/ yourself")
    if not body.strip():
        return Unread(name, "it has no text")
    program = _program(name, facts)
    slug = text(facts.get("slug")) or told.slug
    path, is_guessed = _path(facts, told, slug, program, published.moment, old)
    address = _whole(old.address, path)
    return Imported(
        where=name,
        title=text(facts.get("title")),
        published=published,
        html=html_of(body),
        address=address,
        id=text(facts.get("guid")) or _id(program, address, published.moment),
        is_id_told=bool(text(facts.get("guid"))),
        summary=text(*(facts.get(key) for key in ("description", "summary", "excerpt", "subtitle", "lead"))),
        author=next(iter(texts(facts.get("authors")) or texts([facts.get("author")])), ""),
        tags=tuple(dict.fromkeys((*_tags(facts, "categories"), *_tags(facts, "category"), *_tags(facts, "tags")))),
        aliases=(*_tags(facts, "aliases"), *_tags(facts, "redirect_from")),
        updated=next((found for key in _UPDATED if (found := when(facts.get(key)))), None),
        held=_held(name, facts),
        guesses=(f"the old address: as {program} makes it (--permalink says how it was)",) if is_guessed else (),
    )


_PUBLISHED = ("date", "publishdate", "pubdate", "published", "published_at", "publish_date", "created")
_UPDATED = ("lastmod", "updated", "updateddate", "modified", "last_modified_at")


def _tags(facts: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The entries of a list. Jekyll, recognised by `layout`, splits a text at spaces too."""
    value = facts.get(key)
    is_list_of_words = isinstance(value, str) and "," not in value and "layout" in facts
    return tuple(value.split()) if is_list_of_words and isinstance(value, str) else texts(value)


def _told(name: str) -> _File:
    """A post's folder below the site's, its name, and the day in it. A post may have a folder of its own name."""
    inside = _ROOTS.sub("", name.rpartition(".")[0])
    folder, _, stem = inside.rpartition("/")
    if stem.lower() in ("index", "readme") and folder:
        folder, _, stem = folder.rpartition("/")
    dated = _DATED.match(stem)
    return _File(folder, dated[2] if dated else stem, dated[1] if dated else "")


def _program(name: str, facts: Mapping[str, Any]) -> str:
    """The program that made the site, recognised by its peculiarities."""
    if re.search(r"(?:\A|/)_(?:posts|drafts)/", name) or (_DATED.match(name.rpartition("/")[2]) and "layout" in facts):
        return JEKYLL
    if "src/content/" in name or name.endswith(".mdx") or "pubdate" in facts:
        return ASTRO
    return PELICAN if "category" in facts and "categories" not in facts else HUGO


def _path(
    facts: Mapping[str, Any], told: _File, slug: str, program: str, day: datetime, old: OldSite
) -> tuple[str, bool]:
    """The post's old path, and whether it is a guess."""
    for key in ("permalink", "url", "canonical_url"):
        written = text(facts.get(key))
        is_address = not set(written) & set("{:}") - ({":"} if "://" in written else set()) and is_readable(written)
        if written and is_address:
            return urlsplit(written).path or "/", False
    pattern = old.permalink or PERMALINKS[program]
    given = {"year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}", "slug": slug, "folder": told.folder}
    given["categories"] = "/".join(map(slug_from, _tags(facts, "categories") or _tags(facts, "category")))
    path = re.sub(r"\{(\w+)\}", lambda found: given.get(found[1], found[0]), pattern)
    return re.sub(r"/{2,}", "/", f"/{path}"), not old.permalink


def _whole(site: str, path: str) -> str:
    """The full address of a path on the old site, if that site's address is known."""
    try:
        return urljoin(site, path) if site else path
    except ValueError:  # `//[x/` would be the path of a host
        return f"{site.rstrip('/')}{path}"


def _id(program: str, address: str, day: datetime) -> str:
    """The id in the program's own feed, if the site's address is known."""
    parts = urlsplit(address if is_readable(address) else "")  # the path of `https://old.example//[x/` is not
    if not parts.hostname:
        return ""
    if program == JEKYLL:  # jekyll-feed writes the address without its ending
        return re.sub(r"(?:\.html|/)\Z", "", address)
    return f"tag:{parts.hostname},{day:%Y-%m-%d}:{parts.path}" if program == PELICAN else address


def _held(name: str, facts: Mapping[str, Any]) -> str:
    unfinished = text(facts.get("draft")).lower() == "true" or facts.get("draft") is True or "_drafts/" in name
    unseen = text(facts.get("published")).lower() == "false" or facts.get("published") is False
    status = text(facts.get("status")).lower()
    return "it was a draft" if unfinished or unseen or status in ("draft", "hidden") else ""
