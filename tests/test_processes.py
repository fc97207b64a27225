"""Work that is shared out among processes is done as one process would do it."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import batches, processes
from generator.batches import cut, in_batches
from generator.processes import answered, beside

COUNT, SIZE = 1000, 10
ROOT = Path(__file__).parent.parent


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does it all")


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch):
    """Whatever other tests have left running in this one."""
    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.setattr(processes, "can_fork", lambda: True)


def test_answers_come_in_the_order_of_the_work_however_large_they_are():
    def large(start: int, end: int) -> list[bytes]:
        return [number.to_bytes(4, "big") * 10_000 for number in range(start, end)]

    found = [each for some in in_batches(large, COUNT, SIZE) for each in some]
    assert found == [number.to_bytes(4, "big") * 10_000 for number in range(COUNT)]


def test_the_process_that_shares_out_the_work_takes_its_part_and_nothing_is_done_twice(tmp_path: Path):
    patience = time.monotonic() + 60

    def told(start: int, end: int) -> int:
        with (tmp_path / str(os.getpid())).open("a") as file:
            file.write(f"{start}\n")
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < patience:
            time.sleep(0.001)  # on a busy machine one could do it all before the other begins
        return os.getpid()

    pids = set(in_batches(told, COUNT, SIZE))
    assert len(pids) == 2
    assert os.getpid() in pids
    assert {int(file.name) for file in tmp_path.iterdir()} == pids
    done = [int(line) for file in tmp_path.iterdir() for line in file.read_text().split()]
    assert sorted(done) == list(range(0, COUNT, SIZE))


def test_a_few_things_that_take_long_are_shared_out_too(tmp_path: Path):
    patience = time.monotonic() + 60

    def told(start: int, end: int) -> tuple[int, int]:
        (tmp_path / str(os.getpid())).touch()
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < patience:
            time.sleep(0.001)
        return start, end

    assert [*in_batches(told, 4, 100, weights=[300, 0, 300, 0])] == [(0, 2), (2, 4)]
    assert len(list(tmp_path.iterdir())) == 2


@given(st.lists(st.integers(0, 300)), st.integers(1, 200))
def test_a_batch_is_heavier_than_it_may_be_only_if_one_thing_is(weights: list[int], size: int):
    cuts = [*cut(weights, size)]
    assert [number for start, end in cuts for number in range(start, end)] == [*range(len(weights))]
    assert all(start < end for start, end in cuts)
    assert all(sum(weights[start:end]) <= max(size, weights[start]) for start, end in cuts if weights[start])
    assert all(weights[start] for start, _ in cuts[1:])


def test_what_a_process_had_taken_when_the_system_ended_it_is_done_all_the_same():
    itself = os.getpid()

    def told(start: int, end: int) -> int:
        time.sleep(0.001)
        if os.getpid() != itself and start > COUNT / 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return start

    assert list(in_batches(told, COUNT, SIZE)) == list(range(0, COUNT, SIZE))


def test_what_a_process_had_taken_that_never_answers_is_done_all_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(batches, "PATIENCE", 0.2)
    itself = os.getpid()

    def told(start: int, end: int) -> int:
        time.sleep(0.001)
        if os.getpid() != itself and start > COUNT / 3:
            os.kill(os.getpid(), signal.SIGSTOP)
        return start

    assert list(in_batches(told, COUNT, SIZE)) == list(range(0, COUNT, SIZE))


FULL = """
import resource
from generator.heap import with_reserve
resource.setrlimit(resource.RLIMIT_AS, (1 << 27, 1 << 27))
kept = []

def fill():
    while True:
        kept.append(bytes(1 << 16))

try:
    with_reserve(fill)
except MemoryError:
    print(len(bytes(1 << 20)))
"""


def test_whoever_ends_for_want_of_memory_has_some_left_to_tidy_up_and_to_say_so():
    done = subprocess.run([sys.executable, "-c", FULL], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{1 << 20}\n"), done.stderr


def test_nobody_goes_on_working_when_the_answers_are_not_wanted_any_more(tmp_path: Path):
    def told(start: int, end: int) -> None:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(0.01)

    def others() -> set[int]:
        return {int(file.name) for file in tmp_path.iterdir()} - {os.getpid()}

    answers = in_batches(told, COUNT, SIZE)
    assert any(others() for _ in answers), "another one helped"
    answers.close()
    assert not any(Path(f"/proc/{pid}").exists() for pid in others())


def test_what_is_begun_beside_is_done_by_another_process_when_it_was_waited_for(tmp_path: Path):
    wait = beside(lambda: (time.sleep(0.05), (tmp_path / "by").write_text(str(os.getpid()))))
    wait()
    assert int((tmp_path / "by").read_text()) != os.getpid()
    wait()  # once more is no mistake


def test_what_is_begun_beside_may_fail_without_a_word(capfd: pytest.CaptureFixture[str]):
    def fails() -> None:
        raise ValueError("amiss")

    beside(fails)()
    assert capfd.readouterr() == ("", "")


def test_what_is_begun_beside_ends_when_nobody_can_wait_for_it_any_more(tmp_path: Path):
    def long() -> None:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(60)

    wait = beside(long)
    while not (found := list(tmp_path.iterdir())):
        time.sleep(0.01)
    del wait
    assert not Path(f"/proc/{found[0].name}").exists()


def test_what_is_begun_beside_and_comes_to_no_end_is_given_up(tmp_path: Path):
    """Without memory a process may never come to an end (`with_reserve`): a build waited for it for ever."""

    def endless() -> None:
        (tmp_path / str(os.getpid())).touch()
        while True:
            time.sleep(60)

    wait = beside(endless, patience=0.2)
    while not (found := list(tmp_path.iterdir())):
        time.sleep(0.01)
    wait()
    assert not Path(f"/proc/{found[0].name}").exists()


def test_what_another_process_does_not_answer_for_long_is_found_out_here(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(processes, "PATIENCE", 0.2)
    itself = os.getpid()

    def told() -> str:
        while os.getpid() != itself:
            time.sleep(60)
        return "told"

    assert answered(told)() == "told"


def test_where_no_process_can_be_forked_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(processes, "can_fork", lambda: False)
    beside((tmp_path / "done").touch)()
    assert not (tmp_path / "done").exists()


def test_what_is_asked_of_another_process_is_answered_by_it_and_stays():
    ask = answered(lambda: str(os.getpid()))
    assert ask() != str(os.getpid())
    assert ask() == ask()


@pytest.mark.parametrize("end", [lambda: os._exit(1), lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1 / 0])
def test_what_another_process_does_not_answer_is_found_out_here(end: Callable[[], object]):
    itself = os.getpid()

    def told() -> str:
        if os.getpid() != itself:
            end()
        return "told"

    assert answered(told)() == "told"


def test_where_the_system_has_no_room_for_another_process_this_one_does_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A container may allow so many processes and no more; a build ended there that could have been made."""

    def full() -> int:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", full)
    assert list(in_batches(lambda start, end: start, COUNT, SIZE)) == list(range(0, COUNT, SIZE))
    beside((tmp_path / "done").touch)()
    assert not (tmp_path / "done").exists()
    assert answered(lambda: "told")() == "told"


def test_where_no_process_can_be_forked_the_answer_is_found_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(processes, "can_fork", lambda: False)
    asked: list[int] = []
    ask = answered(lambda: str(asked.append(1) or len(asked)))
    assert not asked
    assert (ask(), ask(), asked) == ("1", "1", [1])
