"""Shapes: each defines the values that a field may have, and reads them while collecting every mistake.

A shape reads a `Value` at a path and returns a model value, or notes problems with the `Pen` and returns `None`.
It never stops at the first mistake. Shapes of time are in `days`, those that contain others in `records`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from msgspec import Struct, field

from generator.load.yaml import Value, path_text
from generator.model.address import likely_address, web_fault
from generator.model.problems import Path, Problem
from generator.texts import characters
from generator.texts.characters import code_point
from generator.texts.fences import without_code
from generator.texts.slips import likely
from generator.texts.slugs import near_slug, other_script, slug_fault

T_co = TypeVar("T_co", covariant=True)

_NULLS = ("", "~", "null", "Null", "NULL")
_BOOLEANS = re.compile(r"(?i:yes|no|on|off|true|false|y|n)\Z")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]{1,3}(?::[0-5]?[0-9])+\Z")


def kind_of(value: Value) -> str:
    """A value in words: a short text as it is written, else its kind."""
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else f"`{value.strip()}`" if len(value) < 40 else "text"


class Pen(Struct):
    """Writes down the problems of one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    readable: dict[Path, tuple[int, ...]] = field(default_factory=dict)
    """For each list with unreadable items, by its path: the indexes of the readable ones."""
    joined: frozenset[str] = frozenset()
    """Values that have several paragraphs in the file, which YAML joins into one."""
    ids_of: Callable[[str], Mapping[str, str]] = lambda vocabulary: {}
    """The ids of a vocabulary, such as `publishers`, by the names of its entries in small letters."""
    in_part: bool = False
    """Whether a file with mistakes is read in part: then a record of nothing but texts may lack some."""

    def note(self, rule: str, path: Path, what: str, hint: str = "", **more: Any) -> None:
        self.problems.append(Problem(rule, self.file, what, hint, path=path, **more))

    def expect(self, what: str, value: Value, path: Path, hint: str = "") -> None:
        """Note that the value at a path should be something else."""
        name = f"`{path_text(path)}`" if path else "the file"
        self.note("wrong-type", path, f"{name} should be {what}, but is {kind_of(value)}", hint)


class Shape(Protocol[T_co]):
    """Reads and checks the value of a field."""

    def read(self, value: Value, path: Path, pen: Pen) -> T_co | None: ...


def is_empty(value: Value | None) -> bool:
    """Whether a value is empty, or a YAML null."""
    return value.strip() in _NULLS if isinstance(value, str) else not value


MOST_KNOWN = 30
"""Most known words to list for one that resembles none of them; a story has about as many fields."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that names the known word nearest to a wrong one, or all of them if they are few."""
    words = sorted(known)
    if close := likely(word, words) or likely(word.lower(), words):
        return f"Did you mean `{close}`?"
    return f"Known: {', '.join(f'`{w}`' for w in words)}." if 0 < len(words) <= MOST_KNOWN else ""


TEXT_LIMIT = 50_000
"""Most characters of a text. A longer one is not judged: at five times as many that would take half a minute, and its
writer has something else to fix first."""


class Text(Struct, frozen=True):
    """Text of one line or many. Blanks at its ends are removed."""

    limit: int = TEXT_LIMIT
    """Most characters."""
    one_line: bool = False

    def read(self, value: Value, path: Path, pen: Pen) -> str | None:
        if not isinstance(value, str):
            hint = "Text with a colon in it, or one that begins with {, needs quotation marks."
            if isinstance(value, list):
                hint = "Write one text; one that begins with [ or with a hyphen needs quotation marks."
            pen.expect("text", value, path, hint)
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
        else:
            _check_swallowed(text, path, pen)
        _check_characters(text, path, pen)
        _check_traps(text, path, pen)
        return text


