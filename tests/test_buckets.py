"""What is kept in buckets, and what lies beside it, is found again as it was left."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import force_setattr

from generator.cache import Cache
from generator.cache import buckets as module
from generator.cache.buckets import Beside, Buckets
from generator.model.held import Bytes, Held

NAMES = st.text(st.characters(codec="utf-8"), max_size=6)
SHELF = st.dictionaries(NAMES, st.tuples(st.integers(0, 3), st.binary(max_size=40)), max_size=12)


class Value(Struct, frozen=True):
    number: int
    more: Bytes | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and self.number == other.number

    __hash__ = None  # type: ignore[assignment]


def opened(folder: Path) -> Buckets[Value]:
    beside = Beside[Value](attrgetter("more"), lambda value, where: force_setattr(value, "more", where))
    return Buckets(Cache(folder, "program"), "values", Value, beside)


def said(values: dict[str, Value]) -> dict[str, tuple[int, bytes]]:
    return {name: (value.number, value.more() if value.more else b"") for name, value in values.items()}


def fresh(shelf: dict[str, tuple[int, bytes]]) -> dict[str, Value]:
    return {name: Value(number, Held(data)) for name, (number, data) in shelf.items()}


@given(SHELF, SHELF)
def test_a_new_shelf_takes_the_place_of_the_old_one(tmp_path_factory, first, second):
    """A value that is what it was is kept as it was found, and what lay beside it with it."""
    folder = tmp_path_factory.mktemp("cache")
    opened(folder).save(fresh(first))
    assert said(opened(folder).before) == first
    again = opened(folder)
    stays = {name: value for name, value in again.before.items() if second.get(name, (None,))[0] == value.number}
    now = fresh(second) | stays
    expected = said(now)
    again.save(now)
    assert said(now) == expected  # by those who had it all the while, too
    assert said(opened(folder).before) == expected


def test_a_reader_goes_on_reading_what_it_found_when_another_writes(tmp_path: Path):
    opened(tmp_path).save(fresh({"a": (1, b"old"), "b": (1, b"other")}))
    reader = opened(tmp_path).before
    opened(tmp_path).save(fresh({"a": (2, b"a new and longer one")}))
    assert said(reader) == {"a": (1, b"old"), "b": (1, b"other")}


def test_what_lies_in_a_file_is_sent_to_other_machines_with_its_bytes(tmp_path: Path):
    opened(tmp_path).save(fresh({"a": (1, b"here")}))
    laid = opened(tmp_path).before["a"].more
    sent = pickle.dumps(laid)
    for file in (tmp_path / "values").iterdir():
        file.unlink()
    assert pickle.loads(sent)() == b"here"


def test_where_a_file_cannot_be_read_by_places_it_is_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "CAN_LAY", False)
    opened(tmp_path).save(fresh({"a": (1, b"here"), "b": (2, b"there")}))
    found = opened(tmp_path).before
    assert said(found) == {"a": (1, b"here"), "b": (2, b"there")}
    assert all(isinstance(value.more, Held) for value in found.values())


def cut_off(file: Path) -> None:
    os.truncate(file, 10)


def garbled(file: Path) -> None:
    whole = file.read_bytes()
    with file.open("r+b") as opened:  # what is open sees it
        opened.write(whole[:-2] + b"xy")


@pytest.mark.parametrize("damage", [cut_off, garbled])
def test_a_file_that_is_damaged_while_it_is_open_is_named_and_made_anew(tmp_path: Path, damage: Callable[[Path], None]):
    written = fresh({"a": (1, b"here")})
    opened(tmp_path).save(written)
    (file,) = (tmp_path / "values").iterdir()
    read = opened(tmp_path).before["a"]
    damage(file)
    for value in (written["a"], read):
        with pytest.raises(OSError, match="damaged") as found:
            value.more()
        assert found.value.filename == str(file)
    assert opened(tmp_path).before == {}


def test_a_bit_that_a_disk_turned_round_is_no_other_value(tmp_path: Path):
    opened(tmp_path).save(fresh({"a": (1, b"here")}))
    (file,) = (tmp_path / "values").iterdir()
    as_written = file.read_bytes()
    for place in range(len(as_written)):
        file.write_bytes(turned(as_written, place))
        try:
            found = said(opened(tmp_path).before)
        except OSError:  # what lies beside the value is damaged, which is seen when it is asked for
            found = {}
        assert found == {}, place


def turned(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_the_build_after_one_that_met_a_damaged_file_meets_no_other(tmp_path: Path):
    opened(tmp_path).save(fresh(dict.fromkeys("abc", (1, b"here"))))
    shutil.copytree(tmp_path / "values", tmp_path / "others")
    files = [*tmp_path.glob("*/*")]
    assert len(files) == 6
    read = opened(tmp_path).before["a"]
    for file in files:
        garbled(file)
    with pytest.raises(OSError, match="build again"):
        read.more()
    assert not [*tmp_path.glob("*/*")]


def test_what_is_kept_as_bytes_is_given_as_it_was_or_not_at_all(tmp_path: Path):
    cache = Cache(tmp_path, "program")
    cache.write("kept", b"21 billion")
    assert cache.read("kept") == b"21 billion"
    as_written = (tmp_path / "kept").read_bytes()
    for place in range(len(as_written)):
        (tmp_path / "kept").write_bytes(turned(as_written, place))
        assert cache.read("kept") == b"", place


def test_whoever_asks_for_one_value_reads_one_file(tmp_path: Path):
    """So that what was found in a large archive is not read because of one story."""
    opened(tmp_path).save(fresh({"a": (1, b"here"), "b": (2, b"there")}))
    values = opened(tmp_path)
    one, other = sorted((tmp_path / "values").iterdir(), key=lambda file: b'"a"' not in file.read_bytes())
    other.write_bytes(b"")  # what is open sees it
    assert values.before["a"].number == 1
    values.change(fresh({"a": (3, b"new")}))
    assert one.read_bytes().count(b"new") == 1
    assert "b" not in values.before


def test_a_folder_that_cannot_be_written_is_no_misfortune(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    values = fresh({"a": (1, b"here")})
    opened(tmp_path / "file").save(values)
    assert said(values) == {"a": (1, b"here")}
    assert opened(tmp_path / "file").before == {}
