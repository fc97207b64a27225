"""Make the files of a picture that go out. The same file and the same Pillow give the same bytes."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, features

from generator.files import texts_of
from generator.model.fingerprint import fingerprint
from generator.model.permalinks import PLAIN_WIDTH
from generator.pictures.chunks import png_chunks, webp_chunks
from generator.pictures.facts import WIDEST
from generator.pictures.opening import (
    Opened,
    digest_of,
    is_srgb,
    kind_of,
    narrowed,
    opened,
    orientation,
    reading,
    shown_size,
)

_OF_JPEG, _OF_WEBP = 82, 75
"""Qualities of a photograph. Both add as much noise, and too little to be seen where it is shown."""
_OF_DRAWINGS = 90
"""Of a drawing in WebP, which has edges and letters; without any loss it would have twice as many bytes."""
_PNG_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"bKGD", b"pHYs", b"IDAT", b"IEND")
_WEBP_NEEDED = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH")
_JPEG_NEEDED = ("APP0", "APP14")
"""What a file may hold and still go out as it was saved: nothing about who, when and where."""
_SUFFIXES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
"""What a file is made into by its name. Under the name of a GIF stands what its bytes are: a photograph in 256 colours
helps nobody, and browsers look at the bytes."""


def maker() -> str:
    """The fingerprint of all that decides about the bytes, beside the picture: the libraries and this package."""
    libraries = ("pil", "webp", "jpg", "libjpeg_turbo", "zlib", "littlecms2")
    return fingerprint(*(str(features.version(name)) for name in libraries), *texts_of(Path(__file__).parent))


def version(file: Path, digest: str, width: int) -> bytes:
    """The WebP of a picture for pages, so many pixels wide; one that is WebP in this width already stays as it is."""
    data = _read(file, digest)
    with reading(data) as picture:
        if picture.format == "WEBP" and picture.width == width and _is_clean(picture, data):
            return data
    found = _opened(file, digest)
    return _webp(found, narrowed(found.picture, width))


def jpeg(file: Path, digest: str) -> bytes:
    """The JPEG of a picture for mail, feeds and books."""
    return _jpeg(_plain(_opened(file, digest)))


def own(file: Path, digest: str) -> bytes:
    """What goes out under a picture's own name: its own bytes if they are small and say nothing else."""
    data = _read(file, digest)
    with reading(data) as picture:
        kind = _SUFFIXES.get(file.suffix[1:].lower()) or kind_of(picture)
        is_narrow = shown_size(picture)[0] <= PLAIN_WIDTH and picture.format == kind
        if is_narrow and _is_clean(picture, data):
            return data
        if is_narrow and kind == "JPEG" and _is_as_shown(picture):
            return _saved(picture, "JPEG", quality="keep", comment=b"", optimize=True)  # no loss is added
    found = _opened(file, digest)
    shown = _plain(found)
    if kind == "JPEG":
        return _jpeg(shown)
    return _webp(found, shown) if kind == "WEBP" else _png(found, shown)


def _plain(found: Opened) -> Image.Image:
    return narrowed(found.picture, PLAIN_WIDTH)


def _jpeg(picture: Image.Image) -> bytes:
    if picture.mode == "RGBA":
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture).convert("RGB")
    return _saved(picture, "JPEG", quality=_OF_JPEG, optimize=True, progressive=True)


def _png(found: Opened, picture: Image.Image) -> bytes:
    if found.is_drawing:
        how = Image.Quantize.FASTOCTREE if picture.mode == "RGBA" else Image.Quantize.MEDIANCUT
        picture = picture.quantize(256, how, dither=Image.Dither.NONE)
    return _saved(picture, "PNG", optimize=found.is_drawing)


def _webp(found: Opened, picture: Image.Image) -> bytes:
    return _saved(picture, "WEBP", quality=_OF_WEBP if found.is_photo else _OF_DRAWINGS)


def _saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


@lru_cache(1)
def _opened(file: Path, digest: str) -> Opened:
    """The picture in its widest version; the others are made of it, one after the other."""
    return opened(_read(file, digest), WIDEST)


def _read(file: Path, digest: str) -> bytes:
    """The bytes of a picture. Raises `OSError` if they are not those that were looked at."""
    data = file.read_bytes()
    if digest_of(data) != digest:
        raise OSError(None, "the picture was changed while the site was being built: build again", str(file))
    return data


def _is_as_shown(picture: Image.Image) -> bool:
    """Whether a JPEG is upright and in the colours of the web."""
    profile = picture.info.get("icc_profile")
    return orientation(picture) == 1 and picture.mode in ("L", "RGB") and (not profile or is_srgb(profile))


def _is_clean(picture: Image.Image, data: bytes) -> bool:
    """Whether a file holds nothing but what it takes to show it."""
    if picture.format == "JPEG":
        noted = {name for name, _ in getattr(picture, "applist", ())}
        is_alone = data.endswith(b"\xff\xd9") and data.rfind(b"\xff\xd8\xff") == 0
        return noted <= {*_JPEG_NEEDED} and picture.mode != "CMYK" and is_alone
    needed = _PNG_NEEDED if picture.format == "PNG" else _WEBP_NEEDED
    chunks = png_chunks if picture.format == "PNG" else webp_chunks
    return all(name in needed for name in chunks(data))
