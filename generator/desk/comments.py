"""`citewire comments`: ask the comment server for each edition's number of comments, and keep them in the content.

A build makes no requests: pages show the numbers from the last run of the command, so the same content still gives the
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
"""Limits on an answer; the counts of ten thousand editions take about 50 KB."""
_HEAD = "# How many comments each edition had when `citewire comments` last asked.\n"


class CommentsError(Exception):
    """The comment server did not answer as expected. The message is for the user."""


def count(reader: Reader, server: str, threads: Mapping[str, str]) -> dict[str, int]:
    """Count the comments of each edition, by slug; editions without any are left out.

    `threads` maps each edition's current slug to its first one, since a thread stays where it was begun. `server` is
    the address of an Isso server, with a final slash; redirects are not followed. Raises `CommentsError`.
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
    """Write the numbers into the content folder, completely or not at all; return whether any has changed."""
    text = _HEAD + "".join(f"{slug}: {number}\n" for slug, number in sorted(counts.items()))
    return write_changed(content / FILE, text.encode())
