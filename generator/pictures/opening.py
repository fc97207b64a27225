"""Open pictures with Pillow: upright, in the colours of the web, no larger than they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageCms, ImageFile, ImageOps

from generator.pictures.chunks import webp_chunks
from generator.pictures.facts import MOST_PIXELS, UNKNOWN, Seen, scaled

_FORMATS = "JPEG", "PNG", "WEBP", "GIF"
_TWO = "MPO"
"""What Pillow calls the JPEG of a camera with a second picture behind it."""
_PHOTO = 1.0
"""Bytes for each pixel from which on a lossless picture is a photograph: drawings and screens have less than half."""
_LOSSY = b"VP8 "
"""The part of a WebP that was saved as a photograph is."""
_ORIENTATION, _ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)
"""The note of a camera on how it was held, and those by which width and height change places (TIFF 6.0)."""

Image.MAX_IMAGE_PIXELS = None  # ours is `MOST_PIXELS`, which is told and not warned of


class Opened(NamedTuple):
    """A picture as pages show it."""

    picture: Image.Image
    """RGB or RGBA, with nothing noted in it."""
    is_photo: bool
    is_drawing: bool
    """Whether its file had a palette."""


def digest_of(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def look(data: bytes) -> Seen:
    """What a picture shows when it is opened; `UNKNOWN` if it is damaged or no picture. Raises `MemoryError`."""
    try:
        with reading(data) as picture:
            width, height = shown_size(picture)
            if width * height > MOST_PIXELS:
                return Seen(width, height)
            if picture.format != _TWO and (picture.format == "GIF" or getattr(picture, "is_animated", False)):
                return Seen(width, height, was_looked_at=True)
            is_photo, kind = _is_photo(picture, data), picture.format
            picture.draft(None, (1, 1))  # all of the file is read, and as little as can be is computed
            picture.load()
    except MemoryError:  # it says nothing about the picture
        raise
    except Exception:  # a damaged file makes Pillow raise anything
        return UNKNOWN
    return Seen(width, height, digest_of(data), is_photo, kind != "WEBP", was_looked_at=True)


@contextmanager
def reading(data: bytes) -> Iterator[ImageFile.ImageFile]:
    """A picture of one of the formats that are read; nothing is computed yet."""
    with Image.open(BytesIO(data), formats=_FORMATS) as picture:
        yield picture


def opened(data: bytes, most: int) -> Opened:
    """A picture that is at most so many pixels wide."""
    with reading(data) as picture:
        (width, height), is_photo = shown_size(picture), _is_photo(picture, data)
        is_drawing, profile = picture.mode == "P", picture.info.get("icc_profile")
        if width > most:
            picture.draft(None, (picture.width * most // width, picture.height * most // width))
        shown = _for_the_web(ImageOps.exif_transpose(picture), profile)
    shown.info.clear()
    return Opened(_resized(shown, scaled((width, height), most)), is_photo, is_drawing)


def narrowed(picture: Image.Image, most: int) -> Image.Image:
    """A picture that is at most so many pixels wide."""
    return _resized(picture, scaled(picture.size, most))


def _resized(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)


def kind_of(picture: Image.Image) -> str:
    """The format in which a picture is saved again."""
    return "JPEG" if picture.format == _TWO else picture.format or ""


def shown_size(picture: Image.Image) -> tuple[int, int]:
    """Width and height of a picture as it is shown."""
    return (picture.height, picture.width) if orientation(picture) in _ON_ITS_SIDE else picture.size


def orientation(picture: Image.Image) -> int:
    """How the camera was held; 1 if upright, or nothing is known."""
    return int(picture.getexif().get(_ORIENTATION, 1))


def _is_photo(picture: Image.Image, data: bytes) -> bool:
    if picture.format in ("JPEG", _TWO) or (picture.format == "WEBP" and _LOSSY in webp_chunks(data)):
        return True
    is_drawing = picture.has_transparency_data or picture.mode == "P"
    return not is_drawing and len(data) > _PHOTO * picture.width * picture.height


def _for_the_web(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A picture in sRGB, which browsers take for granted where a file says nothing."""
    if picture.mode.startswith("I"):  # grey in 16 bits
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    alpha = None
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        alpha = picture.getchannel("A")
        picture = picture.convert("RGB")
    elif picture.mode not in ("L", "RGB", "CMYK"):
        picture = picture.convert("RGB")
    if profile and not is_srgb(profile):
        picture = _in_srgb(picture, profile)
    picture = picture.convert("RGB")
    if alpha:
        picture.putalpha(alpha)
    return picture


def is_srgb(profile: bytes) -> bool:
    """Whether a colour profile says what browsers take for granted; one that cannot be read says nothing."""
    with suppress(OSError, ImageCms.PyCMSError):
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).startswith("sRGB")
    return True


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The same colours in sRGB. A profile of another kind of colours is left alone."""
    with suppress(OSError, ImageCms.PyCMSError):
        given, ours = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, given, ours, outputMode="RGB") or picture
    return picture
