"""A newsletter on disk as one value: its folders, and the options for checking and building it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from generator.cache import Cache, cache_of
from generator.check.rules import Setting
from generator.model.additions import NO_ADDITIONS, Additions
from generator.model.outputs import Outputs


class Project(Struct, frozen=True, dict=True):
    """The folders and options of a newsletter, as `generator.options` reads them from its configuration."""

    root: Path
    """The folder of `mkdocs.yml`."""
    content: Path
    pages: Path | None = None
    """The folder of the ordinary Markdown pages."""
    rules: Mapping[str, Setting] = field(default_factory=dict)
    templates: Path | None = None
    """The newsletter's own templates, which replace ours of the same name."""
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Options of mail, announcing and other capabilities, by name; each capability reads its own."""
    site_url: str = ""
    """The site's public address, for commands that work without the host."""
    site_dir: Path | None = None
    """The folder of the published site, for commands that work without the host."""
    outputs: Outputs = field(default_factory=Outputs)
    hubs: tuple[str, ...] = ()
    """WebSub hubs, which feeds name and `citewire announce` notifies of changes."""
    additions: Additions = NO_ADDITIONS
    """The strip and comments that it adds to pages."""

    @property
    def custom_dir(self) -> Path | None:
        """The folder of the newsletter's own overrides of the theme."""
        return self.templates.parent if self.templates else None

    @property
    def fonts(self) -> Path | None:
        """The folder of the newsletter's own fonts, which have the names of the theme's."""
        return self.templates.parent / "assets/citewire/fonts" if self.templates else None

    @cached_property
    def cache(self) -> Cache:
        return cache_of(self.root)
