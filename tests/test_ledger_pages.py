"""What readers see of tracing: how much of what a page claims was found in the words of its sources, and where."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from generator.evidence.store import snapshot
from generator.judged.ledgers import KeptLedgers
from generator.model.artifacts import PageArtifact
from generator.model.content import Vouch
from generator.model.evidence import Snapshot, SnapshotOf, nothing_kept
from generator.model.site import Site
from generator.model.tracing import Ledgers, Tally
from generator.render.site import maker_of, render
from generator.trace.tracer import Tracer
from tests import make
from tests.tracing import KEPT_MISPLACED, MISPLACED

STORY = make.story(
    "meta-coreweave",
    make.source("hubkub", title="A deal", passages=("another $21 billion of compute",), accessed=make.NOON.date()),
    body="Meta commits $21 billion. [@hubkub] It runs to December 2032. [@hubkub]",
)
WHOLE = "It is said that another $21 billion of compute is bought. Nobody may read this here. It runs to December 2032."


def told(story=STORY, snapshot_of: SnapshotOf = nothing_kept) -> Site:
    return make.traced(make.library(story, make.edition()), snapshot_of)


def kept_whole(url: str) -> Snapshot:
    return snapshot(url, datetime(2026, 4, 11, tzinfo=UTC), "http 200 text/html", WHOLE)


def section(site: Site, path: str):
    return next(node for node in make.page(site, path).iter() if node.get("id") == "ledger")


def test_a_story_says_how_much_of_what_it_claims_is_traced():
    words = make.words(make.page(told(), "stories/meta-coreweave/"))
    assert "1 of 3 claims traced" in words
    assert "What it did not find may be elsewhere in them" in words
    assert "that a source says it does not make it true." in words


def test_the_ledger_shows_each_claim_with_the_passage_and_its_source():
    words = make.words(section(told(), "stories/meta-coreweave/"))
    assert "$21\N{NO-BREAK SPACE}billion traced: “another $21 billion of compute” [1] It runs" in words
    assert "December 2032 not in the passages that are kept" in words


COPIED = "of these, the desk copied the words from the source"


def test_readers_are_told_how_much_rests_on_words_that_the_desk_copied():
    """Whoever changes a passage along with the text has every claim traced, so readers must know who copied it."""
    assert f"For 1 {COPIED}; no program has compared them" in make.words(section(told(), "stories/meta-coreweave/"))
    assert f"For 1 {COPIED}" in make.words(section(told(), "editions/2026-04-11/"))
    assert COPIED not in make.words(section(told(snapshot_of=kept_whole), "stories/meta-coreweave/"))


def test_what_only_the_citation_shows_is_not_counted_as_traced():
    dated = make.source("hubkub", title="A deal", published=make.NOON.date())
    story = make.story("meta-coreweave", dated, body="Hubkub says so on 11 April 2026. [@hubkub]")
    words = make.words(make.page(told(story), "stories/meta-coreweave/"))
    assert "Hubkub from the citation: it names Hubkub [1]" in words
    assert "from the citation: the source is dated 11\xa0April 2026 [1]" in words
    assert "claims traced" not in words


def test_of_a_page_that_is_kept_whole_the_ledger_shows_the_very_words_and_no_more():
    words = make.words(make.page(told(snapshot_of=kept_whole), "stories/meta-coreweave/"))
    assert "December 2032 traced: “December 2032” [1]" in words
    assert "Nobody may read this here" not in words
    assert "It is said that" not in words


def test_the_day_of_reading_stands_in_the_list_and_in_the_ledger_only_where_the_text_is_of_another_day():
    """So that a ledger of fifty claims does not say the same day fifty times."""

    def later(url: str) -> Snapshot:
        return snapshot(url, datetime(2026, 4, 13, tzinfo=UTC), "http 200 text/html", WHOLE)

    path = "stories/meta-coreweave/"
    assert "read 11\xa0April 2026" in make.words(make.page(told(), path))
    assert "read 11\xa0April 2026" not in make.words(section(told(), path))
    assert "“December 2032” [1], read 13\xa0April 2026" in make.words(section(told(snapshot_of=later), path))


def test_what_a_source_seems_to_have_for_something_else_is_not_said_to_be_missing():
    words = make.words(section(told(MISPLACED, KEPT_MISPLACED), "stories/meta-coreweave/"))
    assert "€31\N{NO-BREAK SPACE}million in the source, but apparently about something else" in words
    assert "not in the source" not in words


def test_what_the_desk_answers_for_is_shown_as_such():
    vouched = replace(STORY, trace=(Vouch("It is in the contract.", "December 2032"),))
    words = make.words(section(told(vouched), "stories/meta-coreweave/"))
    assert "December 2032 vouched for by the desk : It is in the contract." in words.replace("desk:", "desk :")


def test_an_edition_adds_up_its_stories_and_leads_to_their_ledgers():
    found = section(told(), "editions/2026-04-11/")
    assert "1 of 3 figures, quotations and names are traced" in make.words(found)
    assert "../../stories/meta-coreweave/#ledger" in make.all_links(found)


def test_tallies_add_up():
    assert Tally(2, 1) + Tally(3, 3) == Tally(5, 4)


def test_a_story_that_claims_nothing_has_no_ledger():
    silent = make.story("meta-coreweave", body="so it is. [@hubkub]")
    assert b'class="ledger"' not in dict(make.files(told(silent)))["stories/meta-coreweave/index.html"]()


def test_a_story_that_no_rule_traced_is_traced_once_for_all_pages_that_show_it(monkeypatch: pytest.MonkeyPatch):
    library = make.library(STORY, make.edition())
    claims = KeptLedgers(library, {}, lambda story: "", nothing_kept)
    first = claims.of(STORY)
    assert [claim.text for claim in first.claims]
    monkeypatch.setattr(Tracer, "ledger", lambda self, item: pytest.fail("it is traced again"))
    assert claims.of(STORY) is first


def test_the_front_page_says_on_how_many_sources_the_day_rests_and_how_much_is_traced():
    front = make.page(told(), "")
    words = make.words(front)
    assert "One source 1 of 3 claims traced" in words
    links = set(make.all_links(front))
    assert {"editions/2026-04-11/#sources", "editions/2026-04-11/#ledger"} <= links
    assert "claims traced" not in make.words(make.page(make.site(STORY, make.edition()), ""))


def test_the_front_page_is_made_anew_when_more_is_traced():
    def made_of(print_: str):
        of = told()
        traced = replace(of, ledgers=Ledgers(of.ledgers.of, lambda _: print_))
        declared = render(maker_of(traced), make.ROOT)
        front = next(item for item in declared if isinstance(item, PageArtifact) and item.path == "")
        return front.made_of[-1]

    assert made_of("one") == made_of("one") != made_of("other")
