"""Accounts of stories, folded: kept as JSON in memory or in a cache file, and decoded when one of its fields is read.

Each process of a build holds an archive of stories, and most of what they are is in their accounts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

import msgspec
from msgspec import UNSET
from msgspec.structs import force_setattr, replace

from generator.model.content import Account, Story
from generator.model.held import Bytes, Held

AnyStory = TypeVar("AnyStory", bound=Story)


class Folded:
    """An account as JSON, which the story reads through this (see `Story.account`)."""

    __slots__ = ("json",)

    def __init__(self, json: Bytes) -> None:
        self.json = json

    def __call__(self) -> Account:
        """The account. Raises `OSError` if the cache file that holds it was damaged."""
        return _unfolded(self.json)


_NOT_ITS_OWN = dict.fromkeys(Account.__struct_fields__, UNSET)


def folded(story: AnyStory) -> AnyStory:
    """A copy of a story with its account folded in memory."""
    account = Account(story.body, story.parts, story.sources, story.disputed, story.trace)
    return replace(story, account=Folded(Held(msgspec.json.encode(account))), **_NOT_ITS_OWN)


def lay_account(story: Story, json: Bytes) -> None:
    """Give a story the folded account that it reads from now on."""
    force_setattr(story, "account", Folded(json))


def account_json(story: Story) -> bytes:
    """The account of a story as JSON; empty if it has none that is folded. Raises `OSError` as reading it does."""
    return story.account.json() if isinstance(story.account, Folded) else b""


_decode = msgspec.json.Decoder(Account).decode
REMEMBERED = 64
"""How many accounts are remembered. A story's fields are read in one go, or for an edition that shows it."""


@lru_cache(REMEMBERED)
def _unfolded(json: Bytes) -> Account:
    return _decode(json())
