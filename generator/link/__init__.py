"""A sound `Library` becomes a `Site`, with numbers, neighbours and indexes."""
