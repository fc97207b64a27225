"""Drafts and what is published later: nobody sees it before its time, and nothing else waits for it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from generator.check.judging import check
from generator.link.site import link
from generator.model.out import held, out, preview
from generator.options import find
from generator.pipeline import judge
from tests.folders import citewire_here as citewire
from tests.make import NOON, edition, library, print_of, story
from tests.test_cases import laid_over

LATER = NOON + timedelta(hours=1)
STORY = "content/stories/2026/meta-coreweave.yml"
UNKNOWN = "plain_terms: [token]\n"
"""An error that leaves the rest of a story to be judged: there is no such term."""


def write(root: Path, text: str, file: str = STORY) -> None:
    path = root / file
    path.write_text(path.read_text() + text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid_over("_sound", tmp_path)


def test_a_draft_is_on_no_page():
    found = out(library(story("told"), story("kept", draft=True), edition("2026-04-11", "told")), LATER)
    assert (list(found.stories), list(found.editions)) == (["told"], ["2026-04-11"])


def test_what_is_published_later_comes_out_at_its_time():
    later = library(story("told", published=LATER), edition("2026-04-11", "told", published=LATER))
    assert not out(later, NOON).stories
    assert not out(later, LATER - timedelta(seconds=1)).editions
    assert out(later, LATER) == later


def test_an_edition_that_is_out_is_whole():
    early = library(story("told", published=LATER), edition("2026-04-11", "told"))
    assert list(out(early, NOON).stories) == ["told"]
    waiting = library(story("told", draft=True), edition("2026-04-11", "told"))
    assert not out(waiting, LATER).editions


def test_a_story_that_no_edition_shows_comes_out_at_its_own_time():
    waiting = library(story("told"), story("later", published=LATER))
    assert list(out(waiting, NOON).stories) == ["told"]
    assert list(out(waiting, LATER).stories) == ["told", "later"]


def test_a_preview_shows_everything_and_marks_what_is_not_out():
    seen = preview(library(story("told"), story("kept", published=LATER), edition("2026-04-11", "told")), NOON)
    assert {slug: s.draft for slug, s in seen.stories.items()} == {"told": False, "kept": True}


def test_a_preview_is_told_apart_from_the_published_page():
    """What stands is not made again when its digest is the same."""
    later = library(
        story("told", published=LATER, digest="x"), edition("2026-04-11", "told", published=LATER, digest="y")
    )
    seen = preview(later, NOON)
    assert seen.stories["told"].made_of != later.stories["told"].made_of
    assert seen.editions["2026-04-11"].made_of != later.editions["2026-04-11"].made_of


def test_the_moment_changes_nothing_but_what_is_out():
    both = library(story("told"), edition("2026-04-11", "told"))
    now, later = (link(out(both, moment), "https://a.example/") for moment in (NOON, NOON + timedelta(days=900)))
    assert print_of(now) == print_of(later)


def test_an_edition_that_is_no_draft_may_not_name_one():
    named = library(story("told", draft=True), edition("2026-04-11", "told"))
    assert [p.path for p in check(named) if p.rule == "draft-story"] == [("stories", 0)]
    drafts = library(story("told", draft=True), edition("2026-04-11", "told", draft=True))
    assert [p for p in check(drafts) if p.rule == "draft-story"] == []


def test_a_draft_in_no_edition_is_nothing_to_be_told_of():
    assert "lonely-story" not in {p.rule for p in check(library(story("told", draft=True)))}


def test_an_unfinished_draft_does_not_keep_the_rest_from_readers(root: Path):
    draft = root / "content/stories/2026/half.yml"
    draft.write_text("title: Half\ndek:\nsection: policy\npublished: 2026-04-09T18:00:00Z\ndraft: true\n")
    found, problems = judge(find(root / "mkdocs.yml"))
    assert [(p.rule, p.severity) for p in problems] == [("empty", "warning")]
    assert list(found.stories) == ["meta-coreweave"]


def test_a_draft_edition_of_an_unfinished_story_is_left_out_as_well(root: Path):
    write(root, "draft: true\nsentiment: great\n")
    write(root, "draft: true\n", "content/editions/2026-04-09.yml")
    found, problems = judge(find(root / "mkdocs.yml"))
    assert [p.severity for p in problems] == ["warning"]
    assert (found.stories, found.editions) == ({}, {})


def test_an_error_in_a_draft_that_an_edition_shows_is_an_error_of_the_edition(root: Path):
    write(root, "draft: true\nsentiment: great\n")
    _, problems = judge(find(root / "mkdocs.yml"))
    assert [(p.rule, p.severity) for p in problems] == [("draft-story", "error"), ("wrong-type", "warning")]


@pytest.mark.parametrize("word", ["yes", "True", "1", "draft"])
def test_draft_takes_true_or_false(root: Path, word: str):
    write(root, f"draft: {word}\n")
    _, problems = judge(find(root / "mkdocs.yml"))
    assert [p.what for p in problems] == [f"`draft` should be `true` or `false`, but is `{word}`"]


def test_each_claim_of_a_draft_is_shown_with_its_evidence_while_the_draft_has_errors(root: Path):
    write(root, f"draft: true\n{UNKNOWN}")
    done = citewire(root, "check", "--trace")
    assert "1 warning" in done.stderr
    assert f"{STORY}\n" in done.stdout
    assert "\n0 claims" not in done.stdout


@pytest.mark.parametrize("mistake", ["", UNKNOWN])
def test_what_is_not_out_at_a_time_is_told_with_the_reason(root: Path, mistake: str):
    write(root, f"draft: true\n{mistake}")
    done = citewire(root, "check", "--now", "2027-01-01T07:00:00Z")
    when = "not out at 2027-01-01T07:00:00+00:00"
    assert f"content/stories/2026/meta-coreweave.yml: {when}: it is a draft\n" in done.stderr
    assert f"content/editions/2026-04-09.yml: {when}: it names the draft meta-coreweave\n" in done.stderr


def test_what_comes_out_later_is_told_until_then():
    told = library(story("told"), edition("2026-04-11", "told"))
    assert [why for _, why in held(told, NOON - timedelta(hours=1))] == [f"it is published {NOON.isoformat()}"] * 2
    assert list(held(told, NOON)) == []
