"""The editor's desk: what writes into the content folder, and what tells an editor about it."""
