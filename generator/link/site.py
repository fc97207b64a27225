"""Turn a sound library into a linked site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.link.numbering import Numbering, standing
from generator.link.recurring import recurring
from generator.link.related import Neighbours
from generator.link.subjects import publishers, shared, subjects
from generator.model.authors import authors
from generator.model.content import Brief, Edition, Point, Story, Withdrawal
from generator.model.evidence import Fate
from generator.model.lazily import Lazily
from generator.model.library import Library
from generator.model.linked import (
    EditionTexts,
    LinkedDispute,
    LinkedFocus,
    LinkedPart,
    LinkedPoint,
    LinkedQuestion,
    LinkedVersion,
    Reference,
    StoryTexts,
)
from generator.model.order import in_time, slugs_in_time
from generator.model.outputs import Outputs
from generator.model.pages import EditionPage, Shelf, StoryPage, StoryView
from generator.model.site import GlossaryEntry, Site
from generator.model.stories import from_last, only
from generator.model.subjects import Subject
from generator.model.threads import threads
from generator.model.vocabulary import BODY, Publisher
from generator.prose.briefs import briefs

T = TypeVar("T")
U = TypeVar("U")

REMEMBERED = 256
"""Pages whose numbered words are remembered; those of a large archive would fill the memory of a build."""
REMEMBERED_STORIES = 2048
"""Linked stories that are remembered; those of a large archive would fill the memory of a build."""


def link(library: Library, base_url: str, outputs: Outputs | None = None) -> Site:
    """Number the citations of every page and turn round the indexes.

    The library must have passed `check` without an error: ids are looked up here, not questioned.
    """
    editions = sorted(library.editions.values(), key=in_time)
    stories = only(library.stories, slugs_in_time(library.stories))
    newest_first = from_last(stories)
    wanted = outputs or Outputs()
    gathered = subjects(library, stories, newest_first)
    last: Last = {}
    most = None if wanted.publishers else REMEMBERED_STORIES  # their places hold the pages of all stories
    pages = Lazily(stories, _StoryPages.of(library, newest_first, gathered, editions, last), most)
    cited = cache(partial(publishers, library, newest_first, pages))
    shares = cache(partial(shared, cited, library.fates, wanted))
    return Site(
        newsletter=library.newsletter,
        base_url=base_url if base_url.endswith("/") else base_url + "/",
        stories=stories,
        story_pages=pages,
        editions=tuple(reversed(_edition_pages(library, editions, pages, last))),
        subjects=gathered,
        cited=cited,
        shares=shares,
        recurring=recurring(newest_first, gathered, editions[-1].published) if editions else (),
        outputs=wanted,
        glossary=_glossary(library),
        withdrawn=tuple(library.withdrawn[slug] for slug in sorted(library.withdrawn)),
        restored=tuple(library.restored[slug] for slug in sorted(library.restored)),
        comments=library.comments,
        fates=library.fates,
        ledgers=library.ledgers,
        renewed=library.renewed,
    )


def _glossary(library: Library) -> tuple[GlossaryEntry, ...]:
    terms = sorted(library.glossary.values(), key=lambda term: (term.term.casefold(), term.id))
    return tuple(GlossaryEntry(t, library.publishers[t.source.publisher] if t.source else None) for t in terms)


class _StoryPages(Struct, frozen=True):
    """Makes the page of a story of what stands around it."""

    library: Library
    last: Last
    shown_in: Mapping[str, tuple[Edition, ...]]
    sections: Mapping[str, Subject]
    thread_of: Mapping[str, tuple[Story, ...]]
    neighbours: Neighbours

    @classmethod
    def of(
        cls,
        library: Library,
        newest_first: Sequence[Story],
        gathered: Mapping[str, Mapping[str, Subject]],
        editions: Sequence[Edition],
        last: Last,
    ) -> _StoryPages:
        shown_in: dict[str, tuple[Edition, ...]] = {}
        for edition in editions:
            alone = (edition,)  # one for all its stories, which mostly no other edition shows
            for slug in edition.stories:
                shown_in[slug] = (*shown_in[slug], edition) if slug in shown_in else alone
        neighbours = Neighbours(newest_first, gathered["topic"], gathered["entity"])
        return cls(library, last, shown_in, gathered["section"], threads(library.stories), neighbours)

    def __call__(self, story: Story) -> StoryPage:
        thread = self.thread_of.get(story.slug, ())
        newer, older = self.neighbours.beside(story, self.sections[story.section])
        return StoryPage(
            **own(self.library, story, self.last),
            editions=self.shown_in.get(story.slug, ()),
            looked_near=_Near(self.neighbours, story, thread),
            thread=thread,
            previous=older,
            next=newer,
        )


class _Near(Struct, frozen=True):
    """Finds the stories that are near to one, and not of its thread."""

    neighbours: Neighbours
    story: Story
    thread: tuple[Story, ...]

    def __call__(self) -> tuple[Story, ...]:
        return self.neighbours.of(self.story, self.thread)


def own(library: Library, story: Story, last: Last) -> dict[str, Any]:
    """What a story's page has of the story itself, by the names of the fields."""
    numbered = _NumberedStory(last, library, story)
    return {"view": _view(library, story, numbered.first), "listed": numbered.second}


