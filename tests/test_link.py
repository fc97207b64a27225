"""Linking: numbers, anchors, threads and neighbours, settled once for every page and feed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.link import pages as linked_pages
from generator.link.site import link
from generator.model.content import Dispute, PartText, Point, Story, Version
from generator.model.linked import Mark
from generator.model.pages import EditionPage, StoryPage, StoryView
from generator.model.site import Site
from generator.model.vocabulary import Part
from tests.make import BASE, NOON, SECTIONS, edition, library, newsletter, print_of, site, sites, source, story

A, B, C = source("a"), source("b"), source("c")


def in_view(view: StoryView) -> Iterator[tuple[Mark, ...]]:
    """The citations of a story in the order in which a page shows them."""
    for part in view.parts:
        for text in part.texts:
            yield from text.marks
    for dispute in view.disputes:
        yield from (version.marks for version in dispute.versions)


def in_page(page: StoryPage | EditionPage) -> list[tuple[Mark, ...]]:
    if isinstance(page, StoryPage):
        return list(in_view(page.view))
    views = [marks for shelf in page.shelves for view in shelf.stories for marks in in_view(view)]
    return views + [marks for point in (*page.takeaways, *page.actions) for marks in point.text.marks]


def numbers(page: StoryPage | EditionPage) -> list[tuple[int, ...]]:
    return [tuple(mark.number for mark in marks) for marks in in_page(page)]


def page_of(*items: Story, slug: str = "meta-coreweave") -> StoryPage:
    return site(*items).story_pages[slug]


def ids(page: StoryPage | EditionPage) -> list[str]:
    return [reference.source.id for reference in page.references]


def test_sources_are_numbered_by_first_appearance_whatever_their_order_in_the_file():
    page = page_of(story("meta-coreweave", A, B, C, body="One. [@c] Two. [@a] Three. [@c] Four. [@b]"))
    assert numbers(page) == [(1,), (2,), (1,), (3,)]
    assert ids(page) == ["c", "a", "b"]


def test_numbers_of_one_citation_rise_in_whatever_order_its_ids_are_written():
    page = page_of(story("meta-coreweave", A, B, C, body="One. [@b; @a] Two. [@a; @b] Three. [@c; @a; @b]"))
    assert numbers(page) == [(1, 2), (1, 2), (1, 2, 3)]
    assert ids(page) == ["b", "a", "c"]


def test_the_order_of_parts_on_the_page_gives_the_numbers_and_disputes_come_last():
    parts = (PartText("key-takeaways", ("x [@a]", "y [@b]"), True), PartText("summary", ("z [@c]",)))
    disputed = (Dispute("Sum", (Version("1", ("b", "c")),)),)
    page = page_of(story("meta-coreweave", A, B, C, body="w [@b]", parts=parts, disputed=disputed))
    assert [part.id for part in page.view.parts] == ["summary", "body", "key-takeaways"]
    assert numbers(page) == [(1,), (2,), (3,), (2,), (1, 2)]
    assert ids(page) == ["c", "b", "a"]


def test_parts_stand_in_the_order_of_the_vocabulary():
    order = ["key-takeaways", "body", "summary", "why-it-matters"]
    vocabulary = newsletter(parts={id_: Part(id_, id_) for id_ in order})
    told = story(parts=tuple(PartText(id_, ("Words.",)) for id_ in ("summary", "why-it-matters", "key-takeaways")))
    page = site(told, newsletter=vocabulary).story_pages["meta-coreweave"]
    assert [part.id for part in page.view.parts] == order


def test_a_source_that_is_not_cited_is_not_in_the_list():
    assert ids(page_of(story("meta-coreweave", A, B, C, body="One. [@b]"))) == ["b"]


def test_every_use_has_an_anchor_of_its_own_and_the_source_lists_them_all():
    page = page_of(story("meta-coreweave", A, B, body="One. [@a] Two. [@b; @a] Three. [@a]"))
    assert [tuple(m.anchor for m in marks) for marks in in_page(page)] == [
        ("cite-a-1",),
        ("cite-a-2", "cite-b-1"),
        ("cite-a-3",),
    ]
    assert [r.uses for r in page.references] == [("cite-a-1", "cite-a-2", "cite-a-3"), ("cite-b-1",)]


def test_a_citation_names_a_source_once_however_often_it_is_written():
    twin = replace(A, id="twin", url="http://www.a.example/page/?utm_source=x")
    page = page_of(story("meta-coreweave", A, twin, body="One. [@a; @twin; @a]"))
    assert numbers(page) == [(1,)]
    assert len(page.references) == 1


def test_anchors_stay_when_another_source_is_cited_earlier():
    """They are made from ids: a link to a number's place outlives a correction of the text."""
    before = page_of(story("meta-coreweave", A, B, C, body="One. [@a] Two. [@b; @a]"))
    after = page_of(story("meta-coreweave", A, B, C, body="New. [@c] One. [@a] Two. [@b; @a]"))
    kept = {mark.anchor: mark.target for marks in in_page(before) for mark in marks}
    now = {mark.anchor: mark.target for marks in in_page(after) for mark in marks}
    assert kept.items() <= now.items()
    assert numbers(before) != numbers(after)[1:]


