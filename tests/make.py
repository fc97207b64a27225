"""Small newsletters made of model values, and their pages and feeds: what many tests begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import yaml
from hypothesis import strategies as st
from msgspec.structs import replace

from generator import dress
from generator.check.table import severities
from generator.judged.counts import check_counts
from generator.link.site import link
from generator.load.forms import HEADING
from generator.load.shapes import Pen
from generator.model.artifacts import Artifact, PageArtifact
from generator.model.content import (
    Correction,
    Dispute,
    Edit,
    Edition,
    Focus,
    Image,
    Importance,
    MadeBy,
    PartText,
    Point,
    Question,
    Source,
    Story,
)
from generator.model.content import Version as Told
from generator.model.evidence import SnapshotOf, nothing_kept
from generator.model.fingerprint import Fingerprints
from generator.model.library import Library
from generator.model.outputs import Outputs
from generator.model.site import Site
from generator.model.tracing import Ledgers
from generator.model.vocabulary import Entity, Newsletter, Part, Person, Publisher, Section, Term, Topic
from generator.model.withdrawals import Withdrawal
from generator.pipeline import judge
from generator.project import Project
from generator.publish import site as publishing
from generator.publish.site import Changes
from generator.render.site import maker_of, render
from generator.trace.tracer import tracer
from generator.typeset.quotes import Quotes

ROOT = Path(__file__).parent.parent
BASE = "https://news.example/"
NOON = datetime(2026, 4, 11, 12, tzinfo=timezone(timedelta(hours=-4)))


def configure(folder: Path, **options: Any) -> None:
    """Set options of the plugin in a newsletter's `mkdocs.yml`; None takes one away."""
    file = folder / "mkdocs.yml"
    config = yaml.safe_load(file.read_text())
    named = (entry for entry in config["plugins"] if isinstance(entry, dict) and "citewire" in entry)
    given = next(named, {"citewire": {}})["citewire"] | options
    config["plugins"] = [{"citewire": {name: value for name, value in given.items() if value is not None}}]
    file.write_text(yaml.safe_dump(config, sort_keys=False))


SECTIONS = {"big-tech": "Big Tech", "industry-biz": "Industry & Biz", "policy": "Policy"}
PARTS = {"summary": "Summary", "body": "", "why-it-matters": "Why This Matters", "key-takeaways": "Key Takeaways"}
TOPICS = {"ai-compute": "AI compute", "chips": "Chips", "law": "Law"}
ENTITIES = {"meta": "Meta", "coreweave": "CoreWeave", "nvidia": "Nvidia"}


def newsletter(**fields: Any) -> Newsletter:
    given = {
        "name": "The Footnote",
        "tagline": "The day in AI, with its sources.",
        "language": "en-GB",
        "authority": "footnote.example",
        "editor": Person("The desk", "desk@footnote.example"),
        "sections": {id_: Section(id_, title) for id_, title in SECTIONS.items()},
        "parts": {id_: Part(id_, title) for id_, title in PARTS.items()},
    }
    return Newsletter(**(given | fields))


def source(id_: str = "hubkub", **fields: Any) -> Source:
    given = {"url": f"https://{id_}.example/page", "publisher": "hubkub", "title": f"The page of {id_}"}
    return Source(id_, **(given | fields))


def story(slug: str = "meta-coreweave", *sources: Source, **fields: Any) -> Story:
    """A sound story with one source, unless others are given."""
    given = {
        "file": f"content/stories/2026/{slug}.yml",
        "title": f"The title of {slug}",
        "dek": f"The dek of {slug}.",
        "section": "big-tech",
        "published": NOON,
        "sources": {s.id: s for s in sources or (source(),)},
    }
    first = next(iter(given["sources"]))
    return Story(slug, **(given | {"body": f"Meta commits $21 billion. [@{first}]"} | fields))


def edition(slug: str = "2026-04-11", *stories: str, **fields: Any) -> Edition:
    """A sound edition of the story `meta-coreweave`, unless others are given."""
    given = {
        "file": f"content/editions/{slug}.yml",
        "title": f"The title of {slug}",
        "dek": f"The dek of {slug}.",
        "one_line": f"The line of {slug}.",
        "published": NOON,
        "stories": stories or ("meta-coreweave",),
        "made_by": MadeBy("The desk", "drafted"),
    }
    return Edition(slug, **(given | fields))


def library(*items: Story | Edition, **fields: Any) -> Library:
    given = {
        "newsletter": newsletter(),
        "publishers": {"hubkub": Publisher("hubkub", "Hubkub", "hubkub.example", "trade")},
        "entities": {id_: Entity(id_, name, "company") for id_, name in ENTITIES.items()},
        "topics": {id_: Topic(id_, name) for id_, name in TOPICS.items()},
        "stories": {item.slug: item for item in items if isinstance(item, Story)},
        "editions": {item.slug: item for item in items if isinstance(item, Edition)},
    }
    return Library(**(given | fields))


