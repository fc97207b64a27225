"""What judging found out, for later runs and for pages: findings, ledgers, and figures of both.

It joins what does not know each other: the rules (`check`), tracing (`trace`) and the folder that keeps (`cache`).
"""
