"""The key: a fingerprint of everything MkDocs makes its part of a build from. While it is the same, so is that part.

It covers the configuration, the folders that MkDocs reads and the installed packages. Third-party code (a hook, another
plugin) could depend on anything, so with it there is no key.
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
"""Part of a YAML tag that runs Python code."""
_EXTENSIONS = frozenset(
    (
        "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html "
        "meta nl2br sane_lists smarty tables toc wikilinks pymdownx.arithmatex pymdownx.betterem pymdownx.caret "
        "pymdownx.critic pymdownx.details pymdownx.highlight pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink "
        "pymdownx.mark pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
    ).split()
)
"""Markdown extensions that read nothing but the page."""


def key_of(config: Configuration, site_dir: Path | None, strict: bool) -> str | None:
    """Fingerprint of everything the host's part of a build is made from; None if it cannot be known."""
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
        repr(config.found),  # with environment variables resolved
        *(f"{path} {size} {changed} {touched}" for path, (size, changed, touched) in found),
        *packages(),
    )


def has_code(config: Configuration) -> bool:
    """Whether the configuration makes MkDocs run code not known here, such as hooks."""
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
    """The names in a list of the configuration, whose entries may be names, or mappings from a name to its options."""
    for entry in entries or ():
        yield from (str(name) for name in (entry if isinstance(entry, dict) else (entry,)))