def print_of(made: Site) -> str:
    """Stands for all that pages show of a site."""
    return Fingerprints("").of((made.story_pages, made.editions, made.subjects, made.publishers, made.shared))


printed = Quotes("en-GB").plain
"""A line of an author as readers of `newsletter` get it."""


def site(*items: Story | Edition, base: str = BASE, outputs: Outputs | None = None, **fields: Any) -> Site:
    """The linked site of stories and editions."""
    return link(library(*items, **fields), base, outputs)


def traced(library: Library, snapshot_of: SnapshotOf = nothing_kept) -> Site:
    """The linked site of a library, with what its texts claim, under the usual rules."""
    ledgers = Ledgers(tracer(library, snapshot_of).ledger, lambda story: "")
    of = link(replace(library, ledgers=ledgers), BASE)
    return replace(of, counts=check_counts(of, severities(None)))


@cache
def sample() -> Site:
    """The linked site of the sample newsletter."""
    return traced(judge(Project(ROOT, ROOT / "content"))[0])


def everywhere(text: str, address: str = "https://hubkub.example/page") -> Library:
    """A story and an edition that hold a text in every place where an editor can write one."""
    told = story(
        "told",
        source(title=text, author=text, language=text, relays="hubkub", passages=(text,), url=address, archive=address),
        source("unnamed", title=None, label=text),
        title=text,
        dek=text,
        byline=text,
        importance=Importance(8, text),
        topics=("ai-compute",),
        mentions=("meta",),
        image=Image("chart.png", text, text, text, 40, 30),
        body=f"Words {text} more words. [@hubkub; @unnamed]",
        parts=(
            PartText("why-it-matters", (f"Words {text}",)),
            PartText("key-takeaways", (f"Words {text} [@hubkub]",) * 2, True),
        ),
        disputed=(Dispute(text, (Told(text, ("hubkub",)), Told(text, ("unnamed",))), text),),
        original="hubkub",
        updated=NOON,
        corrections=(Correction(NOON, text, f"{text}!", text, text),),
        edits=(Edit(NOON, text),),
    )
    other = story("other", topics=("ai-compute",), mentions=("meta",), title=text, updates="told", change=text)
    later = Correction(NOON + timedelta(hours=1), text, f"{text}!", text, text)
    near = story("near", topics=("ai-compute",), mentions=("meta",), title=text, corrections=(later,))
    shown = edition(
        "2026-04-11",
        "told",
        title=text,
        dek=text,
        one_line=text,
        takeaways=(Point(text, f"Words {text} [@told/hubkub]"),),
        actions=(Point(text, f"Words {text}"),),
        focus=(Focus(text, f"Words {text} [@told/hubkub]", f"Words {text}", f"Words {text}"),),
        quiz=(Question(text, (text, "b", "c", "d"), text, f"Words {text} [@told/hubkub]"),),
        made_by=MadeBy(text, "assisted", text, text),
        updated=NOON,
        corrections=(Correction(NOON, text, f"{text}!", text, text),),
        edits=(Edit(NOON, text),),
    )
    return library(
        told,
        other,
        near,
        shown,
        edition("2026-04-12", "other", title=text, published=NOON + timedelta(days=1)),
        withdrawn={"gone": Withdrawal("gone", NOON, NOON + timedelta(hours=1), text, text)},
        newsletter=newsletter(
            name=text,
            tagline=text,
            editor=Person(text, "desk@footnote.example"),
            sections={"big-tech": Section("big-tech", text, text)},
            parts={id_: Part(id_, text if id_ != "body" else "") for id_ in PARTS},
            copyright=text,
            banner=text,
        ),
        publishers={"hubkub": Publisher("hubkub", text, "hubkub.example", "trade")},
        entities={"meta": Entity("meta", text, "company")},
        topics={"ai-compute": Topic("ai-compute", text)},
        glossary={"words": Term("words", "Words", text, (f"never {text} never",), source("source", title=text))},
    )


CHROME = dress.cut(
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    f"<title>{dress.Slot.TITLE}</title>"
    f'<meta name="description" content="{dress.Slot.DESCRIPTION}">'
    f'<link rel="canonical" href="{dress.Slot.CANONICAL}">{dress.Slot.HEAD}</head>'
    f"<body>{dress.Slot.BODY}</body></html>"
)
"""The least that a theme can be."""

Files = list[tuple[str, Callable[[], bytes]]]


