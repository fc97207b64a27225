"""What each kind of channel (Slack, Discord, Mastodon, a webhook) is sent: one function each, in a table."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from msgspec import Struct

from generator.announce.items import News
from generator.announce.settings import Channel
from generator.announce.wire import Answer, Post, Request
from generator.words import shortened

_JSON = {"Content-Type": "application/json; charset=utf-8"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_TID = "234567abcdefghijklmnopqrstuvwxyz"
MASTODON_LIMIT, MASTODON_LINK = 500, 23
"""Characters of a status, and the characters that any link counts as (docs.joinmastodon.org)."""
BLUESKY_LIMIT = 300
"""Graphemes of a post (lexicon app.bsky.feed.post)."""


class Service(Struct, frozen=True):
    """A kind of channel."""

    send: Callable[[Post, Channel, News, str], Answer]
    """Posts an item; the last argument is the channel's secret."""
    once: bool
    """Whether the service itself prevents a repeated message from being posted twice."""


def hub_request(hub: str, topic: str) -> Request:
    """The request that tells a hub of a changed feed (PubSubHubbub 0.4, section 7; WebSub leaves this open)."""
    return Request(hub, urlencode({"hub.mode": "publish", "hub.url": topic}).encode(), _FORM)


def _slack(post: Post, channel: Channel, item: News, secret: str) -> Answer:
    """https://api.slack.com/messaging/webhooks; three characters must be escaped in its text."""
    title, summary = (_slack_text(text) for text in (item.title, item.summary))
    return post(_json(secret, {"text": f"*<{item.url}|{title}>*\n{summary}", "unfurl_links": False}))


def _slack_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _discord(post: Post, channel: Channel, item: News, secret: str) -> Answer:
    """https://discord.com/developers/docs/resources/webhook#execute-webhook; nobody is ever pinged."""
    embed = {
        "title": _discord_text(item.title)[:256],
        "description": _discord_text(item.summary)[:4096],
        "url": item.url,
        "timestamp": item.published.isoformat(),
        "author": {"name": item.newsletter[:256]},
    }
    return post(_json(secret, {"embeds": [embed], "allowed_mentions": {"parse": []}}))


def _discord_text(text: str) -> str:
    return re.sub(r"[\\*_~`|>\[\]]", r"\\\g<0>", text)


def _generic(post: Post, channel: Channel, item: News, secret: str) -> Answer:
    """A plain JSON document, signed with HMAC-SHA256 if there is a secret."""
    document = {
        "kind": item.kind,
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "published": item.published.isoformat(),
        "newsletter": item.newsletter,
    }
    request = _json(channel.url, document, {"Idempotency-Key": item.key})
    if not secret:
        return post(request)
    signature = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    signed = {**request.headers, "X-Citewire-Signature": f"sha256={signature}"}
    return post(Request(request.url, request.body, signed))


def _mastodon(post: Post, channel: Channel, item: News, secret: str) -> Answer:
    """https://docs.joinmastodon.org/methods/statuses/#create"""
    room = MASTODON_LIMIT - MASTODON_LINK - len("\n\n")
    status = f"{shortened(_told(item), room)}\n\n{item.url}"
    form = urlencode({"status": status, "language": item.language.split("-")[0]}).encode()
    headers = {**_FORM, "Authorization": f"Bearer {secret}", "Idempotency-Key": item.key}
    return post(Request(f"{channel.url.rstrip('/')}/api/v1/statuses", form, headers))


def _bluesky(post: Post, channel: Channel, item: News, secret: str) -> Answer:
    """https://docs.bsky.app/docs/advanced-guides/posts: log in, then put a record with a key derived from the item."""
    xrpc = f"{channel.url.rstrip('/')}/xrpc"
    login = {"identifier": channel.account, "password": secret}
    session = post(_json(f"{xrpc}/com.atproto.server.createSession", login))
    if session.status != 200:
        return session
    try:
        opened = json.loads(session.body)
        repo, token = str(opened["did"]), str(opened["accessJwt"])
    except (ValueError, KeyError, TypeError):
        return Answer(502, {}, b"the answer to the login is not that of Bluesky")
    card = {"uri": item.url, "title": item.title, "description": item.summary}
    record = {
        "$type": "app.bsky.feed.post",
        "text": shortened(_told(item), BLUESKY_LIMIT),
        "createdAt": item.published.isoformat(),
        "langs": [item.language],
        "embed": {"$type": "app.bsky.embed.external", "external": card},
    }
    put = {"repo": repo, "collection": "app.bsky.feed.post", "rkey": tid(item), "record": record}
    return post(_json(f"{xrpc}/com.atproto.repo.putRecord", put, {"Authorization": f"Bearer {token}"}))


def tid(item: News) -> str:
    """The key of the record (https://atproto.com/specs/tid): 53 bits of microseconds, 10 bits of the id, base 32."""
    moment = int(item.published.timestamp() * 1_000_000) & ((1 << 53) - 1)
    number = moment << 10 | int(item.key, 16) & 1023
    return "".join(_TID[number >> shift & 31] for shift in range(60, -1, -5))


def _told(item: News) -> str:
    return f"{item.title}\n\n{item.summary}"


def _json(url: str, document: Mapping[str, object], headers: dict[str, str] | None = None) -> Request:
    return Request(url, json.dumps(document, ensure_ascii=False).encode(), {**_JSON, **(headers or {})})


SERVICES = {
    "slack": Service(_slack, once=False),
    "discord": Service(_discord, once=False),
    "json": Service(_generic, once=True),
    "mastodon": Service(_mastodon, once=True),
    "bluesky": Service(_bluesky, once=True),
}
