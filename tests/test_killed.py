"""A build that is killed at any moment leaves a site that readers can use, and the next build mends it."""

from __future__ import annotations

import html
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator import production
from generator.model.artifacts import Artifact
from generator.model.reach import Before
from generator.publish.manifest import MANIFEST
from generator.publish.site import Declare
from tests.folders import sample_in, tree
from tests.make import configure, publish
from tests.test_pictures import photo

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

ROOT = Path(__file__).parent.parent
BASE = "https://the-footnote.example/"
NEWEST = "2026-07-02"
LATE = ("meta-compute-cloud", "us-lifts-anthropic-controls", "meituan-longcat-2", "eu-omnibus-final")
MOMENTS = 200
_LINK = re.compile(r'(?:\s(?:href|src|srcset)="|\dw, )([^" ]*)')
_ADDRESS = re.compile(rb"https://the-footnote\.example/([^\s\"'<>#&{}\\]*)")


def yesterday(content: Path) -> None:
    """The newsletter before its newest edition."""
    (content / "editions" / f"{NEWEST}.yml").unlink()
    for slug in LATE:
        (content / "stories/2026" / f"{slug}.yml").unlink()


def today(content: Path) -> None:
    """The newest edition is out, one story was taken back, one has another name, one a photograph."""
    stories = content / "stories/2026"
    (stories / "openai-realtime-voice.yml").unlink()
    old = (stories / "micron-anthropic.yml").read_text()
    (stories / "micron-and-anthropic.yml").write_text(old + "\nrenamed_from: micron-anthropic\n")
    (stories / "micron-anthropic.yml").unlink()
    if find_spec("PIL"):
        photo(1400, 900).save(content / "images/quay.jpg", quality=95)
        late = stories / f"{LATE[2]}.yml"
        late.write_text(late.read_text() + "\nimage: {file: quay.jpg, alt: A quay, credit: Us}\n")
    for edition in (content / "editions").glob("*.yml"):
        text = edition.read_text().replace(", openai-realtime-voice", "")
        text = re.sub(r"\[@[^]]*openai-realtime-voice/[^]]*\]", "", text)
        edition.write_text(text.replace("micron-anthropic", "micron-and-anthropic"))


def made(folder: Path, change, monkeypatch: pytest.MonkeyPatch) -> list[Artifact]:
    """All artifacts of the sample after a change, made beforehand.

    Sections and topics stand for all subjects, which otherwise are four in five files: so a build has fewer
    moments, and more of them are tried.
    """
    configure(sample_in(folder), outputs={"entities": False, "publishers": False})
    change(folder / "content")
    found: list[Artifact] = []

    def keep(declare: Declare, target: Path, *more):
        found.extend(Artifact(a.path, a.order, partial(bytes, a.make())) for a in declare(Before()).artifacts)
        return publish(found, target)

    monkeypatch.setattr(production, "publish", keep)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    build(load_config(str(folder / "mkdocs.yml")))
    return found


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Artifact], list[Artifact]]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        folders = tmp_path_factory.mktemp("y") / "n", tmp_path_factory.mktemp("t") / "n"
        return made(folders[0], yesterday, monkeypatch), made(folders[1], today, monkeypatch)


