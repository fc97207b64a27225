"""What the checks found, kept from build to build, and by what it is known that most of it need not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter

from msgspec.structs import force_setattr, replace

from generator.cache import Cache
from generator.cache.buckets import Beside, Buckets
from generator.check.known import Judged, Known
from generator.evidence.store import stamp_of
from generator.model.content import Library, Renewed
from generator.model.fingerprint import fingerprint
from generator.processes import WORTH, give_back

_BASIS = "judged.basis"


class Findings:
    """Those of a library. `evidence` are the stamps of the texts that are kept of its sources."""

    def __init__(self, cache: Cache, library: Library, evidence: Mapping[str, str]) -> None:
        ledgers = Beside[Judged](attrgetter("ledger"), lambda judged, ledger: force_setattr(judged, "ledger", ledger))
        self._cache, self._library, self._evidence = cache, library, evidence
        self._kept = Buckets[Judged](cache, "judged", Judged, ledgers)

    def known(self, wants: Callable[[str], bool]) -> Known:
        """What is known before anything is judged."""
        renewed = self._library.renewed
        touched = renewed.files if renewed else frozenset()
        return Known(self._kept.before, partial(stamp_of, self._evidence), wants, self._has_all, touched)

    def _has_all(self, context: str) -> bool:
        """Whether all items were judged in this context as they stand, but for those that have been touched since."""
        renewed = self._library.renewed
        return renewed is not None and self._cache.read(_BASIS) == self._basis(renewed.before, context).encode()

    def _basis(self, items: str, context: str) -> str:
        """Stands for all that is kept, and for all that it was found in."""
        signed = (f"{name} {by.digest} {by.noted} {by.file}" for name, by in self._library.signed.items())
        evidence = (f"{key} {stamp}" for key, stamp in self._evidence.items())
        return fingerprint(items, self._kept.state, context, *signed, "", *evidence)

    def keep(self, known: Known) -> Library:
        """Keep what is known now; answers with the library, which says where that may differ from what was kept."""
        renewed, library = self._library.renewed, self._library
        before = self._basis(renewed.before, known.context) if renewed and known.has_most else ""
        if self._kept.change(known.lasting, known.gone) >= WORTH:
            give_back()
        if renewed is None or len(known.now) < len(library.stories) + len(library.editions) or not known.is_whole:
            return replace(library, renewed=None)
        now = self._basis(renewed.now, known.context)
        if now != before:
            self._cache.write(_BASIS, now.encode())
        return replace(library, renewed=Renewed(before, now, known.doubted))
