"""`citewire comments`: ask how many comments the editions have."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.console import IO_FAILURE, MISUSE, command, fail, failing, project_of, say


@command()
@click.option("--allow-private", is_flag=True, help="Ask a server of your own network, too.")
def comments(config: Path, allow_private: bool) -> None:
    """Ask the comment server how many comments the editions have.

    The numbers are written into content/comments.yml, which the next build shows. It needs `comments: {isso: ...}` in
    mkdocs.yml; giscus does not tell without a key.

    \b
    Example:
      citewire comments && citewire build
    """
    from generator.cli.reader import service_reader
    from generator.desk.comments import FILE, LIMITS, CommentsError, count, keep
    from generator.desk.files import EDITIONS, DeskError, field_of, items, read_text
    from generator.desk.known import words_of

    project = project_of(config)
    kept_by = project.additions.comments
    if kept_by is None or kept_by.isso is None:
        fail("mkdocs.yml names no Isso server: set `comments: {isso: https://...}` of the plugin", MISUSE)
    reader = service_reader(words_of(project).newsletter, LIMITS, kept_by.isso, allow_private)
    with failing(CommentsError, DeskError, code=IO_FAILURE):
        editions = items(project.content, EDITIONS)
        threads = {slug: field_of(read_text(file), "renamed_from") or slug for slug, file in editions.items()}
        counts = count(reader, kept_by.isso, threads) if threads else {}
        changed = keep(project.content, counts)
    total = sum(counts.values())
    say(f"{total} comments on {len(counts)} editions; {FILE} {'is written' if changed else 'has them already'}.")
