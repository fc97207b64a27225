"""Rules that judge a `Library` and yield problems."""
