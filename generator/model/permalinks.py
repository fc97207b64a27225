"""Paths and anchors of everything on the site. None of them may change once a newsletter is published.

Paths have no leading slash, so that they can be appended to any site address; those of pages end with one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from hashlib import blake2b

_ALIAS = re.compile(r"[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*\Z")
_OURS = (
    ".citewire.json .well-known api assets corrections cards desk entities feeds glossary how-we-check images "
    "publishers search schemas sections sources subscribe topics 404.html citewire-desk.js feeds.opml "
    "feeds-main.opml index.html llms.txt robots.txt sitemap-news.xml sitemap.xml"
).split()
"""First steps of paths that no alias may have."""
_ARCHIVE = re.compile(r"(?:editions(?:/[0-9]+)?|stories(?:/[0-9]{4}-[0-9]{2})?)\Z")
_BESIDE_PAGES = ("index.md", "evidence.json")
"""Names of files beside a page (`twin_path`, `evidence_path`), which no alias may have."""

CARD = "assets/citewire/card.png"
"""The card of pages that have no picture of their own. Like the logo, it is ours unless `overrides/` has another."""
CARD_SIZE = (1200, 630)
"""Width and height in pixels of that card, and of those drawn for pages."""
PLAIN_WIDTH = 1200
"""Most pixels of the width of a story's picture outside pages: the column of a mail, 600 points, on a screen with two
pixels to a point, and what networks ask for to show a picture large."""
LOGO = "assets/citewire/icon-512.png"
SMALL_LOGO = "assets/citewire/icon-144.png"
"""The logo in the greatest width that RSS 2.0 allows for a channel image."""
SUBSCRIBE = "subscribe/"
OPML = "feeds.opml"
MAIN_OPML = "feeds-main.opml"
FEED_ARCHIVES = "feeds/archive/"
SITEMAP = "sitemap.xml"
NEWS_SITEMAP = "sitemap-news.xml"
LLMS = "llms.txt"
SECURITY = ".well-known/security.txt"
API = "api/index.json"
API_SCHEMA = "api/schema.json"
GLOSSARY = "glossary/"
SEARCH = "search/"
CHECKS = "how-we-check/"

_FOLDERS = {
    "section": "sections",
    "topic": "topics",
    "entity": "entities",
    "publisher": "publishers",
    "source": "sources",
}


def index_path(first: int, last: int) -> str:
    """The folder of the search index for the stories of some years."""
    return f"{SEARCH}{first}/" if first == last else f"{SEARCH}{first}-{last}/"


def card_path(path: str) -> str:
    """The picture of a page for sharing."""
    return f"cards/{path.rstrip('/')}.png"


def story_path(slug: str) -> str:
    return f"stories/{slug}/"


def river_path(month: str | None = None) -> str:
    """All stories, or those of a month (`2026-04`)."""
    return f"stories/{month}/" if month else "stories/"


def edition_path(slug: str) -> str:
    return f"editions/{slug}/"


def day_named(slug: str) -> date | None:
    """The day that an edition is named after, `2026-04-11`; None if its name is not a day."""
    try:
        day = date.fromisoformat(slug)
    except ValueError:
        return None
    return day if day.isoformat() == slug else None  # Python accepts 20260411 as well


def is_of_digits(slug: str) -> bool:
    """Whether a slug has only digits and hyphens: such paths are reserved for years and months, so no story has one."""
    return not slug.strip("0123456789-")


def archive_path(year: int | None = None) -> str:
    return f"editions/{year}/" if year else "editions/"


def corrections_path(year: int | None = None) -> str:
    """The corrections of all stories, or those of a year."""
    return f"corrections/{year}/" if year else "corrections/"


def correction_anchor(date: datetime) -> str:
    """The id of a correction on its story's page, by its time: a story has one correction at a time."""
    return f"correction-{date.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def twin_path(path: str) -> str:
    """The Markdown twin of a page."""
    return f"{path}index.md"


def evidence_path(path: str) -> str:
    """The claims of a page with their evidence, as data beside the page."""
    return f"{path}evidence.json"


