"""The rule on remains of drafting: words of a machine to its user, and gaps still to be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.language import language
from generator.check.reading import all_words, own_words
from generator.check.rules import Finding, in_text
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.texts.language import primary
from generator.texts.patterns import late, places_whole

_BLANK = (
    r"(?:Your|Company|Author|Editor|Name|Person|Publisher|Amount|Number|City|Figure|Date|Source|Quote)"
    r"(?: [A-Z]\w+){0,2}|name|date|source|quote|figure|number|amount|link|url"
)
"""Words that stand in brackets for what a form leaves open."""
_TO_FILL = r"[^\[\]\n@]{0,40}\b(?i:einfügen|einsetzen|ergänzen|nachtragen|prüfen|folgt)\]"
"""How brackets of German end that hold something to be filled in."""
_COUNTED = (
    r"(?:percent|per cent|[mb]illions?|trillion|people|jobs|employees|users|customers|dollars|euros|pounds|years|months"
    r"|weeks|days|hours|Prozent|Million(?:en)?|Milliarden?|Euro|Dollar|Menschen|Jahren?|Tagen?)\b"
)
"""What follows an amount. `XX` and `XXX` before anything else may be a Roman number, or a title."""
_GAP = late(
    r"\[(?:INSERT|TODO|TBD|TBC|TK|TKTK|FIXME|PLACEHOLDER|VERIFY|CONFIRM|YOUR|XX+)\b[^\[\]\n]*\](?!\()"
    r"|\b(?:TODO|FIXME)(?=:)|\bTKTK\b|\bTBD\b(?! [A-Z])|"
    r"\[[Ii]nsert [^\[\]\n]*\](?!\()|\[(?i:citation|source|quote|figure|date|link)s? needed\]"
    rf"|\[{_TO_FILL}(?!\()|\[(?:{_BLANK})\](?!\(|\[|:\s*http)|\{{\{{[^{{}}\n]{{1,40}}\}}\}}"
    r"|(?m:^)(?:TODO|FIXME)\b(?! Group)|(?<=[.!?\]] )(?:TODO|FIXME)\b(?! Group)"
    r"|(?<!\S)\?{2,}(?!\S)"
    rf"|[$€£]X{{2,}}(?:[MBK]|bn|m)?(?![\w-])|(?<![\w-])X{{2,}}(?=[ -]?(?:%|{_COUNTED}))"
    r"|(?m:^)X{3,}$|(?<=\*\*)X{3,}(?=\*\*)"
)
_TO_COME = late(r"(?<![\w/-])TK(?![\w-]|\s(?!(?:[MB]illion|Percent)\b)[A-Z\d])")
"""What English-speaking editors write for what is to come. In German it is a name, and so before a capital."""
_BRACKET = re.compile(rf"\[(?:[A-Z]{{2}}|[Ii]nsert |(?:{_BLANK})\]|{_TO_FILL})")
_GAP_SIGNS = ("TODO", "FIXME", "TK", "TBD", " needed]", "{{", "XX", "??")
"""Every gap has one of these, except those in brackets."""


def left_over(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """Quotations and code are skipped: a story may be about such words."""
    known = language(library.newsletter.language)
    for path, text in all_words(item):
        small = text.lower().replace("’", "'")
        said = (
            [words for sign, left in known.left if sign in small for words in left if words in small] if known else []
        )
        if not said and not _BRACKET.search(text) and not any(sign in text for sign in _GAP_SIGNS):
            continue
        own = own_words(text)
        spans = [found.span() for found in _GAP.finditer(own)]
        if "TK" in own and primary(library.newsletter.language) == "en":
            spans += [found.span() for found in _TO_COME.finditer(own)]
        spans += [(at, at + len(words)) for words in said for at in places_whole(words, own.lower().replace("’", "'"))]
        told = 0
        for start, end in sorted(spans):
            if start < told:
                continue  # part of the one before
            told = end
            words = text[start:end]
            hint = "Write what should stand there, or take it out; quote it if the story is about such words."
            yield in_text(path, text, start, words, f"`{words}` was left over from drafting", hint)
