"""The chrome: what the theme renders once a kind and we fill is what it would have rendered for each page."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.dress import Here, Slot, fill
from generator.host import press
from generator.host.chrome import Theme
from generator.model.artifacts import Page, PageArtifact
from generator.production import Host
from generator.render.site import maker_of, render
from tests.folders import sample_in

ROOT = Path(__file__).parent.parent


@pytest.fixture
def captured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict:
    """What a build of the sample hands from the host to the pipeline."""
    sample_in(tmp_path)
    found: dict = {}
    recipe_of, chromes = press.recipe_of, Theme.chromes

    def keep_theme(theme: Theme, nav: object):
        found.update(theme=theme, nav=nav)
        return chromes(theme, nav)

    def keep_host(site, library, project, host: Host):
        found.update(site=site, project=project, host=host)
        return recipe_of(site, library, project, host)

    monkeypatch.setattr(Theme, "chromes", keep_theme)
    monkeypatch.setattr(press, "recipe_of", keep_host)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    build(load_config(str(tmp_path / "mkdocs.yml")))
    return found


def test_a_filled_page_is_the_themes_own_rendering_byte_for_byte(captured: dict):
    theme, nav, project = captured["theme"], captured["nav"], captured["project"]
    pages = [p for p in render(maker_of(captured["site"]), project.content / "images") if isinstance(p, PageArtifact)]
    assert {page.kind for page in pages} == {
        "front",
        "edition",
        "story",
        "section",
        "publisher",
        "river",
        "archive",
        "subscribe",
        *({"search"} if find_spec("pagefind_bin") else ()),
    }
    for page in pages:
        made, depth = page.make(), page.path.count("/")
        values = {
            Slot.TITLE: made.title,
            Slot.DESCRIPTION: made.description,
            Slot.CANONICAL: made.canonical,
            Slot.HEAD: made.head,
            Slot.BODY: made.body,
            Slot.FOLIO: made.folio,
        }

        def here(path: str, made: Page = made) -> str:
            return Here(path).filled(made)

        filled = fill(captured["host"].chrome_of(page.kind, depth), made)
        assert filled.decode() == theme.render(nav, page.kind, depth, values, here), page.path


def test_each_chrome_is_rendered_once(captured: dict, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Theme, "render", lambda *_: pytest.fail("rendered again"))
    assert captured["host"].chrome_of("story", 2)


def test_scripts_of_the_theme_that_no_page_loads_are_left_out(captured: dict):
    assert not [name for name in captured["host"].files if name.startswith("assets/javascripts/")]


def test_the_hosts_own_map_of_the_site_is_left_out(captured: dict):
    assert not {"sitemap.xml", "sitemap.xml.gz"} & captured["host"].files.keys()


@pytest.mark.parametrize("value", ["abc", "", "-1", "9" * 12])
def test_mkdocs_says_in_words_that_a_time_cannot_be_pinned(tmp_path: Path, value: str):
    sample_in(tmp_path)
    environment = os.environ | {"SOURCE_DATE_EPOCH": value, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    told = f"SOURCE_DATE_EPOCH is `{value}`: write whole seconds since 1970, as 1775904000, or unset it"
    assert done.stderr.strip().endswith(told)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()
