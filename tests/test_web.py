"""The reader of pages: what it brings home, what it asks of others, and what hostile servers cannot do to it."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Event, Thread

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.web.addresses import is_public, refuse_written
from generator.web.body import read_body
from generator.web.charset import decode
from generator.web.crowd import read_all
from generator.web.errors import (
    BrokenError,
    RefusedError,
    RobotsError,
    StoppedError,
    TimedOutError,
    TooLargeError,
    UnreachableError,
    WebError,
)
from generator.web.limits import Limits
from generator.web.manners import Turns
from generator.web.reader import Reader
from generator.web.response import Response
from tests.loopback import Asked, Say, answer, is_loopback, redirect, serving

PRIVATE = (
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:0001::",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "::127.0.0.1",
    "nonsense",
)
SMALL = Limits(connect=5, total=5, size=200_000, pause=0, redirects=5, robots=50_000)
AGENT = "Citewire/1 (The Footnote; mailto:desk@footnote.example)"


def reader(limits: Limits = SMALL, **options: object) -> Reader:
    return Reader(AGENT, limits, admits=is_loopback, **options)  # type: ignore[arg-type]


# What it brings home


def test_a_page_comes_with_its_kind_and_its_final_address():
    with serving({"/a": redirect("/b", "301 Moved Permanently"), "/b": answer("<p>Words")}) as site:
        page = reader().read(f"{site.base}/a")
    assert (page.status, page.kind, page.charset, page.body) == (200, "text/html", "utf-8", b"<p>Words")
    assert (page.at, page.moved_for_good) == (f"{site.base}/b", f"{site.base}/b")


def test_a_move_is_for_good_only_when_each_step_says_so():
    steps = {"/a": redirect("/b", "308 Permanent Redirect"), "/b": redirect("/c"), "/c": answer("x")}
    with serving(steps) as site:
        assert reader().read(f"{site.base}/a").moved_for_good is None


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda d: zlib.compress(d)[2:-4]])
def test_a_packed_page_is_unpacked(pack: Callable[[bytes], bytes]):
    coding = "gzip" if pack is gzip.compress else "deflate"
    with serving({"/": answer(pack(b"Words " * 1000), Content_Encoding=coding)}) as site:
        assert reader().read(f"{site.base}/").body == b"Words " * 1000


def test_a_picture_is_not_read_but_its_page_is_known_to_be_there():
    with serving({"/": answer(b"\x89PNG" * 100, kind="image/png")}) as site:
        page = reader().read(f"{site.base}/")
    assert (page.status, page.body) == (200, None)


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "503 Service Unavailable"])
def test_an_answer_that_is_no_page_is_not_an_error(status: str):
    with serving({"/a": answer("sorry", status)}) as site:
        page = reader().read(f"{site.base}/a")
    assert (page.status_words, page.body, page.is_sound) == (status, None, False)


@pytest.mark.parametrize("raw", [b"HTTP/1.1 304 Not Modified\r\n\r\n", b"HTTP/1.1 204 No Content\r\n\r\n"])
def test_an_answer_without_a_page_is_not_a_page(raw: bytes):
    with serving({"/a": raw}) as site:
        page = reader().read(f"{site.base}/a")
    assert (page.is_sound, page.body) == (False, None)


def test_addresses_with_letters_of_other_scripts_are_asked_in_ascii():
    with serving({"*": answer("x")}) as site:
        reader().read(f"{site.base}/größe?q=ü#part")
    assert site.paths[-1] == "/gr%C3%B6%C3%9Fe?q=%C3%BC"


# What it asks of others


def test_a_request_says_who_asks():
    with serving({"/a": answer("x")}) as site:
        reader().read(f"{site.base}/a")
    assert {asked.headers["user-agent"] for asked in site.asked} == {AGENT}


def test_what_robots_txt_forbids_is_not_asked_for():
    rules = answer("User-agent: *\nDisallow: /private\nAllow: /private/open\n", kind="text/plain")
    with serving({"/robots.txt": rules, "*": answer("x")}) as site:
        mine = reader()
        with pytest.raises(RobotsError, match="asks not to read"):
            mine.read(f"{site.base}/private/page")
        assert mine.read(f"{site.base}/private/open").is_sound
    assert site.paths == ["/robots.txt", "/private/open"]


def test_robots_txt_can_name_us():
    rules = answer("User-agent: citewire\nDisallow: /\n\nUser-agent: *\nDisallow:\n", kind="text/plain")
    with serving({"/robots.txt": rules, "*": answer("x")}) as site, pytest.raises(RobotsError):
        reader().read(f"{site.base}/page")


def test_robots_txt_holds_on_the_way_of_redirects_too():
    rules = answer("User-agent: *\nDisallow: /b", kind="text/plain")
    with (
        serving({"/robots.txt": rules, "/a": redirect("/b"), "/b": answer("x")}) as site,
        pytest.raises(RobotsError),
    ):
        reader().read(f"{site.base}/a")


@pytest.mark.parametrize(
    ("robots", "is_read"),
    [
        (answer("no", "404 Not Found"), True),
        (answer("no", "403 Forbidden"), True),
        (answer("no", "500 Internal Server Error"), False),
        (answer("no", "429 Too Many Requests"), False),
        (redirect("/robots.txt"), False),
        (answer(b"\xff\xfe\x00 nonsense", kind="image/png"), True),
    ],
)
def test_a_robots_txt_that_is_not_there_or_not_sound(robots: bytes, is_read: bool):
    with serving({"/robots.txt": robots, "/a": answer("x")}) as site:
        if is_read:
            assert reader().read(f"{site.base}/a").is_sound
        else:
            with pytest.raises(RobotsError, match=r"robots\.txt could not be asked"):
                reader().read(f"{site.base}/a")
            assert "/a" not in site.paths


def test_one_host_gets_one_request_at_a_time():
    with serving({"*": answer("x")}) as site:
        found = list(read_all(reader(), [f"{site.base}/{n}" for n in range(12)]))
    assert len(found) == 12
    assert site.most_at_once == 1
    assert site.paths.count("/robots.txt") == 1


def test_several_hosts_are_read_at_a_time_and_not_too_many():
    together = Barrier(3, timeout=10)

    def wait(say: Say, asked: Asked) -> None:
        together.wait()
        say(answer("x"))

    with serving({"/robots.txt": answer("", "404 Not Found"), "*": wait}) as site:
        port = site.base.rpartition(":")[2]
        mine = reader(replace(SMALL, hosts=3), ask=lambda host, port: ["127.0.0.1"])
        found = dict(read_all(mine, [f"http://{host}.example:{port}/page" for host in "abcdef"]))
    assert all(isinstance(one, Response) and one.is_sound for one in found.values())
    assert site.most_at_once <= 3


def test_pages_are_read_as_whoever_asks_for_them_wants_them_read():
    with serving({"*": answer("x")}) as site:
        mine, heard = reader(), []

        def read(url: str) -> Response:
            heard.append(url)
            return mine.read(url)

        urls = [f"{site.base}/{n}" for n in range(3)]
        assert [url for url, _ in read_all(mine, urls, read)] == heard == urls


def test_a_host_that_wants_no_more_requests_gets_no_more():
    busy = answer("", "429 Too Many Requests")
    with serving({"/robots.txt": answer("", "404 Not Found"), "/1": busy, "*": answer("x")}) as site:
        found = dict(read_all(reader(), [f"{site.base}/{n}" for n in range(4)]))
    assert site.paths == ["/robots.txt", "/0", "/1"]
    assert [str(one) for one in list(found.values())[2:]] == ["its host wants no more requests now"] * 2


def test_between_two_requests_to_a_host_there_is_a_pause():
    waited: list[float] = []

    class Listening(Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout or 0)
            return False

    turns = Turns(lambda: 100.0, Listening())
    for host in ("a", "b", "a"):
        with turns.of(host, 3):
            pass
    assert waited == [3.0]


def test_a_longer_pause_that_robots_txt_asks_for_is_kept_within_reason(monkeypatch: pytest.MonkeyPatch):
    asked: list[float] = []
    monkeypatch.setattr(Event, "wait", lambda self, timeout=None: asked.append(timeout or 0) or False)
    rules = answer("User-agent: *\nCrawl-delay: 99999", kind="text/plain")
    with serving({"/robots.txt": rules, "/a": answer("x")}) as site:
        reader(clock=lambda: 0.0).read(f"{site.base}/a")
    assert max(asked) == SMALL.crawl_delay


def test_a_call_of_a_service_asks_no_robots_txt_and_gives_every_answer():
    with serving({"/save": answer('{"message": "slow down"}', "429 Too Many Requests", "application/json")}) as site:
        page = reader().call(f"{site.base}/save", "POST", {"Accept": "application/json"}, b"url=x")
    assert (page.status, page.body) == (429, b'{"message": "slow down"}')
    assert [(asked.method, asked.path, asked.body) for asked in site.asked] == [("POST", "/save", b"url=x")]


# Where it does not go


@pytest.mark.parametrize(
    "address",
    PRIVATE,
)
def test_addresses_that_are_not_on_the_public_web(address: str):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_public_web(address: str):
    assert is_public(address)


@pytest.mark.parametrize("host", ["intranet", "localhost", "admin.localhost", "admin.localhost."])
def test_a_name_of_this_machine_or_network_is_refused_before_it_is_looked_up(host: str) -> None:
    with pytest.raises(RefusedError, match="is not on the public web"):
        refuse_written(host, is_public)


def test_a_name_of_the_public_web_is_looked_up() -> None:
    refuse_written("example.org", is_public)


@given(st.ip_addresses())
def test_what_the_standard_library_calls_private_is_never_public(address: object):
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:  # type: ignore[attr-defined]
        embedded = getattr(address, "ipv4_mapped", None)
        assert not is_public(str(address)) or (embedded and embedded.is_global)


def test_a_private_address_is_refused_before_anything_is_sent():
    with serving({"*": answer("x")}) as site:
        with pytest.raises(RefusedError, match="not on the public web"):
            Reader(AGENT, SMALL).call(f"{site.base}/a")
        with pytest.raises(RefusedError, match="not on the public web"):
            Reader(AGENT, SMALL).read(f"{site.base}/a")
    assert site.asked == []


def test_one_private_address_among_public_ones_is_refused():
    with pytest.raises(RefusedError, match=r"10\.0\.0\.1"):
        Reader(AGENT, SMALL, ask=lambda host, port: ["93.184.216.34", "10.0.0.1"]).call("http://two.example/")


def test_a_redirect_to_a_private_address_is_refused():
    hosts = {"outside.example": "127.0.0.1", "inside.example": "10.1.2.3"}
    with serving({"/a": redirect("http://inside.example/"), "*": answer("", "404 Not Found")}) as site:
        port = site.base.rpartition(":")[2]
        with pytest.raises(WebError, match=r"inside\.example leads to 10\.1\.2\.3, which is not on the public web"):
            reader(ask=lambda host, port: [hosts[host]]).read(f"http://outside.example:{port}/a")


def test_a_name_that_resolves_otherwise_a_moment_later_leads_nowhere_else():
    """DNS rebinding: the name is asked once a connection, and the connection goes to that very answer."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with serving({"/a": answer("x")}) as site:
        port = site.base.rpartition(":")[2]
        page = reader(ask=rebinding).call(f"http://rebinding.example:{port}/a")
    assert (page.status, asked) == (200, ["rebinding.example"])
    assert site.asked[0].headers["host"] == f"rebinding.example:{port}"


