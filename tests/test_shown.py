"""What a server shows ahead of a build, and which browsers are told to load their page again."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.host.overlay import SCRIPT
from generator.host.shown import Shown

PAGE, OTHER = "stories/one/index.html", "stories/two/index.html"


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    for path in (PAGE, OTHER):
        write(tmp_path, path, b"old")
    return Shown(tmp_path)


def write(root: Path, path: str, data: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)


def test_a_page_is_shown_ahead_until_a_build_has_it(shown: Shown):
    shown.show({PAGE: b"new"}, b"", save=1, moment=10)
    assert shown.ahead(PAGE) == b"new"
    assert shown.ahead(OTHER) is None
    write(shown.root, PAGE, b"new")
    shown.built(1, [PAGE], moment=20)
    assert shown.ahead(PAGE) is None


def test_a_build_that_began_before_a_save_does_not_take_its_page_away(shown: Shown):
    shown.show({PAGE: b"first", OTHER: b"first"}, b"", save=1, moment=10)
    shown.show({PAGE: b"second"}, b"", save=2, moment=20)
    for path in (PAGE, OTHER):
        write(shown.root, path, b"first")
    shown.built(1, [PAGE, OTHER], moment=30)
    assert shown.ahead(PAGE) == b"second"
    assert shown.ahead(OTHER) is None
    assert shown.news(PAGE) == 20, "what the browser shows is newer than what was built"


def test_a_page_that_was_shown_ahead_is_not_loaded_again_when_it_has_been_built(shown: Shown):
    shown.show({PAGE: b"new"}, b"", save=1, moment=10)
    write(shown.root, PAGE, b"new")
    shown.built(1, [PAGE, OTHER], moment=20)
    assert (shown.news(PAGE), shown.news(OTHER)) == (10, 20)


def test_a_page_is_loaded_again_where_the_build_made_another_one(shown: Shown):
    shown.show({PAGE: b"new"}, b"", save=1, moment=10)
    write(shown.root, PAGE, b"newer")
    shown.built(1, [PAGE], moment=20)
    assert shown.news(PAGE) == 20


def test_a_page_is_loaded_again_where_the_build_left_the_old_one(shown: Shown):
    shown.show({PAGE: b"new"}, b"", save=1, moment=10)
    shown.built(1, [], moment=20)
    assert shown.news(PAGE) == 20


def test_a_page_of_which_nothing_changed_is_not_loaded_again(shown: Shown):
    shown.show({PAGE: b"old"}, b"", save=1, moment=10)
    shown.built(1, ["rss.xml"], moment=20)
    assert shown.news(PAGE) == shown.news(OTHER) == 0


def test_a_style_sheet_or_a_picture_is_news_to_every_page(shown: Shown):
    shown.built(1, ["assets/citewire/citewire.css"], moment=10)
    assert shown.news(PAGE) == 10
    shown.built(2, ["images/one.png"], moment=20)
    assert shown.news(OTHER) == 20


def test_problems_are_news_to_every_page_when_they_come_and_when_they_go(shown: Shown):
    shown.show({}, b"problems", save=1, moment=10)
    assert shown.ahead(SCRIPT) == b"problems"
    assert shown.news(OTHER) == 10
    write(shown.root, SCRIPT, b"problems")
    shown.built(1, [], moment=20)
    assert shown.ahead(SCRIPT) is None
    assert shown.news(OTHER) == 10, "the build says the same"
    shown.show({PAGE: b"new"}, b"", save=2, moment=30)
    assert shown.ahead(SCRIPT) == b""
    assert shown.news(OTHER) == 30


def test_the_page_of_the_search_is_news_when_its_index_is(shown: Shown):
    shown.built(1, ["search/2026/pagefind.js"], moment=10)
    assert shown.news("search/index.html") == 10
    assert shown.news(PAGE) == 0


def test_a_browser_that_does_not_say_which_page_it_shows_is_told_of_all(shown: Shown):
    shown.built(1, [OTHER], moment=10)
    assert shown.news(None) == 10


def test_a_page_that_was_shown_ahead_stays_when_a_later_mistake_stops_the_build(shown: Shown):
    shown.show({PAGE: b"new"}, b"", save=1, moment=10)
    write(shown.root, SCRIPT, b"problems")
    shown.refused(20, are_alone=False)
    assert shown.ahead(PAGE) == b"new"
    assert shown.news(PAGE) == 20


def test_problems_that_stand_alone_are_news_to_every_page(shown: Shown):
    shown.refused(10, are_alone=True)
    assert shown.news(OTHER) == 10
