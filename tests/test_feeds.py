"""Feeds as a subscriber reads them: every text whole, every id for ever, and not a byte that changes for nothing."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from xml.etree import ElementTree

import feedparser
import html5lib
import pytest
from hypothesis import given, settings
from msgspec import Struct
from msgspec.structs import replace

from generator.link.site import link
from generator.model.content import Correction, Dispute, Edition, Image, MadeBy, PartText, Point, Question, Story
from generator.model.content import Version as Told
from generator.model.site import Site
from generator.model.vocabulary import Entity, Person, Section, Topic
from tests.make import (
    BASE,
    HOSTILE,
    LINES,
    NOON,
    all_ids,
    edition,
    everywhere,
    feed,
    files,
    library,
    newsletter,
    page,
    printed,
    sample,
    site,
    sites,
    source,
    story,
)

ATOM, DC, CONTENT = (
    "{http://www.w3.org/2005/Atom}",
    "{http://purl.org/dc/elements/1.1/}",
    "{http://purl.org/rss/1.0/modules/content/}",
)
FORMATS = ("rss.xml", "atom.xml", "json")
NAMES = ("editions", "stories")
each_format = pytest.mark.parametrize("suffix", FORMATS)
each_feed = pytest.mark.parametrize("name", NAMES)


class Item(Struct, frozen=True):
    """What a subscriber knows of an item, whatever the format."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    author: str
    categories: tuple[str, ...]
    published: str


def of_rss(data: bytes) -> list[Item]:
    def item(node: ElementTree.Element) -> Item:
        says = node.findtext
        names = tuple(category.text or "" for category in node.iter("category"))
        html, author = says(f"{CONTENT}encoded"), says(f"{DC}creator")
        summary = unescape(says("description"))  # which is HTML
        return Item(says("guid"), says("link"), says("title"), summary, html, author, names, says("pubDate"))

    return [item(node) for node in ElementTree.fromstring(data).iter("item")]


def of_atom(data: bytes) -> list[Item]:
    def item(node: ElementTree.Element) -> Item:
        says = {tag: node.findtext(f"{ATOM}{tag}") for tag in ("id", "title", "summary", "content", "published")}
        url = node.find(f"{ATOM}link").get("href")
        names = tuple(category.get("label", "") for category in node.iter(f"{ATOM}category"))
        author = node.findtext(f"{ATOM}author/{ATOM}name")
        return Item(says["id"], url, says["title"], says["summary"], says["content"], author, names, says["published"])

    return [item(node) for node in ElementTree.fromstring(data).iter(f"{ATOM}entry")]


def of_json(data: bytes) -> list[Item]:
    return [
        Item(
            item["id"],
            item["url"],
            item["title"],
            item["summary"],
            item["content_html"],
            item["authors"][0]["name"],
            tuple(item["tags"]),
            item["date_published"],
        )
        for item in json.loads(data)["items"]
    ]


READERS: dict[str, Callable[[bytes], list[Item]]] = {"rss.xml": of_rss, "atom.xml": of_atom, "json": of_json}


def items(made: Site, name: str, suffix: str) -> list[Item]:
    return READERS[suffix](feed(made, f"{name}.{suffix}"))


def elements(item: Item) -> list[ElementTree.Element]:
    return list(html5lib.parseFragment(item.html, namespaceHTMLElements=False).iter())[1:]


def saying(text: str) -> Site:
    """An edition and a story of which a text is title, dek, author and name of every category."""
    told = story(title=text, dek=text, byline=text, topics=("chips",), mentions=("meta",))
    return site(
        told,
        edition(title=text, dek=text, made_by=MadeBy(text, "none")),
        newsletter=newsletter(name=text, sections={"big-tech": Section("big-tech", text)}),
        topics={"chips": Topic("chips", text)},
        entities={"meta": Entity("meta", text, "company")},
    )


def test_a_dek_with_the_signs_of_html_is_read_whole_and_runs_nowhere():
    dek = "The <canvas> element is gone & y<x means &amp; text <script>alert(1)</script> end."
    made = site(story(dek=dek))
    for suffix in FORMATS[:2]:
        (entry,) = feedparser.parse(feed(made, f"stories.{suffix}")).entries
        shown = html5lib.parseFragment(entry.summary, namespaceHTMLElements=False)
        assert (entry.summary_detail.type, entry.summary) == ("text/plain", dek) or "".join(shown.itertext()) == dek


