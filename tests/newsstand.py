"""A published site on loopback as subscribers' programs meet it: tags, times, and 304 for what they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from hashlib import sha256

from tests.loopback import Asked, Say, answer, serving

_TYPES = {".rss.xml": "application/rss+xml", ".atom.xml": "application/atom+xml", ".json": "application/feed+json"}


@dataclass
class Newsstand:
    """What is published now, and how each request was answered."""

    files: dict[str, bytes] = field(default_factory=dict)
    since: dict[str, float] = field(default_factory=dict)
    """When each file last changed, as seconds: a deployment touches what changed and nothing else."""
    statuses: list[tuple[str, int]] = field(default_factory=list)
    """The path and the status of each answer."""
    base: str = ""
    _day: int = 0

    def publish(self, files: Mapping[str, bytes]) -> None:
        """A deployment, a day after the one before."""
        self._day += 1
        for path, data in files.items():
            if self.files.get(path) != data:
                self.files[path], self.since[path] = data, 1_775_900_000 + 86_400 * self._day

    def answered(self, path: str) -> list[int]:
        """The statuses of the answers for a path since the last time."""
        found = [status for asked, status in self.statuses if asked == path]
        self.statuses.clear()
        return found

    def __call__(self, say: Say, asked: Asked) -> None:
        path = asked.path.lstrip("/")
        data = self.files.get(path)
        if data is None:
            self.statuses.append((path, 404))
            return say(answer(status="404 Not Found"))
        tag, when = f'"{sha256(data).hexdigest()[:20]}"', formatdate(self.since[path], usegmt=True)
        has_it = asked.headers.get("if-none-match", asked.headers.get("if-modified-since")) in (tag, when)
        self.statuses.append((path, 304 if has_it else 200))
        if has_it:
            return say(answer(status="304 Not Modified", ETag=tag))
        kind = next((type_ for ending, type_ in _TYPES.items() if path.endswith(ending)), "text/html")
        return say(answer(data, kind=kind, ETag=tag, Last_Modified=when, Connection="close"))


@contextmanager
def opened() -> Iterator[Newsstand]:
    """A server with nothing published yet."""
    stand = Newsstand()
    with serving({"*": stand}) as server:
        stand.base = f"{server.base}/"
        yield stand
