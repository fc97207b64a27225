"""The host is started only when something of it changed, and whether it was can never be seen in the site."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mkdocs.commands.build import build as host_build
from mkdocs.config import load_config

from generator.host import command
from generator.host.asked import Asked
from generator.host.command import UnpublishedError, build
from generator.host.overlay import SCRIPT
from generator.host.press import Orders
from tests.folders import small_in, tree

pytestmark = pytest.mark.usefixtures("no_file_is_too_young")
STORY = "content/stories/2026/meta-coreweave.yml"
NAV = "markdown_extensions: [admonition]\nnav:\n  - About: about.md\n  - Editorial policy: policy.md\n"
NOW = datetime(2026, 11, 20, tzinfo=UTC)
Edit = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small newsletter, without what takes long to make and has nothing to do with the host."""
    folder = small_in(tmp_path / "n")
    (folder / "content/pages/policy.md").write_text('# Policy\n\nWe "promise" it.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n')
    append("mkdocs.yml", NAV)(folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """One entry for each start of the host."""
    found: list[bool] = []
    through_host = command._Build._through_host
    monkeypatch.setattr(command._Build, "_through_host", lambda build: (found.append(True), through_host(build))[1])
    return found


def with_text(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def published(folder: Path, strict: bool = False) -> dict[str, bytes]:
    build(Asked(folder / "mkdocs.yml", None, strict, NOW), lambda problems: None, lambda done, of: None)
    return tree(folder / "site")


def from_nothing(folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder / "site")
    shutil.rmtree(folder / ".cache")
    return published(folder)


def test_a_build_leaves_the_log_of_its_process_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch):
    log = logging.getLogger("mkdocs")
    monkeypatch.setattr(log, "level", logging.ERROR)
    monkeypatch.setattr(log, "handlers", [])
    published(root)
    assert (log.level, log.handlers) == (logging.ERROR, [])


def test_who_has_no_home_can_build(root: Path, monkeypatch: pytest.MonkeyPatch):
    """As in a container, whose user has no name and no HOME."""

    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", none)
    assert "index.html" in published(root)


def test_a_build_in_which_nothing_of_the_host_changed_does_not_start_it(root: Path, starts: list[bool]):
    first = published(root)
    assert len(starts) == 1
    with_text(root / STORY, "another $21 billion to CoreWeave. [", "another $21 billion now to CoreWeave. [")
    second = published(root)
    assert len(starts) == 1
    assert second != first
    assert second == from_nothing(root)


def append(name: str, text: str) -> Edit:
    def edit(folder: Path) -> None:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text() if file.exists() else "") + text)

    return edit


EDITS: dict[str, Edit] = {
    "a banner": append("content/newsletter.yml", "\nbanner: We move.\n"),
    "an option of the theme": lambda root: with_text(
        root / "mkdocs.yml", "font: false", "font: false\n  favicon: assets/other.png"
    ),
    "its address": lambda root: with_text(
        root / "mkdocs.yml", "https://the-footnote.example/\n", "https://x.example/\n"
    ),
    "an extension of Markdown": lambda root: with_text(root / "mkdocs.yml", "[admonition]", "[smarty]"),
    "the navigation": lambda root: with_text(root / "mkdocs.yml", "  - About: about.md", "  - Who we are: about.md"),
    "a page": append("content/pages/about.md", '\nOne "more" line.\n'),
    "another page": append("content/pages/ethics.md", "# Ethics\n"),
    "a page less": lambda root: (
        (root / "content/pages/policy.md").unlink(),
        with_text(root / "mkdocs.yml", "  - Editorial policy: policy.md\n", ""),
    ),
    "an override": append("overrides/main.html", '{% extends "base.html" %}{% block announce %}Read us.{% endblock %}'),
    "a style sheet": lambda root: (
        append("content/pages/own.css", "p {color: red}")(root),
        append("mkdocs.yml", "\nextra_css: [own.css]\n")(root),
    ),
    "a section that the head of each page names": lambda root: with_text(
        root / "content/newsletter.yml", "title: Big Tech", "title: Large Tech"
    ),
}


def test_whatever_of_the_host_changes_the_site_is_that_of_a_build_from_nothing(root: Path, starts: list[bool]):
    before = published(root)
    for number, (name, edit) in enumerate(EDITS.items(), start=2):
        edit(root)
        after = published(root)
        assert len(starts) == number, name
        assert after != before, name
        shutil.copytree(root, root.parent / "fresh", ignore=shutil.ignore_patterns("site", ".cache"))
        assert after == published(root.parent / "fresh"), name
        starts.pop()
        shutil.rmtree(root.parent / "fresh")
        before = after


def test_a_value_of_the_environment_that_the_configuration_names(root: Path, starts, monkeypatch: pytest.MonkeyPatch):
    with_text(root / "mkdocs.yml", "site_url: https://the-footnote.example/", "site_url: !ENV ADDRESS")
    monkeypatch.setenv("ADDRESS", "https://one.example/")
    assert b"https://one.example/" in published(root)["about/index.html"]
    monkeypatch.setenv("ADDRESS", "https://two.example/")
    assert b"https://two.example/" in published(root)["about/index.html"]


def test_what_the_configuration_inherits_counts_too(root: Path, starts: list[bool]):
    (root / "mkdocs.yml").rename(root / "base.yml")
    (root / "mkdocs.yml").write_text("INHERIT: base.yml\n")
    published(root)
    with_text(root / "base.yml", "  - About: about.md", "  - Who we are: about.md")
    assert b"Who we are" in published(root)["about/index.html"]


