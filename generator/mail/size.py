"""The size of a mail: its limits, and what takes the most room."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

WARN_AT, FAIL_AT = 80_000, 100_000
"""Bytes of HTML. Gmail shows no more than 102 KB (about 102,400) and hides the rest, with the link to unsubscribe."""
_BLOCK = re.compile(rb'<td [^>]*\bid="([a-z0-9-]+)"')


class Weight(Struct, frozen=True):
    """The size of a mail's HTML and of each of its blocks, in bytes."""

    total: int
    blocks: Mapping[str, int]
    """The size of each block by its id, such as `story-meta-coreweave` or `sources`."""

    @property
    def fails(self) -> bool:
        return self.total > FAIL_AT

    @property
    def warns(self) -> bool:
        return self.total > WARN_AT


def weigh(html: str) -> Weight:
    """Weigh a mail and its blocks; what comes before the first block belongs to none."""
    markup = html.encode()
    found = list(_BLOCK.finditer(markup))
    ends = [match.start() for match in found[1:]] + [len(markup)]
    return Weight(len(markup), {m[1].decode(): end - m.start() for m, end in zip(found, ends, strict=True)})


def advice(weight: Weight) -> str:
    """The message for a mail that is too large: how large it is, and what would have to go."""
    over = weight.total - WARN_AT
    stories = {id_: size for id_, size in weight.blocks.items() if id_.startswith("story-")}
    heaviest = sorted(stories.items(), key=lambda block: (-block[1], block[0]))
    lines = [
        f"the mail has {kilobytes(weight.total)} of HTML, and Gmail hides what is beyond 102 KB, the way out with it."
    ]
    lines.append(f"Take {kilobytes(over)} out of it. What weighs most:")
    lines += [f"  {kilobytes(size):>6}  the story {id_.removeprefix('story-')}" for id_, size in heaviest[:5]]
    lines.append(f"  {kilobytes(weight.blocks.get('sources', 0)):>6}  the sources with their passages")
    lines.append("Leave parts out of the mail (`leave_out` and `passages` under `mail` in mkdocs.yml), or a story.")
    return "\n".join(lines)


def kilobytes(size: int) -> str:
    """A size in kilobytes, rounded up: 80,001 is `81 KB`."""
    return f"{-(-size // 1000)} KB"
