"""The evidence behind the stories: what sources said when they were read, their copies, whether they still stand.

It lies in `content/evidence/`. The words of others that are kept there are never published.
"""

FOLDER = "evidence"
"""The folder inside the content."""
