"""Change values in a YAML file and leave every other byte as it is: comments, layout, quotation marks, line ends.

The parsed nodes give the position of each value; only those characters are replaced. The result is parsed again and
compared with the intended value; if they differ, nothing is written.
"""

from __future__ import annotations

import copy
import json
import pathlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.desk.files import DeskError, without_mark
from generator.files import name_here
from generator.load.yaml import Value, compose, path_text, read
from generator.model.problems import Path

Plain = str | int | bool | date | datetime | Sequence["Plain"] | Mapping[str, "Plain"]
"""What can be written into a file."""

_FIRST = r"""[-?:,\[\]{}#&*!|>'"%@`\s]"""
_INSIDE = r".*(?::\s|\s#|:\Z|\s\Z|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff])"
_RISKY = re.compile(rf"{_FIRST}|{_INSIDE}|\Z", re.DOTALL)
_OTHERWISE = re.compile(r"(?i:yes|no|on|off|true|false|y|n|null|~|[-+]?[0-9]{1,3}(?::[0-5]?[0-9])+)\Z")


def fields_of(text: str) -> dict[str, Any]:
    """The fields of a file; empty if it cannot be read."""
    value = read("", text.encode()).value
    return value if isinstance(value, dict) else {}


def sound_fields(text: str) -> dict[str, Any]:
    """The fields of a file. Raises `DeskError` if it has none or cannot be read."""
    if found := fields_of(text):
        return found
    raise DeskError("the file cannot be read: run `citewire check` and mend it first")


@contextmanager
def about(file: pathlib.Path) -> Iterator[None]:
    """Prefix a `DeskError` with the name of the file, since a command changes several."""
    try:
        yield
    except DeskError as error:
        raise DeskError(f"{name_here(file)}: {error}") from error


def put(text: str, path: Path, value: Plain, behind: str = "") -> str:
    """Set the field at a path, which may be new; the mapping around it must exist. Raises `DeskError`.

    A new field goes after the field `behind` if the mapping has that, otherwise last.
    """

    def meant(found: Any) -> None:
        _parent(found, path)[path[-1]] = as_read(value)

    return _changed(text, path, meant, lambda body, root, end: _put(body, root, path, value, end, behind))


def append(text: str, path: Path, value: Plain) -> str:
    """Add an item to the list at a path, which may be empty or missing. Raises `DeskError`."""

    def meant(found: Any) -> None:
        parent = _parent(found, path)
        parent[path[-1]] = [*(parent.get(path[-1]) or []), as_read(value)]

    return _changed(text, path, meant, lambda body, root, end: _append(body, root, path, value, end))


def drop(text: str, key: str) -> str:
    """Remove a field of one value at the top level of the file, with its lines. Raises `DeskError`."""
    return _changed(
        text, (key,), lambda found: found.pop(key, None), lambda body, root, end: _drop(body, root, key, False)
    )


def with_entries(text: str, entries: Mapping[str, Mapping[str, Plain]]) -> str:
    """A vocabulary with new entries at its end, each after an empty line. Raises `DeskError`."""
    end = "\r\n" if "\r\n" in text else "\n"
    added = "".join(f"\n{id_}:{block(entry, 2)}\n" for id_, entry in entries.items())
    after = f"{text.rstrip()}\n{added}".replace("\r\n", "\n").replace("\n", end)
    if list(fields_of(after)) != [*fields_of(text), *entries]:
        raise DeskError(f"the file cannot take `{next(iter(entries))}`: run `citewire check` and mend it first")
    return after


def drop_entry(text: str, key: str) -> str:
    """Remove a top-level entry with all its lines and the empty ones below it. Raises `DeskError`."""
    return _changed(
        text, (key,), lambda found: found.pop(key, None), lambda body, root, end: _drop(body, root, key, True)
    )


def scalar(text: str, in_flow: bool = False) -> str:
    """Write a text as a YAML scalar: plain if every reader takes it for this text, else in quotation marks."""
    if _RISKY.match(text) or _OTHERWISE.match(text) or (in_flow and re.search(r"[\[\]{},]", text)):
        return json.dumps(text, ensure_ascii=False)
    return text


