"""The site while it is written: it starts with errors, shows them in the browser, and heals."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from generator.cache import YOUNG
from generator.host.overlay import SCRIPT, clear, show
from generator.host.server import is_answered
from generator.model.problems import Problem, Severity
from tests.folders import free_port, tree
from tests.test_cases import laid_over

PATIENCE = 60.0
"""Seconds after which a server that shows nothing is given up."""
STORY = "content/stories/2026/meta-coreweave.yml"


class Served:
    def __init__(self, root: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self.root, address = root, f"127.0.0.1:{self.port}"
        self._places = Path(tempfile.mkdtemp(dir=root))
        self.url = f"http://{address}/"
        command = [sys.executable, "-m", "generator", "serve", "-a", address]
        env = {**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(self._places)}
        self._log = (root / "serve.log").open("wb")
        self.process = subprocess.Popen(command, cwd=root, env=env, stdout=self._log, stderr=subprocess.STDOUT)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)
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

    def change(self, old: str, new: str, name: str = STORY) -> None:
        path = self.root / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    @property
    def target(self) -> Path:
        """The folder that is served."""
        return next(self._places.glob("mkdocs_*"))

    @contextmanager
    def no_build_ends(self) -> Iterator[None]:
        """As long as this lasts, another build seems to write the site, and every build waits for its end."""
        folder = os.open(self.target, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def epoch(self, path: str) -> int:
        """The moment that a browser remembers of a page that it has loaded."""
        found = re.search(r"livereload\(([0-9]+),", self.read(path))
        assert found
        return int(found[1])

    def is_told(self, path: str, epoch: int, patience: float = PATIENCE) -> bool:
        """Whether a browser that shows a page is told to load it again."""
        try:
            asked = Request(f"{self.url}livereload/{epoch}/1", headers={"Referer": self.url + path})
            with urlopen(asked, timeout=patience) as answer:
                return int(answer.read()) > epoch
        except TimeoutError:
            return False


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Newsletters whose files are older than a tick of any clock: of younger ones nobody knows whether they change."""
    made = [laid_over("_sound", tmp_path_factory.mktemp("newsletter")) for _ in range(24)]
    time.sleep(YOUNG / 1e9)
    return iter(made)


@pytest.fixture
def root(folders: Iterator[Path]) -> Path:
    return next(folders)


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


def test_a_browser_that_says_it_shows_no_page_is_answered(root: Path, serve: Callable[[], Served]):
    served = serve()
    served.wait("", lambda text: "livereload(" in text)
    path = root / STORY
    path.write_text(path.read_text().replace("title: ", "title: Changed, ", 1))
    served.wait("stories/meta-coreweave/", lambda text: "Changed, " in text)
    with urlopen(Request(f"{served.url}livereload/0/1", headers={"Referer": "http://[x/"}), timeout=PATIENCE) as answer:
        assert (answer.status, answer.read().isdigit()) == (200, True)


def test_drafts_are_served_and_marked(root: Path, serve: Callable[[], Served]):
    path = root / STORY
    path.write_text(path.read_text() + "draft: true\n")
    edition = root / "content/editions/2026-04-09.yml"
    edition.write_text(edition.read_text() + "draft: true\n")
    page = serve().wait("stories/meta-coreweave/", lambda text: "<h1" in text)
    assert re.search(r'<strong class="draft">Not on the site yet</strong>', page)
    assert not (root / "site").exists()


def test_a_draft_that_cannot_be_shown_yet_is_named(root: Path, serve: Callable[[], Served]):
    half = root / "content/stories/2026/half.yml"
    half.write_text("title: Half a story\ndek:\nsection: policy\npublished: 2026-04-09T18:00:00Z\ndraft: true\n")
    served = serve()
    served.wait("", lambda text: "Meta books $21 billion" in text)
    assert "Half a story" not in served.read("stories/half/")
    log = (root / "serve.log").read_text()
    assert (
        "content/stories/2026/half.yml: this draft is shown once what would keep it from being published is mended"
        in log
    )


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


