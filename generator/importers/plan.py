"""Plan an import: everything that would be written and reported, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import tzinfo
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from generator.check.judging import check
from generator.desk.edit import about, with_entries
from generator.desk.files import EDITIONS, STORIES, DeskError, items, text_there
from generator.desk.rewriting import changed_since
from generator.desk.schemas import schema_line, write_schemas
from generator.files import name_here, write_changed
from generator.importers.posts import Post, merged, named
from generator.importers.sources import Places, Publishers
from generator.importers.stories import Made, Vocabularies, brief, made, written
from generator.importers.value import Imported, NoStoryError, Unread, UnreadableError
from generator.load import forms
from generator.load.records import Form
from generator.load.shapes import Pen
from generator.load.yaml import read
from generator.model.address import canonical
from generator.model.content import Source
from generator.model.library import Library
from generator.model.permalinks import story_path
from generator.pipeline import judge
from generator.project import Project

_HEADS = {
    "publishers": "# Who published the sources.\n",
    "topics": "# What the stories share.\n",
}


class Wanted(Struct, frozen=True):
    """The editor's choices for all posts."""

    section: str = ""
    zone: tzinfo | None = None
    machine: str = ""
    """A machine's part in making the mailed issues; if given, each day of them becomes an edition."""


class Plan(Struct):
    """All that an import would write, and all that it would report."""

    files: dict[Path, str] = field(default_factory=dict)
    """New texts in the order of writing, so that nothing refers to a file that does not exist yet."""
    read: dict[Path, str | None] = field(default_factory=dict)
    """The texts of those that were there before, as they were read; None for what was not."""
    there: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    drafts: dict[Path, str] = field(default_factory=dict)
    """Posts kept off the site, and why."""
    faulty: list[Path] = field(default_factory=list)
    """Drafts that an editor has to fix."""
    guesses: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    publishers: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    mailed: int = 0
    """Mailed posts that no editions are made for."""


def planned(project: Project, found: Iterable[Imported | Unread], wanted: Wanted) -> Plan:
    """Plan an import.

    Raises `UnreadableError` for an unknown section, `DeskError` if a vocabulary cannot take new entries.
    """
    library, _ = judge(project)
    if wanted.section and wanted.section not in library.newsletter.sections:
        raise UnreadableError(
            f"there is no section `{wanted.section}`; known: {', '.join(library.newsletter.sections)}"
        )
    plan, whole = Plan(), []
    for item in found:
        if isinstance(item, Unread):
            plan.unread.append(item)
        elif item.published is None:
            plan.unread.append(Unread(item.where, "it has no date that can be read: give it one", is_lost=True))
        else:
            whole.append(item)
    once, left = merged(whole)
    plan.unread += left
    posts = named(project.content, once, wanted.zone)
    plan.there = [post.slug for post in posts if post.is_there]
    _Planner(project, library, wanted, plan).stories(posts)
    return plan


def write(project: Project, plan: Plan) -> list[Path]:
    """Write what was planned and return the files that changed. An interrupted run is completed by the next.

    Raises `DeskError` if somebody has changed one of them since it was read.
    """
    if other := changed_since(plan.read):
        raise DeskError(f"{name_here(other)} was changed meanwhile, and nothing was written: run the command again")
    changed = [path for path, text in plan.files.items() if write_changed(path, text.encode())]
    if changed:
        write_schemas(project)
    return changed


