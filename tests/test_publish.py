"""Publishing: whole files, safe order, nothing touched too early, nothing of others removed."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import shutil
import signal
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from generator import batches
from generator.cache import Cache
from generator.model.artifacts import Artifact, Order, PathTakenError
from generator.publish import site as publishing
from generator.publish import stage
from generator.publish.manifest import MANIFEST, read_manifest
from generator.publish.site import Declared, PublishError
from tests.folders import tree
from tests.make import publish

T = TypeVar("T")


def artifact(path: str, text: str = "x", order: Order = Order.PAGE) -> Artifact:
    return Artifact(path, order, partial(bytes, text, "utf-8"))


def until(met: Callable[[], T]) -> T:
    """What comes true before long."""
    for _ in range(200):
        if found := met():
            break
        time.sleep(0.05)
    return found


def failing() -> bytes:
    raise RuntimeError("a template failed")


def test_a_site_is_written_with_a_list_of_its_files(tmp_path: Path):
    changes = publish([artifact("a/index.html"), artifact("b.xml")], tmp_path / "site")
    assert set(changes.written) == {"a/index.html", "b.xml"}
    assert set(tree(tmp_path / "site")) == {"a/index.html", "b.xml", MANIFEST}
    assert set(json.loads((tmp_path / "site" / MANIFEST).read_text())["files"]) == {"a/index.html", "b.xml"}


def test_what_did_not_change_is_not_touched(tmp_path: Path):
    site = tmp_path / "site"
    publish([artifact("same.xml"), artifact("other.html", "1")], site)
    os.utime(site / "same.xml", (1, 1))
    os.utime(site / MANIFEST, (1, 1))
    changes = publish([artifact("same.xml"), artifact("other.html", "1")], site)
    assert changes.written == ()
    assert (site / "same.xml").stat().st_mtime == 1
    assert (site / MANIFEST).stat().st_mtime == 1


def test_what_is_gone_is_removed_with_its_empty_folders(tmp_path: Path):
    site = tmp_path / "site"
    publish([artifact("stories/old/index.html"), artifact("index.html")], site)
    changes = publish([artifact("index.html")], site)
    assert changes.removed == ("stories/old/index.html",)
    assert not (site / "stories").exists()


def test_files_of_others_stay(tmp_path: Path):
    site = tmp_path / "site"
    (site / ".git").mkdir(parents=True)
    (site / "CNAME").write_text("example.org")
    (site / ".git" / "HEAD").write_text("ref")
    publish([artifact("index.html")], site)
    publish([], site)
    assert set(tree(site)) == {"CNAME", ".git/HEAD", MANIFEST}


def test_sites_that_nobody_builds_any_more_are_forgotten_in_time(tmp_path: Path):
    cache = Cache(tmp_path / "cache", "program")
    for number in range(20):
        publish([of("1")], tmp_path / f"site-{number}", cache)
    assert len(list((cache.folder / "published").iterdir())) == 16
    for number in range(4, 20):
        publish([never_made("1")], tmp_path / f"site-{number}", cache)


def test_what_cannot_be_moved_into_place_is_told_by_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(self: Path, to: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self), None, str(to))

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OSError, match="denied") as told:
        publish([artifact("a.html")], tmp_path / "site")
    assert told.value.filename == str(tmp_path / "site" / MANIFEST)


def test_an_empty_folder_of_others_in_the_way_is_told_before_anything_is_touched(tmp_path: Path):
    site = tmp_path / "site"
    publish([artifact("a/x.html"), artifact("b.html", "first")], site)
    (site / "a/empty").mkdir()
    with pytest.raises(OSError, match="stands in the way"):
        publish([artifact("a"), artifact("b.html", "second")], site)
    assert (site / "a/x.html").is_file()
    assert (site / "b.html").read_bytes() == b"first"


def test_a_build_that_is_interrupted_when_its_folder_is_there_takes_it_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    renamed = Path.rename

    def interrupted(self: Path, to: Path) -> None:
        renamed(self, to)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish([artifact("a.html")], tmp_path / "site")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_may_not_be_looked_into_is_told_before_anything_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    site = tmp_path / "site"
    publish([artifact("a/x.html"), artifact("b.html", "first")], site)
    looked = os.lstat

    def refused(path: str) -> os.stat_result:
        if str(path).startswith(f"{site}/a/"):
            raise PermissionError(13, "Permission denied", path)
        return looked(path)

    monkeypatch.setattr(os, "lstat", refused)
    with pytest.raises(PermissionError):
        publish([artifact("a/y.html"), artifact("b.html", "second")], site)
    assert (site / "b.html").read_bytes() == b"first"


@pytest.mark.parametrize("theirs", ["b/index.html/notes.txt", "b"])
@pytest.mark.parametrize("before", [[], ["a.html", "c.html"], ["b/index.html", "a.html"]], ids=len)
def test_what_others_have_put_in_the_way_stays_and_nothing_is_touched(tmp_path: Path, before: list[str], theirs: str):
    site = tmp_path / "site"
    publish([artifact(path, "old") for path in before], site)
    shutil.rmtree(site / "b", ignore_errors=True)
    (site / theirs).parent.mkdir(parents=True, exist_ok=True)
    (site / theirs).write_text("theirs")
    stands = tree(site)
    with pytest.raises(OSError, match="not of the site") as told:
        publish([artifact(path) for path in ("a.html", "b/index.html")], site)
    assert told.value.filename == str(site / theirs.removesuffix("/notes.txt"))
    assert tree(site) == stands


@pytest.mark.parametrize("ahead", [-3600, 0, 3600], ids=["usual", "at once", "the clock was set back"])
def test_a_file_that_has_changed_has_a_later_time_in_whole_seconds(tmp_path: Path, ahead: int):
    site = tmp_path / "site"
    publish([artifact("a.html", "1")], site)
    then = time.time_ns() + ahead * 1_000_000_000
    os.utime(site / "a.html", ns=(then, then))
    before = int((site / "a.html").stat().st_mtime)
    publish([artifact("a.html", "2")], site)
    assert int((site / "a.html").stat().st_mtime) > before


def test_what_needs_the_same_texts_is_made_one_after_the_other(tmp_path: Path):
    made = []

    def making(path: str, near: str = "") -> Artifact:
        return Artifact(path, Order.PAGE, lambda: made.append(path) or b"", near=near)

    publish([making("a", "x"), making("b"), making("c", "y"), making("d", "x"), making("e", "y")], tmp_path)
    assert made == ["a", "d", "b", "c", "e"]


def test_when_making_fails_nothing_is_touched(tmp_path: Path):
    site = tmp_path / "site"
    publish([artifact("a.html", "old"), artifact("gone.html")], site)
    before = tree(site)
    with pytest.raises(RuntimeError):
        publish([artifact("a.html", "new"), Artifact("b.html", Order.PAGE, failing)], site)
    assert tree(site) == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"], "no folder is left behind"


@pytest.mark.parametrize("paths", [("a.html", "a.html"), ("a", "a/b.html"), ("a/b/c", "a/b")])
def test_one_path_twice_is_an_error(tmp_path: Path, paths: tuple[str, str]):
    with pytest.raises(PathTakenError):
        publish([artifact(path) for path in paths], tmp_path / "site")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("path", ["../out.html", "/etc/passwd", "a/../../b", "", MANIFEST])
def test_nothing_is_written_outside_the_site(tmp_path: Path, path: str):
    with pytest.raises(PublishError):
        publish([artifact(path)], tmp_path / "site")


def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path: Path):
    site, precious = tmp_path / "site", tmp_path / "precious"
    precious.write_text("keep")
    publish([artifact("index.html")], site)
    (site / MANIFEST).write_text(json.dumps({"files": ["../precious", str(precious)]}))
    publish([artifact("index.html")], site)
    assert precious.read_text() == "keep"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff", b'{"files": 3}'])
def test_a_damaged_list_is_healed(tmp_path: Path, damage: bytes):
    site = tmp_path / "site"
    publish([artifact("index.html")], site)
    (site / MANIFEST).write_bytes(damage)
    publish([artifact("index.html")], site)
    assert json.loads((site / MANIFEST).read_text())["files"] == ["index.html"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_in_the_place_of_the_list_is_not_waited_for(tmp_path: Path):
    site = tmp_path / "site"
    publish([artifact("a.html")], site)
    (site / MANIFEST).unlink()
    os.mkfifo(site / MANIFEST)
    publish([artifact("a.html")], site)
    assert read_manifest(site) == ["a.html"]


def test_pages_go_public_before_the_feeds_that_lead_to_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    moved = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda self, to: (moved.append(Path(to).name), replace(self, to))[1])
    items = [artifact("feed.xml", order=Order.FEED), artifact("index.html", order=Order.INDEX)]
    publish([*items, artifact("p.html"), artifact("i.png", order=Order.ASSET)], tmp_path / "site")
    assert moved == [MANIFEST, "i.png", "p.html", "index.html", "feed.xml"]


@pytest.mark.parametrize(("before", "after"), [("old.html", "old.html/x/index.html"), ("a/b/index.html", "a/b")])
def test_a_file_can_become_a_folder_and_a_folder_a_file(tmp_path: Path, before: str, after: str):
    site = tmp_path / "site"
    publish([artifact(before)], site)
    publish([artifact(after)], site)
    publish([artifact(after)], site)
    assert set(tree(site)) == {after, MANIFEST}


def test_what_a_killed_build_left_behind_is_swept_away(tmp_path: Path):
    left = tmp_path / ".site-stage-999999999_abc"
    left.mkdir()
    publish([artifact("index.html")], tmp_path / "site")
    assert not left.exists()


def test_what_a_build_left_that_was_killed_before_it_had_a_folder_is_swept_away(tmp_path: Path):
    """Its parents were missing, so it lies above them, where no later build would look that has them."""
    left, other = tmp_path / ".public-stage-abc", tmp_path / ".site-stage-of-a-site-beside-it"
    for folder in (left / "public" / "site", other):
        folder.mkdir(parents=True)
    publish([artifact("index.html")], tmp_path / "public" / "site")
    assert [path.name for path in tmp_path.iterdir() if path.name != "public"] == [other.name]


@pytest.mark.parametrize("stands", [Path.touch, lambda path: path.symlink_to("nowhere")], ids=["file", "link"])
def test_what_stands_in_the_place_of_the_site_is_named(tmp_path: Path, stands: Callable[[Path], None]):
    """The system says of both that the file exists, and a link that leads nowhere is hard to find by that."""
    stands(tmp_path / "site")
    with pytest.raises(OSError, match="a link that leads nowhere, stands in the way") as told:
        publish([artifact("index.html")], tmp_path / "site")
    assert told.value.filename == str(tmp_path / "site")


def test_the_name_of_a_folder_is_no_pattern(tmp_path: Path):
    beside = tmp_path / ".site-stage-of-another"
    beside.mkdir()
    publish([artifact("index.html")], tmp_path / "[s]ite")
    assert beside.exists()


def test_an_interrupt_at_the_very_moment_at_which_a_build_makes_its_folder_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    make, before = tempfile.mkdtemp, signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupted(**where: object) -> str:
        folder = make(**where)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        return folder

    monkeypatch.setattr(tempfile, "mkdtemp", interrupted)
    try:
        with pytest.raises(KeyboardInterrupt):
            publish([artifact("index.html")], tmp_path / "site")
    finally:
        signal.signal(signal.SIGINT, before)
    assert not list(tmp_path.iterdir())


def test_a_site_that_is_a_disk_of_its_own_is_published_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stage, "_are_on_one_disk", lambda one, other: False)
    beside = tmp_path / "site"
    publish([artifact("index.html", "1")], beside)
    stages: list[Path] = []
    make = partial(lambda: (stages.extend(beside.glob(".site-stage-*")), b"2")[1])
    publish([Artifact("index.html", Order.PAGE, make)], beside)
    assert [folder.parent for folder in stages] == [beside]
    assert tree(beside).keys() == {"index.html", MANIFEST}


def test_a_site_behind_a_link_is_written_where_the_link_leads(tmp_path: Path):
    (tmp_path / "elsewhere/html").mkdir(parents=True)
    (tmp_path / "site").symlink_to("elsewhere/html")
    publish([artifact("index.html")], tmp_path / "site")
    assert tree(tmp_path / "elsewhere").keys() == {"html/index.html", f"html/{MANIFEST}"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "site"]


def of(fingerprint: str | None, text: str = "x", path: str = "a/index.html") -> Artifact:
    return Artifact(path, Order.PAGE, partial(bytes, text, "utf-8"), fingerprint and (fingerprint,))


def never_made(fingerprint: str | None, path: str = "a/index.html") -> Artifact:
    return Artifact(path, Order.PAGE, failing, fingerprint and (fingerprint,))


def test_what_is_declared_late_goes_public_with_the_rest_and_in_its_order(tmp_path: Path):
    made: list[str] = []

    def told(path: str, order: Order) -> Artifact:
        return Artifact(path, order, lambda: made.append(path) or b"x", depends_on=(path,))

    def declare(before: object) -> Declared:
        late = [told("search/a.bin", Order.ASSET)]
        return Declared([told("index.html", Order.INDEX)], late=lambda: made.append("late") or late)

    site, cache = tmp_path / "site", Cache(tmp_path / "cache", "test")
    publishing.publish(declare, site, cache)
    assert json.loads((site / MANIFEST).read_text())["files"] == ["search/a.bin", "index.html"]
    assert made == ["index.html", "late", "search/a.bin"]
    again = publishing.publish(declare, site, cache)
    assert (again.written, again.removed, again.unchanged) == ((), (), 2)
    assert publish([told("index.html", Order.INDEX)], site, cache).removed == ("search/a.bin",)


def test_what_is_declared_late_may_take_no_path_of_another(tmp_path: Path):
    publish([artifact("index.html", "before")], tmp_path / "site")
    before = tree(tmp_path / "site")
    both = Declared([artifact("index.html", "now")], late=lambda: [artifact("index.html", "late")])
    with pytest.raises(PathTakenError):
        publishing.publish(lambda before: both, tmp_path / "site")
    assert tree(tmp_path / "site") == before


def test_what_is_made_from_the_same_is_not_made_again(tmp_path: Path):
    site, cache = tmp_path / "site", Cache(tmp_path / "cache", "program")
    publish([of("1")], site, cache)
    changes = publish([never_made("1")], site, cache)
    assert (changes.written, changes.unchanged) == ((), 1)


@pytest.mark.parametrize("second", [never_made("2"), never_made(None)], ids=["another", "unknown"])
def test_what_is_made_from_something_else_is_made_again(tmp_path: Path, second: Artifact):
    site, cache = tmp_path / "site", Cache(tmp_path / "cache", "program")
    publish([of("1")], site, cache)
    with pytest.raises(RuntimeError):
        publish([second], site, cache)


@pytest.mark.parametrize("harm", [Path.unlink, Path.touch, lambda file: file.write_text("y")])
def test_a_published_file_that_somebody_touched_is_made_again(tmp_path: Path, harm):
    site, cache = tmp_path / "site", Cache(tmp_path / "cache", "program")
    publish([of("1")], site, cache)
    harm(site / "a/index.html")
    publish([of("1")], site, cache)
    assert (site / "a/index.html").read_text() == "x"


@pytest.mark.parametrize("damage", [b"", b"[]", b"\xff", b'{"a/index.html": 3}'])
def test_a_damaged_memory_is_healed(tmp_path: Path, damage: bytes):
    site, cache = tmp_path / "site", Cache(tmp_path / "cache", "program")
    publish([of("1")], site, cache)
    (memory,) = (cache.folder / "published").iterdir()
    memory.write_bytes(b"program\n" + damage)
    publish([of("1", "new")], site, cache)
    assert (site / "a/index.html").read_text() == "new"
    publish([never_made("1")], site, cache)


@pytest.mark.parametrize("column", range(7))
def test_with_a_memory_that_contradicts_itself_a_site_is_built_as_from_nothing(tmp_path: Path, column: int):
    """One column of the files is a file short, though its checksum is right."""
    cache, fresh = Cache(tmp_path / "cache", "program"), tmp_path / "fresh"
    now = [of("1", "new"), artifact("b.xml"), artifact("index.html", order=Order.INDEX)]
    publish([of("1"), *now[1:], artifact("old.xml")], tmp_path / "site", cache)
    (memory,) = (f"published/{file.name}" for file in (cache.folder / "published").iterdir())
    record = cache.value(memory, msgspec.msgpack.decode)
    record["files"][column] = record["files"][column][:-1]
    cache.write(memory, msgspec.msgpack.encode(record))
    publish(now, tmp_path / "site", cache)
    publish(now, fresh)
    assert tree(tmp_path / "site") == tree(fresh)


def test_what_another_version_of_the_program_made_is_made_again(tmp_path: Path):
    publish([of("1")], tmp_path / "site", Cache(tmp_path / "cache", "program"))
    with pytest.raises(RuntimeError):
        publish([never_made("1")], tmp_path / "site", Cache(tmp_path / "cache", "another program"))


def test_two_sites_of_one_newsletter_are_remembered_apart(tmp_path: Path):
    cache = Cache(tmp_path / "cache", "program")
    publish([of("1", "x")], tmp_path / "one", cache)
    publish([of("1", "x")], tmp_path / "two", cache)
    publish([never_made("1")], tmp_path / "one", cache)
    assert tree(tmp_path / "two")["a/index.html"] == b"x"


def in_a_child(work) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def test_a_second_build_of_a_site_waits_for_the_first(tmp_path: Path):
    site, (read, write) = tmp_path / "site", os.pipe()
    begun = tmp_path / "begun"

    def slow() -> bytes:
        begun.touch()
        os.read(read, 1)
        return b"first"

    child = in_a_child(lambda: publish([Artifact("a.html", Order.PAGE, slow)], site))
    while not begun.exists():
        time.sleep(0.001)
    publish([artifact("a.html", "second")], site, wait=lambda: os.write(write, b"x"))
    os.waitpid(child, 0)
    assert (site / "a.html").read_text() == "second"


@pytest.mark.parametrize("name", ["site", "public/site"])
def test_a_first_site_is_locked_as_soon_as_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    """A build that begins later locks what is there: it came between the making and the locking of a folder."""
    top, flock, was_there = tmp_path / Path(name).parts[0], fcntl.flock, list[bool]()

    def watched(file: int, how: int) -> None:
        was_there.append(top.exists())
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", watched)
    publish([Artifact("a.html", Order.PAGE, lambda: str(is_locked(tmp_path / name)).encode())], tmp_path / name)
    assert was_there[0] is False
    assert (tmp_path / name / "a.html").read_text() == "True"
    (tmp_path / "usual").mkdir()
    assert sorted(tmp_path.iterdir()) == sorted([top, tmp_path / "usual"])
    assert (tmp_path / name).stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_build_that_waited_for_one_that_failed_makes_the_folder_anew(tmp_path: Path):
    """The failed one takes away the folder that it had made for nothing."""
    folder = tmp_path / "site"
    folder.mkdir()
    held = os.open(folder, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)

    def fails() -> None:
        folder.rmdir()
        os.close(held)

    publish([Artifact("a.html", Order.PAGE, lambda: str(is_locked(folder)).encode())], folder, wait=fails)
    assert (folder / "a.html").read_text() == "True"


def is_locked(folder: Path) -> bool:
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(number)
    return False


def test_a_build_that_died_holds_nobody_up(tmp_path: Path):
    site = tmp_path / "site"
    stop = Artifact("a.html", Order.PAGE, lambda: os.kill(os.getpid(), signal.SIGSTOP))
    child = in_a_child(lambda: publish([stop], site))
    os.waitpid(child, os.WUNTRACED)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    publish([artifact("a.html")], site, wait=lambda: pytest.fail("it waited"))


def test_a_full_disk_leaves_the_site_as_it_is(tmp_path: Path):
    site = tmp_path / "site"
    publish([artifact("a.html", "old")], site)
    before = tree(site)

    def without_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            publish([artifact("a.html", "new"), artifact("b.html", "x" * 2000)], site)
        except OSError as error:
            (tmp_path / "told").write_text(str(error))

    os.waitpid(in_a_child(without_room), 0)
    assert "too large" in (tmp_path / "told").read_text()
    assert tree(site) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site", "told"]


def test_many_files_made_by_several_processes_are_those_made_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    many = [artifact(f"p/{number}/index.html", str(number)) for number in range(450)]
    publish(many, tmp_path / "several")
    monkeypatch.setattr(batches, "WORTH", 1000)
    publish(many, tmp_path / "one")
    assert tree(tmp_path / "several") == tree(tmp_path / "one")


def test_a_process_that_the_system_ends_costs_nothing(tmp_path: Path):
    itself = os.getpid()

    def made_by_one_alone() -> bytes:
        if os.getpid() != itself:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"made"

    many = [artifact(f"{number}.html") for number in range(450)]
    publish([*many, Artifact("heavy.html", Order.PAGE, made_by_one_alone)], tmp_path / "site")
    assert len(tree(tmp_path / "site")) == 452
    assert (tmp_path / "site/heavy.html").read_text() == "made"


def test_a_killed_build_leaves_no_process_behind(tmp_path: Path):
    def told(start: int, end: int) -> None:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(60)

    itself = os.fork()
    if itself == 0:  # a build, whose processes say who they are
        try:
            list(batches.in_batches(told, 1000, 10))
        finally:
            os._exit(1)
    forked = until(lambda: [int(file.name) for file in tmp_path.iterdir()])
    os.kill(itself, signal.SIGKILL)
    os.waitpid(itself, 0)
    assert forked
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in forked))


def test_an_error_in_one_of_several_processes_is_the_error_itself(tmp_path: Path):
    many = [artifact(f"{number}.html") for number in range(450)]
    with pytest.raises(RuntimeError, match="a template failed") as caught:
        publish([*many, Artifact("bad.html", Order.PAGE, failing)], tmp_path / "site")
    assert "in failing" in "".join(traceback.format_tb(caught.value.__traceback__))
    assert not tree(tmp_path / "site")


def test_a_disk_that_takes_no_more_is_told_with_the_file_that_was_to_be_written(tmp_path: Path):
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, usual[1]))  # which fails as a full disk does, without a name
    try:
        with pytest.raises(OSError, match="too large") as told:
            publish([artifact("stories/a/index.html", "more than ten bytes")], tmp_path / "site")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert told.value.filename == "stories/a/index.html"
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("gone", "new", "first"),
    [
        ({"old/index.html"}, {"new/index.html"}, set()),
        ({"a"}, {"a/index.html"}, {"a"}),
        ({"a"}, {"a/b/index.html"}, {"a"}),
        ({"a/index.html", "a/b/c"}, {"a"}, {"a/index.html", "a/b/c"}),
        ({"ab"}, {"a/index.html"}, set()),
        ({"a", "old"}, {"a/index.html"}, {"a"}),
    ],
)
def test_only_what_stands_in_the_way_goes_before_what_is_new_is_there(gone: set[str], new: set[str], first: set[str]):
    assert publishing.in_the_way(gone, new, new) == first
