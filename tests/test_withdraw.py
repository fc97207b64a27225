"""Taking a story back by one command: nothing names it any more, readers are told, and a slip changes nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from generator.cli.console import MISUSE, PROBLEMS, SOUND
from tests.folders import citewire_here as citewire
from tests.folders import tree
from tests.test_cases import laid_over
from tests.test_desk import STORY, killed, needs_a_signal
from tests.test_rename import problems

EDITION = "content/editions/2026-04-09.yml"
WHY = "The order on which it rested was forged: all of it."
NOW = ("--now", "2026-04-10T06:50:00-04:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two editions of two stories each: `other` is the one that nothing but lists and a later story name."""
    root = laid_over("_sound", tmp_path)
    told = (root / STORY).read_text()
    other = told.replace("2026-04-09T18:00", "2026-04-09T18:30") + "aliases: [old/other]\n"
    other += "renamed_from: first-name\n"
    (root / "content/stories/2026/other.yml").write_text(other)
    later = told.replace("2026-04-09T18:00", "2026-04-09T18:40") + "updates: other  # the first\n"
    (root / "content/stories/2026/later.yml").write_text(later)
    edition = root / EDITION
    text = edition.read_text().replace("[meta-coreweave]", "[meta-coreweave, other, later] # three")
    edition.write_text(text)
    assert problems(root) == []
    return root


def withdraw(root: Path, *words: str):
    return citewire(root, "withdraw", *words, *NOW)


def record(root: Path) -> dict:
    return yaml.safe_load((root / "content/withdrawn.yml").read_text())


def ids(root: Path) -> list[str]:
    return [item["id"] for item in json.loads((root / "site/feeds/stories.json").read_text())["items"]]


def test_a_story_is_taken_back_and_the_site_says_so(root: Path):
    assert citewire(root, "build").returncode == SOUND
    assert any(id_.endswith("stories/first-name") for id_ in ids(root))
    done = withdraw(root, "other", "--reason", WHY)
    assert (done.returncode, done.stdout.splitlines()) == (
        SOUND,
        [
            "content/stories/2026/other.yml (deleted)",
            "content/withdrawn.yml",
            "content/stories/2026/later.yml",
            EDITION,
        ],
    )
    assert "stories: [meta-coreweave, later] # three\n" in (root / EDITION).read_text()
    assert "updated: 2026-04-10T06:50:00-04:00\n" in (root / EDITION).read_text()
    assert "updates" not in (root / "content/stories/2026/later.yml").read_text()
    assert citewire(root, "check").returncode == SOUND
    assert citewire(root, "build").returncode == SOUND
    assert WHY in (root / "site/stories/other/index.html").read_text()
    assert "stories/other/" in (root / "site/stories/first-name/index.html").read_text()
    assert WHY in (root / "site/corrections/index.html").read_text()
    assert not any(id_.endswith("stories/first-name") for id_ in ids(root))
    assert "2026-04-10T06:50:00-04:00" in (root / "site/feeds/stories.atom.xml").read_text()


def test_the_record_has_all_by_which_others_knew_the_story(root: Path):
    withdraw(root, "other", "--reason", f"  {WHY}\n")
    told = record(root)["other"]
    assert (told["why"], told["renamed_from"], told["aliases"]) == (WHY, "first-name", ["old/other"])
    assert told["title"]
    assert told["published"].isoformat() == "2026-04-09T18:30:00-04:00"
    assert {"editions/2026-04-09", "sections/big-tech"} <= set(told["was_in"])
    assert any(place.startswith("publishers/") for place in told["was_in"])


def test_the_record_names_no_publisher_whose_page_did_not_show_the_story(root: Path):
    """Of a report that is only relayed no page lists the story, so that publisher's feed did not lose it."""
    other = root / "content/stories/2026/other.yml"
    other.write_text(other.read_text().replace("    publisher: krasa\n", "    publisher: krasa\n    relays: wire\n"))
    with (root / "content/publishers.yml").open("a") as file:
        file.write("\nwire: {name: The Wire, domain: wire.example, kind: wire}\n")
    withdraw(root, "other", "--reason", WHY)
    places = {place for place in record(root)["other"]["was_in"] if place.startswith("publishers/")}
    assert places == {"publishers/hubkub", "publishers/krasa"}


def test_a_headline_that_must_go_as_well_is_not_in_the_record(root: Path):
    withdraw(root, "other", "--reason", WHY, "--without-title")
    assert "title" not in record(root)["other"]


def test_a_story_that_updated_it_updates_what_it_updated(root: Path):
    other = root / "content/stories/2026/other.yml"
    other.write_text(other.read_text() + "updates: meta-coreweave\n")
    withdraw(root, "other", "--reason", WHY)
    assert "updates: meta-coreweave  # the first\n" in (root / "content/stories/2026/later.yml").read_text()
    assert problems(root) == []


CHANGES = ["change: More of it.  # new\n", "change: >\n  More\n\n  of it.\n", 'change: "More\n  of it."\n']