_SWALLOWED = re.compile(
    r"(?m)^(?:(?:body|parts|citations|corrections|edits|disputed|trace|image|importance|imported|takeaways|actions|focus"
    r"|quiz|made_by):[ ]*(?:[|>][-+]?[ ]*)?$|(?:topics|mentions|aliases|stories):[ ]*(?:\[.*)?$|draft: (?:true|false)$"
    r"|(?:published|updated|event): \d{4}-)"
)
"""A line of a text that looks like a field of the file."""
_LIKE_A_FIELD = re.compile(r":(?=[ ]*(?:[|>\[]|\n|\Z)| (?:\d{4}-|true|false))")
"""Every such line has one of these colons, and most texts have none, so this check first is many times as fast."""


def _check_swallowed(text: str, path: Path, pen: Pen) -> None:
    """Report a field that is indented as far as a text block, which makes it part of the text."""
    if not _LIKE_A_FIELD.search(text):
        return
    if found := _SWALLOWED.search(without_code(text)):
        name = found[0].partition(":")[0]
        what = f"`{name}:` is indented, and so it is part of the text of `{path_text(path)}`"
        pen.note(
            "yaml-trap", path, what, "Begin its line further to the left, as the other fields.", excerpt=f"{name}:"
        )


def _check_characters(text: str, path: Path, pen: Pen) -> None:
    seen = characters.without_disguise(text)
    if not characters.ODD.search(seen):
        return
    where = f"`{path_text(path)}`"
    if found := characters.CONTROL.search(seen):
        what = f"{where} holds the control character {code_point(found[0])}"
        pen.note("control-character", path, what, "Delete it.", excerpt=found[0])
    if found := characters.DIRECTION.search(seen):
        what = f"{where} holds {code_point(found[0])}, which turns the direction of text"
        hint = "It makes text read otherwise than it is written. Delete it."
        pen.note("text-direction", path, what, hint, excerpt=found[0])
    if found := characters.LOST.search(seen):
        what = f"{where} holds {code_point(found[0])}, the mark of a lost letter"
        pen.note("broken-character", path, what, "Write the letter that was lost.", excerpt=found[0])


def _check_traps(text: str, path: Path, pen: Pen) -> None:
    """Report words that other YAML readers take for something else, unless they are in quotation marks."""
    if _BOOLEANS.match(text):
        what = f"`{text}` without quotation marks means true or false to YAML"
    elif _SEXAGESIMAL.match(text):
        what = f"`{text}` without quotation marks is a number in base 60 to YAML"
    else:
        return
    pen.note("yaml-trap", path, what, f'Write "{text}".', only_plain=True)


class Slug(Struct, frozen=True):
    """A name of lower-case letters, digits and single hyphens."""

    of: str = ""
    """The vocabulary that has it; empty if none has."""

    def read(self, value: Value, path: Path, pen: Pen) -> str | None:
        if not isinstance(value, str):
            brackets = "" if isinstance(value, dict) else ", without brackets"
            pen.expect("a name such as `meta-coreweave`", value, path, f"Write the name alone{brackets}.")
            return None
        if fault := slug_fault(value):
            hint = id_hint(value, pen.ids_of(self.of), self.of) if self.of else ""
            hint = hint or slug_hint(value, isinstance(path[-1], int))
            pen.note("bad-id", path, f"`{value}` is not a name: {fault}", hint)
            return None
        _check_traps(value, path, pen)
        return value


def id_hint(text: str, ids: Mapping[str, str], vocabulary: str) -> str:
    """A hint for a text that was meant as an id of a vocabulary; empty if it is like nothing there.

    `ids` are the ids by the names of the entries, in small letters.
    """
    near, known = near_slug(text), {*ids.values()}
    if not near or not known or not slug_fault(without_marks(text)):
        return ""
    if found := ids.get(without_marks(text).lower()):
        return f"Write `{found}`" + ("." if found == near else f": that is the id of {without_marks(text)}.")
    if near in known:
        return f"Write `{near}`."
    if len(_names_in(text)) < 2 and (close := likely(near, known, _ALIKE)):
        return f"Did you mean `{close}`?"
    if vocabulary == "sections":
        return f"{nearest('', known)} Otherwise add `{near}` to `sections` in newsletter.yml.".strip()
    return f"Write it like `{near}`, and add that to publishers.yml." if vocabulary == "publishers" else ""


