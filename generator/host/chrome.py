"""The chrome (everything that the theme puts around a page), which MkDocs renders once for each kind of page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from generator.dress import Chromes, Here, Slot, cut
from generator.files import PACKAGE
from generator.host.sheets import folded
from generator.model.fingerprint import fingerprint
from generator.model.site import Site
from generator.production import HostFile
from generator.render.masthead import Masthead

_SCRIPTS = "assets/javascripts/"
"""The theme's scripts, which our pages do not use."""
_OURS = "assets/citewire/"
_REPLACED = ("sitemap.xml", "sitemap.xml.gz")
"""The host's sitemap has the day of the build; ours has the true days of change."""


def install(config: MkDocsConfig) -> None:
    """Put our templates after the newsletter's own (`custom_dir`) and before the theme's."""
    ours = str(PACKAGE / "theme")
    dirs = config.theme.dirs
    if ours not in dirs:
        dirs.insert(1 if config.theme.custom_dir else 0, ours)


def _theme_styles(files: Files) -> list[str]:
    """The style sheets of the theme, whose names change with its version. Sorting puts `main` before `palette`."""
    names = (
        file.src_uri
        for file in files
        if file.src_uri.startswith("assets/stylesheets/") and file.src_uri.endswith(".css")
    )
    return sorted(names)


class Theme:
    """The host's theme, ready to render."""

    def __init__(self, env: jinja2.Environment, config: MkDocsConfig, files: Files, site: Site) -> None:
        self._env, self._config, self._files = env, config, files
        self._masthead = Masthead(site)
        env.globals["citewire"] = self._masthead
        env.globals["citewire_theme_styles"] = _theme_styles(files)

    def chromes(self, nav: Navigation) -> Chromes:
        """The chromes of pages, by kind and depth."""
        tokens = {slot: slot.value for slot in Slot}
        return Chromes(lambda kind, depth: cut(self.render(nav, kind, depth, tokens, lambda path: Here(path).token)))

    def render(
        self, nav: Navigation, kind: str, depth: int, values: Mapping[Slot, str], here: Callable[[str], str]
    ) -> str:
        """Render a page with the theme. `values` fill its slots; `here` returns the attribute of a link to a path."""
        page = self._page(depth, values)
        context: Any = get_context(nav, self._files, self._config, page)
        context |= {"citewire_head": values[Slot.HEAD], "citewire_kind": kind}
        context |= {"citewire_folio": values[Slot.FOLIO], "citewire_here": here}
        return self.finished(self._env.get_template("main.html").render(context))

    def printed(self, html: str) -> str:
        """The text of a page with the quotation marks of its language; unchanged if it has formulas (Arithmatex)."""
        return html if 'class="arithmatex"' in html else self._masthead.printed(html)

    def finished(self, rendered: str) -> str:
        """Do the final processing of a page that the theme has rendered."""
        return self._masthead.finished(rendered)

    def _page(self, depth: int, values: Mapping[Slot, str]) -> Page:
        """A page of the host at some depth, with nothing but slots."""
        name = "index.md" if depth == 0 else f"{'x/' * (depth - 1)}x.md"
        file = File(name, None, self._config.site_dir, use_directory_urls=True)
        page = Page(values[Slot.TITLE], file, self._config)
        page.content = values[Slot.BODY]
        page.meta = {"title": values[Slot.TITLE], "description": values[Slot.DESCRIPTION]}
        page.canonical_url = values[Slot.CANONICAL]
        page.toc = TableOfContents([])
        file.page = None
        return page

    def ordinary_head(self, page: Page) -> str:
        """The head of a Markdown page."""
        description = page.meta.get("description")
        return self._masthead.head(
            str(page.title), str(description) if description else None, page.url.removeprefix("./")
        )

    def ordinary_paths(self) -> tuple[str, ...]:
        """Paths of the Markdown pages on the site."""
        pages = self._files.documentation_pages()
        return tuple(file.url.removeprefix("./") for file in pages if file.page is not None)

    def files(self, stage: Path) -> dict[str, HostFile]:
        """The files that the host wrote, by path in the site, without the theme's scripts if no page uses them."""
        found = {path.relative_to(stage).as_posix(): path for path in sorted(stage.rglob("*")) if path.is_file()}
        for name in _REPLACED:
            found.pop(name, None)
        if not any(_SCRIPTS in path.read_text("utf-8") for name, path in found.items() if name.endswith(".html")):
            found = {n: path for n, path in found.items() if not n.startswith(_SCRIPTS) and not n.endswith(".map")}
        return {name: _file(_published(name, path.read_bytes())) for name, path in found.items()}


def _published(name: str, data: bytes) -> bytes:
    """The bytes of a file to publish. Our style sheets are minified, since they block the rendering of pages."""
    is_ours = name.startswith(_OURS) and name.endswith(".css")
    with suppress(UnicodeDecodeError):  # one of the newsletter's own in its place may be in any encoding
        return folded(data.decode("utf-8")).encode("utf-8") if is_ours else data
    return data


def _file(data: bytes) -> HostFile:
    return HostFile(fingerprint(data.hex()), partial(bytes, data))
