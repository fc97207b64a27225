"""Read the files of stories and editions that have changed since they were cached, with several processes if many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Generic

from msgspec import Struct
from msgspec.structs import replace

from generator.batches import WORTH, in_batches
from generator.files import FileStamp, Stamp, stamp_of
from generator.heap import give_back
from generator.load import forms
from generator.load.accounts import folded
from generator.load.kept import Kept, Sent, sent
from generator.load.records import Form
from generator.load.shelf import Shelf
from generator.model.content import Story
from generator.model.fingerprint import fingerprint
from generator.model.library import Item
from generator.model.stories import slug_of
from generator.prose.briefs import told_of
from generator.texts.slugs import near_slug, slug_fault

BySlug = tuple[Mapping[str, Item], dict[str, str]]
"""Stories or editions by slug, and the files, by slug, of those that cannot be read."""
BATCH = 50


class Folder(Struct, frozen=True):
    """A folder of stories or of editions."""

    name: str
    form: Form
    example: str
    """An example of a file name in it."""

    def named(self, slug: str) -> str:
        """A valid file name to suggest for an invalid one. An edition is named after its day."""
        near = near_slug(slug) if self.name == "stories" else ""
        return f"{near}.yml" if near else f"something like {self.example}"


STORIES = Folder("stories", forms.STORY, "meta-coreweave-21bn.yml")
EDITIONS = Folder("editions", forms.EDITION, "2026-04-11.yml")


def items(shelf: Shelf, folder: Folder, kept: Kept[Item]) -> BySlug[Item]:
    """Read a folder. Problems are noted on the shelf."""
    return _Reading(shelf, folder, kept).items()


class _Reading(Generic[Item]):
    """A folder while it is being read."""

    def __init__(self, shelf: Shelf, folder: Folder, kept: Kept[Item]) -> None:
        self._shelf, self._folder = shelf, folder
        self._kept: Kept[Item] = kept
        self._written = shelf.written[folder.name]
        self._ahead: Mapping[str, tuple[Stamp, Item]] = self._read_ahead()
        """Items by file, each with the file's stamp from before it was read."""

    def _read_ahead(self) -> Mapping[str, tuple[Stamp, Item]]:
        """Read many new files with several processes. Leaves out those with mistakes, which are read again here."""
        shelf, kept = self._shelf, self._kept
        if len(self._written) < kept.count + WORTH or shelf.instead:
            return {}
        due = [str(shelf.root / file) for file in self._written.paths if not kept.knows(file)]
        work = partial(_batch, shelf.root, shelf.content, self._folder.form, due)
        batches = in_batches(work, len(due), BATCH, is_sent=True)
        return {file: (stamp, kept.received(item)) for batch in batches for file, stamp, item in batch}

    def items(self) -> BySlug[Item]:
        shelf, kept = self._shelf, self._kept
        fresh: dict[str, Item | None] = {}
        for place in kept.due(shelf.as_they_are(self._written)):
            file = self._written.paths[place]
            item = self._item((file, self._written.stamp(place)))
            if fault := slug_fault(slug_of(file)):
                what = f"the file's name cannot be an address: {fault}"
                shelf.note("bad-id", file, what, f"Rename it to {self._folder.named(slug_of(file))}.")
                kept.forget(file)
            else:
                fresh[file] = item
        saved = kept.save()
        shelf.touched |= kept.gone | fresh.keys()
        shelf.unkept |= fresh.keys() - saved
        if self._ahead:
            give_back()
        return self._by_slug(fresh)

    def _item(self, written: FileStamp) -> Item | None:
        """The item of a file that has changed; None if anything in it is wrong."""
        shelf, kept, (file, stamp) = self._shelf, self._kept, written
        if file in self._ahead and self._ahead[file][0] == stamp:
            ready = self._ahead[file][1]
            kept.keep(file, stamp, ready)
            return ready
        path = shelf.root / file
        is_kept = path not in shelf.instead
        data = shelf.data(path)
        digest = fingerprint(data.hex())
        if is_kept and (item := kept.before(file)) and item.digest == digest:
            kept.keep(file, stamp, item)
            return item
        before = len(shelf.problems)
        read_now: Item | None = shelf.record(path, self._folder.form, data)
        if read_now is None:
            return None
        read_now = _named(read_now, path, file, digest)
        if is_kept and len(shelf.problems) == before:
            del shelf.documents[file]
            kept.keep(file, stamp, read_now)
        return read_now

    def _by_slug(self, fresh: Mapping[str, Item | None]) -> BySlug[Item]:
        """Items by slug. If two files have the same slug, the second is reported."""
        sound = self._kept.by_slug(fresh)
        if sound is not None:
            return sound, {slug_of(file): file for file, item in fresh.items() if item is None}
        found, broken = dict[str, Item](), dict[str, str]()
        for file, item in self._kept.by_file(fresh).items():
            slug = slug_of(file)
            if slug in found:
                what = f"`{slug}` is the name of {found[slug].file} too, and both would have one address"
                self._shelf.note("twice", file, what, "Rename one of them.")
            elif item is None:
                broken[slug] = file
            else:
                found[slug] = item
        return found, broken


def _batch(
    root: Path, content: Path, form: Form, paths: Sequence[str], start: int, end: int
) -> list[tuple[str, Stamp, Sent]]:
    """Read some files: path, stamp and item of each. Decoding `sent` items takes a tenth of the time of unpickling."""
    shelf, found = Shelf(root, content), []
    for path in map(Path, paths[start:end]):
        before, stamp = len(shelf.problems), stamp_of(path.stat())
        item = fresh(shelf, path, form)
        if item is not None and len(shelf.problems) == before:
            found.append((item.file, stamp, sent(item)))
    return found


def fresh(shelf: Shelf, path: Path, form: Form) -> Any | None:
    """Read the item of a file; None if anything in it is wrong."""
    data = shelf.data(path)
    item = shelf.record(path, form, data)
    return None if item is None else _named(item, path, shelf.name(path), fingerprint(data.hex()))


def _named(item: Item, path: Path, file: str, digest: str) -> Item:
    """An item with its slug, file and digest. A story also gets its sources in brief, and is folded."""
    named = {"slug": path.stem, "file": file, "digest": digest}
    if isinstance(item, Story):
        return replace(folded(item), briefs=told_of(item), **named)
    return replace(item, **named)
