"""Pages as a browser reads them: what an editor writes stays text, and every link leads somewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from generator.link.site import link
from generator.model.artifacts import Page, PageArtifact
from generator.model.content import Dispute, Image, Importance, MadeBy, PartText, Point, Version
from generator.model.fingerprint import Fingerprints
from generator.model.site import Site
from generator.model.vocabulary import Entity, Part, Topic
from generator.render.periods import YEAR_LIMIT
from generator.render.site import maker_of, render
from generator.words import Words
from tests.make import (
    BASE,
    HOSTILE,
    LINES,
    NOON,
    ROOT,
    all_ids,
    all_links,
    by_class,
    edition,
    everywhere,
    feed,
    files,
    library,
    newsletter,
    page,
    parsed,
    sample,
    site,
    sites,
    source,
    story,
    traced,
    words,
)

PATHS = {"story": "stories/told/", "edition": "editions/2026-04-11/"}
ADDRESS = 'https://hubkub.example/?a="onload="&b=\'<script>&amp;c=%22'


@cache
def hostile(text: str) -> Site:
    return link(everywhere(text, ADDRESS), BASE)


Skeleton = list[tuple[str, tuple[str, ...], str | None, str]]


def skeletons(made: Site) -> dict[str, Skeleton]:
    """Everything of each page but its text, and which way that runs: elements, names of attributes, ids, addresses."""
    running = {"class", "dir"}
    return {
        path: [
            (e.tag, tuple(sorted(e.attrib.keys() - running)), e.get("id"), e.get("href", "").partition("text=")[0])
            for e in parsed(make()).iter()
            if e.tag != "bdi"
        ]
        for path, make in files(made)
        if path.endswith(".html")
    }


def meta(root: Element) -> dict[str, str]:
    return {e.get("property") or e.get("name", ""): e.get("content", "") for e in root.iter("meta")}


def graph(root: Element) -> list[dict]:
    """The structured data of a page."""
    (script,) = (each for each in root.iter("script") if each.get("type") == "application/ld+json")
    return json.loads(script.text)["@graph"]


def node(root: Element, kind: str) -> dict:
    return next(node for node in graph(root) if node["@type"] == kind)


@cache
def plain() -> dict[str, Skeleton]:
    return skeletons(hostile("Plain words"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_makes_an_element_or_an_attribute_on_any_page(text: str):
    assert skeletons(hostile(text)) == plain()


def straight(text: str) -> str:
    """A text with the quotation marks of a typewriter."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def is_not_a_character(c: str) -> bool:
    """Code points which Unicode keeps for inner use: HTML calls them an error and shows them all the same."""
    return 0xFDD0 <= ord(c) <= 0xFDEF or ord(c) & 0xFFFE == 0xFFFE


@given(LINES.filter(lambda text: not set(text) & set("`*_[]\\<&") and not any(map(is_not_a_character, text))))
@settings(max_examples=25)
def test_no_text_at_all_makes_an_element_or_an_attribute(text: str):
    """Signs of Markdown are left out, since a story's text may use them."""
    assert skeletons(hostile.__wrapped__(text)) == plain()


@given(LINES.filter(lambda text: not any(map(is_not_a_character, text))))
@settings(max_examples=25)
def test_every_page_of_any_newsletter_is_sound_html(text: str):
    told = story(title=text, dek=text, byline=text)
    shown = edition(title=text, dek=text, one_line=text, takeaways=(Point(text, "Words"),))
    made = site(told, shown, newsletter=newsletter(name=text, tagline=text))
    for path, make in files(made):
        if path.endswith(".html"):
            parsed(make())


