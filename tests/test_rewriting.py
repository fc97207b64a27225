"""Files that change together: all of them, or none, whatever comes between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from generator.desk import rewriting as module
from generator.desk.files import DeskError
from generator.desk.rewriting import Rewriting


class CutOffError(Exception):
    """What comes between."""


@pytest.fixture
def made(tmp_path: Path) -> Rewriting:
    """One file is new, two change, and one goes, which is named first."""
    new, one, two, gone = (tmp_path / name for name in ("new.yml", "one.yml", "two.yml", "gone.yml"))
    before: dict[Path, str | None] = {gone: "gone\r\n", new: None, one: "one", two: "two"}
    for path, text in before.items():
        if text is not None:
            path.write_bytes(text.encode())
    return Rewriting({gone: None, new: "new", one: "one, now", two: "two, now"}, before)


def held(made: Rewriting) -> dict[Path, str | None]:
    return {path: path.read_bytes().decode() if path.exists() else None for path in made.before}


def cut_off(made: Rewriting, meanwhile: Callable[[], object] = lambda: None) -> list[Sequence[Path]]:
    """What is told when something comes between."""
    told: list[Sequence[Path]] = []

    def interrupted() -> None:
        meanwhile()
        raise CutOffError

    with pytest.raises(CutOffError), made.done(told.append):
        interrupted()
    return told


def test_all_is_written_in_order_and_what_goes_is_deleted_last(made: Rewriting, monkeypatch: pytest.MonkeyPatch):
    done: list[str] = []
    written, unlink = module.write_changed, Path.unlink
    monkeypatch.setattr(module, "write_changed", lambda path, data: (done.append(path.stem), written(path, data))[1])
    monkeypatch.setattr(Path, "unlink", lambda path: (done.append(f"-{path.stem}"), unlink(path))[1])
    told: list[Sequence[Path]] = []
    with made.done(told.append):
        assert held(made) == made.after
    assert (done, told, held(made)) == (["new", "one", "two", "-gone"], [], made.after)
    assert [path.stem for path in made.files] == ["new", "one", "two"]


@pytest.mark.parametrize("refused", ["new.yml", "one.yml", "two.yml", "gone.yml"])
def test_where_the_disk_refuses_the_files_are_what_they_were(made: Rewriting, refused: str, monkeypatch):
    put, told = module._put, list[Sequence[Path]]()

    def full(path: Path, text: str | None) -> None:
        if path.name == refused and text == made.after[path]:
            raise OSError(28, "No space left on device", str(path))
        put(path, text)

    monkeypatch.setattr(module, "_put", full)
    with pytest.raises(OSError, match="No space left"), made.done(told.append):
        pass
    assert (held(made), told) == (made.before, [[]])


def test_where_what_follows_fails_the_files_are_what_they_were(made: Rewriting):
    assert cut_off(made) == [[]]
    assert held(made) == made.before


def test_what_somebody_else_wrote_meanwhile_stays(made: Rewriting):
    gone, new, one, two = made.after
    assert cut_off(made, lambda: [path.write_text("mine") for path in (gone, new, one)]) == [[]]
    assert held(made) == {gone: "mine", new: "mine", one: "mine", two: "two"}


def test_a_file_that_somebody_took_away_meanwhile_is_named(made: Rewriting):
    *_, one, two = made.after
    assert cut_off(made, one.unlink) == [[one]]
    assert two.read_text() == "two"


def test_nothing_new_is_taken_away_as_long_as_what_went_cannot_be_put_back(made: Rewriting, monkeypatch):
    gone, new, one, _ = made.after
    put = module._put

    def stuck(path: Path, text: str | None) -> None:
        if path == gone and text is not None:
            raise OSError(28, "No space left on device", str(path))
        put(path, text)

    monkeypatch.setattr(module, "_put", stuck)
    assert cut_off(made) == [[gone, new]]
    assert (gone.exists(), new.read_text(), one.read_text()) == (False, "new", "one")


@pytest.mark.parametrize("name", ["new.yml", "one.yml", "gone.yml"])
def test_nothing_is_written_where_a_file_is_not_what_it_was_when_it_was_read(made: Rewriting, name: str):
    (path,) = (path for path in made.after if path.name == name)
    path.write_text("mine")
    with pytest.raises(DeskError, match="was changed meanwhile"), made.done(lambda lost: None):
        pass
    assert held(made) == {**made.before, path: "mine"}
