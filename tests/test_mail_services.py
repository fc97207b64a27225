"""Handing an edition to a service: the requests are those that its documentation describes."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from generator.link.site import link
from generator.mail.services import LIMITS, ServiceError, ask, to_buttondown, to_listmonk
from generator.mail.settings import Listmonk
from generator.web.addresses import is_public
from generator.web.reader import Reader
from tests.loopback import is_loopback
from tests.make import HOSTILE, edition, everywhere, printed, site, story
from tests.test_mail import made
from tests.test_mail_send import citewire, newsletter, settle


def reader(admits: Callable[[str], bool] = is_loopback) -> Reader:
    return Reader("Citewire/test", LIMITS, admits=admits)


__all__ = ["newsletter"]

BUTTONDOWN = {"CITEWIRE_BUTTONDOWN_KEY": "a-key"}
LISTMONK = {"CITEWIRE_LISTMONK_USER": "citewire", "CITEWIRE_LISTMONK_TOKEN": "a-token"}


@dataclass
class Service:
    """What was asked, and what is answered."""

    url: str = ""
    asked: list[tuple[str, str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    status: int = 201
    moved_to: str = ""


@contextmanager
def service(**fields: Any) -> Iterator[Service]:
    state = Service(**fields)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.asked.append((self.command, self.path, dict(self.headers), body))
            self.send_response(state.status)
            if state.moved_to:
                self.send_header("Location", state.moved_to)
            self.end_headers()
            self.wfile.write(json.dumps(state.answer).encode())

        do_PUT = do_POST  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield state
        server.shutdown()


def test_buttondown_gets_a_draft_in_the_documented_shape(newsletter: Path):
    with service(answer={"id": "em_1", "status": "draft"}) as there:
        settle(newsletter, buttondown=there.url)
        done = citewire(newsletter, "--to", "buttondown", **BUTTONDOWN)
    assert (done.returncode, done.stderr) == (0, "")
    [(method, path, headers, body)] = there.asked
    assert (method, path) == ("POST", "/v1/emails")
    assert headers["Authorization"] == "Token a-key"
    assert headers["X-API-Version"] == "2026-04-01"
    assert headers["Content-Type"] == "application/json"
    assert "X-Buttondown-Live-Dangerously" not in headers
    assert body["status"] == "draft"
    assert set(body) == {"subject", "body", "status", "slug", "description", "canonical_url"}
    assert body["body"].startswith("<!-- buttondown-editor-mode: naked -->\n<!DOCTYPE html>")
    assert body["canonical_url"] == "https://the-footnote.example/editions/2026-04-11/"
    assert body["body"].count('href="{{ unsubscribe_url }}"') == 1


def test_listmonk_gets_a_campaign_in_the_documented_shape(newsletter: Path):
    with service(answer={"data": {"id": 7, "status": "draft"}}, status=200) as there:
        settle(newsletter, listmonk={"url": there.url, "lists": [1, 3], "template": 5})
        done = citewire(newsletter, "--to", "listmonk", **LISTMONK)
    assert (done.returncode, done.stderr) == (0, "")
    [(method, path, headers, body)] = there.asked
    assert (method, path) == ("POST", "/api/campaigns")
    assert headers["Authorization"] == "token citewire:a-token"
    assert (body["type"], body["content_type"], body["messenger"]) == ("regular", "html", "email")
    assert (body["lists"], body["template_id"]) == ([1, 3], 5)
    assert body["from_email"] == "The Footnote <desk@the-footnote.example>"
    assert body["name"] == "The Footnote 2026-04-11"
    assert body["body"].count('href="{{ UnsubscribeURL }}"') == 1
    assert "\n{{ UnsubscribeURL }}\n" in body["altbody"]


def test_an_edition_goes_out_at_once_only_when_it_is_told_to(newsletter: Path):
    with service(answer={"id": "em_1"}) as there:
        settle(newsletter, buttondown=there.url)
        citewire(newsletter, "--to", "buttondown", "--send", **BUTTONDOWN)
    assert there.asked[0][3]["status"] == "about_to_send"
    assert there.asked[0][2]["X-Buttondown-Live-Dangerously"] == "true"
    with service(answer={"data": {"id": 7}}) as there:
        settle(newsletter, listmonk={"url": there.url, "lists": [1]})
        citewire(newsletter, "--to", "listmonk", "--send", **LISTMONK)
    assert [asked[:2] for asked in there.asked] == [("POST", "/api/campaigns"), ("PUT", "/api/campaigns/7/status")]
    assert there.asked[1][3] == {"status": "running"}
    assert "template_id" not in there.asked[0][3]


def test_what_a_service_says_of_a_refusal_is_passed_on_and_the_key_is_not(newsletter: Path):
    with service(answer={"detail": "No such\x1b newsletter"}, status=403) as there:
        settle(newsletter, buttondown=there.url)
        done = citewire(newsletter, "--to", "buttondown", **BUTTONDOWN)
    assert done.returncode == 3
    assert done.stderr == f"citewire: {there.url}/v1/emails answers 403: No such newsletter\n"


def test_an_edition_is_a_draft_at_buttondown_until_it_is_told_to_go_out():
    issue = made(site(story("told"), edition("2026-04-11", "told"))).issue()
    assert to_buttondown(issue, "https://b.example", "k", False).body["status"] == "draft"
    assert to_buttondown(issue, "https://b.example", "k", True).body["status"] == "about_to_send"


@pytest.mark.parametrize(
    "answer", [{"message": "No such list"}, {"detail": "No such list"}, {"message": "", "detail": "No such list"}]
)
def test_a_refusal_is_told_in_the_words_of_the_service_alone(answer: dict[str, str]):
    issue = made(site(story("told"), edition("2026-04-11", "told"))).issue()
    with service(answer=answer, status=400) as there, pytest.raises(ServiceError, match=r"answers 400: No such list$"):
        ask(reader(), to_buttondown(issue, there.url, "a-key", False))


def test_a_secret_does_not_follow_a_service_that_sends_it_elsewhere():
    issue = made(site(story("told"), edition("2026-04-11", "told"))).issue()
    with service() as elsewhere, service(status=307, moved_to=elsewhere.url) as there:
        with pytest.raises(ServiceError, match="answers 307"):
            ask(reader(), to_buttondown(issue, there.url, "a-key", False))
        assert len(there.asked) == 1
        assert elsewhere.asked == []


def test_a_service_that_is_not_there_is_named():
    issue = made(site(story("told"), edition("2026-04-11", "told"))).issue()
    with service() as there:
        pass
    with pytest.raises(ServiceError, match=r"nobody answers at 127\.0\.0\.1"):
        ask(reader(), to_buttondown(issue, there.url, "a-key", False))


def test_a_service_in_the_network_of_this_machine_is_asked_only_where_the_settings_say_so():
    issue = made(site(story("told"), edition("2026-04-11", "told"))).issue()
    with service() as there:
        with pytest.raises(ServiceError, match=r"not on the public web .`private: true` under `mail` allows it"):
            ask(reader(is_public), to_buttondown(issue, there.url, "a-key", False))
        assert there.asked == []


def test_who_cannot_know_whether_a_service_has_the_edition_is_told_to_look():
    issue = made(site(story("told"), edition("2026-04-11", "told"))).issue()
    with service(answer={"id": "x" * LIMITS.size}) as there:
        with pytest.raises(ServiceError, match=r"larger than .* look there whether it has the edition"):
            ask(reader(), to_buttondown(issue, there.url, "a-key", False))
        assert len(there.asked) == 1


BRACES = [*HOSTILE.values(), "{{{ {{ {% if x %} {# c #} {{ unsubscribe_url }}", "https://a.example@TrackLink"]


@pytest.mark.parametrize("text", BRACES)
def test_nothing_that_an_author_writes_is_run_as_a_template_of_buttondown_s(text: str):
    body = to_buttondown(
        made(link(everywhere(text), "https://news.example/")).issue(), "https://b.example", "k", False
    ).body
    assert re.findall(r"\{[{%#].*?[}%#]\}", body["body"]) == ["{{ unsubscribe_url }}"]
    assert set(re.findall(r"\{[{%#].*?[}%#]\}", body["subject"])) <= {"{% templatetag openbrace %}"}
    written = body["subject"].replace("{% templatetag openbrace %}", "{")
    assert "".join(written.split()) == "".join(printed(text).split())


@pytest.mark.parametrize("text", BRACES)
def test_nothing_that_an_author_writes_is_run_as_a_template_of_listmonk_s(text: str):
    issue = made(link(everywhere(text), "https://news.example/")).issue()
    body = to_listmonk(issue, Listmonk("https://l.example", (1,)), "u", "t").body
    for name in ("body", "altbody", "subject"):
        for action in re.findall(r"\{\{(.*?)\}\}", body[name].replace('{{ "{{" }}', "")):
            assert re.fullmatch(r' (UnsubscribeURL|"@"|Safe "<!--\[if mso\]>.*"|Safe "<!.*-->") ', action), action
        assert "@TrackLink" not in body[name]
    written = body["subject"].replace('{{ "{{" }}', "{{").replace('{{ "@" }}', "@")
    assert "".join(written.split()) == "".join(printed(text).split())
