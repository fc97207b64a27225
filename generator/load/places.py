"""Where problems stand: from a path in a file to its line and column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.load.syntax import line_and_column
from generator.load.yaml import Document, compose
from generator.model.problems import Problem


def locate(document: Document, problems: Sequence[Problem]) -> list[Problem]:
    """Problems with their line and column. What quotation marks in the file answer already is left out.

    Problems with the same words at the same path stand at the first, second, ... place of those words.
    """
    root = compose(document.text)
    met: Counter[object] = Counter()
    located = []
    for problem in problems:
        if problem.line:
            located.append(problem)
            continue
        node = descend(root, problem)
        if problem.only_plain and isinstance(node, ScalarNode) and node.style:
            continue
        line, column = _position(document.text, node, problem, met[problem.path, problem.excerpt]) if node else (1, 1)
        met[problem.path, problem.excerpt] += 1
        located.append(replace(problem, line=line, column=column))
    return located


def keys_at(document: Document, problems: Sequence[Problem]) -> set[str]:
    """The keys at the top of a file whose values have these problems, by their lines."""
    root = compose(document.text)
    begins = [(key.start_mark.line + 1, key.value) for key, _ in root.value] if isinstance(root, MappingNode) else []
    return {max((at for at in begins if at[0] <= problem.line), default=(0, ""))[1] for problem in problems}


def descend(root: Node | None, problem: Problem) -> Node | None:
    """The node at a problem's path, or the last one on the way that exists."""
    node = root
    for number, step in enumerate(problem.path):
        last = number == len(problem.path) - 1
        pair = _child(node, step)
        if pair is None:
            return node
        node = pair[0] if last and problem.at_key else pair[1]
    return node


def _child(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """Key node and value node below `node` for one step of a path (the same node twice in a list)."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == str(step):
                return key, value
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _position(text: str, node: Node, problem: Problem, earlier: int) -> tuple[int, int]:
    """The place of a problem's words inside its value, after `earlier` ones like it; or that of the value."""
    start: Any = node.start_mark
    end: Any = node.end_mark
    words = problem.excerpt.split("\n")[0]
    if words and isinstance(node, ScalarNode):
        found = [each.start() for each in _as_written(words, node.style).finditer(text, start.index, end.index)]
        if found:
            return line_and_column(text[: found[min(earlier, len(found) - 1)]])
    return start.line + 1, start.column + 1


def _as_written(words: str, style: str | None) -> re.Pattern[str]:
    """Words of a value as they may stand in the file: escaped by the marks around it, and broken into lines."""
    if style == '"':
        words = words.replace("\\", "\\\\").replace('"', '\\"')
    elif style == "'":
        words = words.replace("'", "''")
    return re.compile(r"\s+".join(map(re.escape, re.split(r"\s+", words))))
