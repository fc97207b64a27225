"""Read as much as possible of a file with mistakes, so that its other mistakes are found in the same run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from generator.load.forms import EDITION, SOURCE, STORY, make_edition, make_story
from generator.load.records import Form
from generator.load.shapes import Pen
from generator.load.yaml import Value
from generator.model.content import NO_MOMENT, Edition, MadeBy, Source, Story
from generator.model.library import EMPTY, UNREAD_IDS, UNREAD_TELLERS, Partial
from generator.model.problems import Path, Problem
from generator.texts.slips import all_likely
from generator.texts.slugs import slug_fault


def partial_story(value: Mapping[str, Value], unsure: Collection[str] = ()) -> Partial[Story]:
    """Read as much as possible of a story with mistakes. An entirely unreadable source has only its id.

    The `unsure` keys are skipped.
    """
    pen, found = _in_part(STORY, value, unsure)
    written = {} if "citations" in unsure else value.get("citations") or {}
    read = {id_: _partial_source(id_, entry) for id_, entry in written.items()} if isinstance(written, dict) else {}
    blank = {"title": "", "dek": "", "section": "", "published": NO_MOMENT}
    unread = _unread(STORY, value, pen, unsure)
    if any(p.excerpt == "citations:" or p.path == ("parts", "citations") for p in pen.problems):
        unread |= {"sources", UNREAD_IDS}  # the citations are there, but indented too far
    are_known = isinstance(written, dict) and not any(map(slug_fault, written))
    if not are_known or ("sources" in unread and "citations" not in value.keys() - unsure):
        unread |= {UNREAD_IDS}
    if any(not lost.isdisjoint(_TELLERS) for _, lost in read.values()):
        unread |= {UNREAD_TELLERS}
    story = make_story(**{**blank, **found, "sources": {id_: source for id_, (source, _) in read.items()}})
    unsound = frozenset(id_ for id_, (_, lost) in read.items() if lost - _NO_EVIDENCE - _TELLERS)
    return Partial(story, unread, pen.readable, unsound, _traps(pen))


def partial_edition(value: Mapping[str, Value], unsure: Collection[str] = ()) -> Partial[Edition]:
    """Read as much as possible of an edition with mistakes. The `unsure` keys are skipped."""
    pen, found = _in_part(EDITION, value, unsure)
    blank = {"title": "", "dek": "", "one_line": "", "published": NO_MOMENT, "stories": (), "made_by": _NOBODY}
    edition = make_edition(**{**blank, **found})
    return Partial(edition, _unread(EDITION, value, pen, unsure), pen.readable, traps=_traps(pen))


_NOBODY = MadeBy("", "none")


def _in_part(form: Form, value: Mapping[str, Value], unsure: Collection[str]) -> tuple[Pen, dict[str, Any]]:
    pen = Pen("", in_part=True)
    found, _ = form.read_fields({key: entry for key, entry in value.items() if key not in unsure}, (), pen)
    return pen, found


_NO_EVIDENCE = frozenset({"accessed", "archive", "label"})
"""Fields of a source that are no evidence for claims."""
_TELLERS = frozenset({"publisher", "relays", "author"})
"""Fields that say whose a source is. Its evidence can be judged without them."""


def _partial_source(id_: str, value: Value) -> tuple[Source, frozenset[str]]:
    """The readable fields of a source, and the names of the others."""
    pen = Pen("")
    if not isinstance(value, dict):
        return Source(id_, "", ""), frozenset(spec.name for spec in SOURCE.fields)
    found, _ = SOURCE.read_fields(value, (), pen)
    return SOURCE.make(id=id_, **{"url": "", "publisher": "", **found}), _unread(SOURCE, value, pen, ())


def _traps(pen: Pen) -> frozenset[Path]:
    return frozenset(problem.path for problem in pen.problems if problem.only_plain)


def _unread(form: Form, value: Mapping[str, Value], pen: Pen, unsure: Collection[str]) -> frozenset[str]:
    """Model names of the fields that have mistakes, are missing though required, or may be under a misspelt key.

    A key that resembles no field may stand for any absent field.
    """
    errors = [problem for problem in pen.problems if problem.is_error and problem.path]
    hiding = [problem for problem in errors if not _is_merely_empty(problem)]
    wrong = {str(problem.path[0]) for problem in hiding}
    in_model = {spec.name: spec.as_ or spec.name for spec in form.fields}
    lacking = in_model.keys() - value.keys()
    lost = {spec.name for spec in form.fields if spec.required} & lacking
    for key in value.keys() - in_model.keys():
        lost |= set(all_likely(key.casefold(), in_model)) or lacking
    found = frozenset(in_model[name] for name in in_model.keys() & {*wrong, *unsure, *lost})
    return found | {EMPTY} if len(hiding) < len(errors) else found


_OF_TEXTS = ("takeaways", "actions", "focus")
"""Fields of an edition whose texts are read even if some are missing."""


def _is_merely_empty(problem: Problem) -> bool:
    """Whether a mistake is only that some text is empty or missing, and everything beside it was read."""
    field = problem.path[0]
    if problem.rule == "missing-field":
        return field in _OF_TEXTS
    return problem.rule == "empty" and (field in ("parts", *_OF_TEXTS) or (field == "quiz" and len(problem.path) == 2))
