"""Tracing: what a text says, held against the words of its sources. Offline, and the same every time.

`tracer.tracer` makes what turns a story or an edition into a `Ledger`. Read in this order: `sentences` (which citations
support which words), `reading` (a kept text with its figures, which `generator.figures` reads), `matching` and
`context` (where in the evidence one stands, and whether that is about the same thing), `case` and `judging` (the
verdict on a figure). It asks `choosing` (which figure of the evidence is meant), `computed` (of which others it is
computed, as `deriving`, `differences` and `pairs` find it), `calendar` (days told in other words), `rivals` (what else
stands in its place) and `misplaced`, which asks `swaps`, `sides`, `owners`, `contests` and `together`
whether it is told of something else. `judging_quotations` and `judging_names` have the other verdicts.
"""
