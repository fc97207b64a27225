"""A build with nothing to do does nothing, and anything at all that changed is noticed."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.configuration import configuration
from generator.host import command, untouched
from tests.folders import small_in, times, tree
from tests.test_host_kept import with_text

pytestmark = pytest.mark.usefixtures("no_file_is_too_young")
STORY = "content/stories/2026/meta-coreweave.yml"
NOW = "2026-11-20T00:00:00Z"
Edit = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small newsletter, without what takes long to make."""
    folder = small_in(tmp_path / "n")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """One entry for each build that did not stop at the first look."""
    found: list[bool] = []
    real = command.build
    monkeypatch.setattr(command, "build", lambda *given: (found.append(True), real(*given))[1])
    return found


def build(*more: str, now: str = NOW) -> Result:
    done = CliRunner().invoke(main, ["build", "--now", now, *more])
    assert done.exit_code in (0, 1), done.output
    return done


def write(name: str, text: str) -> Edit:
    def edit(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)

    return edit


def test_a_build_after_which_nothing_changed_reads_no_story_and_writes_nothing(root: Path, builds: list[bool]):
    build()
    before = times(root / "site")
    build()
    assert builds == [True]
    assert times(root / "site") == before


EDITS: dict[str, Edit] = {
    "a word of a story": lambda root: with_text(root / STORY, "another $21 billion to", "some $21 billion to"),
    "as many letters, and the old time": lambda root: same_time(
        root / STORY, lambda: with_text(root / STORY, "another $21 billion to", "another $21 Billion to")
    ),
    "another name for a topic": lambda root: with_text(root / "content/topics.yml", "name: ", "name: The "),
    "a picture": write("content/images/new.png", "x"),
    "a text that is kept of a source": write("content/evidence/texts/x.txt", "x"),
    "the configuration": lambda root: with_text(root / "mkdocs.yml", "cards: false", "cards: false, river: false"),
    "a page": write("content/pages/ethics.md", "# Ethics\n"),
    "a template": write("overrides/citewire/glossary.html", "{# ours #}"),
    "a published page": lambda root: (root / "site/index.html").write_text("x"),
    "a published page that is gone": lambda root: (root / "site/feeds.opml").unlink(),
    "the list of the site's files": lambda root: (root / "site/.citewire.json").unlink(),
    "the whole site": lambda root: shutil.rmtree(root / "site"),
    "the cache": lambda root: shutil.rmtree(root / ".cache"),
    "a damaged record": lambda root: [
        file.write_bytes(file.read_bytes()[:-3]) for file in (root / ".cache/citewire/untouched").iterdir()
    ],
}


def same_time(file: Path, edit: Callable[[], None]) -> None:
    stat = file.stat()
    edit()
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_whatever_changed_the_build_looks_at_everything(root: Path, builds: list[bool], edit: Edit):
    build()
    edit(root)
    build()
    assert len(builds) == 2
    if (root / "site").exists():
        standing = tree(root / "site")
        shutil.rmtree(root / "site")
        shutil.rmtree(root / ".cache")
        build()
        assert tree(root / "site") == standing


def test_what_waits_for_its_time_comes_out_though_no_file_changed(root: Path, builds: list[bool]):
    build(now="2020-01-01T00:00:00Z")
    assert not (root / "site/stories/meta-coreweave/index.html").exists()
    build(now="2020-01-02T00:00:00Z")
    assert len(builds) == 1
    build(now=NOW)
    assert (root / "site/stories/meta-coreweave/index.html").exists()
    build(now="2026-11-21T00:00:00Z")
    assert len(builds) == 2
    build(now="2020-01-01T00:00:00Z")
    assert not (root / "site/stories/meta-coreweave/index.html").exists()


def test_warnings_are_said_again_though_nothing_was_read(root: Path, builds: list[bool]):
    write("content/stories/2026/unfinished.yml", "draft: true\ntitle: To be written\n")(root)
    first, second = build(), build()
    assert len(builds) == 1
    assert "warning" in first.output
    assert second.output == first.output


def test_a_site_of_which_nothing_changes_is_remembered_as_long_as_it_is_built(root: Path, builds: list[bool]):
    build()
    (record,) = (root / ".cache/citewire/published").glob("*.msgpack")
    os.utime(record, (1, 1))
    build()
    assert builds == [True]
    assert record.stat().st_mtime > 1


def test_content_with_an_error_is_judged_each_time(root: Path, builds: list[bool]):
    build()
    with_text(root / STORY, "section: big-tech", "section: bigtech")
    assert [build().exit_code for _ in range(2)] == [1, 1]
    assert len(builds) == 3


def test_strict_and_another_folder_are_builds_of_their_own(root: Path, builds: list[bool]):
    build()
    build("--strict")
    build("--site-dir", "other")
    assert len(builds) == 3
    build("--site-dir", "other")
    assert len(builds) == 3
    assert tree(root / "site") == tree(root / "other")


def test_a_file_that_may_be_written_twice_within_a_tick_counts_by_its_bytes(
    root: Path, builds: list[bool], monkeypatch: pytest.MonkeyPatch
):
    """The times of a young file prove nothing. Here they are held to what they were, as a coarse clock would."""
    monkeypatch.setattr(untouched, "YOUNG", 3600 * 10**9)
    held = time.time_ns()
    stamps = untouched.stamps
    monkeypatch.setattr(
        untouched,
        "stamps",
        lambda folder, within="": ((path, (size, held, held)) for path, (size, *_) in stamps(folder)),
    )
    build()
    build()
    assert len(builds) == 1
    with_text(root / STORY, "another $21 billion to", "another $21 Billion to")
    build()
    assert len(builds) == 2
    assert b"$21 Billion" in (root / "site/stories/meta-coreweave/index.html").read_bytes()


def test_a_change_while_the_site_was_built_is_not_passed_over(
    root: Path, builds: list[bool], monkeypatch: pytest.MonkeyPatch
):
    real = command.judged

    def judged_and_saved(*given, **named):
        found = real(*given, **named)
        with_text(root / STORY, "another $21 billion to", "another $21 Billion to")
        return found

    monkeypatch.setattr(command, "judged", judged_and_saved)
    build()
    monkeypatch.setattr(command, "judged", real)
    build()
    assert len(builds) == 2
    assert b"$21 Billion" in (root / "site/stories/meta-coreweave/index.html").read_bytes()


def test_the_moment_of_a_build_is_kept_with_its_zone(root: Path):
    """A build of the evening in New York, and the same moment in UTC, are one."""
    build(now="2026-11-20T02:00:00-05:00")
    seen = untouched.look(configuration(root / "mkdocs.yml"), None, False)
    assert untouched.untouched(seen, datetime(2026, 11, 20, 7, tzinfo=UTC))
    assert not untouched.untouched(seen, datetime(2026, 11, 20, 6, tzinfo=UTC))