@given(LINES)
def test_any_text_survives_in_every_format(text: str):
    made = saying(text)
    for suffix in FORMATS:
        for name, categories in (("stories", 3), ("editions", 1)):
            (item,) = items(made, name, suffix)
            assert (item.title, item.summary, item.author) == (printed(text), printed(text), text)
            assert item.categories == (text,) * categories


def quoted(text: str) -> Site:
    """A story and an edition that hold a text wherever words are not Markdown, beside those that `saying` has."""
    told = story(
        "told",
        source(title=text, author=text, passages=(text,)),
        source("other"),
        body="Words. [@hubkub; @other]",
        image=Image("chart.png", text, text, text, 40, 30),
        disputed=(Dispute(text, (Told(text, ("hubkub",)), Told("so", ("other",))), text),),
        corrections=(Correction(NOON, text, f"{text}!", text, text),),
    )
    return site(told, edition("2026-04-11", "told", one_line=text, made_by=MadeBy("The desk", "none", note=text)))


@given(LINES)
@settings(max_examples=40)
def test_any_text_survives_in_the_body_of_every_format(text: str):
    made, least = quoted(text), {"stories": 10, "editions": 12, "corrections": 4}
    for suffix in FORMATS:
        for name, count in least.items():
            (item,) = items(made, name, suffix)
            root = html5lib.parseFragment(item.html, namespaceHTMLElements=False)
            said = [blank(node) for node in (*root.itertext(), *(e.get("alt", "") for e in root.iter()))]
            as_set = printed(text)
            found = sum(blank(text) in node or blank(as_set) in node for node in said)
            assert found + item.summary.count(as_set) >= count


def blank(text: str) -> str:
    """A text with its blanks as HTML takes them."""
    return " ".join(text.split())


@given(LINES)
@settings(max_examples=40)
def test_a_feed_reader_reads_any_text(text: str):
    """The dash keeps the reader from guessing that letters were encoded twice."""
    text = f"– {text} –"
    made = saying(text)
    for suffix in FORMATS[:2]:
        found = feedparser.parse(feed(made, f"stories.{suffix}"), sanitize_html=False, resolve_relative_uris=False)
        assert not found.bozo
        (entry,) = found.entries
        summary = unescape(entry.summary) if suffix == "rss.xml" else entry.summary
        assert (entry.title, summary) == (printed(text), printed(text))
        assert found.feed.title == f"{text}: stories"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@each_feed
def test_hostile_text_in_every_field_stays_text_in_every_format(text: str, name: str):
    made, plain = link(everywhere(text), BASE), link(everywhere("Plain words"), BASE)
    for suffix in FORMATS:
        for item, like in zip(items(made, name, suffix), items(plain, name, suffix), strict=True):
            assert [(e.tag, set(e.attrib)) for e in elements(item)] == [(e.tag, set(e.attrib)) for e in elements(like)]


@each_feed
def test_all_formats_tell_the_same(name: str):
    rss, atom, as_json = (items(sample(), name, suffix) for suffix in FORMATS)
    assert atom == as_json
    assert [replace(item, published="") for item in rss] == [replace(item, published="") for item in atom]
    moments = [datetime.fromisoformat(item.published) for item in atom]
    assert [parsedate_to_datetime(item.published) for item in rss] == moments == sorted(moments, reverse=True)


@each_feed
def test_a_feed_reader_finds_the_sample_whole(name: str):
    for suffix, version in (("rss.xml", "rss20"), ("atom.xml", "atom10")):
        found = feedparser.parse(feed(sample(), f"{name}.{suffix}"), sanitize_html=False, resolve_relative_uris=False)
        assert not found.bozo
        assert found.version == version
        assert found.feed.language == "en-gb" or suffix == "atom.xml"
        for entry, item in zip(found.entries, items(sample(), name, suffix), strict=True):
            assert (entry.id, entry.link, entry.title, entry.summary) == (item.id, item.url, item.title, item.summary)
            assert entry.content[0].value == item.html.strip()
            assert entry.content[0].type == "text/html"
            assert entry.published_parsed


IDS = {
    "stories": "tag:footnote.example,2026:stories/meta-coreweave",
    "editions": "tag:footnote.example,2026:editions/2026-04-11",
}


def one(**fields: Any) -> list[Any]:
    return [story(**fields), edition()]


