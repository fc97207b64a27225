"""`citewire export`: sources for reference managers, editions as EPUB books, the archive as an SQLite database.

The same content gives the same bytes here too.
"""
