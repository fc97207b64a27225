"""Translate the YAML library's errors into problems that editors can act on, at the place of the mistake."""

from __future__ import annotations

from msgspec import Struct
from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

from generator.load.wrapping import has_no_field, hint_for_mark, is_remark
from generator.model.problems import Problem
from generator.texts.characters import INVISIBLE, code_point
from generator.texts.patterns import late

_FORBIDDEN = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LINE_BREAK = late("\r\n|[\n\r\x85\u2028\u2029]")
"""Line breaks of YAML 1.1 (section 4.2)."""


Spot = tuple[int, int]
"""Line and column, from 1."""


class _Saying(Struct, frozen=True):
    """Words in the library's message, and our wording for it."""

    theirs: str
    what: str
    hint: str
    where_it_began: bool = False
    """Whether the mistake is where the library began to read the value, not where it gave up."""


_QUOTE = "Put the text in quotation marks."
_CLOSE = "Write the same mark at the end of the text; curly marks close nothing."
_SAYINGS = (
    _Saying(
        "could not find expected ':'",
        "a line that is neither `key: value` nor part of a text block",
        "Is a colon missing, or the blank behind it, or is the line not indented far enough?",
        where_it_began=True,
    ),
    _Saying("cannot start any token", "{char} cannot begin a value", _QUOTE),
    _Saying(
        "did not find expected key",
        "the line does not fit the ones above it",
        "Check the indentation.",
    ),
    _Saying(
        "did not find expected '-' indicator",
        "the line does not fit the list above it",
        "Begin it with `- ` in the same column as the other items.",
    ),
    _Saying(
        "did not find expected ',' or",
        "a list or mapping in brackets is not closed, or lacks a comma",
        "Check the brackets and commas. Text that begins with [ or { needs quotation marks.",
        where_it_began=True,
    ),
    _Saying(
        "did not find expected node content",
        "nothing stands where a value should",
        "Take out a comma that is too many, or write the value.",
    ),
    _Saying("unexpected end of stream", "quotation marks are opened and never closed", _CLOSE, True),
    _Saying(
        "expected comment or line break",
        "`>` and `|` begin a block, whose text stands on the lines below",
        "Write the text on the lines below, indented; or in quotation marks, if it begins with such a sign.",
    ),
    _Saying("found undefined alias", "{char} cannot begin a value", _QUOTE),
    _Saying("did not find expected alphabetic", "{char} cannot begin a value", _QUOTE, where_it_began=True),
    _Saying("mapping keys are not allowed", "{char} cannot begin a value", _QUOTE),
    _Saying("unknown directive", "`%` cannot begin a line", _QUOTE),
    _Saying("found another document", "a second document begins here", ""),
    _Saying(
        "unknown escape character", "an unknown escape after a backslash", "Write `\\\\`, or quote the text with '...'."
    ),
    _Saying("Unicode character escape", "an escape that is no character", "Write the character itself."),
    _Saying(
        "block sequence entries",
        "a list begins where none can stand",
        "Begin it on a new line. Text needs quotation marks.",
    ),
    _Saying(
        "acceptable key",
        "a list or mapping stands where a name should be",
        "Text that begins with [ or { needs quotation marks.",
    ),
    _Saying(
        "unhashable key",
        "a list or mapping stands where a name should be",
        "Text that begins with [ or { needs quotation marks.",
    ),
)
_VALUE = late(r"[ ]*(?:-[ ]+)*(?:[\w-]+[ ]*:[ ]+)?(['\"\[{])")
"""A line up to the quotation mark or bracket that opens its value; after the closing one YAML accepts no more words."""
_ODD_BLANK = late(rf"(?:\A[ ]*|\A[ ]*(?:-[ ]+)*[\w-]+[ ]*:?)([^\S \t\r\n]|[{INVISIBLE}])")
"""A line with an odd blank (U+00A0 and the like) in its indentation or beside its colon."""
_CURLY = late(r"[ ]*(?:-[ ]+)*(?:[\w-]+:[ ]+)?[“”„‘’«»]")
"""A line whose value begins with a curly quotation mark."""
_BLOCK = late(r"[|>][-+]?[ ]*\Z")
"""The end of a line that opens a text block."""
_LINKED = late(r"(?<=: )\[[^\]]*\]\((https?://[^\s()]+)\)\s*\Z")
"""A link of Markdown that is a whole value."""
_MAPPING_VALUES = "mapping values are not allowed"
_REMARK = "Indent it as far as the text that it belongs to; or take it out, if it is a remark on the file."


