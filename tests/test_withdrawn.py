"""A story or edition that was taken back: its address says so, nothing else shows it, and no other has its name."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from generator.check.judging import check
from generator.cli.console import MISUSE, PROBLEMS
from generator.model.content import Correction, Story
from generator.model.site import Site
from generator.model.withdrawals import Withdrawal
from generator.pipeline import judge
from generator.project import Project
from tests.folders import citewire_here as citewire
from tests.make import NOON, ROOT, all_links, edition, files, library, page, site, story, words
from tests.test_feeds import ATOM, READERS, all_feeds

GONE = Withdrawal("gone", date(2026, 4, 11), date(2026, 5, 3), "It was <b>forged</b>.", "Acme orders chips")
DAY = Withdrawal("editions/2026-04-11", date(2026, 4, 11), date(2026, 4, 12), "Nobody had read it.")


def taken_back(**fields: object) -> Site:
    return site(story("kept"), withdrawn={"gone": GONE}, **fields)


def test_its_address_says_when_and_why():
    said = words(page(taken_back(), "stories/gone/").find("body"))
    assert "Acme orders chips" in said
    assert "Published on 11\xa0April 2026 and withdrawn on 3\xa0May 2026" in said
    assert "It was <b>forged</b>." in said


def test_search_engines_are_asked_to_forget_it():
    named = [e.get("content") for e in page(taken_back(), "stories/gone/").iter("meta") if e.get("name") == "robots"]
    assert named == ["noindex"]


def test_the_page_of_corrections_tells_of_it():
    root = page(taken_back(), "corrections/")
    assert "Withdrawn Acme orders chips Published on 11\xa0April 2026" in words(root.find("body"))
    assert "../stories/gone/" in list(all_links(root))


def test_nothing_else_of_the_site_knows_it():
    made = dict(files(taken_back()))
    assert [path for path in made if "gone" in path] == ["stories/gone/index.html"]
    others = [path for path, make in made.items() if "stories/gone" in make().decode("utf-8", "replace")]
    assert sorted(others) == ["corrections/index.html", "stories/gone/index.html"]
    assert all(b"Acme" not in data for data in all_feeds(taken_back()).values())


def edition_taken_back() -> Site:
    days = [
        edition(f"2026-04-{day}", "kept", published=datetime(2026, 4, day, 22, tzinfo=UTC), updated=None)
        for day in (10, 12)
    ]
    return site(story("kept"), *days, withdrawn={DAY.id: DAY})


def test_the_address_of_an_edition_that_was_taken_back_says_so():
    said = words(page(edition_taken_back(), "editions/2026-04-11/").find("body"))
    assert "Published on 11\xa0April 2026 and withdrawn on 12\xa0April 2026" in said
    assert "Nobody had read it." in said
    assert said.count("Withdrawn") == 1, "as its heading"


def test_an_edition_that_was_taken_back_is_in_no_feed_map_or_list_and_its_stories_stay():
    made = dict(files(edition_taken_back()))
    assert [path for path in made if "2026-04-11" in path] == ["editions/2026-04-11/index.html"]
    naming = [path for path, make in made.items() if b"editions/2026-04-11" in make()]
    assert sorted(naming) == ["corrections/index.html", "editions/2026-04-11/index.html"]
    assert "stories/kept/index.html" in made
    assert "An edition" in words(page(edition_taken_back(), "corrections/").find("body"))


def test_later_editions_keep_their_numbers_when_one_is_taken_back():
    assert [page.number for page in edition_taken_back().editions] == [3, 1]


def found(*items: object) -> set[str]:
    withdrawn = {"gone": GONE, DAY.id: DAY}
    return {problem.rule for problem in check(library(*items, withdrawn=withdrawn), {})}


@pytest.mark.parametrize(
    ("again", "rule"),
    [
        (story("gone"), "withdrawn-name"),
        (edition("2026-04-11"), "withdrawn-name"),
        (edition("2026-04-12", renamed_from="2026-04-11"), "taken-alias"),
        (story("other", renamed_from="gone"), "taken-alias"),
        (story("other", aliases=("stories/gone",)), "taken-alias"),
    ],
)
def test_nothing_else_takes_its_name_or_its_address(again: object, rule: str):
    assert rule in found(again)


FIRST_NAMES = {
    "second": Withdrawal("second", date(2026, 4, 11), date(2026, 5, 3), "No.", None, "first", ("old/second",)),
    DAY.id: Withdrawal(DAY.id, date(2026, 4, 11), date(2026, 4, 12), "No.", None, "2026-04-09"),
}


def test_its_first_name_and_its_other_addresses_say_so_too():
    made = dict(files(site(story("kept"), withdrawn=FIRST_NAMES)))
    for old in ("stories/first/", "old/second/"):
        assert b"stories/second/" in made[f"{old}index.html"]()
    assert b"editions/2026-04-11/" in made["editions/2026-04-09/index.html"]()


@pytest.mark.parametrize(
    ("again", "rule"),
    [
        (story("first"), "withdrawn-name"),
        (edition("2026-04-09"), "withdrawn-name"),
        (story("other", aliases=("old/second",)), "taken-alias"),
    ],
)
def test_no_other_gets_the_id_by_which_feeds_know_it(again: object, rule: str):
    assert rule in {problem.rule for problem in check(library(again, withdrawn=FIRST_NAMES), {})}


def test_what_was_signed_by_its_first_name_may_go_once_it_is_withdrawn_by_its_last(newsletter: Path):
    content = newsletter / "content"
    (content / "published").mkdir()
    (content / "published/2026-04.txt").write_text(f"first {'0' * 32}\nsecond {'0' * 32}\n")
    (content / "withdrawn.yml").write_text(
        "second:\n  published: 2026-04-11\n  withdrawn: 2026-05-03\n  why: No.\n  renamed_from: first\n"
    )
    assert "vanished-story" not in {problem.rule for problem in judge(Project(newsletter, content))[1]}


@pytest.fixture
def newsletter(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def withdraw(root: Path, slug: str) -> None:
    """As the editor does it: the file is deleted, the editions forget it, and one file says why."""
    (file,) = (root / "content/stories").rglob(f"{slug}.yml")
    file.unlink()
    (root / "content/withdrawn.yml").write_text(
        f"{slug}:\n  published: 2026-04-11\n  withdrawn: 2026-05-03\n  why: It was forged.\n"
    )


def test_a_signed_story_may_go_once_it_is_withdrawn_and_an_edition_that_names_it_is_told(newsletter: Path):
    content = newsletter / "content"
    (content / "published").mkdir()
    (content / "published/2026-04.txt").write_text(f"meta-coreweave-21bn {'0' * 32}\n")
    withdraw(newsletter, "meta-coreweave-21bn")
    problems = judge(Project(newsletter, content))[1]
    assert "vanished-story" not in {p.rule for p in problems}
    told = [p for p in problems if p.rule == "unknown-story"]
    assert [(p.what, p.hint) for p in told][:1] == [
        ("`meta-coreweave-21bn` was withdrawn", "Take it out of the edition.")
    ]


def test_a_signed_edition_may_go_once_it_is_withdrawn_and_who_asks_for_it_is_told_why(newsletter: Path):
    content = newsletter / "content"
    (content / "published").mkdir()
    (content / "published/2026-04.txt").write_text(f"editions/2026-04-11 {'0' * 32}\n")
    (content / "editions/2026-04-11.yml").unlink()
    assert "vanished-story" in {p.rule for p in judge(Project(newsletter, content))[1]}
    (content / "withdrawn.yml").write_text(
        "editions/2026-04-11:\n  published: 2026-04-11\n  withdrawn: 2026-05-03\n  why: It was forged.\n"
    )
    assert "vanished-story" not in {p.rule for p in judge(Project(newsletter, content))[1]}
    for command, said in (
        (("mail", "2026-04-11"), "the edition 2026-04-11 was withdrawn on 2026-05-03: It was forged."),
        (("export", "2026-04-11", "book.epub"), "2026-04-11 was withdrawn"),
    ):
        done = citewire(newsletter, *command)
        assert (done.returncode, done.stderr) == (MISUSE, f"citewire: {said}\n")


def test_a_slip_in_the_file_is_named(newsletter: Path):
    (newsletter / "content/withdrawn.yml").write_text("acme:\n  published: 2026-04-11\n  withdrawn: soon\n")
    done = citewire(newsletter, "check")
    assert done.returncode == PROBLEMS
    assert "content/withdrawn.yml:3:14: error" in done.stderr
    assert "why" in done.stderr


LATER = NOON + timedelta(days=20)


def gone_at(moment: date, **fields: object) -> dict[str, Withdrawal]:
    return {"gone": Withdrawal("gone", NOON + timedelta(hours=2), moment, "No.", **fields)}


def dates(made: Site, name: str) -> tuple[datetime, datetime]:
    feeds = all_feeds(made)
    rss = ElementTree.fromstring(feeds[f"feeds/{name}.rss.xml"]).findtext("channel/lastBuildDate")
    atom = ElementTree.fromstring(feeds[f"feeds/{name}.atom.xml"]).findtext(f"{ATOM}updated")
    return parsedate_to_datetime(rss), datetime.fromisoformat(atom)


@pytest.mark.parametrize("name", ["stories", "sections/big-tech", "topics/chips", "publishers/hubkub"])
def test_the_date_of_a_feed_is_that_of_the_withdrawal_when_its_newest_story_is_taken_back(name: str):
    kept, gone = story("kept", topics=("chips",)), story("gone", topics=("chips",), published=NOON + timedelta(hours=2))
    assert dates(site(kept, gone), name) == (gone.published,) * 2
    assert dates(site(kept, withdrawn=gone_at(LATER)), name) == (LATER, LATER)


def test_a_withdrawal_of_which_only_the_day_is_known_counts_from_the_end_of_that_day():
    ended = NOON.replace(hour=23, minute=59, second=59)
    assert dates(site(story("kept"), withdrawn=gone_at(NOON.date())), "stories") == (ended, ended)


def test_a_withdrawal_that_says_what_showed_the_story_changes_no_other_feed():
    items = [
        story("kept", topics=("chips",)),
        story("other", section="policy", topics=("law",)),
        edition("day", "kept"),
    ]
    before = all_feeds(site(*items))
    after = all_feeds(site(*items, withdrawn=gone_at(LATER, was_in=("sections/big-tech", "topics/chips"))))
    changed = {path.split(".")[0] for path in before if before[path] != after[path]}
    assert changed == {"feeds/stories", "feeds/sections/big-tech", "feeds/topics/chips"}


def test_a_story_taken_out_of_an_edition_makes_the_edition_as_new_as_that():
    items = [story("kept"), edition("2026-04-11", "kept")]
    made = site(*items, withdrawn=gone_at(LATER, was_in=("editions/2026-04-11",)))
    (item,) = items_of(made, "editions")
    assert item["date_modified"] == LATER.isoformat()
    assert dates(made, "editions") == (LATER, LATER)


def items_of(made: Site, name: str) -> list[dict[str, object]]:
    return json.loads(all_feeds(made)[f"feeds/{name}.json"])["items"]


def hourly(number: int) -> list[Story]:
    return [story(f"s-{n:03}", published=NOON + timedelta(hours=n)) for n in range(number)]


def withdrawal_of(item: Story, moment: date = LATER) -> dict[str, Withdrawal]:
    return {item.slug: Withdrawal(item.slug, item.published, moment, "No.")}


def test_a_withdrawal_of_what_has_long_left_a_feed_does_not_change_it():
    stories = hourly(45 + 24 * 4)
    before = all_feeds(site(*stories))
    after = all_feeds(site(*stories[:10], *stories[11:], withdrawn=withdrawal_of(stories[10])))
    assert [p for p in before if before[p] != after[p] and "archive" not in p] == []


@pytest.mark.parametrize("place", [0, 29, 30, 45, 60, 99])
def test_a_withdrawal_leaves_the_other_items_of_the_archive_where_they_are(place: int):
    stories = hourly(100)
    gone = stories.pop(place)
    before, after = all_feeds(site(*hourly(100))), all_feeds(site(*stories, withdrawn=withdrawal_of(gone)))
    archived = [path for path in before if "archive" in path]
    changed = {path.split(".")[0] for path in archived if before[path] != after[path]}
    assert changed == ({f"feeds/archive/stories/{place // 30 + 1}"} if place < 90 else set())
    for path in archived:
        shown = [item.id for item in READERS[path.split(".", 1)[1]](before[path])]
        told = [item.id for item in READERS[path.split(".", 1)[1]](after[path])]
        assert told == [id_ for id_ in shown if not id_.endswith(gone.slug)]


def test_an_archive_of_which_all_was_withdrawn_still_leads_on():
    stories = hourly(100)
    withdrawn = {name: gone for item in stories[30:60] for name, gone in withdrawal_of(item).items()}
    found = all_feeds(site(*stories[:30], *stories[60:], withdrawn=withdrawn))
    for suffix, read in READERS.items():
        assert read(found[f"feeds/archive/stories/2.{suffix}"]) == []
    root = ElementTree.fromstring(found["feeds/archive/stories/2.atom.xml"])
    assert root.find(f"{ATOM}link[@rel='prev-archive']").get("href").endswith("/1.atom.xml")
    assert root.findtext(f"{ATOM}updated") == LATER.isoformat()


def test_a_story_with_another_name_keeps_its_place_among_those_of_the_same_hour():
    same = [story(f"s-{n:02}") for n in range(70)]
    renamed = [*same[:20], story("z", renamed_from="s-20"), *same[21:]]
    ids = [
        [[i.id for i in READERS["json"](data)] for path, data in all_feeds(site(*of)).items() if ".json" in path]
        for of in (same, renamed)
    ]
    assert ids[0] == ids[1]


def test_the_record_of_a_withdrawal_may_have_times_and_what_showed_it(newsletter: Path):
    withdraw(newsletter, "meta-coreweave-21bn")
    file = newsletter / "content/withdrawn.yml"
    file.write_text(
        "a:\n  published: 2026-04-11T18:00:00-04:00\n  withdrawn: 2026-05-03T10:00:00-04:00\n  why: No.\n"
        "  was_in: [editions/2026-04-11, topics/chips]\n  corrections: [2026-04-12T10:00:00-04:00]\n"
        "b:\n  published: 2026-04-11\n  withdrawn: 2026-05-03T10:00:00\n  why: No.\n  was_in: [stories/x]\n"
    )
    _, problems = judge(Project(newsletter, newsletter / "content"))
    told = [(p.rule, p.what) for p in problems if p.file.endswith("withdrawn.yml")]
    assert told == [
        ("no-zone", "`2026-05-03T10:00:00` names no time zone"),
        ("bad-id", "`stories/x` is nothing that shows a story"),
    ]


def test_what_stands_again_has_its_place_and_no_feed_gets_an_older_date():
    back = gone_at(NOON + timedelta(days=1), restored=LATER)
    told = story("gone", published=NOON + timedelta(hours=2))
    made = site(story("kept"), told, restored=back)
    assert dates(made, "stories") == (LATER, LATER)
    assert [item["id"] for item in items_of(made, "stories")] == [
        "tag:footnote.example,2026:stories/gone",
        "tag:footnote.example,2026:stories/kept",
    ]
    assert "Meta commits" in words(page(made, "stories/gone/").find("body"))
    assert not any("corrections" in path for path, _ in files(made))


def test_what_comes_back_behind_the_end_of_a_feed_leaves_its_date_as_it_was():
    """Its withdrawal counted, since the newest story had just pushed it out; its coming back, long after, does not."""
    stories = hourly(34)
    gone, back = (stories[-1].published + timedelta(days=days) for days in (1, 10))
    told = story("gone", published=NOON + timedelta(hours=2), updated=back)
    assert dates(site(*stories, withdrawn=gone_at(gone)), "stories") == (gone, gone)
    assert dates(site(*stories, told, restored=gone_at(gone, restored=back)), "stories") == (gone, gone)


def test_the_record_of_what_stands_again_lets_it_have_its_name(newsletter: Path):
    slug, file = "meta-coreweave-21bn", newsletter / "content/withdrawn.yml"
    record = f"{slug}:\n  published: 2026-04-11\n  withdrawn: 2026-05-03\n  why: It was forged.\n"
    found = []
    for text in (record, f"{record}  restored: 2026-05-09T08:00:00-04:00\n"):
        file.write_text(text)
        found.append(
            "withdrawn-name" in {problem.rule for problem in judge(Project(newsletter, newsletter / "content"))[1]}
        )
    assert found == [True, False]


def test_a_withdrawal_leaves_the_other_corrections_where_they_are():
    def corrected(n: int) -> Story:
        moment = NOON + timedelta(days=n + 1)
        return story(f"s-{n:02}", corrections=(Correction(moment, "It was.", "It is."),), updated=moment)

    stories = [corrected(n) for n in range(70)]
    gone = stories[10]
    record = replace(withdrawal_of(gone)[gone.slug], corrections=(gone.corrections[0].date,))
    before = all_feeds(site(*stories))
    after = all_feeds(site(*stories[:10], *stories[11:], withdrawn={gone.slug: record}))
    changed = {path.split(".")[0] for path in before if "archive/corr" in path and before[path] != after[path]}
    assert changed == {"feeds/archive/corrections/1"}


def test_the_page_of_a_year_that_a_withdrawal_makes_too_few_leads_to_the_first_page():
    items = [story(f"s-{n:02}", topics=("chips",), published=NOON + timedelta(hours=n)) for n in range(31)]
    gone = Withdrawal("s-00", items[0].published, LATER, "No.", was_in=("topics/chips",))
    assert "topics/chips/2026/index.html" in dict(files(site(*items)))
    made = site(*items[1:], withdrawn={"s-00": gone})
    assert list(all_links(page(made, "topics/chips/2026/"))) == ["../../../topics/chips/"]


def test_the_page_of_a_month_that_a_withdrawal_empties_leads_to_its_year():
    items = [story(f"s-{n:02}", topics=("chips",), published=NOON + timedelta(days=n % 30)) for n in range(70)]
    only = story("only", topics=("chips",), published=NOON + timedelta(days=90))
    gone = Withdrawal("only", only.published, LATER, "No.", was_in=("topics/chips",))
    path = f"topics/chips/{only.published:%Y-%m}/"
    assert f"{path}index.html" in dict(files(site(*items, only)))
    made = site(*items, withdrawn={"only": gone})
    assert list(all_links(page(made, path))) == ["../../../topics/chips/2026/"]


def test_the_corrections_of_a_year_that_a_withdrawal_makes_too_few_lead_to_the_newest_ones():
    def corrected(n: int) -> Story:
        return story(f"s-{n:02}", corrections=(Correction(NOON + timedelta(hours=n), "So.", "Not so."),))

    items = [corrected(n) for n in range(31)]
    gone = Withdrawal("s-00", NOON, LATER, "No.", was_in=("topics/chips",), corrections=(NOON,))
    assert "corrections/2026/index.html" in dict(files(site(*items)))
    made = site(*items[1:], withdrawn={"s-00": gone})
    assert list(all_links(page(made, "corrections/2026/"))) == ["../../corrections/"]


def test_the_list_of_a_month_whose_stories_were_all_withdrawn_leads_to_all_stories():
    only = story("only", published=NOON + timedelta(days=90))
    path = f"stories/{only.published:%Y-%m}/"
    assert f"{path}index.html" in dict(files(site(story("kept"), only)))
    made = site(story("kept"), withdrawn={"only": Withdrawal("only", only.published, LATER, "No.")})
    assert list(all_links(page(made, path))) == ["../../stories/"]


def test_lists_that_have_nothing_left_since_every_story_was_withdrawn_lead_to_the_front_page():
    stories = [story(name, topics=("chips",), mentions=("meta",)) for name in ("one", "two")]
    lists = [f"{name}/" for name in ("stories", "sections", "topics", "entities", "publishers", "sources")]
    lists.append(f"stories/{NOON:%Y-%m}/")
    before = {path for path, _ in files(site(*stories))}
    assert before >= {f"{path}index.html" for path in lists}
    places = ("sections/big-tech", "topics/chips", "entities/meta", "publishers/hubkub")
    gone = {each.slug: Withdrawal(each.slug, NOON, LATER, "No.", was_in=places) for each in stories}
    made = site(withdrawn=gone)
    for path in lists:
        assert list(all_links(page(made, path))) == ["../" * path.count("/")], path


def test_the_list_of_a_year_whose_editions_were_all_withdrawn_leads_to_all_editions():
    kept = edition("2026-04-11", "kept")
    published = datetime(2025, 12, 31, 22, tzinfo=UTC)
    old = edition("2025-12-31", "kept", published=published, updated=None)
    assert "editions/2025/index.html" in dict(files(site(story("kept"), kept, old)))
    made = site(story("kept"), kept, withdrawn={old.path: Withdrawal("editions/2025-12-31", published, LATER, "No.")})
    assert list(all_links(page(made, "editions/2025/"))) == ["../../editions/"]
    stays = {path for path in dict(files(made)) if path.startswith("editions/2026/")}
    assert stays == {"editions/2026/index.html"}
