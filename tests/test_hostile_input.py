"""Input that is made to hurt: it costs little, crashes nothing, and nothing of it is published."""

from __future__ import annotations

import cProfile
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check.judging import check
from generator.figures import labels
from generator.load import forms
from generator.load.records import Form, ListOf
from generator.load.shapes import Pen, Text
from generator.load.yaml import MOST_TOLD, SIZE_LIMIT, read
from generator.options import find
from generator.pipeline import judge
from generator.project import Project
from tests.folders import citewire
from tests.make import library, source, story
from tests.test_cases import SOUND, laid_over, said
from tests.tracing import ledger_of

STORY = "content/stories/2026/meta-coreweave.yml"
MEGABYTES = 400
IN_LITTLE_MEMORY = f"""
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({MEGABYTES} << 20, {MEGABYTES} << 20))
from generator.load.yaml import read
print(*[problem.rule for problem in read("hostile.yml", sys.stdin.buffer.read()).problems])
"""

LAUGHS = "l0: &l0 [ha, ha]\n" + "".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 10)}]\n" for i in range(1, 12))
DEEP = 100_000


def rules_of(data: bytes) -> list[str]:
    """The rules that a file breaks, read in a process which has little memory and may crash alone."""
    command = [sys.executable, "-c", IN_LITTLE_MEMORY]
    run = subprocess.run(command, input=data, capture_output=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode().split()


def with_story(root: Path, old: str, new: str) -> Path:
    """The sound newsletter in `root`, with some words of its story replaced."""
    file = laid_over(SOUND.name, root) / STORY
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return root


def test_a_billion_laughs_is_refused_in_little_memory() -> None:
    found = rules_of(LAUGHS.encode())
    assert set(found) == {"yaml-feature"}
    assert len(found) <= MOST_TOLD


@pytest.mark.parametrize(
    ("opening", "rules"),
    [
        *((opening, ["nesting"]) for opening in ("[", "{", "- ", "? ", "[{a: ", "{a: [")),
        ("!!seq [", ["yaml-feature"] * MOST_TOLD),
    ],
)
def test_a_hundred_thousand_open_brackets_do_not_crash_the_process(opening: str, rules: list[str]) -> None:
    data = (opening * DEEP).encode()[: SIZE_LIMIT - 1]
    assert rules_of(data) == rules


def test_a_hundred_thousand_closed_brackets_do_not_crash_the_process() -> None:
    assert rules_of(("[" * DEEP + "]" * DEEP).encode()) == ["nesting"]
    assert rules_of(("a: !!x\nb: " + "[" * 80_000).encode()) != [], "in the blink of an eye, whatever stands before it"


def test_a_file_over_the_size_limit_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    root = with_story(tmp_path, "body: |", "# " + "[" * SIZE_LIMIT + "\nbody: |")
    assert said(root) == (
        f"{STORY}:1:1: error: the file has {SIZE_LIMIT // 1024} KB; at most {SIZE_LIMIT // 1024} are read [file-size]\n"
        "    Split it into several stories.\n"
    )


def test_a_text_over_the_limit_is_told_and_not_judged_and_all_else_is(tmp_path: Path) -> None:
    long = "  It paid [much](javascript:alert(1)) yesterday. [@nobody]\n\n" * 1000
    root = with_story(tmp_path, "  The deal runs", f"{long}  The deal runs")
    file = root / STORY
    file.write_text(file.read_text(encoding="utf-8").replace("section: big-tech", "section: big-tec"), encoding="utf-8")
    assert re.findall(r"`(\S+)` .*\[(\S+)\]", said(root)) == [("big-tec", "unknown-section"), ("body", "too-long")]


def test_a_dek_that_is_too_long_is_judged_all_the_same(tmp_path: Path) -> None:
    long = "It runs long. " * 100
    root = with_story(tmp_path, "The commitment runs", f"{long}[@hubkub] The commitment runs")
    assert re.findall(r"\[([a-z-]+)\]$", said(root), re.MULTILINE) == ["too-long", "citation-in-heading"]


def test_a_text_of_a_thousand_nested_lists_does_not_crash_the_check(tmp_path: Path) -> None:
    assert "[unreadable-text]" in said(with_story(tmp_path, "  The deal runs", f"  {'- ' * 1000}x\n\n  The deal runs"))


def test_a_tag_of_python_runs_no_program(tmp_path: Path) -> None:
    trace = tmp_path / "citewire-was-here"
    title = f'!!python/object/apply:os.system ["touch {trace}"]'
    assert "[yaml-feature]" in said(with_story(tmp_path / "n", "Meta commits another $21 billion to CoreWeave", title))
    assert not trace.exists()


NOISE = "\x1b[2J\nis gone"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("section: big-tech", f"section: {json.dumps('big' + NOISE)}"),
        ("section: big-tech", f"{json.dumps('section' + NOISE)}: big-tech"),
        ("section: big-tech", f"section: big-tech\nsentiment: {json.dumps('good' + NOISE)}"),
        ("2026-04-09T18:00:00-04:00", json.dumps("2026-04-09T18:00:00" + NOISE)),
        ("https://hubkub.com/tech-news/meta-coreweave/", json.dumps("ftp://hubkub.com/" + NOISE)),
    ],
    ids=["id", "name of a field", "choice", "time", "address"],
)
def test_a_problem_is_one_line_and_leaves_the_terminal_alone(old: str, new: str, tmp_path: Path) -> None:
    problems = judge(Project(tmp_path, with_story(tmp_path, old, new) / "content"))[1]
    assert problems
    assert not [p for p in problems if re.search("[\x00-\x1f\x7f-\x9f]", p.what + p.hint)]


