"""`citewire sign`: write fingerprints of published stories and editions into the journal (`generator.model.journal`).

The check compares the content with them, so that nothing that was published changes without a correction or an update.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from generator.desk.withdraw import subjects_of
from generator.files import write_changed
from generator.model import journal
from generator.model.content import Edition, Story
from generator.model.library import Library, Signature
from generator.model.problems import Problem
from generator.pipeline import judge
from generator.project import Project


class UnsoundError(Exception):
    """The content has errors; nothing was signed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("the content has errors")
        self.problems = problems


class Signed(Struct, frozen=True):
    """The result of signing."""

    new: tuple[str, ...]
    """Names that are new to the journal."""
    changed: tuple[str, ...]
    """Names of items that declare their change."""
    files: tuple[Path, ...]
    """Journal files that were written."""


def sign(project: Project, slugs: Collection[str] | None = None) -> Signed:
    """Sign all editions that are not drafts with their stories, or the items of some slugs, and write the journal.

    The same content gives the same journal. Raises `UnsoundError` if the content has errors, including silent changes;
    `KeyError` with a slug that does not exist; `OSError` if a file cannot be written.
    """
    library, problems = judge(project)
    if any(problem.is_error for problem in problems):
        raise UnsoundError(problems)
    wanted = {journal.name_of(item): item for item in _items(library, slugs)}
    files, new, changed = _written(library.signed, wanted)
    if files:
        files[journal.AUTHORITY] = journal.authority_text(library.newsletter.authority)
    stories = (item for item in wanted.values() if isinstance(item, Story))
    if feeds := library.signed_feeds.union(*map(subjects_of, stories)):
        files[journal.FEEDS] = journal.feeds_text(feeds)
    folder = project.content / journal.FOLDER
    done = tuple(folder / name for name, text in sorted(files.items()) if write_changed(folder / name, text.encode()))
    return Signed(tuple(sorted(new)), tuple(sorted(changed)), done)


def _items(library: Library, slugs: Collection[str] | None) -> Iterator[Story | Edition]:
    """The items to sign. A slug shared by a story and an edition means both."""
    if slugs is None:
        out = [edition for edition in library.editions.values() if not edition.draft]
        yield from out
        slugs = {slug for edition in out for slug in edition.stories}
    for slug in sorted(slugs):
        found = [item for items in (library.stories, library.editions) if (item := items.get(slug))]
        if not found:
            raise KeyError(slug)
        yield from found


def _written(
    signed: Mapping[str, Signature], wanted: Mapping[str, Story | Edition]
) -> tuple[dict[str, str], set[str], set[str]]:
    """The text of every journal file, the names new to it, and the names that have changed."""
    lines: dict[str, dict[str, str]] = {}
    new, changed = set(), set()
    for name, signature in signed.items():
        file = Path(signature.file).name
        lines.setdefault(file, {})
        if name not in wanted:
            lines[file][name] = journal.line(name, signature.digest, signature.noted)
    for name, item in wanted.items():
        before, now = signed.get(name), journal.digest_of(item)
        lines.setdefault(journal.file_name(item), {})[name] = journal.line(name, now, item.noted)
        if before is None:
            new.add(name)
        elif before.digest != now:
            changed.add(name)
    return {file: journal.text(found) for file, found in lines.items()}, new, changed
