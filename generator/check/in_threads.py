"""Judging the stories of a thread together. A thread of which nothing has changed is not judged again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from generator.batches import in_batches
from generator.check.known import Known, OfThread
from generator.check.rules import Finding, Rule, Thread
from generator.model.fingerprint import fingerprint
from generator.model.library import Library
from generator.model.threads import threads

_BATCH = 20


def judge(
    rules: Sequence[Rule], library: Library, known: Known, context: str, among: Collection[str] | None
) -> Iterator[tuple[str, str, Finding]]:
    """Yield each finding with the name of its rule and its file; `known` has earlier ones, and takes the new ones.

    `context` is a fingerprint of the vocabularies and the rules. With `among`, only threads with a story of these files
    are judged; otherwise `known` says of which files the findings are wanted.
    """
    rules = [rule for rule in rules if rule.thread]
    all_ = _threads(library) if rules else []
    if among is not None:
        all_ = [thread for thread in all_ if any(story.file in among for story in thread.stories)]
    keys = [_key(thread, context) for thread in all_]
    found = [known.threads.get(key) for key in keys]
    due = [
        number
        for number, thread in enumerate(all_)
        if found[number] is None and any(known.wants(story.file) for story in thread.stories)
    ]
    work = partial(_batch, rules, library, [all_[number] for number in due])
    for number, new in zip(due, chain.from_iterable(in_batches(work, len(due), _BATCH, is_sent=True)), strict=True):
        found[number] = new
    known.in_threads.update((key, those) for key, those in zip(keys, found, strict=True) if key and those is not None)
    yield from chain.from_iterable(filter(None, found))


def _threads(library: Library) -> list[Thread]:
    known = threads(library.stories)
    editions: Mapping[str, set[str]] = defaultdict(set)
    for edition in library.editions.values() if known else ():
        for slug in edition.stories:
            if slug in known:
                editions[slug].add(edition.slug)
    return [
        Thread(thread, tuple(frozenset(editions[story.slug]) for story in thread))
        for slug, thread in known.items()
        if slug == thread[0].slug
    ]


def _key(thread: Thread, context: str) -> str:
    """Identifies a thread with all that its rules read; empty if a story was not read whole from a file."""
    if not all(story.digest for story in thread.stories):
        return ""
    made_of = (
        part
        for story, editions in zip(thread.stories, thread.editions, strict=True)
        for part in (story.file, story.digest, *sorted(editions), "")
    )
    return fingerprint(context, *made_of)


def _batch(rules: Sequence[Rule], library: Library, among: Sequence[Thread], start: int, end: int) -> list[OfThread]:
    return [tuple(_of_thread(rules, library, thread)) for thread in among[start:end]]


def _of_thread(rules: Sequence[Rule], library: Library, thread: Thread) -> Iterator[tuple[str, str, Finding]]:
    """The findings in a thread; stories that were written under other rules are not blamed."""
    imported = {story.file for story in thread.stories if story.imported}
    for rule in rules:
        for file, finding in rule.thread(thread, library) if rule.thread else ():
            if not (rule.of_writing and file in imported):
                yield rule.name, file, finding
