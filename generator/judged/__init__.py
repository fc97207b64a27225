"""The results of judging, for later runs and for pages: findings, ledgers, and counts of both.

It connects packages that do not know each other: the rules (`check`), tracing (`trace`) and the cache (`cache`).
"""
