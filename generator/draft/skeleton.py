"""Write a draft as YAML: findings as fields, notes for the editor as comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct, field

from generator.desk.cite import Entry
from generator.desk.edit import as_read, block, scalar
from generator.desk.files import DeskError
from generator.draft.comparing import ToldFigure
from generator.draft.proposing import Proposal
from generator.load.yaml import read
from generator.model.content import Dispute
from generator.texts.characters import one_line

COMMENT = 200
"""Characters of a comment that quotes others."""


class Texts(Struct, frozen=True):
    """The texts that a model proposes, with notes on them for the editor."""

    title: str = ""
    dek: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Markdown by the id of the part, including the story's own text."""
    doubts: tuple[str, ...] = ()
    """Claims that tracing did not find in the sources, worded for the editor."""
    dropped: tuple[str, ...] = ()
    """What was dropped from the answer, and why."""


class Skeleton(Struct, frozen=True):
    """Everything that a draft contains."""

    title: str
    titled_by: str
    """The source whose headline the title is."""
    section: str
    sections: tuple[str, ...]
    published: datetime
    event: date
    citations: Mapping[str, Entry]
    proposal: Proposal
    disputes: Sequence[Dispute]
    figures: Sequence[ToldFigure]
    texts: Texts
    schema: str
    """The comment that points an editor to the schema."""


def yaml_of(made: Skeleton) -> str:
    """The file. Raises `DeskError` if it would not read back as intended."""
    texts = made.texts
    lines = [made.schema.rstrip("\n"), "# A draft made of pages: a proposal, for you to look at. Nothing of it is out."]
    lines += _comments("Not taken from the model's answer:", list(map(one_line, texts.dropped)))
    lines += _figures(made.figures)
    lines += [f"title: {scalar(one_line(texts.title or made.title))}{_of_title(made)}"]
    lines += [f"dek:{f' {scalar(one_line(texts.dek))}' if texts.dek else ''}"]
    lines += [f"section:{f' {made.section}' if made.section else ''}    # {', '.join(made.sections)}"]
    lines += [f"published: {made.published.isoformat()}", f"event: {made.event}    # as the earliest page is dated"]
    lines += [f"topics: [{', '.join(made.proposal.topics)}]", f"mentions: [{', '.join(made.proposal.mentions)}]"]
    if made.proposal.updates:
        lines += [f"# updates: {made.proposal.updates}    # does it go on from this story?"]
    lines += ["draft: true"]
    if made.disputes:
        lines += ["disputed:", *_disputed(made.disputes)]
    lines += _comments("Not found in the sources; look at each before you keep it:", list(map(one_line, texts.doubts)))
    lines += [*_body(texts), f"citations:{block(made.citations, 2)}"]
    text = "\n".join(lines) + "\n"
    _verify(text, made)
    return text


def _of_title(made: Skeleton) -> str:
    return "" if made.texts.title else f"    # the headline of @{made.titled_by}: write your own"


def _comments(head: str, said: Sequence[str]) -> list[str]:
    return [f"# {head}", *(f"#   {words[:COMMENT]}" for words in said)] if said else []


def _figures(figures: Sequence[ToldFigure]) -> list[str]:
    width = max((len(told.text) for told in figures), default=0)
    found = [f"{one_line(told.text):<{width}}  {', '.join(f'@{id_}' for id_ in told.sources)}" for told in figures]
    return _comments("Figures that were found, and who has them:", found)


def _disputed(disputes: Iterable[Dispute]) -> Iterator[str]:
    for dispute in disputes:
        yield f"  - point: {scalar(one_line(dispute.point))}"
        yield "    versions:"
        for version in dispute.versions:
            value = scalar(one_line(version.value), in_flow=True)
            yield f"      - {{value: {value}, sources: [{', '.join(version.sources)}]}}"


def _body(texts: Texts) -> list[str]:
    """The story's own text and its parts, as YAML blocks, so that they can be nothing but text."""
    own = {id_: text for id_, text in texts.texts.items() if id_ != "body"}
    lines = ["body: |", *_indented(texts.texts.get("body", ""), 2)]
    if own:
        lines.append("parts:")
        for id_, text in own.items():
            lines += [f"  {id_}: |", *_indented(text, 4)]
    return lines


def _indented(text: str, by: int) -> list[str]:
    return [f"{' ' * by}{line}".rstrip() for line in text.split("\n")]


def _verify(text: str, made: Skeleton) -> None:
    """Read the file back: it must hold what was intended and nothing else."""
    document = read("", text.encode())
    found = document.value if isinstance(document.value, dict) else {}
    parts = {id_: f"{text}\n" for id_, text in made.texts.texts.items() if id_ != "body"}
    meant: dict[str, Any] = {"draft": "true", "citations": as_read(made.citations)}
    meant |= {"parts": parts} if parts else {}
    optional = {"parts", "disputed"} if made.disputes else {"parts"}
    fields = {"title", "dek", "section", "published", "event", "topics", "mentions", "draft", "body", "citations"}
    is_meant = found.keys() - optional == fields and all(found.get(name) == value for name, value in meant.items())
    if document.problems or not is_meant:
        raise DeskError("what the pages say cannot be written down safely: begin the story with `citewire new story`")