def changed(root: Path, change: str) -> Path:
    """The later story with a `change` in its middle."""
    later = root / "content/stories/2026/later.yml"
    later.write_text(later.read_text().replace("dek:", f"{change}dek:", 1))
    assert problems(root) == []
    return later


@pytest.mark.parametrize("change", CHANGES)
def test_a_story_that_updates_none_any_more_does_not_say_what_is_new_in_it(root: Path, change: str):
    before = changed(root, "").read_text()
    later = changed(root, change)
    assert citewire(root, "sign").returncode == SOUND
    dry = withdraw(root, "other", "--reason", WHY, "--dry-run")
    assert "later.yml would lose `change` with `updates`" in dry.stderr
    done = withdraw(root, "other", "--reason", WHY)
    assert done.returncode == SOUND, done.stderr
    told = "content/stories/2026/later.yml loses `change` with `updates`: no earlier story is left for it"
    assert f"citewire: {told}\n" in done.stderr
    assert later.read_text() == before.replace("updates: other  # the first\n", "")
    assert problems(root) == []


def test_a_story_that_updates_an_earlier_one_now_still_says_what_is_new_in_it(root: Path):
    later = changed(root, CHANGES[0])
    other = root / "content/stories/2026/other.yml"
    other.write_text(other.read_text() + "updates: meta-coreweave\n")
    done = withdraw(root, "other", "--reason", WHY)
    assert (done.returncode, "change" in done.stderr) == (SOUND, False), done.stderr
    assert CHANGES[0] in later.read_text()
    assert problems(root) == []


def quoted(text: str) -> str:
    return re.sub(r"(?m)^([a-z_]+):", r'"\1":', text)


@pytest.mark.parametrize("name", ["other", "2026-04-09"])
def test_a_file_with_keys_in_quotation_marks_is_known_to_be_published(root: Path, name: str):
    """So has each file that a program wrote as JSON."""
    for file in (root / "content/stories/2026/other.yml", root / EDITION):
        if file.stem == name:
            file.write_text(quoted(file.read_text()))
    assert problems(root) == []
    done = withdraw(root, name, "--reason", WHY)
    assert done.returncode == SOUND, done.stderr
    assert [told["why"] for told in record(root).values()] == [WHY]
    assert problems(root) == []


def test_an_edition_is_taken_back_and_its_stories_stay(root: Path):
    done = withdraw(root, "2026-04-09", "--reason", WHY)
    assert done.returncode == SOUND, done.stderr
    assert record(root)["editions/2026-04-09"]["why"] == WHY
    assert (root / STORY).exists()
    assert citewire(root, "build").returncode == SOUND
    assert WHY in (root / "site/editions/2026-04-09/index.html").read_text()


def test_what_is_signed_may_be_taken_back(root: Path):
    assert citewire(root, "sign").returncode == SOUND
    assert withdraw(root, "other", "--reason", WHY).returncode == SOUND
    assert citewire(root, "check").returncode == SOUND


def test_what_stood_again_may_be_taken_back_again(root: Path):
    kept = root / "content/withdrawn.yml"
    old = (
        "other:\n  published: 2026-04-09\n  withdrawn: 2026-04-09\n  why: So.\n  restored: 2026-04-09T20:00:00-04:00\n"
    )
    kept.write_text(f"# Ours.\nelse:\n  published: 2026-01-01\n  withdrawn: 2026-01-02  # late\n  why: No.\n{old}")
    assert withdraw(root, "other", "--reason", WHY).returncode == SOUND
    assert kept.read_text().startswith("# Ours.\nelse:\n  published: 2026-01-01\n  withdrawn: 2026-01-02  # late\n")
    assert (record(root)["other"]["why"], "restored" in record(root)["other"]) == (WHY, False)
    assert problems(root) == []


def test_what_stood_again_may_be_taken_back_again_where_nothing_else_ever_was(root: Path):
    (root / "content/withdrawn.yml").write_text(
        "other:\n  published: 2026-04-09\n  withdrawn: 2026-04-09\n  why: So.\n  restored: 2026-04-09T20:00:00-04:00\n"
    )
    assert withdraw(root, "other", "--reason", WHY).returncode == SOUND
    assert record(root)["other"]["why"] == WHY


def test_an_edition_whose_words_rest_on_it_is_told_and_nothing_is_changed(root: Path):
    (root / EDITION).write_text((root / EDITION).read_text().replace("@meta-coreweave/", "@other/"))
    before = tree(root)
    done = withdraw(root, "other", "--reason", WHY)
    assert done.returncode == PROBLEMS
    assert f"{EDITION}:" in done.stderr
    assert "Take out what rests on it" in done.stderr
    assert done.stderr.rstrip().endswith("nothing was withdrawn, and no file is changed")
    assert tree(root) == before


def test_a_dry_run_says_what_would_change_and_changes_nothing(root: Path):
    (root / EDITION).write_text((root / EDITION).read_text().replace("@meta-coreweave/", "@other/"))
    before = tree(root)
    done = withdraw(root, "other", "--reason", WHY, "--dry-run")
    assert (done.returncode, done.stdout.splitlines()) == (
        SOUND,
        [
            "content/stories/2026/other.yml (would be deleted)",
            "content/withdrawn.yml (would be changed)",
            "content/stories/2026/later.yml (would be changed)",
            f"{EDITION} (would be changed)",
        ],
    )
    assert done.stderr == f"citewire: {EDITION} has words that rest on it: take them out first\n"
    assert tree(root) == before


