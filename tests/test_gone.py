"""What was published and is not there any more is told, unless something says where it went."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.check.corrections import vanished_story
from generator.model.library import Library, Partial, Signature
from generator.model.withdrawals import Withdrawal
from tests.make import edition, library, story

SIGNED = {
    name: Signature("digest", None, f"journal/{year}.yml")
    for name, year in (("old", 2025), ("editions/2025-01-01", 2026))
}


def gone(of: Library) -> list[tuple[str, str]]:
    """Of what has gone each name with the file at which that is told."""
    return [(finding.what.split("`")[1], file) for file, finding in vanished_story(of)]


def of(*items: Any, **fields: Any) -> Library:
    return library(*items, **{"signed": SIGNED, **fields})


OLD, EDITION = ("old", "journal/2025.yml"), ("editions/2025-01-01", "journal/2026.yml")


def test_what_is_in_the_journal_and_nowhere_else_is_told_at_its_line_of_the_journal():
    assert gone(of(story("new"))) == [OLD, EDITION]
    assert gone(of(story("new"), signed={})) == []


def test_what_is_there_or_could_not_be_read_is_not_gone():
    assert gone(of(story("old"))) == [EDITION]
    assert gone(of(edition("2025-01-01"))) == [OLD]
    assert gone(of(unreadable=frozenset({"old"}))) == [EDITION]
    assert gone(of(partial_stories={"old": Partial(story("old"), frozenset(), {})})) == [EDITION]
    assert gone(of(partial_editions={"2025-01-01": Partial(edition("2025-01-01"), frozenset(), {})})) == [OLD]


def test_a_story_of_the_name_of_an_edition_does_not_stand_for_it():
    assert gone(of(story("2025-01-01"), story("old"))) == [EDITION]


def test_a_story_under_a_new_name_knows_its_first_one():
    assert gone(of(story("new", renamed_from="old"))) == [EDITION]


@pytest.mark.parametrize("alias", ["stories/old", "/stories/old/"])
def test_an_alias_leads_on(alias: str):
    assert gone(of(story("new", aliases=(alias,)))) == [EDITION]
    assert gone(of(story("new", aliases=("old",)))) == [OLD, EDITION]


def test_an_alias_leads_on_from_an_edition_too():
    assert gone(of(story("old"), edition("2026-01-01", aliases=("editions/2025-01-01",)))) == []


def withdrawal(name: str, **fields: Any) -> dict[str, Withdrawal]:
    return {name: Withdrawal(name, date(2025, 1, 1), date(2025, 2, 1), "It was wrong.", **fields)}


def test_what_was_withdrawn_is_accounted_for_by_either_name_and_by_its_addresses():
    assert gone(of(withdrawn=withdrawal("old"))) == [EDITION]
    assert gone(of(withdrawn=withdrawal("newer", renamed_from="old"))) == [EDITION]
    assert gone(of(withdrawn=withdrawal("newer", aliases=("stories/old",)))) == [EDITION]
    assert gone(of(withdrawn=withdrawal("editions/2025-01-01"))) == [OLD]


def test_where_editions_cannot_be_read_nothing_is_said_of_editions_alone():
    assert gone(of(incomplete=frozenset({"editions"}))) == [OLD]
    assert gone(of(incomplete=frozenset({"topics"}))) == [OLD, EDITION]
