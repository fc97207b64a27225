"""`citewire export`: sources for reference managers, the archive as a database, an edition as a book."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import completion
from generator.cli.console import MISUSE, command, fail, failing, project_of, say, site_of
from generator.export import FORMATS


@command()
@click.argument("names", nargs=-1, shell_complete=completion.items_or_file)
@click.option(
    "--as", "format_", type=click.Choice(list(FORMATS)), help="The format, where FILE's ending does not say it."
)
@click.option("-o", "--output", metavar="FILE", help="Where to; another way of naming FILE.")
def export(config: Path, names: tuple[str, ...], format_: str | None, output: str | None) -> None:
    """Write sources for reference managers, an edition as a book, the archive as a database.

    NAMES are editions and stories, or their files; the last word is the file to write, and its ending says the format.
    Without it, or with `-` for it, the export goes to the standard output.

    \b
    bibtex, csl, ris   the sources that the named editions and stories cite; of all stories without a name
    epub               a book of the named editions; of the newest without a name
    sqlite             the whole archive: tables, foreign keys, full-text search

    \b
    Examples:
      citewire export meta-coreweave-21bn sources.bib
      citewire export 2026-04-11 edition.epub
      citewire export 2026-04-11 --as csl | pandoc --citeproc ...
      citewire export archive.sqlite
    """
    named, file = _file_of(names, output)
    format_ = format_ or _format_of(file)
    data = _made(config, named, format_)
    if file is None:
        click.get_binary_stream("stdout").write(data)
        return
    from generator.files import write_whole

    with failing():
        write_whole(file, data)
    say(f"{file}: {len(data):,} bytes.")


def _file_of(names: tuple[str, ...], output: str | None) -> tuple[tuple[str, ...], Path | None]:
    """The names and the file: names of editions and stories contain no full stop or slash, files to write do."""
    from generator.desk.files import slug_in

    last = names[-1] if names and not names[-1].endswith(".yml") else ""
    if output is None and ("." in last or "/" in last or last == "-"):
        names, output = names[:-1], last
    return tuple(map(slug_in, names)), None if output in (None, "-") else Path(str(output))


def _format_of(file: Path | None) -> str:
    """The format of a file's ending."""
    found = [name for name, endings in FORMATS.items() if file and file.suffix.lower() in endings]
    if not found:
        known = ", ".join(endings[0] for endings in FORMATS.values())
        fail(f"which format? Name a file that ends in {known}, or say it with --as", MISUSE)
    return found[0]


def _made(config: Path, names: tuple[str, ...], format_: str) -> bytes:
    """The bytes of the export; ends the command with the reason if there are none."""
    from generator.export.formats import ExportError, exported, found

    project = project_of(config)
    with failing(ExportError):
        site = site_of(project, "nothing was written")
        return exported(site, found(site, names), format_, project.content / "images", project.templates)
