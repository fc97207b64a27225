"""Read the front matter of a Markdown file: YAML, TOML, JSON, or lines of `Name: value`."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from generator.importers.value import UnreadableError
from generator.load.yaml import read

_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_UNENDED = re.compile(r"(---|\+\+\+)[ \t]*\n(?:[^\n]+\n)*?(?i:title|date|subject|layout)[ \t]*[:=]")
"""A rule above a text looks like the beginning of front matter; this one has a field that posts have."""
_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)\Z")


def parted(name: str, data: bytes) -> tuple[dict[str, Any], str]:
    """The fields by lower-case name, and the text below. Raises `UnreadableError`."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").lstrip("\n")
    except UnicodeDecodeError as error:
        raise UnreadableError("it is not UTF-8") from error
    for pattern, make in ((_YAML, _yaml), (_TOML, _toml)):
        if found := pattern.match(text):
            return _lowered(make(name, found[1])), text[found.end() :]
    if begun := _UNENDED.match(text):
        raise UnreadableError(f"its front matter does not end: write `{begun[1]}` in a line of its own below it")
    if text.startswith("{"):
        facts, end = _json(text)
        return _lowered(facts), text[end:]
    return _lines(text)


def _yaml(name: str, text: str) -> Any:
    document = read(name, text.encode())
    if document.value is None and document.problems:
        problem = document.problems[0]
        raise UnreadableError(f"line {problem.line + 1}: {problem.what}")
    return document.value or {}


def _toml(name: str, text: str) -> Any:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableError(f"its TOML cannot be read: {error}") from error


def _json(text: str) -> tuple[Any, int]:
    try:
        return json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return {}, 0


def _lines(text: str) -> tuple[dict[str, Any], str]:
    """`Name: value` up to the first empty line, as in Pelican and MultiMarkdown; indented lines continue a value."""
    head, _, body = text.partition("\n\n")
    facts: dict[str, Any] = {}
    last = ""
    for line in head.split("\n"):
        found = _LINE.match(line)
        if found:
            last = found[1].strip().lower()
            facts[last] = found[2].strip()
        elif last and line.startswith((" ", "\t")):
            facts[last] += f", {line.strip()}"
        else:
            return {}, text
    return facts, body


def _lowered(facts: Any) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in facts.items()} if isinstance(facts, dict) else {}
