"""Search: the stories as Pagefind's index, one a year, and what the results page filters and orders by."""
