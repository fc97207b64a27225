"""Build the same stories with Citewire and with Hugo, in turn, and print the ratios.

What has search is held against Hugo and Pagefind over its output as well.

python -m benchmarks 1000 10000 --runs 3
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from benchmarks import corpus
from benchmarks.process import Cost, run
from generator.search.pagefind import executable

BOTH = "hugo and pagefind: cold"
SKELETON = Path(__file__).parent / "hugo"
BARE = (
    "outputs: {sections: false, entities: false, publishers: false, river: false, subscribe: false, redirects: false, "
    "news: false, twins: false, checks: false, evidence: false, api: false, llms: false, security: false, "
    "search: false, cards: false, subject_feeds: false, feed_history: false}"
)
"""The pages that the site of Hugo has: stories, editions, topics, the front page, one feed."""
SITES = {"Hugo's pages": BARE, "all but cards": "outputs: {cards: false}", "everything": ""}
"""What is built, by name: the line of outputs in `mkdocs.yml`. Neither Hugo nor Pagefind draws cards."""


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure: what is done before, and the command."""

    name: str
    command: list[str]
    folder: Path
    before: Callable[[], None]


def cases(count: int, work: Path, hugo: str) -> Iterator[Case]:
    citewire = [sys.executable, "-m", "generator", "build"]
    for name, outputs in SITES.items():
        ours = work / f"{name} {count}"
        corpus.write_citewire(count, ours, outputs)
        story = sorted((ours / "content/stories").rglob("*.yml"))[-1]
        yield Case(f"citewire, {name}: cold", citewire, ours, lambda ours=ours: _forget(ours))
        yield Case(f"citewire, {name}: one edit", citewire, ours, lambda story=story: _edit(story))
        yield Case(f"citewire, {name}: nothing changed", citewire, ours, lambda: None)
    theirs = work / f"hugo-{count}"
    shutil.copytree(SKELETON, theirs)
    corpus.write_hugo(count, theirs)
    page = max((theirs / "content").rglob("*.md"), key=lambda path: path.name)
    yield Case("hugo: cold", [hugo, "--quiet"], theirs, lambda: shutil.rmtree(theirs / "public", ignore_errors=True))
    yield Case("hugo: one edit", [hugo, "--quiet"], theirs, lambda: _edit(page))
    both = ["sh", "-c", f"{quote(hugo)} --quiet && {quote(str(executable()))} --site public --silent"]
    yield Case(BOTH, both, theirs, lambda: shutil.rmtree(theirs / "public", ignore_errors=True))


def _forget(folder: Path) -> None:
    for name in ("site", ".cache"):
        shutil.rmtree(folder / name, ignore_errors=True)


_edits = 0


def _edit(file: Path) -> None:
    """Another word in the text of a story."""
    global _edits  # noqa: PLW0603
    _edits += 1
    file.write_text(file.read_text().replace("**", f"**edit{_edits} ", 1))


def measure(count: int, runs: int, work: Path, hugo: str) -> dict[str, Cost]:
    """The median cost of each case; the runs of all cases take turns, so that a busy moment hits them all."""
    found = list(cases(count, work, hugo))
    costs: dict[str, list[Cost]] = {case.name: [] for case in found}
    for _ in range(runs):
        for case in found:
            case.before()
            costs[case.name].append(run(case.command, case.folder))
    return {
        name: Cost(*(statistics.median(values) for values in zip(*some, strict=True))) for name, some in costs.items()
    }


def table(count: int, costs: dict[str, Cost]) -> str:
    base, both = costs["hugo: cold"], costs[BOTH]
    heads = ("wall", "to Hugo", "to both", "CPU", "memory", "to Hugo")
    lines = [f"{count} stories", f"{'':40}" + "".join(f"{head:>10}" for head in heads)]
    for name, cost in costs.items():
        lines.append(
            f"{name:40}{cost.wall:9.2f}s{cost.wall / base.wall:10.2f}{cost.wall / both.wall:10.2f}{cost.cpu:9.2f}s"
            f"{cost.memory / 1e6:8.0f}MB{cost.memory / base.memory:10.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--hugo", type=Path, default=shutil.which("hugo"), help="the command of Hugo")
    given = parser.parse_args()
    if given.hugo is None:
        sys.exit("Hugo is missing: `make bench` installs it, or name it with --hugo")
    for count in given.sizes:
        with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as work:  # noqa: S108
            costs = measure(count, given.runs, Path(work), str(given.hugo.resolve()))
            sys.stdout.write(f"{table(count, costs)}\n\n")
            sys.stdout.flush()


main()
