"""Who signs: people are people, and the newsletter, its desk and companies are not."""

from __future__ import annotations

import json

import pytest

from generator.model.content import MadeBy
from generator.model.site import Site
from generator.model.vocabulary import Entity, Person
from tests.make import BASE, edition, feed, newsletter, page, site, source, story
from tests.test_feeds import ATOM, DC, ElementTree
from tests.test_pages import node

ENTITIES = {
    "acme": Entity("acme", "Acme", "company", site="https://acme.example/", also=("Acme Labs",)),
    "cher": Entity("cher", "Cher", "person"),
    "desk": Entity("desk", "Tom Desk", "person", site="https://tom.example/"),
}


def signed(byline: str | None, **fields: object) -> Site:
    return site(story(byline=byline), edition(), entities=ENTITIES, **fields)


def authors(made: Site) -> list[dict[str, str]]:
    found = node(page(made, "stories/meta-coreweave/"), "NewsArticle")["author"]
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize(
    ("byline", "kind"),
    [
        ("Ann Lee", "Person"),
        ("Cher", "Person"),
        ("Tom Desk", "Person"),
        ("José Ángel García-Márquez", "Person"),
        ("李明", "Person"),
        ("Acme", "Organization"),
        ("acme labs", "Organization"),
        ("Hubkub", "Organization"),
        ("The Footnote", "Organization"),
        ("The night desk", "Organization"),
        ("Hubkub Staff", "Organization"),
    ],
)
def test_who_signs_a_story_is_a_person_unless_it_is_known_or_called_otherwise(byline: str, kind: str):
    (author,) = authors(signed(byline))
    assert (author["@type"], author["name"]) == (kind, byline)


def test_two_people_are_two_authors_everywhere():
    made = signed("Ann Lee and Bob van Dyke")
    names = ["Ann Lee", "Bob van Dyke"]
    assert [(a["@type"], a["name"]) for a in authors(made)] == [("Person", name) for name in names]
    rss, atom = (ElementTree.fromstring(feed(made, f"stories.{suffix}")) for suffix in ("rss.xml", "atom.xml"))
    assert [e.text for e in rss.iter(f"{DC}creator")] == names
    assert [e.text for e in atom.findall(f"{ATOM}entry/{ATOM}author/{ATOM}name")] == names
    (item,) = json.loads(feed(made, "stories.json"))["items"]
    assert item["authors"] == [{"name": name} for name in names]


@pytest.mark.parametrize("byline", ["Research and Markets", "Ann Lee, with notes", "Smith & Sons"])
def test_what_is_no_list_of_names_stays_whole(byline: str):
    assert [author["name"] for author in authors(signed(byline))] == [byline]


def test_a_story_that_nobody_signs_is_the_newsletters_everywhere():
    made = signed(None)
    us = {"@type": "Organization", "name": "The Footnote", "@id": f"{BASE}#publisher", "url": BASE}
    assert authors(made) == [us]
    assert "<dc:creator>The Footnote</dc:creator>" in feed(made, "stories.rss.xml").decode()
    (item,) = json.loads(feed(made, "stories.json"))["items"]
    assert item["authors"] == [{"name": "The Footnote", "url": BASE}]
    (entry,) = ElementTree.fromstring(feed(made, "stories.atom.xml")).iter(f"{ATOM}entry")
    assert [e.text for e in entry.find(f"{ATOM}author")] == ["The Footnote", BASE]


def test_an_author_with_pages_of_their_own_is_linked_to_them():
    (author,) = authors(signed("Tom Desk"))
    assert author["url"] == "https://tom.example/"


@pytest.mark.parametrize(("editor", "role"), [("Ann Lee", "editor"), ("Footnote desk", "author")])
def test_who_made_an_edition_is_its_editor_where_that_is_a_person(editor: str, role: str):
    made = site(
        story(), edition(made_by=MadeBy(editor, "none")), newsletter=newsletter(editor=Person(editor, "a@b.example"))
    )
    issue = node(page(made, "editions/2026-04-11/"), "PublicationIssue")
    assert {role for role in ("editor", "author") if role in issue} == {role}  # schema.org: no desk edits
    assert issue[role]["@type"] == {"editor": "Person", "author": "Organization"}[role]


@pytest.mark.parametrize(
    ("author", "kind"), [("Ann Lee", "Person"), ("Hubkub", "Organization"), ("Wire staff", "Organization")]
)
def test_the_author_of_a_source_is_a_person_or_its_publisher(author: str, kind: str):
    made = site(story("meta-coreweave", source(author=author)))
    (cited,) = node(page(made, "stories/meta-coreweave/"), "NewsArticle")["citation"]
    assert cited["author"] == {"@type": kind, "name": author}


def test_the_kind_of_an_entity_that_is_named_in_a_byline_changes_the_page():
    before, after = (
        signed("Cher"),
        site(story(byline="Cher"), edition(), entities={"cher": Entity("cher", "Cher", "company")}),
    )
    pages = [made.story_pages["meta-coreweave"] for made in (before, after)]
    assert pages[0].view.made_of != pages[1].view.made_of
