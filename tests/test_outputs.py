"""Kinds of output that a site can do without: what is off is not made, and nothing leads to it."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from generator import dress, extras
from generator.configuration import ConfigError
from generator.model.artifacts import PageArtifact
from generator.model.outputs import Outputs
from generator.model.site import Site
from generator.options import project_of
from generator.render.masthead import Masthead
from generator.render.site import maker_of, render
from tests import make

KINDS = list(Outputs.__struct_fields__)
PATHS = {
    "sections": "sections/",
    "topics": "topics/",
    "entities": "entities/",
    "publishers": "publishers/",
    "river": "stories/index.html",
    "subscribe": "subscribe/",
    "feeds": "feeds/",
    "sitemap": "sitemap.xml",
    "news": "sitemap-news.xml",
    "twins": "stories/meta-muse-spark/index.md",
    "checks": "how-we-check/",
    "evidence": "stories/meta-muse-spark/evidence.json",
    "api": "api/index.json",
    "llms": "llms.txt",
    "security": ".well-known/",
}
"""The beginning of what each kind of output is made of; redirects stand anywhere."""


def bare(*off: str) -> Site:
    """The sample without some kinds of output."""
    return replace(make.sample(), outputs=Outputs(**dict.fromkeys(off, False)))


def made(site: Site) -> dict[str, bytes]:
    declared = render(maker_of(site), make.ROOT / "content/images")
    files = (dress.dress(i, lambda kind, depth: make.CHROME) if isinstance(i, PageArtifact) else i for i in declared)
    return {item.path: item.make() for item in files}


def led_to(site: Site, files: dict[str, bytes]) -> set[str]:
    """Every path of the site that a page, a machine's file or the masthead leads to."""
    found = {path for _, path in Masthead(site).directories} | {path for _, path in Masthead(site).sections}
    found |= {path for path in (Masthead(site).river, Masthead(site).subscribe) if path}
    for path, data in files.items():
        if path.endswith((".html", ".txt", ".md", ".xml", ".json", ".opml")) and path != "api/schema.json":
            text = unescape(data.decode().replace("\\u0026", "&"))
            found |= {url.split("#")[0] for url in re.findall(rf"{make.BASE}([^\"'<>\s){{}}\\]*)", text)}
        if path.endswith(".html"):
            hrefs = re.findall(r'<a [^>]*href="((?!https?:|mailto:)[^"#]*)', data.decode())
            folder = path.rpartition("/")[0]
            found |= {Path("/", folder, href).resolve().as_posix()[1:] + "/" * href.endswith("/") for href in hrefs}
    return found


@pytest.mark.parametrize(
    "off", [(), *itertools.combinations(KINDS, 1), ("sections", "river", "feeds"), ("topics", "entities"), tuple(KINDS)]
)
def test_nothing_leads_to_what_is_off(off: tuple[str, ...]):
    site = bare(*off)
    files = made(site)
    assert [path for kind in off for path in files if path.startswith(PATHS.get(kind, "?"))] == []
    for path in led_to(site, files):
        known = path in files or f"{path.rstrip('/')}/index.html".lstrip("/") in files or path in ("index.html", "")
        assert known or path.startswith("assets/"), path


@pytest.mark.parametrize("off", [(), ("sections",), ("topics",), ("entities",), ("publishers",), tuple(PATHS)])
def test_the_page_of_the_search_leads_to_nothing_that_is_off(off: tuple[str, ...]):
    site = replace(make.sample(), outputs=Outputs(search=True, **dict.fromkeys(off, False)))
    files = made(site)
    found = led_to(site, {"search/index.html": files["search/index.html"]})
    pages = {path for path in found if path.endswith("/")}
    assert {path for path in pages if f"{path}index.html" not in files} == set()
    assert any(path.startswith("sections/big-tech") for path in found) == ("sections" not in off)


def test_whoever_cuts_an_address_at_a_slash_finds_a_page():
    files = made(make.sample())
    pages = [path.removesuffix("index.html") for path in files if path.endswith("/index.html")]
    feeds = [path for path in files if path.startswith("feeds/") and "/archive/" not in path]
    cut = {f"{path[:at]}/" for path in (*pages, *feeds) for at in range(len(path)) if path[at] == "/"}
    assert {"sections/", "feeds/", "feeds/topics/"} < cut
    assert {path for path in cut if f"{path}index.html" not in files} == set()


