"""Citewire: a newsletter generator in which every claim shows its source."""

__version__ = "0.1.0"
