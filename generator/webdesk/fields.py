"""Turn the schema of a file into the fields of a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
Field = dict[str, Any]

LINE_LIMIT = 1000
"""Characters; a text that may be longer gets a field with several lines."""
FIRST = ("title", "dek", "one_line", "section", "published", "body", "citations", "stories", "made_by")
"""What a writer fills in first. The rest follows in schema order."""
_ENTRY_ID = {"label": "id", "name": "id", "widget": "string", "hint": "Small letters, digits and hyphens."}


def fields_of(schema: Schema) -> list[Field]:
    """The fields of a mapping with known names, those to fill in first at the front."""
    needed, names = set(schema.get("required", ())), list(schema["properties"])
    if "section" in names or "one_line" in names:  # a story or an edition, whose file has another order
        names.sort(key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    return [
        _field(name, schema["properties"][name], name in needed) for name in names if _can(schema["properties"][name])
    ]


def _can(schema: Schema) -> bool:
    """Whether a form can edit it: not if it may be a mapping or a list, which is left in the file as it is."""
    ways = [each.get("type") for each in schema.get("anyOf", ())]
    return not ("object" in ways and "array" in ways)


def entries_of(schema: Schema) -> list[Field]:
    """The fields of each entry of a mapping by id, starting with the id."""
    return [_ENTRY_ID, *fields_of(schema["additionalProperties"])]


def maps_in(schema: Schema) -> Iterator[str]:
    """The names of fields that are mappings by ids of the writer's choice, which a form shows as lists."""
    for name, found in schema["properties"].items():
        if isinstance(_plain(found).get("additionalProperties"), Mapping):
            yield name


def _field(name: str, schema: Schema, is_needed: bool) -> Field:
    """One field. `is_needed` says whether a file without it is invalid."""
    shape = _plain(schema)
    field: Field = {"label": name.replace("_", " ").capitalize(), "name": name, "required": is_needed, **_widget(shape)}
    if field["widget"] == "object" and not is_needed:
        field["fields"] = [{**inside, "required": False} for inside in field["fields"]]
        field["collapsed"] = True
    if field["widget"] == "list":
        field["default"] = []  # otherwise a form starts with an empty entry
    if field["widget"] == "datetime" and not is_needed:
        field["default"] = ""  # or with the current day
    if about := schema.get("description"):
        field["hint"] = about
    return field


def _plain(schema: Schema) -> Schema:
    """The schema without null, and with only the first of several alternatives."""
    if "anyOf" in schema:
        first = schema["anyOf"][0]
        return _plain({**first, **{key: value for key, value in schema.items() if key != "anyOf"}})
    kind = schema.get("type")
    kinds = [word for word in kind if word != "null"] if isinstance(kind, list) else [kind]
    return {**schema, "type": kinds[0]}


def _widget(shape: Schema) -> Field:
    if "enum" in shape:
        return {"widget": "select", "options": _options(shape)}
    return _OF_TYPE.get(str(shape["type"]), _text)(shape)


def _options(shape: Schema) -> list[dict[str, str]]:
    names = shape.get("enumDescriptions") or shape["enum"]
    return [{"label": str(name or id_), "value": str(id_)} for id_, name in zip(shape["enum"], names, strict=True)]


def _text(shape: Schema) -> Field:
    if shape.get("format") == "date":
        return {"widget": "datetime", "format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": False}
    if "T " in shape.get("pattern", ""):  # a moment: a day and a time with its zone
        return {"widget": "datetime", "format": "YYYY-MM-DDTHH:mm:ssZ"}
    if shape.get("maxLength", 0) > LINE_LIMIT:
        return {"widget": "text"}
    pattern = {"pattern": [shape["pattern"], "not written as it must be"]} if "pattern" in shape else {}
    return {"widget": "string", **pattern}


def _array(shape: Schema) -> Field:
    items = _plain(shape["items"])
    if "enum" in items:
        return {"widget": "select", "multiple": True, "options": _options(items)}
    if items.get("type") == "object":
        return {"widget": "list", "fields": fields_of(items), "collapsed": True}
    return {"widget": "list", "field": {"label": "Entry", "name": "entry", **_widget(items)}}


def _object(shape: Schema) -> Field:
    if isinstance(shape.get("additionalProperties"), Mapping):
        return {"widget": "list", "fields": entries_of(shape), "collapsed": True, "summary": "{{fields.id}}"}
    return {"widget": "object", "fields": fields_of(shape)}


def _whole(shape: Schema) -> Field:
    return {"widget": "number", "value_type": "int", "min": shape["minimum"], "max": shape["maximum"]}


def _flag(shape: Schema) -> Field:
    return {"widget": "boolean", "default": False}


_OF_TYPE: dict[str, Callable[[Schema], Field]] = {
    "array": _array,
    "object": _object,
    "boolean": _flag,
    "integer": _whole,
}
