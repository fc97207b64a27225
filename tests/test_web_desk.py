"""The web desk without a browser: what switches it on, what it is told, and what is said where it cannot be."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from generator.load.schema import schemas
from generator.model.library import Library
from generator.pipeline import judge
from generator.project import Project
from generator.settings import SettingsError
from generator.webdesk.config import config
from generator.webdesk.fields import fields_of
from generator.webdesk.settings import BACKENDS, DeskSettings, desk_settings
from tests.folders import citewire_here as citewire
from tests.make import ROOT, configure
from tests.test_cases import laid_over


@pytest.fixture(scope="module")
def library() -> Library:
    return judge(Project(ROOT, ROOT / "content"))[0]


def form(library: Library, name: str) -> dict[str, dict]:
    """The fields of a collection by name."""
    described = {name: write() for name, write in schemas(library, library.stories).items()}
    told = config(DeskSettings("local"), described, "content", "https://x.example/")
    found = next(collection for collection in told["collections"] if collection["name"] == name)
    return {field["name"]: field for field in found["fields"]}


def test_there_is_no_desk_unless_the_configuration_asks_for_one(tmp_path: Path):
    root = laid_over("_sound", tmp_path)
    assert citewire(root, "build").returncode == 0
    assert not (root / "site/desk").exists()


def test_a_desk_that_was_not_fetched_says_how_to_fetch_it(tmp_path: Path):
    root = laid_over("_sound", tmp_path)
    configure(root, desk={"backend": "local"})
    done = citewire(root, "build")
    assert done.returncode != 0
    assert "make desk-files" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()
    assert citewire(root, "check").returncode == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"backend": "ftp"}, "`desk.backend` is `ftp`; it can be local, github"),
        ({}, "`desk.backend` is missing; it can be local"),
        ({"backend": "github"}, "`desk.repo` is missing"),
        ({"backend": "local", "token": "x"}, "`desk.token` is not a setting"),
        (
            {"backend": "gitlab", "repo": "a/b", "auth": "javascript:x"},
            "`desk.auth` is `javascript:x`, which is not an address of the web",
        ),
        ({"backend": "local", "port": "many"}, "`desk.port` is `many`; it must be a whole number from 1 to 65535"),
        ({"backend": "local", "branch": 7}, "`desk.branch` is not a text"),
    ],
)
def test_settings_that_cannot_be_are_named(given: dict[str, object], said: str):
    with pytest.raises(SettingsError, match=re.escape(said)):
        desk_settings(given)


def test_a_wrong_setting_is_a_wrong_configuration(tmp_path: Path):
    root = laid_over("_sound", tmp_path)
    configure(root, desk={"backend": "ftp"})
    done = citewire(root, "check")
    assert done.returncode == 2
    assert "`desk.backend` is `ftp`" in done.stderr


def test_a_backend_is_told_what_it_needs_and_no_more():
    given = {"backend": "github", "repo": "a/b", "branch": "live", "auth": "https://auth.example"}
    assert desk_settings(given).decap == {
        "name": "github",
        "branch": "live",
        "repo": "a/b",
        "base_url": "https://auth.example",
    }


def test_the_form_of_a_story_offers_the_ids_of_this_newsletter(library: Library):
    fields = form(library, "stories")
    assert [option["value"] for option in fields["section"]["options"]] == list(library.newsletter.sections)
    assert {option["value"] for option in fields["mentions"]["options"]} == set(library.entities)
    sources = {field["name"]: field for field in fields["citations"]["fields"]}
    assert {option["value"] for option in sources["publisher"]["options"]} == set(library.publishers)
    assert next(iter(sources)) == "id"
    assert fields["draft"]["default"] is True
    assert fields["body"]["widget"] == "text"


def test_every_field_of_a_story_that_a_form_can_have_is_in_it(library: Library):
    schema = json.loads(schemas(library, ())["story"]())
    missing = set(schema["properties"]) - {field["name"] for field in fields_of(schema)}
    assert missing == {"trace"}  # a mapping or a list of them: kept as it is


def test_a_field_that_a_file_may_lack_asks_for_nothing(library: Library):
    for name in ("stories", "editions"):
        for field in form(library, name).values():
            if field["widget"] == "object" and not field["required"]:
                assert not any(inside["required"] for inside in field["fields"]), field["name"]
            if field["widget"] == "datetime" and not field["required"]:
                assert field["default"] == ""


def test_the_newsletter_of_init_fetches_the_same_desk():
    mine, seeds = (p.read_text() for p in (ROOT / "Makefile", ROOT / "generator/starter/seed/Makefile"))
    versions = re.findall(r"(?:decap-cms|decap-server|js-yaml)@[\d.]+", mine)
    assert len(versions) == 3
    assert versions == re.findall(r"(?:decap-cms|decap-server|js-yaml)@[\d.]+", seeds)
    page = (ROOT / "docs/desk-web.md").read_text()
    assert all(version in page for version in versions)


def test_the_example_of_the_settings_can_be_used():
    page = (ROOT / "docs/desk-web.md").read_text()
    block = yaml.safe_load(re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1])
    assert desk_settings(block["plugins"][0]["citewire"]["desk"]).repo == "owner/newsletter"


def test_every_backend_is_documented():
    page = (ROOT / "docs/desk-web.md").read_text()
    assert [name for name in BACKENDS if f"`{name}`" not in page] == []
