"""Keep the findings of the checks from run to run, so that the next run checks only what has changed.

A record in the cache says what the last run judged. While it matches, only files touched since are looked up.
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
from generator.check.known import Findings, Judged, Known, OfThread
from generator.evidence.store import stamps_behind
from generator.heap import give_back
from generator.model.fingerprint import fingerprint
from generator.model.library import Library, Renewed

_BASIS = "judged.json"
_THREADS = "judged-threads.json"


class _Record(Struct, frozen=True):
    """Left by a run that judged all items, so that the next run need not look up most of them."""

    basis: str
    """Fingerprint of the findings, and of everything that was judged."""
    unkept: list[str]
    """Files that the record does not cover, such as very recent ones."""
    found: dict[str, Findings]
    """The findings for items that have any, by file."""


class KeptFindings:
    """The findings of earlier runs, to which those of this run are added.

    `evidence` has the stamp (size and times) of each source's snapshot by address key, to see whether it has changed.
    """

    def __init__(self, cache: Cache, library: Library, evidence: Mapping[str, str]) -> None:
        ledgers = Beside[Judged](attrgetter("ledger"), lambda judged, ledger: force_setattr(judged, "ledger", ledger))
        self._cache, self._library, self._evidence = cache, library, evidence
        self._kept = Buckets[Judged](cache, "judged", Judged, ledgers)
        self._last = cache.value(_BASIS, msgspec.json.Decoder(_Record).decode)
        self._threads = cache.value(_THREADS, msgspec.json.Decoder(dict[str, OfThread]).decode) or {}

    def known(self, wants: Callable[[str], bool]) -> Known:
        """The findings of earlier runs, to which the checks add their own.

        `wants` says whether the findings of a file are wanted.
        """
        standing = self._last.found if self._last else {}
        behind = partial(stamps_behind, self._evidence)
        return Known(self._kept.before, behind, wants, self._touched, standing, self._threads)

    def _touched(self, context: str) -> frozenset[str] | None:
        """The files whose items may differ from what was judged in this context; None if any item may."""
        renewed = self._library.renewed
        if renewed is None or self._last is None or self._last.basis != self._basis(renewed.before, context):
            return None
        return renewed.files.union(self._last.unkept)

    def _basis(self, items: str, context: str) -> str:
        """Fingerprint of the kept findings, and of everything judged: items, context, journal and evidence."""
        signed = (f"{name} {by.digest} {by.noted} {by.file}" for name, by in self._library.signed.items())
        evidence = (f"{key} {stamp}" for key, stamp in self._evidence.items())
        return fingerprint(items, self._kept.state, context, *signed, "", *evidence)

    def keep(self, known: Known) -> Library:
        """Keep the findings of this run, and record what was judged.

        Returns the library with `renewed` widened to everything that may differ from the last run.
        """
        renewed, library = self._library.renewed, self._library
        before = self._basis(renewed.before, known.context) if renewed and known.doubted is not None else ""
        lasting, gone = known.lasting()
        if self._kept.change(lasting, gone) >= WORTH:
            give_back()
        if known.in_threads != self._threads:
            self._cache.write(_THREADS, msgspec.json.encode(known.in_threads))
        has_all = known.looked_up == len(known.now) and gone.isdisjoint(known.now)
        if renewed is None or not has_all:
            return replace(library, renewed=None)
        record = _Record(self._basis(renewed.now, known.context), sorted(renewed.unkept), dict(known.findings()))
        if record != self._last:
            self._cache.write(_BASIS, msgspec.json.encode(record))
        return replace(library, renewed=Renewed(before, record.basis, known.doubted or frozenset()))
