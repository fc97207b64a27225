"""Programs with which people read feeds, subscribed to a served site: each item once, a correction as an update."""

from __future__ import annotations

import email
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.policy import default
from pathlib import Path

import feedparser
import pytest
from msgspec.structs import replace

from generator.model.content import Correction
from tests import smtp_server
from tests.folders import answers
from tests.make import NOON, edition, site, story
from tests.newsstand import Newsstand, opened
from tests.test_feeds import all_feeds

WRONG, RIGHT = "Meta commits $21 billion.", "Meta commits $12 billion."
FIRST = [story("one", body=f"{WRONG} [@hubkub]"), edition("2026-04-11", "one")]
NEW = [
    story("two", published=NOON + timedelta(days=1)),
    edition("2026-04-12", "two", published=NOON + timedelta(days=1)),
]
LATER = NOON + timedelta(days=2)
MENDED = replace(
    FIRST[0], body=f"{RIGHT} [@hubkub]", updated=LATER, corrections=(Correction(LATER, WRONG, RIGHT, "In the text"),)
)


def published(stand: Newsstand, *items: object) -> None:
    stand.publish(all_feeds(site(*items, base=stand.base)))


@dataclass
class Subscriber:
    """What a program holds of a feed after each poll."""

    name: str
    poll: Callable[[], None]
    held: Callable[[], dict[str, str]]
    """The items by title, with their text as the program has it now."""
    count: Callable[[], int]
    """Items that it holds, or mails that it sent."""
    first_polls: int = 1
    """Polls until it asks with what it was told."""


def with_feedparser(url: str, folder: Path) -> Iterator[Subscriber]:
    seen: dict[str, tuple[str, str]] = {}
    told: dict[str, str] = {}

    def poll() -> None:
        found = feedparser.parse(url, **told)
        assert not found.bozo
        told.update({name: found[name] for name in ("etag", "modified") if name in found})
        seen.update({entry.id: (entry.title, entry.content[0].value) for entry in found.entries})

    yield Subscriber("feedparser", poll, lambda: dict(seen.values()), lambda: len(seen))


def with_reader(url: str, folder: Path) -> Iterator[Subscriber]:
    make_reader = pytest.importorskip("reader", reason="no reader: pip install reader sgmllib3k").make_reader
    with make_reader(str(folder / "reader.sqlite")) as reader:
        reader.add_feed(url)

        def poll() -> None:
            (result,) = reader.update_feeds_iter(scheduled=False)
            assert not isinstance(result.value, Exception), result.value

        def held() -> dict[str, str]:
            return {entry.title: entry.get_content().value for entry in reader.get_entries()}

        yield Subscriber("reader", poll, held, lambda: sum(1 for _ in reader.get_entries()))


def needs(program: str, package: str) -> str:
    if not shutil.which(program):
        pytest.skip(f"no {program} (on Debian: apt install {package})")
    return program


def alone(folder: Path) -> dict[str, str]:
    """The environment of a program that knows no folder but its own."""
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(folder))
    return {"PATH": os.environ["PATH"], "TERM": "dumb", "LC_ALL": "C.UTF-8", **homes}


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, env=alone(folder), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def with_newsboat(url: str, folder: Path) -> Iterator[Subscriber]:
    """It keeps what a server says for the next time from its second poll on."""
    program, cache = needs("newsboat", "newsboat"), folder / "cache.db"
    (folder / "urls").write_text(f"{url}\n")
    (folder / "config").write_text("auto-reload no\nreload-threads 1\n")
    options = ["-C", folder / "config", "-u", folder / "urls", "-c", cache, "-x", "reload"]

    def rows() -> list[tuple[str, str]]:
        return answers(cache, "SELECT title, content FROM rss_item")

    poll = lambda: run([program, *map(str, options)], folder)  # noqa: E731
    yield Subscriber("newsboat", poll, lambda: dict(rows()), lambda: len(rows()), first_polls=2)


def with_rss2email(url: str, folder: Path) -> Iterator[Subscriber]:
    """It sends a mail for each item, and for each change of one when it is asked to."""
    program = needs("r2e", "rss2email")
    with smtp_server.serving() as server:
        (folder / "r2e.cfg").write_text(
            "[DEFAULT]\nfrom = desk@example.org\nto = reader@example.net\nforce-from = True\nemail-protocol = smtp\n"
            f"smtp-server = 127.0.0.1:{server.port}\nsmtp-auth = False\nhtml-mail = True\nreply-changes = True\n"
        )
        files = ["-c", str(folder / "r2e.cfg"), "-d", str(folder / "r2e.json")]
        run([program, *files, "add", "sub", url], folder)

        def mails() -> list[tuple[str, str]]:
            got = [email.message_from_bytes(data, policy=default) for _, data in server.got]
            return [(str(mail["Subject"]), mail.get_body().get_content()) for mail in got]

        poll = lambda: run([program, *files, "run"], folder)  # noqa: E731
        yield Subscriber("rss2email", poll, lambda: dict(mails()), lambda: len(mails()))


PROGRAMS = {
    "feedparser": with_feedparser,
    "reader": with_reader,
    "newsboat": with_newsboat,
    "rss2email": with_rss2email,
}
SENDS_EACH_CHANGE = {"rss2email"}


@contextmanager
def subscribed(program: str, url: str, folder: Path) -> Iterator[Subscriber]:
    yield from PROGRAMS[program](url, folder)


@pytest.mark.parametrize("suffix", ["rss.xml", "atom.xml"])
@pytest.mark.parametrize("name", ["stories", "editions", "sections/big-tech"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_item_comes_once_and_a_correction_comes_as_an_update(program: str, name: str, suffix: str, tmp_path: Path):
    path = f"feeds/{name}.{suffix}"
    with opened() as stand:
        published(stand, *FIRST)
        with subscribed(program, f"{stand.base}{path}", tmp_path) as reader:
            for _ in range(reader.first_polls):
                reader.poll()
            assert reader.count() == 1
            assert stand.answered(path)[0] == 200

            reader.poll()
            assert reader.count() == 1
            assert stand.answered(path) == [304]

            published(stand, *FIRST, *NEW)
            reader.poll()
            assert reader.count() == 2
            assert stand.answered(path) == [200]

            published(stand, MENDED, FIRST[1], *NEW)
            reader.poll()
            assert reader.count() == (3 if program in SENDS_EACH_CHANGE else 2)
            text = next(text for title, text in reader.held().items() if title.endswith(("one", "04-11")))
            corrected = re.sub(r"<[^>]+>", "", text)
            assert RIGHT in corrected
            assert WRONG in corrected.partition("Corrections")[2]
