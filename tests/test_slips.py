"""Slips of an editor in a hurry: each is told at its place, once, with the very words to write instead."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.configuration import ConfigError, configuration
from generator.options import find
from generator.pipeline import judge
from tests.folders import citewire_here as citewire
from tests.test_cases import SOUND, WITHOUT_PASSAGES, laid_over, said

STORY, EDITION = "content/stories/2026/meta-coreweave.yml", "content/editions/2026-04-09.yml"
ENTITIES, CONFIG = "content/entities.yml", "mkdocs.yml"


def slipped(root: Path, file: str, right: str, wrong: str) -> str:
    """What is said of the sound newsletter with other words in one file."""
    laid_over(SOUND.name, root)
    text = (root / file).read_text(encoding="utf-8")
    assert right in text
    (root / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return said(root, **WITHOUT_PASSAGES)


def told(place: str, what: str, hint: str) -> str:
    """One error in the words of `citewire check`."""
    file, line, column = place.split(":")
    return f"{file}:{line}:{column}: error: {what}\n    {hint}\n"


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("27.11.2026", "2026-11-27"),
        ("3. 4. 2026", "2026-04-03"),
        ("27 Nov 2026", "2026-11-27"),
        ("Sept. 3, 2026", "2026-09-03"),
        ("2026\u201304\u201309", "2026-04-09"),
        ("11/12/2026", "year-month-day as 2026-04-09"),
        ("31.6.2026", "year-month-day as 2026-04-09"),
        ("3 Marble 2026", "year-month-day as 2026-04-09"),
        ("June 3rd, 2026", "2026-06-03"),
        ("Friday, 27 November 2026", "2026-11-27"),
        ("27. März 2026", "2026-03-27"),
        ("3. Okt. 2026", "2026-10-03"),
        ("11/27/2026", "2026-11-27"),
        ("27/11/2026", "2026-11-27"),
        ("31/31/2026", "year-month-day as 2026-04-09"),
        ("“2026-04-09”", "2026-04-09"),
        ("Thu, 09 Apr 2026 18:00:00 -0400", "2026-04-09"),
        ("April 9", "it with its year, as 2026-04-09"),
        ("Thursday, 9th of April", "it with its year, as 2026-04-09"),
        ("9. April", "it with its year, as 2026-04-09"),
        ("Feb 30", "year-month-day as 2026-04-09"),
    ],
)
def test_a_day_in_another_form_is_written_out_where_it_is_certain(wrong: str, meant: str, tmp_path: Path):
    found = slipped(tmp_path, STORY, "topics:", f"event: {wrong}\ntopics:")
    assert found == told(f"{STORY}:5:8", f"`{wrong}` is not a day [bad-date]", f"Write {meant}.")


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("2026-04-09T18:00:00 GMT", "Write 2026-04-09T18:00:00+00:00."),
        ("2026-04-09T18:00:00-4", "Write 2026-04-09T18:00:00-04:00."),
        ("2026-04-09T18.00-04:00", "Write 2026-04-09T18:00:00-04:00."),
        ("2026-04-09 6:00-04:00", "Write 2026-04-09T06:00:00-04:00."),
        ("2026-04-09T26:00:00-04:00", "Write it as 2026-04-11T07:00:00+09:00."),
        ("“2026-04-09T18:00:00-04:00”", "Write 2026-04-09T18:00:00-04:00."),
        ("April 9, 2026", "Write 2026-04-09T07:00:00+09:00, with your own time and zone."),
        ("Thu, 09 Apr 2026 18:00:00 -0400", "Write 2026-04-09T18:00:00-04:00."),
        ("Thu, 9 Apr 2026 18:00:00 GMT", "Write 2026-04-09T18:00:00+00:00."),
        ("Fri, 10 Apr 99999999999999999999 10:00:00 -0400", "Write it as 2026-04-11T07:00:00+09:00."),
        ("April 9, 2026 6:00 PM", "Write 2026-04-09T07:00:00+09:00, with your own time and zone."),
        ("April 9", "Write it as 2026-04-09T07:00:00+09:00, with its year and your own time and zone."),
        ("Apr 9th at 6 pm", "Write it as 2026-04-09T07:00:00+09:00, with its year and your own time and zone."),
        ("April 9, 2026 at 6:00 PM EDT", "Write 2026-04-09T07:00:00+09:00, with your own time and zone."),
        ("2026-04-09 6:00 PM", "Write 2026-04-09T07:00:00+09:00, with your own time and zone."),
        ("2026-04-09T18:00 EST", "Write how far it is from UTC: 2026-04-11T07:00:00+09:00."),
    ],
)
def test_a_time_in_another_form_is_written_out_where_it_is_certain(wrong: str, meant: str, tmp_path: Path):
    found = slipped(tmp_path, STORY, "2026-04-09T18:00:00-04:00", wrong)
    assert found.startswith(f"{STORY}:4:12: error: ")
    assert found.endswith(f"[bad-date]\n    {meant}\n")


@pytest.mark.parametrize(
    ("right", "wrong", "name", "meant"),
    [
        ("title: Meta commits", "TITLE: Meta commits", "TITLE", "Did you mean `title`?"),
        ("dek:", "subtitle:", "subtitle", "Here it is called `dek`."),
        ("published:", "date:", "date", "Here it is called `published`."),
        ("    url:", "    link:", "link", "Here it is called `url`."),
        ("    publisher:", "    outlet:", "outlet", "Here it is called `publisher`."),
        ("    passages:", "    quotes:", "quotes", "Here it is called `passages`."),
        ("    publisher:", "    source:", "source", "Here it is called `publisher`."),
        ("title: Meta books", "headline: Meta books", "headline", "Here it is called `title`."),
        ("one_line:", "summary:", "summary", "Here it is called `one_line`."),
        ("  - lead:", "  - title:", "title", "Here it is called `lead`."),
        ("  editor:", "  author:", "author", "Here it is called `editor`."),
    ],
)
def test_a_field_under_another_name_is_told_once_and_not_called_missing(
    right: str, wrong: str, name: str, meant: str, tmp_path: Path
):
    sound = (SOUND / STORY).read_text(encoding="utf-8")
    found = slipped(tmp_path, STORY if right in sound else EDITION, right, wrong)
    assert found.count(": error: ") == 1
    assert f"`{name}` is not a field here [unknown-field]\n    {meant}\n" in found


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("sub_section: chips", "`section` is there already: take this one out."),
        ("tags: [ai]", "Here it is called `topics`, which is there already: take this one out."),
        ("slug: meta-coreweave", "The name of the file is the name of the story: take it out."),
        ("status: draft", "A story is out unless it says `draft: true`."),
        ("Here is the YAML:", "Take the line out; or indent it, if it belongs to the text above it."),
    ],
)
def test_a_field_of_other_programs_that_stories_do_not_have_is_answered_with_what_to_do(
    wrong: str, meant: str, tmp_path: Path
):
    found = slipped(tmp_path, STORY, "section:", f"{wrong}\nsection:")
    assert found == told(f"{STORY}:3:1", f"`{wrong.partition(':')[0]}` is not a field here [unknown-field]", meant)


def test_a_story_that_is_indented_below_a_name_is_told_so_once(tmp_path: Path):
    laid_over(SOUND.name, tmp_path)
    lines = (tmp_path / STORY).read_text(encoding="utf-8").splitlines()
    (tmp_path / STORY).write_text("\n  ".join(["story:", *lines]), encoding="utf-8")
    hint = "Take this line out, and begin the lines below it at the left edge."
    assert said(tmp_path) == told(f"{STORY}:1:1", "`story` is around the whole file [unknown-field]", hint)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "meant"),
    [
        (
            STORY,
            "mentions: [meta, coreweave]",
            "mentions: [meta coreweave]",
            "or, if they are 2 names, a comma between",
        ),
        (STORY, "mentions: [meta, coreweave]", "mentions: [meta, Café Ü.]", "Write it like `cafe-u`."),
        (STORY, "mentions: [meta, coreweave]", "mentions: Meta, CoreWeave", "Write [meta, coreweave]."),
        (
            STORY,
            "citations:\n  hubkub:",
            "citations:\n  - id: hubkub\nparts:\n  hubkub:",
            "Give each a name and a colon",
        ),
        (STORY, "mentions: [meta, coreweave]", "mentions: [meta, Ørsted’s Straße]", "Write it like `orsteds-strasse`."),
        (STORY, "section: big-tech", "section: [big-tech]", "Write the name alone, without brackets."),
        (EDITION, "[meta-coreweave]", "[2026/meta-coreweave.yml]", "Write `meta-coreweave`."),
        (ENTITIES, "kind: company", "kind: firm", "Did you mean `company`?"),
    ],
)
def test_a_name_that_is_none_is_answered_with_the_one_that_was_meant(
    file: str, right: str, wrong: str, meant: str, tmp_path: Path
):
    assert meant in slipped(tmp_path, file, right, wrong)


@pytest.mark.parametrize(
    ("right", "wrong", "place", "what"),
    [
        ("    url: https://www", "  url: https://www", "17:3", "the line is not indented as far as those around it"),
        ("  Meta has", "    Meta has", "10:3", "the line is not indented as far as the text above it"),
        ("section:", "\ufeffsection:", "3:1", "an invisible character beside the colon (U+FEFF)"),
        ("[meta, coreweave]", "[meta,, coreweave]", "6:17", "nothing stands where a value should"),
        ('["through', "[`through", "20:16", "a backtick cannot begin a value"),
        ("section: big-tech", "<<<<<<< HEAD\nsection: a\n=======\nsection: b\n>>>>>>> c", "3:1", "a mark of git, "),
    ],
)
def test_a_slip_of_yaml_is_told_where_it_was_made(right: str, wrong: str, place: str, what: str, tmp_path: Path):
    found = slipped(tmp_path, STORY, right, wrong)
    assert found.startswith(f"{STORY}:{place}: error: {what}")
    assert found.count(": error: ") == 1


@pytest.mark.parametrize(
    ("right", "wrong", "place", "meant"),
    [
        ("title: Meta commits", "title: “Meta: it commits", "1:13", "Put straight quotation marks around the text"),
        ("url: https://hubkub.com/tech-news/meta-coreweave/", "url: [A](https://hubkub.com/a)", "13:10", "Write the"),
        ("title:", "Sure:\n\n```yaml\ntitle:", "3:1", "Delete the lines with ```, and what does not stand between"),
        ("title: Meta commits", "title: #1 Meta commits", "1:8", "Put the text in quotation marks."),
        ("section:", "draft:\nsection:", "3:1", "Write `true` or `false`, or take the line out."),
    ],
)
def test_what_comes_with_a_text_of_another_program_is_told_once_with_what_to_write(
    right: str, wrong: str, place: str, meant: str, tmp_path: Path
):
    found = slipped(tmp_path, STORY, right, wrong)
    assert found.startswith(f"{STORY}:{place}: error: ")
    assert (meant in found, found.count(": error: ")) == (True, 1)


def test_marks_that_git_might_have_written_are_left_alone_where_they_are_text(tmp_path: Path):
    found = slipped(tmp_path, STORY, "section: big-tech", "=======\nsection: big-tech")
    assert "git" not in found


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("hubkub.com/a", "https://hubkub.com/a"),
        ("htps://hubkub.com/a", "https://hubkub.com/a"),
        ("https://https://hubkub.com/a", "https://hubkub.com/a"),
        ("<https://hubkub.com/a>", "https://hubkub.com/a"),
        ("“https://hubkub.com/a”", "https://hubkub.com/a"),
        ('"[A b](https://hubkub.com/a)"', "https://hubkub.com/a"),
        ("https://hubkub.com/a b", "https://hubkub.com/a%20b"),
        ("ftp://hubkub.com/a", ""),
        ("https:///a", ""),
        ("https://u:password@hubkub.com/a", ""),
    ],
)
def test_the_address_that_was_meant_is_written_out(wrong: str, meant: str, tmp_path: Path):
    found = slipped(tmp_path, STORY, "https://hubkub.com/tech-news/meta-coreweave/", wrong)
    hint = f"Write {meant}" if meant else "A source is a page on the web: write its https:// address."
    assert found.startswith(f"{STORY}:13:10: error: ")
    assert found.endswith(f"[bad-address]\n    {hint}\n")


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("[@hubkub, @krasa]", "Write [@hubkub; @krasa]."),
        ("[@hubkub; krasa]", "Write [@hubkub; @krasa]."),
        ("[@hubkub and @krasa]", "Write [@hubkub; @krasa]."),
        ("[@HubKub]", "Write [@hubkub]."),
        ("[@ hubkub]", "Write [@hubkub]."),
        ("[@hubkub, p. 4]", "Write [@hubkub]."),
        ("[@hubkub and so on. [@krasa]", "It is not closed. Write [@hubkub]."),
        ("[@hubkub\u200b]", "It holds U+200B, which cannot be seen: delete it."),
        ("[@hub, @kub]", "Write [@id], or [@a; @b] for several."),
        ("{@hubkub}", "Write [@hubkub]."),
        ("{hubkub; krasa}", "Write [@hubkub; @krasa]."),
        ("[[@hubkub]]", "Write [@hubkub]."),
        ("It has paid @hubkub", "Write [@hubkub]."),
        ("It has paid @hubkub. And more.", "Write [@hubkub]."),
    ],
)
def test_what_is_nearly_a_citation_is_written_as_one(wrong: str, meant: str, tmp_path: Path):
    found = slipped(tmp_path, STORY, "CoreWeave. [@hubkub]", f"CoreWeave. {wrong}")
    wrong = wrong.removeprefix("It has paid ").removesuffix(". And more.")
    assert f"is not a citation [malformed-citation]\n    {meant}\n" in found


@pytest.mark.parametrize("field", ["parts:\n  summary: |\n    A.", "citations:\n", "topics: [ai]\n", "draft: true\n"])
def test_a_field_that_is_indented_into_the_text_above_it_is_told_there_and_once(field: str, tmp_path: Path):
    name = field.partition(":")[0]
    right, wrong = "2032. [@hubkub; @krasa]\n", f"2032. [@hubkub; @krasa]\n  {field.replace(chr(10), chr(10) + '  ')}\n"
    if name == "citations":
        right, wrong = "\ncitations:", "\n  citations:"
    what = f"`{name}:` is indented, and so it is part of the text of `body` [yaml-trap]"
    hint = "Begin its line further to the left, as the other fields."
    assert slipped(tmp_path, STORY, right, wrong) == told(f"{STORY}:11:3", what, hint)


def test_a_field_in_a_block_of_code_is_code(tmp_path: Path):
    code = "2032. [@hubkub; @krasa]\n\n  ```\n  citations:\n  ```\n"
    assert slipped(tmp_path, STORY, "2032. [@hubkub; @krasa]\n", code) == ""


def test_sources_that_are_indented_under_the_parts_are_told_once(tmp_path: Path):
    laid_over(SOUND.name, tmp_path)
    text = (tmp_path / STORY).read_text(encoding="utf-8")
    head, _, sources = text.partition("citations:\n")
    (tmp_path / STORY).write_text(f"{head}parts:\n  summary: A. [@hubkub]\n  citations:\n{sources}", encoding="utf-8")
    what = "`citations` is indented, and so it is part of `parts` [unknown-field]"
    assert said(tmp_path) == told(f"{STORY}:13:3", what, "Begin its line where `parts:` begins.")


def test_a_story_without_any_sources_is_told_so_once_and_its_edition_is_not_blamed(tmp_path: Path):
    laid_over(SOUND.name, tmp_path)
    text = (tmp_path / STORY).read_text(encoding="utf-8")
    (tmp_path / STORY).write_text(text.partition("citations:\n")[0], encoding="utf-8")
    what = "`@hubkub`, `@krasa`: the story has no `citations` [unknown-citation]"
    hint = "Write `citations:` at the left edge, and each of these with its source below it."
    assert said(tmp_path) == told(f"{STORY}:8:57", what, hint)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("title: ? Meta", "`?` cannot begin a value [yaml-syntax]"),
        ("title: - Meta", "Begin it on a new line. Text needs quotation marks."),
        ("importance: 8\ntitle: Meta", "Write its fields below it: `score: ...`, `why: ...`."),
        ("corrections: a typo\ntitle: Meta", "with its fields: `date: ...`, `was: ...`, `now: ...`."),
        ("sentiment: good\ntitle: Meta", "Did you mean `positive`?"),
        ("importance: {score: 1,200, why: a b}\ntitle: Meta", "A comma cut the value before it in two"),
    ],
)
def test_what_is_no_value_of_a_field_is_answered_with_how_one_is_written(wrong: str, meant: str, tmp_path: Path):
    assert meant in slipped(tmp_path, STORY, "title: Meta", wrong)


@pytest.mark.parametrize("link", ["[Meta] (https://meta.example/a)", "(Meta)[https://meta.example/a]"])
def test_a_link_whose_brackets_are_parted_or_changed_round_is_shown_with_its_signs(link: str, tmp_path: Path):
    found = slipped(tmp_path, STORY, "  Meta has", f"  {link} has")
    assert f"`{link}` is shown with its signs [raw-markup]\n    Write [words](https://...)" in found


def test_a_headline_in_bold_is_told_that_its_signs_are_shown(tmp_path: Path):
    found = slipped(
        tmp_path, STORY, "title: Meta commits another $21 billion to CoreWeave", "title: '**Meta** commits'"
    )
    assert f"{STORY}:1:9: warning: `**Meta**" in found
    assert "[raw-markup]\n    Take the signs out" in found


@pytest.mark.parametrize(
    ("dek", "tags"),
    [
        ("The commitment <b>runs</b> to December 2032.", ["<b>"]),
        ('It <a href="https://meta.example/">runs <em>on</em></a>.', ['<a href="https://meta.example/">', "<em>"]),
        ("Browsers still know the <b> tag, and <br> too.", []),
        ("Less than <5 or </b>.", []),
    ],
)
def test_html_in_a_dek_is_told_unless_the_dek_is_about_it(dek: str, tags: list[str], tmp_path: Path):
    found = slipped(tmp_path, STORY, "dek: The commitment runs to December 2032.", f"dek: '{dek}'")
    assert re.findall(r":2:\d+: warning: `(.*)` is shown with its signs \[raw-markup\]", found) == tags


def test_a_section_that_is_like_none_is_answered_with_all_if_they_are_few(tmp_path: Path):
    found = slipped(tmp_path, STORY, "section: big-tech", "section: sport")
    assert "there is no section `sport`" in found
    assert re.search(r"There are `big-tech`(, `[\w-]+`)*\. Add it to `sections` in newsletter.yml, or", found)


@pytest.mark.parametrize("wrong", ["[[hubkub]]", "[[@hubkub]]"])
def test_a_citation_in_two_pairs_of_brackets_is_told_once(wrong: str, tmp_path: Path):
    found = slipped(tmp_path, STORY, "CoreWeave. [@hubkub]", f"CoreWeave. {wrong}")
    assert found.count("malformed-citation") == 1
    assert f"`{wrong}` is not a citation" in found


@pytest.mark.parametrize(
    "words",
    [
        *("posted by @hubkub.", "asked @hubkub whether", "follow the account @hubkub.", "is on X as @hubkub."),
        *("is called @hubkub.", "has a handle: it is @hubkub.", "spread via @hubkub.", "belongs to @hubkub."),
    ],
)
def test_a_handle_within_a_sentence_is_no_citation(words: str, tmp_path: Path):
    found = slipped(tmp_path, STORY, "CoreWeave. [@hubkub]", f"CoreWeave. [@hubkub] It {words} [@hubkub]")
    assert "malformed-citation" not in found


def test_a_source_is_not_taken_for_another_because_its_story_is_the_same(tmp_path: Path):
    found = slipped(tmp_path, EDITION, "@meta-coreweave/krasa", "@meta-coreweave/wire")
    assert "Did you mean" not in found
    assert "Add the source to `citations` of content/stories/2026/meta-coreweave.yml, or correct the id." in found


def test_a_story_is_told_that_its_own_sources_need_no_name_before_them(tmp_path: Path):
    found = slipped(tmp_path, STORY, "CoreWeave. [@hubkub]", "CoreWeave. [@meta-coreweave/hubkub]")
    assert "Did you mean `@hubkub`?" in found


def test_an_edition_of_the_wrong_day_does_not_call_its_stories_late(tmp_path: Path):
    found = slipped(tmp_path, EDITION, "published: 2026-04-09", "published: 2026-04-08")
    assert [line.rpartition("[")[2] for line in found.splitlines() if ": error: " in line] == ["edition-day]"]


PICTURED = "image: {file: NAME, alt: A plant, credit: Meta}\nbody:"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("plnt.png", "Did you mean `Plant.png`? Put the picture there, or take `image` out."),
        ("plant.PNG", "Did you mean `Plant.png`? Put the picture there, or take `image` out."),
        ("images/Plant.png", "Write the file's name alone: Plant.png."),
        ("The plant.png", "Rename the file, and write its name in letters, digits, dots and hyphens: The-plant.png."),
        ("../images/The plant.png", "Write the file's name alone, in letters, digits, dots and hyphens."),
    ],
)
def test_a_picture_under_another_name_is_found(name: str, meant: str, tmp_path: Path):
    for file in ("Plant.png", "The plant.png"):
        picture = tmp_path / "content/images" / file
        picture.parent.mkdir(parents=True, exist_ok=True)
        head = b"IHDR" + struct.pack(">IIBBBBB", 8, 6, 8, 2, 0, 0, 0)
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)))
    assert slipped(tmp_path, STORY, "body:", PICTURED.replace("NAME", name)).endswith(f"[bad-image]\n    {meant}\n")


def test_a_file_whose_name_is_a_title_is_told_the_name_that_it_can_have(tmp_path: Path):
    laid_over(SOUND.name, tmp_path)
    (tmp_path / STORY).rename(tmp_path / "content/stories/2026/Meta & CoreWeave.yml")
    problems = judge(find(tmp_path / CONFIG))[1]
    assert "Rename it to meta-coreweave.yml." in [problem.hint for problem in problems]


def test_what_programs_keep_beside_a_story_is_no_mistake(tmp_path: Path):
    folder = (laid_over(SOUND.name, tmp_path) / STORY).parent
    for name in (".meta-coreweave.yml.swp", "meta-coreweave.yml~", "#meta-coreweave.yml#", "._meta-coreweave.yml"):
        (folder / name).write_bytes(b"\0half")
    (folder / ".#meta-coreweave.yml").symlink_to("ann@desk.1234")
    assert said(tmp_path) == ""


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("meta-coreweave.yml.orig", "Delete it, if it is a copy of meta-coreweave.yml."),
        ("meta-coreweave.yaml", "Delete it, if it is a copy of meta-coreweave.yml."),
        ("micron.yml.txt", "Rename it to micron.yml."),
    ],
)
def test_a_file_of_another_name_is_not_told_to_take_the_name_of_a_story(name: str, meant: str, tmp_path: Path):
    (laid_over(SOUND.name, tmp_path) / STORY).with_name(name).write_text("title: A", encoding="utf-8")
    found = said(tmp_path)
    assert (found.count(": error: "), f"[file-name]\n    {meant}\n" in found) == (1, True)


def test_a_configuration_that_is_not_yaml_is_told_with_its_place(tmp_path: Path):
    (tmp_path / CONFIG).write_text("site_name: A\n\tsite_url: b\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"mkdocs\.yml:2:1: this is not YAML: .* tab .*; indent with spaces"):
        configuration(tmp_path / CONFIG)


def test_a_configuration_that_would_publish_evidence_is_told_what_to_write(tmp_path: Path):
    laid_over(SOUND.name, tmp_path)
    text = (tmp_path / CONFIG).read_text(encoding="utf-8")
    (tmp_path / CONFIG).write_text(text.replace("docs_dir: content/pages", "docs_dir: content"), encoding="utf-8")
    with pytest.raises(ConfigError, match="such as `docs_dir: content/pages`"):
        find(tmp_path / CONFIG)


@pytest.mark.parametrize(
    ("right", "wrong", "place", "meant"),
    [
        ("section: big-tech", "section\uff1abig-tech", "3:1", "Write a plain colon and a blank: this one (\uff1a) is"),
        ("section: big-tech", "// a note\nsection: big-tech", "3:1", "A comment begins with `#` and a blank."),
        ("[meta, coreweave]", "\n  * meta\n  * coreweave", "7:3", "Begin the items of a list with `- `."),
        ("section: big-tech", 'section: "big-tech",', "3:20", "Take it out: the end of the line ends the value."),
        ("Meta has", "Meta\u2028has", "8:7", "Delete it: such ones come with text copied from elsewhere."),
        ("[meta, coreweave]", "[meta; coreweave]", "6:12", "or, if they are 2 names, a comma between them."),
        (
            "section: big-tech",
            "section: big-t\u0435ch",
            "3:10",
            "It holds `\u0435` (U+0435), which is no Latin letter.",
        ),
    ],
)
def test_signs_that_other_programs_take_are_answered_with_those_of_yaml(
    right: str, wrong: str, place: str, meant: str, tmp_path: Path
):
    found = slipped(tmp_path, STORY, right, wrong)
    assert found.startswith(f"{STORY}:{place}: error: ")
    assert (meant in found, found.count(": error: ")) == (True, 1)


def test_fields_that_are_not_indented_below_theirs_are_sent_there(tmp_path: Path):
    laid_over(SOUND.name, tmp_path)
    text = (tmp_path / EDITION).read_text(encoding="utf-8")
    head = text.partition("made_by:")[0]
    (tmp_path / EDITION).write_text(f"{head}made_by:\neditor: Ann\nmachine: none\n", encoding="utf-8")
    lines = said(tmp_path).splitlines()
    assert lines[1::2] == ["    Indent it: it belongs below `made_by:`."] * 2
    assert [line.rpartition(" [")[2] for line in lines[::2]] == ["unknown-field]"] * 2


def test_a_second_edition_of_a_day_is_not_told_to_take_the_name_of_the_first(tmp_path: Path):
    laid_over(SOUND.name, tmp_path)
    text = (tmp_path / EDITION).read_text(encoding="utf-8")
    (tmp_path / "content/editions/2026-04-09b.yml").write_text(text, encoding="utf-8")
    assert "A day has one edition, and 2026-04-09.yml is there: put the stories into it." in said(tmp_path)


def test_a_picture_that_is_not_there_is_told_beside_the_other_mistakes_of_its_story(tmp_path: Path):
    laid_over(SOUND.name, tmp_path)
    text = (tmp_path / STORY).read_text(encoding="utf-8")
    wrong = text.replace("dek:", "subtitle:").replace("body:", PICTURED.replace("NAME", "none.png"))
    (tmp_path / STORY).write_text(wrong, encoding="utf-8")
    assert [line.rpartition(" [")[2] for line in said(tmp_path).splitlines()[::2]] == ["unknown-field]", "bad-image]"]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (
            ["rename", "meta-coreweave", "Meta & Deal"],
            "hyphens only; write it like `meta-deal`",
        ),
        (
            ["entities", "--merge", "mata", "coreweave"],
            "no entity `mata` in entities.yml; did you mean `meta`?",
        ),
        (["check", "meta-coreweave"], f"is not a file of content/; did you mean {STORY}?"),
        (["check", "stories/2026/meta-coreweave.yml"], f"is not a file of content/; did you mean {STORY}?"),
        (["check", "meta-coreweav.yml"], f"is not a file of content/; did you mean {STORY}?"),
        (["links", "meta-corewaeve"], f"nor a folder of stories; did you mean {STORY}?"),
        (["check", "nothing"], "citewire: nothing is not a file of content/\n"),
        (["links", "meta-coreweave"], f"nor a folder of stories; did you mean {STORY}?"),
        (["check", "-f", "content"], "content is a folder: name the configuration in it, as -f content/mkdocs.yml"),
        (
            ["check", "-f", "no.yml"],
            "there is no file no.yml: run citewire in a folder of your newsletter, or",
        ),
    ],
)
def test_a_command_that_is_given_a_wrong_name_says_which_is_right(given: list[str], what: str, tmp_path: Path):
    done = citewire(laid_over(SOUND.name, tmp_path), *given)
    assert (done.returncode, what in done.stderr) == (2, True), done.stderr


def test_a_day_that_is_in_no_calendar_is_told_as_such_with_a_time_behind_it(tmp_path: Path):
    found = slipped(tmp_path, STORY, "2026-04-09T18:00:00-04:00", "2026-04-31T18:00:00-04:00")
    assert found.startswith(told(f"{STORY}:4:12", "there is no day `2026-04-31` [bad-date]", "April 2026 has 30 days."))


def test_a_remark_below_a_story_is_told_to_be_taken_out(tmp_path: Path):
    found = slipped(tmp_path, STORY, "citations:", "Note: I left out what I could not verify.\ncitations:")
    assert found == told(
        f"{STORY}:11:1",
        "`Note` is not a field here [unknown-field]",
        "Take the line out; or indent it, if it belongs to the text above it.",
    )


@pytest.mark.parametrize(
    ("right", "wrong", "meant"),
    [
        (
            "[meta-coreweave]",
            "[Meta commits another $21 billion to CoreWeave]",
            "Write `meta-coreweave`: that is the id of",
        ),
        ("[meta-coreweave]", "[{slug: meta-coreweave}]", "Write the name alone.\n"),
        (
            "  - lead: Compute",
            "  - Read it.\n  - lead: Compute",
            "Write its fields in its place: `lead: ...`, `text: ...`.",
        ),
    ],
)
def test_what_a_model_puts_into_an_edition_is_answered_with_what_belongs_there(
    right: str, wrong: str, meant: str, tmp_path: Path
):
    assert meant in slipped(tmp_path, EDITION, right, wrong)


@pytest.mark.parametrize(("variable", "is_coloured"), [("", True), ("1", False)])
def test_whoever_wants_no_colours_gets_none(variable: str, is_coloured: bool, tmp_path: Path):
    slipped(tmp_path, STORY, "section: big-tech", "section: bigtech")
    asked = ["check", "-f", str(tmp_path / CONFIG)]
    done = CliRunner(env={"NO_COLOR": variable}).invoke(main, asked, color=True)
    assert ("there is no section" in done.output, "\x1b[" in done.output) == (True, is_coloured)
