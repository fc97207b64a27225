"""Remember from build to build what each published file was made from.

This only saves work: a site built without it has the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct, field

from generator.cache import Cache, name_of
from generator.files import SizeAndTime, size_and_time
from generator.model.artifacts import Artifact, Order
from generator.model.fingerprint import Fingerprints
from generator.model.permalinks import page_of
from generator.model.reach import Before, Reach, UnitRecords
from generator.publish.manifest import footprint_of
from generator.publish.record import Records, SiteRecord, Standing, note_use


class Memory(Struct):
    """Everything remembered of one site's folder: the items that the site was made from, and its files."""

    target: Path
    records: Records
    common: str
    prints: Fingerprints
    is_as_left: bool
    """Whether the site's folder is as the last build left it."""
    _taken: dict[str, str] = field(default_factory=dict)
    _found: dict[str, SizeAndTime] = field(default_factory=dict)
    """Sizes and times of files, by path."""

    @classmethod
    def of(cls, cache: Cache | None, target: Path, common: str, footprint: str) -> Memory:
        """The memory of a folder that has this footprint; empty if there is no cache, or it is damaged."""
        records = Records(cache, _name(target))
        return cls(target, records, common, Fingerprints(common), records.last.footprint == footprint)

    @property
    def kept(self) -> SiteRecord:
        """The record of the site as the last build left it."""
        return self.records.last

    def before(self) -> Before:
        """The state of the last build; empty if the folder was changed since, or something common to all files was."""
        is_same = self.is_as_left and self.kept.common == self.common
        return Before(self.kept.items, self.kept.basis, self._pages_beyond) if is_same else Before()

    def _pages_beyond(self, reach: Reach) -> Iterator[tuple[str, datetime]]:
        files = self.kept.files
        for path, unit, modified in zip(files.paths, files.units, files.modified, strict=True):
            if modified and unit and unit not in reach:
                yield page_of(path), datetime.fromisoformat(modified)

    def stands(self, artifact: Artifact) -> bool:
        """Whether the published file was made from the same values, and nobody has touched it since."""
        known = self.kept.files.get(artifact.path, artifact.order)
        if known is None:
            return False
        print_ = self.print_of(artifact)
        self.learn(artifact, print_)
        return known.print == print_ != "" and known.size_and_time == self._size_and_time(artifact.path)

    def gone(self, reach: Reach, declared: Iterable[Artifact]) -> list[str]:
        """Paths of published files that a change reaches and that were not declared. All others stay."""
        among, files = {artifact.path for artifact in declared}, self.kept.files
        reached = (path for path, unit in zip(files.paths, files.units, strict=True) if not unit or unit in reach)
        return [path for path in reached if path not in among]

    def lists(self, declared: Iterable[Artifact], gone: Sequence[str]) -> bool:
        """Whether the site's list is right already: no files are gone, and all declared ones are listed in order."""
        get = self.kept.files.get
        return self.is_as_left and not gone and all(get(a.path, a.order) is not None for a in declared)

    def orders(self, declared: Iterable[Artifact], gone: Sequence[str]) -> dict[str, Order]:
        """The order of each file of the site, by path."""
        files = self.kept.files
        orders = dict(zip(files.paths, map([*Order].__getitem__, files.orders), strict=True))
        for path in gone:
            del orders[path]
        return orders | {artifact.path: artifact.order for artifact in declared}

    def keep(
        self, artifacts: Iterable[Artifact], written: Iterable[str], gone: Sequence[str], items: UnitRecords, basis: str
    ) -> SiteRecord:
        """Remember the site as it is now. Return the record of it.

        `artifacts` are those declared, `written` the paths of those just written, and `gone` the paths removed.
        """
        for path in written:
            self._found.pop(path, None)
        new = {artifact.path: self._standing(artifact) for artifact in artifacts}
        files = self.kept.files.changed(new, gone)
        stood = footprint_of(self.target, files.paths, files.sizes, files.times)
        record = SiteRecord(self.common, stood, items, basis, files)
        self.records.write(record, new, gone)
        return record

    def _standing(self, artifact: Artifact) -> Standing:
        modified = artifact.modified.isoformat() if artifact.modified else ""
        size, time = self._size_and_time(artifact.path)
        return Standing(self.print_of(artifact), size, time, artifact.order, artifact.unit, modified)

    def print_of(self, artifact: Artifact) -> str:
        """Fingerprint of everything an artifact is made of; empty if not known."""
        if found := self._taken.get(artifact.path):
            return found
        made_of = artifact.made_of
        return "" if made_of is None else self.prints.of(made_of)

    def learn(self, artifact: Artifact, print_: str) -> None:
        """Remember an artifact's fingerprint, computed here or by another process."""
        if print_:
            self._taken[artifact.path] = print_

    def _size_and_time(self, path: str) -> SizeAndTime:
        if path not in self._found:
            self._found[path] = size_and_time(f"{self.target}/{path}")
        return self._found[path]


def stays(cache: Cache, target: Path) -> None:
    """Note that a build has found the site up to date, so that its memory is not dropped as unused."""
    note_use(cache, _name(target))


def _name(target: Path) -> str:
    return f"published/{name_of(target)}"
