"""`citewire links`: check whether the sources still exist, and still say what is cited."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
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
    from generator.evidence.links import Looked


@command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--older-than", type=click.IntRange(min=0), metavar="DAYS", help="Only sources that were not looked at for so long."
)
@private_option
def links(config: Path, files: tuple[Path, ...], older_than: int | None, allow_private: bool) -> NoReturn:
    """Look whether the sources are still there, and still say it.

    FILES are stories, or folders of stories; all of them where none is named. What was found goes into
    content/evidence/links.jsonl. No story is ever changed; pages lead to a copy where a source is gone.

    404 and 410 are dead. All other failures are unknown: many sites turn robots away. A dead or suspicious source,
    or a passage that is gone, is exit code 1; when nothing at all can be reached, that is exit code 3.

    \b
    Example:
      citewire links
      citewire links --older-than 30 content/stories/2026
    """
    from generator.cli.sources import chosen_pages
    from generator.evidence.links import due
    from generator.evidence.records import latest, looks

    work = chosen_pages(config, files, allow_private)
    now = datetime.now(UTC)
    with failing():
        history, _ = looks(work.content)
        before = None if older_than is None else now - timedelta(days=older_than)
        pages = due(work.pages, latest(history), before)
        found, is_stopped = _look(work, pages, now)
        code = _say_and_note(work, found, len(pages))
        sys.exit(INTERRUPTED if is_stopped else code)


def _look(work: ChosenPages, pages: list[Cited], now: datetime) -> tuple[list[Looked], bool]:
    """The findings, and whether the run was interrupted, after which those so far are returned."""
    from generator.cli.sources import extractor
    from generator.evidence.links import look_at

    found: list[Looked] = []
    is_stopped = False
    try:
        with closing(work.reader()) as reader, extractor() as extract, Progress("Looking") as tell:
            for one in look_at(work.content, pages, reader, extract, now):
                found.append(one)
                tell(len(found), len(pages))
    except KeyboardInterrupt:
        is_stopped = True
        click.echo("Stopped: this is what was found so far.", err=True)
    return sorted(found, key=lambda one: one.cited.url), is_stopped


def _say_and_note(work: ChosenPages, found: list[Looked], due: int) -> int:
    from generator.cli.sources import tally
    from generator.evidence.links import none_reached
    from generator.evidence.records import added, copies, latest, looks, write_looks
    from generator.model.evidence import State

    if none_reached(found):
        fail("none of the sources can be reached: is there a network? Nothing was noted", IO_FAILURE)
    with writing(work.project, bool(found)):  # and read again: another run may have noted more
        history = added(looks(work.content)[0], [one.look for one in found])
        if found:
            write_looks(work.content, history)
    since = {url: look.since.date().isoformat() for url, look in latest(history).items()}
    copied = {copy.url: copy.address for copy in reversed(copies(work.content)[0])}
    for one in found:
        copy = one.cited.archive or copied.get(one.cited.url, "")
        _say(one, work.where(one.cited), since[one.cited.url], copy)
    counts = [(sum(one.look.state is state for one in found), str(state)) for state in State]
    left = ((due - len(found), "not looked at"), (len(work.pages) - due, "not due"))
    click.echo(tally([*counts, *left]) if work.pages else "No story cites one.")
    bad = (State.DEAD, State.SUSPICIOUS)
    return PROBLEMS if any(one.look.state in bad or one.look.gone for one in found) else SOUND


def _say(one: Looked, where: str, since: str, copy: str) -> None:
    """Print the finding for one source, if there is something to report."""
    from generator.cli.sources import line
    from generator.model.evidence import State
    from generator.texts.quoting import as_quoted

    look = one.look
    gone = (f"gone: {as_quoted(passage)}" for passage in look.gone)
    if look.state is not State.ALIVE:
        aside = f"a copy: {copy}" if copy and look.state is State.DEAD else ""
        line(look.state, one.cited.address, f"{look.why}, since {since}", where, aside)
    elif look.moved:
        line("moved", one.cited.address, f"for good, to {look.moved}", one.changed, *gone, where)
    elif one.changed:
        line("changed", one.cited.address, one.changed, *gone, where)
