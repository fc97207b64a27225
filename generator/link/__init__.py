"""Stage three: a sound `Library` becomes a `Site`, with numbers, neighbours and indexes."""

from generator.link.site import link

__all__ = ["link"]
