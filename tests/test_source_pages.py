"""A source that several stories cite has a page: what it says, whether it stands, and each place where it is cited."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.model.address import page_key
from generator.model.artifacts import PageArtifact
from generator.model.evidence import Copy, Fate, Look, State
from generator.model.outputs import Outputs
from generator.model.permalinks import source_id
from generator.model.site import Site
from generator.render.site import maker_of, render
from tests import make
from tests.test_mail import made

ADDRESS = "https://hubkub.example/news/a-deal"
FIRST = make.story(
    "first",
    make.source(url=ADDRESS, passages=("another $21 billion",), accessed=date(2026, 4, 10)),
    body="It is $21 billion. [@hubkub] So it is. [@hubkub]",
)
SECOND = make.story(
    "second",
    make.source("deal", url=f"{ADDRESS}/?utm_source=x", passages=("until 2032",), accessed=date(2026, 4, 12)),
    make.source("alone", url="https://alone.example/"),
    published=make.NOON + timedelta(days=1),
    body="It runs to 2032. [@deal] So it is. [@alone]",
)
EDITION = make.edition("2026-04-11", "first", "second")


def site(**fields) -> Site:
    return make.site(FIRST, SECOND, EDITION, **fields)


def path_of(of: Site) -> str:
    (page,) = of.shared.values()
    return f"sources/{page.id}/"


def test_it_gathers_what_stories_quote_and_leads_to_the_words():
    of = site()
    page = make.page(of, path_of(of))
    words = make.words(page)
    assert "“until 2032” “another $21 billion”" in words
    read = [make.words(span) for span in page.iter("span") if make.words(span).startswith("read ")]
    assert read == ["read 10\xa0April 2026", "read 12\xa0April 2026"]
    assert any("#:~:text=" in link for link in make.all_links(page))


def test_it_leads_to_each_place_in_each_story():
    of = site()
    links = list(make.all_links(make.page(of, path_of(of))))
    places = [link for link in links if "#cite-" in link]
    assert places == [
        "../../../stories/second/#cite-deal-1",
        "../../../stories/first/#cite-hubkub-1",
        "../../../stories/first/#cite-hubkub-2",
    ]


def test_lists_of_sources_and_the_pages_of_publishers_lead_to_it():
    of = site()
    for path in ("stories/first/", "editions/2026-04-11/", "publishers/hubkub/", "publishers/"):
        links = make.all_links(make.page(of, path))
        assert any(link.endswith(path_of(of)) for link in links), path
    assert f"{make.BASE}{path_of(of)}" in dict(make.files(of))["sitemap.xml"]().decode()


def test_what_one_story_cites_has_its_entry_there_and_no_page():
    of = site()
    assert len(of.shared) == 1
    assert [path for path, _ in make.files(of) if path.startswith("sources/") and path.count("/") > 2] == [
        f"{path_of(of)}index.html"
    ]


def test_who_cuts_the_address_of_a_source_finds_its_publisher_and_then_the_list_of_such_sources():
    of = site()
    assert "../../publishers/hubkub/" in make.all_links(make.page(of, "sources/hubkub/"))
    assert f"../{path_of(of)}" in make.all_links(make.page(of, "sources/"))
    assert "../sources/" in make.all_links(make.page(of, "publishers/"))
    assert "sources/index.html" not in dict(make.files(make.site(FIRST, make.edition("2026-04-11", "first"))))


def test_a_list_of_sources_says_in_words_in_how_many_stories_each_is_cited():
    root = make.page(site(), "publishers/")
    said = "The page of deal Hubkub. Cited in 2 stories"
    assert [make.words(e) for e in make.by_class(root, "names")[0].iter("li")] == [said]


def test_a_page_that_one_story_cites_under_two_names_is_not_shared():
    twice = make.story("first", make.source("a", url=ADDRESS), make.source("b", url=f"{ADDRESS}/"), body="x [@a; @b]")
    assert make.site(twice, make.edition("2026-04-11", "first")).shared == {}


def test_it_says_whether_the_source_still_stands_and_where_a_copy_does():
    look = Look(ADDRESS, State.ALIVE, "", make.NOON, make.NOON)
    copy = Copy(ADDRESS, "https://archive.example/x", datetime(2026, 4, 13, tzinfo=UTC))
    of = site(fates={page_key(ADDRESS): Fate(copy=copy, look=look)})
    words = make.words(make.page(of, path_of(of)))
    assert "still there on 11\xa0April 2026" in words
    assert "kept copy (13\xa0April 2026)" in words
    gone = Fate(gone=make.NOON.date(), copy=copy, look=replace(look, state=State.DEAD))
    page = make.page(of := site(fates={page_key(ADDRESS): gone}), path_of(of))
    assert "gone when looked for on 11\xa0April 2026" in make.words(page)
    assert "https://archive.example/x" in make.all_links(page)


def test_its_address_stays_when_another_publisher_is_named_later():
    publishers = dict(make.library().publishers) | {
        "krasa": replace(make.library().publishers["hubkub"], id="krasa", name="Krasa")
    }
    later = make.story("third", make.source("krasa", url=ADDRESS, publisher="krasa"), published=SECOND.published)
    of = make.site(FIRST, SECOND, later, EDITION, publishers=publishers)
    assert path_of(of) == path_of(site())


def test_a_source_of_many_stories_is_paged_by_year():
    stories = [make.story(f"s{n}", published=make.NOON + timedelta(days=n)) for n in range(40)]
    of = make.site(*stories)
    page = make.page(of, path_of(of))
    assert len(make.by_class(page, "teaser")) == 30
    assert any(path == f"{path_of(of)}2026/index.html" for path, _ in make.files(of))


def test_without_pages_of_publishers_there_are_none_of_sources():
    of = site(outputs=Outputs(publishers=False))
    assert [path for path, _ in make.files(of) if path.startswith("sources/")] == []
    assert "all citations" not in make.words(make.page(of, "stories/first/"))


def test_a_story_is_made_anew_when_its_source_gets_a_page():
    def made_of(of: Site):
        declared = render(maker_of(of), make.ROOT)
        return next(i.made_of for i in declared if isinstance(i, PageArtifact) and i.path == "stories/first/")[2]

    assert made_of(make.site(FIRST, make.edition("2026-04-11", "first"))) == ()
    assert made_of(site()) == (path_of(site()),)


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_name_of_a_source_is_a_plain_path_and_its_own(one: str, other: str):
    first, second = (source_id("hubkub", f"https://a.example/{text}") for text in (one, other))
    assert set(first) <= set("abcdefghijklmnopqrstuvwxyz0123456789-/")
    assert len(first) < 90
    assert (first == second) == (one == other)


def test_an_author_that_is_the_publisher_is_told_once_to_readers_and_stays_in_data():
    def said(author: str) -> tuple[list[str], str]:
        first = replace(FIRST, sources={id_: replace(s, author=author) for id_, s in FIRST.sources.items()})
        of = make.site(
            first,
            replace(SECOND, sources={**SECOND.sources, "deal": replace(SECOND.sources["deal"], author=author)}),
            EDITION,
        )
        files = dict(make.files(of))
        mail = made(of).bodies
        pages = [make.words(make.page(of, path)) for path in ("stories/first/", "editions/2026-04-11/", path_of(of))]
        texts = [files[path]().decode() for path in ("feeds/editions.atom.xml", "stories/first/index.md")]
        return [*pages, *texts, mail.html, mail.text], files["api/stories/first.json"]().decode()

    shown, data = said("Ann Hub")
    assert all("by Ann Hub" in each for each in shown)
    shown, data = said("HUBKUB")
    assert not any("by HUBKUB" in each for each in shown)
    assert "HUBKUB" in data
