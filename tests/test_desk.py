"""The desk: beginning, publishing and renaming, as an editor does it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml

from generator.cli.console import taken_back
from generator.desk.files import DeskError
from generator.desk.known import in_zone
from generator.desk.release import release
from generator.options import find
from generator.pipeline import judge
from generator.project import Project
from generator.texts.slugs import slug_from
from tests.folders import citewire_here as citewire
from tests.folders import tree
from tests.test_cases import laid_over

ROOT = Path(__file__).parent.parent
MORNING = "2026-04-10T07:00:00-04:00"
STORY = "content/stories/2026/meta-coreweave.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = laid_over("_sound", tmp_path)
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text().replace("{cut-text: off,", "{cut-text: off, one-publisher: off,"))
    return folder


def fill(path: Path, **values: str) -> None:
    """Fill empty fields of a file, as an editor does."""
    text = path.read_text()
    for name, value in values.items():
        text = "".join(
            f"{name}: {value}\n" if line.startswith(f"{name}:") else line for line in text.splitlines(keepends=True)
        )
    path.write_text(text)


def begun(root: Path) -> tuple[Path, Path]:
    """A story and an edition of the morning, filled in."""
    citewire(root, "new", "story", "Chips sell out", "--section", "policy", now=MORNING)
    citewire(root, "new", "edition", now=MORNING)
    story, edition = root / "content/stories/2026/chips-sell-out.yml", root / "content/editions/2026-04-10.yml"
    fill(story, dek="All of them.", citations='{a: {url: "https://a.example/1", title: T, publisher: krasa}}')
    story.write_text(story.read_text().replace("body: |\n", "body: |\n  Gone. [@a]\n"))
    fill(edition, title="Chips", dek="Gone.", one_line="Chips sell out.")
    return story, edition


def test_a_new_story_is_a_draft_that_says_what_it_lacks(root: Path):
    done = citewire(root, "new", "story", "Meta's $21 billion: “what it buys”", now=MORNING)
    assert (done.returncode, done.stdout) == (0, "content/stories/2026/metas-21-billion-what-it-buys.yml\n")
    text = (root / done.stdout.strip()).read_text()
    assert text.startswith("# yaml-language-server: $schema=../../.schemas/story.json\n")
    assert (root / "content/.schemas/story.json").is_file()
    value = yaml.safe_load(text)
    assert (value["title"], value["draft"]) == ("Meta's $21 billion: “what it buys”", True)
    assert "published: 2026-04-10T07:00:00-04:00\n" in text
    check = citewire(root, "check")
    assert check.returncode == 0
    assert "warning: `dek` is empty" in check.stderr


def test_an_edition_of_another_day_is_begun_for_the_usual_hour(root: Path):
    citewire(root, "new", "edition", "2026-04-11", now=MORNING)
    assert "published: 2026-04-11T19:00:00-04:00\n" in (root / "content/editions/2026-04-11.yml").read_text()


def test_a_new_edition_knows_its_day_hour_and_stories(root: Path):
    citewire(root, "new", "story", "One", now=MORNING)
    done = citewire(root, "new", "edition", now=MORNING)
    assert done.stdout == "content/editions/2026-04-10.yml\n"
    text = (root / done.stdout.strip()).read_text()
    assert f"published: {MORNING}\n" in text
    assert "\n  - one    # One\n" in text
    assert "meta-coreweave" not in text
    assert yaml.safe_load(text)["made_by"] == {"editor": "The desk", "machine": "none"}


def test_a_new_edition_has_the_stories_of_its_day_however_their_fields_are_written(root: Path):
    citewire(root, "new", "story", "One", now=MORNING)
    file = root / "content/stories/2026/one.yml"
    text = re.sub(r"(?m)^draft: true.*\n", "", file.read_text())
    file.write_text(re.sub(r"(?m)^(published|title):", r'"\1":', text))
    assert '\n"published": ' in file.read_text()
    citewire(root, "new", "edition", now=MORNING)
    assert "\n  - one    # One\n" in (root / "content/editions/2026-04-10.yml").read_text()


def test_a_new_edition_has_the_most_important_story_first(root: Path):
    weighed = (("one", ""), ("two", "{score: 3, why: It is small.}"), ("three", "\n  score: 10\n  why: All."))
    for name, importance in weighed:
        citewire(root, "new", "story", name, now=MORNING)
        with (root / f"content/stories/2026/{name}.yml").open("a") as story:
            story.write(f"importance: {importance}\n" if importance else "")
    citewire(root, "new", "edition", now=MORNING)
    assert yaml.safe_load((root / "content/editions/2026-04-10.yml").read_text())["stories"] == ["three", "two", "one"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["story", "Meta coreweave"], "already"),
        (["story", "메타"], "give one with --name"),
        (["story", "2026"], "give one with --name"),
        (["story", "X", "--section", "polics"], "there is no section `polics`; known: big-tech, policy"),
        (["edition", "2026-04-09"], "already"),
        (["story", " "], "a story begins with its headline: write it behind `story`, in quotation marks"),
        (["edition", "tomorrow"], "is not a day: write it as 2026-04-11."),
        (["edition", "today"], "is not a day: leave it out for today's edition."),
        (["edition", "2026-4-9"], "is not a day: write it as 2026-04-09."),
        (["edition", "11.04.2026"], "is not a day: write it as 2026-04-11."),
    ],
)
def test_a_new_file_never_takes_the_place_of_another(root: Path, arguments: list[str], words: str):
    before = tree(root)
    done = citewire(root, "new", *arguments, now=MORNING)
    assert done.returncode == 2
    assert words in done.stderr
    assert tree(root) == before


def test_the_editor_of_the_environment_is_opened_when_it_is_asked_for(root: Path, tmp_path: Path):
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho "byline: Me" >> "$1"\n')
    editor.chmod(0o755)
    citewire(root, "new", "story", "One", "--edit", now=MORNING, EDITOR=str(editor), VISUAL=str(editor))
    assert (root / "content/stories/2026/one.yml").read_text().endswith("byline: Me\n")


def test_an_editor_that_is_not_there_is_told_and_the_file_is(root: Path):
    done = citewire(root, "new", "story", "One", "--edit", now=MORNING, EDITOR="no-such-editor -w", VISUAL="")
    assert done.returncode == 2
    assert done.stdout == "content/stories/2026/one.yml\n"
    assert "citewire: there is no program `no-such-editor`, which EDITOR or VISUAL names" in done.stderr


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Über-Chips & Co.", "uber-chips-co"),
        ("Größere Straßen", "grossere-strassen"),
        ("Ærlig: Łódź på Ø, Þór", "aerlig-lodz-pa-o-thor"),
        ("Meta’s move", "metas-move"),
        ("메타", ""),
        ("a" * 80, "a" * 60),
    ],
)
def test_a_title_gives_a_name(title: str, slug: str):
    assert slug_from(title) == slug


@pytest.mark.parametrize(
    ("title", "language", "slug"),
    [
        ("Märkte & Öl", "de", "maerkte-oel"),
        ("Ma\u0308rkte", "de-AT", "maerkte"),
        ("Größere Straßen", "de", "groessere-strassen"),
        ("Västerås", "sv", "vasteras"),
    ],
)
def test_a_name_is_written_out_as_its_language_does(title: str, language: str, slug: str):
    assert slug_from(title, language) == slug


def test_a_long_title_is_cut_between_words():
    assert slug_from("word " * 30) == "-".join(["word"] * 12)


def test_times_stand_in_the_zone_of_the_newsletter():
    now = datetime(2026, 4, 10, 11, 0, 42, tzinfo=UTC)
    like = datetime(2026, 4, 9, 19, tzinfo=timezone(timedelta(hours=9, minutes=30)))
    assert in_zone(now, like).isoformat() == "2026-04-10T20:30:00+09:30"


def test_publishing_stamps_builds_and_says_what_is_new(root: Path):
    story, edition = begun(root)
    done = citewire(root, "publish", "2026-04-10", now="2026-04-10T07:30:00-04:00")
    assert (done.returncode, done.stderr) == (0, "")
    for path in (story, edition):
        assert "draft:" not in path.read_text()
        assert "published: 2026-04-10T07:30:00-04:00\n" in path.read_text()
    assert "New, 1 story:\n  Chips sell out\n    https://the-footnote.example/stories/chips-sell-out/\n" in done.stdout
    assert "  Chips sell out.\n  https://the-footnote.example/editions/2026-04-10/\n" in done.stdout
    assert "Feeds that changed: editions, stories, and those of 7 sections, topics, " in done.stdout
    assert (root / "site/stories/chips-sell-out/index.html").is_file()


def test_what_was_published_cannot_change_in_silence(root: Path):
    story, _ = begun(root)
    done = citewire(root, "publish", "2026-04-10", now="2026-04-10T07:30:00-04:00")
    signed = ", ".join(f"content/published/{name}.txt" for name in ("2026-04", "authority", "feeds"))
    assert done.stdout.endswith(f"\nSigned in {signed}\n")
    names = {line.split()[0] for line in (root / "content/published/2026-04.txt").read_text().splitlines()[1:]}
    assert names == {"chips-sell-out", "editions/2026-04-10"}
    story.write_text(story.read_text().replace("Gone. [@a]", "Sold. [@a]"))
    done = citewire(root, "build")
    assert (done.returncode, "[silent-change]" in done.stderr) == (1, True)
    story.write_text(story.read_text() + "edits: [{date: 2026-04-10T08:00:00-04:00, what: a word}]\n")
    assert citewire(root, "publish", "2026-04-10", now="2026-04-10T09:00:00-04:00").returncode == 0
    assert citewire(root, "sign").returncode == 0


def test_who_publishes_a_day_of_long_ago_is_told_that_feeds_have_no_room_for_it(root: Path):
    story, edition = begun(root)
    told = "chips-sell-out is older than what the feed of stories has room for: who follows it will not meet it."
    for number in range(30):
        newer = story.with_name(f"newer-{number}.yml")
        newer.write_text(re.sub(r"(?m)^draft:.*\n", "", story.read_text()))
        fill(newer, title=f"Newer {number}", published=f"2026-05-{number + 1:02}T07:00:00-04:00")
    fill(edition, published="2026-04-10T07:00:00-04:00")
    done = citewire(root, "publish", "2026-04-10", "--no-strict", now="2026-06-02T07:30:00-04:00")
    assert done.returncode == 0, done.stderr
    assert told in done.stderr
    assert "the day of what it tells as `event`" in done.stderr


def test_what_is_not_out_yet_is_not_signed(root: Path):
    _, edition = begun(root)
    fill(edition, published="2026-04-10T18:00:00-04:00")
    citewire(root, "publish", "2026-04-10", now=MORNING)
    assert not (root / "content/published").exists()


def test_publishing_again_changes_nothing(root: Path):
    begun(root)
    citewire(root, "publish", "2026-04-10", now="2026-04-10T07:30:00-04:00")
    before = tree(root)
    done = citewire(root, "publish", "2026-04-10", now="2026-04-10T09:00:00-04:00")
    assert done.returncode == 0
    assert "New" not in done.stdout
    assert tree(root) == before


KILLED = """
import os, signal, sys
from generator.cli import main
left = {left}
def hook(event, arguments):
    global left
    if event in ("os.rename", "os.remove") and "content" in str(arguments[0]):
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
sys.addaudithook(hook)
main()
"""
"""The command, killed before it writes or deletes one more file of the content than it may."""


def killed(root: Path, left: int, *words: str) -> None:
    """Run the command, which is killed when it has changed so many files of the content."""
    command = [sys.executable, "-c", KILLED.format(left=left), *words]
    done = subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == -signal.SIGKILL


def second(root: Path, edition: Path) -> Path:
    """One more story in the edition of the morning."""
    story = root / "content/stories/2026/two.yml"
    story.write_text((story.parent / "chips-sell-out.yml").read_text().replace("Chips sell out", "Chips are back"))
    edition.write_text(edition.read_text().replace("  - chips-sell-out ", "  - two\n  - chips-sell-out "))
    return story


def out(path: Path) -> None:
    """Take the mark of a draft from a file."""
    path.write_text("".join(line for line in path.read_text().splitlines(keepends=True) if "draft:" not in line))


needs_a_signal = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills")


@needs_a_signal
@pytest.mark.parametrize("left", range(4))
def test_publishing_that_was_killed_ends_as_if_nothing_had_happened(root: Path, left: int):
    """Before each of three files is stamped, and before the journal is written."""
    story, edition = begun(root)
    other = second(root, edition)
    killed(root, left, "publish", "2026-04-10", "--now", "2026-04-10T07:30:00-04:00")
    done = citewire(root, "publish", "2026-04-10", now="2026-04-10T07:32:00-04:00")
    assert (done.returncode, done.stderr) == (0, "")
    for path in (story, other, edition):
        assert "draft:" not in path.read_text()
        assert "published: 2026-04-10T07:3" in path.read_text()
        assert "updated:" not in path.read_text()
    assert "New, 2 stories:\n" in done.stdout
    assert "Signed in content/published/2026-04.txt, content/published/authority.txt" in done.stdout
    assert citewire(root, "check").stderr == ""


@needs_a_signal
def test_an_edition_that_shows_a_new_story_says_so_though_publishing_it_was_killed(root: Path):
    story, edition = begun(root)
    out(edition)
    killed(root, 1, "publish", "2026-04-10", "--now", "2026-04-10T07:30:00-04:00")
    assert "draft: true" in story.read_text()
    assert citewire(root, "publish", "2026-04-10", now="2026-04-10T07:32:00-04:00").returncode == 0
    assert "updated: 2026-04-10T07:32:00-04:00\n" in edition.read_text()


def test_what_waits_for_its_time_is_not_updated_before(root: Path):
    story, edition = begun(root)
    fill(edition, published="2026-04-10T18:00:00-04:00")
    out(edition)
    assert citewire(root, "publish", "2026-04-10", now=MORNING).returncode == 0
    assert "updated:" not in edition.read_text()
    assert "published: 2026-04-10T18:00:00-04:00\n" in story.read_text()


def test_what_was_never_out_is_no_update_of_anything(root: Path):
    """A draft, and what comes out later."""
    story, _ = begun(root)
    for _ in range(2):
        done = citewire(root, "publish", "2026-04-09", "--updated", "chips-sell-out", now=MORNING)
        assert (done.returncode, "`chips-sell-out` was never out" in done.stderr) == (2, True)
        out(story)
        fill(story, published="2026-04-10T18:00:00-04:00")


def test_with_a_problem_nothing_is_stamped_or_published(root: Path):
    story, _ = begun(root)
    story.write_text(story.read_text().replace("[@a]", "[@b]"))
    before = tree(root)
    done = citewire(root, "publish", "2026-04-10", now=MORNING)
    assert done.returncode == 1
    assert "error: there is no source `@b`" in done.stderr
    assert tree(root) == before


def test_where_the_site_cannot_be_built_nothing_stays_stamped(root: Path):
    begun(root)
    (root / "overrides/citewire").mkdir(parents=True)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("name: material", "name: material\n  custom_dir: overrides"))
    (root / "overrides/citewire/story.html").write_text("{{ nosuch }}")
    before = tree(root)
    done = citewire(root, "publish", "2026-04-10", now=MORNING)
    assert done.returncode == 2
    assert "story.html:1: 'nosuch' is undefined\n" in done.stderr
    assert done.stderr.endswith("citewire: nothing was stamped, and no file is changed\n")
    assert tree(root) == before
    (root / "overrides/citewire/story.html").unlink()
    assert "New, 1 story:\n  Chips sell out\n" in citewire(root, "publish", "2026-04-10", now=MORNING).stdout


def test_what_somebody_else_writes_while_a_site_is_built_in_vain_stays(root: Path):
    story, edition = begun(root)
    made = release(find(root / "mkdocs.yml"), "2026-04-10", datetime.fromisoformat(MORNING))
    before, told = edition.read_bytes(), []

    def interrupted() -> None:
        assert "draft:" not in edition.read_text()
        story.write_text("what I write now")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), made.rewriting.done(told.append):
        interrupted()
    assert (story.read_text(), edition.read_bytes(), told) == ("what I write now", before, [[]])
    with pytest.raises(DeskError, match="was changed meanwhile"), made.rewriting.done(told.append):
        pass


def test_a_file_that_cannot_be_taken_back_is_named(root: Path):
    story, edition = begun(root)
    made = release(find(root / "mkdocs.yml"), "2026-04-10", datetime.fromisoformat(MORNING))
    before, told = edition.read_bytes(), []

    def interrupted() -> None:
        story.unlink()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), made.rewriting.done(told.append):
        interrupted()
    assert (edition.read_bytes(), told) == (before, [[story]])


def test_a_problem_is_told_at_its_line_in_the_file_that_is_there(root: Path):
    story, _ = begun(root)
    story.write_text(story.read_text().replace("[@a]", "[@b]"))
    lines = story.read_text().splitlines()
    cited, drafted = (next(n for n, line in enumerate(lines, 1) if words in line) for words in ("[@b]", "draft:"))
    assert drafted < cited
    done = citewire(root, "publish", "2026-04-10", now=MORNING)
    assert f"chips-sell-out.yml:{cited}:{lines[cited - 1].index('@b') + 1}: error: there is no source" in done.stderr


def test_a_warning_on_the_edition_stands_in_the_way_and_one_elsewhere_does_not(root: Path):
    story, _ = begun(root)
    citewire(root, "new", "story", "Half a story", now="2026-04-12T07:00:00-04:00")
    fill(story, citations='{a: {url: "https://a.example/1", publisher: krasa}}')
    done = citewire(root, "publish", "2026-04-10", now=MORNING)
    assert (done.returncode, "[untitled-source]" in done.stderr, "half" in done.stderr) == (1, True, False)
    assert done.stderr.endswith("nothing was stamped: a warning counts here, unless you say --no-strict\n")
    assert citewire(root, "publish", "2026-04-10", "--no-strict", now=MORNING).returncode == 0


def test_an_edition_with_a_time_ahead_is_scheduled(root: Path):
    _, edition = begun(root)
    fill(edition, published="2026-04-10T18:00:00-04:00")
    done = citewire(root, "publish", "2026-04-10", now=MORNING)
    assert done.stdout == "2026-04-10 is scheduled for 2026-04-10T18:00:00-04:00: build the site again then.\n"
    assert not (root / "site/editions/2026-04-10").exists()
    assert not (root / "site/stories/chips-sell-out").exists()
    citewire(root, "build", now="2026-04-10T18:00:00-04:00")
    assert (root / "site/editions/2026-04-10/index.html").is_file()
    assert (root / "site/stories/chips-sell-out/index.html").is_file()


def test_publishing_can_be_tried_and_changes_nothing(root: Path):
    story, edition = begun(root)
    before = tree(root / "content")
    done = citewire(root, "publish", "2026-04-10", "--dry-run", now=MORNING)
    named = [path.relative_to(root) for path in (story, edition)]
    assert done.stdout.splitlines() == [
        f"2026-04-10 would be out, with the time {MORNING}",
        *(f"{path} (would be changed)" for path in named),
        "The site would be built, and what is out signed.",
    ]
    assert (done.returncode, done.stderr) == (0, "")
    assert (tree(root / "content"), (root / "site").exists()) == (before, False)
    fill(edition, published="2026-04-10T18:00:00-04:00")
    tried = citewire(root, "publish", "2026-04-10", "--dry-run", now=MORNING)
    assert tried.stdout.startswith("2026-04-10 would be scheduled for 2026-04-10T18:00:00-04:00\n")
    assert tried.stdout.endswith("The site would be built.\n")
    story.write_text(story.read_text().replace("[@a]", "[@b]"))
    wrong = citewire(root, "publish", "2026-04-10", "--dry-run", now=MORNING)
    assert (wrong.returncode, "there is no source" in wrong.stderr) == (1, True)


def test_a_story_that_comes_later_marks_the_edition_as_updated(root: Path):
    citewire(root, "new", "story", "Late news", "--section", "policy", now="2026-04-09T20:00:00-04:00")
    late = root / "content/stories/2026/late-news.yml"
    fill(late, dek="Late.", citations='{a: {url: "https://a.example/1", title: T, publisher: krasa}}')
    late.write_text(late.read_text().replace("body: |\n", "body: |\n  Gone. [@a]\n"))
    edition = root / "content/editions/2026-04-09.yml"
    edition.write_text(edition.read_text().replace("[meta-coreweave]", "[meta-coreweave, late-news]"))
    done = citewire(root, "publish", "2026-04-09", now="2026-04-09T20:30:00-04:00")
    assert done.returncode == 0, done.stderr
    assert "published: 2026-04-09T20:30:00-04:00\n" in late.read_text()
    assert "updated: 2026-04-09T20:30:00-04:00\n" in edition.read_text()


def test_a_story_is_stamped_as_updated_when_it_is_named(root: Path):
    done = citewire(root, "publish", "2026-04-09", "--updated", "meta-coreweave", now=MORNING)
    assert done.returncode == 0, done.stderr
    lines = (root / STORY).read_text().splitlines()
    at = lines.index(f"updated: {MORNING}")
    assert lines[at - 1].startswith("published:")
    assert "New" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2026-04-19"], "there is no story or edition `2026-04-19`; did you mean `2026-04-09`?"),
        (["2024-05-06"], "there is no story or edition `2024-05-06`\n"),
        (["today"], "an edition is named after its day: write 2026-04-10 for `today`"),
        (["9.4.2026"], "an edition is named after its day: write 2026-04-09 for `9.4.2026`"),
        (["meta-coreweave"], "is a story: name the edition"),
        (["2026-04-09", "--updated", "meta"], "there is no story or edition `meta`"),
    ],
)
def test_publishing_what_is_not_there_is_wrong_use(root: Path, arguments: list[str], words: str):
    done = citewire(root, "publish", *arguments, now=MORNING)
    assert done.returncode == 2
    assert words in done.stderr


def test_an_edition_of_another_day_keeps_its_own_time(root: Path):
    begun(root)
    citewire(root, "publish", "2026-04-10", now="2026-04-11T00:30:00-04:00")
    assert not [p for p in judge(Project(root, root / "content"))[1] if p.is_error]
    assert f"published: {MORNING}\n" in (root / "content/editions/2026-04-10.yml").read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new", "story", "One"), "stories/2026/one.yml"),
        (("rename", "meta-coreweave", "2026/meta-21bn.yml"), "stories/2026/meta-21bn.yml"),
        (("rename", "meta-coreweave", "2026-04-09"), "`2026-04-09` is the name of editions/2026-04-09.yml"),
        (("withdraw", "2026-04-09", "--reason", "No."), "editions/2026-04-09.yml (deleted)"),
        (("entities", "--merge", "meta", "coreweave"), "entities.yml"),
        (("import", "../post.md", "--address", "https://old.example/"), "stories/2026/post.yml"),
        (("publish", "2026-04-09"), "Signed in published/2026-04.txt"),
        (("check", "--now", "2026-04-01T00:00:00Z"), "stories/2026/meta-coreweave.yml: not out"),
    ],
    ids=lambda words: " ".join(words[:2]) if isinstance(words, tuple) else "",
)
def test_files_are_named_from_where_the_command_runs(root: Path, words: tuple[str, ...], told: str):
    (root / "post.md").write_text("---\ntitle: Post\ndate: 2026-04-08\n---\nWords [of it](https://a.example/1).\n")
    done = citewire(root / "content", *words)
    lines = (done.stdout + done.stderr).replace("citewire: ", "").splitlines()
    assert any(line.startswith(told) for line in lines), lines


def test_files_that_cannot_be_taken_back_are_named_from_where_the_command_runs(root: Path, capsys, monkeypatch):
    monkeypatch.chdir(root / "content/editions")
    taken_back("nothing was renamed")([root / STORY])
    assert capsys.readouterr().err == "citewire: not as they were: ../stories/2026/meta-coreweave.yml\n"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own")
def test_the_desk_follows_the_links_that_a_build_follows(root: Path):
    """A folder of stories that lies elsewhere in the content is found there, and one that lies outside is not."""
    stories = root / "content/stories"
    (stories / "2026").rename(root / "content/pages/kept")
    (stories / "2026").symlink_to("../pages/kept")
    (root / "outside").mkdir()
    (root / "outside/strange.yml").write_text((stories / "2026/meta-coreweave.yml").read_text())
    (stories / "2025").symlink_to(root / "outside")
    (stories / "2026/round").symlink_to("..")
    assert "no story or edition `strange`" in citewire(root, "rename", "strange", "stranger").stderr
    done = citewire(root, "rename", "meta-coreweave", "meta-21bn")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "content/stories/2026/meta-21bn.yml"), done.stderr
    assert (root / "content/pages/kept/meta-21bn.yml").is_file()
    assert "[@meta-21bn/krasa]" in (root / "content/editions/2026-04-09.yml").read_text()


@pytest.mark.parametrize("words", [("new", "story", "One"), ("rename", "meta-coreweave", "one")])
def test_what_was_written_is_named_though_the_schemas_cannot_be(root: Path, words: tuple[str, ...]):
    (root / "content/.schemas").write_text("a file of somebody else's")
    done = citewire(root, *words)
    assert (done.returncode, done.stdout.splitlines()[0]) == (3, "content/stories/2026/one.yml")
    assert ".schemas" in done.stderr
