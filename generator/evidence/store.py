"""Snapshots: the kept text of each source as one compressed file, with the same bytes for the same content."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from generator.evidence import FOLDER
from generator.files import bytes_of, stamps, write_changed
from generator.model.address import canonical, page_key
from generator.model.content import Story
from generator.model.evidence import DamagedError, Snapshot

TEXT_LIMIT = 2_000_000
"""Characters of one snapshot: the length of ten novels."""
_FILE_LIMIT = 16 * TEXT_LIMIT
"""Bytes of an unpacked file; larger ones are not ours."""
_UNKNOWN_OS = b"\xff"
"""The operating system in the header of gzip (RFC 1952, section 2.3.1), where the library would name the current one.
"""
_FIELDS = ("url", "fetched", "via", "digest", "text")


def snapshot(url: str, fetched: datetime, via: str, text: str) -> Snapshot:
    """A snapshot with its digest; `fetched` is cut to whole seconds in UTC."""
    moment = fetched.astimezone(UTC).replace(microsecond=0)
    return Snapshot(canonical(url), moment, via, _digest(text), text)


_ENDING = ".json.gz"


def path_of(content: Path, url: str) -> Path:
    """The path of an address's snapshot: unique, and readable for people."""
    known = canonical(url)
    host = re.sub(r"[^a-z0-9.-]+", "-", known.removeprefix("https://").partition("/")[0].lower())[:60].strip(".-")
    return content / FOLDER / f"{host}-{page_key(url)}{_ENDING}"


def load(content: Path, url: str) -> Snapshot | None:
    """Load the snapshot of a source; None if there is none.

    Raises `DamagedError` if the file is damaged, and `OSError` if it cannot be read.
    """
    file = path_of(content, url)
    try:
        packed = bytes_of(file)
    except FileNotFoundError:
        return None
    try:
        found = _snapshot(json.loads(_unpacked(packed)))
    except (ValueError, TypeError, zlib.error, RecursionError) as error:
        raise DamagedError(_damaged(file)) from error
    if found.url != canonical(url) or found.digest != _digest(found.text):
        raise DamagedError(_damaged(file))
    return found


def kept_of(content: Path, url: str) -> Snapshot | None:
    """Load the snapshot of a source, treating a damaged one as missing, since it is no evidence. Raises `OSError`."""
    try:
        return load(content, url)
    except DamagedError:
        return None


def snapshot_stamps(content: Path) -> dict[str, str]:
    """The size and times of each snapshot's file as a text, by the key of its address.

    The text changes when the snapshot does.
    """
    found = stamps(str(content / FOLDER))
    return {_key(path): " ".join(map(str, stamp)) for path, stamp in found if path.endswith(_ENDING)}


def _key(path: str) -> str:
    """The key of an address, from the name of its snapshot's file."""
    return path.removesuffix(_ENDING).rpartition("-")[2]


def stamps_behind(known: Mapping[str, str], story: Story) -> str:
    """The stamps of the snapshots of a story's sources."""
    if not known:
        return ""
    return " ".join(known.get(key, "-") for key in story.source_keys)


def save(content: Path, kept: Snapshot) -> bool:
    """Keep a snapshot, replacing an older one. Returns whether the file changed. Raises `OSError`."""
    fields = {name: getattr(kept, name) for name in _FIELDS} | {"fetched": kept.fetched.isoformat()}
    data = json.dumps(fields, ensure_ascii=False, indent=0).encode() + b"\n"
    packed = gzip.compress(data, 9, mtime=0)
    return write_changed(path_of(content, kept.url), packed[:9] + _UNKNOWN_OS + packed[10:])


def _snapshot(found: object) -> Snapshot:
    if (
        not isinstance(found, dict)
        or found.keys() != set(_FIELDS)
        or not all(isinstance(v, str) for v in found.values())
    ):
        raise ValueError("not the fields of a snapshot")
    fetched = datetime.fromisoformat(found["fetched"])
    if fetched.tzinfo is None:
        raise ValueError("a time without its zone")
    return Snapshot(found["url"], fetched, found["via"], found["digest"], found["text"])


def _unpacked(packed: bytes) -> bytes:
    engine = zlib.decompressobj(31)
    data = engine.decompress(packed, _FILE_LIMIT)
    if not engine.eof:
        raise ValueError("the file ends too early, or is larger than any snapshot")
    return data


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _damaged(file: Path) -> str:
    return f"{FOLDER}/{file.name} is damaged: delete it, and citewire evidence fetches it again"
