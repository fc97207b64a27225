"""Declare the cards as files of the site; drawings are cached."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import suppress
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from zlib import ZLIB_RUNTIME_VERSION

import PIL

from generator.cache import forget_beside, note_used
from generator.cards.draw import Type, draw
from generator.cards.face import Face, face_of
from generator.cards.png import is_whole
from generator.files import bytes_of, put, texts_of
from generator.model import permalinks
from generator.model.artifacts import Artifact, Order
from generator.model.content import Image
from generator.model.fingerprint import fingerprint
from generator.model.library import Library
from generator.model.pages import EditionPage, StoryPage
from generator.model.site import Site
from generator.words import Words

Shown = StoryPage | EditionPage
LEAST = 600, 315
"""Least pixels of a picture that is shown large where a page is shared; smaller ones become a stamp beside the text."""


class Cards(Container[str]):
    """The cards of all editions and stories that want one and whose letters the fonts have; it contains their paths.

    `fonts` is a folder with the newsletter's own fonts, named like the theme's.
    """

    def __init__(self, site: Site, cache: Path, fonts: Path | None) -> None:
        self._site, self._folder, self._fonts = site, cache / "cards", fonts
        self._type = Type.of(fonts)
        self._words = Words.of(site.newsletter)
        self._drawn: dict[str, bool] = {}

    def all(self) -> Iterator[Artifact]:
        """The cards that are wanted, as artifacts. What has another name has its card under its earlier ones too.

        Whoever shared the page keeps the address of the card.
        """
        drawn_by = drawing(self._fonts)
        wanted: Iterator[Shown] = chain(self._site.wanted_editions, self._site.wanted_stories)
        for page in wanted:
            if face := self._face(page):
                make = partial(_made, face, self._type, self._folder, drawn_by)
                for path in map(permalinks.card_path, self._site.data_paths(page.item)):
                    yield Artifact(path, Order.ASSET, make, (drawn_by, face), page.near, page.unit)

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str):
            return False
        if path not in self._drawn:
            page = self._pages.get(path)
            self._drawn[path] = page is not None and self._face(page) is not None
        return self._drawn[path]

    @cached_property
    def _pages(self) -> dict[str, Shown]:
        """Every page that might have a card, by the card's path."""
        pages: Iterator[Shown] = chain(self._site.editions, self._site.story_pages.values())
        return {permalinks.card_path(page.item.path): page for page in pages}

    def _face(self, page: Shown) -> Face | None:
        """The words on a page's card; None if it has no card."""
        if isinstance(page, StoryPage) and _shows_itself(page.story.image):
            return None
        face = face_of(self._site, self._words, page)
        return None if self._type.lacks(face.letters) else face


def drawing(fonts: Path | None) -> str:
    """The fingerprint of all that draws the cards: the libraries, the typefaces and this package."""
    return fingerprint(
        PIL.__version__, ZLIB_RUNTIME_VERSION, Type.of(fonts).fingerprint(), *texts_of(Path(__file__).parent)
    )


def left_out(library: Library, fonts: Path | None) -> dict[str, str]:
    """The editions and stories that get no card, by slug, each with the letters that the type lacks."""
    type_, name = Type.of(fonts), library.newsletter.name
    sections = library.newsletter.sections
    said = {slug: edition.title for slug, edition in library.editions.items()}
    for slug, story in library.stories.items():
        section = sections.get(story.section)
        if not _shows_itself(story.image):
            said[slug] = f"{story.title} {section.title if section else ''}"
    return {slug: letters for slug, text in said.items() if (letters := type_.lacks(f"{name} {text}"))}


def _shows_itself(image: Image | None) -> bool:
    """Whether a story has a picture of its own, large enough to be shown with its headline where it is shared."""
    return image is not None and image.width >= LEAST[0] and image.height >= LEAST[1]


def _made(face: Face, type_: Type, folder: Path, drawn_by: str) -> bytes:
    """A card from the cache, or a new one that is put there."""
    print_ = face.fingerprint(drawn_by)
    kept = folder / print_[:2] / f"{print_}.png"
    with suppress(OSError):
        if is_whole(data := bytes_of(kept)):
            note_used(kept)
            return data
    data = draw(face, type_)
    with suppress(OSError):  # it is drawn again the next time
        put(kept, data)
        forget_beside(kept)
    return data
