"""The command `citewire`. A command's module is only imported when it runs, so that help is instant."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from types import FrameType
from typing import Any

import click

from generator import __version__, clock
from generator.cli.console import EXIT_CODES, IO_FAILURE, fail, failing
from generator.memory import want_of_memory
from generator.texts.slips import likely

COMMANDS = {
    "init": "Begin a newsletter in a new FOLDER: configuration, a welcome edition, workflows.",
    "new": "Begin a story or an edition: the right file, filled with what is known.",
    "cite": "Read a page and cite it: title, publisher, author, day, and the words that are the evidence.",
    "draft": "Read pages, put together those that tell the same event, and write a draft of a story for each.",
    "import": "Bring an archive over: a feed, Markdown files, or an export of Ghost, Substack or Buttondown.",
    "check": "Say what is wrong in the content, with file, line and column.",
    "serve": "Show the site while you write; it is built again whenever you save.",
    "publish": "Bring an edition out: check it strictly, stamp it, build the site, say what is new.",
    "build": "Check the content and publish the site.",
    "announce": "Tell hubs which feeds have changed, and post new editions or stories to channels.",
    "mail": "Make the mail of an edition; send it, or hand it to a service.",
    "sign": "Write down what published stories and editions say, so that no change goes unsaid.",
    "evidence": "Read the sources and keep what they say.",
    "links": "Look whether the sources are still there, and still say it.",
    "comments": "Ask the comment server how many comments the editions have.",
    "export": "Write sources for reference managers, an edition as a book, the archive as a database.",
    "rename": "Give a story or an edition another name, without breaking a link.",
    "withdraw": "Take a published story or edition back: its address says so, and why.",
    "entities": "Show names in the texts that recur and that no entity has; merge two entities.",
    "schema": "Write the JSON Schemas by which an editor completes fields and ids.",
    "doctor": "Look at the installation: versions, configuration, extras, what is slow, what is missing.",
}
"""Each command with its first line of help, in the order in which an editor meets them. The function is in the module
of the same name."""

CALLED = {
    **dict.fromkeys(("help", "usage"), "--help"),
    "version": "--version",
    **dict.fromkeys(("lint", "validate", "verify", "test", "fix", "status"), "check"),
    **dict.fromkeys(("preview", "dev", "watch", "start", "run", "server"), "serve"),
    **dict.fromkeys(("add", "create", "begin", "story", "edition", "write"), "new"),
    **dict.fromkeys(("delete", "remove", "rm", "retract", "unpublish"), "withdraw"),
    **dict.fromkeys(("move", "mv"), "rename"),
    **dict.fromkeys(("send", "email"), "mail"),
    **dict.fromkeys(("post", "notify", "ping"), "announce"),
    **dict.fromkeys(("release", "issue"), "publish"),
    **dict.fromkeys(("source", "add-source"), "cite"),
    **dict.fromkeys(("make", "generate"), "build"),
    **dict.fromkeys(("merge", "names"), "entities"),
}
"""Names of commands in other programs, and what to write here."""


class _Commands(click.Group):
    """A group that knows its commands' names and first lines without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = getattr(import_module(f"generator.cli.{name}"), name)
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of a name. An unknown name ends the program, suggesting the one that was likely meant."""
        strange = args[0] if args and args[0] not in COMMANDS else ""
        if close := CALLED.get(strange.lower()) or likely(strange, COMMANDS):
            ctx.fail(f"No such command '{strange}'. Did you mean '{close}'?")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run as any group, with an exit code of its own for an interruption, as Click's would mean problems."""
        try:
            return super().main(*args, **kwargs)
        except SystemExit as end:
            abort = end.__context__
            if isinstance(abort, click.Abort) and isinstance(abort.__cause__, KeyboardInterrupt):
                raise SystemExit(128 + signal.SIGINT) from end
            raise
        except (MemoryError, SystemError, ImportError, OSError) as error:
            if not (said := want_of_memory(error)):
                raise
            fail(said, IO_FAILURE)
        except RuntimeError as error:  # Python 3.11 wraps what is raised while a class is made, so in an import
            if isinstance(error.__cause__, SystemExit):
                raise error.__cause__ from None
            if isinstance(error.__cause__, KeyboardInterrupt):
                raise SystemExit(128 + signal.SIGINT) from None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _show_completion(ctx: click.Context, param: click.Parameter, shell: str | None) -> None:
    if shell is None:
        return
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - it is one of the choices
    click.echo(kind(ctx.command, {}, "citewire", "_CITEWIRE_COMPLETE").source())
    ctx.exit()


@click.group(
    cls=_Commands,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="citewire")
@click.option(
    "--completion",
    type=click.Choice(["bash", "zsh", "fish"]),
    callback=_show_completion,
    expose_value=False,
    is_eager=True,
    help="Print what lets this shell complete commands, options and names.",
)
def main() -> None:
    """A newsletter in which every claim shows its source.

    Stories and editions are YAML files in content/; citewire checks them and turns them into a website and feeds.
    """
    if os.environ.get("NO_COLOR"):  # https://no-color.org/
        click.get_current_context().color = False
    with suppress(ValueError):  # called in a thread
        signal.signal(signal.SIGTERM, _end)
    with failing(ValueError):
        clock.now()


def _end(number: int, frame: FrameType | None) -> None:
    """Exit in an orderly way on SIGTERM, which a system shutdown or a cancelled job sends before it kills.

    It may come twice (`timeout` sends it to the command and to its group); the second must not interrupt tidying up.
    """
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)
