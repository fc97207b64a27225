"""The index of the search: what it holds, and that it costs and changes only where the content does."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from generator.cache import Cache
from generator.model.indexes import MOST, indexes
from generator.model.site import Site
from generator.search import site as index_site
from generator.search.pagefind import SearchError, ids
from generator.search.pagefind import index as make_index
from generator.search.records import by_index, columns, record
from generator.search.site import Indexes, begun
from generator.typeset.quotes import Quotes
from tests.folders import citewire, small_in
from tests.make import HOSTILE, edition, newsletter, sample, site, story

pytestmark = pytest.mark.skipif(find_spec("pagefind_bin") is None, reason="no pagefind")

OLD = datetime(2025, 12, 31, 23, tzinfo=UTC)


def tree(of: Site, cache: Path) -> dict[str, bytes]:
    return {artifact.path: artifact.make() for artifact in begun(of, Cache(cache, "test"))()}


def two_years(**fields: Any) -> Site:
    return site(story("new", **fields), story("old", published=OLD))


def table(files: dict[str, bytes], year: int) -> dict[str, Any]:
    return json.loads(files[f"search/{year}/facets.json"])


def fragments(files: dict[str, bytes]) -> list[dict[str, Any]]:
    found = (gzip.decompress(data) for name, data in files.items() if "/fragment/" in name)
    return [json.loads(data.removeprefix(b"pagefind_dcd")) for data in found]


def test_each_story_can_be_found_by_its_words_and_by_the_names_in_it():
    records = {page.story.slug: record(page) for page in sample().story_pages.values()}
    assert len(records) == len(sample().stories)
    muse = records["meta-muse-spark"]
    assert muse.path == "stories/meta-muse-spark/"
    assert sample().stories["meta-muse-spark"].dek in muse.text
    assert all(entity.name in muse.text for entity in sample().story_pages["meta-muse-spark"].view.mentions)


def test_in_an_excerpt_the_names_of_a_story_are_kept_apart_from_its_text_and_from_each_other():
    of = site(story(topics=("ai-compute",), mentions=("meta", "nvidia")))
    assert record(of.story_pages["meta-coreweave"]).text.endswith(" billion.\n · AI compute · Meta · Nvidia")


def test_no_markup_and_no_mark_of_a_citation_is_searched():
    of = site(story(body="**Meta** [commits](https://a.example/) `$21` billion. [@hubkub]"))
    text = record(of.story_pages["meta-coreweave"]).text
    assert "Meta commits $21 billion." in text
    assert not any(sign in text for sign in ("<", "*", "@", "hubkub"))


def test_a_year_is_that_of_the_writers_clock():
    assert {years: [page.story.slug for page in pages] for years, pages in by_index(two_years()).items()} == {
        (2025,): ["old"],
        (2026,): ["new"],
    }


def test_the_newest_year_stands_alone_and_earlier_ones_share_an_index():
    assert indexes({2026: 900, 2025: 2900, 2023: 2500, 2024: 2600}) == ((2023, 2024, 2025), (2026,))
    assert indexes({2026: 1}) == ((2026,),)
    assert indexes({}) == ()


def test_an_index_of_earlier_years_is_bounded_and_a_year_that_follows_moves_none():
    stories = dict.fromkeys(range(2010, 2027), 2920)
    before, after = indexes(stories), indexes(stories | {2027: 10})
    assert after[: len(before) - 2] == before[:-2]
    assert all(sum(stories[year] for year in years) <= MOST for years in before)
    assert indexes({2024: 3 * MOST, 2025: 1, 2026: 1}) == ((2024,), (2025,), (2026,))


def test_a_story_keeps_its_own_year_in_an_index_of_several(tmp_path: Path):
    older = story("older", published=OLD.replace(year=2024))
    files = tree(site(story("new"), story("old", published=OLD), older), tmp_path)
    assert json.loads(files["search/2024-2025/facets.json"])["year"] == [2024, 2025]
    assert table(files, 2026)["year"] == [2026]


def test_every_id_of_a_result_is_known_with_what_it_is_filtered_by(tmp_path: Path):
    files = tree(sample(), tmp_path)
    found = table(files, 2026)
    in_index = {Path(name).stem for name in files if "/fragment/" in name}
    assert set(found["id"]) == in_index
    assert len(found["id"]) == len(set(found["id"])) == len(sample().stories)
    for row, page in enumerate(sample().story_pages.values()):
        story_ = page.story
        assert found["published"][row] == story_.published.timestamp()
        for name, wanted in (("section", (story_.section,)), ("topic", story_.topics), ("entity", story_.mentions)):
            column = found[name]
            assert [column["ids"][place] for place in column["of"][row]] == list(wanted)


def test_what_a_story_does_not_have_stays_empty():
    found = columns([record(page).facets for page in site(story()).story_pages.values()])
    assert found["importance"] == [0]
    assert found["sentiment"] == {"ids": [], "of": [[]]}


def test_the_same_stories_give_the_same_bytes_with_and_without_the_cache(tmp_path: Path):
    once = tree(sample(), tmp_path / "a")
    assert tree(sample(), tmp_path / "a") == once
    assert tree(sample(), tmp_path / "b") == once


def test_what_is_made_beside_a_build_is_what_the_build_would_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    late = begun(sample(), Cache(tmp_path / "a", "test"))
    assert {artifact.path: artifact.make() for artifact in late()} == tree(sample(), tmp_path / "b")
    monkeypatch.setattr(
        index_site, "beside", lambda work, patience: lambda: None
    )  # it was not done, for whatever reason
    late = begun(sample(), Cache(tmp_path / "c", "test"))
    assert {artifact.path: artifact.make() for artifact in late()} == tree(sample(), tmp_path / "b")


def test_a_change_makes_the_index_of_its_years_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Looked at in this process; `begun` makes the same in one of its own."""
    tree(two_years(), tmp_path)
    made: list[list[str]] = []
    monkeypatch.setattr(index_site, "index", lambda records, language: made.append([r.path for r in records]) or {})
    monkeypatch.setattr(index_site, "ids", lambda files: dict.fromkeys(["stories/new/", "stories/old/"], "x"))
    list(Indexes.of(two_years(), Cache(tmp_path, "test")).artifacts())
    assert made == []
    list(Indexes.of(two_years(title="A new title"), Cache(tmp_path, "test")).artifacts())
    assert made == [["stories/new/"]]