def one_page_under_two_addresses() -> EditionPage:
    first = story(
        "first", A, source("wire", url="https://www.wire.example/story/?utm_source=feed"), body="x [@a; @wire]"
    )
    second = story("second", source("agency", url="http://wire.example/story"), B, body="y [@b] z [@agency]")
    return site(first, second, edition("2026-04-11", "first", "second")).editions[0]


def test_one_page_under_two_addresses_is_one_source_of_an_edition():
    page = one_page_under_two_addresses()
    assert numbers(page) == [(1, 2), (3,), (2,)]
    assert ids(page) == ["a", "wire", "b"]


def test_an_entry_answers_to_the_ids_of_every_story_and_lists_the_uses_in_all():
    wire = one_page_under_two_addresses().references[1]
    assert wire.anchors == ("source-first--wire", "source-second--agency")
    assert wire.uses == ("cite-first--wire-1", "cite-second--agency-1")


def test_sources_of_two_stories_that_only_share_an_id_are_two():
    first, second = story("first", source("a")), story("second", source("a", url="https://other.example/"))
    page = site(first, second, edition("2026-04-11", "first", "second")).editions[0]
    assert numbers(page) == [(1,), (2,)]
    assert [r.anchors for r in page.references] == [("source-first--a",), ("source-second--a",)]


def test_an_edition_cites_the_sources_of_its_stories():
    told = story("told", A, B, body="One. [@b]")
    point = Point("Lead", "Two. [@told/b] Three. [@told/a; @told/b]")
    page = site(told, edition("2026-04-11", "told", takeaways=(point,), actions=(point,))).editions[0]
    assert numbers(page) == [(1,), (1,), (1, 2), (1,), (1, 2)]
    assert [mark.target for mark in in_page(page)[2]] == ["source-told--b", "source-told--a"]


def test_an_edition_cites_a_story_that_it_does_not_show():
    point = Point("Lead", "Two. [@told/b]")
    shown, told = story("shown", A, body="One. [@a]"), story("told", B)
    page = site(shown, told, edition("2026-04-11", "shown", takeaways=(point,))).editions[0]
    assert ids(page) == ["a", "b"]


@given(sites())
def test_on_every_page_numbers_anchors_and_the_list_fit_each_other(made: Site):
    for page in (*made.story_pages.values(), *made.editions):
        marks = [mark for marks in in_page(page) for mark in marks]
        assert [r.number for r in page.references] == list(range(1, len(page.references) + 1))
        firsts = list(dict.fromkeys(mark.number for mark in marks))
        assert sorted(firsts) == [r.number for r in page.references]
        uses = defaultdict(list)
        for mark in marks:
            uses[mark.number].append(mark.anchor)
        assert {r.number: list(r.uses) for r in page.references} == uses
        known = [id_ for r in page.references for id_ in (*r.anchors, *r.uses)]
        assert len(known) == len(set(known))
        for mark in marks:
            assert mark.target in page.references[mark.number - 1].anchors
        for group in in_page(page):
            assert [mark.number for mark in group] == sorted({mark.number for mark in group})


def hours(number: int) -> datetime:
    return NOON + timedelta(hours=number)


