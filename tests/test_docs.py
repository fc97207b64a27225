"""What the documentation says is so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from generator.check.table import RULES
from generator.evidence.settings import KEY_VARIABLE, NUMBERS, TEXTS, evidence_settings
from generator.load import forms
from generator.model.evidence import State
from generator.web.limits import MIB

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
WRITING = (ROOT / "docs/writing.md").read_text()
RULES_PAGE = (ROOT / "docs/rules.md").read_text()


def test_the_session_of_the_readme_is_the_real_one(tmp_path: Path):
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    story = tmp_path / "content/stories/2026/meta-coreweave-21bn.yml"
    story.write_text(story.read_text().replace("section: big-tech", "section: bigtech"))
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    shown = re.search(r"\$ \.venv/bin/citewire check\n(.*?)```", README, re.DOTALL)[1]
    assert done.stderr == shown


def test_the_story_in_the_readme_is_that_of_the_sample():
    shown = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)[1]
    story = (ROOT / "content/stories/2026/meta-coreweave-21bn.yml").read_text()
    assert [line for line in shown.splitlines() if line not in story.splitlines()] == []


def test_every_make_target_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text()
    assert all(re.search(rf"(?m)^{target}:", makefile) for target in re.findall(r"`?make (\w+)", README))


def test_every_field_is_documented():
    records = (forms.STORY, forms.EDITION, forms.SOURCE, forms.MADE_BY, forms.IMAGE, forms.POINT, forms.DISPUTE)
    vocabularies = (forms.NEWSLETTER, forms.PUBLISHERS.item, forms.ENTITIES.item, forms.TOPICS.item)
    for record in (*records, *vocabularies):
        for field in record.fields:
            assert re.search(rf"`{field.name}`|\b{field.name}:", WRITING), field.name


def test_needed_fields_are_called_needed():
    for record in (forms.STORY, forms.EDITION, forms.SOURCE):
        for field in record.fields:
            row = next(line for line in WRITING.splitlines() if re.match(rf"\|.*`{field.name}`.*\|", line))
            assert ("| needed |" in row) == field.required or field.name in ("published", "title"), field.name


def test_every_yaml_example_is_yaml():
    for text in (WRITING, RULES_PAGE, README):
        for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL):
            assert yaml.safe_load(block)


def test_every_rule_has_a_row_with_its_severity():
    rows = {f"| `{rule.name}` | {rule.severity} | {rule.summary} |" for rule in RULES}
    assert rows <= set(RULES_PAGE.splitlines())


def test_every_rule_of_reading_has_a_row():
    source = "".join(p.read_text() for p in (ROOT / "generator/load").glob("*.py"))
    names = set(re.findall(r'(?:Problem|note)\(\s*"([a-z-]+)"', source))
    assert names
    assert [name for name in names if f"`{name}`" not in RULES_PAGE] == []


def test_every_setting_of_evidence_is_documented_with_its_bounds():
    page = (ROOT / "docs/evidence.md").read_text()
    usual = evidence_settings({})
    given = {"megabytes": usual.limits.size // MIB, "seconds": usual.limits.total, "pause": usual.limits.pause}
    for name, (least, most) in NUMBERS.items():
        value = given.get(name, usual.limits.hosts)
        assert re.search(rf"\| `{name}` \| {value} \| .*{least} to {most} \|", page), name
    assert all(f"| `{name}` |" in page for name in TEXTS)
    assert KEY_VARIABLE in page


def test_every_state_of_a_link_is_documented():
    page = (ROOT / "docs/evidence.md").read_text()
    assert all(f"| `{state}` |" in page for state in State)
