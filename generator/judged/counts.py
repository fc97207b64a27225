"""Count the checks, for the page that tells readers how the newsletter checks (`CheckCounts`).

The counts of each story are cached, so a daily build counts only what has changed and adds up the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.cache import Cache
from generator.cache.buckets import Buckets
from generator.evidence.store import snapshot_stamps
from generator.model.content import Edition, Story
from generator.model.fingerprint import fingerprint
from generator.model.journal import signature_of
from generator.model.library import Signature
from generator.model.problems import Severity
from generator.model.site import CheckCounts, Site
from generator.model.tracing import Count, Ledgers


def check_counts(
    site: Site,
    rules: Mapping[str, Severity],
    cache: Cache | None = None,
    content: Path | None = None,
    signed: Mapping[str, Signature] | None = None,
) -> CheckCounts:
    """Count the checks: `rules` are those that are on, `signed` is the journal, and `content` may hold snapshots."""
    looks = [fate.look for fate in site.fates.values() if fate.look]
    return CheckCounts(
        rules=rules,
        claims=_added(_counts(site, site.ledgers, cache)) if site.ledgers else {},
        links=dict(sorted(Counter(look.state for look in looks).items())),
        looked=max((look.last.date() for look in looks), default=None),
        snapshots=tuple(sorted(snapshot_stamps(content))) if content else (),
        signed=sum(signature_of(signed, item) is not None for item in site.items) if signed else 0,
    )


def _added(counts: Iterable[Count]) -> Count:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(sorted(total.items()))


def _counts(site: Site, ledgers: Ledgers, cache: Cache | None) -> Iterable[Count]:
    """The claim counts of each story and edition, from the cache if neither it nor its evidence has changed."""
    kept = Buckets[Count](cache, "counts", dict[str, int])
    before = kept.before.all()
    now = {key: before[key] if key in before else ledgers.of(item).count() for key, item in _keyed(site, ledgers)}
    kept.save(now)
    return now.values()


def _keyed(site: Site, ledgers: Ledgers) -> Iterator[tuple[str, Story | Edition]]:
    """Each item with a text made from everything that its ledger depends on."""
    keys = {slug: f"{slug} {story.digest} {ledgers.print_of(story)}" for slug, story in site.stories.items()}
    yield from ((keys[slug], story) for slug, story in site.stories.items())
    for page in site.editions:
        shown = (keys[slug] for slug in page.edition.stories)
        yield fingerprint(page.edition.slug, page.edition.digest, *shown), page.edition
