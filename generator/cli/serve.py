"""`citewire serve`: show the site while it is being written."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

import click

from generator.cli.console import command, failing, moment, project_of

_PORTS = 65535


def _place(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """Validate where to listen: `localhost` or an IP address, and a port."""
    if text is None:
        return None
    host, _, port = text.rpartition(":")
    try:
        if host != "localhost":
            ip_address(host)
        if port.isascii() and port.isdecimal() and int(port) <= _PORTS:
            return text
    except ValueError:
        pass
    raise click.BadParameter(f"`{text}` is no place to listen: write it as 127.0.0.1:8000")


@command()
@click.option(
    "-a", "--address", metavar="HOST:PORT", callback=_place, help="Where to listen. [default: 127.0.0.1:8000]"
)
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@click.option("--desk", is_flag=True, help="With the web desk at desk/, for this machine.")
@click.option(
    "--now", type=moment, metavar="TIME", help="The time at which the site is looked at. [default: that of each build]"
)
def serve(config: Path, address: str | None, open_browser: bool, desk: bool, now: datetime | None) -> None:
    """Show the site while you write; it is built again whenever you save.

    Drafts and what is published later are shown too, and marked. Problems in the content stand in the browser, over the
    last sound page. Ctrl-C ends it, which is exit code 0.

    \b
    Example:
      citewire serve --open
    """
    project_of(config)
    from generator.host.command import HostError
    from generator.host.command import serve as host_serve

    with failing(HostError):
        host_serve(config, address, open_browser, now, desk=desk)
