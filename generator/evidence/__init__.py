"""What is kept of the sources: their text when they were read, copies in archives, and whether they still exist.

It is in `content/evidence/`. The texts of others kept there are never published.
"""

FOLDER = "evidence"
"""The folder inside the content."""
