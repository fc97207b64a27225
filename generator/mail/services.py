"""Hand an edition to a service that manages the subscribers itself: as a draft, unless told to send.

The requests follow https://docs.buttondown.com/api-emails-create (version 2026-04-01) and
https://listmonk.app/docs/apis/campaigns/. Both services treat bodies and subjects as templates, so an author's braces
are escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from generator.mail.addresses import Mailbox
from generator.mail.bodies import Bodies
from generator.mail.settings import Listmonk
from generator.texts.characters import one_line
from generator.web.errors import BrokenError, LostError, RefusedError, TimedOutError, TooLargeError, WebError
from generator.web.limits import MIB, Limits

if TYPE_CHECKING:
    from generator.web.reader import Reader

WAY_OUT = "https://way-out.invalid/"
"""Placeholder in the bodies for each reader's own address for unsubscribing, which the service fills in."""
LIMITS = Limits(total=60, size=MIB, pause=0)
"""Limits for calls to services. There is no pause, since we do not crawl their pages."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OPENING = re.compile(r"\{(?=[{%#])")
"""A brace that could begin a variable, a tag or a comment of Buttondown's templates."""


class ServiceError(Exception):
    """The service did not accept it. The message is for the user."""


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)  # they hold a secret
    body: Mapping[str, Any]


class Issue(Struct, frozen=True):
    """An edition as handed to a service."""

    name: str
    """Its name in the service's list."""
    slug: str
    """The edition's first slug."""
    subject: str
    description: str
    url: str
    bodies: Bodies
    """The edition as HTML and text, with `WAY_OUT` in them."""
    sender: Mailbox


def to_buttondown(issue: Issue, api: str, key: str, send: bool) -> Request:
    """The request that creates an email at Buttondown, as HTML that it leaves alone ("naked")."""
    headers = {"Authorization": f"Token {key}", "X-API-Version": "2026-04-01"}
    if send:
        headers["X-Buttondown-Live-Dangerously"] = "true"  # without it a key's first sending is refused
    html = _OPENING.sub("&#123;", issue.bodies.html)
    body = {
        "subject": _OPENING.sub("{% templatetag openbrace %}", issue.subject),
        "body": f"<!-- buttondown-editor-mode: naked -->\n{html.replace(WAY_OUT, '{{ unsubscribe_url }}')}",
        "status": "about_to_send" if send else "draft",
        "slug": issue.slug,
        "description": issue.description,
        "canonical_url": issue.url,
    }
    return Request("POST", f"{api}/v1/emails", headers, body)


def to_listmonk(issue: Issue, settings: Listmonk, user: str, token: str) -> Request:
    """The request that creates a campaign at listmonk, which is a draft until it is started."""
    html = _COMMENT.sub(lambda found: f"{{{{ Safe {json.dumps(found[0])} }}}}", _for_go(issue.bodies.html))
    body: dict[str, Any] = {
        "name": issue.name,
        "subject": _for_go(issue.subject),
        "lists": list(settings.lists),
        "from_email": f"{issue.sender.name} <{issue.sender.address}>" if issue.sender.name else issue.sender.address,
        "type": "regular",
        "content_type": "html",
        "body": html.replace(WAY_OUT, "{{ UnsubscribeURL }}"),
        "altbody": _for_go(issue.bodies.text).replace(WAY_OUT, "{{ UnsubscribeURL }}"),
        "messenger": "email",
    }
    if settings.template:
        body["template_id"] = settings.template
    return Request("POST", f"{settings.url}/api/campaigns", _listmonk_headers(user, token), body)


def start_listmonk(campaign: int, settings: Listmonk, user: str, token: str) -> Request:
    """The request that starts sending a campaign."""
    url = f"{settings.url}/api/campaigns/{campaign}/status"
    return Request("PUT", url, _listmonk_headers(user, token), {"status": "running"})


def _listmonk_headers(user: str, token: str) -> dict[str, str]:
    return {"Authorization": f"token {user}:{token}"}


def _for_go(text: str) -> str:
    """A text in which Go's templates find nothing to execute, and listmonk no link to track."""
    return text.replace("{{", '{{ "{{" }}').replace("@TrackLink", '{{ "@" }}TrackLink')


def ask(reader: Reader, request: Request) -> dict[str, Any]:
    """Send a request to its service and return the answer. Raises `ServiceError`.

    Redirects are refused: a secret goes to the configured address, and nowhere else.
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json", **request.headers}
    try:
        answer = reader.call(request.url, request.method, headers, json.dumps(request.body).encode())
    except RefusedError as error:
        raise ServiceError(f"{request.url}: {error} (`private: true` under `mail` allows it)") from error
    except (LostError, TimedOutError, TooLargeError, BrokenError) as error:
        raise ServiceError(f"{request.url}: {error}; look there whether it has the edition") from error
    except WebError as error:
        raise ServiceError(f"{request.url}: {error}") from error
    body = answer.body or b""
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise ServiceError(f"{request.url} answers {answer.status}: {_reason(body[:2000])}")
    try:
        found = json.loads(body)
    except ValueError as error:
        raise ServiceError(f"{request.url} did not answer in JSON; look there whether it has the edition") from error
    return found if isinstance(found, dict) else {}


def _reason(body: bytes) -> str:
    """The service's reason for refusing a request, on one line."""
    text = body.decode("utf-8", "replace")
    try:
        found = json.loads(text)
        text = str(found.get("message") or found.get("detail") or text) if isinstance(found, dict) else text
    except ValueError:
        pass
    return one_line(text)[:300]
