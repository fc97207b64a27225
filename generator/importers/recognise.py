"""Recognise the format of a bundle of files by its content."""

from __future__ import annotations

import re

from msgspec.structs import replace

from generator.importers import FORMATS, buttondown, feeds, files, ghost, jsonfeed, substack
from generator.importers.frontmatter import parted
from generator.importers.structured import from_json, heads
from generator.importers.value import Bundle, Imported, OldSite, Posts, Reader, Unread, UnreadableError
from generator.model.address import is_readable

READERS: dict[str, Reader] = {
    "feed": feeds.read,
    "jsonfeed": jsonfeed.read,
    "markdown": files.read,
    "ghost": ghost.read,
    "substack": substack.read,
    "buttondown": buttondown.read,
}
"""The readers by the names of their formats."""
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_SAMPLE = 5


def posts_of(bundle: Bundle, old: OldSite, said: str = "") -> Posts:
    """The posts of a bundle, in the format named by the editor, or else the recognised one.

    Raises `UnreadableError` if the format is unknown, or if the bundle has nothing in the named format.
    """
    is_empty = True
    for post in READERS[said or format_of(bundle)](bundle, old):
        is_empty = False
        yield _with_address(post)
    if said and is_empty:
        raise UnreadableError(f"{bundle.name} is no {FORMATS[said]} with anything in it{_likely(bundle, said)}")


def _with_address(post: Imported | Unread) -> Imported | Unread:
    """A post whose address can be parsed, or is empty."""
    if isinstance(post, Unread) or is_readable(post.address):
        return post
    return replace(post, address="", guesses=(*post.guesses, f"no old address: `{post.address[:60]}` is none"))


def _likely(bundle: Bundle, said: str) -> str:
    """A hint at the format that the files suggest, if it is not the one named by the editor."""
    try:
        seen = format_of(bundle)
    except UnreadableError:
        return ""
    return f"; it looks like a {FORMATS[seen]}: write --from {seen}, or leave it out" if seen != said else ""


def format_of(bundle: Bundle) -> str:
    """The name of the format. Raises `UnreadableError` if it is unknown."""
    if substack.table_of(bundle):
        return "substack"
    for find in (_of_json, _of_markdown, _of_table, _of_xml):
        if found := find(bundle):
            return found
    if bundle.ending(*files.OTHERS):
        return "markdown"  # its reader says what to do with them
    raise UnreadableError(
        f"{bundle.name} is nothing that is known: name a feed, a folder of Markdown files with front matter, or an "
        "export of Ghost, Substack or Buttondown (--from says which it is)"
    )


def _of_json(bundle: Bundle) -> str:
    names = bundle.ending(".json")
    if len(names) > _SAMPLE or bundle.ending(*files.SUFFIXES):
        return ""  # a site, whose settings may be JSON too
    for name in names:
        value = from_json(name, bundle.data(name))
        if jsonfeed.is_one(value):
            return "jsonfeed"
        if ghost.data_of(value):
            return "ghost"
        if buttondown.is_one(value):
            return "buttondown"
    return ""


def _of_markdown(bundle: Bundle) -> str:
    names = bundle.ending(*files.SUFFIXES)
    for name in names[:_SAMPLE]:
        try:
            facts, _ = parted(name, bundle.data(name))
        except UnreadableError:
            continue
        if buttondown.is_mail(facts):
            return "buttondown"
    return "markdown" if names else ""


def _of_table(bundle: Bundle) -> str:
    for name in bundle.ending(".csv"):
        if heads(bundle.data(name)) >= buttondown.HEADS:
            return "buttondown"
    return ""


def _of_xml(bundle: Bundle) -> str:
    for name in bundle.ending(".xml", ".rss", ".atom", ".rdf"):
        if _FEED.search(bundle.data(name)[:4096]):
            return "feed"
    return ""
