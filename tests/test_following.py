"""Following one thing: the feeds of sections, topics, entities and publishers, and the ways that lead to them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from msgspec.structs import replace

from generator.link.site import link
from generator.model.fingerprint import Fingerprints
from generator.model.outputs import Outputs
from generator.model.site import Site
from generator.model.vocabulary import Entity, Publisher, Section, Topic
from generator.model.withdrawals import Withdrawal
from generator.render.feeds.documents import documents
from generator.render.feeds.entries import Entry
from generator.render.feeds.following import Following
from generator.render.feeds.items import Items
from generator.render.subscribe import SHOWN
from generator.typeset.templates import templates
from generator.words import Words
from tests.make import (
    BASE,
    HOSTILE,
    NOON,
    all_links,
    by_class,
    edition,
    everywhere,
    feed,
    files,
    library,
    newsletter,
    page,
    sample,
    site,
    source,
    story,
    words,
)
from tests.test_feeds import FORMATS, READERS, all_feeds, each_format, feed_list, items, many

SUBJECTS = {
    "sections/big-tech": "The Footnote: Big Tech",
    "topics/chips": "The Footnote: Chips",
    "entities/nvidia": "The Footnote: Nvidia",
    "publishers/hubkub": "The Footnote: stories that cite Hubkub",
}
each_subject = pytest.mark.parametrize("name", SUBJECTS)


def told() -> Site:
    """A story that stands under each kind of subject, and one that stands under none of them."""
    publishers = library().publishers | {"wire": Publisher("wire", "Wire", "wire.example", "wire")}
    here = story("here", topics=("chips",), mentions=("nvidia",))
    return site(here, story("elsewhere", source(publisher="wire"), section="policy"), publishers=publishers)


@each_format
@each_subject
def test_every_subject_has_a_feed_of_its_stories_in_full(name: str, suffix: str):
    made = told()
    assert [item.url for item in items(made, name, suffix)] == [f"{BASE}stories/here/"]
    assert items(made, name, suffix) == [i for i in items(made, "stories", suffix) if i.url.endswith("/here/")]


@each_subject
def test_the_feed_of_a_subject_is_named_after_it_and_leads_to_its_page(name: str):
    made, home = told(), f"{BASE}{name}/"
    rss, atom = (feedparser.parse(feed(made, f"{name}.{suffix}")) for suffix in FORMATS[:2])
    as_json = json.loads(feed(made, f"{name}.json"))
    assert rss.feed.title == atom.feed.title == as_json["title"] == SUBJECTS[name]
    assert rss.feed.link == atom.feed.link == as_json["home_page_url"] == home
    assert as_json["feed_url"] == f"{BASE}feeds/{name}.json"
    assert rss.feed.subtitle == atom.feed.subtitle == as_json["description"]


def test_two_feeds_never_share_an_id():
    ids = [feedparser.parse(data).feed.id for path, data in all_feeds(sample()).items() if path.endswith(".atom.xml")]
    assert len(ids) == len(set(ids)) > 100


@each_subject
def test_the_page_of_a_subject_names_its_own_feed_first_and_shows_the_way_to_it(name: str):
    root = page(told(), f"{name}/")
    named = [e.get("href") for e in root.iter("link") if e.get("rel") == "alternate"]
    assert named[:3] == [f"{BASE}feeds/{name}.{suffix}" for suffix in FORMATS]
    assert f"{BASE}feeds/stories.rss.xml" in named
    (follow,) = by_class(root, "follow")
    assert [href.split("../")[-1] for href in all_links(follow)] == [f"feeds/{name}.{suffix}" for suffix in FORMATS]
    assert words(follow).startswith("Follow ")


@pytest.mark.parametrize("standing", [False, True], ids=["gone", "there again"])
def test_who_follows_an_entity_that_was_merged_goes_on_with_the_one_that_stays(standing: bool):
    """No page can lead a feed's reader on, so the feed stands at the old address as well, and says which is its own."""
    vocabulary = {
        "meta": Entity("meta", "Meta", "company", was=("facebook", "fb")),
        **({"fb": Entity("fb", "FB", "company")} if standing else {}),
    }
    made = dict(files(site(story("told", mentions=tuple(vocabulary)), entities=vocabulary)))
    for suffix in FORMATS:
        own = made[f"feeds/entities/meta.{suffix}"]()
        assert made[f"feeds/entities/facebook.{suffix}"]() == own
        assert (made[f"feeds/entities/fb.{suffix}"]() == own) is not standing
        assert f"{BASE}feeds/entities/meta.{suffix}".encode() in own
    leads_on = f'"canonical" href="{BASE}entities/meta/"'.encode()
    assert leads_on in made["entities/facebook/index.html"]()
    assert (leads_on in made["entities/fb/index.html"]()) is not standing