@pytest.mark.parametrize(
    "to",
    ["file:///etc/passwd", "gopher://x.example/", "javascript:alert(1)", "data:text/html,x", "//[", "ftp://x.example/"],
)
def test_a_redirect_out_of_the_web_is_refused(to: str):
    with serving({"/a": redirect(to)}) as site, pytest.raises(RefusedError):
        reader().read(f"{site.base}/a")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://", "http://user:pw@x.example/", "https://[::1", "x"])
def test_what_is_no_address_of_the_web_is_refused(url: str):
    with pytest.raises(RefusedError):
        reader().call(url)


# What hostile servers cannot do


def endless(head: bytes, piece: bytes) -> Callable[[Say, Asked], None]:
    def go(say: Say, asked: Asked) -> None:
        say(head)
        while True:
            say(piece)

    return go


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def bomb(pack: Callable[[bytes], bytes], coding: str) -> bytes:
    return answer(pack(bytes(50_000_000)), Content_Encoding=coding)


QUICKLY = 1
"""How hard a bomb is packed: a page of nothing is small all the same, and it is packed while tests are gathered."""


@pytest.mark.parametrize(
    ("hostile", "error"),
    [
        pytest.param(endless(OK + b"Content-Length: 1073741824\r\n\r\n", b"x" * 65536), TooLargeError, id="1 GB"),
        pytest.param(endless(OK + b"\r\n", b"x" * 65536), TooLargeError, id="endless"),
        pytest.param(
            endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"4000\r\n" + b"x" * 0x4000 + b"\r\n"),
            TooLargeError,
            id="endless chunks",
        ),
        pytest.param(
            endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 0x4000),
            BrokenError,
            id="chunk extension",
        ),
        pytest.param(endless(OK, b"X-Flood: " + b"x" * 1000 + b"\r\n"), BrokenError, id="header flood"),
        pytest.param(endless(OK + b"X-Long: ", b"x" * 65536), BrokenError, id="endless header"),
        pytest.param(endless(b"HTTP/1.1 200 ", b"O" * 65536), BrokenError, id="endless status"),
        pytest.param(bomb(lambda d: gzip.compress(d, QUICKLY), "gzip"), TooLargeError, id="gzip bomb"),
        pytest.param(bomb(lambda d: zlib.compress(d, QUICKLY), "deflate"), TooLargeError, id="deflate bomb"),
        pytest.param(bomb(lambda d: brotli.compress(d, quality=QUICKLY), "br"), BrokenError, id="brotli bomb"),
        pytest.param(
            bomb(lambda d: gzip.compress(gzip.compress(d, QUICKLY)), "gzip, gzip"), BrokenError, id="bomb in a bomb"
        ),
        pytest.param(answer(b"not gzip at all", Content_Encoding="gzip"), BrokenError, id="not gzip"),
        pytest.param(answer(gzip.compress(b"x" * 999)[:-9], Content_Encoding="gzip"), BrokenError, id="half gzip"),
        pytest.param(OK + b"Content-Length: 1000\r\n\r\nshort", BrokenError, id="shorter than it says"),
        pytest.param(OK + b"Content-Length: -5\r\n\r\nx", BrokenError, id="negative length"),
        pytest.param(OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nxxxxx", BrokenError, id="two lengths"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", BrokenError, id="not HTTP"),
        pytest.param(b"", WebError, id="nothing"),
        pytest.param(redirect("/a"), BrokenError, id="redirects to itself"),
        pytest.param(lambda say, asked: say(redirect(asked.path + "x")), BrokenError, id="endless redirects"),
    ],
)
def test_a_hostile_answer_is_given_up_within_bounds(hostile: bytes, error: type[WebError]):
    with serving({"/robots.txt": answer("", "404 Not Found"), "*": hostile}) as site:
        tracemalloc.start()
        before = len(hostile) if isinstance(hostile, bytes) else 0
        with pytest.raises(error):
            reader().read(f"{site.base}/a")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 6_000_000 + before
    assert site.sent < 20_000_000, "most of it was never taken from the line"
    assert len(site.asked) <= 2 + SMALL.redirects


