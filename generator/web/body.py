"""Read the body of a response and decompress it, within a limit on its size."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from generator.web.errors import BrokenError, TooLargeError

ACCEPTED = "gzip, deflate"
"""The encodings that we ask for. Anything else a server uses is not decoded at all."""

_GZIP_OR_ZLIB, _RAW = 47, -15
"""Window sizes that tell zlib which format to expect."""


def read_body(chunks: Iterable[bytes], packed: str, limit: int, cut: bool = False) -> bytes:
    """The unpacked bytes of a body.

    At most `limit` bytes are ever held: a longer body is cut to `limit` bytes if `cut` is true, otherwise it raises
    `TooLargeError`. Raises `BrokenError` if it cannot be unpacked.
    """
    found = bytearray()
    for piece in _unpacked(chunks, packed, limit + 1):
        found += piece[: limit + 1 - len(found)]
        if len(found) > limit:
            if cut:
                return bytes(found[:limit])
            raise TooLargeError(f"it is larger than {limit:,} bytes")
    return bytes(found)


def _unpacked(chunks: Iterable[bytes], packed: str, step: int) -> Iterator[bytes]:
    match packed.strip().lower():
        case "" | "identity":
            return iter(chunks)
        case "gzip" | "x-gzip" | "deflate":
            return _inflated(chunks, step)
        case other:
            raise BrokenError(f"it is packed as {other[:40]!r}, which was not asked for")


def _inflated(chunks: Iterable[bytes], step: int) -> Iterator[bytes]:
    """Pieces of at most `step` bytes, so that a small chunk cannot expand into a large one in memory."""
    engine = None
    for chunk in chunks:
        if not chunk:
            continue
        engine = engine or _engine(chunk)
        yield from _stepwise(engine, chunk, step)
    if engine and not engine.eof:
        raise BrokenError("it ends before it is whole")


def _engine(first: bytes) -> _Inflater:
    """A decompressor for a body: `deflate` means zlib (RFC 9110, section 8.4.1.2), but some servers send it bare."""
    is_framed = first[:1] in (b"\x1f", b"\x78")
    return _Inflater(_GZIP_OR_ZLIB if is_framed else _RAW)


class _Inflater:
    """A zlib decompressor that raises our errors."""

    def __init__(self, window: int) -> None:
        self._inner = zlib.decompressobj(window)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    def step(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        """At most `most` unpacked bytes, and the packed bytes that remain."""
        try:
            return self._inner.decompress(data, most), self._inner.unconsumed_tail
        except zlib.error as error:
            raise BrokenError("it cannot be unpacked") from error


def _stepwise(engine: _Inflater, chunk: bytes, step: int) -> Iterator[bytes]:
    left = chunk
    while left and not engine.eof:
        piece, left = engine.step(left, min(step, 64 * 1024))
        if piece:
            yield piece
