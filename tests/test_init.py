"""A newsletter of one's own: it builds at once, and nothing in it belongs to the sample."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml

from generator.cli import COMMANDS, main
from generator.desk.begin import requirement
from tests.test_desk import citewire, tree

FLAGS = ("--name", "The Ledger: daily", "--address", "https://ledger.example", "--sections", "Chips & Boards, Policy")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    parent = tmp_path_factory.mktemp("init")
    done = citewire(parent, "init", "my-newsletter", *FLAGS, now="2026-04-11T06:40:00-04:00", TZ="America/New_York")
    assert done.returncode == 0, done.stderr
    return parent / "my-newsletter"


def test_a_new_newsletter_is_sound_and_builds_at_once(folder: Path):
    check = citewire(folder, "check", "--strict")
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


def test_the_generator_is_a_dependency_there(folder: Path):
    assert (folder / "requirements.txt").read_text().endswith(f"\n{requirement()}\n")
    assert not (folder / "generator").exists()


def test_the_workflows_run_commands_that_there_are(folder: Path):
    files = [*(folder / ".github/workflows").iterdir(), folder / ".pre-commit-config.yaml"]
    assert len(files) == 3
    for file in files:
        text = file.read_text()
        assert yaml.safe_load(text)
        for name in re.findall(r"(?:run|entry): citewire (\w+)", text):
            assert isinstance(main.get_command(click.Context(main), name), click.Command)
            assert name in COMMANDS


def test_what_stands_in_a_folder_is_left_alone(folder: Path):
    before = tree(folder)
    done = citewire(folder.parent, "init", "my-newsletter", *FLAGS)
    assert (done.returncode, "is not empty" in done.stderr) == (2, True)
    assert tree(folder) == before


@pytest.mark.parametrize(
    ("flag", "value", "words"),
    [
        ("--email", "nobody", "`nobody` is not a mail address"),
        ("--language", "english", "`english` is not a language tag"),
        ("--sections", "뉴스, 정책", "sections need names in Latin letters"),
        ("--sections", "News, news", "that differ"),
        ("--address", "ledger", "does not begin with https://"),
    ],
)
def test_a_slip_makes_no_folder(tmp_path: Path, flag: str, value: str, words: str):
    done = citewire(tmp_path, "init", "new", flag, value)
    assert done.returncode == 2
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []
