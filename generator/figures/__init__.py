"""The figures of a text, and when one may stand for another.

`read.measured` finds them all: `amounts` (from `numerals`, `units` and `manner`), `dates`, `labels` and `fractions`.
`comparing.follows` returns how one follows from another. Rules and tracing share this package, so that they agree.
"""
