"""What was checked in the whole archive and with which results, for the page that tells readers of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from generator.model.evidence import State
from generator.model.problems import Severity
from generator.model.tracing import Count


class CheckFigures(Struct, frozen=True):
    """The rules that are switched on, and figures of the whole archive."""

    rules: Mapping[str, Severity] = field(default_factory=dict)
    """The rules that are on, by name, with how grave a breach is."""
    claims: Count = field(default_factory=dict)
    """How many claims of each kind stand where, in all stories and editions."""
    links: Mapping[State, int] = field(default_factory=dict)
    """How many sources were in which state when they were last looked at; empty where none was."""
    looked: date | None = None
    """The day of the newest look."""
