"""Write a post as a story file: text with citations, tags as topics, and a note of what was guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from generator.desk.cite import Entry
from generator.desk.edit import Plain, block
from generator.importers.clean import Cleaner, xml_of
from generator.importers.placing import mark, placed
from generator.importers.posts import Post
from generator.importers.sources import Places, Sources
from generator.importers.value import NoStoryError
from generator.load.yaml import read
from generator.model.permalinks import alias_fault, alias_path, story_path
from generator.model.vocabulary import Entity, Section, Topic
from generator.prose import plain
from generator.prose.markdown import markdown
from generator.texts.characters import sound
from generator.texts.slugs import slug_from
from generator.words import shortened

TITLE_LIMIT, DEK_LIMIT, NAME_LIMIT = 300, 300, 200
_SENTENCE = re.compile(r".*?[.!?…](?=\s|\Z)")
_CITATION = re.compile(r"(?:(?<!\s)\s+)?\[@[^\[\]]*\]")
_APART = re.compile(r"#|\||>|```|    |[-*+] |\d+\. |\* \* \*")
"""The beginning of a block that is not a paragraph, as `markdown` writes it."""
_ITEM = re.compile(r"\A(?:[-+]|\d+\.)\s+")
_MARKUP = re.compile(r"\\(?=\W)|[*`#>|]|\]\((?:<[^<>\n]*>|[^()\n]*)\)")
_NO_TOPICS = frozenset(("uncategorized", "uncategorised", "newsletter", "blog", "post", "posts"))
HEADING_LEVEL = 2


class Vocabularies(Struct):
    """The newsletter's vocabularies, and the new topics."""

    sections: Mapping[str, Section]
    topics: dict[str, Topic]
    entities: Mapping[str, Entity]
    section: str = ""
    """The section that the editor gives for all posts."""
    editor: str = ""
    new: dict[str, Entry] = field(default_factory=dict)

    def shelf(self, tags: tuple[str, ...]) -> tuple[str, str]:
        """The section of a post, and what was guessed about it."""
        if self.section:
            return self.section, ""
        for tag in tags:
            for id_, section in self.sections.items():
                if tag.casefold() in (id_, section.title.casefold()) or slug_from(tag) == id_:
                    return id_, ""
        first = next(iter(self.sections))
        return first, f"the section: no tag names one, and `{first}` is written (--section says another)"

    def subjects(self, tags: tuple[str, ...]) -> tuple[list[str], list[str], Counter[str]]:
        """The topics and entities of tags, and the tags that are lost. An unknown tag becomes a topic."""
        topics, mentions, lost = [], [], Counter[str]()
        for tag in tags:
            entity = next((e.id for e in self.entities.values() if _names(tag, e.name, *e.also)), "")
            if entity:
                mentions.append(entity)
            elif not self._is_none(tag):
                if topic := self._topic(tag):
                    topics.append(topic)
                else:
                    lost[f"the tag `{tag}`, of which no id can be made: write a topic of that name, then import"] += 1
        return list(dict.fromkeys(topics)), list(dict.fromkeys(mentions)), lost

    def _is_none(self, tag: str) -> bool:
        """Whether a tag is not a topic: it names a section, or says nothing."""
        is_section = any(_names(tag, id_, section.title) for id_, section in self.sections.items())
        return is_section or not tag.strip() or tag.casefold() in _NO_TOPICS

    def _topic(self, tag: str) -> str:
        """The topic of a tag, a new one if unknown; empty if its name has no letter for an id."""
        known = next((topic.id for topic in self.topics.values() if _names(tag, topic.id, topic.name)), "")
        id_ = slug_from(tag)
        if known or not id_:
            return known
        if id_ not in self.topics:
            name = brief(tag, NAME_LIMIT)
            self.new[id_], self.topics[id_] = {"name": name}, Topic(id_, name)
        return id_


def _names(tag: str, *names: str) -> bool:
    return tag.casefold() in [name.casefold() for name in names]


class Made(Struct, frozen=True):
    """A story before it is written."""

    post: Post
    fields: dict[str, Any]
    guesses: tuple[str, ...]
    lost: Counter[str]


