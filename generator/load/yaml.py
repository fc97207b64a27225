"""Read YAML quickly and strictly: every scalar stays the text that was written.

So `no`, `12:30` and `2026-1-5` do not become something else; the shapes (`load.shapes`) interpret the fields.
Positions are found only if something is wrong, by parsing the file a second time (`load.places`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace
from yaml.constructor import ConstructorError
from yaml.error import YAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.load.syntax import is_story, line_and_column, problem_at, rows_of, spot_of, syntax_problem
from generator.load.wrapping import unwrapped
from generator.model.problems import Path, Problem
from generator.tables import LOADER, doubled

Value = str | list["Value"] | dict[str, "Value"]
"""The content of a YAML file: only texts, lists and mappings."""

SIZE_LIMIT = 512 * 1024
"""Most bytes of a file. The largest sample story has 9 KB; half a megabyte is a mistake or an attack."""
MOST_TOLD = 20
"""Most anchors, aliases and tags to report per file, and most cut texts: a malicious file has thousands."""
MOST_WRAPPED = 3
"""Most things around a file past which it is read: a fence, front matter in it, and a remark."""
DEPTH_LIMIT = 24
"""Most levels of nesting. The deepest of our forms has 5."""

_TAGS = {
    ScalarNode: LOADER.DEFAULT_SCALAR_TAG,
    SequenceNode: LOADER.DEFAULT_SEQUENCE_TAG,
    MappingNode: LOADER.DEFAULT_MAPPING_TAG,
}
_SUSPECT = re.compile(r"(?m)(?:^|[\s\[{,:?-])(?:&[^\s&]|![!<\w])")
_LISTED = re.compile(r"(?m)^[ \t]*(?:[-*+]|\d{1,3}[.)]|\|)[ \t]")
_HEADED = re.compile(r"(?m)^[ \t]*#{1,6}[ \t].*")
_HASH = re.compile(r"#(?<=[ \t]#)(?=[^\s#!])")


class _TooDeepError(YAMLError):
    """Nesting is too deep. Raised inside libyaml's composer, and caught by its caller."""

    def __init__(self, node: Node | None) -> None:
        super().__init__("too deep")
        self.mark: Any = node.start_mark if node else None


class _Strict(LOADER):  # type: ignore[misc]
    """libyaml's loader, with duplicate keys noticed and nesting limited.

    libyaml's composer recurses on the C stack, so a hundred thousand brackets would crash the process. The two resolver
    methods are the only callbacks on its way down and up.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.doubled: list[ScalarNode] = []
        self.folded: list[ScalarNode] = []
        self._depth = 0

    def descend_resolver(self, current_node: Node | None, current_index: Any) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise _TooDeepError(current_node)

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def resolve(self, kind: type[Node], value: str | None, implicit: tuple[bool, bool]) -> str:
        """The base resolver's default tag for each kind, which is enough if scalars stay text."""
        tag: str = _TAGS[kind]
        return tag

    def construct_document(self, node: Node) -> Value:
        """The value of a document, without PyYAML's constructors: texts, lists and mappings do not need them."""
        return self._value(node, 0)

    def _value(self, node: Node, depth: int) -> Value:
        if isinstance(node, ScalarNode):
            text: str = node.value
            if node.start_mark.line != node.end_mark.line and node.style != "|":
                self.folded.append(node)
            return text
        if depth > DEPTH_LIMIT:  # only an alias could lead here
            raise _TooDeepError(node)
        if isinstance(node, SequenceNode):
            return [self._value(child, depth + 1) for child in node.value]
        mapping: dict[str, Value] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                told = "while constructing a mapping", node.start_mark, "found unhashable key", key.start_mark
                raise ConstructorError(*told)
            mapping[key.value] = self._value(value, depth + 1)
        if len(mapping) != len(node.value):
            self.doubled += doubled(node)
        return mapping


class Document(Struct, frozen=True):
    """One file: its value, or the problems for which it could not be read."""

    file: str
    text: str
    value: Value | None
    problems: tuple[Problem, ...] = ()
    joined: frozenset[str] = frozenset()
    """Values written as several paragraphs or list items, which YAML joins into one."""
    left_out: frozenset[int] = frozenset()
    """Lines of problems that are told, and past which the file was read."""
    moved: int = 0
    """The line from which the text was read as if it stood further to the right (`wrapping.MOVED`); 0 if none was."""

    @property
    def is_draft(self) -> bool:
        """Whether the file is marked as a draft."""
        return isinstance(self.value, dict) and self.value.get("draft") == "true"


def read(file: str, data: bytes) -> Document:
    """Parse the bytes of a file. Problems of the YAML itself already carry their line and column."""
    if len(data) > SIZE_LIMIT:
        what = f"the file has {len(data) // 1024} KB; at most {SIZE_LIMIT // 1024} are read"
        return _refused(file, "", problem_at("file-size", file, what, "Split it into several stories."))
    try:
        text = _decoded(data)
    except UnicodeDecodeError as error:
        return _refused(file, "", _encoding_problem(file, data, error))
    if refusals := tuple(islice(_unwanted(file, text), MOST_TOLD)):
        return _refused(file, text, *refusals)
    try:
        return _parsed(file, text)
    except _TooDeepError as error:
        what = f"the file nests deeper than {DEPTH_LIMIT} levels"
        hint = "No file here needs more than 5: close the brackets, or indent less."
        return _refused(file, text, problem_at("nesting", file, what, hint, spot_of(error.mark)))
    except YAMLError as error:
        return _refused(file, text, syntax_problem(file, text, error))


