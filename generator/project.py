"""Finding a newsletter on disk without its host: for commands that only read and judge, and must answer at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from generator.check.rules import Setting
from generator.check.table import unknown_rules
from generator.pipeline import Project

CONFIG = "mkdocs.yml"
CONTENT = "content"
SETTINGS = ("off", "warning", "error")
CAPABILITIES = ("announce", "comments", "draft", "evidence", "mail", "outputs", "strip")
"""Options of the plugin that are mappings of their own, each read by the part that it is named after."""


class ConfigError(Exception):
    """`mkdocs.yml` is missing or says something that cannot be; the text is for the user."""


def find(config: Path | None = None) -> Project:
    """The project of a configuration file, or that of this folder. Raises `ConfigError`."""
    file = config or Path(CONFIG)
    if not file.is_file():
        raise ConfigError(
            f"there is no {file} here: run citewire in the folder of your newsletter, or name the file with -f"
        )
    found = _read(file)
    if not found.get("site_url"):
        raise ConfigError(f"{file} has no site_url, which feeds and canonical links need")
    root = file.resolve().parent
    pages = root / str(found.get("docs_dir") or "docs")
    return project_of(root, _options(found), pages, _custom_dir(root, found))


def site_url(config: Path) -> str:
    """The address of the site of a configuration that `find` has found, with a slash at its end."""
    return str(_read(config)["site_url"]).rstrip("/") + "/"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads values as the host does, and leaves out what only the host can make (`!!python/name:` and the like)."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def _read(file: Path) -> dict[str, Any]:
    """A configuration with those that it inherits from, as the host merges them."""
    try:
        found = yaml.load(file.read_bytes(), Loader=_Loader)  # noqa: S506
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"{file} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(found, dict):
        raise ConfigError(f"{file} says nothing: it needs at least site_name, site_url and plugins")
    parent = found.pop("INHERIT", None)
    if parent is None:
        return found
    if not (file.parent / str(parent)).is_file():
        raise ConfigError(f"{file} inherits from {parent}, and there is no such file")
    return _merged(_read(file.parent / str(parent)), found)


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """One mapping over another: mappings are merged at every depth, all else is replaced."""
    both = below.keys() & above.keys()
    deep = {k: _merged(below[k], above[k]) for k in both if isinstance(below[k], dict) and isinstance(above[k], dict)}
    return below | above | deep


def project_of(root: Path, options: dict[str, Any], pages: Path, custom_dir: Path | None) -> Project:
    """The project with the plugin's options. Raises `ConfigError` when they cannot be."""
    content = root / str(options.get("content") or CONTENT)
    if strangers := sorted(options.keys() - {"content", "rules", *CAPABILITIES}):
        raise ConfigError(f"{CONFIG} gives the plugin options that it does not have: {', '.join(strangers)}")
    if not content.resolve().is_relative_to(root):
        raise ConfigError(f"the content folder {content} is not beside {CONFIG}")
    if not content.is_dir():
        raise ConfigError(f"there is no folder {content.name}/ beside {CONFIG}: it holds the stories and editions")
    templates = custom_dir / "citewire" if custom_dir else None
    return Project(root, content, pages, _rules(options.get("rules") or {}), templates, _settings(options))


def _settings(options: dict[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What is said of each capability; those of which nothing is said are left out."""
    given = {name: options[name] for name in CAPABILITIES if options.get(name)}
    for name, settings in given.items():
        if not isinstance(settings, dict):
            raise ConfigError(f"{CONFIG} sets `{name}` to something that is not a mapping")
    return given


def _rules(given: Any) -> dict[str, Setting]:
    """How grave rules are. YAML reads `off` as false, which is what is meant."""
    if not isinstance(given, dict):
        raise ConfigError(f"{CONFIG} sets `rules` to something that is not a mapping `name: error`")
    rules: dict[str, Any] = {name: "off" if setting is False else setting for name, setting in given.items()}
    if strangers := unknown_rules(rules):
        raise ConfigError(f"{CONFIG} sets rules that do not exist: {', '.join(strangers)}")
    for name, setting in rules.items():
        if setting not in SETTINGS:
            raise ConfigError(f"{CONFIG} sets the rule {name} to `{setting}`; it can be {', '.join(SETTINGS)}")
    return rules


def _options(config: Any) -> dict[str, Any]:
    """The options of the plugin `citewire` in a configuration."""
    plugins = config.get("plugins")
    named = plugins if isinstance(plugins, dict) else {}
    if isinstance(plugins, list):
        named = {name: options for entry in plugins if isinstance(entry, dict) for name, options in entry.items()}
    if "citewire" not in named and not (isinstance(plugins, list) and "citewire" in plugins):
        raise ConfigError(f"{CONFIG} does not name the plugin: add `- citewire` under `plugins:`")
    options = named.get("citewire")
    return dict(options) if isinstance(options, dict) else {}


def _custom_dir(root: Path, config: Any) -> Path | None:
    theme = config.get("theme") if isinstance(config, dict) else None
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    return root / custom if isinstance(custom, str) and custom else None