def test_a_server_that_only_ever_says_that_it_will_go_on_is_given_up():
    flood = endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)
    with serving({"*": flood}) as site, pytest.raises(TooLargeError):
        reader(Limits(total=60, size=1000, pause=0)).call(f"{site.base}/a")
    assert site.sent < 20_000_000


def test_a_longer_body_than_it_says_is_cut_where_it_says():
    with serving({"/a": OK + b"Content-Length: 5\r\n\r\nWords and more"}) as site:
        assert reader().read(f"{site.base}/a").body == b"Words"


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX: ", OK + b"\r\n"], ids=["status", "headers", "body"])
def test_a_slow_drip_is_cut_however_it_is_spread(head: bytes):
    gone = Event()

    def drip(say: Say, asked: Asked) -> None:
        say(head)
        try:
            for _ in range(400):
                say(b"x")
                gone.wait(0.05)
        finally:
            gone.set()

    with serving({"/a": drip}) as site, pytest.raises(TimedOutError):
        reader(Limits(total=0.4, pause=0)).call(f"{site.base}/a")
    assert site.sent < len(head) + 100


def test_a_server_that_says_nothing_is_given_up():
    hold = Event()
    with serving({"/a": lambda say, asked: hold.wait(10)}) as site:
        with pytest.raises(TimedOutError):
            reader(Limits(total=0.3, pause=0)).call(f"{site.base}/a")
        hold.set()


