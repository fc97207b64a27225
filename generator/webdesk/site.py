"""The desk as files of the site, where the configuration asks for it."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from generator.model.artifacts import Artifact, Order
from generator.model.site import Site
from generator.webdesk.config import config
from generator.webdesk.settings import desk_settings

FOLDER = "desk"
BUNDLE = ".cache/desk"
"""Where `make desk` puts what npm has, below the folder of the newsletter."""
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
    """The program of the desk has not been fetched; the text says how."""


def web_desk(
    given: Mapping[str, Any] | None, root: Path, content: Path, schemas: Mapping[str, bytes], site: Site
) -> list[Artifact]:
    """The files of the desk; none where the configuration does not ask for one. Raises `NoBundleError`."""
    if not given:
        return []
    told = config(desk_settings(given), schemas, content.relative_to(root).as_posix(), site.base_url)
    ours = {
        "index.html": _PAGE.format(title=html.escape(site.newsletter.name)).encode(),
        "config.json": (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(),
        "desk.js": (files("generator") / "webdesk" / "desk.js").read_bytes(),
    }
    made = [
        Artifact(f"{FOLDER}/{file}", Order.PAGE, partial(bytes, data), (data.hex(),)) for file, data in ours.items()
    ]
    for file in _bundle(root / BUNDLE):
        stamp = file.stat()
        made.append(Artifact(f"{FOLDER}/{file.name}", Order.ASSET, file.read_bytes, (stamp.st_size, stamp.st_mtime_ns)))
    return made


def _bundle(folder: Path) -> list[Path]:
    """The programs: Decap with the parts that it loads when they are needed, its licence, and a reader of YAML."""
    programs = sorted((folder / _CMS).glob("*decap-cms.js"))
    if not (folder / _CMS / "decap-cms.js").is_file() or not (folder / _YAML).is_file():
        raise NoBundleError("the desk has not been fetched: run `make desk-files` (docs/desk-web.md says what it does)")
    return [*programs, *sorted((folder / _CMS).glob("decap-cms.js.LICENSE.txt")), folder / _YAML]