class _Made(Generic[T, U]):
    """What is made for a page in one go, in two parts, when either is first asked for: its numbered texts, say.

    Of all pages the last ones are remembered, since what shows a thing again is made soon after it. There is one for
    each page of an archive, so they hold as little as they can.
    """

    __slots__ = ("_last",)

    def __init__(self, last: Last) -> None:
        self._last = last

    def _made(self) -> tuple[T, U]:
        raise NotImplementedError

    def first(self) -> T:
        return self.both()[0]

    def second(self) -> U:
        return self.both()[1]

    def both(self) -> tuple[T, U]:
        """The two parts."""
        if self not in self._last:
            while len(self._last) >= REMEMBERED:
                del self._last[next(iter(self._last))]
            self._last[self] = self._made()
        found: tuple[T, U] = self._last[self]
        return found


Last = dict[_Made[Any, Any], tuple[Any, Any]]


class _NumberedStory(_Made[StoryTexts, tuple[Reference, ...]]):
    """A story's words and its list of sources."""

    __slots__ = ("_library", "_story")

    def __init__(self, last: Last, library: Library, story: Story) -> None:
        super().__init__(last)
        self._library, self._story = library, story

    def _made(self) -> tuple[StoryTexts, tuple[Reference, ...]]:
        numbering = Numbering(self._library.publishers, self._library.fates)
        return _texts(self._library, self._story, numbering), numbering.references()


def _view(library: Library, story: Story, texts: Callable[[], StoryTexts]) -> StoryView:
    original = story.sources[story.original] if story.original else None
    return StoryView(
        story=story,
        section=library.newsletter.sections[story.section],
        original=original,
        original_publisher=library.publishers[original.publisher] if original else None,
        original_href=standing(original, library.fates).href(original.url) if original else "",
        topics=tuple(library.topics[topic] for topic in story.topics),
        mentions=tuple(library.entities[entity] for entity in story.mentions),
        authors=authors(story.byline or library.newsletter.name, library.known_authors),
        looked_up=_Origins(library, story),
        texts=texts,
    )


class _Origins(Struct, frozen=True):
    """Finds where the sources of a story come from, and what became of them."""

    library: Library
    story: Story

    def __call__(self) -> tuple[Publisher | Fate, ...]:
        return tuple(_origins(self.library, briefs(self.story)))


def _origins(library: Library, sources: Iterable[Brief]) -> Iterator[Publisher | Fate]:
    for brief in sources:
        yield library.publishers[brief.publisher]
        if brief.relays:
            yield library.publishers[brief.relays]
        fate = library.fates.get(brief.page)
        if fate and (fate.gone or fate.copy):
            yield replace(fate, look=None)


def _texts(library: Library, story: Story, numbering: Numbering, scope: str = "") -> StoryTexts:
    """A story's texts numbered in the order of a page: parts as the vocabulary has them, then disputes."""
    texts = {part.part: part for part in story.parts}
    parts = []
    for id_, part in library.newsletter.parts.items():
        if id_ == BODY and story.body:
            parts.append(LinkedPart(BODY, "", (numbering.text(story.body, story.sources, scope),)))
        elif id_ in texts:
            linked = tuple(numbering.text(text, story.sources, scope) for text in texts[id_].texts)
            parts.append(LinkedPart(id_, part.title, linked, texts[id_].is_list))
    return StoryTexts(tuple(parts), _disputes(story, numbering, scope))


def _disputes(story: Story, numbering: Numbering, scope: str) -> tuple[LinkedDispute, ...]:
    return tuple(
        LinkedDispute(
            dispute,
            tuple(
                LinkedVersion(version.value, numbering.group((story.sources[i], scope) for i in version.sources))
                for version in dispute.versions
            ),
        )
        for dispute in story.disputed
    )


def _edition_pages(
    library: Library, editions: Sequence[Edition], pages: Mapping[str, StoryPage], last: Last
) -> list[EditionPage]:
    order, lost = order_of(library), _lost(library)
    gone = [withdrawal.published_on for withdrawal in library.withdrawn.values() if withdrawal.is_edition]
    return [
        EditionPage(
            edition=edition,
            number=index + 1 + sum(day < edition.day for day in gone),  # one that was taken back keeps its number
            lost=tuple(gone for name in _all_names(edition) for gone in lost.get(name, ())),
            previous=editions[index - 1] if index else None,
            next=editions[index + 1] if index + 1 < len(editions) else None,
            **shown(library, edition, pages, order, last),
        )
        for index, edition in enumerate(editions)
    ]


def _all_names(edition: Edition) -> Iterator[str]:
    """The names that an edition has, or had when a story was taken out of it."""
    yield from filter(None, (edition.slug, edition.renamed_from))
    yield from (alias.strip("/").removeprefix("editions/") for alias in edition.aliases)


