"""The optional extras of the package: what each is for, and how to install it."""

from __future__ import annotations

from importlib.machinery import PathFinder
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

PARTS_OF_PILLOW = {
    "cards": {"_imagingft": "FreeType"},
    "pictures": {"_webp": "WebP", "_imagingcms": "LittleCMS"},
}
"""Modules of Pillow, each with its library, by the output that needs them. A Pillow that was built without the library
lacks the module; its wheels have them all."""


def not_installed(extra: str) -> list[str]:
    """The modules of an extra that are not installed."""
    return [module for module in EXTRAS[extra].modules if find_spec(module) is None]


def not_built(output: str) -> list[str]:
    """The libraries that an output needs and that the installed Pillow was built without. Nothing is imported."""
    folders = getattr(find_spec("PIL"), "submodule_search_locations", None)
    parts = PARTS_OF_PILLOW.get(output, {}) if folders else {}
    return [library for module, library in parts.items() if PathFinder.find_spec(f"PIL.{module}", folders) is None]


def how_to_get(extra: str) -> str:
    """The command that installs an extra."""
    return f"pip install 'citewire[{extra}]'"


def missing_words(extra: str, *modules: str | None) -> str:
    """The message for a user who needs an extra that has missing modules."""
    named = " and ".join(str(module).partition(".")[0] for module in modules)
    return f"for {EXTRAS[extra].use}, {named} {'are' if len(modules) > 1 else 'is'} missing: {how_to_get(extra)}"


def unbuilt_words(*libraries: str) -> str:
    """The message for a user whose Pillow was built without some libraries."""
    return f"Pillow was built without {' and '.join(libraries)}: {_WHEEL}"


_WHEEL = "pip install --force-reinstall --only-binary=:all: pillow"
