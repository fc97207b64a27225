"""Publishing: whole files, safe order, nothing touched too early, nothing of others removed."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path

import pytest

from generator.model.artifacts import Artifact, Order, PathTakenError
from generator.publish.manifest import MANIFEST
from generator.publish.site import PublishError, publish


def artifact(path: str, text: str = "x", order: Order = Order.PAGE) -> Artifact:
    return Artifact(path, order, partial(bytes, text, "utf-8"))


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


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
