"""One run of announcing: hubs first, then channels. Each post to a channel is recorded before the next one is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from generator.announce.items import News, fresh
from generator.announce.patience import Clock, Result, Send, patiently
from generator.announce.services import SERVICES, hub_request
from generator.announce.settings import AnnounceSettings, Channel
from generator.announce.state import State, Told
from generator.announce.wire import Post
from generator.model.permalinks import FEED_ARCHIVES
from generator.model.site import Site

MOST_FAILURES = 5
"""Failed runs in a row after which a hub or a channel is switched off until somebody looks."""
FEEDS = (".rss.xml", ".atom.xml", ".json")
"""The endings of feeds' names."""
KINDS = ("editions", "stories", "corrections", "sections", "topics", "entities", "publishers")
"""The order in which hubs are told of feeds: those that most readers follow first, should a run be cut off."""
SAVED_AFTER = 25
"""Feeds of which a hub is told between two savings. A killed run tells it of these once more, which does no harm."""
CRASHED = "the last run ended while this was being posted: look there whether it was"


class Outcome(Struct, frozen=True):
    """The outcome of one message."""

    to: str
    """The hub or the channel."""
    what: str
    """The feed or the item."""
    result: Result
    said: str = ""
    """Why it was not announced."""


class Announcement(Struct, frozen=True):
    """Everything that one run needs to know."""

    site: Site
    folder: Path
    """The folder of the published site."""
    settings: AnnounceSettings
    state: State
    clock: Clock
    now: datetime
    """When the site is looked at; what was published shortly before is new."""
    within: timedelta

    def due(self) -> Iterator[Outcome]:
        """What a run would announce. Nothing is sent, and the state is not changed. Raises `OSError`."""
        found = self._digests()
        for hub in self.settings.hubs:
            told = self.state.of(hub)
            yield from (self._plan(hub, told, self.site.url(path)) for path in _changed(found, told.feeds))
        for channel in self.settings.channels:
            told = self.state.of(channel.name)
            yield from (self._plan(channel.name, told, item.title) for item in self._new(channel, told))

    def _plan(self, to: str, told: Told, what: str) -> Outcome:
        return Outcome(to, what, Result.OFF, told.off) if told.off else Outcome(to, what, Result.DUE)

    def run(self, post: Post, secrets: Mapping[str, str]) -> Iterator[Outcome]:
        """Announce to everybody what is new to them; yields each outcome as soon as it is known. Raises `OSError`."""
        self.state.forget(self.now)
        found = self._digests()
        for hub in self.settings.hubs:
            yield from self._tell_hub(hub, found, post)
        for channel in self.settings.channels:
            yield from self._tell_channel(channel, post, secrets.get(channel.secret, ""))
        self.state.save()

    def _digests(self) -> dict[str, str]:
        return _feed_digests(self.folder) if self.settings.hubs else {}

    def _new(self, channel: Channel, told: Told) -> list[News]:
        """Items that a channel has not received, oldest first."""
        items = fresh(self.site, channel.of, self.folder, self.now, self.within)
        known = told.posted.keys() | told.unsure.keys()
        return [item for item in items if known.isdisjoint((item.id, item.present_id))]

    def _tell_hub(self, hub: str, found: Mapping[str, str], post: Post) -> Iterator[Outcome]:
        """Tell a hub about each changed feed, until one fails. The state is saved now and then, and at the end."""
        told = self.state.of(hub)
        told.feeds = {path: digest for path, digest in told.feeds.items() if path in found}
        try:
            for number, path in enumerate(_changed(found, told.feeds), start=1):
                topic = self.site.url(path)
                outcome = self._tell(told, hub, topic, partial(post, hub_request(hub, topic)), once=True)
                if outcome.result is Result.TOLD:
                    told.feeds[path] = found[path]
                if number % SAVED_AFTER == 0:
                    self.state.save()
                yield outcome
                if outcome.result is not Result.TOLD:
                    return
        finally:
            self.state.save()

    def _tell_channel(self, channel: Channel, post: Post, secret: str) -> Iterator[Outcome]:
        """Post each item, until one fails. The state is saved before each post."""
        told, service = self.state.of(channel.name), SERVICES[channel.kind]
        yield from self._after_a_crash(channel, told, service.once)
        for item in self._new(channel, told):
            told.sending = item.id
            self.state.save()
            outcome = self._tell(
                told, channel.name, item.title, partial(service.send, post, channel, item, secret), service.once
            )
            told.sending = None
            known = {Result.TOLD: told.posted, Result.UNKNOWN: told.unsure}.get(outcome.result)
            if known is not None:
                known[item.id] = item.published.date().isoformat()
            self.state.save()
            yield outcome
            if outcome.result is not Result.TOLD:
                return

    def _after_a_crash(self, channel: Channel, told: Told, once: bool) -> Iterator[Outcome]:
        """A service that posts a repeated message only once is simply sent it again; with others somebody must look."""
        if told.sending and not once:
            told.unsure[told.sending] = self.now.date().isoformat()
            yield Outcome(channel.name, told.sending, Result.UNKNOWN, CRASHED)
        told.sending = None

    def _tell(self, told: Told, to: str, what: str, send: Send, once: bool) -> Outcome:
        """Try to send it, and count failed runs in a row."""
        if told.off:
            return Outcome(to, what, Result.OFF, told.off)
        result, said = patiently(send, once, self.clock)
        if result is Result.TOLD:
            told.failures = 0
        elif result is not Result.PUT_OFF:
            told.failures += 1
            if told.failures >= MOST_FAILURES:
                told.off = f"{MOST_FAILURES} runs in a row failed; the last time it {said}"
                return Outcome(to, what, Result.OFF, told.off)
        return Outcome(to, what, result, said)


def _feed_digests(site_dir: Path) -> dict[str, str]:
    """Each feed of the published site by its path there, with the SHA-256 of its bytes, main feeds first.

    Archive documents (RFC 5005, section 4) are left out: nobody subscribes to them. Raises `OSError`.
    """
    files = (path for path in (site_dir / "feeds").rglob("*") if path.name.endswith(FEEDS) and path.is_file())
    found = {path.relative_to(site_dir).as_posix(): path for path in files}
    names = sorted((name for name in found if not name.startswith(FEED_ARCHIVES)), key=_in_order)
    return {name: sha256(found[name].read_bytes()).hexdigest() for name in names}


def _in_order(path: str) -> tuple[int, str]:
    """The key by which the paths of feeds (`feeds/topics/law.json`) are sorted: by kind as in `KINDS`, then by name."""
    kind = path.split("/")[1].partition(".")[0]
    return KINDS.index(kind) if kind in KINDS else len(KINDS), path


def _changed(found: Mapping[str, str], told: Mapping[str, str]) -> list[str]:
    """The paths of feeds that are new or have changed since the hub was told."""
    return [path for path, digest in found.items() if told.get(path) != digest]