_ALIKE = 0.75
"""Least similarity of what was written to an id that is proposed for it."""


def without_marks(text: str) -> str:
    """A text without the quotation marks around it, of which YAML takes the curly ones for letters."""
    return text.strip().strip("“”„‘’«»\"'").strip()


def slug_hint(text: str, in_list: bool = False) -> str:
    """A hint for a text that was meant as a slug."""
    bare = without_marks(text)
    if bare != text and not slug_fault(bare):
        return f"Write {bare}: marks like these are letters."
    if odd := other_script(text):
        return f"It holds `{odd}` ({code_point(odd)}), which is no Latin letter."
    near = near_slug(text)
    if in_list and (several := _names_in(text)):
        return f"Write `{near}`; or, if they are {len(several)} names, a comma between them."
    return f"Write it like `{near or 'meta-coreweave-21bn'}`."


def _names_in(text: str) -> list[str]:
    """The names that stand in a text without commas; none if it is one, or no list of names."""
    several = re.split(r"[\s;]+", text.strip())
    return several if len(several) > 1 and not any(map(slug_fault, several)) else []


class Choice(Struct, frozen=True):
    """One of a few words."""

    words: tuple[str, ...]
    meant: Mapping[str, str] = field(default_factory=dict)
    """Other words, and the valid ones that they mean."""
    hint: str = ""
    """The hint for a word that resembles none of them."""

    def read(self, value: Value, path: Path, pen: Pen) -> str | None:
        if isinstance(value, str) and value in self.words:
            return value
        listed = ", ".join(f"`{w}`" for w in self.words)
        said = without_marks(value).lower() if isinstance(value, str) else ""
        close = self.meant.get(said) or likely(said, self.words)
        pen.expect(f"one of {listed}", value, path, f"Did you mean `{close}`?" if close else self.hint)
        return None


_MEANT = dict.fromkeys(("true", "yes", "on"), "true") | dict.fromkeys(("false", "no", "off"), "false")
"""Words, in lower case, that other programs take for true or false."""


class Flag(Struct, frozen=True):
    """`true` or `false`."""

    def read(self, value: Value, path: Path, pen: Pen) -> bool | None:
        if value in ("true", "false"):
            return value == "true"
        meant = _MEANT.get(without_marks(value).lower(), "") if isinstance(value, str) else ""
        pen.expect("`true` or `false`", value, path, f"Write `{meant}`." if meant else "")
        return None


class Whole(Struct, frozen=True):
    """A whole number within bounds."""

    least: int
    most: int

    def read(self, value: Value, path: Path, pen: Pen) -> int | None:
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,6}", value) and self.least <= int(value) <= self.most:
            return int(value)
        is_number = isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value)
        hint = "" if is_number else "Write the number alone, in digits."
        pen.expect(f"a whole number from {self.least} to {self.most}", value, path, hint)
        return None


PLACES = ("editions", "sections", "topics", "entities", "publishers")
"""Kinds of pages that show a story, as their paths begin."""


class Place(Struct, frozen=True):
    """The path of a page that shows a story: `editions/2026-04-11`, `topics/chips`."""

    def read(self, value: Value, path: Path, pen: Pen) -> str | None:
        if not isinstance(value, str):
            pen.expect("a name such as `topics/chips`", value, path)
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
            pen.expect("an address", value, path, "Write one address, without brackets.")
            return None
        if fault := web_fault(value):
            shown = "this" if "password" in fault else f"`{value[:80]}`"  # a password is not repeated
            hint = "A source is a page on the web: write its https:// address."
            if (near := likely_address(without_marks(value))) and "password" not in fault:
                hint = f"Write {near}"
            pen.note("bad-address", path, f"{shown} is not the address of a page: {fault}", hint)
            return None
        _check_characters(value, path, pen)
        return value
