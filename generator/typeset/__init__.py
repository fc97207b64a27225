"""Text as it is set: templates, citations as numbers that lead somewhere, lines that break in the right places.

Pages, feeds and mail are all set with it.
"""
