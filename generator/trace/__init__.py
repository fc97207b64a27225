"""Tracing: what a text says, held against the words of its sources. Offline, and the same every time.

`tracer.tracer` makes what turns a story or an edition into a `Ledger`. Read in this order: `sentences` (which citations
support which words), `reading` (a kept text with its figures, which `generator.figures` reads), `matching` and
`context` (where in the evidence one stands, and whether that is about the same thing), `rivals` (what else is there),
`swaps`, `sides` and `contests` (what changed places), `pairs` and `parts` (what a sentence compares, and what it adds),
`together` and `tellers` (what the figures and names of one sentence say of each other), `deriving` (what is computed),
`judging` and `wording` (the verdicts).
"""
