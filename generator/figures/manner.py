"""The manner of a figure: its hedge, its direction, and the direction of the change that led to it."""

from __future__ import annotations

import re

from generator.figures.screen import is_strange, may_have, words_in, words_of
from generator.texts.patterns import late

_HEDGES = {
    "about": "about around roughly approximately approx some circa ca. ca c. ~ ≈ an estimated estimated close-to near "
    "rund etwa environ unos約 約 약 大约 或",
    "nearly": "knapp nearly almost just-under just-below not-quite fast presque casi",
    "over": "over above more-than at-least upwards-of in-excess-of north-of exceeding past topping plus-de más-de "
    "mehr-als mindestens über as-little-as greater-than no-less-than no-fewer-than "
    "not-less-than not-fewer-than no-cooler-than no-lower-than no-shorter-than no-younger-than no-earlier-than "
    "a-little-over just-over slightly-more-than",
    "under": "under below less-than fewer-than unter weniger-als höchstens bis-zu "
    "moins-de menos-de at-most no-more-than not-more-than "
    "no-warmer-than no-higher-than no-longer-than no-older-than no-later-than at-the-most maximum-of up-to as-many-as "
    "as-much-as capped-at",
}
_GO_UP_TO = """
    add adds added adding bid came caught climb climbed climbs come comes drove geared go goes going gone grew heated
    jump jumped jumps move moved moves moving pick picked picks push pushed pushes ramp ramped ramping ramps
    bumped crept creep creeps drifted edge edged edges edging headed inch inched inches lifted mounted nudged
    revised shot soared tick ticked ticks ticking took
    rise rises rose scale scaled scales scaling sped speed speeding speeds step stepped steps summed warmed went
"""
"""Verbs whose `up to` is not a hedge: something that `sped up to 300` reached it."""
_OF = {word.replace("-", " "): kind for kind, words in reversed(_HEDGES.items()) for word in words.split()}
_BESIDE = "just|only|some|an?|the|its|their"
"""Words beside a hedge that change nothing."""
_HEDGING = "|".join(
    phrase.replace(" ", r"\s") for phrase in sorted(_OF, key=len, reverse=True) if phrase.replace(" ", "").isalpha()
)
ONE_HEDGE = rf"(?:(?:{_HEDGING})\s)?"
"""Pattern of an optional hedge, and no other words."""
HEDGE = rf"(?:(?:{_HEDGING}|{_BESIDE})\s){{0,2}}"
"""Pattern of the words allowed between a word that leads to a figure and the figure: `to more than a`."""
_ASIDE = {word for phrase in _OF for word in phrase.split()} - {"to"} | set("just only some a an the its their".split())
"""Words allowed between a word that leads to a figure and the figure."""
BEFORE_CHANGE = late(rf"\b(?:by|um)\s{HEDGE}\Z")
"""Matches before an amount of change: `fell by about 3%`."""
_LONGEST_HEDGES = len("by ") + 2 * (max(map(len, _OF)) + 1)
"""Characters before a figure that `BEFORE_CHANGE` can match: a sentence may have hundreds of figures."""


def is_behind_by(text: str, start: int) -> bool:
    """Whether `by` or `um` stands before a figure, with no more than hedges between: `fell by about 3%`."""
    return BEFORE_CHANGE.search(text, max(0, start - _LONGEST_HEDGES), start) is not None


_OF |= {f"{verb} up to": "" for verb in _GO_UP_TO.split()}
_ENDS = frozenset(phrase.split()[-1] for phrase in _OF)
"""The last words of hedges."""
_SIGNS = "~≈約约"
_BEHIND = re.compile(r"\s(?:(?P<over>or more|or higher|plus)|(?P<under>or less|or fewer))\b")

