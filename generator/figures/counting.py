"""Counting words, mostly English: cardinals, ordinals, and fractions."""

from __future__ import annotations

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()

CARDINALS = {word: n for n, word in enumerate(_SMALL)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
"""Numbers of one word."""
GERMAN = dict(
    zip(
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig "
        "achtzig neunzig hundert".split(),
        (*range(2, 13), *range(20, 110, 10)),
        strict=True,
    )
)
"""German ones of one word. Without `ein`, which is an article."""
TO_TEN = {word: n for word, n in CARDINALS.items() if 1 <= n <= 10}
ORDINALS = {word: n for n, word in enumerate(_ORDINALS, 1)}
"""Up to the days of a month."""
GERMAN_PARTS = {"drittel": 3, "viertel": 4, "fünftel": 5, "achtel": 8, "zehntel": 10}
ORDINALS_TO_TEN = {word: n for word, n in ORDINALS.items() if n <= 10}
PARTS = dict(zip("half third quarter fifth sixth seventh eighth ninth tenth".split(), range(2, 11), strict=True))
"""Number of parts that a whole is divided into."""
SOME = {"a": 1, "an": 1} | {word: n for word, n in CARDINALS.items() if 1 <= n <= 9}
"""Number of such parts."""
A_PART = "half|" + "|".join(f"{part}s?" for part in PARTS if part != "half")
"""Pattern of a part or several."""
