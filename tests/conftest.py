"""Properties are tried with the same examples on every run; `make wild` looks for new ones."""

import gc
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "citewire", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "wild", settings.get_profile("citewire"), derandomize=False, max_examples=500, print_blob=True
)
settings.load_profile("citewire")

EXTRAS = {"pagefind_bin": "the search", "PIL": "the drawing of cards"}


@pytest.fixture(autouse=True)
def _garbage_is_collected() -> Iterator[None]:
    """Some commands end the collection of garbage, since their process ends soon; that of the tests does not."""
    yield
    gc.enable()


@pytest.fixture
def no_file_is_too_young(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host trusts files that were written moments before they are looked at, as those of tests are."""
    monkeypatch.setattr("generator.host.key.YOUNG", 0)


@pytest.fixture
def no_story_is_too_young(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories and editions are kept though they were written moments before they are read, as those of tests are."""
    monkeypatch.setattr("generator.load.kept.YOUNG", 0)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a quarter of the time a test waits, for a browser, a server or a process."""
    return (os.cpu_count() or 1) + 1


MEMORY = Path("/dev/shm")
IN_MEMORY = pytest.StashKey[Path]()
ROOM = 6 << 30
"""Bytes of memory that must be there: a whole run writes somewhat more than one gigabyte."""
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""How many bytes a container may use, or `max`."""


def _is_roomy(folder: Path) -> bool:
    """Whether a folder is there in which programs can be started, and has room, as the machine has memory."""
    if not folder.is_dir() or not os.access(folder, os.W_OK) or os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return False
    available = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text())
    free = min(int(available[1]) << 10 if available else 0, shutil.disk_usage(folder).free)
    limits = [
        limit.read_text().strip() for limit in LIMITS if limit.is_file()
    ]  # what stands in memory counts there too
    return min([free, *(int(most) // 2 for most in limits if most.isdigit())]) >= ROOM


def pytest_configure(config: pytest.Config) -> None:
    """What the tests write, a hundred thousand small files, stands in memory: for a disk the processors wait.

    Who names a folder (`TMPDIR`, `--basetemp`) has it there. What a run that was killed left, the next takes away.
    """
    if os.environ.get("TMPDIR") or config.option.basetemp or not _is_roomy(MEMORY):
        return
    for left in MEMORY.glob("citewire-tests-*"):
        if not Path(f"/proc/{left.name.split('-')[2]}").exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"citewire-tests-{os.getpid()}-", dir=MEMORY))
    config.stash[IN_MEMORY] = folder
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(IN_MEMORY, None):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for package, what in EXTRAS.items():
        if find_spec(package) is None:
            terminalreporter.write_line(f"Left out: the tests of {what}, for want of {package}.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is said to be installed (`CITEWIRE_ALL=1`), a test that is left out fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CITEWIRE_ALL") and reporter and reporter.stats.get("skipped") and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


# The sample is looked at from one day, so that no test depends on the day on which it runs.
os.environ["SOURCE_DATE_EPOCH"] = "1795219200"  # 2026-11-21T00:00:00Z
