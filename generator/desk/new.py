"""`citewire new`: a new story or edition, named right and filled with what is known, with comments that teach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from generator.desk.edit import scalar
from generator.desk.files import EDITIONS, STORIES, DeskError, field_of, items, read_text
from generator.desk.known import Waiting, in_zone, newest_edition, published_at, waiting, words_of
from generator.desk.schemas import schema_line
from generator.files import name_here, write_changed
from generator.model.permalinks import is_of_digits
from generator.project import Project
from generator.texts.slugs import slug_from

_STORY = """\
{schema}# A story tells one event, once. Put [@id] behind the full stop of what a source supports:
# `citewire cite ADDRESS --to {slug}` adds the source. `citewire check` says what is still missing.
title: {title}
dek:                        # one or two sentences below the headline, without a citation
section: {section}{sections}
published: {published}
event:                      # the day on which it happened, as {day}
topics: []                  # ids of topics.yml
mentions: []                # ids of entities.yml: who and what it is about
draft: true                 # keeps it off the site; `citewire publish` takes it out
body: |

citations:
"""

_EDITION = """\
{schema}# An edition is the day: a headline, the stories, what they mean. `citewire publish {day}` brings it out.
title:                      # the headline of the day
dek:                        # what stands below it
one_line:                   # the whole day in one sentence
published: {published}
stories:{stories}
takeaways: []               # What This Means for You, a list of {{lead: "Few words.", text: "Text. [@story/source]"}}
actions: []                 # Action Items, the same
draft: true                 # keeps it off the site; `citewire publish` takes it out
made_by:
  editor: {editor}
  machine: {machine}             # drafted, assisted or none: what part a machine had in it
"""


def new_story(project: Project, title: str, now: datetime, name: str = "", section: str = "") -> Path:
    """Write a draft of a story and return its file. Raises `DeskError` if it cannot have that name or section."""
    content = project.content
    words = words_of(project).newsletter
    slug = name or slug_from(title, words.language)
    if not title.strip():
        raise DeskError("a story begins with its headline: write it behind `story`, in quotation marks")
    if is_of_digits(slug) or slug != slug_from(slug):
        raise DeskError(f"`{slug or title}` makes no name for a file: give one with --name, as meta-coreweave-21bn")
    if taken := items(content, STORIES).get(slug):
        raise DeskError(f"there is {name_here(taken)} already: give another name with --name")
    known = words.sections
    if section and section not in known:
        raise DeskError(f"there is no section `{section}`; known: {', '.join(known)}")
    moment = in_zone(now, published_at(newest_edition(content)))
    path = content / STORIES / str(moment.year) / f"{slug}.yml"
    text = _STORY.format(
        schema=schema_line(content, path, "story"),
        slug=slug,
        title=scalar(title),
        section=section,
        sections="" if section else f"                   # {', '.join(known)}",
        published=moment.isoformat(),
        day=moment.date(),
    )
    write_changed(path, text.encode())
    return path


def new_edition(project: Project, day: date | None, now: datetime) -> Path:
    """Write a draft of an edition with the stories waiting for one, and return its file. Raises `DeskError`."""
    content = project.content
    last = newest_edition(content)
    like = published_at(last)
    moment = in_zone(now, like)
    day = day or moment.date()
    path = content / EDITIONS / f"{day}.yml"
    if path.exists():
        raise DeskError(f"there is {name_here(path)} already: give another day behind `edition`")
    at = like if like and day != moment.date() else moment
    published = moment.replace(year=day.year, month=day.month, day=day.day, hour=at.hour, minute=at.minute)
    text = _EDITION.format(
        schema=schema_line(content, path, "edition"),
        day=day,
        published=published.isoformat(),
        stories=_listed(waiting(content, str(day))),
        **_made_by(project, last),
    )
    write_changed(path, text.encode())
    return path


def _listed(stories: Iterable[Waiting]) -> str:
    """The stories, one per line with its title beside it, for the editor to put in order."""
    lines = "".join(f"\n  - {story.slug}    # {story.title}" for story in stories)
    return f"    # the most important first{lines}" if lines else " []                 # the most important first"


def _made_by(project: Project, last: Path | None) -> Mapping[str, str]:
    """Who made the last edition, and how; for the first one, the newsletter's editor."""
    text = read_text(last).replace("\n  ", "\n") if last else ""
    editor = field_of(text, "editor") or words_of(project).newsletter.editor.name
    return {"editor": scalar(editor), "machine": field_of(text, "machine") or "none"}
