"""The site in a store: the same bytes, in a safe order, and nothing of others."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from msgspec import field

from benchmarks import corpus
from generator.cache import Cache
from generator.model.artifacts import Artifact, Order
from generator.publish.manifest import MANIFEST
from generator.publish.site import Changes
from generator.store import mirror as mirroring
from generator.store import place
from generator.store.kinds import kind_of
from generator.store.mirror import mirror
from generator.store.place import Store, StoreError
from tests.bucket import Bucket, bucket
from tests.folders import citewire, tree
from tests.make import publish

ROOT = Path(__file__).parent.parent
OLD = {
    "style.css": Order.ASSET,
    "stories/a/index.html": Order.PAGE,
    "stories/gone/index.html": Order.PAGE,
    "index.html": Order.INDEX,
    "feeds/gone.rss.xml": Order.FEED,
    "feeds/stories.rss.xml": Order.FEED,
}
NEW = {**{p: o for p, o in OLD.items() if "gone" not in p}, "stories/b/index.html": Order.PAGE, "b.png": Order.ASSET}


class Killed(BaseException):
    """Nobody catches it."""


class Watched(Store):
    """A store that remembers what is done to it, and is killed before the given deed."""

    kill_at: int = -1
    done: list[str] = field(default_factory=list)

    def _next(self, deed: str) -> None:
        if len(self.done) == self.kill_at:
            raise Killed
        self.done.append(deed)

    def put(self, path: str, file: Path) -> None:
        self._next(path)
        super().put(path, file)

    def write(self, path: str, data: bytes) -> None:
        self._next(path)
        super().write(path, data)

    def remove(self, path: str) -> None:
        self._next(f"-{path}")
        super().remove(path)


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A store in memory, in which objects go up one by one."""
    monkeypatch.setattr(mirroring, "AT_ONCE", 1)
    yield
    MemoryFileSystem.store.clear()


def site_of(folder: Path, version: str, orders: dict[str, Order]) -> Path:
    publish([Artifact(p, o, f"{p} {version}".encode) for p, o in orders.items()], folder / "site")
    return folder / "site"


def mirrored(site: Path, store: Store) -> Changes:
    return mirror(site, store, Cache(site.parent / "cache", "1"), lambda done, of: None, lambda: None)


def in_memory() -> dict[str, bytes]:
    found = {name.removeprefix("/site/"): file.getvalue() for name, file in MemoryFileSystem.store.items()}
    found.pop(MANIFEST, None)
    return found


def published(site: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(site).items() if path != MANIFEST}


def test_new_objects_come_before_those_that_lead_to_them_and_what_is_gone_goes_last(tmp_path: Path):
    mirrored(site_of(tmp_path, "1", OLD), Store("memory://site"))
    store = Watched("memory://site")
    mirrored(site_of(tmp_path, "2", NEW), store)
    assert [deed for deed in store.done if deed != MANIFEST] == [
        "b.png",
        "stories/b/index.html",
        "style.css",
        "stories/a/index.html",
        "index.html",
        "feeds/stories.rss.xml",
        "-feeds/gone.rss.xml",
        "-stories/gone/index.html",
    ]
    assert store.done[0] == store.done[-1] == MANIFEST  # what may be there is known before it is


def test_a_store_whose_upload_was_killed_is_mended_by_the_next_one(tmp_path: Path):
    mirrored(site_of(tmp_path, "1", OLD), Store("memory://site"))
    start, site = dict(MemoryFileSystem.store), site_of(tmp_path, "2", NEW)
    whole = Watched("memory://site")
    mirrored(site, whole)
    assert len(whole.done) == 10
    for moment in range(len(whole.done)):
        MemoryFileSystem.store.clear()
        MemoryFileSystem.store.update(start)
        with pytest.raises(Killed):
            mirrored(site, Watched("memory://site", kill_at=moment))
        there = in_memory()
        if there["index.html"].endswith(b"2"):
            assert "stories/b/index.html" in there
        mirrored(site, Store("memory://site"))
        assert in_memory() == published(site), f"killed before deed {moment}"


def test_what_was_new_to_an_upload_that_was_killed_still_comes_first_in_the_next(tmp_path: Path):
    mirrored(site_of(tmp_path, "1", OLD), Store("memory://site"))
    site = site_of(tmp_path, "2", NEW)
    with pytest.raises(Killed):
        mirrored(site, Watched("memory://site", kill_at=2))
    store = Watched("memory://site")
    mirrored(site, store)
    assert store.done[1:4] == ["b.png", "stories/b/index.html", "style.css"]


