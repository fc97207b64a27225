"""Problems for programs: the formats are those of their specifications, whatever a problem says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.model.problems import Problem, Replacement, Severity
from generator.report import WRITERS

SCHEMA = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0.json").read_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
RULES = {"unknown-section": "A story's section exists."}

PROBLEM = Problem(
    "unknown-section",
    "content/stories/a b,c:d%.yml",
    "there is no section `100%`",
    "Write [words](https://...).",
    Severity.WARNING,
    ("section",),
    line=3,
    column=10,
)

PROBLEMS = st.builds(
    Problem,
    rule=st.sampled_from(["unknown-section", "yaml-syntax"]),
    file=st.text(min_size=1, max_size=20),
    what=st.text(max_size=40),
    hint=st.text(max_size=40),
    severity=st.sampled_from(list(Severity)),
    path=st.lists(st.text(max_size=5) | st.integers(0, 9), max_size=3).map(tuple),
    excerpt=st.text(max_size=5),
    mend=st.none() | st.text(max_size=5),
    line=st.integers(0, 99),
    column=st.integers(0, 99),
    replacement=st.none() | st.builds(Replacement, *[st.integers(1, 99)] * 4, st.text(max_size=9)),
)


@given(st.lists(PROBLEMS, max_size=4))
def test_sarif_is_valid_against_its_schema_whatever_the_problems_say(problems: list[Problem]):
    errors = list(VALIDATOR.iter_errors(json.loads(WRITERS["sarif"](problems, RULES))))
    assert errors == []


def test_sarif_says_where_what_and_how_grave():
    run = json.loads(WRITERS["sarif"]([PROBLEM], RULES))["runs"][0]
    result = run["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "unknown-section"
    assert run["columnKind"] == "unicodeCodePoints"
    assert place["artifactLocation"]["uri"] == "content/stories/a%20b%2Cc%3Ad%25.yml"
    assert place["region"] == {"startLine": 3, "startColumn": 10}
    assert result["level"] == "warning"
    assert r"\[words\](https" in result["message"]["text"], "a viewer would make a link of it"


def test_sarif_offers_what_fix_would_write():
    mendable = replace(PROBLEM, replacement=Replacement(3, 10, 3, 14, "tech"))
    fix = json.loads(WRITERS["sarif"]([mendable], RULES))["runs"][0]["results"][0]["fixes"][0]
    change = fix["artifactChanges"][0]
    assert change["artifactLocation"]["uri"] == "content/stories/a%20b%2Cc%3Ad%25.yml"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 14},
            "insertedContent": {"text": "tech"},
        }
    ]
    assert "fixes" not in json.loads(WRITERS["sarif"]([PROBLEM], RULES))["runs"][0]["results"][0]


def test_a_result_of_sarif_is_the_same_one_after_lines_have_moved():
    moved = Problem(PROBLEM.rule, PROBLEM.file, PROBLEM.what, PROBLEM.hint, PROBLEM.severity, PROBLEM.path, line=9)
    both = json.loads(WRITERS["sarif"]([PROBLEM, moved], RULES))["runs"][0]["results"]
    assert both[0]["partialFingerprints"] == both[1]["partialFingerprints"]


def test_an_annotation_of_github_escapes_what_would_end_it():
    line = WRITERS["github"]([PROBLEM], RULES)
    assert line == (
        "::warning file=content/stories/a b%2Cc%3Ad%25.yml,line=3,col=10,title=unknown-section"
        "::there is no section `100%25`%0AWrite [words](https://...).\n"
    )


@given(st.lists(PROBLEMS, max_size=4))
def test_each_problem_is_one_command_of_githubs_and_can_be_read_back(problems: list[Problem]):
    lines = WRITERS["github"](problems, RULES).split("\n")[:-1]
    assert len(lines) == len(problems)
    for line, problem in zip(lines, problems, strict=True):
        found = re.fullmatch(r"::(\w+) file=([^,]*),line=(\d+),col=(\d+),title=([^,]*)::(.*)", line, re.DOTALL)
        assert found[1] == problem.severity
        assert unescaped(found[2]) == problem.file
        assert unescaped(found[6]) == (f"{problem.what}\n{problem.hint}" if problem.hint else problem.what)


def unescaped(text: str) -> str:
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_the_list_has_every_problem_with_its_numbers():
    mended = Problem("x", "f.yml", "what", excerpt="a", mend="b", line=1, column=2)
    document = json.loads(WRITERS["json"]([PROBLEM, mended], RULES))
    assert (document["errors"], document["warnings"]) == (1, 1)
    assert document["problems"][0]["path"] == ["section"]
    assert document["problems"][1]["mend"] == {"from": "a", "to": "b"}


@pytest.mark.parametrize("form", WRITERS)
def test_no_problem_is_said_too(form: str):
    assert "error" not in WRITERS[form]([], RULES).replace('"errors": 0', "")