_RISE = """
    rose rise rises risen rising grew grow grows grown growing climb climbed climbs climbing increase increased
    increases increasing jump jumped jumps surge surged surges soar soared soars double doubled doubles doubling
    tripled triples tripling quadrupled swelled expand expanded expands expanding raise raised raises raising lift
    lifted lifts gain gained gains advanced rallied rallies widened added adding strengthen strengthened strengthens
    appreciated firmed stieg stiegen steigt steigen gestiegen wuchs wuchsen wächst wachsen gewachsen verdoppelt
    verdoppelte zugenommen gewann gewannen
"""
_FALL = """
    fell fall falls fallen falling drop dropped drops dropping decline declined declines declining decrease decreased
    decreases decreasing slide slid slides slipped slips dip dipped dips plunge plunged tumble tumbled sank shrank
    shrunk shrink shrinks shrinking cut cuts cutting reduce reduced reduces reducing lowered lowers lowering halved
    halves halving down eased slump slumped narrowed lost lose shed contract contracted contracts contracting weaken
    weakened weakens depreciated plummeted plummets forfeited sank sanken sinkt sinken gesunken fiel fielen fällt
    gefallen schrumpft schrumpfte geschrumpft halbierte halbiert verlor verloren
"""
_UP = f"{_RISE} up growth higher profit surplus rebound rally upside premium ahead earned earns earning"
_DOWN = f"{_FALL} lower loss losses reduction deficit cheaper discount off"
RISES, FALLS = _RISE.split(), _FALL.split()
CHANGES = "gain rise increase jump growth improvement fall drop decline decrease reduction loss".split()
"""Nouns for a change, followed by `of` and its amount."""
MORE = """more higher above ahead over longer older later up dearer clear larger bigger greater heavier taller wider
    deeper warmer hotter faster quicker costlier stronger mehr höher größer länger teurer besser""".split()
LESS = """fewer less lower below behind short under shorter younger earlier down cheaper smaller lighter narrower colder
    cooler slower weaker weniger niedriger geringer kleiner kürzer billiger schlechter""".split()
