"""Declare the files of a `Site`: pages, feeds, data. `site` gathers them all; nothing is made or written here.

Each module declares one kind of page or file, with the function that makes it and the values it depends on. `pages` and
`subjects` have most pages, all of which are made through `maker`. Of feeds, `following` says which there are, `series`,
`documents` and `items` what is in each, and `rss`, `atom` and `jsonfeed` write it. `machines` has what programs read.
"""
