"""Stage three: a sound `Library` becomes a `Site`, with numbers, neighbours and indexes."""
