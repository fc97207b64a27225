"""The page that tells readers how the newsletter checks: it says what is so, from the rules and the archive."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.cache import Cache
from generator.check.table import PRESETS, RULES, preset_settings, severities
from generator.evidence.store import save, snapshot
from generator.judged.counts import check_counts
from generator.model.address import page_key
from generator.model.content import Correction, Origin, Vouch
from generator.model.evidence import Copy, Fate, Look, State
from generator.model.journal import name_of
from generator.model.library import Signature
from generator.model.outputs import Outputs
from generator.model.site import Site
from generator.model.tracing import STANDINGS, Ledgers
from generator.render.how_we_check import GROUPS
from generator.words import catalogue
from tests import make
from tests.tracing import KEPT_MISPLACED, MISPLACED

HOW = "how-we-check/"
STORY = make.story(
    "meta-coreweave",
    make.source("hubkub", passages=("another $21 billion of compute",)),
    make.source("other", url="https://other.example/page"),
    body="Meta commits $21 billion. [@hubkub] It runs to December 2032. [@other] It has 3,400 pages. [@hubkub]",
    trace=(Vouch("We counted them.", "3,400"),),
)


def told(*items, **fields) -> str:
    return make.words(make.page(make.traced(make.library(*(items or (STORY, make.edition())), **fields)), HOW))


def under(site: Site, **settings: str) -> str:
    return make.words(make.page(replace(site, counts=replace(site.counts, rules=severities(settings))), HOW))


def test_it_adds_up_what_the_whole_archive_claims():
    page = make.page(make.traced(make.library(STORY, make.edition())), HOW)
    assert "1 of 4 figures, quotations and names in our stories (1) and editions (1) are traced" in make.words(page)
    rows = [[make.words(cell) for cell in row] for row in next(page.iter("tbody"))]
    assert rows == [
        ["traced", "1", "0", "0", "1"],
        ["not in the passages that are kept", "1", "0", "1", "2"],
        ["vouched for by the desk", "1", "0", "0", "1"],
    ]


def test_what_a_source_seems_to_have_for_something_else_has_a_row_of_its_own():
    page = make.page(make.traced(make.library(MISPLACED, make.edition()), KEPT_MISPLACED), HOW)
    assert ["in the source, but apparently about something else", "1", "0", "0", "1"] in [
        [make.words(cell) for cell in row] for row in next(page.iter("tbody"))
    ]
    assert "seem to be about something else" in make.words(page)


def test_it_says_plainly_what_no_check_tells():
    words = told()
    assert "That a passage exists does not make it true." in words
    assert words.index("does not make it true") < words.index("By which rules")


def test_it_tells_the_rules_that_are_on_with_what_they_stop():
    site = make.sample()
    rule = "A source is an article, not a home page or a list."
    assert f"{rule} the desk is warned" in under(site)
    assert f"{rule} must hold" in under(site, **{"home-page": "error"})
    assert rule not in under(site, **{"home-page": "off"})


def test_a_rule_on_claims_that_is_off_is_told_as_not_asked():
    rule = "Every figure is in its source."
    site = replace(make.sample(), counts=replace(make.sample().counts, snapshots=("a page",)))
    assert f"{rule} the desk is warned" in under(site)
    assert f"{rule} not applied here" in under(site, **{"untraced-figure": "off"})
    assert f"{rule} not applied here" in under(make.sample(), **{"untraced-figure": "off"}), "with nothing kept either"


def test_a_rule_that_nothing_can_break_here_is_not_told_as_kept():
    """The sample keeps no page whole, and nothing of it is signed: no passage and no change could be found wrong."""
    words = under(make.sample())
    assert "is in the page as it was read. no page is kept to compare with" in words
    assert "Every figure is in its source. no page is kept to compare with" in words
    assert "changes without a note. nothing is signed to compare with" in words
    counts = replace(make.sample().counts, snapshots=("a page",), signed=3)
    words = make.words(make.page(replace(make.sample(), counts=counts), HOW))
    assert "is in the page as it was read. must hold" in words
    assert "changes without a note. must hold" in words


def test_it_counts_the_pages_that_are_kept_whole_and_what_is_signed(tmp_path: Path):
    save(tmp_path, snapshot("https://hubkub.example/page", datetime(2026, 4, 11, tzinfo=UTC), "http 200", "Words."))
    save(tmp_path, snapshot("https://uncited.example/page", datetime(2026, 4, 11, tzinfo=UTC), "http 200", "Words."))
    site = make.traced(make.library(STORY, make.edition()))
    signed = {name_of(STORY): Signature("a digest", None, "published/2026-04.txt")}
    site = replace(site, counts=check_counts(site, severities(None), None, tmp_path, signed))
    words = make.words(make.page(site, HOW))
    assert "but not published: 1 (50%)." in words
    assert "Signed when they were published, so that no change goes unsaid: 1 of 2 stories and editions." in words


def test_where_every_rule_of_a_kind_is_off_nothing_speaks_of_it():
    words = under(make.sample(), **dict.fromkeys(GROUPS["after"], "off"))
    assert "After publication" not in words


def test_readers_are_told_of_every_rule_on_writing_tracing_and_corrections():
    """A new rule is told, or it is one of a few that readers have no use for."""
    shown = {name for names in GROUPS.values() for name in names}
    silent = {
        "unused-source",
        "untitled-source",
        "long-passage",
        "event-after",
        "old-event",
        "story-after-edition",
        "lonely-story",
        "untidy-address",
    }
    silent |= {"house-quotes", "house-dashes", "house-words", "unmet-trace", "damaged-snapshot"}
    judged = {rule.name for rule in RULES if rule.of_writing}
    assert judged - shown - silent == set()
    assert shown <= {rule.name for rule in RULES}


def test_every_rule_and_every_verdict_that_can_be_shown_has_words():
    messages = catalogue("en")
    assert [name for names in GROUPS.values() for name in names if f"rule-{name}" not in messages] == []
    assert [s for s in STANDINGS if not {f"verdict-{s}", f"checks-about-{s}"} <= messages.keys()] == []
    assert [state for state in State if f"checks-state-{state}" not in messages] == []


def test_the_rules_of_every_preset_are_told():
    for preset in PRESETS:
        assert "By which rules" in under(make.sample(), **preset_settings(preset))


def test_it_knows_how_much_of_the_sources_is_kept():
    copied = Fate(
        copy=Copy("https://other.example/page", "https://archive.example/x", datetime(2026, 1, 1, tzinfo=UTC))
    )
    words = told(STORY, make.edition(), fates={page_key("https://other.example/page"): copied})
    assert "2 pages cited, all from one publisher." in words
    assert "word for word beside the claims: 1 (50%)." in words
    assert "copy in an archive: 1 (50%)." in words


def day_of_may(day: int) -> datetime:
    return datetime(2026, 5, day, tzinfo=UTC)


def test_it_says_when_the_sources_were_last_looked_at_and_what_was_found():
    assert "Nobody has checked since they were read" in told()
    looks = {
        "https://a.example/": (State.ALIVE, 3),
        "https://b.example/": (State.ALIVE, 5),
        "https://c.example/": (State.DEAD, 4),
    }
    fates = {
        page_key(url): Fate(look=Look(url, state, "", day_of_may(1), day_of_may(day)))
        for url, (state, day) in looks.items()
    }
    assert "Last looked at on 5\xa0May 2026: 2 still there, 1 gone." in told(STORY, make.edition(), fates=fates)


def test_corrections_are_counted_and_led_to():
    assert "Nothing has been corrected so far." in told()
    note = Correction(make.NOON, "2031", "2032")
    site = make.traced(make.library(replace(STORY, corrections=(note,), updated=make.NOON), make.edition()))
    page = make.page(site, HOW)
    assert "Corrections so far: 1." in make.words(page)
    assert "../corrections/" in make.all_links(page)


def test_what_came_from_elsewhere_is_not_counted_as_checked():
    words = told(replace(STORY, imported=Origin("Elsewhere", "id-1")), make.edition())
    assert "brought here from elsewhere, and say so (1)." in words
    assert "are traced to the words" not in words


def test_every_ledger_and_the_foot_lead_to_it():
    site = make.sample()
    for path in ("stories/meta-coreweave-21bn/", "editions/2026-04-11/"):
        assert list(make.all_links(make.page(site, path))).count("../../how-we-check/") == 2
    assert "https://news.example/how-we-check/" in dict(make.files(site))["sitemap.xml"]().decode()


def test_it_can_be_left_out():
    site = replace(make.sample(), outputs=Outputs(checks=False))
    assert b"how-we-check" not in b"".join(
        made() for path, made in make.files(site) if path.endswith((".html", ".xml"))
    )


@given(st.lists(st.sampled_from(["$21 billion", "$22 billion", "40%", "Meta", "so"]), max_size=4))
def test_what_was_traced_before_is_remembered_and_gives_the_same(tmp_path_factory, written: list[str]):
    cache = Cache(Path(tmp_path_factory.mktemp("cache")), "program")
    body = " ".join(f"It is {what}. [@hubkub]" for what in written) or None
    story = make.story("meta-coreweave", body=body, digest="a")
    site = make.traced(make.library(story, make.edition(digest="b")))
    first = check_counts(site, {}, cache)

    def never(item):
        raise AssertionError("traced again")

    again = replace(site, ledgers=Ledgers(never, site.ledgers.print_of))
    assert check_counts(again, {}, cache) == first == check_counts(site, {})


def test_a_story_that_changed_is_counted_anew(tmp_path: Path):
    cache = Cache(tmp_path, "program")
    site = make.traced(make.library(replace(STORY, digest="a"), make.edition(digest="b")))
    before = check_counts(site, {}, cache)
    shorter = replace(STORY, digest="c", body="Meta commits $21 billion. [@hubkub]")
    site = make.traced(make.library(shorter, make.edition(digest="b")))
    after = check_counts(site, {}, cache)
    assert sum(after.claims.values()) < sum(before.claims.values())
