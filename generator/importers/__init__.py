"""`citewire import`: turn an archive of another program into stories, and mailed posts into editions too.

Each format has a small reader that returns `value.Imported` posts. All later steps are the same for every format;
`plan` goes through them. Files of others are not trusted: reading has limits, and nothing in them chooses a path.
"""

FORMATS = {
    "feed": "feed of RSS or Atom",
    "jsonfeed": "JSON Feed",
    "markdown": "folder or file of Markdown",
    "ghost": "Ghost export",
    "substack": "Substack export",
    "buttondown": "Buttondown export",
}
"""The formats by name, with descriptions for people; `recognise.READERS` has a reader for each."""
