"""Judging everything by every rule, item by item, so that each text is read once however large the archive is."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import msgspec
from msgspec.structs import replace

from generator.batches import in_batches
from generator.check import beside, glossary, in_threads, permalinks
from generator.check.known import Judged, Keys, Known
from generator.check.rules import Finding, Rule, Setting
from generator.check.table import NAMES, RULES, SOURCES, severities
from generator.model.content import Edition, Story
from generator.model.evidence import SnapshotOf, nothing_kept
from generator.model.held import Held
from generator.model.library import Item, Library, Partial
from generator.model.problems import Problem, Severity
from generator.model.tracing import Ledger
from generator.trace.tracer import Tracer, tracer

_AT_THE_TOP = (glossary.FILE, *permalinks.FILES.values())
"""Files that rules know by name, without their folder."""
BATCH = 50


def check(
    library: Library,
    settings: Mapping[str, Setting] | None = None,
    content: str = "content",
    snapshot_of: SnapshotOf = nothing_kept,
    known: Known | None = None,
    among: Collection[str] | None = None,
) -> list[Problem]:
    """Judge everything by every rule.

    `settings` sets rules by name to `off`, `warning` or `error`. `content` is the name of the content folder, for
    problems of the newsletter's own file. `snapshot_of` looks up the kept texts of sources, which claims are traced to.
    `known` has earlier results, and takes the new ones. With `among`, only the items of these files are judged one by
    one, and the library only by rules that stop a build. Problems have their path in the file, but not yet their line.
    """
    graveness = severities(settings)
    problems: list[Problem] = []
    for name, file, finding in _findings(graveness, library, snapshot_of, known or Known(), among):
        where = f"{content}/{file}" if file in _AT_THE_TOP else file
        problems.append(
            Problem(
                name,
                where,
                finding.what,
                finding.hint,
                graveness[name],
                path=finding.path,
                at_key=finding.at_key,
                excerpt=finding.excerpt,
                earlier=finding.earlier,
                mend=finding.mend,
                only_plain=finding.only_plain,
            )
        )
    return problems


def _findings(
    graveness: Mapping[str, Severity],
    library: Library,
    snapshot_of: SnapshotOf,
    known: Known,
    among: Collection[str] | None,
) -> Iterator[tuple[str, str, Finding]]:
    """Yield each finding with the name of its rule and its file."""
    rules = [rule for rule in RULES if rule.name in graveness]
    keys = Keys(library, graveness.keys(), known.evidence)
    items = known.doubtful(library, keys.context) if among is None else _items(library, among)
    alone = _Alone(rules, _together(items), library, snapshot_of)
    alone.judge(known, keys)
    yield from ((name, file, finding) for file, findings in known.findings() for name, finding in findings)
    in_part: list[Partial[Any]] = [*library.partial_stories.values(), *library.partial_editions.values()]
    for partial in in_part:
        if among is None or partial.item.file in among:
            yield from ((name, partial.item.file, finding) for name, finding in alone.in_part(partial))
    rules = rules if among is None else [rule for rule in rules if graveness[rule.name] is Severity.ERROR]
    yield from in_threads.judge(rules, library, known, keys.context, among)
    for rule in rules:
        found_by = list(rule.library(library)) if rule.library else []
        silent = {item.file for item in _items(library) if item.imported} if found_by and rule.of_writing else ()
        yield from ((rule.name, file, finding) for file, finding in found_by if file not in silent)


def _items(library: Library, among: Collection[str] | None = None) -> list[Story | Edition]:
    """The stories and editions that are judged one by one."""
    items: list[Story | Edition] = [*library.stories.values(), *library.editions.values()]
    return items if among is None else [item for item in items if item.file in among]


def _together(items: Sequence[Story | Edition]) -> list[Story | Edition]:
    """The items with each edition right behind its stories, so that parsed texts are still cached."""
    editions = [item for item in items if isinstance(item, Edition)]
    place = {slug: number for number, edition in enumerate(editions) for slug in edition.stories}
    own = {id(edition): number for number, edition in enumerate(editions)}
    return sorted(
        items,
        key=lambda item: (place.get(item.slug, -1), 0) if isinstance(item, Story) else (own[id(item)], 1),
    )


class _Alone:
    """Judges items one by one, each with its ledger, and an edition with its stories."""

    def __init__(
        self, rules: Sequence[Rule], items: Sequence[Story | Edition], library: Library, snapshot_of: SnapshotOf
    ) -> None:
        self._rules, self._items, self._library, self._snapshot_of = rules, items, library, snapshot_of
        self._new: dict[str, Ledger] = {}  # by file, those made in a batch: an edition is right behind its stories
        self._traces = tracer(library, snapshot_of) if any(rule.ledger for rule in rules) else None

    def judge(self, known: Known, keys: Keys) -> None:
        """Adopt known results, and judge the other items in several processes."""
        files = [item.file for item in self._items]
        due = known.take(files, [keys.of(item) for item in self._items])
        read = (item.file for number in due for item in (self._items[number], *self._stories(self._items[number])))
        before = {file: known.before[file] for file in read if file in known.before}
        batches = in_batches(functools.partial(self.batch, due, keys, before), len(due), BATCH, is_sent=True)
        known.now.update(zip((files[number] for number in due), chain.from_iterable(batches), strict=True))

    def batch(self, due: Sequence[int], keys: Keys, before: Mapping[str, Judged], start: int, end: int) -> list[Judged]:
        """Judge some of the due items; `before` has earlier results of them and their stories."""
        self._new.clear()
        return [self._judged(item, keys, before) for item in map(self._items.__getitem__, due[start:end])]

    def in_part(self, partial: Partial[Any]) -> Iterator[tuple[str, Finding]]:
        """The findings in an item of which only some fields could be read. Its ledger is not kept."""
        item = partial.item
        rules = _fit(self._rules, item, _lacking(item, self._library) | partial.unread)
        found = _by(rules, item, self._library)
        if self._traces and any(rule.ledger for rule in rules):
            ledger = self._traces.ledger(_with_sound_sources(item, partial.unsound))
            found = self._with_ledger(found, rules, ledger, item, self._traces.ledger)
        for name, finding in found:
            if (path := partial.in_file(finding.path)) not in partial.traps:
                yield name, replace(finding, path=path)

    def _judged(self, item: Story | Edition, keys: Keys, before: Mapping[str, Judged]) -> Judged:
        rules, key = _fit(self._rules, item, _lacking(item, self._library)), keys.of(item) or ""
        found = _by(rules, item, self._library)
        if self._traces is None:
            return Judged(key, tuple(found))

        def traced(item: Story | Edition, traces: Tracer = self._traces) -> tuple[str, Ledger]:
            made_of, known = keys.traced(item, traces), before.get(item.file)
            ledger = self._new.get(item.file) or (known.ledger_of(made_of) if known else None)
            if ledger is None:
                ledger = self._new[item.file] = traces.ledger(item)
            return made_of, ledger

        made_of, ledger = traced(item)
        found = self._with_ledger(found, rules, ledger, item, lambda story: traced(story)[1])
        return Judged(key, tuple(found), Held(msgspec.json.encode(ledger)), made_of)

    def _with_ledger(
        self,
        found: list[tuple[str, Finding]],
        rules: Sequence[Rule],
        ledger: Ledger,
        item: Story | Edition,
        ledger_of: Callable[[Story], Ledger],
    ) -> list[tuple[str, Finding]]:
        """The findings of an item and those of its ledger.

        Where a text has another figure than its source, a heading with the right one is not blamed as well.
        """
        traced = [(rule.name, finding) for rule in rules if rule.ledger for finding in rule.ledger(ledger, item)]
        if not any(name == beside.RULE for name, _ in found):
            return found + traced
        ledgers, names = [ledger, *map(ledger_of, self._stories(item))], {rule.name for rule in rules}
        judge = beside.Beside(item, ledgers, names, self._library, self._snapshot_of)
        told = ((name, judge.told(finding) if name == beside.RULE else finding) for name, finding in found)
        return [(name, finding) for name, finding in told if finding] + traced

    def _stories(self, item: Story | Edition) -> Iterator[Story]:
        """The stories of an edition that could be read whole; none of a story."""
        slugs = item.stories if isinstance(item, Edition) else ()
        return (story for slug in slugs if (story := self._library.stories.get(slug)))


def _fit(rules: Sequence[Rule], item: Story | Edition, lacking: Collection[str]) -> Sequence[Rule]:
    """The rules that apply to an item without some fields.

    Imported items were written under other rules, and a rule is skipped if a field that it needs could not be read.
    """
    is_ours = not item.imported and "imported" not in lacking
    if is_ours and not lacking:
        return rules
    return [rule for rule in rules if rule.needs.isdisjoint(lacking) and (is_ours or not rule.of_writing)]


def _lacking(item: Story | Edition, library: Library) -> frozenset[str]:
    """Inputs from other files that could not be read: vocabularies and, for an edition, the sources of its stories."""
    names = library.incomplete & NAMES
    is_whole = isinstance(item, Story) or library.unreadable.isdisjoint(item.stories)
    return names if is_whole else names | SOURCES


def _with_sound_sources(item: Item, unsound: Collection[str]) -> Item:
    """An item without its faulty sources: texts that cite them cannot be judged."""
    if not isinstance(item, Story) or not unsound:
        return item
    return replace(item, sources={id_: source for id_, source in item.sources.items() if id_ not in unsound})


def _by(rules: Sequence[Rule], item: Story | Edition, library: Library) -> list[tuple[str, Finding]]:
    found: list[tuple[str, Finding]] = []
    for rule in rules:
        if judge := rule.judge_of(item):
            found += [(rule.name, finding) for finding in judge(item, library)]
    return found
