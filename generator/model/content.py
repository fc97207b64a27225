"""The content that editors write: stories, editions and sources, as values that know nothing of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from msgspec import UNSET, Struct, field

from generator.model.address import page_key, web_fault
from generator.model.permalinks import PLAIN_WIDTH, edition_path, old_paths, story_path
from generator.model.problems import Path

NO_MOMENT = datetime.min.replace(tzinfo=UTC)
"""Placeholder for a time that could not be read."""


class Source(Struct, frozen=True, omit_defaults=True):
    """A source: a page on the web, with passages taken from it as evidence."""

    id: str
    url: str
    publisher: str
    title: str | None = None
    label: str | None = None
    """The newsletter's own words for a page whose title is not known."""
    author: str | None = None
    published: date | None = None
    accessed: date | None = None
    archive: str | None = None
    """Address of a kept copy."""
    language: str | None = None
    relays: str | None = None
    """Publisher whose report this page passes on."""
    passages: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Its name for readers: the title, the label, or the address."""
        return self.title or self.label or self.url


_BETWEEN, _GROUP = " ", "|"
"""Separators that occur neither in ids nor in address keys, and need no escaping in JSON."""


class Brief(NamedTuple):
    """A source in brief: the facts available without decoding its story's account."""

    id: str
    publisher: str
    page: str
    """The key of its address (see `generator.model.address.page_key`)."""
    relays: str = ""
    is_cited: bool = False
    has_passages: bool = False
    has_copy: bool = False

    @staticmethod
    def written(briefs: Iterable[Brief]) -> str:
        """Briefs as one text, for `read`."""
        return _GROUP.join(
            _BETWEEN.join((b.id, b.publisher, b.page, b.relays, f"{b.is_cited:d}{b.has_passages:d}{b.has_copy:d}"))
            for b in briefs
        )

    @staticmethod
    def pages(text: str) -> list[str]:
        """Only the page keys, from the text in `Story.briefs`."""
        return [one.split(_BETWEEN, 3)[2] for one in text.split(_GROUP)] if text else []

    @classmethod
    def read(cls, text: str) -> list[Brief]:
        """The briefs of a story, from the text in `Story.briefs`."""
        found = []
        for one in text.split(_GROUP) if text else ():
            id_, publisher, page, relays, flags = one.split(_BETWEEN)
            found.append(cls(id_, publisher, page, relays, *(flag == "1" for flag in flags)))
        return found


class Importance(Struct, frozen=True):
    """A score from 1 to 10, always with its reason."""

    score: int
    why: str


class Image(Struct, frozen=True):
    """A story's picture, a file in `content/images/`."""

    file: str
    alt: str
    credit: str
    caption: str | None = None
    width: int = 0
    """Pixels, of the file that goes out under its name."""
    height: int = 0
    widths: tuple[int, ...] = ()
    """Widths of the WebP versions for pages, ascending; none if pages show the file itself."""
    has_jpeg: bool = False
    """Whether there is a JPEG of it for programs that do not show its own format, or would load much."""
    weight: int = 0
    """Bytes of a file that goes out as it was saved; 0 if it is made anew."""
    digest: str = ""
    """The digest of a file that is made anew; empty if it goes out as it was saved."""

    @property
    def plain(self) -> str:
        """The file below `images/` that every program shows: feeds, mail, books, and where a page is shared."""
        return f"{PLAIN_WIDTH}/{self.file}.jpg" if self.has_jpeg else self.file

    def version(self, width: int) -> str:
        """The file below `images/` of a version for pages. No picture of a newsletter has such a name."""
        return f"{width}/{self.file}.webp"


class Version(Struct, frozen=True):
    """One side of a disputed point, with the sources that give it."""

    value: str
    sources: tuple[str, ...]


class Dispute(Struct, frozen=True):
    """A point on which the sources disagree, with each version and its sources."""

    point: str
    versions: tuple[Version, ...]
    note: str | None = None


class Correction(Struct, frozen=True):
    """A public note of a mistake in a published story or edition, and its correction."""

    date: datetime
    was: str
    now: str
    where: str | None = None
    """Where the mistake was, in words for readers: in the headline, in the second paragraph."""
    noticed_by: str | None = None


class Edit(Struct, frozen=True):
    """A change after publication that is no correction: a slip of the pen, or added words."""

    date: datetime
    what: str


