"""The host's own commands, called by ours: one pipeline behind both doors."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.host.plugin import CitewirePlugin
from generator.model.problems import Problem
from generator.publish import Changes

Report = Callable[[list[Problem]], None]


class HostError(Exception):
    """The host ended the build; its own words are the text."""


def _quiet_host() -> None:
    """Warnings of the host are shown, its running commentary is not."""
    os.environ.setdefault(
        "NO_MKDOCS_2_WARNING", "1"
    )  # Material's note on MkDocs 2, which says nothing of this newsletter
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        logger.addHandler(handler)


def build(
    config_file: Path, site_dir: Path | None, strict: bool, report: Report, tell: Callable[[int, int], None]
) -> Changes | None:
    """Build the site as `mkdocs build` does. Answers None when the content has problems, which `report` was told.

    Raises `HostError` with the host's words when its configuration is wrong, `OSError` when the disk refuses.
    """
    _quiet_host()
    from mkdocs.commands import build as host_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

    changes: list[Changes] = []
    options = {"site_dir": str(site_dir)} if site_dir else {}
    try:
        config = load_config(config_file=str(config_file), strict=strict or None, **options)
        plugin = config.plugins.get("citewire")
        if not isinstance(plugin, CitewirePlugin):
            raise HostError(f"{config_file.name} does not name the plugin: add `- citewire` under `plugins:`")
        plugin.report, plugin.tell, plugin.told = report, tell, changes.append
        config.plugins.on_startup(command="build", dirty=False)
        host_build.build(config)
        config.plugins.on_shutdown()
    except Abort as error:
        if str(error).endswith("in the content; nothing was published"):
            return None
        raise HostError(str(error)) from error
    except (ConfigurationError, MkDocsException) as error:
        raise HostError(str(error)) from error
    return changes[0]


def serve(config_file: Path, address: str | None, open_browser: bool) -> None:
    """Serve the site and build it again whenever something is saved. Returns when it is interrupted."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    logging.getLogger("mkdocs.commands.build").setLevel(logging.WARNING)
    from mkdocs.commands import serve as host_serve

    options: dict[str, Any] = {"dev_addr": address} if address else {}
    host_serve.serve(str(config_file), open_in_browser=open_browser, watch_theme=True, **options)