def api_path(kind: str, id_: str) -> str:
    """A document of the API: one story or edition (`stories`, its slug), or a page of a list (`stories/months`)."""
    return f"api/{kind}/{id_}.json"


def folder_path(kind: str) -> str:
    """The page that lists all subjects of a kind."""
    return f"{_FOLDERS[kind]}/"


def source_id(publisher: str, url: str) -> str:
    """The id of a source's page, made from its publisher and canonical address."""
    words = re.sub(r"[^a-z0-9]+", "-", url.rstrip("/").rpartition("/")[2].lower()).strip("-")[:60].strip("-")
    mark = blake2b(url.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{publisher}/{words}-{mark}" if words else f"{publisher}/{mark}"


def subject_path(kind: str, id_: str, period: str | None = None) -> str:
    """The page of a section, topic, entity or publisher, or that of one of its years or months (`2026`, `2026-04`)."""
    return f"{_FOLDERS[kind]}/{id_}/{period}/" if period else f"{_FOLDERS[kind]}/{id_}/"


def term_path(id_: str) -> str:
    return f"{GLOSSARY}#term-{id_}"


def section_path(section: str) -> str:
    return subject_path("section", section)


def image_path(file: str) -> str:
    return f"images/{file}"


def feed_path(name: str, suffix: str, archive: str = "") -> str:
    """`feeds/stories.rss.xml`, or an archive document of it. Static hosts serve these suffixes with the right type."""
    return f"{FEED_ARCHIVES}{name}/{archive}.{suffix}" if archive else f"feeds/{name}.{suffix}"


def page_path(file: str) -> str:
    """The path where MkDocs puts the Markdown page of a file (`about.md`), which is relative to its folder of pages."""
    stem = file.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return f"{stem}/"


def page_fault(path: str) -> str | None:
    """Why an ordinary page cannot be at a path; None if it can."""
    if not path:
        return "the front page is made from the newest edition"
    first = path.split("/", 1)[0]
    return f"`{first}/` belongs to the site itself" if first in (*_OURS, "stories", "editions") else None


def alias_fault(alias: str) -> str | None:
    """Why a text cannot be an old address on this site; None if it can."""
    inside = alias.strip("/")
    if "://" in alias or alias.startswith("//"):
        return "it is a whole address"
    if not _ALIAS.match(inside):
        return "it has letters that a plain path does not have"
    if any(set(step) <= {"."} for step in inside.split("/")):
        return "it climbs out of the site"
    first, last = inside.partition("/")[0].lower(), inside.rpartition("/")[2].lower()
    if first in _OURS or _ARCHIVE.match(inside.lower()):
        return f"`{first}` belongs to the site itself"
    return f"pages have a `{last}` of their own" if last in _BESIDE_PAGES else None


def alias_path(alias: str) -> str:
    """The path of an alias: a folder, unless it ends with `.html` or `.htm`."""
    inside = alias.strip("/")
    return inside if inside.endswith((".html", ".htm")) else f"{inside}/"


def old_paths(path_of: Callable[[str], str], renamed_from: str | None, aliases: Iterable[str]) -> tuple[str, ...]:
    """Addresses that lead to an item: that of its first slug, and its aliases. `path_of` gives the path for a slug."""
    return (*((path_of(renamed_from),) if renamed_from else ()), *map(alias_path, aliases))


def file_of(path: str) -> str:
    """The file for a page's path, relative to the site's folder."""
    return f"{path}index.html" if path.endswith("/") or not path else path


def page_of(file: str) -> str:
    """The path of the page in a file of the site's folder."""
    return file.removesuffix("index.html") if file == "index.html" or file.endswith("/index.html") else file


def item_id(authority: str, published: datetime, path: str) -> str:
    """The `tag:` URI of an item (RFC 4151): it never changes, even if the site moves.

    `path` is the item's first path (`first_path`). Only the year of publication counts, so that an hour or a day can be
    corrected.
    """
    return f"tag:{authority},{published.year}:{path.rstrip('/')}"
