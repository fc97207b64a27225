"""What a worker of a cluster runs: it reads the work once, from a folder that all machines share, then does batches."""

from __future__ import annotations

import gc
import os
import pickle
import socket
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path
from threading import Lock
from typing import Any

from msgspec import Struct

from generator.batches import Batch
from generator.cluster.program import program
from generator.heap import garbage_left_alone

Work = Callable[[int, int], Any]


class UnfitError(Exception):
    """A machine cannot do the work as the others do; the text says which, and what it lacks."""


def _unfit(what: str) -> UnfitError:
    return UnfitError(f"the worker {os.getpid()} on {socket.gethostname()} {what}")


class Packed(Struct, frozen=True):
    """Work in a file, with all that it needs."""

    file: Path
    digest: str
    """Digest of the file, so that nothing is run but what was sent."""
    program: str
    """Fingerprint of the program that packed the work (`cluster.program`)."""


def pack(work: Work, file: Path) -> Packed:
    """Write work into a file that workers see. Raises `OSError`."""
    with file.open("wb") as out, garbage_left_alone():
        pickle.dump(work, out, pickle.HIGHEST_PROTOCOL)
    return Packed(file, _digest(file), program())


def do(packed: Packed, batch: Batch) -> tuple[bool, Any]:
    """Do a batch of the work. Return whether it succeeded, and its result.

    A batch that failed is done once more by the client, where its error can be shown. Threads of one worker take turns:
    the work is Python's, and one of them alone is as fast. Raises `UnfitError`.
    """
    with _alone:
        work = _unpacked(packed)
        try:
            return True, work(*batch)
        except Exception:
            return False, None


def rest() -> None:
    """Wait until the batch that is being done has ended."""
    with _alone:
        pass


_alone = Lock()
_held: tuple[Packed, Work] | None = None
"""What this process did last, and most likely does next."""


def _unpacked(packed: Packed) -> Work:
    global _held  # noqa: PLW0603 - a worker lives as long as its process
    if _held is None or _held[0] != packed:
        _held = None  # two of them may be more than fits
        _held = packed, _read(packed)
    return _held[1]


def _read(packed: Packed) -> Work:
    if packed.program != program():
        raise _unfit("has another Citewire, Python or package: install the same on all machines")
    try:
        if _digest(packed.file) != packed.digest:
            raise _unfit(f"reads something else in {packed.file}")
        with packed.file.open("rb") as file, garbage_left_alone():
            work: Work = pickle.load(file)  # noqa: S301 - what the client wrote, by its digest
            gc.freeze()  # it lives as long as this process has batches of it
    except OSError as error:
        raise _unfit(f"does not see {error.filename}: it needs the same folders at the same places") from error
    return work


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return file_digest(data, "blake2b").hexdigest()