@each_format
@each_feed
def test_an_id_is_made_of_authority_year_and_path_and_of_nothing_else(name: str, suffix: str):
    later = NOON + timedelta(days=90)
    for made in (
        site(*one()),
        site(*one(title="Another title", dek="Another dek.", section="policy", body="New words.")),
        site(story(updated=later), edition(updated=later, title="Another title")),
        site(story(published=later), edition(published=later)),
        site(*one(), base="http://moved.example/elsewhere/"),
        site(*one(), newsletter=newsletter(name="Another name", editor=Person("Another", "a@b.example"))),
    ):
        assert [item.id for item in items(made, name, suffix)] == [IDS[name]]


def test_a_renamed_story_keeps_the_id_of_its_first_name_and_leads_on_from_it():
    made = site(story(renamed_from="first", aliases=("old", "stories/second")))
    (item,) = items(made, "stories", "json")
    assert item.id == "tag:footnote.example,2026:stories/first"
    assert item.url.endswith("/stories/meta-coreweave/")
    assert {"stories/first/index.html", "stories/second/index.html"} <= {path for path, _ in files(made)}


def test_the_year_of_an_id_is_that_of_the_writer():
    late = NOON.replace(month=12, day=31, hour=23)
    assert late.astimezone(UTC).year == late.year + 1
    assert items(site(story(published=late)), "stories", "json")[0].id == IDS["stories"]


def test_ids_in_rss_are_no_addresses():
    guids = list(ElementTree.fromstring(feed(sample(), "stories.rss.xml")).iter("guid"))
    assert {guid.get("isPermaLink") for guid in guids} == {"false"}


def feed_id(made: Site, name: str) -> str:
    return ElementTree.fromstring(feed(made, f"{name}.atom.xml")).findtext(f"{ATOM}id")


@each_feed
def test_a_feed_has_an_id_of_its_own_that_outlives_a_move_and_an_older_story(name: str):
    found = feed_id(site(*one()), name)
    assert re.match(r"urn:uuid:[0-9a-f-]{36}\Z|tag:footnote\.example,", found)
    assert feed_id(site(*one(), base="https://moved.example/"), name) == found
    assert feed_id(site(*one(), story("older", published=NOON.replace(year=2020))), name) == found
    assert feed_id(site(*one(), newsletter=newsletter(name="Another name")), name) == found


def test_two_feeds_and_two_newsletters_have_ids_of_their_own():
    others = newsletter(authority="other.example")
    ids = {feed_id(made, name) for made in (site(*one()), site(*one(), newsletter=others)) for name in NAMES}
    assert len(ids) == 4


def addresses(item: Item) -> list[str]:
    return [e.get(name, "") for e in elements(item) for name in ("href", "src", "cite") if name in e.attrib]


@each_feed
def test_every_address_in_the_text_of_an_item_is_absolute(name: str):
    found = [address for item in items(sample(), name, "json") for address in addresses(item)]
    assert len(found) > 100
    assert [address for address in found if not re.match(r"https?://[^/]+\.", address)] == []


@each_feed
def test_numbers_lead_to_the_place_on_the_page_that_they_mean(name: str):
    for item in items(sample(), name, "json"):
        ids = set(all_ids(page(sample(), item.url.removeprefix(BASE))))
        targets = [a.partition("#")[2] for a in addresses(item) if a.startswith(f"{item.url}#")]
        assert targets
        assert set(targets) <= ids


@given(sites())
@settings(max_examples=25)
def test_numbers_in_a_feed_are_those_of_the_page(made: Site):
    for name in NAMES:
        for item in items(made, name, "json"):
            root = page(made, item.url.removeprefix(BASE))
            on_page = [(e.get("href"), e.text) for e in root.iter("a") if e.get("class") == "cite"]
            in_feed = [
                (e.get("href"), e.text) for e in elements(item) if e.get("href", "").startswith(f"{item.url}#source-")
            ]
            assert in_feed == [(item.url + href, text) for href, text in on_page]


@given(sites())
@settings(max_examples=10)
def test_an_item_leads_to_the_ledger_of_its_page_unless_it_was_written_elsewhere(made: Site):
    for name in NAMES:
        for item in items(made, name, "json"):
            led = [e for e in elements(item) if e.get("href") == f"{item.url}#ledger"]
            root = page(made, item.url.removeprefix(BASE))
            has_sources = any(e.get("id", "").startswith("source-") for e in root.iter())
            assert len(led) == int(has_sources)
            assert "ledger" in {e.get("id") for e in root.iter()} or not led


