"""The options `strip` and `comments` of the plugin: what they add to pages. All mistakes are reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.additions import Additions, Comments, Strip
from generator.model.address import web_fault
from generator.model.settings import SettingsError

_GISCUS = {"repo": "repo", "repo_id": "repo-id", "category": "category", "category_id": "category-id"}
"""Our names for what giscus is told, and its own (https://giscus.app)."""
_OWN_PAGE = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*/\Z")
"""A page of the site itself, such as `subscribe/`."""
_STRIP = ("text", "link", "action", "advertisement")


def additions_of(settings: Mapping[str, Mapping[str, Any]]) -> Additions:
    """Return what the options add to pages. Raises `SettingsError` with every fault."""
    strip, comments = settings.get("strip"), settings.get("comments")
    if faults := [*_strip_faults(strip or {}), *_comments_faults(comments or {})]:
        raise SettingsError(faults)
    return Additions(Strip(**strip) if strip else None, _comments(comments) if comments else None)


def _strip_faults(given: Mapping[str, Any]) -> Iterator[str]:
    yield from _strangers("strip", given, _STRIP)
    for name in ("text", "link") if given else ():
        if not given.get(name):
            yield f"`strip` has no `{name}`"
    yield from _no_texts("strip", given, ("text", "link", "action"))
    link = given.get("link")
    if isinstance(link, str) and not _OWN_PAGE.match(link) and (fault := web_fault(link)):
        yield f"`strip.link` is not the address of a page: {fault}"
    if not isinstance(given.get("advertisement", False), bool):
        yield "`strip.advertisement` is neither true nor false"


def _comments_faults(given: Mapping[str, Any]) -> Iterator[str]:
    yield from _strangers("comments", given, ("isso", "giscus"))
    if given.keys() >= {"isso", "giscus"}:
        yield "`comments` names both isso and giscus: one keeps the comments"
    yield from _no_texts("comments", given, ("isso",))
    if isinstance(given.get("isso"), str) and (fault := web_fault(given["isso"])):
        yield f"`comments.isso` is not the address of a server: {fault}"
    giscus = given.get("giscus")
    if giscus is None:
        return
    if not isinstance(giscus, dict):
        yield "`comments.giscus` is not a mapping"
        return
    yield from _strangers("comments.giscus", giscus, tuple(_GISCUS))
    yield from _no_texts("comments.giscus", giscus, tuple(_GISCUS))
    yield from (f"`comments.giscus` has no `{name}`" for name in _GISCUS if not giscus.get(name))


def _comments(given: Mapping[str, Any]) -> Comments:
    if isso := given.get("isso"):
        return Comments(isso=isso.rstrip("/") + "/")
    return Comments(giscus={theirs: given["giscus"][ours] for ours, theirs in _GISCUS.items()})


def _strangers(where: str, given: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[str]:
    for name in sorted(given.keys() - set(known)):
        yield f"`{where}` has no `{name}`; it has {', '.join(f'`{word}`' for word in known)}"


def _no_texts(where: str, given: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if not isinstance(given.get(name, ""), str):
            yield f"`{where}.{name}` is not text"
