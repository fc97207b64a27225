"""Write problems for other programs: as a JSON list, SARIF, or annotations of GitHub Actions.

Each writer is a function from problems to text. It judges nothing: the problems already say what is wrong and how
severe it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.model.problems import Problem
from generator.report import listing, sarif, workflow

Writer = Callable[[Sequence[Problem], Mapping[str, str]], str]
"""Called with `problems` in order, with files relative to the current folder, and the rules' descriptions by name."""

WRITERS: Mapping[str, Writer] = {
    "json": listing.write,
    "sarif": sarif.write,
    "github": workflow.write,
}
