"""The whole archive as an SQLite database, with foreign keys and full-text search, ready for Datasette.

Rows are inserted in the order of the site, so the same content and version of SQLite give the same file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from generator import prose
from generator.export.claims import claim_rows, passage_ids, source_id
from generator.model.content import Story
from generator.model.linked import LinkedText, Reference
from generator.model.pages import EditionPage, StoryPage
from generator.model.site import Site

Row = tuple[object, ...]


def write_archive(site: Site, file: Path) -> None:
    """Write the database to a new file. Raises `OSError`, `sqlite3.Error`."""
    with closing(sqlite3.connect(file)) as db:
        db.executescript(Path(__file__).with_name("archive.sql").read_text("utf-8"))
        with db:
            for table, rows in _tables(site):
                _insert(db, table, rows)
            db.execute("INSERT INTO stories_fts(stories_fts) VALUES ('rebuild')")
            db.execute("INSERT INTO passages_fts(passages_fts) VALUES ('rebuild')")
        if faults := db.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.IntegrityError(f"rows lead to nowhere: {faults[:3]}")
        db.execute("PRAGMA optimize")
        db.execute("VACUUM")


def _insert(db: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    if given := list(rows):
        values = ", ".join("?" * len(given[0]))
        db.executemany(f"INSERT INTO {table} VALUES ({values})", given)  # noqa: S608 - names of ours


def _tables(site: Site) -> Iterator[tuple[str, Iterable[Row]]]:
    """Each table with its rows; tables that others refer to come first."""
    newsletter, stories = site.newsletter, tuple(site.story_pages.values())
    yield "sections", ((s.id, s.title, s.description) for s in newsletter.sections.values())
    yield "publishers", _publishers(stories)
    subjects = site.subjects
    yield (
        "entities",
        ((s.id, s.entity.name, s.entity.kind, s.entity.site) for s in subjects["entity"].values() if s.entity),
    )
    yield "topics", ((s.id, s.title, s.description) for s in subjects["topic"].values())
    yield "stories", (_story(site, page) for page in stories)
    yield "threads", ((p.story.slug, p.story.updates) for p in stories if p.story.updates)
    yield "mentions", ((p.story.slug, entity) for p in stories for entity in p.story.mentions)
    yield "story_topics", ((p.story.slug, topic) for p in stories for topic in p.story.topics)
    yield "sources", (_source(page.story, entry) for page in stories for entry in page.references)
    passages = passage_ids(site.story_pages)
    yield "passages", ((number, source, passage) for (source, _), (number, passage) in passages.items())
    yield from _disputes(stories)
    yield "editions", (_edition(site, page) for page in site.editions[::-1])
    yield "edition_stories", _shown(site.editions[::-1])
    yield "points", _points(site.editions[::-1])
    yield "focus", _focus(site.editions[::-1])
    yield "questions", _questions(site.editions[::-1])
    yield "corrections", _corrections(site)
    gone = site.withdrawn
    yield "withdrawn", ((w.id, w.published_on.isoformat(), w.withdrawn_on.isoformat(), w.why, w.title) for w in gone)
    told = claim_rows(site, {key: number for key, (number, _) in passages.items()})
    yield "sentences", told.sentences
    yield "supports", told.supports
    yield "claims", told.claims
    yield "terms", told.terms


def _publishers(stories: Sequence[StoryPage]) -> Iterator[Row]:
    """The rows of publishers cited or relayed, by id."""
    entries = [entry for page in stories for entry in page.references]
    found = {p.id: p for entry in entries for p in (entry.publisher, entry.relays) if p}
    return ((p.id, p.name, p.domain, p.kind) for _, p in sorted(found.items()))


def _story(site: Site, page: StoryPage) -> Row:
    story = page.story
    return (
        story.slug,
        site.url(story.path),
        story.title,
        story.dek,
        story.section,
        story.published.isoformat(),
        story.updated and story.updated.isoformat(),
        story.event and story.event.isoformat(),
        story.sentiment,
        story.importance and story.importance.score,
        story.importance and story.importance.why,
        "\n\n".join(_words(text) for part in page.view.parts for text in part.texts),
    )


def _words(text: LinkedText) -> str:
    return prose.plain(text.html)


def _source(story: Story, entry: Reference) -> Row:
    source = entry.source
    return (
        source_id(story.slug, source.id),
        story.slug,
        entry.number,
        source.url,
        source.title or source.label,
        source.publisher,
        source.relays,
        source.author,
        source.published and source.published.isoformat(),
        source.accessed and source.accessed.isoformat(),
        source.archive,
        len(entry.uses),
    )


def _disputes(stories: Sequence[StoryPage]) -> Iterator[tuple[str, list[Row]]]:
    """The tables of disputes, with each version and its sources."""
    disputes: list[Row] = []
    versions: list[Row] = []
    tellers: list[Row] = []
    for page in stories:
        keys = {anchor: source_id(page.story.slug, e.source.id) for e in page.references for anchor in e.anchors}
        for position, linked in enumerate(page.view.disputes, start=1):
            disputes.append((len(disputes) + 1, page.story.slug, position, linked.dispute.point, linked.dispute.note))
            for version in linked.versions:
                versions.append((len(versions) + 1, len(disputes), version.value))
                told = dict.fromkeys(keys[mark.target] for mark in version.marks)
                tellers.extend((len(versions), key) for key in told)
    yield from (("disputes", disputes), ("versions", versions), ("version_sources", tellers))


def _edition(site: Site, page: EditionPage) -> Row:
    edition, made = page.edition, page.edition.made_by
    return (
        edition.slug,
        site.url(edition.path),
        page.number,
        edition.title,
        edition.dek,
        edition.one_line,
        edition.published.isoformat(),
        page.changed.isoformat(),
        made.editor,
        made.machine,
        made.reviewed_by,
    )


def _shown(editions: Iterable[EditionPage]) -> Iterator[Row]:
    for page in editions:
        slugs = [view.story.slug for view in page.views]
        yield from ((page.edition.slug, slug, position) for position, slug in enumerate(slugs, start=1))


def _corrections(site: Site) -> Iterator[Row]:
    """Oldest first."""
    for number, found in enumerate(reversed(site.corrections), start=1):
        note, slug = found.correction, found.item.slug
        owner = (slug, None) if isinstance(found.item, Story) else (None, slug)
        yield number, *owner, note.date.isoformat(), note.where, note.was, note.now, note.noticed_by


def _points(editions: Iterable[EditionPage]) -> Iterator[Row]:
    for page in editions:
        for kind, points in (("takeaway", page.takeaways), ("action", page.actions)):
            for position, point in enumerate(points, start=1):
                yield page.edition.slug, kind, position, point.lead, _words(point.text)


def _focus(editions: Iterable[EditionPage]) -> Iterator[Row]:
    for page in editions:
        for position, focus in enumerate(page.focus, start=1):
            texts = {name: _words(text) for name, text in focus.texts}
            yield page.edition.slug, position, focus.lead, texts["changed"], texts["matters"], texts["watch"]


def _questions(editions: Iterable[EditionPage]) -> Iterator[Row]:
    for page in editions:
        for position, linked in enumerate(page.quiz, start=1):
            asked, answers = linked.question, json.dumps(linked.question.answers, ensure_ascii=False)
            yield page.edition.slug, position, asked.question, answers, asked.right, _words(linked.explanation)
