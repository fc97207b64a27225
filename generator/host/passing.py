"""What a build says in passing, whether or not the host is started for it."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from generator.model.artifacts import PathTakenError
from generator.model.problems import Problem
from generator.publish.site import PublishError
from generator.search.pagefind import SearchError
from generator.webdesk.site import NoBundleError

UNMADE = (PathTakenError, PublishError, SearchError, NoBundleError)
"""Why a site cannot be made of sound content; the texts are for the user."""


def refusal(problems: Sequence[Problem], strict: bool) -> str | None:
    """Why content with these problems is not published; None when it is."""
    if any(problem.is_error for problem in problems):
        return "there are errors"
    return "there are warnings, and --strict lets them fail" if strict and problems else None


def log_waiting() -> None:
    """Say, as the host logs, why nothing seems to happen."""
    words = "citewire: another build is writing this site: waiting for its end"
    logging.getLogger("mkdocs.plugins.citewire").warning(words)
