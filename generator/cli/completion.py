"""Names of this very newsletter, for a shell that completes them: stories, editions, sections, companies.

A shell asks between two strokes of a key. So names of stories and editions are those of their files, and nothing is
parsed; and where there is no newsletter, or it cannot be read, nothing is offered and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completing(names: Callable[[Path], Iterable[str]], or_file: bool = False) -> Complete:
    """What completes a word by names of the newsletter of a configuration; `or_file` where it may be a file's, too."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from generator.configuration import ConfigError
        from generator.desk.files import DeskError

        try:
            known = [*names(ctx.params.get("config") or Path("mkdocs.yml"))]
        except (ConfigError, DeskError, OSError):
            known = []
        found = [CompletionItem(name) for name in known if name.startswith(incomplete)]
        return found or ([CompletionItem(incomplete, type="file")] if or_file else [])

    return complete


def _stories(config: Path) -> Iterable[str]:
    from generator.desk.files import STORIES

    return _named(config, STORIES)


def _editions(config: Path) -> Iterable[str]:
    from generator.desk.files import EDITIONS

    return _named(config, EDITIONS)


def _named(config: Path, folder: str) -> Iterable[str]:
    from generator.desk.files import items
    from generator.options import find

    return items(find(config).content, folder)


def _both(config: Path) -> Iterable[str]:
    return [*_editions(config), *_stories(config)]


def _sections(config: Path) -> Iterable[str]:
    from generator.desk.known import words_of
    from generator.options import find

    return words_of(find(config)).newsletter.sections


def _entities(config: Path) -> Iterable[str]:
    from generator.desk.known import words_of
    from generator.options import find

    return words_of(find(config)).entities


stories, editions, items = _completing(_stories), _completing(_editions), _completing(_both)
sections, entities = _completing(_sections), _completing(_entities)
items_or_file = _completing(_both, or_file=True)
