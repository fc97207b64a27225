"""A story whose account is folded tells its readers what the whole one does, whatever is asked first."""

import pickle
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.load.accounts import REMEMBERED, folded
from generator.load.kept import sent
from generator.load.kept_stories import KeptStories
from generator.model.address import page_key
from generator.model.content import Account, Dispute, PartText, Source, Story, Version, Vouch
from generator.model.fingerprint import Fingerprints
from generator.prose.briefs import briefs, cited, told_of
from tests.make import NOON

WORDS = st.text(st.characters(codec="utf-8"), max_size=8)
MAYBE = st.none() | WORDS
FEW = st.lists(WORDS, max_size=3).map(tuple)
DAYS = st.none() | st.dates(date(1999, 1, 1), date(2040, 1, 1))
SOURCES = st.builds(Source, WORDS, WORDS, WORDS, title=MAYBE, relays=MAYBE, published=DAYS, passages=FEW)
DISPUTES = st.builds(Dispute, WORDS, st.lists(st.builds(Version, WORDS, FEW), max_size=2).map(tuple), MAYBE)
ACCOUNTS = {
    "body": MAYBE,
    "parts": st.lists(st.builds(PartText, WORDS, FEW, st.booleans()), max_size=3).map(tuple),
    "sources": st.dictionaries(WORDS, SOURCES, max_size=3),
    "disputed": st.lists(DISPUTES, max_size=2).map(tuple),
    "trace": st.lists(st.builds(Vouch, WORDS, WORDS), max_size=2).map(tuple),
}
GIVEN = st.fixed_dictionaries({}, optional=ACCOUNTS)
EVERY_FIELD = tuple(name for name in Story.__struct_fields__ if name != "account")


def story(**given: object) -> Story:
    return Story("told", "content/stories/told.yml", "The title", "The dek.", "policy", NOON, **given)


@given(GIVEN)
def test_each_field_is_what_it_was(given: dict[str, object]):
    whole = story(**given)
    short = folded(whole)
    assert [getattr(short, name) for name in EVERY_FIELD] == [getattr(whole, name) for name in EVERY_FIELD]
    assert list(short.texts()) == list(whole.texts())
    assert short == whole == folded(short)
    assert Fingerprints("").of((short,)) == Fingerprints("").of((whole,))


@given(GIVEN, GIVEN)
def test_a_field_that_is_given_later_counts(before: dict[str, object], later: dict[str, object]):
    assert replace(folded(story(**before)), **later) == story(**(before | later))
    assert folded(replace(folded(story(**before)), **later)) == story(**(before | later))


@given(GIVEN)
def test_it_can_be_sent_and_kept(given: dict[str, object]):
    whole = story(**given)
    for one in (whole, folded(whole)):
        assert pickle.loads(pickle.dumps(one)) == whole
        assert KeptStories(None).received(sent(one)) == whole


@given(GIVEN, GIVEN)
def test_it_is_equal_to_no_other(one: dict[str, object], other: dict[str, object]):
    same = [getattr(story(**one), name) for name in ACCOUNTS] == [getattr(story(**other), name) for name in ACCOUNTS]
    assert (folded(story(**one)) == folded(story(**other))) == same
    assert folded(story(**one)) != replace(folded(story(**one)), title="Another")


def test_of_many_stories_each_goes_on_telling_its_own():
    many = [folded(story(body=str(number))) for number in range(3 * REMEMBERED)]
    there_and_back = [*range(len(many)), *range(len(many) - 1, -1, -1), 5, 5]
    assert [many[number].body for number in there_and_back] == [*map(str, there_and_back)]


def test_nothing_is_folded_that_a_story_has_not():
    assert set(ACCOUNTS) == set(Account.__struct_fields__)
    for name in Account.__struct_fields__:
        assert getattr(story(), name) == getattr(Account(), name)


IDS = st.sampled_from(("a", "b", "wire-2"))
CITED = st.lists(
    st.builds(
        Source,
        IDS,
        st.sampled_from(("https://a.example/1", "http://www.a.example/1/", "https://b.example/2?q=ä b")),
        IDS,
        relays=st.none() | IDS,
        archive=st.none() | st.just("https://copies.example/1"),
        passages=st.just(()) | st.just(("some words",)),
    ),
    max_size=3,
    unique_by=lambda source: source.id,
)


@given(CITED)
def test_what_is_kept_of_its_sources_in_brief_is_what_they_say(sources: list[Source]):
    body = "So. " + "; ".join(f"[@{source.id}]" for source in sources[1:])
    whole = story(body=body, sources={source.id: source for source in sources})
    short = folded(replace(whole, briefs=told_of(whole)))
    assert briefs(short) == briefs(whole)
    assert cited(short) == cited(whole) == [brief for brief in briefs(whole) if f"[@{brief.id}]" in body]
    assert {brief.id for brief in briefs(short)} == whole.sources.keys()
    for brief in briefs(short):
        source = whole.sources[brief.id]
        assert (brief.publisher, brief.relays) == (source.publisher, source.relays or "")
        assert brief.page == page_key(source.url)
        assert (brief.has_passages, brief.has_copy) == (bool(source.passages), bool(source.archive))
