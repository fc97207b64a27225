"""The option `evidence` of the plugin. All mistakes in it are reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from generator.model.address import link_fault, web_fault
from generator.model.settings import SettingsError
from generator.model.slips import likely
from generator.web.limits import MIB, Limits

KEY_VARIABLE = "CITEWIRE_ARCHIVE_KEY"
"""Holds `accesskey:secret` of the archive, which never stands in a file."""
NUMBERS = {"megabytes": (1, 100), "seconds": (5, 300), "pause": (0.5, 60), "hosts": (1, 16)}
"""Each limit with the least and the most that it can be."""
TEXTS = ("archive", "contact")


class EvidenceSettings(Struct, frozen=True):
    """How sources are read, and which archive keeps copies."""

    contact: str | None = None
    """Where site owners can ask about our reading: an address of the web or a mailbox. The editor's by default."""
    archive: str | None = None
    """An archive with the API of the Wayback Machine's Save Page Now, without a slash at the end."""
    limits: Limits = field(default_factory=Limits)


def evidence_settings(given: Mapping[str, Any]) -> EvidenceSettings:
    """The settings. Raises `SettingsError` with all that is wrong."""
    if faults := list(_faults(given)):
        raise SettingsError(faults)
    usual = Limits()
    limits = Limits(
        size=int(given.get("megabytes", usual.size / MIB) * MIB),
        total=given.get("seconds", usual.total),
        pause=given.get("pause", usual.pause),
        hosts=given.get("hosts", usual.hosts),
    )
    archive = given.get("archive")
    return EvidenceSettings(given.get("contact"), archive.rstrip("/") if archive else None, limits)


def _faults(given: Mapping[str, Any]) -> Iterator[str]:
    for name, value in given.items():
        if name in NUMBERS:
            yield from _number_fault(name, value)
        elif name not in TEXTS:
            near = likely(name, (*TEXTS, *NUMBERS))
            known = f"did you mean `{near}`?" if near else f"it can have {', '.join((*TEXTS, *NUMBERS))}"
            yield f"`evidence` has no `{name}`: {known}"
        elif not isinstance(value, str) or not value:
            yield f"`evidence: {name}` is not a text"
        elif name == "archive" and (fault := web_fault(value)):
            yield f"`evidence: archive` is no address: {fault}; https://web.archive.org is one"
        elif name == "contact" and not re.fullmatch(r"[!-~]+", value):
            yield "`evidence: contact` has spaces or letters that no header of HTTP can carry"
        elif name == "contact" and link_fault(value):
            yield f"`evidence: contact` is `{value}`; write https://... or mailto:desk@example.org"


def _number_fault(name: str, value: Any) -> Iterator[str]:
    least, most = NUMBERS[name]
    is_number = isinstance(value, int) or (isinstance(value, float) and name != "hosts")
    if isinstance(value, bool) or not is_number or not least <= value <= most:
        whole = "a whole number" if name == "hosts" else "a number"
        yield f"`evidence: {name}` is `{value}`; it must be {whole} from {least} to {most}"
