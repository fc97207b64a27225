"""Make the pages of stories and editions from a library: their contents and their neighbours."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.link.numbering import standing
from generator.link.related import Neighbours
from generator.link.since import corrections, since_last
from generator.link.texts import edition_texts, story_texts
from generator.model.authors import authors
from generator.model.content import Edition, Story
from generator.model.corrected import NOTHING_SINCE, Corrected, Since
from generator.model.evidence import Fate
from generator.model.library import Library
from generator.model.linked import EditionTexts, Reference, StoryTexts
from generator.model.order import shown_in
from generator.model.pages import EditionPage, Shelf, StoryPage, StoryView
from generator.model.subjects import Subject
from generator.model.threads import threads
from generator.model.vocabulary import Publisher
from generator.model.withdrawals import Withdrawal
from generator.prose.briefs import briefs

T = TypeVar("T")
U = TypeVar("U")

REMEMBERED = 256
"""How many pages' numbered texts are remembered. Those of a large archive would fill the memory of a build."""


class Linker(Struct, frozen=True):
    """Links the stories and editions of a library, and remembers its latest results."""

    library: Library
    order: Mapping[str, int]
    """The index of each section."""
    corrections: Callable[[], tuple[Corrected, ...]]
    """Gathers all corrections on first use, newest first."""
    since: Callable[[], Mapping[str, Since]]
    """Finds on first use what editions tell of the time since the one before, by slug."""
    last: OrderedDict[_Made[Any, Any], tuple[Any, Any]]

    @classmethod
    def of(cls, library: Library) -> Linker:
        order = {section: number for number, section in enumerate(library.newsletter.sections)}
        noted = cache(partial(corrections, library))
        return cls(library, order, noted, cache(lambda: since_last(library, noted())), OrderedDict())

    def story(self, story: Story) -> dict[str, Any]:
        """The fields of a story's page that depend on the story itself."""
        numbered = _NumberedStory(self, story)
        return {"view": _view(self.library, story, numbered.first), "list_references": numbered.second}

    def edition(self, edition: Edition, pages: Mapping[str, StoryPage]) -> dict[str, Any]:
        """The fields of an edition's page that depend on the edition itself and its stories."""
        in_order = partial(_in_order, self, edition)
        numbered = _NumberedEdition(self, edition, in_order)
        shelved = _Shelved(self, pages, in_order, numbered.second)
        editors = authors(edition.made_by.editor, self.library.known_authors)
        return {
            "in_order": in_order,
            "find_shelves": shelved.both,
            "texts": numbered.first,
            "editors": editors,
            "find_since": partial(self._since, edition.slug),
        }

    def _since(self, slug: str) -> Since:
        return self.since().get(slug, NOTHING_SINCE)


class _Made(Struct, Generic[T, U], frozen=True, eq=False):
    """Two parts of a page, such as its numbered texts and its sources, made together when either is first needed.

    Only the latest results are remembered, since other files that show them are made soon after. There is one of these
    for each page of an archive, so they hold as little as possible.
    """

    linker: Linker

    def make(self) -> tuple[T, U]:
        raise NotImplementedError

    def first(self) -> T:
        return self.both()[0]

    def second(self) -> U:
        return self.both()[1]

    def both(self) -> tuple[T, U]:
        """Both parts, made or remembered."""
        last = self.linker.last
        if self not in last:
            while len(last) >= REMEMBERED:
                last.popitem(last=False)
            last[self] = self.make()
        found: tuple[T, U] = last[self]
        return found


class _NumberedStory(_Made[StoryTexts, tuple[Reference, ...]], frozen=True, eq=False):
    """A story's numbered texts and its list of sources."""

    story: Story

    def make(self) -> tuple[StoryTexts, tuple[Reference, ...]]:
        return story_texts(self.linker.library, self.story)


class StoryPages(Struct, frozen=True):
    """Makes the pages of stories, with everything around them."""

    linker: Linker
    shown_in: Mapping[str, tuple[Edition, ...]]
    sections: Mapping[str, Subject]
    thread_of: Mapping[str, tuple[Story, ...]]
    neighbours: Neighbours

    @classmethod
    def of(
        cls,
        linker: Linker,
        newest_first: Sequence[Story],
        gathered: Mapping[str, Mapping[str, Subject]],
        editions: Sequence[Edition],
    ) -> StoryPages:
        neighbours = Neighbours(newest_first, gathered["topic"], gathered["entity"])
        return cls(linker, shown_in(editions), gathered["section"], threads(linker.library.stories), neighbours)

    def __call__(self, story: Story) -> StoryPage:
        thread = self.thread_of.get(story.slug, ())
        newer, older = self.neighbours.beside(story, self.sections[story.section])
        return StoryPage(
            **self.linker.story(story),
            editions=self.shown_in.get(story.slug, ()),
            find_nearest=_Near(self.neighbours, story, thread),
            thread=thread,
            previous=older,
            next=newer,
        )


