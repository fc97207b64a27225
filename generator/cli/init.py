"""`citewire init`: begin a new newsletter."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

import click

from generator.cli.console import EXIT_CODES, SOUND, failing, today_option, without_words

if TYPE_CHECKING:
    from generator.starter.begin import Beginning


@click.command(epilog=EXIT_CODES)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="What it is called. [default: the folder's name]")
@click.option("--address", help="Where the site will be. [default: https://FOLDER.example/]")
@click.option(
    "--sections",
    help="The shelves of an edition, with commas between; id=title where it has no Latin letters. "
    "[default: News, Analysis]",
)
@click.option("--language", help="Of its texts, as en-GB or ko. Pages have words of their own in de, en. [default: en]")
@click.option("--tagline", help="A line that says what it is.")
@click.option("--editor", help="Who answers for it.")
@click.option("--email", help="The editor's address. [default: desk@ the host of the site]")
@click.option("--from", "requirement", help="What pip installs to build it. [default: this citewire, search and cards]")
@today_option
def init(folder: Path, now: datetime, requirement: str | None, **given: str | None) -> NoReturn:
    """Begin a newsletter in a new FOLDER: configuration, a welcome edition, workflows.

    On a terminal, what no option says is asked for. It builds at once; citewire is a dependency there.

    \b
    Example:
      citewire init my-newsletter --name "The Footnote" --address https://news.example.org/ --sections "Chips, Policy"
    """
    from generator.desk.files import DeskError
    from generator.starter import begin

    with failing(DeskError):
        begin.room(folder)
        wanted, made = _begun(folder, given, now, requirement or begin.requirement())
    for name in made:
        click.echo(folder / name)
    if "file:" in wanted.requirement:
        click.echo(
            "citewire: requirements.txt names the citewire on this machine; name another before you deploy", err=True
        )
    for note in without_words(wanted.language):
        click.echo(f"citewire: {note}", err=True)
    there = "" if folder.resolve() == Path.cwd() else f"cd {quote(str(folder))} && "
    click.echo(f"\nNow: {there}citewire serve")
    sys.exit(SOUND)


def _begun(
    folder: Path, given: dict[str, str | None], now: datetime, requirement: str
) -> tuple[Beginning, Sequence[str]]:
    """What the newsletter begins with, and its files. On a terminal, answers that cannot be are asked for once more,
    and those that were given stand there already."""
    from generator.desk.files import DeskError
    from generator.starter import begin

    said: dict[str, str] = {}
    while True:
        wanted = _wanted(folder, given, said, now, requirement)
        try:
            return wanted, begin.begin(folder, wanted)
        except DeskError as error:
            if not _is_answered() or None not in given.values():
                raise
            click.echo(f"citewire: {error}\nOnce more: Enter takes what stands in brackets.", err=True)
            given = dict.fromkeys(given)


def _wanted(
    folder: Path, given: dict[str, str | None], said: dict[str, str], now: datetime, requirement: str
) -> Beginning:
    """`said` is what was answered before otherwise than was proposed; what is answered now is written into it."""
    from generator.desk.known import in_zone, slug_of
    from generator.model.address import is_readable
    from generator.starter.begin import Beginning, words

    def ask(name: str, question: str, usual: str) -> str:
        answer = _ask(question, given[name], said.pop(name, usual))
        if answer != usual:
            said[name] = answer
        return answer

    called = folder.resolve().name
    name = ask("name", "Name", called.replace("-", " ").title())
    address = ask("address", "Address of the site", f"https://{slug_of(called) or 'news'}.example/")
    language = ask("language", "Language", "en")
    begun = words(language)
    sections = ask("sections", "Sections, with commas between", begun.sections)
    named = urlsplit(address).hostname if is_readable(address) else None  # what is none is told when all is known
    host = (named or "news.example").removeprefix("www.")
    return Beginning(
        name=name,
        address=address,
        sections=tuple(title.strip() for title in sections.split(",") if title.strip()),
        language=language,
        tagline=ask("tagline", "A line that says what it is", begun.tagline),
        editor=ask("editor", "Who answers for it", begun.desk.format(name=name)),
        email=ask("email", "Mail address of the editor", f"desk@{host}"),
        now=in_zone(now, None),
        requirement=requirement,
    )


def _ask(question: str, given: str | None, default: str) -> str:
    """Return the value of an option, else an answer from the terminal, else the default."""
    if given is not None:
        return given
    return str(click.prompt(question, default=default)) if _is_answered() else default


def _is_answered() -> bool:
    """Whether somebody sits before a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()
