"""Move HTML footnotes to their references: the links of a note follow the words that it belongs to.

A note is recognised by its links (one leads to it, and one in it leads back), not by the class names of a program. So
the notes of Substack, Ghost, Hugo, Jekyll, Pelican and GitHub are all found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from generator.importers.soup import vanish

_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]")
_REMARK = 8
"""Words in a note besides its links, from which on the note counts as a remark of its own."""
_ARROW = re.compile("\\A[\\s\u21a9\u21b5\u2191\ufe0e\ufe0f^]+\\Z")
_LOOSE = re.compile(r"\s+(?=[,.;:!?)])")
"""A blank left between a link and the punctuation after it."""
_HOLDERS = ("li", "p", "dd", "aside", "div", "td")
_LABEL_LIMIT = 300
_AGAIN = 20
"""Addresses of a note that are repeated at its further references; its remark is only at the first."""


def in_place(soup: BeautifulSoup) -> None:
    """Replace each reference by its note, and remove the list of notes."""
    targets = {str(tag.get("id") or tag.get("name")): tag for tag in soup.find_all(_is_named)}
    notes: dict[int, Tag] = {}
    backs: dict[int, frozenset[str]] = {}
    places: list[tuple[Tag, Tag]] = []
    for link in soup.find_all("a", href=re.compile(r"\A#.")):
        if any(id(parent) in notes for parent in link.parents):
            continue  # a link back: the reference to a note comes before the note
        note = _note_of(link, targets)
        if note is None:
            continue
        if id(note) not in backs:  # a note may have thousands of references, or not be a note
            backs[id(note)] = frozenset(unquote(str(back["href"])[1:]) for back in _backs(note))
        if not backs[id(note)].isdisjoint(_names(link)):
            notes[id(note)] = note
            places.append((link, note))
    said = {key: _said(note) for key, note in notes.items()}
    for link, note in places:
        links, remark = said[id(note)]
        _refer(soup, link, links, remark)
        said[id(note)] = links[:_AGAIN], ""
    for note in (*notes.values(), *_left(soup, targets)):
        vanish(note)


def _left(soup: BeautifulSoup, targets: dict[str, Tag]) -> Iterator[Tag]:
    """Notes without a reference, as Python's Markdown keeps them: each has an arrow that leads back nowhere."""
    for back in soup.find_all("a", href=re.compile(r"\A#."), string=_ARROW):
        note = back.find_parent("li")
        if note is not None and note.get("id") and unquote(str(back["href"])[1:]) not in targets:
            yield note


def _is_named(tag: Tag) -> bool:
    return bool(tag.get("id")) or (tag.name == "a" and bool(tag.get("name")))


def _note_of(link: Tag, targets: dict[str, Tag]) -> Tag | None:
    """The note that a link leads to: an element with a link back."""
    target = targets.get(unquote(str(link["href"])[1:]))
    if target is None:
        return None
    return target if target.name in _HOLDERS else target.find_parent(_HOLDERS)


def _names(link: Tag) -> set[str]:
    """The names that a link back may use for a link."""
    known = (link, *link.find_parents(["sup", "span"]), *link.find_all(True))
    return {str(tag.get("id") or tag.get("name")) for tag in known}


def _backs(note: Tag) -> list[Tag]:
    return note.find_all("a", href=re.compile(r"\A#."))


def _said(note: Tag) -> tuple[list[tuple[str, str]], str]:
    """The addresses in a note, each with its words, and the note's own remark."""
    for back in _backs(note):
        vanish(back)
    found = note.find_all("a", href=re.compile("^https?://"))
    links = [(str(a["href"]), " ".join(a.get_text(" ").split())) for a in found]
    whole = _LOOSE.sub("", " ".join(note.get_text(" ").split())).strip(" ↩︎^")
    seen = {address for address, _ in links}
    links += [(address, "") for address in _ADDRESS.findall(whole) if address not in seen]
    linked = {id(words) for a in found for words in a.strings}
    rest = _ADDRESS.sub("", " ".join(words for words in note.strings if id(words) not in linked))
    label = _ADDRESS.sub("", whole).strip(" .,;:()<>-–—")
    if len(links) == 1 and len(label) <= _LABEL_LIMIT:
        return [(links[0][0], label or links[0][1])], ""
    remark = whole if not links or len(rest.split()) >= _REMARK else ""
    return links, remark


def _refer(soup: BeautifulSoup, link: Tag, links: list[tuple[str, str]], remark: str) -> None:
    """Replace a reference by links without words, which become citations, after the remark in brackets."""
    holder = link.find_parent("sup")
    place = holder if holder is not None and _is_all_of(link, holder) else link
    vanish(place)
    place.name, place.attrs = "span", {}
    if remark:
        place.append(NavigableString(f" ({remark})"))
    for address, words in links:
        cited = soup.new_tag("a", href=address)
        if words:
            cited["title"] = words
        place.append(cited)


def _is_all_of(link: Tag, holder: Tag) -> bool:
    """Whether an element's only words are those of a link."""
    return all(any(parent is link for parent in words.parents) for words in holder.strings)
