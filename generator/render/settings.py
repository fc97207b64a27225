"""The options `strip` and `comments` of the plugin: what they add to pages. All mistakes are reported at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.model.additions import Additions, Comments, Strip
from generator.model.address import web_fault
from generator.settings import Settings, refuse_faults

_GISCUS = {"repo": "repo", "repo_id": "repo-id", "category": "category", "category_id": "category-id"}
"""Our names of giscus's settings, and its own (https://giscus.app)."""
_OWN_PAGE = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*/\Z")
"""A page of the site itself, such as `subscribe/`."""


def additions_of(settings: Mapping[str, Mapping[str, Any]]) -> Additions:
    """Return what the options add to pages. Raises `SettingsError` with every fault."""
    strip, comments = (Settings(name, settings.get(name) or {}) for name in ("strip", "comments"))
    found = Additions(_strip(strip) if strip.names else None, _comments(comments) if comments.names else None)
    refuse_faults(strip, comments)
    return found


def _strip(option: Settings) -> Strip:
    text, link, action = option.text("text", needed=True), option.text("link", needed=True), option.text("action")
    if link and not _OWN_PAGE.match(link) and (fault := web_fault(link)):
        option.fault("link", f"is not the address of a page: {fault}")
    return Strip(text, link, action or None, option.switch("advertisement"))


def _comments(option: Settings) -> Comments:
    isso, giscus = option.web("isso"), option.inner("giscus")
    if isso and giscus:
        option.fault("", "names both isso and giscus: one keeps the comments")
    elif not isso and giscus is None and not option.faults:
        option.fault("", "names no server: isso or giscus")
    if giscus:
        return Comments(giscus={theirs: giscus.text(ours, needed=True) for ours, theirs in _GISCUS.items()})
    return Comments(isso=isso.rstrip("/") + "/" if isso else None)
