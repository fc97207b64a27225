"""A subscriber of long standing: mornings of a newsletter, and after each what a program holds of its feeds.

Every morning something comes out, and often something else happens: a correction, a withdrawal, a story that comes
back, another name of a story, of an edition or of the newsletter, another address of the site. No program may meet an
item twice, lose one, or see a date go back.

`python -m tests.test_two_years 400 7` plays two years with dice of its own; `nowhere` behind it has withdrawals that
do not say what showed the story.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from generator.model.content import Correction, Edit, Edition, Story
from generator.model.order import in_time
from generator.model.outputs import Outputs
from generator.model.site import Site
from generator.model.withdrawals import Withdrawal
from generator.render.feeds.following import Following
from generator.words import Words
from tests.make import _MADE, NOON, edition, newsletter, site, story
from tests.test_feeds import ATOM, FORMATS, READERS, all_feeds
from tests.test_history import links

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TOPICS, SECTIONS = ("ai-compute", "chips", "law"), ("big-tech", "industry-biz", "policy")


@dataclass
class Desk:
    """The newsletter as its editor has it."""

    dice: random.Random
    says_where: bool = True
    """Whether the record of a withdrawal says what showed the story; without it subjects have no history."""
    now: datetime = NOON
    stories: dict[str, Story] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    withdrawn: dict[str, Withdrawal] = field(default_factory=dict)
    taken: dict[str, Story] = field(default_factory=dict)
    """What was withdrawn, as it was."""
    restored: set[str] = field(default_factory=set)
    back: dict[str, Withdrawal] = field(default_factory=dict)
    """The records of what came back."""
    name: str = "The Footnote"
    base: str = "https://news.example/"
    told: str = ""
    """What happened last."""

    def site(self) -> Site:
        items = [*self.stories.values(), *self.editions.values()]
        self.dice.shuffle(items)  # in whatever order the disk gives them
        outputs = Outputs(subject_history=self.says_where)
        words = newsletter(name=self.name)
        records = {"withdrawn": self.withdrawn, "restored": self.back}
        return site(*items, base=self.base, outputs=outputs, newsletter=words, **records)

    def publishes(self) -> None:
        day = f"{self.now:%Y-%m-%d}"
        late = self.dice.choice([timedelta(), timedelta(), HOUR, DAY])  # it comes out later than it says
        names = [f"s-{day}-{number}" for number in range(self.dice.randint(1, 3))]
        for name in names:
            words = "Words. " * self.dice.choice([20, 20, 20, 9000])
            topics = tuple(topic for topic in TOPICS if self.dice.random() < 0.3)
            fields = {"body": f"{words} [@hubkub]", "topics": topics, "section": self.dice.choice(SECTIONS)}
            self.stories[name] = story(name, published=self.now - late, **fields)
        self.editions[day] = edition(day, *names, published=self.now - late)

    def _one(self) -> Story:
        """Mostly a young one, since these are read and found wrong."""
        known = sorted(self.stories.values(), key=in_time)
        return self.dice.choice(known[-40:] if self.dice.random() < 0.8 else known)

    def corrects(self) -> None:
        item = self._one()
        note = Correction(self.now, "It was so.", "It is so.")
        longer = f"{item.body}\n\n{'More words. ' * self.dice.choice([1, 4000])}"
        notes = (*item.corrections, note)
        self.stories[item.slug] = replace(item, corrections=notes, updated=self.now, body=longer)

    def corrects_an_edition(self) -> None:
        item = self.dice.choice(list(self.editions.values()))
        notes = (*item.corrections, Correction(self.now, "It was so.", "It is so."))
        self.editions[item.slug] = replace(item, corrections=notes, updated=self.now)

    def withdraws(self) -> None:
        item = self._one()
        showing = [day for day, each in self.editions.items() if item.slug in each.stories]
        if any(len(self.editions[day].stories) == 1 for day in showing):
            return
        for day in showing:
            left = tuple(name for name in self.editions[day].stories if name != item.slug)
            updated = self.editions[day].updated if self.says_where else self.now
            self.editions[day] = replace(self.editions[day], stories=left, updated=updated)
        del self.stories[item.slug]
        places = [*(f"editions/{day}" for day in showing), f"sections/{item.section}", "publishers/hubkub"]
        places += [f"topics/{topic}" for topic in item.topics]
        names: dict[str, Any] = {"renamed_from": item.renamed_from}
        if self.says_where:
            names |= {"was_in": tuple(places), "corrections": tuple(note.date for note in item.corrections)}
        self.withdrawn[item.slug] = Withdrawal(item.slug, item.published, self.now, "No.", **names)
        self.taken[item.slug] = item

    def withdraws_an_edition(self) -> None:
        day = self.dice.choice(list(self.editions)[:-1] or [""])
        if day:
            gone = self.editions.pop(day)
            name = f"editions/{day}"
            dates = tuple(note.date for note in gone.corrections)
            names = {"renamed_from": gone.renamed_from, "was_in": ("sections/none",), "corrections": dates}
            self.withdrawn[name] = Withdrawal(name, gone.published, self.now, "No.", **names)

    def restores(self) -> None:
        if self.taken:
            slug, item = self.taken.popitem()
            gone = self.withdrawn.pop(slug)
            self.back[slug] = replace(gone, restored=self.now)
            for day, each in self.editions.items():
                if (each.renamed_from or day) in (item.renamed_from or slug):
                    self.editions[day] = replace(each, stories=(*each.stories, slug))
            self.restored.add(slug)
            edits = (*item.edits, Edit(self.now, "It is back."))
            self.stories[slug] = replace(item, edits=edits, updated=self.now)

    def renames(self) -> None:
        item = self._one()
        name = f"renamed-{item.slug}"[-90:]
        del self.stories[item.slug]
        old = () if item.renamed_from is None else (f"stories/{item.slug}",)
        first = item.renamed_from or item.slug
        self.restored |= {name} if item.slug in self.restored else set()
        self.stories[name] = replace(item, slug=name, renamed_from=first, aliases=(*item.aliases, *old))
        for day, each in self.editions.items():
            shown = tuple(name if slug == item.slug else slug for slug in each.stories)
            self.editions[day] = replace(each, stories=shown)

    def renames_an_edition(self) -> None:
        day = self.dice.choice(list(self.editions))
        item = self.editions[day]
        if item.renamed_from is None:
            del self.editions[day]
            self.editions[f"{day}-b"] = replace(item, slug=f"{day}-b", renamed_from=day)

    def orders(self) -> None:
        """Another order of an edition, all of whose stories have one time."""
        day = self.dice.choice(list(self.editions)[-12:])
        shown = self.editions[day].stories
        self.editions[day] = replace(self.editions[day], stories=tuple(self.dice.sample(shown, len(shown))))

    def is_called_otherwise(self) -> None:
        self.name = f"The Footnote {self.dice.randint(2, 99)}"

    def moves(self) -> None:
        self.base = f"https://n{self.dice.randint(1, 99)}.example/"

    def does_nothing(self) -> None:
        pass


EVENTS: dict[Callable[[Desk], None], int] = {
    Desk.does_nothing: 4,
    Desk.corrects: 8,
    Desk.corrects_an_edition: 2,
    Desk.withdraws: 4,
    Desk.withdraws_an_edition: 1,
    Desk.restores: 2,
    Desk.renames: 3,
    Desk.renames_an_edition: 1,
    Desk.orders: 3,
    Desk.is_called_otherwise: 1,
    Desk.moves: 1,
}
OF_ALL = (Desk.is_called_otherwise, Desk.moves)
"""What changes every feed, and no item."""


class Known:
    """A feed as a program has it that was subscribed from the first day."""

    def __init__(self) -> None:
        self.updated: datetime | None = None
        self.shown: dict[str, str] = {}
        self.dates: dict[str, tuple[str, str]] = {}
        self.reached: set[str] = set()
        """All items to which it leads, those in its archive too."""
        self.cached: dict[str, list[str]] = {}
        """The archive documents that were read, which are never asked for again."""


class Document(NamedTuple):
    """What a program reads in one document of a feed."""

    items: list[tuple[str, str]]
    dates: list[tuple[str, str, str]]
    updated: datetime | None
    older: str | None


@dataclass
class Reader:
    """A program with subscriptions to all feeds, in one format."""

    suffix: str
    feeds: dict[str, Known] = field(default_factory=dict)
    read: dict[str, tuple[bytes, Document]] = field(default_factory=dict)
    """By name, each document as it was read last: most are the same the next morning."""

    def polls(self, found: dict[str, bytes], desk: Desk, is_of_all: bool) -> None:
        for path, data in found.items():
            if path.endswith(f".{self.suffix}") and "archive" not in path and "index" not in path:
                self._poll(path, data, found, desk, is_of_all)

    def _poll(self, path: str, data: bytes, found: dict[str, bytes], desk: Desk, is_of_all: bool) -> None:
        where = f"{desk.now:%Y-%m-%d} {desk.told} {path}"
        known, document = self.feeds.setdefault(path, Known()), self._document(path, data)
        items, updated, dates = dict(document.items), document.updated, document.dates
        assert len(document.items) == len(items), f"{where}: an item stands twice"
        if updated and known.updated:
            assert updated >= known.updated, f"{where}: the date of the feed went back"
            if items != known.shown and not is_of_all and not desk.told.startswith(("renames", "orders")):
                assert updated > known.updated or set(items) != set(known.shown), f"{where}: it changed in silence"
            if desk.told.startswith("withdraws") and set(known.shown) - set(items):
                assert updated == desk.now, f"{where}: nobody is told of the withdrawal"
        order = [moment(published) for _, published, _ in dates]
        assert order == sorted(order, reverse=True), f"{where}: the newest item does not stand first"
        newest = max((moment(changed) for _, _, changed in dates), default=updated)
        assert updated is None or updated >= newest, f"{where}: an item of it is younger"
        for id_, published, changed in dates:
            before = known.dates.get(id_, (published, changed))
            assert before[0] == published, f"{where}: {id_} was published at another time"
            assert moment(before[1]) <= moment(changed), f"{where}: the date of {id_} went back"
            known.dates[id_] = published, changed
        known.updated, known.shown = updated or known.updated, items
        self._follow(document, found, known, where, desk)

    def _follow(self, newest: Document, found: dict[str, bytes], known: Known, where: str, desk: Desk) -> None:
        """Go all the way back, as a new subscriber does; who has been here before need not read an archive again."""
        new, older, reached = {id_ for id_, _ in newest.items}, newest.older, set[str]()
        restored = {id_of(desk.stories[slug]) for slug in desk.restored if slug in desk.stories}
        while older:
            name = older.removeprefix(desk.base)
            assert name in found, f"{where}: {name} is not there"
            assert name not in reached, f"{where}: {name} leads back to itself"
            reached.add(name)
            document = self._document(name, found[name])
            ids = [id_ for id_, _ in document.items]
            new.update(ids)
            if name in known.cached:
                moved = set(ids) - set(known.cached[name]) - restored  # which was read before it was withdrawn
                assert not moved, f"{where}: {moved} moved into {name}, which was read already"
            known.cached[name] = [*known.cached.get(name, ()), *ids]
            older = document.older
        known.reached = new

    def _document(self, name: str, data: bytes) -> Document:
        if name not in self.read or self.read[name][0] != data:
            document = Document(self._items(data), [*self._dates(data)], self._updated(data), self._older(data))
            self.read[name] = data, document
        return self.read[name][1]

    def _items(self, data: bytes) -> list[tuple[str, str]]:
        return [(item.id, f"{item.title}\n{item.html}") for item in READERS[self.suffix](data)]

    def _older(self, data: bytes) -> str | None:
        return json.loads(data).get("next_url") if self.suffix == "json" else links(data).get("prev-archive")

    def _updated(self, data: bytes) -> datetime | None:
        if self.suffix == "json":
            return None
        root = ElementTree.fromstring(data)
        if self.suffix == "atom.xml":
            return datetime.fromisoformat(root.findtext(f"{ATOM}updated"))
        return parsedate_to_datetime(root.findtext("channel/lastBuildDate"))

    def _dates(self, data: bytes) -> Iterator[tuple[str, str, str]]:
        if self.suffix == "json":
            for item in json.loads(data)["items"]:
                yield item["id"], item["date_published"], item["date_modified"]
        elif self.suffix == "atom.xml":
            for entry in ElementTree.fromstring(data).iter(f"{ATOM}entry"):
                yield tuple(entry.findtext(f"{ATOM}{tag}") for tag in ("id", "published", "updated"))
        else:
            for item in ElementTree.fromstring(data).iter("item"):
                at = parsedate_to_datetime(item.findtext("pubDate")).isoformat()
                yield item.findtext("guid"), at, at


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def first_ids(desk: Desk, path: str) -> set[str]:
    """The ids of all items that a feed has or had room for."""
    items = desk.editions.values() if "editions" in path else desk.stories.values()
    kind, _, rest = path.removeprefix("feeds/").partition("/")
    subject = rest.split(".")[0]
    if kind == "sections":
        items = [item for item in items if item.section == subject]
    elif kind == "topics":
        items = [item for item in items if subject in item.topics]
    elif kind == "entities":
        items = [item for item in items if subject in item.mentions]
    folder = "editions" if "editions" in path else "stories"
    return {id_of(item, folder) for item in items}


def id_of(item: Story | Edition, folder: str = "stories") -> str:
    return f"tag:footnote.example,{item.published.year}:{folder}/{item.renamed_from or item.slug}"


def days(desk: Desk, mornings: int) -> Iterator[Callable[[Desk], None]]:
    """What happens on so many mornings, one thing after the other."""
    for _ in range(mornings):
        for event in (Desk.publishes, *desk.dice.choices(list(EVENTS), list(EVENTS.values()), k=1)):
            desk.told = event.__name__
            yield event
            desk.now += 5 * HOUR
        desk.now = desk.now.replace(hour=12) + desk.dice.choice([DAY, DAY, 3 * DAY])


def play(mornings: int, seed: int, says_where: bool = True) -> None:
    desk = Desk(random.Random(seed), says_where)
    readers = [Reader(suffix) for suffix in FORMATS]
    for event in days(desk, mornings):
        before = dict(all_feeds(desk.site())) if event is Desk.does_nothing else None
        event(desk)
        _MADE.clear()  # two years of sites would fill the memory
        found = all_feeds(desk.site())
        assert before is None or found == before, "the same content gave other bytes"
        for reader in readers:
            reader.polls(found, desk, event in OF_ALL)
            for path, known in reader.feeds.items():
                has_history = desk.says_where or path.startswith(("feeds/stories", "feeds/editions"))
                told = f"{desk.now:%Y-%m-%d} {desk.told} {path}"
                assert path in found or not has_history, f"{told}: the feed is gone"
                if path in found and "corrections" not in path and has_history:
                    assert known.reached == first_ids(desk, path), f"{told}: items are lost, or too many"


@pytest.mark.parametrize(("seed", "says_where"), [(1, True), (2, False)])
def test_a_subscriber_loses_nothing_and_meets_nothing_twice_whatever_the_desk_does(seed: int, says_where: bool):
    play(28, seed, says_where)


@pytest.mark.parametrize(("seed", "says_where"), [(23, True), (7, False)])
def test_the_date_of_no_feed_goes_back_in_a_season(seed: int, says_where: bool):
    """Dates follow from the content alone, so that many mornings can be played without making a feed."""
    desk, dates = Desk(random.Random(seed), says_where), dict[str, datetime]()
    for event in days(desk, 75):
        if event is Desk.does_nothing:
            desk.site()  # as `play` does, so that the dice fall alike
        event(desk)
        _MADE.clear()
        for series in Following(desk.site(), Words("en", {})).wanted():
            told = f"{desk.now:%Y-%m-%d} {desk.told} {series.name}"
            assert series.changed >= dates.get(series.name, series.changed), told
            dates[series.name] = series.changed


if __name__ == "__main__":
    play(int(sys.argv[1]), int(sys.argv[2]), "nowhere" not in sys.argv)
