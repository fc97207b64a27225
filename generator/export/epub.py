"""One or more editions as an EPUB 3.3 (https://www.w3.org/TR/epub-33/).

Files are in reading order and have the earliest date that ZIP allows, so that the result depends on neither clock nor
machine.
"""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from generator.export.book import PICTURES, Book, Chapter
from generator.export.package import package
from generator.model import permalinks
from generator.model.content import Image
from generator.model.pages import EditionPage
from generator.typeset.templates import Templates

CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
 <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_SVG = "http://www.w3.org/2000/svg"
_XHTML, _CSS = "application/xhtml+xml", "text/css"

ElementTree.register_namespace("svg", _SVG)


def epub(templates: Templates, editions: Sequence[EditionPage], images: Path) -> bytes:
    """The book of some editions, oldest first. `images` is the folder of their pictures. Raises `OSError`."""
    chapters = [Book(templates, page).edition() for page in editions]
    resources = list(_resources(templates, editions, chapters, images))
    documents = [document for chapter in chapters for document in chapter.walk()]
    spine = [(document.file, _XHTML, document.text.encode()) for document in documents]
    for _, _, data in (entry for entry in (*spine, *resources) if entry[1] == _XHTML):
        ElementTree.fromstring(data)  # noqa: S314 - our own: one that is not XML must not leave the house
    opf = package(templates.site, templates.words, editions, [e[:2] for e in spine], [e[:2] for e in resources])
    held = [("package.opf", opf), *((name, data) for name, _, data in (*resources, *spine))]
    return _zipped([("META-INF/container.xml", CONTAINER), *((f"EPUB/{name}", data) for name, data in held)])


def _resources(
    templates: Templates, editions: Sequence[EditionPage], chapters: Sequence[Chapter], images: Path
) -> Iterator[tuple[str, str, bytes]]:
    """Everything outside the reading order: the contents, the cover, the style, the pictures."""
    documents = [document for chapter in chapters for document in chapter.walk()]
    endnotes = [document.file for document in documents if document.file.endswith("/edition.sources.xhtml")]
    title = templates.words.text("contents")
    shown = chapters if len(chapters) > 1 else [Chapter(chapters[0].file, chapters[0].title), *chapters[0].below]
    context = {"title": title, "root": "", "chapters": shown, "endnotes": endnotes}
    yield "nav.xhtml", _XHTML, templates.environment.get_template("epub/nav.xhtml").render(**context).encode()
    yield "cover.svg", "image/svg+xml", cover(templates, editions)
    yield "book.css", _CSS, Path(__file__).with_name("book.css").read_bytes()
    pictures = {document.picture.plain: document.picture for document in documents if document.picture}
    for name, image in sorted(pictures.items()):
        yield permalinks.image_path(name), PICTURES[name.rpartition(".")[2].lower()], _picture(image, images)


def _picture(image: Image, images: Path) -> bytes:
    """A picture as it goes out. Raises `OSError`."""
    if not image.digest:
        return (images / image.file).read_bytes()
    from generator.pictures.site import plain  # noqa: PLC0415 - it needs Pillow

    return plain(image, images)


def cover(templates: Templates, editions: Sequence[EditionPage]) -> bytes:
    """The cover: the newsletter's name, the day or days, and the headline of the newest edition."""
    newsletter, words = templates.site.newsletter, templates.words
    root = ElementTree.Element(f"{{{_SVG}}}svg", {"viewBox": "0 0 1600 2400", "width": "1600", "height": "2400"})
    _shape(root, "rect", width="1600", height="2400", fill="#fbf9f4")
    _shape(root, "rect", x="140", y="180", width="1320", height="6", fill="#1c1b19")
    _lines(root, textwrap.wrap(newsletter.name, 22)[:2], 350, 120)
    days = [words.day(page.edition.day) for page in (editions[0], editions[-1])]
    _lines(root, [" – ".join(dict.fromkeys(days))], 640, 60, "#6b665d")
    _lines(root, textwrap.wrap(templates.quotes.plain(editions[-1].edition.title), 26)[:9], 900, 104)
    _shape(root, "rect", x="140", y="2140", width="1320", height="2", fill="#1c1b19")
    _lines(root, textwrap.wrap(newsletter.tagline, 44)[:2], 2220, 52, "#6b665d")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()


def _shape(root: ElementTree.Element, tag: str, text: str | None = None, /, **attributes: str) -> None:
    ElementTree.SubElement(root, f"{{{_SVG}}}{tag}", attributes).text = text


def _lines(root: ElementTree.Element, lines: Sequence[str], top: int, size: int, fill: str = "#1c1b19") -> None:
    """Lines of text of one size; the base line of the first is at `top`."""
    style = {"font-family": "Georgia, 'Times New Roman', serif", "font-size": str(size), "fill": fill}
    for number, line in enumerate(lines):
        _shape(root, "text", line, x="140", y=str(top + round(number * size * 1.22)), **style)


def _zipped(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """The archive (EPUB 3.3, section 4.2.2: `mimetype` comes first, uncompressed)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (("mimetype", b"application/epub+zip"), *entries):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
