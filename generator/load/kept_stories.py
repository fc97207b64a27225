"""Cached stories in rows; only the few that are needed are decoded.

Each file of the cache begins with columns: the names and stamps of the content files, and the facts that a build needs
about all stories (`generator.model.stories`). After these come the stories as JSON, each with a checksum, then their
accounts.

The stories of a month are side by side in one file, so that going through an archive by time, or by folders named after
years, makes good use of the processor's cache.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate, chain, compress, islice, pairwise
from typing import Any, cast

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr

from generator.cache import Cache, summed
from generator.cache.buckets import BUCKETS, CAN_LAY, Files, Opened, encoded
from generator.files import FileStamps, Stamp
from generator.load.accounts import account_json, lay_account
from generator.load.kept import Sent, old_enough
from generator.model.content import Story
from generator.model.held import Held
from generator.model.stories import FACTS, FRESH, SELDOM, Fact, Facts, Seldom, Stories, slug_of

_decode = msgspec.json.Decoder(Story).decode
_decode_all = msgspec.json.Decoder(list[Story]).decode


class _Head(Struct, array_like=True):
    """The head of a file: columns as written, with an entry for each story."""

    files: list[str]
    slugs: list[str]
    digests: list[str]
    numbers: list[bytes]
    """Columns of eight-byte numbers."""
    words: list[tuple[list[str], bytes]]
    """Columns of words that many stories share: each word once, and a four-byte index for each story."""
    having: dict[Seldom, list[str]]


_NUMBERS: tuple[Fact, ...] = ("moment", "month", "score", "changed")
"""Facts that are numbers."""
_SHARED: tuple[Fact, ...] = ("section", "topics", "mentions")
"""Facts that are words shared by many stories."""


class _Columns(Struct):
    """Columns for all cached stories, each with an entry per story."""

    files: list[str]
    slugs: list[str]
    stamps: array[int]
    """Three numbers per story."""
    told: array[int]
    """Size in bytes of the cached story."""
    accounts: array[int]
    """Size in bytes of its account."""
    facts: Facts
    having: dict[Seldom, list[str]]
    """For each rare field, the slugs of the stories that have it."""

    @classmethod
    def of(cls, stories: Sequence[Story], stamps: Sequence[Stamp]) -> _Columns:
        """The columns of stories, without the sizes."""
        facts = _facts({fact: map(of, stories) for fact, of in FACTS.items()})
        having = {field: [story.slug for story in stories if getattr(story, field)] for field in SELDOM}
        files, slugs = [story.file for story in stories], [story.slug for story in stories]
        return cls(files, slugs, array("q", chain.from_iterable(stamps)), array("q"), array("q"), facts, having)

    @classmethod
    def read(cls, data: bytes) -> _Columns:
        """Read the columns from the head of a file. Raises `ValueError` or `MsgspecError` if it is damaged."""
        head = msgspec.msgpack.decode(data, type=_Head)
        stamps, *numbers = (array("q", column) for column in head.numbers)
        told, accounts, *facts = numbers
        words = [_read_shared(*column) for column in head.words]
        columns: tuple[Sequence[Any], ...] = (head.slugs, head.digests, *numbers, *words)
        counts = {len(column) for column in columns}
        if counts != {len(head.files)} or len(stamps) != 3 * len(head.files):
            raise ValueError("columns that do not fit")
        by_name: dict[Any, Any] = dict(
            zip((*_NUMBERS, *_SHARED, "digest"), (*facts, *words, head.digests), strict=True)
        )
        return cls(head.files, head.slugs, stamps, told, accounts, Facts(**by_name), head.having)

    def written(self) -> bytes:
        """Encode the columns for `read`."""
        facts = self.facts
        numbers = (self.stamps, self.told, self.accounts, *(getattr(facts, fact) for fact in _NUMBERS))
        words = [_shared(getattr(facts, fact)) for fact in _SHARED]
        columns = [column.tobytes() for column in numbers]
        return msgspec.msgpack.encode(_Head(self.files, self.slugs, facts.digest, columns, words, self.having))

    def extend(self, other: _Columns) -> None:
        """Append the columns of other stories."""
        self.stamps.extend(other.stamps)
        for mine, more in zip(self._columns(), other._columns(), strict=True):
            mine.extend(more)
        for field in SELDOM:
            self.having[field] += other.having[field]

    def only(self, numbers: Sequence[int]) -> _Columns:
        """The columns of some of the stories, without the sizes."""
        files, slugs, stamps = self.files, self.slugs, self.stamps
        facts = _facts({fact: map(getattr(self.facts, fact).__getitem__, numbers) for fact in FACTS})
        among = {slugs[n] for n in numbers}
        having = {field: [slug for slug in has if slug in among] for field, has in self.having.items()}
        return _Columns(
            [files[n] for n in numbers],
            [slugs[n] for n in numbers],
            array("q", chain.from_iterable(stamps[3 * n : 3 * n + 3] for n in numbers)),
            array("q"),
            array("q"),
            facts,
            having,
        )

    def _columns(self) -> Iterator[Any]:
        yield from (self.files, self.slugs, self.told, self.accounts)
        yield from (getattr(self.facts, fact) for fact in FACTS)


def _facts(found: Mapping[Fact, Iterable[Any]]) -> Facts:
    columns: dict[str, Any] = {fact: array("q", all_) if fact in _NUMBERS else [*all_] for fact, all_ in found.items()}
    return Facts(**columns)


def _shared(words: Sequence[str]) -> tuple[list[str], bytes]:
    """Encode a column of shared words: each word once, and an index for each entry."""
    number = {word: at for at, word in enumerate(dict.fromkeys(words))}
    return [*number], array("I", map(number.__getitem__, words)).tobytes()


def _read_shared(words: list[str], places: bytes) -> list[str]:
    """Decode a column encoded by `_shared`; equal words are one object. Raises `ValueError`."""
    numbers = array("I", places)
    if max(numbers, default=-1) >= len(words):
        raise ValueError("a column that does not fit")
    return [*map(words.__getitem__, numbers)]


class _Part(Struct, frozen=True):
    """The stories in one file of the cache."""

    file: Opened
    numbers: range
    start: int
    """Offset of the first story."""
    behind: int
    """Offset of the first account."""

    def cut(self, sizes: Sequence[int], start: int) -> list[bytes]:
        """Read consecutive pieces of these sizes from an offset on, as written. Raises `OSError`."""
        data = self.file.part(start, sum(sizes))
        return [data[begin:end] for begin, end in pairwise(accumulate(sizes, initial=0))]


class KeptRows:
    """The cached stories, by number (a `generator.model.stories.Rows`)."""

    def __init__(self, files: Files) -> None:
        self.columns = _Columns.of((), ())
        self.parts: dict[int, _Part] = {}
        """By file number. Damaged files are left out, so that their stories are read again."""
        while files.opened:
            number, file = files.opened.popitem()
            with suppress(OSError, ValueError, msgspec.MsgspecError):
                self.parts[number] = self._added(file)
        self._in_order = [*self.parts]
        columns, parts = self.columns, self.parts.values()
        self._firsts = [part.numbers.start for part in parts]
        self._starts = [start for part in parts for start in _places(part, columns.told, part.start)]
        self._behind = [start for part in parts for start in _places(part, columns.accounts, part.behind)]
        self._known: list[Story | None] = [None] * len(columns.files)
        self._has_all = False
        if not CAN_LAY:
            self.all()

    def _added(self, file: Opened) -> _Part:
        head, start = file.head()
        found, first = _Columns.read(head), len(self.columns.files)
        behind = start + sum(found.told)
        if behind + sum(found.accounts) != file.size:
            raise ValueError(behind)
        self.columns.extend(found)
        return _Part(file, range(first, first + len(found.files)), start, behind)

    @property
    def facts(self) -> Facts:
        return self.columns.facts

    def having(self, field: Seldom) -> Sequence[str]:
        return self.columns.having[field]

    def story(self, number: int) -> Story:
        """A story, decoded on first use. Raises `OSError` if its cache file was damaged meanwhile."""
        found = self._known[number]
        if found is None:
            part = self.parts[self.part_of(number)]
            story = _decode(part.file.read(self._starts[number], self.columns.told[number]))
            found = self._known[number] = self._with_account(story, number, part)
        return found

    def part_of(self, number: int) -> int:
        """The number of the cache file that holds a story."""
        return self._in_order[bisect_right(self._firsts, number) - 1]

    def all(self) -> Sequence[Story]:
        """Every story by number, decoded in one go. Raises `OSError` as `story` does."""
        for part in () if self._has_all else self.parts.values():
            told = part.cut(self._of(part, self.columns.told), part.start)
            stories = _decode_all(b"[%s]" % b",".join(map(part.file.checked, told)))
            for number, story in zip(part.numbers, stories, strict=True):
                if self._known[number] is None:
                    self._known[number] = self._with_account(story, number, part)
        self._has_all = True
        return cast("Sequence[Story]", self._known)

    def written(self, part: _Part, numbers: Collection[int]) -> tuple[list[bytes], list[bytes]]:
        """Some stories of a part and their accounts, still encoded. Raises `OSError`."""
        columns, wanted = self.columns, [number in numbers for number in part.numbers]
        told = part.cut(self._of(part, columns.told), part.start)
        accounts = part.cut(self._of(part, columns.accounts), part.behind)
        return [*compress(told, wanted)], [*compress(accounts, wanted)]

    def _of(self, part: _Part, column: array[int]) -> array[int]:
        return column[part.numbers.start : part.numbers.stop]

    def _with_account(self, story: Story, number: int, part: _Part) -> Story:
        if size := self.columns.accounts[number]:
            lay_account(story, part.file.laid(self._behind[number], size))
        return story


def _places(part: _Part, sizes: array[int], start: int) -> Iterator[int]:
    """The offset of each story's piece, computed from the sizes."""
    return islice(accumulate(sizes[part.numbers.start : part.numbers.stop], initial=start), len(part.numbers))


