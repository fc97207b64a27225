"""Sending: over a real SMTP connection, at a pace, and to nobody twice."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from generator.mail.addresses import Mailbox
from generator.mail.journal import JournalError, Outcome, State, journal
from generator.mail.send import ALIKE, WAITS, Pace, Report, Sending
from generator.mail.settings import Smtp
from generator.mail.smtp import Courier, NotConnectedError, ServerRefusedError
from tests import folders
from tests.folders import sample_in
from tests.make import configure
from tests.smtp_server import PASSWORD, USER, Server, certificate, serving

EDITION = "2026-04-11"
SETTINGS = {
    "sender": "The Footnote <desk@the-footnote.example>",
    "postal_address": "1 Example Street",
    "unsubscribe": "https://the-footnote.example/unsubscribe?token={token}",
}
SECRET = "a secret of sixteen or more"
MAIL = b"Subject: x\r\n\r\n.a line that begins with a dot\r\nand another\r\n"


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def noon() -> datetime:
    return datetime(2026, 4, 11, 12, tzinfo=UTC)


def people(*names: str) -> list[Mailbox]:
    return [Mailbox(f"{name}@example.org") for name in names]


def sent(
    server: Server, file: Path, readers: list[Mailbox], clock: Clock | None = None, mail: bytes = MAIL, **smtp
) -> Report:
    """One run in this process, with its waits skipped."""
    clock = clock or Clock()
    settings = Smtp(**({"host": "127.0.0.1", "port": server.port, "security": "none", "timeout": 30} | smtp))
    credentials = (USER.decode(), PASSWORD.decode()) if smtp.get("security") else None
    with journal(file, noon) as kept, closing(Courier(settings, "desk@example.org", credentials)) as courier:
        pace = Pace(6000, clock, clock.sleep)
        return Sending(EDITION, lambda reader: mail, courier, kept, pace).to(readers)


def names(told: list) -> list[str]:
    return [one.address.split("@")[0] for one in told]


def test_each_reader_gets_one_mail_as_it_was_made(tmp_path: Path):
    with serving() as server:
        report = sent(server, tmp_path / "j", people("a", "b", "c"))
        assert (report.sent, report.complete) == (3, True)
        assert server.got == [(f"{name}@example.org", MAIL) for name in "abc"]
        assert server.connections == 1


def test_a_second_run_sends_nobody_a_second_mail(tmp_path: Path):
    with serving() as server:
        sent(server, tmp_path / "j", people("a", "b"))
        report = sent(server, tmp_path / "j", [*people("a", "b", "c"), Mailbox("A@Example.org")])
        assert (report.sent, report.already) == (1, 3)
        assert Counter(server.readers()) == Counter(["a@example.org", "b@example.org", "c@example.org"])


def test_refusals_are_counted_and_not_tried_again(tmp_path: Path):
    with serving() as server:
        report = sent(server, tmp_path / "j", people("a", "unknown", "spam", "b"))
        assert (report.sent, names(report.refused), report.complete) == (2, ["unknown", "spam"], True)
        assert [told.outcome.code for told in report.refused] == [550, 554]
        assert "\x1b" not in report.refused[0].outcome.reply
        again = sent(server, tmp_path / "j", people("a", "unknown", "spam", "b"))
        assert (again.sent, again.already, again.bounced) == (0, 2, 2)
        assert server.asked["unknown@example.org"] == 1
    with journal(tmp_path / "j", noon) as kept:
        kept.claim("2026-04-12", "unknown@example.org")
        kept.settle("2026-04-12", "unknown@example.org", Outcome(State.REFUSED))
        assert kept.bounces("Unknown@example.org") == 2


def test_what_is_put_off_is_tried_again_after_a_wait_and_not_for_ever(tmp_path: Path):
    clock = Clock()
    with serving() as server:
        report = sent(server, tmp_path / "j", people("grey", "full", "a"), clock)
        assert (report.sent, names(report.put_off), report.complete) == (2, ["full"], False)
        assert server.asked == {"grey@example.org": 2, "full@example.org": 1 + len(WAITS), "a@example.org": 1}
        assert [seconds for seconds in clock.slept if seconds > 1] == list(WAITS)
        sent(server, tmp_path / "j", people("full"))
        assert server.asked["full@example.org"] == 2 * (1 + len(WAITS))


def test_a_connection_that_breaks_before_the_mail_is_over_costs_nobody_anything(tmp_path: Path):
    with serving() as server:
        report = sent(server, tmp_path / "j", people("cut", "busy", "a"))
        assert (report.sent, report.complete) == (3, True)
        assert Counter(server.readers()).most_common(1)[0][1] == 1
        assert server.connections >= 3


@pytest.mark.parametrize("name", ["broken", "slow"])
def test_a_server_that_took_a_mail_and_said_nothing_leaves_it_in_doubt(tmp_path: Path, name: str):
    with serving() as server:
        report = sent(server, tmp_path / "j", people(name, "a"), timeout=3)
        assert (report.sent, names(report.in_doubt), report.complete) == (1, [name], False)
        again = sent(server, tmp_path / "j", people(name, "a"))
        assert (again.sent, again.already, names(again.in_doubt)) == (0, 1, [name])
        assert server.asked[f"{name}@example.org"] == 1


def test_a_mail_of_which_the_end_was_never_given_over_is_given_over_again(tmp_path: Path):
    """What a server has not had the last line of, it must not deliver (RFC 5321, section 4.1.1.4)."""
    large = MAIL + (b"x" * 900 + b"\r\n") * 12_000
    with serving(mid_data=True) as server:
        report = sent(server, tmp_path / "j", people("a", "b"), mail=large, timeout=60)
        assert (report.sent, report.complete) == (2, True)
        assert server.got == [("b@example.org", large), ("a@example.org", large)]


def test_no_connection_ends_the_run_after_some_patience_and_nobody_is_marked(tmp_path: Path):
    with serving() as server:
        pass
    clock = Clock()
    report = sent(server, tmp_path / "j", people("a"), clock)
    assert "no connection to the server, 127.0.0.1" in report.stopped
    assert clock.slept == list(WAITS)
    with journal(tmp_path / "j", noon) as kept:
        assert kept.states(EDITION) == {}


def test_a_sender_whom_the_server_does_not_know_ends_the_run_at_once(tmp_path: Path):
    with serving() as server, journal(tmp_path / "j", noon) as kept:
        settings = Smtp("127.0.0.1", server.port, "none")
        with closing(Courier(settings, "stranger@example.org", None)) as courier:
            report = Sending(EDITION, lambda r: MAIL, courier, kept, Pace(6000, Clock(), lambda s: None)).to(
                people("a", "b")
            )
        assert "refuses the sender stranger@example.org: 550" in report.stopped
        assert kept.states(EDITION) == {"a@example.org": State.PUT_OFF}


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it does not count TLS from the start
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_over_a_connection_that_is_kept_from_listeners(tmp_path, monkeypatch, security: str):
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with serving(security, file, auth=True) as server:
        report = sent(server, tmp_path / "j", people("a"), security=security)
        assert (report.sent, report.stopped) == (1, "")
        assert server.readers() == ["a@example.org"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_ends_the_run(tmp_path: Path, security: str):
    with serving(security, certificate(tmp_path)) as server:
        report = sent(server, tmp_path / "j", people("a"), security=security)
        assert "no safe connection to 127.0.0.1" in report.stopped
        assert server.got == []


def test_no_mail_goes_in_the_clear_where_starttls_is_asked_for(tmp_path: Path):
    with serving() as server:
        report = sent(server, tmp_path / "j", people("a"), security="starttls")
        assert "cannot do what is asked of it: STARTTLS" in report.stopped
        assert server.got == []


def test_a_wrong_password_ends_the_run_and_is_not_told(tmp_path, monkeypatch):
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with serving("starttls", file, auth=True) as server:
        courier = Courier(
            Smtp("127.0.0.1", server.port, "starttls", timeout=30), "desk@example.org", ("desk", "guessed")
        )
        with pytest.raises(ServerRefusedError, match="does not accept the user and password") as caught:
            courier.ready()
        assert "guessed" not in str(caught.value)


def test_messages_keep_to_the_pace():
    clock = Clock()
    pace = Pace(30, clock, clock.sleep)
    for _ in range(3):
        pace.take_turn()
    clock.now += 10
    pace.take_turn()
    pace.take_turn()
    assert clock.slept == [2.0, 2.0, 2.0]


def test_an_edition_is_sent_at_the_pace_and_not_all_at_once(tmp_path: Path):
    clock, came = Clock(), []

    class Carrier:
        def ready(self) -> None: ...

        def deliver(self, to: str, mail: bytes) -> Outcome:
            came.append(clock.now)
            return Outcome(State.SENT, 250, "ok")

    with journal(tmp_path / "j", noon) as kept:
        Sending(EDITION, lambda reader: MAIL, Carrier(), kept, Pace(30, clock, clock.sleep)).to(people("a", "b", "c"))
    assert [after - before for before, after in pairwise(came)] == [2.0, 2.0]


class Answering:
    """A connection to a server that says what it is told to say of a recipient."""

    def __init__(self, sender: int = 250, recipient: int = 250, data: int = 354) -> None:
        self._codes = sender, recipient, data

    def mail(self, sender: str) -> tuple[int, bytes]:
        return self._codes[0], b"from"

    def rcpt(self, to: str) -> tuple[int, bytes]:
        return self._codes[1], b"to"

    def docmd(self, command: str) -> tuple[int, bytes]:
        return self._codes[2], b"data"

    def send(self, mail: bytes) -> None: ...

    def getreply(self) -> tuple[int, bytes]:
        return 250, b"ok"

    def rset(self) -> None: ...

    def quit(self) -> None: ...

    def close(self) -> None: ...


def given_over(**codes: int) -> State:
    courier = Courier(Smtp("127.0.0.1", 25, "none"), "desk@example.org", None)
    courier._server = Answering(**codes)
    return courier.deliver("a@example.org", MAIL).state


@pytest.mark.parametrize("code", [500, 501, 503, 504, 550, 551, 552, 553, 554, 599])
def test_whatever_a_server_refuses_for_good_is_not_tried_again(code: int):
    assert given_over(recipient=code) is State.REFUSED
    assert given_over(data=code) is State.REFUSED
    with pytest.raises(ServerRefusedError, match=f"refuses the sender desk@example.org: {code} from"):
        given_over(sender=code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (554, "5.7.1 <a@example.org>: Relay access denied"),
        (550, "relay not permitted"),
        (550, "5.7.1 Relaying denied. Proper authentication required."),
        (550, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain"),
        (530, "5.7.0 Must issue a STARTTLS command first"),
        (550, "5.4.5 Daily user sending limit exceeded."),
        (550, "5.1.8 Sender address rejected: Domain not found"),
        (554, "Message rejected: Email address is not verified."),
    ],
)
def test_what_a_server_holds_against_whoever_sends_ends_the_run_and_marks_no_reader(
    tmp_path: Path, code: int, words: str
):
    """It is said of a reader, and would be said of each; the run that comes when it is mended has to reach them all."""
    with serving() as server:
        server.refusals = {"a@example.org": f"{code} {words}"}
        report = sent(server, tmp_path / "j", people("b", "a", "c"))
        assert report.stopped == f"the server refuses to send for desk@example.org: {code} {words}"
        assert (report.sent, report.refused, report.left) == (1, [], 2)
        server.refusals = {}
        assert sent(server, tmp_path / "j", people("b", "a", "c")).sent == 2


@pytest.mark.parametrize(
    "words",
    [
        "550 5.1.1 no such user at relay",
        "552 5.2.2 over quota: the hourly limit of this mailbox",
        "550 mx-relay.example.org said: user unknown",
        "550 5.7.1 we take nothing from newsletters",
        "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
        "550 5.7.1 message rate for a exceeds limit",
        "550 message exceeds sender size limit",
    ],
)
def test_what_a_server_holds_against_a_reader_marks_that_reader(tmp_path: Path, words: str):
    with serving() as server:
        server.refusals = {"a@example.org": words}
        report = sent(server, tmp_path / "j", people("b", "a", "c"))
        assert (report.sent, names(report.refused), report.stopped) == (2, ["a"], "")


def test_a_row_of_readers_who_are_refused_alike_ends_the_run(tmp_path: Path):
    """A server that takes the mail for spam should not be given all of them; each was refused for that one reason."""
    row = [f"spam-{number}" for number in range(ALIKE)]
    with serving() as server:
        report = sent(server, tmp_path / "j", people("a", *row, "b"))
        assert (report.sent, names(report.refused), report.left) == (1, row, 1)
        assert report.stopped == "10 readers in a row were refused alike, so it may be for what we do"
        report = sent(server, tmp_path / "j", people("a", *row, "b"))
        assert (report.sent, report.already, report.bounced, report.complete) == (1, 1, 10, True)


def test_a_row_of_dead_addresses_ends_nothing(tmp_path: Path):
    row = [f"unknown-{number}" for number in range(ALIKE)]
    with serving() as server:
        report = sent(server, tmp_path / "j", people(*row, "a"))
        assert (report.sent, names(report.refused), report.stopped) == (1, row, "")


def test_a_server_that_hangs_up_when_it_has_refused_a_reader_has_refused_it(tmp_path: Path):
    with serving() as server:
        server.hangs_up = True
        report = sent(server, tmp_path / "j", people("unknown", "a"))
        assert (names(report.refused), names(report.put_off), report.sent) == (["unknown"], [], 1)


@pytest.mark.parametrize("code", [400, 421, 450, 451, 452, 455])
def test_whatever_a_server_puts_off_is_tried_again(code: int):
    assert {given_over(sender=code), given_over(recipient=code), given_over(data=code)} == {State.PUT_OFF}
    assert given_over() is State.SENT


def test_two_runs_at_once_share_the_readers_between_them(tmp_path: Path):
    """The second takes whom the first has not: a claim is taken once."""

    class Slow:
        def __init__(self, other: list[str]) -> None:
            self.got = other

        def ready(self) -> None: ...

        def deliver(self, to: str, mail: bytes) -> Outcome:
            self.got.append(to)
            if len(self.got) == 1:
                run(Slow(self.got))
            return Outcome(State.SENT, 250, "OK")

    def run(carrier: Slow) -> Report:
        with journal(tmp_path / "j", noon) as kept:
            return Sending(EDITION, lambda r: MAIL, carrier, kept, Pace(6000, Clock(), lambda s: None)).to(
                people("a", "b", "c")
            )

    got: list[str] = []
    report = run(Slow(got))
    assert Counter(got) == {"a@example.org": 1, "b@example.org": 1, "c@example.org": 1}
    assert (report.sent, report.already) == (1, 2)


def test_a_server_that_comes_back_is_gone_on_with(tmp_path: Path):
    class Returning:
        left = 1

        def ready(self) -> None:
            if self.left:
                self.left -= 1
                raise NotConnectedError("gone for a moment")

        def deliver(self, to: str, mail: bytes) -> Outcome:
            return Outcome(State.SENT, 250, "OK")

    clock, told = Clock(), list[str]()
    with journal(tmp_path / "j", noon) as kept:
        pace = Pace(6000, clock, clock.sleep)
        sending = Sending(EDITION, lambda r: MAIL, Returning(), kept, pace, say_waiting=told.append)
        report = sending.to(people("a"))
    assert (report.sent, clock.slept) == (1, [WAITS[0]])
    assert told == ["no connection to the server, gone for a moment; trying again in 30 seconds"]


def test_what_a_server_left_in_doubt_is_told_in_later_runs_as_it_was_in_the_first(tmp_path: Path):
    with serving() as server:
        (first,) = sent(server, tmp_path / "j", people("broken")).in_doubt
        (again,) = sent(server, tmp_path / "j", people("broken")).in_doubt
    assert "took the mail and did not answer" in first.outcome.reply
    assert again.outcome == first.outcome


def test_a_journal_of_a_newer_citewire_or_of_something_else_is_not_touched(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "new")) as made:
        made.execute("PRAGMA user_version = 9")
    (tmp_path / "other").write_bytes(b"not a database, but long enough to be read as one" * 30)
    for name in ("new", "other"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(JournalError, match=name), journal(tmp_path / name, noon):
            pass
        assert (tmp_path / name).read_bytes() == before


# The command


@pytest.fixture
def newsletter(tmp_path: Path) -> Path:
    folder = sample_in(tmp_path / "newsletter")
    (folder / "subscribers.csv").write_text("email,name\n" + "".join(f"r{n}@example.org,R {n}\n" for n in range(1, 6)))
    return folder


def settle(folder: Path, **mail: object) -> None:
    """Set what `mail` says in the newsletter's configuration."""
    configure(folder, mail={k: v for k, v in (SETTINGS | mail).items() if v is not None})


