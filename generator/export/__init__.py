"""`citewire export`: sources for reference managers, editions as EPUB books, the archive as an SQLite database.

The same content gives the same bytes here too.
"""

FORMATS = {
    "bibtex": (".bib",),
    "csl": (".json",),
    "ris": (".ris",),
    "epub": (".epub",),
    "sqlite": (".sqlite", ".sqlite3", ".db"),
}
"""Each format, with the endings of its files."""
