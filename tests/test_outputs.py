"""`outputs` in mkdocs.yml: what is made beside pages and feeds."""

from __future__ import annotations

import pytest

from generator import outputs
from generator.outputs import chosen
from generator.project import ConfigError
from tests.make import page, site, story


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch):
    """A machine on which only Citewire itself is installed."""
    monkeypatch.setattr(outputs, "find_spec", lambda name: None)


def test_what_is_installed_is_made_unless_it_is_switched_off(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(outputs, "find_spec", lambda name: name)
    assert chosen({}) == {"search", "cards"}
    assert chosen({"search": False}) == {"cards"}
    assert chosen({"search": False, "cards": False}) == set()


@pytest.mark.usefixtures("bare")
def test_what_is_not_installed_is_left_out_unless_it_is_asked_for():
    assert chosen({}) == set()
    with pytest.raises(ConfigError, match=r'pip install "citewire\[search\]"'):
        chosen({"search": True})


def test_all_that_cannot_be_is_said_at_once():
    with pytest.raises(ConfigError) as caught:
        chosen({"serach": True, "cards": "yes"})
    assert "`outputs: serach`" in str(caught.value)
    assert "`outputs: cards` to `yes`" in str(caught.value)


def test_a_site_without_search_has_no_page_for_it():
    with pytest.raises(KeyError):
        page(site(story()), "search/")