def test_a_thread_is_all_stories_of_an_event_oldest_first():
    made = site(
        story("one", published=hours(0)),
        story("three", published=hours(2), updates="two"),
        story("two", published=hours(1), updates="one"),
        story("branch", published=hours(3), updates="one"),
        story("alone", published=hours(4)),
    )
    thread = ["one", "two", "three", "branch"]
    assert {slug: [s.slug for s in page.thread] for slug, page in made.story_pages.items()} == {
        **dict.fromkeys(thread, thread),
        "alone": [],
    }


def test_a_very_long_thread_is_followed_to_its_beginning():
    stories = [story(f"s-{n}", published=hours(n), updates=f"s-{n - 1}" if n else None) for n in range(3000)]
    assert len(site(*reversed(stories)).story_pages["s-2999"].thread) == 3000


SHARED = {"topics": ("ai-compute", "chips"), "mentions": ("meta",)}


def test_related_stories_are_few_and_the_nearest_in_time():
    made = site(*(story(f"s-{n:02}", published=hours(n), **SHARED) for n in range(60)))
    assert [r.story.slug for r in made.story_pages["s-30"].related] == ["s-29", "s-31", "s-28", "s-32"]
    assert all(len(page.related) == 4 for page in made.story_pages.values())


def test_a_related_story_says_what_it_shares():
    one = story("one", topics=("ai-compute", "chips"), mentions=("meta", "nvidia"))
    two = story("two", topics=("law", "chips"), mentions=("nvidia", "coreweave"))
    (related,) = site(one, two).story_pages["one"].related
    assert [topic.name for topic in related.topics] == ["Chips"]
    assert [entity.name for entity in related.mentions] == ["Nvidia"]


def test_what_shares_most_comes_first():
    near = story("near", topics=("ai-compute", "chips"), published=hours(1))
    far = story("far", published=hours(40), **SHARED)
    assert [r.story.slug for r in site(story("here", **SHARED), near, far).story_pages["here"].related] == [
        "far",
        "near",
    ]


def test_a_common_topic_alone_does_not_make_stories_related():
    made = site(story("one", topics=("chips",)), story("two", topics=("chips",)))
    assert made.story_pages["one"].related == ()


def test_neither_the_story_itself_nor_its_thread_is_related_to_it():
    made = site(
        story("one", **SHARED), story("two", published=hours(1), updates="one", **SHARED), story("three", **SHARED)
    )
    assert [r.story.slug for r in made.story_pages["one"].related] == ["three"]


def test_previous_and_next_are_the_neighbours_in_the_section():
    made = site(
        story("first", published=hours(0)),
        story("elsewhere", published=hours(1), section="policy"),
        story("second", published=hours(2)),
        story("third", published=hours(3)),
    )
    found = {slug: (p.previous and p.previous.slug, p.next and p.next.slug) for slug, p in made.story_pages.items()}
    assert found == {
        "first": (None, "second"),
        "second": ("first", "third"),
        "third": ("second", None),
        "elsewhere": (None, None),
    }


def test_the_order_is_that_of_moments_not_of_clocks_on_walls():
    new_york, london = NOON, (NOON - timedelta(hours=1)).astimezone(UTC)
    assert london.hour > new_york.hour
    made = site(story("new-york", published=new_york), story("london", published=london))
    assert [s.slug for s in made.sections["big-tech"]] == ["new-york", "london"]


def of_one_time(*named: str) -> Site:
    """Four stories of one time, an older and a newer one, and an edition that names some in an order of its own."""
    stories = [story(slug, published=NOON, topics=("chips",)) for slug in "abcd"]
    around = [story("old", published=hours(-1)), story("new", published=hours(1))]
    return site(*stories, *around, edition("day", *named, published=NOON))


def test_stories_of_one_time_stand_as_their_edition_names_them():
    made = of_one_time("c", "a", "b")
    assert [page.story.slug for page in made.newest_first] == ["new", "c", "a", "b", "d", "old"]
    assert [each.slug for each in made.subjects["topic"]["chips"].stories] == ["c", "a", "b", "d"]
    places = [place.story.slug for place in next(iter(made.publishers.values())).places]
    assert places == ["new", "c", "a", "b", "d", "old"]


