"""YAML, read fast and read suspiciously.

Scalars stay the text that the editor wrote: `no`, `12:30` and `2026-1-5` are not turned into something else behind
anybody's back; the shapes (`generator.load.shapes`) say what each field may be. Positions are looked up only when
something is wrong, by reading the file a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml
from yaml.constructor import BaseConstructor
from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from generator.model.problems import Path, Problem

Value = str | list["Value"] | dict[str, "Value"]
"""What a YAML file holds: text, lists and mappings of them, nothing else."""

SIZE_LIMIT = 512 * 1024
"""Bytes. The largest story of the sample has 9 KB; a file of half a megabyte is a mistake or an attack."""
DEPTH_LIMIT = 24
"""Levels of nesting. The deepest of our forms has 5."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_SUSPECT = re.compile(r"(?m)(?:^|[\s\[{,:?-])(?:&[^\s&]|![!<\w])")


class _TooDeepError(YAMLError):
    """Raised inside libyaml's composer, and caught where it was called."""


class _Strict(_Loader):  # type: ignore[misc]
    """libyaml's loader, in which a key that stands twice is noticed and nesting has an end.

    libyaml's composer recurses on the C stack, where a hundred thousand brackets crash the process; the two resolver
    methods are the one place at which it calls back on its way down and up.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.duplicates: list[tuple[str, Mark]] = []
        self._depth = 0

    def descend_resolver(self, current_node: Node | None, current_index: Any) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise _TooDeepError

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[str, Value]:
        mapping: dict[Any, Any] = BaseConstructor.construct_mapping(self, node, deep=deep)
        if len(mapping) != len(node.value):
            seen = set()
            for key, _ in node.value:
                if key.value in seen:
                    self.duplicates.append((key.value, key.start_mark))
                seen.add(key.value)
        return mapping


@dataclass(frozen=True, slots=True)
class Document:
    """One file: what it holds, or why it could not be read."""

    file: str
    text: str
    value: Value | None
    problems: tuple[Problem, ...] = ()


def read(file: str, data: bytes) -> Document:
    """Parse the bytes of a file. Problems of the YAML itself already carry their line and column."""
    if len(data) > SIZE_LIMIT:
        what = f"the file has {len(data) // 1024} KB; at most {SIZE_LIMIT // 1024} are read"
        return _refused(file, "", Problem("file-size", file, what, "Split it into several stories.", line=1, column=1))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode("utf-8", "replace"))
        what = f"byte 0x{data[error.start]:02X} is not UTF-8"
        hint = "Save the file as UTF-8 in your editor."
        return _refused(file, "", Problem("encoding", file, what, hint, line=line, column=column))
    if refusal := next(_unwanted(file, text), None):
        return _refused(file, text, refusal)
    try:
        return _parsed(file, text)
    except _TooDeepError:
        what = f"the file nests deeper than {DEPTH_LIMIT} levels"
        return _refused(file, text, Problem("nesting", file, what, "No form needs that.", line=1, column=1))
    except YAMLError as error:
        return _refused(file, text, _syntax_problem(file, text, error))


def _parsed(file: str, text: str) -> Document:
    loader = _Strict(text)
    try:
        value = loader.get_single_data()
    finally:
        loader.dispose()
    problems = tuple(
        Problem(
            "duplicate-key",
            file,
            f"`{key}` stands twice in the same mapping",
            "Keep one of them: YAML would take the last and drop the other without a word.",
            line=mark.line + 1,
            column=mark.column + 1,
        )
        for key, mark in loader.duplicates
    )
    return Document(file, text, value, problems)


def locate(document: Document, problems: Sequence[Problem]) -> list[Problem]:
    """The same problems with line and column; those that quotation marks in the file answer already are left out."""
    root = _compose(document.text)
    located = []
    for problem in problems:
        if problem.line:
            located.append(problem)
            continue
        node, exact = _descend(root, problem)
        if problem.only_plain and isinstance(node, ScalarNode) and node.style is not None:
            continue
        line, column = _position(document.text, node, problem) if node else (1, 1)
        located.append(replace(problem, line=line, column=column, excerpt=problem.excerpt if exact else ""))
    return located


def _refused(file: str, text: str, problem: Problem) -> Document:
    return Document(file, text, None, (problem,))


def _unwanted(file: str, text: str) -> Iterator[Problem]:
    """What libyaml would accept and no story needs: anchors, which can explode, and tags."""
    if not (("&" in text or "!" in text) and _SUSPECT.search(text)):
        return
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if anchor := getattr(event, "anchor", None):
                what, hint = f"`{anchor}` is an anchor or an alias", "Write the value out where it is needed."
            elif (tag := getattr(event, "tag", None)) and tag != "!":
                what, hint = f"`{tag}` is a YAML tag", "Write the value without it; put text in quotation marks."
            else:
                continue
            mark: Any = event.start_mark
            yield Problem("yaml-feature", file, what, hint, line=mark.line + 1, column=mark.column + 1)
            return
    except YAMLError:
        return


def _place(before: str) -> tuple[int, int]:
    """Line and column (from 1) of the character after `before`."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


_SYNTAX = (
    (
        "mapping values are not allowed",
        "a colon with a blank behind it inside plain text",
        "Put the text in quotation marks, or write it as a block with `|`.",
    ),
    (
        "could not find expected ':'",
        "a line that is neither `key: value` nor part of a text block",
        "Is a colon missing, or is the line before not indented far enough?",
    ),
    ("found character that cannot start any token", "{char} cannot begin a value", "Put the value in quotation marks."),
    (
        "did not find expected key",
        "the line does not fit the ones above it",
        "Check the indentation, and that quotation marks and brackets are closed.",
    ),
    (
        "did not find expected '-' indicator",
        "the line does not fit the list above it",
        "Begin it with `- ` in the same column as the other items.",
    ),
    (
        "did not find expected ',' or",
        "a list or mapping in brackets is not closed, or lacks a comma",
        "Check the brackets and commas.",
    ),
    ("unexpected end of stream", "quotation marks are opened and never closed", "Close them."),
    ("found unexpected end of stream", "quotation marks are opened and never closed", "Close them."),
    ("found undefined alias", "a value begins with `*`", "Put the text in quotation marks."),
    ("did not find expected alphabetic", "{char} cannot begin a value", "Put the text in quotation marks."),
    ("unknown directive", "`%` cannot begin a line", "Put the text in quotation marks."),
    ("found another document", "a second document begins here", "Take the line `---` out: one file, one story."),
    (
        "found unknown escape character",
        "an unknown escape after a backslash",
        "Write `\\\\`, or use single quotation marks.",
    ),
    ("block sequence entries are not allowed", "a list begins where none can stand", "Begin the list on a new line."),
    ("found a tab", "a tab", "Indent with blanks."),
    ("expected <block end>", "the line does not fit the ones above it", "Check the indentation."),
    (
        "unacceptable key",
        "a list or mapping stands where a name should be",
        "A value that begins with { or [ needs quotation marks.",
    ),
    (
        "unhashable key",
        "a list or mapping stands where a name should be",
        "A value that begins with { or [ needs quotation marks.",
    ),
)


def _syntax_problem(file: str, text: str, error: YAMLError) -> Problem:
    """The words of the YAML library, said so that an editor can act on them."""
    if isinstance(error, ReaderError):
        position = getattr(error, "position", 0)
        line, column = _character_place(text, position)
        what = "a control character"
        return Problem(
            "control-character",
            file,
            what,
            "Delete it; it may not be visible in your editor.",
            line=line,
            column=column,
        )
    mark = _mark_of(error)
    message = str(getattr(error, "problem", "") or error)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    rows = text.split("\n")
    row = rows[line - 1] if line <= len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return Problem(
            "yaml-syntax",
            file,
            "a tab in the indentation",
            "Indent with blanks.",
            line=line,
            column=row.index("\t") + 1,
        )
    if "mapping values are not allowed" in message and ":" not in row[: column - 1] and line > 1:
        hint = "Write `key: value`; long text goes into a block with `|`."
        return Problem("yaml-syntax", file, "the line has no colon", hint, line=line - 1, column=1)
    char = f"`{row[column - 1]}`" if column <= len(row) else "the end of the line"
    for words, what, hint in _SYNTAX:
        if words in message:
            return Problem("yaml-syntax", file, what.format(char=char), hint, line=line, column=column)
    return Problem("yaml-syntax", file, f"this is not YAML: {message}", "", line=line, column=column)


def _mark_of(error: YAMLError) -> Mark | None:
    if isinstance(error, MarkedYAMLError):
        return error.problem_mark or error.context_mark
    return None


def _character_place(text: str, position: int) -> tuple[int, int]:
    """Where the first character that YAML forbids stands. libyaml counts bytes: its figure is only a fallback."""
    forbidden = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]", text)
    return _place(text[: forbidden.start() if forbidden else position])


def _compose(text: str) -> Node | None:
    try:
        return yaml.compose(text, Loader=_Strict)
    except YAMLError:
        return None


def _descend(root: Node | None, problem: Problem) -> tuple[Node | None, bool]:
    """The node at a problem's path, or the last one on the way that exists, and whether it is the very one."""
    node = root
    for number, step in enumerate(problem.path):
        last = number == len(problem.path) - 1
        pair = _child(node, step)
        if pair is None:
            return node, False
        node = pair[0] if last and problem.at_key else pair[1]
    return node, True


def _child(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """Key node and value node below `node` for one step of a path (the same node twice in a list)."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == str(step):
                return key, value
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _position(text: str, node: Node, problem: Problem) -> tuple[int, int]:
    mark = node.start_mark
    if problem.excerpt and isinstance(node, ScalarNode):
        start, end = mark.index, node.end_mark.index
        found = text.find(problem.excerpt.split("\n")[0], start, end)
        if found >= 0:
            return _place(text[:found])
    return mark.line + 1, mark.column + 1


def path_text(path: Path) -> str:
    """A path as an editor would say it: `citations.hubkub.url`, `takeaways[2].text` (counting from 1)."""
    words = ""
    for step in path:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if words else step
    return words
