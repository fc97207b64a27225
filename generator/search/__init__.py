"""Search: the stories as Pagefind's indexes, and what the results page filters and orders by."""
