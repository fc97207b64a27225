"""docs/tutorial.md is what happens: its commands are run, its files are written, and what it shows is what is said.

`CITEWIRE_REFRESH=1 pytest tests/test_tutorial.py` writes what is said anew: read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from generator.pipeline import judge
from generator.project import Project
from tests.tutorial_pages import PAGES
from tests.web import web

TUTORIAL = Path(__file__).parent.parent / "docs/tutorial.md"
STEP = re.compile(
    r"```console\n(?P<session>.*?)```|`(?P<file>content/[^`]+)`[^\n]*:\n\n```yaml\n(?P<text>.*?)```", re.DOTALL
)
MORNING = "1775904000"
"""2026-04-11T10:40:00Z, twenty to seven in New York."""


class Terminal:
    """A shell that stays where it was, and in which `citewire` is this one."""

    def __init__(self, folder: Path, proxy: str) -> None:
        self.folder = folder
        bin_ = folder / "bin"
        bin_.mkdir()
        (bin_ / "citewire").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m generator "$@"\n')
        (bin_ / "citewire").chmod(0o755)
        self._environment = {
            **{name: value for name, value in os.environ.items() if name not in ("EDITOR", "VISUAL")},
            "PATH": f"{bin_}:{os.environ['PATH']}",
            "PYTHONPATH": str(TUTORIAL.parent.parent),
            "CITEWIRE_PROXY": proxy,
            "SOURCE_DATE_EPOCH": MORNING,
            "TZ": "America/New_York",
            "LC_ALL": "C.UTF-8",
        }

    def run(self, line: str) -> str:
        """What a person reads after a line."""
        script = f"exec 2>&1; {line}; pwd > {shlex.quote(str(self.folder / 'here'))}"
        here = self.folder / "here"
        where = here.read_text().strip() if here.exists() else self.folder
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=where,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The tutorial with what is really said, and the newsletter that it leaves behind."""
    folder = tmp_path_factory.mktemp("tutorial")
    with web(PAGES) as proxy:
        terminal = Terminal(folder, proxy)
        text = STEP.sub(lambda step: _step(step, terminal, folder / "my-newsletter"), TUTORIAL.read_text("utf-8"))
    if os.environ.get("CITEWIRE_REFRESH"):
        TUTORIAL.write_text(text, "utf-8")
    return text, folder / "my-newsletter"


def _step(step: re.Match[str], terminal: Terminal, newsletter: Path) -> str:
    if step["file"]:
        path = newsletter / step["file"]
        _, mark, citations = path.read_text("utf-8").partition("\ncitations:")
        path.write_text(step["text"] + (mark + citations).lstrip("\n"), "utf-8")
        return step[0]
    commands = [line[2:] for line in step["session"].splitlines() if line.startswith("$ ")]
    return "```console\n" + "".join(f"$ {command}\n{terminal.run(command)}" for command in commands) + "```"


def test_what_the_tutorial_shows_is_what_is_said(told: tuple[str, Path]):
    assert told[0].splitlines() == TUTORIAL.read_text("utf-8").splitlines()


def test_it_ends_with_an_edition_of_three_stories_and_ten_citations(told: tuple[str, Path]):
    root = told[1]
    library, problems = judge(Project(root, root / "content"))
    assert problems == []
    assert [len(edition.stories) for edition in library.editions.values()] == [3]
    assert sum(len(story.sources) for story in library.stories.values()) == 10
    page = (root / "site/editions/2026-04-11/index.html").read_text("utf-8")
    assert "Acme has ordered 40,000 accelerators from Borealis." in page


def test_each_story_of_the_tutorial_lists_its_sources(told: tuple[str, Path]):
    for name in ("acme-chips", "training-data-rules", "small-model"):
        page = (told[1] / f"site/stories/{name}/index.html").read_text("utf-8")
        assert 'id="sources"' in page


def test_whoever_follows_the_tutorial_can_have_its_pages():
    command = [sys.executable, "-m", "tests.tutorial_pages"]
    with subprocess.Popen(command, cwd=TUTORIAL.parent.parent, stdout=subprocess.PIPE, text=True) as serving:
        try:
            proxy = re.fullmatch(r"export CITEWIRE_PROXY=http://([\d.]+):(\d+)\n", serving.stdout.readline())
            asked = HTTPConnection(proxy[1], int(proxy[2]), timeout=10)
            asked.request("GET", "http://wire.example/draft-rules")
            assert b"Fines could reach 2% of turnover." in asked.getresponse().read()
        finally:
            serving.terminate()
