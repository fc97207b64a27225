"""Where a site may be written: neither over its own sources nor among them."""

from __future__ import annotations

import os
from pathlib import Path

from generator.configuration import ConfigError
from generator.files import home
from generator.project import Project


def refuse_place(target: Path, project: Project) -> None:
    """Raise `ConfigError` if the site's folder contains the newsletter or the user's home, or is inside the content.

    Call this before each write, since the folder may be a link.
    """
    real = Path(os.path.realpath(target))  # `resolve` raises where a link leads back to itself
    for precious in (project.content, project.root, project.pages, home()):
        if precious and precious.resolve().is_relative_to(real):
            raise ConfigError(f"site_dir would be written over {precious}: {_OWN}")
    root = project.root.resolve()
    among = (project.content, project.pages, project.custom_dir, project.cache.folder, project.root / ".git")
    for place in among:
        if place and real.is_relative_to(inner := place.resolve()) and not root.is_relative_to(inner):
            raise ConfigError(f"site_dir would be written into {place}: {_OWN}")


_OWN = "choose a folder of its own, such as `site`"
