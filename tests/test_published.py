"""What was published changes in the open: the journal, corrections, and where readers see them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.desk.sign import UnsoundError, sign
from generator.model.content import Correction, Edit
from generator.model.journal import digest_of, line, parse
from generator.options import find
from generator.texts.typography import plain
from tests.folders import citewire_here as citewire
from tests.make import NOON, all_ids, by_class, edition, feed, files, page, site, story, words
from tests.test_cases import EDITORIAL, SOUND, laid_over, said

STORY = "content/stories/2026/meta-coreweave.yml"
LATER = NOON + timedelta(days=1)
FIRST = Correction(LATER, "It said 2031.", "It says 2032.", "in the headline", "A reader")
SECOND = Correction(LATER + timedelta(hours=2), "26%", "62%")


@pytest.fixture
def newsletter(tmp_path: Path) -> Path:
    return laid_over(SOUND.name, tmp_path, EDITORIAL)


def change(root: Path, old: str, new: str) -> None:
    file = root / STORY
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def test_signing_twice_writes_nothing_the_second_time(newsletter: Path):
    project = find(newsletter / "mkdocs.yml")
    first = sign(project)
    assert first.new == ("editions/2026-04-09", "meta-coreweave")
    assert [file.name for file in first.files] == ["2026-04.txt", "authority.txt", "feeds.txt"]
    assert sign(project).files == ()
    feeds = (newsletter / "content/published/feeds.txt").read_text()
    assert "\nsections/big-tech\n" in feeds, "what had a story keeps its feed (tests/test_following.py)"


def test_after_signing_the_domain_in_all_ids_stays(newsletter: Path):
    """With another one every subscriber's program would show all that it has once more."""
    file = newsletter / "content/newsletter.yml"
    sound = file.read_text()
    file.write_text(re.sub("(?m)^authority: .*$", "authority: another.example", sound))
    assert said(newsletter) == ""
    file.write_text(sound)
    sign(find(newsletter / "mkdocs.yml"))
    assert said(newsletter) == ""
    file.write_text(re.sub("(?m)^authority: .*$", "authority: another.example", sound))
    assert "[another-authority]" in said(newsletter)
    with pytest.raises(UnsoundError):
        sign(find(newsletter / "mkdocs.yml"))
    (newsletter / "content/published/authority.txt").unlink()
    assert said(newsletter) == ""


def test_after_signing_a_change_must_be_told_and_then_can_be_signed(newsletter: Path):
    project = find(newsletter / "mkdocs.yml")
    sign(project)
    change(newsletter, "The deal runs to December 2032.", "The deal runs to late 2032.")
    assert "[silent-change]" in said(newsletter)
    with pytest.raises(UnsoundError):
        sign(project)
    change(newsletter, "topics:", "edits: [{date: 2026-04-10T09:00:00Z, what: a month}]\ntopics:")
    assert said(newsletter) == ""
    assert sign(project).changed == ("meta-coreweave",)
    change(newsletter, "late 2032", "early 2032")
    assert "[silent-change]" in said(newsletter), "a note tells of one change, not of every later one"


def test_a_published_story_keeps_the_year_that_is_in_its_id(newsletter: Path):
    (newsletter / "content/published").mkdir()
    (newsletter / "content/published/2025-12.txt").write_text(f"meta-coreweave {'0' * 32}\n")
    assert "meta-coreweave.yml:4:12: error: the story was published in 2025" in said(newsletter)


def test_one_story_can_be_signed_alone_and_a_stranger_is_named(newsletter: Path):
    done = citewire(newsletter, "sign", "content/stories/2026/meta-coreweave.yml")
    assert (done.returncode, done.stderr) == (0, "")
    done = citewire(newsletter, "sign", "meta-corewave")
    meant = "did you mean content/stories/2026/meta-coreweave.yml?"
    assert (done.returncode, done.stderr) == (
        2,
        f"citewire: there is no story and no edition `meta-corewave`; {meant}\n",
    )


def test_the_command_refuses_to_sign_a_silent_change(newsletter: Path):
    citewire(newsletter, "sign")
    change(newsletter, "The deal runs", "The contract runs")
    done = citewire(newsletter, "sign")
    assert done.returncode == 1
    assert "[silent-change]" in done.stderr
    assert done.stderr.endswith("citewire: nothing was signed\n")


def test_a_renamed_story_is_still_the_published_one(newsletter: Path):
    sign(find(newsletter / "mkdocs.yml"))
    change(newsletter, "The deal runs", "The contract runs")
    change(newsletter, "topics:", "renamed_from: meta-coreweave\ntopics:")
    (newsletter / STORY).rename(newsletter / "content/stories/2026/meta-deal.yml")
    shown = newsletter / "content/editions/2026-04-09.yml"
    shown.write_text(shown.read_text().replace("meta-coreweave", "meta-deal"))
    told = said(newsletter)
    assert "[silent-change]" in told
    assert "[vanished-story]" not in told


SPACED = st.text(st.sampled_from("ab 'x\"-"), max_size=20)