def test_the_address_of_a_feed_cut_short_leads_to_where_feeds_are_explained():
    files = made(make.sample())
    assert b'url=../../subscribe/"' in files["feeds/topics/index.html"]
    assert b'url=../subscribe/"' in files["feeds/index.html"]
    assert not [path for path in made(bare("redirects")) if path.startswith("feeds/") and path.endswith(".html")]


def test_everything_is_on_unless_it_is_said_otherwise():
    files = made(make.sample())
    assert [kind for kind, path in PATHS.items() if not any(name.startswith(path) for name in files)] == []


def test_redirects_can_be_left_to_the_host():
    story = make.story(aliases=("old/name",))
    site = make.site(story)
    assert "old/name/index.html" in dict(make.files(site))
    assert "old/name/index.html" not in dict(make.files(replace(site, outputs=Outputs(redirects=False))))


def test_a_bare_site_is_its_front_page_editions_stories_and_archive():
    names = {
        re.sub(r"[^/]+(?=/index\.html$)", "x", path) for path in made(bare(*KINDS)) if not path.startswith("images")
    }
    assert names == {"index.html", "x/index.html", "editions/x/index.html", "stories/x/index.html", "robots.txt"}


def test_structured_data_names_no_page_that_is_off():
    page = made(bare("sections"))["stories/meta-muse-spark/index.html"].decode()
    graph = json.loads(re.search(r"ld\+json\">(.*?)</script>", page)[1])["@graph"]
    assert "sections/" not in json.dumps(graph)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"twin": False}, "`outputs.twin` is not a setting: did you mean `twins`?"),
        ({"api": "no"}, "`outputs.api` is neither true nor false"),
        ({"security": "javascript:alert(1)"}, "an address that begins with https: or mailto:"),
        ({"api": "no", "twin": False}, "`outputs.api` is neither true nor false\nmkdocs.yml: `outputs.twin` is not"),
        ([1], "not a mapping"),
    ],
)
def test_a_wrong_setting_is_named(given: object, said: str):
    with pytest.raises(ConfigError, match=re.escape(said)):
        project_of(make.ROOT, {"outputs": given}, make.ROOT / "content/pages", None)


def test_the_settings_reach_the_project():
    given = {"api": False, "search": False, "security": "mailto:safe@footnote.example"}
    found = project_of(make.ROOT, {"outputs": given}, make.ROOT / "content/pages", None).outputs
    assert (found.api, found.search, found.twins) == (False, False, True)
    assert found.security == "mailto:safe@footnote.example"


def test_an_output_that_needs_a_package_is_on_where_it_is_installed(monkeypatch: pytest.MonkeyPatch):
    for there in (True, False):
        monkeypatch.setattr(extras, "find_spec", lambda name, there=there: name if there else None)
        found = project_of(make.ROOT, {}, make.ROOT / "content/pages", None).outputs
        assert (found.search, found.cards) == (there, there)


def test_an_output_that_is_asked_for_and_needs_a_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    with pytest.raises(
        ConfigError, match=re.escape("for search, pagefind_bin is missing: pip install 'citewire[search]'")
    ):
        project_of(make.ROOT, {"outputs": {"search": True}}, make.ROOT / "content/pages", None)


@pytest.mark.parametrize(
    ("module", "output"), [("_webp", "pictures"), ("_imagingcms", "pictures"), ("_imagingft", "cards")]
)
def test_what_a_pillow_without_its_library_cannot_make_is_off_and_told_if_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, module: str, output: str
):
    pytest.importorskip("PIL")
    there = extras.PathFinder.find_spec

    def without(name: str, path: Sequence[str] | None = None) -> object:
        return None if name == f"PIL.{module}" else there(name, path)

    monkeypatch.setattr(extras, "PathFinder", SimpleNamespace(find_spec=without))
    found = project_of(make.ROOT, {}, make.ROOT / "content/pages", None).outputs
    assert (found.cards, found.pictures) == (output != "cards", output != "pictures")
    library = extras.PARTS_OF_PILLOW[output][module]
    with pytest.raises(
        ConfigError, match=f"`outputs.{output}` cannot be made: Pillow was built without {library}: pip "
    ):
        project_of(make.ROOT, {"outputs": {output: True}}, make.ROOT / "content/pages", None)
