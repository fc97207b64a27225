"""What a claim that is computed, or reckoned from a day, came from: each figure and each day with its own source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.cli import ledger as command
from generator.export.archive import write_archive
from generator.model.content import Source, Story
from generator.model.site import Site
from generator.model.tracing import Claim, OperandOrigin, Operation, SourcePart, Verdict
from generator.model.vocabulary import Publisher
from generator.render.opening import opening
from generator.trace.tracer import tracer
from tests import make
from tests.folders import answers
from tests.tracing import claims_of, kept, ledger_of
from tests.trust import corpus

DAY = date(2026, 4, 9)
"""A Thursday, and two days before that of the stories."""


def reckoned(text: str, body: str, *sources: Source, texts: Mapping[str, str] | None = None) -> Claim:
    """The claim of that text, which is traced."""
    claim = next(claim for claim in ledger_of(body, *sources, texts=texts).claims if claim.text == text)
    assert claim.verdict is Verdict.TRACED, claim.how
    return claim


def came_from(claim: Claim) -> list[tuple[str, str, str]]:
    """The terms of a claim: each text, the source that it was traced to, and the words there."""
    terms = claim.reckoned.terms if claim.reckoned else ()
    return [
        (term.text, term.place.source if term.place else "", term.place.around if term.place else "") for term in terms
    ]


def page(text: str = "", **fields: object) -> Source:
    return make.source("page", passages=(text,) if text else (), **fields)


# What follows from a day


def test_a_day_on_which_a_source_was_published_leads_to_that_source_and_its_date():
    claim = reckoned(
        "9 April 2026", "The firm said so on 9 April 2026. [@page]", page("The firm said so.", published=DAY)
    )
    assert claim.place
    assert (claim.place.source, claim.place.part, claim.place.text) == ("page", SourcePart.PUBLISHED, "2026-04-09")
    assert claim.place.day == DAY


@pytest.mark.parametrize(
    ("text", "there"),
    [("8 April", "The firm said so on Wednesday."), ("8 April", "The firm said so yesterday."),
     ("2025", "The firm said so last year."), ("March 2026", "The firm said so last month.")],
)  # fmt: skip
def test_words_that_mean_a_day_on_the_day_of_their_source_name_that_day(text: str, there: str):
    claim = reckoned(text, f"The firm said so in {text}. [@page]", page(there, published=DAY))
    assert claim.place
    assert claim.place.around == there
    assert claim.reckoned
    (term,) = claim.reckoned.terms
    assert (claim.reckoned.by, term.told, term.day) == (Operation.DAY, OperandOrigin.SOURCE, DAY)


def test_a_date_of_which_the_source_has_no_year_names_the_day_from_which_its_year_is_reckoned():
    claim = reckoned("2 May 2026", "It opens on 2 May 2026. [@page]", page("it opens on 2 May", published=DAY))
    assert claim.place
    assert claim.reckoned
    assert [(term.told, term.day) for term in claim.reckoned.terms] == [(OperandOrigin.SOURCE, DAY)]


@pytest.mark.parametrize(("text", "there"), [("2 May 2026", "2 May 2026"), ("2 May", "2 May")])
def test_a_date_that_claims_no_more_than_the_source_has_is_reckoned_from_none(text: str, there: str):
    claim = reckoned(text, f"It opens on {text}. [@page]", page(f"it opens on {there}", published=DAY))
    assert claim.reckoned is None


def test_where_the_source_tells_no_day_it_is_said_that_the_day_of_the_story_was_taken():
    claim = reckoned("8 April", "The firm said so on 8 April. [@page]", page("The firm said so on Wednesday."))
    assert claim.reckoned
    (term,) = claim.reckoned.terms
    assert (term.told, term.day, term.place) == (OperandOrigin.PAGE, make.NOON.date(), None)


def test_words_that_mean_the_same_on_any_day_are_reckoned_from_none():
    claim = reckoned(
        "March 2026", "It ended in March 2026. [@page]", page("It ended with the first quarter.", published=DAY)
    )
    assert claim.place
    assert claim.reckoned is None


def test_how_many_years_ago_something_was_leads_to_the_year_which_is_about_it_and_to_the_day_of_the_story():
    there = "In 2023 the mayor resigned and the court met. The museum opened its doors in 2023."
    claim = reckoned(
        "three years", "The museum opened its doors three years ago. [@page]", page(), texts={"page": there}
    )
    assert claim.place
    assert claim.place.around == "The museum opened its doors in 2023."
    assert claim.reckoned
    assert claim.reckoned.by is Operation.DAY
    assert [(term.told, term.day) for term in claim.reckoned.terms] == [(OperandOrigin.PAGE, make.NOON.date())]


def test_months_are_not_reckoned_from_a_year_that_the_source_names():
    def verdict(there: str) -> Verdict:
        ledger = ledger_of("The attack was six months ago. [@page]", page(), texts={"page": there})
        return next(claim for claim in ledger.claims if claim.text == "six months").verdict

    assert verdict("The attack on the firm of 2026 was told.") is Verdict.UNTRACED
    assert verdict("The attack on the firm was in September 2025.") is Verdict.UNTRACED
    assert verdict("The attack on the firm was in October 2025.") is Verdict.TRACED


# What is computed


def test_each_figure_that_is_computed_with_leads_to_its_own_source():
    one, other = (
        make.source("one", passages=("It began on June 12.",)),
        make.source("other", passages=("It ended on June 30.",)),
    )
    claim = reckoned("18 days", "From 12 June to 30 June is 18 days. [@one; @other]", one, other)
    assert claim.reckoned
    assert claim.reckoned.by is Operation.SPAN
    assert came_from(claim) == [
        ("12 June", "one", "It began on June 12."),
        ("30 June", "other", "It ended on June 30."),
    ]


def test_a_figure_of_the_sentence_before_leads_to_the_source_of_that_sentence():
    one, other = (
        make.source("one", passages=("The first cost $3 million.",)),
        make.source("other", passages=("It cost $4 million.",)),
    )
    body = (
        "The first ship cost $3 million. [@one] The second cost $4 million, which makes $7 million together. [@other]"
    )
    claim = reckoned("$7 million", body, one, other)
    assert claim.reckoned
    assert claim.reckoned.by is Operation.SUM
    assert {term.text: (term.told, term.place.source if term.place else "") for term in claim.reckoned.terms} == {
        "$3 million": (OperandOrigin.BEFORE, "one"),
        "$4 million": (OperandOrigin.SENTENCE, "other"),
    }


def test_two_figures_that_only_the_source_has_lead_to_the_very_place_where_it_compares_them():
    there = "The wage is $125.32. Its fee is $119.72. The share rose from $119.72 to $125.32 on Monday."
    claim = reckoned("4.7%", "The share rose 4.7%. [@page]", page(), texts={"page": there})
    assert claim.reckoned
    assert claim.reckoned.by is Operation.CHANGE
    for term in claim.reckoned.terms:
        assert term.told is OperandOrigin.SOURCE
        assert term.place
        assert there[term.place.start : term.place.end] == term.text
        assert term.place.start > there.index("The share")


def test_the_two_ends_of_a_range_that_the_source_has_are_told_once():
    there = "Rent went from 1,200 to 1,500 euros."
    claim = reckoned("25%", "Rent rose by 25%. [@page]", page(), texts={"page": there})
    assert came_from(claim) == [("1,200 to 1,500 euros", "page", there)]
    assert claim.how == "computed from 1,200 to 1,500 euros"


def test_two_figures_that_are_the_same_are_told_twice():
    there = "Ada paid $3 million. Ben paid $3 million."
    body = "Ada paid $3 million. [@page] Ben paid $3 million, $6 million together. [@page]"
    claim = reckoned("$6 million", body, page(), texts={"page": there})
    assert [text for text, *_ in came_from(claim)] == ["$3 million", "$3 million"]


def test_a_figure_of_the_source_that_ours_is_compared_with_leads_to_its_place():
    there = "Revenue was $8.71 billion. Analysts had a forecast of $8.40 billion."
    body = "Revenue was $8.71 billion, some $310 million more than the forecast. [@page]"
    claim = reckoned("$310 million", body, page(), texts={"page": there})
    assert claim.reckoned
    assert claim.reckoned.by is Operation.DIFFERENCE
    assert came_from(claim) == [
        ("$8.71 billion", "page", "Revenue was $8.71 billion."),
        ("$8.40 billion", "page", "Analysts had a forecast of $8.40 billion."),
    ]


@pytest.mark.parametrize(
    ("by", "text", "sentence"),
    [
        (Operation.SUM, "$7 million", "It had $3 million and $4 million, $7 million together."),
        (Operation.DIFFERENCE, "$1 million", "It had $3 million and $4 million, a difference of $1 million."),
        (Operation.SHARE, "75%", "Of its $4 million it spent $3 million, a share of 75%."),
        (Operation.CHANGE, "33%", "It rose from $3 million to $4 million, or 33%."),
        (Operation.PRODUCT, "$48 million", "At $4 million a month for 12 months it makes $48 million."),
        (Operation.YEAR, "$48 million", "It pays $4 million a month, which makes $48 million a year."),
        (Operation.DOUBLE, "$6 million", "Both pay $3 million each, $6 million together."),
    ],
)
def test_it_is_told_what_is_computed(by: Operation, text: str, sentence: str):
    there = "It has $3 million. It has $4 million. It is for 12 months."
    claim = reckoned(text, f"{sentence} [@page]", page(), texts={"page": there})
    assert claim.reckoned
    assert claim.reckoned.by is by
    assert all(there[term.place.start : term.place.end] == term.text for term in claim.reckoned.terms if term.place)


@pytest.mark.parametrize("between", ["; with", ". [@page] With"])
def test_a_figure_that_is_itself_computed_is_named_without_a_place_since_it_has_none(between: str):
    there = "It pays $1 million, $2 million and $4 million."
    body = f"It pays $1 million and $2 million, $3 million together{between} $4 million that makes $7 million. [@page]"
    claim = reckoned("$7 million", body, page(), texts={"page": there})
    assert claim.reckoned
    places = {term.text: term.place for term in claim.reckoned.terms}
    assert "$3 million" in places
    assert all((place is None) == (text == "$3 million") for text, place in places.items())


def test_a_figure_that_is_not_traced_gives_no_words_to_what_is_computed_of_it():
    texts = {"one": "The first ship cost $3 million.", "other": "The second ship cost $4 million."}
    body = (
        "The first ship cost $5 million. [@one] The second cost $4 million, which makes $9 million together. [@other]"
    )
    claim = reckoned("$9 million", body, make.source("one"), make.source("other"), texts=texts)
    assert sorted(came_from(claim)) == [("$4 million", "other", texts["other"]), ("$5 million", "", "")]


def test_a_wrong_computation_tells_from_what_it_should_have_been_computed():
    ledger = ledger_of(
        "It rose from $3 million to $4 million, or 50%. [@page]",
        page(),
        texts={"page": "From $3 million to $4 million."},
    )
    claim = next(claim for claim in ledger.claims if claim.text == "50%")
    assert claim.verdict is Verdict.CONTRADICTED
    assert claim.place is None
    assert claim.reckoned
    assert [term.text for term in claim.reckoned.terms] == ["$3 million", "$4 million"]


# The promise, over all that there is


def shows_where_it_came_from(claim: Claim) -> bool:
    return claim.place is not None or (claim.reckoned is not None and claim.reckoned.by is not Operation.DAY)


def test_every_traced_claim_of_the_sample_shows_its_source():
    site = make.sample()
    items = [*(view.story for view in site.story_pages.values()), *(view.edition for view in site.editions)]
    claims = [claim for item in items for claim in site.ledgers.of(item).claims if claim.verdict is Verdict.TRACED]
    assert [claim.text for claim in claims if not shows_where_it_came_from(claim)] == []
    assert any(claim.place.part is SourcePart.PUBLISHED for claim in claims if claim.place)


@pytest.mark.parametrize("case", [*corpus.written("corpus"), *corpus.written("held-out")], ids=lambda case: case.name)
def test_every_place_of_a_story_holds_the_words_that_it_names(case: corpus.Case):
    texts = {id_: case.kept[source.url].text for id_, source in case.story.sources.items()}
    traced = [claim for claim in case.ledger().claims if claim.verdict is Verdict.TRACED]
    assert all(shows_where_it_came_from(claim) for claim in traced)
    terms = [term for claim in traced if claim.reckoned for term in claim.reckoned.terms]
    places = [place for place in (*(claim.place for claim in traced), *(term.place for term in terms)) if place]
    for place in places:
        if place.part is SourcePart.SNAPSHOT:
            assert texts[place.source][place.start : place.end] == place.text


# What readers see

SPAN = make.story(
    "meta-coreweave",
    make.source("one", passages=("It began on June 12",), published=DAY, accessed=DAY + timedelta(days=2)),
    make.source("other", passages=("It ended on June 30",)),
    body="From 12 June to 30 June is 18 days. [@one; @other] The firm said so on 9 April 2026. [@one]",
)
WEEKDAY = make.story(
    "meta-coreweave",
    make.source("one", passages=("It began on Wednesday",), published=DAY),
    make.source("other", passages=("It ended on Monday",)),
    body="It began on 8 April 2026. [@one] It ended on 6 April 2026. [@other]",
)


def site_of(story: Story, language: str = "en") -> Site:
    return make.traced(make.library(story, make.edition(), newsletter=make.newsletter(language=language)))


def ledger_words(story: Story, language: str = "en") -> str:
    return words_of_ledger(site_of(story, language))


def words_of_ledger(site: Site) -> str:
    root = make.page(site, "stories/meta-coreweave/")
    return make.words(next(node for node in root.iter() if node.get("id") == "ledger")).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_readers_see_of_a_computed_figure_what_is_computed_and_each_figure_with_its_source():
    words = ledger_words(SPAN)
    assert "18 days traced: computed (the time between two days)" in words
    assert "12 June: “It began on June 12” [1] 30 June: “It ended on June 30” [2]" in words


def test_readers_see_of_a_day_of_publication_the_date_of_the_source():
    assert "9 April 2026 from the citation: the source is dated 9 April 2026 [1]" in ledger_words(SPAN)


def test_readers_see_from_which_day_words_are_reckoned():
    words = ledger_words(WEEKDAY)
    assert "“It began on Wednesday” [1]; counted from 9 April 2026, the date of the source" in words
    assert "“It ended on Monday” [2]; counted from 11 April 2026, the date of this story" in words


def test_readers_see_that_a_figure_is_reckoned_wrongly_and_not_that_a_source_says_otherwise():
    cited = make.source("one", passages=("from $3 to $4",))
    words = ledger_words(make.story("meta-coreweave", cited, body="It rose from $3 to $4, or 50%. [@one]"))
    assert "50% miscalculated: computed (the change from one figure to another)" in words
    assert "source says otherwise" not in words


@pytest.mark.parametrize(
    ("told", "text"),
    [("It was signed on Friday 9 April 2026.", "Friday 9 April 2026"), ("It has 112, up from 340.", "112")],
)
def test_readers_see_what_cannot_be_and_not_that_a_source_says_otherwise(told: str, text: str):
    cited = make.source("one", passages=("signed on 9 April 2026", "It rose to 340 from 112."))
    story = make.story("meta-coreweave", cited, body=f"{told} [@one]")
    words = ledger_words(story)
    assert f"{text} impossible, whatever the source says" in words
    assert "source says otherwise" not in words
    assert f"{text} unmöglich" in ledger_words(story, "de")


def test_readers_see_it_in_their_language():
    assert "belegt: errechnet (Zeit zwischen zwei Tagen)" in ledger_words(SPAN, "de")
    assert "aus der Quellenangabe: die Quelle ist vom 9. April 2026 [1]" in ledger_words(SPAN, "de")


def test_programs_find_the_figures_with_their_sources_beside_the_page():
    site = site_of(SPAN)
    document = json.loads(dict(make.files(site))["stories/meta-coreweave/evidence.json"]())
    claims = {claim["text"]: claim for sentence in document["sentences"] for claim in sentence["claims"]}
    one, other = claims["18 days"]["reckoned"]["terms"]
    assert (claims["18 days"]["reckoned"]["by"], one["text"], one["told"]) == ("span", "12 June", "sentence")
    assert document["sentences"][0]["text"][other["start"] :].startswith("30 June")
    assert [document["sources"][term["place"]["source"] - 1]["number"] for term in (one, other)] == [1, 2]
    assert claims["9 April 2026"]["place"] == {
        "source": 1,
        "part": "published",
        "text": "2026-04-09",
        "read": "2026-04-11",
    }


def test_the_database_has_the_figures_with_their_sources(tmp_path: Path):
    write_archive(site_of(SPAN), tmp_path / "a.sqlite")
    asked = """SELECT claims.reckoned, terms.text, terms.source, terms.part, passages.passage, terms.words
               FROM terms JOIN claims ON claims.id = terms.claim LEFT JOIN passages ON passages.id = terms.passage"""
    assert answers(tmp_path / "a.sqlite", asked) == [
        ("span", "12 June", "meta-coreweave/one", "passage", "It began on June 12", "June 12"),
        ("span", "30 June", "meta-coreweave/other", "passage", "It ended on June 30", "June 30"),
    ]
    asked = "SELECT source, part, words FROM claims WHERE text = '9 April 2026'"
    assert answers(tmp_path / "a.sqlite", asked) == [("meta-coreweave/one", "published", "2026-04-09")]


def test_the_command_tells_them_too():
    def told(story: Story) -> str:
        return "\n".join(command.as_text([(story.file, story, tracer(make.library(story)).story(story))]))

    assert (
        "(span): 12 June, @one, passage 1: “It began on June 12”; 30 June, @other, passage 1: “It ended on June 30”"
        in told(SPAN)
    )
    assert "@one, published: 2026-04-09 — the day on which @one was published" in told(SPAN)
    assert (
        "@one, passage 1: “It began on Wednesday” — what “Wednesday” means there, from @one, published: 2026-04-09"
        in told(WEEKDAY)
    )
    assert "from the day of the text, 2026-04-11" in told(WEEKDAY)


def test_of_a_page_that_is_kept_whole_nothing_but_the_figures_themselves_is_shown():
    bare = replace(SPAN, sources={id_: replace(source, passages=()) for id_, source in SPAN.sources.items()})
    texts = {"one": "Nobody reads this. It began on June 12.", "other": "Nobody reads that. It ended on June 30."}
    library = make.library(bare, make.edition())
    site = make.traced(library, kept(texts))
    files = dict(make.files(site))
    for path in ("stories/meta-coreweave/evidence.json", "stories/meta-coreweave/index.html"):
        assert b"June 12" in files[path]()
        assert b"It began" not in files[path]()
        assert b"Nobody" not in files[path]()


def figure_that_opens(body: str, *passages: str) -> str:
    sources = [make.source(f"s{number}", passages=(passage,)) for number, passage in enumerate(passages)]
    cited = "; ".join(f"@{source.id}" for source in sources)
    told = make.story("meta-coreweave", *sources, title="Its value rose 25%", dek="Words.", body=f"{body} [{cited}]")
    site = site_of(told)
    page, ledger = site.story_pages["meta-coreweave"], site.ledgers.of(told)
    found = opening(page, ledger)
    return found.figure if found else ""


def test_a_computed_figure_opens_a_story_only_beside_a_passage_with_all_that_it_is_computed_of():
    body = "Its value rose 25%, from $4 million to $5 million."
    assert figure_that_opens(body, "the value of the firm was $4 million, and is $5 million") == "25%"
    assert figure_that_opens(body, "the value of the firm was $4 million", "the value of it is $5 million") == ""


def named(name: str) -> tuple[str, str]:
    """How a name follows that stands in the citation alone, and what readers see of it."""
    cited = make.source("page", publisher="hubkub", relays="wire", author="Ada Marsh", passages=("It began at noon.",))
    told = make.story("meta-coreweave", cited, body=f"It began at noon, {name} says. [@page]")
    library = make.library(told, make.edition())
    wire = Publisher("wire", "Northwire", "northwire.example", "wire")
    site = make.traced(replace(library, publishers={**library.publishers, "wire": wire}))
    (claim,) = [c for c in site.ledgers.of(told).claims if c.text == name]
    return claim.how, words_of_ledger(site)


@pytest.mark.parametrize(
    ("name", "how"),
    [("Hubkub", "who published it"), ("Northwire", "whose report it passes on"), ("Ada Marsh", "who wrote it")],
)
def test_who_stands_in_the_citation_alone_is_told_as_such_and_not_as_words_of_the_source(name: str, how: str):
    told, words = named(name)
    assert told == how
    assert f"{name} from the citation: it names {name} [1]" in words
    assert f"“{name}”" not in words


PAID = "The plant paid €17,400 for its power. €10,000 would have been right. The town says the price is 5% too low."


@pytest.mark.parametrize(
    "sentence",
    [
        "The plant paid 74% too much for its power: €17,400 instead of €10,000.",
        "The plant paid €17,400 instead of €10,000, or 74 per cent too much.",
        "The price is 5% too low.",
    ],
)
def test_how_much_too_much_something_is_can_be_reckoned(sentence: str):
    assert [claim.text for claim in claims_of(sentence, PAID) if claim.is_fault] == []


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The plant paid 47% too much for its power: €17,400 instead of €10,000.", "47%"),
        ("The plant paid 74% too little for its power: €17,400 instead of €10,000.", "74%"),
        ("The plant paid 43% too much for its power: €17,400 instead of €10,000.", "43%"),
        ("The plant paid 174% too much for its power: €17,400 instead of €10,000.", "174%"),
        ("The plant paid €17,400 instead of €10,000, or 7.4% too much.", "7.4%"),
        ("The price is 5% too high.", "5%"),
        ("The plant paid €4,700 too much for its power: €17,400 instead of €10,000.", "€4,700"),
    ],
)
def test_a_wrong_share_of_too_much_is_told(sentence: str, fault: str):
    assert [claim.text for claim in claims_of(sentence, PAID) if claim.is_fault] == [fault]
