"""Symbolic links in the content: one that stays inside is followed, and no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.files import stamps
from generator.pipeline import judge
from generator.project import Project
from tests.folders import citewire_here as citewire
from tests.folders import sample_in

STORY = "content/stories/2026/meta-coreweave-21bn.yml"
EDITION = "content/editions/2026-04-11.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return sample_in(tmp_path / "news")


def told(root: Path) -> list[tuple[str, str]]:
    content = root / "content"
    found = judge(Project(root, content, pages=content / "pages"))[1]
    return [(problem.file, problem.what) for problem in found if problem.rule in ("outside-link", "bad-image")]


def moved(root: Path, name: str, to: Path) -> None:
    """A file or folder that has been put elsewhere, and a link in its place."""
    to.parent.mkdir(parents=True, exist_ok=True)
    (root / name).rename(to)
    (root / name).symlink_to(to)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("content/withdrawn.yml", "this is no file"),
        ("content/published", "this is no folder"),
        ("content/pages/pipe.md", "this is no file"),
    ],
)
def test_what_is_neither_a_file_nor_a_folder_is_not_taken_for_nothing(root: Path, name: str, what: str):
    """Of what was withdrawn, or signed, nobody would know any more; and no pipe is waited for."""
    os.mkfifo(root / name)
    found = judge(Project(root, root / "content", pages=root / "content/pages"))[1]
    (problem,) = [problem for problem in found if problem.file == name]
    assert problem.what == what
    assert problem.is_error


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_in_the_place_of_a_journal_is_told_and_not_waited_for(root: Path):
    (root / "content/published").mkdir()
    os.mkfifo(root / "content/published/2026-04.txt")
    (problem,) = [problem for problem in judge(Project(root, root / "content"))[1] if problem.rule == "bad-journal"]
    assert (problem.file, problem.what) == ("content/published/2026-04.txt", "this is no file")
    assert problem.is_error


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize("name", ["overrides/citewire/story.html", "content/evidence/links.jsonl"])
def test_a_pipe_that_a_build_would_read_is_named_and_not_waited_for(root: Path, name: str):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(root / name)
    done = citewire(root, "build")
    assert done.returncode == 3
    assert f"{name}: this is no file" in done.stderr
    assert not (root / "site").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize(
    "words",
    [("rename", "meta-coreweave-21bn", "new"), ("new", "edition"), ("entities", "--merge", "nvidia", "meta")],
    ids=lambda words: words[0],
)
def test_a_pipe_among_the_stories_keeps_no_command_of_the_desk_waiting(root: Path, words: tuple[str, ...]):
    os.mkfifo(root / "content/stories/2026/pipe.yml")
    done = subprocess.run(
        [sys.executable, "-m", "generator", *words], cwd=root, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 3
    assert "content/stories/2026/pipe.yml: this is no file: move it elsewhere" in done.stderr


OUT = "the link leads out of the folder of the content"


@pytest.mark.parametrize("name", [STORY, EDITION, "content/newsletter.yml", "content/stories/2026", "content/editions"])
def test_a_link_out_of_the_content_is_refused_at_its_place(root: Path, name: str):
    moved(root, name, root.parent / "elsewhere" / Path(name).name)
    assert told(root) == [(name, OUT)]


def test_a_link_to_a_file_of_the_system_is_never_published(root: Path):
    (root / "content/stories/passwd.yml").symlink_to("/etc/passwd")
    (root / "content/pages/passwd.md").symlink_to("/etc/passwd")
    (root / "content/pages/etc").symlink_to("/etc")
    assert told(root) == [(f"content/{name}", OUT) for name in ("pages/etc", "pages/passwd.md", "stories/passwd.yml")]
    done = citewire(root, "build")
    assert done.returncode == 1
    assert not (root / "site").exists()


def test_a_picture_that_is_a_link_out_of_the_content_is_refused_in_its_story(root: Path):
    story = root / STORY
    secret = root.parent / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n")
    (root / "content/images/chart.png").symlink_to(secret)
    story.write_text(story.read_text() + "image: {file: chart.png, alt: A chart, credit: Us}\n")
    assert told(root) == [(STORY, f"images/chart.png: {OUT}")]


def test_links_that_lead_in_a_circle_end(root: Path):
    (root / "content/stories/round").symlink_to("../stories")
    (root / "content/stories/one").mkdir()
    (root / "content/stories/two").mkdir()
    (root / "content/stories/one/to").symlink_to("../two")
    (root / "content/stories/two/to").symlink_to("../one")
    (root / "content/pages/self").symlink_to("self")
    (root / "content/pages/up").symlink_to(".")
    found = dict(told(root))
    assert found["content/stories/round"] == found["content/pages/up"] == "the link leads to a folder that it is in"
    assert found["content/pages/self"] == "the link leads to no file"
    assert set(found) - {"content/stories/round", "content/pages/up", "content/pages/self"} == {
        "content/stories/one/to/to",
        "content/stories/two/to/to",
    }


def test_a_link_that_leads_to_nothing_is_named(root: Path):
    (root / "content/editions/2026-12-24.yml").symlink_to("nowhere.yml")
    assert told(root) == [("content/editions/2026-12-24.yml", "the link leads to no file")]


@pytest.mark.parametrize("name", [STORY, EDITION, "content/stories/2026", "content/newsletter.yml"])
def test_a_link_inside_the_content_is_followed(root: Path, name: str):
    before = judge(Project(root, root / "content"))[0]
    moved(root, name, root / "content/images" / f"{Path(name).name}.kept")
    after, problems = judge(Project(root, root / "content"))
    assert told(root) == []
    assert (after.stories, after.editions, after.newsletter) == (before.stories, before.editions, before.newsletter)
    assert [p for p in problems if p.is_error] == []


def test_content_that_is_itself_a_link_is_read(root: Path):
    (root / "content").rename(root.parent / "real")
    (root / "content").symlink_to(root.parent / "real")
    assert told(root) == []
    assert "meta-coreweave-21bn" in judge(Project(root, root / "content"))[0].stories


def test_what_is_linked_from_outside_is_not_looked_at(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.yml").touch()
    (tmp_path / "in/out").symlink_to("../out")
    here = str(tmp_path / "in")
    assert [path for path, _ in stamps(here, here)] == [f"{here}/out"]
    assert [path for path, _ in stamps(here)] == [f"{here}/out/a.yml"]