@pytest.mark.parametrize("kind", ["story", "edition"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_titles_and_previews_say_the_text_as_it_was_written(text: str, kind: str):
    root = page(hostile(text), PATHS[kind])
    line = " ".join(text.split())
    said = meta(root)
    assert straight(words(root.find(".//h1"))) == straight(line)
    assert words(root.find(".//title")) == f"{line} · {line}"
    assert said["og:title"] == said["og:site_name"] == said["og:image:alt"] == text
    assert said["og:description"] == said["description"] == line
    assert straight("".join(by_class(root, "dek")[0].itertext())) == straight(text)
    assert root.find(".//figure/img").get("alt") == text


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_structured_data_holds_the_text_unchanged(text: str):
    told, shown = page(hostile(text), PATHS["story"]), page(hostile(text), PATHS["edition"])
    article, issue = node(told, "NewsArticle"), node(shown, "PublicationIssue")
    assert (
        issue["name"]
        == issue["description"]
        == issue["abstract"]
        == (issue.get("editor") or issue["author"])["name"]
        == text
    )
    assert article["description"] == article["articleSection"] == article["author"]["name"] == text
    assert article["headline"] == text if len(text) <= 110 else len(article["headline"]) <= 110
    assert [cited["name"] for cited in article["citation"]] == [text, text]
    assert article["citation"][0]["url"] == article["isBasedOn"] == ADDRESS
    assert node(told, "BreadcrumbList")["itemListElement"][2]["name"] == text


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_source_is_shown_and_linked_as_it_was_written(text: str):
    root = page(hostile(text), PATHS["story"])
    first, second = by_class(root, "source")
    named, unnamed = first.find("a"), second.find("a")
    assert ("".join(named.itertext()), named.get("href"), named.get("hreflang")) == (text, ADDRESS, text)
    assert "".join(unnamed.itertext()) == text
    assert words(root.find(".//blockquote")) == " ".join(Words("en", {}).quoted(text).split())
    address, _, passage = root.find(".//blockquote//a").get("href").partition("#:~:text=")
    assert (address, unquote(passage)) == (ADDRESS, text)


PAGES = [path for path, make in files(sample()) if path.endswith(".html") and b'http-equiv="refresh"' not in make()]


@cache
def of_sample(path: str) -> Element:
    return parsed(dict(files(sample()))[path]())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_sample_is_sound_html_with_ids_that_stand_once(path: str):
    root = of_sample(path)
    assert [id_ for id_, times in Counter(all_ids(root)).items() if times > 1] == []
    assert len(list(root.iter("h1"))) == 1


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_the_sample_leads_to_a_page_and_a_place_that_exist(path: str):
    made = {name for name, _ in files(sample())}
    for href in all_links(of_sample(path)):
        address, _, fragment = urljoin(BASE + path.removesuffix("index.html"), href).partition("#")
        if address.startswith(BASE):
            inside = address.removeprefix(BASE)
            file = f"{inside}index.html" if inside.endswith("/") or not inside else inside
            assert file in made, href
            assert not fragment or fragment in all_ids(of_sample(file)), href


@given(sites())
@settings(max_examples=30)
def test_every_number_leads_to_a_source_and_every_letter_back_to_its_number(made: Site):
    for path in ("editions/2026-04-11/", "stories/story-0/"):
        root = page(made, path)
        ids = all_ids(root)
        assert len(ids) == len(set(ids))
        assert {href[1:] for href in all_links(root) if href.startswith("#")} <= set(ids)
        back = {a.get("href", "")[1:] for entry in by_class(root, "back") for a in entry.iter("a")}
        assert back == {a.get("id") for a in by_class(root, "cite")}


def told_with(body: str = "Words. [@hubkub]", **fields: object) -> Site:
    told = story("told", source("hubkub"), source("wire"), body=body, **fields)
    return site(told, edition("2026-04-11", "told"))


def test_numbers_and_their_brackets_are_text():
    root = page(told_with("Words. [@hubkub; @wire] More. [@hubkub]"), "stories/told/")
    assert words(by_class(root, "body")[0]) == "Words.\xa0[1][2] More.\xa0[1]"
    assert [words(e) for e in by_class(root, "number")] == ["[1]", "[2]"]
    assert [words(e) for e in by_class(root, "back")] == ["a b", "a"]


def test_those_who_hear_a_page_hear_who_published_a_source():
    (number,) = by_class(page(told_with(), "stories/told/"), "cite")
    assert number.get("aria-label") == "[1] Hubkub"


def test_the_front_page_leaves_the_sources_of_its_edition_to_the_page_that_shows_them():
    whole, brief = (node(page(sample(), path), "PublicationIssue") for path in ("editions/2026-07-02/", ""))
    assert {key: text for key, text in whole.items() if key != "citation"} == brief
    assert whole["citation"]


def test_a_paragraph_names_the_sources_that_it_cites_for_the_room_beside_it():
    body = "One. [@wire; @hubkub] Two. [@hubkub]\n\nThree.\n\n### Four [@hubkub]\n\n- Five. [@hubkub]\n\nSix. [@hubkub]"
    made = told_with(body)
    named = [
        (words(e)[:3], e.get("data-cites")) for e in page(made, "stories/told/").iter() if "data-cites" in e.attrib
    ]
    assert named == [("One", "1 Hubkub\n2 Hubkub"), ("Six", "2 Hubkub")]
    assert b"data-cites" not in feed(made, "stories.rss.xml")


SHAPES = {
    "meta-coreweave-21bn": (True, ["Why This Matters", "Key Takeaways"]),
    "openai-122bn-round": (False, ["Why This Matters", "Background Context", "What Happens Next", "Bigger Picture"]),
    "anthropic-mythos-glasswing": (True, ["Summary", "Insights"]),
    "happyhorse-stealth-debut": (False, ["Summary", "Analysis", "Key Takeaways"]),
}


@pytest.mark.parametrize("slug", SHAPES)
def test_a_story_of_each_shape_shows_its_own_parts_and_no_others(slug: str):
    root = of_sample(f"stories/{slug}/index.html")
    body, parts = SHAPES[slug]
    assert [words(e.find("h2")) for e in by_class(root, "part")] == parts
    assert bool(by_class(root, "body")) is body
    assert bool(by_class(root, "picture")) is (slug == "happyhorse-stealth-debut")


@pytest.mark.parametrize("slug", SHAPES)
def test_an_edition_shows_the_same_parts_as_the_storys_own_page(slug: str):
    day = sample().story_pages[slug].editions[0].slug
    shown = next(e for e in of_sample(f"editions/{day}/index.html").iter("article") if e.get("id") == f"story-{slug}")
    assert [words(e.find("h4")) for e in by_class(shown, "part")] == SHAPES[slug][1]


def test_a_story_without_something_does_not_speak_of_it():
    root = page(site(story(body="Words.", sources={})), "stories/meta-coreweave/")
    names = ("part", "disputed", "mentions", "sources", "shown-in", "thread", "related", "neighbours", "importance")
    assert [name for name in (*names, "picture", "signal", "original", "cite") if by_class(root, name)] == []
    assert [words(e) for e in root.iter("h2")] == []


def test_a_story_shows_where_the_sources_disagree_and_who_says_what():
    disputed = (Dispute("Sum", (Version("$21 billion", ("hubkub",)), Version("$14 billion", ("wire",))), "So far."),)
    root = page(told_with("Words. [@wire]", disputed=disputed), "stories/told/")
    assert words(by_class(root, "disputed")[0]).endswith("Sum $21\xa0billion\xa0[2] $14\xa0billion\xa0[1] So far.")


def test_a_list_is_shown_as_a_list():
    parts = (PartText("key-takeaways", ("One. [@hubkub]", "Two.\n\nThree."), True),)
    (part,) = by_class(page(told_with(parts=parts), "stories/told/"), "part")
    assert [words(item) for item in part.iter("li")] == ["One.\xa0[1]", "Two. Three."]


@pytest.mark.parametrize("machine", ["drafted", "assisted", "none"])
@pytest.mark.parametrize("reviewer", [None, "R. Eviewer"])
def test_an_edition_says_who_made_it_and_what_part_a_machine_had(machine: str, reviewer: str | None):
    made = site(story(), edition(made_by=MadeBy("E. Ditor", machine, reviewer, "With a note.")))
    (box,) = by_class(page(made, "editions/2026-04-11/"), "made-by")
    says = {
        "drafted": "The text was drafted by a machine.",
        "assisted": "A machine helped with the text.",
        "none": "No machine wrote any of the text.",
    }
    review = "Reviewed by R. Eviewer." if reviewer else "Nobody besides the editor reviewed it."
    assert words(box) == f"How this edition was made Edited by E. Ditor. {review} {says[machine]} With a note."
    in_feed = " ".join(feed(made, "editions.json").decode().split())
    assert says[machine] in in_feed
    assert review in in_feed


def test_a_story_in_several_editions_leads_to_each():
    made = site(story(), edition(), edition("2026-04-12", published=NOON + timedelta(days=1)))
    (shown,) = by_class(page(made, "stories/meta-coreweave/"), "shown-in")
    assert [a.get("href") for a in shown.iter("a")] == ["../../editions/2026-04-11/", "../../editions/2026-04-12/"]


def around(made: Site, path: str) -> Page:
    """A page before it is dressed, with what it says to the chrome around it."""
    (found,) = (item for item in render(maker_of(made), ROOT) if isinstance(item, PageArtifact) and item.path == path)
    return found.make()


def folio(made: Site, path: str) -> str:
    """The line below the newsletter's name."""
    return words(html5lib.parseFragment(around(made, path).folio, namespaceHTMLElements=False))


def test_the_folio_says_of_which_day_and_edition_a_page_is():
    made = site(story(), edition("2026-04-10", published=NOON - timedelta(days=1)), edition())
    about = "The day in AI, with its sources."
    assert folio(made, "") == folio(made, "editions/2026-04-11/") == f"Saturday 11\xa0April 2026 {about} Edition 2"
    assert folio(made, "editions/2026-04-10/") == f"Friday 10\xa0April 2026 {about} Edition 1"
    assert folio(made, "stories/meta-coreweave/") == f"Saturday 11\xa0April 2026 {about} Read the whole edition"
    assert folio(made, "sections/big-tech/") == folio(site(), "") == about


def test_the_folio_of_a_story_leads_to_its_edition_if_it_has_one():
    assert 'href="../../editions/2026-04-11/"' in around(site(story(), edition()), "stories/meta-coreweave/").folio
    assert "href" not in around(site(story()), "stories/meta-coreweave/").folio


def test_the_navigation_says_where_a_reader_is():
    def where(path: str) -> tuple[str, str]:
        found = around(archive(), path)
        return found.current, found.current_as

    assert where("sections/big-tech/") == ("sections/big-tech/", "page")
    assert where("sections/big-tech/2026/") == where("stories/s-100/") == ("sections/big-tech/", "true")
    assert where("editions/") == ("editions/", "page")
    assert where("editions/2025/") == where("editions/2025-10-21/") == ("editions/", "true")
    assert where("stories/") == ("stories/", "page")
    assert where("topics/chips/") == ("topics/", "true")
    assert where("publishers/hubkub/") == ("publishers/", "true")
    assert where("") == ("", "page")


def importance(score: int) -> Importance:
    return Importance(score, "It weighs that much.")


def test_of_the_newest_day_the_story_that_weighs_most_leads_its_section():
    made = site(
        story("great", importance=importance(9), published=NOON - timedelta(days=1)),
        story("small", importance=importance(3)),
        story("large", importance=importance(7), published=NOON - timedelta(hours=2)),
        story("plain", published=NOON - timedelta(hours=1)),
    )
    shown = page(made, "sections/big-tech/")
    (lead,) = by_class(shown, "lead")
    assert [words(heading) for heading in lead.iter("h2")] == ["The title of large"]
    (river,) = by_class(shown, "stories")
    others = [words(heading) for heading in river.iter("h2")]
    assert others == ["The title of small", "The title of plain", "The title of great"]


def test_a_related_story_says_what_it_is_about_as_well():
    both = {"topics": ("chips",), "mentions": ("meta",)}
    (related,) = by_class(page(site(story("one", **both), story("two", **both)), "stories/one/"), "related")
    assert "Also about Chips, Meta" in words(related)  # "Shares Meta" would be news from the stock market


def test_of_what_was_not_in_the_news_before_nobody_says_that_it_is_up_from_nought():
    (shown,) = by_class(page(sample(), ""), "recurring")
    counts = [words(count) for count in by_class(shown, "count")]
    assert "2, none before" in counts
    assert "5, up from 1" in counts
    assert not [count for count in counts if count.endswith(" 0")]


def test_who_has_never_met_a_feed_reads_on_the_page_what_reads_one():
    assert "A feed reader is an app or a website that" in words(of_sample("subscribe/index.html"))


def test_the_pages_of_a_sections_years_have_no_lead():
    assert by_class(page(archive(), "sections/big-tech/"), "lead")
    assert not by_class(page(archive(), "sections/big-tech/2026/"), "lead")


def test_a_section_does_not_name_itself_beside_each_of_its_stories():
    made = site(story("one"), story("two"))
    assert "Big Tech" not in [
        words(meta) for river in by_class(page(made, "sections/big-tech/"), "stories") for meta in river.iter("span")
    ]


def test_the_directory_of_sections_has_the_newest_headlines_of_each():
    slugs = leads_to(archive(), "sections/", "stories/")
    assert slugs == {f"stories/s-{number}/" for number in (196, 198, 199)}
    same, other = (
        next(item for item in render(maker_of(made), ROOT) if item.path == "sections/")
        for made in (archive(), archive("Another title"))
    )
    assert Fingerprints("").of(other.made_of) != Fingerprints("").of(same.made_of)


def opened(made: Site, path: str) -> list[str]:
    return [words(element) for figure in by_class(page(made, path), "opening") for element in figure]


@pytest.mark.parametrize("path", ["", "sections/big-tech/", "stories/meta-coreweave/"])
@pytest.mark.parametrize(("letters", "size"), [(60, None), (100, "long"), (150, "longer")])
def test_a_long_headline_is_set_smaller_where_its_story_leads_too(path: str, letters: int, size: str | None):
    title = "word " * (letters // 5 - 1) + "word."
    root = page(site(story(title=title), edition()), path)
    assert [e.get("class") for e in root.iter() if e.tag in ("h1", "h2") and words(e) == title] == [size]


def test_a_lead_without_a_picture_opens_with_the_figure_that_carries_it_and_leads_to_its_source():
    told = story("told", source(passages=("a bill of $21 billion in total",)), title="Meta pays $21 billion")
    made = traced(library(told, edition("2026-04-11", "told")))
    for path, up in (("", ""), ("sections/big-tech/", "../../")):
        assert opened(made, path) == ["$21 billion", "“a bill of $21 billion in total”", "Hubkub"]
        assert f"{up}stories/told/#source-hubkub" in list(all_links(page(made, path)))


def test_the_front_page_has_a_lead_seconds_and_briefs():
    slugs = [f"s-{n}" for n in range(8)]
    made = site(*map(story, slugs), edition("2026-04-11", *slugs))
    shown = page(made, "")
    found = {name: by_class(shown, name)[0] for name in ("lead", "beside", "below", "briefs")}
    titles = {name: [words(heading)[-3:] for heading in part.iter("h2")] for name, part in found.items()}
    assert list(titles.values()) == [["s-0"], ["s-1", "s-2", "s-3"], ["s-4", "s-5"], ["s-6", "s-7"]]
    assert not by_class(found["briefs"], "dek")
    assert len(by_class(found["below"], "dek")) == 2


@cache
def archive(newest: str = "The title of s-199") -> Site:
    """Two hundred stories of one section in a hundred editions, over two years; the title of the newest."""
    days = [NOON.replace(year=2025, month=3) + timedelta(days=4 * n) for n in range(100)]
    stories = [story(f"s-{n:03}", published=days[n // 2], topics=("chips",), mentions=("meta",)) for n in range(200)]
    stories[-1] = replace(stories[-1], title=newest)
    shown = [
        edition(day.date().isoformat(), f"s-{2 * n:03}", f"s-{2 * n + 1:03}", published=day)
        for n, day in enumerate(days)
    ]
    return site(*stories, *shown)


def leads_to(made: Site, path: str, under: str) -> set[str]:
    """Paths under a folder to which a page leads."""
    hrefs = (urljoin(BASE + path, href).removeprefix(BASE).partition("#")[0] for href in all_links(page(made, path)))
    return {href for href in hrefs if href.startswith(under)}


def stories_of(made: Site, path: str) -> set[str]:
    """Slugs of the stories to which a page leads."""
    return {href.split("/")[1] for href in leads_to(made, path, "stories/")} & made.stories.keys()


SUBJECTS = ["stories/", "sections/big-tech/", "topics/chips/", "entities/meta/", "publishers/hubkub/"]


def periods_of(made: Site, first: str) -> set[str]:
    """The pages of years and months to which the first page leads, and those to which they lead in turn."""
    found, new = set(), {first}
    while new:
        paths = set().union(*(leads_to(made, path, first) for path in new))
        new = {path for path in paths if re.search(r"/\d{4}(-\d\d)?/$", path)} - found
        found |= new
    return found


@pytest.mark.parametrize("first", SUBJECTS)
def test_the_first_page_of_a_subject_is_bounded_and_its_years_and_months_hold_every_story(first: str):
    assert stories_of(archive(), first) == {f"s-{n:03}" for n in range(170, 200)}
    held = {path: stories_of(archive(), path) for path in periods_of(archive(), first)}
    assert set().union(*held.values()) == archive().stories.keys()
    assert max(map(len, held.values())) <= YEAR_LIMIT


@pytest.mark.parametrize("first", SUBJECTS[1:])
def test_a_year_of_few_stories_is_one_page_and_one_of_many_leads_to_its_months(first: str):
    paths = periods_of(archive(), first)
    assert len(stories_of(archive(), f"{first}2026/")) == 52
    assert {path for path in paths if path.startswith(f"{first}2026")} == {f"{first}2026/"}
    year = f"{first}2025/"
    assert stories_of(archive(), year) == {f"s-{n:03}" for n in range(118, 148)}
    months = leads_to(archive(), year, first) - {first, f"{first}2026/", year}
    assert months == {f"{first}2025-{month:02}/" for month in range(3, 13)} == paths - {year, f"{first}2026/"}


def test_an_edit_of_a_story_has_no_other_year_of_its_subjects_made_again():
    """Topics grow for years: what they had in old ones is not made again for each new word."""

    def made_of(made: Site) -> dict[str, str]:
        declared = {item.path: item.made_of for item in render(maker_of(made), ROOT)}
        return {
            path: Fingerprints("").of(values or ())
            for path, values in declared.items()
            if path.startswith(tuple(SUBJECTS)) and "/202" in path
        }

    before, after = made_of(archive()), made_of(archive("What else"))
    differing = {path for path in after if after[path] != before[path]}
    assert {path for path in differing if "/2026" not in path} == set()
    assert {f"{first}2026/" for first in SUBJECTS[1:]} <= differing


def test_a_page_of_a_year_keeps_its_address_when_the_year_gets_more_stories():
    def paths(count: int) -> set[str]:
        days = (NOON.replace(year=2025, month=1) + timedelta(days=n) for n in range(count))
        made = site(*(story(f"s-{n:03}", published=day) for n, day in enumerate(days)))
        return {path for path, _ in files(made) if path.startswith("sections/")}

    few, many = paths(YEAR_LIMIT), paths(YEAR_LIMIT + 1)
    assert "sections/big-tech/2025/index.html" in few < many
    assert "sections/big-tech/2025-03/index.html" in many - few


def test_the_first_page_of_the_archive_is_bounded_and_its_years_hold_every_edition():
    editions = {f"editions/{e.edition.slug}/" for e in archive().editions}
    years = {"editions/2025/", "editions/2026/"}
    first = leads_to(archive(), "editions/", "editions/")
    assert years <= first
    assert len(first & editions) == 30
    assert set().union(*(leads_to(archive(), year, "editions/") for year in years)) >= editions


def test_the_front_page_and_a_story_do_not_grow_with_the_archive():
    assert len(leads_to(archive(), "", "editions/")) <= 8
    for path in ("", "stories/s-100/", "editions/2025-10-21/"):
        assert len(list(all_links(page(archive(), path)))) < 40


EAST, WEST = timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))


@pytest.mark.parametrize("first", SUBJECTS)
def test_what_was_published_at_the_turn_of_a_month_stands_in_its_month(first: str):
    """In that of the clock on its writer's wall; the order is that of the moments."""
    shared = {"topics": ("chips",), "mentions": ("meta",)}
    made = site(
        story("one", published=datetime(2026, 5, 1, 6, tzinfo=EAST), **shared),
        story("two", published=datetime(2026, 4, 30, 23, tzinfo=WEST), **shared),
        story("three", published=datetime(2026, 5, 1, 8, tzinfo=UTC), **shared),
        *(story(f"older-{n}", published=datetime(2026, 3, 1, tzinfo=UTC), **shared) for n in range(YEAR_LIMIT)),
    )
    paths = [path for path, _ in files(made)]
    assert len(paths) == len(set(paths))
    assert stories_of(made, f"{first}2026-05/") == {"one", "three"}


def test_what_was_published_at_the_turn_of_a_year_stands_in_one_page_of_each_year():
    made = site(
        story(),
        edition("2026-01-01", published=datetime(2026, 1, 1, 6, tzinfo=EAST)),
        edition("2025-12-31", published=datetime(2025, 12, 31, 23, tzinfo=WEST)),
        edition("2026-01-02", published=datetime(2026, 1, 2, 6, tzinfo=UTC)),
    )
    paths = [path for path, _ in files(made)]
    assert len(paths) == len(set(paths))
    assert {"editions/2026-01-01/", "editions/2026-01-02/"} <= leads_to(made, "editions/2026/", "editions/")


@pytest.mark.parametrize(
    ("cited", "told"),
    [
        ([["a"]], "One page, cited in one story"),
        ([["a", "b"]], "2 pages, cited in one story"),
        ([["a"], ["a"]], "One page, cited in 2 stories"),
        ([["a"], ["b"]], "2 pages, cited in 2 stories"),
    ],
)
def test_a_publisher_says_in_a_sentence_how_often_it_is_cited(cited: list[list[str]], told: str):
    stories = [
        story(
            f"story-{number}",
            *(source(name, url=f"https://www.hubkub.example/{name}") for name in names),
            body=f"Meta commits $21 billion. [{'; '.join(f'@{name}' for name in names)}]",
        )
        for number, names in enumerate(cited)
    ]
    assert told in words(page(site(*stories), "publishers/hubkub/"))


def test_one_page_under_two_addresses_is_counted_once():
    first = story("first", source("a", url="https://www.hubkub.example/page/"))
    second = story("second", source("b", url="https://hubkub.example/page?utm_source=x"))
    assert "One page, cited in 2 stories" in words(page(site(first, second), "publishers/hubkub/"))


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("old", "old/index.html"),
        ("/stories/old-name/", "stories/old-name/index.html"),
        ("2019/01/old.html", "2019/01/old.html"),
        ("old.htm", "old.htm"),
    ],
)
@pytest.mark.parametrize("base", [BASE, "https://news.example/a&b/'c'/"])
def test_an_old_address_leads_to_the_new_one(alias: str, file: str, base: str):
    made = site(story(aliases=(alias,)), base=base)
    root = parsed(dict(files(made))[file]())
    new = f"{base}stories/meta-coreweave/"
    old = base + file.removesuffix("index.html")
    delay, _, target = next(e for e in root.iter("meta") if e.get("http-equiv")).get("content").partition("; url=")
    assert (delay, urljoin(old, target)) == ("0", new)
    assert not target.startswith(("/", "http"))
    assert [urljoin(old, href) for href in all_links(root)] == [new]
    assert root.find(".//link[@rel='canonical']").get("href") == words(root.find(".//a")) == new
    assert root.find(".//meta[@name='robots']").get("content") == "noindex"


def test_who_reads_in_the_dark_is_not_dazzled_on_the_way_to_the_new_address():
    made = dict(files(site(story(aliases=("old",)))))["old/index.html"]()
    assert parsed(made).find(".//meta[@name='color-scheme']").get("content") == "light dark"


def test_an_edition_leaves_a_redirect_too():
    made = site(story(), edition(aliases=("issues/7",)))
    assert "../../editions/2026-04-11/" in list(all_links(page(made, "issues/7/")))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_names_its_own_address_and_the_feeds(path: str):
    root = of_sample(path)
    address = BASE + path.removesuffix("index.html")
    assert root.find(".//link[@rel='canonical']").get("href") == meta(root)["og:url"] == address
    feeds = {e.get("href", "").removeprefix(BASE) for e in root.iter("link") if e.get("rel") == "alternate"}
    assert feeds >= {f"feeds/{n}.{s}" for n in ("editions", "stories") for s in ("rss.xml", "atom.xml", "json")}
    assert feeds <= {name for name, _ in files(sample())}


def test_pages_of_one_name_say_in_their_titles_what_they_are():
    about = story(mentions=("meta",), topics=("chips",))
    alike = library(
        about,
        edition(),
        entities={"meta": Entity("meta", "Hubkub", "company")},
        topics={"chips": Topic("chips", "Hubkub")},
    )
    titles = {
        path: words(page(link(alike, BASE), path).find(".//title"))
        for path in ("entities/meta/", "topics/chips/", "publishers/hubkub/")
    }
    assert titles == {
        "entities/meta/": "Hubkub · Companies · The Footnote",
        "topics/chips/": "Hubkub · Topics · The Footnote",
        "publishers/hubkub/": "Hubkub · Sources · The Footnote",
    }


def test_no_two_pages_of_the_sample_have_one_title():
    titles = Counter(words(of_sample(path).find(".//title")) for path in PAGES)
    assert [title for title, number in titles.items() if number > 1] == []


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en-GB", "en_GB"), ("en", "en_US"), ("de", "de_DE"), ("zh-Hant-TW", "zh_TW"), ("tlh", None), ("es-419", None)],
)
def test_previews_are_told_a_language_with_its_country_or_none(language: str, locale: str | None):
    made = site(story(), edition(), newsletter=newsletter(language=language))
    assert meta(page(made, "stories/meta-coreweave/")).get("og:locale") == locale


def test_a_heading_in_a_part_stands_below_the_parts_own():
    parts = (PartText("why-it-matters", ("# One\n\nWords.\n\n## Two\n\nWords.",)),)
    root = page(told_with("# Zero\n\nWords.", parts=parts), "stories/told/")
    found = [(e.tag, words(e)) for e in root.iter() if e.tag in ("h2", "h3", "h4")]
    assert found[:4] == [("h2", "Zero"), ("h2", "Why This Matters"), ("h3", "One"), ("h4", "Two")]


def test_a_part_of_the_newsletters_own_is_shown_under_its_own_title():
    vocabulary = newsletter(parts={"body": Part("body", ""), "so-what": Part("so-what", "So what?")})
    made = link(library(story(parts=(PartText("so-what", ("Words.",)),)), newsletter=vocabulary), BASE)
    assert words(by_class(page(made, "stories/meta-coreweave/"), "part-so-what")[0]) == "So what? Words."


def test_times_are_shown_in_the_zone_of_the_writer():
    root = page(site(replace(story(), updated=NOON.astimezone(UTC))), "stories/meta-coreweave/")
    times = [(e.get("datetime"), words(e)) for e in root.iter("time")]
    assert times == [
        ("2026-04-11T12:00:00-04:00", "11\xa0April 2026, 12:00\xa0UTC−4"),
        ("2026-04-11T16:00:00+00:00", "11\xa0April 2026, 16:00\xa0UTC"),
    ]


def test_each_way_to_a_feed_says_to_screen_readers_what_it_is_the_feed_of():
    for path in ("subscribe/", "topics/chips/", "entities/meta/"):
        links = [a for a in page(archive(), path).iter("a") if "/feeds/" in a.get("href", "")]
        names = [a.get("aria-label") or words(a) for a in links]
        assert names
        assert len(set(names)) == len(names), path


def test_what_stands_in_another_language_says_so_to_screen_readers():
    cited = source(title="Der Vertrag", language="de", passages=("21 Milliarden",))
    of = site(story("told", cited, body="It is $21 billion. [@hubkub]"), edition("2026-04-11", "told"))
    root = page(of, "stories/told/")
    assert [a.get("lang") for a in root.iter("a") if words(a) == "Der Vertrag"] == ["de"]
    assert {quote.get("lang") for quote in root.iter("blockquote")} == {"de"}


def test_own_words_beside_the_text_are_set_as_the_text_is():
    importance = Importance(8, "It's the year's largest deal")
    told = story("told", importance=importance, body="It's so. [@hubkub]")
    point = Point("Don't wait until 8 May", "It's soon.")
    root = page(site(told, edition("2026-04-11", "told", actions=(point,))), "editions/2026-04-11/")
    shown = " ".join(root.itertext())
    assert "Why 8 of 10: It’s the year’s largest deal" in shown
    assert "Don’t wait until 8\N{NO-BREAK SPACE}May" in shown


def test_the_credit_of_a_picture_is_kept_apart_from_what_the_picture_shows():
    for caption in ("The new quay", "The new quay."):
        image = Image("a.png", "A quay", "Us", width=10, height=10, caption=caption)
        shown = page(site(story(image=image)), "stories/meta-coreweave/").iter("figcaption")
        assert words(next(shown)) == "The new quay. Us"


@pytest.mark.parametrize(("weeks", "is_drawn"), [(2, False), (3, True)])
def test_stories_by_week_are_drawn_where_a_picture_tells_more_than_their_list(weeks: int, is_drawn: bool):
    told = [
        story(f"s{n}-{week}", published=NOON + timedelta(weeks=week), mentions=("meta",), topics=())
        for week in range(weeks)
        for n in range(2)
    ]
    shown = page(site(*told, edition("2026-04-11", "s0-0")), "sections/big-tech/")
    assert bool(by_class(shown, "weeks")) is is_drawn


@pytest.mark.parametrize(("mentions", "is_told"), [((), False), (("meta",), True)])
def test_nothing_is_set_beside_the_stories_of_a_section_of_which_there_is_nothing_to_tell(
    mentions: tuple[str, ...], is_told: bool
):
    shown = page(site(story(mentions=mentions, topics=()), edition()), "sections/big-tech/")
    assert bool(by_class(shown, "beside")) is is_told
