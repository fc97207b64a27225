"""Words derived from places: China and Chinese, the Netherlands and Dutchwoman, Andalusia and Andalusian."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OF_COUNTRIES = """
argentina: Argentine Argentinian | belgium: Belgian | brazil: Brazilian | britain: British UK, Briton | canada: Canadian
chile: Chilean | china: Chinese | croatia: Croatian, Croat | czechia: Czech | denmark: Danish, Dane | egypt: Egyptian
england: English, Englishman | europe: European | finland: Finnish, Finn | france: French, Frenchman | germany: German
greece: Greek | hungary: Hungarian | iran: Iranian | iraq: Iraqi | ireland: Irish, Irishman | israel: Israeli
italy: Italian | japan: Japanese | kenya: Kenyan | korea: Korean | mexico: Mexican | netherlands: Dutch, Dutchman
norway: Norwegian | peru: Peruvian | philippines: Philippine, Filipino | poland: Polish, Pole | portugal: Portuguese
serbia: Serbian, Serb | scotland: Scottish, Scot Scotsman | slovakia: Slovak, Slovak | slovenia: Slovenian, Slovene
spain: Spanish, Spaniard | sweden: Swedish, Swede | switzerland: Swiss | taiwan: Taiwanese | thailand: Thai
turkey: Turkish, Turk | ukraine: Ukrainian | vietnam: Vietnamese | wales: Welsh, Welshman
"""
"""Countries, with their adjectives, and after a comma the nouns that only mean people from there."""


def _by_country() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Other words for each country and each people, by small letters; and the peoples alone."""
    found, peoples = dict[str, tuple[str, ...]](), set[str]()
    for country, words in (row.split(": ") for row in re.split(r" \| |\n", _OF_COUNTRIES.strip())):
        of_it, _, people = words.partition(", ")
        these = tuple(form for one in people.split() for form in _forms(one))
        found[country] = (*of_it.split(), *these)
        found |= dict.fromkeys(map(str.lower, these), (*of_it.split(), country, *these))
        peoples.update(map(str.lower, these))
    return found, frozenset(peoples)


def _forms(one: str) -> tuple[str, ...]:
    """Dane and Danes; Dutchman, Dutchmen, Dutchwoman and Dutchwomen."""
    stem = one.removesuffix("man")
    return (one, f"{one}s") if stem == one else tuple(stem + end for end in ("man", "men", "woman", "women"))


_CALLED, _PEOPLES = _by_country()


def of_country(word: str) -> tuple[str, ...]:
    """Other words for a country or a people; empty for any other word."""
    return _CALLED.get(word.lower(), ())


def is_country(word: str) -> bool:
    """Whether a word names a country or a people."""
    return word.lower() in _CALLED


def is_people(word: str) -> bool:
    """Whether a word only says where somebody is from: `Dutchman`."""
    return word.lower() in _PEOPLES


_SHORTEST = 6
"""Shorter names are not tried as places, since short words are often alike."""


def of_place(word: str) -> Iterator[str]:
    """Yield adjectives of a place by its ending (Andalusian, Sicilian, Kazakh), or the place of an adjective."""
    if len(word) < _SHORTEST:
        return
    if word.endswith("ia"):
        yield f"{word}n"
    elif word.endswith("ian"):
        yield word[:-1]
    elif word.endswith("ly"):
        yield f"{word[:-1]}ian"
    elif word.endswith("stani"):
        yield word[:-1]
    elif word.endswith("stan"):
        if len(word) > len("pakistan"):
            yield word[:-4].rstrip("i")
        yield f"{word}i"
