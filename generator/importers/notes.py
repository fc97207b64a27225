"""Footnotes in HTML, put where they are referred to: the links of a note behind the words that it belongs to.

A note is known by what it does, not by the names that a program gives: a link leads to it, and from it one leads back.
So those of Substack, Ghost, Hugo, Jekyll, Pelican and GitHub are all found.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]")
_REMARK = 8
"""Words in a note beside its links, from which on the note says something of its own."""
_HOLDERS = ("li", "p", "dd", "aside", "div", "td")
_LABEL_LIMIT = 300


def in_place(soup: BeautifulSoup) -> None:
    """Put each note in the place of what refers to it, and take the list of notes out."""
    targets = {str(tag.get("id") or tag.get("name")): tag for tag in soup.find_all(_is_named)}
    notes: dict[int, Tag] = {}
    places: list[tuple[Tag, Tag]] = []
    for link in soup.find_all("a", href=re.compile(r"\A#.")):
        if any(id(parent) in notes for parent in link.parents):
            continue  # the way back: what refers to a note stands before it
        note = _note_of(link, targets)
        if note is not None:
            notes[id(note)] = note
            places.append((link, note))
    said = {key: _said(note) for key, note in notes.items()}
    for link, note in places:
        _refer(soup, link, *said[id(note)])
    for note in notes.values():
        note.decompose()


def _is_named(tag: Tag) -> bool:
    return bool(tag.get("id")) or (tag.name == "a" and bool(tag.get("name")))


def _note_of(link: Tag, targets: dict[str, Tag]) -> Tag | None:
    """The note to which a link leads, if one leads back from it."""
    target = targets.get(unquote(str(link["href"])[1:]))
    if target is None:
        return None
    note = target if target.name in _HOLDERS else target.find_parent(_HOLDERS)
    if note is None:
        return None
    names = {
        str(tag.get("id") or tag.get("name"))
        for tag in (link, *link.find_parents(["sup", "span"]), *link.find_all(True))
    }
    return note if any(unquote(str(back["href"])[1:]) in names for back in _backs(note)) else None


def _backs(note: Tag) -> list[Tag]:
    return note.find_all("a", href=re.compile(r"\A#."))


def _said(note: Tag) -> tuple[list[tuple[str, str]], str]:
    """The addresses of a note, each with its words, and what the note says of its own."""
    for back in _backs(note):
        back.extract()
    links = [
        (str(a["href"]), " ".join(a.get_text(" ").split())) for a in note.find_all("a", href=re.compile("^https?://"))
    ]
    whole = " ".join(note.get_text(" ").split()).strip(" ↩︎^")
    seen = {address for address, _ in links}
    links += [(address, "") for address in _ADDRESS.findall(whole) if address not in seen]
    rest = _ADDRESS.sub("", whole)
    for _, words in links:
        rest = rest.replace(words, "") if words else rest
    label = _ADDRESS.sub("", whole).strip(" .,;:()<>-–—")
    if len(links) == 1 and len(label) <= _LABEL_LIMIT:
        return [(links[0][0], label or links[0][1])], ""
    remark = whole if not links or len(rest.split()) >= _REMARK else ""
    return links, remark


def _refer(soup: BeautifulSoup, link: Tag, links: list[tuple[str, str]], remark: str) -> None:
    """Links without words, which become citations, in the place of a link to a note; a remark in brackets before."""
    holder = link.find_parent("sup")
    place = holder if holder is not None and holder.get_text() == link.get_text() else link
    if remark:
        place.insert_before(NavigableString(f" ({remark})"))
    for address, words in links:
        cited = soup.new_tag("a", href=address)
        if words:
            cited["title"] = words
        place.insert_before(cited)
    place.decompose()
