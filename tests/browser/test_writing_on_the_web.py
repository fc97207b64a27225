"""The desk in a browser: a story is written without a terminal, and the file is what an editor would have written."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import yaml
from playwright.sync_api import Browser, Page

from generator.webdesk.settings import HOSTS
from tests.browser.conftest import ROOT, serving
from tests.folders import citewire, free_port, sample_in
from tests.make import configure

BUNDLE = ROOT / ".cache/desk"
SERVER = "node_modules/decap-server/dist/index.js"
NODE = shutil.which("node")
STORY = "content/stories/2026/meta-coreweave-21bn.yml"
pytestmark = pytest.mark.skipif(
    not NODE or not (BUNDLE / SERVER).is_file(), reason="the web desk has not been fetched: make desk-files"
)


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its desk, built."""
    root = sample_in(tmp_path_factory.mktemp("desk"))
    (root / ".cache").mkdir()
    (root / ".cache/desk").symlink_to(BUNDLE)
    configure(root, desk={"backend": "local", "port": free_port()})
    subprocess.run([sys.executable, "-m", "generator", "build"], cwd=root, check=True)
    return root


@pytest.fixture(scope="module")
def backend(newsletter: Path) -> Iterator[None]:
    """The program that writes into the folder, as `make desk` runs it."""
    port = (
        json.loads((newsletter / "site/desk/config.json").read_text())["backend"]["proxy_url"]
        .split(":")[2]
        .split("/")[0]
    )
    given = {"PORT": port, "BIND_HOST": "127.0.0.1", "MODE": "fs", "GIT_REPO_DIRECTORY": str(newsletter)}
    server = subprocess.Popen(
        [NODE, "--require", str(HOSTS), str(BUNDLE / SERVER)],
        env={**os.environ, **given},
        cwd=newsletter,
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(port))) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def desk(newsletter: Path, backend: None, browser: Browser) -> Iterator[Page]:
    """The desk, signed in, with the addresses that it asked for."""
    with serving(newsletter / "site") as site:
        page = browser.new_page(viewport={"width": 1280, "height": 1000}, timezone_id="America/New_York")
        page.set_default_timeout(20_000)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{site}desk/")
        page.get_by_role("button", name="Login").click()
        page.get_by_text("Collections").wait_for()
        yield page
        page.close()


def choose(page: Page, field: str, option: str) -> None:
    page.locator(f"input[id^='{field}-field']").last.click()
    page.get_by_text(option, exact=True).last.click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Publish now", exact=True).click()
    page.get_by_text("CHANGES SAVED").wait_for()


def test_a_story_with_a_citation_is_written_without_a_terminal(newsletter: Path, desk: Page):
    desk.get_by_role("link", name="Story").click()
    desk.locator("input[id^='title-field']").first.fill("Chips are booked until 2032")
    desk.locator("input[id^='dek-field']").fill("What is known of the contract.")
    choose(desk, "section", "Big Tech")
    desk.locator("input[type='datetime-local']").first.fill("2026-04-12T08:00")
    desk.locator("textarea[id^='body-field']").fill("The deal runs to December 2032. [@hubkub]")
    desk.get_by_role("button", name="Add citations").click()
    desk.locator("input[id^='id-field']").first.fill("hubkub")
    desk.locator("input[id^='url-field']").fill("https://hubkub.com/chips")
    desk.locator("input[id^='title-field']").last.fill("Chips: booked")
    choose(desk, "publisher", "Hubkub")
    save(desk)
    text = (newsletter / "content/stories/2026/chips-are-booked-until-2032.yml").read_text()
    assert text.startswith(
        "# yaml-language-server: $schema=../../.schemas/story.json\ntitle: Chips are booked until 2032\n"
    )
    assert yaml.load(text, yaml.BaseLoader) == {
        "title": "Chips are booked until 2032",
        "dek": "What is known of the contract.",
        "section": "big-tech",
        "published": "2026-04-12T08:00:00-04:00",
        "body": "The deal runs to December 2032. [@hubkub]",
        "draft": "true",
        "citations": {"hubkub": {"url": "https://hubkub.com/chips", "title": "Chips: booked", "publisher": "hubkub"}},
    }
    checked = citewire(newsletter, "check")
    assert checked.returncode == 0, checked.stderr
    assert [line for line in checked.stderr.splitlines() if "chips-are-booked" in line and "error" in line] == []


def test_a_story_that_is_edited_keeps_all_else(newsletter: Path, desk: Page):
    before = yaml.load((newsletter / STORY).read_text(), yaml.BaseLoader)
    desk.get_by_role("link", name="Meta commits another $21 billion").click()
    title = desk.locator("input[id^='title-field']").first
    title.fill(f"{title.input_value()} again")
    save(desk)
    after = yaml.load((newsletter / STORY).read_text(), yaml.BaseLoader)
    assert after.pop("title") == f"{before.pop('title')} again"
    assert _stripped(after) == _stripped(before)


def _stripped(value: object) -> object:
    """A value as the loader takes it: blanks at the ends of texts do not count."""
    if isinstance(value, dict):
        return {key: _stripped(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_stripped(entry) for entry in value]
    return value.strip() if isinstance(value, str) else value


def test_the_desk_asks_no_other_host(desk: Page):
    desk.get_by_role("link", name="Story").click()
    desk.locator("input[id^='title-field']").first.wait_for()
    hosts = {url.split("/")[2].split(":")[0] for url in desk.asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1", "localhost"}


def test_the_format_keeps_every_file_of_the_sample_as_it_is(newsletter: Path):
    files = sorted((newsletter / "content/stories").rglob("*.yml")) + sorted(
        (newsletter / "content/editions").glob("*.yml")
    )
    files += [newsletter / f"content/{name}.yml" for name in ("publishers", "entities", "topics")]
    files = [file for file in files if "chips-are-booked" not in file.name]
    given = [
        ROOT / "tests/browser/desk_format.js",
        newsletter / "site/desk/js-yaml.min.js",
        newsletter / "site/desk/config.json",
    ]
    done = subprocess.run([NODE, *map(str, (*given, *files))], capture_output=True, text=True, check=True)
    for file, line in zip(files, done.stdout.splitlines(), strict=True):
        written = yaml.load(json.loads(line)["written"], yaml.BaseLoader)
        assert _stripped(written) == _stripped(yaml.load(file.read_text(), yaml.BaseLoader)), file.name


@pytest.mark.usefixtures("backend")
def test_a_page_of_strangers_that_calls_itself_this_machine_reads_and_writes_nothing(newsletter: Path):
    port = json.loads((newsletter / "site/desk/config.json").read_text())["backend"]["proxy_url"].split(":")[2]
    address = f"http://127.0.0.1:{port.partition('/')[0]}/api/v1"
    asked = json.dumps({"action": "info"}).encode()
    for host, code in (("evil.example:8081", 403), ("localhost", 200), ("127.0.0.1:8081", 200)):
        request = Request(address, asked, {"Host": host, "Content-Type": "application/json"})
        try:
            with urlopen(request) as answer:
                found = answer.status
        except HTTPError as error:
            found = error.code
        assert found == code, host
