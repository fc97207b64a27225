"""Try a request up to three times, with waits between; decide from each answer whether to try again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import Enum

from msgspec import Struct

from generator.announce.wire import Answer, NotSentError, UnsureError
from generator.texts.characters import one_line

TRIES = 3
WAITS = (1.0, 4.0)
"""Seconds before the second and the third try."""
LONGEST = 60.0
"""The longest that a run waits when a server names a time, in seconds; more is left to the next run."""

Send = Callable[[], Answer]


class Result(Enum):
    """The outcome of a message."""

    TOLD = "told"
    DUE = "would be told"
    FAILED = "failed"
    PUT_OFF = "put off"
    """The server asks for more time than a run has: the next run tries again, and it does not count as a failure."""
    UNKNOWN = "unknown"
    """It is unknown whether the message arrived."""
    OFF = "switched off"


class Clock(Struct, frozen=True):
    """The current time, and a way to wait."""

    now: datetime
    sleep: Callable[[float], None]


class _Try(Struct, frozen=True):
    """The outcome of one try. Without a result, try again, after `wait` seconds if the server names a time."""

    result: Result | None
    said: str
    wait: float | None = None


def patiently(send: Send, once: bool, clock: Clock) -> tuple[Result, str]:
    """Send until accepted, at most three times; return the result, and why it was not accepted.

    `once` means that the service posts a repeated message only once, so sending again does no harm.
    """
    for number in range(TRIES):
        found = _tried(send, once, clock.now)
        if found.result is not None:
            return found.result, found.said
        if number < len(WAITS):
            clock.sleep(WAITS[number] if found.wait is None else found.wait)
    return Result.FAILED, f"{found.said}, {TRIES} times"


def _tried(send: Send, once: bool, now: datetime) -> _Try:
    try:
        return _judged(send(), once, now)
    except NotSentError as error:
        return _Try(None, str(error))
    except UnsureError as error:
        return _Try(None if once else Result.UNKNOWN, str(error))


def _judged(answer: Answer, once: bool, now: datetime) -> _Try:
    """The meaning of an answer (RFC 9110, section 15)."""
    if 200 <= answer.status < 300:
        return _Try(Result.TOLD, "")
    said = f"answered {answer.status}{_words(answer)}"
    if answer.status in (408, 425, 429, 503):
        wait = _retry_after(answer, now)
        if wait is not None and wait > LONGEST:
            return _Try(Result.PUT_OFF, f"asks for {round(wait)} seconds of patience")
        return _Try(None, said, wait)
    if answer.status >= 500:
        return _Try(None if once else Result.UNKNOWN, said)
    moved = answer.headers.get("location") if 300 <= answer.status < 400 else None
    return _Try(Result.FAILED, f"{said}; it has moved to {moved}" if moved else said)


def _words(answer: Answer) -> str:
    """The beginning of a server's reason for its refusal, unless it is a page."""
    said = one_line(answer.body[:300].decode("utf-8", "replace"))[:120]
    return f" ({said})" if said and not said.startswith("<") else ""


def _retry_after(answer: Answer, now: datetime) -> float | None:
    """The time to wait in seconds, from either form of the header (RFC 9110, section 10.2.3)."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isdecimal() and len(value) < 10:
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return None
