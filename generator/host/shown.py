"""What a development server shows: files of the site, pages made ahead of a build, and when each last changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from generator.host.overlay import SCRIPT
from generator.model import permalinks

_SEEN_BY_ALL = ("assets/", "images/")
"""Folders of which any page may show something."""


class Shown(Struct, eq=False):
    """The files of a site that is served, and what is shown in their place. Paths are relative to it."""

    root: Path
    _held: Mapping[str, tuple[bytes, int]] = field(default_factory=dict)
    """Shown ahead, each with the number of the save that it shows."""
    _news: dict[str, int] = field(default_factory=dict)
    """The last moment at which each page changed, by page."""
    _news_of_all: int = 0
    _problems: bytes = b""
    """The script that lays problems over each page, as it was shown last."""

    def ahead(self, path: str) -> bytes | None:
        """What is shown in place of a file; None for the file itself."""
        found = self._held.get(path)
        return found[0] if found else None

    def read(self, path: str | None) -> bytes | None:
        """What is shown of a path; None where there is no such file."""
        if path is None:
            return None
        if (held := self.ahead(path)) is not None:
            return held
        try:
            return (self.root / path).read_bytes()
        except OSError:
            return None

    def news(self, path: str | None) -> int:
        """The last moment at which a page changed; of any page where it is not known which."""
        if path is None:
            return max(self._news_of_all, *self._news.values(), 0)
        return max(self._news_of_all, self._news.get(path, 0))

    def show(self, files: Mapping[str, bytes], problems: bytes, save: int, moment: int) -> None:
        """Show files of a save, and a script with problems, ahead of the build."""
        self._news |= {path: moment for path, data in files.items() if data != self._now(path)}
        self._held = {**self._held, **{path: (data, save) for path, data in files.items()}, SCRIPT: (problems, save)}
        self._lay_over(problems, moment)

    def built(self, save: int, written: Iterable[str], moment: int) -> None:
        """A sound build of all saves up to this one has ended, and has written some files.

        What was shown ahead of these saves is in the files now. Pages whose file turned out differently have changed
        again.
        """
        due = {path: data for path, (data, of) in self._held.items() if of <= save and path != SCRIPT}
        self._held = {path: held for path, held in self._held.items() if held[1] > save}
        others = {path for path in due if due[path] != self._now(path)}
        news = others.union(written) - (due.keys() - others) - self._held.keys()
        self._news |= dict.fromkeys(news, moment)
        if any(path.startswith(permalinks.SEARCH) for path in news):
            self._news[f"{permalinks.SEARCH}index.html"] = moment
        if any(path.startswith(_SEEN_BY_ALL) for path in news):
            self._news_of_all = moment
        self._lay_over(self._now(SCRIPT), moment)

    def refused(self, moment: int, are_alone: bool) -> None:
        """A build of all that was saved has ended with problems: pages stay as they are, with these laid over them.

        With `are_alone` there is no sound page yet, and the problems are pages of their own.
        """
        self._held = {path: held for path, held in self._held.items() if path != SCRIPT}
        self._lay_over(self._now(SCRIPT), moment)
        if are_alone:
            self._news_of_all = moment

    def _lay_over(self, problems: bytes, moment: int) -> None:
        if problems != self._problems:
            self._problems, self._news_of_all = problems, moment

    def _now(self, path: str) -> bytes:
        return self.read(path) or b""