def line_and_column(before: str) -> Spot:
    """Line and column (from 1) of the character after `before`, counted as YAML counts lines."""
    ends = [found.end() for found in _LINE_BREAK.finditer(before)]
    return len(ends) + 1, len(before) - (ends[-1] if ends else 0) + 1


def index_of(text: str, line: int, column: int) -> int:
    """The offset of a line and column in a text: the inverse of `line_and_column`."""
    ends = [0, *(found.end() for found in _LINE_BREAK.finditer(text))]
    return ends[line - 1] + column - 1 if 0 < line <= len(ends) else len(text)


def rows_of(text: str) -> list[str]:
    """The lines of a text as YAML counts them."""
    return _LINE_BREAK.split(text)


def syntax_problem(file: str, text: str, error: YAMLError) -> Problem:
    """The problem of a file that is not YAML."""
    if isinstance(error, ReaderError):
        return _control_character(file, text)
    began, ended = _marks(error)
    rows = rows_of(text)
    if tab := _tab_before(rows, ended):
        return _problem(file, "a tab in the indentation", "Indent with spaces.", tab)
    for special in (
        _hidden_break(text, rows, began),
        _hidden_break(text, rows, ended),
        _merged(rows),
        _odd_blank(rows, began),
        _odd_blank(rows, ended),
        _fence(rows, ended),
        _without_fields(rows) if is_story(file) else None,
    ):
        if special:
            return _problem(file, *special)
    message = str(getattr(error, "problem", "") or error)
    if "did not find expected" in message and (special := _behind(rows, ended) or _below_its_block(rows, ended)):
        return _problem(file, *special)
    if _MAPPING_VALUES in message:
        return _stray_colon(file, rows, ended)
    for saying in _SAYINGS:
        if saying.theirs in message:
            spot = _on_the_page(text, rows, began if saying.where_it_began else ended)
            hint = _hint_for(_row(rows, spot)) or saying.hint or hint_for_mark(rows, spot[0], is_story(file))
            return _problem(file, saying.what.format(char=_char_at(rows, spot)), hint, spot)
    return _problem(file, f"this is not YAML: {message}", "", _on_the_page(text, rows, ended))


def _hint_for(row: str) -> str:
    """A hint for a line in the syntax of other formats; empty if it is not in one that we know."""
    start = row.lstrip()
    if start.startswith("//"):
        return "A comment begins with `#` and a blank."
    if is_remark(row):
        return _REMARK
    if start.startswith("* "):
        return "Begin the items of a list with `- `."
    return (
        "Write a plain colon and a blank: this one (：) is a letter to YAML." if "：" in row and ":" not in row else ""
    )


def is_story(file: str) -> bool:
    """Whether a file is a story's, by its name in problems."""
    return "stories" in file.split("/")[:-1]


def _problem(file: str, what: str, hint: str, spot: Spot) -> Problem:
    return problem_at("yaml-syntax", file, what, hint, spot)


def problem_at(rule: str, file: str, what: str, hint: str, spot: Spot = (1, 1)) -> Problem:
    """A problem whose place is known already."""
    return Problem(rule, file, what, hint, line=spot[0], column=spot[1])


def _control_character(file: str, text: str) -> Problem:
    """A control character. Its place is looked up here, since libyaml's reader counts in bytes."""
    found = _FORBIDDEN.search(text)
    spot = line_and_column(text[: found.start()]) if found else (1, 1)
    name = f" ({code_point(found[0])})" if found else ""
    hint = "Delete it; it may not be visible in your editor."
    return problem_at("control-character", file, f"a control character{name}", hint, spot)


