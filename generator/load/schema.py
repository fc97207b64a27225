"""Make JSON Schemas for all kinds of file from the forms, for completion and warnings in an editor.

Draft 7 (https://json-schema.org/draft-07), which the YAML language server reads. `enumDescriptions` is not standard:
editors show it beside an id.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from generator.load import days, forms, records, shapes
from generator.model.library import Library
from generator.tables import table
from generator.texts.slugs import SLUG_LIMIT

Schema = dict[str, Any]
Ids = Mapping[str, str]
"""Names by id."""

DIALECT = "http://json-schema.org/draft-07/schema#"
STORY_LIMIT = 300
"""How many slugs of stories are offered: editors look for recent ones."""
_TEXT = ["string", "number"]
"""A number without quotation marks is read as text."""
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_MOMENT = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$"
_DAY = r"^\d{4}-\d\d-\d\d$"
_PLACE = rf"^(?:{'|'.join(shapes.PLACES)})/[a-z0-9]+(-[a-z0-9]+)*$"
_ADDRESS = r"^[Hh][Tt][Tt][Pp][Ss]?://\S+$"


class _Kind(Struct, frozen=True):
    """A kind of file: its form, and the ids of this newsletter for some of its fields."""

    shape: shapes.Shape[Any]
    title: str
    known: Mapping[str, Ids] = field(default_factory=dict)
    """The only valid ids, by field name."""
    offered: Mapping[str, Ids] = field(default_factory=dict)
    """Ids to offer where others are valid too, by field name."""


def schemas(library: Library, stories: Iterable[str]) -> dict[str, Callable[[], bytes]]:
    """Functions that return the schema of each kind of file as JSON, by its name (`story`, `edition` and so on).

    Uses only the newsletter and the vocabularies of the library; `stories` are the slugs to offer.
    """
    return {name: partial(_written, kind, name) for name, kind in _kinds(library, stories).items()}


def _kinds(library: Library, stories: Iterable[str]) -> dict[str, _Kind]:
    publishers = {id_: publisher.name for id_, publisher in library.publishers.items()}
    offered = dict.fromkeys(list(stories)[:STORY_LIMIT], "")
    known = {
        "section": {id_: section.title for id_, section in library.newsletter.sections.items()},
        "parts": {id_: part.title for id_, part in library.newsletter.parts.items() if part.title},
        "topics": {id_: topic.name for id_, topic in library.topics.items()},
        "mentions": {id_: entity.name for id_, entity in library.entities.items()},
        "publisher": publishers,
        "relays": publishers,
    }
    return {
        "story": _Kind(forms.STORY, "A story", known, {"updates": offered}),
        "edition": _Kind(forms.EDITION, "An edition", offered={"stories": offered}),
        "newsletter": _Kind(forms.NEWSLETTER, "The newsletter"),
        "publishers": _Kind(forms.PUBLISHERS, "Who published the sources"),
        "entities": _Kind(forms.ENTITIES, "What stories mention"),
        "topics": _Kind(forms.TOPICS, "What stories share"),
        "glossary": _Kind(forms.GLOSSARY, "Terms that pages explain"),
        "withdrawn": _Kind(forms.WITHDRAWN, "Stories and editions that were taken back"),
        "comments": _Kind(forms.COMMENTS, "How many comments the editions had when they were counted"),
    }


def _written(kind: _Kind, name: str) -> bytes:
    schema = {"$schema": DIALECT, "title": kind.title, **_schema(kind.shape, (), kind, _descriptions(name))}
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def _descriptions(name: str) -> Mapping[str, str]:
    """Descriptions of the fields of a kind of file, by path (`citations.url`)."""
    return _all_descriptions().get(name, {})


@cache
def _all_descriptions() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = table(Path(__file__).with_name("fields.yml"))
    return found


Way = tuple[str, ...]


def _schema(shape: Any, way: Way, kind: _Kind, words: Mapping[str, str]) -> Schema:
    return _MAKERS[type(shape)](shape, way, kind, words)


def _record(shape: records.Form, way: Way, kind: _Kind, words: Mapping[str, str]) -> Schema:
    properties = {}
    for spec in shape.fields:
        here = (*way, spec.name)
        about = words.get(".".join(here))
        found = _schema(spec.shape, here, kind, words)
        found = found if spec.required or isinstance(spec.shape, shapes.Flag) else _or_empty(found)
        properties[spec.name] = ({"description": about} if about else {}) | found
    needed = [spec.name for spec in shape.fields if spec.required]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _or_empty(schema: Schema) -> Schema:
    """Let an optional field be present without a value, too."""
    types = schema.get("type")
    if types is None:
        return schema | {"anyOf": [*schema["anyOf"], {"type": "null"}]} if "anyOf" in schema else schema
    return schema | {"type": [*([types] if isinstance(types, str) else types), "null"]}


def _map(shape: records.MapOf, way: Way, kind: _Kind, words: Mapping[str, str]) -> Schema:
    item = _schema(shape.item, way, kind, words)
    if shape.allow_empty:
        item = {"anyOf": [item, {"type": "null"}]}
    if ids := kind.known.get(way[-1] if way else ""):
        properties = {id_: {"description": name, **item} for id_, name in ids.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}
    folders = "|".join(shape.folders)
    pattern = _SLUG.replace("^", f"^(?:{folders})?", 1) if folders else _SLUG
    return {"type": "object", "propertyNames": {"pattern": pattern}, "additionalProperties": item}


def _list(shape: records.ListOf, way: Way, kind: _Kind, words: Mapping[str, str]) -> Schema:
    unique = {"uniqueItems": True} if shape.unique else {}
    return {"type": "array", "maxItems": shape.limit, **unique, "items": _schema(shape.item, way, kind, words)}


def _slug(shape: shapes.Slug, way: Way, kind: _Kind, words: Mapping[str, str]) -> Schema:
    plain = {"type": _TEXT, "pattern": _SLUG, "maxLength": SLUG_LIMIT}
    if ids := kind.known.get(way[-1]):
        return _enum(ids)
    if ids := kind.offered.get(way[-1]):
        return {"anyOf": [_enum(ids), plain]}
    return plain


def _enum(ids: Ids) -> Schema:
    described = {"enumDescriptions": list(ids.values())} if any(ids.values()) else {}
    return {"enum": list(ids), **described}


def _either(shape: records.Either, way: Way, kind: _Kind, words: Mapping[str, str]) -> Schema:
    return {"anyOf": [_schema(shape.text, way, kind, words), _schema(shape.items, way, kind, words)]}


def _one_or_more(shape: records.OneOrMore, way: Way, kind: _Kind, words: Mapping[str, str]) -> Schema:
    item = _schema(shape.item, way, kind, words)
    return {"anyOf": [item, {"type": "array", "items": item}]}


_MAKERS: dict[type, Callable[[Any, Way, _Kind, Mapping[str, str]], Schema]] = {
    records.Form: _record,
    records.MapOf: _map,
    records.ListOf: _list,
    shapes.Slug: _slug,
    records.Either: _either,
    records.OneOrMore: _one_or_more,
    shapes.Text: lambda shape, *_: {"type": _TEXT, "maxLength": shape.limit},
    shapes.Choice: lambda shape, *_: {"enum": list(shape.words)},
    shapes.Whole: lambda shape, *_: {"type": "integer", "minimum": shape.least, "maximum": shape.most},
    shapes.Flag: lambda shape, *_: {"type": "boolean"},
    days.Day: lambda shape, *_: {"type": "string", "format": "date"},
    days.DayOrMoment: lambda shape, *_: {"type": "string", "pattern": f"{_DAY}|{_MOMENT}"},
    shapes.Place: lambda shape, *_: {"type": "string", "pattern": _PLACE},
    days.Moment: lambda shape, *_: {"type": "string", "pattern": _MOMENT},
    shapes.Address: lambda shape, *_: {"type": "string", "pattern": _ADDRESS},
}
