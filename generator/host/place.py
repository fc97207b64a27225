"""Where a site may be written: not over what it is made from, and not among it."""

from __future__ import annotations

from pathlib import Path

from generator.configuration import ConfigError
from generator.files import home
from generator.project import Project


def refuse_place(target: Path, project: Project) -> None:
    """A site's folder that holds the newsletter or the user's home, or lies in the content, is a slip of the pen.

    Whoever is about to write there asks again each time, since the folder may be a link. Raises `ConfigError`.
    """
    real = target.resolve()
    for precious in (project.content, project.root, project.pages, home()):
        if precious and precious.resolve().is_relative_to(real):
            raise ConfigError(f"site_dir would be written over {precious}: {_OWN}")
    root = project.root.resolve()
    among = (project.content, project.pages, project.custom_dir, project.cache.folder, project.root / ".git")
    for place in among:
        if place and real.is_relative_to(inner := place.resolve()) and not root.is_relative_to(inner):
            raise ConfigError(f"site_dir would be written into {place}: {_OWN}")


_OWN = "choose a folder of its own, such as `site`"
