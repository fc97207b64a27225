"""Keep what the checks found from run to run, so that the next run checks only what has changed.

A record in the cache says what the last run judged; while it matches, only files touched since are looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr, replace

from generator.batches import WORTH
from generator.cache import Cache
from generator.cache.buckets import Beside, Buckets
from generator.check.known import Findings, Judged, Known
from generator.evidence.store import stamps_behind
from generator.heap import give_back
from generator.model.fingerprint import fingerprint
from generator.model.library import Library, Renewed

_BASIS = "judged.json"


class _Record(Struct, frozen=True):
    """What a run that judged all items leaves for the next one, so that this one need not look most of them up."""

    basis: str
    """Fingerprint of the findings, and of all that was judged."""
    unkept: list[str]
    """Files of which the record says nothing, such as those that are too young."""
    found: dict[str, Findings]
    """What was found in items that have a fault, by their files."""


class KeptFindings:
    """The findings of earlier runs, and what to keep of this one.

    `evidence` tells whether the kept text of a source has changed: a stamp (size and times) by the key of its address.
    """

    def __init__(self, cache: Cache, library: Library, evidence: Mapping[str, str]) -> None:
        ledgers = Beside[Judged](attrgetter("ledger"), lambda judged, ledger: force_setattr(judged, "ledger", ledger))
        self._cache, self._library, self._evidence = cache, library, evidence
        self._kept = Buckets[Judged](cache, "judged", Judged, ledgers)
        self._last = cache.value(_BASIS, msgspec.json.Decoder(_Record).decode)

    def known(self, wants: Callable[[str], bool]) -> Known:
        """The findings of earlier runs, to which the checks add their own.

        `wants` says whether the findings of a file are wanted.
        """
        standing = self._last.found if self._last else {}
        return Known(self._kept.before, partial(stamps_behind, self._evidence), wants, self._touched, standing)

    def _touched(self, context: str) -> frozenset[str] | None:
        """The files in which items may differ from what was judged in this context; None where any item may."""
        renewed = self._library.renewed
        if renewed is None or self._last is None or self._last.basis != self._basis(renewed.before, context):
            return None
        return renewed.files.union(self._last.unkept)

    def _basis(self, items: str, context: str) -> str:
        """Fingerprint of the kept findings, and of all that was judged: items, context, journal and evidence."""
        signed = (f"{name} {by.digest} {by.noted} {by.file}" for name, by in self._library.signed.items())
        evidence = (f"{key} {stamp}" for key, stamp in self._evidence.items())
        return fingerprint(items, self._kept.state, context, *signed, "", *evidence)

    def keep(self, known: Known) -> Library:
        """Keep what is known now, and record that it was judged.

        Return the library with `renewed` widened to all that may differ from the last run.
        """
        renewed, library = self._library.renewed, self._library
        before = self._basis(renewed.before, known.context) if renewed and known.doubted is not None else ""
        lasting, gone = known.lasting()
        if self._kept.change(lasting, gone) >= WORTH:
            give_back()
        has_all = known.looked_up == len(known.now) and gone.isdisjoint(known.now)
        if renewed is None or not has_all:
            return replace(library, renewed=None)
        record = _Record(self._basis(renewed.now, known.context), sorted(renewed.unkept), dict(known.findings()))
        if record != self._last:
            self._cache.write(_BASIS, msgspec.json.encode(record))
        return replace(library, renewed=Renewed(before, record.basis, known.doubted or frozenset()))