class _Near(Struct, frozen=True):
    """Finds the stories related to one, except those of its thread. A value, since it takes less than a `partial`."""

    neighbours: Neighbours
    story: Story
    thread: tuple[Story, ...]

    def __call__(self) -> tuple[Story, ...]:
        return self.neighbours.of(self.story, self.thread)


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
        find_origins=_Origins(library, story),
        texts=texts,
    )


class _Origins(Struct, frozen=True):
    """Finds where the sources of a story come from, and what became of them. A value, as `_Near` is."""

    library: Library
    story: Story

    def __call__(self) -> tuple[Publisher | Fate, ...]:
        return tuple(self._all())

    def _all(self) -> Iterator[Publisher | Fate]:
        library = self.library
        for brief in briefs(self.story):
            yield library.publishers[brief.publisher]
            if brief.relays:
                yield library.publishers[brief.relays]
            fate = library.fates.get(brief.page)
            if fate and (fate.gone or fate.copy):
                yield replace(fate, look=None)


def edition_pages(linker: Linker, editions: Sequence[Edition], pages: Mapping[str, StoryPage]) -> list[EditionPage]:
    """The pages of editions, which must be given oldest first. `pages` are those of all stories."""
    withdrawn, lost = linker.library.withdrawn.values(), _lost(linker.library)
    gone = [withdrawal.published_on for withdrawal in withdrawn if withdrawal.is_edition]
    return [
        EditionPage(
            edition=edition,
            number=index + 1 + sum(day < edition.day for day in gone),  # a withdrawn edition keeps its number
            lost=tuple(gone for name in _all_names(edition) for gone in lost.get(name, ())),
            previous=editions[index - 1] if index else None,
            next=editions[index + 1] if index + 1 < len(editions) else None,
            **linker.edition(edition, pages),
        )
        for index, edition in enumerate(editions)
    ]


def _all_names(edition: Edition) -> Iterator[str]:
    """The present and former slugs of an edition; a withdrawal may name any of them."""
    yield from filter(None, (edition.slug, edition.renamed_from))
    yield from (alias.strip("/").removeprefix("editions/") for alias in edition.aliases)


def _lost(library: Library) -> dict[str, tuple[Withdrawal, ...]]:
    """The stories that are known to have been in an edition when they were withdrawn, by the edition's slug."""
    found: dict[str, tuple[Withdrawal, ...]] = {}
    for gone in (*library.withdrawn.values(), *library.restored.values()):
        for name in gone.was_in:
            folder, _, slug = name.partition("/")
            if folder == "editions":
                found[slug] = (*found.get(slug, ()), gone)
    return found


def _in_order(linker: Linker, edition: Edition) -> list[Story]:
    """The stories of an edition: by section in the vocabulary's order, and in the edition's order within each."""
    stories = map(linker.library.stories.__getitem__, edition.stories)
    return sorted(stories, key=lambda story: linker.order[story.section])


class _NumberedEdition(_Made[EditionTexts, Mapping[str, StoryTexts]], frozen=True, eq=False):
    """The numbered texts of an edition, and those of its stories."""

    edition: Edition
    in_order: Callable[[], Sequence[Story]]

    def make(self) -> tuple[EditionTexts, Mapping[str, StoryTexts]]:
        return edition_texts(self.linker.library, self.edition, self.in_order())


class _Shelved(_Made[tuple[StoryPage, ...], tuple[Shelf, ...]], frozen=True, eq=False):
    """The stories of an edition: their own pages, and the shelves of its page."""

    pages: Mapping[str, StoryPage]
    in_order: Callable[[], Sequence[Story]]
    texts: Callable[[], Mapping[str, StoryTexts]]

    def make(self) -> tuple[tuple[StoryPage, ...], tuple[Shelf, ...]]:
        pages = tuple(self.pages[story.slug] for story in self.in_order())
        views = (replace(page.view, texts=partial(self._texts_of, page.story.slug)) for page in pages)
        return pages, tuple(Shelf(section, tuple(some)) for section, some in groupby(views, lambda view: view.section))

    def _texts_of(self, slug: str) -> StoryTexts:
        return self.texts()[slug]
