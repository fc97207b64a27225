"""The same seeded stories as a newsletter of ours and as a site of Hugo.

Eight stories a day, each with three paragraphs of some 70 words, three or four citations, two to four topics and two or
three companies. Story `n` is the same whatever the size of the corpus, but for its day.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby
from pathlib import Path

A_DAY = 8
LAST_DAY = date(2026, 6, 30)
SECTIONS = {"big-tech": "Big Tech", "industry-biz": "Industry & Biz", "research": "Research", "policy": "Policy"}
_SYLLABLES = (
    "ba be bi bo da de di do fa fe fi ga go la le li lo ma me mi mo na ne nu pa pe ra re ri ro sa se so ta te to"
)


def _words(seed: str, count: int) -> list[str]:
    dice, parts = random.Random(seed), _SYLLABLES.split()
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(dice.choices(parts, k=dice.choice((1, 2, 2, 3, 3, 4))))] = None
    return list(found)


WORDS = _words("words", 6000)
WEIGHTS = [*accumulate(1 / (rank + 9) for rank in range(len(WORDS)))]
"""How often each word comes, and all before it: rare ones are rare, as in a language."""
TOPICS = _words("topics", 200)
COMPANIES = [word.capitalize() for word in _words("companies", 300)]
PUBLISHERS = [word.capitalize() for word in _words("publishers", 80)]


@dataclass(frozen=True, slots=True)
class Cited:
    id: str
    url: str
    title: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Story:
    slug: str
    day: date
    minute: int
    title: str
    dek: str
    section: str
    topics: tuple[str, ...]
    companies: tuple[str, ...]
    sentiment: str
    importance: int
    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]
    """Text, and the ids of what it cites."""
    cited: tuple[Cited, ...]


def stories(count: int) -> Iterator[Story]:
    """Oldest first; the newest day is always the same."""
    days = (count + A_DAY - 1) // A_DAY
    for number in range(count):
        yield story(number, LAST_DAY - timedelta(days=days - 1 - number // A_DAY))


def story(number: int, day: date) -> Story:
    dice = random.Random(f"story {number}")
    companies = tuple(dice.sample(COMPANIES, dice.randint(2, 3)))
    cited = tuple(_cited(dice, number, id_) for id_ in "abcd"[: dice.randint(3, 4)])
    ids = [(source.id,) for source in cited[:3]]
    if len(cited) == 4:
        ids[2] += (cited[3].id,)
    title = f"{companies[0]} {_running(dice, dice.randint(5, 8))}"
    return Story(
        slug=f"{'-'.join(title.lower().split()[:5])}-{number}",
        day=day,
        minute=number % A_DAY,
        title=title,
        dek=f"{_running(dice, 18).capitalize()}.",
        section=dice.choice(list(SECTIONS)),
        topics=tuple(dice.sample(TOPICS, dice.randint(2, 4))),
        companies=companies,
        sentiment=dice.choice(("positive", "neutral", "negative")),
        importance=dice.randint(1, 10),
        paragraphs=tuple((_paragraph(dice, companies), cites) for cites in ids),
        cited=cited,
    )


def _cited(dice: random.Random, number: int, id_: str) -> Cited:
    publisher = dice.choice(PUBLISHERS)
    title = _running(dice, 8).capitalize()
    return Cited(
        id_, f"https://{publisher.lower()}.example/{number}/{title.replace(' ', '-').lower()}", title, publisher
    )


def _running(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(WORDS, cum_weights=WEIGHTS, k=count))


def _paragraph(dice: random.Random, companies: tuple[str, ...]) -> str:
    """Some 70 words in sentences, with a figure, a word in bold and a link."""
    sentences = [_running(dice, dice.randint(9, 18)).capitalize() + "." for _ in range(5)]
    sentences[0] = f"{dice.choice(companies)} **{_running(dice, 2)}** {sentences[0].lower()}"
    sentences[1] = f"{sentences[1][:-1]} ${dice.randint(1, 99)}.{dice.randint(0, 9)} billion."
    sentences[2] = f"[{sentences[2][:-1]}](https://{dice.choice(WORDS)}.example/{dice.choice(WORDS)})."
    return " ".join(sentences)


def days(count: int) -> Iterator[tuple[date, list[Story]]]:
    for day, group in groupby(stories(count), key=lambda item: item.day):
        yield day, list(group)


def write_citewire(count: int, folder: Path, outputs: str) -> None:
    """A newsletter. `outputs` is the line of `mkdocs.yml` that switches kinds of pages off, or nothing."""
    content = folder / "content"
    (content / "editions").mkdir(parents=True)
    (content / "pages").mkdir()
    options = ":\n      rules: {preset: relaxed}" + (f"\n      {outputs}" if outputs else "")
    (folder / "mkdocs.yml").write_text(
        "site_name: The Daily\nsite_url: https://daily.example/\ndocs_dir: content/pages\n"
        f"theme:\n  name: material\n  font: false\nplugins:\n  - citewire{options}\n"
    )
    sections = "".join(f"  {id_}:\n    title: {title}\n" for id_, title in SECTIONS.items())
    (content / "newsletter.yml").write_text(
        "name: The Daily\ntagline: Every day.\nlanguage: en\nauthority: daily.example\n"
        f"editor:\n  name: The desk\n  email: desk@daily.example\nsections:\n{sections}"
    )
    named = {"topics": "", "entities": ", kind: company", "publishers": ", domain: {}.example, kind: trade"}
    for (name, more), words in zip(named.items(), (TOPICS, COMPANIES, PUBLISHERS), strict=True):
        lines = (f"{word.lower()}: {{name: {word}{more.format(word.lower())}}}\n" for word in words)
        (content / f"{name}.yml").write_text("".join(lines))
    for day, group in days(count):
        year = content / f"stories/{day:%Y}"
        year.mkdir(parents=True, exist_ok=True)
        for item in group:
            (year / f"{item.slug}.yml").write_text(_our_story(item))
        slugs = ", ".join(item.slug for item in group)
        (content / f"editions/{day}.yml").write_text(
            f"title: The day\ndek: What it was.\none_line: In one line.\npublished: {day}T18:00:00Z\n"
            f"stories: [{slugs}]\nmade_by:\n  editor: The desk\n  machine: none\n"
        )


def _our_story(item: Story) -> str:
    head = (
        f"title: {json.dumps(item.title)}\ndek: {json.dumps(item.dek)}\nsection: {item.section}\n"
        f"published: {item.day}T06:{item.minute:02}:00Z\nsentiment: {item.sentiment}\n"
        f"importance:\n  score: {item.importance}\n  why: It weighs that much.\n"
        f"topics: [{', '.join(item.topics)}]\nmentions: [{', '.join(c.lower() for c in item.companies)}]\nbody: |\n"
    )
    texts = (f"  {text} [{'; '.join(f'@{id_}' for id_ in ids)}]\n" for text, ids in item.paragraphs)
    sources = (
        f"  {cited.id}:\n    url: {cited.url}\n    title: {cited.title}\n    publisher: {cited.publisher.lower()}\n"
        for cited in item.cited
    )
    return head + "\n".join(texts) + "citations:\n" + "".join(sources)


def write_hugo(count: int, folder: Path) -> None:
    """A site of Hugo, with the pages of `benchmarks/hugo`."""
    for day, group in days(count):
        edition = folder / f"content/editions/{day}"
        edition.mkdir(parents=True)
        (edition / "_index.md").write_text(
            f'---\ntitle: "The day {day}"\ndate: {day}T18:00:00Z\ntype: edition\nsummary: In one line.\n---\n'
        )
        for item in group:
            (edition / f"{item.slug}.md").write_text(_hugo_story(item))


def _hugo_story(item: Story) -> str:
    numbers = {cited.id: number for number, cited in enumerate(item.cited, start=1)}
    head = (
        f"---\ntitle: {json.dumps(item.title)}\ndate: {item.day}T06:{item.minute:02}:00Z\nslug: {item.slug}\n"
        f"summary: {json.dumps(item.dek)}\ncategory: {json.dumps(SECTIONS[item.section])}\n"
        f"tags: {json.dumps(item.topics)}\ncompanies: {json.dumps(item.companies)}\n"
        f"sentiment: {item.sentiment}\nimportance: {item.importance}\n---\n\n"
    )
    by_id = {cited.id: cited for cited in item.cited}
    texts = (
        f"{text} {' '.join(f'[[{numbers[id_]}]]({by_id[id_].url})' for id_ in ids)}\n" for text, ids in item.paragraphs
    )
    sources = (f"{numbers[c.id]}. [{c.title}]({c.url}), {c.publisher}\n" for c in item.cited)
    return head + "\n".join(texts) + "\n**Sources**\n\n" + "".join(sources)