@given(SPACED)
def test_typography_is_no_change(text: str):
    set_otherwise = text.replace("'", "’").replace(" - ", "—").replace(" ", " \n ")
    assert plain(set_otherwise) == plain(text)


@given(st.text("ab1. ", max_size=12), st.text("ab1. ", max_size=12))
def test_other_words_are_a_change(one: str, other: str):
    assert (digest_of(story(title=one)) == digest_of(story(title=other))) == (one.split() == other.split())


def test_a_line_of_the_journal_can_be_read_back():
    told = line("meta-coreweave", "0" * 32, NOON)
    slug, signature = parse(told.strip(), "f")
    assert (slug, signature.digest, signature.noted) == ("meta-coreweave", "0" * 32, NOON)
    assert line(slug, signature.digest, signature.noted) == told


def corrected():
    told = story(
        "meta-coreweave",
        updated=SECOND.date,
        corrections=(FIRST, SECOND),
        edits=(Edit(LATER, "a comma"),),
    )
    return site(told, edition("2026-04-11", "meta-coreweave"))


def test_a_correction_stands_on_the_story_newest_first_with_a_place_to_link_to():
    root = page(corrected(), "stories/meta-coreweave/")
    notes = by_class(root, "correction")
    assert [note.get("id") for note in notes] == ["correction-20260412T180000Z", "correction-20260412T160000Z"]
    assert "in the headline It said It said 2031. It says It says 2032. Noticed by A reader." in words(notes[1])
    assert "Edited 12\xa0April 2026, 12:00\xa0UTC−4: a comma" in words(root)
    assert len(all_ids(root)) == len(set(all_ids(root)))


def test_a_correction_stands_in_the_edition_and_in_the_feeds():
    of = corrected()
    assert len(by_class(page(of, "editions/2026-04-11/"), "correction")) == 2
    for name in ("stories", "editions"):
        item = feedparser.parse(feed(of, f"{name}.atom.xml")).entries[0]
        assert "It says 2032." in item.content[0].value
        assert item.updated == SECOND.date.isoformat()


def test_corrections_have_a_page_and_feeds_with_ids_that_stay():
    of = corrected()
    root = page(of, "corrections/")
    assert [words(note)[-3:] for note in by_class(root, "correction")] == ["62%", "er."]
    for suffix in ("rss.xml", "atom.xml"):
        found = feedparser.parse(feed(of, f"corrections.{suffix}")).entries
        assert [entry.id for entry in found] == [
            "tag:footnote.example,2026:stories/meta-coreweave/correction-20260412T180000Z",
            "tag:footnote.example,2026:stories/meta-coreweave/correction-20260412T160000Z",
        ]
        assert found[1].link.endswith("/stories/meta-coreweave/#correction-20260412T160000Z")
    items = json.loads(feed(of, "corrections.json"))["items"]
    assert [item["summary"] for item in items] == ["62%", "It says 2032."]
    assert all(item["title"] == "Correction: The title of meta-coreweave" for item in items)


def test_structured_data_has_the_corrections():
    markup = dict(files(corrected()))["stories/meta-coreweave/index.html"]().decode()
    graph = json.loads(markup.split('<script type="application/ld+json">')[1].split("</script>")[0])["@graph"]
    found = graph[0]["correction"]
    assert [(note["@type"], note["datePublished"]) for note in found] == [
        ("CorrectionComment", FIRST.date.isoformat()),
        ("CorrectionComment", SECOND.date.isoformat()),
    ]


def test_without_a_correction_nothing_speaks_of_them():
    of = site(story(), edition())
    assert not [path for path, _ in files(of) if "correction" in path]
    assert "orrection" not in words(page(of, "stories/meta-coreweave/"))


def test_many_corrections_are_paged_by_year():
    notes = tuple(Correction(NOON + timedelta(days=20 * n), f"was {n}", f"now {n}") for n in range(40))
    of = site(story("meta-coreweave", updated=notes[-1].date, corrections=notes), edition())
    paths = [path for path, _ in files(of) if path.startswith("corrections/")]
    assert paths == ["corrections/index.html", *(f"corrections/{year}/index.html" for year in (2028, 2027, 2026))]
    assert len(by_class(page(of, "corrections/"), "correction")) == 30
    assert sum(len(by_class(page(of, f"corrections/{year}/"), "correction")) for year in (2026, 2027, 2028)) == 40


def test_the_first_correction_changes_what_a_fresh_build_would_change(newsletter: Path):
    """Every page names the new feed, the menu the new page: nothing that was kept from before may stand."""
    assert citewire(newsletter, "build").returncode == 0
    note = "{date: 2026-04-10T09:00:00Z, was: It runs to 2031., now: It runs to 2032.}"
    change(newsletter, "topics:", f"updated: 2026-04-10T09:00:00Z\ncorrections: [{note}]\ntopics:")
    assert citewire(newsletter, "build").returncode == 0
    assert citewire(newsletter, "build", "-d", "fresh").returncode == 0
    made, fresh = (texts(newsletter / name) for name in ("site", "fresh"))
    assert "feeds/corrections.rss.xml" in made
    assert made == fresh


