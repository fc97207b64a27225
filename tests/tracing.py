"""Builders for tests of tracing: a sentence and its evidence make a ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from generator.model.address import canonical
from generator.model.content import Source
from generator.model.evidence import Snapshot, SnapshotOf
from generator.model.library import Library
from generator.model.tracing import Claim, Ledger
from generator.trace.tracer import tracer
from tests.make import library, newsletter, source, story

FETCHED = datetime(2026, 4, 12, 6, 30, tzinfo=UTC)


def snapshot(url: str, text: str) -> Snapshot:
    return Snapshot(canonical(url), FETCHED, "http 200 text/html", hashlib.sha256(text.encode()).hexdigest(), text)


def kept(texts: Mapping[str, str]) -> SnapshotOf:
    """Looks up the texts of sources that `tests.make.source` made, by their ids."""
    found = {s.url: s for s in (snapshot(source(id_).url, text) for id_, text in texts.items())}
    return found.get


MISPLACED = story("meta-coreweave", source("page"), body="The city got a grant of €31 million. [@page]")
"""A story with a figure that its source seems to have for something else."""
KEPT_MISPLACED = kept(
    {"page": "The city got a grant of €26 million for the port. Its debt of €31 million is due in May."}
)


def ledger_of(body: str, *sources: Source, texts: Mapping[str, str] | None = None, **fields: object) -> Ledger:
    """The ledger of a story with a body; `texts` are the snapshots by the ids of their sources."""
    told = story("told", *sources, body=body, **fields)
    return tracer(library(told), kept(texts or {})).story(told)


def claims_of(sentence: str, evidence: str, language: str | None = None, home: str = "en-GB") -> list[Claim]:
    """The claims of a sentence that cites one source, of which the whole text is kept; `home` is the newsletter's."""
    told = story("told", source("page", language=language), body=f"{sentence} [@page]")
    ours = library(told, newsletter=newsletter(language=home))
    return list(tracer(ours, kept({"page": evidence})).story(told).claims)


def faults(ledger: Ledger) -> list[str]:
    return [claim.text for claim in ledger.claims if claim.is_fault]


__all__ = ["Library", "claims_of", "faults", "kept", "ledger_of", "snapshot"]
