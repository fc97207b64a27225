"""Configured additions to pages: a strip (a line of the newsletter's own) below each edition, and comments."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Strip(Struct, frozen=True):
    """The newsletter's own line at the end of each edition: subscribe, come to an event, meet a partner."""

    text: str
    link: str
    action: str | None = None
    """The words of the link; by default those of the catalogue."""
    advertisement: bool = False


class Comments(Struct, frozen=True):
    """The service that hosts the comments on editions."""

    isso: str | None = None
    """The address of an Isso server, with a trailing slash."""
    giscus: Mapping[str, str] = field(default_factory=dict)
    """The settings of giscus: `repo`, `repo-id`, `category`, `category-id`."""


class Additions(Struct, frozen=True):
    """All additions to pages. There are none by default."""

    strip: Strip | None = None
    comments: Comments | None = None


NO_ADDITIONS = Additions()
"""Pages with nothing added."""
