"""What the commands that read sources share: choosing the pages, and setting up the reader."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from msgspec import Struct

from generator.cli.console import MISUSE, PROBLEMS, fail, failing, file_meant, project_of, show
from generator.cli.reader import web_reader
from generator.evidence.bounded import BoundedExtractor
from generator.evidence.cited import Cited, cited
from generator.evidence.records import RULE
from generator.evidence.settings import EvidenceSettings, evidence_settings
from generator.evidence.texts import MissingError
from generator.files import name_here
from generator.model.library import Library
from generator.pipeline import judge
from generator.project import Project
from generator.texts.characters import one_line
from generator.web.reader import Reader


class ChosenPages(Struct, frozen=True):
    """The pages that a command about sources is to read, and what it needs for that."""

    project: Project
    library: Library
    settings: EvidenceSettings
    pages: list[Cited]
    """The chosen pages."""
    private: bool = False
    """Whether hosts on private networks may be read too."""

    @property
    def content(self) -> Path:
        return self.project.content

    def where(self, page: Cited) -> str:
        """Where a page is cited (`Cited.where`), with the file relative to the current folder."""
        file = page.sources[0][0]
        return page.where.replace(file, name_here(self.project.root / file), 1)

    def reader(self) -> Reader:
        """A reader that identifies the newsletter."""
        contact = self.settings.contact or ""
        return web_reader(self.library.newsletter, self.settings.limits, contact=contact, private=self.private)


def chosen_pages(config: Path, files: tuple[Path, ...], private: bool) -> ChosenPages:
    """The pages that the stories of a newsletter, or some files of it, cite; ends the command if something is wrong."""
    project = project_of(config)
    settings = evidence_settings(project.settings.get("evidence", {}))  # sound: `options` has read it
    with failing():
        library, problems = judge(project)
    if damaged := [problem for problem in problems if problem.rule == RULE]:
        show(damaged)
        raise SystemExit(PROBLEMS)
    _tell_unreadable(library)
    return ChosenPages(project, library, settings, cited(library, _names(project, library, files)), private)


def extractor() -> BoundedExtractor:
    """The extractor of texts; ends the command with what to install if it is missing."""
    with failing(MissingError):
        return BoundedExtractor()


def _names(project: Project, library: Library, files: tuple[Path, ...]) -> set[str] | None:
    """The files of the chosen stories: those named, and those in named folders; None for all."""
    if not files:
        return None
    wanted = [file.resolve() for file in files]
    stories = library.written_stories
    found = {s.file: (project.root / s.file).resolve() for s in stories}
    for file, path in zip(files, wanted, strict=True):
        if not any(story.is_relative_to(path) for story in found.values()):
            told = f"{file} is not a story that can be read, nor a folder of stories"
            fail(f"{told}{'' if file.exists() else file_meant(project, file)}", MISUSE)
    return {name for name, story in found.items() if any(story.is_relative_to(path) for path in wanted)}


def _tell_unreadable(library: Library) -> None:
    if left_out := library.unreadable - library.partial_stories.keys():
        click.echo(f"Stories that cannot be read are left out: {', '.join(sorted(left_out))}.", err=True)


def line(label: str, address: str, words: str, *details: str) -> None:
    """Print the result for one source on a line, with details below."""
    click.echo(lines(label, address, words, *details))


def lines(label: str, address: str, words: str, *details: str) -> str:
    """The text that `line` prints."""
    below = (f"{'':<12}{one_line(detail)}" for detail in details if detail)
    return "\n".join((f"{label:<12}{address}  {one_line(words)}", *below))


def tally(counted: Iterable[tuple[int, str]]) -> str:
    """For example `3 kept, 1 not read.`"""
    return ", ".join(f"{number} {what}" for number, what in counted if number) + "."
