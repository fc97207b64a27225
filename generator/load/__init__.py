"""Stage one: a content folder becomes a `Library`, or problems with their places."""

from generator.load.library import load, located

__all__ = ["load", "located"]
