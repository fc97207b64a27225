"""Number the texts of a page in the order in which it shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.link.numbering import Numbering
from generator.model.content import Edition, Point, Story
from generator.model.library import Library
from generator.model.linked import (
    EditionTexts,
    LinkedDispute,
    LinkedFocus,
    LinkedPart,
    LinkedPoint,
    LinkedQuestion,
    LinkedText,
    LinkedVersion,
    Reference,
    StoryTexts,
)
from generator.model.vocabulary import BODY


def story_texts(library: Library, story: Story) -> tuple[StoryTexts, tuple[Reference, ...]]:
    """The texts of a story's own page, and its list of sources."""
    page = _PageTexts(library)
    return page.story(story), page.numbering.references()


def edition_texts(
    library: Library, edition: Edition, stories: Sequence[Story]
) -> tuple[EditionTexts, dict[str, StoryTexts]]:
    """The texts of an edition's page, and those of its stories, which the page shows after the focus."""
    page = _PageTexts(library)
    focus = page.focus(edition)
    texts = {story.slug: page.story(story, story.slug) for story in stories}
    told = EditionTexts(
        takeaways=page.points(edition.takeaways),
        actions=page.points(edition.actions),
        focus=focus,
        quiz=page.quiz(edition),
        references=page.numbering.references(),
        words=_words(edition, stories),
    )
    return told, texts


class _PageTexts:
    """Numbers the texts of a page, one after the other."""

    def __init__(self, library: Library) -> None:
        self._library, self.numbering = library, Numbering(library.publishers, library.fates)

    def story(self, story: Story, scope: str = "") -> StoryTexts:
        """A story: its parts in the vocabulary's order, then its disputes. See `Numbering.text` for `scope`."""
        texts = {part.part: part for part in story.parts}
        parts = []
        for id_, part in self._library.newsletter.parts.items():
            if id_ == BODY and story.body:
                parts.append(LinkedPart(BODY, "", (self.numbering.text(story.body, story.sources, scope),)))
            elif id_ in texts:
                linked = tuple(self.numbering.text(text, story.sources, scope) for text in texts[id_].texts)
                parts.append(LinkedPart(id_, part.title, linked, texts[id_].is_list))
        return StoryTexts(tuple(parts), self._disputes(story, scope))

    def _disputes(self, story: Story, scope: str) -> tuple[LinkedDispute, ...]:
        group, sources = self.numbering.group, story.sources
        return tuple(
            LinkedDispute(
                dispute,
                tuple(LinkedVersion(v.value, group((sources[i], scope) for i in v.sources)) for v in dispute.versions),
            )
            for dispute in story.disputed
        )

    def points(self, points: Iterable[Point]) -> tuple[LinkedPoint, ...]:
        return tuple(LinkedPoint(point.lead, self._text(point.text)) for point in points)

    def focus(self, edition: Edition) -> tuple[LinkedFocus, ...]:
        return tuple(
            LinkedFocus(focus.lead, tuple((name, self._text(text)) for name, text in focus.texts()))
            for focus in edition.focus
        )

    def quiz(self, edition: Edition) -> tuple[LinkedQuestion, ...]:
        return tuple(LinkedQuestion(question, self._text(question.explanation)) for question in edition.quiz)

    def _text(self, text: str) -> LinkedText:
        """One of the edition's own texts."""
        return self.numbering.scoped_text(text, self._library.stories)


def _words(edition: Edition, stories: Iterable[Story]) -> int:
    items: list[Edition | Story] = [edition, *stories]
    return sum(len(text.split()) for item in items for _, text in item.texts())
