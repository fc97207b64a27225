"""Turn the plugin's options in `mkdocs.yml` into a `Project`, without starting MkDocs, or raise `ConfigError`.

Each capability (mail, evidence and the like) reads its own options in its `settings.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, get_args
from urllib.parse import urlsplit

from msgspec.structs import replace

from generator.check.rules import Setting
from generator.check.table import PRESETS, RULES, preset_settings
from generator.configuration import CONFIG, CONTENT, ConfigError, configuration
from generator.evidence import FOLDER
from generator.extras import missing_words, not_built, not_installed, unbuilt_words
from generator.model.address import likely_address, link_fault, web_fault
from generator.model.outputs import Outputs
from generator.project import Project
from generator.render.settings import additions_of
from generator.settings import Settings, SettingsError, refuse_faults
from generator.texts.slips import likely
from generator.webdesk.settings import desk_settings

T = TypeVar("T")
OF_EXTRAS = {"search": "search", "cards": "cards", "pictures": "cards"}
"""Outputs that need an extra, with its name."""
SETTINGS: tuple[Setting, ...] = get_args(Setting)
MAPPINGS = ("outputs", "rules", "announce", "comments", "desk", "draft", "evidence", "mail", "strip")
"""Options of the plugin that are mappings. All but the first two are read by the package that they are for."""


def find(config: Path | None = None) -> Project:
    """Return the project of a configuration file, by default the one in this folder. Raises `ConfigError`."""
    found = configuration(config or Path(CONFIG))
    options = found.options  # first: where the plugin is not named, this is no newsletter at all
    judge_site_url(found.site_url, found.instead_of("site_url"))
    project = project_of(found.root, options, found.pages, found.custom_dir)
    return replace(project, site_url=found.site_url, site_dir=found.site_dir)


def judge_site_url(address: str | None, instead: str = "") -> None:
    """Raise `ConfigError` if an address cannot be the site's. `instead` ends the message if there is none."""
    if not address:
        instead = instead or "; write it as site_url: https://news.example/"
        raise ConfigError(f"{CONFIG} has no site_url, which feeds and canonical links need{instead}")
    if fault := web_fault(address) or _site_fault(address):
        near = likely_address(address)
        near = f"; write {near}" if near.isascii() and near not in ("", address) else ""
        raise ConfigError(f"{CONFIG}: site_url is `{address}`, which is not the address of a site: {fault}{near}")


def _site_fault(address: str) -> str | None:
    """Why pages cannot be below an address of the web; None if they can."""
    if "?" in address or "#" in address:
        return "nothing can be behind its `?` or `#`"
    if not urlsplit(address).netloc.isascii():
        return "its domain has letters that stand as xn--... in addresses"
    return None if address.isascii() else "it has letters that stand as %.. in addresses"


def project_of(root: Path, options: dict[str, Any], pages: Path, custom_dir: Path | None) -> Project:
    """Return the project for the plugin's options. Raises `ConfigError` if they are wrong."""
    content = root / str(options.get("content") or CONTENT)
    if not content.resolve().is_relative_to(root):
        raise ConfigError(f"the content folder {content} is not beside {CONFIG}")
    if not content.is_dir():
        raise ConfigError(f"there is no folder {content.name}/ beside {CONFIG}: it holds the stories and editions")
    _refuse_to_publish(content / FOLDER, pages, custom_dir)
    templates = custom_dir / "citewire" if custom_dir else None
    told = _strangers(options)
    settings = _settings(options)
    of_rules, of_outputs = settings.pop("rules", {}), settings.pop("outputs", {})
    found = _noting(told, lambda: _rules_and_outputs(of_rules, of_outputs))
    additions = _noting(told, lambda: additions_of(settings))
    for judge in _judges(settings):
        _noting(told, judge)
    if told or found is None or additions is None:
        raise ConfigError("\n".join(told))
    rules, outputs = found
    hubs = tuple(settings.get("announce", {}).get("hubs") or ())
    return Project(root, content, pages, rules, templates, settings, outputs=outputs, additions=additions, hubs=hubs)


def _refuse_to_publish(evidence: Path, *published: Path | None) -> None:
    """Raise if the snapshots, which hold others' words, are in a folder that the host publishes."""
    for folder in published:
        if folder and evidence.resolve().is_relative_to(folder.resolve()):
            told = f"{CONFIG} would publish {evidence.name}/, since it lies inside {folder.name}/"
            raise ConfigError(f"{told}: write a folder of its own there, such as `docs_dir: {CONTENT}/pages`")


