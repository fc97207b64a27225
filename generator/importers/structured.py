"""Read JSON and CSV of other programs, with limits."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from generator.importers.value import UnreadableError

CELL_LIMIT = 8 * 1024 * 1024
"""Characters in a cell: Buttondown writes whole mails into one."""
ROW_LIMIT = 50_000
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a character (a surrogate): JSON can have one alone, but no file can hold it."""


def from_json(name: str, data: bytes) -> Any:
    """The value of a JSON file. Raises `UnreadableError`."""
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text)
        if _HALF.search(text):
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        return value
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{name} is no JSON that can be read: {error}") from error


def mappings(value: Any) -> list[dict[str, Any]]:
    """The mappings in a list; everything else in it is skipped."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def rows(name: str, data: bytes) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by column name. Raises `UnreadableError` if there are more than any export has."""
    before = csv.field_size_limit(CELL_LIMIT)  # a global setting of the library
    try:
        table = list(_read(name, data))
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableError(f"{name} is no CSV that can be read: {error}") from error
    finally:
        csv.field_size_limit(before)
    yield from table


def _read(name: str, data: bytes) -> Iterator[dict[str, str]]:
    for number, row in enumerate(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))):
        if number >= ROW_LIMIT:
            raise UnreadableError(f"{name} has more than {ROW_LIMIT} rows")
        yield {str(head).strip(): cell for head, cell in row.items() if isinstance(head, str) and isinstance(cell, str)}


def heads(data: bytes) -> set[str]:
    """The names in the first line of a CSV file."""
    line = data.decode("utf-8-sig", "replace").partition("\n")[0]
    return {head.strip() for head in next(csv.reader([line[:10_000]]), [])}
