"""A folder for what may be lost at any time: it saves work, and never changes a result."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.model.fingerprint import fingerprint

PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Cache:
    """Bytes by name. What another version of the program kept is not found."""

    folder: Path
    program: str
    """Stands for the program with all its files."""

    def read(self, name: str) -> bytes:
        """What was kept; nothing when there is none."""
        try:
            program, _, data = (self.folder / name).read_bytes().partition(b"\n")
        except OSError:
            return b""
        return data if program == self.program.encode() else b""

    def write(self, name: str, data: bytes) -> None:
        """Keep something, whole or not at all. A folder that cannot be written is no misfortune."""
        file = self.folder / name
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(self.program.encode() + b"\n" + data)
            beside.replace(file)


def program() -> str:
    """The program with all its files, so that work on it shows at once."""
    return fingerprint(*sorted(_stamps(str(PACKAGE))))


def _stamps(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _stamps(entry.path)
        elif not entry.name.endswith(".pyc"):
            stat = entry.stat()
            yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns}"
