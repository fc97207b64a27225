"""Finding a newsletter on disk without its host: for commands that only read and judge, and must answer at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from generator.check.rules import Setting
from generator.check.table import PRESETS, preset_settings, unknown_rules
from generator.evidence import FOLDER
from generator.model.address import link_fault, web_fault
from generator.model.outputs import Outputs
from generator.model.settings import SettingsError
from generator.pipeline import Project
from generator.reading import reading_of
from generator.webdesk.settings import desk_settings

CONFIG = "mkdocs.yml"
CONTENT = "content"
PACKAGES = {"search": "pagefind_bin", "cards": "PIL"}
"""Outputs that need a package which need not be installed."""
SETTINGS = ("off", "warning", "error")
CAPABILITIES = ("announce", "comments", "desk", "draft", "evidence", "mail", "strip")
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
    project = project_of(root, _options(found), pages, _custom_dir(root, found))
    site_dir = root / str(found.get("site_dir") or "site")
    return replace(project, site_url=str(found["site_url"]), site_dir=site_dir)


def site_url(config: Path) -> str:
    """The address of the site of a configuration that `find` has found, with a slash at its end."""
    return str(_read(config)["site_url"]).rstrip("/") + "/"


def configuration(file: Path) -> tuple[dict[str, Any], list[bytes]]:
    """What a configuration says, and its bytes with those of the files that it inherits from."""
    texts: list[bytes] = []
    return _read(file, texts), texts


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads values as the host does, and leaves out what only the host can make (`!!python/name:` and the like)."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def _read(file: Path, texts: list[bytes] | None = None) -> dict[str, Any]:
    """A configuration with those that it inherits from, as the host merges them. Adds the bytes of each to `texts`."""
    data = file.read_bytes()
    if texts is not None:
        texts.append(data)
    try:
        found = yaml.load(data, Loader=_Loader)  # noqa: S506
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"{file} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(found, dict):
        raise ConfigError(f"{file} says nothing: it needs at least site_name, site_url and plugins")
    parent = found.pop("INHERIT", None)
    if parent is None:
        return found
    if not (file.parent / str(parent)).is_file():
        raise ConfigError(f"{file} inherits from {parent}, and there is no such file")
    return _merged(_read(file.parent / str(parent), texts), found)


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """One mapping over another: mappings are merged at every depth, all else is replaced."""
    both = below.keys() & above.keys()
    deep = {k: _merged(below[k], above[k]) for k in both if isinstance(below[k], dict) and isinstance(above[k], dict)}
    return below | above | deep


def project_of(root: Path, options: dict[str, Any], pages: Path, custom_dir: Path | None) -> Project:
    """The project with the plugin's options. Raises `ConfigError` when they cannot be."""
    content = root / str(options.get("content") or CONTENT)
    if strangers := sorted(options.keys() - {"content", "outputs", "rules", *CAPABILITIES}):
        raise ConfigError(f"{CONFIG} gives the plugin options that it does not have: {', '.join(strangers)}")
    if not content.resolve().is_relative_to(root):
        raise ConfigError(f"the content folder {content} is not beside {CONFIG}")
    if not content.is_dir():
        raise ConfigError(f"there is no folder {content.name}/ beside {CONFIG}: it holds the stories and editions")
    _refuse_to_publish(content / FOLDER, pages, custom_dir)
    templates = custom_dir / "citewire" if custom_dir else None
    rules, outputs = _rules(options.get("rules") or {}), _outputs(options.get("outputs") or {})
    settings = _settings(options)
    _check_desk(settings)
    reading, faults = reading_of(settings)
    if faults:
        raise ConfigError(f"{CONFIG}: {'; '.join(faults)}")
    return Project(
        root, content, pages, rules, templates, settings, outputs=outputs, reading=reading, hubs=_hubs(settings)
    )


def _refuse_to_publish(evidence: Path, *published: Path | None) -> None:
    """Snapshots hold words of others; the host publishes whatever lies in its own folders."""
    for folder in published:
        if folder and evidence.resolve().is_relative_to(folder.resolve()):
            raise ConfigError(f"{CONFIG} would publish {evidence.name}/, since it lies inside {folder.name}/")


def _settings(options: dict[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What is said of each capability; those of which nothing is said are left out."""
    given = {name: options[name] for name in CAPABILITIES if options.get(name)}
    for name, settings in given.items():
        if not isinstance(settings, dict):
            raise ConfigError(f"{CONFIG} sets `{name}` to something that is not a mapping")
    return given


def _check_desk(settings: Mapping[str, Mapping[str, Any]]) -> None:
    try:
        desk_settings(settings.get("desk") or {"backend": "local"})
    except SettingsError as error:
        raise ConfigError(f"{CONFIG}: {error}") from error


def _rules(given: Any) -> dict[str, Setting]:
    """How grave rules are: those of a preset, and over them the ones that are named. YAML reads `off` as false."""
    if not isinstance(given, dict):
        raise ConfigError(f"{CONFIG} sets `rules` to something that is not a mapping `name: error`")
    named: dict[str, Any] = {name: "off" if setting is False else setting for name, setting in given.items()}
    preset = named.pop("preset", PRESETS[1])
    if preset not in PRESETS:
        raise ConfigError(f"{CONFIG} sets `preset` of `rules` to `{preset}`; it can be {', '.join(PRESETS)}")
    if strangers := unknown_rules(named):
        raise ConfigError(f"{CONFIG} sets rules that do not exist: {', '.join(strangers)}")
    for name, setting in named.items():
        if setting not in SETTINGS:
            raise ConfigError(f"{CONFIG} sets the rule {name} to `{setting}`; it can be {', '.join(SETTINGS)}")
    return preset_settings(preset) | named


def _outputs(given: Any) -> Outputs:
    """Which kinds of output the site has. `security` may name the address to write to."""
    if not isinstance(given, dict):
        raise ConfigError(f"{CONFIG} sets `outputs` to something that is not a mapping `name: false`")
    known = [field.name for field in fields(Outputs)]
    if strangers := sorted(str(name) for name in given if name not in known):
        raise ConfigError(
            f"{CONFIG} sets outputs that do not exist: {', '.join(strangers)}; there are {', '.join(known)}"
        )
    for name, setting in given.items():
        if name == "security" and isinstance(setting, str) and not link_fault(setting):
            continue
        if not isinstance(setting, bool):
            extra = ", or an address that begins with https: or mailto:" if name == "security" else ""
            raise ConfigError(f"{CONFIG} sets the output {name} to `{setting}`; it can be true or false{extra}")
    return Outputs(**_needing_packages(given), **given)


def _hubs(settings: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """The hubs of `announce`, which the feeds name."""
    hubs = settings.get("announce", {}).get("hubs") or []
    if not isinstance(hubs, list) or any(web_fault(str(hub)) for hub in hubs):
        raise ConfigError(f"{CONFIG} names `hubs` under `announce` that are not a list of addresses of the web")
    return tuple(map(str, hubs))


def _needing_packages(given: Mapping[str, Any]) -> dict[str, bool]:
    """Outputs of which nothing is said, and that need a package: on where it is installed."""
    for name, package in PACKAGES.items():
        if given.get(name) and find_spec(package) is None:
            raise ConfigError(f'{CONFIG} asks for the output {name}: pip install "citewire[{name}]"')
    return {name: find_spec(package) is not None for name, package in PACKAGES.items() if name not in given}


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
