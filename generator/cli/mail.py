"""`citewire mail`: make the mail of an edition, and write it, send it, or hand it to a service."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import clock
from generator.cli import completion
from generator.cli.console import (
    MISUSE,
    PROBLEMS,
    command,
    fail,
    failing,
    needing,
    project_of,
    remark,
    say,
    sound_library,
)

if TYPE_CHECKING:
    from generator.mail.addresses import Mailbox
    from generator.mail.edition import EditionMail
    from generator.mail.settings import MailSettings
    from generator.project import Project

SERVICES = ("buttondown", "listmonk")


@command()
@click.argument("edition", shell_complete=completion.editions)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The file to write, - for a pipe. [default: EDITION.eml]"
)
@click.option("--send", is_flag=True, help="Send it, to the subscribers' file or where --to says.")
@click.option("--to", metavar="WHERE", help="An address for a proof, or a service: buttondown, listmonk.")
@click.option("--subscribers", type=click.Path(path_type=Path), help="The CSV file, instead of that of mkdocs.yml.")
@click.option("--dry-run", is_flag=True, help="With --send: say who would get it, and talk to nobody.")
@click.option("--resend-in-doubt", is_flag=True, help="Also to those of whom nobody knows whether they have it.")
@click.option("--resend-refused", is_flag=True, help="Also to those whose server refused it, once you know why.")
def mail(
    config: Path,
    edition: str,
    output: Path | None,
    send: bool,
    to: str | None,
    subscribers: Path | None,
    dry_run: bool,
    resend_in_doubt: bool,
    resend_refused: bool,
) -> None:
    """Make the mail of an edition; send it, or hand it to a service.

    Without --send and --to the mail is written into a file, and nothing leaves this machine. A service gets a draft,
    which --send lets go out at once.

    \b
    Example:
      citewire mail 2026-04-11
      citewire mail 2026-04-11 --send --to desk@example.org
      citewire mail 2026-04-11 --send --dry-run
      citewire mail 2026-04-11 --send
      citewire mail 2026-04-11 --to buttondown
    """
    from generator.desk.files import slug_in

    edition = slug_in(edition)
    _refuse_misuse(send, to, output, dry_run, resend_in_doubt or resend_refused, subscribers)
    project = project_of(config)
    made = _made(project, edition)
    if send and not (to and to not in SERVICES):
        _refuse_early(made)
    if not send and to not in SERVICES:
        _write(made, output or Path(f"{edition}.eml"))
        return
    from generator.cli.posting import Post, hand_over

    if to in SERVICES:
        hand_over(made, to, send)
    else:
        post = Post(made, _readers(project, made.settings, to, subscribers), project.root)
        post.plan() if dry_run else post.proof() if to else post.everybody(resend_in_doubt, resend_refused)


def _refuse_misuse(
    send: bool, to: str | None, output: Path | None, dry_run: bool, resend: bool, subscribers: Path | None
) -> None:
    """End the command for options that contradict each other, or that need another one."""
    service = to in SERVICES
    if to and not service and "@" not in to:
        fail(f"--to takes an address or a service ({', '.join(SERVICES)}), not `{to}`", MISUSE)
    if to and not service and not send:
        fail(f"to mail a proof to {to}, say --send as well", MISUSE)
    if output and (send or to):
        fail("-o writes a file and sends nothing: leave it out, or leave out --send and --to", MISUSE)
    if dry_run and (not send or service):
        fail("--dry-run goes with --send over SMTP; without --send nothing is sent: the mail is written", MISUSE)
    if (resend or subscribers) and (not send or to):
        fail("--subscribers, --resend-in-doubt and --resend-refused go with --send, and not with --to", MISUSE)


def _made(project: Project, slug: str) -> EditionMail:
    """The edition's mail; ends the command with the reason if there is none."""
    from generator.link.site import link
    from generator.settings import SettingsError

    library = sound_library(project, "there is no mail")
    site = link(library, project.site_url, project.outputs)
    with needing("mail"), failing(SettingsError):
        from generator.mail.edition import edition_mail
        from generator.mail.settings import mail_settings

        settings = mail_settings(project.settings.get("mail", {}), site.newsletter)
        made = edition_mail(site, slug, settings, project.templates)
    if gone := library.withdrawn.get(f"editions/{slug}"):
        fail(f"the edition {slug} was withdrawn on {gone.withdrawn_on}: {gone.why}", MISUSE)
    if made is None:
        newest = ", ".join(page.edition.slug for page in site.editions[:3]) or "none"
        fail(f"there is no edition {slug}; the newest are: {newest}", MISUSE)
    _weigh(made)
    return made


def _refuse_early(made: EditionMail) -> None:
    """Refuse to mail an unpublished edition to anybody but the desk: its links would lead nowhere."""
    from generator.model.out import is_out

    if not is_out(made.page.edition, clock.now()):
        slug = made.page.edition.slug
        fail(f"{slug} is not out yet: `citewire publish {slug}` brings it out; --to ADDRESS mails a proof", MISUSE)


def _weigh(made: EditionMail) -> None:
    """Say what to cut from a large mail, and refuse one that would arrive without its end."""
    from generator.mail.size import advice, weigh

    weight = weigh(made.bodies.html)
    if weight.fails:
        fail(advice(weight), PROBLEMS)
    if weight.warns:
        remark(f"warning: {advice(weight)}")


def _write(made: EditionMail, file: Path) -> None:
    data = made.preview()
    if str(file) == "-":
        sys.stdout.buffer.write(data)
        return
    from generator.files import write_whole

    with failing():
        write_whole(file, data)
    say(f"Wrote {file}, {-(-len(data) // 1000)} KB.")


def _readers(project: Project, settings: MailSettings, to: str | None, file: Path | None) -> tuple[Mailbox, ...]:
    """Who gets the mail: one address, or everybody in the subscribers' file."""
    from generator.files import name_here
    from generator.mail.addresses import Mailbox, address_fault
    from generator.mail.subscribers import SubscribersError, read

    if to:
        if fault := address_fault(to):
            fail(f"no mail can go to {to}: {fault}", MISUSE)
        return (Mailbox(to),)
    if file is None and settings.subscribers is None:
        fail("to whom? Say --to ADDRESS or --subscribers FILE, or set `subscribers` under `mail` in mkdocs.yml", MISUSE)
    with failing(SubscribersError):
        return read(file or Path(name_here(project.root / str(settings.subscribers))))
