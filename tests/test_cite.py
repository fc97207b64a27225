"""From an address to a citation: what pages say of themselves, what is known already, and what is written."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from generator.desk import rewriting
from generator.desk.cite import citation, cited_before, clipping, publisher_of, with_publishers
from generator.desk.files import DeskError
from generator.desk.page import Page, day_of
from generator.desk.passages import offered, sentences
from generator.desk.reading import LIMITS, page_of, read_page
from generator.model.vocabulary import Entity
from generator.pipeline import judge
from generator.project import Project
from generator.texts.characters import ODD
from generator.web.errors import RefusedError, TimedOutError
from generator.web.reader import Reader
from generator.web.response import Response
from tests.folders import citewire_here as citewire
from tests.folders import tree
from tests.loopback import is_loopback
from tests.test_cases import laid_over
from tests.web import html, web

STORY = "content/stories/2026/meta-coreweave.yml"
ARTICLE = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Wire"},
        {
            "@type": "NewsArticle",
            "headline": "Chips sell out",
            "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Kim"}],
            "datePublished": "2026-04-09T08:00:00Z",
            "publisher": {"@type": "NewsMediaOrganization", "name": "The Wire"},
            "inLanguage": "en-GB",
        },
    ],
}
TEXT = (
    "<h1>Chips sell out</h1><p>Sales rose 21% to $4.2 billion, the U.S. company said. Nobody was surprised.</p>"
    "<nav>Menu 1 2 3 of 99 items here</nav><p>“We could sell twice as many,” said its chief.</p>"
)
LINKED = f'<script type="application/ld+json">{json.dumps(ARTICLE)}</script>'
PAGES = {
    "/chips?utm_source=x": html(TEXT, LINKED),
    "/chips": html(TEXT, LINKED),
    "/bare": html("<p>The plant makes 12,000 wafers a month at full load.</p>", "<title>Bare page</title>"),
    "/moved": (302, {"Location": "/bare"}, b""),
    "/inside": (302, {"Location": "http://127.0.0.1:9/"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
}


def read(body: str, head: str = "", url: str = "https://a.example/news/1") -> object:
    return came(url, "text/html", html(body, head)[2])


def came(url: str, kind: str, data: bytes) -> object:
    return page_of(Response(url, 200, {"content-type": kind}, data))


def metas(**named: str) -> str:
    return "".join(f'<meta name="{name.replace("__", ":")}" content="{content}">' for name, content in named.items())


SCHOLAR = metas(
    citation_title="A paper",
    citation_author="Lee, A.",
    citation_publication_date="2026/04/09",
    citation_publisher="Press",
)
SHARED = metas(
    og__title="Shared &amp; seen",
    og__site_name="Site",
    article__published_time="2026-04-09T01:00:00+09:00",
    article__author="https://facebook.com/x",
    author="By Ann Lee",
)
CORE = metas(**{"DC.title": "Core", "DC.creator": "Bo", "DC.date": "20260409", "DC.publisher": "Office"})
TWICE = metas(og__site_name="A &amp;amp; B") + (
    '<script type="application/ld+json">'
    '{"@type": "NewsArticle", "headline": "Ann&#8217;s R&amp;D", "author": [{"name": "Bo O&#39;Hara"}]}</script>'
)
AMPERSANDS = "<title>Fish &amp;copy chips, R&amp;D</title>"
BROKEN = '<script type="application/ld+json">{broken</script><title>Kept</title>'


@pytest.mark.parametrize(
    ("head", "title", "site", "author", "day"),
    [
        (LINKED, "Chips sell out", "The Wire", "Ann Lee, Bo Kim", "2026-04-09"),
        (SCHOLAR, "A paper", "Press", "Lee, A.", "2026-04-09"),
        (SHARED, "Shared & seen", "Site", "Ann Lee", "2026-04-09"),
        (CORE, "Core", "Office", "Bo", "2026-04-09"),
        ("<title>Plain | Site</title>", "Plain | Site", "", "", None),
        (TWICE, "Ann’s R&D", "A & B", "Bo O'Hara", None),
        (AMPERSANDS, "Fish &copy chips, R&D", "", "", None),
        (BROKEN, "Kept", "", "", None),
    ],
)
def test_a_page_says_who_wrote_it_and_when(head: str, title: str, site: str, author: str, day: str | None):
    page = read("<p>Text.</p>", head)
    assert (page.title, page.site, page.author) == (title, site, author)
    assert page.published == (date.fromisoformat(day) if day else None)


def test_what_would_move_a_terminal_is_in_nothing_that_was_read():
    page = read(
        "<h1>A \x1b]0;mine\x07 deal</h1><p>It pays \x9b31m $3 million \u202eso. Is it so?</p>",
        "<title>A \x1b[2J&amp;#8238;deal</title>",
    )
    assert not any(ODD.search(text) for text in (page.title, *page.paragraphs))
    assert page.paragraphs


def test_byline_and_time_of_the_page_itself_are_read():
    page = read('<h1>Head</h1><p class="byline">By Ann Lee</p><time datetime="2026-04-09">9 April</time><p>Text.</p>')
    assert (page.title, page.author, page.published) == ("Head", "Ann Lee", date(2026, 4, 9))


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("/news/one", "https://a.example/news/one"),
        ("https://b.example/stolen", "https://a.example/news/1"),
        ("https://a.example/", "https://a.example/news/1"),
        ("javascript:alert(1)", "https://a.example/news/1"),
        ("http://[b", "https://a.example/news/1"),
    ],
)
def test_a_page_names_its_address_on_its_own_host_only(canonical: str, expected: str):
    assert read("", f'<link rel="canonical" href="{canonical}">').url == expected


def test_a_pdf_says_title_author_and_day(caplog: pytest.LogCaptureFixture):
    made = PdfWriter()
    made.add_blank_page(72, 72)
    made.add_metadata({"/Title": "Annual report", "/Author": "The Office", "/CreationDate": "D:20260409120000Z"})
    data = BytesIO()
    made.write(data)
    page = came("https://a.example/r.pdf", "application/pdf", data.getvalue())
    assert (page.title, page.author, page.published) == ("Annual report", "The Office", date(2026, 4, 9))
    assert came("https://a.example/r.pdf", "application/pdf", b"%PDF-1.7 broken").title == ""
    assert not caplog.records


@given(
    st.binary(max_size=300), st.sampled_from(["text/html", "text/html; charset=nonsense", "application/pdf", "", "x/y"])
)
def test_no_bytes_of_a_page_break_the_reader(data: bytes, kind: str):
    assert came("https://a.example/x", kind, b"<p><script type=application/ld+json>" + data).url


@pytest.mark.parametrize("text", ["2026-13-40", "", "soon", None, 7, "99999999"])
def test_what_is_no_day_is_none(text: object):
    assert day_of(text) is None


def test_sentences_with_figures_and_words_of_somebody_are_offered():
    page = read(TEXT)
    assert offered(page.paragraphs) == [
        "Sales rose 21% to $4.2 billion, the U.S. company said.",
        "“We could sell twice as many,” said its chief.",
    ]


def test_a_sentence_of_more_than_fifty_words_is_no_passage():
    fifty = " ".join(["Sales", "of", "$4", *["a"] * 47])
    assert offered([f"{fifty}.", f"{fifty} more."]) == [f"{fifty}."]


def test_a_sentence_is_not_cut_at_an_abbreviation():
    assert sentences(["Mr. Lee of Acme Inc. sold 5.5 million. He left."]) == [
        "Mr. Lee of Acme Inc. sold 5.5 million.",
        "He left.",
    ]
    assert sentences(["Sen. Warren said 5 million people. It fell 5% in Nov. 2025."]) == [
        "Sen. Warren said 5 million people.",
        "It fell 5% in Nov. 2025.",
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid_over("_sound", tmp_path)


def cite(root: Path, *arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return citewire(root, "cite", *arguments, now="2026-04-10T07:00:00-04:00", stdin=stdin, **environment)


def told(root: Path) -> list[str]:
    return [str(problem).partition(" ")[2] for problem in judge(Project(root, root / "content"))[1] if problem.is_error]


def test_a_page_becomes_a_citation_and_its_publisher_is_added(root: Path):
    before = (root / STORY).read_text()
    with web(PAGES) as host:
        done = cite(root, f"{host}/chips?utm_source=x", "--to", "meta-coreweave", "--pick", "1", "--allow-private")
    assert (done.returncode, done.stdout) == (0, "[@the-wire]\n")
    after = (root / STORY).read_text()
    assert after.startswith(before)
    assert after.removeprefix(before) == (
        f"  the-wire:\n    url: {host}/chips\n    title: Chips sell out\n    publisher: the-wire\n"
        "    author: Ann Lee, Bo Kim\n    published: 2026-04-09\n    accessed: 2026-04-10\n    passages:\n"
        "      - Sales rose 21% to $4.2 billion, the U.S. company said.\n"
    )
    assert (
        (root / "content/publishers.yml")
        .read_text()
        .endswith("\n\nthe-wire:\n  name: The Wire\n  domain: 127.0.0.1\n  kind: newspaper\n")
    )
    assert "please look at it: the-wire" in done.stderr
    assert told(root) == []


def test_where_the_disk_is_full_a_page_is_cited_whole_or_not_at_all(root: Path, monkeypatch: pytest.MonkeyPatch):
    before, put = tree(root), rewriting._put

    def full(path: Path, text: str | None) -> None:
        if path.name == Path(STORY).name:
            raise OSError(28, "No space left on device", str(path))
        put(path, text)

    monkeypatch.setattr(rewriting, "_put", full)
    with web(PAGES) as host:
        done = cite(root, f"{host}/chips", "--to", "meta-coreweave", "--allow-private")
    assert (done.returncode, done.stdout) == (3, "")
    assert "nothing was written, and no file is changed" in done.stderr
    assert tree(root) == before


def test_a_page_cited_before_keeps_its_id_and_gets_new_passages_only(root: Path):
    with web(PAGES) as host:
        cite(root, f"{host}/chips", "--to", "meta-coreweave", "--pick", "1", "--allow-private")
        again = cite(
            root, f"{host}/chips?utm_source=x#top", "--to", "meta-coreweave", "--pick", "1,2", "--allow-private"
        )
        (root / "content/stories/2026/other.yml").write_text("title: Other\ndraft: true\n")
        other = cite(root, f"{host}/chips", "--to", "other", "--allow-private")
    assert again.stdout == other.stdout == "[@the-wire]\n"
    assert (root / STORY).read_text().count("the-wire:") == 1
    assert (root / STORY).read_text().endswith("      - “We could sell twice as many,” said its chief.\n")
    assert "cited before, in meta-coreweave" in other.stderr
    assert "title: Chips sell out" in (root / "content/stories/2026/other.yml").read_text()


def test_without_a_story_the_citation_is_shown_and_nothing_is_written(root: Path):
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with web(PAGES) as host:
        done = cite(root, f"{host}/bare", "--allow-private")
    assert done.stdout.startswith(f"citations:\n  127-0-0:\n    url: {host}/bare\n    title: Bare page\n")
    assert "  1  The plant makes 12,000 wafers a month at full load." in done.stderr
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_two_pages_of_one_publisher_get_two_ids(root: Path):
    with web(PAGES) as host:
        done = cite(root, f"{host}/chips", f"{host}/bare", "--to", "meta-coreweave", "--allow-private")
    assert done.stdout == "[@the-wire]\n[@the-wire-2]\n"


def test_the_clipboard_gives_address_title_and_words(root: Path):
    with web(PAGES) as host:
        text = f"Chips sell out - Wire\n{host}/chips\n\nSales rose 21% to $4.2\nbillion\n"
        done = cite(root, "-", "--to", "meta-coreweave", "--allow-private", stdin=text)
    assert (done.returncode, done.stderr.count("does not have these words")) == (0, 0)
    assert "      - Sales rose 21% to $4.2 billion\n" in (root / STORY).read_text()


def test_a_page_that_lets_nobody_in_is_cited_from_the_clipboard(root: Path):
    with web({}) as host:
        clip = f"Paid title\n{host}/paid\n\nSales rose 21%\n"
        done = cite(root, "-", "--to", "meta-coreweave", "--allow-private", stdin=clip)
        bare = cite(root, f"{host}/paid", "--to", "meta-coreweave", "--allow-private")
    assert done.returncode == 0
    assert "title: Paid title" in (root / STORY).read_text()
    why = f"citewire: {host}/paid: it answers 404 Not Found; its title and words are those of the clipboard\n"
    assert done.stderr.startswith(why)
    assert "does not have these words" not in done.stderr
    assert (bare.returncode, bare.stderr) == (3, f"citewire: {host}/paid: it answers 404 Not Found\n")


def test_a_passage_of_more_than_fifty_words_is_told(root: Path):
    with web({}) as host:
        clip = f"Paid title\n{host}/paid\n\n{'word ' * 51}\n"
        done = cite(root, "-", "--to", "meta-coreweave", "--allow-private", stdin=clip)
    assert done.returncode == 0
    assert "citewire: a passage of 51 words: quote at most 50, those that are the evidence: word word" in done.stderr


def test_words_that_the_page_does_not_have_are_told(root: Path):
    with web(PAGES) as host:
        done = cite(root, f"{host}/bare", "--to", "meta-coreweave", "--passage", "Never said", "--allow-private")
    assert f"citewire: {host}/bare does not have these words as it was read: Never said\n" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--to", "meta-corewave"], 2, "did you mean `meta-coreweave`?"),
        (["--to", "2026-04-09"], 2, "sources stand in stories"),
        (["--to", "meta-coreweave", "--pick", "7"], 2, "there is no passage 7"),
    ],
)
def test_a_slip_writes_nothing_and_says_what_was_meant(root: Path, arguments: list[str], code: int, words: str):
    before = (root / STORY).read_text()
    with web(PAGES) as host:
        done = cite(root, f"{host}/bare", *arguments, "--allow-private")
    assert done.returncode == code
    assert words in done.stderr
    assert (root / STORY).read_text() == before


PRIVATE = ("http://127.0.0.1/x", "http://[::1]/x", "http://localhost/x", "http://169.254.169.254/", "http://0.0.0.0/")


@pytest.mark.parametrize("address", ["nonsense", "ftp://a.example/", "file:///etc/passwd", "https://", "http://[/"])
@pytest.mark.parametrize("command", ["cite", "draft"])
def test_what_is_no_address_of_a_page_is_wrong_use(root: Path, command: str, address: str):
    done = citewire(root, command, address)
    assert done.returncode == 2
    assert "; write it as https://example.org/page\n" in done.stderr


@pytest.mark.parametrize("address", PRIVATE)
def test_hosts_of_a_private_network_are_not_read(root: Path, address: str):
    done = cite(root, address)
    assert done.returncode == 3
    assert done.stderr.startswith(f"citewire: {address}: ")


@pytest.mark.parametrize("address", ["http://127.0.0.1/x", "http://[::1]/x", "http://localhost/x", "http://intranet/"])
def test_a_proxy_is_not_asked_for_what_is_written_as_private(address: str):
    with web({address: PAGES["/chips"]}) as proxy, pytest.raises(RefusedError):
        read_page(Reader("Citewire", LIMITS, proxy=proxy), address)


def test_a_page_behind_a_proxy_is_read():
    with web({"http://wire.example/chips": PAGES["/chips"]}) as proxy:
        assert read_page(Reader("Citewire", LIMITS, proxy=proxy), "http://wire.example/chips").title == "Chips sell out"


def test_a_page_cannot_send_the_reader_to_where_it_may_not_go():
    with web({"http://wire.example/inside": PAGES["/inside"], "http://wire.example/file": PAGES["/file"]}) as proxy:
        reader = Reader("Citewire", LIMITS, proxy=proxy)
        for name in ("inside", "file"):
            with pytest.raises(RefusedError):
                read_page(reader, f"http://wire.example/{name}")


def test_a_page_that_a_person_names_is_read_without_asking_robots(root: Path):
    with web({**PAGES, "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /\n")}) as host:
        assert cite(root, f"{host}/bare", "--allow-private").returncode == 0


def test_a_page_that_moved_is_known_by_its_new_address():
    with web(PAGES) as host:
        assert read_page(Reader("Citewire", LIMITS, admits=is_loopback), f"{host}/moved").url == f"{host}/bare"


def test_a_page_that_never_ends_is_given_up():
    ticks = iter(range(0, 1000, 10))
    with web({"/": (200, {}, b"x" * 200_000)}) as host, pytest.raises(TimedOutError, match="took longer"):
        read_page(Reader("Citewire", LIMITS, admits=is_loopback, clock=lambda: float(next(ticks))), f"{host}/")


def test_a_page_is_found_under_every_way_to_write_its_address(root: Path):
    for address in (
        "http://hubkub.com/tech-news/meta-coreweave",
        "https://www.hubkub.com/tech-news/meta-coreweave/?fbclid=1",
    ):
        assert cited_before(root / "content", address).id == "hubkub"
    assert cited_before(root / "content", "https://hubkub.com/tech-news/other") is None


def test_the_clipboard_needs_an_address():
    assert clipping("A title\nhttps://a.example/x\n\nSome\nwords").words == "Some words"
    with pytest.raises(DeskError, match="no address"):
        clipping("A title alone")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://newsroom.borealis.example/2026/acme", "company"),
        ("https://borealis.example/newsroom/acme", "company"),
        ("https://borealis.example/en/press-releases/acme", "company"),
        ("https://investors.borealis.example/acme", "company"),
        ("https://www.acme.example/news/borealis", "company"),
        ("https://blog.acme.example/borealis", "company"),
        ("https://borealis.example/news/acme", "blog"),
        ("https://borealis.example/pressing-news", "blog"),
        ("https://press.example/acme", "blog"),
        ("https://press.linden.edu/acme", "institution"),
        ("https://press.linden.ac.uk/acme", "institution"),
        ("https://press.europa.eu/press/acme", "government"),
    ],
)
def test_a_company_that_speaks_for_itself_is_taken_for_a_company(url: str, kind: str):
    acme = Entity("acme", "Acme", "company", site="https://www.acme.example/")
    _, new = publisher_of(Page(url), url, {}, (acme,))
    assert new
    assert new[1]["kind"] == kind


@pytest.mark.parametrize(
    ("of_the_page", "home", "written"),
    [("de-DE", "en-GB", "de"), ("en-US", "en-GB", None), ("", "en", None), ("{{ lang }}", "en", None)],
)
def test_a_page_in_another_language_than_the_newsletter_says_so(of_the_page: str, home: str, written: str | None):
    page = Page("https://ma.example/a", language=of_the_page)
    assert citation(page, date(2026, 4, 10), (), {}, home=home).entry.get("language") == written


def test_the_id_of_a_german_paper_is_written_out():
    page = Page("https://ma.example/a", site="Märkische Allgemeine", language="de-DE")
    assert publisher_of(page, page.url, {})[0] == "maerkische-allgemeine"


@pytest.mark.parametrize(
    ("site_type", "kind"), [("TelevisionStation", "broadcaster"), ("Periodical", "journal"), ("Museum", "institution")]
)
def test_the_kind_of_a_publisher_is_what_its_page_says(site_type: str, kind: str):
    _, new = publisher_of(Page("https://x.example/a", site_type=site_type), "https://x.example/a", {})
    assert new
    assert new[1]["kind"] == kind


def test_a_newspaper_that_says_so_stays_one_on_its_press_page():
    page = Page("https://wire.example/press/x", site_type="NewsMediaOrganization")
    _, new = publisher_of(page, page.url, {})
    assert new
    assert new[1]["kind"] == "newspaper"


def test_a_publisher_that_another_command_has_added_meanwhile_is_not_added_again(tmp_path: Path):
    file, new = tmp_path / "publishers.yml", {"paper": {"name": "Paper", "domain": "paper.example", "kind": "trade"}}
    file.write_text(with_publishers(file, new).after[file])
    assert with_publishers(file, new).after == {}
    with pytest.raises(DeskError, match="the file cannot take `paper`"):
        with_publishers(file, {"paper": {**new["paper"], "domain": "another.example"}})
