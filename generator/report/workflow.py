"""Write problems as workflow commands, which GitHub Actions shows beside the changed lines.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model.problems import Problem

_IN_A_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_A_PROPERTY = {**_IN_A_MESSAGE, ":": "%3A", ",": "%2C"}


def write(problems: Sequence[Problem], rules: Mapping[str, str]) -> str:
    """One command per line."""
    return "".join(f"{_command(problem)}\n" for problem in problems)


def _command(problem: Problem) -> str:
    properties = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.rule}
    given = ",".join(f"{name}={_escaped(str(value), _IN_A_PROPERTY)}" for name, value in properties.items())
    message = f"{problem.what}\n{problem.hint}" if problem.hint else problem.what
    return f"::{problem.severity.value} {given}::{_escaped(message, _IN_A_MESSAGE)}"


def _escaped(text: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)