@each_feed
def test_the_text_of_an_item_has_no_class_style_or_script(name: str):
    for item in items(sample(), name, "json"):
        assert {e.tag for e in elements(item)} & {"script", "style", "iframe", "nav", "button", "template"} == set()
        assert {n for e in elements(item) for n in e.attrib} <= {
            "href",
            "src",
            "alt",
            "width",
            "height",
            "title",
            "start",
        }


def test_a_table_in_a_feed_has_no_class():
    (item,) = items(site(story(body="| a | b |\n| :- | -: |\n| 1 | 2 |")), "stories", "json")
    assert [e for e in elements(item) if "class" in e.attrib] == []


@each_feed
def test_dates_bear_the_zone_of_the_writer(name: str):
    made = site(*one())
    assert items(made, name, "rss.xml")[0].published == "Sat, 11 Apr 2026 12:00:00 -0400"
    assert items(made, name, "atom.xml")[0].published == "2026-04-11T12:00:00-04:00"
    assert items(made, name, "json")[0].published == "2026-04-11T12:00:00-04:00"


RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)\Z")


@each_feed
def test_every_date_of_the_sample_has_the_form_of_its_format(name: str):
    atom = ElementTree.fromstring(feed(sample(), f"{name}.atom.xml"))
    dates = [e.text for e in atom.iter() if e.tag in (f"{ATOM}updated", f"{ATOM}published")]
    assert [date for date in dates if not RFC_3339.match(date)] == []
    rss = ElementTree.fromstring(feed(sample(), f"{name}.rss.xml"))
    for node in (*rss.iter("pubDate"), *rss.iter("lastBuildDate")):
        assert re.match(
            r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}\Z", node.text
        )


def updated(made: Site, name: str) -> tuple[datetime, datetime]:
    rss = ElementTree.fromstring(feed(made, f"{name}.rss.xml")).findtext("channel/lastBuildDate")
    atom = ElementTree.fromstring(feed(made, f"{name}.atom.xml")).findtext(f"{ATOM}updated")
    return parsedate_to_datetime(rss), datetime.fromisoformat(atom)


def test_a_feed_is_as_new_as_the_newest_change_of_an_item():
    later = NOON + timedelta(days=3)
    old = story("old", published=NOON - timedelta(days=9), updated=later)
    assert updated(site(story(), old), "stories") == (later, later)
    assert updated(site(story()), "stories") == (NOON, NOON)


def test_an_edition_is_as_new_as_the_newest_change_of_its_stories():
    later = NOON + timedelta(days=3)
    assert updated(site(story(updated=later), edition()), "editions") == (later, later)
    (item,) = json.loads(feed(site(story(updated=later), edition()), "editions.json"))["items"]
    assert item["date_modified"] == later.isoformat()
    assert item["date_published"] == NOON.isoformat()


def many(number: int, **fields: Any) -> list[Story]:
    return [story(f"s-{n:02}", published=NOON + timedelta(hours=n), **fields) for n in range(number)]


@each_format
def test_a_feed_has_the_thirty_newest_items_newest_first(suffix: str):
    found = items(site(*many(45)), "stories", suffix)
    assert [item.url for item in found] == [f"{BASE}stories/s-{n:02}/" for n in range(44, 14, -1)]


@each_format
def test_a_feed_of_long_stories_is_still_small(suffix: str):
    made = site(*many(40, body="It is <long> & “quoted” at length. [@hubkub]\n\n" * 200))
    assert 200_000 < len(feed(made, f"stories.{suffix}")) < 420_000
    assert 5 < len(items(made, "stories", suffix)) < 30


def test_even_a_story_longer_than_a_feed_should_be_is_in_it():
    parts = (PartText("summary", ("Long words. " * 40_000,)),)
    assert len(items(site(*many(3, parts=parts)), "stories", "json")) == 1


