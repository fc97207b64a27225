"""What all commands share: exit codes, options, finding the newsletter, and messages on the terminal."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click
from click.core import ParameterSource

from generator import clock

if TYPE_CHECKING:
    from generator.model.library import Library
    from generator.model.problems import Problem
    from generator.model.site import Site
    from generator.project import Project

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WRITING = "CITEWIRE_WRITING"
"""The variable by which a command knows the content folder in which one that started it is writing."""

SOUND, PROBLEMS, MISUSE, IO_FAILURE = 0, 1, 2, 3
INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 plus the number of the signal, as in shells."""

EXIT_CODES = """
\b
Exit codes:
  0  sound
  1  problems in the content
  2  wrong use, or a configuration that cannot be
  3  something could not be read or written
  130, 143  interrupted
"""


def _nearest(ctx: click.Context, param: click.Parameter, given: Path | None) -> Path:
    """The given configuration, or that of the newsletter around the current folder."""
    from generator.configuration import CONFIG, ConfigError, nearest

    try:
        return given or nearest(Path())
    except ConfigError as error:
        if ctx.resilient_parsing:  # a shell is completing words
            return Path(CONFIG)
        fail(str(error), MISUSE)


config_option = click.option(
    "-f",
    "--config",
    type=click.Path(path_type=Path),
    callback=_nearest,
    show_default="mkdocs.yml here, or in the nearest folder above",
    help="The newsletter's mkdocs.yml.",
)


def command(name: str | None = None) -> Callable[[Callable[..., Any]], click.Command]:
    """A command on a newsletter, whose configuration is its parameter `config`; the exit codes end its help."""

    def made(function: Callable[..., Any]) -> click.Command:
        return click.command(name, epilog=EXIT_CODES)(config_option(function))

    return made


dry_run_option = click.option("--dry-run", is_flag=True, help="Say which files would change, and change none.")

private_option = click.option("--allow-private", is_flag=True, help="Read hosts of your own network, too.")


def tell_file(path: Path, would: str = "") -> None:
    """Print a file that was changed; in a dry run with what would be done to it, such as `changed`."""
    from generator.files import name_here

    click.echo(f"{name_here(path)}{f' (would be {would})' if would else ''}")


def moment(text: str | datetime) -> datetime:
    """A time with its zone, as in stories; a type of options."""
    try:
        found = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"`{text}` is not a time. Write it as 2026-04-11T07:00:00-04:00.") from error
    if found.tzinfo is None:
        whole = found.isoformat()
        raise click.BadParameter(f"`{text}` names no time zone. Write it as {whole}-04:00, or as {whole}Z for UTC.")
    return found.replace(microsecond=0)


def _now(words: str) -> Callable[[Command], Command]:
    return click.option("--now", type=moment, metavar="TIME", default=clock.now, show_default="this moment", help=words)


now_option = _now("Look at the site at this time: what is published later is not out.")
today_option = _now("Take this for the present: times and days that are written follow from it.")


def by_clock() -> bool:
    """Whether the moment (`--now`) of the running command comes from the clock, not from the user."""
    source = click.get_current_context().get_parameter_source("now")
    return source is ParameterSource.DEFAULT and clock.VARIABLE not in os.environ


def project_of(config: Path) -> Project:
    """The newsletter of a configuration; ends the command with the reason if it is unusable."""
    from generator.configuration import ConfigError
    from generator.options import find

    with failing(ConfigError):
        return find(config)


@contextmanager
def writing(project: Project, does_write: bool = True) -> Iterator[None]:
    """While this context lasts, no other command writes into the content; waits for one that does, and says so.

    Whoever writes what follows from what was read does both in here: otherwise each of two commands would undo what the
    other has done. Nobody waits for a person or the network in here, and who only reads does not come here at all. A
    command that one in here has started (by a hook of the build that belongs to `publish`) does not wait for it.
    """
    from generator.files import alone_from_here

    folder, held = str(project.content.absolute()), os.environ.get(_WRITING)
    with ExitStack() as stack:
        if does_write and held != folder:
            with failing():
                stack.enter_context(alone_from_here(project.content, _say_waiting))
            os.environ[_WRITING] = folder
            stack.callback(_set_variable, _WRITING, held)
        yield


