"""Announcing: servers on loopback that accept, refuse, delay and drop, and a hub that reads what it is told."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import shutil
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.announce import services
from generator.announce.items import News
from generator.announce.patience import Clock, Result
from generator.announce.run import Announcement, Outcome
from generator.announce.settings import AnnounceSettings, Channel, announce_settings
from generator.announce.state import State, StateError, Told, only_one, read
from generator.announce.wire import LIMITS, Answer, NotSentError, Post, Request, UnsureError, poster
from generator.settings import SettingsError
from generator.web.errors import LostError, TimedOutError, UnreachableError
from generator.web.reader import Reader
from tests import make
from tests.folders import citewire_here as citewire
from tests.loopback import is_loopback

NOW = make.NOON.astimezone(UTC) + timedelta(hours=1)
"""An hour after the edition of these tests."""


# Servers


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode(), strict_parsing=True)

    @property
    def json(self) -> dict:
        return json.loads(self.body)


def posting(seconds: float = 5.0) -> Post:
    """Posts to this machine."""
    return poster(Reader("Citewire", replace(LIMITS, total=seconds), admits=is_loopback))


Reply = tuple[int, dict[str, str], bytes]
Replies = Callable[[Asked], Reply | None]


@dataclass
class Server:
    """A server on loopback, what it was asked, and what it answers; None as an answer hangs up."""

    replies: Replies
    url: str = ""
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def served(replies: Replies) -> Iterator[Server]:
    server = Server(replies)

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            server.asked.append(asked)
            reply = server.replies(asked)
            if reply is None:
                self.close_connection = True
                return
            self.send_response(reply[0])
            for name, value in {**reply[1], "Content-Length": str(len(reply[2]))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply[2])

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join(5)


def fine(_: Asked) -> Reply:
    return 200, {}, b"ok"


def saying(status: int, **headers: str) -> Replies:
    return lambda _: (status, {name.replace("_", "-"): value for name, value in headers.items()}, b"no")


class Hub:
    """A hub as WebSub has them: it takes a publisher's word in the one shape that hubs know, and fetches the feed."""

    def __init__(self, site: Path) -> None:
        self.site, self.fetched = site, []

    def __call__(self, asked: Asked) -> Reply:
        if asked.headers["content-type"] != "application/x-www-form-urlencoded":
            return 415, {}, b""
        form = asked.form
        if form.keys() != {"hub.mode", "hub.url"} or form["hub.mode"] != ["publish"] or len(form["hub.url"]) != 1:
            return 400, {}, b"not a notification"
        topic = form["hub.url"][0]
        file = self.site / topic.removeprefix(make.BASE)
        if not topic.startswith(make.BASE) or not file.is_file():
            return 404, {}, b"no such topic"
        self.fetched.append(topic.removeprefix(make.BASE))
        return 204, {}, b""


# An announcement


