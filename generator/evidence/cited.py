"""The pages that stories cite, each only once."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from generator.model.address import canonical, web_fault
from generator.model.content import Source
from generator.model.library import Library


class Cited(Struct, frozen=True):
    """A page that stories cite."""

    url: str
    """The canonical address of the page."""
    address: str
    """The address in the first of the stories, which is the one to read."""
    sources: tuple[tuple[str, Source], ...]
    """Each place where it is cited: the story's file, and the source there."""

    @property
    def passages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(passage for _, source in self.sources for passage in source.passages))

    @property
    def archive(self) -> str | None:
        """A copy named by a writer."""
        return next((source.archive for _, source in self.sources if source.archive), None)

    @property
    def where(self) -> str:
        """For example `content/stories/2026/meta.yml [@hubkub]`, with the number of further files."""
        file, source = self.sources[0]
        more = len({file for file, _ in self.sources}) - 1
        return f"{file} [@{source.id}]" + (f" and {more} more" if more else "")


def cited(library: Library, files: Collection[str] | None = None) -> list[Cited]:
    """Every page that stories cite, sorted by address; `files` limits the stories.

    Stories with errors count as far as they can be read: a source can be read while a headline is still too long.
    """
    places: dict[str, list[tuple[str, Source]]] = {}
    for story in sorted(library.written_stories, key=lambda story: story.file):
        if files is None or story.file in files:
            for source in story.sources.values():
                if not web_fault(source.url):
                    places.setdefault(canonical(source.url), []).append((story.file, source))
    return [Cited(url, found[0][1].url, tuple(found)) for url, found in sorted(places.items())]
