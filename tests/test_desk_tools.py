"""What helps an editor along: unknown names, merging, the doctor, checking as one saves."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
import yaml
from click.testing import CliRunner

from generator import __version__
from generator.cli import watch
from generator.cli.check import check
from generator.cli.console import MISUSE
from generator.cli.watch import changes
from generator.desk.names import Unknown, unknown_names
from generator.options import find
from generator.pipeline import judge
from tests.folders import ROOT, tree
from tests.folders import citewire_here as citewire
from tests.make import library, story
from tests.test_cases import laid_over
from tests.test_desk import STORY, killed, needs_a_signal


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid_over("_sound", tmp_path)


def test_a_name_that_recurs_and_has_no_page_is_shown():
    texts = {
        "one": "Meta pays. On Friday 9 April, Acme Robotics and Borealis signed. Nobody [@hubkub] knew CoreWeave.",
        "two": "We met Acme Robotics in May. However, Borealis was not there. However it went.",
        "three": "In the end Borealis left.",
    }
    found = unknown_names(library(*(story(slug, body=text) for slug, text in texts.items())))
    assert found == [Unknown("Borealis", ("one", "two", "three")), Unknown("Acme Robotics", ("one", "two"))]


def test_unknown_names_are_proposed_as_entries(root: Path):
    path = root / STORY
    path.write_text(path.read_text().replace("to CoreWeave.", "to CoreWeave and to Acme Robotics."))
    done = citewire(root, "entities", "--least", "1", "--yaml")
    assert "acme-robotics:\n  name: Acme Robotics\n  kind: company" in done.stdout


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("[meta, facebook, coreweave]", "[meta, coreweave]"),
        ("[facebook, coreweave]  # first", "[meta, coreweave]  # first"),
        ("\n  - coreweave\n  - facebook  # old\n  - meta", "\n  - coreweave\n  - meta"),
        ("[coreweave, meta, facebook]", "[coreweave, meta]"),
    ],
)
def test_a_merged_entity_becomes_another_name_of_the_one_that_stays(root: Path, written: str, left: str):
    entities, path = root / "content/entities.yml", root / STORY
    sound = entities.read_text()
    entities.write_text(f"facebook:  # gone\n  name: Facebook\n  kind: company\n  also: [FB, Facebook]\n\n{sound}")
    path.write_text(path.read_text().replace("[meta, coreweave]", written))
    done = citewire(root, "entities", "--merge", "facebook", "meta")
    assert (done.returncode, done.stderr) == (0, "")
    assert entities.read_text() == sound + "  also:\n    - Facebook\n    - FB\n  was:\n    - facebook\n"
    assert f"mentions: {left}\n" in path.read_text()
    assert judge(find(root / "mkdocs.yml"))[1] == []


@needs_a_signal
@pytest.mark.parametrize("left", range(2))
def test_a_merging_that_was_killed_is_done_to_its_end_by_the_same_command(root: Path, left: int):
    entities, path = root / "content/entities.yml", root / STORY
    sound = entities.read_text()
    entities.write_text(f"facebook:\n  name: Facebook\n  kind: company\n{sound}")
    path.write_text(path.read_text().replace("[meta, coreweave]", "[facebook, coreweave]"))
    killed(root, left, "entities", "--merge", "facebook", "meta")
    done = citewire(root, "entities", "--merge", "facebook", "meta")
    assert (done.returncode, done.stderr) == (0, "")
    assert entities.read_text() == sound + "  also:\n    - Facebook\n  was:\n    - facebook\n"
    assert "mentions: [meta, coreweave]\n" in path.read_text()


def test_a_story_that_is_not_utf_8_is_merged_into_nothing(root: Path):
    entities, path = root / "content/entities.yml", root / STORY
    entities.write_text(f"facebook:\n  name: Facebook\n  kind: company\n{entities.read_text()}")
    path.write_bytes(path.read_bytes().replace(b"[meta, coreweave]", b"[facebook, coreweave]") + b"# caf\xe9\n")
    before = tree(root)
    done = citewire(root, "entities", "--merge", "facebook", "meta")
    assert (done.returncode, "is not UTF-8" in done.stderr) == (2, True)
    assert tree(root) == before


def test_a_story_that_mentions_one_by_a_plain_word_is_merged_and_one_of_a_longer_name_is_not(root: Path):
    entities, path = root / "content/entities.yml", root / STORY
    entities.write_text(f"facebook:\n  name: Facebook\n  kind: company\n{entities.read_text()}")
    sound = path.read_text()
    for written, left in (("facebook", "meta"), ("facebook-inc", "facebook-inc")):
        path.write_text(sound.replace("[meta, coreweave]", written))
        before = entities.read_text()
        assert citewire(root, "entities", "--merge", "facebook", "meta").returncode == 0
        assert f"mentions: {left}\n" in path.read_text()
        entities.write_text(before)


def test_who_was_merged_already_is_known_and_comes_back_under_its_own_name(root: Path):
    entities = root / "content/entities.yml"
    entities.write_text(f"{entities.read_text()}\nfb:\n  name: FB\n  kind: company\n")
    assert citewire(root, "entities", "--merge", "fb", "meta").returncode == 0
    again = citewire(root, "entities", "--merge", "fb", "meta")
    assert (again.returncode, "it was merged into `meta`" in again.stderr) == (2, True)
    entities.write_text(f"{entities.read_text()}\nfb:\n  name: FB\n  kind: company\n")
    assert citewire(root, "entities", "--merge", "meta", "fb").returncode == 0
    assert yaml.safe_load(entities.read_text())["fb"]["was"] == ["meta"]


def test_merging_what_is_not_there_changes_nothing(root: Path):
    before = tree(root)
    done = citewire(root, "entities", "--merge", "fb", "meta")
    assert (done.returncode, done.stderr) == (2, "citewire: there is no entity `fb` in entities.yml\n")
    assert tree(root) == before


def test_the_doctor_says_what_is_missing_and_how_to_get_it(root: Path):
    done = citewire(root, "doctor", PATH="/nonexistent")
    assert done.returncode == 0
    assert (
        "yaml-language-server (completion in editors): missing; npm install --global yaml-language-server"
        in done.stdout
    )
    assert "content/: 1 story, 1 edition, checked" in done.stdout
    assert "no schemas for editors: citewire schema" in done.stdout


def test_the_doctor_knows_every_extra(root: Path):
    written = (Path(__file__).parent.parent / "pyproject.toml").read_text()
    extras = tomllib.loads(written)["project"]["optional-dependencies"].keys() - {"comments"}
    said = citewire(root, "doctor").stdout
    assert [extra for extra in extras if f"extra {extra} (" not in said] == []


def test_the_doctor_says_what_the_language_of_a_newsletter_lacks(root: Path):
    assert "pages have no words" not in citewire(root, "doctor").stdout
    file = root / "content/newsletter.yml"
    file.write_text(file.read_text().replace("language: en-GB", "language: fr"))
    said = citewire(root, "doctor").stdout
    assert "pages have no words in `fr` (only in de, en), but English ones: write yours under `messages`" in said
    assert "rules know no turns of phrase in `fr`" in said


def test_the_doctor_tells_versions_outside_a_newsletter(tmp_path: Path):
    done = citewire(tmp_path, "doctor")
    assert done.returncode == 2
    assert done.stdout.startswith(f"citewire {__version__}, Python ")
    assert "there is no mkdocs.yml here" in done.stderr


def test_the_doctor_asks_for_no_program_that_a_newsletter_does_not_need(root: Path):
    assert "chromium" not in citewire(root, "doctor").stdout


def test_the_doctor_names_what_is_not_finished(root: Path):
    (root / "content/stories/2026/begun.yml").write_text("title: Begun\ndraft: true\n")
    said = citewire(root, "doctor").stdout
    assert "content/: 2 stories, 1 edition, checked" in said
    assert "not out yet: begun (not finished)\n" in said


def test_the_doctor_names_what_is_not_out(root: Path):
    path = root / STORY
    path.write_text(path.read_text() + "draft: true\n")
    edition = root / "content/editions/2026-04-09.yml"
    edition.write_text(edition.read_text() + "draft: true\n")
    assert "not out yet: meta-coreweave, 2026-04-09" in citewire(root, "doctor").stdout


class NothingNoticedError(Exception):
    pass


def is_noticed(root: Path, change: Callable[[], object]) -> bool:
    """Whether the one change that is made while somebody watches is seen."""
    changed = iter([change])

    def wait() -> None:
        now = next(changed, None)
        if now is None:
            raise NothingNoticedError
        now()

    seen = changes([root / name for name in ("mkdocs.yml", "content", "overrides", "no-such-folder")], wait)
    next(seen)
    try:
        next(seen)
    except NothingNoticedError:
        return False
    return True


def test_every_save_of_what_a_check_reads_is_noticed(root: Path):
    for folder in ("content/evidence", "content/published", "overrides", "site"):
        (root / folder).mkdir()
    assert is_noticed(root, lambda: os.utime(root / STORY, ns=(1, 1)))
    assert is_noticed(root, (root / STORY).unlink)
    read = ("content/evidence/krasa.json.gz", "content/published/2026-04.txt", "overrides/story.html", "mkdocs.yml")
    assert [name for name in read if not is_noticed(root, (root / name).touch)] == []
    others = ("site/x.yml", "notes.md", "content/.story.yml.swp")
    assert [name for name in others if is_noticed(root, (root / name).touch)] == []


@pytest.mark.parametrize("words", [("--open", "--trace"), ("--open", "--fix"), ("--trace", "--diff"), ("no-such.yml",)])
def test_misuse_is_refused_before_watching_begins(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch):
    begun: list[object] = []
    monkeypatch.setattr(watch, "again_and_again", lambda *given: begun.append(given))
    done = CliRunner().invoke(check, ["--config", str(ROOT / "mkdocs.yml"), *words, "--watch"])
    assert (done.exit_code, begun) == (MISUSE, [])


def test_watching_checks_again_after_a_save(root: Path):
    (root / "generator.py").write_text("raise SystemExit('the program of the newsletter')\n")
    (root / "generator").mkdir()
    (root / "generator/__init__.py").write_text("raise SystemExit('the program of the newsletter')\n")
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-P", "-c", "from generator.cli import main; main()", "check", "--watch"]
    with subprocess.Popen(command, cwd=root, env=env, stderr=subprocess.PIPE, text=True) as process:
        lines: Queue[str] = Queue()
        reading = Thread(target=lambda: [lines.put(line) for line in process.stderr], daemon=True)
        reading.start()
        try:
            assert lines.get(timeout=60) == "No errors; watching.\n"
            (root / STORY).write_text((root / STORY).read_text().replace("big-tech", "bigtech"))
            assert "there is no section `bigtech`" in lines.get(timeout=60)
        except Empty:
            pytest.fail("nothing was said")
        finally:
            process.kill()
            reading.join()  # or the pipe is closed while it reads
