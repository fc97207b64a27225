"""The one clock. A build reads it once, and uses it only to decide what is published by then."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime

VARIABLE = "SOURCE_DATE_EPOCH"


def now(environment: Mapping[str, str] = os.environ) -> datetime:
    """This moment in UTC, in whole seconds; or the one of `SOURCE_DATE_EPOCH`, for builds that can be repeated.

    https://reproducible-builds.org/specs/source-date-epoch/ (whole seconds since 1970). For any other value raises
    `ValueError` with a text for the user: ignoring it would silently pin nothing, and the host cannot read it either.
    """
    pinned = environment.get(VARIABLE)
    if pinned is None:
        return datetime.now(UTC).replace(microsecond=0)
    if not re.fullmatch(r"[0-9]{1,11}", pinned):
        raise ValueError(f"{VARIABLE} is `{pinned}`: write whole seconds since 1970, as 1775904000, or unset it")
    return datetime.fromtimestamp(int(pinned), UTC)
