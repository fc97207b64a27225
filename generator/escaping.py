"""Escape values for HTML as markupsafe does, but faster: most texts have nothing to escape."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import markupsafe
from markupsafe import Markup

_SPECIAL = re.compile("[&<>'\"]")


def _looked_at(text: str) -> str:
    """Fallback for `_escaped`, if markupsafe has no such function."""
    return text if _SPECIAL.search(text) is None else str(markupsafe.escape(text))


_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _looked_at)
"""The core of `markupsafe.escape`, without `Markup` around the result. Five times as fast as a regex search."""


def escape(value: Any) -> str:
    """Return the HTML for a value. As with `markupsafe.escape`, HTML is left as it is.

    The result is for output: it is not always `Markup`, so escaping it again could change it.
    """
    kind: type[object] = type(value)
    if kind is str:
        return _escaped(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is int:
        return str(value)
    return markupsafe.escape(value)


markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Mark a text as HTML. Faster than `Markup(...)`, which first checks for an `__html__` method."""
