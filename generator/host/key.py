"""A fingerprint of all that MkDocs makes its part of a build from; while it is the same, so is that part.

It covers the configuration, the folders that MkDocs reads and the installed packages. Code of others (a hook, another
plugin) could depend on anything: with it there is no key.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.cache import YOUNG, packages
from generator.configuration import Configuration
from generator.files import home, stamps
from generator.model.fingerprint import fingerprint

_OF_PYTHON = b"python/"
"""What stands in a tag of YAML that calls somebody's code."""
_EXTENSIONS = frozenset(
    (
        "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html "
        "meta nl2br sane_lists smarty tables toc wikilinks pymdownx.arithmatex pymdownx.betterem pymdownx.caret "
        "pymdownx.critic pymdownx.details pymdownx.highlight pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink "
        "pymdownx.mark pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
    ).split()
)
"""Extensions of Markdown that read nothing but the page."""


def key_of(config: Configuration, site_dir: Path | None, strict: bool) -> str | None:
    """Fingerprint of all that the host's part of a build is made from; None where it cannot be told."""
    folders = [folder for folder in (config.pages, config.custom_dir) if folder]
    if has_code(config):
        return None
    try:
        found = [stamp for folder in folders for stamp in stamps(str(folder))]
    except OSError:
        return None
    if max((touched for _, (_, _, touched) in found), default=0) > time.time_ns() - YOUNG:
        return None
    where = (str(config.file.resolve()), str(site_dir and site_dir.absolute()), str(home()))
    return fingerprint(
        *(*where, str(strict), sys.version),
        *(text.decode("utf-8", "replace") for text in config.texts),
        repr(config.found),  # with the values of the environment that it names
        *(f"{path} {size} {changed} {touched}" for path, (size, changed, touched) in found),
        *packages(),
    )


def has_code(config: Configuration) -> bool:
    """Whether the configuration has MkDocs run code that is not known here, such as hooks."""
    found = config.found
    theme = found.get("theme")
    return bool(
        set(_names(found.get("plugins"))) != {"citewire"}
        or found.get("hooks")
        or (theme.get("name") if isinstance(theme, dict) else theme) != "material"
        or {name.removeprefix("markdown.extensions.") for name in _names(found.get("markdown_extensions"))}
        - _EXTENSIONS
        or any(_OF_PYTHON in text for text in config.texts)
    )


def _names(entries: Any) -> Iterator[str]:
    """The names in a list of the configuration, whose entries may be names or mappings from a name to its options."""
    for entry in entries or ():
        yield from (str(name) for name in (entry if isinstance(entry, dict) else (entry,)))
