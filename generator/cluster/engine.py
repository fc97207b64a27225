"""The engine that does batches of a build on the workers of a Dask cluster (https://distributed.dask.org).

When a worker dies, Dask gives its batches to another one; a batch that kills several workers is done in this process.
Workers publish nothing.
"""

from __future__ import annotations

import logging
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from distributed import Client, Future, KilledWorker, LocalCluster
from distributed.comm.addressing import get_address_host_port, normalize_address

from generator.batches import Batch, done_by
from generator.cluster.worker import UnfitError, Work, do, pack, rest
from generator.files import alone
from generator.processes import cores

LOCAL = "local"
_LOUD = ("distributed", "distributed.client", "asyncio")
PATIENCE = 30.0
"""Seconds to wait for a scheduler to answer, and for a worker to appear."""


class ClusterError(Exception):
    """The cluster cannot do the work; the text says why."""


@contextmanager
def on_cluster(address: str, folder: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Within this context, workers of a scheduler (or with `LOCAL` processes of this machine) do work that can be sent.

    They must see `folder` at the same path: the work is handed over in it, by one build at a time. `wait` is called
    before waiting for another build. Raises `ClusterError`, and `OSError` if the disk refuses.
    """
    for name in _LOUD:  # errors are reported in our own words
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with handing_over(folder, wait) as packs, ExitStack() as stack:
        client, numbers = _client(address, stack), count(1)

        def engine(work: Work, batches: Sequence[Batch]) -> Iterator[Any]:
            return _spread(client, work, batches, packs / f"{next(numbers)}")

        with done_by(engine):
            yield


@contextmanager
def handing_over(folder: Path, wait: Callable[[], None]) -> Iterator[Path]:
    """A folder for handing work over to workers; it is removed when the build ends.

    Nobody else may write to it, since its content is executed.
    """
    packs = folder / "cluster"
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder, wait):
        shutil.rmtree(packs, ignore_errors=True)  # left by a killed build
        packs.mkdir(mode=0o700)
        try:
            yield packs
        finally:
            shutil.rmtree(packs, ignore_errors=True)


def _client(address: str, stack: ExitStack) -> Client:
    """A client of a scheduler with at least one worker; it is closed with the stack."""
    if address != LOCAL:
        _probe(address)
    try:
        where = stack.enter_context(_local()) if address == LOCAL else address
        client: Client = stack.enter_context(Client(where, timeout=PATIENCE, set_as_default=False))
    except OSError as error:
        raise ClusterError("no scheduler answers there") from error
    try:
        client.wait_for_workers(1, PATIENCE)
    except TimeoutError as error:
        raise ClusterError("the scheduler has no worker") from error
    return client


def _probe(address: str) -> None:
    """Raise `ClusterError` if no scheduler is listening. A Dask client would retry for long, and report it twice."""
    try:
        where = get_address_host_port(normalize_address(address))
    except ValueError as error:
        raise ClusterError("that is no address: write it as tcp://scheduler:8786") from error
    try:
        socket.create_connection(where, PATIENCE).close()
    except OSError as error:
        raise ClusterError("no scheduler answers there") from error


def _local() -> LocalCluster:
    """A worker for each processor of this machine."""
    return LocalCluster(n_workers=cores(), threads_per_worker=1, dashboard_address=None, silence_logs="ERROR")


def _spread(client: Client, work: Work, batches: Sequence[Batch], file: Path) -> Iterator[Any]:
    """Yield the result of the work for each batch, in order."""
    packed = pack(work, file)
    futures = [client.submit(do, packed, batch, pure=False) for batch in batches]
    try:
        for future, batch in zip(futures, batches, strict=True):
            is_done, answer = _answer(client, future)
            # A failed batch is done again here, where the error keeps its traceback through the templates.
            yield answer if is_done else work(*batch)
            future.release()
    finally:
        with suppress(Exception):  # errors have been reported already
            client.cancel(futures)
            client.run(rest)  # so that no worker still writes when the build goes on


def _answer(client: Client, future: Future[Any]) -> tuple[bool, Any]:
    while True:
        try:
            answer: tuple[bool, Any] = future.result(timeout=PATIENCE)
        except TimeoutError as error:
            if not client.nthreads():
                raise ClusterError("no worker is left: nothing was published") from error
        except KilledWorker:
            return False, None
        except UnfitError as error:
            raise ClusterError(str(error)) from error
        except (CancelledError, OSError) as error:
            raise ClusterError("the scheduler is gone: nothing was published") from error
        except Exception as error:  # the worker could not even begin
            raise ClusterError(f"a worker cannot do the work: {error}") from error
        else:
            return answer
