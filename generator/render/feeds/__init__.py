"""Feeds: `following` finds them all, `series` and `documents` say what is in each, `items` makes the items once, and
`rss`, `atom` and `jsonfeed` write them. `files` declares every document of every feed.
"""
