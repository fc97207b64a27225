"""What was kept of a site's items tells what the items themselves would tell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.model.items import Columns, KeptItems, beginning, changed
from generator.model.reach import UnitRecord

UNITS = st.sampled_from(["chrome a 1", "chrome b 2", "story a", "story ab", "story b", "edition é"])
ITEMS = st.dictionaries(UNITS, st.builds(UnitRecord, st.sampled_from("ab"), st.text(max_size=4)))
GONE = st.sets(UNITS)


@given(ITEMS, st.lists(st.tuples(ITEMS, GONE), max_size=3))
def test_kept_items_and_how_they_differ_tell_the_same_as_plain_ones(first, changes):
    kept, plain = KeptItems(Columns.of(first)), first
    for new, gone in changes:
        kept, plain = changed(kept, new, gone), changed(plain, new, gone)
    assert dict(kept.items()) == plain == kept
    assert len(kept) == len(plain)
    for unit in ("chrome a 1", "story a", "story", "edition é"):
        assert kept.get(unit) == plain.get(unit)
        assert (unit in kept) == (unit in plain)
    for words in ("chrome ", "story a", "x", ""):
        assert sorted(beginning(kept, words)) == sorted(beginning(plain, words))
