"""Ledgers of stories and editions for the pages that show them: those made by the check, or else traced on demand.

`KeptLedgers` can be pickled, so workers on other machines can use it too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any

import msgspec

from generator.check.known import Results
from generator.model.content import Edition, Story
from generator.model.evidence import SnapshotOf
from generator.model.fingerprint import Fingerprints
from generator.model.held import Bytes
from generator.model.library import Library
from generator.model.tracing import Ledger, Ledgers
from generator.trace.tracer import Tracer, tracer

_decode = msgspec.json.Decoder(Ledger).decode
_NEAR = 64
"""How many ledgers are remembered: other files that show a story are made soon after its page."""


@lru_cache(_NEAR)
def _unfolded(json: Bytes) -> Ledger:
    return _decode(json())


class KeptLedgers:
    """The ledgers of a library: those made by the check (`judged`, by file), and others traced on demand.

    `evidence` returns the stamps of the snapshots of a story's sources; `snapshot_of` looks up a snapshot.
    """

    def __init__(
        self,
        library: Library,
        judged: Results,
        evidence: Callable[[Story], str],
        snapshot_of: SnapshotOf,
    ) -> None:
        self._library, self._judged, self._evidence, self._snapshot_of = library, judged, evidence, snapshot_of

    @property
    def ledgers(self) -> Ledgers:
        return Ledgers(self.of, self.print_of)

    def of(self, item: Story | Edition) -> Ledger:
        found = self._judged.get(item.file)
        return _unfolded(found.ledger) if found and found.ledger else self._traced(item)

    def _traced(self, item: Story | Edition) -> Ledger:
        known = self._last.get(item.file)
        if known is None or known[0] is not item:
            if len(self._last) >= _NEAR:
                self._last.clear()
            known = self._last[item.file] = item, self._tracer.ledger(item)
        return known[1]

    def print_of(self, story: Story) -> str:
        found = self._judged.get(story.file)
        return (found.traced if found else "") or f"{self._names} {self._evidence(story)}"

    @cached_property
    def _names(self) -> str:
        return Fingerprints("").of((self._library.publishers, self._library.entities))

    @cached_property
    def _last(self) -> dict[str, tuple[Story | Edition, Ledger]]:
        return {}

    @cached_property
    def _tracer(self) -> Tracer:
        return tracer(self._library, self._snapshot_of)

    def __getstate__(self) -> dict[str, Any]:
        """Everything except cached properties."""
        return {name: value for name, value in self.__dict__.items() if name not in ("_names", "_last", "_tracer")}
