"""Social cards: a picture for every edition and story, for where it is shared."""
