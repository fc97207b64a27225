"""Read the file of subscribers: CSV with a header line and a column `email`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from generator.mail.addresses import Mailbox, address_fault, same_mailbox

ADDRESS, NAME = "email", "name"


class SubscribersError(Exception):
    """A subscribers' file that cannot be used. The message lists each fault as `file:line: what`."""


def read(file: Path) -> tuple[Mailbox, ...]:
    """Everybody in a file, in its order. Columns other than `email` and `name` are ignored.

    Raises `SubscribersError` with every fault, `OSError`.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SubscribersError(f"{file}:{line}: it is not UTF-8") from error
    return _Rows(str(file)).read(text)


class _Rows:
    """Reads row by row and collects the faults."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._faults: list[str] = []
        self._seen: dict[str, int] = {}

    def read(self, text: str) -> tuple[Mailbox, ...]:
        rows = self._numbered(text)
        number, header = next(rows, (1, []))
        columns = [column.strip().lower() for column in header]
        if ADDRESS not in columns:
            raise SubscribersError(f"{self._file}:{number}: there is no column `{ADDRESS}` in the first line")
        people = [found for line, row in rows if (found := self._person(line, columns, row))]
        if not people and not self._faults:
            self._note(number, "there is nobody in it")
        if self._faults:
            raise SubscribersError("\n".join(self._faults))
        return tuple(people)

    def _numbered(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not blank, with the number of its first line."""
        reader = csv.reader(StringIO(text, newline=""), strict=True)  # only CSV's own line ends end a line
        line = 1
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            self._note(line, f"it is not CSV: {error}")

    def _person(self, line: int, columns: list[str], row: list[str]) -> Mailbox | None:
        fields = dict(zip(columns, row, strict=False))
        address = fields.get(ADDRESS, "").strip()
        fault = self._shape_fault(columns, row) or self._address_fault(address, line)
        if fault:
            self._note(line, fault)
            return None
        return Mailbox(address, fields.get(NAME, "").strip())

    @staticmethod
    def _shape_fault(columns: list[str], row: list[str]) -> str | None:
        return None if len(row) == len(columns) else f"it has {len(row)} fields, and the first line has {len(columns)}"

    def _address_fault(self, address: str, line: int) -> str | None:
        if not address:
            return f"its `{ADDRESS}` is empty"
        if fault := address_fault(address):
            return f"no mail can go to `{address}`: {fault}"
        first = self._seen.setdefault(same_mailbox(address), line)
        return None if first == line else f"`{address}` is in line {first} already"

    def _note(self, line: int, what: str) -> None:
        self._faults.append(f"{self._file}:{line}: {what}")
