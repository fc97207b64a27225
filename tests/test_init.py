"""A newsletter of one's own: it builds at once, and nothing in it belongs to the sample."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import COMMANDS, main
from generator.starter import begin
from generator.starter.begin import requirement
from generator.words import languages
from tests.folders import citewire, citewire_here, tree

FLAGS = ("--name", "The Ledger: daily", "--address", "https://ledger.example", "--sections", "Chips & Boards, Policy")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    parent = tmp_path_factory.mktemp("init")
    done = citewire(parent, "init", "my-newsletter", *FLAGS, now="2026-04-11T06:40:00-04:00", TZ="America/New_York")
    assert done.returncode == 0, done.stderr
    return parent / "my-newsletter"


def test_a_new_newsletter_is_sound_and_builds_at_once(folder: Path):
    check = citewire_here(folder, "check", "--strict")
    assert (check.returncode, check.stderr) == (0, "")
    build = citewire(folder, "build", "--strict")
    assert (build.returncode, build.stderr) == (0, "")
    page = (folder / "site/editions/2026-04-11/index.html").read_text()
    assert "Every claim in this newsletter shows its source" in page


def test_what_was_asked_for_is_in_it(folder: Path):
    newsletter = yaml.safe_load((folder / "content/newsletter.yml").read_text())
    assert newsletter["name"] == "The Ledger: daily"
    assert newsletter["authority"] == "ledger.example"
    assert newsletter["editor"]["email"] == "desk@ledger.example"
    assert {id_: section["title"] for id_, section in newsletter["sections"].items()} == {
        "chips-boards": "Chips & Boards",
        "policy": "Policy",
    }
    config = yaml.safe_load((folder / "mkdocs.yml").read_text())
    assert (config["site_name"], config["site_url"]) == ("The Ledger: daily", "https://ledger.example/")
    assert "published: 2026-04-11T06:40:00-04:00\n" in (folder / "content/stories/2026/welcome.yml").read_text()


def test_no_place_of_the_seed_is_left_unfilled(folder: Path):
    for name, data in tree(folder).items():
        if not name.startswith("site/"):
            assert not re.search(rb"@[a-z]+@", data), name


def test_sections_in_other_letters_are_given_their_ids(tmp_path: Path):
    sections = "news=뉴스, Policy, long-reads = 깊이 읽기"
    done = citewire_here(tmp_path, "init", "new", "--language", "ko", "--sections", sections)
    assert done.returncode == 0, done.stderr
    written = yaml.safe_load((tmp_path / "new/content/newsletter.yml").read_text())["sections"]
    assert [(id_, section["title"]) for id_, section in written.items()] == [
        ("news", "뉴스"),
        ("policy", "Policy"),
        ("long-reads", "깊이 읽기"),
    ]


def test_the_generator_is_a_dependency_there(folder: Path):
    assert (folder / "requirements.txt").read_text().endswith(f"\n{requirement()}\n")
    assert not (folder / "generator").exists()


def test_the_workflows_run_commands_that_there_are(folder: Path):
    files = [*(folder / ".github/workflows").iterdir(), folder / ".pre-commit-config.yaml"]
    assert len(files) == 3
    for file in files:
        text = file.read_text()
        assert yaml.safe_load(text)
        named = re.findall(r"(?:run: |entry: .*)citewire (\w+)", text)
        assert named
        for name in named:
            assert isinstance(main.get_command(click.Context(main), name), click.Command)
            assert name in COMMANDS


def test_nothing_private_and_nothing_made_is_committed(folder: Path):
    private = ("subscribers.csv", "mail-journal.sqlite", "mail-journal.sqlite-wal", "2026-04-11.eml")
    lock, memory = ".citewire/announced.json.lock", ".citewire/announced.json"
    (folder / ".citewire").mkdir()
    for name in (*private, lock, memory, ".venv/x", ".cache/x", "site/x"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    git = ("git", "-c", "core.excludesFile=/dev/null")
    subprocess.run([*git, "init", "--quiet"], cwd=folder, check=True)
    told = subprocess.run([*git, "add", "--dry-run", "."], cwd=folder, check=True, capture_output=True, text=True)
    added = re.findall(r"'(.+)'", told.stdout)
    assert {memory, "mkdocs.yml", ".gitattributes", "content/newsletter.yml"} <= set(added)
    assert [name for name in added if name.startswith((*private, lock, ".venv", ".cache", "site", "content/."))] == []


def test_what_is_remembered_of_sources_merges_by_itself(folder: Path):
    assert "content/evidence/*.jsonl merge=union" in (folder / ".gitattributes").read_text()


def test_a_commit_is_checked_by_the_citewire_of_the_folder_though_none_is_active(folder: Path, tmp_path: Path):
    hook = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"][0]
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/citewire").write_text('#!/bin/sh\necho "told: $*"\n')
    (tmp_path / ".venv/bin/citewire").chmod(0o755)
    command = shlex.split(hook["entry"])
    environment = {**os.environ, "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "told: check\n"


def test_a_new_newsletter_has_search_and_cards(folder: Path):
    last = (folder / "requirements.txt").read_text().splitlines()[-1]
    assert last.startswith(("citewire[cards,search] @ ", "citewire[cards,search]=="))


def test_an_empty_folder_in_which_somebody_stands_is_filled(tmp_path: Path):
    here = tmp_path / "my-letter"
    here.mkdir()
    before = here.stat().st_ino
    done = citewire_here(here, "init", ".")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Now: citewire serve")
    assert here.stat().st_ino == before
    assert yaml.safe_load((here / "mkdocs.yml").read_text())["site_name"] == "My Letter"
    assert [path.name for path in here.iterdir() if path.name.startswith(".my")] == []
    assert [path.name for path in tmp_path.iterdir()] == ["my-letter"]


def test_what_is_to_be_typed_next_can_be_typed(tmp_path: Path):
    done = citewire_here(tmp_path, "init", "Zeitung für Übung")
    assert done.stdout.endswith("\nNow: cd 'Zeitung für Übung' && citewire serve\n"), done.stderr


def test_a_file_is_no_folder(tmp_path: Path):
    (tmp_path / "new").write_text("mine")
    done = citewire_here(tmp_path, "init", "new")
    assert (done.returncode, done.stderr) == (2, "citewire: new is a file: name a new folder\n")
    assert (tmp_path / "new").read_text() == "mine"


def test_what_stands_in_a_folder_is_left_alone(folder: Path):
    before = tree(folder)
    done = citewire_here(folder.parent, "init", "my-newsletter", *FLAGS)
    assert (done.returncode, "is not empty" in done.stderr) == (2, True)
    assert tree(folder) == before


@pytest.mark.parametrize(
    ("flag", "value", "words"),
    [
        ("--email", "nobody", "`nobody` is not a mail address"),
        ("--language", "english", "`english` is not a language tag: Write it as en, en-GB or ko (BCP 47)."),
        ("--address", "ledger.example", "it does not begin with https://; write https://ledger.example"),
        ("--sections", "", "an edition needs a section: name one or more, with commas between"),
        ("--sections", "뉴스, 정책", "write the id before it, as in news="),
        ("--sections", "News, news", "that differ"),
        ("--address", "ledger", "does not begin with https://"),
    ],
)
def test_a_slip_makes_no_folder(tmp_path: Path, flag: str, value: str, words: str):
    done = citewire_here(tmp_path, "init", "new", flag, value)
    assert done.returncode == 2
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_newsletter_in_german_has_german_names_and_titles(tmp_path: Path):
    done = citewire_here(tmp_path, "init", "blatt", "--language", "de-DE", "--sections", "Märkte, Öffentlicher Raum")
    assert done.returncode == 0, done.stderr
    assert "pages have no words" not in done.stderr
    newsletter = yaml.safe_load((tmp_path / "blatt/content/newsletter.yml").read_text())
    assert list(newsletter["sections"]) == ["maerkte", "oeffentlicher-raum"]
    assert newsletter["parts"]["background"] == "Hintergrund"


def test_a_newsletter_in_a_language_without_words_is_told_so(tmp_path: Path):
    done = citewire_here(tmp_path, "init", "journal", "--language", "fr")
    assert "pages have no words in `fr` (only in de, en)" in done.stderr
    assert f"in {', '.join(languages())}" in citewire_here(tmp_path, "init", "--help").stdout.replace("\n", " ")


def test_a_newsletter_in_german_begins_in_german(tmp_path: Path):
    done = citewire_here(tmp_path, "init", "blatt", "--language", "de")
    assert done.returncode == 0, done.stderr
    content = tmp_path / "blatt/content"
    (edition,) = (content / "editions").iterdir()
    assert yaml.safe_load(edition.read_text())["title"] == "Willkommen"
    newsletter = yaml.safe_load((content / "newsletter.yml").read_text())
    assert newsletter["tagline"] == "Nachrichten mit ihren Quellen."
    assert newsletter["editor"]["name"] == "Redaktion Blatt"
    assert list(newsletter["sections"]) == ["nachrichten", "analyse"]
    assert (content / "pages/about.md").read_text().startswith("# Über uns")
    built = citewire(tmp_path / "blatt", "build", "--strict")
    assert (built.returncode, built.stderr) == (0, "")


def test_each_file_of_a_seed_in_another_language_stands_in_the_place_of_one():
    starter = Path(begin.__file__).parent
    seeds = list(starter.glob("seed-*"))
    assert seeds
    for seed in seeds:
        names = [file.relative_to(seed) for file in seed.rglob("*") if file.is_file()]
        assert names
        assert [name for name in names if not (starter / "seed" / name).is_file()] == []
        assert begin.words(seed.name.removeprefix("seed-")) != begin.words("en")


def answered(monkeypatch: pytest.MonkeyPatch, folder: Path, *said: str, flags: tuple[str, ...] = ()) -> Result:
    """`citewire init` on a terminal, where somebody types these lines."""
    monkeypatch.setattr("generator.cli.init._is_answered", lambda: True)
    return CliRunner().invoke(main, ["init", str(folder), *flags], input="".join(f"{line}\n" for line in said))


def test_an_answer_that_cannot_be_costs_none_of_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    first = ("The Ledger", "https://ledger.example/", "english, please", "Chips, Policy", "", "Ann Lee", "")
    second = ("", "", "en-GB", "", "", "", "")
    done = answered(monkeypatch, tmp_path / "ledger", *first, *second)
    assert done.exit_code == 0, done.output
    assert "citewire: `english, please` is not a language tag" in done.output
    newsletter = yaml.safe_load((tmp_path / "ledger/content/newsletter.yml").read_text())
    assert (newsletter["name"], newsletter["language"], [*newsletter["sections"]]) == (
        "The Ledger",
        "en-GB",
        ["chips", "policy"],
    )
    assert newsletter["editor"] == {"name": "Ann Lee", "email": "desk@ledger.example"}


def test_a_folder_that_is_not_empty_is_told_before_anything_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "note.txt").write_text("mine")
    done = answered(monkeypatch, tmp_path)
    assert (done.exit_code, done.output) == (2, f"citewire: {tmp_path} is not empty: name a new folder\n")


def test_where_options_say_all_a_slip_in_them_is_not_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    flags = (*FLAGS, "--language", "english, please", "--tagline", "T", "--editor", "E", "--email", "e@ledger.example")
    done = answered(monkeypatch, tmp_path / "ledger", flags=flags)
    assert (done.exit_code, "Once more" in done.output, (tmp_path / "ledger").exists()) == (2, False, False)