def texts(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


# The own text of an edition


EDITION = "content/editions/2026-04-09.yml"


def change_edition(root: Path, old: str, new: str) -> None:
    file = root / EDITION
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Meta books", "title: Meta rents"),
        ("one_line: Meta commits", "one_line: Meta pays"),
        ("lead: Compute is", "lead: Compute was"),
        ("capacity at CoreWeave runs", "capacity at CoreWeave lasts"),
    ],
)
def test_the_own_text_of_an_edition_cannot_change_in_silence(newsletter: Path, old: str, new: str):
    project = find(newsletter / "mkdocs.yml")
    sign(project)
    change_edition(newsletter, old, new)
    assert "the text is not what was published, and the edition does not say so [silent-change]" in said(newsletter)
    change_edition(newsletter, "stories:", "edits: [{date: 2026-04-10T09:00:00Z, what: a word}]\nstories:")
    assert said(newsletter) == ""
    assert sign(project).changed == ("editions/2026-04-09",)


def test_a_story_that_changes_does_not_change_the_edition(newsletter: Path):
    sign(find(newsletter / "mkdocs.yml"))
    change(newsletter, "The deal runs", "The contract runs")
    assert said(newsletter).count("[silent-change]") == 1


def test_a_correction_of_an_edition_needs_updated(newsletter: Path):
    note = "{date: 2026-04-10T09:00:00Z, was: until 2031, now: until 2032}"
    change_edition(newsletter, "stories:", f"corrections: [{note}]\nstories:")
    assert "a corrected edition has no `updated` [stale-updated]" in said(newsletter)


def test_an_edition_that_is_gone_is_told_unless_its_address_leads_on(newsletter: Path):
    sign(find(newsletter / "mkdocs.yml"))
    file = newsletter / EDITION
    text = file.read_text().replace("2026-04-09T", "2026-04-10T")
    file.unlink()
    later = newsletter / "content/editions/2026-04-10.yml"
    later.write_text(text)
    assert "`editions/2026-04-09` was published, and is gone" in said(newsletter)
    later.write_text(f"renamed_from: 2026-04-09\n{text}")
    assert "[vanished-story]" not in said(newsletter)


def test_a_draft_of_an_edition_is_not_signed(newsletter: Path):
    change_edition(newsletter, "stories:", "draft: true\nstories:")
    assert sign(find(newsletter / "mkdocs.yml")).new == ()


def test_one_edition_can_be_signed_alone(newsletter: Path):
    assert sign(find(newsletter / "mkdocs.yml"), ["2026-04-09"]).new == ("editions/2026-04-09",)


def corrected_edition():
    first = Correction(LATER, "until 2031", "until 2032", "in the one-line summary", "A reader")
    shown = edition(corrections=(first,), edits=(Edit(LATER, "a comma"),), updated=LATER)
    return site(story(corrections=(SECOND,), updated=SECOND.date), shown)


def test_a_correction_of_an_edition_stands_on_it_beside_those_of_its_stories():
    root = page(corrected_edition(), "editions/2026-04-11/")
    (own,) = [node for node in root.iter() if node.get("id") == "corrections"]
    assert "in the one-line summary It said until 2031 It says until 2032 Noticed by A reader." in words(own)
    assert "a comma" in words(own)
    assert len(by_class(root, "correction")) == 2
    assert "One correction" in words(root)
    assert len(all_ids(root)) == len(set(all_ids(root)))


def test_a_correction_of_an_edition_is_in_its_feed_its_data_and_its_markdown():
    of = corrected_edition()
    item = feedparser.parse(feed(of, "editions.atom.xml")).entries[0]
    assert "until 2032" in item.content[0].value
    for path in ("api/editions/2026-04-11.json", "editions/2026-04-11/index.md"):
        assert "until 2032" in dict(files(of))[path]().decode(), path
    markup = dict(files(of))["editions/2026-04-11/index.html"]().decode()
    graph = json.loads(markup.split('<script type="application/ld+json">')[1].split("</script>")[0])["@graph"]
    (note,) = graph[0]["correction"]
    assert note["@id"] == "https://news.example/editions/2026-04-11/#correction-20260412T160000Z"


def test_corrections_of_editions_and_stories_share_a_page_and_its_feeds():
    of = corrected_edition()
    links = [a.get("href") for a in page(of, "corrections/").iter("a")]
    assert "../stories/meta-coreweave/#correction-20260412T180000Z" in links
    assert "../editions/2026-04-11/#correction-20260412T160000Z" in links
    found = feedparser.parse(feed(of, "corrections.atom.xml")).entries
    assert [entry.id for entry in found] == [
        "tag:footnote.example,2026:stories/meta-coreweave/correction-20260412T180000Z",
        "tag:footnote.example,2026:editions/2026-04-11/correction-20260412T160000Z",
    ]
    assert found[1].link.endswith("/editions/2026-04-11/#correction-20260412T160000Z")
