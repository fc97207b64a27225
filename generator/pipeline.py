"""The map of a build: each line is a stage, and each stage knows only the model.

content/*.yml --load--> Library --check--> problems
                           |
                          link --> Site --render--> pages and files --dress--> files --publish--> site/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.check.rules import Setting
from generator.check.table import check
from generator.dress import ChromeOf, dress
from generator.link.site import link
from generator.load.library import load, located
from generator.model.artifacts import Artifact, Order, PageArtifact
from generator.model.content import Library
from generator.model.problems import Problem
from generator.model.site import Site
from generator.publish.making import Tell
from generator.publish.site import Changes, publish
from generator.render.site import render
from generator.search.site import search


@dataclass(frozen=True, slots=True)
class Project:
    """A newsletter on disk and how it wants to be judged."""

    root: Path
    """The folder of `mkdocs.yml`."""
    content: Path
    pages: Path | None = None
    """The folder of the ordinary Markdown pages."""
    rules: Mapping[str, Setting] = field(default_factory=dict)
    templates: Path | None = None
    """Templates of the newsletter's own, which replace ours of the same name."""
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What the configuration says of mail, announcing and the like, by name; each part reads its own."""

    @property
    def fonts(self) -> Path | None:
        """Where fonts of the newsletter's own stand, under the names of the theme's."""
        return self.templates.parent / "assets/citewire/fonts" if self.templates else None

    @property
    def cache(self) -> Path:
        """A folder for what may be lost at any time: it saves work and never changes a result."""
        return self.root / ".cache" / "citewire"


@dataclass(frozen=True, slots=True)
class Host:
    """What the host of the site (MkDocs) gives: the chrome, and the files that it made itself."""

    chrome_of: ChromeOf
    files: Mapping[str, Path]
    """Files by their path in the site: ordinary pages, the theme's assets."""
    ordinary: tuple[str, ...]
    """Paths of the ordinary pages."""


def judge(project: Project) -> tuple[Library, list[Problem]]:
    """Read and check everything. All problems come with their places, file by file, top to bottom."""
    library, problems, documents = load(project.root, project.content, project.pages)
    folder = project.content.relative_to(project.root).as_posix()
    problems += located(check(library, project.rules, folder), documents)
    return library, sorted(problems, key=lambda p: (p.file, p.line, p.column, p.rule, p.what))


def produce(site: Site, project: Project, host: Host, target: Path, tell: Tell, wait: Callable[[], None]) -> Changes:
    """Turn a linked site into the published one."""
    drawn = list(_cards(site, project.cache, project.fonts)) if "cards" in site.outputs else []
    shown = frozenset(card.path for card in drawn)
    declared = render(site, project.content / "images", project.templates, host.ordinary, shown)
    files = [dress(item, host.chrome_of) if isinstance(item, PageArtifact) else item for item in declared]
    found = search(site, project.cache) if site.has_search else ()
    return publish([*_host_files(host), *files, *drawn, *found], target, project.cache, tell, wait)


def _cards(site: Site, cache: Path, fonts: Path | None) -> Iterator[Artifact]:
    """The cards; what draws them is imported only where they are wanted, since it need not be installed."""
    from generator.cards.site import cards

    return cards(site, cache, fonts)


def _host_files(host: Host) -> list[Artifact]:
    pages = {f"{path}index.html" for path in host.ordinary} | {"404.html"}
    return [
        Artifact(path, Order.PAGE if path in pages else Order.ASSET, file.read_bytes)
        for path, file in sorted(host.files.items())
    ]


__all__ = ["Host", "Project", "judge", "link", "produce"]
