"""Signing: the journal learns what published stories say, so that no change of them goes unsaid."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from generator.files import write_changed
from generator.model import journal
from generator.model.content import Library
from generator.model.problems import Problem
from generator.pipeline import Project, judge


class UnsoundError(Exception):
    """The content has errors; nothing was signed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("the content has errors")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Signed:
    """What signing did."""

    new: tuple[str, ...]
    """Slugs that the journal did not know."""
    changed: tuple[str, ...]
    """Slugs whose change the story itself tells."""
    files: tuple[Path, ...]
    """Files of the journal that were written."""


def sign(project: Project, slugs: Collection[str] | None = None) -> Signed:
    """Write down what stories say: those of any edition, or those named.

    The same content gives the same journal. Raises `UnsoundError` when the content has errors, a silent change among
    them; `KeyError` with a slug that no story has; `OSError` when a file cannot be written.
    """
    library, problems = judge(project)
    if any(problem.is_error for problem in problems):
        raise UnsoundError(problems)
    shown = {slug for edition in library.editions.values() for slug in edition.stories}
    wanted = shown if slugs is None else set(slugs)
    if strangers := wanted - library.stories.keys():
        raise KeyError(min(strangers))
    files, new, changed = _written(library, wanted)
    folder = project.content / journal.FOLDER
    done = tuple(folder / name for name, text in sorted(files.items()) if write_changed(folder / name, text.encode()))
    return Signed(tuple(sorted(new)), tuple(sorted(changed)), done)


def _written(library: Library, wanted: Collection[str]) -> tuple[dict[str, str], set[str], set[str]]:
    """The text of every file of the journal, and which slugs are new to it or have changed."""
    lines: dict[str, dict[str, str]] = {}
    new, changed = set(), set()
    for slug, signature in library.signed.items():
        name = Path(signature.file).name
        lines.setdefault(name, {})
        if slug not in wanted:
            lines[name][slug] = journal.line(slug, signature.digest, signature.noted)
    for slug in wanted:
        story, before = library.stories[slug], library.signed.get(slug)
        now = journal.digest_of(story)
        lines.setdefault(journal.file_name(story), {})[slug] = journal.line(slug, now, story.noted)
        if before is None:
            new.add(slug)
        elif before.digest != now:
            changed.add(slug)
    return {name: journal.text(found) for name, found in lines.items()}, new, changed
