"""The search of the site: Pagefind's indexes of the stories, and the facets that results are filtered and sorted by."""