def _marks(error: YAMLError) -> tuple[Spot, Spot]:
    """Where the library began to read the value that it could not finish, and where it gave up."""
    if not isinstance(error, MarkedYAMLError):
        return (1, 1), (1, 1)
    ended = error.problem_mark or error.context_mark
    return spot_of(error.context_mark or ended), spot_of(ended)


def spot_of(mark: Mark | None) -> Spot:
    """Line and column of one of the library's marks; (1, 1) if there is none."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _tab_before(rows: list[str], spot: Spot) -> Spot | None:
    row = _row(rows, spot)
    indentation = row[: len(row) - len(row.lstrip())]
    return (spot[0], indentation.index("\t") + 1) if "\t" in indentation else None


_Told = tuple[str, str, Spot]
"""The problem, the hint, and the place."""


def _row(rows: list[str], spot: Spot) -> str:
    return rows[spot[0] - 1] if spot[0] <= len(rows) else ""


def _odd_blank(rows: list[str], spot: Spot) -> _Told | None:
    found = _ODD_BLANK.match(_row(rows, spot))
    if found is None:
        return None
    where = "beside the colon" if found[0].strip() else "in the indentation"
    hint = "Delete it and type a plain space: such ones come with text copied from a web page."
    what = f"an odd space {where}, which YAML takes for a letter ({code_point(found[1])})"
    if not found[1].isspace():
        what = f"an invisible character {where} ({code_point(found[1])})"
        hint = "Delete it: such ones come with text copied from elsewhere."
    return what, hint, (spot[0], found.start(1) + 1)


def _hidden_break(text: str, rows: list[str], spot: Spot) -> _Told | None:
    """A line break that most editors do not show, right above a line that YAML cannot read."""
    ends = _LINE_BREAK.findall(text)
    if not 1 < spot[0] <= len(ends) + 1 or ends[spot[0] - 2] in ("\n", "\r", "\r\n"):
        return None
    what = f"an invisible break ends the line here ({code_point(ends[spot[0] - 2])})"
    return what, "Delete it: such ones come with text copied from elsewhere.", (spot[0] - 1, len(rows[spot[0] - 2]) + 1)


def _merged(rows: list[str]) -> _Told | None:
    """Conflict markers of a git merge, which are at the beginning of lines."""
    begins, between, ends = (
        next((number for number, row in enumerate(rows, 1) if row.startswith(sign * 7)), 0) for sign in "<=>"
    )
    if not 0 < begins < between < ends:
        return None
    hint = f"Keep one of the two sides, up to line {ends}, and delete the marks."
    return "a mark of git, which could not merge two changes", hint, (begins, 1)


def _below_its_block(rows: list[str], spot: Spot) -> _Told | None:
    """A line of a text block that is indented less than the block's first line."""
    depth = _depth(_row(rows, spot))
    for number in range(spot[0] - 1, 0, -1):
        row = rows[number - 1]
        if row.strip() and _depth(row) <= depth:
            if not _BLOCK.search(row) or _depth(row) == depth:
                return None
            hint = f"Begin each line of the text in the same column: line {number + 1} begins it."
            return "the line is not indented as far as the text above it", hint, (spot[0], depth + 1)
    return None


