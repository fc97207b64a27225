"""Messages for builds that publish nothing or break off: the same with MkDocs and without it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from traceback import extract_tb

from jinja2 import TemplateError, TemplateSyntaxError

from generator.configuration import ConfigError
from generator.model.artifacts import PathTakenError
from generator.model.problems import Problem
from generator.publish.site import PublishError
from generator.search.pagefind import SearchError
from generator.webdesk.site import NoBundleError

UNFIT = (PathTakenError, PublishError, NoBundleError)
"""Errors of what was asked for: no site can be made so, even from sound content. The texts are for the user."""
UNMADE = (*UNFIT, SearchError)
"""All errors that keep a site from being made from sound content."""


def refusal(problems: Sequence[Problem], strict: bool) -> str | None:
    """Why content with these problems is not published; None if it is."""
    if any(problem.is_error for problem in problems):
        return "there are errors"
    return "there are warnings, and --strict lets them fail" if strict and problems else None


def template_fault(error: TemplateError) -> tuple[str, int, str]:
    """File, line and message of an error in a template. Jinja puts the template's lines into the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return str(error.filename or error.name), error.lineno, str(error.message)
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return (frames[-1].filename, frames[-1].lineno or 1, str(error)) if frames else ("a template", 1, str(error))


def breaking_off(error: Exception, config_file: Path) -> Problem:
    """A problem that says why a build broke off, to show in the browser."""
    root, file, line, hint = config_file.parent, str(config_file), 1, "The terminal says more."
    if isinstance(error, TemplateError):
        file, line, what = template_fault(error)
    elif isinstance(error, ConfigError | OSError):
        what, hint = str(error), "The site stays as it was, and is built again with the next save."
        if isinstance(error, OSError) and error.filename:
            what = f"{error.filename}: {error.strerror}"
    else:  # the host's last error only refers to an earlier one
        what = str(error.__context__ if isinstance(error, SystemExit) and error.__context__ else error)
    name = Path(file).relative_to(root).as_posix() if Path(file).is_relative_to(root) else file
    return Problem("build", name, what or type(error).__name__, hint, line=line, column=1)


def log_waiting() -> None:
    """Log, as the host does, why nothing seems to happen."""
    words = "citewire: another build is writing this site: waiting for its end"
    logging.getLogger("mkdocs.plugins.citewire").warning(words)
