"""The map of a build: each line is a stage, and each stage knows only the model.

content/*.yml --load--> Library --check--> problems
                           |
                          link --> Site --render--> pages and files --dress--> files --publish--> site/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from generator.cache import Cache, program
from generator.check.rules import Setting
from generator.check.table import check
from generator.dress import ChromeOf, dress
from generator.link.site import link
from generator.load.library import load, load_words, located
from generator.load.schema import schemas
from generator.model.artifacts import Artifact, Order, PageArtifact
from generator.model.content import Library
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.out import out, preview, without
from generator.model.problems import Problem, Severity
from generator.model.site import Site
from generator.publish.making import Tell
from generator.publish.site import Changes, publish
from generator.render.site import render

_SEES_ALL = re.compile(r"\bsite\b")
"""A template of the newsletter's own that names the whole site may show anything of it."""


@dataclass(frozen=True)
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

    @cached_property
    def cache(self) -> Cache:
        return Cache(self.root / ".cache" / "citewire", program())


@dataclass(frozen=True, slots=True)
class Host:
    """What the host of the site (MkDocs) gives: the chrome, and the files that it made itself."""

    chrome_of: ChromeOf
    files: Mapping[str, Path]
    """Files by their path in the site: ordinary pages, the theme's assets."""
    ordinary: tuple[str, ...]
    """Paths of the ordinary pages."""


def judge(project: Project, instead: Mapping[Path, bytes] | None = None) -> tuple[Library, list[Problem]]:
    """Read and check everything. All problems come with their places, file by file, top to bottom.

    What is wrong in a draft is a warning, and a draft with an error is left out: it keeps nothing else from readers.
    `instead` has bytes to be judged in place of what some files hold.
    """
    library, problems, document_of = load(project.root, project.content, project.pages, project.cache, instead)
    folder = project.content.relative_to(project.root).as_posix()
    problems += located(check(library, project.rules, folder), document_of)
    wrong = {problem.file for problem in problems if problem.is_error}
    unfinished = {file for file in wrong if (document := document_of(file)) and document.is_draft}
    mild = [replace(p, severity=Severity.WARNING) if p.file in unfinished else p for p in problems]
    return without(library, unfinished), sorted(mild, key=lambda p: (p.file, p.line, p.column, p.rule, p.what))


def produce(
    site: Site,
    project: Project,
    host: Host,
    target: Path,
    tell: Tell = lambda done, of: None,
    wait: Callable[[], None] = lambda: None,
) -> Changes:
    """Turn a linked site into the published one."""
    declared = render(site, project.content / "images", project.templates, host.ordinary)
    files = [dress(item, host.chrome_of) if isinstance(item, PageArtifact) else item for item in declared]
    own = _own_templates(project)
    common = Fingerprints(fingerprint(project.cache.program, site.base_url, *own)).of((site.newsletter,))
    cache = None if any(_SEES_ALL.search(text) for text in own) else project.cache
    return publish([*_host_files(host), *_schemas(site, project), *files], target, cache, common, tell, wait)


def _schemas(site: Site, project: Project) -> list[Artifact]:
    """JSON Schemas of the newsletter's files, at addresses that stay."""
    words = load_words(project.root, project.content)
    made = schemas(words, [page.story.slug for page in site.newest_first])
    return [Artifact(f"schemas/{name}.json", Order.ASSET, partial(bytes, data)) for name, data in made.items()]


def _own_templates(project: Project) -> list[str]:
    """The newsletter's own templates."""
    folder = project.templates
    return [path.read_text("utf-8") for path in sorted(folder.rglob("*.html"))] if folder and folder.is_dir() else []


def _host_files(host: Host) -> list[Artifact]:
    pages = {f"{path}index.html" for path in host.ordinary} | {"404.html"}
    return [
        Artifact(path, Order.PAGE if path in pages else Order.ASSET, file.read_bytes)
        for path, file in sorted(host.files.items())
    ]


__all__ = ["Host", "Project", "judge", "link", "out", "preview", "produce"]
