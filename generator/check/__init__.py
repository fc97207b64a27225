"""Stage two: a `Library` is judged by a table of rules, and problems come out."""
