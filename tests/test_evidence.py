"""What is kept of sources: how it is fetched, how it lies on disk, and that it never leaves."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from subprocess import PIPE
from threading import Event

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from generator import extras
from generator.cli import main, sources
from generator.cli.sources import ChosenPages, extractor
from generator.configuration import ConfigError
from generator.evidence import bounded, store
from generator.evidence.archive import Archive, ArchiveError, BusyError
from generator.evidence.extract import main_text
from generator.evidence.settings import EvidenceSettings, evidence_settings
from generator.evidence.texts import NoTextError
from generator.model.evidence import Snapshot
from generator.options import find
from generator.settings import SettingsError
from generator.texts.characters import one_line
from generator.texts.typography import fold
from generator.texts.verbatim import missing, stands_in
from generator.web.limits import Limits
from generator.web.reader import Reader
from generator.web.response import Response
from tests.evidence import DEAL, PASSAGE, InProcess, Newsletter, Run, addresses, article, run
from tests.loopback import Asked, Say, answer, is_loopback, redirect, serving
from tests.make import library, newsletter

__all__ = ["run"]

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


# The store


@given(text=TEXTS, via=TEXTS, path=st.text("abc/?=&%-ü", max_size=30))
def test_what_is_kept_is_what_is_found_again(tmp_path_factory: pytest.TempPathFactory, text: str, via: str, path: str):
    content = tmp_path_factory.mktemp("content")
    kept = store.snapshot(f"https://www.a.example/{path}", NOON, via, text)
    assert store.save(content, kept)
    assert store.load(content, f"http://a.example/{path}#part") == kept
    assert not store.save(content, kept), "the same again changes nothing"


def test_the_same_snapshot_has_the_same_bytes_whenever_and_wherever_it_is_kept(tmp_path: Path):
    zone = timezone(timedelta(hours=-4))
    kept = store.snapshot("https://a.example/page", NOON, "http 200 text/html", "Words")
    elsewhere = store.snapshot("https://a.example/page/", NOON.astimezone(zone), "http 200 text/html", "Words")
    for folder, one in (("a", kept), ("b", elsewhere)):
        store.save(tmp_path / folder, one)
    files = [next((tmp_path / folder).rglob("*.gz")) for folder in ("a", "b")]
    assert files[0].name == files[1].name
    assert files[0].name.startswith("a.example-")
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_bytes()[3:10] == b"\0\0\0\0\0\2\xff", "no name, no time, no system in the header"


def test_of_what_was_not_kept_there_is_nothing(tmp_path: Path):
    assert store.load(tmp_path, "https://a.example/") is None


def packed(**fields: object) -> bytes:
    good = {"url": "https://a.example/", "fetched": "2026-11-20T12:00:00+00:00", "via": "x", "text": "Words"}
    digest = store.snapshot("https://a.example/", NOON, "x", "Words").digest
    return gzip.compress(json.dumps(good | {"digest": digest} | fields).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not gzip",
        gzip.compress(b"{}"),
        gzip.compress(b"[" * 100_000),
        packed()[:-9],
        packed(text="other words"),
        packed(url="https://b.example/"),
        packed(fetched="2026-11-20T12:00:00"),
        packed(text=None),
        packed(more="x"),
        gzip.compress(bytes(100_000_000)),
    ],
    ids=(
        *("nothing", "not gzip", "no fields", "too deep", "cut short", "other words", "another address"),
        *("a time without its zone", "no text", "a field more", "a bomb"),
    ),  # else the ids would have the time in them at which they were packed, and differ from worker to worker
)
def test_a_damaged_snapshot_is_named_and_never_taken_for_evidence(tmp_path: Path, data: bytes):
    file = store.path_of(tmp_path, "https://a.example/")
    file.parent.mkdir()
    file.write_bytes(data)
    with pytest.raises(store.DamagedError, match=file.name):
        store.load(tmp_path, "https://a.example/")


@given(st.text("abcdefghij.-:[]/\\%é" + "\0 ", max_size=100))
def test_no_address_leads_out_of_the_folder(host: str):
    file = store.path_of(Path("content"), f"https://{host}/x")
    assert file.parent == Path("content/evidence")
    assert len(file.name) < 120


# The text of a page


def test_the_main_text_is_kept_without_what_stands_around_it():
    text = main_text(DEAL.encode(), "text/html", "utf-8")
    assert PASSAGE in text
    assert "Subscribe now" not in text
    assert "Cookies" not in text


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines."""
    writer = PdfWriter()
    page = writer.add_blank_page(400, 400)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    drawn = DecodedStreamObject()
    drawn.set_data(
        "".join(f"BT /F1 12 Tf 20 {380 - 20 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines)).encode()
    )
    page[NameObject("/Contents")] = writer._add_object(drawn)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["application/pdf", "text/html", "text/plain", ""])
