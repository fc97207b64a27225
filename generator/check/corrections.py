"""Rules on what was published: it changes in the open, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rules import Finding
from generator.model.content import Library, Story
from generator.model.journal import digest_of
from generator.model.permalinks import alias_path, story_path
from generator.model.typography import plain


def bad_correction(story: Story, library: Library) -> Iterator[Finding]:
    seen = set()
    for index, correction in enumerate(story.corrections):
        path = ("corrections", index)
        if correction.date < story.published:
            hint = "What was not published yet needs no correction."
            yield Finding((*path, "date"), "the correction is before the story", hint)
        if correction.date in seen:
            what = "another correction has this very time"
            yield Finding((*path, "date"), what, "Give it a time of its own, or make them one: links lead to the time.")
        seen.add(correction.date)
        if plain(correction.was) == plain(correction.now):
            hint = "`was` holds what the story said, `now` what it says; a change of typography goes under `edits`."
            yield Finding((*path, "now"), "`now` says the same as `was`", hint)
    for index, edit in enumerate(story.edits):
        if edit.date < story.published:
            hint = "What was not published yet needs no note."
            yield Finding(("edits", index, "date"), "the edit is before the story", hint)


def stale_updated(story: Story, library: Library) -> Iterator[Finding]:
    last = max((correction.date for correction in story.corrections), default=None)
    if last and story.changed < last:
        what = "`updated` is before the last correction" if story.updated else "a corrected story has no `updated`"
        hint = f"Write `updated: {last.isoformat()}`, so that subscribers get the correction."
        yield Finding(("updated",) if story.updated else ("corrections",), what, hint, at_key=True)


def silent_change(story: Story, library: Library) -> Iterator[Finding]:
    signature = library.signed.get(story.slug) or library.signed.get(story.renamed_from or "")
    if signature is None or signature.digest == digest_of(story):
        return
    if story.noted is None or (signature.noted is not None and story.noted <= signature.noted):
        what = "the text is not what was published, and the story does not say so"
        hint = "Say what was wrong under `corrections`, or what else changed under `edits`; or take the change back."
        yield Finding((), what, hint)


def vanished_story(library: Library) -> Iterator[tuple[str, Finding]]:
    known = library.stories.keys() | library.unreadable
    known |= {story.renamed_from for story in library.stories.values() if story.renamed_from}
    led_on = {alias_path(alias) for story in library.stories.values() for alias in story.aliases}
    for slug, signature in library.signed.items():
        if slug not in known and story_path(slug) not in led_on:
            what = f"`{slug}` was published, and is gone: links to it lead nowhere"
            hint = "Bring it back, or write `renamed_from` or `aliases` into the story that takes its place."
            yield signature.file, Finding((), what, hint)
