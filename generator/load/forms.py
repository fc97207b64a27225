"""The fields of each kind of file, and the shapes of their values."""

from __future__ import annotations

from typing import Any

from generator.load.days import Day, DayOrMoment, Moment
from generator.load.records import Either, Form, ListOf, MapOf, OneOrMore, may, need
from generator.load.shapes import Address, Choice, Flag, Place, Slug, Text, Whole
from generator.model import content, vocabulary
from generator.model.withdrawals import Withdrawal

HEADING = Text(limit=300, one_line=True)
LINE = Text(limit=1000, one_line=True)
PROSE = Text()
NAME = Text(limit=200, one_line=True)

PARTS = "summary analysis why-it-matters background what-next bigger-picture key-takeaways questions".split()
"""Usual ids of a story's parts: those of a new newsletter."""
HEADED_IN_OTHER_WORDS = {
    **dict.fromkeys(("headline", "heading"), "title"),
    **dict.fromkeys(("subtitle", "subheadline", "standfirst", "deck", "description", "excerpt", "lede"), "dek"),
    **dict.fromkeys(("date", "datetime", "time", "created", "publish-date"), "published"),
    **dict.fromkeys(("modified", "lastmod"), "updated"),
}
"""Names in other programs of the fields that stories and editions have alike."""
IN_OTHER_WORDS = {
    **HEADED_IN_OTHER_WORDS,
    **dict.fromkeys(("author", "authors", "writer"), "byline"),
    **dict.fromkeys(("category", "categories", "desk"), "section"),
    **dict.fromkeys(("tags", "keywords", "subjects"), "topics"),
    **dict.fromkeys(("entities", "companies", "people", "organizations", "organisations"), "mentions"),
    **dict.fromkeys(("text", "content", "article", "story"), "body"),
    **dict.fromkeys(("sources", "references", "links", "footnotes"), "citations"),
}
"""Names of a story's fields in other programs."""
EDITION_IN_OTHER_WORDS = {
    **HEADED_IN_OTHER_WORDS,
    **dict.fromkeys(("summary", "tldr", "one-liner", "one-sentence-summary", "in-a-sentence"), "one_line"),
    **dict.fromkeys(("articles", "items", "content", "sections"), "stories"),
    **dict.fromkeys(("what-this-means-for-you", "what-this-means", "implications"), "takeaways"),
    **dict.fromkeys(("todo", "to-do", "what-to-do"), "actions"),
    **dict.fromkeys(("author", "authors", "byline", "editor", "ai-disclosure", "disclosure"), "made_by"),
}
"""Names of an edition's fields in other programs."""
POINT_IN_OTHER_WORDS = {
    **dict.fromkeys(("title", "headline", "heading", "name", "action", "takeaway"), "lead"),
    **dict.fromkeys(("body", "content", "description", "detail", "details", "explanation"), "text"),
}
"""Names in other programs of the fields of a takeaway or an action."""
SOURCE_IN_OTHER_WORDS = {
    **dict.fromkeys(("link", "href", "address", "uri", "web", "website"), "url"),
    "source": "url publisher",
    **dict.fromkeys(("name", "headline", "heading"), "title"),
    **dict.fromkeys(("outlet", "site", "newspaper", "publication", "domain"), "publisher"),
    **dict.fromkeys(("authors", "by", "byline", "writer"), "author"),
    **dict.fromkeys(("date", "day", "issued"), "published"),
    **dict.fromkeys(("retrieved", "read", "visited"), "accessed"),
    **dict.fromkeys(("quote", "quotes", "quotation", "quotations", "excerpt", "excerpts", "text"), "passages"),
}
"""Names of a source's fields in other programs. Of several, the first one that the source lacks is meant."""
_NO_FIELDS = {
    **dict.fromkeys(
        ("url", "link", "permalink", "source", "source-url"),
        "The address of a source stands below it, under `citations:`. A story's own is the name of its file.",
    ),
    **dict.fromkeys(("slug", "id", "filename"), "The name of the file is the name of the story: take it out."),
    "status": "A story is out unless it says `draft: true`.",
    **dict.fromkeys(("language", "lang"), "It is that of the newsletter: take it out."),
}
"""Hints for fields of stories in other programs that have no equal here."""

