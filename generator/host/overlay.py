"""Show problems in the browser while the site is served: over the last sound page, or on a page of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from generator.model.problems import Problem

SCRIPT = "citewire-desk.js"
"""Served beside the site and never published."""


def show(target: Path, problems: Sequence[Problem], whole_page: bool) -> None:
    """Put problems into the served site. Use `whole_page` if there is no sound page yet to lay them over."""
    target.mkdir(parents=True, exist_ok=True)
    if whole_page:
        for name in ("index.html", "404.html"):
            (target / name).write_text(_page(problems), "utf-8")
        return
    (target / SCRIPT).write_bytes(script(problems))


def script(problems: Sequence[Problem]) -> bytes:
    """The script that lays problems over a page; empty if there are none."""
    if not problems:
        return b""
    items = [{"place": _where(p), "what": p.what, "hint": p.hint} for p in problems]
    code = Path(__file__).with_name("overlay.js").read_text("utf-8")
    return f"var problems = {json.dumps(items)};\n{code}".encode()


def clear(target: Path) -> None:
    """Remove the problems again."""
    (target / SCRIPT).write_text("", "utf-8")


def _page(problems: Sequence[Problem]) -> str:
    """A self-contained page, since without sound content there may be no theme for it."""
    page = Path(__file__).with_name("problems.html").read_text("utf-8")
    many = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
    page = page.replace("<!-- many -->", many)
    return page.replace("<!-- problems -->", "\n".join(_item(problem) for problem in problems))


def _item(problem: Problem) -> str:
    hint = f"<p>{escape(problem.hint)}</p>" if problem.hint else ""
    place, what = escape(_where(problem)), escape(problem.what)
    return f'<li class="{problem.severity}"><code>{place}</code><strong>{what}</strong>{hint}</li>'


def _where(problem: Problem) -> str:
    """Place, severity and rule in words: not all people tell colours apart."""
    return f"{problem.place}: {problem.severity} [{problem.rule}]"