class _Published:
    """The properties that stories and editions share."""

    __slots__ = ()
    slug: str
    published: datetime
    updated: datetime | None
    renamed_from: str | None
    aliases: tuple[str, ...]
    corrections: tuple[Correction, ...]
    edits: tuple[Edit, ...]

    @property
    def first_slug(self) -> str:
        """The slug under which it was first published, by which feeds, mails and services know it."""
        return self.renamed_from or self.slug

    @property
    def path(self) -> str:
        """The path of its page."""
        return self._path(self.slug)

    @property
    def first_path(self) -> str:
        """The path of its page under its first slug."""
        return self._path(self.first_slug)

    @property
    def old_paths(self) -> tuple[str, ...]:
        """Addresses that lead to its page."""
        return old_paths(self._path, self.renamed_from, self.aliases)

    @property
    def data_paths(self) -> tuple[str, ...]:
        """The path of its page, and those that the page had under other names."""
        folder = self.path.removesuffix(f"{self.slug}/")
        return (self.path, *(old for old in self.old_paths if old.startswith(folder) and old.count("/") == 2))

    @staticmethod
    def _path(slug: str) -> str:
        raise NotImplementedError

    @property
    def changed(self) -> datetime:
        """The moment of the last change that readers should know of."""
        return self.updated or self.published

    @property
    def corrections_shown(self) -> list[Correction]:
        """Its corrections in the order in which readers see them, newest first; in the file they may have any."""
        return sorted(self.corrections, key=lambda note: note.date, reverse=True)

    @property
    def noted(self) -> datetime | None:
        """The moment of the last correction or edit that it lists; None if there are none."""
        return max([*(note.date for note in self.corrections), *(edit.date for edit in self.edits)], default=None)


class PartText(Struct, frozen=True):
    """The text of one part: paragraphs of Markdown, or a list with one text per item."""

    part: str
    texts: tuple[str, ...]
    is_list: bool = False


class Vouch(Struct, frozen=True):
    """Words that the writer vouches for, though tracing does not find them in the evidence, and why."""

    ok: str
    """The writer's reason."""
    claim: str
    """The words, as in the text without markup."""


class Origin(Struct, frozen=True):
    """Where an imported item was published before, under other rules than this newsletter's."""

    where: str
    """The address of the page, or the name of the archive that it was read from."""
    id: str | None = None
    """Its id in the earlier feed, by which feed readers know it."""

    @property
    def address(self) -> str | None:
        """The address of the page, if known."""
        return None if web_fault(self.where) else self.where

    @property
    def name(self) -> str:
        """Its name for readers: the host of the page, or else `where`."""
        return (urlsplit(self.where).hostname or "").removeprefix("www.") if self.address else self.where