PAGE = "stories/meta-coreweave/"


@pytest.fixture
def served(serve: Callable[[], Served]) -> Served:
    """A sound site that is served."""
    served = serve()
    served.wait("", lambda text: "Meta books $21 billion" in text)
    return served


def test_a_saved_story_is_shown_before_the_whole_site_is_built(served: Served):
    with served.no_build_ends():
        served.change("Meta commits another", "Meta now commits another")
        served.wait(PAGE, lambda text: "Meta now commits another" in text)
        served.wait("editions/2026-04-09/", lambda text: "Meta now commits another" in text)
        assert "Meta now commits another" not in (served.target / PAGE / "index.html").read_text()
        served.change("Meta now commits another", "Meta then commits another")  # while the site is built
        served.wait(PAGE, lambda text: "Meta then commits another" in text)
        assert "Meta then commits another" not in served.read("stories/"), "that comes with the build"
    served.wait("stories/", lambda text: "Meta then commits another" in text)
    assert (
        served.read(PAGE)
        .partition("<script>var livereload")[0]
        .startswith((served.target / PAGE / "index.html").read_text().partition("</body>")[0])
    )


def test_a_story_that_an_editor_writes_beside_and_renames_is_shown_before_the_build(served: Served):
    path = served.root / STORY
    beside = path.with_name(".meta-coreweave.yml.swp")
    with served.no_build_ends():
        beside.write_text(path.read_text().replace("Meta commits another", "Meta now commits another"))
        beside.replace(path)
        served.wait(PAGE, lambda text: "Meta now commits another" in text)


def test_a_saved_edition_is_shown_before_the_whole_site_is_built(served: Served):
    with served.no_build_ends():
        served.change("one_line: Meta", "one_line: We read that Meta", "content/editions/2026-04-09.yml")
        served.wait("editions/2026-04-09/", lambda text: "We read that Meta" in text)
        served.wait("", lambda text: "We read that Meta" in text)


def test_a_mistake_is_shown_while_the_site_is_built_and_goes_when_it_is_mended(served: Served):
    with served.no_build_ends():
        served.change("Meta commits another", "Meta now commits another")
        page = served.wait(PAGE, lambda text: "Meta now commits another" in text)
        served.change("section: big-tech", "section: bigtech")
        script = served.wait(SCRIPT, lambda text: "bigtech" in text)
        assert f"{STORY}:3:10" in script
        assert without_moments(served.read(PAGE)) == without_moments(page)
        served.change("section: bigtech", "section: big-tech")
        served.wait(SCRIPT, lambda text: not text)
        assert without_moments(served.read(PAGE)) == without_moments(page)


def contains(words: str, text: str) -> bool:
    return words in text


def without_moments(page: str) -> str:
    return re.sub(r"livereload\([0-9, ]+\)", "", page)


def test_a_browser_loads_a_page_again_when_that_page_changes_and_no_more_than_once(served: Served):
    story, about, archive = (served.epoch(path) for path in (PAGE, "about/", "stories/"))
    with served.no_build_ends():
        served.change("Meta commits another", "Meta now commits another")
        assert served.is_told(PAGE, story)
        story = served.epoch(PAGE)
    assert served.is_told("stories/", archive), "the build changes it"
    assert not served.is_told(PAGE, story, 0.5), "it was shown before"
    assert not served.is_told("about/", about, 0.5)


def test_a_mistake_is_shown_to_whoever_looks_at_whatever_page(served: Served):
    about = served.epoch("about/")
    served.change("section: big-tech", "section: bigtech")
    assert served.is_told("about/", about)


