"""What a command costs: time on the wall, time of the processors, memory of all its processes at their highest."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

BETWEEN_LOOKS = 0.02
"""Seconds, at least."""
REST = 20
"""How many times as long as a look the pause after it is: to count gigabytes keeps a processor busy for a while."""


class Cost(NamedTuple):
    wall: float
    """Seconds."""
    cpu: float
    """Seconds of all processors."""
    memory: float
    """Bytes of all its processes together at the highest; what they share counts once."""


def run(command: list[str], folder: Path) -> Cost:
    """Run a command to its end. Raises `CalledProcessError` when it fails."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONDONTWRITEBYTECODE": ""}
    before = os.times()
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    watch = _Watch(process.pid)
    watch.start()
    code = process.wait()
    wall = time.monotonic() - started
    after = os.times()
    watch.join()
    if code:
        raise subprocess.CalledProcessError(code, command)
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, spent, watch.highest)


class _Watch(threading.Thread):
    """Looks at a process and its descendants until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.highest = pid, 0.0

    def run(self) -> None:
        while _alive(self.pid):
            started = time.monotonic()
            self.highest = max(self.highest, sum(_memory(pid) for pid in _family(self.pid)))
            time.sleep(max(BETWEEN_LOOKS, REST * (time.monotonic() - started)))


def _alive(pid: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _memory(pid: int) -> int:
    """Bytes of a process, its part of what it shares with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
