"""The configuration of Decap: its files, the form of each, and where it writes (https://decapcms.org/docs/)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.webdesk.fields import entries_of, fields_of, maps_in
from generator.webdesk.settings import DeskSettings

FORMAT = "citewire"
"""The name of the format that `desk.js` reads and writes."""
_FOLDERS = {
    "story": ("stories", "Stories", "Story", "{{year}}/{{slug}}", "{{title}}", "../../"),
    "edition": ("editions", "Editions", "Edition", "{{slug}}", "{{year}}-{{month}}-{{day}}", "../"),
}
"""For each kind of file: its folder, its labels, the path and the slug of a new file, and the way up to the schemas."""
_VOCABULARIES = {"publishers": "Publishers", "entities": "Companies and people", "topics": "Topics"}


def config(settings: DeskSettings, schemas: Mapping[str, bytes], content: str, site_url: str) -> dict[str, Any]:
    """The configuration. `content` is the folder of the content in the repository."""
    found = {kind: json.loads(data) for kind, data in schemas.items()}
    return {
        "backend": settings.decap,
        "local_backend": {"url": settings.local},
        "load_config_file": False,
        "site_url": site_url,
        "display_url": site_url,
        "media_folder": f"{content}/images",
        "public_folder": "",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "publish_mode": "simple",
        "collections": [
            *(_folder(kind, found[kind], content) for kind in _FOLDERS),
            {
                "name": "vocabularies",
                "label": "Vocabularies",
                "editor": {"preview": False},
                "files": [_vocabulary(kind, found[kind], content) for kind in _VOCABULARIES],
            },
        ],
        "citewire": {"kinds": {kind: _kind(kind, found[kind]) for kind in _FOLDERS}},
    }


def _folder(kind: str, schema: Mapping[str, Any], content: str) -> dict[str, Any]:
    folder, many, one, path, slug, _ = _FOLDERS[kind]
    fields = [{**field, "default": True} if field["name"] == "draft" else field for field in fields_of(schema)]
    return {
        "name": folder,
        "label": many,
        "label_singular": one,
        "folder": f"{content}/{folder}",
        "create": True,
        "extension": "yml",
        "format": FORMAT,
        "path": path,
        "slug": slug,
        "identifier_field": "title",
        "summary": "{{published}}  {{title}}",
        "sortable_fields": ["published", "title"],
        "editor": {"preview": False},
        "fields": [{"name": "kind", "label": "Kind", "widget": "hidden", "default": kind, "required": False}, *fields],
    }


def _vocabulary(kind: str, schema: Mapping[str, Any], content: str) -> dict[str, Any]:
    entries = {"label": "Entries", "name": "entries", "widget": "list", "collapsed": True, "summary": "{{fields.id}}"}
    return {
        "name": kind,
        "label": _VOCABULARIES[kind],
        "file": f"{content}/{kind}.yml",
        "format": FORMAT,
        "fields": [{**entries, "fields": entries_of(schema)}],
    }


def _kind(kind: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """What the format needs to know: the order of fields in a file, and which of them are mappings by id."""
    up = _FOLDERS[kind][-1]
    head = f"# yaml-language-server: $schema={up}.schemas/{kind}.json\n"
    return {"head": head, "order": list(schema["properties"]), "maps": list(maps_in(schema))}
