"""An edition tells what was corrected since the last one, for those who read nothing but the editions."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import feedparser
import jsonschema
import pytest
from msgspec.structs import replace

from generator.export.epub import epub
from generator.model.content import Correction, Edition, Story
from generator.model.out import out, preview
from generator.model.site import Site
from generator.model.withdrawals import Withdrawal
from generator.typeset.templates import templates
from tests.make import NOON, all_links, by_class, edition, feed, files, library, newsletter, page, site, story, words
from tests.test_mail import READER, SECRET, bodies, made

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTE = Correction(NOON + HOUR, "It said 2031.", "It says 2032.", "in the headline", "A reader")
DAYS = ("2026-04-11", "2026-04-12", "2026-04-13")
FIRST, SECOND, THIRD = DAYS
GONE = Withdrawal("gone", NOON, NOON + 2 * HOUR, "It was forged.", "Acme orders chips")


def old(*notes: Correction, **fields: object) -> Story:
    given = {"published": NOON - HOUR, "updated": NOON + HOUR, "corrections": notes}
    return story("old", **(given | fields))


def days(**fields: object) -> list[Story | Edition]:
    """Three editions, a day apart, the first of which shows the old story."""
    shown = (("2026-04-11", "old"), ("2026-04-12", "second"), ("2026-04-13", "third"))
    editions = [edition(day, slug, published=NOON + n * DAY, **fields) for n, (day, slug) in enumerate(shown)]
    return [story("second"), story("third"), *editions]


def corrected(*notes: Correction, **fields: object) -> Site:
    return site(old(*(notes or (NOTE,))), *days(), **fields)


def block(of: Site, day: str) -> str:
    """The words of the block on an edition's page; empty without it."""
    found = [node for node in page(of, f"editions/{day}/").iter("section") if node.get("id") == "corrected"]
    return words(found[0]) if found else ""


def telling(of: Site) -> list[str]:
    return [day for day in DAYS if block(of, day)]


def test_a_correction_is_told_in_the_next_edition_and_in_no_other():
    of = corrected()
    assert telling(of) == [SECOND]
    told = block(of, SECOND)
    assert told.startswith("Corrected since the previous edition The title of old 11\xa0April 2026, 13:00\xa0UTC−4")
    assert told.endswith("in the headline It said It said 2031. It says It says 2032. Noticed by A reader.")


def test_it_is_in_the_contents_and_leads_to_the_correction_on_the_story():
    links = [*all_links(page(corrected(), f"editions/{SECOND}/"))]
    assert "#corrected" in links
    (link,) = [link for link in links if "#correction-" in link]
    there, _, anchor = link.partition("#")
    assert there == "../../stories/old/"
    assert anchor in [note.get("id") for note in by_class(page(corrected(), "stories/old/"), "correction")]


@pytest.mark.parametrize(
    ("moment", "told_in"),
    [
        (NOON - timedelta(minutes=1), []),
        (NOON, []),
        (NOON + timedelta(seconds=1), [SECOND]),
        ((NOON + DAY).astimezone(UTC), [SECOND]),
        (NOON + DAY + timedelta(seconds=1), [THIRD]),
        (NOON + 2 * DAY, [THIRD]),
        (NOON + 3 * DAY, []),
    ],
)
def test_its_time_decides_which_edition_tells_of_it(moment: datetime, told_in: list[str]):
    """The very moment of an edition is its own. Before the first one there is no other, and after the last none yet."""
    assert telling(corrected(Correction(moment, "was", "now"))) == told_in


def test_of_two_editions_of_one_moment_the_first_tells_of_it():
    evening = edition("2026-04-12-evening", "third", published=NOON + DAY)
    of = site(old(NOTE), *days(), evening)
    assert [bool(block(of, day)) for day in (SECOND, evening.slug)] == [True, False]


def test_an_edition_says_nothing_twice_of_a_story_that_it_shows():
    """The correction stands with the story there."""
    again = edition(SECOND, "old", published=NOON + DAY)
    of = site(old(NOTE), *days(), again)
    assert telling(of) == []
    assert "It says 2032." in words(page(of, f"editions/{SECOND}/"))


def test_corrections_of_an_earlier_edition_s_own_words_are_told_too():
    first, *others = (item for item in days() if isinstance(item, Edition))
    own = edition(FIRST, "old", published=first.published, updated=NOTE.date, corrections=(NOTE,))
    of = site(old(), story("second"), story("third"), own, *others)
    assert telling(of) == [SECOND]
    assert f"The title of {FIRST}" in block(of, SECOND)


