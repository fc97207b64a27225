"""`citewire comments`: ask the comment server how many comments each edition has, and keep the numbers in the content.

A build asks nobody: a page shows the number of the last time that somebody asked, and the same content still gives the
same pages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.files import write_changed
from generator.model.permalinks import edition_path
from generator.model.vocabulary import MOST_COMMENTS
from generator.web.errors import WebError
from generator.web.limits import MIB, Limits

if TYPE_CHECKING:
    from generator.web.reader import Reader

FILE = "comments.yml"
LIMITS = Limits(total=20, size=MIB, pause=0)
"""Bounds of an answer; a count of ten thousand editions has some 50 KB."""
_HEAD = "# How many comments each edition had when `citewire comments` last asked.\n"


class CommentsError(Exception):
    """The server that keeps the comments did not answer as it should; the text is for the user."""


def count(reader: Reader, server: str, threads: Mapping[str, str]) -> dict[str, int]:
    """Count the comments of each edition, by slug; editions without any are left out.

    `threads` has the first slug of each edition by its present one, since a thread stays where it was begun. `server`
    is the address of an Isso server, with a slash at its end; a redirect is not followed. Raises `CommentsError`.
    https://isso-comments.de/docs/reference/server-api/ (POST /count)
    """
    paths = [f"/{edition_path(first)}" for first in threads.values()]
    headers = {"Content-Type": "application/json"}
    try:
        answer = reader.call(f"{server}count", "POST", headers, json.dumps(paths).encode())
        if not answer.is_sound:
            raise CommentsError(f"{server} did not say how many comments there are: it answers {answer.status_words}")
        found = json.loads(answer.body or b"")
    except WebError as error:
        raise CommentsError(f"{server} did not say how many comments there are: {error}") from error
    except ValueError:
        found = None
    sound = (
        isinstance(found, list)
        and len(found) == len(paths)
        and all(type(n) is int and 0 <= n <= MOST_COMMENTS for n in found)
    )
    if not sound:
        raise CommentsError(f"{server} does not answer as an Isso server does")
    return {slug: number for slug, number in zip(threads, found, strict=True) if number}


def keep(content: Path, counts: Mapping[str, int]) -> bool:
    """Write the numbers into the content folder, whole or not at all; answers whether any has changed."""
    text = _HEAD + "".join(f"{slug}: {number}\n" for slug, number in sorted(counts.items()))
    return write_changed(content / FILE, text.encode())