SOURCE = Form(
    content.Source,
    (
        need("url", Address()),
        may("title", LINE),
        may("label", LINE),
        need("publisher", Slug("publishers")),
        may("author", NAME),
        may("published", Day()),
        may("accessed", Day()),
        may("archive", Address()),
        may("language", NAME),
        may("relays", Slug("publishers")),
        may("passages", ListOf(LINE, limit=50)),
    ),
    id_field=True,
    elsewhere=dict.fromkeys(("id", "key", "ref"), "The name above it is its id: take the line out."),
    called=SOURCE_IN_OTHER_WORDS,
)

IMPORTANCE = Form(content.Importance, (need("score", Whole(1, 10)), need("why", LINE)))

IMAGE = Form(
    content.Image,
    (need("file", NAME), need("alt", LINE), need("credit", NAME), may("caption", LINE)),
    called={
        **dict.fromkeys(("src", "path", "url", "name"), "file"),
        **dict.fromkeys(("alt-text", "description"), "alt"),
        **dict.fromkeys(("copyright", "photo", "photographer", "by", "source"), "credit"),
        **dict.fromkeys(("title", "legend"), "caption"),
    },
)

VERSION = Form(content.Version, (need("value", LINE), need("sources", ListOf(Slug(), unique=True))))

DISPUTE = Form(
    content.Dispute,
    (need("point", LINE), need("versions", ListOf(VERSION)), may("note", LINE)),
)

CORRECTION = Form(
    content.Correction,
    (need("date", Moment()), need("was", LINE), need("now", LINE), may("where", LINE), may("noticed_by", NAME)),
)

EDIT = Form(content.Edit, (need("date", Moment()), need("what", LINE)))


ORIGIN = Form(content.Origin, (need("from", LINE, as_="where"), may("id", LINE)))

VOUCH = Form(content.Vouch, (need("ok", LINE), need("claim", LINE)))


BESIDE_PARTS = frozenset(("citations", "corrections", "edits", "disputed", "trace", "image"))
"""Fields of a story that an indentation mistake may put under `parts`."""


def _part(path_id: str, text: str | tuple[str, ...]) -> content.PartText:
    return content.PartText(path_id, text, True) if isinstance(text, tuple) else content.PartText(path_id, (text,))


def make_story(**found: Any) -> content.Story:
    """Make a story from its fields, without its slug and file yet."""
    parts = tuple(_part(part, text) for part, text in found.pop("parts", {}).items())
    return content.Story(slug="", file="", parts=parts, **found)


STORY = Form(
    make_story,
    (
        need("title", HEADING),
        need("dek", LINE),
        need("section", Slug("sections")),
        need("published", Moment()),
        may("updated", Moment()),
        may("event", Day()),
        may("byline", NAME),
        may("importance", IMPORTANCE),
        may("sentiment", Choice(vocabulary.SENTIMENTS, {"good": "positive", "bad": "negative", "mixed": "neutral"})),
        may("topics", ListOf(Slug("topics"), unique=True)),
        may("mentions", ListOf(Slug("entities"), unique=True)),
        may("image", IMAGE),
        may("body", PROSE),
        may("parts", MapOf(Either(PROSE, ListOf(PROSE)), beside=BESIDE_PARTS)),
        may("original", Slug()),
        may("updates", Slug()),
        may("change", LINE),
        may("disputed", ListOf(DISPUTE)),
        may("plain_terms", ListOf(Slug(), unique=True)),
        may("renamed_from", Slug()),
        may("aliases", ListOf(NAME, unique=True)),
        may("imported", ORIGIN),
        may("trace", OneOrMore(VOUCH)),
        may("corrections", ListOf(CORRECTION)),
        may("edits", ListOf(EDIT)),
        may("draft", Flag()),
        may("citations", MapOf(SOURCE), as_="sources"),
    ),
    elsewhere=_NO_FIELDS | {part: f"It is a part: write it as `{part}:` under `parts:`." for part in PARTS},
    called=IN_OTHER_WORDS,
)


POINT = Form(content.Point, (need("lead", LINE), need("text", PROSE)), called=POINT_IN_OTHER_WORDS, all_texts=True)

