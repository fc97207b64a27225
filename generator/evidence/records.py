"""What is known of each source, such as whether it still exists: two files that people can read and git can merge.

Each line is a JSON object. Lines have a fixed order, so that two branches which both add some are merged by keeping all
(`merge=union` in .gitattributes); duplicate lines count once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from generator.evidence import FOLDER
from generator.files import bytes_of, write_changed
from generator.model.address import page_key, web_fault
from generator.model.evidence import Copy, Fate, Look, State
from generator.model.problems import Problem

LOOKS, COPIES = "links.jsonl", "copies.jsonl"
RULE = "damaged-record"

_LOOK, _COPY = msgspec.json.Decoder(Look), msgspec.json.Decoder(Copy)
T = TypeVar("T")
Records = tuple[list[T], list[tuple[int, str]]]
"""The readable records, and the unreadable lines (from 1), each with the reason."""


def looks(content: Path) -> Records[Look]:
    """The history of the links, oldest first for each address. Raises `OSError`."""
    found, faults = _looks(content)
    merged: dict[tuple[Any, ...], Look] = {}
    for look in found:
        key = (look.url, look.since, look.state, look.why, look.moved, look.gone)
        known = merged.get(key, look)
        merged[key] = look if look.last >= known.last else known
    return sorted(merged.values(), key=_order), faults


def _looks(content: Path) -> Records[Look]:
    """The lines in file order."""
    return _read(content / FOLDER / LOOKS, _LOOK.decode, _look_fault)


def copies(content: Path) -> Records[Copy]:
    """The copies in archives, oldest first for each address. Raises `OSError`."""
    found, faults = _read(content / FOLDER / COPIES, _COPY.decode, _copy_fault)
    return _in_order(found), faults


def write_looks(content: Path, history: Iterable[Look]) -> None:
    """Write the complete history. Raises `OSError`."""
    _write(content / FOLDER / LOOKS, (_look_row(look) for look in sorted(history, key=_order)))


def write_copies(content: Path, known: Iterable[Copy]) -> None:
    """Write all copies. Raises `OSError`."""
    rows = ({"url": c.url, "address": c.address, "taken": _stamp(c.taken)} for c in _in_order(known))
    _write(content / FOLDER / COPIES, rows)


def _in_order(known: Iterable[Copy]) -> list[Copy]:
    """The copies in file order, without duplicates."""
    return sorted(set(known), key=lambda copy: (copy.url, copy.taken, copy.address))


def latest(history: Iterable[Look]) -> dict[str, Look]:
    """The latest finding for each address."""
    found: dict[str, Look] = {}
    for look in history:
        known = found.get(look.url)
        if known is None or _moment(look) > _moment(known):
            found[look.url] = look
    return found


def _moment(look: Look) -> tuple[datetime, datetime, str, str]:
    return look.last, look.since, look.state, look.why


def added(history: Iterable[Look], new: Iterable[Look]) -> list[Look]:
    """The history with new looks: a source's last entry is extended if nothing changed, else one is added."""
    before = list(history)
    last, grown, begun = latest(before), dict[int, Look](), list[Look]()
    for now in new:
        known = last.get(now.url)
        if known is not None and replace(now, since=known.since, last=known.last) == known:
            grown[id(known)] = replace(known, last=now.last)
        else:
            begun.append(now)
    return [*(grown.get(id(look), look) for look in before), *begun]


def fates(root: Path, content: Path) -> tuple[Mapping[str, Fate], list[Problem]]:
    """The fate of each source, by the key of its address, and problems for damaged lines of the records.

    Of several copies the oldest counts, since it is closest to what was read. Raises `OSError`.
    """
    history, bad_looks = _looks(content)
    known, bad_copies = copies(content)
    last = latest(history)
    first = {copy.url: copy for copy in reversed(known)}
    found = {page_key(url): _fate(last.get(url), first.get(url)) for url in last.keys() | first.keys()}
    folder = (content / FOLDER).relative_to(root).as_posix()
    places = [(LOOKS, bad_looks), (COPIES, bad_copies)]
    return found, [_problem(f"{folder}/{name}", *fault) for name, faults in places for fault in faults]


def _fate(look: Look | None, copy: Copy | None) -> Fate:
    gone = look.since.date() if look and look.state is State.DEAD else None
    return Fate(gone, copy, look)


def _problem(file: str, line: int, what: str) -> Problem:
    hint = "Delete the line. Marks of a merge that met a conflict can go; the lines between them can all stay."
    return Problem(RULE, file, what, hint, line=line, column=1)


def _order(look: Look) -> tuple[str, datetime, datetime, str, str, str, tuple[str, ...]]:
    return look.url, look.since, look.last, look.state, look.why, look.moved or "", look.gone


def _read(file: Path, read: Callable[[bytes], T], fault: Callable[[T], str | None]) -> Records[T]:
    found: list[T] = []
    faults: list[tuple[int, str]] = []
    for number, line in _lines(file):
        try:
            record = read(line)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            faults.append((number, "this line is not one that citewire wrote"))
        else:
            if what := fault(record):
                faults.append((number, what))
            else:
                found.append(record)
    return found, faults


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        data = bytes_of(file)
    except FileNotFoundError:
        return iter(())
    return ((number, line) for number, line in enumerate(data.split(b"\n"), start=1) if line.strip())


def _write(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    write_changed(file, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())


def _look_row(look: Look) -> dict[str, Any]:
    row: dict[str, Any] = {"url": look.url, "state": str(look.state), "why": look.why}
    row |= {"since": _stamp(look.since), "last": _stamp(look.last)}
    if look.moved:
        row["moved"] = look.moved
    return row | ({"gone": list(look.gone)} if look.gone else {})


def _look_fault(look: Look) -> str | None:
    if look.since.tzinfo is None or look.last.tzinfo is None:
        return "this line has a time without its zone"
    return f"this line has a bad address: {what}" if look.moved and (what := web_fault(look.moved)) else None


def _copy_fault(copy: Copy) -> str | None:
    """The fault of a copy. Pages link to its address, so it must be one that is allowed there."""
    if copy.taken.tzinfo is None:
        return "this line has a time without its zone"
    return f"this line has a bad address: {what}" if (what := web_fault(copy.address)) else None


def _stamp(moment: datetime) -> str:
    """A UTC time such as `2026-11-20T09:30:00Z`."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
