"""Bad input, and bad writing: each folder is one slip, beside the words that an editor reads about it.

`tests/cases` has what cannot be read or published, `tests/editorial` what a newsroom would not print, and words that
look like it and are sound. A case holds the files which differ from `_sound` beside it, the smallest sound newsletter,
and `problems.txt` with what `citewire check` says; an empty one says that nothing is wrong. The rules are those of its
`mkdocs.yml`: that of `tests/cases` turns off what is about writing, so that a case shows its one mistake. A file that
ends in `.gone` takes the file of that name away. `not-yet.txt` says why a case is not answered as it should be; delete
it when it is.

`CITEWIRE_REFRESH=1 pytest tests/test_cases.py` writes every `problems.txt` anew but those of the cases not yet
answered: read the difference before you keep it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.check.rules import Setting
from generator.options import find
from generator.pipeline import judge

SAMPLE = Path(__file__).parent.parent
CASES, EDITORIAL = (Path(__file__).parent / shelf for shelf in ("cases", "editorial"))
SOUND = CASES / "_sound"
WITHOUT_PASSAGES: dict[str, Setting] = {
    "figure-not-in-passages": "off",
    "quotation-not-in-passages": "off",
    "no-passage": "off",
}
"""Few of the words of a case come with a passage."""
EXPECTED, NOT_YET = "problems.txt", "not-yet.txt"


def laid_over(case: str, root: Path, shelf: Path = CASES) -> Path:
    """The sound newsletter of a shelf in `root`, with a case's files over it."""
    shutil.copytree(shelf / SOUND.name, root, dirs_exist_ok=True)
    shutil.copytree(shelf / case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED, NOT_YET))
    for mark in list(root.rglob("*.gone")):
        mark.with_suffix("").unlink()
        mark.unlink()
    return root


def said(root: Path, **rules: Setting) -> str:
    """What `citewire check` says of a newsletter; `rules` are set besides those of its configuration."""
    project = find(root / "mkdocs.yml")
    return "".join(f"{problem}\n" for problem in judge(replace(project, rules={**project.rules, **rules}))[1])


def cases() -> Iterator[object]:
    for folder in sorted(folder for shelf in (CASES, EDITORIAL) for folder in shelf.iterdir()):
        if folder.is_dir() and folder.name != SOUND.name:
            late = folder / NOT_YET
            marks = [pytest.mark.xfail(strict=True, reason=late.read_text(encoding="utf-8"))] if late.exists() else []
            yield pytest.param(folder, marks=marks, id=folder.name)


@pytest.mark.parametrize("shelf", [CASES, EDITORIAL], ids=lambda shelf: shelf.name)
def test_the_newsletter_under_all_cases_is_sound(shelf: Path, tmp_path: Path) -> None:
    assert said(laid_over(SOUND.name, tmp_path, shelf)) == ""


@pytest.mark.parametrize("case", list(cases()))
def test_a_mistake_is_named_at_its_place_with_what_to_write_instead(case: Path, tmp_path: Path) -> None:
    expected = case / EXPECTED
    found = said(laid_over(case.name, tmp_path, case.parent), **WITHOUT_PASSAGES)
    if os.environ.get("CITEWIRE_REFRESH") and not (case / NOT_YET).exists():
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("mistake", [b"zzz: 1\n", b"importance: very\n", b"imported: https://old.example/\n"])
def test_a_mistake_in_a_file_of_the_sample_makes_no_other_words_a_mistake(mistake: bytes, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    project = replace(find(SAMPLE / "mkdocs.yml"), root=tmp_path, content=tmp_path / "content")
    files = sorted(file for kind in ("stories", "editions") for file in (tmp_path / "content" / kind).rglob("*.yml"))
    assert len(files) > 18
    for file in files:
        text = b"".join(line for line in file.read_bytes().splitlines(True) if not line.startswith(mistake[:8]))
        problems = judge(project, {file: text + mistake})[1]
        found = [str(problem) for problem in problems if problem.rule not in ("unknown-field", "wrong-type")]
        assert found == [], file.name