"""Words after the distance of a figure from another one: `$300 million more than forecast`."""
COMPARING = frozenset((*MORE, *LESS, "apart")) - {"over", "up", "under", "down"}
"""The unambiguous ones: the `over` of `over five years` compares nothing."""
HOW_FAR = late(
    r"(?:\s(?!(?:and|but|or|while|to|from|of|in|than)\b)[a-z-]+){0,3}?"
    rf"\s(?P<word>(?P<more>{'|'.join(MORE)})|(?P<less>{'|'.join(LESS)})|apart)\b"
)
"""Matches behind a figure that may be the distance between two others."""
_MORE, _LESS = (
    "more higher above larger bigger mehr höher größer".split(),
    "less fewer lower below smaller weniger niedriger geringer kleiner".split(),
)
"""The ones that give a figure a direction; a difference in age or distance can be seen from either side."""
_COURSES = frozenset(
    """grows growing climbs climbing increasing double doubled doubles doubling tripled triples tripling quadrupled
    widened decreases declining dropping dips slides slips cutting halved halves halving narrowed verdoppelt verdoppelte
    halbiert halbierte""".split()
)
"""Verbs for a course of events, whose figure is its end: `the deficit widened and was $4 million`."""
_TAKEN = frozenset("added adding gain gains lose lost shed forfeited gewann gewannen verlor verloren".split())
"""Verbs whose figure was gained or lost, not a change of a level: a firm that `lost $4 million` has a loss."""
_DIRECTIONS = {word: way for way, words in ((1, _UP), (-1, _DOWN)) for word in words.split() if word not in _COURSES}
_POINTING = frozenset(_DIRECTIONS)
_TELLING = _POINTING.union(("negative", "minus", "too"), _MORE, _LESS)
"""Without one of these words there is no direction."""
_DIRECTION = late(rf"\b(?:{'|'.join(_DIRECTIONS)})\b(?!-)(?!\s(?:to|from|auf|von)\b(?!\s[\d$€£]))", re.IGNORECASE)
_MORE_OR_LESS = re.compile(
    rf"\s(?:(?P<more>too\s(?:much|many|high)|{'|'.join(_MORE)})|too\s(?:little|few|low)|{'|'.join(_LESS)})\b(?!\so[dr])"
)
_RESULTS = frozenset("profit surplus premium deficit discount loss losses".split())
"""Nouns with a direction, except beside a change: `lowers the profit by 3%`."""
_UP_OF = {
    verb: -1 if verb.startswith("g") else 0
    for verb in """
        gave give gives given giving made make makes making take takes taken taking took set sets setting ended ends
        wound held hold holds backed signed opened called used uses ate eaten eats split splits tied bought buys caught
        """.split()
}
"""Verbs whose `up` is no rise, with their direction: `gave up 3%` is a loss, `made up 3%` a share."""
_BREAK = re.compile(r"[\d;:,.()]")
_STANDS = late(
    rf"(?:\b(?P<verb>[a-z]+ing)\s(?:and|but)\s)?\b(?:(?:is|was|are|were|stands|stood)(?:\s(?:now|currently))?|now)"
    rf"\s(?:stands\s)?(?:at\s)?{HEDGE}\Z"
)
"""Matches before a level: something `falling and is now 12%` did not fall by that, but to it."""
_WAYS = {word: way for way, words in ((1, _RISE), (-1, _FALL)) for word in words.split() if word not in _TAKEN}
_WENT_UP = frozenset("crept edged edges goes gone inched ticked ticks went".split())
"""Something that goes `up to` a level rises to it; something that `rose up to 5%` rose by at most that."""
_LEADING = _WAYS.keys() | _WENT_UP
_STANDING = frozenset("is was are were stands stood now currently at".split())
_BEGUN = re.compile(r"\A[^\s\d]*\s")
"""The rest of a word cut off at the start: there is no loss in `schloss`."""
_APART = late(
    r"[;:()]|[.,](?!\d)(?!\s(?:or\s[^,]*,\s|by\s[^,]*,\s)?\Z)"
    r"|\b(?:and|but|while|when|as|after|before|because|who|which|that|to)\b"
)
"""Ends of a clause, except the comma of `fell by half, to`, and words before another action (`cut jobs to move`)."""
_COMING = 60
"""Characters before a level that are searched for the change that led to it."""
_AHEAD, _BACK = 22, 34
"""Characters behind and before a figure that are searched."""
_OF_ANOTHER = late(
    r"[\d;:,.()]|\s(?:against|compared|after|versus|vs|while|instead|nach|gegen|gegenüber|statt|während)\b"
)
"""Ends of what is said behind a figure: the loss of `$4 million against a loss of $6 million` is another one's."""


def hedge_of(text: str, start: int, end: int) -> str:
    """Return the hedge of a figure: `about`, `nearly`, `over`, `under`, or empty."""
    if start and text[start - 1] in _SIGNS:
        return "about"
    if words := hedging(text, start):
        return _OF[words.lower()]
    if found := _BEHIND.match(text, end):
        return "over" if found["over"] else "under"
    return ""


def hedging(text: str, start: int) -> str:
    """Return the words of the hedge before a figure as written: `more than`; empty if there are none."""
    words = text[max(0, start - 30) : start].split()
    if words and words[-1].lower() in ("a", "an", "the"):
        words.pop()
    if not words or words[-1].lower() not in _ENDS:
        return ""
    for count in (3, 2, 1):
        hedge = " ".join(words[-count:])
        if hedge.lower() in _OF:
            return hedge
    return ""


