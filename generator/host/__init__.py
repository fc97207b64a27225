"""The host of the site, MkDocs: the only package in which it is named.

`plugin` is called by MkDocs, `command` calls MkDocs for what is `asked`; both judge, link and publish through `press`.
The other modules are for `citewire serve` (`serving`, `server`, `builder`, `ahead`, `shown`, `watching`, `overlay`) and
for not starting MkDocs where its answer is known (`key`, `kept`) or where nothing has changed (`untouched`).
"""
