"""Comments, with a real Isso server: a reader opens them, writes one, and sees the count change."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

import pytest

from generator.desk.comments import count
from generator.web.reader import Reader
from tests.browser.conftest import serving
from tests.folders import free_port, sample_in
from tests.loopback import is_loopback
from tests.make import configure

pytestmark = pytest.mark.skipif(find_spec("isso") is None, reason="no comment server: make .venv/.comments")

ROOT = Path(__file__).parent.parent.parent
EDITION = "editions/2026-07-02/"
SECONDS = 20


def wait_for(address: str) -> None:
    """Until somebody listens there, for a bounded time."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            urlopen(address, timeout=1).close()
        except OSError as error:
            if hasattr(error, "code"):
                return
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"nobody answers at {address}")


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The sample with comments, and the server that keeps them: the addresses of both."""
    folder = sample_in(tmp_path_factory.mktemp("comments"))
    isso = f"http://127.0.0.1:{free_port()}/"
    configure(folder, comments={"isso": isso})
    subprocess.run([sys.executable, "-m", "generator", "build", "-f", str(folder / "mkdocs.yml")], cwd=ROOT, check=True)
    with serving(folder / "site") as site:
        settings = f"[general]\ndbpath = {folder}/comments.sqlite\nhost = {site}\n[server]\nlisten = {isso}\n"
        settings += "[guard]\nreply-to-self = true\nratelimit = 100\n"
        (folder / "isso.cfg").write_text(settings)
        run = [sys.executable, "-c", "from isso import main; main()", "-c", str(folder / "isso.cfg"), "run"]
        with (folder / "isso.log").open("w") as log:
            keeper = subprocess.Popen(run, stdout=log, stderr=log)
            try:
                wait_for(isso)
                yield site, isso
            finally:
                keeper.terminate()
                keeper.wait(SECONDS)


def test_a_reader_writes_a_comment_and_the_count_changes(newsletter, browser):
    site, isso = newsletter
    page = browser.new_context(base_url=site).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith(isso) else None)
    page.goto(EDITION)
    heading = page.locator(".comments summary h2")
    assert heading.inner_text() == "Comments (0)"
    page.wait_for_load_state("networkidle")
    assert asked == [], "nobody is asked before the comments are opened"
    heading.click()
    page.get_by_text("There are no comments yet.").wait_for()
    page.get_by_label("Your comment").fill("A second-hand market\n\n<b>for</b> compute?")
    page.get_by_label("Your name").fill("Ada <i>L.</i>")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Your comment has been published.").wait_for()
    assert heading.inner_text() == "Comments (1)"
    shown = page.locator(".comments li")
    assert "<b>for</b> compute?" in shown.inner_text(), "what others wrote is shown as text"
    assert shown.locator("b, i").count() == 0
    threads = {"2026-07-03": "2026-07-02", "2026-06-22": "2026-06-22"}  # the first was renamed since
    assert count(Reader("Citewire/test", admits=is_loopback), isso, threads) == {"2026-07-03": 1}


def test_comments_can_be_answered_with_the_keyboard_alone(newsletter, browser):
    site, _ = newsletter
    page = browser.new_context(base_url=site).new_page()
    page.goto("editions/2026-06-22/")
    page.locator(".comments summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Your comment").focus()
    page.keyboard.type("Who pays for the memory?")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Reply to Anonymous").press("Enter")
    page.keyboard.type("Nobody, yet.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Comments (2)").wait_for()
    assert page.locator(".comments li li").count() == 1


def test_a_server_that_is_gone_is_said_to_be_gone(newsletter, browser):
    site, isso = newsletter
    page = browser.new_context(base_url=site).new_page()
    page.route(f"{isso}**", lambda route: route.abort())
    page.goto(EDITION)
    page.locator(".comments summary").click()
    page.get_by_text("The comments cannot be read just now.").wait_for()


def test_without_javascript_the_page_says_what_comments_need(newsletter, browser):
    site, _ = newsletter
    page = browser.new_context(base_url=site, java_script_enabled=False).new_page()
    page.goto(EDITION)
    page.locator(".comments summary").click()
    assert page.get_by_text("Comments need JavaScript.").is_visible()
