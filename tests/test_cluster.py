"""A build on other machines: the same bytes, whatever becomes of a worker."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from distributed import KilledWorker

from benchmarks import corpus
from generator.cache import YOUNG
from generator.cluster import engine, worker
from generator.cluster.engine import handing_over
from generator.cluster.worker import Packed, UnfitError, do, installed, pack
from generator.extras import missing_words
from generator.publish.manifest import MANIFEST
from tests.bucket import bucket
from tests.folders import tree
from tests.test_store import published

ROOT = Path(__file__).parent.parent
OUTPUTS = (
    "outputs: {cards: false, search: false, subject_feeds: false, entities: false, topics: false, publishers: false, "
    "api: false, twins: false}"
)
STORIES = 40


@contextmanager
def running(*command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process, as long as this lasts."""
    silent, env = subprocess.DEVNULL, {**os.environ, **environment}
    process = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=env, stdout=silent, stderr=silent)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler on this machine."""
    told = tmp_path_factory.mktemp("scheduler") / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    with running("distributed.cli.dask_scheduler", *options):
        until(told.is_file)
        until(lambda: told.read_text().endswith("}"))
        yield json.loads(told.read_text())["address"]


@contextmanager
def workers(scheduler: str, count: int, folder: Path, **environment: str) -> Iterator[list[int]]:
    """The ids of workers, none of which is begun again when it dies."""
    options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
    command = ("distributed.cli.dask_worker", scheduler, *options)
    with ExitStack() as stack:
        yield [stack.enter_context(running(*command, **environment)).pid for _ in range(count)]


def build(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    module = "tests.on_cluster" if "--cluster" in options else "generator"
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", module, "build", *options]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cluster") / "newsletter"
    corpus.write_citewire(STORIES, folder, OUTPUTS)
    time.sleep(YOUNG / 1e9)  # what is younger is not kept, and would be read here by the next build
    return folder


def forget(folder: Path) -> None:
    for name in ("site", ".cache"):
        shutil.rmtree(folder / name, ignore_errors=True)


def test_two_workers_one_of_which_is_killed_midway_make_what_one_machine_makes(
    newsletter: Path, scheduler: str, tmp_path: Path
):
    assert build(newsletter).returncode == 0
    alone = tree(newsletter / "site")
    forget(newsletter)
    with workers(scheduler, 2, tmp_path) as ids:
        done = build(newsletter, "--cluster", scheduler, WORKERS="2", KILL=str(ids[0]))
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(newsletter / "site") == alone
    assert not list(newsletter.glob(".*-stage-*"))
    assert not (newsletter / ".cache/citewire/cluster").exists()


def test_without_a_worker_left_nothing_is_published_and_the_next_build_mends_it(
    newsletter: Path, scheduler: str, tmp_path: Path
):
    assert build(newsletter).returncode == 0
    before = tree(newsletter / "site")
    file = newsletter / "content/newsletter.yml"
    text = file.read_text()
    file.write_text(text.replace("Every day.", "Each day."))  # which every page shows
    try:
        with workers(scheduler, 1, tmp_path) as ids:
            done = build(newsletter, "--cluster", scheduler, PATIENCE="1", KILL=str(ids[0]))
        words = f"citewire: --cluster {scheduler}: no worker is left: nothing was published\n"
        assert (done.returncode, done.stderr) == (3, words)
        assert tree(newsletter / "site") == before
        assert not list(newsletter.glob(".*-stage-*"))
        assert build(newsletter).returncode == 0
        assert tree(newsletter / "site").keys() == before.keys()
        assert tree(newsletter / "site") != before
    finally:
        file.write_text(text)


def test_an_error_in_a_template_is_told_as_it_is_without_workers(newsletter: Path, scheduler: str, tmp_path: Path):
    folder = tmp_path / "newsletter"
    shutil.copytree(newsletter, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    own = folder / "overrides/citewire"
    own.mkdir(parents=True)
    own.joinpath("story.html").write_text("<p>\n{{ page.view.story.title.no_such_thing() }}")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text().replace("name: material\n", "name: material\n  custom_dir: overrides\n"))
    with workers(scheduler, 1, tmp_path) as _:
        elsewhere = build(folder, "--cluster", scheduler, HERE="yes")
    here = build(folder)
    assert here.returncode == 2
    assert "overrides/citewire/story.html:2: " in here.stderr
    assert (elsewhere.returncode, elsewhere.stderr) == (here.returncode, here.stderr)
    assert not (folder / "site").exists()


def test_workers_upload_what_goes_up_together(newsletter: Path, scheduler: str, tmp_path: Path):
    with bucket() as served:
        theirs = {**served.environment, "AWS_ACCESS_KEY_ID": "worker"}
        with workers(scheduler, 1, tmp_path, **theirs) as _:
            done = build(newsletter, "--cluster", scheduler, "--to", "s3://the-footnote", **served.environment)
        assert (done.returncode, done.stderr) == (0, "")
        assert served.tree().items() >= published(newsletter / "site").items()
    stories = (newsletter / "content/stories").rglob("*.yml")
    assert {served.putters[f"stories/{file.stem}/index.html"] for file in stories} == {"worker"}
    assert served.putters[MANIFEST] == "key"  # what is there is written down by the command itself


def test_a_scheduler_that_does_not_answer_or_has_no_worker_is_told(newsletter: Path, scheduler: str):
    forget(newsletter)
    for address, words in (
        ("tcp://127.0.0.1:1", "no scheduler answers there"),
        (scheduler, "the scheduler has no worker"),
    ):
        done = build(newsletter, "--cluster", address, PATIENCE="0.5")
        assert (done.returncode, done.stderr) == (3, f"citewire: --cluster {address}: {words}\n")


def test_what_is_no_address_of_a_scheduler_is_wrong_use(newsletter: Path):
    done = build(newsletter, "--cluster", "scheduler")
    assert done.returncode == 2
    assert "`scheduler` is no scheduler: write it as tcp://scheduler:8786, or `local`" in done.stderr


class Failed:
    """What a client holds of a batch that has failed."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def result(self, timeout: float) -> None:
        raise self.error


