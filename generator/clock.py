"""The one clock: a build takes the time once, and it decides nothing but what is published by then."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime

VARIABLE = "SOURCE_DATE_EPOCH"


def now(environment: Mapping[str, str] = os.environ) -> datetime:
    """This moment in UTC, in whole seconds; or the one of `SOURCE_DATE_EPOCH`, for builds that can be repeated.

    https://reproducible-builds.org/specs/source-date-epoch/ (whole seconds since 1970). Raises `ValueError` for another
    value, with words for the user: what was to be pinned would silently not be, and the host cannot read it either.
    """
    pinned = environment.get(VARIABLE)
    if pinned is None:
        return datetime.now(UTC).replace(microsecond=0)
    if not re.fullmatch(r"[0-9]{1,11}", pinned):
        raise ValueError(f"{VARIABLE} is `{pinned}`: write whole seconds since 1970, as 1775904000, or unset it")
    return datetime.fromtimestamp(int(pinned), UTC)
