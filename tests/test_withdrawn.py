"""A story that was taken back: its address says so, nothing else shows it, and its name is never used again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from make import ROOT, all_links, files, library, page, site, story, words
from test_feeds import all_feeds

from generator.check.judging import check
from generator.cli.console import PROBLEMS
from generator.model.content import Withdrawal
from generator.model.site import Site
from generator.pipeline import Project, judge

GONE = Withdrawal("gone", date(2026, 4, 11), date(2026, 5, 3), "It was <b>forged</b>.", "Acme orders chips")


def taken_back(**fields: object) -> Site:
    return site(story("kept"), withdrawn={"gone": GONE}, **fields)


def test_its_address_says_when_and_why():
    said = words(page(taken_back(), "stories/gone/").find("body"))
    assert "Acme orders chips" in said
    assert "Published on 11 April 2026 and withdrawn on 3 May 2026" in said
    assert "It was <b>forged</b>." in said


def test_search_engines_are_asked_to_forget_it():
    named = [e.get("content") for e in page(taken_back(), "stories/gone/").iter("meta") if e.get("name") == "robots"]
    assert named == ["noindex"]


def test_the_page_of_corrections_tells_of_it():
    root = page(taken_back(), "corrections/")
    assert "Withdrawn Acme orders chips Published on 11 April 2026" in words(root.find("body"))
    assert "../stories/gone/" in list(all_links(root))


def test_nothing_else_of_the_site_knows_it():
    made = dict(files(taken_back()))
    assert [path for path in made if "gone" in path] == ["stories/gone/index.html"]
    others = [path for path, make in made.items() if "stories/gone" in make().decode("utf-8", "replace")]
    assert sorted(others) == ["corrections/index.html", "stories/gone/index.html"]
    assert all(b"Acme" not in data for data in all_feeds(taken_back()).values())


def found(*items: object) -> set[str]:
    return {problem.rule for problem in check(library(*items, withdrawn={"gone": GONE}), {})}


@pytest.mark.parametrize(
    ("again", "rule"),
    [
        (story("gone"), "withdrawn-name"),
        (story("other", renamed_from="gone"), "taken-alias"),
        (story("other", aliases=("stories/gone",)), "taken-alias"),
    ],
)
def test_no_other_story_takes_its_name_or_its_address(again: object, rule: str):
    assert rule in found(again)


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


def test_a_slip_in_the_file_is_named(newsletter: Path):
    (newsletter / "content/withdrawn.yml").write_text("acme:\n  published: 2026-04-11\n  withdrawn: soon\n")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check"], cwd=newsletter, capture_output=True, text=True, check=False
    )
    assert done.returncode == PROBLEMS
    assert "content/withdrawn.yml:3:14: error" in done.stderr
    assert "why" in done.stderr
