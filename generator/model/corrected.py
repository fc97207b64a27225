"""Corrections beside the items that they correct, and those that an edition tells of the time since the last one."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from generator.model.content import Correction, Edition, Story
from generator.model.permalinks import correction_anchor
from generator.model.vocabulary import Section
from generator.model.withdrawals import Withdrawal


class Corrected(Struct, frozen=True):
    """A correction and the item that it corrects."""

    item: Story | Edition
    correction: Correction
    section: Section | None = None
    """The section of a corrected story; None for an edition."""

    @property
    def path(self) -> str:
        """The path of the page that shows it."""
        return self.item.path

    @property
    def anchor(self) -> str:
        """The id of the correction on that page."""
        return correction_anchor(self.correction.date)

    @property
    def published(self) -> datetime:
        return self.correction.date

    @property
    def changed(self) -> datetime:
        """Its own date, since corrections never change."""
        return self.correction.date

    @property
    def first_path(self) -> str:
        """The first path of the corrected item."""
        return self.item.first_path


class Since(Struct, frozen=True):
    """What was corrected, withdrawn or put back elsewhere after the edition before, and not after this one."""

    corrected: tuple[Corrected, ...] = ()
    """Newest first; without the corrections of stories that the edition shows, which stand with them."""
    withdrawn: tuple[Withdrawal, ...] = ()
    """Newest first; without what came back in the same time."""
    restored: tuple[Withdrawal, ...] = ()
    """What was withdrawn at some time and came back in this one, newest first."""

    def __bool__(self) -> bool:
        return bool(self.corrected or self.withdrawn or self.restored)

    @property
    def heading(self) -> str:
        """The key of the message above it."""
        told = {"corrected": self.corrected, "withdrawn": self.withdrawn, "restored": self.restored}
        return f"{'-and-'.join(name for name, some in told.items() if some)}-since"


NOTHING_SINCE = Since()
