"""What a card shows, as a value of the model, and the fingerprint that its drawing is cached under."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct

from generator.model.fingerprint import fingerprint
from generator.model.pages import EditionPage, StoryPage
from generator.model.site import Site
from generator.words import Words


class Face(Struct, frozen=True):
    """The words of a card."""

    masthead: str
    kicker: str
    """The section of a story, or the number of an edition."""
    headline: str
    date: str
    address: str
    """The host of the site."""
    page: StoryPage | EditionPage
    words: Words

    @property
    def note(self) -> str:
        """The number of sources, which is what the newsletter promises. They are counted when the card is drawn."""
        return _sources(self.words, len(self.page.references))

    @property
    def letters(self) -> str:
        """Every letter that it may show, including all digits."""
        note = _sources(self.words, 1234567890)
        return "".join((self.masthead, self.kicker, self.headline, self.date, note, self.address))

    @property
    def made_of(self) -> tuple[object, ...]:
        """What it depends on, known without reading the page's texts."""
        said = (self.masthead, self.kicker, self.headline, self.date, self.address)
        shown = self.page.view if isinstance(self.page, StoryPage) else self.page
        return (*said, _sources(self.words, 1), _sources(self.words, 2), shown)

    def fingerprint(self, drawn_by: str) -> str:
        """The fingerprint of all that the picture shows, and of what draws it."""
        said = (self.masthead, self.kicker, self.headline, self.date, self.note, self.address)
        return fingerprint(drawn_by, *said)


def face_of(site: Site, words: Words, page: StoryPage | EditionPage) -> Face:
    item = page.item
    kicker = (
        page.view.section.title if isinstance(page, StoryPage) else words.text("edition-number", number=page.number)
    )
    return Face(
        masthead=site.newsletter.name,
        kicker=kicker,
        headline=item.title,
        date=words.day(item.published),
        address=urlsplit(site.base_url).netloc,
        page=page,
        words=words,
    )


def _sources(words: Words, number: int) -> str:
    return words.text("card-sources" if number > 1 else "card-source", number=number) if number else ""