def test_five_mistakes_in_one_file_are_all_named_on_their_own_lines(tmp_path: Path) -> None:
    laid_over("five-mistakes-in-one-file", tmp_path)
    assert [problem.line for problem in judge(find(tmp_path / "mkdocs.yml"))[1]] == [1, 2, 3, 4, 6]


def published(site: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder with its bytes and the moment at which it was written."""
    files = sorted(file for file in site.rglob("*") if file.is_file())
    return {str(file.relative_to(site)): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def test_with_an_error_in_the_content_nothing_is_published(tmp_path: Path) -> None:
    root = laid_over(SOUND.name, tmp_path)
    assert citewire(root, "build").returncode == 0
    before = published(root / "site")
    assert f"stories/{Path(STORY).stem}/index.html" in before

    with_story(root, "dek: The", "dek The")
    (root / "content/topics.yml").write_text((root / "content/topics.yml").read_text() + "chips:\n  name: Chips\n")
    run = citewire(root, "build")

    assert run.returncode == 1
    assert f"{STORY}:" in run.stderr
    assert "1 error" in run.stderr
    assert published(root / "site") == before
    assert {path.name for path in root.iterdir()} - {".cache"} == {"content", "mkdocs.yml", "site"}


def test_with_an_error_in_the_first_build_there_is_no_site(tmp_path: Path) -> None:
    assert citewire(with_story(tmp_path, "dek: The", "dek The"), "build").returncode == 1
    assert not (tmp_path / "site").exists()


def test_help_documents_the_exit_codes(tmp_path: Path) -> None:
    codes = re.findall(r"^ +(\d) +(\w+)", citewire(tmp_path, "--help").stdout, re.MULTILINE)
    assert codes == [("0", "sound"), ("1", "problems"), ("2", "wrong"), ("3", "something")]


@pytest.mark.parametrize(
    ("case", "words", "code"),
    [
        ("_sound", ["check"], 0),
        ("_sound", ["check", "--strict"], 0),
        ("event-after-publication", ["check"], 0),
        ("event-after-publication", ["check", "--strict"], 1),
        ("event-after-publication", ["build", "--strict"], 1),
        ("field-missing", ["check"], 1),
        ("_sound", ["check", "no-such-file.yml"], 2),
        ("_sound", ["check", "--no-such-option"], 2),
        ("_sound", ["check", "-f", "no-such-config.yml"], 2),
        ("_sound", ["build", "-f", "no-such-config.yml"], 2),
        ("_sound", ["build", "-d", "content"], 2),
        ("_sound", ["build", "-d", "mkdocs.yml/site"], 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_the_exit_code_says_how_it_went(case: str, words: list[str], code: int, tmp_path: Path) -> None:
    run = citewire(laid_over(case, tmp_path), *words)
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr


def lines_of(data: bytes) -> int:
    """The lines of a file as YAML 1.1 counts them (section 4.2)."""
    return len(re.split("\r\n|[\n\r\x85\u2028\u2029]", data.decode("utf-8-sig", "replace")))


YAML_LIKE = st.text(alphabet="ab1:-[]{}'\"\n\t &*!|>#%@`,?\\.~\r\x07\x80\x85\u2028\ufeff\ufffdé😀", max_size=60)


FILES = st.one_of(st.binary(), st.text().map(str.encode), YAML_LIKE.map(str.encode))


@settings(deadline=None, max_examples=500)
@given(FILES)
def test_whatever_bytes_a_file_holds_it_is_read_or_refused_in_words(data: bytes) -> None:
    document = read("any.yml", data)
    assert all(problem.what and problem.column >= 1 for problem in document.problems)


@settings(deadline=None, max_examples=500)
@given(FILES)
def test_whatever_bytes_a_file_holds_its_problems_stand_on_its_lines(data: bytes) -> None:
    assert all(1 <= problem.line <= lines_of(data) for problem in read("any.yml", data).problems)


PLAUSIBLE = st.sampled_from(
    ["hubkub", "[@hubkub]", "[@", "[a](javascript:x)", "2026-04-09", "0001-01-01T00:00:00+14:00", "https://a.example/"]
)
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), PLAUSIBLE),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text() | PLAUSIBLE, inner, max_size=4)),
    max_leaves=12,
)
MARKDOWN_LIKE = st.text(alphabet="[]()<>@;:!*_`\\#|-+> \n1ahubkbé\u00a0", max_size=60)
SOURCE = {"url": "https://hubkub.com/", "title": "The deal", "publisher": "hubkub"}
STORY_FIELDS = {
    "title": "Meta commits another $21 billion",
    "dek": "The commitment runs to December 2032.",
    "section": "big-tech",
    "published": "2026-04-09T18:00:00-04:00",
}


def some_of(form: Form, most: int) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from([spec.name for spec in form.fields]), ANYTHING, max_size=most)


@settings(deadline=None, max_examples=100)
@given(body=MARKDOWN_LIKE, source=some_of(forms.SOURCE, 1), wrong=some_of(forms.STORY, 2))
def test_whatever_stands_in_the_fields_of_a_story_it_is_judged(
    body: str, source: dict[str, object], wrong: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = laid_over(SOUND.name, tmp_path_factory.getbasetemp() / "anything")
    story = STORY_FIELDS | {"body": body, "citations": {"hubkub": SOURCE | source}} | wrong
    (root / STORY).write_text(json.dumps(story, ensure_ascii=False, indent=1), encoding="utf-8")
    for problem in judge(Project(root, root / "content"))[1]:
        assert 1 <= problem.line <= lines_of((root / problem.file).read_bytes())
        assert str(problem).startswith(f"{problem.file}:{problem.line}:{problem.column}: ")


def work(run: Callable[[], object]) -> int:
    """How many calls a run makes: what it costs, on whatever machine."""
    counting = cProfile.Profile()
    counting.runcall(run)
    return sum(function.callcount for function in counting.getstats())


ODD = [
    "1.5% ",
    "1 ",
    "2026-",
    "10^",
    "１",
    "* ",
    "[^1]",
    "$3 and ",
    "12 April 2026 ",
    '"v1": 12.34, ',
    "Meta bought 3 chips of 9. ",
    "a [@hubkub]\n\n> b. — C\n",
    "```x\n",
]


@pytest.mark.parametrize("odd", ODD)
def test_a_text_of_twice_the_length_takes_about_twice_the_work(odd: str) -> None:
    """However odd it is: each with each, a page of numbers would take minutes."""
    most = 2000 if " " in odd else 8000  # more than 1,000 figures of a kind are not compared; one long word is cheap
    size = min(5000 // len(odd), most)
    times = (size // 2, size, 2 * size)
    once, few, many = (library(story(body=f"It was {odd * number} [@hubkub]")) for number in times)
    check(once)  # what is made once is made: patterns among it, but for those of which the longer text is the first use
    grew = (work(lambda: check(many)) / work(lambda: check(few)) for _ in range(2))
    assert any(ratio < 2.7 for ratio in grew)  # it shows if each has one call for each other


@pytest.mark.parametrize("odd", ODD)
def test_evidence_of_twice_the_length_takes_about_twice_the_work(odd: str) -> None:
    def traced(size: int) -> Callable[[], object]:
        text = odd * (size // len(odd))
        return lambda: ledger_of(
            "It paid $12.34 million on 12 April 2026. [@page]", source("page"), texts={"page": text}
        )

    traced(3000)()
    assert work(traced(24_000)) < 3 * work(traced(12_000))


def test_a_page_that_is_one_long_word_is_read_at_once() -> None:
    start = time.process_time()
    assert not [*labels.find("4 " + "ABCDEfghIJKLmnop" * 12_000)]
    assert time.process_time() - start < 5  # a look from each of its capitals to its end takes minutes


@given(st.text("ab :?#-,'\"!&*%@`|>[]{}\t.", max_size=12))
def test_the_list_that_a_hint_offers_is_read_as_the_words_that_it_is_for(words: str):
    pen = Pen("a.yml")
    ListOf(Text()).read(words, ("passages",), pen)
    offered = pen.problems[0].hint.removeprefix("Write ").removesuffix(".")
    if offered.startswith("["):
        assert yaml.safe_load(offered) == [words.strip()]
