"""The rules that hold the house up (docs/design.md), held by a machine."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    "texts": set(),
    "model": {"texts"},
    "settings": {"model", "texts"},
    "prose": {"model", "texts"},
    "tables": set(),
    "escaping": set(),
    "words": {"model", "texts", "tables", "escaping"},
    "web": {"model"},
    "evidence": {"model", "texts", "settings", "web", "files", "extras"},
    "clock": set(),
    "extras": set(),
    "cache": {"model", "files"},
    "pictures": {"model", "cache", "files"},
    "load": {"pictures", "model", "texts", "prose", "tables", "cache", "files", "batches", "heap"},
    "figures": {"model", "texts"},
    "trace": {"model", "texts", "prose", "figures"},
    "check": {"model", "texts", "prose", "words", "tables", "figures", "trace", "batches"},
    "link": {"model", "prose"},
    "typeset": {"model", "texts", "prose", "words", "escaping", "files"},
    "render": {"model", "settings", "prose", "words", "typeset", "escaping"},
    "mail": {"model", "texts", "settings", "words", "typeset", "web"},
    "dress": {"model", "escaping"},
    "files": set(),
    "report": {"model"},
    "heap": set(),
    "processes": {"heap"},
    "batches": {"heap", "processes"},
    "cluster": {"model", "files", "heap", "processes", "batches"},
    "store": {"model", "cache", "files", "batches", "publish"},
    "publish": {"model", "cache", "files", "heap", "processes", "batches"},
    "pipeline": {"model", "project", "files", "load", "evidence", "check", "judged"},
    "configuration": {"tables"},
    "production": {
        *("model", "project", "check", "judged", "load", "link", "render", "search", "cards", "pictures", "dress"),
        *("publish", "webdesk", "files"),
    },
    "project": {"model", "cache", "check"},
    "options": {
        *("configuration", "extras", "model", "texts", "settings", "project", "check"),
        *("announce", "draft", "evidence", "mail", "render", "webdesk"),
    },
    "host": {
        *("model", "cache", "configuration", "link", "render", "dress", "publish", "search", "pipeline", "project"),
        *("options", "clock", "production", "webdesk", "files", "heap", "processes"),
    },
    "cli": {
        *("model", "settings", "web", "evidence", "mail", "export", "announce", "publish", "pipeline", "production"),
        *("project", "options", "texts"),
        *("host", "report", "desk", "clock", "files", "configuration", "extras"),
        *("cache", "cluster", "store", "starter"),
        *("draft", "importers", "link", "words", "check", "memory"),
    },
    "export": {"model", "pictures", "texts", "prose", "words", "typeset"},
    "announce": {"model", "texts", "settings", "files", "web", "words"},
    "judged": {"model", "cache", "check", "trace", "evidence", "batches", "heap"},
    "search": {"model", "texts", "prose", "typeset", "cache", "processes", "files"},
    "cards": {"model", "cache", "words", "files"},
    "desk": {"model", "texts", "cache", "load", "web", "pipeline", "project", "files", "extras"},
    "starter": {"model", "texts", "tables", "pipeline", "options", "desk"},
    "draft": {"model", "texts", "settings", "load", "web", "figures", "trace", "project", "desk"},
    "importers": {"model", "texts", "prose", "words", "load", "check", "web", "desk", "pipeline", "project", "files"},
    "webdesk": {"model", "settings"},
    "memory": set(),
    "__main__": {"cli", "memory"},
}
"""Which part may import which others. Stages do not know each other; all of them speak the model."""


def part_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def name_of(module: Path) -> str:
    return ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def imports_of(module: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def parts_of(module: Path) -> set[str]:
    """The parts of the package that a module imports from."""
    named = {name.split(".")[1] for name in imports_of(module) if name.startswith("generator.")}
    return {name for name in named if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_parts_import_only_what_the_table_allows(module: Path):
    part = part_of(module)
    assert parts_of(module) <= MAY_IMPORT.get(part, set()) | {part}


def test_the_table_allows_nothing_that_nobody_imports():
    imported = {part: set[str]() for part in MAY_IMPORT}
    for module in MODULES:
        imported.setdefault(part_of(module), set()).update(parts_of(module))
    unused = {part: allowed - imported[part] for part, allowed in MAY_IMPORT.items()}
    assert {part: names for part, names in unused.items() if names} == {}


def test_the_map_of_the_design_names_every_part_below_those_that_it_imports():
    table = (ROOT / "docs/design.md").read_text().partition("| part | what it does |")[2].partition("\n\n")[0]
    rows = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in table.splitlines() if line.startswith("| `")]
    place = {part: number for number, row in enumerate(rows) for part in row}
    assert place.keys() == MAY_IMPORT.keys() - {"__main__"}
    assert [(part, used) for part in place for used in MAY_IMPORT[part] if place[used] > place[part]] == []


def test_every_module_that_the_design_names_is_there():
    named = set(re.findall(r"`(?:generator/)?([a-z_/]+\.py)`", (ROOT / "docs/design.md").read_text()))
    assert len(named) > 30
    paths = [module.relative_to(ROOT).as_posix() for module in [*MODULES, *(ROOT / "tests").glob("*.py")]]
    assert sorted(name for name in named if not any(path.endswith(f"/{name}") or path == name for path in paths)) == []


def test_every_function_on_the_way_of_a_figure_is_where_the_design_says():
    design = (ROOT / "docs/design.md").read_text()
    way = design.partition("## One figure, from its words to the page")[2].partition("\n## ")[0]
    named = re.findall(r"`([a-z_/]+\.py)` \(`(\w+)`\)", way)
    assert len(named) > 10
    lacking = [(path, name) for path, name in named if f"\ndef {name}(" not in (PACKAGE / path).read_text()]
    assert lacking == []


LARGE = 15
"""Modules of a part from which on a reader needs to be told where to begin."""


def test_a_large_part_says_where_to_begin():
    for part in (place for place in PACKAGE.iterdir() if len([*place.glob("*.py")]) > LARGE):
        told = ast.get_docstring(ast.parse((part / "__init__.py").read_text())) or ""
        named = {name.partition(".")[0] for name in re.findall(r"`([\w.]+)`", told)}
        assert part.name == "cli" or len(named & {path.stem for path in part.glob("*.py")}) > 1, part.name


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_the_host_is_named_in_one_package_only(module: Path):
    named = {name.split(".")[0] for name in imports_of(module)}
    assert part_of(module) == "host" or not named & {"mkdocs", "properdocs", "material"}


MODEL = [module for module in MODULES if part_of(module) == "model"]


@pytest.mark.parametrize("module", MODEL, ids=name_of)
def test_the_model_does_no_input_or_output(module: Path):
    forbidden = {"os", "pathlib", "io", "yaml", "jinja2", "subprocess", "socket", "urllib.request", "time"}
    assert not imports_of(module) & forbidden
    tree = ast.parse(module.read_text())
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    assert not {call.id for call in calls if isinstance(call, ast.Name)} & {"open", "print", "input"}
    assert not {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & {"json", "msgpack", "yaml"}


ALONE = """
import contextlib, gc, importlib, os, sys
gc.disable()
names, others = sys.argv[1].split(), sys.argv[2].split()
for name in others:
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
running = {}
def ended():
    pid, status = os.wait()
    if status:
        sys.exit(running[pid])
