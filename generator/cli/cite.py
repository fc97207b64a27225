"""`citewire cite`: read a page and write its citation."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from generator.cli import completion
from generator.cli.console import (
    IO_FAILURE,
    asked_numbers,
    command,
    fail,
    failing,
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

if TYPE_CHECKING:
    from generator.desk.cite import Clipping
    from generator.desk.page import Page
    from generator.project import Project
    from generator.web.reader import Reader


@command()
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.option(
    "--to",
    "story",
    metavar="STORY",
    shell_complete=completion.stories,
    help="Write it into this story. [default: show it]",
)
@click.option(
    "--passage", "passages", multiple=True, metavar="WORDS", help="Words of the page, as evidence. Repeatable."
)
@click.option("--pick", metavar="NUMBERS", help="Passages by their numbers in the list that is shown, as 1,3.")
@private_option
@today_option
def cite(
    config: Path,
    addresses: tuple[str, ...],
    story: str | None,
    passages: tuple[str, ...],
    pick: str | None,
    allow_private: bool,
    now: datetime,
) -> None:
    """Read a page and cite it: title, publisher, author, day, and the words that are the evidence.

    Prints the citation to put behind a sentence. ADDRESS can be - for what the bookmarklet copied: a title, an address
    on a line of its own, and the selected words. A page that is cited already keeps its id.

    \b
    Example:
      citewire cite https://hubkub.com/meta-deal --to meta-coreweave-21bn
      citewire cite https://hubkub.com/meta-deal --to meta-coreweave-21bn --pick 1,3
      wl-paste | citewire cite - --to meta-coreweave-21bn
    """
    from generator.cli.reader import web_reader
    from generator.desk.files import STORIES, DeskError, item
    from generator.desk.known import words_of
    from generator.desk.reading import LIMITS

    project = project_of(config)
    refuse_no_page(address for address in addresses if address != "-")
    with failing(DeskError):
        folder, file = item(project.content, story) if story else (STORIES, None)
        if folder != STORIES:
            raise DeskError(f"`{story}` is an edition: sources stand in stories")
        reader = web_reader(words_of(project).newsletter, LIMITS, private=allow_private)
        desk = _Desk(project, file, passages, pick, now, reader)
        failures = [words for address in addresses if (words := desk.one(address))]
    if failures:
        fail("; ".join(failures), IO_FAILURE)


class _Desk(Struct, frozen=True):
    """What all addresses of one call have in common."""

    project: Project
    file: Path | None
    """The story to write into; None to print the citations."""
    passages: tuple[str, ...]
    pick: str | None
    now: datetime
    reader: Reader

    def one(self, address: str) -> str:
        """Cite one page; return why it could not be read, or an empty text."""
        from generator.desk.cite import Clipping, clipping

        clip = clipping(click.get_text_stream("stdin").read()) if address == "-" else Clipping(address)
        page, failure = self._read(clip)
        if page is None:
            return failure
        chosen = [*self.passages, *([clip.words] if clip.words else []), *self._picked(page)]
        if failure:
            remark(f"{failure}; its title and words are those of the clipboard")
        else:
            self._warn_of_strange(page, chosen)
        self._warn_of_long(chosen)
        with writing(self.project, self.file is not None):
            self._write(page, chosen, clip.url)
        return ""

    def _read(self, clip: Clipping) -> tuple[Page | None, str]:
        """The page, or what the clipboard says of it, if anything, with the reason why it could not be read."""
        from generator.desk.page import Page
        from generator.desk.reading import read_page
        from generator.web.errors import WebError

        try:
            page = read_page(self.reader, clip.url)
        except WebError as error:
            return Page(clip.url, clip.title) if clip.title else None, f"{clip.url}: {error}"
        return replace(page, title=page.title or clip.title), ""

    def _picked(self, page: Page) -> list[str]:
        """Sentences chosen by number, with `--pick` or at a prompt on a terminal."""
        from generator.desk.passages import offered

        found = offered(page.paragraphs)
        asked = self.pick is None and not self.passages and sys.stdin.isatty() and sys.stderr.isatty()
        if found and (asked or self.file is None):
            for number, sentence in enumerate(found, 1):
                click.echo(f"{number:3}  {sentence}", err=True)
        given = asked_numbers("Which are the evidence?") if asked and found else self.pick or ""
        return numbered(given, found, "passage")

    def _warn_of_strange(self, page: Page, chosen: Sequence[str]) -> None:
        from generator.texts.verbatim import missing

        for words in missing(chosen, " ".join(page.paragraphs)):
            remark(f"{page.url} does not have these words as it was read: {words}")

    def _warn_of_long(self, chosen: Sequence[str]) -> None:
        from generator.texts.quoting import PASSAGE_WORDS, is_short

        for words in chosen:
            if not is_short(words):
                count = len(words.split())
                told = f"a passage of {count} words: quote at most {PASSAGE_WORDS}, those that are the evidence"
                remark(f"{told}: {words[:60]}...")

    def _write(self, page: Page, chosen: Sequence[str], named: str) -> None:
        """Write or print the citation of a page, which was `named` by this address."""
        from generator.desk.cite import citation, cited_before, citing, ids_of
        from generator.desk.known import in_zone, newest_edition, published_at, words_of
        from generator.desk.schemas import write_schemas

        content, file, words = self.project.content, self.file, words_of(self.project)
        earlier = cited_before(content, page.url, file) or cited_before(content, named, file)
        taken = ids_of(file) if file and not (earlier and earlier.story == file.stem) else ()
        accessed = in_zone(self.now, published_at(newest_edition(content))).date()
        home = words.newsletter.language
        made = citation(page, accessed, chosen, words.publishers, taken, earlier, words.entities.values(), home)
        if earlier:
            remark(f"cited before, in {earlier.story}")
        if file is None:
            click.echo(made)
            return
        citing(file, content / "publishers.yml", made).write(taken_back("nothing was written"))
        click.echo(f"[@{made.id}]")  # before the schemas: it is cited, whether or not these can be written
        if made.publisher:
            tell_publisher(*made.publisher)
            write_schemas(self.project)
