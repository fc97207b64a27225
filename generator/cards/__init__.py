"""Social cards: for every edition and story a picture with its headline, which is shown where its address is shared."""
