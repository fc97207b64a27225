"""An archive tells of its stories what they would tell themselves, and decodes those that are asked for."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache import Cache
from generator.cache.buckets import Files
from generator.files import FileStamps, Stamp
from generator.load.accounts import folded
from generator.load.kept_stories import KeptRows, KeptStories
from generator.model.content import Correction, Image, Importance, Origin, Source, Story
from generator.model.order import in_time, slugs_in_time
from generator.model.stories import (
    FACTS,
    SELDOM,
    InOrder,
    Stories,
    changed,
    column,
    column_of,
    from_last,
    having,
    only,
    slug_of,
    slugs_of,
)
from tests.make import NOON

OLD: Stamp = (1, 2, 3)
NEW: Stamp = (1, 2, 4)
SLUGS = "abcdefgh"
GIVEN = st.fixed_dictionaries(
    {
        "published": st.integers(0, 5).map(lambda number: NOON + timedelta(days=number * 20)),
        "section": st.sampled_from(["policy", "chips"]),
    },
    optional={
        "topics": st.lists(st.sampled_from(["x", "y"]), unique=True).map(tuple),
        "mentions": st.lists(st.sampled_from(["meta", "arm"]), unique=True).map(tuple),
        "importance": st.builds(Importance, st.integers(1, 10), st.just("Why.")),
        "updates": st.sampled_from(SLUGS),
        "change": st.just("New."),
        "renamed_from": st.just("once"),
        "aliases": st.just(("old",)),
        "corrections": st.just((Correction(NOON, "this", "that"),)),
        "image": st.just(Image("a.png", "A.", "Me")),
        "imported": st.just(Origin("https://a.example/")),
        "draft": st.booleans(),
        "body": st.text(max_size=5),
        "sources": st.just({"a": Source("a", "https://a.example/b", "meta")}),
        "digest": st.sampled_from(["1", "2"]),
    },
)
SHELF = st.dictionaries(st.sampled_from(SLUGS), GIVEN, max_size=8)


def file_of(slug: str) -> str:
    return f"content/stories/{slug}.yml"


def story(slug: str, given: Mapping[str, object]) -> Story:
    first = {"renamed_from": f"{given['renamed_from']}-{slug}"} if "renamed_from" in given else {}  # no two share one
    return folded(Story(slug=slug, file=file_of(slug), title=f"Of {slug}", dek="The dek.", **{**given, **first}))


def shelf(given: Mapping[str, Mapping[str, object]]) -> dict[str, Story]:
    return {slug: story(slug, given[slug]) for slug in sorted(given)}


def kept(folder: Path, stories: Mapping[str, Story]) -> KeptStories:
    """What another run finds of stories that were kept."""
    cache = Cache(folder, "program")
    keeps = KeptStories(cache)
    keeps.due(FileStamps.of((one.file, OLD) for one in stories.values()))
    for one in stories.values():
        keeps.keep(one.file, OLD, one)
    keeps.save()
    return KeptStories(cache)


def found(keeps: KeptStories, before: Mapping[str, Story], now: Mapping[str, Story]) -> Mapping[str, Story]:
    """The stories of `now`, of which those that were kept are not read again."""
    keeps.due(FileStamps.of((one.file, OLD if before.get(slug) is one else NEW) for slug, one in now.items()))
    fresh = {one.file: one for slug, one in now.items() if before.get(slug) is not one}
    stories = keeps.by_slug(fresh)
    assert stories is not None
    return stories


def assert_tells_the_same(stories: Mapping[str, Story], plain: dict[str, Story]) -> None:
    assert list(stories) == list(plain)
    assert len(stories) == len(plain)
    assert [column(stories, fact) for fact in FACTS] == [column(plain, fact) for fact in FACTS]
    assert [having(stories, field) for field in SELDOM] == [having(plain, field) for field in SELDOM]
    assert slugs_in_time(stories) == [one.slug for one in sorted(plain.values(), key=in_time)]
    assert {slug: stories[slug] for slug in stories} == plain
    assert list(stories.items()) == list(plain.items())


@given(SHELF, SHELF)
def test_an_archive_tells_what_its_stories_tell(tmp_path_factory, first, second):
    """Some stand as they were kept, some were read again, some have gone."""
    before = shelf(first)
    keeps = kept(tmp_path_factory.mktemp("cache"), before)
    stays = {slug: one for slug, one in before.items() if slug not in second and slug in SLUGS[:5]}
    now = dict(sorted({**stays, **shelf(second)}.items()))
    stories = found(keeps, before, now)
    assert_tells_the_same(stories, now)
    assert keeps.gone == {one.file for slug, one in before.items() if now.get(slug) is not one}


@given(SHELF, SHELF)
def test_what_is_chosen_and_changed_tells_the_same(tmp_path_factory, first, second):
    before = shelf(first)
    stories = found(kept(tmp_path_factory.mktemp("cache"), before), before, before)
    some = [*before][::-2]
    assert_tells_the_same(only(stories, some), {slug: before[slug] for slug in some})
    new, gone = shelf(second), [slug for slug in "abc" if slug not in second]
    assert_tells_the_same(changed(stories, new, gone), {**changed(before, new, gone)})
    assert_tells_the_same(pickle.loads(pickle.dumps(stories)), before)


@given(SHELF)
def test_stories_in_an_order_tell_the_same(tmp_path_factory, given):
    before = shelf(given)
    stories = found(kept(tmp_path_factory.mktemp("cache"), before), before, before)
    newest, plain = from_last(stories), tuple(before.values())[::-1]
    places = range(0, len(before), 2)
    for told, own in (
        (newest, plain),
        (newest[1:], plain[1:]),
        (InOrder(newest, places), plain[::2]),
        (InOrder(newest, places).at([*range(len(places))][::-1]), plain[::2][::-1]),
        (InOrder(plain, places), plain[::2]),
    ):
        assert told == own
        assert [*slugs_of(told)] == [one.slug for one in own]
        assert [[*column_of(told, fact)] for fact in FACTS] == [[*column_of(own, fact)] for fact in FACTS]


@given(SHELF, SHELF)
def test_what_is_kept_of_two_runs_is_found_by_a_third(tmp_path_factory, first, second):
    """The second run writes the files of the cache in part, and copies the rest of them."""
    folder, before = tmp_path_factory.mktemp("cache"), shelf(first)
    keeps, now = kept(folder, before), {**shelf(first), **shelf(second)}
    now = {slug: before[slug] if slug not in second else now[slug] for slug in sorted(now) if slug != "b"}
    found(keeps, before, now)
    for slug in second.keys() - {"b"}:
        keeps.keep(file_of(slug), OLD, now[slug])
    keeps.save()
    again = KeptStories(Cache(folder, "program"))
    assert again.due(FileStamps.of((one.file, OLD) for one in now.values())) == []
    assert_tells_the_same(again.by_slug({}) or {}, now)
    assert {slug: one.body for slug, one in now.items()} == {slug: again.before(file_of(slug)).body for slug in now}


def killed_after(writes: int, keeps: KeptStories) -> None:
    """Save, and be killed when so many files have been written."""
    turns, write = iter(range(writes)), Files.write

    def written(*given: Any) -> Any:
        if next(turns, None) is None:
            raise KeyboardInterrupt
        return write(*given)

    with pytest.MonkeyPatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(Files, "write", written)
        keeps.save()


@given(SHELF, SHELF, st.integers(0, 8))
def test_a_run_that_is_killed_while_it_keeps_stories_is_healed_by_the_next(tmp_path_factory, first, second, writes):
    folder, before, now = tmp_path_factory.mktemp("cache"), shelf(first), shelf({**first, **second})
    keeps, stamps = kept(folder, before), {file_of(slug): NEW if slug in second else OLD for slug in now}
    files = FileStamps.of(stamps.items())
    keeps.due(files)
    for slug in second:
        keeps.keep(file_of(slug), NEW, now[slug])
    killed_after(writes, keeps)
    for _ in range(2):
        keeps = KeptStories(Cache(folder, "program"))
        due = [files.paths[place] for place in keeps.due(files)]
        assert_tells_the_same(keeps.by_slug({file: now[slug_of(file)] for file in due}) or {}, now)
        for file in due:
            keeps.keep(file, stamps[file], now[slug_of(file)])
        keeps.save()
    assert due == []


@pytest.mark.parametrize("days", [60, -60])
def test_what_is_left_of_a_story_that_moved_to_another_month_tells_nothing(tmp_path: Path, days: int):
    """Whether the run was killed when it stood in the files of both months, or in neither."""
    image, then = {"image": Image("a.png", "A.", "Me")}, NOON + timedelta(days=days)
    old = shelf({"a": {"published": NOON, "section": "x", **image}, "b": {"published": then, "section": "x"}})
    new = shelf({slug: {"published": then, "section": "x", "digest": "2"} for slug in "ab"})
    files = FileStamps.of((one.file, NEW) for one in new.values())
    keeps = kept(tmp_path, old)
    keeps.due(files)
    for one in new.values():
        keeps.keep(one.file, NEW, one)
    killed_after(1, keeps)
    again = KeptStories(Cache(tmp_path, "program"))
    due = (files.paths[place] for place in again.due(files))
    fresh = {file: new[slug_of(file)] for file in due}
    assert_tells_the_same(again.by_slug(fresh) or {}, new)


def test_a_story_that_is_asked_for_is_decoded_alone_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    before = shelf({slug: {"published": NOON, "section": "policy", "body": slug} for slug in SLUGS})
    stories = found(kept(tmp_path, before), before, before)
    monkeypatch.setattr(KeptRows, "all", None)
    assert isinstance(stories, Stories)
    assert stories["c"].body == "c"
    assert stories["c"] is stories["c"]
    assert column(stories, "section") == ["policy"] * len(SLUGS)


def test_two_files_of_one_name_are_not_taken_for_one_story(tmp_path: Path):
    before = shelf({"a": {"published": NOON, "section": "policy"}})
    keeps = kept(tmp_path, before)
    keeps.due(FileStamps.of([("content/stories/a.yml", OLD), ("content/stories/more/a.yml", NEW)]))
    fresh = {"content/stories/more/a.yml": before["a"]}
    assert keeps.by_slug(fresh) is None
    assert [*keeps.by_file(fresh)] == ["content/stories/a.yml", "content/stories/more/a.yml"]
    assert keeps.by_slug({"content/stories/more/a.yml": None}) is None


def garbled_at(file: Path, place: int) -> None:
    whole = file.read_bytes()
    with file.open("r+b") as opened:  # what is open sees it
        opened.seek(place % len(whole))
        opened.write(b"\x00\x00")


def test_a_story_whose_file_is_damaged_is_read_again_or_named(tmp_path: Path):
    """A damaged head is found at once; of a story behind it, it is found when somebody asks."""
    before = shelf({"a": {"published": NOON, "section": "policy", "body": "here"}})
    keeps = kept(tmp_path, before)
    (file,) = (tmp_path / "stories").iterdir()
    told = file.read_bytes().index(b'"title"')
    garbled_at(file, told)
    stories = found(keeps, before, before)
    for ask in (lambda: stories["a"], lambda: [*stories.values()]):
        with pytest.raises(OSError, match="damaged"):
            ask()
    assert KeptStories(Cache(tmp_path, "program")).count == 0
    kept(tmp_path, before)
    (file,) = (tmp_path / "stories").iterdir()
    garbled_at(file, 12)  # behind the number of its bytes the head begins
    assert KeptStories(Cache(tmp_path, "program")).count == 0
