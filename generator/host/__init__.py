"""The host of the site, MkDocs: only this package names it.

`plugin` is called by MkDocs, `command` calls MkDocs for a build (`asked`); both judge, link and publish through
`press`. The other modules are for `citewire serve` (`serving`, `server`, `builder`, `ahead`, `shown`, `watching`,
`overlay`), and for not starting MkDocs if its output is known (`key`, `kept`) or nothing has changed (`untouched`).
"""
