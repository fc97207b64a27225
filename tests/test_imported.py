"""What came from elsewhere: readers are told, subscribers see nothing twice, and rules of writing are silent."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest

from generator.check.judging import check
from generator.check.table import RULES
from generator.model.content import Origin
from tests.make import by_class, edition, feed, files, library, page, site, source, story, words
from tests.test_feeds import ATOM

PAGE = Origin("https://old.example/p/meta-coreweave", "https://old.example/p/meta-coreweave")
GUID = Origin("https://old.example/meta/", "5f3e1c0a9d")


def origin_of(made: ElementTree.Element) -> ElementTree.Element:
    """The one line of a page that says where something was published first."""
    (head,) = (each for each in by_class(made, "note") if words(each).startswith("First published"))
    return head


def test_readers_are_told_where_a_story_was_published_first():
    made = page(site(story(imported=PAGE), edition()), "stories/meta-coreweave/")
    told = origin_of(made)
    assert words(told).startswith("First published at old.example,")
    assert told.find("a").get("href") == PAGE.where


def test_readers_of_an_edition_are_told_too():
    made = page(site(story(), edition(imported=PAGE)), "editions/2026-04-11/")
    assert "old.example" in words(origin_of(made))


def test_an_edition_says_it_of_a_story_that_it_shows_whole():
    made = page(site(story(imported=PAGE), edition()), "editions/2026-04-11/")
    told = origin_of(made)
    assert words(told).startswith("First published at old.example,")


def test_an_origin_that_is_no_address_is_no_link():
    made = page(site(story(imported=Origin("httpx:alert(1)")), edition()), "stories/meta-coreweave/")
    told = origin_of(made)
    assert "httpx:alert(1)" in words(told)
    assert told.find("a") is None


def test_the_twin_says_it_as_well():
    made = dict(files(site(story(imported=PAGE), edition())))
    assert PAGE.where in made["stories/meta-coreweave/index.md"]().decode()


def test_the_data_say_it_as_well():
    made = dict(files(site(story(imported=GUID), edition(imported=Origin("an old paper")))))
    told = [json.loads(made[f"api/{name}.json"]()) for name in ("stories/meta-coreweave", "editions/2026-04-11")]
    assert [each["imported"] for each in told] == [{"from": GUID.where, "id": GUID.id}, {"from": "an old paper"}]
    judge = jsonschema.Draft202012Validator(json.loads(made["api/schema.json"]()))
    assert all(map(judge.is_valid, told))
    ours = dict(files(site(story(), edition())))["api/stories/meta-coreweave.json"]()
    assert "imported" not in json.loads(ours)


@pytest.mark.parametrize(("name", "item"), [("stories", "story"), ("editions", "edition")])
def test_subscribers_know_an_item_by_the_id_of_its_earlier_feed(name: str, item: str):
    told = story(imported=GUID if item == "story" else None)
    made = site(told, edition(imported=GUID if item == "edition" else None))
    assert [entry.id for entry in feedparser.parse(feed(made, f"{name}.rss.xml")).entries] == [GUID.id]
    assert [entry["id"] for entry in json.loads(feed(made, f"{name}.json"))["items"]] == [GUID.id]


def test_atom_keeps_an_id_that_is_a_uri_and_mints_one_otherwise():
    entries = []
    for origin in (PAGE, GUID, Origin("x", "http://a b"), Origin("x", "12 at http://x.example")):
        root = ElementTree.fromstring(feed(site(story(imported=origin), edition()), "stories.atom.xml"))
        entries.append(root.findtext(f"{ATOM}entry/{ATOM}id"))
    assert entries == [PAGE.id, *["tag:footnote.example,2026:stories/meta-coreweave"] * 3]


def test_what_is_said_to_be_from_elsewhere_is_judged_by_what_a_site_needs_alone():
    wild = source("wild", url="https://bit.ly/x?utm_source=y", passages=("It costs $7 billion.",))
    text = "Yesterday it was said to cost $9 billion. [@wild] [@gone]"

    def rules(origin: Origin | None) -> set[str]:
        told = story("meta-coreweave", wild, title="The game-changing percent", body=text, imported=origin)
        return {problem.rule for problem in check(library(told, edition(title="The day"))) if problem.file == told.file}

    assert rules(PAGE) == {"unknown-citation"}
    assert rules(None) >= {"unknown-citation", "relative-date", "tracking-address"}


def test_no_rule_that_a_site_needs_is_silent():
    of_writing = {rule.name for rule in RULES if rule.of_writing}
    assert of_writing >= {"contradicted-figure", "untraced-quotation", "uncited-text"}
    assert not of_writing & {"bad-link", "taken-alias", "one-id-twice", "unknown-section", "edition-day", "no-text"}
