"""Run Pagefind's program through its own protocol and return the files of an index.

`pagefind --service` reads requests from its input and writes answers to its output: JSON in base64, each followed by a
comma, answered in order (https://pagefind.app, `wrappers/node/lib/service.js` of its source). All requests are written
at once; Pagefind's Python API waits a tenth of a second for each answer. Pagefind's own filters and sort orders are not
used: the order of their values differs from run to run, and the browser loses the order when it merges.
"""

from __future__ import annotations

import base64
import subprocess
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

import msgspec
from msgspec import Struct

from generator.search.records import Searchable
from generator.texts.language import primary
from generator.typeset.breaks import bind_text
from generator.typeset.quotes import Quotes

PATIENCE = 600.0
"""Seconds after which making an index is given up: a hundred thousand stories take a quarter of it."""
SIGNATURE = b"pagefind_dcd"
"""The first bytes of every unpacked file of an index."""
CHUNK = 1 << 20
_GZIP = 31
"""zlib's window size for data in gzip."""
_OTHERWISE = (
    "so nothing was published: build again, and if it happens again, install the extra `search` anew, or do without it "
    "with `outputs: {search: false}` under `citewire` in mkdocs.yml"
)
"""The end of a message: what to do where Pagefind does not do its work."""
_INDEX = 0
"""The number of the first index that a service makes."""


class _Answer(Struct, frozen=True):
    payload: msgspec.Raw


class _Said(Struct, frozen=True):
    type: str
    message: str | None = None
    """The message of an error."""


class _File(Struct, frozen=True):
    path: str
    content: bytes
    """Base64 in JSON."""


class _Told(Struct, frozen=True):
    files: list[_File]


class _Fragment(Struct, frozen=True):
    """A record as an index keeps it; only the field that we read."""

    url: str


class SearchError(OSError):
    """The index could not be made, though nothing is wrong with the content. The message says why."""


def engine_version() -> str:
    """The installed version of Pagefind."""
    from importlib.metadata import version  # it imports a lot, and many sites have no search

    return version("pagefind_bin")


def executable() -> Path:
    from pagefind_bin import get_executable

    return Path(get_executable())


def index(records: Sequence[Searchable], language: str) -> dict[str, bytes]:
    """An index of records in a language (BCP 47): its files by their path.

    Raises `SearchError` if Pagefind cannot be run, refuses something or takes too long.
    """
    requests: list[dict[str, Any]] = [{"type": "NewIndex", "config": {}}]
    printed = Quotes(language).plain
    requests += [_addition(record, language, bind_text(printed(record.meta["title"]))) for record in records]
    requests.append({"type": "GetFiles", "index_id": _INDEX})
    answers = _ask(requests)
    for request, answer in zip(requests, answers, strict=False):
        said = msgspec.json.decode(answer, type=_Said)
        if said.type == "Error":
            raise SearchError(f"Pagefind refused {request.get('url', request['type'])}: {said.message}")
    if len(answers) < len(requests):
        raise SearchError(f"Pagefind ended before the index of the search was made, {_OTHERWISE}")
    return {file.path: file.content for file in msgspec.json.decode(answers[-1], type=_Told).files}


def ids(files: Mapping[str, bytes]) -> dict[str, str]:
    """The ids that an index gives its results, by the path that they lead to.

    Each record is in a file of its own, `fragment/ID.pf_fragment`: JSON after a signature, in gzip.
    """
    fragments = {PurePosixPath(name).stem: data for name, data in files.items() if name.startswith("fragment/")}
    return {_fragment(data).url: id_ for id_, data in fragments.items()}


def _fragment(data: bytes) -> _Fragment:
    return msgspec.json.decode(zlib.decompress(data, _GZIP)[len(SIGNATURE) :], type=_Fragment)


def _addition(record: Searchable, language: str, headline: str) -> dict[str, Any]:
    """The request that adds a record, whose headline is set as on pages."""
    return {
        "type": "AddRecord",
        "index_id": _INDEX,
        "url": record.path,
        "content": record.text,
        "language": primary(language),  # which decides how words are stemmed
        "meta": {**record.meta, "title": headline},
    }


def _ask(requests: Sequence[dict[str, Any]]) -> list[msgspec.Raw]:
    """The answers to requests, in their order; fewer if the service ends too early."""
    try:
        service = subprocess.Popen(  # noqa: S603 - the binary of a package that is installed
            [executable(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise SearchError(f"Pagefind cannot be run ({error.strerror or error}), {_OTHERWISE}") from error
    assert service.stdin is not None  # noqa: S101
    assert service.stdout is not None  # noqa: S101
    clock = threading.Timer(PATIENCE, service.kill)
    writer = threading.Thread(target=_write, args=(service.stdin, requests))
    clock.start()
    writer.start()
    try:
        # requests first: after the last one there is no further answer to wait for
        return [answer for _, answer in zip(requests, _answers(service.stdout), strict=False)]
    finally:
        clock.cancel()
        service.kill()
        writer.join()
        for pipe in (service.stdin, service.stdout):
            with suppress(OSError):
                pipe.close()
        service.wait()


def _write(stdin: IO[bytes], requests: Iterable[dict[str, Any]]) -> None:
    """Send everything. The input stays open, since the service ends with it, answered or not."""
    try:
        for number, request in enumerate(requests, start=1):
            message = msgspec.json.encode({"message_id": number, "payload": request})
            stdin.write(base64.b64encode(message) + b",")
        stdin.flush()
    except OSError:
        return  # it has ended; the reader of its answers reports it


def _answers(stdout: Any) -> Iterator[msgspec.Raw]:
    parts: list[bytes] = []
    while chunk := stdout.read1(CHUNK):
        *ends, rest = chunk.split(b",")
        for end in ends:
            answer = base64.b64decode(b"".join(parts) + end)
            parts = []
            yield msgspec.json.decode(answer, type=_Answer).payload
        parts.append(rest)
