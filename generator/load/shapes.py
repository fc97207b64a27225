"""Shapes: each says what a field may hold, and reads it while it gathers every mistake.

A shape reads a `Value` at a path and returns a value of the model, or `None` after it has told the `Pen` what is wrong.
It never stops at the first mistake.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from msgspec import Struct, field

from generator.load.yaml import Value, path_text
from generator.model import characters
from generator.model.address import web_fault
from generator.model.problems import Path, Problem
from generator.model.slips import likely

T_co = TypeVar("T_co", covariant=True)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SLUG_LIMIT = 100

_NULLS = ("", "~", "null", "Null", "NULL")
_BOOLEANS = re.compile(r"(?i:yes|no|on|off|true|false|y|n)\Z")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]{1,3}(?::[0-5]?[0-9])+\Z")


class Pen(Struct):
    """Writes down the problems of one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    standing: dict[Path, tuple[int, ...]] = field(default_factory=dict)
    """The places of what could be read of a list, by the paths of those lists that have more."""
    joined: frozenset[str] = frozenset()
    """Values of which YAML has made one paragraph, and that stand in the file as several."""
    in_part: bool = False
    """Whether as much is wanted as can be read: of what is all texts, also that to which one is lacking."""

    def note(self, rule: str, path: Path, what: str, hint: str = "", **more: Any) -> None:
        self.problems.append(Problem(rule, self.file, what, hint, path=path, **more))


class Shape(Protocol[T_co]):
    """What a field may hold."""

    def read(self, value: Value, path: Path, pen: Pen) -> T_co | None: ...


def _kind(value: Value) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else f"`{value}`" if len(value) < 40 else "text"


def _is_empty(value: Value | None) -> bool:
    return value.strip() in _NULLS if isinstance(value, str) else not value


