"""Values as HTML. Most texts hold nothing that HTML writes otherwise, and are told from the others at once."""

from __future__ import annotations

import re
from typing import Any

import markupsafe
from markupsafe import Markup

_SPECIAL = re.compile("[&<>'\"]")


def escape(value: Any) -> str:
    """The HTML that stands for a value. What is HTML already stays as it is, as with `markupsafe.escape`.

    The answer is for putting out, and not always `Markup`: escaped once more it could change.
    """
    kind: type[object] = type(value)
    if kind is Markup or (kind is str and _SPECIAL.search(value) is None):
        return value  # type: ignore[no-any-return]
    if kind is int:
        return str(value)
    return markupsafe.escape(value)


def markup(written: str) -> Markup:
    """What is HTML already, as such; unlike `Markup(...)` it does not ask a text whether it is an object with HTML."""
    made: Any = str.__new__(Markup, written)
    return made  # type: ignore[no-any-return]
