"""Turn a sound `Library` into a `Site`: number citations, find neighbours and related stories, build the indexes.

`site` links all of it, and `again` a few changed items of what is linked. Both make the pages of stories and editions
with `pages`, their numbered texts with `texts` and `numbering`, and the indexes with `subjects`. `reach` finds which
files a change may alter, by the `places` of items before and after it.
"""
