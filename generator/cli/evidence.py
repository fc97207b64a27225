"""`citewire evidence`: keep the text of the sources."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Collection
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.console import (
    INTERRUPTED,
    IO_FAILURE,
    PROBLEMS,
    SOUND,
    Progress,
    command,
    fail,
    failing,
    private_option,
    writing,
)

if TYPE_CHECKING:
    from generator.cli.sources import ChosenPages
    from generator.evidence.cited import Cited
    from generator.evidence.gather import Gathered
    from generator.web.reader import Reader


@command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--again", is_flag=True, help="Read sources that have a snapshot, too; what they say now takes its place."
)
@click.option("--no-archive", is_flag=True, help="Ask no archive for copies.")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be read, and go nowhere.")
@private_option
def evidence(
    config: Path, files: tuple[Path, ...], again: bool, no_archive: bool, dry_run: bool, allow_private: bool
) -> NoReturn:
    """Read the sources and keep what they say.

    FILES are stories, or folders of stories; all of them where none is named. The main text of each page goes into
    content/evidence/, for checking claims against it; it is never published. With an archive in mkdocs.yml, copies
    are asked for there, and seen to be there.

    A source that cannot be read is exit code 3, a passage that is not in its source is exit code 1.

    \b
    Example:
      citewire evidence
      citewire evidence --again content/stories/2026/meta-coreweave-21bn.yml
    """
    from generator.cli.sources import chosen_pages

    work = chosen_pages(config, files, allow_private)
    with failing():
        to_read = work.pages if again else _without_snapshot(work)
        to_copy = [] if no_archive else _without_copy(work)
        if dry_run:
            sys.exit(_say_plan(work, to_read, to_copy))
        sys.exit(_run(work, to_read, to_copy))


def _without_snapshot(work: ChosenPages) -> list[Cited]:
    """The pages without a sound snapshot. Those found sound before are not read again if unchanged."""
    from generator.cache.buckets import Buckets
    from generator.evidence.gather import lacking

    kept = Buckets[str](work.project.cache, "snapshots", str)
    to_read, sound = lacking(work.content, work.pages, kept.before)
    kept.change(sound)
    return to_read


def _without_copy(work: ChosenPages) -> list[Cited]:
    """The pages to request copies for from an archive."""
    from generator.evidence.records import copies

    if not work.settings.archive:
        return []
    known = {copy.url for copy in copies(work.content)[0]}
    return [page for page in work.pages if page.url not in known and not page.archive]


def _say_plan(work: ChosenPages, to_read: list[Cited], to_copy: list[Cited]) -> int:
    from generator.cli.sources import lines

    plan = (("would read", to_read), ("would copy", to_copy))
    told = [lines(what, page.address, work.where(page)) for what, pages in plan for page in pages]
    click.echo("\n".join(told) or "Nothing to do: everything is there.")
    return SOUND


def _run(work: ChosenPages, to_read: list[Cited], to_copy: list[Cited]) -> int:
    """Read, then request copies. What was kept before an interruption stays kept."""
    from generator.evidence.gather import Outcome

    try:
        with closing(work.reader()) as reader:
            told = _gather(work, to_read, reader)
            copied = _copy(work, to_copy, reader) if to_copy else True
    except KeyboardInterrupt:
        fail("stopped; what was kept so far is whole", INTERRUPTED)
    if any(one.missing for one in told):
        return PROBLEMS
    return SOUND if copied and all(one.outcome is not Outcome.NOT_READ for one in told) else IO_FAILURE


def _gather(work: ChosenPages, to_read: list[Cited], reader: Reader) -> list[Gathered]:
    from generator.cli.sources import extractor
    from generator.evidence.gather import gather

    told: list[Gathered] = []
    texts = extractor()
    try:
        with texts as extract, Progress("Reading") as tell:
            for one in gather(work.content, to_read, reader, extract, datetime.now(UTC)):
                told.append(one)
                tell(len(told), len(to_read))
    finally:
        if work.pages:
            _say_gathered(work, told, len(to_read))
        else:
            click.echo("No story cites a source.")
    return told


def _say_gathered(work: ChosenPages, told: Collection[Gathered], wanted: int) -> None:
    from generator.cli.sources import line, tally
    from generator.evidence.gather import Outcome
    from generator.texts.quoting import as_quoted

    ordered = sorted(told, key=lambda one: one.cited.url)
    for one in ordered:
        where = work.where(one.cited) if one.missing or one.outcome is Outcome.NOT_READ else ""
        absent = (f"its passage {as_quoted(passage)} is not in this text" for passage in one.missing)
        line(one.outcome, one.cited.address, one.words, *absent, where)
    counts = [(sum(one.outcome is outcome for one in ordered), str(outcome)) for outcome in Outcome]
    click.echo(
        tally([*counts, (wanted - len(told), "not reached any more"), (len(work.pages) - wanted, "there already")])
    )


def _copy(work: ChosenPages, to_copy: list[Cited], reader: Reader) -> bool:
    """Request copies from the archive, and record each once it is seen. Returns whether all succeeded."""
    from generator.cli.sources import line
    from generator.evidence.archive import Archive, ArchiveError, BusyError
    from generator.evidence.records import copies, write_copies
    from generator.evidence.settings import KEY_VARIABLE

    archive = Archive(reader, work.settings.archive or "", os.environ.get(KEY_VARIABLE), time.sleep)
    all_there = True
    for number, page in enumerate(to_copy):
        try:
            copy = archive.keep(page.address)
        except ArchiveError as error:
            all_there = False
            line("no copy", page.address, str(error), work.where(page))
            if isinstance(error, BusyError):
                click.echo(f"{len(to_copy) - number - 1} more were not asked for.")
                break
            continue
        with writing(work.project):  # and read again: another run may have kept more
            write_copies(work.content, [*copies(work.content)[0], copy])
        line("copied", page.address, copy.address)
    return all_there
