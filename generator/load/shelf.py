"""A content folder while it is being read: its files, including those that nothing reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeVar

from generator.cache import Cache
from generator.files import NO_FILE, FileStamps, fault_of_link, stamps
from generator.load.places import locate
from generator.load.shapes import Pen, Shape, nearest
from generator.load.syntax import problem_at
from generator.load.yaml import Document, read, read_on
from generator.model.problems import Problem

T = TypeVar("T")
FILES = (
    "newsletter.yml",
    "publishers.yml",
    "entities.yml",
    "topics.yml",
    "glossary.yml",
    "comments.yml",
    "withdrawn.yml",
)
WRITTEN = ("stories", "editions")
LINK_HINT = "Put the file itself in its place, or let the link lead to one inside."
FOLDERS = (*WRITTEN, "images", "pages", "published")
_IN_PLACE = "Delete it, or give it another name: what belongs there would be taken for nothing."


@dataclass
class Shelf:
    """A content folder while it is being read: its location, its problems so far, and its files."""

    root: Path
    """The folder of `mkdocs.yml`; file names in problems are relative to it."""
    content: Path
    instead: Mapping[Path, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cache: Cache | None = None
    seen: FileStamps | None = None
    """The files of the content, if these have just been looked up."""
    touched: set[str] = field(default_factory=set)
    """Cached files that have changed or are gone, and files that were read."""
    unkept: set[str] = field(default_factory=set)
    """Files that were read but not cached."""
    ids_of: Callable[[str], Mapping[str, str]] = lambda vocabulary: {}
    """The ids of a vocabulary by the names of its entries (`Pen.ids_of`)."""
    documents: dict[str, Document] = field(default_factory=dict)
    """Documents by file. Those of sound items are dropped, and read again if a later stage finds problems."""

    def document(self, file: str) -> Document | None:
        """A file by its name in problems; None if it does not exist."""
        if file not in self.documents:
            path = self.root / file
            if path.suffix != ".yml" or not path.is_file():
                return None
            self.documents[file] = read_on(read(file, self.data(path)))
        return self.documents[file]

    def note(self, rule: str, file: Path | str, what: str, hint: str) -> None:
        """Note a problem of a file as a whole."""
        self.problems.append(problem_at(rule, self.name(file), what, hint))

    def read(self, path: Path, data: bytes | None = None) -> Document:
        """Parse a file, or the given bytes of it, and note the problems of its YAML."""
        document = read_on(read(self.name(path), self.data(path) if data is None else data))
        self.documents[document.file] = document
        self.problems += document.problems
        return document

    def shaped(self, document: Document, form: Shape[T]) -> T | None:
        """The value of a document, read by its form; None if anything in it is wrong."""
        if document.value is None:
            return None
        pen = Pen(document.file, joined=document.joined, ids_of=self.ids_of)
        found = form.read(document.value, (), pen)
        return found if self.take(pen, document) and not document.problems else None

    def record(self, path: Path, form: Shape[T], data: bytes | None = None) -> T | None:
        """The value of a file that must not be empty; None if anything in it is wrong."""
        document = self.read(path, data)
        if document.value is None and not document.problems:
            self.note("empty", document.file, "the file is empty", "Fill it, or delete it.")
        return self.shaped(document, form)

    def data(self, path: Path) -> bytes:
        """The bytes of a file, or those to be read in their place."""
        return self.instead[path] if path in self.instead else path.read_bytes()

    @cached_property
    def files(self) -> dict[str, FileStamps]:
        """Every file of stories and editions, sorted by path, so that the order does not depend on the disk."""
        return {name: self._below(str(self.content / name)).in_order() for name in WRITTEN}

    def _below(self, folder: str) -> FileStamps:
        if self.fault_of_link(Path(folder)):
            return FileStamps.of(())
        if self.seen is None:
            return FileStamps.of(stamps(folder, str(self.content)))
        inside = [number for number, path in enumerate(self.seen.paths) if path.startswith(f"{folder}/")]
        return self.seen.some(range(inside[0], inside[-1] + 1) if inside else range(0))

    @cached_property
    def written(self) -> dict[str, FileStamps]:
        """The YAML files of stories and editions with their stamps, by folder, named as in problems."""
        before = len(self._before_names) if f"{self.content}/".startswith(self._before_names) else 0
        return {folder: _written(files, before) for folder, files in self.files.items()}

    def fault_of_link(self, path: Path) -> str:
        """Why a link in the content is not followed; empty if it is.

        Files outside are not the newsletter's: they would be published, and could change without anybody noticing here.
        """
        return fault_of_link(str(path), str(self.content)) if path.is_symlink() else ""

    def as_they_are(self, files: FileStamps) -> FileStamps:
        """The files, with the stamp `NO_FILE` for those that `instead` replaces."""
        instead = {self.name(path) for path in self.instead}
        if not instead:
            return files
        return FileStamps.of((file, NO_FILE if file in instead else stamp) for file, stamp in files)

    def name(self, path: Path | str) -> str:
        """A path as named in problems: relative to the root if it is below it."""
        return (path if isinstance(path, str) else path.as_posix()).removeprefix(self._before_names)

    @cached_property
    def _before_names(self) -> str:
        return f"{self.root.as_posix()}/"

    def take(self, pen: Pen, document: Document | None = None) -> bool:
        """Add a pen's problems, located in their file. Return whether none is an error.

        A value is not called empty as well where YAML reads none because of another mistake.
        """
        found = locate(document, pen.problems) if document and pen.problems else pen.problems
        cut = {problem.line for problem in document.problems} if document else set()
        found = [problem for problem in found if problem.rule != "empty" or problem.line not in cut]
        self.problems += found
        return not any(problem.is_error for problem in found)


def _written(files: FileStamps, before: int) -> FileStamps:
    """The YAML files among some, with the first `before` characters cut from their paths."""
    names = "\n".join(files.paths)
    may_be_aside = "/." in names or "/#" in names
    if files.no_files or may_be_aside or not all(path.endswith(".yml") for path in files.paths):
        yaml = ((path, stamp) for path, stamp in files if path.endswith(".yml") and not _is_aside(path))
        files = FileStamps.of((path, stamp) for path, stamp in yaml if stamp != NO_FILE)
    return FileStamps([path[before:] for path in files.paths], files.numbers)


def _is_aside(path: str) -> bool:
    """Whether programs keep a file beside one that they write: `.a.yml.swp`, `.#a.yml`, `#a.yml#`, `a.yml~`."""
    name = path.rpartition("/")[2]
    return name.endswith("~") or (name.startswith((".", "#")) and not name.startswith(".."))


def note_links(shelf: Shelf, pages: Path | None) -> None:
    """Report links that are not followed: those that lead out of the content, to nothing, or back to where they are."""
    inside = [Path(path) for files in shelf.files.values() for path in files.no_files if not _is_aside(path)]
    beside = [path for path in (shelf.content / name for name in (*FILES, *FOLDERS)) if shelf.fault_of_link(path)]
    found = {path: shelf.fault_of_link(path) for path in (*inside, *beside) if path.is_symlink()}
    if pages:
        within = str(shelf.content if pages.is_relative_to(shelf.content) else pages)
        listed = [path for path, stamp in stamps(str(pages), within) if stamp == NO_FILE]
        found |= {Path(path): fault_of_link(path, within) for path in listed}
    for path, what in sorted(found.items()):
        if not what:
            is_link = path.is_symlink()
            what = "the link leads through others back to where it is" if is_link else "this is no file"  # noqa: PLW2901
        shelf.note("outside-link", path, what, LINK_HINT)


def note_strangers(shelf: Shelf) -> None:
    """Report files that look like content and are not read: `.yaml` for `.yml` is the likeliest slip."""
    for path, what, hint in sorted(_strangers(shelf)):
        shelf.note("file-name", path, what, hint)


def _strangers(shelf: Shelf) -> Iterator[tuple[Path, str, str]]:
    for path in chain.from_iterable(_unread(shelf, folder) for folder in shelf.files):
        is_told = path.is_symlink() and (path.is_dir() or shelf.fault_of_link(path))
        if _is_aside(path.name) or is_told:
            continue
        if path.suffix != ".yml":
            what, name = (
                f"files that end in {path.suffix or 'nothing'} are not read",
                f"{path.stem.removesuffix('.yml')}.yml",
            )
            is_copy = path.with_name(name).exists()
            yield path, what, f"Delete it, if it is a copy of {name}." if is_copy else f"Rename it to {name}."
        else:
            yield path, "this is no file", "Delete it."
    content = shelf.content
    for path in content.iterdir():
        if path.is_file() and path.suffix.lower() in (".yml", ".yaml") and path.name not in FILES:
            yield path, "files of this name are not read", nearest(f"{path.stem}.yml", FILES)
        elif path.name in FILES and path.exists() and not path.is_file():
            yield path, "this is no file", _IN_PLACE
        elif path.name in FOLDERS and path.exists() and not path.is_dir():
            yield path, "this is no folder", _IN_PLACE
        elif path.is_dir() and path.name not in FOLDERS and (inside := _first_yaml(path)):
            yield inside, f"files in `{content.name}/{path.name}` are not read", nearest(path.name, FOLDERS)


def _unread(shelf: Shelf, folder: str) -> list[Path]:
    """Files in the folder of stories or editions that are not read as such."""
    read = shelf.written[folder]
    if len(read) == len(shelf.files[folder]):
        return []
    names = {*read.paths}
    return [Path(path) for path in shelf.files[folder].paths if shelf.name(path) not in names]


def _first_yaml(folder: Path) -> Path | None:
    return min((path for path in folder.rglob("*.y*ml") if path.is_file()), default=None)
