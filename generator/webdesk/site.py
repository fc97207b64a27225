"""Declare the files of the web desk, if it is configured."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from generator.model.artifacts import Artifact, Order, Values
from generator.model.site import Site
from generator.webdesk.config import config
from generator.webdesk.settings import BUNDLE, DeskSettings, desk_settings

FOLDER = "desk"
_CMS, _YAML = "decap-cms/dist", "node_modules/js-yaml/dist/js-yaml.min.js"
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<title>{title}</title>
<link rel="icon" href="../assets/citewire/favicon.svg">
</head>
<body>
<noscript>This page needs JavaScript. The files of the newsletter can be edited without it, too.</noscript>
<script>window.CMS_MANUAL_INIT = true</script>
<script src="decap-cms.js"></script>
<script src="js-yaml.min.js"></script>
<script src="desk.js"></script>
</body>
</html>
"""


class NoBundleError(Exception):
    """The desk's program has not been fetched. The message says how."""


def web_desk(
    given: Mapping[str, Any] | None,
    root: Path,
    content: Path,
    schemas: Mapping[str, Callable[[], bytes]],
    made_of: Values,
    site: Site,
) -> list[Artifact]:
    """The files of the desk; none if it is not configured. Raises `NoBundleError`.

    `schemas` write the schemas of the content's files, and `made_of` is all that these depend on.
    """
    if not given:
        return []
    settings = desk_settings(given)
    page = _PAGE.format(title=html.escape(site.newsletter.name)).encode()
    script = Path(__file__).with_name("desk.js").read_bytes()
    told = partial(_config, settings, schemas, content.relative_to(root).as_posix(), site.base_url)
    made = [
        Artifact(f"{FOLDER}/index.html", Order.PAGE, lambda: page, (site.newsletter,)),
        Artifact(f"{FOLDER}/desk.js", Order.ASSET, lambda: script, (script.decode(),)),
        Artifact(f"{FOLDER}/config.json", Order.ASSET, told, (*made_of, json.dumps(settings.decap), settings.port)),
    ]
    for file in _bundle(root / BUNDLE):
        stamp = file.stat()
        made.append(Artifact(f"{FOLDER}/{file.name}", Order.ASSET, file.read_bytes, (stamp.st_size, stamp.st_mtime_ns)))
    return made


def _config(settings: DeskSettings, schemas: Mapping[str, Callable[[], bytes]], content: str, site_url: str) -> bytes:
    told = config(settings, {name: write() for name, write in schemas.items()}, content, site_url)
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _bundle(folder: Path) -> list[Path]:
    """The programs: Decap with the parts that it loads on demand, its licence, and a YAML parser."""
    programs = sorted((folder / _CMS).glob("*decap-cms.js"))
    if not (folder / _CMS / "decap-cms.js").is_file() or not (folder / _YAML).is_file():
        where = "in a clone of Citewire run `make desk-files`"
        raise NoBundleError(f"the desk has not been fetched: {where}; it belongs into {folder}")
    return [*programs, *sorted((folder / _CMS).glob("decap-cms.js.LICENSE.txt")), folder / _YAML]