class Account(Struct, frozen=True, omit_defaults=True):
    """The texts and sources of a story. They are the bulk of it, so they are decoded only on demand."""

    body: str | None = None
    parts: tuple[PartText, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    disputed: tuple[Dispute, ...] = ()
    trace: tuple[Vouch, ...] = ()


_FOLDED: Any = UNSET
"""Placeholder in the fields of a story that are read from its account."""


class Story(_Published, Struct, frozen=True, omit_defaults=True):
    """One event told once, with its citations.

    Its account may be elsewhere, and is asked for when one of its fields is read. Then that may raise `OSError`.
    """

    slug: str
    file: str
    title: str
    dek: str
    section: str
    published: datetime
    body: str | None = _FOLDED
    parts: tuple[PartText, ...] = _FOLDED
    sources: Mapping[str, Source] = _FOLDED
    updated: datetime | None = None
    event: date | None = None
    byline: str | None = None
    importance: Importance | None = None
    sentiment: str | None = None
    topics: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    image: Image | None = None
    original: str | None = None
    """Id of the source that readers are sent to for the full account."""
    updates: str | None = None
    """Slug of the earlier story that this one continues."""
    change: str | None = None
    """What is new since that earlier story, in a few words."""
    disputed: tuple[Dispute, ...] = _FOLDED
    plain_terms: tuple[str, ...] = ()
    """Ids of terms not to be explained in this story, since its words mean something else."""
    renamed_from: str | None = None
    """The slug under which the story was first published: its address redirects, and feeds keep its identity."""
    aliases: tuple[str, ...] = ()
    imported: Origin | None = None
    trace: tuple[Vouch, ...] = _FOLDED
    corrections: tuple[Correction, ...] = ()
    edits: tuple[Edit, ...] = ()
    draft: bool = False
    """Whether to keep it off the site, whatever its time (see `generator.model.out`)."""
    briefs: str | None = None
    """The story's sources in brief, as made by `generator.prose.briefs`; None if not made yet."""
    digest: str = ""
    """Digest of the file, and of anything else read for the story; empty if it was not read from a file."""
    account: Callable[[], Account] | None = None
    """Returns the fields of the account that are not set on the story itself; can be pickled."""

    _path = staticmethod(story_path)

    def __eq__(self, other: object) -> bool:
        """Whether they have the same content, folded or not."""
        if not isinstance(other, Story):
            return NotImplemented
        return self is other or all(getattr(self, name) == getattr(other, name) for name in _TELLING)

    __hash__ = None  # type: ignore[assignment]

    @property
    def made_of(self) -> tuple[Any, ...]:
        """The values to fingerprint: slug and digest, or all fields if it was not read from a file."""
        return (self.slug, self.digest) if self.digest else tuple(getattr(self, name) for name in _TELLING)

    @property
    def month(self) -> str:
        """The month of publication in its own time zone, such as `2026-04`."""
        return f"{self.published.year:04}-{self.published.month:02}"

    @property
    def source_keys(self) -> list[str]:
        """The address keys of its sources, in the order of `generator.prose.briefs`."""
        if self.briefs is None:
            return [page_key(source.url) for source in self.sources.values()]
        return Brief.pages(self.briefs)

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Each Markdown text with the path at which it stands in the file."""
        if body := self.body:
            yield ("body",), body
        for part in self.parts:
            for index, text in enumerate(part.texts):
                yield (("parts", part.part, index) if part.is_list else ("parts", part.part)), text


_TELLING = tuple(name for name in Story.__struct_fields__ if name != "account")
_NO_ACCOUNT = Account()


class _Folded:
    """Descriptor that reads a field of a story, or of its account if the story itself has none."""

    def __init__(self, name: str) -> None:
        self._name, self._given = name, Story.__dict__[name].__get__

    def __get__(self, story: Story | None, kind: type[Story]) -> Any:
        if story is None:
            return self
        given = self._given(story, kind)
        if given is not _FOLDED:
            return given
        return getattr(story.account() if story.account else _NO_ACCOUNT, self._name)


for _name in Account.__struct_fields__:
    setattr(Story, _name, _Folded(_name))


class Point(Struct, frozen=True):
    """A takeaway or an action: a few leading words, and the text after them."""

    lead: str
    text: str


class Focus(Struct, frozen=True):
    """One thing to take away from a day: what changed, why it matters, and what to watch."""

    lead: str
    changed: str
    matters: str
    watch: str

    def texts(self) -> Iterator[tuple[str, str]]:
        """The Markdown texts by field name, in the order of the page."""
        yield from (("changed", self.changed), ("matters", self.matters), ("watch", self.watch))


class Question(Struct, frozen=True):
    """A question on an edition, with answers to choose from."""

    question: str
    answers: tuple[str, ...]
    right: str
    """The right answer, word for word."""
    explanation: str


class MadeBy(Struct, frozen=True):
    """Who made an edition, and the part that a machine had in it."""

    editor: str
    machine: str
    reviewed_by: str | None = None
    note: str | None = None


class Edition(_Published, Struct, frozen=True):
    """One dated issue of the newsletter."""

    slug: str
    file: str
    title: str
    dek: str
    one_line: str
    published: datetime
    stories: tuple[str, ...]
    made_by: MadeBy
    takeaways: tuple[Point, ...] = ()
    actions: tuple[Point, ...] = ()
    focus: tuple[Focus, ...] = ()
    quiz: tuple[Question, ...] = ()
    updated: datetime | None = None
    plain_terms: tuple[str, ...] = ()
    """Ids of terms that are not explained in this edition."""
    trace: tuple[Vouch, ...] = ()
    renamed_from: str | None = None
    """The slug under which the edition was first published, as for a story."""
    aliases: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    """Corrections of the edition's own texts; those of its stories are in the stories."""
    edits: tuple[Edit, ...] = ()
    imported: Origin | None = None
    draft: bool = False
    digest: str = ""
    """Digest of the file, and of anything else read for the edition; empty if it was not read from a file."""

    _path = staticmethod(edition_path)

    @property
    def made_of(self) -> tuple[str, ...] | None:
        """The values to fingerprint: slug and digest; None if it was not read from a file."""
        return (self.slug, self.digest) if self.digest else None

    @property
    def day(self) -> date:
        """The day of the edition, in its own time zone."""
        return self.published.date()

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Each Markdown text with the path at which it stands in the file."""
        yield from (found for found in self._texts() if found[1])

    def _texts(self) -> Iterator[tuple[Path, str]]:
        for index, focus in enumerate(self.focus):
            for name, text in focus.texts():
                yield ("focus", index, name), text
        for key, points in (("takeaways", self.takeaways), ("actions", self.actions)):
            for index, point in enumerate(points):
                yield (key, index, "text"), point.text
        for index, question in enumerate(self.quiz):
            yield ("quiz", index, "explanation"), question.explanation


def sources_of(item: Story | Edition, story_of: Callable[[str], Story | None]) -> Iterator[tuple[str, Source]]:
    """The sources that an item can cite, by the ids with which it cites them; `story_of` finds an edition's stories."""
    if isinstance(item, Story):
        yield from item.sources.items()
        return
    for slug in item.stories:
        story = story_of(slug)
        for id_, source in story.sources.items() if story else ():
            yield f"{slug}/{id_}", source