def test_the_date_of_a_feed_does_not_go_back_when_what_it_was_merged_from_had_lost_something():
    gone = Withdrawal("taken", date(2026, 4, 1), date(2026, 9, 20), "It was wrong.", was_in=("entities/facebook",))
    vocabulary = {"meta": Entity("meta", "Meta", "company", was=("facebook",))}
    of = site(story("told", mentions=("meta",)), entities=vocabulary, withdrawn={gone.id: gone})
    assert b"2026-09-20" in dict(files(of))["feeds/entities/facebook.atom.xml"]()


@pytest.mark.parametrize("kind", ["sections", "topics", "entities", "publishers"])
def test_who_follows_something_by_an_earlier_id_goes_on_with_it(kind: str):
    """Its feeds stand at the old address too, and pages lead on: of years, and of a publisher's sources too."""
    words = {
        "sections": {"newsletter": newsletter(sections={"big-tech": Section("big-tech", "Big Tech", was=("tech",))})},
        "topics": {"topics": {"chips": Topic("chips", "Chips", was=("tech",))}},
        "entities": {"entities": {"nvidia": Entity("nvidia", "Nvidia", "company", was=("tech",))}},
        "publishers": {"publishers": {"hubkub": Publisher("hubkub", "Hubkub", "h.example", "trade", was=("tech",))}},
    }[kind]
    fields = {"topics": ("chips",), "mentions": ("nvidia",)} if kind in ("topics", "entities") else {}
    made = dict(files(site(*many(70, **fields), **words)))
    (name,) = (name for name in SUBJECTS if name.startswith(kind))
    for suffix in FORMATS:
        assert made[f"feeds/{kind}/tech.{suffix}"]() == made[f"feeds/{name}.{suffix}"]()
    named = f"{name}/", *(["sources/hubkub/"] if kind == "publishers" else [])
    pages = [path for path in made if path.startswith(named) and path.endswith("index.html")]
    assert len(pages) > 2
    for path in pages:
        old = path.replace(f"{name}/", f"{kind}/tech/").replace("sources/hubkub/", "sources/tech/")
        leads = "publishers/hubkub/" if path == "sources/hubkub/index.html" else path.removesuffix("index.html")
        assert f'"canonical" href="{BASE}{leads}"'.encode() in made[old](), path


def known_by(data: bytes, suffix: str) -> tuple[str, str | None]:
    """What a program knows a feed by: its title and, in Atom, its id."""
    told = json.loads(data) if suffix == "json" else feedparser.parse(data).feed
    return told["title"], told.get("id")


EMPTIED = {
    "sections/big-tech": "sections/",
    "topics/chips": "",
    "entities/nvidia": "",
    "publishers/hubkub": "publishers/",
}


@pytest.mark.parametrize("day", [date(2026, 9, 20), NOON + timedelta(days=9)], ids=["day", "moment"])
@each_format
@pytest.mark.parametrize(("name", "shelf"), EMPTIED.items())
def test_a_feed_whose_last_story_is_withdrawn_stays_empty_at_its_address(name: str, shelf: str, suffix: str, day: date):
    """Without it programs would show an error for ever, and meet a story that comes some day as nobody's."""
    gone = Withdrawal("here", NOON, day, "It was wrong.", was_in=tuple(EMPTIED))
    publishers = library().publishers | {"wire": Publisher("wire", "Wire", "wire.example", "wire")}
    other = story("elsewhere", source(publisher="wire"), section="policy")
    after = site(other, publishers=publishers, withdrawn={gone.id: gone})
    made = dict(files(after))
    before, now = feed(told(), f"{name}.{suffix}"), made[f"feeds/{name}.{suffix}"]()
    assert READERS[suffix](now) == []
    assert known_by(now, suffix) == known_by(before, suffix)
    assert f"{BASE}{shelf}".encode() in now
    assert f'"canonical" href="{BASE}{shelf}"'.encode() in made[f"{name}/index.html"]()
    assert f"{name}.rss.xml".encode() not in made["feeds.opml"]()


@pytest.mark.parametrize("was_in", [(), ("topics/other",)])
def test_what_no_withdrawal_names_has_no_empty_feed(was_in: tuple[str, ...]):
    gone = Withdrawal("here", NOON, date(2026, 9, 20), "It was wrong.", was_in=was_in)
    assert "feeds/topics/chips.json" not in dict(files(site(story("other"), withdrawn={gone.id: gone})))