@pytest.mark.parametrize(
    "with_code",
    [
        lambda root: with_text(root / "mkdocs.yml", "plugins:\n", "plugins:\n  - search\n"),
        lambda root: (append("hook.py", "")(root), append("mkdocs.yml", "\nhooks: [hook.py]\n")(root)),
        append(
            "overrides/main.html", '{% extends "base.html" %}{% block announce %}{{ build_date_utc }}{% endblock %}'
        ),
        append("overrides/main.html", '{% extends "base.html" %}{# {{ citewire.site.newest_first }} #}'),
    ],
    ids=["a plugin", "a hook", "the day of the build", "the whole site"],
)
def test_where_code_of_others_has_a_hand_in_it_the_host_is_started_each_time(root: Path, starts: list[bool], with_code):
    with_code(root)
    published(root)
    published(root)
    assert len(starts) == 2


def test_a_warning_of_the_host_is_said_by_every_build(root: Path, starts: list[bool]):
    append("content/pages/about.md", "\n[nowhere](nowhere.md)\n")(root)
    published(root)
    published(root)
    assert len(starts) == 2


def test_what_the_host_made_is_put_back_where_somebody_changed_it(root: Path, starts: list[bool]):
    before = published(root)
    (root / "site/about/index.html").write_text("gone")
    (root / "site/assets/citewire/citewire.css").unlink()
    assert published(root) == before
    assert len(starts) == 1


@pytest.mark.parametrize("name", ["about.msgpack", "files.msgpack"])
def test_what_is_kept_may_be_damaged_or_lost(root: Path, name: str):
    before = published(root)
    (root / "site/about/index.html").unlink()
    file = root / ".cache/citewire/host" / name
    file.write_bytes(file.read_bytes()[:-9])
    assert published(root) == before
    file.unlink()
    (root / "site/about/index.html").unlink()
    assert published(root) == before


def test_problems_are_said_once_and_stop_the_build_without_the_host(root: Path, starts: list[bool]):
    before = published(root)
    with_text(root / STORY, "section: big-tech", "section: bigtech")
    said: list[str] = []
    with pytest.raises(UnpublishedError, match="there are errors"):
        build(Asked(root / "mkdocs.yml", None, False, NOW), lambda found: said.extend(map(str, found)), lambda *_: None)
    assert len([text for text in said if "bigtech" in text and "error" in text]) == 1
    assert len(starts) == 1
    assert tree(root / "site") == before


class Server:
    """What `citewire serve` does when it starts, and after each save."""

    def __init__(self, root: Path, target: Path) -> None:
        self.target, self.starts = target, 0
        self._config_file = str(root / "mkdocs.yml")
        self.config = self._load()
        self.plugin = self.config.plugins["citewire"]
        self.plugin.__init__()
        self.plugin.press.orders = Orders(now=NOW)
        self.config.plugins.on_startup(command="serve", dirty=False)
        self._through_host(self.config)

    def _load(self):
        config = load_config(self._config_file, site_dir=str(self.target))
        config.site_url = "http://127.0.0.1:8000/"
        return config

    def _through_host(self, config=None) -> None:
        self.starts += 1
        host_build(config or self._load())

    def saved(self) -> dict[str, bytes]:
        self.plugin.serving.build_again(self._through_host)
        return {name: data for name, data in tree(self.target).items() if name != SCRIPT}


@pytest.fixture
def serve(root: Path) -> Iterator[Callable[[Path], Server]]:
    """Starts servers of the newsletter; MkDocs keeps our plugin for whoever builds next in this process."""
    started: list[Server] = []

    def start(target: Path) -> Server:
        started.append(Server(root, target))
        return started[-1]

    yield start
    for server in started:
        server.plugin.__init__()


def test_a_saved_story_is_served_at_once_as_a_server_from_nothing_would_serve_it(root: Path, tmp_path: Path, serve):
    edits: tuple[tuple[Edit, int], ...] = (
        (lambda root: with_text(root / STORY, "another $21 billion", "now another $21 billion"), 1),
        (lambda root: with_text(root / STORY, "section: big-tech", "section: policy"), 2),  # the head names sections
        (append("content/pages/about.md", "\nOne more line.\n"), 3),
        (lambda root: with_text(root / STORY, "now another", "yet another"), 3),
    )
    served = serve(tmp_path / "served")
    for number, (edit, starts) in enumerate(edits):
        edit(root)
        after = served.saved()
        assert served.starts == starts, number
        shutil.rmtree(root / ".cache")
        kept_plugin = vars(served.plugin).copy()
        fresh = serve(tmp_path / f"fresh-{number}")
        assert {name: data for name, data in tree(fresh.target).items() if name != SCRIPT} == after
        vars(served.plugin).update(kept_plugin)


def test_a_mistake_lies_over_the_served_site_without_the_host_and_goes_again(root: Path, tmp_path: Path, serve):
    server = serve(tmp_path / "served")
    before = server.saved()
    with_text(root / STORY, "section: big-tech", "section: bigtech")
    assert server.saved() == before
    assert "Did you mean `big-tech`?" in (server.target / SCRIPT).read_text()
    with_text(root / STORY, "section: bigtech", "section: big-tech")
    assert server.saved() == before
    assert (server.target / SCRIPT).read_text() == ""
    assert server.starts == 1
