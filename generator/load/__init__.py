"""Read the content folder into a `Library`, and find the problems of its files with their lines and columns."""
