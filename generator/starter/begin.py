"""Make a new newsletter from a seed. The generator is a dependency of it, not a fork."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from generator import __version__
from generator.desk.edit import scalar
from generator.desk.files import DeskError
from generator.desk.schemas import write_schemas
from generator.model.address import likely_address, web_fault
from generator.options import find
from generator.pipeline import judge
from generator.tables import table
from generator.texts.language import primary
from generator.texts.slugs import slug_from

_HERE = Path(__file__).parent
_TOKEN = re.compile(r"@([a-z]+)@")
_PLACES = {
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "github/publish.yml": ".github/workflows/publish.yml",
    "github/check.yml": ".github/workflows/check.yml",
}
"""Where files of the seed go that have a different name in the newsletter."""
_PACKAGE = "citewire[cards,search]"
"""With the extras that every site uses, so that search and cards are not missing silently."""


class Beginning(Struct, frozen=True):
    """The answers that a newsletter begins with."""

    name: str
    address: str
    """The address of the site, such as `https://news.example.org/`."""
    sections: tuple[str, ...]
    """The titles of the sections in order, prefixed by an id and `=` if they have no Latin letters."""
    language: str
    editor: str
    email: str
    tagline: str
    now: datetime
    """The moment, in the newsletter's zone."""
    requirement: str
    """The requirement with which pip installs the generator."""


class Words(Struct, frozen=True):
    """The words that a newsletter begins with in its language, unless the editor gives others."""

    tagline: str
    sections: str
    """Titles, separated by commas."""
    desk: str
    """Who is responsible for the newsletter `{name}`."""
    titles: Mapping[str, str]
    """The titles of a story's parts, and of a page, by their names in the seed."""


def words(language: str) -> Words:
    """The words in a language (BCP 47); the English ones if it has none."""
    known = table(_HERE / "beginnings.yml")
    return Words(**known.get(primary(language), known["en"]))


def requirement() -> str:
    """The pip requirement for this very generator: where it was installed from (PEP 610), or its version."""
    try:
        told = json.loads(distribution("citewire").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        told = {}
    vcs = told.get("vcs_info", {})
    if vcs:
        return f"{_PACKAGE} @ {vcs['vcs']}+{told['url']}@{vcs['commit_id']}"
    return f"{_PACKAGE} @ {told['url']}" if told.get("url") else f"{_PACKAGE}=={__version__}"


def room(folder: Path) -> None:
    """Raise `DeskError` if no newsletter can begin there: the folder is a file, or not empty."""
    if folder.exists() and not folder.is_dir():
        raise DeskError(f"{folder} is a file: name a new folder")
    if folder.exists() and any(folder.iterdir()):
        raise DeskError(f"{folder} is not empty: name a new folder")


def begin(folder: Path, wanted: Beginning) -> list[str]:
    """Make a newsletter in a new or empty folder, and return the names of its files.

    Raises `DeskError` if the folder is not empty or an answer cannot be used; then nothing is written.
    """
    room(folder)
    if fault := web_fault(wanted.address):
        near = likely_address(wanted.address)
        raise DeskError(f"`{wanted.address}` is not the address of a site: {fault}{f'; write {near}' if near else ''}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    is_there = folder.exists()
    stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder if is_there else folder.parent))
    try:
        made = _fill(stage, wanted)
        _judge(stage)
        if is_there:  # it may be somebody's current folder
            for path in list(stage.iterdir()):
                path.rename(folder / path.name)
        else:
            stage.chmod(0o755)
            stage.rename(folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return made


def _fill(stage: Path, wanted: Beginning) -> list[str]:
    values, made = _values(wanted), []
    seeds = _files(_HERE / "seed") | _files(_HERE / f"seed-{primary(wanted.language)}")
    for name, file in sorted(seeds.items()):
        path = stage / _place(name, wanted.now)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text("utf-8")
        path.write_text(_TOKEN.sub(lambda found: values.get(found[1], found[0]), text), "utf-8")
        made.append(path.relative_to(stage).as_posix())
    return made


def _files(folder: Path) -> dict[str, Path]:
    """The files of a seed by their names in it; empty if there is no such seed."""
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def _place(name: str, now: datetime) -> str:
    dated = {
        "content/stories/welcome.yml": f"content/stories/{now.year}/welcome.yml",
        "content/editions/welcome.yml": f"content/editions/{now.date()}.yml",
    }
    return (_PLACES | dated).get(name, name)


def _values(wanted: Beginning) -> dict[str, str]:
    """The replacements for `@name@` and the like."""
    ids = _sections(wanted.sections, wanted.language)
    return {
        "name": scalar(wanted.name),
        "address": scalar(wanted.address.rstrip("/") + "/"),
        "host": (urlsplit(wanted.address).hostname or "").removeprefix("www."),
        "tagline": scalar(wanted.tagline),
        "language": wanted.language,
        "editor": scalar(wanted.editor),
        "email": scalar(wanted.email),
        "sections": "".join(f"  {id_}:\n    title: {scalar(title)}\n" for id_, title in ids.items()),
        "section": next(iter(ids)),
        "published": wanted.now.isoformat(),
        "requirement": wanted.requirement,
        **words(wanted.language).titles,
    }


def _sections(titles: Sequence[str], language: str) -> dict[str, str]:
    """Each section's title by its id, which is made from the title unless it comes before it: `news=뉴스`."""
    named = (title.rpartition("=") for title in titles)
    ids = {slug_from(id_ or title, language): title.strip() for id_, _, title in named}
    if not any(title.strip() for title in titles):
        raise DeskError("an edition needs a section: name one or more, with commas between")
    if "" in ids or len(ids) < len(titles):
        raise DeskError(
            "sections need ids that differ, and they are made from their titles; "
            "where a title has no Latin letters, write the id before it, as in news=뉴스"
        )
    return ids


def _judge(stage: Path) -> None:
    """Check the answers as content is checked, and raise its problems."""
    project = find(stage / "mkdocs.yml")
    problems = judge(project)[1]
    if problems:
        raise DeskError("; ".join(f"{problem.what}: {problem.hint}" for problem in problems))
    write_schemas(project)
