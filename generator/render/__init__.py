"""Stage four: a `Site` becomes artifacts. Nothing is written here."""
