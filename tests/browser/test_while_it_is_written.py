"""A browser beside the editor: what is saved is in it, once; mistakes lie over the page and go again."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.cache import YOUNG
from generator.host.overlay import script
from generator.model.problems import Problem
from tests.browser.conftest import ROOT
from tests.test_serve import Served

STORY = "content/stories/2026/meta-coreweave-21bn.yml"
PAGE = "stories/meta-coreweave-21bn/"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample, served while it is written."""
    root = tmp_path_factory.mktemp("written")
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    time.sleep(YOUNG / 1e9)
    served = Served(root)
    served.wait(PAGE, lambda text: "Meta commits another" in text)
    yield served
    served.close()


@pytest.fixture
def loads() -> list[str]:
    """The addresses of the pages that were loaded, one after the other."""
    return []


@pytest.fixture
def story(served: Served, browser: Browser, loads: list[str]) -> Iterator[Page]:
    """A tab with a story."""
    page = browser.new_page()
    page.goto(served.url + PAGE)
    page.on("load", lambda loaded: loads.append(loaded.url))
    yield page
    page.close()


def test_a_saved_story_is_in_the_browser_and_loaded_once(served: Served, story: Page, loads: list[str]):
    with served.no_build_ends():
        served.change("Meta commits another", "Meta now commits another", STORY)
        expect(story.locator("h1")).to_contain_text("Meta now commits another", timeout=20_000)
    served.wait("stories/", lambda text: "Meta now commits another" in text)
    story.wait_for_timeout(500)
    assert len(loads) == 1
    served.change("Meta now commits another", "Meta commits another", STORY)
    expect(story.locator("h1")).to_contain_text("Meta commits another", timeout=20_000)


def test_a_mistake_lies_over_the_page_and_goes_again(served: Served, story: Page):
    served.change("section: big-tech", "section: bigtech", STORY)
    alert = story.get_by_role("region", name="Problems")
    expect(alert).to_contain_text("there is no section `bigtech`", timeout=20_000)
    expect(alert).to_contain_text(f"{STORY}:3:10")
    expect(story.locator("h1")).to_contain_text("Meta commits another")
    served.change("section: bigtech", "section: big-tech", STORY)
    expect(alert).to_have_count(0, timeout=20_000)
    expect(story.locator("h1")).to_contain_text("Meta commits another")


def test_another_page_of_which_nothing_changed_is_left_alone(served: Served, browser: Browser, loads: list[str]):
    page = browser.new_page()
    page.goto(f"{served.url}about/")
    page.on("load", lambda loaded: loads.append(loaded.url))
    served.change("Meta commits another", "Meta then commits another", STORY)
    served.wait("stories/", lambda text: "Meta then commits another" in text)
    page.wait_for_timeout(500)
    assert loads == []
    page.close()


@pytest.mark.parametrize(("scheme", "ground"), [("dark", "rgb(18, 18, 18)"), ("light", "rgb(255, 255, 255)")])
def test_problems_lie_over_a_page_in_its_own_light_and_say_first_how_many(browser: Browser, scheme: str, ground: str):
    found = [Problem("x", "a.yml", f"mistake {number}", "Mend it.", line=number, column=1) for number in (1, 2)]
    page = browser.new_page()
    page.set_content(f"<html style='color-scheme: {scheme}'><body><h1>The day</h1></body></html>")
    page.add_script_tag(content=script(found).decode())
    box = page.get_by_role("region", name="Problems")
    expect(box).to_have_css("background-color", ground)
    expect(page.get_by_role("alert")).to_have_text("The content has 2 problems. You see the last sound page.")
    expect(box.get_by_role("listitem")).to_have_count(2)
    box.get_by_role("button", name="Hide").click()
    expect(box).to_have_count(0)
    page.close()
