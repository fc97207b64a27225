"""Stage four: a `Site` becomes artifacts. Nothing is written here."""

from generator.render.site import render

__all__ = ["render"]