def block(value: Plain, indent: int = 0) -> str:
    """A value as YAML to follow a key and its colon: ` text`, or a line break and the lines below."""
    pad = "\n" + " " * indent
    if isinstance(value, Mapping):
        return "".join(f"{pad}{scalar(key)}:{block(entry, indent + 2)}" for key, entry in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "".join(f"{pad}-{block(entry, indent + 2)}" for entry in value)
    return f" {_written(value)}"


def _written(value: Any, in_flow: bool = False) -> str:
    return _plain(value) if isinstance(value, bool | date) else scalar(str(value), in_flow)


def _plain(value: str | int | bool | date) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def as_read(value: Plain) -> Value:
    """The value that the loader reads back after it was written."""
    if isinstance(value, Mapping):
        return {key: as_read(entry) for key, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_read(entry) for entry in value]
    return _plain(value)


def _changed(text: str, path: Path, meant: Callable[[Any], Any], edit: Callable[[str, Node, str], str]) -> str:
    """The edited text, once it reads back as exactly the intended value."""
    mark, body = without_mark(text)
    before, root = read("", body.encode()), compose(body)
    if root is None or not isinstance(before.value, dict):
        raise DeskError("the file cannot be read: run `citewire check` and mend it first")
    expected = copy.deepcopy(before.value)
    meant(expected)
    end = "\r\n" if "\r\n" in body else "\n"
    edited = edit(body, root, end)
    if (read("", edited.encode()).value or {}) != expected:  # a file without entries reads as nothing
        raise DeskError(f"`{path_text(path)}` is written in a way that cannot be changed safely: change it by hand")
    return mark + edited


def _parent(found: Any, path: Path) -> Any:
    """The mapping that holds the last step of a path, creating empty ones on the way."""
    for step in path[:-1]:
        if not isinstance(found, list) and not found.get(step):
            found[step] = {}
        found = found[step]
    return found


def _put(text: str, root: Node, path: Path, value: Plain, end: str, behind: str = "") -> str:
    parent, depth = _deepest(root, path)
    if depth == len(path):
        return _replaced(text, parent, value)
    missing = path[depth:]
    for step in reversed(missing[1:]):
        value = {str(step): value}
    return _add_key(text, parent, str(missing[0]), value, end, behind)


def _deepest(root: Node, path: Path) -> tuple[Node, int]:
    """The last existing node on a path, and the number of steps to it."""
    node = root
    for depth, step in enumerate(path):
        child = _child(node, step)
        if child is None:
            return node, depth
        node = child
    return node, len(path)


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: Node = node.value[step]
        return found
    return None


def _span(node: Node) -> tuple[int, int]:
    start: Any = node.start_mark
    end: Any = node.end_mark
    return start.index, end.index


def _replaced(text: str, node: Node, value: Plain) -> str:
    if not isinstance(node, ScalarNode) or node.style in ("|", ">") or isinstance(value, Mapping):
        raise DeskError("only a value of one line can be replaced")
    start, stop = _span(node)
    blank = " " if text[start - 1 : start] == ":" else ""
    return text[:start] + blank + _written(value, in_flow=True) + text[stop:]


def _add_key(text: str, parent: Node, key: str, value: Plain, end: str, behind: str) -> str:
    """A new field of a mapping, which may be empty: after the named field, or last."""
    if isinstance(parent, MappingNode) and parent.value and not parent.flow_style:
        start: Any = parent.start_mark
        lines = f"\n{' ' * start.column}{scalar(key)}:{block(value, start.column + 2)}"
        return _insert(text, _end(_child(parent, behind) or parent.value[-1][1], text), lines, end)
    if _span(parent)[0] == _span(parent)[1] or (isinstance(parent, MappingNode) and not parent.value):
        start_at, stop = _span(parent)
        at = _key_column(text, start_at) + 2
        kept = text[:start_at].rstrip(" ") + text[stop:]
        return _insert(kept, len(text[:start_at].rstrip(" ")), f"\n{' ' * at}{scalar(key)}:{block(value, at + 2)}", end)
    raise DeskError("a mapping on one line cannot be added to: write its fields below each other")


def _key_column(text: str, at: int) -> int:
    """The indentation of the key before an offset."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return len(line) - len(line.lstrip(" "))


def _append(text: str, root: Node, path: Path, value: Plain, end: str) -> str:
    node, depth = _deepest(root, path)
    if depth < len(path):
        return _put(text, root, path, [value], end)
    start, stop = _span(node)
    if isinstance(node, SequenceNode) and node.value and not node.flow_style:
        column = node.start_mark.column
        return _insert(text, _end(node.value[-1], text), f"\n{' ' * column}-{block(value, column + 2)}", end)
    if isinstance(node, SequenceNode) and node.value:
        at = _span(node.value[-1])[1]
        return text[:at] + f", {_written(value, in_flow=True)}" + text[at:]
    blank = " " if text[start - 1 : start] == ":" else ""
    return text[:start] + f"{blank}[{_written(value, in_flow=True)}]" + text[stop:]


def _end(node: Node, text: str) -> int:
    """The offset after a value and the comment on its line."""
    last = node
    while isinstance(last, MappingNode | SequenceNode) and last.value and not last.flow_style:
        last = last.value[-1][1] if isinstance(last, MappingNode) else last.value[-1]
    at = len(text[: _span(last)[1]].rstrip())
    line_end = text.find("\n", at)
    rest = text[at : line_end if line_end >= 0 else len(text)]
    return at + len(rest.rstrip())


def _insert(text: str, at: int, lines: str, end: str) -> str:
    after = text[at:] or "\n"
    return text[:at] + (lines + after if end == "\n" else lines.replace("\n", end) + after)


def _drop(text: str, root: Node, key: str, is_entry: bool) -> str:
    for name, value in root.value:
        if name.value == key:
            if not is_entry and not isinstance(value, ScalarNode):
                raise DeskError(f"`{key}` is a list or has fields of its own: take it out by hand")
            start = text.rfind("\n", 0, _span(name)[0]) + 1
            stop = text.find("\n", _end(value, text))
            rest = text[stop + 1 :] if stop >= 0 else ""
            return text[:start] + (rest.lstrip("\r\n") if is_entry else rest)
    return text
