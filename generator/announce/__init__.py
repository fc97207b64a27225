"""Telling others what is new: hubs of feeds, chat channels, social networks.

What was told is remembered, so that running it again, or after a crash, tells nobody anything twice.
"""