def test_a_batch_under_which_several_workers_die_is_left_to_be_done_here():
    error = KilledWorker("do-1", "tcp://127.0.0.1:1", 3)  # type: ignore[arg-type]
    assert engine._answer(None, Failed(error)) == (False, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CancelledError(), "the scheduler is gone: nothing was published"),
        (OSError("closed"), "the scheduler is gone: nothing was published"),
        (UnfitError("has another Citewire"), "has another Citewire"),
        (
            ModuleNotFoundError("No module named 'generator'"),
            "a worker cannot do the work: No module named 'generator'",
        ),
    ],
)
def test_a_cluster_that_cannot_do_the_work_is_told_in_words(error: BaseException, words: str):
    with pytest.raises(engine.ClusterError, match=words):
        engine._answer(None, Failed(error))  # type: ignore[arg-type]


def test_a_second_build_on_a_cluster_waits_for_the_first_and_then_has_a_folder(tmp_path: Path):
    waited, entered = Event(), Event()

    def second() -> None:
        with handing_over(tmp_path, waited.set) as packs:
            (packs / "1").write_text("work")
            entered.set()

    thread = Thread(target=second)
    with handing_over(tmp_path, lambda: None) as packs:
        thread.start()
        assert waited.wait(60)
        (packs / "1").write_text("work")
        assert packs.stat().st_mode & 0o077 == 0
        assert not entered.is_set()
    thread.join()
    assert entered.is_set()
    assert list(tmp_path.iterdir()) == []


def test_work_that_a_killed_build_left_is_gone_before_the_next_hands_over_its_own(tmp_path: Path):
    folder = tmp_path / "not there/yet"
    for _ in range(2):
        with handing_over(folder, pytest.fail) as packs:
            assert list(packs.iterdir()) == []
        packs.mkdir()
        (packs / "1").write_text("of a build that was killed")


def add(start: int, end: int) -> int:
    return start + end


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    """This process is no worker before and after."""
    yield
    worker._held = None


def test_programs_are_alike_whatever_has_been_compiled_and_not_when_a_file_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(worker, "PACKAGE", tmp_path)
    (tmp_path / "story.html").write_text("<p>")
    before = installed.__wrapped__()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/story.html.cpython-311.pyc.17").write_text("compiled")
    assert installed.__wrapped__() == before
    (tmp_path / "story.html").write_text("<p><p>")
    assert installed.__wrapped__() != before


def test_a_worker_with_another_program_does_nothing(tmp_path: Path):
    packed = pack(add, tmp_path / "1")
    assert do(packed, (1, 2)) == (True, 3)
    with pytest.raises(UnfitError, match="has another Citewire, Python or package"):
        do(Packed(packed.file, packed.digest, "another"), (1, 2))


def test_a_worker_that_does_not_see_the_folder_or_sees_another_does_nothing(tmp_path: Path):
    with pytest.raises(UnfitError, match=f"does not see {tmp_path}/none"):
        do(Packed(tmp_path / "none", "", installed()), (1, 2))
    packed = pack(add, tmp_path / "1")
    packed.file.write_bytes(b"something else")
    with pytest.raises(UnfitError, match="reads something else in"):
        do(packed, (1, 2))


def test_what_fails_on_a_worker_is_left_to_be_done_where_it_can_be_told(tmp_path: Path):
    assert do(pack(int.__add__, tmp_path / "1"), ("no", "numbers")) == (False, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("option", "value", "module", "words"),
    [
        ("--cluster", "tcp://127.0.0.1:1", "distributed", missing_words("cluster", "distributed")),
        ("--to", "s3://bucket", "fsspec", missing_words("store", "fsspec")),
        ("--to", "s3://bucket", "s3fs", "s3://bucket: Install s3fs to access S3"),
    ],
)
def test_what_an_option_needs_is_told_with_how_to_get_it(
    newsletter: Path, option: str, value: str, module: str, words: str
):
    forget(newsletter)
    code = f"import sys; sys.modules[{module!r}] = None; from generator.cli import main; main()"
    command = [sys.executable, "-c", code, "build", option, value]
    done = subprocess.run(command, cwd=newsletter, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, f"citewire: {words}\n")


def test_a_build_of_one_machine_does_not_load_what_others_need(newsletter: Path):
    code = "import sys; from generator.cli import main\ntry: main()\nfinally: print(*sys.modules)"
    command = [sys.executable, "-c", code, "build"]
    done = subprocess.run(command, cwd=newsletter, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert not {"distributed", "dask", "fsspec", "s3fs", "cloudpickle"} & set(done.stdout.split())
