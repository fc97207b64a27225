"""Thresholds from which words around a claim and around the evidence count as being about the same thing.

All are measured in likeness (`trace.context.likeness`), or in shares and multiples of it. Some decide when another
figure or name is believed to be in the place of a claim: the higher they are, the fewer mistakes are found, and the
fewer sound sentences are blamed. `make trust` counts both on its cases, and decides.
"""

from __future__ import annotations

ABOUT_IT = 0.9
"""A figure of the evidence is about the same thing."""
ABOUT_IT_IN_EXCERPTS = 1.6
"""`ABOUT_IT` where only passages are kept, so that the true figure may be in the rest."""
NEAR_IT = ABOUT_IT / 2
"""`ABOUT_IT` where something else supports the figure too: its share of what is said, its digits, its kind."""
LIKELY = ABOUT_IT * 2 / 3
"""`ABOUT_IT` where the figure found shares almost no word with the claim."""
FAINT = ABOUT_IT / 3
"""`ABOUT_IT` where the figure has most of what is said around the claim."""
MOST_OF_IT = 0.5
"""The share of what is said around a claim that counts as most of it."""
COUNTED = 0.12
"""Needed by a small bare count, since small numbers are everywhere."""
COMMON, MOST_COMMON = 13, 100
"""Counts below these are such small numbers: in a passage that was kept for what it says, and in a whole page."""
HARDLY = COUNTED / 2
"""Below this, a figure shares almost no word with the claim."""
EXACT = 0.6
"""An exact figure is preferred to one that only rounds to the claim from this share of the best likeness on."""
OUTDONE = 0.2
"""How much better another figure must fit for one that only rounds to the claim to be dropped."""
ELSEWHERE = 2.0
"""How many times better another figure must fit for the one found to count as out of place."""
SWAPPED, SWAPPED_SHARE = 0.3, 0.15
"""How much better two figures must fit swapped, at least, and as a share of how they fit as written."""
HALF_SWAPPED, HALF_SWAPPED_SHARE = 0.4, 0.3
"""`SWAPPED` and `SWAPPED_SHARE` where only one of the two figures fits better swapped."""

NAME_ABOUT_IT = 0.8
"""Another name is in the place of the claimed one."""
NAME_WITH_NUMBER = 0.3
"""`NAME_ABOUT_IT` where the other name has a number of the sentence, and the claimed name shares nothing with it."""
NAME_NOTHING = 0.05
"""Up to this, a name has nothing to do with what is said."""
NAME_ELSEWHERE = 2.5
"""How many times better another name must fit than the one found."""
