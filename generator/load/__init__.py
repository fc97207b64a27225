"""A content folder becomes a `Library`, or problems with their places."""
