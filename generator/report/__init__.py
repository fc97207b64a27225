"""Write problems for other programs: a JSON list, SARIF, or annotations of GitHub Actions.

Each writer is a function from problems to text. It decides nothing: what is wrong and how grave it is comes with the
problems.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.model.problems import Problem
from generator.report import listing, sarif, workflow

Writer = Callable[[Sequence[Problem], Mapping[str, str]], str]
"""`problems` in their order, with files relative to where the reader stands; and what each rule holds, by its name."""

WRITERS: Mapping[str, Writer] = {
    "json": listing.write,
    "sarif": sarif.write,
    "github": workflow.write,
}