def test_why_a_build_breaks_off_is_shown_over_the_page_and_goes_when_it_is_mended(root: Path, serve):
    config, template = root / "mkdocs.yml", root / "overrides/citewire/story.html"
    template.parent.mkdir(parents=True)
    sound = config.read_text().replace("name: material", "name: material\n  custom_dir: overrides")
    config.write_text(sound)
    served = serve()
    served.wait(PAGE, partial(contains, "Meta commits another"))
    template.write_text("\n{{ nosuch }}")
    assert "'nosuch' is undefined" in served.wait(SCRIPT, partial(contains, "overrides/citewire/story.html:2:1"))
    assert "Meta commits another" in served.read(PAGE)
    template.unlink()
    served.wait(SCRIPT, lambda text: not text)
    config.write_text(sound.replace("docs_dir:", "nothing: ["))
    served.wait(SCRIPT, partial(contains, "mkdocs.yml:1:1"))
    config.write_text(sound)
    served.wait(SCRIPT, lambda text: not text)
    config.write_text("")
    served.wait(SCRIPT, partial(contains, "it needs at least site_name, site_url and plugins"))
    config.write_text(sound)
    served.wait(SCRIPT, lambda text: not text)
    assert "Traceback" not in (root / "serve.log").read_text()


def test_a_server_that_cannot_begin_says_why_in_a_line(root: Path):
    template = root / "overrides/citewire/story.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ nosuch }}")
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("name: material", "name: material\n  custom_dir: overrides"))
    command = [sys.executable, "-m", "generator", "serve", "-a", f"127.0.0.1:{free_port()}"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"citewire: {template}:1: 'nosuch' is undefined"
    assert "Traceback" not in done.stderr


def test_what_takes_a_build_is_waited_for(served: Served):
    """A new story, another name in a vocabulary, a story that is gone."""
    new = served.root / "content/stories/2026/another.yml"
    new.write_text((served.root / STORY).read_text().replace("Meta commits another", "Somebody commits another"))
    served.wait("stories/another/", lambda text: "Somebody commits another" in text)
    served.change("title: Big Tech", "title: Large Tech", "content/newsletter.yml")
    served.wait(PAGE, lambda text: "Large Tech" in text)
    new.unlink()
    served.wait("stories/another/", lambda text: "Somebody commits another" not in text)


def test_a_site_that_has_a_path_of_its_own_is_served_below_it(root: Path, serve: Callable[[], Served]):
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("https://the-footnote.example/", "https://the.example/footnote/"))
    served = serve()
    served.wait(f"footnote/{PAGE}", lambda text: "Meta commits another" in text)
    epoch = served.epoch(f"footnote/{PAGE}")
    with served.no_build_ends():
        served.change("Meta commits another", "Meta now commits another")
        served.wait(f"footnote/{PAGE}", lambda text: "Meta now commits another" in text)
        assert served.is_told(f"footnote/{PAGE}", epoch)
    assert "Meta now" in served.read(f"footnote/{PAGE.rstrip('/')}"), "MkDocs leads an address without its slash on"


def test_where_code_of_others_has_a_hand_in_the_site_it_is_built_in_the_process_of_the_server(root: Path, serve):
    (root / "hook.py").write_text("def on_page_context(context, **more):\n    return context\n")
    config = root / "mkdocs.yml"
    config.write_text(f"{config.read_text()}\nhooks: [hook.py]\n")
    served = serve()
    served.wait(PAGE, lambda text: "Meta commits another" in text)
    assert not children(served)
    served.change("Meta commits another", "Meta now commits another")
    served.wait(PAGE, lambda text: "Meta now commits another" in text)


