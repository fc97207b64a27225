"""`citewire draft`: make drafts of stories from pages or from watched feeds."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from msgspec.structs import replace

from generator.cli.console import (
    IO_FAILURE,
    MISUSE,
    SOUND,
    asked_numbers,
    command,
    count,
    fail,
    failing,
    moment,
    needing,
    numbered,
    private_option,
    project_of,
    refuse_no_page,
    remark,
    taken_back,
    tell_publisher,
    today_option,
    writing,
)
from generator.texts.characters import one_line

if TYPE_CHECKING:
    from generator.desk.page import Page
    from generator.draft.drafting import Desk, Draft
    from generator.draft.gathering import News
    from generator.draft.grouping import Event
    from generator.draft.model import Model
    from generator.model.vocabulary import Newsletter
    from generator.project import Project
    from generator.web.errors import WebError
    from generator.web.reader import Reader

_SHOWN = 40
"""Events of feeds that are listed."""


@command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option("--feeds", type=click.Path(path_type=Path), metavar="OPML", help="Look for events in these feeds.")
@click.option("--since", metavar="TIME", help="Take what feeds have since this day or time. [default: yesterday]")
@click.option("--top", type=click.IntRange(1, 20), metavar="N", help="Draft the first events of the feeds.")
@click.option("--pick", metavar="NUMBERS", help="Draft the events of these numbers in the list, as 1,3.")
@click.option("--together", is_flag=True, help="All addresses tell of one event.")
@click.option("--no-model", is_flag=True, help="Ask no model, though one is configured.")
@click.option("-n", "--dry-run", is_flag=True, help="Show the drafts, and write nothing.")
@private_option
@today_option
def draft(
    config: Path,
    addresses: tuple[str, ...],
    feeds: Path | None,
    since: str | None,
    top: int | None,
    pick: str | None,
    together: bool,
    no_model: bool,
    dry_run: bool,
    allow_private: bool,
    now: datetime,
) -> NoReturn:
    """Read pages, put together those that tell the same event, and write a draft of a story for each.

    A draft has a headline, the day, a section, topics and companies from your vocabularies, citations with passages,
    the figures that were found and where the sources disagree. Nothing of it is out before you publish it.

    With --feeds, what is new in watched feeds is listed, the events first that most publishers tell independently.

    With a model under `draft` in mkdocs.yml, its text is proposed too, each sentence with its sources; what tracing
    does not find in them is marked.

    \b
    Example:
      citewire draft https://wire.example/a https://daily.example/b
      citewire draft --feeds feeds.opml
      citewire draft --feeds feeds.opml --since 2026-04-10 --top 3
    """
    if bool(addresses) == bool(feeds):
        fail("name the pages, or a list of feeds with --feeds", MISUSE)
    if addresses and (since is not None or top is not None or pick is not None):
        fail("--since, --top and --pick choose among what --feeds has: leave them out, or name feeds", MISUSE)
    if feeds and together:
        fail("--together goes with pages: events of feeds are put together by what they tell", MISUSE)
    project = project_of(config)
    refuse_no_page(addresses)
    with failing():
        work = _Work(project, now, allow_private, no_model)
        chosen = work.of_feeds(feeds, since, top, pick) if feeds else work.of_pages(addresses, together)
        work.make(chosen, dry_run)
    sys.exit(IO_FAILURE if work.failures else SOUND)


class _Work:
    """One run of the command."""

    def __init__(self, project: Project, now: datetime, allow_private: bool, no_model: bool) -> None:
        from generator.cli.reader import web_reader
        from generator.draft.drafting import desk
        from generator.web.limits import MIB, Limits

        begun = desk(project, now)
        newsletter = begun.library.newsletter
        self.desk: Desk = replace(begun, model=None if no_model else _model(project, newsletter))
        self.reader: Reader = web_reader(newsletter, Limits(size=8 * MIB, total=20), private=allow_private)
        self.failures = 0

    def of_pages(self, addresses: Sequence[str], together: bool) -> list[Event]:
        """The events of the named pages."""
        from generator.desk.reading import read_pages
        from generator.draft.grouping import Event, events

        found = [self.desk.account(page) for page in self._sound(read_pages(self.reader, addresses, is_named=True))]
        return [Event(tuple(found))] if together and found else events(found)

    def of_feeds(self, file: Path, since: str | None, top: int | None, pick: str | None) -> list[Event]:
        """The chosen ones among the new events in feeds."""
        with needing("draft"):
            from generator.draft.gathering import news, whole
            from generator.draft.watched import ListError, feeds_of
        try:
            addresses = feeds_of(file.read_bytes())
        except ListError as error:
            fail(f"{file}: {error}", MISUSE)
        found = news(self.reader, self.desk, addresses, _since(since, self.desk.now))
        for address, failure in found.failures:
            self._complain(address, str(failure))
        chosen = _chosen(found.events, top, pick)
        if chosen is None:
            _list(found)
            chosen = _asked(found.events)
        return [whole(self.reader, self.desk, event) for event in chosen]

    def _sound(self, read: Sequence[tuple[str, Page | WebError]]) -> Iterator[Page]:
        for address, page in read:
            if isinstance(page, Exception):
                self._complain(address, str(page))
            else:
                yield page

    def _complain(self, what: str, why: str) -> None:
        self.failures += 1
        remark(f"{one_line(what)}: {one_line(why)}")

    def make(self, chosen: Sequence[Event], dry_run: bool) -> None:
        """Write the drafts, or print them."""
        from generator.desk.files import DeskError
        from generator.desk.schemas import write_schemas
        from generator.draft.drafting import drafted

        project = self.desk.project
        with failing(DeskError):
            for made in self.desk.drafts(chosen):
                if made.failure:
                    self._complain("the model proposed nothing", made.failure)
                if not dry_run:
                    undone = taken_back(f"{made.path.stem} was not written")
                    with writing(project):
                        drafted(made, project.content / "publishers.yml").write(undone)
                _tell(made, dry_run)
        if chosen and not dry_run:
            write_schemas(project)


def _model(project: Project, newsletter: Newsletter) -> Model | None:
    """The configured model, if any; ends the command if the configuration is wrong."""
    from generator.cli.reader import web_reader
    from generator.draft.model import Model
    from generator.draft.settings import KEY_VARIABLE, endpoint
    from generator.settings import SettingsError
    from generator.web.limits import Limits

    key = os.environ.get(KEY_VARIABLE, "")
    with failing(SettingsError):
        where = endpoint(project.settings.get("draft", {}), key)
    if where is None:
        return None
    reader = web_reader(newsletter, Limits(total=where.seconds, pause=0), private=where.private)
    return Model(where, reader, key, time.sleep)


def _since(text: str | None, now: datetime) -> datetime:
    """The start of a day, or a time; the start of yesterday if none is given."""
    if text is None:
        return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    try:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), now.tzinfo)
    except ValueError:
        return moment(text)


def _chosen(events: Sequence[Event], top: int | None, pick: str | None) -> list[Event] | None:
    """The events chosen on the command line; None if it chooses none."""
    if pick is not None:
        return numbered(pick, events, "event")
    return list(events[:top]) if top else None


def _asked(events: Sequence[Event]) -> list[Event]:
    """The events that the person at the terminal chooses; empty in a pipe."""
    if not events or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return []
    return numbered(asked_numbers("Which are to be drafted?"), events, "event")


def _list(found: News) -> None:
    """Print the events, numbered, those with the most publishers first."""
    for number, event in enumerate(found.events[:_SHOWN], 1):
        first = event.accounts[0]
        who = ", ".join(dict.fromkeys(one_line(account.publisher) for account in event.accounts))
        click.echo(f"{number:3}  {one_line(first.page.title)}\n     {count(event.voices, 'publisher')}: {who}")
    left = len(found.events) - _SHOWN
    if left > 0:
        click.echo(f"     and {left} more, each told by {found.events[_SHOWN].voices} or fewer", err=True)
    told = f"{count(len(found.events), 'event')}, {found.cited} cited already, {found.undated} without a day"
    click.echo(told, err=True)


def _tell(made: Draft, dry_run: bool) -> None:
    """Print the draft or its file, and a short summary."""
    from generator.files import name_here

    path = made.path
    click.echo(f"# {name_here(path)}\n{made.text}" if dry_run else name_here(path))
    for id_, entry in made.publishers:
        tell_publisher(id_, entry, is_written=not dry_run)
    facts = [count(made.sources, "source"), count(made.disputes, "disagreement")]
    facts += [f"{made.doubts} to look at in the model's text"] if made.doubts else []
    remark(f"{path.stem}: {', '.join(facts)}")
