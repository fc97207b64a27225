"""What is remembered of a site is remembered whole, however little of it is written down."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache import Cache
from generator.model.artifacts import Order
from generator.model.reach import UnitRecord
from generator.publish.record import Files, Records, SiteRecord, Standing, note_use

NAMES = st.sampled_from([f"n{number}" for number in range(40)])
ITEMS = st.builds(UnitRecord, st.sampled_from("abc"), st.just(""))
FILES = st.builds(
    Standing, st.sampled_from("abc"), st.integers(0, 2), st.just(0), st.sampled_from(Order), st.just("unit")
)
CHANGES = st.tuples(
    st.dictionaries(NAMES, ITEMS | st.none(), max_size=2),
    st.dictionaries(NAMES, FILES | st.none(), max_size=2),
    st.sampled_from(["", "common"]),
)


def opened(folder: Path) -> Records:
    return Records(Cache(folder, "program"), "site")


def large() -> SiteRecord:
    items = {f"n{number}": UnitRecord("a", "") for number in range(0, 40, 2)}
    files = {f"n{number}": Standing("a", 1, 0, Order.PAGE, "") for number in range(40)}
    return SiteRecord("", "0", items, "", Files().changed(files, ()))


def by_path(files: Files) -> dict[str, Standing | None]:
    return {path: files.get(path, Order(order)) for path, order in zip(files.paths, files.orders, strict=True)}


def changed(record: SiteRecord, change: tuple, number: int) -> SiteRecord:
    items = {name: item for name, item in (dict(record.items) | change[0]).items() if item}
    files = {name: file for name, file in (by_path(record.files) | change[1]).items() if file}
    return SiteRecord(change[2], str(number), items, str(number), Files().changed(files, ()))


def write(folder: Path, record: SiteRecord) -> None:
    """Write down a record, told how its files differ from those of the last one."""
    records = opened(folder)
    before, now = by_path(records.last.files), by_path(record.files)
    new = {name: file for name, file in now.items() if before.get(name) != file}
    assert records.last.files.changed(new, before.keys() - now.keys()) == record.files
    records.write(record, new, before.keys() - now.keys())


@given(st.lists(CHANGES, max_size=5))
def test_what_was_kept_last_is_found(tmp_path_factory, changes):
    folder = tmp_path_factory.mktemp("cache")
    write(folder, large())
    for number, change in enumerate(changes, start=1):
        record = changed(opened(folder).last, change, number)
        write(folder, record)
        assert opened(folder).last == record


def a_morning(folder: Path) -> SiteRecord:
    """One file of many changes."""
    record = changed(opened(folder).last, ({}, {"n1": Standing("b", 2, 0, Order.PAGE, "")}, ""), 1)
    write(folder, record)
    return record


def test_a_morning_writes_down_what_is_different_and_no_more(tmp_path: Path):
    write(tmp_path, large())
    whole = tmp_path / "site.msgpack"
    before = whole.read_bytes()
    a_morning(tmp_path)
    assert whole.read_bytes() == before
    assert (tmp_path / "site.since.msgpack").stat().st_size < len(before) / 4


@pytest.mark.parametrize("size", [0, 5, 60])
def test_where_what_is_different_is_damaged_nothing_is_known(tmp_path: Path, size: int):
    write(tmp_path, large())
    a_morning(tmp_path)
    os.truncate(tmp_path / "site.since.msgpack", size)
    assert opened(tmp_path).last in (SiteRecord(), large())  # of which the footprint is not that of the site


PATHS, ORDERS = 0, 1
"""Places of columns among those of files, as they are written."""


def with_column(folder: Path, name: str, column: int, change: Callable) -> None:
    """Write down the same record with one column of its files changed; its checksum is right."""
    cache = Cache(folder, "program")
    record = cache.value(name, msgspec.msgpack.decode)
    record["files"][column] = change(record["files"][column])
    cache.write(name, msgspec.msgpack.encode(record))


@pytest.mark.parametrize("column", range(7))
def test_a_record_with_a_column_that_is_too_short_or_too_long_is_not_used(tmp_path: Path, column: int):
    for change in (lambda old: old[:-1], lambda old: old + old[-1:], lambda old: old[:0]):
        write(tmp_path, large())
        with_column(tmp_path, "site.msgpack", column, change)
        assert opened(tmp_path).last == SiteRecord()


def test_a_record_with_an_order_that_does_not_exist_is_not_used(tmp_path: Path):
    write(tmp_path, large())
    with_column(tmp_path, "site.msgpack", ORDERS, lambda old: old[:-1] + bytes([len(Order)]))
    assert opened(tmp_path).last == SiteRecord()


def test_a_record_that_is_written_again_as_it_was_is_used(tmp_path: Path):
    write(tmp_path, large())
    with_column(tmp_path, "site.msgpack", PATHS, lambda old: old)
    assert opened(tmp_path).last == large()


def test_a_name_that_is_damaged_is_no_misfortune(tmp_path: Path):
    write(tmp_path, large())
    write(tmp_path, changed(opened(tmp_path).last, ({"n2": None}, {"n3": None}, ""), 1))
    since = tmp_path / "site.since.msgpack"
    for other in (b"q2", b"\xff\xff"):
        since.write_bytes(since.read_bytes().replace(b"n2", other))
        assert opened(tmp_path).last.items.keys() <= large().items.keys()


def test_a_cache_that_was_copied_is_the_same_cache(tmp_path: Path):
    write(tmp_path / "here", large())
    record = a_morning(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    assert opened(tmp_path / "there").last == record


def test_what_is_known_already_is_not_written_again(tmp_path: Path):
    write(tmp_path, large())
    record = a_morning(tmp_path)
    before = {file: file.stat().st_ino for file in tmp_path.iterdir()}
    write(tmp_path, record)
    assert {file: file.stat().st_ino for file in tmp_path.iterdir()} == before


def test_what_was_different_from_an_older_whole_says_nothing_of_a_newer_one(tmp_path: Path):
    write(tmp_path, large())
    a_morning(tmp_path)
    since = (tmp_path / "site.since.msgpack").read_bytes()
    (tmp_path / "site.msgpack").unlink()
    write(tmp_path, large())
    (tmp_path / "site.since.msgpack").write_bytes(since)  # as of a build that was killed between the two
    assert opened(tmp_path).last == large()


def test_a_site_that_is_built_is_remembered_however_long_nothing_of_it_has_changed(tmp_path: Path):
    """Sixteen others are built meanwhile, such as the folders of servers: the one nobody builds any more goes."""
    cache = Cache(tmp_path, "program")
    kept = {name: Records(cache, f"sites/{name}") for name in ("main", "quiet", "left")}
    for at, records in enumerate(kept.values()):
        records.write(large(), {}, ())
        os.utime(tmp_path / f"sites/{[*kept][at]}.msgpack", (at, at))
    for number in range(14):
        Records(cache, "sites/main").write(large(), {}, ())
        note_use(cache, "sites/quiet")
        Records(cache, f"sites/other{number}").write(large(), {}, ())
    assert [Records(cache, f"sites/{name}").last == large() for name in kept] == [True, True, False]
