"""Large archives of stories, few of which are decoded: facts needed about all stories are kept in columns.

A build after one changed story needs a few facts about each of the others, such as its time and section. Those are in
columns, and a story itself is decoded only on demand. The functions of this module work on such an archive and on a
plain `dict` alike.
"""

from __future__ import annotations

from array import array
from collections.abc import (
    Callable,
    Collection,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, Generic, Literal, Protocol, TypeVar, get_args, overload

from msgspec import Struct

from generator.model.content import Story

K = TypeVar("K", str, int)

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


class Facts(Struct, frozen=True):
    """Facts about all stories: one column per fact, one entry per story."""

    moment: array[int]
    """When it was published, in microseconds since 1970 (UTC)."""
    month: array[int]
    """The month of publication in its own time zone: twelve times the year, plus the month counted from 0."""
    section: list[str]
    topics: list[str]
    """Ids separated by blanks, as in `mentions`."""
    mentions: list[str]
    score: array[int]
    """Its importance; 0 if it has none."""
    changed: array[int]
    """Its last change that readers should know of, in the unit of `moment`."""
    digest: list[str]


Fact = Literal["moment", "month", "section", "topics", "mentions", "score", "changed", "digest"]
Seldom = Literal["updates", "change", "renamed_from", "aliases", "corrections", "image", "imported", "draft"]
"""Fields that few stories have, but that are looked up for all."""
SELDOM: tuple[Seldom, ...] = get_args(Seldom)

FACTS: Mapping[Fact, Callable[[Story], Any]] = {
    "moment": lambda story: moment_of(story.published),
    "month": lambda story: story.published.year * 12 + story.published.month - 1,
    "section": attrgetter("section"),
    "topics": lambda story: " ".join(story.topics),
    "mentions": lambda story: " ".join(story.mentions),
    "score": lambda story: story.importance.score if story.importance else 0,
    "changed": lambda story: moment_of(story.changed),
    "digest": attrgetter("digest"),
}
"""The function that computes each fact of a story."""


def month_name(month: int) -> str:
    """The fact `month` as `2026-04`."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


def moment_of(moment: datetime) -> int:
    """A moment in microseconds since 1970 (UTC)."""
    return (moment - _BEGIN) // _TICK


def slug_of(file: str) -> str:
    """The slug of the story or the edition in a file."""
    return file.rpartition("/")[2].removesuffix(".yml")


class Rows(Protocol):
    """Cached stories, by number."""

    @property
    def facts(self) -> Facts: ...

    def having(self, field: Seldom) -> Iterable[str]:
        """The slugs of the stories that have a field."""

    def story(self, number: int) -> Story: ...

    def all(self) -> Sequence[Story]:
        """Every story, by number. Faster than decoding them one by one."""


FRESH = -1
"""The number of a story that is not in the rows."""


class Stories(Mapping[str, Story]):
    """Stories by slug: most of them in rows, each decoded on demand, and some already decoded."""

    __slots__ = ("_at", "_fresh", "_in_order", "_rows")

    def __init__(self, rows: Rows, numbers: dict[str, int], fresh: Mapping[str, Story]) -> None:
        """`numbers` maps the slugs, in order, to their numbers in `rows`; those of `fresh` stories do not matter.

        The caller must not change it afterwards.
        """
        numbers.update(dict.fromkeys(fresh.keys() & numbers.keys(), FRESH))
        self._rows, self._at, self._fresh = rows, numbers, fresh
        self._in_order = [*numbers.values()]

    def __getitem__(self, slug: str) -> Story:
        number = self._at[slug]
        return self._fresh[slug] if number == FRESH else self._rows.story(number)

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, slug: object) -> bool:
        return slug in self._at

    def keys(self) -> KeysView[str]:
        return self._at.keys()

    def values(self) -> ValuesView[Story]:
        return self._all().values()

    def items(self) -> ItemsView[str, Story]:
        return self._all().items()

    def _all(self) -> dict[str, Story]:
        whole, fresh = self._rows.all(), self._fresh
        return {slug: fresh[slug] if number == FRESH else whole[number] for slug, number in self._at.items()}

    def __reduce__(self) -> tuple[type[dict[str, Story]], tuple[dict[str, Story]]]:
        """Pickle as a plain `dict` of all stories, since another machine does not have the rows."""
        return dict, (self._all(),)

    def column(self, fact: Fact, slugs: Sequence[str] | None = None) -> list[Any]:
        """A fact of each story in order, or of some of them. An archive is large, so this must be fast."""
        numbers = self._in_order if slugs is None else [*map(self._at.__getitem__, slugs)]
        kept = getattr(self._rows.facts, fact) or (None,)
        found = [*map(kept.__getitem__, numbers)]  # fresh stories get the last row's fact until the loop below
        names, place = slugs, -1
        for _ in range(numbers.count(FRESH)):
            names = names or [*self._at]
            place = numbers.index(FRESH, place + 1)
            found[place] = FACTS[fact](self._fresh[names[place]])
        return found

    def having(self, field: Seldom) -> list[Story]:
        """The stories that have a field, in order."""
        kept = {slug for slug in self._rows.having(field) if self._at.get(slug, FRESH) != FRESH}
        found = kept | {slug for slug, story in self._fresh.items() if slug in self._at and getattr(story, field)}
        return [self[slug] for slug in self._at if slug in found] if found else []

    def only(self, slugs: Iterable[str]) -> Stories:
        """Only the stories with these slugs, in the order given."""
        wanted = [*slugs]
        return Stories(self._rows, dict(zip(wanted, map(self._at.__getitem__, wanted), strict=True)), self._fresh)

    def changed(self, new: Mapping[str, Story], gone: Collection[str] = ()) -> Stories:
        """A copy with the `new` stories, and without those that are gone."""
        numbers = self._at | dict.fromkeys(new, FRESH)
        for slug in gone:
            numbers.pop(slug, None)
        return Stories(self._rows, numbers, {**self._fresh, **new})


def column(stories: Mapping[str, Story], fact: Fact, slugs: Sequence[str] | None = None) -> list[Any]:
    """A fact of each story in order, or of some of them."""
    if isinstance(stories, Stories):
        return stories.column(fact, slugs)
    return [*map(FACTS[fact], stories.values() if slugs is None else map(stories.__getitem__, slugs))]


def having(stories: Mapping[str, Story], field: Seldom) -> list[Story]:
    """The stories that have a field, in order."""
    if isinstance(stories, Stories):
        return stories.having(field)
    return [story for story in stories.values() if getattr(story, field)]


def only(stories: Mapping[str, Story], slugs: Iterable[str]) -> Mapping[str, Story]:
    """The stories with these slugs, in the order given."""
    return stories.only(slugs) if isinstance(stories, Stories) else {slug: stories[slug] for slug in slugs}


def changed(stories: Mapping[str, Story], new: Mapping[str, Story], gone: Collection[str] = ()) -> Mapping[str, Story]:
    """The stories with the `new` ones, and without those that are gone."""
    if isinstance(stories, Stories):
        return stories.changed(new, gone)
    return {slug: story for slug, story in {**stories, **new}.items() if slug not in gone}


class InOrder(Sequence[Story], Generic[K]):
    """A sequence of stories, each looked up on demand."""

    __slots__ = ("_columns", "_keys", "_of")

    def __init__(self, of: Mapping[K, Story] | Sequence[Story], keys: Sequence[K]) -> None:
        """`keys` are the slugs of the stories, or their indexes if `of` is a sequence."""
        self._of: Any = of
        self._keys: Sequence[Any] = keys
        self._columns: dict[Fact, Sequence[Any]] = {}

    @overload
    def __getitem__(self, place: int) -> Story: ...
    @overload
    def __getitem__(self, place: slice) -> InOrder[K]: ...
    def __getitem__(self, place: int | slice) -> Story | InOrder[K]:
        if isinstance(place, slice):
            return InOrder(self._of, self._keys[place])
        found: Story = self._of[self._keys[place]]
        return found

    def __iter__(self) -> Iterator[Story]:
        return map(self._of.__getitem__, self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def slugs(self) -> Sequence[str]:
        """Their slugs, found without looking up a story."""
        if isinstance(self._of, Mapping):
            return self._keys
        among = slugs_of(self._of)
        return [among[place] for place in self._keys]

    def at(self, places: Sequence[int]) -> InOrder[K]:
        """The stories at some indexes."""
        return InOrder(self._of, [self._keys[place] for place in places])

    def column(self, fact: Fact) -> Sequence[Any]:
        """A fact of each story, in order. An archive needs no story decoded for it."""
        if fact not in self._columns:
            if isinstance(self._of, Mapping):
                self._columns[fact] = column(self._of, fact, self._keys)
            else:
                self._columns[fact] = [*map(column_of(self._of, fact).__getitem__, self._keys)]
        return self._columns[fact]

    @property
    def made_of(self) -> tuple[Any, ...]:
        """The values to fingerprint: slugs and digests if all stories were read from files, else the stories."""
        digests = self.column("digest")
        return (self.slugs, digests) if all(digests) else tuple(self)


def from_last(stories: Mapping[str, Story]) -> InOrder[str]:
    """The stories of a mapping in reverse order."""
    return InOrder(stories, [*stories][::-1])


def column_of(stories: Sequence[Story], fact: Fact) -> Sequence[Any]:
    """A fact of each story, in order."""
    return stories.column(fact) if isinstance(stories, InOrder) else [*map(FACTS[fact], stories)]


def slugs_of(stories: Sequence[Story]) -> Sequence[str]:
    """The slugs of stories, in order."""
    return stories.slugs if isinstance(stories, InOrder) else [story.slug for story in stories]
