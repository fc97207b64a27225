"""Read the answer of a model, and accept from it only text, and ids of parts and sources that exist.

The model is not trusted, and has read pages that are not trusted. Its answer is JSON of exactly one shape or is
refused, and its text becomes plain text, never markup, a key or an address.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Annotated

import msgspec

from generator.draft.skeleton import Texts
from generator.texts.characters import one_line, unescaped
from generator.texts.patterns import CITED

_Few = msgspec.Meta(max_length=12)
_ADDRESS = re.compile(r"://|\bwww\.|\b[\w-]+\.[a-z]{2,}/|\bmailto:|\bjavascript:", re.IGNORECASE)
_BREAK = re.compile(r"\\[nrt](?![a-z])")
"""A line break that was escaped twice; not `C:\\notes`."""
_NOT_SAID = re.compile(rf"\\(?=[\"'])|\s*\[{CITED}\]")
"""What escapes a quotation mark, and citations within a sentence, which has them beside it."""
_MARKUP = re.compile(r"[\\`*_\[\]<>~|]")
_BLOCK = re.compile(r"(?:#|[-+=:]\s|[-=]{2,}|\d+[.)]\s|>|!!!|\?\?\?)")
"""What would begin a heading, a list or another block at the start of a paragraph."""


class _Shape(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A struct that accepts no unknown fields."""


class Sentence(_Shape, frozen=True):
    """One sentence, and the ids of the sources that support it."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=600)]
    cites: Annotated[list[Annotated[str, msgspec.Meta(max_length=120)]], _Few]


class PartOf(_Shape, frozen=True):
    """The paragraphs of a part."""

    part: Annotated[str, msgspec.Meta(max_length=60)]
    paragraphs: Annotated[list[Annotated[list[Sentence], msgspec.Meta(max_length=20)]], _Few]


class Answer(_Shape, frozen=True):
    """A proposal for a story."""

    title: Annotated[str, msgspec.Meta(max_length=200)]
    dek: Annotated[str, msgspec.Meta(max_length=400)]
    parts: Annotated[list[PartOf], _Few]


class AnswerError(Exception):
    """The answer does not have the required shape. The message says where."""


def answer_of(text: str) -> Answer:
    """Read an answer. Raises `AnswerError`."""
    try:
        return msgspec.json.decode(text.encode("utf-8", "surrogatepass"), type=Answer)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        said = " ".join(str(error).split())[:160]
        raise AnswerError(f"the answer is not the JSON that was asked for ({said})") from error


def texts_of(answer: Answer, sources: Collection[str], parts: Collection[str]) -> Texts:
    """Take the usable texts from an answer, with what was dropped and why."""
    dropped, doubts = list[str](), list[str]()
    found: dict[str, str] = {}
    for part in answer.parts:
        if part.part not in parts or part.part in found:
            again = "stands twice" if part.part in found else "is none of this newsletter"
            dropped.append(f"the part `{part.part}`, which {again}")
            continue
        paragraphs = (" ".join(_sentences(paragraph, sources, dropped, doubts)) for paragraph in part.paragraphs)
        if text := "\n\n".join(_as_text(paragraph) for paragraph in paragraphs if paragraph):
            found[part.part] = text
    title, dek = (_heading(text, dropped) for text in (answer.title, answer.dek))
    return Texts(title, dek, found, tuple(doubts), tuple(dropped))


def _heading(text: str, dropped: list[str]) -> str:
    line = _plain(text)
    if _ADDRESS.search(line):
        dropped.append(f"a headline with an address in it: {line}")
        return ""
    return line


def _sentences(
    paragraph: list[Sentence], sources: Collection[str], dropped: list[str], doubts: list[str]
) -> Iterator[str]:
    for sentence in paragraph:
        line = _plain(sentence.text)
        if not line or _ADDRESS.search(line):
            dropped.append(f"a sentence with an address in it: {line}")
            continue
        if strangers := [id_ for id_ in sentence.cites if id_ not in sources]:
            dropped.append(f"citations that do not exist, {', '.join(map(one_line, strangers))}, behind: {line}")
        known = "; ".join(f"@{id_}" for id_ in dict.fromkeys(sentence.cites) if id_ in sources)
        if not known:
            doubts.append(f"no source is cited: {line}")
        yield _MARKUP.sub(_escaped, line) + (f" [{known}]" if known else "")


def _plain(text: str) -> str:
    """A text on one line, without what is not said in it: `A &amp; B:\\n C [@id]` gives `A & B: C`."""
    return one_line(_NOT_SAID.sub("", _BREAK.sub(" ", unescaped(text))))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _as_text(paragraph: str) -> str:
    """A paragraph that cannot begin another block of Markdown."""
    return re.sub(r"\A(\d*)", r"\1\\", paragraph, count=1) if _BLOCK.match(paragraph) else paragraph