def test_an_upload_that_was_killed_late_is_not_begun_from_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(mirroring, "PIECE", 10)
    site = site_of(tmp_path, "1", {f"{number}.html": Order.PAGE for number in range(100)})
    with pytest.raises(Killed):
        mirrored(site, Watched("memory://site", kill_at=90))
    store = Watched("memory://site")
    mirrored(site, store)
    assert len(store.done) < 30


def test_a_store_in_which_everything_stands_is_not_written(tmp_path: Path):
    site = site_of(tmp_path, "1", OLD)
    assert len(mirrored(site, Store("memory://site")).written) == len(OLD)
    store = Watched("memory://site")
    changes = mirrored(site, store)
    assert store.done == []
    assert (changes.written, changes.removed, changes.unchanged) == ((), (), len(OLD))


def test_an_upload_says_how_far_it_is_and_what_it_has_changed(tmp_path: Path):
    site, store, told = site_of(tmp_path, "1", OLD), Store("memory://site"), []
    cache = Cache(tmp_path / "cache", "1")
    mirror(site, store, cache, lambda done, of: told.append((done, of)), lambda: None)
    assert told[-1] == (len(OLD), len(OLD))
    kept = {"style.css": Order.ASSET, "stories/a/index.html": Order.PAGE}
    changes = mirrored(site_of(tmp_path, "1", {**kept, "new.css": Order.ASSET}), store)
    assert (changes.written, changes.unchanged) == (("new.css",), len(kept))
    assert changes.removed == ("feeds/gone.rss.xml", "feeds/stories.rss.xml", "index.html", "stories/gone/index.html")