@needs_a_signal
@pytest.mark.parametrize("left", range(4))
def test_a_withdrawal_that_was_killed_is_told_and_the_same_command_does_the_rest(root: Path, left: int):
    """Before the record, before each file that named the story, and before its own file goes."""
    killed(root, left, "withdraw", "other", "--reason", WHY, *NOW)
    told = citewire(root, "check")
    assert ("`citewire withdraw other` does the rest" in told.stderr) == (left > 0), told.stderr
    assert withdraw(root, "other", "--reason", WHY).returncode == SOUND
    assert not (root / "content/stories/2026/other.yml").exists()
    assert "editions/2026-04-09" in record(root)["other"]["was_in"]
    assert list(record(root)) == ["other"]
    assert citewire(root, "check").returncode == SOUND


@pytest.mark.parametrize("name", ["other", "2026-04-09"])
def test_what_is_withdrawn_is_not_withdrawn_once_more(root: Path, name: str):
    """So a run that was killed when all had been done ends well."""
    assert withdraw(root, name, "--reason", WHY).returncode == SOUND
    before = tree(root)
    again = withdraw(root, name, "--reason", f" {WHY}")
    assert (again.returncode, again.stdout) == (SOUND, "")
    assert again.stderr == f"citewire: `{name}` is withdrawn already, and nothing is left to do\n"
    for words in (("--reason", "Another."), ("--reason", WHY, "--without-title")):
        told = withdraw(root, name, *words)
        assert (told.returncode, "withdrawn.yml says otherwise of it" in told.stderr) == (MISUSE, True), told.stderr
    assert tree(root) == before


def test_what_rests_on_a_withdrawal_that_was_killed_is_told(root: Path):
    """When its file was gone, and nobody had looked yet whether words of an edition rest on it."""
    text = (root / EDITION).read_text()
    assert withdraw(root, "other", "--reason", WHY).returncode == SOUND
    (root / EDITION).write_text(text.replace("@meta-coreweave/", "@other/").replace(", other,", ","))
    told = withdraw(root, "other", "--reason", WHY)
    assert (told.returncode, "Take out what rests on it" in told.stderr) == (PROBLEMS, True)


def only(root: Path) -> None:
    text = (root / EDITION).read_text()
    (root / EDITION).write_text(text.replace("[meta-coreweave, other, later]", "[other]"))


def draft(root: Path) -> None:
    file = root / "content/stories/2026/other.yml"
    file.write_text(file.read_text() + "draft: true\n")


def known(root: Path) -> None:
    (root / "content/withdrawn.yml").write_text(
        "other:\n  published: 2026-04-09\n  withdrawn: 2026-04-09\n  why: So.\n"
    )


@pytest.mark.parametrize(
    ("name", "reason", "change", "words"),
    [
        ("othre", WHY, None, "did you mean `other`?"),
        ("other", " \n", None, "readers are owed a reason"),
        ("other", WHY, only, "content/editions/2026-04-09.yml: `other` is its only story: withdraw the edition first"),
        ("other", WHY, draft, "was not published"),
        ("other", WHY, known, "withdrawn.yml has `other` already"),
    ],
)
def test_a_slip_changes_nothing(root: Path, name: str, reason: str, change, words: str):
    if change:
        change(root)
    before = tree(root)
    done = withdraw(root, name, "--reason", reason)
    assert (done.returncode, words in done.stderr) == (MISUSE, True), done.stderr
    assert tree(root) == before


@pytest.mark.parametrize(
    "listed",
    [
        "stories:\n  - other   # leads\n  - meta-coreweave # second\n  - later\n",
        "stories: [other, meta-coreweave, later]\n",
        'stories: ["meta-coreweave", "later", "other"]\n',
        '"stories": ["other", "meta-coreweave", "later"]\n',
    ],
)
def test_it_is_taken_out_of_an_edition_however_it_is_listed(root: Path, listed: str):
    text = (root / EDITION).read_text()
    line = next(line for line in text.splitlines(keepends=True) if line.startswith("stories:"))
    (root / EDITION).write_text(text.replace(line, listed))
    assert withdraw(root, "other", "--reason", WHY).returncode == SOUND
    left = yaml.safe_load((root / EDITION).read_text())["stories"]
    assert sorted(left) == ["later", "meta-coreweave"]
    assert ("# second" in listed) == ("# second" in (root / EDITION).read_text())


@pytest.mark.parametrize("name", ["other", "2026-04-09"])
def test_another_command_on_what_is_withdrawn_says_that_it_is(root: Path, name: str):
    assert withdraw(root, name, "--reason", WHY).returncode == SOUND
    told = citewire(root, "rename", name, "2026-05-01" if name[0] == "2" else "another")
    assert (told.returncode, told.stderr) == (
        MISUSE,
        f"citewire: `{name}` is withdrawn: withdrawn.yml has its record\n",
    )
