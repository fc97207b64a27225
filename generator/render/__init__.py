"""Declare the files of a `Site`: pages, feeds, data. `site` gathers them all; nothing is made or written here.

Each module declares one kind of page or file, with the function that makes it and the values it depends on. `pages` and
`subjects` have most pages, all of which are made through `maker`. `feeds` has feeds, and `machines` what programs
read.
"""
