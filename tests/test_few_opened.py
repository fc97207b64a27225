"""A command of the desk opens the few stories that it is about, however many the archive has."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from msgspec import Struct

from generator.cli import main
from generator.evidence import store
from generator.load import kept
from generator.load.kept_stories import KeptRows
from generator.mail import edition
from generator.mail.bodies import bodies_of
from generator.model.content import Story
from tests.make import NOON
from tests.test_incremental import RULES, State, beginning, write

CONFIG = {
    "site_name": "The Footnote",
    "site_url": "https://footnote.example/",
    "docs_dir": "content/pages",
    "theme": {"name": "material"},
    "plugins": [
        {
            "citewire": {
                "rules": RULES,
                "mail": {
                    "sender": "The desk <desk@footnote.example>",
                    "postal_address": "1 Road",
                    "unsubscribe": "https://footnote.example/leave?token={token}",
                },
            }
        }
    ],
}


class Opened(Struct):
    """What was asked for of an archive that was read before."""

    stories: set[str]
    """Those that were decoded."""
    files: set[str]
    """The names of files of stories and editions that were read."""


def run(*words: str) -> str:
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def written(state: State, folder: Path) -> None:
    (folder / "content/pages").mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(CONFIG))
    write(state, folder)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of 36 stories that a check has read."""
    monkeypatch.setattr(kept, "YOUNG", 0)
    monkeypatch.chdir(tmp_path)
    state = beginning()
    state["stories"]["story-21"]["updates"] = "story-20"
    written(state, tmp_path)
    run("check")
    return tmp_path


@pytest.fixture
def opened(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What the test's commands open from now on."""
    found = Opened(set(), set())
    story, whole, data = KeptRows.story, KeptRows.all, Path.read_bytes

    def one(rows: KeptRows, number: int) -> Story:
        found.stories.add(rows.columns.slugs[number])
        return story(rows, number)

    def every(rows: KeptRows) -> Any:
        found.stories.update(rows.columns.slugs)
        return whole(rows)

    def read(path: Path) -> bytes:
        if path.parent.name in ("stories", "editions"):
            found.files.add(path.stem)
        return data(path)

    monkeypatch.setattr(KeptRows, "story", one)
    monkeypatch.setattr(KeptRows, "all", every)
    monkeypatch.setattr(Path, "read_bytes", read)
    return found


def names(*numbers: int) -> set[str]:
    return {f"story-{number}" for number in numbers}


def test_the_sources_of_a_story_are_exported_without_a_look_at_the_others(opened: Opened):
    assert "https://a.example/20" in run("export", "story-20", "--as", "csl")
    beside, threads = names(19, 25), names(20, 21)
    assert opened == Opened(beside | threads, set())


def test_the_mail_of_an_edition_is_made_of_its_own_stories(opened: Opened):
    assert "Story 32" in run("mail", "2026-04-14", "-o", "-")
    beside, threads, corrected = names(30), names(20, 21), names(0)
    assert opened == Opened(names(32, 33, 34, 35) | beside | threads | corrected, set())


def test_a_mail_that_is_written_into_a_file_is_made_once_and_asks_for_nothing_of_the_network(
    opened: Opened, monkeypatch
):
    made: list[str] = []
    monkeypatch.setattr(edition, "bodies_of", lambda *given: (made.append(given[-1]), bodies_of(*given))[1])
    monkeypatch.delitem(sys.modules, "generator.cli.posting", raising=False)
    run("mail", "2026-04-14", "-o", "-")
    assert made == ["https://footnote.example/leave?token=preview"]
    assert "generator.cli.posting" not in sys.modules


def test_names_that_were_found_before_are_not_looked_for_again(opened: Opened):
    first = run("entities")
    opened.stories.clear()
    assert run("entities") == first
    assert opened == Opened(set(), set())


def test_of_snapshots_only_those_are_read_that_nobody_has_found_sound(archive: Path, monkeypatch: pytest.MonkeyPatch):
    content = archive / "content"
    for id_ in "ab":
        store.save(content, store.snapshot(f"https://{id_}.example/20", NOON, "http 200 text/html", "What it says."))
    read: list[str] = []
    load = store.load
    monkeypatch.setattr(store, "load", lambda content, url: (read.append(url), load(content, url))[1])
    first = run("evidence", "--dry-run")
    assert (len(first.splitlines()), sorted(read)) == (70, ["https://a.example/20", "https://b.example/20"])
    read.clear()
    assert run("evidence", "--dry-run") == first
    assert read == []
    store.path_of(content, "https://a.example/20").write_bytes(b"rubbish")
    assert "would read  https://a.example/20" in run("evidence", "--dry-run")
    assert read == ["https://a.example/20"]


def test_a_withdrawal_reads_editions_and_the_stories_that_follow_the_one_that_goes(opened: Opened):
    said = run("withdraw", "story-20", "--reason", "It was not so.", "--dry-run")
    assert "content/stories/story-21.yml (would be changed)" in said
    assert {name for name in opened.files if name.startswith("story")} == names(20, 21)
    assert opened.stories == names(20, 21)
