"""Read `mkdocs.yml` without starting MkDocs, which takes longer than most commands.

Its options are validated in `options`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml_env_tag import construct_env_tag

from generator.tables import doubled

CONFIG = "mkdocs.yml"
CONTENT = "content"


class ConfigError(Exception):
    """`mkdocs.yml` is missing or invalid; the text is for the user."""


class Configuration(Struct, frozen=True, dict=True):
    """The content of `mkdocs.yml`, and the folders that it names."""

    file: Path
    found: Mapping[str, Any]
    """The settings, with inherited ones merged in and environment variables resolved."""
    texts: tuple[bytes, ...]
    """The bytes of the file, and of the files that it inherits from."""

    @property
    def root(self) -> Path:
        """The folder of the newsletter."""
        return self.file.resolve().parent

    @property
    def site_url(self) -> str:
        return str(self.found.get("site_url") or "")

    @property
    def site_dir(self) -> Path:
        return self.root / str(self.found.get("site_dir") or "site")

    @property
    def pages(self) -> Path:
        """The folder of the ordinary Markdown pages."""
        return self.root / str(self.found.get("docs_dir") or "docs")

    @property
    def content(self) -> Path:
        return self.root / str(self.options.get("content") or CONTENT)

    @property
    def custom_dir(self) -> Path | None:
        """The folder of the newsletter's own overrides of the theme."""
        theme = self.found.get("theme")
        custom = theme.get("custom_dir") if isinstance(theme, dict) else None
        return self.root / custom if isinstance(custom, str) and custom else None

    @cached_property
    def options(self) -> dict[str, Any]:
        """The options of the plugin `citewire`. Raises `ConfigError` if the plugin is not named."""
        plugins = self.found.get("plugins")
        named = plugins if isinstance(plugins, dict) else {}
        if isinstance(plugins, list):
            named = {name: options for entry in plugins if isinstance(entry, dict) for name, options in entry.items()}
        if "citewire" not in named and not (isinstance(plugins, list) and "citewire" in plugins):
            told = f"{self.file.name} does not name the plugin: add `- citewire` under `plugins:`"
            written = [*map(str, named), *_names(plugins)]
            slip = self.instead_of("plugins") if plugins is None else _meant("citewire", written)
            raise ConfigError(told + slip)
        options = named.get("citewire")
        return dict(options) if isinstance(options, dict) else {}

    def instead_of(self, name: str) -> str:
        """The end of a message about a setting that is missing: the one that was probably meant as it; may be empty."""
        return _meant(name, [found for found in map(str, self.found) if found not in _OF_MKDOCS])


_OF_MKDOCS = frozenset(("site_name", "site_url", "site_dir", "site_author", "site_description", "docs_dir", "plugins"))
"""Settings with names like those that we ask for, none of which is a slip."""


def _names(plugins: Any) -> list[str]:
    return [entry for entry in plugins if isinstance(entry, str)] if isinstance(plugins, list) else []


def _meant(name: str, written: list[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    close = get_close_matches(name, written, n=1, cutoff=0.75)
    return f"; did you mean that by `{close[0]}`?" if close else ""


def nearest(folder: Path) -> Path:
    """Return the path, relative to a folder, of its configuration or that of the nearest folder above it.

    If there is none, returns the path of the folder's own, which is missing. The search does not leave the disk. Raises
    `ConfigError` for a configuration above that belongs to another user: it can name programs to run, and being below
    it is no consent.
    """
    try:
        start = folder.resolve()
        disk = start.stat().st_dev
        for above in (start, *start.parents):
            if not above.exists() or above.stat().st_dev != disk:
                break
            if (above / CONFIG).is_file():
                named = Path(os.path.relpath(above / CONFIG, start))
                if above == start or _is_own(above):
                    return named
                told = f"there is no {CONFIG} here, and that of {above} belongs to somebody else"
                raise ConfigError(f"{told}: if you trust it, name it with -f {named}")
    except OSError:  # the folder is gone, or one above it is not accessible
        pass
    return Path(CONFIG)


def _is_own(folder: Path) -> bool:
    """Whether a folder and its configuration belong to the current user. Always true where files have no owners."""
    if not hasattr(os, "geteuid"):
        return True
    return {folder.stat().st_uid, (folder / CONFIG).stat().st_uid} == {os.geteuid()}


def configuration(file: Path) -> Configuration:
    """Read a configuration. Raises `ConfigError` if it is missing or cannot be read."""
    if file.is_dir():
        raise ConfigError(f"{file} is a folder: name the configuration in it, as -f {file / CONFIG}")
    if not file.is_file():
        where = f"no {file} here" if file == Path(CONFIG) else f"no file {file}"
        raise ConfigError(f"there is {where}: run citewire in a folder of your newsletter, or name the file with -f")
    texts: list[bytes] = []
    return Configuration(file, _read(file, texts), tuple(texts))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads values as the host does, except those only the host can make (`!!python/name:` etc.), which become None."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def _read(file: Path, texts: list[bytes]) -> dict[str, Any]:
    """Read a configuration merged over those it inherits from, as the host does. Adds the bytes of each to `texts`."""
    data = file.read_bytes()
    texts.append(data)
    try:
        found = _loaded(file, data)
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(_not_yaml(file, error)) from error
    if not isinstance(found, dict):
        raise ConfigError(f"{file} says nothing: it needs at least site_name, site_url and plugins")
    parent = found.pop("INHERIT", None)
    if parent is None:
        return found
    if not (file.parent / str(parent)).is_file():
        raise ConfigError(f"{file} inherits from {parent}, and there is no such file")
    return _merged(_read(file.parent / str(parent), texts), found)


def _not_yaml(file: Path, error: Exception) -> str:
    """The message for a file that is not YAML: in the library's words, with the position if known."""
    mark, words = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if mark is None or not words:
        return f"{file} is not YAML: {' '.join(str(error).split())}"
    tab = "; indent with spaces" if "tab" in words else ""
    return f"{file}:{mark.line + 1}:{mark.column + 1}: this is not YAML: {words}{tab}"


def _loaded(file: Path, data: bytes) -> Any:
    """The content of a file. Raises `ConfigError` for duplicate keys; the host would silently take the last."""
    loader = _Loader(data)
    try:
        root = loader.get_single_node()
        if told := [f"{file}:{_place(key)}: `{key.value}` stands twice" for key in _doubles(root, set())]:
            raise ConfigError(
                f"{'; '.join(told)}. Keep one of them: the last would be taken and the other dropped without a word"
            )
        return None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def _place(key: ScalarNode) -> str:
    """Line and column of a key."""
    mark: Any = key.start_mark
    return f"{mark.line + 1}:{mark.column + 1}"


def _doubles(node: Node | None, seen: set[int]) -> Iterator[ScalarNode]:
    """The duplicate keys of mappings, at any depth. Those behind an anchor are reported once."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, SequenceNode):
        for entry in node.value:
            yield from _doubles(entry, seen)
    elif isinstance(node, MappingNode):
        yield from doubled(node)
        for _, value in node.value:
            yield from _doubles(value, seen)


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Merge one mapping over another: nested mappings are merged, all else is replaced."""
    both = below.keys() & above.keys()
    deep = {k: _merged(below[k], above[k]) for k in both if isinstance(below[k], dict) and isinstance(above[k], dict)}
    return below | above | deep
