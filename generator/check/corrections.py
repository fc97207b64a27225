"""Rules on published items: they change openly, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.check.newsletter import FILE
from generator.check.rules import Finding
from generator.model.content import Edition, Story
from generator.model.journal import digest_of, name_of, path_of, signature_of, year_of
from generator.model.library import Library
from generator.model.permalinks import alias_path
from generator.texts.typography import plain


def bad_correction(item: Story | Edition, library: Library) -> Iterator[Finding]:
    seen = set()
    for index, correction in enumerate(item.corrections):
        path = ("corrections", index)
        if correction.date < item.published:
            hint = "What was not published yet needs no correction."
            yield Finding((*path, "date"), f"the correction is before the {_kind(item)}", hint)
        if correction.date in seen:
            what = "another correction has this very time"
            yield Finding((*path, "date"), what, "Give it a time of its own, or make them one: links lead to the time.")
        seen.add(correction.date)
        if plain(correction.was) == plain(correction.now):
            hint = "`was` holds what was said, `now` what is said; a change of typography goes under `edits`."
            yield Finding((*path, "now"), "`now` says the same as `was`", hint)
    for index, edit in enumerate(item.edits):
        if edit.date < item.published:
            hint = "What was not published yet needs no note."
            yield Finding(("edits", index, "date"), f"the edit is before the {_kind(item)}", hint)


def stale_updated(item: Story | Edition, library: Library) -> Iterator[Finding]:
    last = max((correction.date for correction in item.corrections), default=None)
    if last and item.changed < last:
        late, missing = "`updated` is before the last correction", f"a corrected {_kind(item)} has no `updated`"
        what = late if item.updated else missing
        hint = f"Write `updated: {last.isoformat()}`, so that subscribers get the correction."
        yield Finding(("updated",) if item.updated else ("corrections",), what, hint, at_key=True)


def silent_change(item: Story | Edition, library: Library) -> Iterator[Finding]:
    signature = signature_of(library.signed, item)
    if signature is None or signature.digest == digest_of(item):
        return
    if item.noted is None or (signature.noted is not None and item.noted <= signature.noted):
        what = f"the text is not what was published, and the {_kind(item)} does not say so"
        hint = "Say what was wrong under `corrections`, or what else changed under `edits`; or take the change back."
        yield Finding((), what, hint)


def another_year(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """The year is part of the id in feeds: with another one, the item would be new to every subscriber."""
    signature = signature_of(library.signed, item)
    year = year_of(signature) if signature else ""
    if year and year != str(item.published.year) and not (item.imported and item.imported.id):
        what = f"the {_kind(item)} was published in {year}, and its id in feeds holds that year"
        hint = f"Write a time of {year}; or the same moment in the zone in which it was written before."
        yield Finding(("published",), what, hint)


def another_authority(library: Library) -> Iterator[tuple[str, Finding]]:
    before, now = library.signed_authority, library.newsletter.authority
    if before and now and before != now:
        what = f"the ids of all that was published have `{before}` in them, and the new ones would have `{now}`"
        hint = f"Write `{before}`, wherever the site is: with another, every subscriber gets everything anew."
        yield FILE, Finding(("authority",), what, hint)


def vanished_story(library: Library) -> Iterator[tuple[str, Finding]]:
    if not library.signed:
        return
    items: list[Story | Edition] = [*library.written_stories, *library.written_editions]
    known = library.unreadable | {name_of(item) for item in items}
    known |= {name_of(item, item.first_slug) for item in items}
    led_on = {alias_path(alias) for item in items for alias in item.aliases}
    for gone in library.withdrawn.values():
        known |= {gone.id, gone.first_id}
        led_on.update(gone.old_paths)
    for name, signature in library.signed.items():
        unsure = "editions" in library.incomplete and name.startswith("editions/")
        if name not in known and path_of(name) not in led_on and not unsure:
            what = f"`{name}` was published, and is gone: links to it lead nowhere"
            hint = "Bring it back, write `renamed_from` or `aliases` into what takes its place, or withdraw it."
            yield signature.file, Finding((), what, hint)


def withdrawn_name(library: Library) -> Iterator[tuple[str, Finding]]:
    names = [(name, gone) for gone in library.withdrawn.values() for name in dict.fromkeys((gone.id, gone.first_id))]
    for name, gone in names:
        shelf: Mapping[str, Story | Edition] = library.editions if gone.is_edition else library.stories
        if item := shelf.get(name.rpartition("/")[2]):
            what = f"`{name}` was withdrawn, and its name is never used again"
            other = "Its stories may come out on another day" if gone.is_edition else "Give the file another name"
            if item.published == gone.published:
                other = f"`citewire withdraw {item.slug}` does the rest, where a withdrawal was cut off"
            hint = f"{other}; or write `restored` into withdrawn.yml if it is that {_kind(item)} again."
            yield item.file, Finding((), what, hint)


def _kind(item: Story | Edition) -> str:
    return "edition" if isinstance(item, Edition) else "story"
