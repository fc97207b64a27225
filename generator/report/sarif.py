"""Write problems as SARIF 2.1.0, which code hosts read (OASIS; its sections are in brackets below)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from generator.model.problems import Problem, Replacement

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LINK = re.compile(r"\[([^\[\]]*)\]\(")
"""Markdown in a message that SARIF would take for a link of its own (3.11.6)."""


def write(problems: Sequence[Problem], rules: Mapping[str, str]) -> str:
    """A log with one run. Columns are characters (3.14.17); files are relative to where the check ran (3.4.4)."""
    names = sorted({problem.rule for problem in problems})
    told = [{"id": name, "shortDescription": {"text": rules.get(name, name)}} for name in names]
    run = {
        "tool": {"driver": {"name": "Citewire", "rules": told}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, names.index(problem.rule)) for problem in problems],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(problem: Problem, index: int) -> dict[str, Any]:
    text = f"{problem.what}\n{problem.hint}" if problem.hint else problem.what
    fixes = {"fixes": [_fix(problem, problem.replacement)]} if problem.replacement else {}
    region = {"startLine": max(1, problem.line), "startColumn": max(1, problem.column)}
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": problem.severity.value,
        "message": {"text": _LINK.sub(r"\\[\1\\](", text)},
        "locations": [{"physicalLocation": {"artifactLocation": _file(problem), "region": region}}],
        "partialFingerprints": {"citewire/v1": _fingerprint(problem)},
        **fixes,
    }


def _fix(problem: Problem, by: Replacement) -> dict[str, Any]:
    """What `citewire check --fix` would write (3.55 to 3.57). A region ends before its last column (3.30.8)."""
    region = {"startLine": by.line, "startColumn": by.column, "endLine": by.end_line, "endColumn": by.end_column}
    change = {"deletedRegion": region, "insertedContent": {"text": by.text}}
    return {
        "description": {"text": _LINK.sub(r"\\[\1\\](", problem.hint or problem.what)},
        "artifactChanges": [{"artifactLocation": _file(problem), "replacements": [change]}],
    }


def _file(problem: Problem) -> dict[str, Any]:
    return {"uri": quote(problem.file)}


def _fingerprint(problem: Problem) -> str:
    """Identifies a result even after lines have moved (3.27.17)."""
    known = "\0".join((problem.rule, problem.file, *map(str, problem.path), problem.what))
    return sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:32]