_MADE: dict[int, tuple[Site, Files]] = {}


def files(of: Site) -> Files:
    """Every file of a site, its pages in the least of themes: the path, and what makes the bytes.

    Those of a few sites are kept, since making an engine costs more than making a page.
    """
    if id(of) not in _MADE:
        if len(_MADE) > 40:
            _MADE.clear()
        declared = render(maker_of(of), Path("no-images"))
        dressed = (dress.dress(i, lambda kind, depth: CHROME) if isinstance(i, PageArtifact) else i for i in declared)
        _MADE[id(of)] = of, [(item.path, item.make) for item in dressed]
    return _MADE[id(of)][1]


def parsed(markup: bytes) -> Element:
    """A page as a browser reads it; an error of HTML fails."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(markup, transport_encoding="utf-8")


def page(of: Site, path: str) -> Element:
    return parsed(dict(files(of))[f"{path}index.html"]())


def feed(of: Site, name: str) -> bytes:
    return dict(files(of))[f"feeds/{name}"]()


def words(element: Element) -> str:
    """What an element says, blanks folded (but not those that do not break)."""
    return " ".join("".join(element.itertext()).replace("\xa0", "~").split()).replace("~", "\xa0")


def by_class(root: Element, name: str) -> list[Element]:
    return [e for e in root.iter() if name in e.get("class", "").split()]


def all_ids(root: Element) -> list[str]:
    return [e.get("id", "") for e in root.iter() if "id" in e.attrib]


def all_links(root: Element) -> Iterator[str]:
    return (e.get("href", "") for e in root.iter("a"))


HOSTILE = {
    "script": "</script><script>alert(1)</script>",
    "attribute": '"onload="',
    "apostrophe": "it's",
    "entity": "&amp; &lt;b&gt;",
    "cdata": "]]> <![CDATA[ -->",
    "comment": "<!-- <script> --!>",
    "separator": "a\u2028b",
    "emoji": "👩🏽‍💻 🇪🇺",
    "right-to-left": "שלום عالم",
    "long": "w" * 200,
    "braces": "{{ 7 * 7 }} {% raw %} {0} {name} %s",
}
"""Texts that have broken other generators."""


def is_admitted(text: str) -> bool:
    """Whether the loader takes a text for a headline as it is."""
    pen = Pen("")
    return HEADING.read(text, ("title",), pen) == text and not [p for p in pen.problems if not p.only_plain]


LINES = st.one_of(
    st.sampled_from(list(HOSTILE.values())),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80),
    st.text("<>&\"'/;# abc]![-=\\{}%", min_size=1, max_size=40),
).filter(is_admitted)
"""Headlines, as strange as the loader admits them."""


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Sites with an edition of a few stories that cite a few pages, some of them under several addresses."""
    addresses = [
        f"http{s}://{w}page{n}.example/{e}"
        for n in range(3)
        for s in ("", "s")
        for w in ("", "www.")
        for e in ("", "?utm_source=x")
    ]
    stories = []
    for number in range(draw(st.integers(1, 3))):
        ids = draw(st.lists(st.sampled_from(["a", "a-1", "b", "c-2"]), min_size=1, max_size=3, unique=True))
        sources = [source(id_, url=draw(st.sampled_from(addresses))) for id_ in ids]
        cited = st.lists(st.sampled_from(ids), min_size=1, max_size=3).map(lambda of: f"[@{'; @'.join(of)}]")
        text = st.lists(st.just("Words") | cited, min_size=1, max_size=6).map(" ".join)
        parts = (
            PartText("key-takeaways", tuple(draw(st.lists(text, max_size=2))), True),
            PartText("summary", (draw(text),)),
        )
        versions = tuple(Told("so", (id_,)) for id_ in ids)
        slug = f"story-{number}"
        section = draw(st.sampled_from(list(SECTIONS)))
        disputed = (Dispute("A point", versions),) * draw(st.integers(0, 2))
        stories.append(story(slug, *sources, body=draw(text), parts=parts, disputed=disputed, section=section))
    known = [f"{s.slug}/{id_}" for s in stories for id_ in s.sources]
    points = st.lists(st.sampled_from(known).map(lambda of: Point("Lead", f"Words [@{of}]")), max_size=3).map(tuple)
    slugs = [s.slug for s in stories]
    return site(*stories, edition("2026-04-11", *slugs, takeaways=draw(points), actions=draw(points)))


def publish(artifacts: Sequence[Artifact], target: Path, *more: Any, **options: Any) -> Changes:
    """Write a whole site of these files, whatever was there before."""
    return publishing.publish(lambda before: publishing.Declared(artifacts), target, *more, **options)