def _expect(what: str, value: Value, path: Path, pen: Pen, hint: str = "") -> None:
    name = f"`{path_text(path)}`" if path else "the file"
    pen.note("wrong-type", path, f"{name} should be {what}, but is {_kind(value)}", hint)


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that names the known word next to a wrong one, or all of them when they are few."""
    words = sorted(known)
    if close := likely(word, words):
        return f"Did you mean `{close}`?"
    return f"Known: {', '.join(f'`{w}`' for w in words)}." if 0 < len(words) <= 24 else ""


TEXT_LIMIT = 50_000
"""Characters of the longest text. One that has more is not judged: at five times as many that would take half a
minute, and whoever wrote it has something else to mend first."""


class Text(Struct, frozen=True):
    """Text of one line or many. Blanks at its ends do not count."""

    limit: int = TEXT_LIMIT
    """Characters."""
    one_line: bool = False

    def read(self, value: Value, path: Path, pen: Pen) -> str | None:
        if not isinstance(value, str):
            hint = "Text with a colon in it, or one that begins with {, needs quotation marks."
            if isinstance(value, list):
                hint = "Write one text; one that begins with [ or with a hyphen needs quotation marks."
            _expect("text", value, path, pen, hint)
            return None
        text = value.strip()
        if len(text) > self.limit:
            what = f"`{path_text(path)}` has {len(text)} characters; at most {self.limit} fit"
            is_judged = len(text) <= TEXT_LIMIT
            hint = "Cut it." if is_judged else "Cut it, or make several of it: until then it is not judged."
            pen.note("too-long", path, what, hint)
            if not is_judged:
                return None
        if self.one_line:
            text = " ".join(text.split())
        elif value in pen.joined:
            hint = "Begin the text with `|`, and write it on the lines below, indented."
            pen.note(
                "yaml-trap", path, f"YAML joins the paragraphs of `{path_text(path)}`, or the items of a list", hint
            )
        _check_characters(text, path, pen)
        _check_traps(text, path, pen)
        return text


def _check_characters(text: str, path: Path, pen: Pen) -> None:
    seen = characters.without_disguise(text)
    if not characters.ODD.search(seen):
        return
    where = f"`{path_text(path)}`"
    if found := characters.CONTROL.search(seen):
        what = f"{where} holds the control character {_code(found[0])}"
        pen.note("control-character", path, what, "Delete it.", excerpt=found[0])
    if found := characters.DIRECTION.search(seen):
        what = f"{where} holds {_code(found[0])}, which turns the direction of text"
        hint = "It makes text read otherwise than it is written. Delete it."
        pen.note("text-direction", path, what, hint, excerpt=found[0])
    if found := characters.LOST.search(seen):
        what = f"{where} holds {_code(found[0])}, the mark of a lost letter"
        pen.note("broken-character", path, what, "Write the letter that was lost.", excerpt=found[0])


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _check_traps(text: str, path: Path, pen: Pen) -> None:
    """Words that other YAML readers take for something else: refused unless they stand in quotation marks."""
    if _BOOLEANS.match(text):
        what = f"`{text}` without quotation marks means true or false to YAML"
    elif _SEXAGESIMAL.match(text):
        what = f"`{text}` without quotation marks is a number in base 60 to YAML"
    else:
        return
    pen.note("yaml-trap", path, what, f'Write "{text}".', only_plain=True)


class Slug(Struct, frozen=True):
    """A name made of small letters, digits and single hyphens."""

    def read(self, value: Value, path: Path, pen: Pen) -> str | None:
        if not isinstance(value, str):
            _expect("a name such as `meta-coreweave`", value, path, pen)
            return None
        if slug_fault(value):
            bare = value.strip("“”„‘’«»\"'")
            is_quoted = bare != value and not slug_fault(bare)
            near = re.sub(r"[\s_.]+", "-", value.strip().lower())
            hint = f"Write it like `{'meta-coreweave-21bn' if slug_fault(near) else near}`."
            if is_quoted:
                hint = f"Write {bare}: marks like these are letters."
            pen.note("bad-id", path, f"`{value}` is not a name: {slug_fault(value)}", hint)
            return None
        _check_traps(value, path, pen)
        return value


def _slug_hint(text: str) -> str:
    near = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:SLUG_LIMIT]
    return f"Write `{near}`, if that is the name." if near else "Write it like `meta-coreweave`."


def slug_fault(text: str) -> str | None:
    """Why a text cannot be an id or the name of a file; None when it can."""
    if len(text) > SLUG_LIMIT:
        return f"it has more than {SLUG_LIMIT} characters"
    return None if SLUG.match(text) else "small letters, digits and single hyphens only"


class Choice(Struct, frozen=True):
    """One word of a few."""

    words: tuple[str, ...]
    meant: Mapping[str, str] = field(default_factory=dict)
    """Which of them is meant by other words."""
    hint: str = ""
    """What to write instead of a word that is like none of them."""

    def read(self, value: Value, path: Path, pen: Pen) -> str | None:
        if isinstance(value, str) and value in self.words:
            return value
        listed = ", ".join(f"`{w}`" for w in self.words)
        said = value.strip().lower() if isinstance(value, str) else ""
        close = self.meant.get(said) or likely(said, self.words)
        _expect(f"one of {listed}", value, path, pen, f"Did you mean `{close}`?" if close else self.hint)
        return None


_MEANT = dict.fromkeys(("true", "yes", "on"), "true") | dict.fromkeys(("false", "no", "off"), "false")
"""What words mean, in small letters, that other programs take for one of them."""


class Flag(Struct, frozen=True):
    """`true` or `false`."""

    def read(self, value: Value, path: Path, pen: Pen) -> bool | None:
        if value in ("true", "false"):
            return value == "true"
        meant = _MEANT.get(value.lower(), "") if isinstance(value, str) else ""
        _expect("`true` or `false`", value, path, pen, f"Write `{meant}`." if meant else "")
        return None


class Whole(Struct, frozen=True):
    """A whole number within bounds."""

    least: int
    most: int

    def read(self, value: Value, path: Path, pen: Pen) -> int | None:
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,6}", value) and self.least <= int(value) <= self.most:
            return int(value)
        _expect(f"a whole number from {self.least} to {self.most}", value, path, pen)
        return None


class Day(Struct, frozen=True):
    """A day, `2026-04-09`."""

    def read(self, value: Value, path: Path, pen: Pen) -> date | None:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pen.note("bad-date", path, f"there is no day `{value}`", _calendar_hint(value))
                return None
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[T ]", value):
            pen.note("bad-date", path, f"`{path_text(path)}` takes a day, without a time", f"Write {value[:10]}.")
            return None
        pen.note("bad-date", path, f"{_kind(value)} is not a day", _day_hint(value))
        return None


def _calendar_hint(text: str) -> str:
    """How many days a month has, for a day that it has not."""
    year, month = int(text[:4]), int(text[5:7])
    if year and 1 <= month <= 12:
        return f"{month_name[month]} {year} has {monthrange(year, month)[1]} days."
    return "Write a day of the calendar as 2026-04-09."


def _day_hint(value: Value) -> str:
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", value.strip())):
        return f"Write {found[1]}-{int(found[2]):02}-{int(found[3]):02}."
    return "Write year-month-day as 2026-04-09."


YEARS = range(1000, 9000)
"""So far from both ends of Python's calendar that zones and days can be added. Programs that know no time write the
year 1 (Go)."""


class Moment(Struct, frozen=True):
    """A time with its zone, `2026-04-11T07:00:00+09:00` (RFC 3339)."""

    def read(self, value: Value, path: Path, pen: Pen) -> datetime | None:
        example = "2026-04-11T07:00:00+09:00"
        if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", value):
            day = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
            hint = f"Write {value}T07:00:00+09:00, with your own time and zone." if day else f"Write it as {example}."
            pen.note("bad-date", path, f"{_kind(value)} is not a time with its zone", hint)
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            lettered = re.search(r"\s?([A-Z]{2,5})\Z", value)
            what = f"`{value}` has its zone in letters" if lettered else f"there is no time `{value}`"
            hint = f"Write how far it is from UTC: {example}." if lettered else f"Write it as {example}."
            pen.note("bad-date", path, what, hint)
            return None
        if (offset := moment.utcoffset()) is not None and offset.total_seconds() % 60:
            pen.note("bad-date", path, f"the zone of `{value}` has seconds", f"Write it as {example}.")
            return None
        if moment.tzinfo is None:
            pen.note(
                "no-zone",
                path,
                f"`{value}` names no time zone",
                f"Add yours: {value}-04:00 in New York, {value}Z for UTC.",
            )
            return None
        if moment.year not in YEARS:
            what = f"the year {moment.year} is at the end of the calendar, and was hardly meant"
            pen.note("bad-date", path, what, f"Write when it was, as {example}.")
            return None
        return moment.replace(microsecond=0)


class DayOrMoment(Struct, frozen=True):
    """A time with its zone, or only the day."""

    def read(self, value: Value, path: Path, pen: Pen) -> date | None:
        is_time = isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[T ]", value)
        return (Moment() if is_time else Day()).read(value, path, pen)


PLACES = ("editions", "sections", "topics", "entities", "publishers")
"""What shows a story, as addresses of the site begin."""


class Place(Struct, frozen=True):
    """What shows a story, as its address has it: `editions/2026-04-11`, `topics/chips`."""

    def read(self, value: Value, path: Path, pen: Pen) -> str | None:
        if not isinstance(value, str):
            _expect("a name such as `topics/chips`", value, path, pen)
            return None
        kind, _, id_ = value.partition("/")
        if kind not in PLACES or slug_fault(id_):
            known = ", ".join(f"`{name}/...`" for name in PLACES)
            pen.note("bad-id", path, f"`{value}` is nothing that shows a story", f"Known: {known}.")
            return None
        return value


class Address(Struct, frozen=True):
    """The http or https address of a page."""

    def read(self, value: Value, path: Path, pen: Pen) -> str | None:
        if not isinstance(value, str):
            _expect("an address", value, path, pen)
            return None
        if fault := web_fault(value):
            shown = "this" if "password" in fault else f"`{value[:80]}`"  # a password is not repeated
            hint = "A source is a page on the web: write its https:// address."
            if web_fault(f"https://{value}") is None:
                hint = f"Write https://{value}"
            pen.note("bad-address", path, f"{shown} is not the address of a page: {fault}", hint)
            return None
        _check_characters(value, path, pen)
        return value


class ListOf(Struct, frozen=True):
    """A list. A single value in its place is an error, since a forgotten hyphen looks like that."""

    item: Shape[Any]
    limit: int = 1000
    unique: bool = False

    def read(self, value: Value, path: Path, pen: Pen) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            _expect("a list", value, path, pen, "Write `- ` before each item, or `[a, b]` on one line.")
            return None
        if len(value) > self.limit:
            pen.note("too-long", path, f"`{path_text(path)}` has {len(value)} items; at most {self.limit} fit")
            return None
        items: dict[int, Any] = {}
        for index, entry in enumerate(value):
            if _is_empty(entry):
                pen.note("empty", (*path, index), f"`{path_text((*path, index))}` is empty", "Fill it, or take it out.")
                continue
            item = self.item.read(entry, (*path, index), pen)
            if self.unique and item in items.values():
                pen.note("twice", (*path, index), f"`{item}` stands twice in `{path_text(path)}`", "Take one out.")
            elif item is not None:
                items[index] = item
        if len(items) < len(value):
            pen.standing[path] = tuple(items)
        return tuple(items.values())


class MapOf(Struct, frozen=True):
    """A mapping from ids to values of one shape."""

    item: Shape[Any]
    allow_empty: frozenset[str] = frozenset()
    """Ids whose value may be left empty; they are read as None."""
    folders: tuple[str, ...] = ()
    """What may stand before an id, as `editions/`."""

    def _fault(self, key: str) -> str | None:
        return slug_fault(next((key[len(f) :] for f in self.folders if key.startswith(f)), key))

    def read(self, value: Value, path: Path, pen: Pen) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            _expect(
                "a mapping `name: ...`", value, path, pen, "Write a name, a colon, and the value below it or behind it."
            )
            return None
        read: dict[str, Any] = {}
        for key, entry in value.items():
            here = (*path, key)
            if fault := self._fault(key):
                pen.note("bad-id", here, f"`{key}` is not an id: {fault}", _slug_hint(key), at_key=True)
            elif _is_empty(entry):
                if key in self.allow_empty:
                    read[key] = None
                else:
                    pen.note("empty", here, f"`{path_text(here)}` is empty", "Fill it, or take it out.", at_key=True)
            elif (item := self.item.read(entry, here, pen)) is not None:
                read[key] = item
        return read


class Field(Struct, frozen=True):
    """A field of a record: its name in the file, its shape, and its name in the model where that is another."""

    name: str
    shape: Shape[Any]
    required: bool = False
    as_: str = ""


class Form(Struct, frozen=True):
    """A mapping with known fields, read into a value of the model by `make`."""

    make: Callable[..., Any]
    fields: tuple[Field, ...]
    id_field: bool = False
    """Whether the last key of the path is the record's id."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """For names that are no fields of it what to write instead."""
    all_texts: bool = False
    """Whether each field is a text, so that one that is lacking can be empty where it is read in part."""

    def read(self, value: Value, path: Path, pen: Pen) -> Any | None:
        found, sound = self.read_fields(value, path, pen)
        if not sound and self.all_texts and pen.in_part:
            found, sound = {spec.as_ or spec.name: "" for spec in self.fields} | found, bool(found)
        if not sound:
            return None
        return self.make(id=path[-1], **found) if self.id_field else self.make(**found)

    def read_fields(self, value: Value, path: Path, pen: Pen) -> tuple[dict[str, Any], bool]:
        """The fields that could be read, and whether all are there that are needed."""
        if not isinstance(value, dict):
            needed = ", ".join(f"`{spec.name}: ...`" for spec in self.fields if spec.required)
            _expect("a mapping `name: value`", value, path, pen, f"Write its fields below it: {needed}.")
            return {}, False
        meant = self._note_unknown(value, path, pen)
        found: dict[str, Any] = {}
        sound = True
        for spec in self.fields:
            entry = value.get(spec.name)
            if _is_empty(entry):
                if spec.required:
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

    def _note_unknown(self, value: Mapping[str, Value], path: Path, pen: Pen) -> set[str]:
        """Name the fields that no form has. Answers those that were meant: they are not called missing as well."""
        known = [spec.name for spec in self.fields]
        meant: set[str] = set()
        for key in value:
            if key not in known:
                hint = self.elsewhere.get(key.replace("_", "-"), "") or _unknown_hint(key, value[key], known)
                pen.note("unknown-field", (*path, key), f"`{key}` is not a field here", hint, at_key=True)
                meant.update(filter(None, [likely(key, known)]))
        return meant


def _unknown_hint(key: str, value: Value, known: list[str]) -> str:
    if key == "<<":
        return "Merge keys are not read; write the fields out."
    if odd := next((letter for letter in key if letter.isspace() and letter != " "), ""):
        return f"It holds {_code(odd)}, a blank that YAML takes for a letter: delete it."
    if _is_empty(value) and not SLUG.match(key):
        return "A comma cut the value before it in two: put the whole value in quotation marks."
    return nearest(key, known)


class Either(Struct, frozen=True):
    """Text, or a list of texts."""

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
    """A field that must be there."""
    return Field(name, shape, required=True, as_=as_)


def may(name: str, shape: Shape[Any], as_: str = "") -> Field:
    """A field that may be left out."""
    return Field(name, shape, as_=as_)
