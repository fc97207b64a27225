"""Editions, stories, entities and sources as JSON values, as `generator/render/api.schema.json` describes them.

Unknown fields are left out. Texts are Markdown; `[^1]` in them is the source with that number in the same document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from generator.model import permalinks
from generator.model.content import Correction, Edition, Image, MadeBy, Origin, Source, Story
from generator.model.corrected import Corrected
from generator.model.journal import minted_id
from generator.model.linked import LinkedDispute, LinkedFocus, LinkedPoint, LinkedQuestion, Reference
from generator.model.pages import EditionPage, StoryPage
from generator.model.site import Site
from generator.model.subjects import Subject
from generator.model.withdrawals import Withdrawal
from generator.render.twins import text_markdown

Record = dict[str, Any]

HEADING_LEVEL = 2
"""The level of the highest heading inside a text."""


def document(site: Site, kind: str, record: Record) -> bytes:
    """A JSON document of one of the schema's kinds."""
    head = {"$schema": site.url(permalinks.API_SCHEMA), "kind": kind}
    return as_json(head | record)


def as_json(document: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8, indented by one blank, with a final newline. Python's own writer takes ten times as long."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def known(**fields: Any) -> Record:
    """A record without its empty fields."""
    return {name: value for name, value in fields.items() if value is not None and value != () and value != []}


def story_summary(site: Site, story: Story) -> Record:
    """A story as lists show it."""
    return _named(site, "stories", story) | known(
        title=story.title,
        dek=story.dek,
        section=story.section,
        published=story.published.isoformat(),
        updated=story.updated and story.updated.isoformat(),
        sentiment=story.sentiment,
        importance=story.importance and {"score": story.importance.score, "why": story.importance.why},
        topics=story.topics,
        mentions=story.mentions,
    )


def story_record(site: Site, page: StoryPage) -> Record:
    """A whole story."""
    story, numbers = page.story, {entry.source.id: entry.number for entry in page.references}
    original = story.original if story.original in numbers else None
    return story_summary(site, story) | known(
        byline=story.byline,
        event=story.event and story.event.isoformat(),
        image=story.image and _image(site, story.image),
        original=original and numbers[original],
        updates=story.updates,
        imported=story.imported and _origin(story.imported),
        parts=[
            known(id=part.id, title=part.title or None)
            | {"texts": [text_markdown(text, HEADING_LEVEL) for text in part.texts]}
            for part in page.view.parts
        ],
        disputed=[_dispute(dispute) for dispute in page.view.disputes],
        corrections=[_correction(note) for note in story.corrections],
        editions=[edition.slug for edition in page.editions],
        thread=[other.slug for other in page.thread],
        related=[other.story.slug for other in page.related],
        sources=[reference(entry) for entry in page.references],
    )


def _origin(origin: Origin) -> Record:
    """Where something was first published; its content was not checked."""
    return known(**{"from": origin.where, "id": origin.id})


def edition_summary(site: Site, page: EditionPage) -> Record:
    """An edition as lists show it."""
    edition = page.edition
    return _named(site, "editions", edition) | known(
        number=page.number,
        title=edition.title,
        dek=edition.dek,
        one_line=edition.one_line,
        published=edition.published.isoformat(),
        updated=page.changed.isoformat() if page.changed != edition.published else None,
    )


def edition_record(site: Site, page: EditionPage) -> Record:
    """A whole edition, with summaries of its stories."""
    return edition_summary(site, page) | known(
        sections=[
            {
                "id": shelf.section.id,
                "title": shelf.section.title,
                "stories": [story_summary(site, view.story) for view in shelf.stories],
            }
            for shelf in page.shelves
        ],
        focus=[_focus(focus) for focus in page.focus],
        takeaways=[_point(point) for point in page.takeaways],
        actions=[_point(point) for point in page.actions],
        quiz=[_question(linked) for linked in page.quiz],
        corrections=[_correction(note) for note in page.edition.corrections],
        corrected_since=[_corrected(site, of) for of in page.since.corrected],
        withdrawn_since=[_withdrawn(site, gone) for gone in page.since.withdrawn],
        restored_since=[_restored(site, back) for back in page.since.restored],
        made_by=_made_by(page.edition.made_by),
        imported=page.edition.imported and _origin(page.edition.imported),
        sources=[reference(entry) for entry in page.references],
    )


def entity_record(site: Site, subject: Subject) -> Record:
    """An entity, with the number of stories that mention it."""
    entity = subject.entity
    assert entity is not None  # noqa: S101 - subjects of this kind have one
    return known(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        description=entity.description,
        site=entity.site,
        also=entity.also,
        url=site.url(permalinks.subject_path("entity", entity.id)) if site.outputs.entities else None,
        stories=len(subject.stories),
        latest=subject.stories[0].slug,
    )


def reference(entry: Reference) -> Record:
    """A source with its number on the page."""
    return {"number": entry.number} | source_record(entry)


def source_record(entry: Reference) -> Record:
    """What is cited, with its passages."""
    source, publisher = entry.source, entry.publisher
    return known(
        url=source.url,
        title=source.title,
        label=source.label,
        publisher={"id": publisher.id, "name": publisher.name, "kind": publisher.kind},
        relays=entry.relays and {"id": entry.relays.id, "name": entry.relays.name, "kind": entry.relays.kind},
        author=source.author,
        archive=source.archive,
        language=source.language,
        **_days(source),
        passages=source.passages,
    )


def _days(source: Source) -> Record:
    return known(
        published=source.published and source.published.isoformat(),
        accessed=source.accessed and source.accessed.isoformat(),
    )


def _named(site: Site, folder: str, item: Story | Edition) -> Record:
    """The id of an item, and all its addresses."""
    return known(
        id=minted_id(site.newsletter.authority, item),
        slug=item.slug,
        url=site.url(item.path),
        data=site.url(permalinks.api_path(folder, item.slug)) if site.outputs.api else None,
        markdown=site.url(permalinks.twin_path(item.path)) if site.outputs.twins else None,
        evidence=site.url(permalinks.evidence_path(item.path)) if site.has_evidence else None,
    )


def _image(site: Site, image: Image) -> Record:
    return known(
        url=site.url(permalinks.image_path(image.file)),
        alt=image.alt,
        credit=image.credit,
        caption=image.caption,
        width=image.width,
        height=image.height,
    )


def _dispute(dispute: LinkedDispute) -> Record:
    versions = [{"value": v.value, "sources": [mark.number for mark in v.marks]} for v in dispute.versions]
    return known(point=dispute.dispute.point, versions=versions, note=dispute.dispute.note)


def _focus(focus: LinkedFocus) -> Record:
    return {"lead": focus.lead} | {name: text_markdown(text, HEADING_LEVEL) for name, text in focus.texts}


def _question(linked: LinkedQuestion) -> Record:
    question = linked.question
    told = text_markdown(linked.explanation, HEADING_LEVEL)
    return {
        "question": question.question,
        "answers": list(question.answers),
        "right": question.right,
        "explanation": told,
    }


def _point(point: LinkedPoint) -> Record:
    return {"lead": point.lead, "text": text_markdown(point.text, HEADING_LEVEL)}


def _correction(note: Correction) -> Record:
    return known(date=note.date.isoformat(), was=note.was, now=note.now, where=note.where, noticed_by=note.noticed_by)


def _corrected(site: Site, of: Corrected) -> Record:
    kind = "edition" if isinstance(of.item, Edition) else "story"
    named = {kind: of.item.slug, "title": of.item.title, "url": f"{site.url(of.path)}#{of.anchor}"}
    return named | _correction(of.correction)


def _withdrawn(site: Site, gone: Withdrawal) -> Record:
    return known(
        title=gone.title,
        url=site.url(gone.path),
        published=gone.published_on.isoformat(),
        withdrawn=gone.withdrawn_on.isoformat(),
        why=gone.why,
    )


def _restored(site: Site, back: Withdrawal) -> Record:
    return {**_withdrawn(site, back), "restored": back.days["restored"].isoformat()}


def _made_by(made: MadeBy) -> Record:
    return known(editor=made.editor, reviewed_by=made.reviewed_by, machine=made.machine, note=made.note)


def cited_records(pages: Iterable[StoryPage]) -> list[Record]:
    """Each source of some stories with the story that cites it, in the order of citation."""
    return [
        {"story": page.story.slug, "number": entry.number} | source_record(entry)
        for page in pages
        for entry in page.references
    ]