def test_an_endless_robots_txt_is_read_as_far_as_its_limit():
    flood = endless(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /private\n",
        b"Disallow: /x*y*w\n" * 99,
    )
    with serving({"/robots.txt": flood, "*": answer("x")}) as site:
        mine = reader()
        assert mine.read(f"{site.base}/{'xyz' * 200}").is_sound
        with pytest.raises(RobotsError):
            mine.read(f"{site.base}/private")
    assert site.sent < 20_000_000


def test_a_host_that_is_not_there():
    def nowhere(host: str, port: int) -> list[str]:
        raise UnreachableError(f"there is no host {host}")

    with pytest.raises(UnreachableError, match=r"there is no host gone\.example"):
        Reader(AGENT, SMALL, ask=nowhere).call("https://gone.example/")


def test_a_port_where_nobody_answers():
    with serving({}) as site:
        pass
    with pytest.raises(UnreachableError, match="nobody answers"):
        reader().call(f"{site.base}/a")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of `sound.example` that nobody else vouches for, with its key."""
    if not shutil.which("openssl"):
        pytest.skip("needs Debian's openssl")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=sound.example"
    names = ["-addext", "subjectAltName=DNS:sound.example", "-keyout", str(file), "-out", str(file)]
    subprocess.run(["openssl", *made.split(), *names], check=True, capture_output=True)
    return file


def secure(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_page_over_tls_is_asked_by_its_name_though_its_address_is_pinned(certificate: Path):
    trust = ssl.create_default_context(cafile=certificate)
    with serving({"*": answer("x")}, secure(certificate)) as site:
        port = site.base.rpartition(":")[2]
        page = reader(ask=lambda host, port: ["127.0.0.1"], trust=trust).read(f"https://sound.example:{port}/a")
    assert (page.status, page.body) == (200, b"x")


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path):
    with serving({"*": answer("x")}, secure(certificate)) as site:
        port = site.base.rpartition(":")[2]
        with pytest.raises(UnreachableError, match="certificate"):
            reader(ask=lambda host, port: ["127.0.0.1"]).read(f"https://sound.example:{port}/a")
    assert site.asked == []


def test_a_certificate_of_another_name_is_refused(certificate: Path):
    trust = ssl.create_default_context(cafile=certificate)
    with serving({"*": answer("x")}, secure(certificate)) as site:
        port = site.base.rpartition(":")[2]
        with pytest.raises(UnreachableError, match="certificate"):
            reader(ask=lambda host, port: ["127.0.0.1"], trust=trust).read(f"https://other.example:{port}/a")
    assert site.asked == []


def test_stopping_ends_what_is_under_way():
    held, begun = Event(), Event()

    def hold(say: Say, asked: Asked) -> None:
        begun.set()
        held.wait(10)

    with serving({"/robots.txt": answer("", "404 Not Found"), "*": hold}) as site:
        mine = reader(Limits(total=60, pause=0))
        urls = [f"{site.base}/{n}" for n in range(5)]
        errors: list[WebError] = []

        def run() -> None:
            errors.extend(found for _, found in read_all(mine, urls) if isinstance(found, WebError))

        thread = Thread(target=run)
        thread.start()
        assert begun.wait(10)
        mine.close()
        thread.join(10)
        held.set()
    assert [type(error) for error in errors] == [StoppedError] * 5


def test_whoever_stops_listening_stops_the_reading():
    with serving({"*": answer("x")}) as site:
        mine = reader(Limits(pause=0))
        for _ in read_all(mine, [f"{site.base}/{n}" for n in range(50)]):
            break
        with pytest.raises(StoppedError):
            mine.read(f"{site.base}/more")
    assert len(site.asked) < 10


# Bytes and letters


@given(st.binary(max_size=3000), st.integers(1, 4000), st.integers(1, 500))
def test_unpacking_gives_what_was_packed_or_says_that_it_is_too_large(data: bytes, limit: int, cut: int):
    for pack, coding in ((gzip.compress, "gzip"), (zlib.compress, "deflate"), (bytes, "")):
        packed = pack(data)
        chunks = [packed[i : i + cut] for i in range(0, len(packed), cut)]
        if len(data) <= limit:
            assert read_body(chunks, coding, limit) == data
        else:
            assert read_body(chunks, coding, limit, cut=True) == data[:limit]
            with pytest.raises(TooLargeError):
                read_body(chunks, coding, limit)


@given(st.lists(st.binary(max_size=200), max_size=5), st.sampled_from(["gzip", "deflate"]))
def test_no_bytes_break_the_unpacking_otherwise_than_in_our_words(chunks: list[bytes], coding: str):
    with suppress(BrokenError, TooLargeError):
        read_body(chunks, coding, 1000)


@pytest.mark.parametrize(
    ("body", "declared", "text"),
    [
        ("Größe – 14,6 %".encode(), "", "Größe – 14,6 %"),
        ("Größe".encode(), "iso-8859-1", "Größe"),
        ("Größe".encode("latin-1"), "iso-8859-1", "Größe"),
        ("“words” – 5 €".encode("cp1252"), "iso-8859-1", "“words” – 5 €"),
        ("日本語のページ".encode("shift_jis"), "Shift_JIS", "日本語のページ"),
        ("日本語のページ".encode("iso2022_jp"), "iso-2022-jp", "日本語のページ"),
        ("﻿Words".encode(), "utf-16", "Words"),
        ("Words".encode("utf-16"), "", "Words"),
        (b'<meta charset="windows-1251">' + "Слова".encode("cp1251"), "", '<meta charset="windows-1251">Слова'),
        ("Größe".encode("latin-1"), "utf-8", "Größe"),
        (b"Words", "no-such-encoding", "Words"),
        (b"Words", "punycode", "Words"),
        (b"Words", "zlib", "Words"),
        (b"Words", "\x00\ud800", "Words"),
    ],
)
def test_the_letters_are_right_whatever_the_server_says(body: bytes, declared: str, text: str):
    assert decode(body, declared) == text


@given(st.binary(max_size=2000), st.text(max_size=20))
def test_any_bytes_become_a_text(body: bytes, declared: str):
    decode(body, declared)