def test_the_newest_correction_comes_first():
    later = Correction(NOON + 2 * HOUR, "26%", "62%")
    assert block(corrected(NOTE, later), SECOND).index("62%") < block(corrected(NOTE, later), SECOND).index("2032")


@pytest.mark.parametrize("withdrawn", [GONE.withdrawn, date(2026, 4, 11)])
def test_what_was_withdrawn_is_told_in_the_next_edition(withdrawn: date):
    gone = Withdrawal("gone", NOON, withdrawn, "It was forged.", "Acme orders chips")
    of = site(old(), *days(), withdrawn={"gone": gone})
    assert telling(of) == [SECOND]
    assert block(of, SECOND) == (
        "Withdrawn since the previous edition Acme orders chips "
        "Published on 11\xa0April 2026 and withdrawn on 11\xa0April 2026. It was forged."
    )
    assert "../../stories/gone/" in all_links(page(of, f"editions/{SECOND}/"))


def test_a_headline_that_had_to_go_is_not_told():
    gone = Withdrawal("gone", NOON, NOON + HOUR, "It was forged.")
    assert "Withdrawn since the previous edition A story Published" in block(
        site(old(), *days(), withdrawn={"gone": gone}), SECOND
    )


def test_an_edition_goes_on_telling_of_what_was_withdrawn_when_it_is_back():
    """What is out says the same tomorrow, and its item in feeds does not change."""
    gone = Withdrawal("gone", NOON, NOON + HOUR, "It was forged.", "Acme orders chips")
    back = replace(gone, id="old", restored=NOON + 9 * DAY)
    told = block(site(old(), *days(), withdrawn={"gone": gone}), SECOND)
    assert block(site(old(), *days(), restored={"old": back}), SECOND) == told


def test_what_came_back_is_told_in_the_next_edition():
    """Who read in an edition that a story was withdrawn reads in another one that it stands again."""
    back = replace(GONE, id="old", restored=NOON + DAY + HOUR)
    of = site(old(), *days(), restored={"old": back})
    assert telling(of) == [SECOND, THIRD]
    assert block(of, THIRD) == (
        "Back since the previous edition Acme orders chips "
        "Published on 11\xa0April 2026, withdrawn on 11\xa0April 2026, and back since 12\xa0April 2026."
    )
    assert "../../stories/old/" in all_links(page(of, f"editions/{THIRD}/"))
    for form, text in forms(of, THIRD).items():
        said = " ".join(text.replace("\xa0", " ").split())
        assert ('"restored": "2026-04-12"' if form == "api" else "back since 12 April 2026") in said, form


def test_what_came_back_has_its_headline_though_its_record_kept_none():
    back = replace(GONE, id="old", title=None, restored=NOON + DAY + HOUR)
    assert block(site(old(), *days(), restored={"old": back}), THIRD).startswith(
        "Back since the previous edition The title"
    )


def test_what_went_and_came_back_between_two_editions_is_told_once():
    back = replace(GONE, id="old", restored=NOON + 5 * HOUR)
    told = block(site(old(NOTE), *days(), restored={"old": back}), SECOND)
    assert told.startswith("Corrected, and back, since the previous edition")
    assert told.count("Acme orders chips") == 1
    assert "It was forged." not in told


def test_what_is_to_come_back_and_has_no_file_yet_is_not_told_to_stand():
    back = replace(GONE, restored=NOON + DAY + HOUR)
    assert telling(site(old(), *days(), restored={"gone": back})) == [SECOND]


def test_the_heading_says_what_is_below_it():
    gone = Withdrawal("gone", NOON, NOON + HOUR, "It was forged.", "Acme orders chips")
    both = block(site(old(NOTE), *days(), withdrawn={"gone": gone}), SECOND)
    assert both.startswith("Corrected and withdrawn since the previous edition")


def test_what_an_edition_told_that_was_withdrawn_the_one_after_it_tells():
    gone = Withdrawal(f"editions/{SECOND}", NOON + DAY, NOON + DAY + HOUR, "Nobody had read it.")
    of = site(old(NOTE), *(item for item in days() if item.slug != SECOND), withdrawn={gone.id: gone})
    told = block(of, THIRD)
    assert "It says 2032." in told
    assert "An edition Published on 12\xa0April 2026" in told


def test_an_edition_that_is_not_out_tells_nothing_and_takes_nothing_from_the_next():
    """The day in between is a draft: what happened before it is told by the one after it."""
    items = [item if item.slug != SECOND else edition(SECOND, "second", draft=True) for item in days()]
    shown = library(old(NOTE), *items)
    late = NOON + 3 * DAY
    of = site(*out(shown, late).stories.values(), *out(shown, late).editions.values())
    assert "It says 2032." in block(of, THIRD)
    before = out(library(old(NOTE), *days()), NOON + 2 * HOUR)
    assert [*before.editions] == [FIRST]
    assert block(site(*before.stories.values(), *before.editions.values()), FIRST) == ""
    held = preview(library(old(NOTE), *days()), NOON + 2 * HOUR)
    assert block(site(*held.stories.values(), *held.editions.values()), SECOND), "the editor sees it before it is out"


