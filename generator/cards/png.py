"""Write cards as PNG (https://www.w3.org/TR/png-3/), and compress only what no other card has.

More than half of a card's lines are blank, and most of the others are on other cards too: the masthead of a day, a
section, the foot. So each strip is compressed by itself, and those that cards share are cached. A deflate stream can be
put together from such pieces (RFC 1951), as long as each ends on a byte boundary and refers to no other.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from zlib import DEFLATED, Z_FINISH, Z_FULL_FLUSH, Z_RLE, adler32, compressobj, crc32

from msgspec import Struct
from PIL import Image

BEFORE = 2
"""Columns of palette place 0 before each line: together they are the byte that says that the line has no filter."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_AROUND = 12
"""Bytes of a chunk besides its content: its size, name and checksum."""
_BITS, _PALETTE = 4, 3
"""Bits of a palette place, and PNG's number for pictures with a palette."""
_RAW = -15
"""Deflate without a header, with the largest window."""
_LEVEL, _MEMORY = 4, 8
_ADLER = 65521
"""The two sums of Adler-32 are taken modulo this number (RFC 1950)."""


class Piece(Struct, frozen=True):
    """Some lines of a picture."""

    size: int
    """Bytes before compression."""
    check: int
    """The Adler-32 checksum of the lines."""
    data: bytes
    """The lines, compressed."""


def is_whole(data: bytes) -> bool:
    """Whether a picture is as it was written, judged by its checksums."""
    start, end = len(_SIGNATURE), _chunk(b"IEND", b"")
    while data[start:] != end:
        stop = start + _AROUND + int.from_bytes(data[start : start + 4], "big")
        if stop > len(data) or data[start:stop] != _chunk(data[start + 4 : start + 8], data[start + 8 : stop - 4]):
            return False
        start = stop
    return data.startswith(_SIGNATURE)


def png(width: int, height: int, palette: Sequence[int], pieces: Iterable[Piece]) -> bytes:
    """A picture with a palette of at most 16 colours; the pieces are all its lines from the top."""
    head = struct.pack(">IIBBBBB", width, height, _BITS, _PALETTE, 0, 0, 0)
    chunks = (b"IHDR", head), (b"PLTE", bytes(palette)), (b"IDAT", _stream(pieces)), (b"IEND", b"")
    return _SIGNATURE + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


def _stream(pieces: Iterable[Piece]) -> bytes:
    """Pieces as a zlib stream (RFC 1950)."""
    data, check = [b"\x78\x01"], adler32(b"")
    for piece in pieces:
        data.append(piece.data)
        check = _together(check, piece.check, piece.size)
    return b"".join((*data, _end(), struct.pack(">I", check)))


def _together(first: int, second: int, size: int) -> int:
    """The Adler-32 of two pieces joined, from both checksums and the length of the second."""
    low = (first % 65536 + second % 65536 - 1) % _ADLER
    high = (first // 65536 + second // 65536 + size * (first % 65536 - 1)) % _ADLER
    return high * 65536 + low


def piece(lines: Image.Image) -> Piece:
    """Lines of palette places, including the columns before each."""
    return _pressed(lines.tobytes("raw", "P;4"))


@lru_cache(1024)
def blank(width: int, height: int) -> Piece:
    """Blank lines."""
    return _pressed(bytes((BEFORE + width + 1) // 2 * height))


def _pressed(lines: bytes) -> Piece:
    """Lines compressed with matches at a distance of one only, which is fast and suits flat colours."""
    press = compressobj(_LEVEL, DEFLATED, _RAW, _MEMORY, Z_RLE)
    return Piece(len(lines), adler32(lines), press.compress(lines) + press.flush(Z_FULL_FLUSH))


@lru_cache(1)
def _end() -> bytes:
    """The last piece, which is empty."""
    return compressobj(_LEVEL, DEFLATED, _RAW).flush(Z_FINISH)
