"""The process that builds the site while a server serves it. It keeps the state of the last build in memory.

The server has threads, so it must not fork; this process has none. While it builds, a fork of it goes on answering
saves from the same memory, which the system shares between the two.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Collection
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import NoReturn

from msgspec import Struct

from generator.host.ahead import Ahead
from generator.processes import can_fork, fork

log = logging.getLogger("mkdocs.plugins.citewire")


class Saved(Struct, frozen=True):
    """To the builder: these files were saved. Answered by an `Answer`."""

    number: int
    """The number of the save, counted from 1."""
    paths: frozenset[str]


class Build(Struct, frozen=True):
    """To the builder: build the site. Answered by a `Done`."""


class Answer(Struct, frozen=True):
    """From the builder: what to show of a save before the build; None if that needs the build."""

    number: int
    ahead: Ahead | None


class Done(Struct, frozen=True):
    """From the builder: how a build ended."""

    is_sound: bool = False
    """Whether the site has the present content."""
    written: frozenset[str] = frozenset()
    """The files that were written or removed, by path in the site."""
    shows_problems_alone: bool = False
    """Whether there is no sound page yet to lay problems over."""


Make = Callable[[], Done]
LookAhead = Callable[[Collection[str], Collection[str]], Ahead | None]
"""Makes the pages of saved files, given all files that differ from the last sound build, and those just saved."""
_UNKNOWN = "?"
"""Placeholder for saves whose files are not known; no file has this path."""


class BuilderEndedError(Exception):
    """The builder's process has ended."""

    def __str__(self) -> str:
        return "the process that builds the site has ended (for want of memory?): start `citewire serve` again"


class Builder:
    """The server's handle on the builder process."""

    def __init__(self, conn: Connection, pid: int) -> None:
        self._conn, self._pid = conn, pid

    def tell(self, message: Saved | Build) -> None:
        """Send a message. Raises `BuilderEndedError`."""
        try:
            self._conn.send(message)
        except OSError as error:
            raise BuilderEndedError from error

    def hear(self) -> Answer | Done:
        """Wait for its next message. Raises `EOFError` or `OSError` if it has ended."""
        found: Answer | Done = self._conn.recv()
        return found

    def look_after(self) -> None:
        """Raise `BuilderEndedError` if the process has ended: its children may live on, but send nothing."""
        if os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            raise BuilderEndedError

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        os.kill(self._pid, signal.SIGTERM)
        self._conn.close()
        os.waitpid(self._pid, 0)


def start(make: Make, look: LookAhead) -> Builder:
    """Fork a builder, which inherits everything in this process's memory."""
    ours, theirs = Pipe()
    pid = fork()
    if pid == 0:
        ours.close()
        _run(BuilderProcess(theirs, make, look).run)
    theirs.close()
    return Builder(ours, pid)


def _run(what: Callable[[], None]) -> NoReturn:
    """Do something in a freshly forked process, then exit. Interrupts are ignored: only the server handles them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        what()
    except (EOFError, OSError, SystemExit):  # the server has ended
        pass
    except BaseException:
        log.exception("the builder of the site broke off")
    finally:
        sys.stderr.flush()
        os._exit(0)


class BuilderProcess:
    """The loop of the builder's process, which answers one message after the other."""

    IDLE = 1.0
    """Seconds without a message before garbage is collected, so that a save need not wait for that."""

    def __init__(self, conn: Connection, make: Make, look: LookAhead) -> None:
        self._conn, self._make, self._look = conn, make, look
        self._changed: set[str] = set()
        """The content files that differ from those of the last sound build."""

    def run(self) -> None:
        """Answer the server's messages until it ends."""
        gc.disable()
        while True:
            if not self._conn.poll(self.IDLE):
                gc.collect()
            message = self._conn.recv()
            if isinstance(message, Saved):
                self._answer(message)
            else:
                self._build()

    def _answer(self, saved: Saved) -> None:
        self._changed |= saved.paths
        try:
            ahead = self._look(self._changed, saved.paths)
        except Exception:  # the build reports it better
            log.debug("a save could not be shown ahead", exc_info=True)
            ahead = None
        self._conn.send(Answer(saved.number, ahead))

    def _build(self) -> None:
        """Build, while a fork goes on answering saves from the state before."""
        ours, theirs = Pipe()
        pid = fork() if can_fork() else None
        if pid == 0:
            ours.close()
            _run(lambda: self._meanwhile(theirs))
        theirs.close()
        done = self._make()
        since = self._end(pid, ours) if pid else set[str]()
        self._changed = since if done.is_sound else self._changed | since
        self._conn.send(done)

    def _end(self, pid: int, conn: Connection) -> set[str]:
        """End the fork. Return the files that were saved while it ran."""
        try:
            conn.send(None)
            since: set[str] = conn.recv()
        except (EOFError, OSError):
            since = {_UNKNOWN}
        conn.close()
        os.waitpid(pid, 0)
        return since

    def _meanwhile(self, builder: Connection) -> None:
        """Answer saves until the builder has finished, and then send it their files."""
        since: set[str] = set()
        while builder not in (ready := wait([self._conn, builder])):
            for _ in ready:
                message = self._conn.recv()
                since |= message.paths
                self._answer(message)
        builder.recv()
        builder.send(since)
