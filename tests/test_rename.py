"""Another name: nothing breaks, nothing shows twice."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import dress
from generator.announce.items import fresh
from generator.cli import main
from generator.cli.console import IO_FAILURE
from generator.desk import rewriting
from generator.desk.rename import renaming
from generator.export.package import package
from generator.link.site import link
from generator.mail.edition import edition_mail
from generator.mail.settings import mail_settings
from generator.model.additions import Additions, Comments
from generator.model.artifacts import PageArtifact
from generator.model.content import Correction, Point
from generator.model.site import Site
from generator.options import find
from generator.pipeline import judge
from generator.render.site import maker_of, render
from generator.words import Words
from tests import make
from tests.folders import citewire_here as citewire
from tests.folders import tree
from tests.loopback import answer, serving
from tests.make import configure
from tests.test_cases import laid_over
from tests.test_desk import STORY, killed, needs_a_signal

EDITION = "content/editions/2026-04-09.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid_over("_sound", tmp_path)


def shown(root: Path, path: str) -> str:
    """A file of the site, as a build would make it."""
    project = find(root / "mkdocs.yml")
    return dict(make.files(link(judge(project)[0], str(project.site_url))))[path]().decode()


def ids(root: Path) -> list[str]:
    feeds = [shown(root, f"feeds/{name}.rss.xml") for name in ("stories", "editions")]
    return re.findall(r"<guid[^>]*>([^<]*)<", "".join(feeds))


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in judge(find(root / "mkdocs.yml"))[1] if problem.is_error]


def test_an_editor_completes_the_new_name_and_not_the_old(root: Path):
    citewire(root, "schema")
    citewire(root, "rename", "meta-coreweave", "meta-deal")
    schema = (root / "content/.schemas/edition.json").read_text()
    assert ('"meta-deal"' in schema, '"meta-coreweave"' in schema) == (True, False)


def test_a_renamed_story_keeps_its_id_its_places_and_its_old_address(root: Path):
    before = ids(root)
    other = root / "content/stories/2026/later.yml"
    text = (root / STORY).read_text().replace("2026-04-09T18:00", "2026-04-09T18:30")
    other.write_text(text + "updates: meta-coreweave  # the first\n")
    edition = root / EDITION
    edition.write_text(
        edition.read_text().replace("[meta-coreweave]", "[meta-coreweave, later] # meta-coreweave leads")
    )
    done = citewire(root, "rename", "meta-coreweave", "meta-21bn")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "content/stories/2026/meta-21bn.yml",
        "content/stories/2026/later.yml",
        "content/editions/2026-04-09.yml",
    ]
    assert not (root / STORY).exists()
    assert "stories: [meta-21bn, later] # meta-coreweave leads\n" in edition.read_text()
    assert "[@meta-21bn/krasa]" in edition.read_text()
    assert "updates: meta-21bn  # the first\n" in other.read_text()
    assert problems(root) == []
    assert set(before) <= set(ids(root))
    assert citewire(root, "build").returncode == 0
    assert "meta-21bn" in (root / "site/stories/meta-coreweave/index.html").read_text()


def test_a_renaming_can_be_tried_and_changes_nothing(root: Path):
    before = tree(root / "content")
    done = citewire(root, "rename", "meta-coreweave", "meta-deal", "--dry-run")
    assert done.stdout.splitlines() == [
        "content/stories/2026/meta-deal.yml (would be written)",
        "content/editions/2026-04-09.yml (would be changed)",
        "content/stories/2026/meta-coreweave.yml (would be deleted)",
    ]
    assert (done.returncode, done.stderr, tree(root / "content")) == (0, "", before)
    assert citewire(root, "rename", "meta-coreweave", "Meta Deal", "--dry-run").returncode == 2


def test_a_story_renamed_twice_keeps_both_old_addresses(root: Path):
    before = ids(root)
    citewire(root, "rename", "meta-coreweave", "second")
    done = citewire(root, "rename", "second", "third")
    assert done.returncode == 0, done.stderr
    assert ids(root) == before
    for old in ("meta-coreweave", "second"):
        assert "third" in shown(root, f"stories/{old}/index.html")


@pytest.mark.parametrize(
    ("names", "known_by"),
    [
        (["other", "meta-coreweave"], ["other"]),
        (["second", "third", "second"], ["meta-coreweave", "third"]),
        (["second", "third", "meta-coreweave"], ["second", "third"]),
        (["second", "meta-coreweave", "second", "third"], ["meta-coreweave", "second"]),
    ],
)
def test_a_story_may_have_a_name_again_that_it_had_before(root: Path, names: list[str], known_by: list[str]):
    before, now = ids(root), "meta-coreweave"
    for name in names:
        done = citewire(root, "rename", now, name)
        assert done.returncode == 0, done.stderr
        now = name
    assert problems(root) == []
    assert ids(root) == before
    for old in known_by:
        assert now in shown(root, f"stories/{old}/index.html")
    assert "Meta commits another" in shown(root, f"stories/{now}/index.html")


def test_an_alias_is_taken_out_however_it_is_written(root: Path):
    (root / STORY).write_text((root / STORY).read_text() + "aliases: [/stories/old/, stories/older]\n")
    assert citewire(root, "rename", "meta-coreweave", "old").returncode == 0
    assert problems(root) == []
    assert "aliases:\n  - stories/older\n" in (root / "content/stories/2026/old.yml").read_text()


def test_an_edition_that_is_not_utf_8_is_not_written(root: Path):
    edition = root / EDITION
    edition.write_bytes(edition.read_bytes() + b"# caf\xe9\n")
    done = citewire(root, "rename", "meta-coreweave", "x")
    assert (done.returncode, "is not UTF-8" in done.stderr) == (2, True)
    assert edition.read_bytes().endswith(b"caf\xe9\n")


def test_a_renamed_edition_keeps_its_id_and_its_old_address(root: Path):
    before = ids(root)
    done = citewire(root, "rename", "2026-04-09", "2026-04-10")
    assert (done.returncode, done.stderr) == (0, "")
    assert problems(root) == []
    assert ids(root) == before
    assert "2026-04-10" in shown(root, "editions/2026-04-09/index.html")


def test_a_renamed_edition_is_published_on_its_new_day_at_its_hour(root: Path):
    """Its name is its day: a page of the 10th that says that it came out on the 9th is wrong in one of them."""
    was = (root / EDITION).read_text()
    (root / EDITION).write_text(was.replace("T19:00:00-04:00", "T19:00:00-04:00  # after the markets"))
    assert citewire(root, "rename", "2026-04-09", "2026-04-10").returncode == 0
    now = (root / "content/editions/2026-04-10.yml").read_text()
    assert "published: 2026-04-10T19:00:00-04:00  # after the markets\n" in now
    again = citewire(root, "rename", "2026-04-09", "2026-04-10")
    assert (again.returncode, again.stderr) == (0, "citewire: `2026-04-09` has the name `2026-04-10` already\n")


def test_an_edition_keeps_its_hour_where_clocks_change_between_its_days(root: Path):
    """Seven in the evening in New York is another offset from UTC before the second Sunday of March."""
    was = (root / EDITION).read_text()
    done = citewire(root, "rename", "2026-04-09", "2026-03-06", TZ="America/New_York")
    assert done.returncode == 0, done.stderr
    now = root / "content/editions/2026-03-06.yml"
    assert "published: 2026-03-06T19:00:00-05:00\n" in now.read_text()
    now.unlink()
    (root / EDITION).write_text(was)
    citewire(root, "rename", "2026-04-09", "2026-03-06", TZ="Europe/Berlin")
    assert "published: 2026-03-06T19:00:00-04:00\n" in now.read_text(), "it is not written in this machine's zone"


def test_a_first_name_is_not_given_again_however_its_field_is_written(root: Path):
    citewire(root, "rename", "meta-coreweave", "second")
    file = next((root / "content/stories").rglob("second.yml"))
    file.write_text(file.read_text().replace("renamed_from:", '"renamed_from" :'))
    citewire(root, "new", "story", "Another")
    done = citewire(root, "rename", "another", "meta-coreweave")
    assert "`meta-coreweave` is the first name of" in done.stderr


def test_an_edition_is_not_published_behind_its_own_correction(root: Path):
    file = root / EDITION
    note = "updated: 2026-04-09T21:00:00-04:00\ncorrections:\n  - {date: 2026-04-09T21:00:00-04:00, was: A., now: B.}\n"
    file.write_text(file.read_text().rstrip("\n") + f"\n{note}")
    done = citewire(root, "rename", "2026-04-09", "2026-04-10")
    assert "`published` says 2026-04-09: change that as well" in done.stderr
    assert "published: 2026-04-09T19" in (root / "content/editions/2026-04-10.yml").read_text()


def test_an_edition_that_readers_have_stays_in_its_year(root: Path):
    """Its id in feeds holds the year: with another one, every subscriber would have it anew."""
    before = ids(root)
    done = citewire(root, "rename", "2026-04-09", "2027-01-01")
    assert done.stderr == (
        "citewire: an edition is named after its day, and `published` says 2026-04-09, whose year is in its id "
        "in feeds: with another one, every subscriber has it anew\n"
    )
    assert "published: 2026-04-09T19" in (root / "content/editions/2027-01-01.yml").read_text()
    assert ids(root) == before


def test_a_draft_was_known_to_nobody(root: Path):
    citewire(root, "new", "story", "Half a story")
    done = citewire(root, "rename", "half-a-story", "whole-story")
    text = (root / done.stdout.strip()).read_text()
    assert "renamed_from" not in text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("meta-corewave", "x-y", "did you mean `meta-coreweave`?"),
        ("meta-coreweave", "Meta!", "is not a name"),
        ("meta-coreweave", "2026-04", "`2026-04` is made of digits alone, which addresses keep for years and months"),
        ("meta-coreweave", "2026-04-09", "is the name of content/editions/2026-04-09.yml"),
        ("meta-coreweave", "once", "is the first name of content/stories/2026/other.yml"),
        ("other", "another", "`aliases` is not a list"),
        ("2026-04-09", "hello", "`hello` is not a day: an edition is named after its own, as 2026-04-11"),
        ("2026-04-09", "2026-13-45", "is not a day"),
        ("2026-04-09", "20260410", "is not a day"),
    ],
)
def test_a_slip_changes_nothing(root: Path, old: str, new: str, words: str):
    other = (root / STORY).read_text() + "renamed_from: once\naliases: stories/then\n"
    (root / "content/stories/2026/other.yml").write_text(other)
    before = tree(root)
    done = citewire(root, "rename", old, new)
    assert done.returncode == 2
    assert words in done.stderr
    assert tree(root) == before


def test_a_file_that_cannot_be_changed_is_named(root: Path):
    """Many files may name a story: which one is to be changed by hand?"""
    other = root / "content/stories/2026/other.yml"
    other.write_text((root / STORY).read_text().replace("18:00", "18:30") + "updates: |-\n  meta-coreweave\n")
    done = citewire(root, "rename", "meta-coreweave", "meta-21bn")
    words = "citewire: content/stories/2026/other.yml: only a value of one line can be replaced\n"
    assert (done.returncode, done.stderr) == (2, words)


@pytest.mark.parametrize("words", [("rename", "meta-coreweave", "meta-21bn"), ("withdraw", "other", "--reason", "No.")])
def test_a_newsletter_may_lie_in_a_folder_that_is_called_editions(tmp_path: Path, words: tuple[str, ...]):
    """Nothing but what lies in its own such folder is an edition."""
    root = laid_over("_sound", tmp_path / "editions" / "mine")
    stories, told = root / "content/stories/2026", (root / STORY).read_text()
    (stories / "other.yml").write_text(told.replace("18:00", "18:30") + "updates: meta-coreweave\n")
    (stories / "later.yml").write_text(told.replace("18:00", "18:40") + "updates: other\n")
    done = citewire(root, *words)
    assert (done.returncode, problems(root)) == (0, []), done.stderr


def test_a_disk_that_takes_no_more_leaves_everything_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch):
    before, written = tree(root), rewriting.write_changed

    def full(path: Path, data: bytes) -> bool:
        if path == root / EDITION and b"meta-21bn" in data:
            raise OSError(28, "No space left on device", str(path))
        return written(path, data)

    monkeypatch.setattr(rewriting, "write_changed", full)
    done = CliRunner().invoke(main, ["rename", "-f", str(root / "mkdocs.yml"), "meta-coreweave", "meta-21bn"])
    assert (done.exit_code, "No space left" in done.stderr) == (IO_FAILURE, True)
    assert done.stderr.startswith("citewire: nothing was renamed, and no file is changed\n")
    assert tree(root) == before


@needs_a_signal
@pytest.mark.parametrize("left", range(4))
def test_a_renaming_that_was_killed_is_done_to_its_end_by_the_same_command(root: Path, left: int):
    """Before the new file, before the edition that names it, before the old file goes, and when that is gone."""
    killed(root, left, "rename", "meta-coreweave", "meta-21bn")
    again = citewire(root, "rename", "meta-coreweave", "meta-21bn")
    assert (again.returncode, (root / STORY).exists()) == (0, False), again.stderr
    assert again.stdout.splitlines()[0] == "content/stories/2026/meta-21bn.yml"
    assert again.stderr == ("citewire: `meta-coreweave` has the name `meta-21bn` already\n" if left == 3 else "")
    assert problems(root) == []
    assert "[@meta-21bn/krasa]" in (root / EDITION).read_text()
    assert '"meta-21bn"' in (root / "content/.schemas/edition.json").read_text()


def test_a_name_that_was_given_stays_given_by_whichever_name_it_had(root: Path):
    for old, new in (("meta-coreweave", "second"), ("second", "third"), ("2026-04-09", "2026-04-10")):
        assert citewire(root, "rename", old, new).returncode == 0
        before = tree(root)
        assert citewire(root, "rename", old, new).returncode == 0
        assert tree(root) == before
    assert (
        "there is no story or edition `meta-coreweaver`" in citewire(root, "rename", "meta-coreweaver", "third").stderr
    )


def test_a_draft_remembers_no_name_so_a_name_that_nothing_has_is_told_with_it(root: Path):
    citewire(root, "new", "story", "Whole story")
    done = citewire(root, "rename", "half-a-story", "whole-story")
    assert (done.returncode, "`whole-story`, a draft, which remembers no other name" in done.stderr) == (2, True)


def test_a_story_of_the_name_that_is_wanted_is_not_written_over(root: Path):
    """Though it was renamed from the same name: only what a killed renaming left is."""
    made = renaming(find(root / "mkdocs.yml"), "meta-coreweave", "meta-21bn")
    made.new.write_text(str(made.rewriting.after[made.new]).replace("dek:", "dek: Mine. #"))
    before = tree(root)
    assert "is the name of" in citewire(root, "rename", "meta-coreweave", "meta-21bn").stderr
    assert tree(root) == before


def whole(slug: str, **fields: str) -> Site:
    """A newsletter of one edition that has everything by which others know an edition."""
    note = Correction(make.NOON, "It said 20.", "It is 21.")
    edition = make.edition(
        slug, corrections=(note,), actions=(Point("Look", "Look. [@meta-coreweave/hubkub]"),), **fields
    )
    return make.traced(make.library(make.story(), edition))


def identities(site: Site, folder: Path) -> dict[str, object]:
    """By what everybody who was told of the edition would know it again."""
    (page,) = site.editions
    path = f"editions/{page.edition.slug}/"
    made = dict(make.files(site))
    comments = Additions(comments=Comments(isso="https://isso.example/"))
    declared = render(maker_of(site, additions=comments), Path("none"))
    (body,) = (item for item in declared if isinstance(item, PageArtifact) and item.path == path)
    html = dress.dress(body, lambda kind, depth: make.CHROME).make().decode()
    (folder / path).mkdir(parents=True)
    (folder / path / "index.html").touch()
    mail = {"sender": "desk@x.example", "postal_address": "1 Street", "unsubscribe": "https://x.example/{token}"}
    mailed = edition_mail(site, page.edition.slug, mail_settings(mail, site.newsletter), None)
    return {
        "rss": re.findall(r"<guid[^>]*>([^<]*)<", made["feeds/editions.rss.xml"]().decode()),
        "atom": re.findall(r"<id>([^<]*)<", made["feeds/editions.atom.xml"]().decode())[1:],
        "json": [item["id"] for item in json.loads(made["feeds/editions.json"]())["items"]],
        "corrections": [item["id"] for item in json.loads(made["feeds/corrections.json"]())["items"]],
        "api": json.loads(made[f"api/{path.rstrip('/')}.json"]())["id"],
        "evidence": json.loads(made[f"{path}evidence.json"]())["id"],
        "announced": [item.id for item in fresh(site, "editions", folder, make.NOON, timedelta(days=1))],
        "mail": re.findall(rb"(?m)^Message-ID: (.*)\r$", mailed.preview()),
        "service": mailed.issue().slug,
        "comments": re.findall(r'data-path="([^"]*)"', html),
        "ticks": re.findall(r'data-action="([^"]*)"', html),
        "book": re.findall(r"<dc:identifier[^>]*>([^<]*)<", package(site, Words("en", {}), [page], [], []).decode()),
    }


def test_everybody_who_was_told_of_an_edition_knows_it_again_by_another_name(tmp_path: Path):
    before = identities(whole("2026-04-11"), tmp_path)
    assert all(before.values())
    assert identities(whole("2026-04-10", renamed_from="2026-04-11"), tmp_path) == before
    (id_,) = before["rss"]
    assert {before["api"], before["evidence"], *before["announced"], *before["atom"], *before["json"]} == {id_}


def test_the_comments_of_an_edition_stay_with_it_by_another_name(root: Path):
    with serving({"/count": answer("[3]")}) as server:
        configure(root, comments={"isso": server.base})
        citewire(root, "rename", "2026-04-09", "2026-04-10")
        done = citewire(root, "comments")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(server.asked[-1].body) == ["/editions/2026-04-09/"]
    assert (root / "content/comments.yml").read_text().endswith("\n2026-04-10: 3\n")
