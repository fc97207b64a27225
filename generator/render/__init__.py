"""A `Site` becomes artifacts. Nothing is written here."""
