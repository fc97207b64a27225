"""Whole builds through every door: of the sample newsletter, and of a small one where it says as much."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from generator.configuration import ConfigError
from generator.files import alone, alone_from_here
from generator.host.place import refuse_place
from generator.options import judge_site_url
from generator.project import Project
from tests.folders import sample_in, small_in, times, tree

ROOT = Path(__file__).parent.parent
STORY = "content/stories/2026/meta-coreweave.yml"
"""The story of the small newsletter."""

ANOTHER_DAY = """
import datetime, time
DAY = 400 * 86400
real_time, real_datetime, real_date = time.time, datetime.datetime, datetime.date
time.time = lambda: real_time() + DAY
class Later(real_datetime):
    @classmethod
    def now(cls, tz=None): return real_datetime.now(tz) + datetime.timedelta(seconds=DAY)
    @classmethod
    def utcnow(cls): return cls.now(datetime.timezone.utc).replace(tzinfo=None)
    @classmethod
    def today(cls): return cls.now()
datetime.datetime = Later
"""


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


def built(folder: Path, *command: str, **environment: str) -> Path:
    done = run(folder, *(command or ("generator", "build")), **environment)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built by `citewire build`. Nobody changes it."""
    folder = sample_in(tmp_path_factory.mktemp("sample") / "newsletter")
    built(folder)
    return folder


@pytest.fixture(scope="module")
def site(sample: Path) -> dict[str, bytes]:
    """The site of the sample."""
    return tree(sample / "site")


def test_the_same_content_gives_the_same_bytes_anywhere_and_any_day(tmp_path: Path, site: dict[str, bytes]):
    folder = sample_in(tmp_path / "another folder, with ünusual letters")
    (tmp_path / "patch").mkdir()
    (tmp_path / "patch" / "sitecustomize.py").write_text(ANOTHER_DAY)
    path = os.pathsep.join([str(tmp_path / "patch"), str(ROOT)])
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": path,
        "LC_ALL": "C.UTF-8",
        "HOME": "/",
    }
    other = tree(built(folder, **elsewhere))
    assert other.keys() == site.keys()
    assert [name for name in site if other[name] != site[name]] == []


def test_mkdocs_build_gives_the_same_bytes_and_has_nothing_to_say_of_links(tmp_path: Path, site: dict[str, bytes]):
    """Ordinary pages lead to pages that the host does not know, such as that on how the newsletter checks."""
    folder = sample_in(tmp_path / "n")
    done = run(folder, "mkdocs", "build")
    assert (done.returncode, "INFO" in done.stderr) == (0, True), "it says what it does"
    assert "link" not in done.stderr
    assert tree(folder / "site") == site


def test_properdocs_builds_the_same_site(tmp_path: Path, site: dict[str, bytes]):
    """The drop-in successor of MkDocs reads the same mkdocs.yml."""
    folder = sample_in(tmp_path / "n")
    done = run(folder, "properdocs", "build", "-q", "-f", "mkdocs.yml", DISABLE_MKDOCS_2_WARNING="true")
    assert done.returncode == 0, done.stderr
    assert tree(folder / "site") == site


def test_building_again_touches_no_file(sample: Path):
    before = times(sample / "site")
    assert times(built(sample)) == before


def test_an_edit_touches_only_what_shows_the_story(tmp_path: Path):
    folder = sample_in(tmp_path / "n")
    before = times(built(folder))
    story = folder / "content/stories/2026/south-africa-ai-draft.yml"
    story.write_text(re.sub(r"(?m)^title: .*$", "title: Another headline for this story", story.read_text()))
    after = times(built(folder))
    changed = {name for name, when in after.items() if before.get(name) != when} - {".citewire.json"}
    assert "stories/south-africa-ai-draft/index.html" in changed
    assert "editions/2026-04-11/index.html" in changed
    assert {name for name in changed if re.match(r"stories/[a-z]", name)} - {"stories/index.html"} <= {
        "stories/south-africa-ai-draft/index.html",
        "stories/south-africa-ai-draft/index.md",
        "stories/south-africa-ai-draft/evidence.json",
        "stories/eu-ai-omnibus-deal/index.html",  # its neighbour in the section
    }
    assert "editions/2026-07-02/index.html" not in changed
    assert "index.html" not in changed


