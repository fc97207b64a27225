"""Tracing: checking each claim of a text against the words of its sources. Offline and deterministic.

`tracer.tracer` builds the `Tracer` that turns a story or an edition into a `Ledger`. Read in this order: `sentences`
(which citations support which words), `reading` (a kept text with its figures, which `generator.figures` reads),
`matching` and `context` (where the evidence has a figure, and whether that is about the same thing), `case` and
`judging` (the verdict on a figure). `judging` asks `choosing` (which figure of the evidence is meant), `computed`
(which others it is computed from, as `deriving`, `differences` and `pairs` find it), `calendar` (dates given in other
words), `rivals` (which other figure is in its place) and `misplaced`, which asks `kinds` and `opposites` whether it
is of another kind, and `swaps`, `sides`, `owners`, `contests` and `together` whether it belongs to something else;
`nuance` says what is left out beside it. `judging_quotations` and `judging_names` give the other verdicts.
"""
