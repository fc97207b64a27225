"""`citewire check --fix`: replace the words of a problem by its suggestion, and leave the rest of the file alone.

Comments, order and layout stay byte for byte. Each replacement is tried on the text first, and kept only if the file
then reads as before except for that one value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from yaml.nodes import ScalarNode

from generator.desk.files import without_mark
from generator.desk.rewriting import Rewriting
from generator.load.places import as_written, descend
from generator.load.syntax import index_of, line_and_column
from generator.load.yaml import Value, compose, read
from generator.model.problems import Problem, Replacement


class Mended(Struct, frozen=True):
    """A file before and after mending; nothing is written yet."""

    file: str
    """Relative to the folder of `mkdocs.yml`."""
    before: str
    after: str
    count: int
    """The number of replacements."""

    def diff(self) -> str:
        """The change as a unified diff."""
        old, new = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        lines = unified_diff(old, new, f"a/{self.file}", f"b/{self.file}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def mend(root: Path, problems: Iterable[Problem]) -> list[Mended]:
    """Replace the words of every problem with a suggestion, file by file; nothing is written. Raises `OSError`."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.mend is not None:
            by_file.setdefault(problem.file, []).append(problem)
    mended = (_mended(file, (root / file).read_bytes(), found) for file, found in sorted(by_file.items()))
    return [file for file in mended if file.count]


def placed(root: Path, problems: Sequence[Problem]) -> list[Problem]:
    """Add to each problem with a suggestion the characters of its file to replace. Raises `OSError`."""
    texts: dict[str, str] = {}
    found = []
    for problem in problems:
        if problem.mend is not None:
            text = texts.setdefault(problem.file, without_mark((root / problem.file).read_bytes().decode())[1])
            place = _place(problem.file, text, problem)
            problem = replace(problem, replacement=_replacement(text, place) if place else None)  # noqa: PLW2901
        found.append(problem)
    return found


def _replacement(text: str, place: _Place) -> Replacement:
    start, end = (line_and_column(text[:at]) for at in (place.start, place.end))
    return Replacement(*start, *end, place.text)


def mending(root: Path, mended: Iterable[Mended]) -> Rewriting:
    """The files as they are mended; nothing is written yet."""
    found = {root / each.file: each for each in mended}
    before = {path: each.before for path, each in found.items()}
    return Rewriting({path: each.after for path, each in found.items()}, before)


def _mended(file: str, data: bytes, problems: Sequence[Problem]) -> Mended:
    """The file mended from the last place to the first, so that earlier places do not move."""
    before = data.decode()
    (mark, text), count = without_mark(before), 0
    done: set[tuple[object, ...]] = set()
    for problem in sorted(problems, key=lambda problem: (problem.line, problem.column), reverse=True):
        known = (problem.path, problem.excerpt, problem.line, problem.column)
        if known not in done and (place := _place(file, text, problem)):
            text, count = place.in_text(text), count + 1
        done.add(known)
    return Mended(file, before, mark + text, count)


class _Place(Struct, frozen=True):
    """Characters of a file, and their replacement."""

    start: int
    end: int
    text: str

    def in_text(self, text: str) -> str:
        return text[: self.start] + self.text + text[self.end :]


def _place(file: str, text: str, problem: Problem) -> _Place | None:
    """Where a problem's words are on its line; None if they are not there, or replacing them would change more."""
    node = descend(compose(text), problem)
    if not isinstance(node, ScalarNode) or problem.mend is None or not problem.excerpt:
        return None
    old, new = as_written(problem.excerpt, node.style), as_written(problem.mend, node.style)
    found = index_of(text, problem.line, problem.column)
    if not text.startswith(old, found):
        return None
    place = _Place(found, found + len(old), new)
    return place if _is_meant(file, text, place.in_text(text), problem) else None


def _is_meant(file: str, before: str, after: str, problem: Problem) -> bool:
    """Whether a file reads as before except for the words of the problem."""
    old, new = read(file, before.encode()), read(file, after.encode())
    if new.problems or old.value is None or new.value is None:
        return False
    differing = list(_differences(old.value, new.value))
    if len(differing) != 1 or problem.mend is None:
        return False
    was, now = differing[0]
    places = (i for i in range(len(was)) if was.startswith(problem.excerpt, i))
    return any(was[:i] + problem.mend + was[i + len(problem.excerpt) :] == now for i in places)


def _differences(old: Value, new: Value) -> Iterator[tuple[str, str]]:
    """Each text that differs; a structural difference counts as two, so that it is never mistaken for one."""
    if isinstance(old, dict) and isinstance(new, dict) and list(old) == list(new):
        for key in old:
            yield from _differences(old[key], new[key])
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield from _differences(one, other)
    elif isinstance(old, str) and isinstance(new, str):
        if old != new:
            yield old, new
    elif old != new:
        yield from (("", ""), ("", ""))
