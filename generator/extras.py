"""The optional extras of the package: what each is for, and how to install it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple


class Extra(NamedTuple):
    """An extra as `pyproject.toml` names it."""

    use: str
    modules: tuple[str, ...]
    """Modules that it installs."""


EXTRAS = {
    "pdf": Extra("citing PDFs", ("pypdf",)),
    "draft": Extra("drafting from feeds", ("feedparser",)),
    "import": Extra("archives from elsewhere", ("bs4",)),
    "evidence": Extra("keeping what sources say", ("pypdf", "trafilatura", "lxml_html_clean")),
    "mail": Extra("editions by mail", ("css_inline",)),
    "cards": Extra("pictures for sharing and smaller ones for phones", ("PIL",)),
    "search": Extra("search", ("pagefind_bin",)),
    "cluster": Extra("builds on several machines", ("distributed",)),
    "store": Extra("a site in a store such as S3", ("s3fs",)),
}


def not_installed(extra: str) -> list[str]:
    """The modules of an extra that are not installed."""
    return [module for module in EXTRAS[extra].modules if find_spec(module) is None]


def how_to_get(extra: str) -> str:
    """The command that installs an extra."""
    return f"pip install 'citewire[{extra}]'"


def missing_words(extra: str, *modules: str | None) -> str:
    """The message for a user who needs an extra that has missing modules."""
    named = " and ".join(str(module).partition(".")[0] for module in modules)
    return f"for {EXTRAS[extra].use}, {named} {'are' if len(modules) > 1 else 'is'} missing: {how_to_get(extra)}"
