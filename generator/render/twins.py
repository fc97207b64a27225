"""Write editions and stories as Markdown beside their pages: the same words, numbers and sources, for programs.

A number in the text is a footnote (`[^1]`), and the page's list of sources is the list of these footnotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from generator.model import permalinks
from generator.model.content import Correction, Edition, Image, MadeBy, Origin, Story
from generator.model.corrected import Since
from generator.model.linked import (
    LinkedDispute,
    LinkedFocus,
    LinkedPart,
    LinkedPoint,
    LinkedQuestion,
    LinkedText,
    Mark,
    Reference,
)
from generator.model.pages import EditionPage, StoryPage, StoryView
from generator.model.site import Site
from generator.prose.markdown import escaped, linked, markdown
from generator.words import Words, ended


def text_markdown(text: LinkedText, level: int) -> str:
    """A text with its numbers as footnotes; its own headings start at `level`."""
    marks = iter(text.marks)
    return markdown(text.html, lambda _: _notes(next(marks)), level)


def _notes(marks: Iterable[Mark]) -> str:
    return "".join(f"[^{mark.number}]" for mark in marks)


class Twins(Struct, frozen=True):
    """Writes the pages of a site in Markdown."""

    site: Site
    words: Words

    def story(self, page: StoryPage) -> bytes:
        """A story with its sources, and the editions that show it."""
        story = page.story
        facts = [self._line("by", name=story.byline)] if story.byline else []
        facts += self._times(story.published, story.updated)
        facts += [self._line("event", day=self.words.day(story.event))] if story.event else []
        facts += self._origin(story.imported)
        blocks = [
            f"# {escaped(story.title)}",
            f"> {escaped(story.dek)}",
            "  \n".join([self._page(story.path), *facts]),
            *self._body(page.view, 2),
            *self._corrections(story, 2),
            *self._subjects(page.view),
            *self._references(page.references, story),
            *self._shown_in(page),
        ]
        return _document(blocks)

    def edition(self, page: EditionPage) -> bytes:
        """A whole edition in one file."""
        edition = page.edition
        number = self._line("edition-number", number=page.number)
        facts = [f"{number}, {self.words.long_day(edition.day)}", *self._times(edition.published, edition.updated)]
        facts += self._origin(edition.imported)
        blocks = [
            f"# {escaped(edition.title)}",
            f"> {escaped(edition.dek)}",
            "  \n".join([self._page(edition.path), *facts]),
            f"**{self._line('one-line')}**: {escaped(edition.one_line)}",
            *self._focus(page.focus),
        ]
        for shelf in page.shelves:
            blocks.append(f"## {escaped(shelf.section.title)}")
            for view in shelf.stories:
                blocks += self._told(view, page.origin_of(view.story))
        blocks += self._points("takeaways", page.takeaways) + self._points("actions", page.actions)
        blocks += self._quiz(page.quiz)
        blocks += [*self._since(page.since), *self._corrections(edition, 2)]
        blocks += self._references(page.references, edition)
        blocks += self._made_by(edition.made_by)
        return _document(blocks)

    def _line(self, key: str, **values: object) -> str:
        return escaped(self.words.text(key, **values))

    def _page(self, path: str) -> str:
        address = self.site.url(path)
        return f"<{address}>"

    def _times(self, published: datetime, updated: datetime | None) -> list[str]:
        lines = [self._line("published", moment=self.words.moment(published))]
        return [*lines, self._line("updated", moment=self.words.moment(updated))] if updated else lines

    def _origin(self, origin: Origin | None) -> list[str]:
        """Where it was published before."""
        return [self._line("imported", where=origin.where)] if origin else []

    def _told(self, view: StoryView, origin: Origin | None) -> Iterator[str]:
        """A story in an edition."""
        story = view.story
        yield f"### {linked(escaped(story.title), self.site.url(story.path))}"
        yield f"> {escaped(story.dek)}"
        yield from self._origin(origin)
        yield from self._body(view, 4)
        yield from self._corrections(story, 4)

    def _body(self, view: StoryView, level: int) -> Iterator[str]:
        story = view.story
        if story.importance:
            yield self._line("importance-told", score=story.importance.score, why=story.importance.why)
        if story.image:
            yield self._picture(story.image)
        for part in view.parts:
            yield from self._part(part, level)
        if view.disputes:
            yield f"{'#' * level} {self._line('disputed')}"
            yield "\n".join(_dispute(dispute) for dispute in view.disputes)
        if view.original and view.original_publisher:
            yield linked(self._line("read-original", publisher=view.original_publisher.name), view.original.url)

    def _picture(self, image: Image) -> str:
        shown = f"!{linked(escaped(image.alt), self.site.url(permalinks.image_path(image.file)))}"
        return "  \n".join([shown, " ".join(escaped(text) for text in (image.caption, image.credit) if text)])

    def _part(self, part: LinkedPart, level: int) -> Iterator[str]:
        if part.title:
            yield f"{'#' * level} {escaped(part.title)}"
        below = level + 1 if part.title else level
        texts = [text_markdown(text, below) for text in part.texts]
        yield "\n".join(_bullet(text) for text in texts) if part.is_list else "\n\n".join(texts)

    def _points(self, key: str, points: Iterable[LinkedPoint]) -> list[str]:
        lines = [_bullet(f"**{escaped(point.lead)}** {text_markdown(point.text, 3)}") for point in points]
        return [f"## {self._line(key)}", "\n".join(lines)] if lines else []

    def _focus(self, all_of_them: Iterable[LinkedFocus]) -> list[str]:
        blocks = []
        for focus in all_of_them:
            lines = [
                _bullet(f"**{self._line(f'focus-{name}')}**: {text_markdown(text, 4)}") for name, text in focus.texts
            ]
            blocks += [f"### {escaped(focus.lead)}", "\n".join(lines)]
        return [f"## {self._line('focus')}", *blocks] if blocks else []

    def _quiz(self, quiz: Iterable[LinkedQuestion]) -> list[str]:
        """Each question with its choices, followed by the answers."""
        questions, answers = [], []
        for number, asked in enumerate(quiz, start=1):
            offered = "".join(f"\n   - {escaped(answer)}" for answer in asked.question.answers)
            questions.append(f"{number}. {escaped(asked.question.question)}{offered}")
            told = text_markdown(asked.explanation, 4).replace("\n", "\n   ").replace("\n   \n", "\n\n")
            answers.append(f"{number}. **{escaped(asked.question.right)}** {told}")
        head, below = f"## {self._line('quiz')}", f"### {self._line('quiz-answers')}"
        return [head, "\n".join(questions), below, "\n".join(answers)] if questions else []

    def _subjects(self, view: StoryView) -> Iterator[str]:
        """The entities mentioned, and the topics."""
        for key, names in (("mentions", view.mentions), ("topics", view.topics)):
            if names:
                yield f"**{self._line(key)}**: {', '.join(escaped(named.name) for named in names)}"

    def _corrections(self, item: Story | Edition, level: int) -> Iterator[str]:
        if item.corrections:
            yield f"{'#' * level} {self._line('title-corrections')}"
        yield from map(self._correction, item.corrections_shown)

    def _correction(self, note: Correction) -> str:
        when = escaped(", ".join([self.words.moment(note.date), *([note.where] if note.where else [])]))
        both = (("was", note.was), ("now", note.now))
        said = [f"**{self._line(f'correction-{key}')}**: {escaped(text)}" for key, text in both]
        thanks = [self._line("correction-noticed", name=note.noticed_by)] if note.noticed_by else []
        return " ".join([f"{when}.", *said, *thanks])

    def _since(self, told: Since) -> Iterator[str]:
        """Corrections, withdrawals and returns of other items, each under a link to its page."""
        words, site = self.words, self.site
        if told:
            yield f"## {self._line(told.heading)}"
        for of in told.corrected:
            yield f"### {linked(escaped(of.item.title), f'{site.url(of.path)}#{of.anchor}')}"
            yield self._correction(of.correction)
        for gone in told.withdrawn:
            yield f"### {linked(escaped(gone.title or words.text(gone.untitled)), site.url(gone.path))}"
            days = {"published": words.day(gone.published_on), "withdrawn": words.day(gone.withdrawn_on)}
            yield f"{self._line('withdrawn', **days)} {escaped(gone.why)}"
        for back in told.restored:
            yield f"### {linked(escaped(back.title or words.text(back.untitled)), site.url(back.path))}"
            yield self._line("restored", **{name: words.day(day) for name, day in back.days.items()})

    def _shown_in(self, page: StoryPage) -> Iterator[str]:
        links = [
            linked(
                self._line("shown-edition", day=self.words.day(edition.day)),
                self.site.url(edition.path),
            )
            for edition in page.editions
        ]
        if links:
            yield f"{self._line('shown-in')} {', '.join(links)}"

    def _references(self, references: Iterable[Reference], of: Story | Edition) -> Iterator[str]:
        """The list of sources, followed by a link to the ledger."""
        notes = [f"[^{entry.number}]: {self._reference(entry)}" for entry in references]
        if notes:
            yield f"## {self._line('sources')}"
            yield "\n".join(notes)
            if not of.imported:
                yield linked(self._line("ledger-see"), f"{self.site.url(of.path)}#ledger")

    def _reference(self, entry: Reference) -> str:
        source, words = entry.source, self.words
        origin = [f"{escaped(entry.publisher.name)} ({self._line(f'kind-{entry.publisher.kind}')})"]
        origin += [self._line("source-relays", publisher=entry.relays.name)] if entry.relays else []
        origin += [self._line("source-by", author=entry.author)] if entry.author else []
        origin += [words.day(source.published)] if source.published else []
        origin += [self._line("source-accessed", day=words.day(source.accessed))] if source.accessed else []
        origin += [linked(self._line("source-archive"), source.archive)] if source.archive else []
        stop = "." if ended(source.called) != source.called else ""
        title = linked(escaped(source.called), source.url)
        quotes = [escaped(words.quoted(text)) for text in source.passages]
        return " ".join([f"{title}{stop} {', '.join(origin)}.", *quotes])

    def _made_by(self, made: MadeBy) -> Iterator[str]:
        reviewed = ("made-reviewed", {"name": made.reviewed_by}) if made.reviewed_by else ("made-unreviewed", {})
        said = [("made-editor", {"name": made.editor}), reviewed, (f"machine-{made.machine}", {})]
        yield f"## {self._line('made-by')}"
        lines = [self._line(key, **values) for key, values in said]
        yield " ".join([*lines, escaped(made.note)] if made.note else lines)


def _bullet(text: str) -> str:
    """A list item, with the further lines of its text indented."""
    return "- " + text.replace("\n", "\n  ").replace("\n  \n", "\n\n")


def _dispute(dispute: LinkedDispute) -> str:
    versions = "; ".join(f"{escaped(version.value)}{_notes(version.marks)}" for version in dispute.versions)
    note = f". {escaped(dispute.dispute.note)}" if dispute.dispute.note else ""
    return f"- **{escaped(dispute.dispute.point)}**: {versions}{note}"


def _document(blocks: Iterable[str]) -> bytes:
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()
