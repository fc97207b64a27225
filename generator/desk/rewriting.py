"""Files that change together: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from generator.desk.files import DeskError
from generator.files import name_here, write_changed


class Rewriting(Struct, frozen=True):
    """New texts of files, before anything is written."""

    after: Mapping[Path, str | None]
    """What each file is to hold, in the order in which they are written; None where it goes."""
    before: Mapping[Path, str | None]
    """What these files held when they were read; None of one that is new."""

    @property
    def files(self) -> tuple[Path, ...]:
        """Those that are there afterwards."""
        return tuple(path for path, text in self.after.items() if text is not None)

    @contextmanager
    def done(self, taken_back: Callable[[Sequence[Path]], None]) -> Iterator[None]:
        """Write, and delete last; where that or what follows fails, or is interrupted, the files are what they were.

        What somebody else has written meanwhile stays. `taken_back` is told that this was done, and of the files with
        which it could not be. A process that is killed has written the first of the files, each whole, and deleted none
        before all were written. Raises `OSError`, and `DeskError` where a file is not what it was when it was read.
        """
        for path, text in self.before.items():
            if _held(path) != _bytes(text):
                raise DeskError(f"{name_here(path)} was changed meanwhile: run the command again")
        try:
            for path in sorted(self.after, key=self._goes):
                _put(path, self.after[path])
            yield
        except BaseException:
            taken_back(self._not_taken_back())
            raise

    def _goes(self, path: Path) -> bool:
        return self.after[path] is None

    def _not_taken_back(self) -> list[Path]:
        """Put back what the files held; answers with those with which it could not be done.

        What went comes first: as long as it is not there again, a new file may be all that is left of its words. New
        ones go next, since they leave room for the others.
        """
        lost: list[Path] = []
        for path in sorted(self.after, key=lambda path: (not self._goes(path), self.before[path] is not None)):
            is_needed = bool(lost) and self.before[path] is None
            if is_needed or not self._taken_back(path):
                lost.append(path)
        return lost

    def _taken_back(self, path: Path) -> bool:
        """Put back what a file held, unless somebody else has written it. Answers whether that could be done."""
        before, after = _bytes(self.before[path]), _bytes(self.after[path])
        try:
            held = _held(path)
            if held == before:
                return True
            if held == after:
                _put(path, self.before[path])
        except OSError:
            return False
        return held is not None or after is None


def _held(path: Path) -> bytes | None:
    """What a file holds; None where there is none. Raises `OSError`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode()


def _put(path: Path, text: str | None) -> None:
    """Write a file whole, or delete it. Raises `OSError`."""
    if text is None:
        path.unlink()
    else:
        write_changed(path, text.encode())
