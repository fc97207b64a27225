"""A small newsletter on disk whose sources are on this machine, and the commands that read them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main, sources
from generator.evidence.extract import main_text
from generator.web.limits import Limits
from generator.web.reader import Reader
from generator.web.response import Response
from tests.loopback import Site, is_loopback

PASSAGE = "total committed spend now reaches $35.2 billion"
FILLING = "".join(
    f"<p>Paragraph {n} of the report goes on about the order book of the company at length.</p>" for n in range(6)
)


def article(*paragraphs: str, title: str = "A deal") -> str:
    """A page as publishers make them: what matters, and what stands around it."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    nav = '<nav><a href="/">Home</a> <a href="/subscribe">Subscribe now</a></nav>'
    body = f"{nav}<article><h1>{title}</h1>{told}{FILLING}</article><footer>Cookies</footer>"
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


DEAL = article(f"The company said that {PASSAGE}, after the new deal.", "It runs to December 2032.")


class InProcess:
    """An extractor that needs no other process."""

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def __call__(self, page: Response) -> str:
        return main_text(page.body or b"", page.kind, page.charset)


class Newsletter:
    """A newsletter on disk with one story, whose sources are the given addresses."""

    def __init__(
        self, root: Path, addresses: dict[str, str], passages: dict[str, list[str]] | None = None, **evidence: object
    ):
        self.root = root
        self.content = root / "content"
        (self.content / "stories").mkdir(parents=True)
        (self.content / "editions").mkdir()
        (self.content / "pages").mkdir()
        self._write("newsletter.yml", NEWSLETTER)
        self._write("publishers.yml", {"hubkub": {"name": "Hubkub", "domain": "hubkub.example", "kind": "trade"}})
        cited = {
            id_: {"url": url, "publisher": "hubkub", "title": f"The page {id_}", "passages": (passages or {}).get(id_)}
            for id_, url in addresses.items()
        }
        told = {
            "title": "A deal",
            "dek": "A deal was made.",
            "section": "big-tech",
            "published": "2026-04-11T18:00:00-04:00",
            "body": f"A deal was made. [@{'; @'.join(addresses)}]",
            "citations": {id_: {k: v for k, v in fields.items() if v} for id_, fields in cited.items()},
        }
        self._write("stories/deal.yml", told)
        plugin = {"citewire": {"evidence": {"pause": 0.5, **evidence}}}
        config = {"site_name": "The Footnote", "site_url": "https://news.example/", "docs_dir": "content/pages"}
        (root / "mkdocs.yml").write_text(yaml.safe_dump({**config, "theme": {"name": "material"}, "plugins": [plugin]}))

    def _write(self, name: str, value: object) -> None:
        (self.content / name).write_text(yaml.safe_dump(value, sort_keys=False))

    @property
    def evidence(self) -> list[str]:
        return sorted(path.name for path in (self.content / "evidence").glob("*"))

    def bytes(self) -> dict[str, bytes]:
        return {path.as_posix(): path.read_bytes() for path in self.content.rglob("*") if path.is_file()}


NEWSLETTER = {
    "name": "The Footnote",
    "tagline": "The day, with its sources.",
    "language": "en-GB",
    "authority": "footnote.example",
    "editor": {"name": "The desk", "email": "desk@footnote.example"},
    "sections": {"big-tech": {"title": "Big Tech"}},
}

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a newsletter; its reader may go to this machine and needs no pause."""

    def reader(work: sources.ChosenPages) -> Reader:
        return Reader("Citewire/test (The Footnote)", Limits(total=10, pause=0), admits=is_loopback)

    monkeypatch.setattr(sources.ChosenPages, "reader", reader)
    monkeypatch.setattr(sources, "extractor", InProcess)

    def go(newsletter: Newsletter, command: str, *arguments: str) -> Result:
        monkeypatch.chdir(newsletter.root)
        return CliRunner().invoke(main, [command, *arguments], catch_exceptions=False)

    return go


def addresses(site: Site, *paths: str) -> dict[str, str]:
    """Sources by id: `/a-page` of the server is the source `a-page`."""
    return {path.strip("/").partition("?")[0]: f"{site.base}{path}" for path in paths}
