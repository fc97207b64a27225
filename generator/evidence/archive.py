"""Have a page copied into the Wayback Machine, through its API Save Page Now (version 2).

A copy is requested, its job is polled until it ends, and then the copy is read, since a request alone proves no copy.
The API is described in "Save Page Now 2 Public API Docs" of the Internet Archive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct

from generator.model.address import canonical
from generator.model.evidence import Copy
from generator.texts.characters import one_line
from generator.web.errors import WebError
from generator.web.reader import Reader
from generator.web.response import Response

_JOB = re.compile(r"[A-Za-z0-9_-]{1,100}")
_TIMESTAMP, _FORM = re.compile(r"[12]\d{13}"), "%Y%m%d%H%M%S"
_RECENT = "1d"
"""A copy made by the archive within this time is as good as a new one."""


class ArchiveError(Exception):
    """There is no copy, or none that could be read. The message says why, for people."""


class BusyError(ArchiveError):
    """The archive accepts no more requests for now."""


class Archive(Struct, frozen=True):
    """A service that keeps copies."""

    reader: Reader
    service: str
    """The address of the service, without a final slash."""
    key: str | None
    """`accesskey:secret`."""
    wait: Callable[[float], object]
    """Waits for some seconds."""
    every: float = 5
    """Seconds between two polls of a job."""
    looks: int = 36

    def keep(self, url: str) -> Copy:
        """A copy of a page that was verified to exist. Raises `ArchiveError`."""
        taken = self._watched(self._submitted(url))
        address = f"{self.service}/web/{taken:{_FORM}}/{url}"
        try:
            there = self.reader.call(address, "HEAD")
        except WebError as error:
            raise ArchiveError(f"the archive says that there is a copy, but it cannot be read: {error}") from error
        if there.status != HTTPStatus.OK:
            raise ArchiveError(f"the archive says that there is a copy, but it answers {there.status_words}")
        return Copy(canonical(url), address, taken)

    def _submitted(self, url: str) -> str:
        """Request a copy and return the job that makes it."""
        form = urlencode({"url": url, "if_not_archived_within": _RECENT}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        found = self._asked("/save", "POST", headers, form)
        job = found.get("job_id")
        if not isinstance(job, str) or not _JOB.fullmatch(job):
            raise ArchiveError(f"the archive did not take it: {_message(found)}")
        return job

    def _watched(self, job: str) -> datetime:
        """Wait for the job to end and return when the copy was made."""
        for _ in range(self.looks):
            found = self._asked(f"/save/status/{quote(job)}")
            if found.get("status") == "success":
                return _moment(found)
            if found.get("status") != "pending":
                raise ArchiveError(f"the archive could not copy it: {_message(found)}")
            self.wait(self.every)
        raise ArchiveError("the archive has not finished its copy yet: run the command again later")

    def _asked(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None, content: bytes | None = None
    ) -> dict[str, Any]:
        sent = {"Accept": "application/json", **(headers or {})}
        if self.key:
            sent["Authorization"] = f"LOW {self.key}"
        try:
            response = self.reader.call(f"{self.service}{path}", method, sent, content)
        except WebError as error:
            raise ArchiveError(f"the archive cannot be asked: {error}") from error
        return _answer(response)


def _answer(response: Response) -> dict[str, Any]:
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise BusyError("the archive wants no more requests now: run the command again later")
    if response.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise BusyError("the archive wants a key: put accesskey:secret into CITEWIRE_ARCHIVE_KEY")
    try:
        found = json.loads(response.body or b"")
    except (ValueError, RecursionError) as error:
        raise ArchiveError(f"the archive answers {response.status_words}, and nothing that can be read") from error
    if not isinstance(found, dict):
        raise ArchiveError(f"the archive answers {response.status_words}, and nothing that can be read")
    return found


def _moment(found: dict[str, Any]) -> datetime:
    timestamp = str(found.get("timestamp"))
    with suppress(ValueError):
        if _TIMESTAMP.fullmatch(timestamp):
            return datetime.strptime(timestamp, _FORM).replace(tzinfo=UTC)
    raise ArchiveError("the archive does not say when it made its copy")


def _message(found: dict[str, Any]) -> str:
    """The archive's message for people, on one line."""
    said = found.get("message") or found.get("exception") or found.get("status_ext") or "it does not say why"
    return one_line(str(said))[:300]
