"""Files that change together: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from generator.desk.files import DeskError
from generator.files import bytes_of, name_here, write_changed


class Rewriting(Struct, frozen=True):
    """New texts of files, before anything is written."""

    after: Mapping[Path, str | None]
    """The new text of each file, in the order of writing; None to delete it."""
    before: Mapping[Path, str | None]
    """The texts of these files as they were read; None for new ones."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that will exist afterwards."""
        return tuple(path for path, text in self.after.items() if text is not None)

    def and_then(self, path: Path, before: str | None, after: str) -> Rewriting:
        """The same, and one more file behind the others."""
        return Rewriting({**self.after, path: after}, {**self.before, path: before})

    @contextmanager
    def done(self, taken_back: Callable[[Sequence[Path]], None]) -> Iterator[None]:
        """Write, then delete; if that or the code in the block fails or is interrupted, restore the files.

        Changes made by others meanwhile are kept. After restoring, `taken_back` is called with the files that could not
        be restored. A process that is killed leaves some of the files written, each completely, and deletes none before
        all are written. Raises `OSError`, and `DeskError` if a file has changed since it was read.
        """
        if changed := changed_since(self.before):
            raise DeskError(f"{name_here(changed)} was changed meanwhile: run the command again")
        try:
            for path in sorted(self.after, key=self._goes):
                _put(path, self.after[path])
            yield
        except BaseException:
            taken_back(self._not_taken_back())
            raise

    def write(self, taken_back: Callable[[Sequence[Path]], None]) -> None:
        """Do it where nothing else belongs to it (see `done`)."""
        with self.done(taken_back):
            pass

    def _goes(self, path: Path) -> bool:
        return self.after[path] is None

    def _not_taken_back(self) -> list[Path]:
        """Restore what the files held; return those that could not be restored.

        Deleted files come first: until they are back, a new file may be the only copy of their words. New files go
        next, since deleting them frees space for the others.
        """
        lost: list[Path] = []
        for path in sorted(self.after, key=lambda path: (not self._goes(path), self.before[path] is not None)):
            is_needed = bool(lost) and self.before[path] is None
            if is_needed or not self._taken_back(path):
                lost.append(path)
        return lost

    def _taken_back(self, path: Path) -> bool:
        """Restore a file, unless somebody else has changed it. Returns whether that succeeded."""
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


def changed_since(read: Mapping[Path, str | None]) -> Path | None:
    """The first of some files that is no longer as it was read, None for what was not there. Raises `OSError`."""
    return next((path for path, text in read.items() if _held(path) != _bytes(text)), None)


def _held(path: Path) -> bytes | None:
    """The content of a file; None if it does not exist. Raises `OSError`."""
    try:
        return bytes_of(path)
    except FileNotFoundError:
        return None


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode()


def _put(path: Path, text: str | None) -> None:
    """Write a file completely, or delete it. Raises `OSError`."""
    if text is None:
        path.unlink()
    else:
        write_changed(path, text.encode())
