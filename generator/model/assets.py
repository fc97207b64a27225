"""Pictures of the newsletter as a whole: its logo and card. Those in `overrides/` replace ours of the same name."""

CARD = "assets/citewire/card.png"
"""The card of pages that have no picture of their own."""
CARD_SIZE = (1200, 630)
"""Width and height in pixels of that card, and of those drawn for pages."""
LOGO = "assets/citewire/icon-512.png"
SMALL_LOGO = "assets/citewire/icon-144.png"
"""The logo in the greatest width that RSS 2.0 allows for a channel image."""