FOCUS = Form(
    content.Focus,
    (need("lead", LINE), need("changed", PROSE), need("matters", PROSE), need("watch", PROSE)),
    called={
        **dict.fromkeys(("title", "headline", "heading"), "lead"),
        **dict.fromkeys(("what-to-watch", "watch-for", "what-next", "next"), "watch"),
    },
    all_texts=True,
)

QUESTION = Form(
    content.Question,
    (
        need("question", LINE),
        need("answers", ListOf(LINE, unique=True)),
        need("right", LINE),
        need("explanation", PROSE),
    ),
    called={
        **dict.fromkeys(("options", "choices"), "answers"),
        **dict.fromkeys(("answer", "correct", "correct-answer", "solution"), "right"),
        "why": "explanation",
    },
)

MADE_BY = Form(
    content.MadeBy,
    (
        need("editor", NAME),
        may("reviewed_by", NAME),
        need(
            "machine",
            Choice(
                vocabulary.MACHINE_PARTS,
                hint="Write `drafted` if a machine wrote it, `assisted` if it helped; its name goes under `note`.",
            ),
        ),
        may("note", LINE),
    ),
    called={
        **dict.fromkeys(("author", "authors", "name", "human", "by"), "editor"),
        **dict.fromkeys(("reviewer", "reviewed"), "reviewed_by"),
        **dict.fromkeys(("ai", "model", "ai-use"), "machine"),
    },
)


def make_edition(**found: Any) -> content.Edition:
    """Make an edition from its fields, without its slug and file yet."""
    return content.Edition(slug="", file="", **found)


EDITION = Form(
    make_edition,
    (
        need("title", HEADING),
        need("dek", LINE),
        need("one_line", LINE),
        need("published", Moment()),
        may("updated", Moment()),
        need("stories", ListOf(Slug("stories"), unique=True)),
        may("takeaways", ListOf(POINT)),
        may("actions", ListOf(POINT)),
        may("focus", ListOf(FOCUS, limit=5)),
        may("quiz", ListOf(QUESTION, limit=10)),
        need("made_by", MADE_BY),
        may("plain_terms", ListOf(Slug(), unique=True)),
        may("renamed_from", Slug()),
        may("aliases", ListOf(NAME, unique=True)),
        may("imported", ORIGIN),
        may("draft", Flag()),
        may("trace", OneOrMore(VOUCH)),
        may("corrections", ListOf(CORRECTION)),
        may("edits", ListOf(EDIT)),
    ),
    called=EDITION_IN_OTHER_WORDS,
)

WAS = may("was", ListOf(Slug(), unique=True))

_INSTITUTIONS = """
    university college school institute academy museum gallery theatre theater library archive hospital clinic church
    court tribunal league club federation association union charity ngo nonprofit non-profit foundation think-tank party
    organisation organization society
"""
_STATES = "ministry agency authority regulator council city county municipality parliament police state official public"
PUBLISHERS_CALLED = {
    **dict.fromkeys(_INSTITUTIONS.split(), "institution"),
    **dict.fromkeys(_STATES.split(), "government"),
    **dict.fromkeys(("tv", "television", "radio", "broadcast", "podcast"), "broadcaster"),
    **dict.fromkeys(("science", "scientific", "academic", "research", "preprint"), "journal"),
    **dict.fromkeys(("paper", "news", "media", "press", "newsroom", "outlet"), "newspaper"),
    **dict.fromkeys(("magazine", "industry", "trade-press"), "trade"),
    **dict.fromkeys(("news-agency", "newswire", "news agency"), "wire"),
    **dict.fromkeys(("business", "corporation", "corporate", "firm", "vendor"), "company"),
    **dict.fromkeys(("website", "site", "newsletter", "personal", "substack"), "blog"),
}
"""Other words for kinds of publisher, and the kind that each means."""

PUBLISHERS = MapOf(
    Form(
        vocabulary.Publisher,
        (
            need("name", NAME),
            need("domain", NAME),
            may("also_at", ListOf(NAME, unique=True)),
            need("kind", Choice(vocabulary.PUBLISHER_KINDS, PUBLISHERS_CALLED)),
            may("note", LINE),
            WAS,
        ),
        id_field=True,
        called={**dict.fromkeys(("url", "site", "website", "host"), "domain"), "title": "name", "type": "kind"},
    )
)

