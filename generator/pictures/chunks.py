"""The parts of which files of PNG and WebP are made, by their names."""

from __future__ import annotations

from collections.abc import Iterator


def png_chunks(data: bytes) -> Iterator[bytes]:
    """The names of a PNG's chunks, and that of nothing for what stands behind them."""
    at, name = 8, b""
    while name != b"IEND" and at < len(data):
        name = data[at + 4 : at + 8]
        yield name
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    if at != len(data):
        yield b""


def webp_chunks(data: bytes) -> Iterator[bytes]:
    """The names of a WebP's chunks."""
    at = 12
    while at < len(data):
        yield data[at : at + 4]
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
