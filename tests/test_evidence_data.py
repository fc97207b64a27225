"""What a page claims and what the evidence says of it, as data beside the page (`evidence.json`)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.evidence.store import snapshot
from generator.model.artifacts import Artifact, Values
from generator.model.content import Point, Vouch
from generator.model.evidence import SnapshotOf, nothing_kept
from generator.model.outputs import Outputs
from generator.model.permalinks import API_SCHEMA
from generator.model.site import Site
from generator.model.tracing import Ledgers
from generator.render.evidence import EvidenceFiles
from generator.words import letter
from tests import make
from tests.tracing import KEPT_MISPLACED, MISPLACED

STORY = make.story(
    "meta-coreweave",
    make.source("hubkub", title="A deal", passages=("another $21 billion of compute",), accessed=make.NOON.date()),
    make.source("whole", title="The contract"),
    body="Meta commits $21 billion. [@hubkub] It runs to December 2032. [@whole] It has 3,400 pages. [@hubkub]",
    trace=(Vouch("We counted them.", "3,400"),),
)
EDITION = make.edition(takeaways=(Point("Money", "It is another $21 billion. [@meta-coreweave/hubkub]"),))
WHOLE = "Nobody may read this here. It runs to December 2032."
MARK = "\N{SNOWMAN}"


def kept(url: str):
    return snapshot(url, datetime(2026, 4, 11, tzinfo=UTC), "http 200", WHOLE) if "whole" in url else None


def data(site: Site, path: str) -> dict:
    return json.loads(dict(make.files(site))[f"{path}evidence.json"]())


def told(story=STORY, snapshot_of: SnapshotOf = kept) -> dict:
    return data(make.traced(make.library(story, EDITION), snapshot_of), "stories/meta-coreweave/")


def claims(document: dict) -> dict[str, dict]:
    return {claim["text"]: claim for sentence in document["sentences"] for claim in sentence["claims"]}


def faults(site: Site) -> list[str]:
    files = dict(make.files(site))
    judge = jsonschema.Draft202012Validator(json.loads(files[API_SCHEMA]()), format_checker=jsonschema.FormatChecker())
    found = {path: json.loads(make_()) for path, make_ in files.items() if path.endswith("evidence.json")}
    assert found
    return [path for path, document in found.items() if not judge.is_valid(document)]


def test_a_claim_leads_to_the_passage_with_its_offset_and_to_the_source_with_the_day_it_was_read():
    document = told()
    claim = claims(document)["$21 billion"]
    place = claim["place"]
    assert (claim["kind"], claim["verdict"], claim["how"]) == ("figure", "traced", "the same quantity")
    assert (place["part"], place["passage"], place["read"]) == ("passage", 1, "2026-04-11")
    assert not place["held"], "the desk copied it"
    source = document["sources"][place["source"] - 1]
    assert (source["number"], source["url"]) == (place["source"], "https://hubkub.example/page")
    assert source["passages"][0][place["start"] : place["end"]] == place["text"] == "$21 billion"


def test_of_a_page_that_is_kept_whole_only_the_very_words_are_told():
    document = told()
    claim = claims(document)["December 2032"]
    words = {"source": 2, "part": "snapshot", "text": "December 2032", "held": True, "read": "2026-04-11"}
    assert claim["place"] == words
    assert "Nobody may read this" not in json.dumps(document)


def test_what_the_desk_answers_for_has_its_reason_and_is_counted_apart():
    document = told()
    assert claims(document)["3,400"]["silenced"] == "We counted them."
    assert document["claims"]["silenced"] == 1


def test_who_vouches_for_words_that_are_traced_silences_nothing():
    document = told(replace(STORY, trace=(Vouch("It is so.", "$21 billion"),)))
    assert "silenced" not in claims(document)["$21 billion"]
    assert document["claims"]["silenced"] == 0


def test_how_tells_what_a_source_seems_to_have_for_something_else_without_its_words():
    claim = claims(told(MISPLACED, KEPT_MISPLACED))["€31 million"]
    assert claim["verdict"] == "untraced"
    assert claim["how"] == "in the source, as it seems for something else"
    assert "26" not in json.dumps(claim)


def test_the_numbers_are_those_of_the_badge():
    site = make.traced(make.library(STORY, EDITION), kept)
    found = data(site, "stories/meta-coreweave/")["claims"]
    badge = f"{found['traced']} of {found['all'] - found['credited']} claims traced"
    assert badge in make.words(make.page(site, "stories/meta-coreweave/"))
    assert found["all"] == sum(number for name, number in found.items() if name != "all")


def test_an_edition_has_the_evidence_of_its_own_texts():
    document = data(make.traced(make.library(STORY, EDITION), kept), "editions/2026-04-11/")
    (sentence,) = document["sentences"]
    assert sentence["path"] == ["takeaways", 0, "text"]
    assert sentence["claims"][0]["place"]["source"] == sentence["sources"][0]


def test_where_two_stories_cite_one_page_an_edition_shows_the_passages_of_both():
    address = "https://same.example/page"
    one = make.story("one", make.source("x", url=address, passages=("it sailed at dawn",)))
    other = make.story("other", make.source("y", url=address, passages=("it took 41 ships", "it cost $7 million")))
    edition = make.edition("2026-04-11", "one", "other", takeaways=(Point("Money", "It cost $7 million. [@other/y]"),))
    document = data(make.traced(make.library(one, other, edition)), "editions/2026-04-11/")
    place = claims(document)["$7 million"]["place"]
    passages = document["sources"][place["source"] - 1]["passages"]
    assert passages[place["passage"] - 1] == "it cost $7 million"
    assert {*passages} == {"it sailed at dawn", "it took 41 ships", "it cost $7 million"}


def test_the_page_leads_to_its_evidence():
    site = make.traced(make.library(STORY, EDITION))
    for path in ("stories/meta-coreweave/", "editions/2026-04-11/"):
        page = make.page(site, path)
        named = [e.get("href") for e in page.iter("link") if e.get("type") == "application/json"]
        assert named == [f"{make.BASE}{path}evidence.json"]
        assert f"../../{path}evidence.json" in make.all_links(page)


def test_where_nothing_was_traced_there_is_no_evidence_and_nothing_leads_to_it():
    for site in (make.site(STORY, EDITION), replace(make.traced(make.library(STORY)), outputs=Outputs(evidence=False))):
        files = dict(make.files(site))
        assert [path for path in files if "evidence" in path] == []
        assert b"evidence.json" not in files["stories/meta-coreweave/index.html"]()


def test_the_evidence_of_the_sample_fits_its_schema_and_every_offset_fits_its_sentence():
    site = make.sample()
    assert faults(site) == []
    for slug in site.stories:
        for sentence in data(site, f"stories/{slug}/")["sentences"]:
            for claim in sentence["claims"]:
                assert sentence["text"][claim["start"] : claim["end"]] == claim["text"]
                place = claim.get("place", {})
                if "start" in place:
                    assert place["around"][place["start"] : place["end"]] == place["text"]


@given(make.sites())
def test_the_evidence_of_any_site_fits_the_schema(site: Site):
    tracing = make.tracer(make.library(*(page.story for page in site.story_pages.values())))
    assert faults(replace(site, ledgers=Ledgers(tracing.ledger, lambda story: ""))) == []


@pytest.mark.parametrize("text", make.HOSTILE.values())
def test_strange_texts_fit_the_schema_too(text: str):
    assert faults(make.traced(make.everywhere(text))) == []


NUMBERS = st.integers(2, 99_999).map(lambda n: f"{n:,}")


@given(st.lists(NUMBERS, min_size=1, max_size=4, unique=True), NUMBERS)
def test_no_word_around_a_claim_in_a_kept_page_gets_out(written: list[str], other: str):
    """Whatever figures a text claims, the kept page's own words beside them stay where they are."""
    whole = " ".join(f"{MARK}{letter(n)}{MARK} exactly {figure} boats." for n, figure in enumerate([*written, other]))
    body = " ".join(f"They bought {figure} boats. [@hubkub]" for figure in written)
    site = make.traced(
        make.library(make.story("meta-coreweave", body=body)),
        lambda url: snapshot(url, datetime(2026, 4, 11, tzinfo=UTC), "http 200", whole),
    )
    text = dict(make.files(site))["stories/meta-coreweave/evidence.json"]().decode()
    assert MARK not in text
    assert claims(json.loads(text))


def made_of(*items, snapshot_of: SnapshotOf = nothing_kept) -> dict[str, Values]:
    site = make.traced(make.library(*items), snapshot_of)
    found: list[Artifact] = list(EvidenceFiles(site, site.ledgers).all())
    return {artifact.path: artifact.made_of for artifact in found}


def test_a_new_neighbour_leaves_the_evidence_of_a_story_as_it_is():
    before = made_of(STORY, EDITION)
    later = make.story("later", published=make.NOON + timedelta(hours=1))
    after = made_of(STORY, later, EDITION)
    assert {path: after[path] for path in before} == before
    assert set(after) - set(before) == {"stories/later/evidence.json"}
