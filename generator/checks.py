"""The figures of the archive for the page that tells readers how the newsletter checks.

What was traced in a story is remembered, so that a day's build traces what changed and adds up the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from generator.cache import Cache
from generator.model.checks import Checks
from generator.model.content import Edition, Story
from generator.model.problems import Severity
from generator.model.site import Site
from generator.model.tracing import Count, Ledgers

_COUNTS = "counts.json"


def checks(site: Site, ledgers: Ledgers, rules: Mapping[str, Severity], cache: Cache | None = None) -> Checks:
    """What the page tells; `rules` are those that are on."""
    looks = [fate.look for fate in site.fates.values() if fate.look]
    return Checks(
        rules=rules,
        claims=_added(_counts(site, ledgers, cache)),
        links=dict(sorted(Counter(look.state for look in looks).items())),
        looked=max((look.last.date() for look in looks), default=None),
    )


def _added(counts: Iterable[Count]) -> Count:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(sorted(total.items()))


def _counts(site: Site, ledgers: Ledgers, cache: Cache | None) -> Iterator[Count]:
    """What each story and edition claims, from before where neither it nor its evidence changed."""
    before, now = _known(cache) if cache else {}, dict[str, Count]()
    for key, item in _keyed(site, ledgers):
        found = before.get(key)
        now[key] = ledgers.of(item).count() if found is None else found
        yield now[key]
    if cache and now != before:
        cache.write(_COUNTS, msgspec.json.encode(now))


def _keyed(site: Site, ledgers: Ledgers) -> Iterator[tuple[str, Story | Edition]]:
    """Each item with all that its ledger depends on, as a text."""
    keys = {slug: f"{slug} {page.story.digest} {ledgers.stamp(page.story)}" for slug, page in site.stories.items()}
    yield from ((keys[slug], page.story) for slug, page in site.stories.items())
    for page in site.editions:
        shown = " ".join(keys[slug] for slug in page.edition.stories)
        yield f"{page.edition.slug} {page.edition.digest} {shown}", page.edition


def _known(cache: Cache) -> Mapping[str, Count]:
    data = cache.read(_COUNTS)
    try:
        return msgspec.json.decode(data, type=dict[str, dict[str, int]]) if data else {}
    except msgspec.MsgspecError:
        return {}
