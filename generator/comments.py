"""How many comments readers have written: asked of the server that keeps them, and kept beside the content.

A build asks nobody. So the number that a page shows before its comments are opened is that of the last time somebody
asked, and the same content still gives the same pages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from generator.files import write_changed
from generator.model.permalinks import edition_path

FILE = "comments.yml"
TIMEOUT = 20
"""Seconds."""
LIMIT = 1024 * 1024
"""Bytes of an answer; a count of ten thousand editions has some 50 KB."""
_HEAD = "# How many comments each edition had when `citewire comments` last asked.\n"


class CommentsError(Exception):
    """The server that keeps the comments did not answer as it should; the text is for the user."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """A server that has moved is named in the configuration anew, not followed."""


def count(server: str, slugs: Sequence[str]) -> dict[str, int]:
    """How many comments each of the editions has, by slug; those that have none are left out.

    `server` is the address of an Isso server, with a slash at its end. Raises `CommentsError`.
    https://isso-comments.de/docs/reference/server-api/ (POST /count)
    """
    paths = [f"/{edition_path(slug)}" for slug in slugs]
    request = Request(  # noqa: S310  (the configuration admits http and https only)
        f"{server}count", json.dumps(paths).encode(), {"Content-Type": "application/json", "User-Agent": "citewire"}
    )
    try:
        with build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
            found = json.loads(answer.read(LIMIT))
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise CommentsError(f"{server} did not say how many comments there are: {error}") from error
    sound = isinstance(found, list) and len(found) == len(paths) and all(type(n) is int and n >= 0 for n in found)
    if not sound:
        raise CommentsError(f"{server} does not answer as an Isso server does")
    return {slug: number for slug, number in zip(slugs, found, strict=True) if number}


def keep(content: Path, counts: Mapping[str, int]) -> bool:
    """Write the numbers into the content folder, whole or not at all; answers whether any has changed."""
    text = _HEAD + "".join(f"{slug}: {number}\n" for slug, number in sorted(counts.items()))
    return write_changed(content / FILE, text.encode())
