"""Whether one figure may stand for another.

The written precision decides: 14.6 may stand for 14.58 but not 14.7; `nearly 15` for 14.6 but not 15.2; `$21 billion`
for $20.8 billion, but 50,000 not for 54,300, since nobody rounds so far without saying so.
"""

from __future__ import annotations

from generator.figures import dates
from generator.figures.amounts import Figure
from generator.figures.dates import Day
from generator.figures.labels import Label
from generator.figures.read import Measured
from generator.figures.units import PERCENT
from generator.model.tracing import SAME_NAME

SAME, ROUNDED, CONVERTED = "the same quantity", "rounded", "converted"

_EXACT = 1e-9
_PLAIN_LIMIT = 0.10
"""Most, as a share, that a figure with a scale (`$3 billion`) may be rounded without a hedge."""
_DIGITS_LIMIT = 0.01
"""Most, as a share, that a figure in full (50,000) may be rounded without a hedge."""
_HEDGED = 0.05
"""Share by which `about` and `nearly` may be off."""
_OVER = 0.10
"""Share by which the true figure may exceed one hedged with `over`."""
_OVER_MORE, _OVER_ONE = 0.25, 0.5
"""The most it may exceed a round figure, and a single one of something: `more than a million` may be 1.4 million."""


def follows(claim: Measured, evidence: Measured, year: int | None = None) -> str:
    """Return how a claim follows from a figure of its dimension in the evidence; empty if it does not.

    `year` is the year meant by a date in the evidence that names none.
    """
    if isinstance(claim, Figure) and isinstance(evidence, Figure):
        return _quantity(claim, evidence)
    if isinstance(claim, Day) and isinstance(evidence, Day):
        return dates.admits(claim, evidence, year)
    if isinstance(claim, Label) and isinstance(evidence, Label):
        is_same = claim.key == evidence.key and (claim.maker == evidence.maker or not (claim.maker and evidence.maker))
        return SAME_NAME if is_same else ""
    return ""


def value(item: Measured) -> object:
    """Return what two figures must share to be the same."""
    if isinstance(item, Figure):
        return item.dimension, item.low, item.high
    return (item.year, item.month, item.day, item.part, item.minute) if isinstance(item, Day) else item.key


_RISE, _FALL = "a rise or a gain", "a fall or a loss"


def opposition(claim: Measured, evidence: Measured) -> str:
    """Return why one figure contradicts the other though the number is the same; empty if it does not.

    One goes up and the other down, in the figure itself or in the change that led to it; or one is a change and the
    other a level: `fell to 3%` is not `fell by 3%`.
    """
    if not isinstance(claim, Figure) or not isinstance(evidence, Figure):
        return _other_way(claim.direction) if claim.direction * evidence.direction < 0 else ""
    if {claim.below, evidence.below} == {0, 1} and not (evidence if claim.below else claim).direction:
        here, there = ("below", "above") if claim.below else ("above", "below")
        return f"here it is {here} zero, in the source {there} it"
    if claim.came and evidence.changed:
        return "here it is what something came to, in the source by how much it changed"
    if claim.changed and evidence.came:
        return "here it is by how much something changed, in the source what it came to"
    way = claim.direction or claim.changed
    by_itself = way * (evidence.direction or evidence.changed)
    is_other = by_itself < 0 if by_itself else claim.came * evidence.came < 0
    return _other_way(way or claim.came) if is_other else ""  # a loss may rise to the level that a result fell to


def _other_way(way: int) -> str:
    here, there = (_RISE, _FALL) if way > 0 else (_FALL, _RISE)
    return f"here it is {here}, in the source {there}"


def _quantity(claim: Figure, evidence: Figure) -> str:
    if claim.is_range:
        if not evidence.is_range:
            return ""
        return _end(claim, claim.low, evidence.low, evidence) and _end(claim, claim.high, evidence.high, evidence)
    if not evidence.is_range:
        return _end(claim, claim.low, evidence.low, evidence)
    return _end(claim, claim.low, evidence.low, evidence) or _end(claim, claim.low, evidence.high, evidence)


def _end(claim: Figure, written: float, true: float, evidence: Figure) -> str:
    """How a written number follows from the true one."""
    hedges = {claim.hedge, evidence.hedge}
    if hedges == {"over", "under"}:
        return ""
    if abs(written - true) <= _EXACT * max(abs(written), abs(true), 1e-12):
        return "" if hedges == {"over", "nearly"} else SAME
    is_share = evidence.dimension == PERCENT and (evidence.weak or " in " in evidence.text)  # a sixth has no digits
    if claim.coarse <= evidence.coarse * 1.0001 and claim.factor == evidence.factor and not is_share:
        return ""  # nobody rounds to more digits than there are
    reach = admitted(claim, written)
    if not reach[0] - _EXACT * abs(written) <= true <= reach[1] + _EXACT * abs(written):
        return ""
    return CONVERTED if claim.factor != evidence.factor and claim.dimension else ROUNDED


def admitted(claim: Figure, written: float) -> tuple[float, float]:
    """Return the lowest and the highest true number that a written one may stand for."""
    size = abs(written)
    if claim.hedge == "over":
        most = _OVER_ONE if claim.coarse >= size * (1 - _EXACT) else _OVER_MORE
        return written, written + max(min(claim.coarse, most * size), _OVER * size)
    if claim.hedge in ("nearly", "under"):
        return written - max(
            min(claim.coarse, 0.25 * size) if claim.hedge == "under" else claim.step, _HEDGED * size
        ), written
    if claim.hedge == "about":
        off = max(claim.step / 2, min(claim.coarse, _HEDGED * size))
        return written - off, written + off
    off = min(claim.step / 2, _PLAIN_LIMIT * size)
    if claim.coarse >= claim.step * 1000:
        off = max(off, min(claim.coarse / 2, _DIGITS_LIMIT * size))
    return written - off, written + off
