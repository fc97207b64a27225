"""Find the line and column of a problem from its path in a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.load.syntax import line_and_column
from generator.load.wrapping import MOVED
from generator.load.yaml import Document, compose
from generator.model.problems import Problem, places_of


def locate(document: Document, problems: Sequence[Problem]) -> list[Problem]:
    """Add line and column to problems. Leaves out `only_plain` problems of values that are in quotation marks."""
    root = compose(document.text)
    taken: dict[object, set[int]] = defaultdict(set)
    places = cache(lambda words, start, end: tuple(places_of(words, document.text, start, end)))
    located = []
    for problem in problems:
        if problem.line:
            located.append(problem)
            continue
        node = descend(root, problem)
        if problem.only_plain and isinstance(node, ScalarNode) and node.style:
            continue
        known = taken[problem.path, problem.what]
        spot = _position(document.text, node, problem, known, places) if node else (1, 1)
        located.append(replace(problem, line=spot[0], column=_as_in_the_file(document, *spot)))
    return located


def _as_in_the_file(document: Document, line: int, column: int) -> int:
    return max(1, column - MOVED) if 0 < document.moved <= line else column


def keys_at(document: Document, problems: Sequence[Problem]) -> set[str]:
    """The top-level keys of a file that contain these problems, by line. Those past which it was read are in none."""
    root = compose(document.text)
    within = [problem for problem in problems if problem.line not in document.left_out]
    begins = [(key.start_mark.line + 1, key.value) for key, _ in root.value] if isinstance(root, MappingNode) else []
    return {max((at for at in begins if at[0] <= problem.line), default=(0, ""))[1] for problem in within}


def descend(root: Node | None, problem: Problem) -> Node | None:
    """The node at a problem's path, or the last existing one on the way."""
    node = root
    for number, step in enumerate(problem.path):
        last = number == len(problem.path) - 1
        pair = _child(node, step)
        if pair is None:
            return node
        node = pair[0] if last and problem.at_key else pair[1]
    return node


def _child(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """Key node and value node below `node` for one step of a path (for a list, the same node twice)."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == str(step):
                return key, value
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _position(
    text: str, node: Node, problem: Problem, taken: set[int], places: Callable[[str, int, int], Sequence[int]]
) -> tuple[int, int]:
    """The place of a problem's words inside its value, or of the value if they are not found in it.

    If `Problem.earlier` is not known, this is the first place not `taken` by a problem that says the same of the same
    value.
    """
    start: Any = node.start_mark
    end: Any = node.end_mark
    if problem.excerpt and isinstance(node, ScalarNode):
        found = places(as_written(problem.excerpt, node.style), start.index, end.index)
        if problem.earlier is None:
            at = next((at for at in found if at not in taken), None)
        else:
            at = found[problem.earlier] if problem.earlier < len(found) else None
        if found:
            spot = found[-1] if at is None else at
            taken.add(spot)
            return line_and_column(text[:spot])
    return start.line + 1, start.column + 1


def as_written(words: str, style: str | None) -> str:
    """Words of a value as written in the file, escaped for its quotation style (YAML 1.1, 9.1.1 and 9.1.2)."""
    if style == '"':
        return words.replace("\\", "\\\\").replace('"', '\\"')
    return words.replace("'", "''") if style == "'" else words
