"""A small newsletter and its whole site, kept side by side in tests/golden.

A change of a template shows here as a difference to be read. When it is meant: `make golden`, and read the difference.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.folders import citewire

GOLDEN = Path(__file__).parent / "golden"
KEPT = (".html", ".md", ".xml", ".json", ".txt")


def texts(site: Path) -> dict[str, str]:
    """What our templates and serialisers made; the theme's own files are not ours to hold."""
    files = (p for p in sorted(site.rglob("*")) if p.suffix in KEPT and "assets" not in p.parts)
    return {p.relative_to(site).as_posix(): p.read_text("utf-8") for p in files if not p.name.startswith(".")}


def test_the_golden_newsletter_gives_the_golden_site(tmp_path: Path):
    for name in ("content", "mkdocs.yml"):
        source = GOLDEN / name
        shutil.copytree(source, tmp_path / name) if source.is_dir() else shutil.copy(source, tmp_path / name)
    done = citewire(tmp_path, "build", "--strict")
    assert done.returncode == 0, done.stderr
    made = texts(tmp_path / "site")
    if os.environ.get("CITEWIRE_REFRESH"):
        shutil.rmtree(GOLDEN / "site", ignore_errors=True)
        for name, text in made.items():
            file = GOLDEN / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    golden = texts(GOLDEN / "site")
    assert made.keys() == golden.keys()
    for name, text in made.items():
        assert text.splitlines() == golden[name].splitlines(), name
