"""Declare the files of pictures that are made anew. What was made is cached by what it was made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import partial
from pathlib import Path

from generator.cache import forget_beside, summed, whole
from generator.files import bytes_of, put
from generator.model import permalinks
from generator.model.artifacts import Artifact, Order
from generator.model.content import Image
from generator.model.fingerprint import fingerprint
from generator.model.site import Site
from generator.model.stories import having
from generator.pictures import making

Make = Callable[[], bytes]
_WEIGHT = 60
"""Of one file (see `Artifact.weight`): less than a photograph's, which take up to half a second each, more than a
drawing's."""


def pictures(site: Site, images: Path, cache: Path) -> Collection[Artifact]:
    """The files of the stories' pictures.

    `images` is the folder of the pictures, `cache` the newsletter's cache. A story's files are made beside its page.
    """
    made_by, folder = making.maker(), cache / "pictures"
    wanted = set[str]()
    declared = dict[str, Artifact]()
    for story in having(site.stories, "image"):
        image = story.image
        if image is None or not image.digest or permalinks.image_path(image.file) in declared:
            continue
        near = site.story_pages[story.slug].near
        files = [*files_of(image, images)]
        for number, (name, make) in enumerate(files):
            made_of = (made_by, image.digest, name)
            wanted.add(print_ := fingerprint(*made_of))
            path, kept = permalinks.image_path(name), partial(_kept, folder, print_, wanted, make)
            weight = 0 if number else _WEIGHT * len(files)  # they are made of one opened picture, by one process
            declared[path] = Artifact(path, Order.ASSET, kept, made_of, near, weight=weight)
    return declared.values()


def plain(image: Image, images: Path) -> bytes:
    """The file of a picture that every program shows. Raises `OSError`."""
    file = images / image.file
    if not image.digest:
        return file.read_bytes()
    return (making.jpeg if image.has_jpeg else making.own)(file, image.digest)


def files_of(image: Image, images: Path) -> Iterator[tuple[str, Make]]:
    """The files of a picture by their names below `images/`, each with the function that makes its bytes."""
    given = images / image.file, image.digest
    for width in image.widths:
        yield image.version(width), partial(making.version, *given, width)
    yield image.file, partial(making.own, *given)
    if image.has_jpeg:
        yield image.plain, partial(making.jpeg, *given)


def _kept(folder: Path, print_: str, wanted: AbstractSet[str], make: Make) -> bytes:
    """A file from the cache, or a new one that is put there. `wanted` are the names of all that the site shows."""
    kept = folder / print_[:2] / print_
    with suppress(OSError):
        if data := whole(bytes_of(kept)):
            return data
    data = make()
    with suppress(OSError):  # it is made again the next time
        put(kept, summed(data))
        forget_beside(kept, wanted)
    return data
