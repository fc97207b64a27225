"""Break a headline into lines of similar length, as large as fits; if it does not fit, cut it with an ellipsis."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

ELLIPSIS = "…"


class Step(Struct, frozen=True):
    """A size for setting a text, and the room available at that size."""

    size: int
    lines: int
    width: float
    """Pixels."""
    measure: Callable[[str], float]
    """The length of a word in pixels at this size; called often for the same words."""


def fit(text: str, steps: Sequence[Step]) -> tuple[Step, list[str]]:
    """The first step at which a text fits, with its lines; if it fits at none, it is cut at the last."""
    for step in steps:
        lines = broken(text, step.width, step.measure)
        if len(lines) <= step.lines and not any(_is_torn(line, text) for line in lines):
            return step, balanced(lines, text, step)
    step = steps[-1]
    lines = broken(text, step.width, step.measure)
    return step, lines if len(lines) <= step.lines else _cut(lines[: step.lines], step)


def _is_torn(line: str, text: str) -> bool:
    """Whether a line ends inside a word."""
    return not set(line.split()[-1:]) <= set(text.split())


def broken(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines at most `width` pixels wide, filled one after the other. Only a word that is too wide by itself is torn."""
    return _broken(text, width, measure)[0]


def _broken(text: str, width: float, measure: Callable[[str], float]) -> tuple[list[str], float]:
    """The lines, and the width of the widest."""
    lines: list[list[str]] = [[]]
    space, at, widest = measure(" "), 0.0, 0.0
    for word in text.split():
        long = measure(word)
        for piece, length in [(word, long)] if long <= width else _torn(word, width, measure):
            if lines[-1] and at + space + length > width:
                lines.append([])
            at = at + space + length if lines[-1] else length
            lines[-1].append(piece)
            widest = max(widest, at)
    return [" ".join(line) for line in lines], widest


def _torn(word: str, width: float, measure: Callable[[str], float]) -> list[tuple[str, float]]:
    """A word in pieces that fit, each with its length."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return [(piece, measure(piece)) for piece in pieces]


def balanced(lines: list[str], text: str, step: Step) -> list[str]:
    """A text in no more lines than before, of similar length: set in the narrowest column with so few lines."""
    width = step.width
    while True:
        tried, widest = _broken(text, width, step.measure)
        if widest > width or len(tried) > len(lines) or any(_is_torn(line, text) for line in tried):
            return lines
        lines, width = tried, widest - 1


def _cut(lines: list[str], step: Step) -> list[str]:
    last = lines[-1]
    while last and step.measure(last + ELLIPSIS) > step.width:
        last = last[:-1]
    shorter = last.rpartition(" ")[0] or last
    return [*lines[:-1], shorter.rstrip(" ,;:.–—-") + ELLIPSIS]
