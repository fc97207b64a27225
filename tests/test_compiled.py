"""Templates are compiled once, and what is kept of them holds nothing of a newsletter."""

from __future__ import annotations

import shutil
from pathlib import Path

import jinja2
import pytest
from jinja2.defaults import DEFAULT_FILTERS
from msgspec.structs import replace

from generator.typeset import compiled
from generator.typeset.templates import Templates, templates
from tests.make import site, story

FOLDER = compiled.PACKAGE / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*ml"))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that counts as the package's, and a process that has compiled nothing yet."""
    monkeypatch.setattr(compiled, "PACKAGE", tmp_path)
    monkeypatch.setattr(compiled, "_of_this_process", {})
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return tmp_path


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    real = jinja2.Environment.compile

    def compiles(*given, **more):
        found.append(given[2])
        return real(*given, **more)

    monkeypatch.setattr(jinja2.Environment, "compile", compiles)
    return found


def made(**words: str) -> Templates:
    of = site(story("one"))
    return templates(replace(of, newsletter=replace(of.newsletter, messages=words)))


def loaded(folder: Path, text: str = "{{ 1 + 1 }}") -> str:
    (folder / "a.html").write_text(text)
    environment = made().environment
    environment.loader = jinja2.FileSystemLoader(folder)
    return environment.get_template("a.html").render()


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_is_compiled_is_the_same_for_every_newsletter(name: str):
    """Jinja works out what is constant while it compiles: a filter on a constant would put our words into the code."""
    one, other = made().environment, made(months=" ".join("abcdefghijkl")).environment
    ours = other.filters.keys() - DEFAULT_FILTERS.keys()
    other.filters |= {key: (lambda *_, key=key: f"another {key}") for key in ours}
    source = (FOLDER / name).read_text()
    assert one.compile(source, name, raw=True) == other.compile(source, name, raw=True)


def test_a_process_compiles_a_template_once(package: Path, compilations: list[str]):
    assert [loaded(package), loaded(package)] == ["2", "2"]
    assert compilations == ["a.html"]


def test_the_next_process_finds_it_beside_the_template(package: Path, compilations: list[str]):
    loaded(package)
    compiled._of_this_process.clear()
    assert loaded(package) == "2"
    assert compilations == ["a.html"]


def test_another_text_is_compiled_anew_and_damage_is_passed_over(package: Path, compilations: list[str]):
    loaded(package)
    assert loaded(package, "{{ 2 + 1 }}") == "3"
    compiled._of_this_process.clear()
    (kept,) = (package / "__pycache__").iterdir()
    kept.write_bytes(kept.read_bytes()[:-5])
    assert loaded(package, "{{ 2 + 1 }}") == "3"
    assert len(compilations) == 3


def test_a_template_of_the_newsletter_is_kept_in_no_file(package: Path, tmp_path_factory: pytest.TempPathFactory):
    own = tmp_path_factory.mktemp("own")
    loaded(own)
    assert [path.name for path in own.iterdir()] == ["a.html"]


def test_a_package_that_nobody_may_write_is_no_misfortune(package: Path):
    (package / "__pycache__").write_text("a file where the folder would be")
    assert loaded(package) == "2"
    shutil.rmtree(package, ignore_errors=True)