@each_format
@pytest.mark.parametrize(("name", "shelf"), EMPTIED.items())
def test_a_feed_whose_stories_were_given_other_subjects_stays_empty_at_its_address(name: str, shelf: str, suffix: str):
    """The journal knows that it had some. What never had any has no feed, however long the vocabulary."""
    publishers = library().publishers | {"wire": Publisher("wire", "Wire", "wire.example", "wire")}
    other = story("elsewhere", source(publisher="wire"), section="policy")
    made = dict(files(site(other, publishers=publishers, signed_feeds=frozenset(EMPTIED))))
    before, now = feed(told(), f"{name}.{suffix}"), made[f"feeds/{name}.{suffix}"]()
    assert READERS[suffix](now) == []
    assert known_by(now, suffix) == known_by(before, suffix)
    assert f'"canonical" href="{BASE}{shelf}"'.encode() in made[f"{name}/index.html"]()
    later = replace(other, slug="later", published=NOON + timedelta(days=9))
    again = dict(files(site(other, later, publishers=publishers, signed_feeds=frozenset(EMPTIED))))
    assert again[f"feeds/{name}.{suffix}"]() == now, "nobody is told of a change where there is none"
    unsigned = dict(files(site(other, publishers=publishers)))
    assert f"feeds/{name}.{suffix}" not in unsigned


def test_a_merged_feed_that_is_empty_stays_at_each_of_its_addresses():
    gone = Withdrawal("here", NOON, date(2026, 9, 20), "It was wrong.", was_in=("topics/silicon",))
    topics = {"chips": Topic("chips", "Chips", was=("silicon",)), "silicon": Topic("silicon", "Silicon")}
    made = dict(files(site(story("other"), topics=topics, withdrawn={gone.id: gone})))
    assert made["feeds/topics/chips.atom.xml"]() == made["feeds/topics/silicon.atom.xml"]()
    assert made["topics/silicon/index.html"]


def test_a_word_that_has_no_story_yet_takes_no_feed_from_one_that_has():
    """A merge that is prepared before the stories are moved."""
    gone = Withdrawal("gone", NOON, date(2026, 9, 20), "It was wrong.", was_in=("topics/silicon",))
    topics = {"chips": Topic("chips", "Chips", was=("silicon",)), "silicon": Topic("silicon", "Silicon")}
    made = dict(files(site(story("here", topics=("silicon",)), topics=topics, withdrawn={gone.id: gone})))
    assert "feeds/topics/silicon.atom.xml" in made
    assert "feeds/topics/chips.atom.xml" not in made


@each_format
def test_the_feeds_of_the_whole_site_stay_when_all_is_withdrawn(suffix: str):
    fields = {"why": "It was wrong.", "published": NOON, "withdrawn": NOON + timedelta(days=1)}
    gone = (Withdrawal("told", corrections=(NOON,), **fields), Withdrawal("editions/2026-04-11", **fields))
    made = site(withdrawn={each.id: each for each in gone})
    for name in ("stories", "editions", "corrections"):
        assert READERS[suffix](feed(made, f"{name}.{suffix}")) == []
    assert [path for path, _ in all_feeds(site())] == []


def test_what_is_no_subject_names_the_feeds_of_the_site_alone():
    named = [e.get("href") for e in page(told(), "stories/here/").iter("link") if e.get("rel") == "alternate"]
    assert [url for url in named if "/feeds/" in url] == [f"{BASE}feeds/stories.{suffix}" for suffix in FORMATS]


def test_a_section_has_room_for_thirty_stories_and_a_topic_for_fifteen():
    made = site(*many(45, topics=("chips",)))
    assert len(items(made, "sections/big-tech", "json")) == 30
    assert [item.url for item in items(made, "topics/chips", "json")] == [
        f"{BASE}stories/s-{n:02}/" for n in range(44, 29, -1)
    ]


def test_the_feed_of_a_topic_with_long_stories_is_small():
    made = site(*many(10, topics=("chips",), body="Long words. " * 4000))
    assert len(items(made, "topics/chips", "json")) == 2


def test_the_weight_of_an_item_is_about_the_length_of_its_text():
    made = sample()
    making = Items(templates(made))
    entries = [Entry(page) for page in (*made.newest_first, *made.editions)]
    assert [e for e in entries if not 0.85 < e.weight / len(making.of(e).html) < 1.35] == []


def test_an_unrelated_story_leaves_each_other_feed_as_it_is():
    publishers = library().publishers | {"wire": Publisher("wire", "Wire", "wire.example", "wire")}
    before = [story("one", topics=("chips",), mentions=("meta",))]
    after = [*before, story("two", source(publisher="wire"), section="policy", topics=("law",), mentions=("nvidia",))]
    first, second = (site(*stories, publishers=publishers) for stories in (before, after))
    assert second.story_pages["one"].related == ()
    told = {path: data for path, data in all_feeds(second).items() if path in all_feeds(first)}
    changed = {path for path, data in all_feeds(first).items() if told[path] != data}
    assert changed == {f"feeds/stories.{suffix}" for suffix in FORMATS}


