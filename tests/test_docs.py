"""What the documentation says is so."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest
import yaml

from generator.announce.settings import NEEDS, announce_settings
from generator.check.table import RULES
from generator.cli import COMMANDS
from generator.evidence.settings import KEY_VARIABLE, NUMBERS, evidence_settings
from generator.export.archive import write_archive
from generator.load import forms
from generator.load.schema import schemas
from generator.model.evidence import State
from generator.model.outputs import Outputs
from generator.model.tracing import Verdict
from generator.options import project_of
from generator.web.limits import MIB
from tests import make
from tests.folders import answers, citewire, sample_in
from tests.tracing import claims_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
WRITING = (ROOT / "docs/writing.md").read_text()
RULES_PAGE = (ROOT / "docs/rules.md").read_text()
MACHINES = (ROOT / "docs/machines.md").read_text()
ANNOUNCING = (ROOT / "docs/announcing.md").read_text()


@pytest.mark.parametrize(
    ("number", "written", "slip"),
    [
        (0, "stands at $87.8 billion after", "stands at $78.8 billion after"),
        (1, "section: big-tech", "section: bigtech"),
    ],
)
def test_the_sessions_of_the_readme_are_real_ones(number: int, written: str, slip: str, tmp_path: Path):
    sample_in(tmp_path)
    story = tmp_path / "content/stories/2026/meta-coreweave-21bn.yml"
    assert written in story.read_text()
    story.write_text(story.read_text().replace(written, slip))
    shown = re.findall(r"\$ citewire check\n(.*?)```", README, re.DOTALL)[number]
    assert citewire(tmp_path, "check").stderr == shown


def test_the_story_in_the_readme_is_that_of_the_sample():
    shown = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)[1]
    story = (ROOT / "content/stories/2026/meta-coreweave-21bn.yml").read_text()
    assert [line for line in shown.splitlines() if line not in story.splitlines()] == []


def test_every_make_target_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text()
    assert all(re.search(rf"(?m)^{target}:", makefile) for target in re.findall(r"`?make (\w+)", README))


def test_every_field_is_documented():
    records = (forms.STORY, forms.EDITION, forms.SOURCE, forms.MADE_BY, forms.IMAGE, forms.POINT, forms.DISPUTE)
    records += (forms.CORRECTION, forms.EDIT, forms.STYLE)
    vocabularies = (forms.NEWSLETTER, forms.PUBLISHERS.item, forms.ENTITIES.item, forms.TOPICS.item)
    vocabularies += (forms.GLOSSARY.item, forms.WITHDRAWN.item)
    for record in (*records, *vocabularies):
        for field in record.fields:
            assert re.search(rf"`{field.name}`|\b{field.name}:", WRITING), field.name


def test_needed_fields_are_called_needed():
    for record, heading in ((forms.STORY, "A story"), (forms.SOURCE, "Sources"), (forms.EDITION, "An edition")):
        rows = WRITING.partition(f"# {heading}\n")[2].partition("\n#")[0].splitlines()
        for field in record.fields:
            row = next(row for row in rows if re.match(rf"\| [^|]*`{field.name}`", row))
            assert ("| needed |" in row) == field.required, f"{heading}: {field.name}"


def test_every_yaml_example_is_yaml():
    for text in (WRITING, RULES_PAGE, README, MACHINES, ANNOUNCING):
        blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
        assert blocks
        assert all(map(yaml.safe_load, blocks))


def test_every_rule_has_a_row_with_its_severity():
    rows = {f"| `{rule.name}` | {rule.severity} | {rule.summary} |" for rule in RULES}
    assert rows <= set(RULES_PAGE.splitlines())


def test_every_rule_of_reading_has_a_row():
    source = "".join(p.read_text() for p in (ROOT / "generator/load").glob("*.py"))
    names = set(re.findall(r'(?:Problem|problem_at|note)\(\s*"([a-z-]+)"', source))
    assert names
    assert [name for name in names if f"`{name}`" not in RULES_PAGE] == []


def test_every_setting_of_evidence_is_documented_with_its_bounds():
    page = (ROOT / "docs/evidence.md").read_text()
    usual = evidence_settings({})
    given = {"megabytes": usual.limits.size // MIB, "seconds": usual.limits.total, "pause": usual.limits.pause}
    for name, (least, most) in NUMBERS.items():
        value = given.get(name, usual.limits.hosts)
        assert re.search(rf"\| `{name}` \| {value} \| .*{least} to {most} \|", page), name
    assert all(f"| `{name}` |" in page for name in ("archive", "contact"))
    assert KEY_VARIABLE in page


def test_every_state_of_a_link_is_documented():
    page = (ROOT / "docs/evidence.md").read_text()
    assert all(f"| `{state}` |" in page for state in State)


def test_every_output_is_documented():
    table = MACHINES.split("Switching kinds of output off")[1].split("## Exports")[0]
    assert [name for name in Outputs.__struct_fields__ if f"`{name}`" not in table] == []


def test_every_kind_of_channel_is_documented_with_what_it_needs():
    for kind, needs in NEEDS.items():
        row = next(line for line in ANNOUNCING.splitlines() if line.startswith(f"| `{kind}` |"))
        assert [key for key in needs if f"`{key}`" not in row] == [], kind


def test_the_examples_of_settings_can_be_used():
    for page, name in ((MACHINES, "outputs"), (ANNOUNCING, "announce")):
        block = yaml.safe_load(re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1])
        options = block["plugins"][0]["citewire"]
        project = project_of(ROOT, options, ROOT / "content/pages", None)
        announce = project.settings.get("announce")
        assert project.outputs.api is False if name == "outputs" else announce_settings(announce).hubs


def test_every_command_is_in_the_readme():
    assert [name for name in COMMANDS if f"citewire {name} " not in README] == []


MISTAKE = re.compile(r"<!-- (?P<case>[\w-]+) -->\n\n```\n(?P<written>.*?)\n```\n\n```\n(?P<said>.*?)```", re.DOTALL)


def test_the_twenty_mistakes_look_as_they_are_shown():
    """`CITEWIRE_REFRESH=1` writes what is said anew, from the cases that are tried."""
    page, cases = ROOT / "docs/mistakes.md", ROOT / "tests/cases"
    text = page.read_text()
    shown = list(MISTAKE.finditer(text))
    assert len(shown) == 20
    for mistake in shown:
        case = cases / mistake["case"]
        files = [path for path in case.rglob("*") if path.is_file()]
        lines = {line for path in files for line in path.read_text().splitlines()}
        lines |= {path.relative_to(case).as_posix() for path in files}
        assert [line for line in mistake["written"].splitlines() if line not in lines] == []
        said = (case / "problems.txt").read_text()
        if os.environ.get("CITEWIRE_REFRESH"):
            text = text.replace(mistake["said"], said)
            page.write_text(text)
        else:
            assert mistake["said"] == said


def test_every_command_is_in_the_documentation():
    desk = (ROOT / "docs/desk.md").read_text()
    assert [name for name in COMMANDS if f"citewire {name}" not in desk + README] == []


def test_the_completion_that_is_shown_completes():
    for shell in ("bash", "zsh", "fish"):
        done = citewire(ROOT, "--completion", shell)
        assert f"_CITEWIRE_COMPLETE={shell}_complete" in done.stdout
        assert f"citewire --completion {shell}" in (ROOT / "docs/desk.md").read_text()


def test_every_table_of_the_exported_database_is_named_and_every_query_of_the_page_answers(tmp_path: Path):
    write_archive(make.sample(), tmp_path / "archive.sqlite")
    file = tmp_path / "archive.sqlite"
    tables = {name for (name,) in answers(file, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")}
    assert [name for name in tables if "_fts_" not in name and f"`{name}`" not in MACHINES] == []
    queries = re.findall(r'\$ sqlite3 archive\.sqlite "(.*)"', MACHINES)
    assert len(queries) == 5
    assert [query for query in queries if not answers(file, query)] == []


def test_every_schema_that_is_written_is_named():
    page = (ROOT / "docs/desk.md").read_text()
    assert [name for name in schemas(make.library(), []) if f"`{name}.json`" not in page] == []


def test_no_message_names_a_page_that_only_a_clone_has():
    """An installed program has no folder of documentation beside it."""
    for file in sorted((ROOT / "generator").rglob("*.py")):
        tree = ast.parse(file.read_text())
        about = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # what describes the code
        texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
        told = [text.value for text in texts if id(text) not in about and re.search(r"\bdocs/[a-z-]+\.md", text.value)]
        assert told == [], file


def rows_on_tracing() -> list[tuple[str, str, str, str]]:
    """The rows of the page on tracing: the newsletter's language, the source, what may be made of it, what may not."""
    found, home = [], ""
    for line in (ROOT / "docs/tracing.md").read_text().splitlines():
        if line.startswith("| the source | the story"):
            home = "de" if "German" in line else "en-GB"
        elif home and line.startswith("| ") and not line.startswith("| ---"):
            evidence, true, false = (cell.strip() for cell in line.strip("|").split(" | "))
            found.append((home, evidence, true, false))
        elif not line.startswith("|"):
            home = ""
    return found


def test_the_page_on_tracing_has_many_rows():
    assert len(rows_on_tracing()) > 40


@pytest.mark.parametrize(("home", "evidence", "true", "false"), rows_on_tracing())
def test_what_the_page_on_tracing_says_of_a_source_and_a_story_is_so(home: str, evidence: str, true: str, false: str):
    claims = claims_of(true, evidence, home=home)
    assert claims
    assert {claim.verdict for claim in claims} == {Verdict.TRACED}, claims
    assert any(claim.is_fault for claim in claims_of(false, evidence, home=home))
