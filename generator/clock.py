"""The one clock: a build takes the time once, and nothing but what is out depends on it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime


def now(environment: Mapping[str, str] = os.environ) -> datetime:
    """This moment in UTC, in whole seconds; or the one of `SOURCE_DATE_EPOCH`, for builds that can be repeated.

    https://reproducible-builds.org/specs/source-date-epoch/ (whole seconds since 1970). Another value is passed over.
    """
    pinned = environment.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(pinned), UTC) if pinned.isdecimal() and len(pinned) < 12 else datetime.now(UTC)
    return moment.replace(microsecond=0)
