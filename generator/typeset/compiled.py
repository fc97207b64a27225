"""Cache compiled templates, so that none is compiled twice: that would be half the cost of saving a story.

A process remembers all that it has compiled. Our own templates are also kept on disk where Python keeps its compiled
modules (https://peps.python.org/pep-3147/): anybody who can write there could change the program as well. A
newsletter's own templates are not, since its cache holds data and no code.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from generator.files import PACKAGE, put

FORM = 2
"""Incremented whenever the way templates are compiled changes (`environment`)."""

_of_this_process: dict[tuple[str, str], CodeType] = {}
"""The code of templates, by file name and digest of the text."""


class Compiled(BytecodeCache):
    """https://jinja.palletsprojects.com/en/stable/api/#bytecode-cache"""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return filename or name

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _of_this_process.get((bucket.key, bucket.checksum))
        file = _beside(bucket.key)
        if bucket.code is None and file:
            with suppress(OSError), file.open("rb") as kept:
                bucket.load_bytecode(kept)
            self._remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._remember(bucket)
        file = _beside(bucket.key)
        if file is None or sys.dont_write_bytecode:
            return
        with suppress(OSError):
            put(file, bucket.bytecode_to_string())

    def _remember(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            _of_this_process[bucket.key, bucket.checksum] = bucket.code


def _beside(template: str) -> Path | None:
    """Where one of our templates is kept compiled, for this Python and this Jinja; None for a newsletter's own."""
    if not Path(template).is_relative_to(PACKAGE):
        return None
    made_by = f"jinja{_jinja().replace('.', '')}form{FORM}"
    return Path(cache_from_source(f"{template}.py", optimization=made_by))


def _jinja() -> str:
    """The version of Jinja, from its module if it has one: to look it up takes a twentieth of an edit."""
    if said := vars(jinja2).get("__version__"):
        return str(said)
    from importlib.metadata import version  # noqa: PLC0415

    return version("jinja2")
