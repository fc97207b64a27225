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
    option, usual = Settings("evidence", given), Limits()
    contact, archive = option.text("contact"), option.web("archive").rstrip("/")
    if not re.fullmatch(r"[!-~]*", contact):
        option.fault("contact", "has spaces or letters that no header of HTTP can carry")
    elif link_fault(contact) and contact:
        option.fault("contact", f"is `{contact}`; write https://... or mailto:desk@example.org")
    limits = Limits(
        size=int(option.number("megabytes", usual.size / MIB, *NUMBERS["megabytes"]) * MIB),
        total=option.number("seconds", usual.total, *NUMBERS["seconds"]),
        pause=option.number("pause", usual.pause, *NUMBERS["pause"]),
        hosts=option.whole("hosts", usual.hosts, *NUMBERS["hosts"]),
    )
    refuse_faults(option)
    return EvidenceSettings(contact or None, archive or None, limits)