ENTITIES_CALLED = {
    **dict.fromkeys(("firm", "business", "corporation", "startup", "start-up", "bank", "vendor"), "company"),
    **dict.fromkeys(("human", "people", "politician", "author", "ceo", "founder"), "person"),
    **dict.fromkeys(("llm", "ai-model", "language-model"), "model"),
    **dict.fromkeys(("service", "device", "software", "tool", "app", "programme", "program", "chip"), "product"),
    **dict.fromkeys((*_INSTITUTIONS.split(), *_STATES.split(), "government"), "institution"),
}
"""Other words for kinds of entity, and the kind that each means."""

ENTITIES = MapOf(
    Form(
        vocabulary.Entity,
        (
            need("name", NAME),
            need("kind", Choice(vocabulary.ENTITY_KINDS, ENTITIES_CALLED)),
            may("description", LINE),
            may("site", Address()),
            may("also", ListOf(NAME, unique=True)),
            WAS,
        ),
        id_field=True,
        called={
            "title": "name",
            "type": "kind",
            "about": "description",
            **dict.fromkeys(("url", "website", "homepage"), "site"),
            **dict.fromkeys(("aliases", "aka", "synonyms"), "also"),
        },
    )
)

TOPICS = MapOf(
    Form(vocabulary.Topic, (need("name", NAME), may("description", LINE), WAS), id_field=True, called={"title": "name"})
)

GLOSSARY = MapOf(
    Form(
        vocabulary.Term,
        (need("term", NAME), may("also", ListOf(NAME, unique=True)), need("meaning", LINE), may("source", SOURCE)),
        id_field=True,
    )
)

COMMENTS = MapOf(Whole(0, vocabulary.MOST_COMMENTS))

WITHDRAWN = MapOf(
    Form(
        Withdrawal,
        (
            *(need("published", DayOrMoment()), need("withdrawn", DayOrMoment()), need("why", LINE)),
            *(may("title", HEADING), may("renamed_from", Slug()), may("aliases", ListOf(NAME, unique=True))),
            *(may("was_in", ListOf(Place(), unique=True)), may("corrections", ListOf(Moment()))),
            may("restored", DayOrMoment()),
        ),
        id_field=True,
    ),
    folders=("editions/",),
)


def _newsletter(**found: Any) -> vocabulary.Newsletter:
    parts = {id_: vocabulary.Part(id_, title or "") for id_, title in found.pop("parts", {}).items()}
    parts.setdefault(vocabulary.BODY, vocabulary.Part(vocabulary.BODY, ""))
    return vocabulary.Newsletter(parts=parts, **found)


def _house_word(avoid: str | tuple[str, ...], **found: Any) -> vocabulary.HouseWord:
    return vocabulary.HouseWord((avoid,) if isinstance(avoid, str) else avoid, **found)


HOUSE_WORD = Form(
    _house_word,
    (need("avoid", Either(NAME, ListOf(NAME, unique=True))), may("write", NAME), may("why", LINE)),
)

STYLE = Form(
    vocabulary.Style,
    (
        may("quotes", Choice(vocabulary.QUOTES)),
        may("dashes", Choice(vocabulary.DASHES)),
        may("words", ListOf(HOUSE_WORD)),
    ),
)

NEWSLETTER = Form(
    _newsletter,
    (
        need("name", NAME),
        need("tagline", LINE),
        need("language", NAME),
        need("authority", NAME),
        need("editor", Form(vocabulary.Person, (need("name", NAME), need("email", NAME)))),
        may("copyright", LINE),
        may("banner", LINE),
        need(
            "sections",
            MapOf(
                Form(
                    vocabulary.Section,
                    (need("title", NAME), may("description", LINE), WAS),
                    id_field=True,
                    called={"name": "title"},
                )
            ),
        ),
        may("parts", MapOf(NAME, allow_empty=frozenset({vocabulary.BODY}))),
        may("messages", MapOf(LINE)),
        may("style", STYLE),
    ),
)