def test_a_story_that_is_gone_leaves_the_site(tmp_path: Path):
    folder = sample_in(tmp_path / "n")
    site = built(folder)
    (folder / "content/stories/2026/meituan-longcat-2.yml").unlink()
    edition = folder / "content/editions/2026-07-02.yml"
    text = edition.read_text()
    kept = [b for b in re.split(r"(?m)(?=^  - lead: )", text) if "meituan-longcat-2/" not in b or "made_by" in b]
    edition.write_text(re.sub(r",? *meituan-longcat-2(?=[,\]])|\[@meituan-longcat-2/[^\]]*\]", "", "".join(kept)))
    built(folder)
    assert not (site / "stories/meituan-longcat-2").exists()
    assert "meituan-longcat-2" not in (site / "sitemap.xml").read_text()
    assert b"meituan-longcat-2" not in (site / "feeds/stories.json").read_bytes()


def test_an_error_leaves_the_published_site_as_it_is_through_both_doors(tmp_path: Path):
    folder = small_in(tmp_path / "n")
    site = built(folder)
    before, when = tree(site), times(site)
    story = folder / STORY
    story.write_text(story.read_text().replace("section: big-tech", "section: bigtech"))
    for door in (("generator", "build"), ("mkdocs", "build", "-q")):
        done = run(folder, *door)
        assert done.returncode == 1
        assert "meta-coreweave.yml:3:10: error: there is no section `bigtech`" in done.stderr
        assert "Did you mean `big-tech`?" in done.stderr
    assert tree(site) == before
    assert times(site) == when


def test_a_site_folder_over_the_content_is_refused(tmp_path: Path):
    folder = small_in(tmp_path / "n")
    config = folder / "mkdocs.yml"
    among = ("content/stories", "content/site", "content/pages/site", "overrides", ".git/site", ".cache/citewire/site")
    text = f"{config.read_text()}site_dir: site\n"
    for wrong in (".", "content", str(Path.home()), *among):
        config.write_text(re.sub(r"(?m)^site_dir: .*$", f"site_dir: {wrong}", text))
        before = tree(folder), tree(folder / ".cache")
        done = run(folder, "generator", "build")
        assert done.returncode == 2, wrong
        assert (tree(folder), tree(folder / ".cache")) == before


def test_what_lies_around_the_newsletter_is_no_reason_to_refuse_a_folder_in_it(tmp_path: Path):
    root = tmp_path / "n"
    refuse_place(root / "site", Project(root, tmp_path, templates=tmp_path / "citewire"))
    with pytest.raises(ConfigError):
        refuse_place(root / "content/site", Project(root, root / "content"))


def test_a_site_folder_that_has_become_a_link_to_the_content_is_refused_by_a_build_without_mkdocs(tmp_path: Path):
    folder = small_in(tmp_path / "n")
    time.sleep(2.1)  # what MkDocs gave is kept when its files are no longer young
    shutil.rmtree(built(folder))
    (folder / "site").symlink_to("content")
    story = folder / STORY
    story.write_text(f"{story.read_text()}# edited\n")
    before = tree(folder / "content")
    done = run(folder, "generator", "build")
    assert (done.returncode, "site_dir would be written over" in done.stderr) == (2, True)
    assert tree(folder / "content") == before


def test_an_alias_leads_to_the_story(tmp_path: Path):
    folder = small_in(tmp_path / "n")
    story = folder / STORY
    story.write_text(story.read_text() + "aliases: [news/muse-spark, old.html]\n")
    site = built(folder)
    assert 'content="0; url=../../stories/meta-coreweave/"' in (site / "news/muse-spark/index.html").read_text()
    assert 'content="0; url=stories/meta-coreweave/"' in (site / "old.html").read_text()


def test_templates_of_the_newsletters_own_replace_ours(tmp_path: Path):
    folder = small_in(tmp_path / "n")
    own = folder / "overrides/citewire"
    own.mkdir()
    (own / "archive.html").write_text("<h1>{{ heading }}</h1><p>ours, {{ editions|length }} of them</p>")
    assert "<p>ours, 1 of them</p>" in (built(folder) / "editions/index.html").read_text()


def test_another_theme_gives_chrome_as_well(tmp_path: Path):
    """The bodies, feeds and structured data do not need Material."""
    folder = small_in(tmp_path / "n")
    config = folder / "mkdocs.yml"
    config.write_text(re.sub(r"(?m)^theme:\n(?:  .*\n)+", "theme:\n  name: mkdocs\n", config.read_text()))
    page = (built(folder) / "stories/meta-coreweave/index.html").read_text()
    assert '<article class="story">' in page
    assert "application/ld+json" in page


