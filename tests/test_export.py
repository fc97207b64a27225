"""Exports: read by the programs that they are for."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser
import pytest
import rispy
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.cli import main
from generator.evidence.store import snapshot
from generator.export.archive import write_archive
from generator.export.epub import epub
from generator.export.ris import ris
from generator.export.sources import csl, items
from generator.model.content import Correction, Vouch
from generator.model.vocabulary import Publisher
from generator.model.withdrawals import Withdrawal
from generator.typeset.bibtex import bibtex
from generator.typeset.templates import templates
from tests import make
from tests.folders import answers

EPUBCHECK = Path("/usr/bin/epubcheck")
needs_epubcheck = pytest.mark.skipif(
    not (EPUBCHECK.exists() and shutil.which("java")), reason="needs epubcheck and java (apt install epubcheck)"
)
needs_pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="needs pandoc (apt install pandoc)")
STORY = make.sample().story_pages["meta-coreweave-21bn"]


# Sources


def one(**fields: object) -> list[dict]:
    """The item of a story with one source."""
    source = make.source(**fields)
    return items([make.site(make.story("told", source)).story_pages["told"]])


def parsed(data: bytes) -> list[dict]:
    parser = bibtexparser.bparser.BibTexParser(common_strings=True)
    return parser.parse(data.decode()).entries


def test_csl_has_every_source_of_a_story_in_the_order_of_its_numbers():
    found = json.loads(csl(items([STORY])))
    assert [item["URL"] for item in found] == [entry.source.url for entry in STORY.references]
    assert found[2] == {
        "id": "meta-coreweave-21bn:krasa",
        "type": "post-weblog",
        "title": "CoreWeave and Meta Expand AI Cloud Deal to $35 Billion",
        "container-title": "Krasa AI",
        "URL": "https://www.krasa.ai/news/coreweave-meta-21-billion-ai-cloud-deal",
        "author": [{"literal": "Krasa AI"}],
        "issued": {"date-parts": [[2026, 4, 9]]},
        "accessed": {"date-parts": [[2026, 11, 20]]},
        "note": "“extends through December 2032” “Microsoft represented 62% of the company's revenue” “a 2-gigawatt "
        "facility in Louisiana”",
    }


def test_a_source_has_the_same_key_in_the_export_of_its_story_and_of_its_edition():
    site = make.sample()
    by_story = {item["URL"]: item["id"] for item in items([STORY])}
    edition = next(page for page in site.editions if STORY.story.slug in page.edition.stories)
    by_edition = {item["URL"]: item["id"] for item in items([edition])}
    assert {url: by_edition[url] for url in by_story} == by_story


def test_keys_are_unique_and_pages_come_once():
    found = items(make.sample().story_pages.values())
    assert len({item["id"] for item in found}) == len({item["URL"] for item in found}) == len(found)


def test_a_reference_manager_reads_the_bibtex():
    entries = parsed(bibtex(items([STORY])))
    assert [entry["url"] for entry in entries] == [entry.source.url for entry in STORY.references]
    krasa = entries[2]
    assert (krasa["ID"], krasa["year"], krasa["month"], krasa["day"]) == (
        "meta-coreweave-21bn:krasa",
        "2026",
        "April",
        "9",
    )
    assert krasa["urldate"] == "2026-11-20"


SIGNS = st.text(st.sampled_from("aB1 \\{}$&#%_~^-'`\"@=,;<>|é“–"), min_size=1, max_size=25).map(
    lambda text: f"x{' '.join(text.split())}x"
)


@given(SIGNS)
def test_no_title_breaks_a_bibtex_entry(title: str):
    entries = parsed(bibtex(one(title=title) + one(title="The next one")))
    assert len(entries) == 2
    assert entries[1]["title"] == "{The next one}"


@needs_pandoc
def test_pandoc_reads_the_titles_of_bibtex_as_they_were_written():
    titles = [
        "5% of A & B_c cost $21 #1",
        "a ~ b ^ c",
        "back\\slash",
        "one--two",
        "Gemüse “quoted” été",
        "McPlato vs the WSJ",
    ]
    found = [item | {"id": f"k{number}"} for number, title in enumerate(titles) for item in one(title=title)]
    done = subprocess.run(
        ["pandoc", "-f", "bibtex", "-t", "csljson"], input=bibtex(found), capture_output=True, check=True
    )
    read = {item["id"]: item["title"] for item in json.loads(done.stdout)}
    plain = {key: title.replace('<span class="nocase">', "").replace("</span>", "") for key, title in read.items()}
    assert plain == {f"k{number}": title for number, title in enumerate(titles)}


@needs_pandoc
def test_pandoc_cites_from_the_csl(tmp_path: Path):
    file = tmp_path / "sources.json"
    file.write_bytes(csl(items([STORY])))
    text = "Said [@meta-coreweave-21bn:krasa]."
    done = subprocess.run(
        ["pandoc", "--citeproc", "--bibliography", str(file), "-t", "plain"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "CoreWeave and Meta Expand AI Cloud Deal to $35 Billion" in " ".join(done.stdout.split())
    assert done.stderr == ""


@given(SIGNS, st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_ris_says_what_the_source_says(title: str, day: date):
    found = one(title=title, author=title, published=day, accessed=day + timedelta(days=1), passages=(title,))
    read = rispy.loads(ris(found).decode())
    assert len(read) == 1
    assert read[0]["title"] == title
    assert read[0]["authors"] == [title]
    assert read[0]["urls"] == ["https://hubkub.example/page"]
    assert read[0]["date"] == f"{day:%Y/%m/%d}" if day.year > 999 else True
    assert read[0]["notes"] == [f"“{title}”"]


def test_a_source_without_a_passage_has_no_note_in_ris():
    read = rispy.loads(ris(one(passages=())).decode())
    assert len(read) == 1
    assert "notes" not in read[0]


# The archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    file = tmp_path_factory.mktemp("archive") / "archive.sqlite"
    write_archive(make.sample(), file)
    with closing(sqlite3.connect(file)) as made:
        yield made


def test_the_archive_has_every_story_source_and_passage(archive: sqlite3.Connection):
    def counted(table: str) -> int:
        return archive.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    pages = make.sample().story_pages.values()
    assert counted("stories") == 19
    assert counted("editions") == 5
    assert counted("sources") == sum(len(page.references) for page in pages)
    assert counted("passages") == sum(len(entry.source.passages) for page in pages for entry in page.references)


CORRECTED = (
    Correction(datetime(2026, 4, 12, 9, tzinfo=UTC), "$20 <b>billion</b>", "$21 billion", "the lead", "A & B"),
)


def test_the_archive_says_what_was_corrected_and_what_was_taken_back(tmp_path: Path):
    gone = Withdrawal("editions/2026-04-10", date(2026, 4, 10), date(2026, 4, 11), "Nobody had read it.")
    items = (make.story("told", corrections=CORRECTED), make.edition("2026-04-11", "told", corrections=CORRECTED))
    write_archive(make.site(*items, withdrawn={gone.id: gone}), tmp_path / "a.sqlite")
    file = tmp_path / "a.sqlite"
    found = answers(file, "SELECT story, edition, was, now, place, noticed_by FROM corrections ORDER BY id")
    told = ("$20 <b>billion</b>", "$21 billion", "the lead", "A & B")
    assert sorted(found, key=str) == sorted([("told", None, *told), (None, "2026-04-11", *told)], key=str)
    assert answers(file, "SELECT id, why FROM withdrawn") == [("editions/2026-04-10", "Nobody had read it.")]


def test_the_archive_has_every_claim_of_the_evidence_beside_the_pages(archive: sqlite3.Connection):
    site, rows = make.sample(), []
    for kind, slugs in (("stories", site.stories), ("editions", (page.edition.slug for page in site.editions))):
        for slug in slugs:
            document = json.loads(dict(make.files(site))[f"{kind}/{slug}/evidence.json"]())
            urls = {entry["number"]: entry["url"] for entry in document["sources"]}
            for sentence in document["sentences"]:
                cited = tuple(urls[number] for number in sentence["sources"])
                for claim in sentence["claims"]:
                    place = claim.get("place", {})
                    rows.append((slug, sentence["text"], len({*cited}), claim["text"], claim["verdict"]))
                    rows[-1] += (claim.get("how"), urls.get(place.get("source")), place.get("text"))
    asked = """SELECT coalesce(story, edition), ledger.sentence, sources, claim, ledger.verdict, ledger.how, source_url,
               claims.words FROM ledger JOIN claims ON claims.id = ledger.id"""
    assert sorted(archive.execute(asked).fetchall(), key=repr) == sorted(rows, key=repr)


def test_sql_tells_which_claims_of_a_month_rest_on_one_report_alone(tmp_path: Path):
    relayed = [make.source(id_, publisher="hubkub", relays="reuters") for id_ in ("first", "second")]
    body = "It costs $21 billion. [@first; @second] It opens in 2031. [@first; @third] It has 3,400 halls. [@third]"
    april = make.story("april", *relayed, make.source("third"), body=body)
    march = replace(april, slug="march", published=april.published - timedelta(days=40))
    agency = Publisher("reuters", "Reuters", "reuters.example", "wire")
    library = make.library(april, march)
    library = replace(library, publishers={**library.publishers, "reuters": agency})
    write_archive(make.traced(library), tmp_path / "a.sqlite")
    asked = "SELECT story, claim FROM ledger WHERE origins = 1 AND published LIKE '2026-04%' ORDER BY id"
    found = answers(tmp_path / "a.sqlite", asked)
    assert found == [("april", "$21 billion"), ("april", "3,400")]


def test_sql_leads_from_a_figure_to_the_words_of_the_passage_that_it_was_traced_to(archive: sqlite3.Connection):
    asked = """SELECT claims.source, substr(passages.passage, words_start + 1, words_end - words_start), words
               FROM claims JOIN passages ON passages.id = claims.passage JOIN sentences ON sentences.id = sentence
               WHERE sentences.story = 'meta-coreweave-21bn' AND claims.text = '$87.8 billion'"""
    cut = ("meta-coreweave-21bn/hubkub", "$87.8 billion", "$87.8 billion")
    assert set(archive.execute(asked)) == {cut}
    asked = """SELECT count(*) FROM claims JOIN passages ON passages.id = claims.passage
               WHERE words <> substr(passages.passage, words_start + 1, words_end - words_start)
               OR claims.source <> passages.source"""
    assert archive.execute(asked).fetchone() == (0,)


def test_the_archive_has_no_word_of_a_kept_page_but_those_of_the_claim(tmp_path: Path):
    told = make.story("told", make.source("hubkub"), body="It runs to December 2032. [@hubkub]")
    text = "Nobody may read this here. It runs to December 2032."
    kept = lambda url: snapshot(url, datetime(2026, 4, 11, tzinfo=UTC), "http 200", text)  # noqa: E731
    write_archive(make.traced(make.library(told), kept), tmp_path / "a.sqlite")
    asked = "SELECT verdict, part, words, passage, read FROM claims"
    found = answers(tmp_path / "a.sqlite", asked)
    assert found == [("traced", "snapshot", "December 2032", None, "2026-04-11")]
    assert b"Nobody may read this" not in (tmp_path / "a.sqlite").read_bytes()


def test_what_the_newsletter_answers_for_stands_beside_the_verdict(tmp_path: Path):
    told = make.story(
        "told", make.source("hubkub"), body="It has 3,400 pages. [@hubkub]", trace=(Vouch("We counted.", "3,400"),)
    )
    write_archive(make.traced(make.library(told)), tmp_path / "a.sqlite")
    found = answers(tmp_path / "a.sqlite", "SELECT silenced FROM ledger")
    assert found == [("We counted.",)]


def test_sql_tells_which_publishers_contradict_each_other(archive: sqlite3.Connection):
    asked = """SELECT point, value, publisher FROM disputes JOIN versions ON versions.dispute = disputes.id
               JOIN version_sources ON version_sources.version = versions.id
               JOIN sources ON sources.id = version_sources.source
               WHERE disputes.story = 'meta-coreweave-21bn' AND point = 'Total with CoreWeave' ORDER BY versions.id"""
    both = [
        ("Total with CoreWeave", "$35.2 billion", "hubkub"),
        ("Total with CoreWeave", "$35 billion", "krasa"),
    ]
    assert archive.execute(asked).fetchall() == both


def test_a_book_shows_the_corrections_of_its_stories_and_editions():
    items = (make.story("told", corrections=CORRECTED), make.edition("2026-04-11", "told", corrections=CORRECTED))
    with zipfile.ZipFile(io.BytesIO(book(make.site(*items)))) as held:
        for name in ("index", "told"):
            said = held.read(f"EPUB/2026-04-11/{name}.xhtml").decode()
            assert "$20 &lt;b&gt;billion&lt;/b&gt;" in said
            assert "$21 billion" in said


def test_its_foreign_keys_lead_somewhere_and_it_is_sound(archive: sqlite3.Connection):
    assert archive.execute("PRAGMA foreign_key_check").fetchall() == []
    assert archive.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert archive.execute("PRAGMA foreign_key_list(sources)").fetchall()


def test_full_text_search_finds_a_story_by_a_word_and_a_source_by_its_passage(archive: sqlite3.Connection):
    stories = "SELECT slug FROM stories JOIN stories_fts ON stories.rowid = stories_fts.rowid WHERE stories_fts MATCH ?"
    assert ("meta-coreweave-21bn",) in archive.execute(stories, ["inference AND CoreWeave"]).fetchall()
    passages = """SELECT source FROM passages JOIN passages_fts ON passages.id = passages_fts.rowid
                  WHERE passages_fts MATCH '"backlog now stands"'"""
    assert archive.execute(passages).fetchall() == [("meta-coreweave-21bn/hubkub",)]


def test_the_same_content_gives_the_same_database(tmp_path: Path):
    for name in ("a", "b"):
        write_archive(make.sample(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("text", list(make.HOSTILE.values()))
def test_texts_come_back_out_of_the_archive_as_they_went_in(tmp_path: Path, text: str):
    write_archive(make.link(make.everywhere(text), make.BASE), tmp_path / "a")
    assert answers(tmp_path / "a", "SELECT title FROM stories WHERE slug = 'told'") == [(text,)]


# The book


def book(site: make.Site, *slugs: str) -> bytes:
    editions = [page for page in site.editions[::-1] if not slugs or page.edition.slug in slugs]
    return epub(templates(site), editions, make.ROOT / "content/images")


def documents(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {
            n: ElementTree.fromstring(held.read(n)) for n in held.namelist() if n.endswith((".xhtml", ".opf", ".svg"))
        }


def test_behind_a_title_that_ends_a_sentence_a_book_has_no_second_stop():
    told = make.site(make.story("told", make.source(title="Chips.")), make.edition("2026-04-11", "told"))
    texts = ["".join(document.itertext()) for name, document in documents(book(told)).items() if "sources" in name]
    assert [text for text in texts if "Chips. Hubkub" in " ".join(text.split())]


def judged(file: Path) -> str:
    done = subprocess.run(["java", "-jar", str(EPUBCHECK), str(file)], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@needs_epubcheck
@pytest.mark.parametrize("slugs", [("2026-04-11",), ()])
def test_epubcheck_finds_nothing_wrong_with_a_book(tmp_path: Path, slugs: tuple[str, ...]):
    (tmp_path / "book.epub").write_bytes(book(make.sample(), *slugs))
    said = judged(tmp_path / "book.epub")
    assert "Messages: 0 fatals / 0 errors / 0 warnings" in said, said


@needs_epubcheck
def test_epubcheck_finds_nothing_wrong_with_a_book_of_strange_texts(tmp_path: Path):
    text = " ".join(text for name, text in make.HOSTILE.items() if name != "long")
    library = make.everywhere(text)
    stories = {**library.stories, "told": replace(library.stories["told"], image=None)}
    site = make.link(replace(library, stories=stories), make.BASE)
    (tmp_path / "book.epub").write_bytes(book(site, "2026-04-11"))
    said = judged(tmp_path / "book.epub")
    assert "Messages: 0 fatals / 0 errors / 0 warnings" in said, said


def test_the_book_begins_with_its_kind():
    with zipfile.ZipFile(io.BytesIO(book(make.sample(), "2026-04-11"))) as held:
        first = held.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_the_same_content_gives_the_same_book():
    assert book(make.sample()) == book(make.sample())


def test_characters_that_only_html_has_names_for_are_in_a_book_as_themselves():
    site = make.site(make.story(body="Caf&eacute; &copy;&nbsp;&notit; &#8364;\n\n* * *\n\nx  \ny"), make.edition())
    told = documents(book(site))["EPUB/2026-04-11/meta-coreweave.xhtml"]
    assert "Café ©\xa0¬it; €" in "".join(told.itertext())


@settings(max_examples=25)
@given(make.sites())
def test_every_number_in_a_book_leads_to_its_source_and_back(site: make.Site):
    found = documents(book(site))
    for name, root in found.items():
        folder = name.rpartition("/")[0]
        for link in root.iter("{http://www.w3.org/1999/xhtml}a"):
            target, _, fragment = link.get("href", "").partition("#")
            if "://" in target:
                continue
            assert f"{folder}/{target}" in found, link.get("href")
            ids = [e.get("id") for e in found[f"{folder}/{target}"].iter()]
            assert not fragment or ids.count(fragment) == 1, link.get("href")


def test_a_book_says_what_it_offers_to_those_who_cannot_see_it():
    package = documents(book(make.sample(), "2026-04-11"))["EPUB/package.opf"]
    meta = [(e.get("property"), e.text) for e in package.iter("{http://www.idpf.org/2007/opf}meta")]
    assert ("schema:accessibilityFeature", "tableOfContents") in meta
    assert ("schema:accessibilityFeature", "alternativeText") in meta
    assert ("schema:accessModeSufficient", "textual") in meta
    assert ("dcterms:modified", "2026-04-11T23:00:00Z") in meta
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"  # in which a title is read aloud


# The command


def run(*words: str) -> tuple[int, bytes, str]:
    done = CliRunner().invoke(main, ["export", "-f", str(make.ROOT / "mkdocs.yml"), *words])
    return done.exit_code, done.stdout_bytes, done.stderr


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.bib", b"@misc{"),
        ("a.json", b"[\n {"),
        ("a.ris", b"TY  - "),
        ("a.epub", b"PK"),
        ("a.sqlite", b"SQLite format 3"),
    ],
)
def test_the_ending_of_the_file_says_the_format(tmp_path: Path, name: str, begins: bytes):
    code, _, said = run(str(tmp_path / name))
    assert (code, said) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_without_a_file_the_export_goes_to_the_standard_output():
    assert run("meta-coreweave-21bn", "--as", "bibtex")[1] == bibtex(items([STORY]))
    assert run("content/stories/2026/meta-coreweave-21bn.yml", "--as", "bibtex")[1] == bibtex(items([STORY]))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nope", "nada", "a.bib"], 2, "there is no edition or story named nope, nada"),
        (["meta-coreweave-21b", "a.bib"], 2, "named meta-coreweave-21b; did you mean `meta-coreweave-21bn`?"),
        (["meta-coreweave-21bn"], 2, "which format?"),
        (["content/stories/2026/meta-coreweave-21bn.yml"], 2, "which format?"),
        (["meta-coreweave-21bn", "a.epub"], 2, "a book is of editions, and meta-coreweave-21bn is a story"),
        (["2026-04-11", "a.sqlite"], 2, "the database is of the whole archive"),
        (["nowhere/at/all/a.bib"], 3, "nowhere/at/all/a.bib: No such file or directory"),
    ],
)
def test_what_cannot_be_is_said_in_words(words: list[str], code: int, said: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = run(*words)
    assert found[0] == code
    assert said in found[2]
    assert list(tmp_path.iterdir()) == []


def test_a_version_of_what_is_disputed_says_on_what_point(archive: sqlite3.Connection):
    asked = "SELECT about FROM sentences WHERE path LIKE 'disputed/%' AND story = 'meta-coreweave-21bn'"
    assert "Total with CoreWeave" in {about for (about,) in archive.execute(asked)}
    assert archive.execute("SELECT count(about) FROM sentences WHERE path = 'body'").fetchone() == (0,)