def _settings(options: dict[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The options that are mappings; empty ones are left out."""
    given = {name: options[name] for name in MAPPINGS if options.get(name)}
    for name, settings in given.items():
        if not isinstance(settings, dict):
            raise ConfigError(f"{CONFIG} sets `{name}` to something that is not a mapping")
    return given


def _strangers(options: Mapping[str, Any]) -> list[str]:
    """What is to be said of each option that the plugin does not have."""
    known = ("content", *MAPPINGS)
    told = []
    for name in sorted(options.keys() - {*known}):
        near = likely(name, known)
        there = f"did you mean `{near}`?" if near else f"there are {', '.join(known)}"
        told.append(f"{CONFIG}: `{name}` is not an option of the plugin citewire; {there}")
    return told


def _noting(told: list[str], judge: Callable[[], T]) -> T | None:
    """What a function returns; None if it finds mistakes, which are added to `told`."""
    try:
        return judge()
    except SettingsError as error:
        told.append(str(error))
        return None


def _judges(settings: Mapping[str, Mapping[str, Any]]) -> Iterator[Callable[[], Any]]:
    """Functions by which each capability reads its own options, so that mistakes are reported now, not when its command
    runs.

    Capabilities that the newsletter does not use are not imported.
    """
    if given := settings.get("announce"):
        from generator.announce.settings import announce_settings  # noqa: PLC0415

        yield partial(announce_settings, given)
    if given := settings.get("draft"):
        from generator.draft.settings import endpoint  # noqa: PLC0415

        yield partial(endpoint, given)
    if given := settings.get("evidence"):
        from generator.evidence.settings import evidence_settings  # noqa: PLC0415

        yield partial(evidence_settings, given)
    if given := settings.get("mail"):
        from generator.mail.settings import mail_settings  # noqa: PLC0415

        yield partial(mail_settings, given)
    yield partial(desk_settings, settings.get("desk") or {"backend": "local"})


def _rules_and_outputs(rules: Mapping[str, Any], outputs: Mapping[str, Any]) -> tuple[dict[str, Setting], Outputs]:
    """What the two options set. YAML reads the `off` of a rule as false. Raises `SettingsError` with every fault."""
    of_rules = Settings("rules", {name: "off" if setting is False else setting for name, setting in rules.items()})
    of_outputs = Settings("outputs", outputs)
    found = _rules(of_rules), _outputs(of_outputs)
    refuse_faults(of_rules, of_outputs)
    return found


def _rules(option: Settings) -> dict[str, Setting]:
    """The severity of each rule in which the newsletter differs from the table: that of its preset, unless set here."""
    preset = option.choice("preset", PRESETS, PRESETS[1])
    known, found = [rule.name for rule in RULES], dict[str, Any]()
    for name in option.names:
        if name in known:
            found[name] = option.choice(name, SETTINGS)
        else:
            option.take(name)
            near = likely(str(name), known)
            option.fault(str(name), _NO_RULE + (f"; did you mean {near}?" if near else ""))
    return preset_settings(preset) | found


_NO_RULE = "cannot be set: no rule has that name, or it is one of those of reading a file, which always hold"


def _outputs(option: Settings) -> Outputs:
    """Which kinds of output the site has. Those that need an extra are usual where it is installed."""
    lacks = {name: _lack(name) for name in OF_EXTRAS}
    usual = Outputs(**{name: not lack for name, lack in lacks.items()})
    found = {
        name: option.switch(name, getattr(usual, name)) for name in Outputs.__struct_fields__ if name != "security"
    }
    for name, lack in lacks.items():
        if found[name] and lack:
            option.fault(name, f"cannot be made: {lack}")
    return Outputs(**found, security=_security(option, usual.security))


def _lack(output: str) -> str:
    """What an output lacks, and how to get it; empty if it can be made."""
    if modules := not_installed(extra := OF_EXTRAS[output]):
        return missing_words(extra, *modules)
    libraries = not_built(output)
    return unbuilt_words(*libraries) if libraries else ""


def _security(option: Settings, usual: bool | str) -> bool | str:
    """Whether there is a `security.txt`, or the contact address in it."""
    value = option.take("security")
    if value is None or isinstance(value, bool) or (isinstance(value, str) and not link_fault(value)):
        return usual if value is None else value
    option.fault("security", f"is `{value}`; it can be true, false, or an address that begins with https: or mailto:")
    return usual
