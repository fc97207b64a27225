"""JSON Schemas: they take what the check takes, and know the ids of this very newsletter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from generator.load import forms, schema
from generator.load.library import load
from generator.load.schema import schemas
from generator.pipeline import judge
from generator.project import Project
from tests.make import library, sample
from tests.test_cases import CASES, laid_over

ROOT = Path(__file__).parent.parent
KINDS = {"stories": "story", "editions": "edition"}


class _Core(yaml.SafeLoader):
    """YAML 1.2, as the language server reads it: a time is text, and so is `no`."""


_Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Core.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(?:true|false)$"), list("tf"))


def kind_of(path: Path, content: Path) -> str:
    first = path.relative_to(content).parts[0]
    return KINDS.get(first, first.removesuffix(".yml"))


def complaints(root: Path) -> dict[str, list[str]]:
    """What an editor underlines in each file of a newsletter."""
    content = root / "content"
    found = load(root, content)[0]
    validators = {name: Draft7Validator(json.loads(write())) for name, write in schemas(found, found.stories).items()}
    told = {}
    for path in sorted(content.rglob("*.yml")):
        value = yaml.load(path.read_text("utf-8"), Loader=_Core)
        errors = validators[kind_of(path, content)].iter_errors(value)
        told[path.relative_to(content).as_posix()] = [error.message for error in errors]
    return {name: messages for name, messages in told.items() if messages}


def test_no_file_of_the_sample_is_underlined():
    assert complaints(ROOT) == {}


def test_every_schema_is_a_schema():
    for data in (write() for write in schemas(library(), ["told"]).values()):
        Draft7Validator.check_schema(json.loads(data))


@pytest.mark.parametrize(
    ("case", "file"),
    [
        ("unknown-part", "stories/2026/meta-coreweave.yml"),
        ("unknown-entity", "stories/2026/meta-coreweave.yml"),
        ("sentiment-unknown", "stories/2026/meta-coreweave.yml"),
        ("importance-eleven", "stories/2026/meta-coreweave.yml"),
        ("field-missing", "stories/2026/meta-coreweave.yml"),
        ("date-where-a-time-is-needed", "stories/2026/meta-coreweave.yml"),
        ("address-javascript", "stories/2026/meta-coreweave.yml"),
        ("vocabulary-with-a-bad-id", "topics.yml"),
        ("newsletter-with-an-unknown-field", "newsletter.yml"),
        ("edition-made-by-an-unknown-word", "editions/2026-04-09.yml"),
    ],
)
def test_what_the_check_refuses_is_underlined(case: str, file: str, tmp_path: Path):
    assert file in complaints(laid_over(case, tmp_path))


@pytest.mark.parametrize("case", [f.name for f in sorted(CASES.iterdir()) if f.name.startswith("sound-")])
def test_what_the_check_takes_is_not_underlined(case: str, tmp_path: Path):
    assert complaints(laid_over(case, tmp_path)) == {}


VOUCH = {"claim": "$21 billion", "ok": "It is."}


@pytest.mark.parametrize("kind", ["story", "edition"])
def test_who_answers_for_words_is_helped_as_with_any_other_field(kind: str):
    trace = Draft7Validator(json.loads(schemas(library(), [])[kind]())["properties"]["trace"])
    assert all(trace.is_valid(value) for value in (VOUCH, [VOUCH, VOUCH], None))
    assert not any(trace.is_valid(value) for value in (VOUCH | {"okay": "x"}, [{"claim": "x"}], "x"))


def test_ids_are_those_of_this_newsletter_with_their_names():
    story = json.loads(schemas(library(), [])["story"]())["properties"]
    assert story["section"]["enum"] == ["big-tech", "industry-biz", "policy"]
    assert story["topics"]["items"] | {} == story["topics"]["items"]
    assert story["mentions"]["items"]["enumDescriptions"] == ["Meta", "CoreWeave", "Nvidia"]
    assert story["citations"]["additionalProperties"]["properties"]["publisher"]["enum"] == ["hubkub"]
    assert list(story["parts"]["properties"]) == ["summary", "why-it-matters", "key-takeaways"]


def test_names_of_stories_are_offered_and_others_taken():
    stories = json.loads(schemas(library(), ["told"])["edition"]())["properties"]["stories"]["items"]
    assert stories["anyOf"][0] == {"enum": ["told"]}
    assert Draft7Validator(stories).is_valid("a-new-one")


def test_every_field_that_is_explained_exists_and_every_needed_one_is_explained():
    for name, kind in schema._kinds(library(), []).items():
        known = dict(_fields(kind.shape))
        told = schema._descriptions(name)
        assert told.keys() <= known.keys()
        assert {way for way, needed in known.items() if needed and "versions." not in way} <= told.keys()


def _fields(shape: object, way: str = "") -> list[tuple[str, bool]]:
    if isinstance(shape, forms.Form):
        found = []
        for field in shape.fields:
            here = f"{way}.{field.name}".lstrip(".")
            found += [(here, field.required), *_fields(field.shape, here)]
        return found
    item = getattr(shape, "item", None)
    return _fields(item, way) if item else []


def test_the_published_schema_knows_every_id_of_the_vocabularies(tmp_path: Path):
    words = judge(Project(ROOT, ROOT / "content"))[0]
    story = json.loads(schemas(words, sample().stories)["story"]())
    assert set(story["properties"]["mentions"]["items"]["enum"]) == words.entities.keys()