@pytest.mark.parametrize("name", ["stories", "sections/big-tech", "topics/chips"])
def test_the_date_of_a_feed_does_not_go_back_when_a_corrected_story_falls_out(name: str):
    """It is pushed out by one that comes out later than its own time says."""
    stories = many(30, topics=("chips",))
    stories[0] = replace(stories[0], updated=NOON + timedelta(hours=40))
    late = [story(f"late-{n}", published=NOON + timedelta(hours=35), topics=("chips",)) for n in range(20)]
    assert updated(site(*stories, *late), name) == updated(site(*stories), name) == (stories[0].updated,) * 2
    assert "s-00" not in {item.url.split("/")[-2] for item in items(site(*stories, *late), name, "json")}


@each_feed
def test_the_date_of_a_feed_does_not_go_back_when_a_story_that_has_left_it_grows(name: str):
    """The newest one pushed out two, and the older of them was corrected; now the other one is, and is much longer."""

    def told(days: int, words: int, **changes: object) -> tuple[Story, Edition]:
        published = NOON - timedelta(days=days)
        one = story(f"s-{days}", published=published, body=f"{'Words. ' * words}[@hubkub]", **changes)
        return one, edition(f"2026-04-{11 - days:02}", one.slug, published=published)

    corrected, later = (NOON + timedelta(hours=hours) for hours in (1, 2))
    rest = (*told(0, 14_000), *told(1, 5_500), *told(4, 14_000), *told(6, 5_500, updated=corrected))
    assert updated(site(*rest, *told(5, 11_000)), name) == (corrected,) * 2
    assert updated(site(*rest, *told(5, 30_000, updated=later)), name) >= (corrected,) * 2


def test_the_date_of_a_feed_is_not_that_of_a_correction_made_long_after_the_story_had_left_it():
    stories = many(60)
    stories[0] = replace(stories[0], updated=NOON + timedelta(days=30))
    assert updated(site(*stories), "stories") == (stories[-1].published,) * 2


def all_feeds(made: Site) -> dict[str, bytes]:
    return {path: make() for path, make in files(made) if path.startswith("feeds/")}


def current(made: Site) -> dict[str, bytes]:
    """The feeds without the archive documents behind them."""
    return {path: data for path, data in all_feeds(made).items() if not path.startswith("feeds/archive/")}


def test_feeds_are_the_same_whatever_was_remembered_of_their_items(monkeypatch: pytest.MonkeyPatch):
    usual = {path: make() for path, make in files(replace(sample())) if path.startswith("feeds/")}
    monkeypatch.setattr("generator.render.feeds.items.REMEMBERED", 1)
    assert {path: make() for path, make in files(replace(sample())) if path in usual} == usual


def test_what_is_not_in_a_feed_does_not_change_it():
    stories = many(40)
    changed = [
        replace(stories[0], title="New", dek="New.", body="New.", updated=NOON + timedelta(days=99)),
        *stories[1:],
    ]
    assert current(site(*changed)) == current(site(*stories))
    assert current(site(*stories[1:])) == current(site(*stories))


def test_what_feeds_do_not_show_does_not_change_them():
    told, shown = story(topics=("chips",)), edition()
    other = library(told, shown, publishers=library().publishers | {"wire": library().publishers["hubkub"]})
    other = replace(other, newsletter=newsletter(banner="New banner.", messages={"home": "Home"}))
    assert all_feeds(link(other, BASE)) == all_feeds(site(told, shown))


def test_the_order_in_which_files_were_read_does_not_change_a_byte():
    content = [*many(35), edition("2026-04-11", "s-00", "s-01"), edition("2026-04-12", "s-02")]
    mixed = random.Random(7).sample(content, len(content))
    first, second = site(*content), site(*mixed, topics=dict(reversed(library().topics.items())))
    assert {path: make() for path, make in files(first)} == {path: make() for path, make in files(second)}


def test_a_new_story_does_not_change_the_items_of_the_others():
    before, after = (of_json(feed(site(*many(n)), "stories.json")) for n in (10, 11))
    assert after[1:] == before


@each_feed
def test_a_category_may_hold_an_ampersand(name: str):
    made = site(*one(section="industry-biz"))
    for suffix in FORMATS:
        assert "Industry & Biz" in items(made, name, suffix)[0].categories
    found = feedparser.parse(feed(made, f"{name}.rss.xml"))
    assert not found.bozo
    assert ("Industry & Biz", "section") in [(tag.term, tag.scheme) for tag in found.entries[0].tags]