def test_it_is_the_first_edition_of_a_story_that_says_where_it_stands():
    stories = [story(slug, published=NOON) for slug in "ab"]
    days = [edition("one", "b", "a", published=NOON), edition("two", "a", "b", published=hours(24))]
    assert [page.story.slug for page in site(*stories, *days).newest_first] == ["b", "a"]


def test_a_source_keeps_its_address_whatever_story_of_one_time_stands_first():
    (before,), (after,) = (of_one_time(*named).shared.values() for named in ("abc", "cab"))
    assert before.id == after.id
    assert [place.story.slug for place in after.places] == ["new", "c", "a", "b", "d", "old"]


def test_an_edition_knows_its_number_its_neighbours_and_its_first_story():
    days = [edition(f"2026-04-1{n}", "two", "one", published=hours(24 * n)) for n in (2, 0, 1)]
    made = site(story("one", section="big-tech"), story("two", section="policy"), *days)
    assert [(p.number, p.edition.slug) for p in made.editions] == [
        (3, "2026-04-12"),
        (2, "2026-04-11"),
        (1, "2026-04-10"),
    ]
    middle = made.editions[1]
    assert (middle.previous.slug, middle.next.slug) == ("2026-04-10", "2026-04-12")
    assert [shelf.section.id for shelf in middle.shelves] == ["big-tech", "policy"]
    assert middle.lead.slug == "two"
    assert [e.slug for e in made.story_pages["one"].editions] == ["2026-04-10", "2026-04-11", "2026-04-12"]


def test_on_a_shelf_stories_stand_as_the_edition_names_them():
    page = site(story("one"), story("two"), edition("2026-04-11", "two", "one")).editions[0]
    assert [view.story.slug for view in page.shelves[0].stories] == ["two", "one"]


def test_sections_stand_in_the_order_of_the_vocabulary_and_empty_ones_are_left_out():
    made = site(story("one", section="policy"), story("two", section="big-tech"))
    assert list(made.sections) == ["big-tech", "policy"]
    assert list(SECTIONS) == ["big-tech", "industry-biz", "policy"]


def test_the_address_of_the_site_may_be_written_without_its_slash():
    assert site(story(), base=BASE.rstrip("/")).url("feeds/") == site(story(), base=BASE).url("feeds/")


@given(st.permutations(range(6)))
def test_the_order_in_which_files_were_read_changes_nothing(order: list[int]):
    stories = [story(f"s-{n}", A, published=hours(n // 2), **SHARED) for n in range(4)]
    days = [edition("2026-04-11", "s-0", "s-1"), edition("2026-04-12", "s-2", "s-3", published=hours(24))]
    items = [*stories, *days]
    found, expected = link(library(*(items[n] for n in order)), BASE), site(*items)
    assert print_of(found) == print_of(expected)
    assert [in_page(page) for page in found.editions] == [in_page(page) for page in expected.editions]


def test_what_is_forgotten_is_numbered_again_as_it_was(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(linked_pages, "REMEMBERED", 1)
    made = site(*(story(f"s-{n}", A, **SHARED) for n in range(3)), edition("2026-04-11", "s-0", "s-1", "s-2"))
    pages = [*made.story_pages.values(), *made.editions]
    once = [(page.references, page.near) for page in pages]
    assert [(page.references, page.near) for page in pages] == once
    assert [len(references) for references, _ in once] == [1, 1, 1, 1]
    assert {near for _, near in once} == {"2026-04-11"}


def days_before(days: int, slug: str, *topics: str) -> Story:
    return story(slug, published=NOON - timedelta(days=days), topics=topics)


def test_what_recurs_is_what_has_more_stories_in_a_month_than_in_the_one_before():
    made = site(
        days_before(1, "a", "chips", "law"),
        days_before(29, "b", "chips", "law"),
        days_before(31, "c", "law"),
        days_before(59, "d", "law"),
        days_before(2, "e", "ai-compute"),
        edition("2026-04-11", "a"),
    )
    assert [(r.subject.id, r.count, r.before) for r in made.recurring] == [("chips", 2, 0)]


def test_what_recurs_is_counted_up_to_the_newest_edition_and_not_to_today():
    made = site(
        days_before(500, "a", "chips"),
        days_before(501, "b", "chips"),
        edition("2024-11-27", "a", published=NOON - timedelta(days=500)),
    )
    assert [r.subject.id for r in made.recurring] == ["chips"]
