"""The state of a development server: the site's files, pages made ahead of a build, and when each last changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from generator.host.overlay import SCRIPT
from generator.model import permalinks

_SEEN_BY_ALL = ("assets/", "images/")
"""Folders with files that any page may show."""


class Shown(Struct, eq=False):
    """The files of a served site, and those shown in their place. Paths are relative to the site's folder."""

    root: Path
    _held: Mapping[str, tuple[bytes, int]] = field(default_factory=dict)
    """Files shown ahead of a build, each with the number of its save."""
    _news: dict[str, int] = field(default_factory=dict)
    """The last moment at which each page changed, by page."""
    _news_of_all: int = 0
    _problems: bytes = b""
    """The script last shown for laying problems over each page."""

    def ahead(self, path: str) -> bytes | None:
        """The bytes shown in place of a file; None if the file itself is shown."""
        found = self._held.get(path)
        return found[0] if found else None

    def read(self, path: str | None) -> bytes | None:
        """The bytes shown for a path; None if there is no such file."""
        if path is None:
            return None
        if (held := self.ahead(path)) is not None:
            return held
        try:
            return (self.root / path).read_bytes()
        except OSError:
            return None

    def news(self, path: str | None) -> int:
        """The last moment at which a page changed; with None, at which any page changed."""
        if path is None:
            return max(self._news_of_all, *self._news.values(), 0)
        return max(self._news_of_all, self._news.get(path, 0))

    def show(self, files: Mapping[str, bytes], problems: bytes, save: int, moment: int) -> None:
        """Show the files of a save, and a script with its problems, ahead of the build."""
        self._news |= {path: moment for path, data in files.items() if data != self._now(path)}
        self._held = {**self._held, **{path: (data, save) for path, data in files.items()}, SCRIPT: (problems, save)}
        self._lay_over(problems, moment)

    def built(self, save: int, written: Iterable[str], moment: int) -> None:
        """Note that a sound build of all saves up to this one has ended, and has written some files.

        Pages shown ahead for these saves are in the files now. Those whose files turned out differently count as
        changed again.
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
        """Note that a build of all saves has ended with problems: pages stay as they are, with these laid over them.

        With `are_alone` there is no sound page yet, and the problems have pages of their own.
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
