"""Turn a sound `Library` into a `Site`: number citations, find neighbours and related stories, build the indexes."""
