"""The map of a build: each line is a stage, and each stage knows only the model.

content/*.yml --load--> Library --check--> problems
                           |
                          link --> Site --render--> pages and files --dress--> files --publish--> site/

Here is what every command needs, as far as the linked site; what makes and publishes files is in `production`, since
many commands do neither, and should not wait for its import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from generator.cache import Buckets, Cache, cache_of
from generator.check.judging import check
from generator.check.known import Judged, Known
from generator.check.rules import Setting
from generator.check.table import RULES
from generator.claims import Claims
from generator.evidence import FOLDER
from generator.evidence.records import fates
from generator.evidence.store import load as snapshot
from generator.evidence.store import stamp_of, stamps
from generator.link.site import link
from generator.load.library import load, located
from generator.model.content import Library
from generator.model.evidence import SnapshotOf, nothing_kept
from generator.model.out import out, preview, without
from generator.model.outputs import Outputs
from generator.model.problems import Problem, Severity
from generator.model.reading import BARE, Reading


class Project(Struct, frozen=True, dict=True):
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
    site_url: str = ""
    """The site's public address, for commands that work without the host."""
    site_dir: Path | None = None
    """The folder of the published site, likewise."""
    outputs: Outputs = field(default_factory=Outputs)
    hubs: tuple[str, ...] = ()
    """WebSub hubs, which feeds name and `citewire announce` tells of changes."""
    reading: Reading = BARE
    """What it adds to pages."""

    @property
    def custom_dir(self) -> Path | None:
        """The folder of the newsletter's own touches of the theme."""
        return self.templates.parent if self.templates else None

    @property
    def fonts(self) -> Path | None:
        """Where fonts of the newsletter's own stand, under the names of the theme's."""
        return self.templates.parent / "assets/citewire/fonts" if self.templates else None

    @cached_property
    def cache(self) -> Cache:
        return cache_of(self.root)


def judge(
    project: Project, instead: Mapping[Path, bytes] | None = None, only: Callable[[str], bool] = lambda file: True
) -> tuple[Library, list[Problem]]:
    """Read and check everything. All problems come with their places, file by file, top to bottom.

    What is wrong in a draft is a warning, and a draft with an error is left out: it keeps nothing else from readers.
    `instead` has bytes to be judged in place of what some files hold; of files that are not `only` wanted everything is
    read, and nothing judged anew.
    """
    library, problems, document_of = load(project.root, project.content, project.pages, project.cache, instead)
    folder = project.content.relative_to(project.root).as_posix()
    kept = Buckets[Judged](project.cache, "judged", Judged)
    known = Known(kept.before, partial(stamp_of, stamps(project.content)), only)
    problems += located(check(library, project.rules, folder, evidence_of(project), known), document_of)
    kept.save(known.now)
    known_fates, damaged = fates(project.root, project.content)
    claims = Claims(library, known.by_file, known.evidence, evidence_of(project))
    library = replace(library, fates=known_fates, ledgers=claims.ledgers)
    problems += damaged
    wrong = {problem.file for problem in problems if problem.is_error}
    unfinished = {file for file in wrong if (document := document_of(file)) and document.is_draft}
    mild = [replace(p, severity=Severity.WARNING) if p.file in unfinished else p for p in problems]
    return without(library, unfinished), sorted(mild, key=lambda p: (p.file, p.line, p.column, p.rule, p.what))


def evidence_of(project: Project) -> SnapshotOf:
    """What looks up the kept texts of sources."""
    kept = project.content / FOLDER
    return partial(snapshot, project.content) if kept.is_dir() else nothing_kept


def rules() -> Mapping[str, str]:
    """What each rule holds, by its name."""
    return {rule.name: rule.summary for rule in RULES}


__all__ = ["Project", "judge", "link", "out", "preview", "rules"]
