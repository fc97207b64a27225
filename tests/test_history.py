"""The whole history behind a feed (RFC 5005, section 4): what is full keeps its bytes, and no item is missed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.content import Story
from generator.model.outputs import Outputs
from generator.model.site import Site
from generator.model.vocabulary import Topic
from generator.model.withdrawals import Withdrawal
from generator.render.feeds.slots import Slots
from generator.render.site import maker_of, render
from tests.make import BASE, NOON, edition, files, site, story
from tests.test_feeds import ATOM, FORMATS, READERS, all_feeds, each_format

FH = "{http://purl.org/syndication/history/1.0}"


def many(number: int, **fields: object) -> list[Story]:
    return [story(f"s-{n:03}", published=NOON + timedelta(hours=n), **fields) for n in range(number)]


def links(data: bytes) -> dict[str, str]:
    root = ElementTree.fromstring(data)
    holder = root.find("channel") if root.tag == "rss" else root
    return {e.get("rel"): e.get("href") for e in holder.findall(f"{ATOM}link")}


def walk(found: dict[str, bytes], name: str, suffix: str) -> Iterator[str]:
    """Every id that a reader of these feeds meets who goes from one to the archive before it, and on."""
    path = f"feeds/{name}.{suffix}"
    for _ in range(99):
        yield from (item.id for item in READERS[suffix](found[path]))
        older = json.loads(found[path]).get("next_url") if suffix == "json" else links(found[path]).get("prev-archive")
        if older is None:
            return
        path = older.removeprefix(BASE)


@given(st.lists(st.booleans(), max_size=12))
def test_each_place_of_a_feed_is_that_of_an_item_or_of_what_was_withdrawn(row: list[bool]):
    """`row` says of each place, from the oldest, whether an item stands there."""
    keys = [(NOON + timedelta(hours=n), "") for n in range(len(row))]
    gone = [(key, Withdrawal(str(n), NOON, NOON, "W.")) for n, key in enumerate(keys) if not row[n]]
    slots = Slots.of([key for n, key in enumerate(keys) if row[n]], lambda key: key, gone)
    assert [slots.of_item(number) for number in range(sum(row))] == [n for n, is_there in enumerate(row) if is_there]
    places = range(len(row) + 1)
    assert [slots.items_before(place) for place in places] == [sum(row[:place]) for place in places]
    assert slots.number(sum(row)) == len(row)
    assert slots.withdrawn(1, 3) == tuple(withdrawal for _, withdrawal in gone if withdrawal.id in ("1", "2"))


@each_format
@given(number=st.integers(1, 130))
@settings(max_examples=8)
def test_a_new_subscriber_can_read_every_story_there_ever_was(suffix: str, number: int):
    made = site(*many(number))
    assert len(set(walk(all_feeds(made), "stories", suffix))) == number


@each_format
def test_nothing_is_missed_where_long_stories_make_the_feed_short(suffix: str):
    made = site(*many(40, body="Long words. " * 4000))
    assert len(set(walk(all_feeds(made), "stories", suffix))) == 40


@each_format
def test_a_new_subscriber_can_read_every_edition(suffix: str):
    editions = [edition(f"e-{n:02}", "s-000", published=NOON + timedelta(days=n)) for n in range(45)]
    assert len(set(walk(all_feeds(site(*many(1), *editions)), "editions", suffix))) == 45


def archives(made: Site) -> dict[str, bytes]:
    return {path: data for path, data in all_feeds(made).items() if path.startswith("feeds/archive/")}


@given(number=st.integers(31, 130), more=st.integers(1, 40))
@settings(max_examples=12)
def test_an_archive_that_is_full_never_changes_but_for_the_way_to_the_next(number: int, more: int):
    before, after = archives(site(*many(number))), archives(site(*many(number + more)))
    assert before.keys() <= after.keys()
    newest = len(before) // len(FORMATS)
    assert [p for p in before if before[p] != after[p] and f"stories/{newest}." not in p] == []
    for path in before:
        suffix = path.split(".", 1)[1]
        assert READERS[suffix](before[path]) == READERS[suffix](after[path])
        assert links_of(after[path], suffix).items() >= links_of(before[path], suffix).items()


def test_another_order_of_an_edition_changes_the_feed_and_no_archive_of_it():
    """All stories of a day have one time, and those of the seventh day stand in two documents."""
    stories = [story(f"s-{n:02}", published=NOON + timedelta(days=n // 5), topics=("chips",)) for n in range(63)]
    names, history = [each.slug for each in stories], Outputs(subject_history=True)

    def made(turned: Sequence[int]) -> dict[str, bytes]:
        named = {day: names[5 * day : 5 * day + 5] for day in range(13)}
        days = [edition(f"e-{day}", *named[day][:: -1 if day in turned else 1]) for day in named]
        return all_feeds(site(*stories, *days, outputs=history))

    before, after = made([]), made([6, 10, 12])
    of_stories = {path for path in before if "stories" in path or "chips" in path}
    assert {path for path in of_stories if before[path] != after[path]} == {
        f"feeds/{name}.{suffix}" for name in ("stories", "topics/chips") for suffix in FORMATS
    }
    for name in ("stories", "topics/chips"):
        assert len(set(walk(after, name, "json"))) == 63


@pytest.mark.parametrize("gone", [0, 29, 30, 45, 60])
def test_an_archive_that_is_full_does_not_go_with_what_is_withdrawn(gone: int):
    stories = many(61)  # the oldest one for which the feed has no room is the first of the second document
    taken = stories.pop(gone)
    record = Withdrawal(taken.slug, taken.published, NOON + timedelta(days=9), "No.")
    full = {path for path in archives(site(*many(61))) if "-" not in path}
    assert full <= archives(site(*stories, withdrawn={taken.slug: record})).keys()


def links_of(data: bytes, suffix: str) -> dict[str, str]:
    return {"next_url": json.loads(data).get("next_url", "")} if suffix == "json" else links(data)


@pytest.mark.parametrize("suffix", FORMATS[:2])
def test_an_archive_says_that_it_is_one_and_names_what_is_beside_it(suffix: str):
    found = all_feeds(site(*many(95)))
    one, two, three = (found[f"feeds/archive/stories/{n}.{suffix}"] for n in (1, 2, 3))
    at = f"{BASE}feeds/archive/stories"
    for data in (one, two, three):
        assert len(list(ElementTree.fromstring(data).iter(f"{FH}archive"))) == 1
        assert links(data)["current"] == f"{BASE}feeds/stories.{suffix}"
    assert "prev-archive" not in links(one)
    assert links(one)["next-archive"] == links(two)["self"] == links(three)["prev-archive"] == f"{at}/2.{suffix}"
    assert "next-archive" not in links(three)
    now = found[f"feeds/stories.{suffix}"]
    assert links(now)["prev-archive"] == f"{at}/3.{suffix}"
    assert list(ElementTree.fromstring(now).iter(f"{FH}archive")) == []


def test_the_documents_of_a_feed_share_its_id():
    found = all_feeds(site(*many(40)))
    paths = ("feeds/stories.atom.xml", "feeds/archive/stories/1.atom.xml")
    ids = {ElementTree.fromstring(found[path]).findtext(f"{ATOM}id") for path in paths}
    assert len(ids) == 1


def test_a_feed_that_holds_everything_has_no_history():
    made = site(*many(30))
    assert archives(made) == {}
    assert "prev-archive" not in links(all_feeds(made)["feeds/stories.rss.xml"])


def test_subjects_have_a_history_where_it_is_asked_for():
    assert [p for p in archives(site(*many(40))) if "sections" in p] == []
    made = site(*many(40, topics=("chips",)), outputs=Outputs(subject_history=True))
    for name in ("sections/big-tech", "topics/chips", "publishers/hubkub"):
        assert len(set(walk(all_feeds(made), name, "atom.xml"))) == 40


@pytest.mark.parametrize("suffix", ["rss.xml", "atom.xml", "json"])
def test_who_reads_the_history_of_a_subject_by_an_id_of_earlier_goes_on_reading_there(suffix: str):
    """Feed readers ask for the archive documents whose addresses they have kept."""

    def of(**topics: Topic) -> dict[str, bytes]:
        made = site(*many(70, topics=tuple(topics)), topics=topics, outputs=Outputs(subject_history=True))
        return {path: make() for path, make in files(made) if path.startswith("feeds/")}

    before, now = of(silicon=Topic("silicon", "Chips")), of(chips=Topic("chips", "Chips", was=("silicon",)))
    kept = [path for path in before if "topics/silicon" in path and path.endswith(suffix)]
    assert len(kept) > 2
    for path in kept:
        assert now[path] == now[path.replace("silicon", "chips")]


def test_history_can_be_switched_off():
    made = site(*many(40), outputs=Outputs(feed_history=False))
    assert [path for path, _ in files(made) if "archive/" in path] == []


def test_what_is_archived_is_made_beside_what_reads_the_same_texts():
    days = [edition(f"e-{n:02}", f"s-{n:03}", published=NOON + timedelta(hours=n)) for n in range(50)]
    made = site(*many(130), *days)
    declared = render(maker_of(made), Path())
    near = {artifact.path: artifact.near for artifact in declared}
    month = near["publishers/hubkub/2026-04/"]
    assert month
    assert near["api/sources/months/2026-04.json"] == month
    assert {near[f"feeds/archive/stories/{number}.{suffix}"] for number in (1, 2) for suffix in FORMATS} == {month}
    assert near["feeds/archive/editions/1.json"] == near["editions/e-09/"]


def test_an_archive_that_is_not_full_has_another_name_when_it_has_grown():
    """Programs need not ask again for what they have read of an archive (RFC 5005, section 4)."""
    long = {"body": "Long words. " * 4000}
    cached: dict[str, list[str]] = {}
    for number in range(1, 70):
        found = all_feeds(site(*many(number, **long)))
        for suffix in FORMATS:
            for path in (path for path in found if "archive" in path and path.endswith(suffix)):
                ids = [item.id for item in READERS[suffix](found[path])]
                assert cached.setdefault(path, ids) == ids
            assert len(set(walk(found, "stories", suffix))) == number
