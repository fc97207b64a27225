"""The values that all stages work with: frozen, and without I/O.

Begin with `content` (stories, editions and their sources), `vocabulary` and `library` (all that was read), `problems`
(what is wrong in it) and `tracing` (what its claims rest on). `site`, `pages`, `subjects` and `linked` are the same
content linked, `artifacts` the files made of it, and `permalinks` has all their paths. `stories`, `items`, `reach` and
`fingerprint` are for large archives of which little changes.
"""
