"""Which file of a picture a real browser loads, and whether it promises the width at which it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.browser.conftest import serving
from tests.folders import citewire
from tests.test_pictures import newsletter, photo

pytestmark = pytest.mark.skipif(find_spec("PIL") is None, reason="no Pillow")
STORY, EDITION, TOPIC, FRONT = "stories/meta-coreweave/", "editions/2026-04-09/", "topics/ai-compute/", ""
PAGES = (STORY, EDITION, TOPIC, FRONT)


def served(folder: Path, *size: int) -> AbstractContextManager[str]:
    """The address of a newsletter whose story shows a photograph of this size."""
    root = newsletter(folder / "news", photo(*size), "a.jpg", quality=95)
    done = citewire(root, "build")
    assert done.returncode == 0, done.stderr
    return serving(root / "site")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("pictures"), 3000, 2000) as found:
        yield found


def loaded(browser, address: str, width: int, dots: float) -> tuple[str, list[str]]:
    """The picture that is shown in a window so wide, with so many pixels to a point, and all that were loaded."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 780}, device_scale_factor=dots)
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url) if "a.jpg" in request.url else None)
    page.goto(STORY)
    page.wait_for_function("document.querySelector('main img').complete")
    shown = page.locator("main img").evaluate("image => image.currentSrc")
    context.close()
    return shown.removeprefix(address), [url.removeprefix(address) for url in asked]


@pytest.mark.parametrize(
    ("width", "dots", "file"), [(360, 2, 640), (360, 3, 960), (430, 3, 1280), (1280, 1, 960), (1280, 2, 1600)]
)
def test_a_phone_loads_the_small_file_and_a_desktop_the_large_one(
    address: str, browser, width: int, dots: float, file: int
):
    name = f"images/{file}/a.jpg.webp"
    assert loaded(browser, address, width, dots) == (name, [name])


@pytest.mark.parametrize("width", [320, 360, 600, 800, 959, 960, 1024, 1280, 1920])
def test_the_width_that_a_page_promises_of_a_picture_is_that_at_which_it_is_shown(address: str, browser, width: int):
    page = browser.new_page(viewport={"width": width, "height": 2000})
    for path in PAGES:
        page.goto(address + path)
        image = page.locator("main img").first
        image.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('main img').complete")
        promised = image.evaluate("image => image.naturalWidth")  # a file's width by the density that it was taken for
        is_shown = image.bounding_box()["width"]
        assert promised == pytest.approx(is_shown, rel=0.03), path
    page.close()


@pytest.fixture(scope="module")
def tall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("tall"), 1600, 4800) as found:
        yield found


@pytest.mark.parametrize(("width", "dots", "file"), [(390, 2, 640), (390, 3, 960), (1280, 1, 640), (1280, 2, 640)])
def test_a_tall_picture_is_loaded_as_wide_as_it_is_drawn_which_is_no_higher_than_the_screen(
    tall: str, browser, width: int, dots: float, file: int
):
    name = f"images/{file}/a.jpg.webp"
    assert loaded(browser, tall, width, dots) == (name, [name])


def test_words_below_a_picture_do_not_jump_when_it_comes(address: str, browser):
    page, held = browser.new_page(viewport={"width": 360, "height": 780}), []

    def hold(route) -> None:
        held.append(route)

    page.route("**/a.jpg*", hold)
    page.goto(address + STORY, wait_until="commit")
    page.wait_for_selector("main .picture figcaption")
    before = page.locator("main .picture figcaption").bounding_box()["y"]
    for route in held:
        route.continue_()
    page.wait_for_function("document.querySelector('main img').complete")
    assert page.locator("main .picture figcaption").bounding_box()["y"] == pytest.approx(before, abs=1)
    assert held
    page.close()
