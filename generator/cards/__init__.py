"""Social cards: a picture with the headline of every edition and story, shown where its address is shared."""