@each_feed
def test_a_feed_names_itself_once_and_its_site(name: str):
    rss = ElementTree.fromstring(feed(sample(), f"{name}.rss.xml"))
    links = list(rss.iter(f"{ATOM}link"))
    assert [(e.get("rel"), e.get("href"), e.get("type")) for e in links] == [
        ("self", f"{BASE}feeds/{name}.rss.xml", "application/rss+xml")
    ]
    assert rss.findtext("channel/link") == rss.findtext("channel/image/link") == BASE
    assert rss.findtext("channel/title") == rss.findtext("channel/image/title")
    atom = ElementTree.fromstring(feed(sample(), f"{name}.atom.xml"))
    assert [e.get("href") for e in atom.findall(f"{ATOM}link[@rel='self']")] == [f"{BASE}feeds/{name}.atom.xml"]
    assert [e.get("href") for e in atom.findall(f"{ATOM}link[@rel='alternate']")] == [BASE]
    as_json = json.loads(feed(sample(), f"{name}.json"))
    assert (as_json["feed_url"], as_json["home_page_url"]) == (f"{BASE}feeds/{name}.json", BASE)
    assert as_json["version"] == "https://jsonfeed.org/version/1.1"


def test_titles_and_summaries_of_atom_are_plain_text_and_the_content_is_html():
    (entry,) = ElementTree.fromstring(feed(site(story()), "stories.atom.xml")).iter(f"{ATOM}entry")
    kinds = [entry.find(f"{ATOM}{tag}").get("type", "text") for tag in ("title", "summary", "content")]
    assert kinds == ["text", "text", "html"]


def test_the_feeds_text_is_the_whole_story_with_its_sources():
    told = story("told", source("hubkub", passages=("said so",)), parts=(PartText("summary", ("In short.",)),))
    (item,) = items(site(told), "stories", "json")
    text = " ".join("".join(html5lib.parseFragment(item.html).itertext()).split())
    assert "In short." in text
    assert "Meta commits $21 billion. [1]" in text
    assert "Sources [1] The page of hubkub. Hubkub (trade press). “said so”" in text


def test_behind_a_title_that_ends_a_sentence_stands_no_second_stop():
    told = story("told", source("one", title="Chips."), source("two", title="Who is next?"), body="So. [@one; @two]")
    (item,) = items(site(told), "stories", "json")
    text = " ".join("".join(html5lib.parseFragment(item.html).itertext()).split())
    assert "[1] Chips. Hubkub (trade press)." in text
    assert "[2] Who is next? Hubkub (trade press)." in text


@each_feed
@each_format
def test_an_item_that_runs_from_right_to_left_says_so_wherever_it_is_read(name: str, suffix: str):
    arabic = site(story("told"), edition("2026-04-11", "told"), newsletter=newsletter(language="ar"))
    (item,) = items(arabic, name, suffix)
    whole, *_ = elements(item)
    assert (whole.tag, whole.attrib) == ("div", {"lang": "ar", "dir": "rtl"})
    assert item.html.startswith("<div ")
    assert item.html.endswith("</div>")
    assert 'dir="' not in items(site(story("told")), "stories", suffix)[0].html


def test_a_json_feed_has_the_text_of_an_item_once():
    data = feed(site(story(body="It is four words long. [@hubkub]")), "stories.json")
    assert data.count(b"It is four words long.") == 1


def test_a_reader_that_strips_tags_leaves_words_apart_that_are_no_sentence():
    told = edition("2026-04-11", "told", actions=(Point("Ask for it", "It is for sale. [@told/hubkub]"),))
    (item,) = items(site(story("told"), told), "editions", "json")
    assert "Ask for it. It is for sale." in "".join(html5lib.parseFragment(item.html).itertext())


def test_each_passage_has_a_line_of_its_own_below_its_source():
    told = story("told", source("hubkub", passages=("said so", "and so")))
    (item,) = items(site(told), "stories", "json")
    assert "(trade press). <br>“said so” <br>“and so”</p>" in item.html


def test_the_answers_of_a_quiz_stand_below_all_its_questions():
    quiz = tuple(Question(f"Question {n}?", (f"yes {n}", "no"), f"yes {n}", "It is so. [@told/hubkub]") for n in (1, 2))
    (item,) = items(site(story("told"), edition("2026-04-11", "told", quiz=quiz)), "editions", "json")
    text = " ".join("".join(html5lib.parseFragment(item.html).itertext()).split())
    assert "Question 1? yes 1 no Question 2? yes 2 no Answers yes 1. It is so. [1] yes 2. It is so. [1]" in text


