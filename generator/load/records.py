"""Shapes that contain others (see `load.shapes`): lists, mappings, and records that become model values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from generator.load.shapes import Flag, Pen, Shape, Slug, Text, is_empty, nearest, slug_hint
from generator.load.yaml import Value, path_text
from generator.model.problems import Path
from generator.texts.characters import code_point
from generator.texts.slips import likely
from generator.texts.slugs import SLUG, near_slug, slug_fault

_LISTING = re.compile(r"[,\n\t\[\]{}?]|:\s|:\Z|\s#|\A['\"&*!|>%@`#:-]|\A\Z")
"""Signs for which a text is several items, or none that could stand between brackets as it is."""
_SHORT = 60
"""Most characters of a text to repeat in a hint."""


class ListOf(Struct, frozen=True):
    """A list. A single value in its place is an error, since that is what a forgotten hyphen looks like."""

    item: Shape[Any]
    limit: int = 1000
    unique: bool = False

    def read(self, value: Value, path: Path, pen: Pen) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            pen.expect("a list", value, path, self._hint(value))
            return None
        if len(value) > self.limit:
            pen.note("too-long", path, f"`{path_text(path)}` has {len(value)} items; at most {self.limit} fit")
            return None
        items: dict[int, Any] = {}
        for index, entry in enumerate(value):
            if is_empty(entry):
                pen.note("empty", (*path, index), f"`{path_text((*path, index))}` is empty", "Fill it, or take it out.")
                continue
            item = self.item.read(entry, (*path, index), pen)
            if self.unique and item in items.values():
                pen.note("twice", (*path, index), f"`{item}` stands twice in `{path_text(path)}`", "Take one out.")
            elif item is not None:
                items[index] = item
        if len(items) < len(value):
            pen.readable[path] = tuple(items)
        return tuple(items.values())

    def _hint(self, value: Value) -> str:
        """How a list is written that is none: its very words, if it is one of names."""
        if isinstance(self.item, Form):
            return f"Begin each item with `- `, with its fields: {self.item.needed}."
        names = [near_slug(name) for name in value.split(",")] if isinstance(value, str) else [""]
        if isinstance(self.item, Slug) and all(names):
            return f"Write [{', '.join(names)}]."
        if isinstance(self.item, Text) and isinstance(value, str) and not _LISTING.search(value.strip()):
            is_short = len(value.strip()) <= _SHORT
            return f"Write [{value.strip()}]." if is_short else "Write it on a line of its own below, behind `- `."
        return "Write `- ` before each item, or `[a, b]` on one line."


class MapOf(Struct, frozen=True):
    """A mapping from ids to values of one shape."""

    item: Shape[Any]
    allow_empty: frozenset[str] = frozenset()
    """Ids whose value may be left empty; they are read as None."""
    folders: tuple[str, ...] = ()
    """Prefixes that an id may have, such as `editions/`."""
    beside: frozenset[str] = frozenset()
    """Fields that belong beside the mapping. If one is indented too far, neither it nor anything after it is read."""

    def _fault(self, key: str) -> str | None:
        return slug_fault(next((key[len(f) :] for f in self.folders if key.startswith(f)), key))

    def read(self, value: Value, path: Path, pen: Pen) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            self._judge_other(value, path, pen)
            return None
        read: dict[str, Any] = {}
        for key, entry in value.items():
            here = (*path, key)
            if key in self.beside:
                what = f"`{key}` is indented, and so it is part of `{path_text(path)}`"
                pen.note("unknown-field", here, what, f"Begin its line where `{path[-1]}:` begins.", at_key=True)
                break
            if fault := self._fault(key):
                pen.note("bad-id", here, f"`{key}` is not an id: {fault}", slug_hint(key), at_key=True)
                if isinstance(entry, dict):
                    self.item.read(entry, here, pen)
            elif is_empty(entry):
                if key in self.allow_empty:
                    read[key] = None
                else:
                    pen.note("empty", here, f"`{path_text(here)}` is empty", "Fill it, or take it out.", at_key=True)
            elif (item := self.item.read(entry, here, pen)) is not None:
                read[key] = item
        return read

    def _judge_other(self, value: Value, path: Path, pen: Pen) -> None:
        """Report a value that is no mapping, and what is wrong in the items of a list but for the names they have."""
        item = self.item
        if not isinstance(value, list) or not isinstance(item, Form):
            pen.expect(
                "a mapping `name: ...`", value, path, "Write a name, a colon, and the value below it or behind it."
            )
            return
        hint = f"Give each a name and a colon, as `first:`, and below it {item.needed}."
        pen.expect("a mapping `name: ...`", value, path, hint)
        for index, entry in enumerate(value):
            if isinstance(entry, dict):
                fields = {key: inner for key, inner in entry.items() if key.lower() not in _NAMES}
                item.read(fields, (*path, index), pen)


_WORDS = 4
"""Least words behind a capital and a colon that are a remark, as `Note: I left out ...`, and no field."""
_SURE = 0.75
"""Least similarity of a misspelt key to a field, for its value to be judged as that of the field."""
_NAMES = ("id", "key", "number", "ref", "index")
"""Fields with the name of a record, in lists of other programs."""


class Field(Struct, frozen=True):
    """A field of a record: its name in the file, its shape, and its name in the model if that differs."""

    name: str
    shape: Shape[Any]
    required: bool = False
    as_: str = ""


class Form(Struct, frozen=True):
    """A mapping with known fields, turned into a model value by `make`."""

    make: Callable[..., Any]
    fields: tuple[Field, ...]
    id_field: bool = False
    """Whether the last key of the path is the record's id."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Hints for names that are not fields here."""
    called: Mapping[str, str] = field(default_factory=dict)
    """Names of fields in other programs, and the fields they mean, which are then not reported missing as well.

    Several are parted by blanks: the first one that is not there is meant.
    """
    all_texts: bool = False
    """Whether all fields are texts: when a file is read in part, missing ones are then empty."""

    @property
    def needed(self) -> str:
        """The required fields, for a hint."""
        return ", ".join(f"`{spec.name}: ...`" for spec in self.fields if spec.required)

    def read(self, value: Value, path: Path, pen: Pen) -> Any | None:
        found, sound = self.read_fields(value, path, pen)
        if not sound and self.all_texts and pen.in_part:
            found, sound = {spec.as_ or spec.name: "" for spec in self.fields} | found, bool(found)
        if not sound:
            return None
        return self.make(id=path[-1], **found) if self.id_field else self.make(**found)

    def read_fields(self, value: Value, path: Path, pen: Pen) -> tuple[dict[str, Any], bool]:
        """The readable fields, and whether all required ones are among them."""
        if not isinstance(value, dict):
            self._note_other(value, path, pen)
            return {}, False
        if not path and (around := self._wrapped(value)):
            hint = "Take this line out, and begin the lines below it at the left edge."
            pen.note("unknown-field", (around,), f"`{around}` is around the whole file", hint, at_key=True)
            self.read_fields(value[around], (around,), pen)
            return {}, False
        meant = self._note_unknown(value, path, pen)
        self._judge_misnamed(value, meant, path, pen)
        found: dict[str, Any] = {}
        sound = True
        for spec in [spec for spec in self.fields if spec.required or spec.name in value]:
            entry = value.get(spec.name)
            if is_empty(entry):
                if isinstance(spec.shape, Flag) and spec.name in value:
                    what, hint = f"`{spec.name}` is empty", "Write `true` or `false`, or take the line out."
                    pen.note("empty", (*path, spec.name), what, hint, at_key=True)
                elif spec.required:
                    sound = False
                    if spec.name not in meant:
                        self._note_missing(spec, spec.name in value, path, pen)
                continue
            assert entry is not None  # noqa: S101
            read = spec.shape.read(entry, (*path, spec.name), pen)
            if read is not None:
                found[spec.as_ or spec.name] = read
            elif spec.required:
                sound = False
        return found, sound

    def _note_other(self, value: Value, path: Path, pen: Pen) -> None:
        """Report a value that is no mapping."""
        where = (" in its place" if isinstance(path[-1], int) else " below it") if path else ""
        hint = "" if path else self._listed(value)
        pen.expect("a mapping `name: value`", value, path, hint or f"Write its fields{where}: {self.needed}.")

    def _listed(self, value: Value) -> str:
        """The hint for a file that is a list of such records; empty for any other."""
        names = {spec.name for spec in self.fields if spec.required}
        inside = [names.intersection(one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        if len(inside) > 1 and all(len(found) == 1 for found in inside):
            return "Take the hyphens out: each field begins at the left edge."
        records = sum(len(found) > 1 for found in inside)
        if records > 1:
            return "Make a file of each, without hyphens and from the left edge."
        return "Take the hyphen out, and begin each line at the left edge." if records else ""

    def _note_missing(self, spec: Field, is_there: bool, path: Path, pen: Pen) -> None:
        here = (*path, spec.name)
        if is_there:
            pen.note("empty", here, f"`{path_text(here)}` is empty", "It is needed: fill it.", at_key=True)
        else:
            owner = f" in `{path_text(path)}`" if path else ""
            pen.note(
                "missing-field",
                path,
                f"`{spec.name}` is missing{owner}",
                f"Add a line `{spec.name}: ...`.",
                at_key=True,
            )

    def _judge_misnamed(self, value: Mapping[str, Value], meant: Mapping[str, str], path: Path, pen: Pen) -> None:
        """Report what is wrong in the value of a field under another name, which would be told in the next run."""
        shapes = {spec.name: spec.shape for spec in self.fields}
        for name, key in meant.items():
            is_sure = key.lower().replace("_", "-") in self.called or likely(key.lower(), [name], _SURE)
            if is_sure and name not in value and not is_empty(value[key]):
                shapes[name].read(value[key], (*path, key), pen)

    def _note_unknown(self, value: Mapping[str, Value], path: Path, pen: Pen) -> dict[str, str]:
        """Report unknown fields. Return the fields meant by them, which are not reported missing as well: their keys by
        the names of these fields."""
        meant: dict[str, str] = {}
        names = [spec.name for spec in self.fields]
        unknown = [key for key in value if key not in names]
        missing = [name for name in names if name not in value] if unknown else []
        for key in unknown:
            name = key.lower().replace("_", "-")
            called = self.called.get(name, "").split()
            near = next((one for one in called if one in missing), "")
            hint = self.elsewhere.get(name, "") or (f"Here it is called `{near}`." if near else "")
            if around := self._lost_by(key, value):
                hint = f"Indent it: it belongs below `{around}:`."
            if called and not near and not hint:
                hint = f"Here it is called `{called[0]}`, which is there already: take this one out."
            pen.note(
                "unknown-field",
                (*path, key),
                f"`{key}` is not a field here",
                hint or self._unknown_hint(key, value[key], missing, path),
                at_key=True,
            )
            if name := around or near or likely(key, missing) or likely(key.lower(), missing) or "":
                meant.setdefault(name, key)
        return meant

    def _wrapped(self, value: Mapping[str, Value]) -> str:
        """The only key of a file, if all fields are indented below it; empty if that is not so."""
        key, inner = next(iter(value.items())) if len(value) == 1 else ("", "")
        names = {spec.name for spec in self.fields if spec.required}
        return key if isinstance(inner, dict) and len(names.intersection(inner)) > 1 else ""

    def _lost_by(self, key: str, value: Mapping[str, Value]) -> str:
        """The empty field that an unknown key belongs below; empty if there is none."""
        for spec in self.fields:
            inner = spec.shape.fields if isinstance(spec.shape, Form) else ()
            if spec.name in value and is_empty(value[spec.name]) and any(key == field.name for field in inner):
                return spec.name
        return ""

    def _unknown_hint(self, key: str, value: Value, missing: list[str], path: Path) -> str:
        """A hint for a name that no field has: the nearest of the fields that are missing, else all of them."""
        if key == "<<":
            return "Merge keys are not read; write the fields out."
        if odd := next((letter for letter in key if letter.isspace() and letter != " "), ""):
            return f"It holds {code_point(odd)}, an odd space that YAML takes for a letter: delete it."
        if path and is_empty(value) and (key.isdigit() or not SLUG.match(key)):
            return "A comma cut the value before it in two: put the whole value in quotation marks."
        if near := likely(key, missing) or likely(key.lower(), missing):
            return f"Did you mean `{near}`?"
        if there := likely(key.lower(), {spec.name for spec in self.fields} - {*missing}):
            return f"`{there}` is there already: take this one out."
        is_remark = key[:1].isupper() and isinstance(value, str) and len(value.split()) >= _WORDS
        if not path and (" " in key or is_remark):
            return "Take the line out; or indent it, if it belongs to the text above it."
        return nearest(key, [spec.name for spec in self.fields])


class Either(Struct, frozen=True):
    """A text, or a list of texts."""

    text: Text
    items: ListOf

    def read(self, value: Value, path: Path, pen: Pen) -> str | tuple[str, ...] | None:
        if isinstance(value, list):
            return self.items.read(value, path, pen)
        return self.text.read(value, path, pen)


class OneOrMore(Struct, frozen=True):
    """A mapping, or a list of such mappings."""

    item: Form

    def read(self, value: Value, path: Path, pen: Pen) -> tuple[Any, ...] | None:
        if isinstance(value, dict):
            found = self.item.read(value, path, pen)
            return (found,) if found is not None else None
        return ListOf(self.item).read(value, path, pen)


def need(name: str, shape: Shape[Any], as_: str = "") -> Field:
    """A required field."""
    return Field(name, shape, required=True, as_=as_)


def may(name: str, shape: Shape[Any], as_: str = "") -> Field:
    """An optional field."""
    return Field(name, shape, as_=as_)
