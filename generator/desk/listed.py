"""Change one name in a top-level list of a file (`stories`, `mentions`) and leave everything else as it is.

The result is read back and must be what was intended.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from generator.desk.edit import fields_of
from generator.desk.files import DeskError, block_of


def without(text: str, field: str, name: str) -> str:
    """The text of a file with a name removed from its list. Raises `DeskError` if that is not safe."""
    word = rf"(?<![\w-])[\"']?{re.escape(name)}[\"']?(?![\w-])"
    entry = re.compile(rf"^[ \t]*-[ \t]*{word}[^\n]*(?:\n|\Z)|{word}[ \t]*,[ \t]*|,[ \t]*{word}", re.MULTILINE)
    after = _in_block(text, field, lambda block: entry.sub("", block, count=1))
    return _meant(text, after, field, lambda names: [each for each in names if each != name])


def renamed(text: str, field: str, old: str, new: str) -> str:
    """The text of a file with a name replaced in its list. Raises `DeskError` if that is not safe."""
    word = re.compile(rf"#.*|(?<![\w-]){re.escape(old)}(?![\w-])")
    after = _in_block(text, field, lambda block: word.sub(lambda found: found[0] if "#" in found[0] else new, block))
    return _meant(text, after, field, lambda names: [new if each == old else each for each in names])


def _in_block(text: str, field: str, change: Callable[[str], str]) -> str:
    block = block_of(text, field)
    return text if block is None else text[: block.start()] + change(block[0]) + text[block.end() :]


def _meant(before: str, after: str, field: str, change: Callable[[list[Any]], list[Any]]) -> str:
    """The new text, if it reads like the old one except for the intended change of the list."""
    was, now = fields_of(before), fields_of(after)
    if field in was:
        told = was[field]
        meant = change(told if isinstance(told, list) else [told])
        was[field] = meant if isinstance(told, list) else next(iter(meant), None)
    if was != now:
        raise DeskError(f"`{field}` is written in a way that cannot be changed safely: change it by hand")
    return after
