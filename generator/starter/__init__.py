"""The files of a new newsletter, written by `citewire init` from a seed.

`seed` holds these files, `seed-de` those that differ for a newsletter in German, and `beginnings.yml` the words that a
newsletter starts with in each language. In all of them, `@name@` and the like are replaced by the editor's answers.
"""