@pytest.mark.parametrize(
    "address", ["https://x.example/sub dir/", "https://x.example/ä/", "ftp://x.example/", "https://x.example/?at=1"]
)
def test_an_address_that_cannot_be_the_sites_is_told_by_every_door(tmp_path: Path, address: str):
    folder = small_in(tmp_path / "n")
    config = folder / "mkdocs.yml"
    config.write_text(re.sub(r"(?m)^site_url: .*$", f"site_url: {address}", config.read_text()), encoding="utf-8")
    for command, code in ((("generator", "check"), 2), (("generator", "build"), 2), (("mkdocs", "build"), 1)):
        done = run(folder, *command)
        assert (done.returncode, f"site_url is `{address}`" in done.stderr) == (code, True), done.stderr


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://x.example/?at=1", "nothing can be behind its `?` or `#`"),
        ("https://x.example/#news", "nothing can be behind its `?` or `#`"),
        ("https://zürich.example/", "its domain has letters that stand as xn--... in addresses"),
        ("https://x.example/ä/", "it has letters that stand as %.. in addresses"),
    ],
)
def test_what_no_page_can_be_below_is_no_address_of_a_site(address: str, fault: str):
    with pytest.raises(ConfigError, match=re.escape(fault)):
        judge_site_url(address)


@pytest.mark.parametrize(
    "address", ["https://xn--zrich-kva.example", "http://x.example:8443/", "https://x.example/news/%C3%A4/"]
)
def test_a_site_can_be_at_any_port_and_in_any_folder(address: str):
    judge_site_url(address)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("sendr: 5", "`mail.sendr` is not a setting"),
        ("announce: {channels: {team: {kind: foo}}}", "`announce.channels.team.kind` is `foo`"),
        (
            "announce: {hubs: [mailto:a@b.example]}",
            "`announce.hubs` names `mailto:a@b.example`, which is not an address of the web",
        ),
        ("evidence: {seconds: 3}", "`evidence.seconds` is `3`"),
        ("draft: {model: x}", "`draft.address` is missing"),
    ],
)
def test_a_mistake_in_any_setting_is_told_before_anything_is_out(tmp_path: Path, settings: str, said: str):
    folder = sample_in(tmp_path / "n")
    config = folder / "mkdocs.yml"
    before = "        sender:" if settings.startswith("sendr") else "      mail:"
    assert before in config.read_text()
    config.write_text(config.read_text().replace(before, f"{before.partition(before.strip())[0]}{settings}\n{before}"))
    done = run(folder, "generator", "check")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_without_an_address_the_build_says_what_it_needs(tmp_path: Path):
    folder = small_in(tmp_path / "n")
    config = folder / "mkdocs.yml"
    config.write_text(re.sub(r"(?m)^site_url: .*$", "", config.read_text()))
    done = run(folder, "generator", "build")
    assert done.returncode == 2
    assert "site_url" in done.stderr


def test_in_strict_mode_a_warning_publishes_nothing(tmp_path: Path):
    folder = small_in(tmp_path / "n")
    story = folder / STORY
    text = "  spare:\n    url: https://example.org/spare\n    title: Spare\n    publisher: krasa\n"
    story.write_text(story.read_text().rstrip() + "\n" + text)
    assert run(folder, "generator", "build", "--strict").returncode == 1
    assert run(folder, "mkdocs", "build", "-q", "--strict").returncode == 1
    assert not (folder / "site").exists()
    assert run(folder, "generator", "build").returncode == 0


A_CLOCK = """
import os
from datetime import datetime
from generator import clock
clock.now = lambda *_: datetime.fromisoformat(os.environ["TIME"])
"""
EVENING, NIGHT = "2026-07-02T18:30:00-04:00", "2026-07-02T20:00:00-04:00"
"""Before and after the newest edition of the sample came out."""


