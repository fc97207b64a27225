"""Coming from elsewhere: what was published with another program becomes stories, and editions where it was mailed.

Each format has a small reader that answers with `Imported` values; all that comes afterwards is the same for every one
of them. What is in the archive of others is data: it is bounded when it is read, and nothing in it names a file.
"""
