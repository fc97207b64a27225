"""The rule on the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rules import Finding
from generator.model.library import Library

FILE = "glossary.yml"


def bad_term(library: Library) -> Iterator[tuple[str, Finding]]:
    """A word that two terms explain, or a source whose publisher is unknown."""
    owner: dict[str, str] = {}
    for term in library.glossary.values():
        for index, word in enumerate(term.words):
            path = (term.id, "also", index - 1) if index else (term.id, "term")
            if (other := owner.setdefault(word.casefold(), term.id)) != term.id:
                what = f"`{word}` is explained under `{other}` too"
                yield FILE, Finding(path, what, "Take it out of one of them.")
        source = term.source
        if source and "publishers" not in library.incomplete and source.publisher not in library.publishers:
            what = f"there is no publisher `{source.publisher}`"
            hint = "Add it to publishers.yml, or correct the id."
            yield FILE, Finding((term.id, "source", "publisher"), what, hint)
