"""Properties are tried with the same examples on every run; `make wild` looks for new ones."""

import gc
import os
from collections.abc import Iterator
from importlib.util import find_spec

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