def read_on(document: Document) -> Document:
    """A file that is not YAML, read without what stands around it, if that is all that is wrong with its YAML.

    It keeps its problems. Its text is then that which was read, with the same lines.
    """
    if document.value is not None or len(document.problems) != 1 or document.problems[0].rule != "yaml-syntax":
        return document
    found, moved, told, left = document, 0, list(document.problems), set[int]()
    for _ in range(MOST_WRAPPED):
        line = told[-1].line
        rest = unwrapped(rows_of(found.text), line, is_story(document.file))
        if rest is None:
            return document
        found, moved = read(document.file, "\n".join(rest.rows).encode()), rest.body or moved
        left.add(line)
        if found.value is not None:
            return replace(found, problems=(*told, *found.problems), left_out=frozenset(left), moved=moved)
        told += found.problems[:1]
        if not found.problems:
            break
    return document


def compose(text: str) -> Node | None:
    """The nodes of a text with their places; None if it is not valid YAML."""
    try:
        return yaml.compose(text, Loader=_Strict)
    except YAMLError:
        return None


def path_text(path: Path) -> str:
    """A path in readable form: `citations.hubkub.url`, `takeaways[2].text` (counting from 1)."""
    words = ""
    for step in path:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if words else step
    return words


def _decoded(data: bytes) -> str:
    """The text of a file. UTF-16 without a BOM is valid UTF-8 full of NUL, so it is detected and reported as UTF-16."""
    if data.count(0) * 4 > len(data):
        raise UnicodeDecodeError("utf-8", data, 0, 1, "UTF-16")
    return data.decode("utf-8-sig")


def _encoding_problem(file: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    hint = "Save the file as UTF-8 in your editor."
    if error.reason == "UTF-16" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return problem_at("encoding", file, "the file is UTF-16", hint)
    spot = line_and_column(data[: error.start].decode("utf-8", "replace"))
    return problem_at("encoding", file, f"byte 0x{data[error.start]:02X} is not UTF-8", hint, spot)


def _parsed(file: str, text: str) -> Document:
    loader = _Strict(text)
    try:
        value = loader.get_single_data()
    finally:
        loader.dispose()
    hint = "Keep one: YAML would take the last and drop the other without a word."
    doubles = [
        problem_at("duplicate-key", file, f"`{key.value}` stands twice", hint, spot_of(key.start_mark))
        for key in loader.doubled
    ]
    joined = frozenset(str(node.value) for node in loader.folded if _is_joined(text, node))
    return Document(file, text, value, (*doubles, *islice(_cut_short(file, text), MOST_TOLD)), joined)


def _is_joined(text: str, node: ScalarNode) -> bool:
    """Whether YAML folds lines that were meant to stay apart (YAML 1.1, section 4.2.6). One hyphen may be a dash."""
    start: Any = node.start_mark
    end: Any = node.end_mark
    written, read_as = text[start.index : end.index], node.value
    lines, listed = set(read_as.split("\n")), len(_LISTED.findall(written))
    return (
        _paragraphs(written) > _paragraphs(read_as)
        or listed > max(1, len(_LISTED.findall(read_as)))
        or any(heading.strip() not in lines for heading in _HEADED.findall(written))
    )


def _paragraphs(text: str) -> int:
    lines = ["", *map(str.strip, text.split("\n"))]
    return sum(bool(line) and not before for before, line in pairwise(lines))


def _refused(file: str, text: str, *problems: Problem) -> Document:
    return Document(file, text, None, problems)


def _unwanted(file: str, text: str) -> Iterator[Problem]:
    """Features that libyaml accepts and no story needs: anchors, which can expand without bounds, and tags."""
    if not (("&" in text or "!" in text) and _SUSPECT.search(text)):
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > DEPTH_LIMIT:
                return  # reported when the file is read; libyaml takes time quadratic in the depth
            tag = getattr(event, "tag", None)
            if not getattr(event, "anchor", None) and tag in (None, "!"):
                continue
            mark: Any = event.start_mark
            written = text[mark.index :].split(maxsplit=1)[0]
            kind = "a YAML tag" if tag not in (None, "!") else "an anchor or alias of YAML"
            hint = "If it is text, put it in quotation marks; otherwise write the value out."
            yield problem_at("yaml-feature", file, f"`{written[:60]}` is {kind}", hint, spot_of(mark))
    except YAMLError:  # reported when the file is read
        return


def _cut_short(file: str, text: str) -> Iterator[Problem]:
    """Values cut short by a `#`: in `title: We are #1 in cloud`, YAML takes everything after ` #` for a comment.

    An intended comment has a blank after its `#`.
    """
    candidates = [found.start() for found in _HASH.finditer(text)]
    root = compose(text) if candidates else None
    if root is None:
        return
    spans = list(_scalar_spans(root))
    starts, ends = [start for start, _, _ in spans], {end for _, end, plain in spans if plain}
    for index in candidates:
        before, begun = _behind_blanks(text, index), bisect_right(starts, index)
        is_inside = begun > 0 and index < spans[begun - 1][1]
        last = text[before - 1 : before]
        if last.strip() and not is_inside and (last == ":" or before in ends):
            what, hint = "`#` behind a space cuts the text short", "Put the text in quotation marks."
            yield problem_at("yaml-trap", file, what, hint, line_and_column(text[:index]))


def _behind_blanks(text: str, index: int) -> int:
    """The offset at which the blanks before an offset begin, within its line."""
    while index and text[index - 1] not in "\r\n" and text[index - 1].isspace():
        index -= 1
    return index


def _scalar_spans(node: Node) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each scalar in the text, and whether it is plain (without quotation marks)."""
    if isinstance(node, ScalarNode):
        start: Any = node.start_mark
        end: Any = node.end_mark
        yield start.index, end.index, not node.style
    elif isinstance(node, SequenceNode):
        for child in node.value:
            yield from _scalar_spans(child)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _scalar_spans(key)
            yield from _scalar_spans(value)