def prints(made: Site) -> dict[str, str]:
    """What the fingerprint of each feed is, from which a build knows that it need not be made."""
    fingerprints, all_series = Fingerprints(""), list(Following(made, Words("en", {})).wanted())
    declared = [document for series in all_series for document in documents(series)]
    return {document.path("json"): fingerprints.of((document,)) for document in declared}


def test_a_new_neighbour_in_the_section_makes_no_feed_again_that_does_not_show_it():
    """The stories of the topic get a next one and a related one; their feed says neither."""
    old = [story("old", topics=("chips",), mentions=("meta", "nvidia"))]
    new = story("new", topics=("law",), mentions=("meta", "nvidia"), published=NOON + timedelta(hours=1))
    before, after = prints(site(*old)), prints(site(*old, new))
    assert before["feeds/topics/chips.json"] == after["feeds/topics/chips.json"]
    assert before["feeds/sections/big-tech.json"] != after["feeds/sections/big-tech.json"]


def test_whatever_a_feed_shows_is_in_its_fingerprint():
    told = story("told", topics=("chips",))
    topics = {"chips": Topic("chips", "Semiconductors")}
    name = "feeds/topics/chips.json"
    first = prints(site(told))[name]
    assert prints(site(replace(told, dek="New.")))[name] != first
    assert prints(site(told, topics=topics))[name] != first
    renamed = {"hubkub": Publisher("hubkub", "Hub", "hubkub.example", "trade")}
    assert prints(site(told, publishers=renamed))[name] != first


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_stay_text_in_feeds_on_pages_and_in_the_list(text: str):
    made = link(everywhere(text), BASE)
    for name in ("sections/big-tech", "topics/ai-compute", "entities/meta"):
        for suffix in FORMATS:
            assert READERS[suffix](feed(made, f"{name}.{suffix}"))
        assert json.loads(feed(made, f"{name}.json"))["title"] == f"{text}: {text}"
        assert words(by_class(page(made, f"{name}/"), "follow")[0])
    assert f"{text}: {text}" in [o.get("text") for o in ElementTree.fromstring(feed_list(made)).iter("outline")]


def test_the_list_has_an_outline_for_each_kind():
    body = ElementTree.fromstring(feed_list(site(story(topics=("chips",), mentions=("meta",)), edition()))).find("body")
    kinds = {group.get("text"): [o.get("htmlUrl") for o in group] for group in body}
    assert kinds == {
        "The Footnote": [BASE, BASE],
        "Sections": [f"{BASE}sections/big-tech/"],
        "Topics": [f"{BASE}topics/chips/"],
        "Companies, people, models": [f"{BASE}entities/meta/"],
        "Sources": [f"{BASE}publishers/hubkub/"],
    }


def test_the_subscribe_page_has_a_short_list_of_each_kind_and_leads_to_the_rest():
    names = [f"topic-{n:03}" for n in range(60)]
    topics = {name: Topic(name, name.title()) for name in names}
    stories = [story(f"s-{n}", topics=tuple(names[: 60 - n])) for n in range(10)]
    root = page(site(*stories, topics=topics), "subscribe/")
    groups = {words(next(group.iter("summary"))): group for group in by_class(root, "followed")}
    assert list(groups) == ["Sections 1", "Topics 60", "Sources 1"]
    assert [group.get("open") is not None for group in groups.values()] == [True, False, False]
    rows = list(groups["Topics 60"].iter("li"))
    assert len(rows) == SHOWN
    assert words(rows[0]).startswith("Topic-000 RSS, Atom, JSON Feed Copy")
    assert "../topics/" in list(all_links(groups["Topics 60"]))


def test_the_feeds_of_subjects_can_be_switched_off():
    made = site(story(topics=("chips",)), outputs=Outputs(subject_feeds=False))
    assert {path.split(".")[0] for path, _ in files(made) if path.startswith("feeds/")} == {
        "feeds/stories",
        "feeds/index",
    }
    assert by_class(page(made, "topics/chips/"), "follow") == []
    assert by_class(page(made, "subscribe/"), "followed") == []


def test_what_has_no_page_has_no_feed():
    made = site(story(topics=("chips",)), outputs=Outputs(topics=False))
    names = {path for path, _ in files(made)}
    assert "feeds/sections/big-tech.rss.xml" in names
    assert "feeds/topics/chips.rss.xml" not in names
