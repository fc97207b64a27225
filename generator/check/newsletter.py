"""Rules on the newsletter as a whole: its own file, and whether editions show its stories."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.house_words import words_at_odds
from generator.check.permalinks import FILES
from generator.check.rules import Finding
from generator.model.library import Library
from generator.model.problems import Path
from generator.model.vocabulary import Entity, Publisher, Section, Topic
from generator.texts.patterns import late
from generator.words import message_fault

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\Z")
_MAIL = late(r"[^@\s<>()\[\],;:\"]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?\Z")

FILE = "newsletter.yml"


def bad_newsletter(library: Library) -> Iterator[tuple[str, Finding]]:
    newsletter = library.newsletter
    if not newsletter.name:
        return
    if not _DOMAIN.match(newsletter.authority):
        what = f"`{newsletter.authority}` is not a domain name"
        hint = "Write a domain that is yours, as news.example.org; the ids of feed items are made with it (RFC 4151)."
        yield FILE, Finding(("authority",), what, hint)
    if not _MAIL.match(newsletter.editor.email):
        what = f"`{newsletter.editor.email}` is not a mail address"
        yield FILE, Finding(("editor", "email"), what, "Write it as desk@example.org.")
    for key, text in newsletter.messages.items():
        if fault := message_fault(newsletter.language, key, text):
            yield FILE, Finding(("messages", key), *fault)
    for number, word in words_at_odds(newsletter.style.words if newsletter.style else ()):
        what = f"`{word}` stands twice in the list of words"
        yield FILE, Finding(("style", "words", number), what, "Name it once: under `avoid`, or under `write`.")
    if not _LANGUAGE.match(newsletter.language):
        what = f"`{newsletter.language}` is not a language tag"
        yield FILE, Finding(("language",), what, "Write it as en, en-GB or ko (BCP 47).")


def shared_name(library: Library) -> Iterator[tuple[str, Finding]]:
    """A name that two entries of one vocabulary have: it would count for only one of them.

    Two entries are told of once, whatever else they share.
    """
    for kind, known in library.followed.items():
        owners: dict[str, str] = {}
        for word in known.values():
            told = {word.id}
            for path, name in _names(word):
                if (owner := owners.setdefault(name.casefold(), word.id)) not in told:
                    told.add(owner)
                    apart = f"Say which it is: `{name} (...)`." if path == ("name",) else "Take it out of one of them."
                    merging = f"`citewire entities --merge {word.id} {owner}`" if kind == "entity" else "keep one"
                    hint = f"{apart} If the two are the same: {merging}."
                    yield FILES[kind], Finding((word.id, *path), f"`{name}` belongs to `{owner}` too", hint)


def _names(word: Section | Topic | Entity | Publisher) -> Iterator[tuple[Path, str]]:
    """The names of an entry, by which texts are known to be about it; a section has none."""
    if not isinstance(word, Section):
        yield ("name",), word.name
    if isinstance(word, Entity):
        yield from ((("also", number), name) for number, name in enumerate(word.also))


def lonely_story(library: Library) -> Iterator[tuple[str, Finding]]:
    shown = {slug for edition in library.editions.values() for slug in edition.stories}
    if "editions" in library.incomplete or not library.stories.keys() | library.unreadable >= shown:
        return  # an unreadable edition, or a misspelt name, may be the one
    for story in library.stories.values():
        if story.slug not in shown and not story.draft:
            what = "no edition shows this story"
            yield story.file, Finding((), what, f"Add `{story.slug}` to the `stories` of an edition.")
