"""Code run by the workers of a cluster: read the work once, from a folder shared by all machines, then do batches."""

from __future__ import annotations

import gc
import os
import pickle
import re
import socket
import sys
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from threading import Lock
from typing import Any

from msgspec import Struct

from generator.batches import Batch
from generator.files import PACKAGE
from generator.heap import garbage_left_alone
from generator.model.fingerprint import fingerprint

Work = Callable[[int, int], Any]

_NAME = re.compile(r"[\w.-]+")


class UnfitError(Exception):
    """A machine cannot do the work like the others; the text says which, and what it lacks."""


def _unfit(what: str) -> UnfitError:
    return UnfitError(f"the worker {os.getpid()} on {socket.gethostname()} {what}")


class Packed(Struct, frozen=True):
    """Work in a file, with everything it needs."""

    file: Path
    digest: str
    """Digest of the file, so that nothing else than the sent work is run."""
    program: str
    """Fingerprint of the program that packed the work (`installed`)."""


def pack(work: Work, file: Path) -> Packed:
    """Write work into a file that workers see. Raises `OSError`."""
    with file.open("wb") as out, garbage_left_alone():
        pickle.dump(work, out, pickle.HIGHEST_PROTOCOL)
    return Packed(file, _digest(file), installed())


def do(packed: Packed, batch: Batch) -> tuple[bool, Any]:
    """Do a batch of the work. Return whether it succeeded, and its result.

    The client does a failed batch again, where its error can be shown. Threads of one worker take turns, since pure
    Python work is no faster with several. Raises `UnfitError`.
    """
    with _alone:
        work = _unpacked(packed)
        try:
            return True, work(*batch)
        except Exception:
            return False, None


def rest() -> None:
    """Wait for the running batch to end."""
    with _alone:
        pass


_alone = Lock()
_held: tuple[Packed, Work] | None = None
"""The work that this process did last, and most likely does next."""


def _unpacked(packed: Packed) -> Work:
    global _held  # noqa: PLW0603 - a worker lives as long as its process
    if _held is None or _held[0] != packed:
        _held = None  # two may not fit into memory
        _held = packed, _read(packed)
    return _held[1]


def _read(packed: Packed) -> Work:
    if packed.program != installed():
        raise _unfit("has another Citewire, Python or package: install the same on all machines")
    try:
        if _digest(packed.file) != packed.digest:
            raise _unfit(f"reads something else in {packed.file}")
        with packed.file.open("rb") as file, garbage_left_alone():
            work: Work = pickle.load(file)  # noqa: S301 - written by the client, as its digest proves
            gc.freeze()  # it lives as long as this process gets batches of it
    except OSError as error:
        raise _unfit(f"does not see {error.filename}: it needs the same folders at the same places") from error
    return work


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return file_digest(data, "blake2b").hexdigest()


@cache
def installed() -> str:
    """Fingerprint of the contents of the program's files, of the packages that it requires, and of Python.

    Two machines with the same one make the same bytes from the same work. The cache identifies the program by the times
    of its files instead (`cache.program`), which differ between machines.
    """
    files = sorted(path for path in PACKAGE.rglob("*") if "__pycache__" not in path.parts and path.is_file())
    texts = (f"{path.relative_to(PACKAGE).as_posix()} {path.read_bytes().hex()}" for path in files)
    return fingerprint(repr(sys.version_info), *_packages(), *texts)


def _packages() -> Iterator[str]:
    for needed in sorted(requires("citewire") or ()):
        if name := _NAME.match(needed):
            yield f"{name[0]} {_version(name[0])}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
