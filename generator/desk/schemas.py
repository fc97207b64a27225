"""Write the JSON Schemas next to the content, and the line in a file that points an editor to its schema."""

from __future__ import annotations

from pathlib import Path

from generator.desk.files import SCHEMAS, STORIES, items
from generator.desk.known import words_of
from generator.files import write_changed
from generator.load.schema import schemas
from generator.project import Project


def write_schemas(project: Project) -> list[Path]:
    """Write the schemas into `content/.schemas` and return those that changed."""
    newest = sorted(items(project.content, STORIES).values(), key=lambda path: (-path.stat().st_mtime, path.name))
    made = schemas(words_of(project), [path.stem for path in newest])
    paths = {project.content / SCHEMAS / f"{name}.json": write for name, write in made.items()}
    return [path for path, write in paths.items() if write_changed(path, write())]


def schema_line(content: Path, file: Path, kind: str) -> str:
    """The comment that points the YAML language server to a file's schema."""
    up = "../" * len(file.relative_to(content).parent.parts)
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{kind}.json\n"
