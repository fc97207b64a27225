"""`citewire check --fix`: what needs no judgement is mended where it stands, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.desk import mend as desk_mend
from generator.desk.mend import Mended, _differences, _mended, mend, mending, placed
from generator.load.places import locate
from generator.load.yaml import Value, read
from generator.model.problems import Problem
from generator.options import find
from generator.pipeline import judge
from tests.folders import citewire_here as citewire
from tests.test_cases import EDITORIAL, SOUND, laid_over

STORY = "content/stories/2026/meta-coreweave.yml"


def mended(root: Path, times: int = 3) -> Path:
    """The newsletter after as many runs of `--fix`."""
    for _ in range(times):
        with mending(root, mend(root, judge(find(root / "mkdocs.yml"))[1])).done(lambda lost: None):
            pass
    return root / STORY


def with_story(root: Path, old: str, new: str) -> Path:
    file = laid_over(SOUND.name, root, EDITORIAL) / STORY
    assert old in file.read_text()
    file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))
    return root


URL = "    url: https://hubkub.com/tech-news/meta-coreweave/\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("url: https://hubkub.com/?p=7&utm_source=x   # as it came", "url: https://hubkub.com/?p=7   # as it came"),
        ("url:   'https://HUBKUB.com:443/a?utm_id=1'", "url:   'https://hubkub.com/a'"),
        ('"url": "https://hubkub.com/a#:~:text=b"', '"url": "https://hubkub.com/a"'),
        ("url: https://hubkub.com/a?fbclid=1#part-2", "url: https://hubkub.com/a#part-2"),
    ],
)
def test_an_address_is_mended_and_comments_and_layout_stay_byte_for_byte(tmp_path: Path, before: str, after: str):
    root = with_story(tmp_path, URL, f"    {before}\n\n    # below\n")
    expected = (root / STORY).read_bytes().replace(before.encode(), after.encode())
    assert mended(root).read_bytes() == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Meta &amp; CoreWeave&#39;s $21 billion", "Meta & CoreWeave's $21 billion"),
        ("'Meta &amp; CoreWeave&#39;s $21 billion'", "'Meta & CoreWeave''s $21 billion'"),
        ("Meta &nothing; R&D; &#0;", "Meta &nothing; R&D; &#0;"),
        ("Meta&shy;Core&Tab;Weave &#x200b;", "Meta&shy;Core&Tab;Weave &#x200b;"),
        ("Write &amp;amp; for it", "Write &amp;amp; for it"),
    ],
)
def test_references_to_characters_are_written_out_where_words_are_no_markdown(
    tmp_path: Path, title: str, expected: str
):
    root = with_story(tmp_path, "title: Meta CoreWeave $21 billion AI deal", f"title: {title}")
    assert f"    title: {expected}\n" in mended(root).read_text()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('title: Meta\'s "largest" deal', "title: Meta’s “largest” deal"),
        ('title: "Meta\'s \\"largest\\" deal"', 'title: "Meta’s “largest” deal"'),
        ("title: 'Meta''s \"largest\" deal'", "title: 'Meta’s “largest” deal'"),
    ],
)
def test_marks_of_the_house_are_put_into_every_style_of_yaml(tmp_path: Path, title: str, expected: str):
    root = with_story(tmp_path, "title: Meta commits another $21 billion to CoreWeave", title)
    style(root, "quotes: curly")
    assert mended(root).read_text().splitlines()[0] == expected


def test_straight_marks_are_escaped_where_the_style_of_yaml_asks_for_it(tmp_path: Path):
    root = with_story(tmp_path, "title: Meta commits another $21 billion to CoreWeave", 'title: "“A” ‘b’"')
    style(root, "quotes: straight")
    assert mended(root).read_text().splitlines()[0] == 'title: "\\"A\\" \'b\'"'


def test_dashes_are_those_of_the_house_and_lists_ranges_and_addresses_keep_theirs(tmp_path: Path):
    text = "  - A -- b — c—d of 2026–2032 [x--y](https://a.example/b--c). [@hubkub]"
    root = with_story(tmp_path, "  Meta has committed another $21 billion to CoreWeave. [@hubkub]", text)
    style(root, "dashes: en")
    found = mended(root).read_text()
    assert "  - A – b – c – d of 2026–2032 [x – y](https://a.example/b--c). [@hubkub]" in found


def test_words_are_mended_where_they_are_wrong_and_not_where_they_stand_first(tmp_path: Path):
    text = "  - `A -- b` is not A -- b, [@hubkub]"
    root = with_story(tmp_path, "  Meta has committed another $21 billion to CoreWeave. [@hubkub]", text)
    style(root, "dashes: en")
    assert "  - `A -- b` is not A – b, [@hubkub]" in mended(root).read_text()


def style(root: Path, said: str) -> None:
    newsletter = root / "content/newsletter.yml"
    newsletter.write_text(newsletter.read_text() + f"style: {{{said}}}\n")


def test_letters_in_the_wrong_encoding_are_mended(tmp_path: Path):
    root = with_story(tmp_path, "The deal runs", "The café’s deal runs".encode().decode("cp1252"))
    assert "The café’s deal runs" in mended(root).read_text()


def test_a_second_run_changes_nothing(tmp_path: Path):
    root = with_story(tmp_path, URL, '    url: "HTTPS://HubKub.com:443/a?utm_source=x#:~:text=y"\n')
    style(root, "quotes: curly, dashes: en")
    mended(root)
    assert mend(root, judge(find(root / "mkdocs.yml"))[1]) == []


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_the_byte_order_mark_and_the_ends_of_lines_stay(tmp_path: Path, mark: bytes, end: bytes):
    root = with_story(tmp_path, URL, URL.replace("meta-coreweave/", "meta-coreweave/?utm_source=x"))
    file = root / STORY
    before = mark + file.read_bytes().replace(b"\n", end)
    file.write_bytes(before)
    assert mended(root).read_bytes() == before.replace(b"?utm_source=x", b"")


def test_the_mode_of_a_file_and_a_link_to_it_stay(tmp_path: Path):
    root = with_story(tmp_path, URL, URL.replace("meta-coreweave/", "meta-coreweave/?utm_source=x"))
    real = root / "content/elsewhere.txt"
    (root / STORY).rename(real)
    real.chmod(0o640)
    (root / STORY).symlink_to(real)
    mended(root)
    assert (root / STORY).is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "utm_source" not in real.read_text()


def test_what_would_break_the_file_is_left_to_a_person(tmp_path: Path):
    """In plain style a colon and a blank would begin a value."""
    (tmp_path / "a.yml").write_text("title: a b\n")
    problem = Problem("x", "a.yml", "", path=("title",), excerpt="a b", mend="a: b", line=1, column=8)
    assert mend(tmp_path, [problem]) == []
    assert mend(tmp_path, [replace(problem, mend="a c")])


TEXTS = st.text(st.sampled_from("ab'\"\\: #\n-—“”é{}[]&*!|>%@,?"), min_size=1, max_size=12)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(["plain", "single", "double", "block"]))
def test_whatever_is_replaced_the_file_reads_as_before_but_for_those_words(before: str, old: str, new: str, how: str):
    text = before + old
    written = {
        "plain": text,
        "single": "'" + text.replace("'", "''") + "'",
        "double": '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"',
        "block": "|\n    " + text.replace("\n", "\n    "),
    }[how]
    source = f"a: {written}\nb: [1, {{c: d}}]  # kept\n"
    was = read("f.yml", source.encode())
    if was.problems or not isinstance(was.value, dict) or not isinstance(was.value.get("a"), str):
        return
    problem = Problem("x", "f.yml", "", path=("a",), excerpt=old, mend=new, earlier=before.count(old))
    after = _mended("f.yml", source.encode(), locate(was, [problem]))
    now = read("f.yml", after.after.encode())
    assert not now.problems
    assert after.after.endswith("\nb: [1, {c: d}]  # kept\n")
    assert now.value["b"] == was.value["b"]
    if after.count:
        assert len(now.value["a"]) == len(was.value["a"]) - len(old) + len(new)


def test_the_command_shows_what_it_changes_and_a_dry_run_changes_nothing(tmp_path: Path):
    root = with_story(tmp_path, URL, URL.replace("meta-coreweave/", "meta-coreweave/?utm_source=x"))
    before = (root / STORY).read_bytes()
    for option in ("--diff", "--dry-run"):
        done = citewire(root, "check", option)
        assert "-    url: https://hubkub.com/tech-news/meta-coreweave/?utm_source=x" in done.stdout
        assert "+    url: https://hubkub.com/tech-news/meta-coreweave/\n" in done.stdout
        assert "1 place can be mended" in done.stderr
        assert "[tracking-address]" in done.stderr
        assert (root / STORY).read_bytes() == before
    done = citewire(root, "check", "--fix")
    assert "+    url: https://hubkub.com/tech-news/meta-coreweave/\n" in done.stdout
    assert done.stderr == "1 place mended\n"
    assert citewire(root, "check", "--fix").stdout == ""


def test_what_an_editor_saves_while_it_is_mended_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = with_story(tmp_path, URL, URL.replace("meta-coreweave/", "meta-coreweave/?utm_source=x"))

    def saved_meanwhile(root: Path, problems: list[Problem]) -> list[Mended]:
        found = mend(root, problems)
        (root / STORY).write_text("what I have just saved")
        return found

    monkeypatch.setattr(desk_mend, "mend", saved_meanwhile)
    done = citewire(root, "check", "--fix")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"citewire: {STORY} was changed meanwhile: run the command again\n"
    assert (root / STORY).read_text() == "what I have just saved"


def test_only_the_named_files_are_mended(tmp_path: Path):
    root = with_story(tmp_path, URL, URL.replace("meta-coreweave/", "meta-coreweave/?utm_source=x"))
    assert citewire(root, "check", "--fix", "content/editions").stdout == ""
    assert "utm_source" in (root / STORY).read_text()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_a_program_that_replaces_what_a_problem_names_mends_the_file_as_fix_does(tmp_path: Path, end: str):
    first = "    url: 'https://HUBKUB.com:443/a?utm_id=1'   # as it came\n"
    root = with_story(tmp_path, URL, f"{first}    label: \"It's a page, and it's good\"\n")
    (root / STORY).write_bytes((root / STORY).read_bytes().replace(b"\n", end.encode()))
    problems = placed(root, judge(find(root / "mkdocs.yml"))[1])
    lines = (root / STORY).read_bytes().decode().split(end)
    found = [(p.line, p.replacement) for p in problems if p.replacement and p.file == STORY]
    assert found
    for line_of_problem, by in sorted(found, key=lambda pair: (pair[1].line, pair[1].column), reverse=True):
        assert by.line == by.end_line == line_of_problem
        line = lines[by.line - 1]
        lines[by.line - 1] = line[: by.column - 1] + by.text + line[by.end_column - 1 :]
    assert end.join(lines) == mended(root, 1).read_bytes().decode()


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ({"a": "x", "b": ["y", "z"]}, {"a": "x", "b": ["y", "z"]}, 0),
        ({"a": "x", "b": ["y", "z"]}, {"a": "x", "b": ["y", "w"]}, 1),
        ({"a": "x", "b": ["y", "z"]}, {"a": "u", "b": ["y", "w"]}, 2),
        ({"a": {"b": {"c": "x"}}}, {"a": {"b": {"c": "y"}}}, 1),
        ({"a": "x"}, {"b": "x"}, 2),
        ({"a": "x", "b": "y"}, {"b": "y", "a": "x"}, 0),
        ({"a": "x", "b": "y"}, {"b": "z", "a": "x"}, 2),
        ({"a": "x"}, {"a": "x", "b": "y"}, 2),
        (["x"], ["x", "y"], 2),
        (["x", "y"], ["x"], 2),
        ("x", ["x"], 2),
        ({"a": "x"}, {"a": None}, 2),
        (None, None, 0),
        (None, "x", 2),
    ],
)
def test_a_difference_of_shape_is_never_taken_for_one_word(old: Value, new: Value, count: int):
    assert len(list(_differences(old, new))) == count


def test_of_a_word_that_differs_both_are_told():
    assert list(_differences({"a": ["x", "y"]}, {"a": ["x", "z"]})) == [("y", "z")]
