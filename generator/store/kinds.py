"""Media types of the site's files, listed here because Python's depend on the machine."""

from __future__ import annotations

_TEXT = "; charset=utf-8"
_KINDS = {
    ".rss.xml": "application/rss+xml",  # as feeds name themselves in pages
    ".atom.xml": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css" + _TEXT,
    ".gif": "image/gif",
    ".htm": "text/html" + _TEXT,
    ".html": "text/html" + _TEXT,
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript" + _TEXT,  # RFC 9239
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown" + _TEXT,  # RFC 7763
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".opml": "text/x-opml" + _TEXT,
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain" + _TEXT,
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_OTHER = "application/octet-stream"


def kind_of(path: str) -> str:
    """The media type of a file of the site, by the longest known suffix of its name."""
    if path.startswith("feeds/") and path.endswith(".json"):
        return "application/feed+json"
    parts = path.rpartition("/")[2].lower().split(".")
    endings = (f".{'.'.join(parts[at:])}" for at in range(1, len(parts)))
    return next((_KINDS[ending] for ending in endings if ending in _KINDS), _OTHER)
