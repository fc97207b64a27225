"""What the pages of an edition and of a story offer beside the text, as a reader meets it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from generator import dress
from generator.desk.comments import FILE, CommentsError, count, keep
from generator.link.site import link
from generator.model.additions import Additions, Comments, Strip
from generator.model.artifacts import PageArtifact
from generator.model.content import Focus, Importance, Question
from generator.model.site import Site
from generator.model.vocabulary import Publisher, Term
from generator.render.citing import citing
from generator.render.settings import additions_of
from generator.render.site import maker_of, render
from generator.render.sources import months
from generator.settings import SettingsError
from generator.web.reader import Reader
from generator.words import Words
from tests.loopback import is_loopback
from tests.make import (
    BASE,
    CHROME,
    HOSTILE,
    LINES,
    NOON,
    ROOT,
    all_ids,
    all_links,
    by_class,
    edition,
    feed,
    files,
    library,
    page,
    parsed,
    site,
    source,
    story,
    words,
)

EDITION, STORY = "editions/2026-04-11/", "stories/meta-coreweave/"
QUESTION = Question("Until when?", ("2030", "2031", "2032", "2033"), "2032", "To 2032. [@meta-coreweave/hubkub]")


def dressed(of: Site, path: str, additions: Additions) -> Any:
    """A page with what the configuration adds."""
    (found,) = (
        item
        for item in render(maker_of(of, ordinary=("policy/",), additions=additions), Path("no-images"))
        if isinstance(item, PageArtifact) and item.path == path
    )
    return parsed(dress.dress(found, lambda kind, depth: CHROME).make())


def test_what_changed_why_it_matters_and_what_to_watch_come_before_the_stories():
    focus = Focus("Compute is booked", "More. [@meta-coreweave/hubkub]", "It is scarce.", "The price.")
    root = page(site(story(), edition(focus=(focus,))), EDITION)
    (block,) = by_class(root, "focus")
    assert [words(e) for e in block.iter("dt")] == ["What changed", "Why it matters", "What to watch"]
    order = [e.get("class") for e in root.iter("section") if e.get("class") in ("focus", "shelf")]
    assert order == ["focus", "shelf"]
    first = next(e for e in root.iter("a") if e.get("class") == "cite")
    assert words(first) == "[1]", "numbers are given in the order of the page"
    assert first.get("href") == "#source-meta-coreweave--hubkub"


def test_a_question_shows_its_answers_in_the_editors_order_and_hides_the_right_one_in_details():
    root = page(site(story(), edition(quiz=(QUESTION,))), EDITION)
    (form,) = by_class(root, "question")
    assert [words(label) for label in form.iter("label")] == list(QUESTION.answers)
    assert ["data-right" in e.attrib for e in form.iter("input")] == [False, False, True, False]
    (details,) = form.iter("details")
    assert words(details).startswith("Show the answer 2032 To 2032.")
    assert by_class(details, "cite")
    assert "#quiz" in list(all_links(root))


def test_two_questions_do_not_share_their_answers():
    root = page(site(story(), edition(quiz=(QUESTION, QUESTION))), EDITION)
    names = [{e.get("name") for e in form.iter("input")} for form in by_class(root, "question")]
    assert [len(found) for found in names] == [1, 1]
    assert names[0] != names[1]


def test_an_edition_without_any_of_it_does_not_speak_of_it():
    root = page(site(story(), edition()), EDITION)
    assert [name for name in ("focus", "quiz", "strip", "comments") if by_class(root, name)] == []


def test_the_line_of_the_site_is_marked_when_it_is_an_advertisement():
    of = site(story(), edition())
    (plain,) = by_class(dressed(of, EDITION, Additions(Strip("Come.", "subscribe/"))), "strip")
    assert [e.attrib for e in plain.iter("a")] == [{"href": "../../subscribe/"}]
    assert words(plain) == "Come. Read more"
    (marked,) = by_class(dressed(of, EDITION, Additions(Strip("Buy.", "https://x.example/", "Go", True))), "strip")
    assert words(marked) == "Advertisement Buy. Go"
    assert next(marked.iter("a")).get("rel") == "sponsored"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_the_configuration_adds_is_text(text: str):
    of = site(story(), edition(title=text))
    additions = Additions(Strip(text, "https://x.example/", text), Comments(giscus={"repo": text}))
    root = dressed(of, EDITION, additions)
    (details,) = next(iter(by_class(root, "comments"))).iter("details")
    assert details.get("data-title") == text
    assert json.loads(details.get("data-giscus")) == {"repo": text}
    assert [
        e.tag for e in next(iter(by_class(root, "strip"))).iter() if e.tag not in ("aside", "p", "a", "span", "bdi")
    ] == []


def test_comments_say_their_number_and_who_keeps_them_and_ask_nobody():
    of = link(library(story(), edition(), comments={"2026-04-11": 3}), BASE)
    root = dressed(of, EDITION, Additions(comments=Comments(isso="https://isso.example/")))
    (block,) = by_class(root, "comments")
    assert words(next(block.iter("h2"))) == "Comments (3)"
    assert "isso.example" in words(block)
    assert "../../assets/citewire/comments.css" in [e.get("href") for e in root.iter("link")]
    outside = [e.get("src", "") for e in root.iter() if "src" in e.attrib]
    assert [address for address in outside if "//" in address] == []


def test_a_story_can_be_cited_in_words_in_bibtex_and_in_csl():
    of = site(story(title="50% & more: {a_b} ~ #1", byline="A. \\Desk"), edition())
    found = citing(of, Words("en", {}), of.stories["meta-coreweave"])
    url = f"{BASE}stories/meta-coreweave/"
    assert found.reference == f"A. \\Desk: 50% & more: {{a_b}} ~ #1. The Footnote, 11 April 2026. {url}"
    assert r"title = {{50\% \& more: \textbraceleft{}a\_b\textbraceright{} \textasciitilde{} \#1}}," in found.bibtex
    assert r"author = {{A. \textbackslash{}Desk}}," in found.bibtex
    assert "month = apr," in found.bibtex
    (item,) = json.loads(found.csl)
    assert item["title"] == "50% & more: {a_b} ~ #1"
    assert item["issued"] == {"date-parts": [[2026, 4, 11]]}
    shown = ["".join(e.itertext()) for e in page(of, STORY).iter("pre")]
    assert shown == [found.reference, found.bibtex, found.csl]


@given(LINES)
def test_no_headline_leaves_its_braces_in_bibtex(text: str):
    of = site(story(title=text), edition())
    entry = citing(of, Words("en", {}), of.stories["meta-coreweave"]).bibtex
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", entry):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


def test_a_later_story_says_in_its_own_words_what_changed():
    later = story("later", updates="meta-coreweave", change="It's signed.", published=NOON + timedelta(days=1))
    of = site(story(), later, edition("2026-04-11", "meta-coreweave", "later"))
    for slug in ("meta-coreweave", "later"):
        (change,) = by_class(page(of, f"stories/{slug}/"), "change")
        assert words(change) == "What changed It’s signed."


def test_a_story_leads_back_to_all_stories():
    (back,) = by_class(page(site(story(), edition()), STORY), "to-river")
    assert [e.get("href") for e in back.iter("a")] == ["../../stories/"]


def test_the_calendar_shades_a_day_by_its_most_important_story():
    low, high = (story(f"s{n}", importance=Importance(n, "Why"), mentions=(), topics=()) for n in (3, 8))
    other = edition("2026-05-02", "s3", published=NOON.replace(month=5, day=2), title="A quiet day")
    of = site(low, high, edition("2026-04-11", "s3", "s8"), other)
    root = page(of, "editions/2026/")
    (calendar,) = by_class(root, "calendar")
    assert [words(e) for e in calendar.iter("caption")] == ["April 2026", "May 2026"]
    loud, quiet = calendar.iter("a")
    assert (loud.get("class"), quiet.get("class")) == ("shade-4", "shade-2"), "by their place among the days shown"
    assert quiet.get("aria-label") == "2\xa0May 2026. Importance: up to 3 of 10"
    rows = next(calendar.iter("tbody")).findall("tr")
    assert words(rows[1].findall("td")[5]) == "11", "11 April 2026 is a Saturday"


def test_days_of_like_scores_are_told_apart_by_all_their_stories_and_equals_look_alike():
    scores = {1: (9,), 2: (9, 9), 3: (9, 3), 4: (9,), 5: ()}
    stories = [
        story(f"d{day}-{n}", importance=Importance(score, "Why"), mentions=(), topics=())
        for day, each in scores.items()
        for n, score in enumerate(each)
    ]
    plain = story("plain", importance=None)
    slugs = {day: [f"d{day}-{n}" for n in range(len(each))] or ["plain"] for day, each in scores.items()}
    days = (edition(f"2026-04-0{day}", *each, published=NOON.replace(day=day)) for day, each in slugs.items())
    (calendar,) = by_class(page(site(*stories, plain, *days), "editions/"), "calendar")
    shades = [each.get("class") for each in calendar.iter("a")]
    assert shades == ["shade-2", "shade-5", "shade-4", "shade-2", "shade-0"]


def test_the_first_page_of_the_archive_has_the_newest_months_whole():
    days = [NOON + timedelta(days=4 * n) for n in range(40)]
    of = site(story(), *(edition(f"{day:%Y-%m-%d}", published=day) for day in days))
    (calendar,) = by_class(page(of, "editions/"), "calendar")
    first, *_, last = (f"{day:%Y-%m}" for day in days)
    shown = len(list(calendar.iter("table")))
    newest = sorted({f"{day:%Y-%m}" for day in days})[-3:]
    assert shown == 3
    assert first not in newest
    assert last in newest
    assert len(list(calendar.iter("a"))) == sum(f"{day:%Y-%m}" in newest for day in days)


def test_the_sources_are_counted_month_by_month_each_page_once():
    publishers = {f"p{n}": Publisher(f"p{n}", f"P{n}", f"p{n}.example", "blog") for n in range(12)}
    cited = [source(f"s{n}", publisher=f"p{n}", url=f"https://p{n}.example/a") for n in range(12)]
    body = "Words. [@" + "; @".join(s.id for s in cited) + "]"
    again = story("again", source("s0", publisher="p0", url="http://www.p0.example/a/"), body="Words. [@s0]")
    may = story("may", *cited[:2], body="Words. [@s0; @s1]", published=NOON.replace(month=5))
    told = story("told", *cited, body=body)
    of = site(told, again, may, edition("2026-04-11", "told", "again"), publishers=publishers)
    found = months(of.publishers.values())
    assert [(m.name, m.publishers, m.pages, m.share) for m in found] == [
        ("2026-04", 12, 12, 83),
        ("2026-05", 2, 2, 100),
    ]
    root = dressed(of, "publishers/", Additions())
    assert "../policy/" in list(all_links(root))
    assert len(by_class(root, "most")) == 2
    rows = [[words(cell) for cell in row] for row in root.iter("tr")]
    assert ["May 2026", "2", "2", "100%"] in rows
    april, may_too = [(int(bar.get("x")), int(bar.get("width"))) for bar in by_class(root, "rest")]
    assert april[0] == 640 - sum(may_too)  # the picture is as wide as its axis, which names both ends
    assert [words(line) for line in by_class(root, "axis")] == ["12", "April 2026 May 2026"]


def indexed(names: dict[str, str]) -> Site:
    publishers = {id_: Publisher(id_, name, f"{id_}.example", "blog") for id_, name in names.items()}
    cited = [source(f"s-{id_}", publisher=id_, url=f"https://{id_}.example/a") for id_ in names]
    told = story("told", *cited, body="Words. [@" + "; @".join(s.id for s in cited) + "]")
    return site(told, edition("2026-04-11", "told"), publishers=publishers)


def test_every_publisher_stands_in_an_index_by_letter():
    names = {
        "zdf": "ZDF",
        "echo": "Écho",
        "eagle": "eagle news",
        "fox": "Fox",
        "ninety": "90 Days",
        "kyodo": "共同通信",
    }
    (index,) = by_class(dressed(indexed(names), "publishers/", Additions()), "index")
    assert [words(letter) for letter in index.iter("h3")] == ["0–9", "E", "F", "Z", "共"]
    named = [words(link) for link in index.iter("a")]
    assert named == ["90 Days", "eagle news", "Écho", "Fox", "ZDF", "共同通信"]


def test_an_index_that_cannot_hold_all_publishers_says_so_and_those_most_cited_are_ten(monkeypatch):
    of = indexed({f"p{n}": f"P{n:02}" for n in range(14)})
    root = dressed(of, "publishers/", Additions())
    assert len(list(all_links(by_class(root, "ranked")[0]))) == 10
    assert len(list(all_links(by_class(root, "index")[0]))) == 14
    assert "of 14 publishers, those" not in words(root)
    monkeypatch.setattr("generator.render.sources.LISTED", 12)
    root = dressed(of, "publishers/", Additions())
    assert len(list(all_links(by_class(root, "index")[0]))) == 12
    assert "The 12 publishers with most pages, of 14." in words(root)


def test_each_source_on_a_publishers_page_has_an_address():
    ids = all_ids(page(site(story(), edition()), "publishers/hubkub/"))
    assert "meta-coreweave--hubkub" in ids


def test_the_glossary_lists_its_terms_with_their_sources():
    terms = {"b": Term("b", "Backlog", "Orders.", ("backlogs",), source("source", passages=("orders in hand",)))}
    of = link(library(story(), edition(), glossary=terms | {"a": Term("a", "arena", "A test.")}), BASE)
    root = page(of, "glossary/")
    assert [words(e) for e in root.iter("dt")] == ["arena", "Backlog"]
    assert {"term-a", "term-b"} <= set(all_ids(root))
    assert "https://source.example/page#:~:text=orders%20in%20hand" in list(all_links(root))
    assert not any(path.startswith("glossary/") for path, _ in files(site(story(), edition())))


def test_every_fault_of_the_options_is_named_at_once():
    with pytest.raises(SettingsError) as caught:
        additions_of({"strip": {"link": "ftp://x", "adv": 1}, "comments": {"isso": "x", "giscus": {"repo": "a/b"}}})
    said = str(caught.value)
    for word in (
        "`strip.adv` is not a setting",
        "`strip.text` is missing",
        "`strip.link` is not",
        "both isso and giscus",
        "giscus.repo_id`",
    ):
        assert word in said


@pytest.mark.parametrize("given", [{"isso": None}, {"giscus": None}, {"isso": " "}])
def test_comments_without_a_server_are_a_fault_and_no_empty_box(given: dict[str, object]):
    with pytest.raises(SettingsError, match="`comments` names no server: isso or giscus"):
        additions_of({"comments": given})


def test_an_isso_server_may_be_named_with_or_without_its_last_slash():
    for address in ("https://isso.example", "https://isso.example/"):
        found = additions_of({"comments": {"isso": address}})
        assert found.comments == Comments(isso="https://isso.example/")


def test_counted_comments_are_kept_whole_and_only_when_they_changed(tmp_path: Path):
    assert keep(tmp_path, {"2026-04-11": 2, "2026-04-09": 1})
    assert (tmp_path / FILE).read_text().splitlines()[1:] == ["2026-04-09: 1", "2026-04-11: 2"]
    assert not keep(tmp_path, {"2026-04-11": 2, "2026-04-09": 1})
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


def test_a_server_that_does_not_answer_is_an_error_in_words():
    with pytest.raises(CommentsError, match=r"did not say how many comments there are"):
        count(Reader("Citewire/test", admits=is_loopback), "http://127.0.0.1:9/", {"2026-04-11": "2026-04-11"})


def test_a_page_of_any_direction_uses_no_left_and_no_right():
    """Newsletters that run from right to left are mirrored by the browser alone."""
    css = (ROOT / "generator/theme/assets/citewire/citewire.css").read_text()
    physical = re.findall(r"(?m)^\s+((?:margin|padding|border)-(?:left|right)|left|right):", css)
    assert physical == []


def test_a_feed_has_the_focus_and_the_quiz_in_words():
    focus = Focus("Compute is booked", "More. [@meta-coreweave/hubkub]", "It is scarce.", "The price.")
    item = json.loads(feed(site(story(), edition(focus=(focus,), quiz=(QUESTION,))), "editions.json"))["items"][0]
    assert "<strong>What changed</strong>: More." in item["content_html"]
    asked, _, answered = item["content_html"].partition("<h3>Answers</h3>")
    assert all(f"<li>{year}</li>" in asked for year in (2030, 2031, 2032, 2033))
    assert "<strong>2032.</strong> To 2032." in answered
    assert f'href="{BASE}{EDITION}#quiz"' in item["content_html"]
