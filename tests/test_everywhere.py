"""What an edition says stands wherever it is read: on its page, in feeds, mail, twin and data, in the book."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from generator.export.archive import write_archive
from generator.export.epub import epub
from generator.mail.bodies import Bodies
from generator.mail.edition import edition_mail
from generator.mail.settings import mail_settings
from generator.model.content import Correction, Dispute, Focus, PartText, Point, Question, Version
from generator.model.site import Site
from generator.typeset.templates import templates
from tests import make

CORRECTED = make.NOON + timedelta(days=1)
STORY = make.story(
    "told",
    make.source("first", title="wordtitle", passages=("wordpassage",)),
    make.source("second"),
    dek="worddek",
    body="wordbody [@first]",
    parts=(
        PartText("summary", ("wordpart [@second]",)),
        PartText("key-takeaways", ("wordlist [@first]",), is_list=True),
    ),
    disputed=(Dispute("wordpoint", (Version("wordone", ("first",)), Version("wordother", ("second",))), "wordnote"),),
    updated=CORRECTED,
    corrections=(Correction(CORRECTED, "wordwas", "wordnow"),),
)
EDITION = make.edition(
    "2026-04-11",
    "told",
    one_line="wordline",
    focus=(Focus("wordlead", "wordchanged [@told/first]", "wordmatters [@told/second]", "wordwatch [@told/first]"),),
    takeaways=(Point("wordtakeaway", "wordmeans [@told/first]"),),
    actions=(Point("wordaction", "worddo [@told/first]"),),
    quiz=(Question("wordasked", ("wordright", "wordwrong"), "wordright", "wordexplained [@told/second]"),),
    updated=CORRECTED,
    corrections=(Correction(CORRECTED, "wordwaswrong", "wordisright"),),
)
WORDS = re.compile(r"word[a-z]+")
MAIL = {
    "sender": "The Footnote <desk@footnote.example>",
    "postal_address": "1 Example Street",
    "unsubscribe": "https://footnote.example/leave?token={token}",
}


@cache
def newsletter() -> Site:
    return make.site(STORY, EDITION)


def file(path: str) -> str:
    return dict(make.files(newsletter()))[path]().decode()


@cache
def mail() -> Bodies:
    found = edition_mail(newsletter(), "2026-04-11", mail_settings(MAIL, newsletter().newsletter), None)
    assert found is not None
    return found.bodies


def book() -> str:
    site = newsletter()
    data = epub(templates(site), site.editions, Path("no-images"))
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return "".join(held.read(name).decode() for name in held.namelist() if name.endswith(".xhtml"))


def database(folder: Path) -> str:
    write_archive(newsletter(), folder / "archive.sqlite")
    with closing(sqlite3.connect(folder / "archive.sqlite")) as made:
        return "\n".join(made.iterdump())


EVERYWHERE: dict[str, Callable[[], str]] = {
    "page": lambda: file("editions/2026-04-11/index.html"),
    "RSS": lambda: file("feeds/editions.rss.xml"),
    "Atom": lambda: file("feeds/editions.atom.xml"),
    "JSON Feed": lambda: file("feeds/editions.json"),
    "twin": lambda: file("editions/2026-04-11/index.md"),
    "mail": lambda: mail().html,
    "mail as text": lambda: mail().text,
    "book": book,
}
ALL = set(WORDS.findall(f"{STORY} {EDITION}"))


@pytest.mark.parametrize("where", EVERYWHERE)
def test_an_edition_is_read_whole(where: str):
    assert ALL - set(WORDS.findall(EVERYWHERE[where]())) == set()


def test_the_data_of_an_edition_and_its_stories_are_whole():
    found = file("api/editions/2026-04-11.json") + file("api/stories/told.json")
    assert ALL - set(WORDS.findall(found)) == set()


def test_the_database_is_whole(tmp_path: Path):
    assert ALL - set(WORDS.findall(database(tmp_path))) == set()