def _lost(library: Library) -> dict[str, tuple[Withdrawal, ...]]:
    """The stories that are known to have stood in an edition when they were taken back, by its slug."""
    found: dict[str, tuple[Withdrawal, ...]] = {}
    for gone in (*library.withdrawn.values(), *library.restored.values()):
        for name in gone.was_in:
            folder, _, slug = name.partition("/")
            if folder == "editions":
                found[slug] = (*found.get(slug, ()), gone)
    return found


def order_of(library: Library) -> dict[str, int]:
    """The places of the sections."""
    return {section: number for number, section in enumerate(library.newsletter.sections)}


def shown(
    library: Library, edition: Edition, pages: Mapping[str, StoryPage], order: Mapping[str, int], last: Last
) -> dict[str, Any]:
    """What stands on an edition's page, by the names of the fields."""
    in_order = _InOrder(library.stories, edition.stories, order)
    numbered = _NumberedEdition(last, library, edition, in_order)
    shelved = _Shelved(last, pages, in_order, numbered.second)
    editors = authors(edition.made_by.editor, library.known_authors)
    return {"in_order": in_order, "shelved": shelved.both, "texts": numbered.first, "editors": editors}


class _InOrder(Struct, frozen=True):
    """Finds the stories of an edition: section by section as the vocabulary has them, in each in its own order."""

    stories: Mapping[str, Story]
    named: tuple[str, ...]
    order: Mapping[str, int]

    def __call__(self) -> list[Story]:
        return sorted(map(self.stories.__getitem__, self.named), key=lambda story: self.order[story.section])


class _Shelved(_Made[tuple[StoryPage, ...], tuple[Shelf, ...]]):
    """The stories of an edition: their own pages, and how its page shows them."""

    __slots__ = ("_in_order", "_pages", "_texts")

    def __init__(
        self,
        last: Last,
        pages: Mapping[str, StoryPage],
        in_order: Callable[[], Sequence[Story]],
        texts: Callable[[], Mapping[str, StoryTexts]],
    ) -> None:
        super().__init__(last)
        self._pages, self._in_order, self._texts = pages, in_order, texts

    def _made(self) -> tuple[tuple[StoryPage, ...], tuple[Shelf, ...]]:
        pages = tuple(self._pages[story.slug] for story in self._in_order())
        return pages, _shelves(pages, self._texts)


class _NumberedEdition(_Made[EditionTexts, Mapping[str, StoryTexts]]):
    """An edition's words and those of its stories."""

    __slots__ = ("_edition", "_in_order", "_library")

    def __init__(self, last: Last, library: Library, edition: Edition, in_order: Callable[[], Sequence[Story]]) -> None:
        super().__init__(last)
        self._library, self._edition, self._in_order = library, edition, in_order

    def _made(self) -> tuple[EditionTexts, Mapping[str, StoryTexts]]:
        return _numbered_edition(self._library, self._edition, self._in_order())


def _numbered_edition(
    library: Library, edition: Edition, stories: Sequence[Story]
) -> tuple[EditionTexts, Mapping[str, StoryTexts]]:
    """Numbered in the order of the page, on which the stories stand behind what is in focus."""
    numbering = Numbering(library.publishers, library.fates)
    focus = _focus(library, edition, numbering)
    texts = {story.slug: _texts(library, story, numbering, story.slug) for story in stories}
    told = EditionTexts(
        takeaways=_points(library, edition.takeaways, numbering),
        actions=_points(library, edition.actions, numbering),
        focus=focus,
        quiz=_quiz(library, edition, numbering),
        references=numbering.references(),
        words=_words(edition, stories),
    )
    return told, texts


def _shelves(pages: Iterable[StoryPage], texts: Callable[[], Mapping[str, StoryTexts]]) -> tuple[Shelf, ...]:
    views = (replace(page.view, texts=_OneOf(texts, page.story.slug)) for page in pages)
    return tuple(Shelf(section, tuple(some)) for section, some in groupby(views, lambda view: view.section))


class _OneOf(Struct, frozen=True):
    """The words of one of an edition's stories."""

    texts: Callable[[], Mapping[str, StoryTexts]]
    slug: str

    def __call__(self) -> StoryTexts:
        return self.texts()[self.slug]


def _points(library: Library, points: Iterable[Point], numbering: Numbering) -> tuple[LinkedPoint, ...]:
    return tuple(LinkedPoint(point.lead, numbering.scoped_text(point.text, library.stories)) for point in points)


def _focus(library: Library, edition: Edition, numbering: Numbering) -> tuple[LinkedFocus, ...]:
    return tuple(
        LinkedFocus(
            focus.lead, tuple((name, numbering.scoped_text(text, library.stories)) for name, text in focus.texts())
        )
        for focus in edition.focus
    )


def _quiz(library: Library, edition: Edition, numbering: Numbering) -> tuple[LinkedQuestion, ...]:
    return tuple(
        LinkedQuestion(question, numbering.scoped_text(question.explanation, library.stories))
        for question in edition.quiz
    )


def _words(edition: Edition, stories: Iterable[Story]) -> int:
    items: list[Edition | Story] = [edition, *stories]
    return sum(len(text.split()) for item in items for _, text in item.texts())
