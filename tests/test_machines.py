"""What machines read: Markdown twins, the API, maps, llms.txt and security.txt."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from generator import prose
from generator.model.outputs import Outputs
from generator.prose.markdown import escaped, linked, markdown
from generator.render import sitemap
from generator.render.sitemap import NEWS, maps
from tests import make

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
"""A Markdown reader as others use it, which knows nothing of ours."""


def made(site: make.Site, path: str) -> bytes:
    return dict(make.files(site))[path]()


def paths(site: make.Site) -> set[str]:
    return {path for path, _ in make.files(site)}


def leaves(tokens: list[Token]) -> list[Token]:
    return [leaf for token in tokens for leaf in (token, *leaves(token.children or []))]


def read(text: str) -> tuple[str, list[str]]:
    """What a reader of Markdown shows, and the kinds of elements that it sees."""
    seen = leaves(READER.parse(text))
    shown = "".join(t.content if t.type in ("text", "code_inline", "fence", "code_block") else " " for t in seen)
    return " ".join(shown.split()), [t.type for t in seen]


# The twin's text


SPEC = """\
Meta *has* **$21 billion** [@a; @b] in a_b_c <script> & &amp;lt; [x](https://e.example/(a)?b&copy;) ~~not struck~~.

1. one
2. two [@c]
   - nested `a``b`

| a | b |
|---|--:|
| x | y [@d] |

> quoted

# Head

    code *x*

2\\) no list
"""


def test_a_text_reads_the_same_in_another_reader_of_markdown():
    html = prose.parse(SPEC).html
    shown, kinds = read(markdown(html, lambda ids: "", 3))
    assert shown == (
        "Meta has $21 billion in a_b_c <script> & &lt; x ~~not struck~~. one two nested a``b a b x y quoted Head "
        "code *x* 2) no list"
    )
    for kind in ("em_open", "strong_open", "ordered_list_open", "table_open", "blockquote_open", "fence"):
        assert kinds.count(kind) == 1, kind
    assert not {"html_inline", "html_block", "s_open"} & set(kinds)


@pytest.mark.parametrize(
    "text", ["a&copy;b&hellip;", "a &notit; b", "&#8364;", "**one  \ntwo**", "a [@b]: c", "[@b]: c"]
)
def test_names_of_characters_and_breaks_of_lines_stay_what_they_are(text: str):
    html = prose.parse(text).html
    written = markdown(html, lambda ids: "[^1]", 2)
    shown, _ = read(f"{written}\n\n[^1]: note\n")
    assert shown.removesuffix(" note").replace(" ", "") == prose.plain(html).replace(" ", "")


WORDS = st.lists(st.text(st.sampled_from("aé1*_`[]<>&#!\\|~.-+=^:()"), min_size=1, max_size=6), min_size=1, max_size=8)


@given(WORDS.map(" ".join))
def test_no_text_becomes_markup_in_another_reader(text: str):
    shown, kinds = read(escaped(text))
    assert shown == " ".join(text.split())
    assert set(kinds) <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}


@given(st.sampled_from("()<>\\ &;'\"[]"))
def test_no_address_ends_its_link_early(strange: str):
    found = leaves(READER.parse(linked("words", f"https://e.example/a{strange}b&copy;c")))
    links = [t.attrs["href"] for t in found if t.type == "link_open"]
    assert len(links) == 1
    assert links[0].startswith("https://e.example/a")
    assert "©" not in links[0]


@given(WORDS.map(lambda words: f"One {' '.join(words)} two"))
def test_a_parsed_text_says_what_the_page_says(text: str):
    html = prose.parse(text).html
    shown, kinds = read(markdown(html, lambda ids: "", 2))
    assert shown.replace(" ", "") == prose.plain(html).replace(" ", "")
    assert not {"html_inline", "html_block"} & set(kinds)


# Twins


def notes(twin: str) -> tuple[list[str], list[str]]:
    """The numbers in the text, and those of the list of sources, as a reader of Markdown knows footnotes."""
    return re.findall(r"\[\^(\d+)\](?!:)", twin), re.findall(r"(?m)^\[\^(\d+)\]:", twin)


@given(make.sites())
def test_a_twin_has_the_numbers_and_sources_of_its_page(site: make.Site):
    twins = [path for path in paths(site) if path.endswith("index.md")]
    assert len(twins) == len(site.stories) + len(site.editions)
    for path in twins:
        page = make.page(site, path.removesuffix("index.md"))
        used, listed = notes(made(site, path).decode())
        entries = [e for e in page.iter("li") if e.get("id", "").startswith("source-")]
        assert listed == [str(n) for n in range(1, len(entries) + 1)]
        assert used == [make.words(a).strip("[]") for a in make.by_class(page, "cite")]
        assert set(used) == set(listed)


def test_every_footnote_of_a_twin_is_known_to_a_reader():
    twin = made(make.sample(), "stories/meta-coreweave-21bn/index.md").decode()
    used, listed = notes(twin)
    found = leaves(READER.parse(twin))
    assert len([t for t in found if t.type == "footnote_ref"]) == len(used)
    assert len([t for t in found if t.type == "footnote_open"]) == len(listed)


def test_behind_a_title_that_ends_a_sentence_a_twin_has_no_second_stop():
    told = make.story("told", make.source(title="Chips."), body="So. [@hubkub]")
    twin = made(make.site(told), "stories/told/index.md").decode()
    assert "[Chips.](https://hubkub.example/page) Hubkub" in twin


def test_a_page_names_its_twin():
    page = make.page(make.sample(), "stories/meta-coreweave-21bn/")
    twins = [e.get("href") for e in page.iter("link") if e.get("type") == "text/markdown"]
    assert twins == [f"{make.BASE}stories/meta-coreweave-21bn/index.md"]


@pytest.mark.parametrize("text", [t for name, t in make.HOSTILE.items() if name != "long"])
def test_what_an_editor_writes_stays_text_in_a_twin(text: str):
    library = make.everywhere(text)
    site = make.link(library, make.BASE)
    for path in ("stories/told/index.md", "editions/2026-04-11/index.md"):
        found = leaves(READER.parse(made(site, path).decode()))
        assert not [t for t in found if t.type in ("html_inline", "html_block")], path


# The API


def documents(site: make.Site) -> dict[str, dict]:
    return {p: json.loads(made(site, p)) for p in paths(site) if p.startswith("api/") or p.endswith("evidence.json")}


def test_every_document_fits_the_schema_that_is_published_beside_it():
    found = documents(make.sample())
    schema = found.pop("api/schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert {d["kind"] for d in found.values()} == {each["$ref"].rpartition("/")[2] for each in schema["oneOf"]}
    for path, document in found.items():
        definition = {"$ref": f"#/$defs/{document['kind']}"}
        assert [e.message for e in judge.evolve(schema=schema | {"oneOf": [definition]}).iter_errors(document)] == [], (
            path
        )


@given(make.sites())
def test_any_site_fits_the_schema(site: make.Site):
    found = documents(site)
    judge = jsonschema.Draft202012Validator(found.pop("api/schema.json"))
    assert [path for path, document in found.items() if not judge.is_valid(document)] == []


def test_what_the_api_names_is_there():
    found = documents(make.sample())
    known = {make.BASE + path for path in paths(make.sample())}

    def addresses(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [
                value[k] for k in ("data", "markdown", "evidence", "url") if str(value.get(k, "")).startswith(make.BASE)
            ]
            return own + [a for inner in value.values() for a in addresses(inner)]
        return [a for inner in value for a in addresses(inner)] if isinstance(value, list) else []

    named = {a for document in found.values() for a in addresses(document)}
    assert len(named) > 50
    assert {a for a in named if not (a in known or f"{a}index.html" in known)} == set()


def test_every_story_and_edition_is_in_a_list():
    found = documents(make.sample())
    listed = [found[link["url"].removeprefix(make.BASE)] for link in found["api/index.json"]["lists"]["stories"]]
    assert [s["slug"] for page in listed for s in page["stories"]] == list(make.sample().stories)
    assert found["api/index.json"]["counts"] == {"editions": 5, "stories": 19}


def test_a_list_that_is_full_never_changes_again():
    def month(number: int) -> dict[str, bytes]:
        stories = [make.story(f"s{n}", published=make.NOON + timedelta(minutes=n)) for n in range(number)]
        site = make.site(*stories)
        return {p: made(site, p) for p in paths(site) if p.startswith("api/stories/months/")}

    before, after = month(200), month(201)
    assert list(before) == ["api/stories/months/2026-04.json"]
    assert set(after) == {*before, "api/stories/months/2026-04-2.json"}
    assert after["api/stories/months/2026-04.json"] == before["api/stories/months/2026-04.json"]


def test_a_text_cites_the_sources_of_its_document():
    told = {path: each for path, each in documents(make.sample()).items() if each.get("kind") in ("story", "edition")}
    assert len(told) == 24
    for path, document in told.items():
        numbers = {source["number"] for source in document["sources"]}
        cited = {int(n) for n in re.findall(r"\[\^(\d+)\]", json.dumps(document))}
        assert cited, path
        assert cited <= numbers, path


OTHER_NAME = [
    ({"renamed_from": "old"}, {}),
    ({"renamed_from": "first", "aliases": ("/stories/old/", "news/old", "stories/old.html", "stories/a/b")}, {"first"}),
]


@pytest.mark.parametrize(("fields", "also"), OTHER_NAME)
def test_a_program_finds_the_data_of_a_story_under_each_name_that_it_had(fields: dict[str, object], also: set[str]):
    of = make.traced(make.library(make.story("new", **fields)))
    found = dict(make.files(of))
    for new in ("stories/new/index.md", "stories/new/evidence.json", "api/stories/new.json"):
        before, behind = new.split("new")
        named = {path for path in found if re.fullmatch(f"{before}(?!months)(.+){behind}", path)}
        assert named == {new.replace("new", name) for name in {"new", "old", *also}}
        assert {found[path]() for path in named} == {found[new]()}


def test_a_program_finds_an_edition_under_the_day_that_it_had():
    found = dict(make.files(make.site(make.story(), make.edition("2026-04-11", renamed_from="2026-04-10"))))
    assert found["api/editions/2026-04-10.json"]() == found["api/editions/2026-04-11.json"]()


def test_where_the_host_leads_on_no_data_stands_under_an_old_name():
    outputs = Outputs(redirects=False)
    assert "stories/old/index.md" not in paths(make.site(make.story(renamed_from="old"), outputs=outputs))


# Maps, llms.txt, security.txt


def test_past_its_limit_the_map_is_a_list_of_maps(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sitemap, "LIMIT", 2)
    site = make.site(make.story(), make.edition())
    pages = [(f"p{n}/", make.NOON + timedelta(days=n) if n != 3 else None) for n in range(5)]
    found = {a.path: ElementTree.fromstring(a.make()) for a in maps(site, pages) if a.path.endswith("xml")}
    assert list(found)[:4] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = found["sitemap.xml"]
    assert index.tag == f"{space}sitemapindex"
    assert [e.text for e in index.iter(f"{space}loc")] == [f"{make.BASE}sitemap-{n}.xml" for n in (1, 2, 3)]
    assert [e.text[:10] for e in index.iter(f"{space}lastmod")] == ["2026-04-12", "2026-04-13", "2026-04-15"]
    listed = [e.text for n in (1, 2, 3) for e in found[f"sitemap-{n}.xml"].iter(f"{space}loc")]
    assert listed == [f"{make.BASE}p{n}/" for n in range(5)]


def test_news_are_the_stories_of_two_days_up_to_the_newest():
    stories = [make.story(f"s{n}", published=make.NOON - timedelta(hours=20 * n)) for n in range(4)]
    root = ElementTree.fromstring(made(make.site(*stories), "sitemap-news.xml"))
    assert [e.text for e in root.iter(f"{{{NEWS}}}title")] == [f"The title of s{n}" for n in range(3)]
    assert {e.text for e in root.iter(f"{{{NEWS}}}language")} == {"en"}


def test_at_most_a_thousand_stories_are_news():
    stories = [make.story(f"s{n}", published=make.NOON - timedelta(seconds=n)) for n in range(1002)]
    root = ElementTree.fromstring(made(make.site(*stories), "sitemap-news.xml"))
    assert len(root) == 1000


def test_robots_are_told_of_the_maps_that_there_are():
    robots = made(make.sample(), "robots.txt").decode()
    assert robots.endswith(f"\nSitemap: {make.BASE}sitemap.xml\nSitemap: {make.BASE}sitemap-news.xml\n")
    bare = make.site(make.story(), outputs=Outputs(sitemap=False, news=False))
    assert made(bare, "robots.txt") == b"User-agent: *\nAllow: /\n"


def test_security_txt_says_whom_to_write_to_until_a_year_after_the_newest_edition():
    text = made(make.sample(), ".well-known/security.txt").decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == "mailto:desk@the-footnote.example"
    newest = make.sample().editions[0].edition.published
    assert datetime.fromisoformat(fields["Expires"]) == newest + timedelta(days=365)
    assert fields["Canonical"] == f"{make.BASE}.well-known/security.txt"


def test_security_txt_names_the_address_of_the_configuration():
    site = make.site(make.story(), outputs=Outputs(security="https://footnote.example/security"))
    assert made(site, ".well-known/security.txt").startswith(b"Contact: https://footnote.example/security\n")


def test_llms_txt_leads_to_twins_sections_and_data():
    text = made(make.sample(), "llms.txt").decode()
    assert text.startswith("# The Footnote\n\n> The day in AI, with its sources.\n\n")
    links = [t.attrs["href"] for t in leaves(READER.parse(text)) if t.type == "link_open"]
    known = {make.BASE + path for path in paths(make.sample())}
    assert {a for a in links if not (a in known or f"{a}index.html" in known)} == set()
    assert f"{make.BASE}editions/2026-07-02/index.md" in links
    assert f"{make.BASE}api/index.json" in links
