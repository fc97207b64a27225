"""Load the content and judge it: the first half of a build, which most commands need.

content/*.yml --load--> Library --check--> problems
                           |
                          link --> Site --render--> pages and files --dress--> files --publish--> site/

Each arrow is a stage, and each stage knows only the model. The first line is here. The second is in `production`, apart
from this module because most commands publish nothing and should not wait for its imports. `host.command.build` joins
the two.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.check.judging import check
from generator.check.known import Known, Results
from generator.check.table import RULES
from generator.evidence import FOLDER
from generator.evidence.records import fates
from generator.evidence.store import load as snapshot
from generator.evidence.store import snapshot_stamps
from generator.files import FileStamps
from generator.judged.findings import KeptFindings
from generator.judged.ledgers import KeptLedgers
from generator.load.library import DocumentOf, load, load_again, located
from generator.load.pictures import Pictures
from generator.model.content import Story
from generator.model.evidence import SnapshotOf, nothing_kept
from generator.model.library import Library
from generator.model.out import without
from generator.model.problems import Problem, Severity
from generator.project import Project


class Judgement(Struct, frozen=True):
    """The result of judging the content, with the data needed to judge it again after a few files have changed."""

    library: Library
    """The library, which can be linked if no problem is an error."""
    problems: list[Problem]
    """The problems with their places, file by file, top to bottom."""
    whole: Library
    """The library including drafts with errors, and the editions that name them."""
    unfinished: frozenset[str]
    """The files of those drafts."""
    known: Results
    """The findings of checks that look at one item at a time, by file."""
    stamps_behind: Callable[[Story], str]
    """Returns the stamps of the snapshots of a story's sources."""


def judge(project: Project, instead: Mapping[Path, bytes] | None = None) -> tuple[Library, list[Problem]]:
    """Read and check all content. Return the library that may be linked, and all problems, file by file, top to bottom.

    Problems in a draft are warnings, and a draft with an error is left out, so that it does not hold up anything else.
    `instead` gives bytes to use in place of some files.
    """
    judgement = judged(project, instead)
    return judgement.library, judgement.problems


def judged(
    project: Project,
    instead: Mapping[Path, bytes] | None = None,
    only: Callable[[str], bool] = lambda file: True,
    seen: FileStamps | None = None,
) -> Judgement:
    """Judge as `judge` does, and return everything `judged_again` needs.

    `only` says whether the findings for a file are wanted; other files are read, but not checked again. `seen` are the
    content's files, if known.
    """
    library, problems, document_of = load(
        project.root, project.content, project.pages, project.cache, instead, seen, _pictures(project)
    )
    kept = KeptFindings(project.cache, library, snapshot_stamps(project.content))
    known = kept.known(only)
    problems += located(check(library, project.rules, _folder(project), evidence_of(project), known), document_of)
    library = kept.keep(known)
    known_fates, damaged = fates(project.root, project.content)
    found = _judgement(project, replace(library, fates=known_fates), known.all, known.evidence)
    return _weighed(found, [*problems, *damaged], document_of)


def judged_again(project: Project, before: Judgement, files: Collection[str]) -> Judgement:
    """Judge the content again after some files of stories and editions, and nothing else, have changed.

    Checks these files and the editions that show such a story. Elsewhere it looks only for what would stop a build, and
    skips warnings that need the whole library. Raises `OSError` if a file cannot be read.
    """
    library, problems, document_of = load_again(before.whole, project.root, project.content, files, _pictures(project))
    slugs = {Path(file).stem for file in files}
    shows = {edition.file for edition in library.editions.values() if not slugs.isdisjoint(edition.stories)}
    among = shows.union(files)
    known = Known({}, before.stamps_behind)
    found = check(library, project.rules, _folder(project), evidence_of(project), known, among)
    found = [problem for problem in found if problem.file in among or problem.file not in before.unfinished]
    old = [problem for problem in before.problems if problem.file not in among]
    found_by_now = replace(before.known, now={**before.known.now, **known.now})
    new = _judgement(project, library, found_by_now, before.stamps_behind, before.unfinished - among)
    return _weighed(new, [*old, *problems, *located(found, document_of)], document_of)


def _pictures(project: Project) -> Pictures:
    return Pictures(project.content / "images", project.cache, are_made=project.outputs.pictures)


def _folder(project: Project) -> str:
    return project.content.relative_to(project.root).as_posix()


def _judgement(
    project: Project,
    library: Library,
    known: Results,
    stamps_behind: Callable[[Story], str],
    unfinished: Collection[str] = (),
) -> Judgement:
    """A judgement without its problems, which `_weighed` adds."""
    claims = KeptLedgers(library, known, stamps_behind, evidence_of(project))
    library = replace(library, ledgers=claims.ledgers)
    return Judgement(library, [], library, frozenset(unfinished), known, stamps_behind)


def _weighed(judgement: Judgement, problems: Collection[Problem], document_of: DocumentOf) -> Judgement:
    """Add the problems: those in drafts become warnings, and a draft with an error is left out of the library."""
    wrong = {problem.file for problem in problems if problem.is_error}
    unfinished = {file for file in wrong if (document := document_of(file)) and document.is_draft}
    mild = [replace(p, severity=Severity.WARNING) if p.file in unfinished else p for p in problems]
    in_order = sorted(mild, key=lambda p: (p.file, p.line, p.column, p.rule, p.what))
    left_out = judgement.unfinished | unfinished
    library = without(judgement.whole, left_out)
    return replace(judgement, library=library, problems=in_order, unfinished=frozenset(left_out))


def evidence_of(project: Project) -> SnapshotOf:
    """Return the function that looks up the snapshot of a source."""
    kept = project.content / FOLDER
    return partial(snapshot, project.content) if kept.is_dir() else nothing_kept


def rules() -> Mapping[str, str]:
    """One-line summaries of the rules, by name."""
    return {rule.name: rule.summary for rule in RULES}
