"""A store and its operations: read, write or delete one object at a time, each atomically."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem
from msgspec import Struct

from generator.store.kinds import kind_of

_WHOLE = {"s3", "gs", "gcs", "abfs", "az", "memory"}
"""Stores that show an object only once it is complete. Elsewhere it is written beside its place, and renamed."""
_TYPED = {"s3"}
"""Stores that are given media types. The others guess them from names."""


PATIENCE = 60.0
"""Seconds within which a store answers for the first time: looking for keys on a network takes a few."""


class StoreError(Exception):
    """The store refused an operation; the text says why."""


class NoStoreError(Exception):
    """An address is not that of a store; the text says why."""


class Store(Struct, frozen=True, dict=True):
    """A folder of a store, such as `s3://bucket/prefix`. It can be pickled; keys come from the environment."""

    url: str

    @cached_property
    def _found(self) -> tuple[Any, str]:
        if "://" not in self.url:
            raise NoStoreError(f"`{self.url}` is not the address of a store: write it as s3://bucket/folder")
        try:
            files, root = url_to_fs(self.url)
        except (ImportError, ValueError) as error:  # a library is missing, or the protocol is unknown
            raise NoStoreError(f"{self.url}: {error}") from error
        if not root and not isinstance(files, LocalFileSystem) and "memory" not in self.url:
            raise NoStoreError(f"`{self.url}` names no bucket: write it as s3://bucket/folder")
        return files, root.rstrip("/")

    @property
    def folder(self) -> Path | None:
        """The store's folder, if it is on this machine."""
        files, root = self._found
        return Path(root).resolve() if isinstance(files, LocalFileSystem) else None

    def read(self, path: str) -> bytes:
        """The bytes of an object; empty if there is none."""
        files, root = self._found
        with self._refusals(path), suppress(FileNotFoundError):
            return bytes(files.cat_file(f"{root}/{path}"))
        return b""

    def first(self, path: str) -> bytes:
        """The bytes of the first object that is read. Raises `StoreError` soon where nobody answers.

        The libraries try again and again, for seven minutes, before they say so.
        """
        found: list[bytes | Exception] = []
        asking = Thread(target=lambda: found.append(self._tried(path)), daemon=True)
        asking.start()
        asking.join(PATIENCE)
        if not found:
            raise StoreError(f"{self.url} has not answered for {PATIENCE:.0f} seconds: is it there, and in reach?")
        if isinstance(found[0], Exception):
            raise found[0]
        return found[0]

    def _tried(self, path: str) -> bytes | Exception:
        try:
            return self.read(path)
        except Exception as error:
            return error

    def write(self, path: str, data: bytes) -> None:
        with self._refusals(path), self._whole(path) as (where, said):
            self._found[0].pipe_file(where, data, **said)

    def put(self, path: str, file: Path) -> None:
        with self._refusals(path), self._whole(path) as (where, said):
            self._found[0].put_file(str(file), where, **said)

    def remove(self, path: str) -> None:
        """Remove an object, and the folders that become empty if the store has folders."""
        files, root = self._found
        with self._refusals(path), suppress(FileNotFoundError):
            files.rm_file(f"{root}/{path}")
        with suppress(OSError):
            while not self._is(_WHOLE) and (path := path.rpartition("/")[0]):
                files.rmdir(f"{root}/{path}")

    @contextmanager
    def _whole(self, path: str) -> Iterator[tuple[str, dict[str, str]]]:
        """A context for writing an object: yields the path to write to, and options. It is in its place afterwards."""
        files, root = self._found
        where = f"{root}/{path}"
        if self._is(_WHOLE):
            yield where, {"ContentType": kind_of(path)} if self._is(_TYPED) else {}
            return
        folder, _, name = where.rpartition("/")
        files.makedirs(folder, exist_ok=True)
        yield f"{folder}/.{name}.new", {}
        rename = os.replace if isinstance(files, LocalFileSystem) else files.mv
        rename(f"{folder}/.{name}.new", where)

    def _is(self, kinds: set[str]) -> bool:
        named = self._found[0].protocol
        return bool(kinds & ({named} if isinstance(named, str) else set(named)))

    @contextmanager
    def _refusals(self, path: str) -> Iterator[None]:
        """Turn any exception of third-party libraries into a `StoreError` with a text."""
        try:
            yield
        except Exception as error:
            raise StoreError(f"{self.url.rstrip('/')}/{path}: {error or type(error).__name__}") from error
