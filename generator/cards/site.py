"""Cards as artifacts of the site, drawn when the site is made and kept by what they show."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import PIL

from generator.cards.draw import Type, draw
from generator.cards.face import Face, of_edition, of_story
from generator.model.artifacts import Artifact, Order
from generator.model.content import Image, Library
from generator.model.fingerprint import fingerprint
from generator.model.reach import edition_unit, story_unit
from generator.model.site import Site
from generator.words import Words

LEAST = 600, 315
"""Pixels of a picture that is shown large where a page is shared; smaller ones become a stamp beside the text."""


def cards(site: Site, cache: Path, fonts: Path | None) -> Iterator[Artifact]:
    """The cards of all editions and stories that want one and whose letters the fonts have.

    `fonts` is a folder with fonts of the newsletter's own, under the names of the theme's.
    """
    type_, drawn_by = Type.of(fonts), drawing(fonts)
    for unit, face in faces(site, type_):
        make = partial(_made, face, type_, cache / "cards", drawn_by)
        yield Artifact(face.path, Order.ASSET, make, made_of=(drawn_by, face), unit=unit)


def drawing(fonts: Path | None) -> str:
    """Stands for whatever draws the cards."""
    return fingerprint(PIL.__version__, Type.of(fonts).fingerprint(), *_program())


def _program() -> Iterator[str]:
    """This package as it is: whoever changes the drawing sees it at once."""
    return (file.read_text("utf-8") for file in sorted(Path(__file__).parent.glob("*.py")))


def faces(site: Site, type_: Type) -> Iterator[tuple[str, Face]]:
    """What the cards that are wanted say, each with the name of its edition or story."""
    words = Words(site.newsletter.language, site.newsletter.messages)
    found = ((edition_unit(page.edition.slug), of_edition(site, words, page)) for page in site.wanted_editions)
    stories = (page for page in site.wanted_stories if not _shows_itself(page.story.image))
    told = ((story_unit(page.story.slug), of_story(site, words, page)) for page in stories)
    yield from ((unit, face) for each in (found, told) for unit, face in each if not type_.lacks(face.letters))


def left_out(library: Library, fonts: Path | None) -> dict[str, str]:
    """The editions and stories that get no card, by slug, each with the letters that the type has not."""
    type_, name = Type.of(fonts), library.newsletter.name
    sections = library.newsletter.sections
    said = {slug: edition.title for slug, edition in library.editions.items()}
    for slug, story in library.stories.items():
        section = sections.get(story.section)
        if not _shows_itself(story.image):
            said[slug] = f"{story.title} {section.title if section else ''}"
    return {slug: letters for slug, text in said.items() if (letters := type_.lacks(f"{name} {text}"))}


def _shows_itself(image: Image | None) -> bool:
    """Whether a story has a picture of its own that is large enough to stand beside its headline where it is shared."""
    return image is not None and image.width >= LEAST[0] and image.height >= LEAST[1]


def _made(face: Face, type_: Type, folder: Path, drawn_by: str) -> bytes:
    """A card from the cache, or drawn and put there."""
    print_ = face.fingerprint(drawn_by)
    kept = folder / print_[:2] / f"{print_}.png"
    try:
        return kept.read_bytes()
    except OSError:
        data = draw(face, type_)
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(f".{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(kept)
    return data
