"""Problems: what is wrong in the content, as values.

Stages return problems and raise none of them. A problem first knows a path into its file, such as
`("citations", "hubkub", "url")`; line and column are looked up afterwards, only for files that have problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import force_setattr

from generator.model.patterns import late

Path = tuple[str | int, ...]
"""The way from the top of a YAML file to a value: keys of mappings and indexes (from 0) of lists."""

_CONTROL = late("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\u00a0]")


class Severity(StrEnum):
    """An error blocks a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Replacement(Struct, frozen=True):
    """The text that mends a problem, and what it replaces. Lines and columns count from 1, columns in characters."""

    line: int
    column: int
    end_line: int
    end_column: int
    """The column of the first character that stays."""
    text: str


def places_of(words: str, text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Where words begin in a text, or between two places of it. Blanks may be broken into lines there.

    Of words in several lines the first line counts.
    """
    pattern = r"\s+".join(map(re.escape, re.split(r"\s+", words.partition("\n")[0])))
    if words:
        yield from (
            found.start()
            for found in re.compile(f"(?={pattern})").finditer(text, start, len(text) if end is None else end)
        )


class Problem(Struct, frozen=True):
    """One thing that is wrong in one file, and what to write instead."""

    rule: str
    file: str
    """The file, relative to the folder of `mkdocs.yml`, with forward slashes."""
    what: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    path: Path = ()
    at_key: bool = False
    """True when the key is at fault rather than its value."""
    excerpt: str = ""
    """Words inside the value at `path` that the problem is about; empty means the whole value."""
    earlier: int | None = None
    """How often these words stand before the place that is meant; None where that is not known."""
    mend: str | None = None
    """What to write instead of `excerpt`, where no judgement is needed; None where a person must decide."""
    only_plain: bool = False
    """True when quotation marks around the value would mend it: then it is a problem only where there are none."""
    line: int = 0
    """From 1; 0 while it is not known yet."""
    column: int = 0
    replacement: Replacement | None = None
    """The mending as characters of the file, where it was looked up."""

    def __post_init__(self) -> None:
        """What is quoted from a file cannot move the cursor of a terminal or begin a line of its own."""
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
