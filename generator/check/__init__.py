"""A `Library` is judged by a table of rules, and problems come out."""
