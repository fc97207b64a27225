"""`outputs` in `mkdocs.yml`: what is made beside pages and feeds, each a name that is switched on or off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from generator.project import CONFIG, ConfigError

OUTPUTS = {"search": "pagefind_bin", "cards": "PIL"}
"""Outputs that need a package which may not be there. Where nothing is said, they are on when it is."""


def chosen(settings: Mapping[str, Any]) -> frozenset[str]:
    """The outputs that are to be made. Raises `ConfigError` with all that cannot be."""
    if faults := list(_faults(settings)):
        raise ConfigError("; ".join(faults))
    return frozenset(name for name in OUTPUTS if settings.get(name, _is_installed(name)))


def _faults(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, wanted in settings.items():
        if name not in OUTPUTS:
            yield f"{CONFIG} sets `outputs: {name}`, and there is no such output; there are {', '.join(OUTPUTS)}"
        elif not isinstance(wanted, bool):
            yield f"{CONFIG} sets `outputs: {name}` to `{wanted}`; it can be true or false"
        elif wanted and not _is_installed(name):
            yield f'`outputs: {name}` needs a package that is not installed: pip install "citewire[{name}]"'


def _is_installed(name: str) -> bool:
    return find_spec(OUTPUTS[name]) is not None
