"""The map of a build: each line is a stage, and each stage knows only the model.

content/*.yml --load--> Library --check--> problems
                           |
                          link --> Site --render--> pages and files --dress--> files --publish--> site/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import msgspec

from generator.cache import Cache, program
from generator.check.known import Found, Known
from generator.check.rules import Setting
from generator.check.table import RULES, check
from generator.dress import ChromeOf, dress
from generator.evidence import FOLDER
from generator.evidence.records import fates
from generator.evidence.store import kept_of, stamp_of, stamps
from generator.link.site import link
from generator.load.library import load, load_words, located
from generator.load.schema import schemas
from generator.model.artifacts import Artifact, Order, PageArtifact
from generator.model.content import Edition, Library, Story
from generator.model.evidence import nothing_kept
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.out import out, preview, without
from generator.model.outputs import Outputs
from generator.model.problems import Problem, Severity
from generator.model.reading import BARE, Reading
from generator.model.site import Site
from generator.model.tracing import Ledger, Ledgers
from generator.publish.making import Tell
from generator.publish.site import Changes, publish
from generator.render.feed import feed_names
from generator.render.site import render
from generator.search.site import search
from generator.trace.tracer import Tracer, tracer

_FINDINGS, _NAMES = "findings.json", "names.json"
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
    def fonts(self) -> Path | None:
        """Where fonts of the newsletter's own stand, under the names of the theme's."""
        return self.templates.parent / "assets/citewire/fonts" if self.templates else None

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
    known = _known(project)
    problems += located(check(library, project.rules, folder, _tracer(project, library), known), document_of)
    if known.now != known.before:
        project.cache.write(_FINDINGS, msgspec.json.encode(known.now))
    known_fates, damaged = fates(project.root, project.content)
    library, problems = replace(library, fates=known_fates), problems + damaged
    wrong = {problem.file for problem in problems if problem.is_error}
    unfinished = {file for file in wrong if (document := document_of(file)) and document.is_draft}
    mild = [replace(p, severity=Severity.WARNING) if p.file in unfinished else p for p in problems]
    return without(library, unfinished), sorted(mild, key=lambda p: (p.file, p.line, p.column, p.rule, p.what))


def _known(project: Project) -> Known:
    """What was found by the last run."""
    data = project.cache.read(_FINDINGS)
    try:
        before = msgspec.json.decode(data, type=dict[str, Found]) if data else {}
    except msgspec.MsgspecError:
        before = {}
    return Known(before, partial(stamp_of, stamps(project.content)))


def _tracer(project: Project, library: Library) -> Tracer:
    """What traces the texts of a library to the words that are kept of its sources."""
    kept = project.content / FOLDER
    return tracer(library, partial(kept_of, project.content) if kept.is_dir() else nothing_kept)


def ledgers(project: Project, library: Library) -> Iterator[tuple[Story | Edition, Ledger]]:
    """What every story and edition claims, and what the evidence says of it."""
    tracing = _tracer(project, library)
    items: list[Story | Edition] = [*library.stories.values(), *library.editions.values()]
    for item in items:
        yield item, tracing.ledger(item)


def rules() -> Mapping[str, str]:
    """What each rule holds, by its name."""
    return {rule.name: rule.summary for rule in RULES}


def produce(
    site: Site,
    project: Project,
    host: Host,
    target: Path,
    tell: Tell = lambda done, of: None,
    wait: Callable[[], None] = lambda: None,
) -> Changes:
    """Turn a linked site into the published one."""
    vocabularies = load_words(project.root, project.content)
    site = replace(site, ledgers=_ledgers(site, project, vocabularies), hubs=project.hubs)
    drawn = list(_cards(site, project)) if site.outputs.cards else []
    shown = frozenset(card.path for card in drawn)
    images = project.content / "images"
    declared = render(site, images, project.templates, host.ordinary, project.reading, shown)
    files = [dress(item, host.chrome_of) if isinstance(item, PageArtifact) else item for item in declared]
    found = search(site, project.cache.folder) if site.has_search else ()
    own = _own_templates(project)
    given = (*own, *_own_fonts(project))  # on the fonts it depends which pages have a card
    common = Fingerprints(fingerprint(project.cache.program, site.base_url, *given)).of(
        (site.newsletter, site.outputs, site.glossary, site.hubs, project.reading, *feed_names(site))
    )
    cache = None if any(_SEES_ALL.search(text) for text in own) else project.cache
    made = [*_host_files(host), *_schemas(site, vocabularies), *files, *drawn, *found]
    return publish(made, target, cache, common, tell, wait)


def _ledgers(site: Site, project: Project, words: Library) -> Ledgers:
    """What the stories that are out claim, traced when a page shows it."""
    told = {slug: page.story for slug, page in site.stories.items()}
    tracing, kept = _tracer(project, replace(words, stories=told)), stamps(project.content)
    known = _names(project, tracing, Fingerprints("").of((words.publishers, words.entities)))
    return Ledgers(tracing.ledger, lambda story: f"{known[story.slug]} {stamp_of(kept, story)}")


def _names(project: Project, tracing: Tracer, whole: str) -> dict[str, str]:
    """What stands for the names in each story, from the last run while neither it nor any name (`whole`) changed."""
    try:
        of, before = msgspec.json.decode(project.cache.read(_NAMES) or b"[]", type=tuple[str, dict[str, str]])
    except msgspec.MsgspecError:
        of, before = "", {}
    known = before if of == whole else {}
    found = {slug: known.get(story.digest) or tracing.names_for(story) for slug, story in tracing.stories.items()}
    now = {story.digest: found[slug] for slug, story in tracing.stories.items() if story.digest}
    if now != before or of != whole:
        project.cache.write(_NAMES, msgspec.json.encode((whole, now)))
    return found


def _cards(site: Site, project: Project) -> Iterator[Artifact]:
    """The cards; what draws them is imported only where they are wanted, since it need not be installed."""
    from generator.cards.site import cards

    return cards(site, project.cache.folder, project.fonts)


def without_card(project: Project, library: Library) -> dict[str, str]:
    """The editions and stories that get no card, by slug, with the letters that its type has not."""
    from generator.cards.site import left_out

    return left_out(library, project.fonts)


def _own_fonts(project: Project) -> list[str]:
    """Names and sizes of the newsletter's own fonts."""
    folder = project.fonts
    return [f"{file.name} {file.stat().st_size}" for file in sorted(folder.glob("*.woff2"))] if folder else []


def _schemas(site: Site, words: Library) -> list[Artifact]:
    """JSON Schemas of the newsletter's files, at addresses that stay."""
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


__all__ = ["Host", "Project", "judge", "ledgers", "link", "out", "preview", "produce", "rules", "without_card"]