def test_the_list_is_not_written_for_every_few_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It names them all, so it is long where there are many."""
    monkeypatch.setattr(mirroring, "PIECE", 10)
    orders = (Order.ASSET, Order.PAGE, Order.INDEX, Order.FEED)
    site = site_of(tmp_path, "1", {f"{order.name}/{number}": order for order in orders for number in range(6)})
    store = Watched("memory://site")
    mirrored(site, store)
    assert [at for at, deed in enumerate(store.done) if deed == MANIFEST] == [0, 13, 26]


def test_what_others_keep_in_the_store_stays(tmp_path: Path):
    theirs = tmp_path / "store"
    (theirs / ".well-known").mkdir(parents=True)
    (theirs / ".well-known/security.txt").write_text("theirs")
    store = Store(f"file://{theirs}")
    mirrored(site_of(tmp_path, "1", OLD), store)
    site = site_of(tmp_path, "2", {"index.html": Order.INDEX})
    mirrored(site, store)
    assert {path for path in tree(theirs) if path != MANIFEST} == {".well-known/security.txt", "index.html"}
    assert not (theirs / "stories").exists()  # nor are empty folders left


def test_a_page_may_take_the_place_of_a_folder_and_a_folder_that_of_a_page(tmp_path: Path):
    store = Store(f"file://{tmp_path / 'store'}")
    for orders in ({"a": Order.PAGE, "b/c": Order.PAGE}, {"a/d": Order.PAGE, "b": Order.PAGE}):
        site = site_of(tmp_path, "1", orders)
        mirrored(site, store)
        assert published(tmp_path / "store") == published(site)


def test_a_list_that_is_damaged_or_gone_costs_an_upload_and_removes_nothing(tmp_path: Path):
    site = site_of(tmp_path, "1", OLD)
    mirrored(site, Store("memory://site"))
    MemoryFileSystem.store.pop(f"/site/{MANIFEST}")
    assert len(mirrored(site, Store("memory://site")).written) == len(OLD)
    Store("memory://site").write(MANIFEST, b'{"files": 7')
    assert mirrored(site, Store("memory://site")).removed == ()
    assert in_memory() == published(site)


def test_a_list_that_names_what_lies_elsewhere_removes_nothing_there(tmp_path: Path):
    (tmp_path / "precious.txt").write_text("mine")
    store = Store(f"file://{tmp_path / 'store'}")
    (tmp_path / "store").mkdir()
    store.write(MANIFEST, b'{"files": {"../precious.txt": "x", "/etc/none": "y"}}')
    mirrored(site_of(tmp_path, "1", OLD), store)
    assert (tmp_path / "precious.txt").exists()


def test_a_site_that_was_not_written_to_its_end_is_not_uploaded(tmp_path: Path):
    site = site_of(tmp_path, "1", OLD)
    (site / MANIFEST).write_text('{"files": ["index.html"]}')
    with pytest.raises(StoreError, match="build the site again"):
        mirrored(site, Store("memory://site"))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("feeds/stories.rss.xml", "application/rss+xml"),
        ("feeds/stories.atom.xml", "application/atom+xml"),
        ("feeds/stories.json", "application/feed+json"),
        ("schemas/story.json", "application/json"),
        ("stories/a.b/index.md", "text/markdown; charset=utf-8"),
        ("search/wasm.en.pagefind", "application/octet-stream"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_an_object_says_what_it_is(path: str, kind: str):
    assert kind_of(path) == kind


FEW = "outputs: {cards: false, search: false, subject_feeds: false, twins: false, evidence: false, api: false}"


@pytest.fixture
def newsletter(tmp_path: Path) -> Path:
    corpus.write_citewire(8, tmp_path / "newsletter", FEW)
    return tmp_path / "newsletter"


@pytest.fixture
def served() -> Iterator[Bucket]:
    with bucket() as found:
        yield found


def build(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return citewire(folder, "build", *options, **{"PYTHONPATH": str(ROOT), **environment})


def test_the_site_in_a_bucket_is_the_site_in_the_folder(newsletter: Path, served: Bucket):
    served.put("theirs.txt", b"not ours")
    done = build(newsletter, "--to", "s3://the-footnote/news", **served.environment)
    assert (done.returncode, done.stderr) == (0, "")
    found = served.tree()
    assert found.pop("theirs.txt") == b"not ours"
    found.pop(f"news/{MANIFEST}")
    assert found == {f"news/{path}": data for path, data in published(newsletter / "site").items()}
    assert served.read("news/index.html")[1] == "text/html; charset=utf-8"
    assert served.read("news/feeds/stories.rss.xml")[1] == "application/rss+xml"
    served.puts()
    story = max((newsletter / "content/stories").rglob("*.yml"))
    story.write_text(story.read_text().replace("dek: ", "dek: Another ", 1).replace('Another "', '"Another '))
    assert build(newsletter, "--to", "s3://the-footnote/news", **served.environment).returncode == 0
    keys = served.puts()
    assert f"news/stories/{story.stem}/index.html" in keys
    assert len(keys) < len(found) / 2
    assert {
        f"news/{path}": data for path, data in published(newsletter / "site").items()
    }.items() <= served.tree().items()


def test_a_store_that_refuses_midway_is_told_and_the_next_run_goes_on(newsletter: Path, served: Bucket):
    served.refuses = lambda method, key: method == "PUT" and key == "index.html"
    done = build(newsletter, "--to", "s3://the-footnote", **served.environment)
    assert done.returncode == 3
    assert done.stderr == (
        "citewire: s3://the-footnote/index.html: This bucket is full. "
        "(every object there is whole, and the next run goes on)\n"
    )
    assert "index.html" not in served.tree()
    served.refuses = lambda method, key: False
    assert build(newsletter, "--to", "s3://the-footnote", **served.environment).returncode == 0
    assert served.tree().items() >= published(newsletter / "site").items()


def test_a_store_that_takes_the_call_and_never_answers_is_told_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setattr(place, "PATIENCE", 1.0)
        site = site_of(tmp_path, "1", {"a.html": Order.PAGE})
        with pytest.raises(StoreError, match="s3://silent has not answered for 1 seconds: is it there, and in reach"):
            mirrored(site, Store("s3://silent"))


def test_a_store_that_is_none_is_told_before_anything_is_built(newsletter: Path):
    for url, words in (
        ("the-footnote/news", "`the-footnote/news` is not the address of a store: write it as s3://bucket/folder"),
        ("s4://the-footnote", "s4://the-footnote: Protocol not known: s4"),
        ("s3://", "`s3://` names no bucket: write it as s3://bucket/folder"),
        (f"file://{newsletter}/site/", f"file://{newsletter}/site/ lies in the site's folder: name another one"),
    ):
        done = build(newsletter, "--to", url)
        assert (done.returncode, done.stderr) == (2, f"citewire: {words}\n")
    assert not (newsletter / "site").exists()