# Each form of an edition


def forms(of: Site, day: str) -> dict[str, str]:
    """All forms in which an edition is read."""
    made_of, found = dict(files(of)), {}
    for suffix in ("rss.xml", "atom.xml"):
        entries = feedparser.parse(feed(of, f"editions.{suffix}")).entries
        found[suffix] = next(e for e in entries if day in e.link).content[0].value
    items = json.loads(feed(of, "editions.json"))["items"]
    found["json"] = next(item for item in items if day in item["url"])["content_html"]
    html, text = bodies(made(of, day).to(READER, SECRET))
    (edition_page,) = [page for page in of.editions if page.edition.slug == day]
    with zipfile.ZipFile(io.BytesIO(epub(templates(of), [edition_page], Path("no-images")))) as held:
        found["epub"] = held.read(f"EPUB/{day}/index.xhtml").decode()
    found |= {"mail": words(html) + " ".join(all_links(html)), "text": text}
    return found | {
        "page": made_of[f"editions/{day}/index.html"]().decode(),
        "markdown": made_of[f"editions/{day}/index.md"]().decode(),
        "api": made_of[f"api/editions/{day}.json"]().decode(),
    }


def test_every_form_of_the_edition_tells_of_it_and_no_form_of_another():
    both = partial(corrected, withdrawn={"gone": GONE})
    told, others = forms(both(), SECOND), [forms(both(), day) for day in (FIRST, THIRD)]
    for form, text in told.items():
        said = " ".join(text.replace("\xa0", " ").split())
        for words_of_it in ("The title of old", "It said 2031.", "It says 2032.", "A reader"):
            assert words_of_it in said, form
        assert "stories/old/#correction-20260411T170000Z" in said, form
        assert "Acme orders chips" in said, form
        assert "It was forged." in said, form
        assert "stories/gone/" in said, form
        assert ("Corrected and withdrawn since the previous edition" in said) == (form != "api"), form
        for other in others:
            assert "since the previous edition" not in other[form], form
            assert "_since" not in other[form], form


def test_without_one_no_form_of_an_edition_has_a_word_of_it():
    for day in DAYS:
        for form, text in forms(site(old(), *days()), day).items():
            assert "Corrected since" not in text, form
            assert "_since" not in text, form
            assert 'id="corrected"' not in text, form


def test_the_api_names_the_story_or_the_edition_and_fits_its_schema():
    own = edition("2026-04-10", "old", published=NOON - DAY, updated=NOON + HOUR, corrections=(NOTE,))
    made_of = dict(files(site(old(NOTE), own, *days(), withdrawn={"gone": GONE})))
    document, schema = (json.loads(made_of[f"api/{name}.json"]()) for name in (f"editions/{SECOND}", "schema"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)
    assert [(n.get("story"), n.get("edition")) for n in document["corrected_since"]] == [
        ("old", None),
        (None, "2026-04-10"),
    ]
    assert [gone["title"] for gone in document["withdrawn_since"]] == ["Acme orders chips"]


def test_an_edition_s_item_stays_as_it_is_when_a_later_edition_tells_of_something():
    before, after = (
        {item["id"]: item for item in json.loads(feed(of, "editions.json"))["items"]}
        for of in (site(old(), *days()), site(old(), story("late", corrections=(NOTE,), updated=NOTE.date), *days()))
    )
    assert [id_ for id_ in after if after[id_] != before[id_]] == [f"tag:footnote.example,2026:editions/{SECOND}"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de-AT", "Berichtigt seit der vorigen Ausgabe"),
        ("fr", "Corrected since the previous edition"),
        ("ar", "\N{FIRST STRONG ISOLATE}Corrected since the previous edition\N{POP DIRECTIONAL ISOLATE}"),
    ],
)
def test_it_is_told_in_the_newsletter_s_language_or_else_in_english(language: str, told: str):
    assert told in block(corrected(newsletter=newsletter(language=language)), SECOND)


def test_words_that_run_against_the_page_are_set_apart():
    note = Correction(NOON + HOUR, "قال", "يقول.")
    of = site(old(note, title="عنوان القصة."), *days())
    told = dict(files(of))[f"editions/{SECOND}/index.html"]().decode()
    assert "<bdi>عنوان القصة.</bdi>" in told
    assert "<bdi>يقول.</bdi>" in told