def _depth(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _without_fields(rows: list[str]) -> _Told | None:
    """A story as Markdown alone, or one whose fields are set in bold."""
    if not has_no_field(rows):
        return None
    hint = "Write `title: ...`, `dek: ...` and so on, each at the beginning of a line, and the text below `body: |`."
    return "this is no YAML: no line begins with a field", hint, (1, 1)


def _fence(rows: list[str], spot: Spot) -> _Told | None:
    """A code fence left in a file that was copied out of Markdown."""
    row = _row(rows, spot)
    if not row.lstrip().startswith("```"):
        return None
    hint = "Delete the lines with ```, and what does not stand between them."
    return "a fence of Markdown, which is not YAML", hint, (spot[0], _depth(row) + 1)


def _behind(rows: list[str], spot: Spot) -> _Told | None:
    """Words after the end of a value: after a closing quotation mark, or after a bracket that was meant as text."""
    end = _row(rows, spot)[: spot[1] - 1].rstrip()[-1:]
    if _row(rows, spot)[spot[1] - 1 :].strip() == "," and end:
        return "a comma stands behind the value", "Take it out: the end of the line ends the value.", spot
    if end == "]" and (found := _LINKED.search(_row(rows, spot))):
        return (
            "a link of Markdown, which is not YAML",
            f"Write the address alone: {found[1]}",
            (spot[0], found.start() + 1),
        )
    if end in ("]", "}") and (opened := _VALUE.match(_row(rows, spot))) and opened[1] in "[{":
        hint = "Text that begins with [ or { needs quotation marks."
        return "words stand behind a closing bracket", hint, (spot[0], opened.end())
    if end not in ("'", '"'):
        return None
    opened = _VALUE.match(_row(rows, spot))
    if opened and opened[1] == end and opened.end() < len(_row(rows, spot)[: spot[1] - 1].rstrip()):
        hint = "Quote the whole with '...', or write it as a block with `|`."
        if end == "'":
            hint = "Write a ' that is meant as a letter twice (''), or quote the whole with \"...\"."
        return "words stand behind a closing quotation mark", hint, spot
    for number in range(spot[0] - 1, 0, -1):
        row = rows[number - 1]
        if (opened := _VALUE.match(row)) and opened[1] == end and end not in row[opened.end() :]:
            return "quotation marks are opened and never closed", _CLOSE, (number, opened.end())
    return None


def _stray_colon(file: str, rows: list[str], spot: Spot) -> Problem:
    """A colon where none is allowed: inside plain text, or because of the line above."""
    line, column = spot
    row = _row(rows, spot)
    over = next((number for number in range(line - 1, 0, -1) if rows[number - 1].strip()), 0)
    if over and not _depth(row) and is_remark(rows[over - 1]):
        return _problem(file, "a line that is neither `key: value` nor part of a text block", _REMARK, (over, 1))
    above = rows[line - 2] if line > 1 else ":"
    if ": " in row[: column - 1] or line == 1 or not above.strip():
        hint = "Put the text in quotation marks, or write it as a block with `|`."
        if _CURLY.match(row):
            hint = "Put straight quotation marks around the text: to YAML, curly ones are letters."
        return _problem(file, "a colon and a space inside text without quotation marks", hint, spot)
    if ":" in above:
        start = _depth(row) + 1
        if _fell_back(rows[: line - 2], above, row):
            what = "the line is not indented as far as those around it"
            return _problem(file, what, "Check the indentation.", (line - 1, _depth(above) + 1))
        return _problem(
            file, "the line is indented further than the ones above it", "Check the indentation.", (line, start)
        )
    hint = "Write `key: value`; long text goes into a block with `|`."
    return _problem(file, "the line has no colon", hint, (line - 1, 1))


def _fell_back(before: list[str], above: str, row: str) -> bool:
    """Whether the line above is the wrongly indented one, since the lines on both sides of it belong together."""
    last = next((each for each in reversed(before) if each.strip()), "")
    is_first = last.rstrip().endswith(":") and _depth(last) == _depth(above) and not above.rstrip().endswith(":")
    return _depth(above) < _depth(row) and (is_first or _depth(last) == _depth(row))


def _on_the_page(text: str, rows: list[str], spot: Spot) -> Spot:
    """Move a spot after the last line to the end of that line."""
    last = len(_LINE_BREAK.findall(text)) + 1
    return spot if spot[0] <= last else (last, len(rows[-1]) + 1)


def _char_at(rows: list[str], spot: Spot) -> str:
    row = _row(rows, spot)
    sign = row[spot[1] - 1] if spot[1] <= len(row) else ""
    return "a backtick" if sign == "`" else f"`{sign}`" if sign else "the end of the line"
