"""Declare the files of a `Site`: pages, feeds, data. `site` gathers them all; nothing is made or written here.

A module declares one kind of page or file, with the function that makes it and the values that it depends on.
"""
