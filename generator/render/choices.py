"""The choices that filters on lists of stories offer, limited in number."""

from __future__ import annotations

from generator.model.site import Site
from generator.model.vocabulary import SENTIMENTS
from generator.words import Words

LIMIT = 40
"""Entities or publishers that a filter offers, those with the most stories. Free text finds the others."""

Choice = tuple[str, str]
"""An id and its title."""
Choices = dict[str, list[Choice]]
"""The choices by the name of the filter."""


def choices(site: Site, words: Words) -> Choices:
    """The choices of each filter."""
    most = sorted(site.subjects["entity"].values(), key=lambda subject: -len(subject.stories))[:LIMIT]
    return {
        "section": [(s.id, s.title) for s in site.subjects["section"].values()],
        "topic": [(s.id, s.title) for s in site.subjects["topic"].values()],
        "entity": _by_title([(s.id, s.title) for s in most]),
        "sentiment": [(s, words.shown(f"sentiment-{s}")) for s in SENTIMENTS],
    }


def publisher_choices(site: Site) -> list[Choice]:
    """The publishers that most stories cite."""
    most = sorted(site.publishers.values(), key=lambda page: -len(page.places))[:LIMIT]
    return _by_title([(page.publisher.id, page.publisher.name) for page in most])


def _by_title(found: list[Choice]) -> list[Choice]:
    return sorted(found, key=lambda choice: (choice[1].casefold(), choice[0]))