def in_a_child(artifacts: list[Artifact], site: Path, kill_at: int | None) -> int:
    """Publish in a process of its own, killed before the given file operation; how many it did otherwise."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        count, itself = 0, os.getpid()

        def hook(event: str, arguments: tuple) -> None:
            nonlocal count
            if os.getpid() == itself and event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "open"):
                if count == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)
                count += 1

        sys.addaudithook(hook)
        publish(artifacts, site)
        os.write(write, str(count).encode())
        os._exit(0)
    os.close(write)
    os.waitpid(child, 0)
    with os.fdopen(read) as end:
        return int(end.read() or 0)


@cache
def links(path: str, data: bytes) -> frozenset[str]:
    """The files of the site to which a file leads."""
    found = {unquote(address.decode()) for address in _ADDRESS.findall(data)}
    if path.endswith(".html"):
        here = urljoin(BASE, path)
        written = (html.unescape(link).partition("#")[0] for link in _LINK.findall(data.decode()))
        absolute = (urljoin(here, unquote(link)) for link in written)
        found |= {link.removeprefix(BASE) for link in absolute if link.startswith(BASE)}
    return frozenset(f"{link}index.html" if link == "" or link.endswith("/") else link for link in found)


def reachable_and_missing(files: dict[str, bytes], known: Iterable[str]) -> tuple[set[str], set[str]]:
    """What readers and robots come to from the front page, the map and the feeds that they know, and what they look
    for in vain. Of a new feed nobody knows before a page leads to it."""
    seen: set[str] = set()
    missing: set[str] = set()
    ahead = {"index.html", "sitemap.xml", *(path for path in known if path.startswith("feeds/") and path in files)}
    while ahead:
        path = ahead.pop()
        seen.add(path)
        if path not in files:
            missing.add(path)
        elif path.endswith((".html", ".xml", ".json")):
            ahead |= links(path, files[path]) - seen
    return seen, missing


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A folder on a disk in memory, where there is one: two hundred sites are made and removed."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


def test_a_site_whose_build_was_killed_is_whole_and_the_next_build_mends_it(days, in_memory: Path):
    before, after = days
    start = in_memory / "start"
    publish(before, start)
    old, new = tree(start), {a.path: a.make() for a in after}
    assert len(new.keys() - old.keys()) > 20
    assert len(old.keys() - new.keys()) > 2
    assert find_spec("PIL") is None or "images/640/quay.jpg.webp" in reachable_and_missing(new, old)[0]
    shutil.copytree(start, in_memory / "probe")
    operations = in_a_child(after, in_memory / "probe", None)
    dice = random.Random(7)
    for number in range(MOMENTS):
        site = in_memory / f"site-{number}"
        shutil.copytree(start, site, copy_function=os.link)  # which shows too that no file is written in place
        moment = dice.randrange(operations)
        in_a_child(after, site, moment)
        found = tree(site)
        torn = [p for p in found if p != MANIFEST and found[p] not in (old.get(p), new.get(p))]
        assert not torn, f"killed before operation {moment}"
        seen, missing = reachable_and_missing(found, old)
        leaving = {path for path in old.keys() - new.keys() if path.startswith("feeds/")}
        assert not missing - leaving, f"killed before operation {moment}"  # pages that go name feeds that went before
        assert len(seen) > 150
        publish(after, site)
        healed = tree(site)
        healed.pop(MANIFEST)
        assert healed == new, f"killed before operation {moment}"
        shutil.rmtree(site)
    assert not list(in_memory.glob(".*-stage-*"))


BUILD = [sys.executable, "-m", "generator", "build"]


def sample_with_its_own_temporary_folder(folder: Path) -> tuple[Path, Path, dict[str, str]]:
    """The sample, the temporary folder of what is built of it, and the environment of a command that builds it."""
    here, temporary = folder / "newsletter", folder / "temporary"
    temporary.mkdir()
    sample_in(here)
    return here, temporary, {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
def test_a_build_that_is_asked_to_end_leaves_nothing_lying_about(how: signal.Signals, tmp_path: Path):
    here, temporary, surroundings = sample_with_its_own_temporary_folder(tmp_path)
    with subprocess.Popen(BUILD, cwd=here, env=surroundings, stderr=subprocess.DEVNULL) as building:
        while not list(here.glob(".*-stage-*")):
            assert building.poll() is None
            time.sleep(0.005)
        assert list(temporary.iterdir())
        building.send_signal(how)
    assert building.returncode == 128 + how
    assert not list(here.glob(".*-stage-*"))
    assert not list(temporary.iterdir())
    assert not (here / "site").exists()


def test_a_build_that_is_asked_to_end_again_and_again_tidies_up_all_the_same(tmp_path: Path):
    """As `timeout` does, which asks the command and then its whole group."""
    here, temporary, surroundings = sample_with_its_own_temporary_folder(tmp_path)
    with subprocess.Popen(BUILD, cwd=here, env=surroundings, stderr=subprocess.PIPE, text=True) as building:
        while not list(temporary.glob("*/*/*")):
            assert building.poll() is None
            time.sleep(0.001)
        while building.poll() is None:
            building.send_signal(signal.SIGTERM)
            time.sleep(0.001)
        said = building.stderr.read() if building.stderr else ""
    assert building.returncode == 128 + signal.SIGTERM
    assert "Traceback" not in said
    assert not list(temporary.iterdir())


def test_what_a_killed_build_left_in_the_temporary_folder_the_next_takes_away(tmp_path: Path):
    here, temporary, surroundings = sample_with_its_own_temporary_folder(tmp_path)
    with subprocess.Popen(BUILD, cwd=here, env=surroundings, stderr=subprocess.DEVNULL) as building:
        while not any(mark.read_bytes() for mark in here.glob(".cache/citewire/temporary/*")):
            assert building.poll() is None
            time.sleep(0.005)
        building.kill()
    assert list(temporary.iterdir())
    assert subprocess.run(BUILD, cwd=here, env=surroundings, check=False).returncode == 0
    assert not list(temporary.iterdir())
    assert not list(here.glob(".cache/citewire/temporary/*"))
