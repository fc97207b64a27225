"""Names in this newsletter for completion in a shell: stories, editions, sections, companies.

A shell asks between two key presses. So the names of stories and editions are those of their files, without parsing;
and if there is no newsletter, or it cannot be read, nothing is offered and nothing is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from generator.project import Project

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completing(names: Callable[[Project], Iterable[str]], or_file: bool = False) -> Complete:
    """A function that completes a word by names of the newsletter; `or_file` if it may be a file name too."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from generator.configuration import ConfigError
        from generator.desk.files import DeskError
        from generator.options import find

        try:
            known = [*names(find(ctx.params.get("config")))]
        except (ConfigError, DeskError, OSError):
            known = []
        found = [CompletionItem(name) for name in known if name.startswith(incomplete)]
        return found or ([CompletionItem(incomplete, type="file")] if or_file else [])

    return complete


def _stories(project: Project) -> Iterable[str]:
    from generator.desk.files import STORIES, items

    return items(project.content, STORIES)


def _editions(project: Project) -> Iterable[str]:
    from generator.desk.files import EDITIONS, items

    return items(project.content, EDITIONS)


def _both(project: Project) -> Iterable[str]:
    return [*_editions(project), *_stories(project)]


def _sections(project: Project) -> Iterable[str]:
    from generator.desk.known import words_of

    return words_of(project).newsletter.sections


def _entities(project: Project) -> Iterable[str]:
    from generator.desk.known import words_of

    return words_of(project).entities


stories, editions, items = _completing(_stories), _completing(_editions), _completing(_both)
sections, entities = _completing(_sections), _completing(_entities)
items_or_file = _completing(_both, or_file=True)
