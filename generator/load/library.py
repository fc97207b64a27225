"""Read the content folder into a `Library`: every file, with all problems in one run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from generator.cache import Cache
from generator.files import FileStamps
from generator.load import forms
from generator.load.items import EDITIONS, STORIES, BySlug, fresh, items
from generator.load.journal import signed, signed_authority, signed_feeds
from generator.load.kept import Kept, KeptFiles
from generator.load.kept_stories import KeptStories
from generator.load.partial import partial_edition, partial_story
from generator.load.pictures import Pictures
from generator.load.places import keys_at, locate
from generator.load.records import Form, MapOf
from generator.load.shapes import Pen
from generator.load.shelf import WRITTEN, Shelf, note_links, note_strangers
from generator.load.yaml import Document
from generator.model.content import Edition, Story
from generator.model.fingerprint import fingerprint
from generator.model.library import Item, Library, Partial, Renewed
from generator.model.permalinks import is_of_digits, page_fault, page_path
from generator.model.problems import Problem
from generator.model.stories import changed, column, having
from generator.model.vocabulary import BODY, Newsletter, Part, Person

T = TypeVar("T")
DocumentOf = Callable[[str], Document | None]
"""Returns a YAML file by its name in problems; None if it does not exist."""

_VOCABULARIES = {
    "publishers": forms.PUBLISHERS,
    "entities": forms.ENTITIES,
    "topics": forms.TOPICS,
    "glossary": forms.GLOSSARY,
    "comments": forms.COMMENTS,
    "withdrawn": forms.WITHDRAWN,
}
_image = attrgetter("image")


def load(
    root: Path,
    content: Path,
    pages: Path | None = None,
    cache: Cache | None = None,
    instead: Mapping[Path, bytes] | None = None,
    seen: FileStamps | None = None,
    pictures: Pictures | None = None,
) -> tuple[Library, list[Problem], DocumentOf]:
    """Read everything under `content`, and the names of the Markdown pages under `pages`.

    `instead` gives bytes to use in place of some files, to judge a change before it is written. `seen` are the files of
    the content with their stamps, if these have just been looked up. `pictures` are the stories' pictures, by default
    those in the content, as they were saved.

    Returns the library, the problems, and the function that `located` needs. An item with an error is not in the
    library; a story's slug is then in `unreadable`. Raises `OSError` only if a file cannot be read at all.
    """
    shelf = Shelf(root, content, instead or {}, cache=cache, seen=seen)
    pictures = pictures or Pictures(content / "images", cache)
    words = _words(shelf)
    shelf.ids_of = lambda vocabulary: ids_by_name(words, vocabulary)
    kept = KeptStories(cache), KeptFiles(cache, "editions", Edition)
    before = _state(*kept)
    stories, broken_stories = _stories(shelf, kept[0], pictures)
    shelf.ids_of = lambda vocabulary: ids_by_name(replace(words, stories=stories), vocabulary)
    editions, broken_editions = items(shelf, EDITIONS, kept[1])
    _note_missing(shelf, stories)
    note_links(shelf, pages)
    note_strangers(shelf)
    library = replace(
        words,
        stories=stories,
        editions=editions,
        unreadable=frozenset(broken_stories),
        pages=_pages(shelf, pages) if pages else {},
        partial_stories=_partial_stories(shelf, pictures, broken_stories),
        partial_editions=_partial(shelf, partial_edition, broken_editions),
        signed=signed(shelf),
        signed_authority=signed_authority(shelf),
        signed_feeds=signed_feeds(shelf),
        incomplete=words.incomplete | ({"editions"} if broken_editions else set()),
        renewed=_renewed(shelf, kept, before, stories, editions),
    )
    return library, shelf.problems, shelf.document


def _state(stories: Kept[Story], editions: Kept[Edition]) -> str:
    return fingerprint(stories.state, editions.state)


def _renewed(
    shelf: Shelf,
    kept: tuple[Kept[Story], Kept[Edition]],
    before: str,
    stories: Mapping[str, Story],
    editions: Mapping[str, Edition],
) -> Renewed | None:
    """How a library differs from the cached one; None without a cache, with `instead`, or if some file gave no item."""
    if shelf.cache is None or shelf.instead:
        return None
    if len(stories) + len(editions) < sum(len(shelf.written[folder]) for folder in WRITTEN):
        return None
    return Renewed(before, _state(*kept), frozenset(shelf.touched), frozenset(shelf.unkept))


def load_again(
    before: Library, root: Path, content: Path, files: Iterable[str], pictures: Pictures | None = None
) -> tuple[Library, list[Problem], DocumentOf]:
    """Read some files of stories and editions again, and put them into the library. Nothing else is read.

    Returns the same as `load`, with the problems of these files only. Raises `OSError` if one cannot be read.
    """
    shelf = Shelf(root, content, ids_of=lambda vocabulary: ids_by_name(before, vocabulary))
    pictures = pictures or Pictures(content / "images", None)
    stories, editions = dict[str, Story](), dict(before.editions)
    broken_stories, broken_editions = dict[str, str](), dict[str, str]()
    named = [root / file for file in files]
    for path in named:
        if path.is_relative_to(content / "editions"):
            if _read_again(shelf, path, forms.EDITION, editions) is None:
                broken_editions[path.stem] = shelf.name(path)
        elif story := _read_again(shelf, path, forms.STORY, stories):
            stories[path.stem] = _with_picture(shelf, pictures, story)
        else:
            broken_stories[path.stem] = shelf.name(path)
    slugs = {path.stem for path in named}
    partial = _partial_stories(shelf, pictures, broken_stories)
    library = replace(
        before,
        stories=changed(before.stories, stories, broken_stories),
        editions=editions,
        renewed=None,
        unreadable=(before.unreadable - slugs).union(broken_stories),
        incomplete=before.incomplete | ({"editions"} if broken_editions else set()),
        partial_stories=_but(before.partial_stories, slugs) | partial,
        partial_editions=_but(before.partial_editions, slugs) | _partial(shelf, partial_edition, broken_editions),
    )
    return library, shelf.problems, shelf.document


def _but(items: Mapping[str, T], slugs: Collection[str]) -> dict[str, T]:
    return {slug: item for slug, item in items.items() if slug not in slugs}


def _read_again(shelf: Shelf, path: Path, form: Form, items: dict[str, Item]) -> Item | None:
    """Read a file again into `items`. If anything in it is wrong, returns None and removes its item."""
    item: Item | None = fresh(shelf, path, form)
    if item is None:
        items.pop(path.stem, None)
    else:
        items[path.stem] = item
    return item


def ids_by_name(library: Library, vocabulary: str) -> dict[str, str]:
    """The ids of a vocabulary, the sections or the stories, by their names or titles in small letters, and by ids."""
    entries: Mapping[str, Any] = (
        library.newsletter.sections if vocabulary == "sections" else getattr(library, vocabulary)
    )
    found = dict[str, str]()
    for id_, entry in entries.items():
        names = (entry.title,) if hasattr(entry, "title") else (entry.name, *getattr(entry, "also", ()))
        for name in (*names, getattr(entry, "domain", id_), id_):
            found.setdefault(name.lower(), id_)
    return found


def load_words(root: Path, content: Path) -> Library:
    """Read only the newsletter and its vocabularies, which is quick even for a large archive. Mistakes are ignored."""
    return _words(Shelf(root, content))


def _words(shelf: Shelf) -> Library:
    newsletter = _newsletter(shelf)
    found = {name: _vocabulary(shelf, name, form) for name, form in _VOCABULARIES.items()}
    withdrawn = found["withdrawn"] or {}
    return Library(
        newsletter,
        publishers=found["publishers"] or {},
        entities=found["entities"] or {},
        topics=found["topics"] or {},
        glossary=found["glossary"] or {},
        comments=found["comments"] or {},
        withdrawn={name: gone for name, gone in withdrawn.items() if not gone.restored},
        restored={name: gone for name, gone in withdrawn.items() if gone.restored},
        stories={},
        editions={},
        incomplete=frozenset(name for name, entries in found.items() if entries is None),
    )


def located(problems: Iterable[Problem], document_of: DocumentOf) -> list[Problem]:
    """Look up line and column of problems that later stages found, file by file."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    result: list[Problem] = []
    for file, found in by_file.items():
        document = document_of(file)
        result += locate(document, found) if document else [replace(p, line=p.line or 1, column=1) for p in found]
    return result