class _Planner:
    """Fills a plan: the stories of posts, the vocabularies that they need, and the editions."""

    def __init__(self, project: Project, library: Library, wanted: Wanted, plan: Plan) -> None:
        self._project, self._library, self._wanted, self._plan = project, library, wanted, plan
        newsletter = library.newsletter
        self._publishers = Publishers(dict(library.publishers), tuple(library.entities.values()))
        self._vocabularies = Vocabularies(
            newsletter.sections, dict(library.topics), library.entities, wanted.section, newsletter.editor.name
        )

    def stories(self, posts: list[Post]) -> None:
        """Plan the stories of posts, then the vocabularies that they need, then editions."""
        site = self._project.site_url.rstrip("/") + "/"
        shown = [post for post in posts if post.item.page and not post.item.held]
        own = {canonical(post.item.page): f"{site}{story_path(post.slug)}" for post in shown}
        places = Places(own, _cited(self._library), self._publishers)
        taken = _addresses(self._library) | {story_path(post.slug) for post in posts}
        stories = [story for post in posts if not post.is_there and (story := self._made(post, places, taken))]
        editions = self._editions(posts, stories)
        self._vocabulary("publishers", self._publishers.new)
        self._vocabulary("topics", self._vocabularies.new)
        self._plan.publishers, self._plan.topics = list(self._publishers.new), list(self._vocabularies.new)
        faults = self._faults(stories, editions)
        for story in stories:
            name = f"{story.post.published.year}/{story.post.slug}"
            self._add(STORIES, name, story.fields, "story", faults, story.post.item.held)
        for day, fields in editions.items():
            self._add(EDITIONS, day, fields, "edition", faults)

    def _made(self, post: Post, places: Places, taken: set[str]) -> Made | None:
        try:
            story = made(post, self._vocabularies, places, taken)
        except UnreadableError as error:
            is_lost = not isinstance(error, NoStoryError)
            self._plan.unread.append(Unread(post.item.where, str(error), is_lost))
            return None
        self._plan.guesses.update([*dict.fromkeys(story.guesses)])
        self._plan.lost += story.lost
        return story

    def _editions(self, posts: list[Post], stories: list[Made]) -> dict[str, dict[str, Any]]:
        """An edition for each day of mailed posts that has none. The id of a day's only post goes to its edition."""
        new = {story.post.slug: story for story in stories}
        days: dict[str, list[Post]] = {}
        for post in posts:
            if post.item.is_mailed and not post.item.held and (post.is_there or post.slug in new):
                days.setdefault(post.published.date().isoformat(), []).append(post)
        there = items(self._project.content, EDITIONS)
        open_days = {day: found for day, found in days.items() if day not in there}
        if not self._wanted.machine:
            self._plan.mailed = sum(map(len, open_days.values()))
            return {}
        return {day: self._edition(found, new) for day, found in open_days.items()}

    def _edition(self, posts: list[Post], new: dict[str, Made]) -> dict[str, Any]:
        first = posts[0]
        lead = new.get(first.slug)
        known = self._library.stories.get(first.slug)
        title, dek = (
            (lead.fields["title"], lead.fields["dek"]) if lead else (known.title, known.dek) if known else ("", "")
        )
        origin: dict[str, Any] = {"from": first.origin.where}
        if lead and len(posts) == 1 and (id_ := lead.fields["imported"].pop("id", None)):
            origin["id"] = id_
        return {
            "title": title,
            "dek": dek,
            "one_line": brief(dek or title, 300),
            "published": max(post.published for post in posts),
            "stories": [post.slug for post in posts],
            "imported": origin,
            "made_by": {"editor": first.item.author or self._vocabularies.editor, "machine": self._wanted.machine},
        }

    def _vocabulary(self, name: str, entries: dict[str, Any]) -> None:
        if entries:
            path = self._project.content / f"{name}.yml"
            before = self._plan.read[path] = text_there(path)
            with about(path):
                self._plan.files[path] = with_entries(_HEADS[name] if before is None else before, entries)

    def _faults(self, stories: list[Made], editions: dict[str, dict[str, Any]]) -> dict[str, str]:
        """The errors that would keep the site from being published, by story or edition."""
        faults: dict[str, str] = {}
        read_stories = {
            story.post.slug: _read_as(forms.STORY, story.post.slug, story.fields, faults) for story in stories
        }
        read_editions = {day: _read_as(forms.EDITION, day, fields, faults) for day, fields in editions.items()}
        shown = {slug for edition in editions.values() for slug in edition["stories"]} & self._library.stories.keys()
        known = {slug: self._library.stories[slug] for slug in shown}
        library = replace(
            self._library,
            publishers=self._publishers.known,
            topics=self._vocabularies.topics,
            stories=known | {slug: story for slug, story in read_stories.items() if story},
            editions={day: edition for day, edition in read_editions.items() if edition},
        )
        for problem in check(library, self._project.rules):
            if problem.is_error and (problem.file in read_stories or problem.file in read_editions):
                faults.setdefault(problem.file, f"{problem.what}. {problem.hint}")
        return faults

    def _add(
        self, folder: str, name: str, fields: dict[str, Any], kind: str, faults: dict[str, str], held: str = ""
    ) -> None:
        """Plan a file; one that would keep the site from being published becomes a draft."""
        path = self._project.content / folder / f"{name}.yml"
        fault = faults.get(path.stem, "")
        waiting = {p.stem for p in self._plan.drafts}
        if kind == "edition" and (drafts := waiting & set(fields["stories"])):
            fault = fault or f"its story {min(drafts)} is a draft"
        if fault:
            fields = {**fields, "draft": True}
            self._plan.faulty.append(path)
        if fields.get("draft"):
            self._plan.drafts[path] = fault or held
        self._plan.read[path] = text_there(path)
        self._plan.files[path] = written(fields, schema_line(self._project.content, path, kind))


def _read_as(form: Form, name: str, fields: dict[str, Any], faults: dict[str, str]) -> Any | None:
    """What the loader reads from a file; its first fault goes into `faults`."""
    document = read(name, written(fields, "").encode())
    pen = Pen(name)
    found = form.read(document.value, (), pen) if document.value is not None else None
    problems = [*document.problems, *(problem for problem in pen.problems if not problem.only_plain)]
    if problems:
        faults[name] = f"{problems[0].what}. {problems[0].hint}"
    return replace(found, slug=name, file=name) if found is not None else None


def _cited(library: Library) -> dict[str, Source]:
    return {canonical(source.url): source for story in library.stories.values() for source in story.sources.values()}


def _addresses(library: Library) -> set[str]:
    """Every address of this site that is in use or redirects."""
    return {path for item in library.items for path in (item.path, *item.old_paths)} | set(library.pages)