@pytest.fixture
def by_its_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter that is built at the `TIME` of a clock."""
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock/sitecustomize.py").write_text(A_CLOCK)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "clock"), str(ROOT)]))
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    folder = sample_in(tmp_path / "newsletter")
    time.sleep(2.1)  # a build leaves its record where no file is young
    return folder


def test_a_clock_that_was_set_back_takes_nothing_off_the_site(by_its_clock: Path):
    before = tree(built(by_its_clock, TIME=NIGHT))
    done = run(by_its_clock, "generator", "build", TIME=EVENING)
    assert (done.returncode, "2026-07-02 would go off the site" in done.stderr) == (2, True)
    assert tree(by_its_clock / "site") == before
    site = built(by_its_clock, "generator", "build", "--now", EVENING, TIME=EVENING)
    assert not (site / "editions/2026-07-02/index.html").exists(), "who says what time it is is believed"


def test_after_a_look_ahead_the_site_can_be_built_as_it_is_today(by_its_clock: Path):
    built(by_its_clock, "generator", "build", "--now", NIGHT, TIME=EVENING)
    assert not (built(by_its_clock, TIME=EVENING) / "editions/2026-07-02/index.html").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked")
@pytest.mark.parametrize("is_there", [["site"], []], ids=["a site", "no site yet"])
@pytest.mark.parametrize("door", ["generator", "mkdocs"])
def test_a_build_that_waits_for_another_one_takes_in_what_came_meanwhile(
    tmp_path: Path, door: str, is_there: list[str]
):
    folder = small_in(tmp_path / "newsletter")
    story = folder / STORY
    for name in is_there:
        (folder / name).mkdir()
    command = [sys.executable, "-m", door, "build"]
    with alone(folder.joinpath(*is_there), pytest.fail):
        building = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert any("another build" in line for line in building.stderr)
        story.write_text(story.read_text().replace("title: Meta", "title: Mota"))
    building.communicate()
    assert building.returncode == 0
    assert "Mota commits" in (folder / "site/stories/meta-coreweave/index.html").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked")
def test_who_has_locked_a_folder_from_the_start_does_not_wait_for_itself(tmp_path: Path):
    with alone_from_here(tmp_path, pytest.fail):
        with alone(tmp_path, pytest.fail), alone_from_here(tmp_path, pytest.fail):
            assert is_locked_for_another_process(tmp_path)
        assert is_locked_for_another_process(tmp_path)
    assert not is_locked_for_another_process(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked")
def test_who_waited_for_a_folder_that_is_another_one_by_now_waits_for_that_one(tmp_path: Path):
    """Before the first build there is none, and another may take its place at any time."""
    folder, told = tmp_path / "site", []

    def wait() -> None:
        told.append("")
        folder.mkdir()
        other.close()

    with ExitStack() as other:
        other.enter_context(alone(tmp_path, pytest.fail))
        with alone_from_here(folder, wait):
            assert (is_locked_for_another_process(folder), is_locked_for_another_process(tmp_path)) == (True, False)
    assert len(told) == 1


def is_locked_for_another_process(folder: Path) -> bool:
    lines = ("from pathlib import Path", "from generator.files import alone")
    code = "\n".join((*lines, f"with alone(Path({str(folder)!r}), lambda: exit(7)): pass"))
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 7


def test_a_cache_that_a_disk_has_damaged_keeps_no_site_from_being_built(tmp_path: Path):
    """Of a story only what is listed is read at once; the damage is met when pages are already being made."""
    root, news = small_in(tmp_path / "news"), "content/newsletter.yml"
    text, tries = (root / news).read_text(), 0
    while not (kept := [*root.glob(".cache/citewire/stories/*")]):  # what is a second old is not kept yet
        tries += 1
        (root / news).write_text(f"{text}\n# {tries}\n")
        built(root, "generator", "build")
    for file in kept:
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    (root / news).write_text(re.sub(r"^name: .*$", "name: Another Name", text, flags=re.MULTILINE))
    done = run(root, "generator", "build")
    assert (done.returncode, "damaged" in done.stderr) == (0, False)
    shutil.copytree(root, tmp_path / "anew", ignore=shutil.ignore_patterns("site", ".cache"))
    assert tree(root / "site") == tree(built(tmp_path / "anew", "generator", "build"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_in_the_cache_keeps_no_build_waiting(tmp_path: Path):
    root = sample_in(tmp_path / "news")
    whole, story = tree(built(root)), root / "content/stories/2026/meta-coreweave-21bn.yml"
    files = [file for file in root.glob(".cache/**/*") if file.is_file()]
    assert {file.relative_to(root / ".cache/citewire").parts[0] for file in files} >= {"cards", "search"}
    for file in (*files, root / ".cache/citewire/temporary/citewire-0"):
        file.unlink(missing_ok=True)
        os.mkfifo(file)
    story.write_bytes(story.read_bytes() + b"# looked at again\n")
    command = [sys.executable, "-m", "generator", "build"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(root / "site") == whole


def test_what_killed_builds_had_begun_to_write_leaves_the_cache(tmp_path: Path):
    root = small_in(tmp_path / "news")
    built(root)
    cache = root / ".cache/citewire"
    left = [cache / "judged.json.4711", cache / "published/abc.msgpack.4712"]
    of_now = cache / "published/def.msgpack.4713"
    for file in (*left, of_now):
        file.write_bytes(b"half")
    for file in left:
        os.utime(file, (0, time.time() - 7200))
    (root / STORY).write_bytes((root / STORY).read_bytes() + b"# looked at again\n")
    built(root)
    assert [file.exists() for file in (*left, of_now)] == [False, False, True]


def test_a_site_whose_folder_is_a_link_to_itself_is_told_in_words(tmp_path: Path):
    root = small_in(tmp_path / "news")
    (root / "site").symlink_to("site")
    done = run(root, "generator", "build")
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert "site: a file, or a link that leads nowhere, stands in the way: move it away" in done.stderr
