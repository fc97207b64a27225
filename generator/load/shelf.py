"""A content folder while it is read, and the files in it that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.load.places import locate
from generator.load.shapes import Pen, nearest
from generator.load.yaml import Document
from generator.model.problems import Problem

FILES = ("newsletter.yml", "publishers.yml", "entities.yml", "topics.yml")
FOLDERS = ("stories", "editions", "images", "pages")


@dataclass(slots=True)
class Shelf:
    """A content folder while it is read: where it is, what was wrong, and the files looked at."""

    root: Path
    """The folder of `mkdocs.yml`, to which the names of files in problems are relative."""
    content: Path
    instead: Mapping[Path, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def take(self, pen: Pen, document: Document | None = None) -> bool:
        """Keep a pen's problems, located in their file; answers whether none is an error."""
        found = locate(document, pen.problems) if document and pen.problems else pen.problems
        self.problems += found
        return not any(problem.is_error for problem in found)


def note_strangers(shelf: Shelf) -> None:
    """Files that look like content and are not read: `.yaml` for `.yml` is the likeliest slip."""
    for path, what, hint in sorted(_strangers(shelf.content)):
        shelf.problems.append(Problem("file-name", shelf.name(path), what, hint, line=1, column=1))


def _strangers(content: Path) -> Iterator[tuple[Path, str, str]]:
    for folder in (content / "stories", content / "editions"):
        for path in folder.rglob("*"):
            if path.name.startswith(".") or path.is_dir():
                continue
            if path.suffix != ".yml":
                yield (
                    path,
                    f"files that end in {path.suffix or 'nothing'} are not read",
                    f"Rename it to {path.stem}.yml.",
                )
            elif not path.is_file():
                yield path, "the link leads to no file", "Mend it, or delete it."
    for path in content.iterdir():
        if path.is_file() and path.suffix.lower() in (".yml", ".yaml") and path.name not in FILES:
            yield path, "files of this name are not read", nearest(f"{path.stem}.yml", FILES)
        elif path.is_dir() and path.name not in FOLDERS and (inside := _first_yaml(path)):
            yield inside, f"files in `{content.name}/{path.name}` are not read", nearest(path.name, FOLDERS)


def _first_yaml(folder: Path) -> Path | None:
    return min((path for path in folder.rglob("*.y*ml") if path.is_file()), default=None)
