"""The items of feeds before they are made: what each shows, and roughly how long it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar, overload

from msgspec import Struct

from generator.model.content import Edition, Story
from generator.model.corrected import Corrected
from generator.model.pages import EditionPage, StoryPage
from generator.model.reach import edition_unit, story_unit

K = TypeVar("K")
T = TypeVar("T")
_OF_A_NUMBER, _OF_A_SOURCE, _OF_A_PART = 90, 180, 40
"""Characters of HTML around a number in the text, a source in the list and a part, not counting their own words."""


class Room(NamedTuple):
    """How much fits into a feed: readers refuse feeds of some megabytes."""

    items: int
    size: int
    """Rough number of characters of content. A file has up to half as many more: escapes, and in JSON the citations as
    data."""
    archived: int
    """Items in an archive document."""


class Entry(Struct, frozen=True, eq=False, dict=True):
    """An item before it is made. Compared by identity, so looking up items by it is cheap."""

    of: StoryPage | EditionPage | Corrected

    @property
    def made_of(self) -> tuple[object, ...]:
        """All that its item shows. A story's neighbours are left out, so the feed does not change when they do."""
        return (self.of.view,) if isinstance(self.of, StoryPage) else (self.of,)

    @property
    def unit(self) -> str:
        """The unit of the story or edition that it shows or corrects."""
        if not isinstance(self.of, Corrected):
            return self.of.unit
        item = self.of.item
        return story_unit(item.slug) if isinstance(item, Story) else edition_unit(item.slug)

    @property
    def published(self) -> datetime:
        return self.of.published if isinstance(self.of, Corrected) else self.of.item.published

    @property
    def changed(self) -> datetime:
        """The moment of its last change."""
        return self.of.story.changed if isinstance(self.of, StoryPage) else self.of.changed

    @cached_property
    def weight(self) -> int:
        """Rough number of characters of its content, from the model, so that a feed is cut before it is made."""
        if isinstance(self.of, Corrected):
            return len(self.of.correction.was) + len(self.of.correction.now)
        if isinstance(self.of, StoryPage):
            return _weight(self.of.story)
        return sum(_weight(page.story) for page in self.of.pages) + _written(self.of.edition)


def _weight(story: Story) -> int:
    sources = sum(
        _OF_A_SOURCE + len(source.url) + len(source.title or "") + sum(map(len, source.passages))
        for source in story.sources.values()
    )
    return _written(story) + len(story.dek) + sources


def _written(item: Story | Edition) -> int:
    number = _OF_A_NUMBER + len(item.slug)
    return sum(_OF_A_PART + len(text) + text.count("@") * number for _, text in item.texts())


def fitting(entries: Iterable[Entry], room: Room) -> int:
    """How many of the newest entries a feed has room for; at least one."""
    return _fitting((entry.weight for entry in entries), room)


def fitted(entries: Iterable[Entry], room: Room) -> int:
    """How many there may have been room for when the first of them was the newest.

    An item that has changed since counts as empty, because it may have been shorter then.
    """
    return _fitting((entry.weight if entry.changed == entry.published else 0 for entry in entries), room)


def _fitting(weights: Iterable[int], room: Room) -> int:
    size = number = 0
    for number, weight in enumerate(weights, start=1):
        size += weight
        if number > room.items or (number > 1 and size > room.size):
            return number - 1
    return number


class Picked(Sequence[T], Generic[K, T]):
    """Items in the order of some keys, each looked up when it is asked for."""

    def __init__(self, item: Callable[[K], T], keys: Sequence[K]) -> None:
        self._item, self._keys = item, keys

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Picked[K, T]: ...
    def __getitem__(self, place: int | slice) -> T | Picked[K, T]:
        if isinstance(place, slice):
            return Picked(self._item, self._keys[place])
        return self._item(self._keys[place])
