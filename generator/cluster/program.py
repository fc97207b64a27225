"""A fingerprint of the installed program: two machines that have the same one make the same bytes of the same work."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

from generator.files import PACKAGE
from generator.model.fingerprint import fingerprint

_NAME = re.compile(r"[\w.-]+")


@cache
def program() -> str:
    """Fingerprint of what the files of the program hold, of the packages that it names, and of Python.

    The cache knows a program by the times of its files (`cache.program`), which differ from machine to machine.
    """
    files = sorted(path for path in PACKAGE.rglob("*") if "__pycache__" not in path.parts and path.is_file())
    texts = (f"{path.relative_to(PACKAGE).as_posix()} {path.read_bytes().hex()}" for path in files)
    return fingerprint(repr(sys.version_info), *_packages(), *texts)


def _packages() -> Iterator[str]:
    for needed in sorted(requires("citewire") or ()):
        if name := _NAME.match(needed):
            yield f"{name[0]} {_version(name[0])}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