@pytest.fixture
def site_dir(tmp_path: Path) -> Path:
    """A published site with three feeds and the page of an edition."""
    folder = tmp_path / "site"
    for name in ("feeds/editions.rss.xml", "feeds/editions.json", "feeds/topics/law.atom.xml", "feeds/notes.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    for name in ("editions/2026-04-11", "stories/meta-coreweave"):
        (folder / name).mkdir(parents=True)
        (folder / name / "index.html").write_text("page")
    return folder


FEEDS = ["feeds/editions.json", "feeds/editions.rss.xml", "feeds/topics/law.atom.xml"]
TEXT = 'A <b> & *c* _d_ @everyone <!channel> "e"'


@dataclass
class Desk:
    """Runs announcements, one after the other, as a newsletter does."""

    folder: Path
    settings: AnnounceSettings
    now: datetime = NOW
    slept: list[float] = field(default_factory=list)
    seconds: float = 5.0
    site: make.Site = field(
        default_factory=lambda: make.site(make.story(), make.edition(title="Meta rents", one_line=TEXT))
    )

    @property
    def state(self) -> Path:
        return self.folder.parent / ".citewire/announced.json"

    def announcement(self, within: int = 24) -> Announcement:
        clock = Clock(self.now, self.slept.append)
        hours = timedelta(hours=within)
        return Announcement(self.site, self.folder, self.settings, read(self.state), clock, self.now, hours)

    def run(self, within: int = 24) -> list[Outcome]:
        secrets = {c.secret: c.url for c in self.settings.channels if c.kind in ("slack", "discord")}
        secrets |= {"TOKEN": "s3cret"}
        return list(self.announcement(within).run(posting(self.seconds), secrets))

    def results(self, within: int = 24) -> list[Result]:
        return [outcome.result for outcome in self.run(within)]


def desk(folder: Path, kind: str, server: Server, **more: str) -> Desk:
    secret = f"{kind.upper()}_HOOK" if kind in ("slack", "discord") else "TOKEN"
    return Desk(folder, AnnounceSettings(channels=(Channel("team", kind, url=server.url, secret=secret, **more),)))


# Hubs


def test_a_hub_is_told_of_every_feed_once(site_dir: Path):
    hub = Hub(site_dir)
    with served(hub) as server:
        newsroom = Desk(site_dir, AnnounceSettings(hubs=(f"{server.url}/hub",)))
        assert newsroom.results() == [Result.TOLD] * 3
        assert newsroom.run() == []
    assert hub.fetched == FEEDS


def test_a_hub_is_told_first_of_the_feeds_that_most_readers_follow(site_dir: Path):
    """A run that is cut off, or a hub that tires of so many, has had these."""
    for name in (
        "a-new-kind",
        "corrections",
        "entities/acme",
        "publishers/ap",
        "sections/policy",
        "stories",
        "topics/ai",
    ):
        (site_dir / f"feeds/{name}.rss.xml").parent.mkdir(exist_ok=True)
        (site_dir / f"feeds/{name}.rss.xml").write_text(name)
    due = Desk(site_dir, AnnounceSettings(hubs=("https://hub.example",))).announcement().due()
    assert [outcome.what.removeprefix(f"{make.BASE}feeds/").partition(".")[0] for outcome in due] == [
        *("editions", "editions", "stories", "corrections"),
        *("sections/policy", "topics/ai", "topics/law", "entities/acme", "publishers/ap", "a-new-kind"),
    ]


def test_a_thousand_feeds_are_told_without_writing_the_memory_a_thousand_times(site_dir: Path, monkeypatch):
    for number in range(200):
        (site_dir / f"feeds/topics/t{number}.json").write_text("feed")
    saved = []
    monkeypatch.setattr(State, "save", lambda state: saved.append(len(state.of("https://hub.example").feeds)))
    newsroom = Desk(site_dir, AnnounceSettings(hubs=("https://hub.example",)))
    done = [*newsroom.announcement().run(lambda request: Answer(200, {}, b""), {})]
    assert len(done) == saved[-1] == 203
    assert len(saved) < 15
    assert saved[:3] == [25, 50, 75], "a run that is killed has not to begin again"


def test_a_run_that_is_stopped_among_feeds_has_written_down_what_was_told(site_dir: Path):
    def stopped(request: Request) -> Answer:
        if b"topics" in request.body:
            raise KeyboardInterrupt
        return Answer(200, {}, b"")

    newsroom = Desk(site_dir, AnnounceSettings(hubs=("https://hub.example",)))
    with pytest.raises(KeyboardInterrupt):
        [*newsroom.announcement().run(stopped, {})]
    assert [outcome.what for outcome in newsroom.announcement().due()] == [make.BASE + FEEDS[-1]]


def test_only_a_feed_that_changed_is_told_of_again(site_dir: Path):
    hub = Hub(site_dir)
    with served(hub) as server:
        newsroom = Desk(site_dir, AnnounceSettings(hubs=(server.url,)))
        newsroom.run()
        hub.fetched.clear()
        (site_dir / "feeds/editions.json").write_text("changed")
        newsroom.run()
    assert hub.fetched == ["feeds/editions.json"]


def test_where_there_is_nothing_to_tell_what_was_told_is_not_written_again(site_dir: Path):
    newsroom = Desk(site_dir, AnnounceSettings(hubs=("https://hub.example", "https://other.example")))
    assert [*newsroom.announcement().run(lambda request: Answer(200, {}, b""), {})]
    before = newsroom.state.stat()
    assert newsroom.run() == []
    after = newsroom.state.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_feed_that_was_gone_and_is_back_is_told_of_again(site_dir: Path):
    hub, feed = Hub(site_dir), site_dir / "feeds/editions.json"
    with served(hub) as server:
        newsroom = Desk(site_dir, AnnounceSettings(hubs=(server.url,)))
        newsroom.run()
        feed.unlink()
        assert newsroom.run() == []
        feed.write_text("feeds/editions.json")
        hub.fetched.clear()
        newsroom.run()
    assert hub.fetched == ["feeds/editions.json"]


def test_a_hub_that_fails_half_way_is_told_the_rest_the_next_time(site_dir: Path):
    hub = Hub(site_dir)
    with served(lambda asked: hub(asked) if len(hub.fetched) < 1 else (500, {}, b"")) as server:
        newsroom = Desk(site_dir, AnnounceSettings(hubs=(server.url,)))
        assert newsroom.results() == [Result.TOLD, Result.FAILED]
        assert newsroom.slept == [1.0, 4.0]
        server.replies = hub
        assert newsroom.results() == [Result.TOLD] * 2
    assert hub.fetched == FEEDS


def test_archives_of_feeds_are_no_news_to_a_hub(site_dir: Path):
    for name in ("editions/1.atom.xml", "topics/law/1.json"):
        file = site_dir / "feeds/archive" / name
        file.parent.mkdir(parents=True)
        file.write_text("archived")
    assert [o.what for o in Desk(site_dir, AnnounceSettings(hubs=("https://hub.example",))).announcement().due()] == [
        make.BASE + path for path in FEEDS
    ]


def test_one_hub_that_is_down_does_not_keep_another_from_being_told(site_dir: Path):
    hub = Hub(site_dir)
    with served(hub) as server, served(saying(404)) as broken:
        newsroom = Desk(site_dir, AnnounceSettings(hubs=(broken.url, server.url)))
        assert newsroom.results() == [Result.FAILED, *[Result.TOLD] * 3]


# Patience


@pytest.mark.parametrize("status", [408, 425, 429])
def test_a_server_that_asks_for_time_gets_it(site_dir: Path, status: int):
    answers = iter([(status, {"Retry-After": "7"}, b""), (503, {}, b""), (200, {}, b"")])
    with served(lambda _: next(answers)) as server:
        newsroom = desk(site_dir, "slack", server)
        assert newsroom.results() == [Result.TOLD]
    assert newsroom.slept == [7.0, 4.0]


def test_a_server_that_names_a_moment_is_waited_for_until_then(site_dir: Path):
    answers = iter(
        [(429, {"Retry-After": f"{NOW + timedelta(seconds=30):%a, %d %b %Y %H:%M:%S} GMT"}, b""), (200, {}, b"")]
    )
    with served(lambda _: next(answers)) as server:
        newsroom = desk(site_dir, "slack", server)
        assert newsroom.results() == [Result.TOLD]
    assert newsroom.slept == [30.0]


def test_a_server_that_asks_for_an_hour_is_left_to_the_next_run_and_never_switched_off(site_dir: Path):
    with served(saying(429, Retry_After="3600")) as server:
        newsroom = desk(site_dir, "slack", server)
        for _ in range(7):
            assert newsroom.results() == [Result.PUT_OFF]
        assert newsroom.slept == []
        server.replies = fine
        assert newsroom.results() == [Result.TOLD]


def test_a_refusal_that_will_not_pass_is_not_tried_again(site_dir: Path):
    with served(saying(403)) as server:
        outcome = desk(site_dir, "slack", server).run()[0]
        assert (outcome.result, outcome.said) == (Result.FAILED, "answered 403 (no)")
        assert len(server.asked) == 1


def test_a_server_that_has_no_time_is_asked_three_times_and_no_more(site_dir: Path):
    with served(saying(503)) as server:
        outcome = desk(site_dir, "slack", server).run()[0]
        assert (outcome.result, outcome.said) == (Result.FAILED, "answered 503 (no), 3 times")
        assert len(server.asked) == 3


def test_a_choice_of_addresses_is_no_acceptance(site_dir: Path):
    with served(saying(300)) as server:
        assert desk(site_dir, "slack", server).results() == [Result.FAILED]


def test_a_secret_is_not_carried_to_where_a_server_points(site_dir: Path):
    with served(fine) as elsewhere, served(saying(307, Location="http://127.0.0.1:1/")) as server:
        server.replies = saying(307, Location=elsewhere.url)
        assert "it has moved to http://127.0.0.1" in desk(site_dir, "slack", server).run()[0].said
        assert elsewhere.asked == []


def test_after_five_failures_in_a_row_a_channel_is_switched_off(site_dir: Path):
    with served(saying(404)) as server:
        newsroom = desk(site_dir, "slack", server)
        assert [newsroom.results() for _ in range(6)] == [[Result.FAILED]] * 4 + [[Result.OFF]] * 2
        assert len(server.asked) == 5
        assert newsroom.run()[0].said == "5 runs in a row failed; the last time it answered 404 (no)"


def test_a_dry_run_says_who_is_switched_off(site_dir: Path):
    newsroom = Desk(site_dir, AnnounceSettings(channels=(Channel("team", "json"), Channel("chat", "json"))))
    State(newsroom.state, {"team": Told(off="it answered 410")}).save()
    assert [(outcome.to, outcome.result, outcome.said) for outcome in newsroom.announcement().due()] == [
        ("team", Result.OFF, "it answered 410"),
        ("chat", Result.DUE, ""),
    ]


def test_a_success_wipes_failures_away(site_dir: Path):
    with served(saying(404)) as server:
        newsroom = desk(site_dir, "slack", server)
        for _ in range(4):
            newsroom.run()
        server.replies = fine
        assert newsroom.results() == [Result.TOLD]
        assert read(newsroom.state).of("team").failures == 0


# Never twice


@pytest.mark.parametrize("kind", ["slack", "discord", "json", "mastodon"])
def test_an_edition_is_posted_once_however_often_it_is_announced(site_dir: Path, kind: str):
    with served(fine) as server:
        newsroom = desk(site_dir, kind, server)
        assert newsroom.results() == [Result.TOLD]
        assert newsroom.run() == []
        assert len(server.asked) == 1


def test_a_first_run_does_not_post_the_archive(site_dir: Path):
    old = make.edition("2026-04-01", "meta-coreweave", published=NOW - timedelta(hours=25))
    early = make.edition("2026-04-13", "meta-coreweave", published=NOW + timedelta(minutes=1))
    for slug in (old.slug, early.slug):
        (site_dir / "editions" / slug).mkdir()
        (site_dir / "editions" / slug / "index.html").write_text("page")
    with served(fine) as server:
        newsroom = desk(site_dir, "json", server)
        newsroom.site = make.site(make.story(), old, make.edition(), early)
        newsroom.run()
        assert [asked.json["url"] for asked in server.asked] == [f"{make.BASE}editions/2026-04-11/"]
        newsroom.run(within=48)
        assert [asked.json["url"] for asked in server.asked[1:]] == [f"{make.BASE}editions/2026-04-01/"]


@pytest.mark.parametrize(("ago", "is_new"), [(timedelta(0), True), (timedelta(hours=24), False)])
def test_what_is_published_this_moment_is_new_and_what_is_a_day_old_is_not(
    site_dir: Path, ago: timedelta, is_new: bool
):
    newsroom = Desk(site_dir, AnnounceSettings(channels=(Channel("team", "json"),)))
    newsroom.site = make.site(make.story(), make.edition(published=NOW - ago))
    assert [outcome.result for outcome in newsroom.announcement().due()] == [Result.DUE] * is_new


def test_of_two_new_editions_the_older_one_is_told_first(site_dir: Path):
    (site_dir / "editions/2026-04-10").mkdir()
    (site_dir / "editions/2026-04-10/index.html").write_text("page")
    newsroom = Desk(site_dir, AnnounceSettings(channels=(Channel("team", "json"),)))
    evening = make.edition("2026-04-10", title="The evening before", published=NOW - timedelta(hours=13))
    newsroom.site = make.site(make.story(), evening, make.edition(title="The day"))
    assert [outcome.what for outcome in newsroom.announcement().due()] == ["The evening before", "The day"]


def test_a_channel_for_stories_gets_stories_the_oldest_first_and_no_editions(site_dir: Path):
    names = ("meta-coreweave", "a-later-one")
    (site_dir / "stories/a-later-one").mkdir()
    (site_dir / "stories/a-later-one/index.html").write_text("page")
    stories = (make.story(name, published=NOW - timedelta(hours=2 - at)) for at, name in enumerate(names))
    with served(fine) as server:
        newsroom = desk(site_dir, "json", server, of="stories")
        newsroom.site = make.site(*stories, make.edition(published=NOW - timedelta(hours=1)))
        newsroom.run()
        told = [(asked.json["kind"], asked.json["url"]) for asked in server.asked]
    assert told == [("story", f"{make.BASE}stories/{name}/") for name in names]


def test_what_was_posted_is_written_down_before_anything_else_is_done(site_dir: Path):
    with served(fine) as server:
        newsroom = desk(site_dir, "slack", server)
        run = newsroom.announcement().run(posting(), {"SLACK_HOOK": server.url})
        assert next(run).result is Result.TOLD
        told = read(newsroom.state).of("team")
    assert (len(told.posted), told.sending) == (1, None)


def test_what_is_not_on_the_published_site_is_not_announced(site_dir: Path):
    (site_dir / "editions/2026-04-11/index.html").unlink()
    with served(fine) as server:
        assert desk(site_dir, "json", server).run() == []


def test_a_renamed_story_is_not_posted_again(site_dir: Path):
    with served(fine) as server:
        newsroom = desk(site_dir, "json", server, of="stories")
        assert newsroom.results() == [Result.TOLD]
        (site_dir / "stories/new-name").mkdir()
        (site_dir / "stories/new-name/index.html").write_text("page")
        newsroom.site = make.site(make.story("new-name", renamed_from="meta-coreweave"))
        assert newsroom.run() == []


def test_an_edition_that_was_told_by_its_later_name_is_not_posted_again(site_dir: Path):
    """An earlier Citewire knew a renamed edition by the name that it had when it was told."""
    with served(fine) as server:
        newsroom = desk(site_dir, "json", server)
        newsroom.run()
        newsroom.site = make.site(make.story(), make.edition(renamed_from="2026-04-09"))
        assert newsroom.run() == []


class KilledError(BaseException):
    """The process ends, whatever it was doing."""


def killed(newsroom: Desk) -> None:
    """A run that reaches the server and is killed before it hears the answer."""
    real = posting()

    def post(request: Request) -> Answer:
        real(request)
        raise KilledError

    secrets = {c.secret: c.url for c in newsroom.settings.channels} | {"TOKEN": "s3cret"}
    with pytest.raises(KilledError):
        list(newsroom.announcement().run(post, secrets))


@pytest.mark.parametrize("kind", ["slack", "discord"])
def test_after_a_crash_a_channel_without_keys_is_not_posted_to_again_unasked(site_dir: Path, kind: str):
    with served(fine) as server:
        newsroom = desk(site_dir, kind, server)
        killed(newsroom)
        outcome = newsroom.run()[0]
        assert outcome.result is Result.UNKNOWN
        assert "look there whether it was" in outcome.said
        assert newsroom.run() == []
        assert len(server.asked) == 1


@pytest.mark.parametrize("kind", ["json", "mastodon"])
def test_after_a_crash_a_service_with_keys_is_sent_the_same_key(site_dir: Path, kind: str):
    with served(fine) as server:
        newsroom = desk(site_dir, kind, server)
        killed(newsroom)
        assert newsroom.results() == [Result.TOLD]
        assert len({asked.headers["idempotency-key"] for asked in server.asked}) == 1
        assert len(server.asked) == 2


def test_a_channel_that_hangs_up_may_have_posted_and_is_not_posted_to_again(site_dir: Path):
    with served(lambda _: None) as server:
        newsroom = desk(site_dir, "slack", server)
        assert newsroom.results() == [Result.UNKNOWN]
        server.replies = fine
        assert newsroom.run() == []


@pytest.mark.parametrize("kind", ["json", "mastodon"])
def test_a_service_with_keys_that_hangs_up_is_asked_again_in_the_same_run(site_dir: Path, kind: str):
    answers = iter([None, (200, {}, b"")])
    with served(lambda _: next(answers)) as server:
        assert desk(site_dir, kind, server).results() == [Result.TOLD]
        assert len({asked.headers["idempotency-key"] for asked in server.asked}) == 1
        assert len(server.asked) == 2


def test_a_channel_that_does_not_answer_in_time_ends_the_wait(site_dir: Path):
    gone = threading.Event()

    def slow(_: Asked) -> None:
        gone.wait(5)

    with served(slow) as server:
        newsroom = desk(site_dir, "slack", server)
        newsroom.seconds = 0.2
        assert newsroom.results() == [Result.UNKNOWN]
        gone.set()


def test_a_server_that_is_not_there_was_not_told(site_dir: Path):
    with served(fine) as server:
        newsroom = desk(site_dir, "slack", server)
    assert newsroom.results() == [Result.FAILED]
    assert newsroom.slept == [1.0, 4.0]


def test_what_was_posted_is_known_for_sixty_days_which_is_longer_than_anybody_asks_for(site_dir: Path):
    days = {f"{ago} days ago": f"{NOW - timedelta(days=ago):%Y-%m-%d}" for ago in (0, 30, 60, 61, 300)}
    newsroom = Desk(site_dir, AnnounceSettings())
    State(newsroom.state, {"team": Told(posted=days, unsure=days)}).save()
    newsroom.run()
    told = read(newsroom.state).of("team")
    assert [*told.posted] == [*told.unsure] == ["0 days ago", "30 days ago", "60 days ago"]


def test_the_memory_lies_with_the_content_as_few_lines_in_one_order(tmp_path: Path):
    """It is committed, so what was told to one channel is a change of its lines alone."""
    file = tmp_path / "new/folder/announced.json"
    State(file, {"team": Told(off="antwortete „nein“"), "chat": Told()}).save()
    assert file.read_text("utf-8") == (
        '{\n "version": 1,\n "told": {\n  "chat": {},\n  "team": {\n   "off": "antwortete „nein“"\n  }\n }\n}\n'
    )


def test_two_announcements_do_not_run_at_once(tmp_path: Path):
    file = tmp_path / ".citewire/announced.json"
    with only_one(file), pytest.raises(StateError, match="another announcement is under way"), only_one(file):
        pass


def test_a_damaged_memory_is_not_taken_for_an_empty_one(tmp_path: Path):
    for text in ("{", "[]", '{"version": 1}', '{"version": 9, "told": {}}', '{"version": 1, "told": {"a": {"b": 1}}}'):
        (tmp_path / "a.json").write_text(text)
        with pytest.raises(StateError):
            read(tmp_path / "a.json")


def test_no_secret_is_written_down(site_dir: Path):
    with served(saying(404)) as server:
        newsroom = desk(site_dir, "mastodon", server)
        newsroom.run()
        assert "s3cret" not in newsroom.state.read_text()


# What each service is sent


def test_slack_gets_text_in_which_nobody_is_called(site_dir: Path):
    with served(fine) as server:
        desk(site_dir, "slack", server).run()
        assert server.asked[0].json == {
            "text": f"*<{make.BASE}editions/2026-04-11/|Meta rents>*\n"
            'A &lt;b&gt; &amp; *c* _d_ @everyone &lt;!channel&gt; "e"',
            "unfurl_links": False,
        }


def test_discord_gets_an_embed_that_pings_nobody(site_dir: Path):
    with served(fine) as server:
        desk(site_dir, "discord", server).run()
        sent = server.asked[0].json
    assert sent["allowed_mentions"] == {"parse": []}
    assert sent["embeds"][0]["description"] == r'A <b\> & \*c\* \_d\_ @everyone <!channel\> "e"'
    assert sent["embeds"][0]["url"] == f"{make.BASE}editions/2026-04-11/"


def test_a_json_hook_can_tell_who_sent_it(site_dir: Path):
    with served(fine) as server:
        desk(site_dir, "json", server).run()
        asked = server.asked[0]
    signature = hmac.new(b"s3cret", asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["x-citewire-signature"] == f"sha256={signature}"
    assert asked.json["id"] == "tag:footnote.example,2026:editions/2026-04-11"


def test_a_json_hook_without_a_secret_is_sent_no_signature(site_dir: Path):
    with served(fine) as server:
        Desk(site_dir, AnnounceSettings(channels=(Channel("team", "json", url=server.url),))).run()
        assert "x-citewire-signature" not in server.asked[0].headers


def test_mastodon_gets_a_status_with_its_address(site_dir: Path):
    with served(fine) as server:
        desk(site_dir, "mastodon", server).run()
        asked = server.asked[0]
    assert asked.path == "/api/v1/statuses"
    assert asked.headers["authorization"] == "Bearer s3cret"
    assert asked.form["status"] == [f"Meta rents\n\n{TEXT}\n\n{make.BASE}editions/2026-04-11/"]
    assert asked.form["language"] == ["en"]


class Bluesky:
    """A server that knows log-ins and records, and refuses what its lexicon does not allow."""

    def __init__(self) -> None:
        self.records: dict[str, dict] = {}

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/xrpc/com.atproto.server.createSession":
            known = asked.json == {"identifier": "news.example", "password": "s3cret"}
            session = {"did": "did:plc:abc", "accessJwt": "jwt"}
            return (200, {}, json.dumps(session).encode()) if known else (401, {}, b"{}")
        sent, record = asked.json, asked.json["record"]
        good = (
            asked.path == "/xrpc/com.atproto.repo.putRecord"
            and asked.headers["authorization"] == "Bearer jwt"
            and (sent["repo"], sent["collection"]) == ("did:plc:abc", "app.bsky.feed.post")
            and re.fullmatch("[234567abcdefghij][234567a-z]{12}", sent["rkey"])
            and len(record["text"]) <= 300
            and datetime.fromisoformat(record["createdAt"]).tzinfo
        )
        if not good:
            return 400, {}, b"InvalidRequest"
        self.records[sent["rkey"]] = record
        return 200, {}, b"{}"


def test_bluesky_gets_one_record_however_often_it_is_put(site_dir: Path):
    network = Bluesky()
    with served(network) as server:
        newsroom = desk(site_dir, "bluesky", server, account="news.example")
        assert newsroom.results() == [Result.TOLD]
        newsroom.state.unlink()
        assert newsroom.results() == [Result.TOLD]
    assert len(network.records) == 1
    (record,) = network.records.values()
    assert record["embed"]["external"]["uri"] == f"{make.BASE}editions/2026-04-11/"


def test_a_login_that_is_refused_is_named(site_dir: Path):
    with served(Bluesky()) as server:
        outcome = desk(site_dir, "bluesky", server, account="other.example").run()[0]
    assert (outcome.result, outcome.said) == (Result.FAILED, "answered 401 ({})")


def test_the_key_of_a_record_at_bluesky_never_changes():
    """With another one, what a run that was cut short has posted would be posted again."""
    item = News("edition", "tag:a,2026:b", "https://a.example/b/", "T", "S", make.NOON, "en-GB", "The Footnote")
    assert services.tid(item) == "3mja7frs222cp"


@given(st.text(max_size=900), st.text(max_size=900))
def test_no_text_is_too_long_for_a_network(title: str, summary: str):
    item = News("edition", "tag:a,2026:b", "https://a.example/b/", title, summary, make.NOON, "en-GB", "The Footnote")
    sent: list[Request] = []

    def post(request: Request) -> Answer:
        sent.append(request)
        return Answer(200, {}, b'{"did": "d", "accessJwt": "j"}')

    for kind, service in services.SERVICES.items():
        service.send(post, Channel("a", kind, url="https://b.example", account="c"), item, "https://d.example")
    status = parse_qs(next(r for r in sent if r.url.endswith("/statuses")).body.decode())["status"][0]
    assert len(status.replace(item.url, "x" * 23)) <= 500
    assert len(json.loads(sent[-1].body)["record"]["text"]) <= 300


# The wire


def test_private_addresses_are_refused_unless_they_are_allowed():
    with served(fine) as server:
        with pytest.raises(NotSentError, match=r"127.0.0.1, which is not on the public web"):
            poster(Reader("Citewire", LIMITS))(Request(server.url, b""))
        assert server.asked == []


@pytest.mark.parametrize("address", ["s3cret", "https://", "https://user@[s3cret/hook"])
def test_a_secret_that_is_no_address_is_told_without_being_shown(address: str):
    with pytest.raises(NotSentError, match="what it has for an address is none of the web") as told:
        posting()(Request(address, b""))
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize(
    ("error", "told"), [(LostError, UnsureError), (TimedOutError, UnsureError), (UnreachableError, NotSentError)]
)
def test_what_broke_on_the_way_may_have_arrived_and_what_was_never_begun_has_not(error: type, told: type):
    class Broken:
        def call(self, *_: object, **__: object) -> None:
            raise error("gone")

    with pytest.raises(told, match="gone"):
        poster(Broken())(Request("https://hook.example", b""))


def test_of_a_long_answer_only_the_beginning_is_read():
    with served(lambda _: (200, {}, b"x" * 5_000_000)) as server:
        assert len(posting()(Request(server.url, b"")).body) == 64 * 1024


def test_an_answer_that_is_no_http_is_not_an_acceptance():
    with served(lambda _: None) as server, pytest.raises(UnsureError):
        posting()(Request(server.url, b""))


# Settings and command


def test_every_fault_of_the_settings_is_named_at_once():
    given = {
        "hub": [],
        "hubs": ["ftp://hub.example"],
        "channels": {
            "Team": {"kind": "slack", "secret": "T"},
            "chat": {"kind": "irc"},
            "social": {"kind": "mastodon", "url": "https://m.example", "secret": "hunter2!", "of": "posts"},
            "sky": {"kind": "bluesky", "secret": "S", "colour": "blue"},
        },
    }
    with pytest.raises(SettingsError) as caught:
        announce_settings(given)
    said = str(caught.value).splitlines()
    for part in (
        "`announce.hub` is not a setting: did you mean `hubs`?",
        "`announce.hubs` names `ftp://hub.example`, which is not",
        "`announce.channels.Team` has a name of other letters",
        "`announce.channels.chat.kind` is `irc`; it can be slack, discord",
        "`announce.channels.social.of` is `posts`; it can be editions, stories",
        "`announce.channels.social.secret` writes it down",
        "`announce.channels.sky.account` is missing",
        "`announce.channels.sky.colour` is not a setting",
    ):
        assert [line for line in said if part in line], part


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return citewire(folder, "announce", *words)


def newsletter(folder: Path, announce: dict) -> Path:
    """The sample with settings, and a site beside it that has one feed."""
    shutil.copytree(make.ROOT / "content", folder / "content")
    (folder / "site/feeds").mkdir(parents=True)
    (folder / "site/feeds/editions.json").write_text("{}")
    text = (make.ROOT / "mkdocs.yml").read_text()
    asked = f"  - citewire:\n      announce: {json.dumps(announce)}\n"
    (folder / "mkdocs.yml").write_text(re.sub(r"(?m)^  - citewire:?\n", lambda _: asked, text))
    return folder


def test_the_command_tells_a_hub_and_then_nobody(tmp_path: Path):
    with served(fine) as server:
        folder = newsletter(tmp_path, {"hubs": [server.url], "private": True})
        due = command(folder, "--dry-run")
        assert due.stdout == f"{server.url}: https://the-footnote.example/feeds/editions.json: would be told\n"
        assert not (folder / ".citewire").exists()
        assert server.asked == []
        assert [command(folder).returncode for _ in range(2)] == [0, 0]
        assert len(server.asked) == 1
        assert [file.name for file in (folder / ".citewire").iterdir()] == ["announced.json"]


def test_what_is_new_is_judged_by_the_clock_of_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = newsletter(tmp_path, {"channels": {"team": {"kind": "slack", "secret": "HOOK", "of": "editions"}}})
    (folder / "site/editions/2026-04-11").mkdir(parents=True)
    (folder / "site/editions/2026-04-11/index.html").write_text("page")
    assert command(folder, "--dry-run").stdout == ""
    evening = "2026-04-11T23:30:00-04:00"
    told = command(folder, "--dry-run", "--now", evening)
    assert told.stdout.startswith("team: ")
    assert told.stdout.endswith(": would be told\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(evening).timestamp())))
    assert command(folder, "--dry-run").stdout == told.stdout


def test_the_command_says_how_to_switch_a_channel_on_again(tmp_path: Path):
    with served(saying(410)) as server:
        folder = newsletter(tmp_path, {"hubs": [server.url], "private": True})
        State(folder / ".citewire/announced.json", {server.url: Told(failures=3)}).save()
        failed, done = command(folder), command(folder)
        feed = "https://the-footnote.example/feeds/editions.json"
        assert failed.stderr == f"{server.url}: {feed}: failed: answered 410 (no)\n"
        assert done.returncode == 3
        assert f"When you have looked: citewire announce --again {server.url}" in done.stderr
        server.replies = fine
        assert command(folder).returncode == 3
        assert command(folder, "--again", server.url).returncode == 0


def test_without_a_secret_nobody_is_told_anything(tmp_path: Path):
    with served(fine) as server:
        channels = {"team": {"kind": "slack", "secret": "NO_SUCH_HOOK"}}
        folder = newsletter(tmp_path, {"hubs": [server.url], "private": True, "channels": channels})
        done = command(folder)
        assert (done.returncode, done.stderr) == (2, "citewire: nobody was told: the environment has no NO_SUCH_HOOK\n")
        assert server.asked == []


def test_a_newsletter_that_tells_nobody_is_told_how_to(tmp_path: Path):
    done = command(newsletter(tmp_path, {}))
    assert done.returncode == 2
    assert "name hubs or channels under `announce`" in done.stderr


@pytest.mark.skipif(not hasattr(os, "O_DIRECTORY"), reason="folders cannot be waited for")
def test_what_was_told_is_on_the_disk_by_its_name_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Otherwise a power cut gives the file back as it was before the last post, and somebody is told twice."""
    order: list[str] = []
    on_disk, put_there = os.fsync, Path.replace

    def settled(number: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        on_disk(number)

    def moved(file: Path, target: Path) -> Path:
        order.append("moved")
        return put_there(file, target)

    monkeypatch.setattr(os, "fsync", settled)
    monkeypatch.setattr(Path, "replace", moved)
    State(tmp_path / "told.json").save()
    assert order == ["file", "moved", "folder"]