for number, name in enumerate(names):
    if number >= (os.cpu_count() or 1):
        ended()
    pid = os.fork()
    if pid == 0:
        importlib.import_module(name)
        os._exit(0)
    running[pid] = name
for _ in names[: os.cpu_count() or 1]:
    ended()
"""
"""Imports each module in a process of its own, which has nothing before it but what is not ours, loaded once."""


def test_every_module_can_be_imported_alone(tmp_path: Path):
    """A cycle, or a module that counts on another's import, shows here."""
    names = [name_of(module) for module in MODULES if module.name != "__main__.py"]
    others = {name.partition(".")[0] for module in MODULES for name in imports_of(module)} - {"generator"}
    environment = {**os.environ}
    if environment.pop("PYTHONDONTWRITEBYTECODE", None):  # each process would compile all that it loads
        environment["PYTHONPYCACHEPREFIX"] = str(tmp_path)
    command = [sys.executable, "-c", ALONE, " ".join(names), " ".join(sorted(others))]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stderr


def test_no_imports_run_in_a_circle():
    names = {name_of(module): imports_of(module) for module in MODULES}
    edges = {name: (targets & names.keys()) - {name} for name, targets in names.items()}
    edges["generator.prose"] -= {"generator.prose.engine", "generator.prose.simple"}  # imported inside a function
    assert len(list(TopologicalSorter(edges).static_order())) == len(edges)


def test_no_parts_import_in_a_circle():
    """The table itself runs one way: a part is changed without a look at those that stand on it."""
    assert set(TopologicalSorter(MAY_IMPORT).static_order()) == {part_of(module) for module in MODULES} - {"__init__"}


def functions() -> list[tuple[int, str]]:
    found = []
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.append((node.end_lineno - node.lineno + 1, f"{name_of(module)}:{node.name}"))  # noqa: PERF401
    return sorted(found)


def test_functions_fit_a_screen():
    found = functions()
    assert found[int(len(found) * 0.9)][0] <= 30
    assert found[-1][0] <= 50, found[-1]


HEAVY = ("mkdocs", "jinja2", "material", "httpcore", "trafilatura")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["check", "--help"], ["evidence", "--help"], ["check"]]
)
def test_help_and_check_do_not_load_the_host(arguments: list[str]):
    code = "import sys\nfrom generator.cli import main\ntry:\n    main(sys.argv[1:])\nfinally:\n"
    code += f"    print([m for m in sys.modules if m.split('.')[0] in {HEAVY}])"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )
    loaded = done.stdout.splitlines()[-1]
    assert "mkdocs" not in loaded
    assert "material" not in loaded
    assert "httpcore" not in loaded
    assert "trafilatura" not in loaded
    assert "jinja2" not in loaded or arguments == ["check"]