_FALLBACK = Newsletter("", "", "en", "", Person("", ""), {}, {BODY: Part(BODY, "")})


def _newsletter(shelf: Shelf) -> Newsletter:
    path = shelf.content / "newsletter.yml"
    if not path.is_file():
        what = "the newsletter has no file of its own"
        hint = "Write it: name, tagline, language, authority, editor, sections, parts."
        shelf.note("missing-file", path, what, hint)
        return _FALLBACK
    return shelf.record(path, forms.NEWSLETTER) or _FALLBACK


def _vocabulary(shelf: Shelf, name: str, form: MapOf) -> dict[str, Any] | None:
    """The entries of a vocabulary; None if ids cannot be checked against it, since its file is missing or has errors.

    A missing glossary counts as an empty one. Other missing files are reported by `_note_missing`.
    """
    path = shelf.content / f"{name}.yml"
    if not path.is_file():
        return {} if name == "glossary" else None
    document = shelf.read(path)
    if document.value is None:
        return {} if not document.problems else None
    return shelf.shaped(document, form)


def _stories(shelf: Shelf, kept: Kept[Story], pictures: Pictures) -> BySlug[Story]:
    """The stories, with what their pictures have shown. Those with reserved addresses are reported and left out."""
    found, broken = items(shelf, STORIES, kept)
    numbers = [slug for slug in found if is_of_digits(slug)]
    for slug in numbers:
        what = f"`{slug}` is made of digits alone, which addresses keep for years and months"
        broken[slug] = found[slug].file
        shelf.note("bad-id", broken[slug], what, "Add a word to the name.")
    pictured = {story.slug: _with_picture(shelf, pictures, story) for story in having(found, "image")}
    shelf.touched |= {story.file for story in pictured.values() if _image(story).file not in pictures.unchanged}
    pictures.save()
    return changed(found, pictured, numbers) if pictured or numbers else found, broken