def _set_variable(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


def _say_waiting() -> None:
    remark("another command is writing into the content: waiting for its end")


def refuse_no_page(addresses: Iterable[str]) -> None:
    """End the command if something is not a web address, which is known without any request."""
    from generator.web.addresses import host_of
    from generator.web.errors import RefusedError

    for address in addresses:
        try:
            host_of(address)
        except RefusedError as error:
            fail(f"{error}; write it as https://example.org/page", MISUSE)


def sound_library(project: Project, undone: str) -> Library:
    """The checked content; if it has errors, ends the command, and `undone` says what was not done."""
    from generator.pipeline import judge

    with failing():
        library, problems = judge(project)
    if any(problem.is_error for problem in problems):
        show(problems)
        fail(f"{undone}: the content has errors", PROBLEMS)
    return library


def site_of(project: Project, undone: str, now: datetime | None = None) -> Site:
    """Return the linked site as readers see it at a moment, by default now; may end the command as `sound_library`."""
    from generator.link.site import link
    from generator.model.out import out

    library = out(sound_library(project, undone), now or clock.now())
    return link(library, project.site_url, project.outputs)


class Progress:
    """A progress bar on a terminal, nothing in a pipe. A context manager; called with numbers done and in total."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int, of: int) -> None:
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = click.progressbar(length=of, label=self._label, file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(*exception)


def from_here(problems: Sequence[Problem]) -> Sequence[Problem]:
    """Problems with file names relative to the current folder, so that a terminal can open them."""
    ctx = click.get_current_context(silent=True)
    config = ctx.params.get("config") if ctx else None
    if not isinstance(config, Path) or (config.parent == Path() and not config.is_symlink()):
        return problems
    folder = config.resolve().parent
    from msgspec.structs import replace

    from generator.files import name_here

    return [replace(p, file=name_here(folder / p.file)) for p in problems]


def show(problems: Sequence[Problem]) -> None:
    """Print problems, one per line with its hint, and their number."""
    for problem in from_here(problems):
        severity = click.style(problem.severity, fg="red" if problem.is_error else "yellow")
        plain = str(problem).removeprefix(f"{problem.place}: {problem.severity}")
        click.echo(f"{click.style(problem.place, bold=True)}: {severity}{plain}", err=True)
    if problems:
        click.echo(counted(problems), err=True)


def counted(problems: Collection[Problem]) -> str:
    """For example `1 error, 2 warnings`."""
    errors = sum(problem.is_error for problem in problems)
    return f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}"


def file_meant(project: Project, given: Path) -> str:
    """The end of a message about a missing file: the story or edition of this name, or one much like it, if any."""
    from generator.desk.files import like
    from generator.files import name_here

    found = like(project.content, str(given))
    return f"; did you mean {name_here(found)}?" if found else ""


def keep_all() -> None:
    """Disable garbage collection, since what a command reads lives until its end.

    Collecting took half of a build's time, and once more at the end a fifth of a build after an edit.
    """
    gc.disable()
    atexit.register(gc.freeze)


def say(text: str) -> None:
    """Print a message for a person; nothing in a pipe."""
    if sys.stdout.isatty():
        click.echo(text)


def remark(text: str) -> None:
    """Print a message beside what a command gives out."""
    click.echo(f"citewire: {text}", err=True)


def fail(text: str, code: int) -> NoReturn:
    """End the command with a message."""
    remark(text)
    sys.exit(code)


@contextmanager
def failing(*kinds: type[Exception], code: int = MISUSE) -> Iterator[None]:
    """While this context lasts, an error of one of these kinds ends the command with its message and the code.

    An `OSError` does so too, naming the file, with the code for input and output.
    """
    try:
        yield
    except kinds as error:
        fail(str(error), code)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)


@contextmanager
def needing(extra: str) -> Iterator[None]:
    """While this context lasts, a missing module ends the command with how to install the extra that has it."""
    try:
        yield
    except ModuleNotFoundError as error:
        from generator.extras import missing_words

        fail(missing_words(extra, error.name), MISUSE)


def without_words(language: str) -> Iterator[str]:
    """Notes if a newsletter's language has no messages for pages, or no words that rules look for."""
    from generator.check.language import language as judged
    from generator.words import has_words, languages

    if not has_words(language):
        known = ", ".join(languages())
        yield f"pages have no words in `{language}` (only in {known}), but English ones: write yours under `messages`"
    if judged(language) is None:
        yield f"rules know no turns of phrase in `{language}`: vague or overclaiming words are not looked for"


def taken_back(undone: str, kept: str = "no file is changed") -> Callable[[Sequence[Path]], None]:
    """A function that reports that files were restored and what was `undone`, or which could not be restored.

    `kept` says how the files stand then, if other ones were changed before.
    """

    def tell(lost: Sequence[Path]) -> None:
        from generator.files import name_here

        words = f"not as they were: {', '.join(map(name_here, lost))}" if lost else f"{undone}, and {kept}"
        remark(words)

    return tell


def os_words(error: OSError) -> str:
    """What the system refused, with the file: of a copy that finds no room the one that was written."""
    file = error.filename2 if error.filename2 and error.errno in _NO_ROOM else error.filename
    return f"{file}: {error.strerror}" if file else str(error)


def numbered(text: str, offered: Sequence[T], noun: str) -> list[T]:
    """The offered things with the given numbers, as in `1,3`. Ends the command if a number is not among them."""
    wanted = text.replace(",", " ").split()
    if strange := [word for word in wanted if not (word.isdecimal() and 1 <= int(word) <= len(offered))]:
        fail(f"there is no {noun} {strange[0]}: {len(offered)} are offered", MISUSE)
    return [offered[int(word) - 1] for word in wanted]


def asked_numbers(question: str) -> str:
    """Ask the person at the terminal to choose by numbers."""
    return str(click.prompt(f"{question} (as 1,3)", default="", show_default=False, err=True))


def tell_publisher(id_: str, entry: Mapping[str, Any], *, is_written: bool = True) -> None:
    """Ask for a look at a new publisher, whose name and kind were guessed."""
    from generator.texts.characters import one_line

    told = ", ".join(f"{name} {one_line(str(value))}" for name, value in entry.items())
    is_new = "new" if is_written else "would be new"
    remark(f"{is_new} in publishers.yml, please look at it: {id_} ({told})")


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 error`, `2 errors`, `3 stories`."""
    if number != 1:
        noun = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun}"
