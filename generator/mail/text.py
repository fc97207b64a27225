"""An edition as plain text, 72 columns wide, with its sources numbered at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from generator.mail.plain import WIDTH, hanging, plain, wrapped
from generator.model.content import Correction, Edition, Origin, Story
from generator.model.corrected import Since
from generator.model.linked import LinkedDispute, LinkedFocus, LinkedPoint, LinkedQuestion, LinkedText, Mark, Reference
from generator.model.pages import EditionPage, StoryView
from generator.typeset.quotes import Quotes
from generator.typeset.references import marks_html, text_html
from generator.typeset.templates import Templates, stopped
from generator.words import Words

_NO_BREAK = "\N{NO-BREAK SPACE}"
BULLET = "* "


def text_body(templates: Templates, page: EditionPage, url: str, postal_address: str, unsubscribe: str) -> str:
    """The whole edition as text. Addresses are unbroken, on their own lines, so that terminals make them links."""
    sheet = _Sheet(templates.words, templates.quotes, templates.site.url)
    newsletter, words = templates.site.newsletter, templates.words
    blocks = [
        *sheet.masthead(page, newsletter.name, newsletter.tagline),
        f"{words.text('mail-view')}:\n{url}",
        *sheet.body(page),
        *sheet.sources(page.references),
        *([f"{words.text('ledger-see')}:\n{url}#ledger"] if page.references and not page.edition.imported else []),
        *sheet.made_by(page),
        "-" * WIDTH,
        wrapped(words.text("mail-why", site=newsletter.name)),
        f"{words.text('mail-unsubscribe')}:\n{unsubscribe}",
        "\n".join(map(wrapped, postal_address.splitlines())),
        *([wrapped(newsletter.copyright)] if newsletter.copyright else []),
    ]
    return "\n\n".join(blocks).replace(_NO_BREAK, " ") + "\n"


class _Sheet:
    """Sets the pieces of an edition as blocks of lines, to be separated by blank lines."""

    def __init__(self, words: Words, quotes: Quotes, address: Callable[[str], str]) -> None:
        """`address` makes the absolute address of a path of the site."""
        self._words = words
        self._quotes = quotes
        self._address = address

    def masthead(self, page: EditionPage, name: str, tagline: str) -> Iterator[str]:
        words, edition = self._words, page.edition
        number, minutes = words.text("edition-number", number=page.number), words.minutes(page.words)
        yield f"{wrapped(name)}\n{wrapped(tagline)}\n{'=' * WIDTH}"
        yield wrapped(f"{number} · {words.long_day(edition.day)} · {minutes}")
        yield self._line(edition.title)
        yield self._line(edition.dek)
        if edition.updated:
            yield wrapped(words.text("updated", moment=words.moment(edition.updated)))
        yield from self._imported(edition.imported)

    def body(self, page: EditionPage) -> Iterator[str]:
        words = self._words
        yield self._headed(words.text("one-line"), "=")
        yield self._line(page.edition.one_line)
        yield from self._focus(page.focus)
        for shelf in page.shelves:
            yield "\n" + self._headed(shelf.section.title, "=")
            for view in shelf.stories:
                yield from self._story(view, page.origin_of(view.story))
        for heading, points in (("takeaways", page.takeaways), ("actions", page.actions)):
            if points:
                yield "\n" + self._headed(words.text(heading), "=")
                yield from map(self._point, points)
        yield from self._quiz(page.quiz)
        yield from self._since(page.since)
        if page.edition.corrections:
            yield "\n" + self._headed(words.text("title-corrections"), "=")
            yield from self._corrections(page.edition)

    def _focus(self, all_of_them: Sequence[LinkedFocus]) -> Iterator[str]:
        if all_of_them:
            yield "\n" + self._headed(self._words.text("focus"), "=")
        for focus in all_of_them:
            yield self._headed(self._quotes.plain(focus.lead), "-")
            for name, text in focus.texts:
                label = f"{self._words.text(f'focus-{name}')}:"
                yield hanging(BULLET, f"{label}\n{self._prose(text, WIDTH - len(BULLET))}")

    def _quiz(self, quiz: Sequence[LinkedQuestion]) -> Iterator[str]:
        """The questions, followed by the answers, so that nobody sees an answer before its question."""
        if not quiz:
            return
        yield "\n" + self._headed(self._words.text("quiz"), "=")
        for number, linked in enumerate(quiz, start=1):
            room = WIDTH - len(f"{number}. ")
            offered = [hanging(BULLET, self._line(text, room - len(BULLET))) for text in linked.question.answers]
            yield hanging(f"{number}. ", "\n".join([self._line(linked.question.question, room), *offered]))
        yield wrapped(f"~ {self._words.text('quiz-answers')} ~")
        for number, linked in enumerate(quiz, start=1):
            room = WIDTH - len(f"{number}. ")
            right = wrapped(f"*{self._quotes.plain(linked.question.right)}*", room)
            yield hanging(f"{number}. ", f"{right}\n{self._prose(linked.explanation, room)}")

    def _since(self, told: Since) -> Iterator[str]:
        """Corrections, withdrawals and returns of other items, each with the address of its page."""
        words = self._words
        if told:
            yield "\n" + self._headed(words.text(told.heading), "=")
        for of in told.corrected:
            yield f"{self._line(of.item.title)}\n{self._address(of.path)}#{of.anchor}"
            yield self._correction(of.correction)
        for gone in told.withdrawn:
            yield f"{self._line(gone.title or words.text(gone.untitled))}\n{self._address(gone.path)}"
            days = {"published": words.day(gone.published_on), "withdrawn": words.day(gone.withdrawn_on)}
            yield self._bulleted([words.text("withdrawn", **days), self._quotes.plain(gone.why)])
        for back in told.restored:
            yield f"{self._line(back.title or words.text(back.untitled))}\n{self._address(back.path)}"
            days = {name: words.day(day) for name, day in back.days.items()}
            yield self._bulleted([words.text("restored", **days)])

    def _corrections(self, item: Story | Edition) -> Iterator[str]:
        return map(self._correction, item.corrections_shown)

    def _correction(self, note: Correction) -> str:
        words = self._words
        when = ", ".join([words.moment(note.date), *([note.where] if note.where else [])])
        was, now = map(self._quotes.plain, (note.was, note.now))
        said = [f"{words.text('correction-was')}: {was}", f"{words.text('correction-now')}: {now}"]
        thanks = [words.text("correction-noticed", name=note.noticed_by)] if note.noticed_by else []
        return self._bulleted([when, *said, *thanks])

    def _bulleted(self, lines: Iterable[str]) -> str:
        return hanging(BULLET, "\n".join(wrapped(line, WIDTH - len(BULLET)) for line in lines))

    def _story(self, view: StoryView, origin: Origin | None) -> Iterator[str]:
        story = view.story
        yield self._headed(self._quotes.plain(story.title), "-")
        yield self._line(story.dek)
        yield from self._imported(origin)
        if facts := self._facts(story):
            yield wrapped(facts)
        for part in view.parts:
            if part.title:
                yield wrapped(f"~ {part.title} ~")
            yield from map(self._item if part.is_list else self._prose, part.texts)
        if view.disputes:
            yield wrapped(f"~ {self._words.text('disputed')} ~")
            yield from map(self._dispute, view.disputes)
        if story.corrections:
            yield wrapped(f"~ {self._words.text('title-corrections')} ~")
            yield from self._corrections(story)
        if view.original and view.original_publisher:
            label = self._words.text("read-original", publisher=view.original_publisher.name)
            yield f"{wrapped(label)}:\n{view.original.url}"

    def _facts(self, story: Story) -> str:
        words, facts = self._words, []
        if story.event:
            facts.append(f"{words.text('event', day=words.day(story.event))}.")
        if story.sentiment:
            facts.append(f"{words.text('sentiment')}: {words.text(f'sentiment-{story.sentiment}')}.")
        if story.importance:
            why = stopped(self._quotes.plain(story.importance.why))
            facts.append(words.text("importance-told", score=story.importance.score, why=why))
        return " ".join(facts)

    def _imported(self, origin: Origin | None) -> Iterator[str]:
        """Where it was published before; the address is unbroken, on its own line."""
        if origin:
            told = wrapped(self._words.text("imported", where=origin.name))
            yield f"{told}\n{origin.address}" if origin.address else told

    def _dispute(self, dispute: LinkedDispute) -> str:
        lines = [f"{dispute.dispute.point}:"]
        lines += [f"{version.value}{plain_marks(version.marks)}" for version in dispute.versions]
        lines += [dispute.dispute.note] if dispute.dispute.note else []
        return hanging(BULLET, "\n".join(self._line(line, WIDTH - len(BULLET)) for line in lines))

    def sources(self, references: Iterable[Reference]) -> Iterator[str]:
        entries = list(references)
        if entries:
            yield "\n" + self._headed(self._words.text("sources"), "=")
            yield wrapped(self._words.text("mail-sources-text"))
            yield from map(self._source, entries)

    def _source(self, entry: Reference) -> str:
        words, source = self._words, entry.source
        label = f"[{entry.number}] "
        title = source.title or f"{source.label or source.url} {words.text('source-untitled')}"
        facts = [f"{entry.publisher.name} ({words.text(f'kind-{entry.publisher.kind}')})"]
        facts += [words.text("source-relays", publisher=entry.relays.name)] if entry.relays else []
        facts += [words.text("source-by", author=entry.author)] if entry.author else []
        facts += [words.day(source.published)] if source.published else []
        facts += [words.text("source-accessed", day=words.day(source.accessed))] if source.accessed else []
        lines = [title, ", ".join(facts)]
        quoted = map(words.quoted, source.passages)
        room = WIDTH - len(label)
        body = "\n".join([*(wrapped(line, room) for line in lines), source.url, *(wrapped(q, room) for q in quoted)])
        return hanging(label, body)

    def made_by(self, page: EditionPage) -> Iterator[str]:
        words, made = self._words, page.edition.made_by
        reviewed = words.text("made-reviewed", name=made.reviewed_by) if made.reviewed_by else None
        told = [
            words.text("made-editor", name=made.editor),
            reviewed or words.text("made-unreviewed"),
            words.text(f"machine-{made.machine}"),
        ]
        yield "\n" + self._headed(words.text("made-by"), "=")
        yield wrapped(" ".join([*told, *([self._quotes.plain(made.note)] if made.note else [])]))

    def _headed(self, title: str, line: str) -> str:
        """A title underlined to its full length."""
        lines = wrapped(title)
        return f"{lines}\n{line * max(map(len, lines.splitlines()), default=1)}"

    def _prose(self, text: LinkedText, width: int = WIDTH) -> str:
        return plain(text_html(text, 2, lambda mark: f"[{mark.number}]", self._quotes.html), width)

    def _line(self, text: str, width: int = WIDTH) -> str:
        """An author's words without markup."""
        return wrapped(self._quotes.plain(text), width)

    def _item(self, text: LinkedText) -> str:
        return hanging(BULLET, self._prose(text, WIDTH - len(BULLET)))

    def _point(self, point: LinkedPoint) -> str:
        room = WIDTH - len(BULLET)
        lead = wrapped(f"*{self._quotes.plain(point.lead)}*", room)
        return hanging(BULLET, f"{lead}\n{self._prose(point.text, room)}")


def plain_marks(marks: tuple[Mark, ...]) -> str:
    """The numbers of one citation as text."""
    return marks_html(marks, lambda mark: f"[{mark.number}]")
