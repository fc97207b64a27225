"""Smaller versions of the stories' pictures, for phones and slow lines, without what a camera notes in its files."""