def test_of_a_year_that_changed_only_the_changed_story_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def of(body: str) -> Site:
        return site(story("first"), story("second", body=body), edition("2026-04-11", "first", "second"))

    tree(of("Words. [@hubkub]"), tmp_path / "kept")
    read: list[str] = []
    monkeypatch.setattr(index_site, "record", lambda page: read.append(page.story.slug) or record(page))
    once_more = {
        a.path: a.make() for a in Indexes.of(of("Others. [@hubkub]"), Cache(tmp_path / "kept", "test")).artifacts()
    }
    assert read == ["second"]
    assert once_more == tree(of("Others. [@hubkub]"), tmp_path / "anew")


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"dek": "Another."},
        {"body": "Other words. [@hubkub]"},
        {"topics": ("ai-compute",)},
        {"mentions": ("meta",)},
        {"sentiment": "negative"},
        {"section": "policy"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_no_change_that_a_search_could_show_is_missed(tmp_path: Path, change: dict[str, Any]):
    before = {a.path: a.made_of for a in begun(two_years(), Cache(tmp_path, "test"))()}
    after = {a.path: a.made_of for a in begun(two_years(**change), Cache(tmp_path, "test"))()}
    facts = "search/2026/facets.json"
    assert before[facts] != after[facts]
    assert before["search/2025/facets.json"] == after["search/2025/facets.json"]


def test_what_is_not_needed_any_more_leaves_the_cache(tmp_path: Path):
    tree(two_years(), tmp_path)
    tree(two_years(title="Another"), tmp_path)
    assert len(list((tmp_path / "search").iterdir())) == 2


@pytest.mark.parametrize(
    "damaged",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"pagef", b"p\xffgef"),
        lambda data: data.replace(b"Starting search", b"Starting zearch"),
    ],
    ids=["cut off", "no text", "other text"],
)
def test_a_damaged_cache_is_made_again(tmp_path: Path, damaged: Callable[[bytes], bytes]):
    once = tree(sample(), tmp_path)
    for pack in (tmp_path / "search").iterdir():
        pack.write_bytes(damaged(pack.read_bytes()))
    index_site._all.cache_clear()
    assert tree(sample(), tmp_path) == once


