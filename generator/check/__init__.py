"""Rules that judge a `Library` and yield problems.

`table` lists all rules, `rules` says what a rule is, and `judging` applies them item by item; `known` has what earlier
runs found. The rules themselves are in modules by their subject, such as `citations` or `headlines`. They read texts
through `reading`, figures through `figures`, and the words of each language through `language`.
"""