def made(post: Post, vocabularies: Vocabularies, places: Places, taken: set[str]) -> Made:
    """The story of a post. `taken` are the addresses of this site already in use.

    Raises `NoStoryError` for a post without text, `UnreadableError` for one that is too long.
    """
    item = post.item
    sources = Sources(places, item.page)
    cleaner = Cleaner(sources.link, sources.picture)
    body = placed(markdown(xml_of(cleaner.root(item.html)), mark, HEADING_LEVEL)).strip()
    said = plain(_CITATION.sub("", body))
    first = brief(_first(_running(body) or said), DEK_LIMIT)
    if not said:
        raise NoStoryError("it has no text but pictures or films")
    section, section_guess = vocabularies.shelf(item.tags)
    topics, mentions, lost_tags = vocabularies.subjects(item.tags)
    title = brief(plain(item.title), TITLE_LIMIT)
    dek = brief(plain(item.summary), DEK_LIMIT)
    aliases, lost_paths = _aliases(post, taken)
    fields: dict[str, Any] = {
        "title": title or first,
        "dek": dek or first,
        "section": section,
        "published": post.published,
        "updated": post.updated,
        "byline": brief(item.author, NAME_LIMIT) if item.author != vocabularies.editor else "",
        "topics": topics,
        "mentions": mentions,
        "imported": {"from": post.origin.where} | ({"id": post.origin.id} if post.origin.id else {}),
        "aliases": aliases,
        "draft": True if item.held else "",
        "body": body,
        "citations": sources.entries,
    }
    guesses = tuple(_guesses(post, section_guess, title, dek))
    lost = cleaner.lost + sources.lost + lost_paths + lost_tags
    return Made(post, {name: value for name, value in fields.items() if value}, guesses, lost)


def _guesses(post: Post, section_guess: str, title: str, dek: str) -> Iterator[str]:
    """What was guessed of a post that did not say it, in words."""
    yield from filter(None, (*post.guesses, section_guess))
    if not title:
        yield "the headline: none was told, and it is the first sentence"
    if not dek:
        yield "the dek: none was told, and it is the first sentence"
    if not post.item.page:
        yield "where it was published: readers are told the file's name (--address says where the site was)"
    if post.item.id and not post.item.is_id_told:
        yield "an id: how the old program makes one (name the old feed too, and it is known)"


def _aliases(post: Post, taken: set[str]) -> tuple[list[str], Counter[str]]:
    """The old paths that can redirect to the story, and how many cannot."""
    lost: Counter[str] = Counter()
    paths = [re.sub(r"\Ahttps?://[^/]*", "", path).strip("/") for path in (post.item.address, *post.item.aliases)]
    kept = []
    for path in dict.fromkeys(path for path in paths if path):
        here = alias_path(path)
        if here == story_path(post.slug):
            continue
        if alias_fault(path) or here in taken or len(path) > NAME_LIMIT:
            lost["an old address that cannot lead on here, since the site has that place or needs it"] += 1
            continue
        taken.add(here)
        kept.append(path)
    return kept, lost


def brief(words: str, limit: int) -> str:
    """Text on one line without forbidden characters, cut between words if it is too long."""
    return shortened(" ".join(sound(words).replace("[@", "[").split()), limit)


def _running(body: str) -> str:
    """The first paragraph of a text, skipping headings, tables, rules, lists and code; empty if there is none."""
    blocks = (plain(_CITATION.sub("", block)) for block in body.split("\n\n") if not _APART.match(block))
    return next(filter(None, blocks), "")


def _first(said: str) -> str:
    """The first sentence of a text without its markup."""
    words = _ITEM.sub("", _MARKUP.sub("", said).replace("[", "").strip())
    found = _SENTENCE.match(words)
    return found[0] if found else words


def written(fields: Mapping[str, Plain], schema: str) -> str:
    """The file of a story or an edition, which reads back as exactly these fields."""
    head = {name: value for name, value in fields.items() if name not in ("body", "citations")}
    text = f"{schema}{block(head).lstrip()}\n"
    if body := str(fields.get("body") or ""):
        text += f"body: {_literal(body)}\n"
    if citations := fields.get("citations"):
        text += block({"citations": citations}).lstrip() + "\n"
    return text


def _literal(text: str) -> str:
    """A text as a block with every line unchanged, or in quotation marks if YAML would change one of them."""
    lines = "".join(f"\n  {line}" if line else "\n" for line in text.split("\n"))
    found = read("", f"body: |{lines}\n".encode()).value
    if isinstance(found, dict) and found.get("body") == f"{text}\n":
        return f"|{lines}"
    return block(text).lstrip()
