"""From where on words around a claim and words around the evidence count as being about the same thing.

All are measured in likeness (`trace.context.likeness`), or in shares and multiples of it. Another figure or name is
believed to stand in the place of a claim from some of them on: the higher these are, the fewer mistakes are found, and
the fewer sound sentences are blamed. `make trust` counts both on its cases, and decides.
"""

from __future__ import annotations

ABOUT_IT = 0.9
"""A figure of the evidence is about the same thing."""
ABOUT_IT_IN_EXCERPTS = 1.6
"""`ABOUT_IT` where only passages are kept, so that the true figure may stand in what is not."""
NEAR_IT = ABOUT_IT / 2
"""`ABOUT_IT` where something else speaks for the figure too: its share of what is said, its digits, its kind."""
LIKELY = ABOUT_IT * 2 / 3
"""`ABOUT_IT` where the figure that was found shares next to no word with the claim."""
FAINT = ABOUT_IT / 3
"""`ABOUT_IT` where the figure has most of what is said around the claim."""
MOST_OF_IT = 0.5
"""The share of all that is said around a claim which is most of it."""
COUNTED = 0.12
"""A small bare count needs so much, since small numbers are everywhere."""
HARDLY = COUNTED / 2
"""Below this a figure shares next to no word with the claim."""
EXACT = 0.6
"""By what share of the best place's likeness the very figure is taken before one that only rounds to the claim."""
OUTDONE = 0.2
"""By how much another figure must fit better before one that only rounds to the claim is dropped."""
ELSEWHERE = 2.0
"""By how many times another figure must fit better before a found one counts as out of place."""
SWAPPED, SWAPPED_SHARE = 0.3, 0.15
"""By how much two figures must fit better the other way round, at least, and as a share of how they fit as written."""
HALF_SWAPPED, HALF_SWAPPED_SHARE = 0.4, 0.3
"""`SWAPPED` and `SWAPPED_SHARE` where only one of the two figures fits better the other way round."""

NAME_ABOUT_IT = 0.8
"""Another name stands in the place of one."""
NAME_WITH_NUMBER = 0.3
"""`NAME_ABOUT_IT` where the other name has a number of the sentence, and the claimed name shares nothing with it."""
NAME_NOTHING = 0.05
"""Up to this a name has nothing to do with what is said."""
NAME_ELSEWHERE = 2.5
"""By how many times another name must fit better than the one that was found."""
