"""The site while it is written: it starts with errors, shows them in the browser, and heals."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from test_cases import laid_over

from generator.host.overlay import clear, show
from generator.model.problems import Problem

PATIENCE = 60.0
"""Seconds after which a server that shows nothing is given up."""
STORY = "content/stories/2026/meta-coreweave.yml"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    def __init__(self, root: Path) -> None:
        self.root, address = root, f"127.0.0.1:{free_port()}"
        self.url = f"http://{address}/"
        command = [sys.executable, "-m", "generator", "serve", "-a", address]
        env = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self._log = (root / "serve.log").open("wb")
        self._process = subprocess.Popen(command, cwd=root, env=env, stdout=self._log, stderr=subprocess.STDOUT)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._log.close()

    def read(self, path: str = "") -> str:
        try:
            with urlopen(self.url + path, timeout=20) as answer:
                return answer.read().decode()
        except URLError as error:
            return error.read().decode() if hasattr(error, "read") else ""

    def wait(self, path: str, holds: Callable[[str], object]) -> str:
        """The page, as soon as it holds what is waited for."""
        end = time.monotonic() + PATIENCE
        while not holds(text := self.read(path)):
            assert time.monotonic() < end, text
            time.sleep(0.1)
        return text

    def change(self, old: str, new: str) -> None:
        path = self.root / STORY
        path.write_text(path.read_text().replace(old, new))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid_over("_sound", tmp_path)


@pytest.fixture
def serve(root: Path) -> Iterator[Callable[[], Served]]:
    running: list[Served] = []

    def start() -> Served:
        running.append(Served(root))
        return running[-1]

    yield start
    for served in running:
        served.close()


def test_serving_starts_with_errors_shows_them_and_heals(root: Path, serve: Callable[[], Served]):
    path = root / STORY
    path.write_text(path.read_text().replace("section: big-tech", "section: bigtech"))
    served = serve()
    page = served.wait("", lambda text: "bigtech" in text)
    assert f"{STORY}:3:10" in page
    assert "Did you mean `big-tech`?" in page
    assert "livereload(" in page
    assert "bigtech" in served.read("stories/anything/")
    served.change("bigtech", "big-tech")
    served.wait("", lambda text: "Meta books $21 billion" in text)
    served.change("section: big-tech", "section: nowhere")
    script = served.wait("citewire-desk.js", lambda text: "nowhere" in text)
    assert f"{STORY}:3:10" in script
    assert "citewire-desk.js" in served.read("stories/meta-coreweave/")
    served.change("nowhere", "policy")
    served.wait("citewire-desk.js", lambda text: not text)
    assert "Policy" in served.read("stories/meta-coreweave/")


def test_drafts_are_served_and_marked(root: Path, serve: Callable[[], Served]):
    path = root / STORY
    path.write_text(path.read_text() + "draft: true\n")
    edition = root / "content/editions/2026-04-09.yml"
    edition.write_text(edition.read_text() + "draft: true\n")
    page = serve().wait("stories/meta-coreweave/", lambda text: "<h1" in text)
    assert re.search(r'<strong class="draft">Not on the site yet</strong>', page)
    assert not (root / "site").exists()


def test_text_of_a_problem_is_data(tmp_path: Path):
    problem = Problem(
        "x", "a.yml", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", line=1, column=1
    )
    show(tmp_path, [problem], whole_page=True)
    assert "<script>alert" not in (tmp_path / "index.html").read_text()
    assert "<img" not in (tmp_path / "index.html").read_text()
    show(tmp_path, [problem], whole_page=False)
    assert "innerHTML" not in (tmp_path / "citewire-desk.js").read_text()
    clear(tmp_path)
    assert (tmp_path / "citewire-desk.js").read_text() == ""
