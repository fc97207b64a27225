"""`citewire` in a process of its own, on a cluster: `python -m tests.on_cluster build --cluster ADDRESS`.

The build begins when as many workers are there as `WORKERS` says. Those whose ids the variable `KILL` names are killed
when the first files are made. `PATIENCE` is that of the engine, after the killing if there is one. Nothing may be read,
judged or made in this process, unless `HERE` is set.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partialmethod
from pathlib import Path
from typing import Any

from generator import batches
from generator.check import judging
from generator.cli import console, main
from generator.cluster import engine
from generator.load import forms, items
from generator.load.shelf import Shelf
from generator.publish import making


def unwanted(*arguments: object) -> None:
    raise SystemExit("this is the work of the workers")


def record(shelf: Any, usual: Callable[..., Any], path: Path, form: Any, *more: Any) -> Any:
    return unwanted() if form is forms.STORY else usual(shelf, path, form, *more)


def wait(client: engine.Client, usual: Callable[..., None], count: int, timeout: float) -> None:
    usual(client, int(os.environ.get("WORKERS", count)), timeout)


class Killing(console.Progress):
    """Told when files have been made."""

    def __call__(self, done: int, of: int) -> None:
        for worker in os.environ.pop("KILL", "").split():
            os.kill(int(worker), signal.SIGKILL)
            engine.PATIENCE = float(os.environ.get("PATIENCE", engine.PATIENCE))


def rules() -> None:
    batches.WORTH = items.WORTH = 40
    items.BATCH = judging.BATCH = making.BATCH = 10
    if "KILL" not in os.environ:
        engine.PATIENCE = float(os.environ.get("PATIENCE", engine.PATIENCE))
    console.Progress = Killing
    engine.Client.wait_for_workers = partialmethod(wait, engine.Client.wait_for_workers)
    if "HERE" not in os.environ:
        making._Work.differs = judging._Alone._judged = unwanted
        Shelf.record = partialmethod(record, Shelf.record)


if __name__ == "__main__":
    rules()
    main()
