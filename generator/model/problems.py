"""Problems in the content, as values.

Stages return problems and never raise them. A problem starts with a path into its file, such as
`("citations", "hubkub", "url")`; line and column are looked up afterwards, only for files that have problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import force_setattr

from generator.texts.patterns import late

Path = tuple[str | int, ...]
"""The path from the top of a YAML file to a value: keys of mappings and indexes (from 0) of lists."""

_CONTROL = late("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\u00a0]")


class Severity(StrEnum):
    """An error blocks a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Replacement(Struct, frozen=True):
    """The text that fixes a problem, and the range it replaces. Lines and columns (in characters) count from 1."""

    line: int
    column: int
    end_line: int
    end_column: int
    """The column after the last replaced character."""
    text: str


def places_of(words: str, text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """The offsets of words in a text, or in a range of it. Blanks of the words may be line breaks in the text.

    If the words have several lines, only the first line is searched for.
    """
    pattern = r"\s+".join(map(re.escape, re.split(r"\s+", words.partition("\n")[0])))
    if words:
        yield from (
            found.start()
            for found in re.compile(f"(?={pattern})").finditer(text, start, len(text) if end is None else end)
        )


class Problem(Struct, frozen=True):
    """One mistake in one file, and what to write instead."""

    rule: str
    file: str
    """The file, relative to the folder of `mkdocs.yml`, with forward slashes."""
    what: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    path: Path = ()
    at_key: bool = False
    """Whether the key is at fault rather than its value."""
    excerpt: str = ""
    """Words inside the value at `path` that the problem is about; empty means the whole value."""
    earlier: int | None = None
    """How often these words occur before the place that is meant; None if not known."""
    mend: str | None = None
    """What to write instead of `excerpt`, if that needs no judgement; None if a person must decide."""
    only_plain: bool = False
    """Whether quotation marks around the value would fix it, so that it is a problem only if there are none."""
    line: int = 0
    """From 1; 0 if not known yet."""
    column: int = 0
    replacement: Replacement | None = None
    """The fix as characters of the file, if it was looked up."""

    def __post_init__(self) -> None:
        """Escape control characters, so that words from a file cannot move a terminal's cursor or begin a new line."""
        for name in ("file", "what", "hint"):
            text = getattr(self, name)
            if _CONTROL.search(text):
                force_setattr(self, name, _CONTROL.sub(lambda found: repr(found[0])[1:-1], text))

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def __str__(self) -> str:
        """`file:line:column: severity: what [rule]`, and the hint on a line of its own, as compilers print it."""
        head = f"{self.place}: {self.severity}: {self.what} [{self.rule}]"
        return f"{head}\n    {self.hint}" if self.hint else head
