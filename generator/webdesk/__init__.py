"""A desk for people without a terminal: a content manager (Decap) that writes the files of the content, at `desk/`.

Its forms are made from the schemas of those files. The program itself comes from npm and is served by the site's own
host.
"""