class KeptStories:
    """The cache of story files (a `generator.load.kept.Kept`)."""

    def __init__(self, cache: Cache | None) -> None:
        self._files = Files(cache, "stories")
        self._rows = KeptRows(self._files)
        self._columns = self._rows.columns
        self._row_of = dict(zip(self._columns.files, range(len(self._columns.files)), strict=True))
        self._looked_at: list[str] = []
        self._rows_now: list[int | None] = []
        """The rows of the files that were looked at; None for those that have changed or are new."""
        self._words: dict[str | None, Any] = {}
        self._new: dict[str, tuple[Stamp, Story]] = {}
        self._gone = {*range(len(self._columns.files))}
        """The rows whose files were not found unchanged."""

    @property
    def gone(self) -> set[str]:
        return {self._columns.files[row] for row in self._gone}

    @property
    def state(self) -> str:
        return self._files.state

    @property
    def count(self) -> int:
        return len(self._row_of)

    def knows(self, file: str) -> bool:
        return file in self._row_of

    def received(self, sent: Sent) -> Story:
        """Decode a story from another process. Words that many stories have are shared between them."""
        story, one = _decode(sent[0]), self._words.setdefault
        if sent[1]:
            lay_account(story, Held(sent[1]))
        for name in ("section", "sentiment"):
            word = getattr(story, name)
            force_setattr(story, name, one(word, word))
        for name in ("topics", "mentions"):
            force_setattr(story, name, tuple([one(word, word) for word in getattr(story, name)]))
        return story

    def due(self, files: FileStamps) -> list[int]:
        sizes, changed, touched = FileStamps(self._columns.files, self._columns.stamps).columns()
        self._looked_at, rows = files.paths, [*map(self._row_of.get, files.paths)]
        due = [
            place
            for place, (row, *looked) in enumerate(zip(rows, *files.columns(), strict=True))
            if row is None or looked != [sizes[row], changed[row], touched[row]]
        ]
        for place in due:
            rows[place] = None
        self._rows_now = rows
        self._gone = {*range(len(sizes))}.difference(rows)
        return due

    def before(self, file: str) -> Story | None:
        row = self._row_of.get(file)
        return None if row is None else self._rows.story(row)

    def keep(self, file: str, stamp: Stamp, item: Story) -> None:
        self._new[file] = (stamp, item)

    def forget(self, file: str) -> None:
        self._new.pop(file, None)

    def by_file(self, fresh: Mapping[str, Story | None]) -> dict[str, Story | None]:
        return {
            file: fresh[file] if row is None else self._rows.story(row)
            for file, row in zip(self._looked_at, self._rows_now, strict=True)
            if row is not None or file in fresh
        }

    def by_slug(self, fresh: Mapping[str, Story | None]) -> Mapping[str, Story] | None:
        slugs, numbers, count = self._columns.slugs, dict[str, int](), 0
        for file, row in zip(self._looked_at, self._rows_now, strict=True):
            if row is not None:
                numbers[slugs[row]] = row
            elif fresh.get(file) is not None:
                numbers[slug_of(file)] = FRESH
            else:
                continue
            count += 1
        broken = {slug_of(file) for file, story in fresh.items() if story is None}
        if len(numbers) < count or not broken.isdisjoint(numbers):
            return None
        stories = {story.slug: story for story in fresh.values() if story}
        return stories if len(stories) == count else Stories(self._rows, numbers, stories)

    def save(self) -> Collection[str]:
        """See `Kept.save`. The accounts of the saved stories are read from the cache from now on."""
        new = old_enough(self._new)
        changed: dict[int, list[tuple[Stamp, Story]]] = {self._rows.part_of(row): [] for row in self._gone}
        for stamp, story in new.values():
            changed.setdefault(FACTS["month"](story) % BUCKETS, []).append((stamp, story))
        for number, entries in changed.items() if self._files.are_kept else ():
            with self._files.changing(number):
                self._write(number, entries)
        return new.keys()

    def _write(self, number: int, entries: Sequence[tuple[Stamp, Story]]) -> None:
        """Write a file of the cache again, with these stories and those that stay in it."""
        columns, part = self._columns, self._rows.parts.get(number)
        stay = [row for row in part.numbers if row not in self._gone] if part else []
        told, accounts = self._rows.written(part, {*stay}) if part else ([], [])
        stories = [story for _, story in entries]
        told += [summed(encoded(story)) for story in stories]
        more = [summed(account_json(story)) for story in stories]
        head = columns.only(stay)
        head.extend(_Columns.of(stories, [stamp for stamp, _ in entries]))
        head.told, head.accounts = array("q", map(len, told)), array("q", map(len, accounts + more))
        file, start = self._files.write(number, head.written(), (*told, *accounts, *more))
        start += sum(map(len, (*told, *accounts)))
        for story, account in zip(stories, more, strict=True):
            if account:
                lay_account(story, file.laid(start, len(account)))
            start += len(account)
