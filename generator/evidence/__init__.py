"""What is kept of the sources: their text when they were read, copies in archives, and whether they are still there.

It lies in `content/evidence/`. The texts of others that are kept there are never published.
"""

FOLDER = "evidence"
"""The folder inside the content."""
