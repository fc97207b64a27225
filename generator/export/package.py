"""The package document of an EPUB: its metadata, its files, and their order (EPUB 3.3, section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from xml.etree import ElementTree

from generator.model import permalinks
from generator.model.pages import EditionPage
from generator.model.site import Site
from generator.words import Words

_OPF, _DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
_PROPERTIES = {"nav.xhtml": "nav", "cover.svg": "cover-image"}

Held = tuple[str, str]
"""A file of the book, and its media type."""

ElementTree.register_namespace("opf", _OPF)
ElementTree.register_namespace("dc", _DC)


def package(
    site: Site, words: Words, editions: Sequence[EditionPage], spine: Sequence[Held], others: Sequence[Held]
) -> bytes:
    """The package document as XML. `editions` are oldest first, `spine` is in reading order."""
    root = ElementTree.Element(f"{{{_OPF}}}package", {"version": "3.0", "unique-identifier": "id"})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", site.newsletter.language)
    metadata = _add(root, "metadata")
    for name, value in _described(site, editions):
        ElementTree.SubElement(metadata, f"{{{_DC}}}{name}", {"id": "id"} if name == "identifier" else {}).text = value
    has_pictures = any(kind.startswith("image/") and name not in _PROPERTIES for name, kind in others)
    for name, value in _meta(editions, has_pictures):
        _add(metadata, "meta", value, property=name)
    manifest = _add(root, "manifest")
    ids = {name: f"f{number}" for number, (name, _) in enumerate((*others, *spine), start=1)}
    for name, kind in (*others, *spine):
        properties = {"properties": _PROPERTIES[name]} if name in _PROPERTIES else {}
        _add(manifest, "item", id=ids[name], href=name, **{"media-type": kind}, **properties)
    order = _add(root, "spine", **{"page-progression-direction": words.text("direction")})
    for name, _ in spine:
        _add(order, "itemref", idref=ids[name])
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, /, **attributes: str) -> ElementTree.Element:
    node = ElementTree.SubElement(parent, f"{{{_OPF}}}{tag}", attributes)
    node.text = text
    return node


def _described(site: Site, editions: Sequence[EditionPage]) -> Iterator[tuple[str, str]]:
    """The book's description for libraries (Dublin Core)."""
    first, last = editions[0].edition, editions[-1].edition
    slugs = "--".join(dict.fromkeys((first.slug, last.slug)))
    path = permalinks.edition_path("--".join(dict.fromkeys((first.first_slug, last.first_slug))))
    yield "identifier", permalinks.item_id(site.newsletter.authority, first.published, path)
    yield "title", f"{site.newsletter.name}: {last.title if len(editions) == 1 else slugs.replace('--', ' – ')}"
    yield "language", site.newsletter.language
    yield from (("creator", name) for name in dict.fromkeys(page.edition.made_by.editor for page in editions))
    yield "publisher", site.newsletter.name
    yield "date", last.published.isoformat()
    yield "description", last.dek
    yield "source", site.url(last.path) if len(editions) == 1 else site.base_url
    if site.newsletter.copyright:
        yield "rights", site.newsletter.copyright


def _meta(editions: Sequence[EditionPage], has_pictures: bool) -> Iterator[tuple[str, str]]:
    """The last change, and accessibility metadata (schema.org terms)."""
    changed = max(page.changed for page in editions)
    yield "dcterms:modified", f"{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    yield "schema:accessMode", "textual"
    if has_pictures:
        yield "schema:accessMode", "visual"
        yield "schema:accessibilityFeature", "alternativeText"
    yield "schema:accessModeSufficient", "textual"
    for feature in ("displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"):
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "none"
