"""Turn the links of a post into sources: which ones are cited, their ids, and their publishers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from msgspec import Struct, field

from generator.desk.cite import Entry, new_publisher
from generator.desk.page import Page
from generator.importers.clean import Link
from generator.model.address import canonical, is_home, link_fault, web_fault, without_tracking
from generator.model.content import Source
from generator.model.vocabulary import Entity, Publisher

_SHARING = re.compile(
    r"(?:twitter|x)\.com/(?:intent|share)|facebook\.com/(?:sharer|share)|linkedin\.com/share|/action/disable_email"
    r"|reddit\.com/submit|substack\.com/(?:app-link|redirect)|/unsubscribe\b|api\.addthis\.com",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?i)\W*(?:here|link|source|this|read more|more|via|click here|this (?:post|article|page|story))\W*\Z"
)
_LABEL_LIMIT = 300
_MOST_DOTS = 126
"""Dots that a host name can have (RFC 1035, section 3.1: 255 octets)."""


class Publishers(Struct):
    """The publishers that the newsletter knows, and new ones."""

    known: dict[str, Publisher]
    entities: tuple[Entity, ...] = ()
    """The newsletter's entities, by which a company's own site is recognised."""
    new: dict[str, Entry] = field(default_factory=dict)
    _by_domain: dict[str, str] = field(default_factory=dict)
    """Ids of publishers by domain."""

    def of(self, url: str) -> str:
        """The id of a page's publisher: the one with the closest domain, or a new one named after its host."""
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        if not self._by_domain:
            for publisher in self.known.values():
                self._know(publisher)
        steps = host.rsplit(".", _MOST_DOTS)
        domains = (".".join(steps[number:]) for number in range(len(steps)))
        found = next((self._by_domain[domain] for domain in domains if domain in self._by_domain), None)
        if found is None:
            found, entry = new_publisher(Page(url), url, self.known, self.entities)
            self.new[found], self.known[found] = entry, Publisher(found, **entry)
            self._know(self.known[found])
        return found

    def _know(self, publisher: Publisher) -> None:
        for domain in publisher.domains:
            self._by_domain.setdefault(domain, publisher.id)


class Places(Struct, frozen=True):
    """What is known about addresses across all posts."""

    own: Mapping[str, str]
    """The new addresses of posts, by their canonical old ones."""
    cited: Mapping[str, Source]
    """Sources that the newsletter's stories cite, by canonical address."""
    publishers: Publishers


class Sources(Struct):
    """The sources of one story, gathered while its links are read."""

    places: Places
    base: str
    """The old address of the post."""
    entries: dict[str, Entry] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    _ids: dict[str, str] = field(default_factory=dict)
    _numbers: Counter[str] = field(default_factory=Counter)
    """The number of sources of each publisher."""

    def link(self, address: str, words: str, title: str) -> Link:
        """What a link in a text becomes."""
        found = self.picture(address, words, title)
        if not found.href:
            return found
        wanted = canonical(found.href)
        if wanted in self.places.own:
            return Link(href=self.places.own[wanted])
        if _SHARING.search(found.href):
            self.lost["a link to share or to subscribe"] += 1
            return Link()
        same = urlsplit(found.href).hostname == urlsplit(self.base).hostname
        if same or found.href.lower().startswith("mailto:") or is_home(found.href):
            return found
        return Link(cite=self._source(found.href, wanted, words, title))

    def picture(self, address: str, words: str, title: str) -> Link:
        """A link that stays one, if it leads anywhere; addresses relative to the old page are made absolute."""
        address = address.strip()
        if not address or address.startswith("#"):
            return Link()
        try:
            whole = urljoin(self.base, address)
        except ValueError:
            whole = address
        if link_fault(whole):
            self.lost["a link that leads nowhere"] += 1
            return Link()
        return Link(href=whole)

    def _source(self, url: str, wanted: str, words: str, title: str) -> str:
        if wanted not in self._ids:
            entry = self._entry(url, wanted, words, title)
            self._ids[wanted] = self._free_id(str(entry["publisher"]))
            self.entries[self._ids[wanted]] = entry
        return self._ids[wanted]

    def _free_id(self, publisher: str) -> str:
        """An id that no other source of the story has. Like `free_id`, which would count from 1 each time."""
        while True:
            self._numbers[publisher] += 1
            number = self._numbers[publisher]
            if (id_ := f"{publisher}-{number}" if number > 1 else publisher) not in self.entries:
                return id_

    def _entry(self, url: str, wanted: str, words: str, title: str) -> Entry:
        """What is known about a page: from a story that cites it, else from the words of the link."""
        known = self.places.cited.get(wanted)
        if known and known.title:
            told = {"title": known.title, "publisher": known.publisher, "author": known.author}
            fields = {"url": known.url, **told, "published": known.published, "archive": known.archive}
            return {name: value for name, value in fields.items() if value}
        label = next((found for found in (_label(title), _label(words)) if found), "")
        plain = without_tracking(url)
        return {"url": plain, **({"label": label} if label else {}), "publisher": self.places.publishers.of(plain)}


def _label(words: str) -> str:
    """The words of a link if they describe the page, rather than say where to click."""
    words = " ".join(words.split())
    tells = " " in words and not _GENERIC.match(words) and web_fault(words)
    return words[:_LABEL_LIMIT] if tells else ""
