"""The option `evidence` of the plugin. All mistakes in it are reported at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from generator.model.address import link_fault
from generator.settings import Settings, refuse_faults
from generator.web.limits import MIB, Limits

KEY_VARIABLE = "CITEWIRE_ARCHIVE_KEY"
"""The environment variable with the archive's `accesskey:secret`, which is never in a file."""
NUMBERS = {"megabytes": (1, 100), "seconds": (5, 300), "pause": (0.5, 60), "hosts": (1, 16)}
"""Each limit with its minimum and maximum."""


class EvidenceSettings(Struct, frozen=True):
    """How sources are read, and which archive makes copies."""

    contact: str | None = None
    """Where site owners can ask about our requests: a web or mail address. The editor's by default."""
    archive: str | None = None
    """An archive with the Wayback Machine's API Save Page Now, without a final slash."""
    limits: Limits = field(default_factory=Limits)


def evidence_settings(given: Mapping[str, Any]) -> EvidenceSettings:
    """The settings. Raises `SettingsError` with every fault."""
    told, usual = Settings("evidence", given), Limits()
    contact, archive = told.text("contact"), told.web("archive").rstrip("/")
    if not re.fullmatch(r"[!-~]*", contact):
        told.fault("contact", "has spaces or letters that no header of HTTP can carry")
    elif link_fault(contact) and contact:
        told.fault("contact", f"is `{contact}`; write https://... or mailto:desk@example.org")
    limits = Limits(
        size=int(told.number("megabytes", usual.size / MIB, *NUMBERS["megabytes"]) * MIB),
        total=told.number("seconds", usual.total, *NUMBERS["seconds"]),
        pause=told.number("pause", usual.pause, *NUMBERS["pause"]),
        hosts=told.whole("hosts", usual.hosts, *NUMBERS["hosts"]),
    )
    refuse_faults(told)
    return EvidenceSettings(contact or None, archive or None, limits)
