"""The rule on texts without a source: paragraphs, bullets, quotations, takeaways and actions that cite nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.check.reading import Block, blocks
from generator.check.rules import Finding, in_text
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.model.problems import Path
from generator.trace.sentences import read

_CALLED = {"paragraph": "a paragraph", "item": "a list item", "quotation": "a block quotation"}
_CALLED_IN = {
    "takeaways": "a takeaway",
    "actions": "an action item",
    "focus": "a text of `focus`",
    "quiz": "the explanation of a question",
}
"""Names for the texts of an edition, by field, used if the whole text is without a source."""
_OPEN = ("?", "？", "؟", ":", "：")
"""Endings of questions, and of introductions to lists."""


def uncited_text(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """Open endings and horizontal rules claim nothing."""
    for path, text in item.texts():
        for block, after in pairwise((*blocks(text), None)):
            if block and block.kind in _CALLED and "[@" not in block.text:
                words = block.words
                is_open = block.is_line or words.removesuffix("**").endswith(_OPEN) or _goes_on(block, after)
                if words and not is_open and not (block.kind == "quotation" and _rests(text, block)):
                    what = f"{_called(path, text, block)} shows no source"
                    id_ = "story/id" if isinstance(item, Edition) else "id"
                    hint = f"Cite what it rests on: [@{id_}] behind the full stop."
                    yield in_text(path, text, block.start, block.beginning, what, hint)


def _goes_on(block: Block, after: Block | None) -> bool:
    """Whether a sentence goes on in the list below it: `Of the revenue came from`, and an item for each."""
    is_above_a_list = block.kind == "paragraph" and after is not None and after.kind == "item"
    return is_above_a_list and block.words[-1:].isalpha()


def _rests(text: str, block: Block) -> bool:
    """Whether what leads to a block quotation, or stands below it, cites what it rests on."""
    end = block.start + len(block.text)
    return any(sentence.cited for sentence in read(text) if block.start <= sentence.start < end)


def _called(path: Path, text: str, block: Block) -> str:
    """The name of a block without a source: a takeaway of one paragraph is a takeaway."""
    inside, whole = _CALLED[block.kind], _CALLED_IN.get(str(path[0]), "")
    if not whole:
        return inside
    return whole if len(blocks(text)) == 1 else f"{inside} of {whole}"
