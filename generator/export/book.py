"""The chapters of a book: an edition's title page, its stories, takeaways, actions, and finally its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from markupsafe import Markup, escape
from msgspec import Struct

from generator.model import permalinks
from generator.model.content import Image
from generator.model.linked import LinkedText, Mark
from generator.model.pages import EditionPage, StoryView
from generator.prose.xhtml import xhtml
from generator.typeset.references import Dressed, item_html, text_html
from generator.typeset.templates import Templates

PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}
"""Media types, by file ending, of the pictures that every reading system shows (EPUB 3.2, core media types)."""
SOURCES = "sources.xhtml"
Show = Callable[[Mark], str]


class Chapter(Struct, frozen=True):
    """A document of the book."""

    file: str
    title: str
    text: str = ""
    """XHTML; empty for an entry of the contents that only groups others, whose file is that of its first chapter."""
    below: tuple[Chapter, ...] = ()
    picture: Image | None = None
    """The chapter's picture, if every reading system shows it."""

    def walk(self) -> Iterator[Chapter]:
        """The documents in reading order."""
        if self.text:
            yield self
        for chapter in self.below:
            yield from chapter.walk()


class Book(Struct, frozen=True):
    """Writes the chapters of one edition. Each edition has its own folder, since ids are only unique within it."""

    templates: Templates
    page: EditionPage

    def edition(self) -> Chapter:
        """The whole edition."""
        below = [*self._one("focus", self.page.focus), *self._shelves(), *self._points()]
        if self.page.references:
            below.append(self._sources(self._places(below)))
        title = self._printed(self.page.edition.title)
        return Chapter(self._file("index.xhtml"), title, self._set("edition", title, page=self.page), tuple(below))

    def _shelves(self) -> Iterator[Chapter]:
        for shelf in self.page.shelves:
            stories = tuple(self._story(view) for view in shelf.stories)
            yield Chapter(stories[0].file, shelf.section.title, below=stories)

    def _story(self, view: StoryView) -> Chapter:
        story = view.story
        picture = story.image if story.image and _is_shown(story.image) else None
        shown = permalinks.image_path(picture.plain) if picture else None
        title = self._printed(story.title)
        text = self._set("story", title, view=view, picture=shown, origin=self.page.origin_of(story))
        return Chapter(self._file(f"{story.slug}.xhtml"), title, text, picture=picture)

    def _points(self) -> Iterator[Chapter]:
        """The chapters after the stories. Their file names contain a full stop, unlike the name of any story."""
        for key, points in (("takeaways", self.page.takeaways), ("actions", self.page.actions)):
            if points:
                title = self.templates.words.text(key)
                yield Chapter(self._file(f"edition.{key}.xhtml"), title, self._set("points", title, points=points))
        yield from self._one("quiz", self.page.quiz)

    def _one(self, key: str, entries: Sequence[object]) -> Iterator[Chapter]:
        """A chapter with a template of its own, if there are any entries."""
        if entries:
            title = self.templates.words.text(key)
            yield Chapter(self._file(f"edition.{key}.xhtml"), title, self._set(key, title, entries=entries))

    def _sources(self, places: Mapping[str, str]) -> Chapter:
        title = self.templates.words.text("sources")
        text = self._set("sources", title, references=self.page.references, places=places)
        return Chapter(self._file(f"edition.{SOURCES}"), title, text)

    def _places(self, chapters: Sequence[Chapter]) -> dict[str, str]:
        """The document that contains each citation, by the citation's id."""
        documents = [document for chapter in chapters for document in chapter.walk()]
        uses = {use for entry in self.page.references for use in entry.uses}
        found = {id_: d.file.rpartition("/")[2] for d in documents for id_ in re.findall(r' id="([^"]+)"', d.text)}
        return {id_: file for id_, file in found.items() if id_ in uses}

    def _file(self, name: str) -> str:
        return f"{self.page.edition.slug}/{name}"

    def _set(self, template: str, title: str, **context: object) -> str:
        """A document from its template."""
        return self.templates.environment.get_template(f"epub/{template}.xhtml").render(
            title=title,
            root="../",
            cite=_noteref,
            text=partial(self._xhtml, text_html),
            item=partial(self._xhtml, item_html),
            **context,
        )

    def _xhtml(self, setting: Callable[[LinkedText, int, Show, Dressed], Markup], text: LinkedText) -> Markup:
        """A story's text, with its own headings below those of its parts."""
        return Markup(xhtml(setting(text, 3, _noteref, self.templates.quotes.html)))  # noqa: S704 - our own HTML

    def _printed(self, text: str) -> str:
        return self.templates.quotes.plain(text)


def _noteref(mark: Mark) -> str:
    """A number that links to the edition's sources, which reading systems show in a pop-up."""
    label = escape(f"[{mark.number}] {mark.label}")
    return (
        f'<a epub:type="noteref" role="doc-noteref" id="{mark.anchor}" href="edition.{SOURCES}#{mark.target}" '
        f'aria-label="{label}">[{mark.number}]</a>'
    )


def _is_shown(image: Image) -> bool:
    return image.plain.rpartition(".")[2].lower() in PICTURES
