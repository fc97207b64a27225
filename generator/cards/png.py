"""Cards as PNG (https://www.w3.org/TR/png-3/), of which only what no other card shows is compressed anew.

More than half of a card's lines are blank, and most of the others stand on other cards too: the masthead of a day, a
section, the foot. Lines between blanks are compressed by themselves and remembered; a deflate stream may be put
together of such pieces (RFC 1951), as long as each ends at a whole byte and looks back at no other.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from zlib import DEFLATED, Z_FINISH, Z_FULL_FLUSH, Z_RLE, adler32, compressobj, crc32

from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BITS, _PALETTE = 4, 3
"""Of a place in the palette, and the number of that kind of picture."""
_NO_FILTER = b"\0"
"""Before each line."""
_RAW = -15
"""Deflate without a header, with a window of the largest size."""
_LEVEL, _MEMORY = 4, 9


def png(picture: Image.Image) -> bytes:
    """A picture with a palette of at most 16 colours."""
    head = struct.pack(">IIBBBBB", *picture.size, _BITS, _PALETTE, 0, 0, 0)
    palette = bytes(picture.getpalette() or ())
    chunks = (b"IHDR", head), (b"PLTE", palette), (b"IDAT", _data(picture)), (b"IEND", b"")
    return _SIGNATURE + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


def _data(picture: Image.Image) -> bytes:
    """The lines as a zlib stream (RFC 1950)."""
    lines = list(_lines(picture))
    blank = _NO_FILTER + bytes(len(lines[0]) - 1)
    pieces = (b"".join(group) for _, group in groupby(lines, blank.__eq__))
    return b"".join((b"\x78\x01", *map(_compressed, pieces), _end(), struct.pack(">I", adler32(b"".join(lines)))))


def _lines(picture: Image.Image) -> Iterator[bytes]:
    """The lines of a picture, two places in the palette a byte."""
    data, width = picture.tobytes("raw", "P;4"), (picture.width + 1) // 2
    return (_NO_FILTER + data[at : at + width] for at in range(0, len(data), width))


@lru_cache(256)
def _compressed(lines: bytes) -> bytes:
    """A piece of the stream. It looks back by one byte at most, which is quick and does well with flat colours."""
    press = compressobj(_LEVEL, DEFLATED, _RAW, _MEMORY, Z_RLE)
    return press.compress(lines) + press.flush(Z_FULL_FLUSH)


def _end() -> bytes:
    """The last piece, which is empty."""
    return compressobj(_LEVEL, DEFLATED, _RAW).flush(Z_FINISH)
