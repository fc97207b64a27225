"""What is shown of a save before the site is built is what the build makes, or nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.check.rules import Setting
from generator.dress import Chromes
from generator.host.ahead import Ahead, Built, ahead, is_written
from generator.link.site import link
from generator.model.additions import Additions, Comments
from generator.model.out import preview
from generator.model.problems import Problem
from generator.pipeline import judged
from generator.production import Host, produce_by, recipe_of
from generator.project import Project
from tests import test_incremental as archive
from tests.test_incremental import CHROME, RULES, beginning, write

pytestmark = pytest.mark.usefixtures("no_story_is_too_young")
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
"""Some of the stories are not out by then."""
OF_ITEMS = (
    *(archive.new_title, archive.new_text, archive.new_day, archive.corrected, archive.other_subjects),
    *(archive.other_publisher, archive.a_score, archive.an_update, archive.another_line, archive.a_focus),
    archive.what_changed,
)
"""Edits that change files of stories and editions, and neither add nor remove one."""


def built(folder: Path, own: Path | None = None, **rules: Setting) -> Built:
    """A site that is served, and what the build of it left."""
    additions = Additions(comments=Comments(isso="https://comments.example/"))
    project = Project(folder, folder / "content", templates=own, additions=additions, rules={**RULES, **rules})
    judgement = judged(project)
    assert not errors(judgement.problems)
    library = preview(judgement.library, NOW)
    site = link(library, "https://footnote.example/")
    recipe = recipe_of(site, library, project, Host(Chromes(lambda kind, depth: CHROME), {}, ()))
    produce_by(recipe, site, folder / "site", lambda done, of: None, lambda: None)
    return Built(judgement, site, recipe, NOW)


def errors(problems: Collection[Problem]) -> set[Problem]:
    return {problem for problem in problems if problem.is_error}


def texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in (folder / "content").rglob("*.yml")}


def saved(before: dict[str, str], folder: Path) -> set[str]:
    now = texts(folder)
    assert now.keys() == before.keys()
    return {file for file in now if now[file] != before[file]}


@settings(max_examples=12, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(OF_ITEMS), st.integers(0, 9999)), min_size=4, max_size=8))
def test_what_is_shown_ahead_is_what_the_build_makes(tmp_path_factory, edits):
    """However many saves there were since the last build, of which only the last is asked for."""
    folder = tmp_path_factory.mktemp("newsletter")
    state = beginning()
    write(state, folder)
    last, changed = built(folder), set[str]()
    for edit, seed in edits:
        before = texts(folder)
        edit(state, random.Random(seed))
        write(state, folder)
        now = saved(before, folder)
        changed |= now
        shown = ahead(last, changed, now)
        assert shown is not None
        whole = judged(last.recipe.project)
        assert errors(shown.problems) <= errors(whole.problems)
        if not errors(whole.problems) and seed % 3:
            last, changed = built(folder), set()
            assert shown.pages.keys() >= {f"{Path(file).parent.name}/{Path(file).stem}/index.html" for file in now}
            for path, data in shown.pages.items():
                assert (folder / "site" / path).read_bytes() == data, path
    shutil.rmtree(folder)


def one_changed(folder: Path, old: str, new: str, file: str = "content/stories/story-3.yml") -> Ahead | None:
    """What is shown of an edit to a sound archive."""
    write(beginning(), folder)
    last = built(folder)
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    return ahead(last, {file}, {file})


def test_a_source_that_another_story_cites_leads_to_its_page_at_once(tmp_path: Path):
    shown = one_changed(tmp_path, "https://a.example/3", "https://a.example/4")
    assert shown
    assert b"sources/" in shown.pages["stories/story-3/index.html"]
    built(tmp_path)
    for path, data in shown.pages.items():
        assert (tmp_path / "site" / path).read_bytes() == data


def test_the_editions_that_show_a_story_are_shown_with_it(tmp_path: Path):
    shown = one_changed(tmp_path, "Story 3", "Another headline")
    assert shown
    assert len(shown.pages) == 2
    assert all(b"Another headline" in data for data in shown.pages.values())


def test_the_front_page_is_shown_where_it_shows_the_edition(tmp_path: Path):
    edition = max((tmp_path / "content/editions").glob("*.yml"), default=None)
    assert edition is None
    write(beginning(), tmp_path)
    newest = max((tmp_path / "content/editions").glob("*.yml")).relative_to(tmp_path).as_posix()
    shown = one_changed(tmp_path, "In short.", "In one line.", newest)
    assert shown
    assert b"In one line." in shown.pages["index.html"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("section: ", "section: no", "unknown-section"),
        ("[@a]", "[@z]", "unknown-citation"),
        ("title: Story 3", "title: [", "yaml-syntax"),
        ("dek: ", "image: {file: none.png, alt: None, credit: Us}\ndek: ", "bad-image"),
    ],
)
def test_a_mistake_is_shown_where_it_stands_and_no_page(tmp_path: Path, old: str, new: str, rule: str):
    shown = one_changed(tmp_path, old, new)
    assert shown
    assert not shown.pages
    found = errors(shown.problems)
    assert {problem.rule for problem in found} >= {rule}
    assert found == errors(judged(Project(tmp_path, tmp_path / "content", rules=RULES)).problems)
    assert all(problem.line and problem.column for problem in found)


def test_a_mistake_stays_until_its_own_file_is_mended(tmp_path: Path):
    """Though another file was saved since, which has none."""
    write(beginning(), tmp_path)
    last = built(tmp_path)
    wrong, other = (f"content/stories/story-{number}.yml" for number in (3, 4))
    text = (tmp_path / wrong).read_text()
    (tmp_path / wrong).write_text(text.replace("[@a]", "[@z]"))
    (tmp_path / other).write_text((tmp_path / other).read_text().replace("Story 4", "Story Four"))
    shown = ahead(last, {wrong, other}, {other})
    assert shown
    assert {problem.file for problem in errors(shown.problems)} == {wrong}
    (tmp_path / wrong).write_text(text)
    shown = ahead(last, {wrong, other}, {wrong})
    assert shown
    assert not shown.problems
    assert "stories/story-3/index.html" in shown.pages


def test_what_is_wrong_in_a_draft_stops_nothing_and_the_draft_is_left_out(tmp_path: Path):
    state = beginning()
    state["stories"]["begun"] = archive.a_story(5, random.Random(1))
    write(state, tmp_path)
    last, file = built(tmp_path), "content/stories/begun.yml"
    state["stories"]["begun"] |= {"draft": True, "body": "It is so. [@z]"}
    write(state, tmp_path)
    assert [problem.rule for problem in judged(last.recipe.project).problems if problem.file == file]
    assert ahead(last, {file}, {file}) == Ahead({})


def test_a_warning_is_shown_in_place_of_a_page_where_it_would_stop_the_build(tmp_path: Path):
    write(beginning(), tmp_path)
    last, file = built(tmp_path, **{"unused-source": "warning"}), "content/stories/story-3.yml"
    (tmp_path / file).write_text((tmp_path / file).read_text().replace(" And so. [@b]", ""))
    mild, strict = (ahead(replace(last, is_strict=strict), {file}, {file}) for strict in (False, True))
    assert mild
    assert mild.pages
    assert mild.problems == ()
    assert strict
    assert not strict.pages
    assert {problem.rule for problem in strict.problems} == {"unused-source"}


def test_where_the_chrome_would_be_another_one_a_build_is_waited_for(tmp_path: Path):
    write(beginning(), tmp_path)
    last = built(tmp_path)
    file = tmp_path / "content/stories/story-3.yml"
    other = "policy" if "section: tech" in file.read_text() else "tech"
    file.write_text(file.read_text().replace("section: ", f"section: {other}\n#"))
    name = "content/stories/story-3.yml"
    assert ahead(last, {name}, {name}, lambda site: False) is None
    assert ahead(last, {name}, {name}, lambda site: True) is not None


def test_where_a_template_may_show_anything_a_build_is_waited_for(tmp_path: Path):
    write(beginning(), tmp_path)
    own = tmp_path / "overrides/citewire"
    own.mkdir(parents=True)
    (own / "archive.html").write_text("{{ site.newest_first[0].story.title }}")
    name = "content/stories/story-3.yml"
    assert ahead(built(tmp_path, own), {name}, {name}) is None


def test_only_files_of_stories_and_editions_that_were_read_are_shown_ahead(tmp_path: Path):
    write(beginning(), tmp_path)
    last = built(tmp_path)
    edition = next((tmp_path / "content/editions").iterdir()).relative_to(tmp_path).as_posix()
    assert is_written(last, "content/stories/story-3.yml")
    assert is_written(last, edition)
    for other in ("content/stories/story-99.yml", "content/stories/x/story-3.yml", "content/topics.yml", "mkdocs.yml"):
        assert not is_written(last, other)
