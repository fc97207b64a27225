"""The stories that the benchmark slips in: the written corpus, and what of the sample its passages hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from generator.model.content import Story
from generator.model.evidence import Snapshot
from generator.model.library import Library
from generator.model.tracing import Ledger
from generator.pipeline import judge
from generator.project import Project
from generator.trace.tracer import tracer
from tests.make import library, source, story
from tests.tracing import snapshot

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """A story with all that is kept of its sources."""

    name: str
    story: Story
    library: Library
    kept: Mapping[str, Snapshot]

    def ledger(self, body: str | None = None) -> Ledger:
        """What tracing finds in the story, or in it with another body."""
        told = replace(self.story, body=body) if body is not None else self.story
        return tracer(self.library, self.kept.get).story(told)


def read(path: Path) -> Any:
    """What a file of YAML holds, read as fast as it can be: two of these files have thousands of lines."""
    return yaml.load(path.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def written_cases() -> dict[str, list[dict[Any, Any]]]:
    """The written hard cases, by their groups."""
    return read(HERE / "cases.yml")


@cache
def written(folder: str) -> tuple[Case, ...]:
    """The invented stories of a folder."""
    return tuple(_written(path) for path in sorted((HERE / folder).glob("*.yml")))


def _written(path: Path) -> Case:
    found = read(path)
    sources = [
        source(id_, language=kept.get("language"), title=None, label="A page") for id_, kept in found["sources"].items()
    ]
    texts = {s.url: snapshot(s.url, kept["text"]) for s, kept in zip(sources, found["sources"].values(), strict=True)}
    told = story(path.stem, *sources, body=found["body"])
    by_url = {snapshot.url: snapshot for snapshot in texts.values()}
    return Case(path.stem, told, library(told, entities={}), by_url)


@cache
def sample() -> tuple[Case, ...]:
    """The sample's sentences of which passages and titles hold every claim, these taken for the whole of a source.

    The pages themselves are not kept. In a sentence of which the passages hold a part only, nobody could tell a slip.
    """
    read = judge(Project(ROOT, ROOT / "content"))[0]
    return tuple(case for story in read.stories.values() if (case := _of_sample(story, read)).story.body)


def _of_sample(of: Story, read: Library) -> Case:
    kept = {
        s.url: s
        for s in (snapshot(s.url, "\n".join(filter(None, (s.title, *s.passages)))) for s in of.sources.values())
    }
    whole = Case(of.slug, replace(of, trace=(), disputed=()), read, kept)
    sentences = [s for s in whole.ledger().sentences if all(claim.verdict == "traced" for claim in s.claims)]
    body = "\n\n".join(f"{s.text} [{'; '.join(f'@{id_}' for id_ in s.sources)}]" for s in sentences)
    return Case(of.slug, replace(of, body=body, parts=(), trace=(), disputed=()), read, kept)


__all__ = ["Case", "read", "sample", "written", "written_cases"]
