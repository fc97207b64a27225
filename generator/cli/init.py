"""`citewire init`: begin a new newsletter."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from msgspec import Struct, field

from generator.cli.console import EXIT_CODES, failing, remark, today_option, without_words

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
def init(folder: Path, now: datetime, requirement: str | None, **given: str | None) -> None:
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
        wanted, made = _Questions(folder, given, now, requirement or begin.requirement()).begun()
    for name in made:
        click.echo(folder / name)
    if "file:" in wanted.requirement:
        click.echo(
            "citewire: requirements.txt names the citewire on this machine; name another before you deploy", err=True
        )
    for note in without_words(wanted.language):
        remark(note)
    there = "" if folder.resolve() == Path.cwd() else f"cd {quote(str(folder))} && "
    click.echo(f"\nNow: {there}citewire serve")


class _Questions(Struct):
    """The answers about a new newsletter: from options, else asked on a terminal, else defaults."""

    folder: Path
    given: dict[str, str | None]
    """The options, by name."""
    now: datetime
    requirement: str
    said: dict[str, str] = field(default_factory=dict)
    """Answers that differ from the defaults."""

    def begun(self) -> tuple[Beginning, Sequence[str]]:
        """Make the newsletter; return its answers and its files.

        On a terminal, invalid answers are asked for again, with the earlier ones as defaults.
        """
        from generator.desk.files import DeskError
        from generator.starter import begin

        while True:
            wanted = self._wanted()
            try:
                return wanted, begin.begin(self.folder, wanted)
            except DeskError as error:
                if not _is_answered() or None not in self.given.values():
                    raise
                remark(f"{error}\nOnce more: Enter takes what stands in brackets.")
                self.given = dict.fromkeys(self.given)

    def _wanted(self) -> Beginning:
        from generator.desk.known import in_zone
        from generator.model.address import is_readable
        from generator.starter.begin import Beginning, words
        from generator.texts.slugs import slug_from

        called = self.folder.resolve().name
        name = self._ask("name", "Name", called.replace("-", " ").title())
        address = self._ask("address", "Address of the site", f"https://{slug_from(called) or 'news'}.example/")
        language = self._ask("language", "Language", "en")
        begun = words(language)
        sections = self._ask("sections", "Sections, with commas between", begun.sections)
        named = urlsplit(address).hostname if is_readable(address) else None  # a bad one is reported once all is known
        host = (named or "news.example").removeprefix("www.")
        return Beginning(
            name=name,
            address=address,
            sections=tuple(title.strip() for title in sections.split(",") if title.strip()),
            language=language,
            tagline=self._ask("tagline", "A line that says what it is", begun.tagline),
            editor=self._ask("editor", "Who answers for it", begun.desk.format(name=name)),
            email=self._ask("email", "Mail address of the editor", f"desk@{host}"),
            now=in_zone(self.now, None),
            requirement=self.requirement,
        )

    def _ask(self, name: str, question: str, usual: str) -> str:
        given, proposed = self.given[name], self.said.pop(name, usual)
        if given is None:
            given = str(click.prompt(question, default=proposed)) if _is_answered() else proposed
        if given != usual:
            self.said[name] = given
        return given


def _is_answered() -> bool:
    """Whether there is somebody at a terminal to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()
