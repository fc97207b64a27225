"""The command `citewire`. Each command imports what it needs when it runs, so that help is instant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator import __version__

if TYPE_CHECKING:
    from generator.model.problems import Problem
    from generator.pipeline import Project

SOUND, PROBLEMS, MISUSE, IO_FAILURE = 0, 1, 2, 3

_EXIT_CODES = """
\b
Exit codes:
  0  sound
  1  problems in the content
  2  wrong use, or a configuration that cannot be
  3  something could not be read or written
"""

config_option = click.option(
    "-f",
    "--config",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The newsletter's mkdocs.yml.",
)


@click.group(epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="citewire")
def main() -> None:
    """A newsletter in which every claim shows its source.

    Stories and editions are YAML files in content/; citewire checks them and turns them into a website and feeds.
    """


@main.command(epilog=_EXIT_CODES)
@config_option
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
def check(config: Path, files: tuple[Path, ...], strict: bool) -> NoReturn:
    """Say what is wrong in the content, with file, line and column.

    FILES bounds what is shown; everything is read, since stories are judged against the rest.

    \b
    Example:
      citewire check
      citewire check content/stories/2026/meta-coreweave-21bn.yml
    """
    from generator.pipeline import judge

    project = _project(config)
    for file in files:
        if not file.resolve().is_relative_to(project.content.resolve()) or not file.exists():
            _fail(f"{file} is not a file of {project.content.name}/", MISUSE)
    try:
        _, problems = judge(project)
    except OSError as error:
        _fail(_os_words(error), IO_FAILURE)
    if files:
        wanted = [file.resolve() for file in files]
        problems = [p for p in problems if any((project.root / p.file).resolve().is_relative_to(w) for w in wanted)]
    _show(problems)
    errors = sum(problem.is_error for problem in problems)
    if not problems:
        _say("No problems.")
    sys.exit(PROBLEMS if errors or (strict and problems) else SOUND)


@main.command(epilog=_EXIT_CODES)
@config_option
@click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path), help="Where to, from this folder, instead of `site_dir`."
)
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
def build(config: Path, site_dir: Path | None, strict: bool) -> NoReturn:
    """Check the content and publish the site.

    With an error in the content nothing is published, and what stands in the site's folder stays as it is. The bytes
    are those of `mkdocs build`.
    """
    _project(config)
    from generator.host.command import HostError, RefusedError
    from generator.host.command import build as host_build

    try:
        with _progress() as tell:
            changes = host_build(config, site_dir, strict, _show, tell)
    except RefusedError as error:
        _fail(str(error), PROBLEMS)
    except HostError as error:
        _fail(str(error), MISUSE)
    except OSError as error:
        _fail(_os_words(error), IO_FAILURE)
    _say(f"{changes}.")
    sys.exit(SOUND)


@main.command(epilog=_EXIT_CODES)
@config_option
@click.option("-a", "--address", metavar="HOST:PORT", help="Where to listen. [default: 127.0.0.1:8000]")
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def serve(config: Path, address: str | None, open_browser: bool) -> NoReturn:
    """Show the site while you write; it is built again whenever you save."""
    _project(config)
    from generator.host.command import RefusedError
    from generator.host.command import serve as host_serve

    try:
        host_serve(config, address, open_browser)
    except RefusedError as error:
        _fail(str(error), PROBLEMS)
    except OSError as error:
        _fail(_os_words(error), IO_FAILURE)
    sys.exit(SOUND)


def _project(config: Path) -> Project:
    """The newsletter of a configuration, or the end with a word on what it lacks."""
    from generator.project import ConfigError, find

    try:
        return find(config)
    except ConfigError as error:
        _fail(str(error), MISUSE)
    except OSError as error:
        _fail(_os_words(error), IO_FAILURE)


class _progress:  # noqa: N801
    """A bar on a terminal, nothing in a pipe."""

    def __enter__(self) -> Any:
        self._bar: Any = None
        return self._tell if sys.stderr.isatty() else lambda done, of: None

    def _tell(self, done: int, of: int) -> None:
        if self._bar is None:
            self._bar = click.progressbar(length=of, label="Building", file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(1)

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(*exception)


def _show(problems: Sequence[Problem]) -> None:
    for problem in problems:
        severity = click.style(problem.severity, fg="red" if problem.is_error else "yellow")
        plain = str(problem).removeprefix(f"{problem.place}: {problem.severity}")
        click.echo(f"{click.style(problem.place, bold=True)}: {severity}{plain}", err=True)
    errors = sum(problem.is_error for problem in problems)
    if problems:
        click.echo(f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}", err=True)


def _say(text: str) -> None:
    """A word for a person; a pipe gets none."""
    if sys.stdout.isatty():
        click.echo(text)


def _fail(text: str, code: int) -> NoReturn:
    click.echo(f"citewire: {text}", err=True)
    sys.exit(code)


def _os_words(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
