"""Tracing: what a text says, held against the words of its sources. Offline, and the same every time.

`tracer.tracer` makes what turns a story or an edition into a `Ledger`. Read in this order: `sentences` (which citations
support which words), `reading` (the figures of a text, from `numerals`, `units`, `dates` and `labels`), `comparing`
(when one figure may stand for another), `matching` and `context` (where in the evidence it stands, and whether that is
about the same thing), `deriving` (what is computed), `judging` and `wording` (the verdicts).
"""
