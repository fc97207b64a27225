"""Coming from elsewhere: what an archive becomes, that nothing is shown twice, and that nothing in it can do harm."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import prose
from generator.importers import FORMATS, bundle, plan, structured
from generator.importers.clean import DEPTH, Cleaner, Link, xml_of
from generator.importers.dates import settled, when
from generator.importers.marked import html_of
from generator.importers.placing import mark, placed
from generator.importers.recognise import READERS, format_of
from generator.importers.value import UnreadableError
from generator.model.address import link_fault
from generator.options import find
from generator.pipeline import judge
from generator.prose.markdown import markdown
from tests.folders import citewire_here as citewire
from tests.folders import tree
from tests.test_cases import laid_over
from tests.web import Answer, web

ARCHIVES = Path(__file__).parent / "archives"
ADDRESS = "https://old.example/"
EACH = {
    "substack": "substack",
    "ghost.json": "ghost",
    "buttondown": "buttondown",
    "hugo": "markdown",
    "jekyll": "markdown",
    "astro": "markdown",
    "pelican": "markdown",
    "feed.rss.xml": "feed",
    "feed.atom.xml": "feed",
    "feed.json": "jsonfeed",
}
each_archive = pytest.mark.parametrize("name", EACH)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid_over("_sound", tmp_path / "newsletter")


def bring(root: Path, *named: object, **options: str) -> list[str]:
    """Import, which must succeed; answers with the files that were written."""
    given = [word for name, value in options.items() for word in (f"--{name}", value)]
    done = citewire(root, "import", *map(str, named), "--address", ADDRESS, *given)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def story(root: Path, slug: str) -> dict[str, Any]:
    return yaml.safe_load((root / f"content/stories/2024/{slug}.yml").read_text())


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())
    return target


@each_archive
def test_an_archive_comes_over_and_the_newsletter_stays_sound(root: Path, name: str):
    assert format_of(bundle.opened(str(ARCHIVES / name), lambda url: ("", "", b""))) == EACH[name]
    before = judge(find(root / "mkdocs.yml"))[1]
    assert bring(root, ARCHIVES / name)
    library, problems = judge(find(root / "mkdocs.yml"))
    assert problems == before
    brought = [item for item in library.stories.values() if item.imported]
    assert brought
    assert all(item.imported.where.startswith(ADDRESS) for item in brought if item.slug != "of-2024-05-07")


@each_archive
def test_a_second_run_writes_nothing(root: Path, name: str):
    bring(root, ARCHIVES / name)
    before = tree(root)
    assert bring(root, ARCHIVES / name) == []
    assert tree(root) == before


def test_what_an_editor_changed_stays(root: Path):
    bring(root, ARCHIVES / "ghost.json")
    path = root / "content/stories/2024/chips-and-rent.yml"
    mine = path.read_text().replace("Who rents to whom.", "My own words.").replace("imported:", "# kept\nimported:")
    path.write_text(mine)
    (root / "content/stories/2024/earlier-news.yml").rename(root / "content/stories/2024/how-it-began.yml")
    assert bring(root, ARCHIVES / "ghost.json") == []
    assert path.read_text() == mine
    assert not (root / "content/stories/2024/earlier-news.yml").exists()


def test_a_dry_run_writes_nothing_and_says_all(root: Path):
    before = tree(root)
    done = citewire(root, "import", str(ARCHIVES / "hugo"), "--dry-run")
    assert done.returncode == 0
    assert "content/stories/2024/meta-rents.yml" in done.stdout
    for told in (
        "would be written",
        "the hour:",
        "the zone:",
        "as Hugo makes it",
        "New publishers",
        "broken.md: line 3",
    ):
        assert told in done.stderr
    assert tree(root) == before


def test_what_is_left_out_is_told_and_a_script_goes_on(root: Path):
    """Nearly every archive has pages and empty posts: with another exit code no script could bring one over."""
    for _ in range(2):
        done = citewire(root, "import", str(ARCHIVES / "hugo"), "--address", ADDRESS)
        assert done.returncode == 0
        assert "Left out, since it is no story:\n" in done.stderr


def test_a_post_that_was_lost_is_not_told_among_those_that_are_no_story(root: Path):
    told = citewire(root, "import", str(ARCHIVES / "hugo"), "--address", ADDRESS).stderr
    lost, none = told.split("Not read, mend these and run it again:\n")[1].split("Left out, since it is no story:\n")
    assert "broken.md: line 3" in lost
    assert ("it is a page" in none or "page of a folder" in none, "broken.md" in none) == (True, False)


def test_a_text_that_substack_should_have_exported_is_lost_and_a_podcast_is_none(root: Path):
    shutil.copytree(ARCHIVES / "substack", root.parent / "export")
    (root.parent / "export/posts/101.meta-rents-more.html").unlink()
    told = citewire(root, "import", str(root.parent / "export")).stderr
    lost, none = told.split("Not read, mend these and run it again:\n")[1].split("Left out, since it is no story:\n")
    assert "101.meta-rents-more: its text, posts/101.meta-rents-more.html, is not in the export: export it" in lost
    assert "as talks and podcasts" in none


@pytest.mark.parametrize("posts", ['{"db": [{"data": {"posts": [{}]}}]}', '[{"subject": "", "body": "", "slug": ""}]'])
def test_a_post_without_a_name_is_named_by_its_number(root: Path, posts: str):
    (root.parent / "export.json").write_text(posts)
    form = "ghost" if "db" in posts else "buttondown"
    told = citewire(root, "import", str(root.parent / "export.json"), "--from", form).stderr
    assert "export.json, post 1: it has no text\n" in told


def test_links_and_footnotes_of_substack_become_citations(root: Path):
    bring(root, zipped(ARCHIVES / "substack", root.parent / "export.zip"))
    found = story(root, "meta-rents-more")
    first = "Meta has committed another $21 billion to CoreWeave. [@chipwire] The deal runs to 2032. [@daily]"
    assert found["body"].split("\n")[0] == first
    assert found["citations"]["chipwire"]["url"] == "https://chipwire.example/meta-deal"
    assert found["citations"]["daily"]["label"] == "CoreWeave and Meta expand their deal"
    assert "Subscribe" not in found["body"]
    assert "[looked at the numbers](https://old.example/p/for-members)" in found["body"]  # a draft has no page here
    assert "[A data centre](https://substackcdn.example/small.png)" in found["body"]
    assert found["imported"] == {"from": f"{ADDRESS}p/meta-rents-more", "id": f"{ADDRESS}p/meta-rents-more"}


def test_what_not_everybody_could_read_stays_off_the_site(root: Path):
    for name in ("substack", "ghost.json", "buttondown"):
        bring(root, ARCHIVES / name)
    held = ("for-members", "not-finished", "for-payers", "issue-3", "issue-4")
    assert all(story(root, slug)["draft"] is True for slug in held)
    assert "draft" not in story(root, "issue-5")


def test_lists_of_subscribers_are_not_opened(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    real = bundle._Unzipped.data
    monkeypatch.setattr(
        bundle._Unzipped, "data", lambda self, member: asked.append(member.filename) or real(self, member)
    )
    found = bundle.opened(str(zipped(ARCHIVES / "substack", tmp_path / "export.zip")), lambda url: ("", "", b""))
    assert list(READERS[format_of(found)](found, _asked()))
    assert "posts.csv" in asked
    assert not [name for name in asked if "email_list" in name]


def test_every_format_that_can_be_named_has_a_reader():
    assert READERS.keys() == FORMATS.keys()


def _asked() -> Any:
    from generator.importers.value import OldSite

    return OldSite(ADDRESS)


def test_ghosts_tags_authors_and_addresses_come_over(root: Path):
    bring(root, ARCHIVES / "ghost.json")
    found = story(root, "chips-and-rent")
    assert found["title"] == "Chips & rent"
    assert found["byline"] == "Ada Editor"
    assert found["topics"] == ["ai-compute"]
    assert found["imported"]["id"] == "6638a1f2c0ffee0001aa0001"
    assert "stories/earlier-news/" in found["body"]
    assert found["body"].endswith("CoreWeave and Meta expand [@daily]\n")
    assert "alert" not in found["body"]
    assert "secret" not in "".join(path.read_text() for path in root.rglob("*.yml"))


def test_markdown_of_hugo_keeps_its_tables_code_notes_and_addresses(root: Path):
    bring(root, ARCHIVES / "hugo")
    found = story(root, "meta-rents")
    assert found["published"].isoformat() == "2024-05-06T09:00:00+02:00"
    assert found["section"] == "policy"
    assert found["mentions"] == ["coreweave"]
    assert found["aliases"] == ["posts/meta-rents", "2024/meta-rents"]
    body = found["body"]
    assert body.startswith("Meta has committed another $21 billion to CoreWeave. [@chipwire; @sec]\n")
    assert "| 2032 | $21 billion [@chipwire] |" in body
    assert 'print("[not](https://a.example/link)")' in body
    assert found["citations"]["sec"]["label"].startswith("The contract is longer than any before it")


def test_markdown_of_jekyll_astro_and_pelican_knows_its_old_address(root: Path):
    for name in ("jekyll", "astro", "pelican"):
        (root / "content/stories/2024/meta-rents.yml").unlink(missing_ok=True)
        bring(root, ARCHIVES / name)
        found = story(root, "meta-rents")
        origin = found["imported"]
        if name == "jekyll":
            assert origin["from"] == f"{ADDRESS}policy/law/2024/05/06/meta-rents.html"
            assert found["aliases"] == ["policy/law/2024/05/06/meta-rents.html", "old/meta"]
            assert '```\nputs "hello"\n```' in found["body"]
            assert "site.title" not in found["body"]
        elif name == "astro":
            assert origin["from"] == f"{ADDRESS}blog/meta-rents/"
            assert found["body"] == "Astro wrote this.\n"
        else:
            assert origin["id"] == "tag:old.example,2024-05-06:/meta-rents.html"
            assert found["byline"] == "Ada Editor"


def test_what_buttondown_fills_in_for_each_reader_is_taken_out_of_headlines_and_told(root: Path, tmp_path: Path):
    mails = [
        {
            "subject": "{{ subscriber.metadata.first_name }}, Meta rents {% if subscriber.is_premium %}more{% endif %}",
            "description": "For {{ subscriber.email }}: the deal, in short",
            "body": "<!-- buttondown-editor-mode: fancy --><p>Dear {{ name }}, it rents.</p>{{ subscribe_form }}",
            "slug": "filled",
            "publish_date": "2024-05-06T10:00:00Z",
        }
    ]
    (tmp_path / "mails.json").write_text(json.dumps(mails))
    done = citewire(root, "import", str(tmp_path / "mails.json"), "--address", ADDRESS)
    found = story(root, "filled")
    assert found["title"] == "Meta rents more"
    assert found["dek"] == "For: the deal, in short"
    assert found["body"] == "Dear, it rents.\n"
    assert (
        "a headline or dek: what Buttondown fills in for each reader was taken out (1 story)"
        in done.stdout + done.stderr
    )


def test_posts_that_are_not_written_in_markdown_are_named(root: Path, tmp_path: Path):
    (tmp_path / "old/content").mkdir(parents=True)
    (tmp_path / "old/content/one.rst").write_text("One\n===\n\n:date: 2024-05-08\n\nText.\n")
    done = citewire(root, "import", str(tmp_path / "old"))
    assert "content/one.rst: it is reStructuredText: turn it into Markdown" in done.stderr


def test_a_tag_of_which_no_id_can_be_made_is_told_and_kept_where_a_topic_has_its_name(root: Path, tmp_path: Path):
    post = tmp_path / "posts" / "2024-05-06-chips.md"
    post.parent.mkdir()
    post.write_text("---\ntitle: Chips\ndate: 2024-05-06\ntags: [半導体]\n---\nNvidia sells chips.\n", encoding="utf-8")
    done = citewire(root, "import", str(post.parent), "--address", ADDRESS)
    assert "the tag `半導体`, of which no id can be made" in done.stderr
    assert "topics" not in story(root, "chips")
    (root / "content/stories/2024/chips.yml").unlink()
    with (root / "content/topics.yml").open("a", encoding="utf-8") as topics:
        topics.write("chips:\n  name: 半導体\n")
    assert "no id can" not in citewire(root, "import", str(post.parent), "--address", ADDRESS).stderr
    assert story(root, "chips")["topics"] == ["chips"]


def test_a_story_that_somebody_begins_during_an_import_is_kept(root: Path, monkeypatch: pytest.MonkeyPatch):
    planned, mine = plan.planned, []

    def begun_meanwhile(*given: Any) -> plan.Plan:
        found = planned(*given)
        mine.append(next(path for path in found.files if path.parent.parent.name == "stories"))
        mine[0].parent.mkdir(exist_ok=True)
        mine[0].write_text("title: Mine\n")
        return found

    monkeypatch.setattr(plan, "planned", begun_meanwhile)
    done = citewire(root, "import", str(ARCHIVES / "ghost.json"), "--address", ADDRESS)
    assert done.returncode == 2
    assert f"{mine[0].name} was changed meanwhile, and nothing was written" in done.stderr
    assert mine[0].read_text() == "title: Mine\n"


def test_what_an_editor_saves_during_an_import_is_kept(root: Path, monkeypatch: pytest.MonkeyPatch):
    publishers, planned = root / "content/publishers.yml", plan.planned

    def saved_meanwhile(*given: Any) -> plan.Plan:
        found = planned(*given)
        publishers.write_text(publishers.read_text() + "mine:\n  name: Mine\n")
        return found

    monkeypatch.setattr(plan, "planned", saved_meanwhile)
    done = citewire(root, "import", str(ARCHIVES / "ghost.json"), "--address", ADDRESS)
    assert done.returncode == 2
    assert "publishers.yml was changed meanwhile, and nothing was written: run the command again" in done.stderr
    assert publishers.read_text().endswith("mine:\n  name: Mine\n")
    assert not (root / "content/stories/2024").exists()


def test_of_two_posts_at_one_address_the_second_is_named(root: Path, tmp_path: Path):
    posts = [
        {"id": str(n), "title": title, "slug": "deal", "status": "published", "html": f"<p>{title} text.</p>"}
        | {"published_at": f"2024-05-0{n}T08:00:00.000Z"}
        for n, title in ((1, "A deal"), (2, "Another deal"))
    ]
    (tmp_path / "ghost.json").write_text(json.dumps({"db": [{"data": {"posts": posts}}]}))
    done = citewire(root, "import", str(tmp_path / "ghost.json"), "--address", ADDRESS)
    assert "ghost.json, deal: it has the address of “A deal”: give it one of its own" in done.stderr


def test_a_feed_brings_its_ids_along(root: Path):
    bring(root, ARCHIVES / "feed.rss.xml")
    found = story(root, "meta-rents")
    assert found["title"] == "Meta & rent"
    assert found["imported"] == {"from": f"{ADDRESS}meta-rents/", "id": 4711}
    assert found["body"].startswith(
        "Meta has committed more. [@chipwire] It is [an old story](https://old.example/earlier/)."
    )


def test_items_without_an_address_are_known_again_when_newer_ones_come(root: Path):
    feed = json.loads((ARCHIVES / "feed.json").read_text())
    file = root.parent / "feed.json"
    file.write_text(json.dumps(feed))
    bring(root, file)
    newer = {"id": 3, "content_text": "A newer note.", "date_published": "2024-05-09T09:00:00Z"}
    file.write_text(json.dumps({**feed, "items": [newer, *feed["items"]]}))
    assert bring(root, file) == ["content/stories/2024/of-2024-05-09.yml"]


def test_an_export_gives_the_text_and_the_feed_the_id(root: Path):
    hugo = root.parent / "hugo"
    hugo.mkdir()
    (hugo / "meta-rents.md").write_text("---\ntitle: From the file\ndate: 2024-05-06\n---\nThe text of the file.\n")
    bring(root, hugo, ARCHIVES / "feed.rss.xml", permalink="/{slug}/")
    found = story(root, "meta-rents")
    assert found["title"] == "From the file"
    assert str(found["imported"]["id"]) == "4711"


def test_old_addresses_lead_on_and_subscribers_see_nothing_new(root: Path):
    bring(root, ARCHIVES / "ghost.json")
    done = citewire(root, "build")
    assert done.returncode == 0, done.stderr
    assert "stories/chips-and-rent/" in (root / "site/chips-and-rent/index.html").read_text()
    items = json.loads((root / "site/feeds/stories.json").read_text())["items"]
    assert [item["id"] for item in items if item["url"].endswith("/chips-and-rent/")] == ["6638a1f2c0ffee0001aa0001"]
    page = (root / "site/stories/chips-and-rent/index.html").read_text()
    assert "First published at" in page


def test_mailed_posts_become_editions_where_the_editor_says_how_they_were_made(root: Path):
    done = citewire(root, "import", str(ARCHIVES / "buttondown"), "--address", ADDRESS)
    assert "3 went out by mail" in done.stderr
    assert bring(root, ARCHIVES / "buttondown", editions="none") == [
        f"content/editions/{day}.yml" for day in ("2024-05-06", "2024-05-13", "2024-06-03")
    ]
    made = yaml.safe_load((root / "content/editions/2024-05-06.yml").read_text())
    assert made["stories"] == ["issue-1"]
    assert made["made_by"]["machine"] == "none"
    assert [p for p in judge(find(root / "mkdocs.yml"))[1] if p.is_error] == []


def test_the_id_of_a_mailed_post_goes_to_its_edition(root: Path):
    bring(root, ARCHIVES / "substack", editions="assisted")
    made = yaml.safe_load((root / "content/editions/2024-05-06.yml").read_text())
    assert made["imported"]["id"] == f"{ADDRESS}p/meta-rents-more"
    assert "id" not in story(root, "meta-rents-more")["imported"]
    assert not (root / "content/editions/2024-05-13.yml").exists()  # for members only


def test_a_feed_on_the_web_is_read_page_by_page(root: Path):
    first = json.loads((ARCHIVES / "feed.json").read_text())
    second = {**first, "items": [{**first["items"][0], "url": f"{ADDRESS}second/", "id": "second"}]}
    pages: dict[str, Answer] = {"/2": (200, {"Content-Type": "application/feed+json"}, json.dumps(second).encode())}
    with web(pages) as base:
        first["next_url"] = f"{base}/2"
        pages["/feed"] = (200, {"Content-Type": "application/feed+json"}, json.dumps(first).encode())
        made = bring(root, f"{base}/feed", "--allow-private")
    assert "content/stories/2024/second.yml" in made


def test_a_next_page_that_is_no_feed_is_told(root: Path):
    first = json.loads((ARCHIVES / "feed.json").read_text())
    pages: dict[str, Answer] = {"/2": (200, {"Content-Type": "application/json"}, b"[1]")}
    with web(pages) as base:
        first["next_url"] = f"{base}/2"
        pages["/feed"] = (200, {"Content-Type": "application/feed+json"}, json.dumps(first).encode())
        done = citewire(root, "import", f"{base}/feed", "--allow-private")
    assert f"{base}/2: it is no page of a JSON Feed" in done.stderr


@pytest.mark.parametrize(
    ("named", "code", "said"),
    [
        (["nowhere.zip"], 2, "there is no nowhere.zip"),
        ([""], 2, "'' is no file, folder or address"),
        (["mkdocs.yml"], 2, "nothing that is known"),
        (
            [str(ARCHIVES / "hugo"), "--permalink", "/{jahr}/{slug}/"],
            2,
            "{jahr} is filled in by nothing; known: {year}, {month}, {day}, {slug}, {folder}, {categories}",
        ),
        (["http://127.0.0.1:9/feed"], 3, "127.0.0.1"),
        ([str(ARCHIVES / "hugo"), "--section", "weather"], 2, "there is no section `weather`; known: "),
        ([str(ARCHIVES / "hugo"), "--zone", "Mars/Olympus"], 2, "there is no time zone Mars/Olympus"),
        ([str(ARCHIVES / "hugo"), "--address", "javascript:alert(1)"], 2, "is not that of a site"),
    ],
)
def test_wrong_use_says_what_to_do(root: Path, named: list[str], code: int, said: str):
    before = tree(root)
    done = citewire(root, "import", *named)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert tree(root) == before


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        (
            "ghost.json",
            "substack",
            "ghost.json is no Substack export with anything in it; it looks like a Ghost export",
        ),
        (
            "feed.json",
            "ghost",
            "feed.json is no Ghost export with anything in it; it looks like a JSON Feed: write --from",
        ),
        ("feed.json", "feed", "feed.json is no feed of RSS or Atom with anything in it"),
        (
            "pelican",
            "buttondown",
            "pelican is no Buttondown export with anything in it; it looks like a folder or file of",
        ),
        ("../../docs/card.png", "markdown", "card.png is no folder or file of Markdown with anything in it\n"),
    ],
)
def test_what_is_not_what_it_is_said_to_be_is_wrong_use(root: Path, name: str, said: str, words: str):
    before = tree(root)
    done = citewire(root, "import", str(ARCHIVES / name), "--from", said, "--address", ADDRESS)
    assert done.returncode == 2
    assert f"citewire: {words}" in done.stderr
    assert tree(root) == before


def test_a_list_is_no_json_feed(root: Path):
    file = root.parent / "mails.json"
    file.write_text("[1, 2]")
    done = citewire(root, "import", str(file), "--from", "jsonfeed")
    assert (done.returncode, done.stderr) == (2, "citewire: mails.json is no JSON Feed with anything in it\n")


def test_a_post_that_the_site_could_not_be_published_with_is_a_draft_and_the_exit_says_so(root: Path):
    folder = root.parent / "posts"
    folder.mkdir()
    (folder / "long.md").write_text("---\ntitle: Long\ndate: 2024-05-06\n---\n" + "Words and words. " * 4000)
    done = citewire(root, "import", str(folder))
    assert done.returncode == 1
    assert "characters; at most 50000 fit" in done.stderr
    assert story(root, "long")["draft"] is True
    assert citewire(root, "check").returncode == 0


def test_a_zone_that_is_named_moves_days_that_have_no_hour(root: Path):
    bring(root, ARCHIVES / "hugo", zone="America/New_York")
    assert "published: 2024-04-02T12:00:00-04:00" in (root / "content/stories/2024/chips.yml").read_text()


WRITTEN = {
    "2024-05-06T10:00:12.345Z": "2024-05-06T10:00:12+00:00",
    "2024-05-06 09:00:00 +0200": "2024-05-06T09:00:00+02:00",
    "2024-05-06 09:00": "2024-05-06T09:00:00+00:00",
    "2024-5-6": "2024-05-06T12:00:00+00:00",
    "Mon, 06 May 2024 09:00:00 -0400": "2024-05-06T09:00:00-04:00",
    "May 06 2024": "2024-05-06T12:00:00+00:00",
    "6 May 2024": "2024-05-06T12:00:00+00:00",
    1714986000000: "2024-05-06T09:00:00+00:00",
}


@pytest.mark.parametrize("written", WRITTEN)
def test_times_are_read_as_programs_write_them(written: str | int):
    assert settled(when(written), None)[0].isoformat() == WRITTEN[written]


@pytest.mark.parametrize(
    ("written", "settled_at", "guesses"),
    [
        ("2024-03-04T09:30:00", "2024-03-04T09:30:00-04:00", []),
        ("2024-03-04T09:30:00+01:00", "2024-03-04T04:30:00-04:00", []),
        ("2024-03-04T09:30:00Z", "2024-03-04T05:30:00-04:00", []),
        ("2024-03-04", "2024-03-04T12:00:00-04:00", ["the hour: only the day was told, and noon is written"]),
        (1709544600, "2024-03-04T05:30:00-04:00", []),
        (1709544600000, "2024-03-04T05:30:00-04:00", []),
    ],
)
def test_a_time_without_a_zone_stands_in_that_of_the_newsletter(written: object, settled_at: str, guesses: list[str]):
    moment, guessed = settled(when(written), timezone(timedelta(hours=-4)))
    assert (moment.isoformat(), list(guessed)) == (settled_at, guesses)


@pytest.mark.parametrize("written", ["", "soon", "0001-01-01T00:00:00Z", "2024-13-45", True, None, [], 10**20, "25:61"])
def test_what_is_no_time_is_none(written: Any):
    assert when(written) is None


A, B = mark(("a",)), mark(("b",))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (f"One{A} two. Three.", "One two. [@a] Three."),
        (f"One.{A} Two.", "One. [@a] Two."),
        (f"One{A}, two{B}. Three.", "One, two. [@a; @b] Three."),
        (f"One{A}.{B} Two.", "One. [@a; @b] Two."),
        (f"“One{A}.” Two.", "“One.” [@a] Two."),
        (f"**One{A}.** Two.", "**One.** [@a] Two."),
        (f"Version 4.2{A} is out. Two.", "Version 4.2 is out. [@a] Two."),
        (f"No stop{A}", "No stop [@a]"),
        (f"## Title{A}\n\nText. More.", "## Title\n\nText. [@a] More."),
        (f"| a{A}{B} | b |", "| a [@a; @b] | b |"),
        (f"- One{A}\n- Two{B}", "- One [@a]\n- Two [@b]"),
        (f"One{A}{A} two.", "One two. [@a]"),
        ("Nothing.", "Nothing."),
    ],
)
def test_a_citation_stands_behind_its_sentence(text: str, meant: str):
    assert placed(text) == meant


def cleaned(markup: str) -> str:
    def link(address: str, words: str, title: str) -> Link:
        return Link() if link_fault(address) else Link(href=address)

    return markdown(xml_of(Cleaner(link, link).root(markup)), mark, 2)


@pytest.mark.parametrize(
    ("markup", "meant"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "ab"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="data:text/html,x">x</a>', "x"),
        ('<img src="x" onerror="alert(1)">word', "word"),
        ("<p>[@id] and [x](y)</p>", r"\[@id\] and \[x\](y)"),
        ("10<sup>2</sup>", "10^2"),
        ("<p>a<b> bold </b>c</p>", "a **bold** c"),
        ("<h2>Alone</h2><h3>Below</h3><p>Text</p>", "**Alone**\n\n## Below\n\nText"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<table><tr><td><p>a layout</p></td></tr></table>", "a layout"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<pre><code>x &lt; y\n[@z]</code></pre>", "```\nx < y\n[@z]\n```"),
        ("a&#8238;b&#0;c\ue000d", "abcd"),
        ("<p>&amp;#8238;</p>", "&amp;#8238;"),
        ("<!-- hidden --><p hidden>h</p><p style='display: none'>i</p>seen", "seen"),
        ("<iframe src='https://video.example/1'></iframe>", "[video.example](https://video.example/1)"),
    ],
)
def test_html_of_strangers_becomes_plain_markdown(markup: str, meant: str):
    assert cleaned(markup) == meant


TAGS = "p b i a ul ol li table tr td h2 h3 blockquote pre code script div".split()
WORDS = (
    "word [@id] [a](b) ![c](d) ``` * _ # > &lt;b&gt; 1. | . - &#8238; <br> <hr> <img|src=x|alt=y> <a|href=javascript:1>"
)
PIECES = st.one_of(
    st.sampled_from(TAGS).flatmap(lambda tag: st.sampled_from([f"<{tag}>", f"</{tag}>"])),
    st.sampled_from([*WORDS.split(), "\n", "<a href='https://x.example/y'>"]).map(lambda word: word.replace("|", " ")),
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_html_comes_the_text_has_no_picture_no_strange_link_and_no_citation(markup: str):
    found = prose.parse(cleaned(markup))
    assert not found.images
    assert not found.cited
    assert not [address for address in found.links if link_fault(address)]
    assert "<script" not in found.html


@given(st.lists(st.sampled_from(["Words", "*em*", "**strong**", "`code`", "a & b", "< >", "1. x", "# y"]), min_size=1))
def test_plain_markdown_says_the_same_after_it_came_over(words: list[str]):
    text = "\n\n".join(words)
    assert prose.plain(prose.parse(cleaned(html_of(text))).html) == prose.plain(html_of(text))


def test_html_of_any_depth_is_read():
    assert "deep" in cleaned("<div>" * 5000 + "deep" + "</div>" * 5000)
    assert "deep" in cleaned("<b><i>" * (DEPTH * 3) + "deep")


def _zip(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("name", ["../x.md", "/etc/x.md", "a/../../x.md", "C:\\x.md", "..\\x.md"])
def test_a_file_that_leads_out_of_its_archive_is_refused(name: str):
    with pytest.raises(UnreadableError, match="leads out of it"):
        bundle.archive("export.zip", _zip(**{name: b"x"}))


def test_an_archive_that_unfolds_without_end_is_not_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bundle, "FILE_LIMIT", 10_000)
    found = bundle.archive("export.zip", _zip(**{"a.md": b"0" * 10_001}))
    with pytest.raises(UnreadableError, match="larger than any post"):
        found.data("a.md")


def test_the_files_of_an_archive_are_bounded_together(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bundle, "TOTAL_LIMIT", 10_000)
    found = bundle.archive("export.zip", _zip(**{f"{n}.md": b"0" * 4_000 for n in range(3)}))
    assert [len(found.data(f"{n}.md")) for n in (0, 1)] == [4_000, 4_000]
    with pytest.raises(UnreadableError):
        found.data("2.md")


def test_a_damaged_archive_is_named(tmp_path: Path):
    data = _zip(**{"a.md": b"words " * 1000})
    with pytest.raises(UnreadableError, match="no archive"):
        bundle.archive("export.zip", data[:60])
    broken = bytearray(data)
    broken[40:60] = bytes(20)
    with pytest.raises(UnreadableError, match="cannot be unpacked"):
        bundle.archive("export.zip", bytes(broken)).data("a.md")


def test_links_in_a_folder_are_not_followed(tmp_path: Path):
    (tmp_path / "secret.md").write_text("secret")
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "up").symlink_to(tmp_path)
    (folder / "real.md").write_text("real")
    assert list(bundle.opened(str(folder), lambda url: ("", "", b"")).files) == ["real.md"]


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "%s">%s<!ENTITY e SYSTEM "file:///etc/passwd">]>' % (
    b"ha" * 10,
    b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10)),
)


def test_entities_of_a_feed_are_not_unfolded(root: Path):
    feed = root.parent / "feed.xml"
    item = b"<item><title>Laugh</title><description>&k; &e; words</description><pubDate>2024-05-06</pubDate>"
    feed.write_bytes(LAUGHS + b"<rss version='2.0'><channel><title>t</title>" + item + b"</item></channel></rss>")
    done = citewire(root, "import", str(feed))
    assert done.returncode == 0
    assert "Laugh" in story(root, "laugh")["title"]
    for path in root.rglob("*.yml"):
        assert "haha" not in path.read_text()
        assert "root:" not in path.read_text()


def test_a_cell_that_no_export_has_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(structured, "CELL_LIMIT", 1000)
    with pytest.raises(UnreadableError, match="no CSV that can be read"):
        list(structured.rows("emails.csv", b"subject,body\nx," + b"y" * 2000))


@pytest.mark.parametrize("value", ["[]", "{}", '{"db": 7}', "[" * 5000, "NaN"])
def test_json_of_another_shape_is_refused(root: Path, value: str):
    file = root.parent / "export.json"
    file.write_text(value)
    done = citewire(root, "import", str(file))
    assert done.returncode == 2
    assert done.stderr.startswith("citewire: export.json is no")


def test_posts_of_an_export_that_are_none_are_left_out(root: Path):
    file = root.parent / "export.json"
    file.write_text('{"db": [{"data": {"posts": [1, null, {}]}}]}')
    done = citewire(root, "import", str(file))
    assert done.returncode == 0
    assert done.stderr.startswith("0 files written") or done.stdout.startswith("0 files written")


def test_names_in_an_archive_name_no_file(root: Path):
    post = {
        "title": "Up",
        "slug": "../../../up",
        "html": "<p>Words.</p>",
        "published_at": "2024-05-06T00:00:00Z",
        "id": "1" * 24,
    }
    file = root.parent / "ghost.json"
    file.write_text(json.dumps({"db": [{"data": {"posts": [post]}}]}))
    before = tree(root.parent)
    done = citewire(root, "import", str(file), "--address", ADDRESS)
    assert done.returncode == 0, done.stderr
    new = set(tree(root.parent)) - set(before)
    assert [name for name in new if name.endswith("up.yml")] == ["newsletter/content/stories/2024/up.yml"]


def test_a_post_whose_date_cannot_be_read_is_not_taken_for_one_without(root: Path, tmp_path: Path):
    posts = tmp_path / "site/content/posts"
    posts.mkdir(parents=True)
    (posts / "good.md").write_text("---\ntitle: Good\ndate: 2024-05-07\n---\nHello.\n")
    (posts / "odd.md").write_text("---\ntitle: Odd\ndate: the day after\n---\nHello.\n")
    (posts / "open.md").write_text("---\ntitle: Open\ndate: 2024-05-07\n\nHello.\n")
    (posts / "open-toml.md").write_text('+++\ntitle = "Open"\n\nHello.\n')
    (posts / "rule.md").write_text("---\n\nHello.\n")
    (posts / "noted.md").write_text("---\nEditor-note: moved.\n\nHello.\n")
    done = citewire(root, "import", str(tmp_path / "site"), "--address", ADDRESS)
    assert "odd.md: its date `the day after` cannot be read" in done.stderr
    assert "open.md: its front matter does not end: write `---` in a line of its own below it" in done.stderr
    assert "open-toml.md: its front matter does not end: write `+++` in a line" in done.stderr
    assert "rule.md: it has no date, so it is a page" in done.stderr
    assert "noted.md: it has no date, so it is a page" in done.stderr


def written_as_markdown(root: Path, text: str) -> tuple[dict[str, Any], str]:
    """The story that a Markdown file becomes, and what is said of it."""
    folder = root.parent / "posts"
    folder.mkdir()
    (folder / "news.md").write_text(f"---\ntitle: News\ndate: 2024-03-05\n---\n{text}\n")
    done = citewire(root, "import", str(folder), "--address", ADDRESS)
    assert done.returncode == 0, done.stderr
    return story(root, "news"), done.stderr


def test_a_guessed_dek_is_a_sentence_and_no_heading_table_or_list(root: Path):
    text = "## The day\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two\n\nMeta rents more.[^1] It pays.\n\n[^1]: <https://a.example/x>"
    assert written_as_markdown(root, text)[0]["dek"] == "Meta rents more."


def test_a_list_alone_still_gives_a_dek(root: Path):
    assert written_as_markdown(root, "- Meta rents more.\n- It pays.")[0]["dek"] == "Meta rents more."


def test_a_note_to_which_nothing_leads_is_no_text_of_the_story(root: Path):
    text = "Meta rents more.[^1]\n\n[^1]: [The Wire](https://wire.example/a), 5 March.\n[^2]: Nobody refers to me."
    found = written_as_markdown(root, text)[0]
    assert found["body"] == "Meta rents more. [@wire]\n"
    assert found["citations"]["wire"]["label"] == "The Wire, 5 March"


def test_films_of_hugo_and_jekyll_and_within_a_paragraph_leave_a_link(root: Path):
    text = (
        "Meta rents more.\n\n{{< youtube abc-1 >}}\n\nSee {% youtube abc-2 %} and "
        '<iframe src="https://films.example/3" title="The film"></iframe>.\n\n{{< vimeo id="44" >}}'
    )
    found, said = written_as_markdown(root, text)
    for address in (
        "www.youtube.com/watch?v=abc-1",
        "www.youtube.com/watch?v=abc-2",
        "films.example/3",
        "vimeo.com/44",
    ):
        assert f"](https://{address})" in found["body"]
    assert "a film, sound or frame of another page, of which a link is left (4 times)" in said


def test_what_was_guessed_is_told_in_the_same_order_each_time(root: Path):
    said = [citewire(root, "import", str(ARCHIVES / "hugo"), "--dry-run").stderr for _ in range(3)]
    assert len({*said}) == 1
