"""Open what the editor gives (a folder, file, archive or address) as a bundle of files, without unpacking to disk."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from generator.importers.value import Bundle, Fetch, UnreadableError

FILE_LIMIT = 32 * 1024 * 1024
"""Bytes of one file: Ghost writes a whole site into one."""
TOTAL_LIMIT = 512 * 1024 * 1024
"""Bytes that are read from one archive, whatever sizes it declares."""
COUNT_LIMIT = 50_000
"""Files in a folder or an archive."""
_SKIPPED = frozenset(("node_modules", "_site", "__MACOSX"))
_JSON = ("application/json", "application/feed+json")
_ZIP = b"PK\x03\x04"
_OUTSIDE = re.compile(r"\A[/\\]|\A[A-Za-z]:|(?:\A|[/\\])\.\.(?:[/\\]|\Z)")


def opened(named: str, fetch: Fetch) -> Bundle:
    """Open a path or an address as a bundle. Raises `UnreadableError`, and `OSError` if the system refuses."""
    if re.match(r"(?i)https?://", named):
        url, kind, data = fetch(named)
        name = Path(urlsplit(url).path).name or urlsplit(url).hostname or "page"
        return _file(name, data, url, kind)
    if not named.strip():
        raise UnreadableError("'' is no file, folder or address")
    path = Path(named)
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise UnreadableError(f"there is no {named}")
    return _file(path.name, _limited(path))


def _file(name: str, data: bytes, url: str = "", kind: str = "") -> Bundle:
    if data.startswith(_ZIP):
        return archive(name, data)
    suffix = ".json" if kind.partition(";")[0].strip() in _JSON else ".xml"
    return Bundle(name, {name if Path(name).suffix else f"{name}{suffix}": lambda: data}, url)


def _limited(path: Path) -> bytes:
    limit = TOTAL_LIMIT if zipfile.is_zipfile(path) else FILE_LIMIT
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError(f"{path} has more than {limit // 1024 // 1024} MB")
    return data


def _folder(root: Path) -> Bundle:
    """The files of a folder. Symbolic links are not followed: they could lead anywhere."""
    files: dict[str, Callable[[], bytes]] = {}
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        for name in names:
            path = Path(folder) / name
            if stat.S_ISREG(path.lstat().st_mode):
                files[path.relative_to(root).as_posix()] = partial(_limited, path)
        if len(files) > COUNT_LIMIT:
            raise UnreadableError(f"{root} has more than {COUNT_LIMIT} files: name the folder of the posts")
    return Bundle(root.name, files)


def archive(name: str, data: bytes) -> Bundle:
    """The files of a zip archive. Raises `UnreadableError` if it is damaged, or unlike any real export."""
    try:
        opened_zip = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError(f"{name} is no archive that can be read: {error}") from error
    members = [member for member in opened_zip.infolist() if not member.is_dir()]
    if len(members) > COUNT_LIMIT:
        raise UnreadableError(f"{name} has more than {COUNT_LIMIT} files")
    if strange := next((member.filename for member in members if _OUTSIDE.search(member.filename)), None):
        raise UnreadableError(f"{name} holds a file called {strange!r}, which leads out of it: no export does that")
    reader = _Unzipped(name, opened_zip)
    kept = (m for m in members if not m.filename.startswith("__MACOSX/"))
    return Bundle(name, {member.filename: partial(reader.data, member) for member in kept})


class _Unzipped:
    """Reads the members of an archive and counts the bytes that come out, since declared sizes are not trusted."""

    def __init__(self, name: str, opened_zip: zipfile.ZipFile) -> None:
        self._name, self._zip, self._read = name, opened_zip, 0

    def data(self, member: zipfile.ZipInfo) -> bytes:
        limit = min(FILE_LIMIT, TOTAL_LIMIT - self._read)
        try:
            with self._zip.open(member) as file:
                data = file.read(limit + 1)
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
            ValueError,
            zlib.error,
        ) as error:
            raise UnreadableError(f"{member.filename} in {self._name} cannot be unpacked: {error}") from error
        self._read += len(data)
        if len(data) > limit:
            raise UnreadableError(f"{member.filename} in {self._name} is larger than any post: it is not unpacked")
        return data