def test_who_reads_a_story_in_a_feed_is_led_away_after_it_and_not_before():
    (item,) = items(site(story("told", original="hubkub", body="The text. [@hubkub]")), "stories", "json")
    assert item.html.index("The text.") < item.html.index("Read the full story") < item.html.index("Sources")


def test_a_picture_is_named_with_its_absolute_address_and_type():
    (entry,) = feedparser.parse(
        feed(site(story(image=Image("chart.png", "A chart", "Us", None, 40, 30))), "stories.rss.xml")
    ).entries
    (media,) = entry.media_content
    assert (media["url"], media["type"], media["width"]) == (f"{BASE}images/chart.png", "image/png", "40")


def test_a_feed_without_items_is_not_written():
    made = all_feeds(site(story()))
    assert "feeds/stories.rss.xml" in made
    assert [path for path in made if path.startswith("feeds/editions")] == []
    assert all_feeds(site()) == {}


def test_one_list_has_every_feed_once():
    root = ElementTree.fromstring(feed_list(site(*one())))
    outlines = [o for o in root.iter("outline") if o.get("xmlUrl")]
    names = ("editions", "stories", "sections/big-tech", "publishers/hubkub")
    assert [o.get("xmlUrl") for o in outlines] == [f"{BASE}feeds/{name}.rss.xml" for name in names]
    assert all(o.get("text") and o.get("type") == "rss" for o in outlines)


def test_the_list_of_feeds_has_a_folder_a_kind_so_that_nobody_is_drowned():
    body = ElementTree.fromstring(feed_list(sample())).find("body")
    assert [folder.get("text") for folder in body] == [
        *("The Footnote", "Sections", "Topics", "Companies, people, models", "Sources")
    ]
    assert all(folder.get("xmlUrl") is None and len(folder) for folder in body)


def test_a_small_list_has_the_main_feeds_alone():
    root = ElementTree.fromstring(feed_list(sample(), "feeds-main.opml"))
    assert [o.get("xmlUrl", "").rpartition("/")[2] for o in root.iter("outline") if o.get("xmlUrl")] == [
        *("editions.rss.xml", "stories.rss.xml")
    ]


def feed_list(made: Site, path: str = "feeds.opml") -> bytes:
    return dict(files(made))[path]()


def test_a_feed_names_the_hubs_that_tell_of_its_changes():
    hub = "https://hub.example/"
    told = replace(sample(), hubs=(hub,))
    for name in ("editions", "stories"):
        rss, atom = (ElementTree.fromstring(feed(told, f"{name}.{suffix}")) for suffix in ("rss.xml", "atom.xml"))
        assert [link.get("href") for link in rss.iter(f"{ATOM}link") if link.get("rel") == "hub"] == [hub]
        assert [link.get("href") for link in atom.iter(f"{ATOM}link") if link.get("rel") == "hub"] == [hub]
        assert json.loads(feed(told, f"{name}.json"))["hubs"] == [{"type": "WebSub", "url": hub}]


def test_a_json_feed_has_the_citations_as_data():
    made = sample()
    items = {item["url"]: item["_citewire"] for item in json.loads(feed(made, "stories.json"))["items"]}
    found = items[made.url("stories/meta-coreweave-21bn/")]
    told = made.story_pages["meta-coreweave-21bn"]
    assert [(c["number"], c["url"]) for c in found["citations"]] == [(r.number, r.source.url) for r in told.references]
    assert found["citations"][0]["passages"] == list(told.references[0].source.passages)
    assert found["importance"] == {"score": told.story.importance.score, "why": told.story.importance.why}
    assert found["entities"][0]["url"].startswith(made.url("entities/"))
    editions = json.loads(feed(made, "editions.json"))["items"]
    assert all(item["_citewire"]["citations"] for item in editions)


@pytest.mark.parametrize(
    ("tagline", "said"),
    [
        ("News with sources", "News with sources. One item an edition, in full."),
        ("Is it so?", "Is it so? One item an edition, in full."),
        ("The day, told.", "The day, told. One item an edition, in full."),
    ],
)
def test_a_tagline_ends_before_the_sentence_behind_it_begins(tagline: str, said: str):
    of = site(story(), edition(), newsletter=newsletter(tagline=tagline))
    assert feedparser.parse(feed(of, "editions.rss.xml")).feed.description == said