def test_a_pdf_is_read_whatever_it_is_served_as(kind: str):
    assert PASSAGE in main_text(pdf("A deal", PASSAGE), kind, "")


@pytest.mark.parametrize("kind", ["application/pdf", "text/html", ""])
def test_a_page_is_read_though_it_is_served_as_a_pdf(kind: str):
    assert PASSAGE in main_text(DEAL.encode(), kind, "")


def test_plain_text_is_kept_as_it_is_but_tidy():
    assert main_text(b"One\t two\r\n\r\n\x07three\0", "text/plain", "") == "One two\nthree"


HOSTILE_PAGES = {
    "nothing": b"",
    "blank": b" \n\t ",
    "only tags": b"<html><body><div></div></body></html>",
    "a broken PDF": b"%PDF-1.7 and then nothing of the kind",
    "half a PDF": pdf("Words")[:300],
    "a PDF without a text": pdf(),
    "bytes as a PDF": bytes(range(256)) * 10,
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_a_page_without_a_text_is_said_to_have_none(name: str):
    with pytest.raises(NoTextError):
        main_text(HOSTILE_PAGES[name], "application/pdf" if "PDF" in name else "text/html", "")


def deep(tag: str) -> bytes:
    return f"<{tag}>".encode() * 10_000 + b"deep words" + f"</{tag}>".encode() * 10_000


@pytest.mark.parametrize(
    "body",
    [
        *(
            pytest.param(deep(tag), id=f"10,000 nested {tag}")
            for tag in ("div", "b", "table", "ul", "blockquote", "svg")
        ),
        pytest.param(b"<p " + b"a=1 " * 100_000 + b">x", id="100,000 attributes"),
        pytest.param(b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;', id="entities"),
        pytest.param(b"<" * 100_000, id="100,000 open brackets"),
        pytest.param(b"<!--" * 50_000, id="50,000 comments"),
        pytest.param(b"<p>\xff\xfe\x00words\x00</p>", id="no encoding"),
        pytest.param(b"<script>" + b"x" * 1_000_000, id="an endless script"),
    ],
)
def test_a_hostile_page_gives_a_text_or_none_and_nothing_else(body: bytes):
    try:
        text = main_text(body, "text/html", "")
    except NoTextError:
        return
    assert len(text) <= store.TEXT_LIMIT
    assert all(c == "\n" or c.isprintable() or c.isspace() for c in text)


def page_of(body: bytes) -> Response:
    return Response("", 200, {"content-type": "text/html"}, body)


def test_extraction_ends_when_its_processor_time_is_used_up_and_the_next_page_is_read():
    with bounded.BoundedExtractor(seconds=2) as extract, pytest.raises(NoTextError, match="bounded time and memory"):
        extract(page_of(b"<p>word word word. " * 500_000))
    with bounded.BoundedExtractor() as extract:
        assert PASSAGE in extract(page_of(DEAL.encode()))


def test_extraction_ends_when_its_memory_is_used_up_and_goes_on_with_the_next_page():
    with bounded.BoundedExtractor(memory=300_000_000) as extract:
        with pytest.raises(NoTextError):
            extract(page_of(b"<p>x" * 300_000))
        assert PASSAGE in extract(page_of(DEAL.encode()))


# Passages


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ("spend now reaches", "Total  spend\nnow reaches $1"),
        ("“a deal” – it’s", 'He said "a deal" - it\'s done'),
        ("a deal … in 2032", "a deal with CoreWeave that ends in 2032"),
        ("a deal [...] in 2032", "a deal with CoreWeave that ends in 2032"),
        ("ﬁve percent", "Five percent"),
        ("five percent", "Ｆive‍ percent"),
        ("40 t of CO2 in 1/2 m2", "40 t of CO₂ in ½ m²"),
        ("at  full\nload.", "The plant at full load, as it was"),
        ("“[A] deal”", "it was a deal"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_a_passage_stands_in_a_text_however_it_is_set(passage: str, text: str):
    assert stands_in(passage, fold(text))


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ("reaches $35.2 billion", "reaches $35.3 billion"),
        ("It rose 5", "It rose 50%"),
        ("at full loads", "The plant at full load"),
        ("in 2032 … a deal", "a deal that ends in 2032"),
        ("14 billion", "1.4 billion"),
        ("they will", "they won't"),
    ],
)
def test_other_words_are_other_words(passage: str, text: str):
    assert missing([passage], text) == (passage,)


# The command


def test_the_command_keeps_the_main_text_of_each_source(tmp_path: Path, run: Run):
    with serving({"/a": answer(DEAL), "/b": answer(pdf(PASSAGE), kind="application/pdf")}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a", "/b"), {"a": [PASSAGE]})
        done = run(news, "evidence")
        kept = store.load(news.content, f"{site.base}/a")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "2 kept.")
    assert isinstance(kept, Snapshot)
    assert PASSAGE in kept.text
    assert kept.via == "http 200 text/html"
    assert kept.fetched.tzinfo is not None


def test_what_is_there_is_not_read_again_unless_it_is_asked_for(tmp_path: Path, run: Run):
    with serving({"*": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"))
        run(news, "evidence")
        before, asked = news.bytes(), len(site.asked)
        assert "1 there already." in run(news, "evidence").output
        assert len(site.asked) == asked
        assert "same" in run(news, "evidence", "--again").output
    assert news.bytes() == before, "a page that says the same leaves the same bytes"


def test_a_changed_page_is_kept_anew_when_it_is_asked_for(tmp_path: Path, run: Run):
    with serving({"/a": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"))
        run(news, "evidence")
        site.answers["/a"] = answer(article("Quite another story about other things."))
        run(news, "evidence", "--again")
        kept = store.load(news.content, f"{site.base}/a")
    assert kept is not None
    assert "Quite another story" in kept.text


@pytest.mark.parametrize(("to", "why"), [("/", "it leads to the home page"), ("/404.html", "it leads to http")])
def test_a_page_that_leads_elsewhere_never_takes_the_place_of_what_was_kept(
    tmp_path: Path, run: Run, to: str, why: str
):
    with serving({"/a": answer(DEAL), "*": answer(article("Welcome to our home page."))}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"))
        run(news, "evidence")
        site.answers["/a"] = redirect(to)
        before = news.bytes()
        done = run(news, "evidence", "--again")
        day = datetime.now(UTC).date()
    assert (done.exit_code, news.bytes()) == (3, before)
    assert f"not read    {site.base}/a  {why}" in done.output
    assert f"; the snapshot of {day} stays" in done.output


def test_a_page_that_leads_to_the_home_page_is_no_evidence(tmp_path: Path, run: Run):
    with serving({"/a": redirect("/"), "*": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"))
        done = run(news, "evidence")
    assert (done.exit_code, news.evidence) == (3, [])
    assert "it leads to the home page\n" in done.output


@pytest.mark.parametrize("library", ["lxml_html_clean", "pypdf", "trafilatura"])
def test_a_missing_library_is_named_with_the_way_to_install_it(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, library: str
):
    monkeypatch.setattr(sources, "extractor", extractor)
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == library else True)
    done = run(Newsletter(tmp_path, {"a": "https://a.example/"}), "evidence")
    assert (done.exit_code, done.stdout) == (2, "")
    assert (
        done.stderr
        == f"citewire: for keeping what sources say, {library} is missing: pip install 'citewire[evidence]'\n"
    )


@pytest.mark.parametrize("command", ["evidence", "links"])
def test_hosts_of_the_own_network_are_read_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
):
    monkeypatch.setattr(sources, "extractor", InProcess)
    with serving({"*": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"))
        monkeypatch.chdir(news.root)
        refused = CliRunner().invoke(main, [command])
        assert "which is not on the public web" in refused.output
        done = CliRunner().invoke(main, [command, "--allow-private"])
    assert done.exit_code == 0, done.output


def test_a_damaged_snapshot_is_fetched_again(tmp_path: Path, run: Run):
    with serving({"*": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"))
        run(news, "evidence")
        store.path_of(news.content, f"{site.base}/a").write_bytes(b"rubbish")
        assert run(news, "evidence").exit_code == 0
        assert store.load(news.content, f"{site.base}/a") is not None


def test_a_dry_run_goes_nowhere_and_writes_nothing(tmp_path: Path, run: Run):
    with serving({"*": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"), archive="https://archive.example")
        before = news.bytes()
        done = run(news, "evidence", "--dry-run")
    assert f"would read  {site.base}/a  content/stories/deal.yml [@a]" in done.output
    assert f"would copy  {site.base}/a" in done.output
    assert (site.asked, news.bytes()) == ([], before)


def test_a_passage_that_is_not_in_its_source_is_told(tmp_path: Path, run: Run):
    with serving({"*": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"), {"a": ["reaches $53.2 billion"]})
        done = run(news, "evidence")
    assert done.exit_code == 1
    assert "its passage “reaches $53.2 billion” is not in this text" in done.output
    assert "content/stories/deal.yml [@a]" in done.output


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (answer("no", "404 Not Found"), "it answers 404 Not Found"),
        (answer("no", "403 Forbidden"), "it answers 403 Forbidden"),
        (answer(b"\x89PNG", kind="image/png"), "it is not a page with a text, but image/png"),
        (answer(""), "no text could be found in it"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "it answers 204 No Content"),
        (redirect("file:///etc/passwd"), "it redirects to `file:`"),
        (redirect("http://169.254.169.254/latest/"), "not on the public web"),
    ],
)
def test_a_source_that_cannot_be_read_is_told_and_nothing_is_kept(tmp_path: Path, run: Run, given: bytes, words: str):
    with serving({"/a": given}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"))
        done = run(news, "evidence")
    assert done.exit_code == 3
    assert words in done.output
    assert "1 not read." in done.output
    assert news.evidence == []


def test_one_bad_source_does_not_keep_the_others_from_being_read(tmp_path: Path, run: Run):
    def endless(say: Say, asked: Asked) -> None:
        say(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            say(b"x" * 65536)

    with serving({"/a": answer(DEAL), "/b": endless, "/c": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a", "/b", "/c"))
        done = run(news, "evidence")
    assert done.exit_code == 3
    assert "2 kept, 1 not read." in done.output


def test_stories_can_be_named(tmp_path: Path, run: Run):
    with serving({"*": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"))
        assert run(news, "evidence", "content/stories/deal.yml").exit_code == 0
        assert run(news, "evidence", "content/stories").exit_code == 0
        done = run(news, "evidence", "content/newsletter.yml")
    assert done.exit_code == 2
    assert "is not a story" in done.output


def test_a_story_with_a_mistake_elsewhere_has_its_sources_read_all_the_same(tmp_path: Path, run: Run):
    with serving({"*": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"))
        story = news.content / "stories/deal.yml"
        story.write_text(story.read_text().replace("section: big-tech\n", "section: big-tech\nsectoin: x\n"))
        assert "1 kept." in run(news, "evidence").output


def test_stopping_keeps_what_was_read_and_leaves_nothing_half(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    real, calls = store.save, []

    def interrupted(content: Path, kept: Snapshot) -> bool:
        calls.append(kept)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(content, kept)

    monkeypatch.setattr(store, "save", interrupted)
    with serving({"*": answer(DEAL)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a", "/b", "/c"))
        done = run(news, "evidence")
        kept = [store.load(news.content, f"{site.base}/{name}") for name in "abc"]
    assert done.exit_code == 130
    assert "what was kept so far is whole" in done.output
    assert "1 kept, 2 not reached any more." in done.output
    assert sum(one is not None for one in kept) == 1
    assert len(news.evidence) == 1


def test_ctrl_c_ends_a_run_in_which_a_server_says_nothing_and_leaves_everything_whole(tmp_path: Path):
    held, begun = Event(), Event()

    def hold(say: Say, asked: Asked) -> None:
        begun.set()
        held.wait(30)

    code = "from generator.cli import main, sources\nfrom generator.web.reader import Reader\n"
    code += "from tests.evidence import InProcess\nsources.extractor = InProcess\n"
    code += (
        "sources.ChosenPages.reader = lambda desk: Reader('Citewire', admits=lambda address: True)\nmain(['evidence'])"
    )
    with serving({"/robots.txt": answer("", "404 Not Found"), "/a": answer(DEAL), "/b": hold}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a", "/b"))
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
        command = [sys.executable, "-c", code]
        with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=PIPE, stderr=PIPE, text=True) as process:
            assert begun.wait(30)
            for _ in range(600):
                if news.evidence and store.load(news.content, f"{site.base}/a"):
                    break
                held.wait(0.05)
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=20)
        held.set()
        kept = store.load(news.content, f"{site.base}/a")
    assert process.returncode == 130, errors
    assert "stopped; what was kept so far is whole" in errors
    assert "Traceback" not in errors
    assert f"kept        {site.base}/a" in output
    assert kept is not None
    assert len(news.evidence) == 1


def test_the_reader_says_for_which_newsletter_it_reads(tmp_path: Path):
    shown = ChosenPages(find(Path(__file__).parent.parent / "mkdocs.yml"), library(), EvidenceSettings(), [])
    with serving({"*": answer("x")}) as site:
        mine = shown.reader()
        agent = mine._wire.agent
        Reader(agent, Limits(pause=0), admits=is_loopback).call(f"{site.base}/")
    assert agent.startswith("Citewire/")
    assert agent.endswith("(The Footnote; mailto:desk@footnote.example)")
    assert site.asked[0].headers["user-agent"] == agent


def test_a_newsletter_with_a_strange_name_cannot_break_the_header():
    strange = replace(newsletter(), name="Die Fußnote (neu)\r\nX: y\\")
    agent = (
        ChosenPages(
            find(Path(__file__).parent.parent / "mkdocs.yml"),
            library(newsletter=strange),
            EvidenceSettings(contact="https://a.example/bot"),
            [],
        )
        .reader()
        ._wire.agent
    )
    assert agent.endswith("(Die Funote neuX: y; https://a.example/bot)")


# Never published


def test_a_build_publishes_no_byte_of_a_snapshot_and_goes_to_no_network(tmp_path: Path, run: Run):
    secret = "a sentence that stands in the snapshot alone"
    with serving({"*": answer(article(f"The report has {secret}, and more of it."))}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a"))
        run(news, "evidence")
        kept = store.load(news.content, f"{site.base}/a")
    assert kept is not None
    assert secret in kept.text
    code = "import socket\ndef no(*a, **k): raise SystemExit('a connection')\nsocket.socket.connect = no\n"
    code += "socket.getaddrinfo = no\nfrom generator.cli import main\nmain(['build'])"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    published = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    file = store.path_of(news.content, kept.url)
    assert published
    for path in published:
        data = path.read_bytes()
        assert secret.encode() not in data, path
        assert file.read_bytes() not in data, path
        assert kept.digest.encode() not in data, path
        assert path.name != file.name


@pytest.mark.parametrize("folder", ["content", ".", "content/evidence"])
def test_a_configuration_that_would_publish_the_snapshots_is_refused(tmp_path: Path, folder: str):
    news = Newsletter(tmp_path, {"a": "https://a.example/"})
    config = news.root / "mkdocs.yml"
    config.write_text(config.read_text().replace("docs_dir: content/pages", f"docs_dir: {folder}"))
    with pytest.raises(ConfigError, match="would publish evidence/"):
        find(config)


# Copies in an archive


def said(**fields: object) -> bytes:
    return answer(json.dumps(fields), kind="application/json")


PAGE = "https://a.example/page?x=1"
JOB = {"/save": said(url=PAGE, job_id="spn2-abc")}
DONE = said(status="success", job_id="spn2-abc", timestamp="20261120120000", original_url=PAGE)
COPY = f"/web/20261120120000/{PAGE}"


def archive(base: str, waits: list[float] | None = None) -> Archive:
    reader = Reader("Citewire/test", Limits(total=5, pause=0), admits=is_loopback)
    return Archive(reader, base, "access:secret", (waits if waits is not None else []).append, looks=3)


def test_a_copy_counts_when_it_was_seen():
    pending = iter([said(status="pending"), DONE])
    answers = {**JOB, "/save/status/spn2-abc": lambda say, asked: say(next(pending)), COPY: answer("", "200 OK")}
    waits: list[float] = []
    with serving(answers) as site:
        copy = archive(site.base, waits).keep(PAGE)
    assert (copy.url, copy.address) == (PAGE, f"{site.base}{COPY}")
    assert copy.taken == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert len(waits) == 1
    first = site.asked[0]
    assert (first.method, first.headers["authorization"]) == ("POST", "LOW access:secret")
    assert first.body == b"url=https%3A%2F%2Fa.example%2Fpage%3Fx%3D1&if_not_archived_within=1d"
    assert (site.asked[-1].method, site.asked[-1].path) == ("HEAD", COPY)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"/save": said(message="This host is blocked.\n\x1b[2J")}, "did not take it: This host is blocked."),
        ({"/save": said(job_id="../../x")}, "did not take it"),
        ({"/save": answer("<html>")}, "nothing that can be read"),
        ({"/save": answer("[" * 100_000)}, "nothing that can be read"),
        ({"/save": redirect("https://elsewhere.example/")}, "nothing that can be read"),
        (
            {**JOB, "/save/status/spn2-abc": said(status="error", message="Page is gone.")},
            "could not copy it: Page is gone.",
        ),
        ({**JOB, "/save/status/spn2-abc": said(status="pending")}, "has not finished its copy yet"),
        ({**JOB, "/save/status/spn2-abc": said(status="success", timestamp="../../../x")}, "does not say when"),
        ({**JOB, "/save/status/spn2-abc": said(status="success", timestamp="20261399000000")}, "does not say when"),
        ({**JOB, "/save/status/spn2-abc": DONE, COPY: answer("", "404 Not Found")}, "but it answers 404 Not Found"),
    ],
)
def test_submitted_is_not_archived(answers: dict[str, bytes], words: str):
    with serving({**answers}) as site, pytest.raises(ArchiveError, match=words) as caught:
        archive(site.base).keep(PAGE)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("status", ["429 Too Many Requests", "401 Unauthorized"])
def test_an_archive_that_wants_no_more_is_asked_no_more(tmp_path: Path, run: Run, status: str):
    with serving({"/a": answer(DEAL), "/b": answer(DEAL), "/save": answer("", status)}) as site:
        news = Newsletter(tmp_path, addresses(site, "/a", "/b"), archive=site.base)
        done = run(news, "evidence")
    assert done.exit_code == 3
    assert site.paths.count("/save") == 1
    assert "1 more were not asked for." in done.output
    with pytest.raises(BusyError), serving({"/save": answer("", status)}) as site:
        archive(site.base).keep(PAGE)


def test_a_copy_is_noted_once_and_the_story_is_left_alone(tmp_path: Path, run: Run):
    with serving({"/a": answer(DEAL), **JOB, "/save/status/spn2-abc": DONE}) as site:
        site.answers[f"/web/20261120120000/{site.base}/a"] = answer("", "200 OK")
        news = Newsletter(tmp_path, addresses(site, "/a"), archive=f"{site.base}/")
        story = (news.content / "stories/deal.yml").read_bytes()
        done = run(news, "evidence")
        assert (done.exit_code, run(news, "evidence").exit_code) == (0, 0)
    address = f"{site.base}/web/20261120120000/{site.base}/a"
    assert f"copied      {site.base}/a  {address}" in done.output
    row = json.loads((news.content / "evidence/copies.jsonl").read_text())
    assert (row["address"], row["taken"]) == (address, "2026-11-20T12:00:00Z")
    assert site.paths.count("/save") == 1
    assert (news.content / "stories/deal.yml").read_bytes() == story


# Settings and words


def test_settings_say_all_that_is_wrong_at_once():
    with pytest.raises(SettingsError) as raised:
        evidence_settings(
            {"archiv": "x", "archive": "ftp://x.ex", "pause": 0, "hosts": 2.5, "seconds": True, "contact": "a b"}
        )
    assert str(raised.value).splitlines() == [
        "mkdocs.yml: `evidence.archive` is `ftp://x.ex`, which is not an address of the web: it begins with `ftp:`",
        "mkdocs.yml: `evidence.contact` has spaces or letters that no header of HTTP can carry",
        "mkdocs.yml: `evidence.seconds` is `True`; it must be a number from 5 to 300",
        "mkdocs.yml: `evidence.pause` is `0`; it must be a number from 0.5 to 60",
        "mkdocs.yml: `evidence.hosts` is `2.5`; it must be a whole number from 1 to 16",
        "mkdocs.yml: `evidence.archiv` is not a setting: did you mean `archive`?",
    ]


@pytest.mark.parametrize("contact", ["foo", "desk@a.example", "ftp://a.example"])
def test_a_contact_is_an_address_of_the_web_or_a_mailbox(contact: str):
    with pytest.raises(SettingsError, match=r"write https://\.\.\. or mailto:desk@example\.org"):
        evidence_settings({"contact": contact})
    assert evidence_settings({"contact": "mailto:desk@a.example"}).contact == "mailto:desk@a.example"


def test_settings_that_are_sound():
    found = evidence_settings(
        {"archive": "https://web.archive.org/", "megabytes": 2, "hosts": 8, "contact": "https://a.example/"}
    )
    assert (found.archive, found.limits.size, found.limits.hosts) == ("https://web.archive.org", 2 * 1024**2, 8)
    assert evidence_settings({}) == EvidenceSettings()


@pytest.mark.parametrize("command", ["evidence", "links"])
def test_bad_settings_are_wrong_use(tmp_path: Path, run: Run, command: str):
    news = Newsletter(tmp_path, {"a": "https://a.example/"}, hosts=99)
    done = run(news, command)
    assert done.exit_code == 2
    assert "`evidence.hosts` is `99`" in done.output


@given(TEXTS)
def test_words_of_others_cannot_move_the_cursor_of_a_terminal(text: str):
    assert one_line(text).isprintable()
