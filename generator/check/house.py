"""Rules on the newsletter as a whole: its own file, and addresses that must not collide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.check.house_words import words_at_odds
from generator.check.rules import Finding
from generator.model.content import Edition, Story
from generator.model.journal import minted_id
from generator.model.library import Library
from generator.model.permalinks import alias_fault, alias_path, edition_path, file_of, story_path
from generator.model.problems import Path
from generator.model.stories import having
from generator.words import message_fault

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\Z")
_MAIL = re.compile(r"[^@\s<>()\[\],;:\"]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?\Z")

NEWSLETTER_FILE = "newsletter.yml"


def bad_newsletter(library: Library) -> Iterator[tuple[str, Finding]]:
    newsletter = library.newsletter
    if not newsletter.name:
        return
    if not _DOMAIN.match(newsletter.authority):
        what = f"`{newsletter.authority}` is not a domain name"
        hint = "Write a domain that is yours, as news.example.org; the ids of feed items are made with it (RFC 4151)."
        yield NEWSLETTER_FILE, Finding(("authority",), what, hint)
    if not _MAIL.match(newsletter.editor.email):
        what = f"`{newsletter.editor.email}` is not a mail address"
        yield NEWSLETTER_FILE, Finding(("editor", "email"), what, "Write it as desk@example.org.")
    for key, text in newsletter.messages.items():
        if fault := message_fault(newsletter.language, key, text):
            yield NEWSLETTER_FILE, Finding(("messages", key), *fault)
    for number, word in words_at_odds(newsletter.style.words if newsletter.style else ()):
        what = f"the list of words says of `{word}` twice what is to be done with it"
        yield NEWSLETTER_FILE, Finding(("style", "words", number), what, "Name a word once: to be avoided, or written.")
    if not _LANGUAGE.match(newsletter.language):
        what = f"`{newsletter.language}` is not a language tag"
        yield NEWSLETTER_FILE, Finding(("language",), what, "Write it as en, en-GB or ko (BCP 47).")


def bad_alias(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for index, alias in enumerate(item.aliases):
        if fault := alias_fault(alias):
            what = f"`{alias}` cannot be an old address: {fault}"
            yield Finding(("aliases", index), what, "Write the path alone, as stories/the-old-name.")


def taken_alias(library: Library) -> Iterator[tuple[str, Finding]]:
    """An old address at which something else stands, or which two claim."""
    old = list(_old_addresses(library))
    if not old:
        return
    standing = {story_path(slug): story.file for slug, story in library.stories.items()}
    gone = library.withdrawn.values()
    standing |= {path: "what was withdrawn" for each in gone for path in (each.path, *each.old_paths)}
    standing |= library.pages
    standing |= {edition_path(slug): edition.file for slug, edition in library.editions.items()}
    taken = {_place(path): owner for path, owner in standing.items()}
    for file, where, path, hint in old:
        place = _place(path)
        if place in taken:
            yield file, Finding(where, f"the address `{path}` belongs to {taken[place]}", hint)
        taken.setdefault(place, file)


def _place(path: str) -> str:
    """The file at a path. Some disks do not tell small letters from capitals."""
    return file_of(path).casefold()


def _old_addresses(library: Library) -> Iterator[tuple[str, Path, str, str]]:
    """Every old address that could stand: its file, the place in it, the path, and what to do when it is taken."""
    for story in having(library.stories, "renamed_from"):
        hint = "Name the story's first name, which no other has."
        yield story.file, ("renamed_from",), story_path(story.renamed_from or ""), hint
    for edition in library.editions.values():
        if edition.renamed_from:
            hint = "Name the edition's first name, which no other has."
            yield edition.file, ("renamed_from",), edition_path(edition.renamed_from), hint
    items: list[Story | Edition] = [*having(library.stories, "aliases"), *library.editions.values()]
    for item in items:
        for index, alias in enumerate(item.aliases):
            if not alias_fault(alias):
                yield item.file, ("aliases", index), alias_path(alias), "Take the alias out."


def one_id_twice(library: Library) -> Iterator[tuple[str, Finding]]:
    """An id from an earlier feed that another item has as well: subscribers would see only one of them."""
    items: list[Story | Edition] = [*having(library.stories, "imported"), *library.editions.values()]
    has_ids = any(item.imported and item.imported.id for item in items)
    known = _minted(library, [*library.stories.values(), *library.editions.values()]) if has_ids else {}
    for item in items:
        id_ = item.imported.id if item.imported else None
        if id_ and id_ in known:
            what = f"`{id_}` is the id of {known[id_]} too"
            yield item.file, Finding(("imported", "id"), what, "Leave it where subscribers know it from.")
        elif id_:
            known[id_] = item.file


def _minted(library: Library, items: Iterable[Story | Edition]) -> dict[str, str]:
    """The ids that feeds give items by their names, with the files of these."""
    authority = library.newsletter.authority
    return {minted_id(authority, item): item.file for item in items if not (item.imported and item.imported.id)}


def lonely_story(library: Library) -> Iterator[tuple[str, Finding]]:
    shown = {slug for edition in library.editions.values() for slug in edition.stories}
    if "editions" in library.incomplete or not library.stories.keys() | library.unreadable >= shown:
        return  # an edition that cannot be read, or a name with a slip, may be the one
    for story in library.stories.values():
        if story.slug not in shown and not story.draft:
            what = "no edition shows this story"
            yield story.file, Finding((), what, f"Add `{story.slug}` to the `stories` of an edition.")
