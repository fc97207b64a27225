"""Read the journal of published items."""

from __future__ import annotations

from collections.abc import Iterator

from generator.load.shelf import Shelf
from generator.load.syntax import problem_at
from generator.model.journal import AUTHORITY, FEEDS, FOLDER, parse
from generator.model.library import Signature


def signed(shelf: Shelf) -> dict[str, Signature]:
    """The signatures of all published items, by name. Each unreadable line becomes a problem."""
    found: dict[str, Signature] = {}
    for path in sorted((shelf.content / FOLDER).glob("*.txt")):
        if path.name in (AUTHORITY, FEEDS):
            continue
        name = shelf.name(path)
        if not path.is_file():
            shelf.note("bad-journal", path, "this is no file", "Put the journal's own file there: a copy has it.")
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            entry = parse(line.strip(), name)
            if entry is None or found.get(entry[0], entry[1]).digest != entry[1].digest:
                what = f"`{line[:60]}` is no line of the journal" if entry is None else f"`{entry[0]}` stands twice"
                hint = "Where two changes met, keep one of the lines; `citewire sign` writes them anew."
                shelf.problems.append(problem_at("bad-journal", name, what, hint, (number, 1)))
            else:
                found[entry[0]] = entry[1]
    return found


def signed_authority(shelf: Shelf) -> str:
    """The domain in the ids of published items; empty if not known."""
    return next(_lines(shelf, AUTHORITY), "")


def signed_feeds(shelf: Shelf) -> frozenset[str]:
    """The names of the feeds that something published was in."""
    return frozenset(_lines(shelf, FEEDS))


def _lines(shelf: Shelf, name: str) -> Iterator[str]:
    """The lines of a file of the journal, without comments; none if it is missing."""
    path = shelf.content / FOLDER / name
    lines = path.read_text("utf-8-sig", "replace").splitlines() if path.is_file() else []
    return (line for line in map(str.strip, lines) if line and not line.startswith("#"))
