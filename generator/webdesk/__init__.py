"""Files of a web desk at `desk/`: a content manager (Decap) for people without a terminal.

Its forms are made from the schemas of the content files. Its program comes from npm and is served with the site.
"""
