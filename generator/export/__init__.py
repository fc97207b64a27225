"""What leaves the newsletter as a file of its own: sources for reference managers, the archive as a database, a book.

The same content gives the same bytes here too.
"""