def test_what_saves_leave_is_a_build_from_nothing(served: Served, root: Path, tmp_path: Path):
    for line in ("One", "Two", "Three", "Four"):  # some of them while the site is built
        served.change("dek: The", f"dek: {line} The")
        served.wait(PAGE, partial(contains, f"{line} The"))
        served.change(f"dek: {line} The", "dek: The")
    served.change("Meta commits another", "Meta finally commits another")
    served.wait("stories/", lambda text: "Meta finally commits another" in text)
    served.process.kill()  # what it served stays, to be looked at
    served.process.wait(20)
    copied = tmp_path / "copied"
    shutil.copytree(root / "content", copied / "content")
    shutil.copy(root / "mkdocs.yml", copied)
    fresh = Served(copied, served.port)
    try:
        fresh.wait("stories/", lambda text: "Meta finally commits another" in text)
        anew, end = published(fresh), time.monotonic() + PATIENCE
        while published(served) != anew and time.monotonic() < end:
            time.sleep(0.1)  # the builder ends its last build though its server has gone
    finally:
        fresh.close()
    assert published(served) == anew


def published(served: Served) -> dict[str, bytes]:
    return {name: data for name, data in tree(served.target).items() if name != SCRIPT}


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_a_server_that_is_asked_to_end_leaves_nothing_behind(served: Served, how: signal.Signals, code: int):
    served.change("Meta commits another", "Meta now commits another")  # so that it is about something
    served.wait(PAGE, lambda text: "Meta now commits another" in text)
    served.process.send_signal(how)
    assert served.process.wait(PATIENCE) == code
    assert not list(served._places.iterdir())
    assert not children(served)


def test_a_server_that_is_asked_to_end_while_mkdocs_is_at_work_leaves_nothing_behind(served: Served):
    page = served.root / "content/pages/about.md"
    page.write_text(f"{page.read_text()}\nMore of it.\n")
    while not list(served._places.glob("citewire-*")):
        time.sleep(0.005)
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(PATIENCE) == 128 + signal.SIGTERM
    assert not list(served._places.iterdir())


def test_what_a_server_that_was_killed_has_left_the_next_takes_away_and_nothing_of_one_that_lives(served: Served):
    lives = Served(served.root)
    dies = Served(served.root)
    try:
        for server in (lives, dies):
            server.wait(PAGE, lambda text: "Meta commits another" in text)
        strange = dies._places / "mkdocs_strange"
        strange.mkdir()
        builder = children(dies)[0]
        dies.process.kill()
        dies.process.wait(PATIENCE)
        while is_running(builder):
            time.sleep(0.05)
        assert len(list(dies._places.iterdir())) == 2
        served.close()
        after = Served(served.root)
        after.wait(PAGE, lambda text: "Meta commits another" in text)
        after.close()
        assert list(dies._places.iterdir()) == [strange]
        assert lives.target.is_dir()
    finally:
        lives.close()
        dies._log.close()
    assert not list(lives._places.iterdir())


def is_running(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_server_whose_builder_has_ended_says_so(served: Served):
    builder = children(served)[0]
    os.kill(builder, signal.SIGKILL)
    assert served.process.wait(PATIENCE) == 2
    assert "start `citewire serve` again" in (served.root / "serve.log").read_text()


def children(served: Served) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(served.process.pid)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [
        ("127.0.0.1:8000", True),
        ("localhost:8000", True),
        ("[::1]:8000", True),
        ("192.168.1.7:8000", True),
        ("laptop:8000", True),
        ("laptop.local:8000", True),
        ("desk.example:8000", True),
        ("", True),
        ("evil.example:8000", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example:8000", False),
        ("[evil", False),
    ],
)
def test_drafts_are_shown_to_no_page_of_strangers_that_calls_itself_this_machine(asked: str, is_told: bool):
    assert is_answered(asked, "desk.example") == is_told


def test_what_is_shown_says_in_words_whether_it_is_an_error_and_of_which_rule(tmp_path):
    problem = Problem("no-date", "content/a.yml", "no day", "Add it.", severity=Severity.WARNING, line=3, column=5)
    show(tmp_path, [problem], whole_page=True)
    show(tmp_path, [problem], whole_page=False)
    for name in ("index.html", SCRIPT):
        assert f"{problem.place}: warning [no-date]" in (tmp_path / name).read_text("utf-8")
