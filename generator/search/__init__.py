"""The search of the site: Pagefind's indexes of the stories, and what results are filtered and sorted by."""