def _with_picture(shelf: Shelf, pictures: Pictures, story: Story) -> Story:
    """The story with what the file of its picture has shown."""
    if story.image is None:
        return story
    pen = Pen(story.file)
    image = pictures.shown(story.image, pen)
    shelf.take(pen, shelf.document(story.file) if pen.problems else None)
    facts = image.width, image.height, image.widths, image.has_jpeg, image.weight
    return replace(story, image=image, digest=fingerprint(story.digest, *map(str, facts)))


def _partial_stories(shelf: Shelf, pictures: Pictures, broken: Mapping[str, str]) -> dict[str, Partial[Story]]:
    """The broken stories, read as far as possible; a missing picture is reported along with their other mistakes."""
    partial = _partial(shelf, partial_story, broken)
    for partly in partial.values():
        _with_picture(shelf, pictures, partly.item)
    return partial


def _partial(
    shelf: Shelf, read_in_part: Callable[..., Partial[Item]], broken: Mapping[str, str]
) -> dict[str, Partial[Item]]:
    """The readable fields of items with mistakes. Keys with YAML problems are skipped, since YAML may misread them."""
    found = dict[str, Partial[Item]]()
    for slug, file in broken.items():
        document = shelf.document(file)
        if document and isinstance(document.value, dict):
            partly = read_in_part(document.value, keys_at(document, document.problems))
            found[slug] = replace(partly, item=replace(partly.item, slug=slug, file=file))
    return found


def _pages(shelf: Shelf, folder: Path) -> dict[str, str]:
    """The host's Markdown pages by path, since they share the site's addresses with our pages."""
    found = {}
    for file in sorted(folder.rglob("*.md")):
        path = page_path(file.relative_to(folder).as_posix())
        if fault := page_fault(path):
            shelf.note("taken-page", file, fault, "Give the file another name.")
        found[path] = shelf.name(file)
    return found


def _needed(form: MapOf) -> str:
    """The required fields of an entry, for a hint."""
    fields = form.item.fields if isinstance(form.item, Form) else ()
    return ", ".join(f"`{field.name}`" for field in fields if field.required)


def _note_missing(shelf: Shelf, stories: Mapping[str, Story]) -> None:
    """Report, once each, the vocabularies that have no file although a story needs them."""
    is_used: Mapping[str, Callable[[], bool]] = {
        "publishers": lambda: any(stories[slug].sources for slug in stories),
        "entities": lambda: any(column(stories, "mentions")),
        "topics": lambda: any(column(stories, "topics")),
    }
    for name, is_needed in is_used.items():
        path = shelf.content / f"{name}.yml"
        if not path.is_file() and is_needed():
            what = f"stories name {name}, and there is no file of them"
            hint = f"Write it: an id for each, and below that {_needed(_VOCABULARIES[name])}."
            shelf.note("missing-file", path, what, hint)
