"""`citewire import`: turn an archive of another program into stories, and into editions where it was mailed.

Each format has a small reader that returns `value.Imported` posts; all later steps are the same for every format, and
`plan` goes through them. Files of others are not trusted: what is read has limits, and nothing in them chooses a path.
"""

FORMATS = {
    "feed": "feed of RSS or Atom",
    "jsonfeed": "JSON Feed",
    "markdown": "folder or file of Markdown",
    "ghost": "Ghost export",
    "substack": "Substack export",
    "buttondown": "Buttondown export",
}
"""The formats by their names, as people call them; `recognise.READERS` has a reader for each."""
