"""Write problems as a JSON list. Fields may be added later, but never change their meaning."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator.model.problems import Problem


def write(problems: Sequence[Problem], rules: Mapping[str, str]) -> str:
    """An object with the problems and their number. Lines and columns count from 1, columns in characters."""
    errors = sum(problem.is_error for problem in problems)
    document = {
        "version": 1,
        "errors": errors,
        "warnings": len(problems) - errors,
        "problems": [_entry(problem) for problem in problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _entry(problem: Problem) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "path": list(problem.path),
        "what": problem.what,
        "hint": problem.hint,
    }
    if problem.mend is not None:
        entry["mend"] = {"from": problem.excerpt, "to": problem.mend}
    return entry
