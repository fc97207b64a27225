"""Make the file of a draft from the pages of one event, with each step of this package in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.desk.cite import Citation, Entry, citation, cited_before, free_id, with_publishers
from generator.desk.files import STORIES, items
from generator.desk.known import in_zone, library_of, newest_edition, published_at
from generator.desk.page import Page
from generator.desk.rewriting import Rewriting
from generator.desk.schemas import schema_line
from generator.draft.account import Account, account
from generator.draft.answer import AnswerError, answer_of, texts_of
from generator.draft.asking import data, task
from generator.draft.comparing import Comparison
from generator.draft.doubting import traced
from generator.draft.grouping import Event
from generator.draft.model import Model, ModelError
from generator.draft.proposing import Proposer, proposer
from generator.draft.skeleton import Skeleton, Texts, yaml_of
from generator.model.address import canonical
from generator.model.content import Source, Story
from generator.model.evidence import Snapshot
from generator.model.library import Library
from generator.model.permalinks import is_of_digits
from generator.model.vocabulary import BODY, Publisher, publisher_at
from generator.project import Project
from generator.texts.quoting import is_short
from generator.texts.slugs import slug_from
from generator.trace.vocabulary import Vocabulary, vocabulary
from generator.web.addresses import host_of
from generator.web.errors import RefusedError

MOST = 8
"""Most pages of one event that are cited; any further ones are for the editor to choose."""
_LONGEST = 1000
"""Most characters of a passage that a story may have."""


class Draft(Struct, frozen=True):
    """A file to write, and what else has to be written."""

    path: Path
    text: str
    publishers: tuple[tuple[str, Entry], ...]
    """The new publishers by id, with their entries."""
    sources: int
    disputes: int
    doubts: int
    failure: str = ""
    """Why the model proposed nothing."""


class Desk(Struct, frozen=True, dict=True):
    """The state of the newsletter at a moment, for many drafts."""

    project: Project
    library: Library
    now: datetime
    """The moment, in the newsletter's zone."""
    model: Model | None = None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        publishers = tuple(publisher.name for publisher in self.library.publishers.values())
        return vocabulary(tuple(self.library.entities.values()), publishers, self.library.newsletter.language)

    @cached_property
    def proposer(self) -> Proposer:
        return proposer(self.library, self.vocabulary)

    @cached_property
    def cited(self) -> frozenset[str]:
        """The canonical addresses of all cited pages."""
        stories = self.library.written_stories
        return frozenset(canonical(source.url) for story in stories for source in story.sources.values())

    def account(self, page: Page) -> Account:
        """The account of a page, with its publisher."""
        try:
            host = host_of(page.url).removeprefix("www.")
        except RefusedError:
            host = page.url
        known = publisher_at(host, self.library.publishers.values())
        home = self.library.newsletter.language
        return account(page, known.domain if known else host, self.vocabulary, home)

    def drafts(self, events: Iterable[Event]) -> Iterator[Draft]:
        """The drafts of events. Names and publishers of earlier drafts are taken into account. Raises `DeskError`."""
        known, taken = dict(self.library.publishers), set(items(self.project.content, STORIES))
        for event in events:
            made = self._draft(event, taken, known)
            taken.add(made.path.stem)
            yield made

    def _draft(self, event: Event, taken: Collection[str], known: dict[str, Publisher]) -> Draft:
        """A draft; new publishers are added to `known`."""
        made = self._citations(event.accounts[:MOST], known)
        day = min((a.day for a in event.accounts if a.day), default=self.now.date())
        compared = self._compared({c.id: (c, a.page) for c, a in zip(made, event.accounts, strict=False)}, known, day)
        texts, evidence, failure = self._texts(compared, day)
        title = event.accounts[0].page.title or event.accounts[0].publisher
        proposal = self.proposer.propose(event, day)
        path = self._path(texts.title or title, day, taken)
        skeleton = Skeleton(
            title=title,
            titled_by=made[0].id,
            section=proposal.section,
            sections=tuple(self.library.newsletter.sections),
            published=self.now,
            event=day,
            citations={c.id: _with_passages(c.entry, compared.passages(c.id, evidence.get(c.id, ()))) for c in made},
            proposal=proposal,
            disputes=compared.disputes,
            figures=compared.figures,
            texts=texts,
            schema=schema_line(self.project.content, path, "story"),
        )
        new = tuple(citation.publisher for citation in made if citation.publisher)
        return Draft(path, yaml_of(skeleton), new, len(made), len(compared.disputes), len(texts.doubts), failure)

    def _citations(self, accounts: Sequence[Account], known: dict[str, Publisher]) -> list[Citation]:
        """The citations of pages; a new publisher of one is known to the next."""
        found: list[Citation] = []
        for told in accounts:
            content, url = self.project.content, told.page.url
            earlier = cited_before(content, url) if canonical(url) in self.cited else None
            ids, entities = [one.id for one in found], self.library.entities.values()
            home = self.library.newsletter.language
            made = citation(told.page, self.now.date(), (), known, ids, earlier, entities, home)
            if made.publisher:
                id_, entry = made.publisher
                known[id_] = Publisher(id_, str(entry["name"]), str(entry["domain"]), str(entry["kind"]))
            found.append(made)
        return found

    def _compared(
        self, made: Mapping[str, tuple[Citation, Page]], publishers: Mapping[str, Publisher], day: date
    ) -> Comparison:
        sources = {id_: _source(citation) for id_, (citation, _) in made.items()}
        pages = {id_: page for id_, (_, page) in made.items()}
        snapshots = {
            (url := canonical(source.url)): Snapshot(url, self.now, "draft", "", "\n".join(pages[id_].paragraphs))
            for id_, source in sources.items()
        }
        return Comparison(pages, sources, publishers, snapshots, day, self.library.newsletter.language)

    def _texts(self, compared: Comparison, day: date) -> tuple[Texts, Mapping[str, tuple[str, ...]], str]:
        """The model's proposal, the sentences that support it, and why there is no proposal."""
        if self.model is None:
            return Texts(), {}, ""
        newsletter = self.library.newsletter
        try:
            said = self.model.ask(task(newsletter), data(compared, compared.publishers))
            proposed = texts_of(answer_of(said), compared.sources.keys(), {BODY, *newsletter.parts})
        except (ModelError, AnswerError) as error:
            return Texts(), {}, str(error)
        story = Story("draft", "", "", "", "", self.now, sources=compared.sources, event=day)
        texts, evidence = traced(proposed, story, compared, replace(self.library, publishers=compared.publishers))
        return texts, evidence, ""

    def _path(self, title: str, day: date, taken: Collection[str]) -> Path:
        slug = slug_from(title, self.library.newsletter.language)
        slug = slug if not is_of_digits(slug) else f"draft-{slug or day}"
        return self.project.content / STORIES / str(self.now.year) / f"{free_id(slug, taken)}.yml"


def desk(project: Project, now: datetime) -> Desk:
    """The desk of a newsletter. Its archive is read but not checked. Raises `OSError`."""
    return Desk(project, library_of(project), in_zone(now, published_at(newest_edition(project.content))))


def drafted(made: Draft, publishers: Path) -> Rewriting:
    """The file of a draft, and its new publishers before it; nothing is written yet. Raises `DeskError`, `OSError`."""
    return with_publishers(publishers, dict(made.publishers)).and_then(made.path, None, made.text)


def _source(made: Citation) -> Source:
    """The source of a citation, as a story would have it."""
    entry = made.entry
    texts = {name: str(entry[name]) for name in ("title", "author", "language", "relays") if name in entry}
    days = {name: date.fromisoformat(str(entry[name])) for name in ("published", "accessed") if name in entry}
    return Source(made.id, str(entry["url"]), str(entry["publisher"]), **texts, **days)  # type: ignore[arg-type]


def _with_passages(entry: Entry, passages: Sequence[str]) -> Entry:
    found = [passage for passage in passages if len(passage) <= _LONGEST and is_short(passage)]
    return {**entry, "passages": found} if found else dict(entry)