def test_a_cache_that_cannot_be_written_keeps_no_site_from_its_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(path: Path, data: bytes) -> None:
        raise OSError(30, "Read-only file system", str(path))

    monkeypatch.setattr(index_site, "put", full)
    late = begun(sample(), Cache(tmp_path / "a", "test"))
    assert {artifact.path: artifact.make() for artifact in late()} == tree(sample(), tmp_path / "b")
    assert not list((tmp_path / "a").rglob("*.msgpack"))


def test_the_engine_is_served_once_and_nothing_of_its_own_pages(tmp_path: Path):
    files = tree(two_years(), tmp_path)
    top = {name.removeprefix("search/") for name in files if name.count("/") == 2}
    assert {name for name in top if name.endswith((".js", ".pagefind"))} == {
        "2026/pagefind.js",
        "2026/wasm.en.pagefind",
    }
    assert not [name for name in files if name.endswith(".css") or "-ui" in name]


def test_texts_are_kept_as_they_are_whatever_they_hold(tmp_path: Path):
    names = list(HOSTILE)
    of = site(*(story(f"s{n}", title=HOSTILE[name], dek=HOSTILE[name]) for n, name in enumerate(names)))
    titles = {found["url"]: found["meta"]["title"] for found in fragments(tree(of, tmp_path))}
    for number, name in enumerate(names):
        assert titles[f"stories/s{number}/"].split() == Quotes("en").plain(HOSTILE[name]).split()


def test_a_language_that_pagefind_does_not_know_is_searched_all_the_same(tmp_path: Path):
    files = tree(site(story(), newsletter=newsletter(language="tlh")), tmp_path)
    assert [name for name in files if "wasm." in name]
    assert len(fragments(files)) == 1


def test_a_pagefind_that_cannot_run_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("generator.search.pagefind.executable", lambda: tmp_path / "nothing")
    with pytest.raises(SearchError, match="Pagefind cannot be run"):
        make_index([], "en")


def test_a_pagefind_that_dies_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("generator.search.pagefind.executable", lambda: Path("/bin/false"))
    with pytest.raises(SearchError, match="ended before"):
        make_index([record(page) for page in sample().story_pages.values()], "en")


@pytest.mark.parametrize("how", ["not executable", "killed", "gone"])
def test_a_pagefind_that_does_not_run_is_no_fault_of_the_configuration(how: str, tmp_path: Path):
    """A build ends with the exit code of what could not be read or written, and says what to do."""
    root, program = small_in(tmp_path / "news"), tmp_path / "stand-in/pagefind_bin"
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("search: false", "search: true"))
    program.mkdir(parents=True)
    binary = program / "pagefind"
    (program / "__init__.py").write_text(
        f"from pathlib import Path\ndef get_executable(): return Path({str(binary)!r})"
    )
    if how != "gone":
        binary.write_text("#!/bin/sh\nkill -9 $$\n")
        binary.chmod(0o755 if how == "killed" else 0o644)
    for _ in range(2):
        done = citewire(
            root, "build", PYTHONPATH=os.pathsep.join((str(program.parent), os.environ.get("PYTHONPATH", "")))
        )
        assert (done.returncode, done.stderr.count("\n")) == (3, 1), done.stderr
        assert "citewire: Pagefind" in done.stderr
        assert "install the extra `search` anew" in done.stderr
    assert not (root / "site").exists()


def test_ids_lead_back_to_the_stories():
    records = [record(page) for page in sample().story_pages.values()]
    assert ids(make_index(records, "en")).keys() == {each.path for each in records}
