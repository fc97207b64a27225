"""Read the content folder into a `Library`, and find the problems of its files with their lines and columns.

`library` goes through the folder, and `shelf` is the folder meanwhile. A file is read by `yaml`, in whose place
`syntax` says what is no YAML, and becomes a value by its form in `forms`, which is put together from `shapes`, `days`
and `records`; of one with mistakes `partial` reads what it can. `items` reads the stories and editions that have
changed, and `kept`, `kept_stories` and `accounts` have the others. `places` finds the line of a problem.
"""