def direction_of(text: str, start: int, end: int) -> int:
    """Return the direction of a figure by the words before it in its clause, else by those right behind it."""
    if words_of(text).isdisjoint(_TELLING) and not is_strange(text):
        return 0
    before = text[max(0, start - _BACK) : start]
    if start > _BACK and text[start - _BACK - 1].isalnum():
        before = _BEGUN.sub("", before)
    if before.lower().endswith(("negative ", "minus ")):
        return -1
    if breaks := list(_BREAK.finditer(before)):
        before = before[breaks[-1].end() :]
    found = list(_DIRECTION.finditer(before)) if may_have(before, _POINTING) else []
    told = _MORE_OR_LESS.match(text, end)
    if found and (BEFORE_CHANGE.search(before) or told):  # the loss may be 12% higher
        found = [word for word in found if word[0].lower() not in _RESULTS]
    if found and _STANDS.search(before):
        found = [word for word in found if not word[0].endswith("ing")]
    if found:
        return _way_of(found[-1], before) if " from " not in f"{before} " else 0
    if told:
        return 1 if told["more"] else -1
    behind = text[end : end + _AHEAD]
    if stop := _OF_ANOTHER.search(behind):
        behind = behind[: stop.start()]
    ahead = _DIRECTION.search(behind) if may_have(behind, _POINTING) else None
    return _DIRECTIONS[ahead[0].lower()] if ahead else 0


def _way_of(found: re.Match[str], text: str) -> int:
    """The direction of a word; that of `up` depends on its verb."""
    word = found[0].lower()
    verb = text[: found.start()].split()[-1:] if word == "up" else ()
    return _UP_OF.get(verb[0].lower(), 1) if verb else _DIRECTIONS[word]


def is_taken(text: str, start: int) -> bool:
    """Whether a figure was gained or lost, by the verb right before it: `lost 4,000 members`."""
    words = text[max(0, start - _BACK) : start].split()
    while words and words[-1] in _ASIDE:
        words.pop()
    return bool(words) and words[-1] in _TAKEN


_BELOW = late(
    r"(?:\s?(?:degrees?|Grad)(?:\s(?:Celsius|Fahrenheit|[CF]))?)?\s"
    r"(?:(?P<zero>(?:below|under)\s(?:zero|freezing)|unter\s(?:[Nn]ull|dem\sGefrierpunkt))|below|under|unter"
    r"|(?:[a-z]+\s)?(?:colder|cooler|lower|less|kälter|kühler|niedriger|weniger))\b"
)


def below_zero(text: str, start: int, end: int) -> int:
    """Return 1 if the words beside a figure put it below zero, -1 if below something else, 0 otherwise."""
    if text[max(0, start - len("negative ")) : start].lower().endswith(("minus ", "negative ")):
        return 1
    told = _BELOW.match(text, end)
    return 0 if told is None else 1 if told["zero"] else -1


def way_to(text: str, start: int) -> tuple[int, int]:
    """Return (came, changed): the direction of the change that led to a figure, and of a change by it; 0 if not said.

    `fell by half to 80` -> (-1, 0); `fell 3%` and `fell by about 3%` -> (0, -1).
    """
    if words_of(text).isdisjoint(_LEADING) and not is_strange(text):
        return 0, 0
    words = text[max(0, start - _BACK) : start].split()
    if words[-2:] == ["up", "to"] and words[-3:-2] and words[-3] in _WENT_UP:
        return 1, 0
    while words and (words[-1] in _ASIDE or words[-2:] in (["up", "to"], ["close", "to"])):
        words.pop()
    leading = words[-1] if words else ""
    if leading in _STANDING and (told := _STANDS.search(text, max(0, start - _BACK), start)) and told["verb"]:
        return _WAYS.get(told["verb"], 0), 0
    if leading not in ("to", "by", "auf", "um"):
        return 0, _WAYS.get(leading, 0)
    before = text[max(0, start - _COMING) : text.rfind(leading, 0, start)]
    if breaks := list(_APART.finditer(before)):
        before = before[breaks[-1].end() :]
    way = next((_WAYS[word] for word in reversed(words_in(before)) if word in _WAYS), 0)
    return (way, 0) if leading in ("to", "auf") else (0, way)
