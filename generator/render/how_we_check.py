"""The page that tells readers how the newsletter checks: by which rules, on which sources, with which results.

It is written from the rules that are switched on and the figures of the archive (`CheckCounts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Order, Page, PageArtifact
from generator.model.evidence import State
from generator.model.site import CheckCounts, Site
from generator.model.subjects import PublisherPage
from generator.model.tracing import CREDITED, STANDINGS, ClaimKind
from generator.render.maker import Maker
from generator.render.sources import kinds

GROUPS = {
    "claims": (
        "contradicted-figure untraced-figure untraced-quotation untraced-name passage-not-in-snapshot "
        "figure-not-in-passages quotation-not-in-passages no-passage lost-nuance figure-not-in-text "
        "name-not-in-text foreign-number two-values two-values-in-thread year-ahead bad-isbn"
    ).split(),
    "sources": (
        "unknown-citation uncited-text uncited-claim publisher-address one-publisher undated-source accessed-before "
        "late-source home-page short-address tracking-address"
    ).split(),
    "words": (
        "misattributed vague-attribution overclaim relative-date cut-text left-over raw-markup garbled-text "
        "quoted-heading mixed-scripts same-event repeated-source repeated-headline"
    ).split(),
    "after": "silent-change bad-correction stale-updated vanished-story".split(),
}
"""The rules that readers are told about, worded in the catalogue (`rule-...`). The others keep the site consistent."""
OFF, UNKEPT, UNSIGNED = "off", "unkept", "unsigned"
"""What is said of a rule in place of its severity: it is switched off, or has nothing to hold a text against."""
WHOLE_PAGE = frozenset(("untraced-figure", "untraced-quotation", "untraced-name", "passage-not-in-snapshot"))
"""Rules that need the whole text of a page."""
SIGNATURE = frozenset(("silent-change", "vanished-story"))
"""Rules that need to know what was published."""


class Row(Struct, frozen=True):
    """One standing of claims: how many of each kind have it, and in total."""

    standing: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.numbers)


class SourcesKept(Struct, frozen=True):
    """How many cited pages there are, and how much of them is kept."""

    sources: int
    with_passages: int
    with_text: int
    with_copy: int


class HowWeCheck(Struct, frozen=True):
    """Makes the page if there is something to report."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact]:
        site = self.maker.site
        if site.has_checks:
            made_of = (site.counts, _cited_of(site), site.fates, len(site.corrections), *_numbers(site))
            yield PageArtifact(permalinks.CHECKS, "archive", Order.INDEX, self.page, None, made_of)

    def page(self) -> Page:
        """The whole page."""
        site, words = self.maker.site, self.maker.words
        assert site.counts is not None  # noqa: S101 - not declared without
        publishers = list(site.publishers.values())
        stories, editions, imported = _numbers(site)
        return self.maker.list_page(
            "checks.html",
            permalinks.CHECKS,
            words.text("title-checks"),
            words.text("description-checks", site=site.newsletter.name),
            [],
            heading=words.html("title-checks"),
            rows=(found := rows(site.counts)),
            claims=sum(row.total for row in found if row.standing != CREDITED),
            traced=next((row.total for row in found if row.standing == "traced"), 0),
            claim_kinds=[kind.value for kind in ClaimKind],
            groups=groups(site.counts),
            more=len(site.counts.rules.keys() - set(chain(*GROUPS.values()))),
            kept=kept(site),
            kinds=kinds(publishers),
            publishers=len(publishers),
            states=_states(site.counts),
            looked=site.counts.looked,
            corrections=len(site.corrections),
            signed=site.counts.signed,
            stories=stories,
            editions=editions,
            imported=imported,
        )


def _numbers(site: Site) -> tuple[int, int, int]:
    """The number of stories, of editions, and of imported ones among both."""
    return len(site.stories), len(site.editions), sum(item.imported is not None for item in site.items)


def rows(counts: CheckCounts) -> tuple[Row, ...]:
    """The claims of the archive by standing; empty rows are left out."""
    found = (Row(s, tuple(counts.claims.get(f"{kind} {s}", 0) for kind in ClaimKind)) for s in STANDINGS)
    return tuple(row for row in found if row.total)


def groups(counts: CheckCounts) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rules that readers are told about, by group, each with its severity.

    Those that are off are left out, except rules on claims: they are what the newsletter promises.
    """
    found = [(group, [(name, _asked(name, counts)) for name in names]) for group, names in GROUPS.items()]
    asked = [(group, [rule for rule in rules if rule[1] != OFF or group == "claims"]) for group, rules in found]
    return [(group, rules) for group, rules in asked if any(grave != OFF for _, grave in rules)]


def _asked(rule: str, counts: CheckCounts) -> str:
    """What a rule does here: its severity, or that it is off or can find nothing."""
    if rule in counts.rules and rule in WHOLE_PAGE and not counts.snapshots:
        return UNKEPT
    if rule in counts.rules and rule in SIGNATURE and not counts.signed:
        return UNSIGNED
    return counts.rules.get(rule, OFF)


def kept(site: Site) -> SourcesKept:
    """How much is kept of the sources; each page counts once however often it is cited."""
    cited = [brief for page in site.publishers.values() for place in page.places for brief in place.cited]
    pages = {brief.page for brief in cited}
    with_passages = {brief.page for brief in cited if brief.has_passages}
    with_copy = {brief.page for brief in cited if brief.has_copy}
    with_copy |= {page for page in pages if (fate := site.fates.get(page)) and fate.copy}
    with_text = pages.intersection(site.counts.snapshots if site.counts else ())
    return SourcesKept(len(pages), len(with_passages), len(with_text), len(with_copy))


def _cited_of(site: Site) -> tuple[object, ...]:
    """All that the page says of sources: their publishers, which pages, and what is kept of each."""
    return tuple((page.publisher, *_told_of(page)) for page in site.publishers.values())


def _told_of(page: PublisherPage) -> Iterator[str]:
    return (f"{brief.page} {brief.has_passages} {brief.has_copy}" for place in page.places for brief in place.cited)


def _states(counts: CheckCounts) -> Sequence[tuple[State, int]]:
    return [(state, counts.links[state]) for state in State if counts.links.get(state)]