def through(folder: Path, server: Server, **mail: object) -> None:
    settle(folder, smtp={"host": "127.0.0.1", "port": server.port, "security": "none", "rate": 6000}, **mail)


def environment(**secrets: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CITEWIRE_")}
    return kept | {"CITEWIRE_UNSUBSCRIBE_SECRET": SECRET} | secrets


def command(*arguments: str, edition: str = EDITION) -> list[str]:
    return [sys.executable, "-m", "generator", "mail", edition, *arguments]


def citewire(folder: Path, *arguments: str, edition: str = EDITION, **secrets: str) -> subprocess.CompletedProcess[str]:
    unset = {name: None for name in os.environ if name.startswith("CITEWIRE_")}
    env = unset | {"CITEWIRE_UNSUBSCRIBE_SECRET": SECRET} | secrets
    return folders.citewire_here(folder, "mail", edition, *arguments, **env)


def test_the_mail_of_an_edition_is_written_whole_and_the_same_each_time(newsletter: Path):
    assert (citewire(newsletter).returncode, citewire(newsletter, "-o", "again.eml").returncode) == (0, 0)
    first = (newsletter / "2026-04-11.eml").read_bytes()
    assert first == (newsletter / "again.eml").read_bytes()
    assert citewire(newsletter, edition="content/editions/2026-04-11.yml").returncode == 0
    assert sorted(path.name for path in newsletter.rglob("*.eml")) == ["2026-04-11.eml", "again.eml"]
    assert b"List-Unsubscribe: <https://the-footnote.example/unsubscribe?token=preview>\r\n" in first
    assert [path.name for path in newsletter.glob(".*new")] == []
    piped = subprocess.run(command("-o", "-"), cwd=newsletter, capture_output=True, check=True, env=environment())
    assert piped.stdout == first


def test_a_fault_in_the_list_of_subscribers_is_named_from_where_one_is(newsletter: Path):
    settle(newsletter, subscribers="subscribers.csv", smtp={"host": "127.0.0.1", "security": "none"})
    (newsletter / "subscribers.csv").write_text("email\nr1@example\n")
    told = citewire(newsletter / "content", "--send", "--dry-run").stderr
    assert told.startswith("citewire: ../subscribers.csv:2: no mail can go to `r1@example`")


def test_the_edition_goes_to_the_subscribers_each_with_a_way_out_of_their_own(newsletter: Path):
    with serving() as server:
        through(newsletter, server)
        done = citewire(newsletter, "--send", "--subscribers", "subscribers.csv")
        assert (done.returncode, done.stderr) == (0, "")
        assert server.readers() == [f"r{n}@example.org" for n in range(1, 6)]
        ways = [re.search(rb"List-Unsubscribe: <(.*)>", mail)[1] for _, mail in server.got]
        assert len(set(ways)) == 5
        done = citewire(newsletter, "--send", "--subscribers", "subscribers.csv")
        assert (done.returncode, len(server.got)) == (0, 5)


def rename(folder: Path, slug: str, renamed_from: str) -> None:
    """Give the edition another name, as `citewire rename` does."""
    (file,) = (folder / "content/editions").glob("**/2026-04-1[0-9].yml")
    text = re.sub(r"(?m)^renamed_from: .*\n", "", file.read_text())
    file.unlink()
    day = re.sub(r"(?m)^published: [0-9-]*", f"published: {slug}", text)
    file.with_name(f"{slug}.yml").write_text(f"{day}renamed_from: {renamed_from}\n" if renamed_from else day)


def test_an_edition_that_was_renamed_is_mailed_to_nobody_twice(newsletter: Path):
    with serving() as server:
        through(newsletter, server, subscribers="subscribers.csv")
        assert citewire(newsletter, "--send").returncode == 0
        citewire(newsletter, "-o", "before.eml")
        rename(newsletter, "2026-04-12", renamed_from=EDITION)
        done = citewire(newsletter, "--send", edition="2026-04-12")
        assert (done.returncode, done.stderr, len(server.got)) == (0, "", 5)
        citewire(newsletter, "-o", "after.eml", edition="2026-04-12")
    ids = [
        re.findall(rb"(?m)^Message-ID: .*", (newsletter / f"{name}.eml").read_bytes()) for name in ("before", "after")
    ]
    assert ids[0] == ids[1]


def test_what_was_mailed_under_a_later_name_is_not_mailed_again_under_the_first(newsletter: Path):
    """An earlier Citewire wrote deliveries down under the name that the edition had then."""
    with serving() as server:
        through(newsletter, server, subscribers="subscribers.csv")
        assert citewire(newsletter, "--send").returncode == 0
        rename(newsletter, EDITION, renamed_from="2026-04-10")
        told = citewire(newsletter, "--send", "--dry-run").stdout
        assert told.count("not again: sent") == 5
        assert (citewire(newsletter, "--send").returncode, len(server.got)) == (0, 5)


@pytest.mark.parametrize("at", [1, 3, 5])
def test_a_run_that_is_killed_is_taken_up_again_and_nobody_gets_two(newsletter: Path, at: int):
    """The server has just taken a mail and the run is killed before it hears so: the hardest moment of all."""
    with serving() as server:
        server.pause_at = at
        through(newsletter, server)
        arguments = command("--send", "--subscribers", "subscribers.csv")
        run = subprocess.Popen(arguments, cwd=newsletter, env=environment(), stderr=subprocess.DEVNULL)
        assert server.paused.wait(120)
        run.send_signal(signal.SIGKILL)
        run.wait(30)
        done = citewire(newsletter, "--send", "--subscribers", "subscribers.csv")
        assert done.returncode == 3
        assert f"  r{at}@example.org: an earlier run was cut short while it was sent\n" in done.stderr
        assert f"{5 - at} " in done.stderr.lower().splitlines()[-1] or at == 5
        assert Counter(server.readers()) == {f"r{n}@example.org": 1 for n in range(1, 6)}
        done = citewire(newsletter, "--send", "--subscribers", "subscribers.csv", "--resend-in-doubt")
        assert (done.returncode, server.readers()[-1]) == (0, f"r{at}@example.org")


def test_an_interrupt_ends_the_run_at_once_though_the_server_says_nothing(newsletter: Path):
    """It was told that we go, and its answer was waited for a minute."""
    with serving() as server:
        server.pause_at = 2
        through(newsletter, server, subscribers="subscribers.csv")
        run = subprocess.Popen(command("--send"), cwd=newsletter, env=environment(), stderr=subprocess.PIPE, text=True)
        assert server.paused.wait(120)
        run.send_signal(signal.SIGINT)
        assert run.communicate(timeout=40)[1].splitlines() == [
            "in doubt: nobody knows whether it arrived; --resend-in-doubt sends it again:",
            "  r2@example.org: the run was interrupted while it was sent",
            "citewire: stopped: the run was interrupted",
            "1 sent, 1 in doubt, 3 not tried. The same command goes on with the rest.",
            "",
            "Aborted!",
        ]
        assert run.returncode == 130
        done = citewire(newsletter, "--send")
        assert Counter(server.readers()) == {f"r{n}@example.org": 1 for n in range(1, 6)}
        assert "  r2@example.org: an earlier run was cut short while it was sent\n" in done.stderr


def test_a_job_that_is_cancelled_says_how_far_it_came(newsletter: Path):
    with serving() as server:
        server.pause_at = 4
        through(newsletter, server, subscribers="subscribers.csv")
        run = subprocess.Popen(command("--send"), cwd=newsletter, env=environment(), stderr=subprocess.PIPE, text=True)
        assert server.paused.wait(120)
        run.send_signal(signal.SIGTERM)
        told = run.communicate(timeout=40)[1]
        assert (run.returncode, told.splitlines()[-1]) == (
            143,
            "3 sent, 1 in doubt, 1 not tried. The same command goes on with the rest.",
        )


def test_a_dry_run_says_who_would_get_it_and_talks_to_nobody(newsletter: Path):
    with serving() as server:
        through(newsletter, server)
        citewire(newsletter, "--send", "--subscribers", "subscribers.csv")
        with (newsletter / "subscribers.csv").open("a") as file:
            file.write("new@example.org,\n")
        taken = len(server.got), server.connections
        done = citewire(newsletter, "--send", "--dry-run", "--subscribers", "subscribers.csv")
        assert done.returncode == 0
        assert done.stdout.splitlines()[0] == "r1@example.org: not again: sent"
        assert done.stdout.splitlines()[-1] == "new@example.org: would be sent"
        assert (len(server.got), server.connections) == taken


def test_a_proof_goes_to_an_address_as_often_as_it_is_asked_for(newsletter: Path):
    with serving() as server:
        through(newsletter, server)
        for _ in range(2):
            assert citewire(newsletter, "--send", "--to", "desk@example.org").returncode == 0
        assert server.readers() == ["desk@example.org"] * 2
        assert not (newsletter / "mail-journal.sqlite").exists()


REFUSED = "refused for good; if the fault was yours, --resend-refused sends it again:"


def test_what_was_refused_is_sent_again_when_somebody_says_so(newsletter: Path):
    (newsletter / "subscribers.csv").write_text("email\na@example.org\nb@example.org\n")
    with serving() as server:
        through(newsletter, server, subscribers="subscribers.csv")
        server.refusals = {"a@example.org": "554 5.7.1 we do not like it"}
        assert citewire(newsletter, "--send").returncode == 0
        server.refusals = {}
        assert (citewire(newsletter, "--send").returncode, server.readers()) == (0, ["b@example.org"])
        done = citewire(newsletter, "--send", "--resend-refused")
    assert (done.returncode, done.stderr, server.readers()) == (0, "", ["b@example.org", "a@example.org"])


def test_who_did_not_get_it_is_told_by_name(newsletter: Path):
    (newsletter / "subscribers.csv").write_text("email\na@example.org\nunknown@example.org\n")
    with serving() as server:
        through(newsletter, server, subscribers="subscribers.csv")
        done = citewire(newsletter, "--send")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [REFUSED, "  unknown@example.org: 550 5.1.1 no such user [31m"]


SMTP = {"host": "127.0.0.1", "security": "none"}


@pytest.mark.parametrize(
    ("arguments", "settings", "secrets", "code", "words"),
    [
        (["--to", "desk@example.org"], {}, {}, 2, "say --send as well"),
        (["--to", "mailchimp"], {}, {}, 2, "an address or a service (buttondown, listmonk), not `mailchimp`"),
        (["--send", "-o", "x.eml"], {}, {}, 2, "-o writes a file and sends nothing"),
        (["--dry-run"], {}, {}, 2, "without --send nothing is sent: the mail is written"),
        (["--resend-in-doubt"], {}, {}, 2, "--resend-in-doubt and --resend-refused go with --send"),
        (["--resend-refused"], {}, {}, 2, "--resend-in-doubt and --resend-refused go with --send"),
        (["--send", "--to", "a@b.example", "--subscribers", "s.csv"], {}, {}, 2, "and not with --to"),
        (["--send"], {}, {}, 2, "to whom? Say --to ADDRESS or --subscribers FILE"),
        (["--send", "--to", "a@b"], {"smtp": SMTP}, {}, 2, "no mail can go to a@b"),
        (["--send", "--to", "a@b.example"], {}, {}, 2, "there is no `smtp` under `mail`"),
        (["--send", "--to", "a@b.example"], {"smtp": SMTP}, {"CITEWIRE_UNSUBSCRIBE_SECRET": ""}, 2, "is not set"),
        (["--send", "--to", "a@b.example"], {"smtp": SMTP}, {"CITEWIRE_UNSUBSCRIBE_SECRET": "x"}, 2, "can be guessed"),
        (["--send", "--to", "a@b.example"], {"smtp": SMTP}, {"CITEWIRE_SMTP_USER": "x"}, 2, "or neither"),
        (["--send", "--subscribers", "none.csv"], {"smtp": SMTP}, {}, 3, "none.csv: No such file"),
        (["-o", "no/such/folder.eml"], {}, {}, 3, "No such file"),
        (["--to", "buttondown"], {}, {}, 2, "CITEWIRE_BUTTONDOWN_KEY is not set"),
        (["--to", "listmonk"], {}, {}, 2, "there is no `listmonk` under `mail`"),
        ([], {"sender": None, "postal_address": None}, {}, 2, "`mail.postal_address` is missing"),
    ],
)
def test_wrong_use_says_what_to_do_instead(newsletter, arguments, settings, secrets, code, words):
    settle(newsletter, **settings)
    done = citewire(newsletter, *arguments, **secrets)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_package_that_it_needs_the_command_says_how_to_get_it(newsletter: Path):
    code = "import sys; sys.modules['css_inline'] = None; from generator.cli import main; main(['mail', '2026-04-11'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=newsletter, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "citewire: for editions by mail, css_inline is missing: pip install 'citewire[mail]'\n"


def test_an_edition_that_is_not_there_and_one_with_errors_are_not_mailed(newsletter: Path):
    done = folders.citewire(newsletter, "mail", "2026-04-12")
    assert done.returncode == 2
    assert "there is no edition 2026-04-12; the newest are: 2026-07-02" in done.stderr
    story = newsletter / "content/stories/2026/meta-coreweave-21bn.yml"
    story.write_text(story.read_text().replace("section: big-tech", "section: bigtech"))
    done = citewire(newsletter)
    assert done.returncode == 1
    assert "meta-coreweave-21bn.yml:3:10: error" in done.stderr
    assert not list(newsletter.glob("*.eml"))


def test_an_edition_that_gmail_would_cut_is_not_mailed(newsletter: Path):
    story = newsletter / "content/stories/2026/meta-coreweave-21bn.yml"
    story.write_text(
        story.read_text().replace("\nbody: |\n", "\nbody: |\n" + "  More words than anybody reads. [@hubkub]\n\n" * 400)
    )
    done = citewire(newsletter)
    assert done.returncode == 1
    assert "the story meta-coreweave-21bn" in done.stderr
    assert not list(newsletter.glob("*.eml"))
