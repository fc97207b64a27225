"""The mail of an edition: for one reader, as a preview, or for a service."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from msgspec import Struct

from generator.mail.addresses import Mailbox, token
from generator.mail.bodies import Bodies, bodies_of
from generator.mail.message import header_text, message
from generator.mail.services import WAY_OUT, Issue
from generator.mail.settings import MailSettings
from generator.model.pages import EditionPage
from generator.model.site import Site
from generator.typeset.templates import Templates, templates

NOBODY = "preview"
"""The token of a mail that goes to nobody, so no click on it can be taken for a subscriber's."""


class EditionMail(Struct, frozen=True, dict=True):
    """An edition, and how to turn it into mails."""

    templates: Templates
    page: EditionPage
    settings: MailSettings

    def to(self, reader: Mailbox, secret: str) -> bytes:
        """The mail to one reader, with their own link to unsubscribe."""
        way_out = self._way_out(token(secret, self.settings.list_id, reader.address))
        return self._mail(reader, way_out, self._bodies(way_out))

    def preview(self) -> bytes:
        """The mail for a look before it goes out: to the sender, with a link to unsubscribe that does nothing."""
        return self._mail(self.settings.sender, self._way_out(NOBODY), self.bodies)

    @cached_property
    def bodies(self) -> Bodies:
        """The bodies of the preview, whose size is checked before they are written."""
        return self._bodies(self._way_out(NOBODY))

    def issue(self) -> Issue:
        """The edition for a service."""
        site, edition = self.templates.site, self.page.edition
        url = site.url(edition.path)
        name = f"{site.newsletter.name} {edition.slug}"
        bodies, about = self._bodies(WAY_OUT), self.templates.quotes.plain(edition.dek)
        return Issue(name, edition.first_slug, header_text(bodies.title), about, url, bodies, self.settings.sender)

    def _way_out(self, own: str) -> str:
        return self.settings.unsubscribe.replace("{token}", own)

    def _bodies(self, way_out: str) -> Bodies:
        return bodies_of(self.templates, self.page, self.settings, way_out)

    def _mail(self, reader: Mailbox, way_out: str, bodies: Bodies) -> bytes:
        newsletter = self.templates.site.newsletter
        return message(newsletter, self.page.edition, self.settings, reader, way_out, bodies)


def edition_mail(site: Site, slug: str, settings: MailSettings, own_templates: Path | None) -> EditionMail | None:
    """The edition of a slug; None if the site has no such edition."""
    page = next((page for page in site.editions if page.edition.slug == slug), None)
    return EditionMail(templates(site, own_templates), page, settings) if page else None
