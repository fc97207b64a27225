"""Rules at their edges: what is just a mistake, and what is just none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from generator.check.judging import check
from generator.check.nearly import drafted
from generator.model.content import Dispute, Edit, Edition, Image, Importance, Origin, Point, Story, Version
from generator.model.permalinks import item_id
from generator.model.problems import Problem
from generator.model.vocabulary import Entity, HouseWord, Publisher, Section, Style, Topic
from tests.make import NOON, edition, library, newsletter, source, story


def found(rule: str, *items: Story | Edition, **fields: object) -> list[Problem]:
    """What one rule says of stories and editions."""
    return [problem for problem in check(library(*items, **fields), {rule: "warning"}) if problem.rule == rule]


def excerpts(rule: str, text: str) -> list[str]:
    """The words of a story's body at which a rule points."""
    return [problem.excerpt for problem in found(rule, story(body=f"{text} [@hubkub]"))]


@pytest.mark.parametrize(
    "gap",
    [
        *("[INSERT FIGURE]", "[TODO]", "[TBD]", "[TBC]", "[TK]", "[TKTK]", "[FIXME]", "[PLACEHOLDER]", "[YOUR NAME]"),
        *("[XX]", "[XXX million]", "[Insert the name]", "[insert the name]", "TKTK", "TODO", "FIXME"),
        *("TK", "$XX", "[Company Name]", "[Your City]", "[name]", "[source]", "{{amount}}"),
        *("[VERIFY]", "[Figure]", "$XXM", "€XXbn", "TBD"),
        *(
            "[citation needed]",
            "[Source needed]",
            "[quote needed]",
            "[figures needed]",
            "[date needed]",
            "[link needed]",
        ),
    ],
)
def test_a_gap_that_was_to_be_filled_is_told(gap: str):
    assert excerpts("left-over", f"It paid {gap}: much.") == [gap]


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("It rose at XX percent.", "XX"),
        ("It rose by XX%.", "XX"),
        ("It has XXX million users.", "XXX"),
        ("It has **XXX** of them.", "XXX"),
        ("It pays TK million to TK people.", "TK"),
        ("```\ncode\n```\n\nIt pays TK.", "TK"),
    ],
)
def test_an_amount_that_was_to_be_filled_in_is_told_by_what_stands_around_it(text: str, gap: str):
    assert set(excerpts("left-over", text)) == {gap}


def test_what_is_to_come_before_a_unit_with_a_capital_is_told_and_a_name_in_a_title_is_not():
    assert found("left-over", story(title="Meta pays TK Million"))
    assert found("left-over", story(title="TK Maxx sells coats")) == []


@pytest.mark.parametrize(
    "text",
    [
        *("The [XX](https://a.example) chip.", "A [insert here](https://a.example).", "A TODO list.", "A FIXME note."),
        *("[INSERTION] is a word.", "[Inserted here]", "[proof needed]", "It said “[TBD]” of it.", "`[TODO]` is code."),
        *("Stick it in MyTKTKs.", "[YOURS]", "[TBDs]"),
        *("Super Bowl XXX begins.", "The TODO Group met.", "Tcl/TK is old.", "It has XX chromosomes.", "Who?? Nobody."),
        *(
            "TK Maxx sells coats.",
            "It is TK Elevator.",
            "It is flight TK 1981.",
            "It was the XXX Olympiad.",
            "He is in XXX.",
        ),
        *("```\nTODO: $XX\n```\n\nSo it is.", "~~~\n[TBD]\n~~~\nSo it is."),
        *("The claim should be verified before publication.", "“No.” I'm an AI engineer.", "I am an AI researcher."),
        *("The [name](https://a.example) of it.", "It is [sic] there.", "Pope John XXIII."),
    ],
)
def test_words_that_look_like_a_gap_are_left_alone(text: str):
    assert excerpts("left-over", text) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("relative-date", "It came yesterday."),
        ("vague-attribution", "Some reports say so."),
        ("foreign-number", "It paid $21,5 billion."),
        ("year-ahead", "Prices rose by 2% in 2031."),
        ("malformed-citation", "It paid. [cite: 1]"),
    ],
)
@pytest.mark.parametrize("code", ["`{}`", "```\n{}\n```\n\nSo it is.", "~~~ text\n“\n{}\n~~~\n\nSo it is."])
def test_code_is_nobodys_words_on_one_line_or_on_several(rule: str, words: str, code: str):
    assert excerpts(rule, words)
    assert excerpts(rule, code.format(words)) == []


@pytest.mark.parametrize("code", ["```js``` is a language.", "````\n```\n````"])
def test_words_after_code_are_judged_again(code: str):
    assert excerpts("relative-date", f"{code}\n\nIt came yesterday.")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ('It said: "We are ready, and it ended.', '"We a'),
        ('We are ready," it said.', '" it'),
        ('It said "yes", and "no.', '"no.'),
        ('It said "yes, and "no".', '"yes'),
        ("It said: “We are ready.", "“We"),
        ("We are ready,” it said.", "” it"),
        ("“Yes,” it said. We are ready,” it said.", "” it said. [@"),
        ("“No. “Yes,” it said.", "“No."),
        ("Nous sommes prêts », dit-elle.", "», dit"),
        ("> “We are ready,\n> and we said so in May.", "“We are ready,"),
        ("> He said it,\n> and “so it was.", "“so it was."),
        ("Er sagt: „Wir sind bereit.", "„Wir"),
    ],
)
def test_a_quotation_mark_without_its_partner_is_told(text: str, mark: str):
    (told,) = excerpts("cut-text", text)
    assert told.startswith(mark)


@pytest.mark.parametrize(
    "text",
    [
        *('A 6" screen and a "big" one.', 'The code is `say "hi`.', "Er sagt: „Wir sind bereit“.", "“A” and “B”."),
        '"It began so.\n\n"It went on," she said.',
        *("“It began so.\n\n“It went on.” So.", 'It is \\" here.', '"One" and "two".', 'The 3½" disk.', "A 6” screen."),
        *(
            "1. > “We are ready,\n   > and so.”",
            "> “First.\n>\n> “Second.”",
            "“A 6” screen,” it said.",
            "Hon sa ”ja” igår.",
        ),
        *("»Ja«, sagt er, »so«.", "> > “We are ready,\n> > and so.”", "- “We are ready,\n  and so.”"),
    ],
)
def test_quotation_marks_in_pairs_and_quotations_that_go_on_are_left_alone(text: str):
    assert excerpts("cut-text", text) == []


@pytest.mark.parametrize(
    "quotation",
    ["> “We are ready,\n> and we said so in May.”", '> "We are ready,\n> and we said so."', "> „Ja,\n> so ist es.“"],
)
def test_a_block_quotation_may_end_in_the_mark_that_closes_it(quotation: str):
    assert found("cut-text", story(body=f"It said so. [@hubkub]\n\n{quotation}")) == []


@pytest.mark.parametrize(
    "words",
    [
        "Here is the story:",
        "I hope this helps",
        "Let me know if you need any changes",
        "I'm an AI assistant",
        "These figures should be verified before publication",
        "Here's a concise summary",
        "TODO",
    ],
)
def test_what_a_machine_or_an_editor_says_beside_the_story_is_told(words: str):
    assert excerpts("left-over", f"{words} check it.") == [words]


@pytest.mark.parametrize(
    "mark",
    [
        *("【4†source】", "[oaicite:3]", ":contentReference[oaicite:0]{index=0}", "contentReference[oaicite:12]"),
        *("[3†L1-L9]", "[^2^]", "[cite_start]", "[cite_end]", "[cite: 1, 2]", "[cite:7]"),
        *("turn0search1", "citeturn0news12turn0view3", "turn1fetch0", "turn2file4"),
    ],
)
def test_the_mark_of_a_drafting_tool_is_told_whole(mark: str):
    assert [written for _, written, _ in drafted(f"Meta paid. {mark} More")] == [mark]


@pytest.mark.parametrize("text", ["A U-turn in 2026.", "It cited [cites].", "The 2†3 sign.", "turn1around", "“[^2^]”"])
def test_words_that_look_like_the_mark_of_a_drafting_tool_are_left_alone(text: str):
    assert list(drafted(text)) == []


@pytest.mark.parametrize(
    ("style", "written", "better"),
    [
        ("en", "a deal—it says", "deal – it"),
        ("em", "a deal – it says", "deal—it"),
        ("em", "a deal -- it says", "deal—it"),
        ("spaced-em", "a deal – it says", "deal — it"),
        ("spaced-em", "a deal--it says", "deal — it"),
    ],
)
def test_each_style_of_dashes_is_offered_as_it_is_set(style: str, written: str, better: str):
    told = story(body=f"It is {written}. [@hubkub]")
    problems = found("house-dashes", told, newsletter=newsletter(style=Style(dashes=style)))
    assert [problem.mend for problem in problems] == [better]


@pytest.mark.parametrize(
    ("style", "text"), [("en", "a deal – it"), ("em", "a deal—it"), ("spaced-em", "a deal — it"), ("em", "in 2025–26")]
)
def test_dashes_of_the_house_are_left_alone(style: str, text: str):
    told = story(body=f"{text} says. [@hubkub]")
    assert not found("house-dashes", told, newsletter=newsletter(style=Style(dashes=style)))


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ('"5 of them"', ["“5", "them”"]),
        ("the '90s", ["’90s"]),
        ("'word'", ["‘word’"]),
        ('("word")', ["(“word”)"]),
        ('5" wide', ["5”"]),
        ("Meta's", ["Meta’s"]),
    ],
)
def test_curly_marks_open_before_a_word_and_close_behind_it(written: str, better: list[str]):
    told = story(body=f"It is {written}. [@hubkub]".replace(". ", " now. "))
    problems = found("house-quotes", told, newsletter=newsletter(style=Style(quotes="curly")))
    assert [problem.mend for problem in problems] == better


def test_the_note_of_an_edit_from_before_the_publication_is_told():
    early = story(edits=(Edit(NOON - timedelta(hours=1), "Spelling."),))
    assert [problem.path for problem in found("bad-correction", early)] == [("edits", 0, "date")]
    assert not found("bad-correction", story(edits=(Edit(NOON, "Spelling."),)))


@pytest.mark.parametrize(("cited", "better"), [("b", "two/b"), ("c", "story/c")])
def test_a_citation_of_an_edition_without_a_story_is_answered_with_the_story_that_has_the_source(cited, better):
    shown = edition("2026-04-11", "one", "two", takeaways=(Point("So it is", f"It is so. [@{cited}]"),))
    problems = found("unknown-citation", story("one", source("a")), story("two", source("b")), shown)
    assert [problem.hint for problem in problems] == [f"Write [@{better}], with the story's name."]


@pytest.mark.parametrize("heading", ["‘Open’ is what the firm calls ‘closed’", "“Open” and “closed”", "“Open” models"])
def test_a_heading_that_begins_and_ends_with_a_quotation_of_its_own_is_left_alone(heading: str):
    assert not found("quoted-heading", story(title=heading))


@pytest.mark.parametrize("heading", ["‘Open models for all’", "“Open models for all”", "„Open models for all“"])
def test_a_heading_that_stands_whole_in_curly_marks_is_told(heading: str):
    assert len(found("quoted-heading", story(title=heading))) == 1


def pair(rule: str, first: dict[str, object], second: dict[str, object]) -> list[str]:
    """What a rule says of two stories, the second a day after the first unless it says when; of both, who is named."""
    one, other = story("first", **first), story("second", **({"published": NOON + timedelta(days=1)} | second))
    return [problem.file.rpartition("/")[2] for problem in found(rule, one, other)]


SAME = {"title": "Alpha buys bravo charter delta"}
DAY = NOON.date()
INVOLVED = {"mentions": ("meta", "coreweave", "nvidia"), "topics": ("chips",), "event": DAY}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SAME, SAME),
        (SAME, SAME | {"published": NOON + timedelta(days=3)}),
        (SAME, {"title": "ALPHA BUYS bravo charter in delta"}),
        ({"title": "Alpha bravo charter delta"}, {"title": "Alpha bravo charter echo"}),
        (SAME | {"event": DAY}, SAME | {"event": DAY + timedelta(days=1)}),
        (SAME | {"event": DAY}, SAME),
        (INVOLVED, INVOLVED),
        (INVOLVED, INVOLVED | {"topics": ("law", "chips")}),
        (INVOLVED, INVOLVED | {"mentions": ("meta", "coreweave", "nvidia", "a", "b")}),
        (SAME | {"draft": True}, SAME | {"draft": True}),
        (SAME, SAME | {"draft": True}),
    ],
)
def test_an_event_that_is_told_again_within_three_days_is_named(first: dict[str, object], second: dict[str, object]):
    assert pair("same-event", first, second) == ["second.yml"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SAME, SAME | {"published": NOON + timedelta(days=3, hours=1)}),
        (SAME, SAME | {"updates": "first"}),
        ({"title": "Alpha bravo charter delta"}, {"title": "Alpha bravo charter echo foxtrot"}),
        ({"title": "A to be an"}, {"title": "A to be an"}),
        (SAME | {"event": DAY}, SAME | {"event": DAY + timedelta(days=2)}),
        (INVOLVED, INVOLVED | {"topics": ("law",)}),
        (INVOLVED, INVOLVED | {"mentions": ("meta", "coreweave", "other")}),
        (INVOLVED, INVOLVED | {"event": DAY + timedelta(days=1)}),
        (INVOLVED | {"event": None}, INVOLVED | {"event": None}),
        (INVOLVED | {"mentions": (*"abc", *"ghijkl")}, INVOLVED | {"mentions": (*"abc", *"mnopqr")}),
        (SAME | {"draft": True}, SAME),
    ],
)
def test_another_event_or_one_that_goes_on_is_not_called_the_same(first: dict[str, object], second: dict[str, object]):
    assert pair("same-event", first, second) == []


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({}, ["second.yml"]),
        ({"published": NOON + timedelta(days=3)}, ["second.yml"]),
        ({"published": NOON + timedelta(days=3, hours=1)}, []),
        ({"updates": "first"}, []),
        ({"published": NOON}, ["second.yml"]),
    ],
)
def test_a_page_that_two_stories_cite_within_three_days_is_told_unless_one_continues_the_other(
    second: dict[str, object], told: list[str]
):
    assert pair("repeated-source", {}, second) == told


def test_a_page_that_two_stories_of_one_edition_cite_is_told_of_neither():
    items = story("first"), story("second", published=NOON + timedelta(hours=1))
    assert len(found("repeated-source", *items)) == 1
    assert not found("repeated-source", *items, edition("2026-04-11", "first", "second"))
    assert len(found("repeated-source", *items, edition("2026-04-11", "first"), edition("2026-04-12", "second"))) == 1


@pytest.mark.parametrize(("days", "told"), [(0, "on the same day"), (1, "a day earlier"), (2, "2 days earlier")])
def test_how_long_ago_it_was_told_is_said_in_days(days: int, told: str):
    (problem,) = found("same-event", story("first", **SAME), story("second", published=NOON + timedelta(days), **SAME))
    assert problem.what == f"`first` told this event {told}"


def test_an_id_of_an_earlier_feed_cannot_be_the_one_that_another_item_has_by_its_name():
    own = item_id("footnote.example", NOON, "stories/first/")
    moved = Origin("https://old.example/second", id=own)
    problems = found("one-id-twice", story("first"), story("second", imported=moved))
    assert [(problem.file, problem.what) for problem in problems] == [
        ("content/stories/2026/second.yml", f"`{own}` is the id of content/stories/2026/first.yml too")
    ]
    assert not found("one-id-twice", story("second", imported=moved))


def test_an_event_of_the_year_before_is_a_slip_and_one_of_eleven_months_ago_is_not():
    assert found("old-event", story(event=DAY - timedelta(days=367)))
    assert not found("old-event", story(event=DAY - timedelta(days=366)))


def test_a_source_may_be_dated_tomorrow_and_not_the_day_after():
    tomorrow, later = (DAY + timedelta(days=days) for days in (1, 2))
    assert not found("late-source", story("s", source(published=tomorrow)))
    assert [problem.path[-1] for problem in found("late-source", story("s", source(published=later)))] == ["published"]
    assert not found("late-source", story("s", source(published=later), updated=NOON + timedelta(days=1)))


@pytest.mark.parametrize(("years", "paths"), [(10, []), (11, ["accessed"])])
def test_a_source_may_be_read_again_within_ten_years(years: int, paths: list[str]):
    told = found("late-source", story("s", source(accessed=DAY.replace(year=DAY.year + years))))
    assert [problem.path[-1] for problem in told] == paths


@pytest.mark.parametrize(("days", "is_told"), [(1, False), (2, True)])
def test_a_source_cannot_be_read_two_days_before_it_was_published(days: int, is_told: bool):
    told = story("s", source(published=DAY, accessed=DAY - timedelta(days=days)))
    assert bool(found("accessed-before", told)) is is_told


def test_two_pages_that_pass_on_one_report_are_one_voice_and_a_page_that_passes_on_another_is_a_second():
    relayed = {"relays": "wire"}
    assert found("one-publisher", story("s", source("a", **relayed), source("b", publisher="b", **relayed)))
    assert not found("one-publisher", story("s", source("a", **relayed), source("b")))


def test_a_citation_inside_the_words_of_a_link_is_told_in_a_story_and_in_an_edition():
    told = story(body="Meta [pays [@hubkub] a lot](https://a.example). [@hubkub]")
    assert [problem.what for problem in found("empty-link", told)] == ["a citation stands inside the words of a link"]
    assert not found("empty-link", story(body="Meta [pays a lot](https://a.example). [@hubkub]"))


def two(first: str, second: str, **fields: object) -> list[str]:
    """The figures that look like two values of one quantity in a text of two sentences."""
    told = story(body=f"{first}. [@hubkub]\n\n{second}. [@hubkub]", **fields)
    return [problem.excerpt for problem in found("two-values", told)]


@pytest.mark.parametrize(
    ("first", "second", "excerpt"),
    [
        ("The order backlog is $78.8 billion", "Its order backlog is $87.8 billion", "$87.8 billion"),
        ("The order backlog is $78.8 billion", "The backlog of orders, $87.8 billion, grew", "$87.8 billion"),
        ("In 2026 the order backlog is $8 billion", "The order backlog of 2026 is $9 billion", "$9 billion"),
        ("CoreWeave has an order backlog of $8 billion", "CoreWeave’s order backlog is $9 billion", "$9 billion"),
        ("It has 400 data centres in service", "There are 410 data centres in service", "410"),
    ],
)
def test_one_quantity_with_two_values_in_a_story_is_told_at_the_second(first: str, second: str, excerpt: str):
    assert two(first, second) == [excerpt]


def test_what_has_two_values_is_told_in_the_words_of_the_second_place():
    body = "The order backlog is $8 billion. [@hubkub]\n\nIts backlog of new orders is $9 billion. [@hubkub]"
    assert [problem.what.partition(" (")[2] for problem in found("two-values", story(body=body))] == ["backlog orders)"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Market watchers say that it will fall.", ["watchers say"]),
        ("The watchers said so.", []),
        ("Of 40 bird watchers 12 watchers said so.", []),
    ],
)
def test_watchers_who_could_not_be_asked_are_vague(text: str, told: list[str]):
    assert excerpts("vague-attribution", text) == told


def test_a_list_that_is_one_sentence_is_neither_cut_nor_without_a_source():
    text = "Of the takings came from\n\n- television 61 million euros, [@hubkub]\n- tickets 27 million. [@hubkub]"
    told = story(body=text)
    assert found("cut-text", told) == [] == found("uncited-text", told)
    assert found("cut-text", replace(told, body="- television 61 million euros, [@hubkub]"))
    assert found("uncited-text", replace(told, body="It sold games.\n\n- tickets for 27 million. [@hubkub]"))


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It raised its outlook to DKK 1.2 billion.", "1.2 billion kroner"),
        ("Wages rise by 4% now, by 3% in July and by 2.5% a year later.", "9.5%"),
    ],
)
def test_a_dek_may_name_the_money_otherwise_and_add_up_what_a_sentence_tells(text: str, figure: str):
    told = story(dek=f"It comes to {figure}.", body=f"{text} [@hubkub]")
    assert found("figure-not-in-text", told) == []
    assert found("figure-not-in-text", replace(told, dek=told.dek.replace("5", "6").replace("1.2", "1.3")))


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("It grew.", ["a takeaway"]),
        ("It grew. [@meta-coreweave/hubkub]\n\nIt fell.", ["a paragraph of a takeaway"]),
        ("- It grew.\n- It fell.", ["a list item of a takeaway"] * 2),
    ],
)
def test_what_shows_no_source_is_called_what_it_is(text: str, called: list[str]):
    told = edition("2026-04-11", "meta-coreweave", takeaways=(Point("Compute", text),), actions=(Point("Do", "Buy."),))
    said = [problem.what.removesuffix(" shows no source") for problem in found("uncited-text", story(), told)]
    assert said == [*called, "an action item"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        *(
            ("The order backlog is $78.8 billion", f"The order backlog was $87.8 billion {when}")
            for when in [
                "in 2025",
                "in March",
                "in the first-quarter report",
                "in Q3",
                "on Tuesday",
                "last week",
                "a month ago",
                "daily",
                "an hour",
                "a minute",
                "each quarter",
                "monthly",
                "yearly",
                "in annual terms",
                "weekly",
                "in a second",
                "by day",
            ]
        ),
        ("The order backlog is $78.8 billion", "The order backlog is about $79 billion"),
        ("The order backlog is $78.8 billion", "The order backlog is €87.8 billion"),
        ("The order backlog is $78.8 billion", "The debt is $87.8 billion"),
        ("The backlog is $78.8 billion", "The backlog is $87.8 billion"),
        ("Meta has an order backlog of $8 billion", "Nvidia has an order backlog of $9 billion"),
        ("Its order backlog is $8 billion and in dollars $9 billion", "Its order backlog is $9 billion"),
        ("It has 400 data centres in service", "It paid $410 for data centres in service"),
    ],
)
def test_values_of_another_time_owner_unit_or_thing_are_left_alone(first: str, second: str):
    assert two(first, second) == []


def test_two_values_that_a_story_says_are_disputed_are_left_alone():
    told = Dispute("the backlog", (Version("$78.8 billion", ("hubkub",)), Version("$87.8 billion", ("hubkub",))), "So.")
    assert two("The order backlog is $8 billion", "The order backlog is $9 billion", disputed=(told,)) == ["$9 billion"]
    assert not two("The order backlog is $78.8 billion", "The order backlog is $87.8 billion", disputed=(told,))


def test_two_stories_of_an_edition_that_give_one_quantity_two_values_are_told_at_the_second():
    of = "CoreWeave has an order backlog of $%s billion. [@hubkub]"
    shown = [story("first", body=of % 8), story("second", body=of % 9), edition("2026-04-11", "first", "second")]
    (problem,) = found("two-values", *shown)
    assert (problem.file, problem.path) == ("content/editions/2026-04-11.yml", ("stories", 1))
    assert "`$9 billion` in second and `$8 billion` in first" in problem.what
    assert not found("two-values", *shown[:2])


def test_an_edition_that_gives_another_value_than_its_story_is_told_at_its_own_words():
    told = story("first", body="CoreWeave has an order backlog of $8 billion. [@hubkub]")
    point = Point("So", "CoreWeave has an order backlog of $9 billion. [@first/hubkub]")
    (problem,) = found("two-values", told, edition("2026-04-11", "first", takeaways=(point,)))
    assert (problem.path[0], problem.excerpt) == ("takeaways", "$9 billion")


WORDS = (
    HouseWord(("utilize",), "use"),
    HouseWord(("utilizes",), "uses", "Short words are read."),
    HouseWord(("Open AI", "Open-AI"), "OpenAI"),
    HouseWord(("disruptive",), why="Say what it changes."),
    HouseWord(("mail",), "post"),
    HouseWord(("Xeon",), "Intel Xeon"),
    HouseWord(("Email",), "email"),
    HouseWord(("doesn't",), "does not"),
    HouseWord(("synergy",)),
)


def of_the_house(text: str) -> list[tuple[str, str | None]]:
    problems = found("house-words", story(body=f"{text} [@hubkub]"), newsletter=newsletter(style=Style(words=WORDS)))
    return [(problem.excerpt, problem.mend) for problem in problems]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("They utilize it, and **utilize** it.", [("utilize", "use"), ("utilize", "use")]),
        ("Utilize it.", [("Utilize", "Use")]),
        ("It utilizes it.", [("utilizes", "uses")]),
        ("Open AI's or Open-AI’s.", [("Open AI", "OpenAI"), ("Open-AI", "OpenAI")]),
        ("Of Open\nAI.", [("Open\nAI", "OpenAI")]),
        ("A Xeon.", [("Xeon", "Intel Xeon")]),
        ("By Email.", [("Email", "email")]),
        ("It doesn’t.", [("doesn’t", "does not")]),
        ("A disruptive synergy.", [("disruptive", None), ("synergy", None)]),
        ("See [what they utilize](https://example.com/).", [("utilize", "use")]),
    ],
)
def test_a_word_that_the_house_does_not_write_is_told_with_what_it_writes_instead(
    text: str, problems: list[tuple[str, str | None]]
):
    assert of_the_house(text) == problems


@pytest.mark.parametrize(
    "text",
    [
        "“They utilize it”, it said.",
        "> They utilize it.",
        "Say `utilize` there.",
        "See [this](https://example.com/utilize) and https://example.com/utilize.",
        "It is underutilized.",
        "By e-mail.",
        "An Intel Xeon.",
        "Email is late. **Email** is early.",
        "UTILIZE is a word.",
    ],
)
def test_words_of_others_names_and_parts_of_words_are_not_those_of_the_house(text: str):
    assert not of_the_house(text)


def test_a_name_of_the_vocabularies_stays_as_it_is():
    told = story(body="It is of Disruptive Labs, which is disruptive. [@hubkub]")
    named = {"labs": Entity("labs", "Disruptive Labs", "company")}
    problems = found("house-words", told, newsletter=newsletter(style=Style(words=WORDS)), entities=named)
    assert [problem.excerpt for problem in problems] == ["disruptive"]


def test_the_house_says_in_its_own_words_why_it_avoids_one():
    told = story(body="It utilizes a disruptive synergy. [@hubkub]")
    problems = found("house-words", told, newsletter=newsletter(style=Style(words=WORDS)))
    hints = ["Write uses. Short words are read.", "Say what it changes.", "Say it in other words."]
    assert [problem.hint for problem in problems] == hints


def test_a_list_that_says_two_things_of_a_word_is_told():
    words = (HouseWord(("utilize",), "use"), HouseWord(("use",), "apply"), HouseWord(("utilize",)))
    problems = found("newsletter", newsletter=newsletter(style=Style(words=words)))
    assert [problem.path for problem in problems] == [("style", "words", 1), ("style", "words", 2)]


@pytest.mark.parametrize("end", ["؟", "۔", "।", "？"])
def test_a_sentence_ends_with_the_sign_of_its_language(end: str):
    words = "من يراقب الأرقام التي تعلنها الشركات"
    assert found("cut-text", story(body=f"{words} [@hubkub]"))
    assert found("cut-text", story(body=f"{words}{end} [@hubkub]")) == []


def test_a_question_needs_no_source_in_whatever_script_it_is_asked():
    asked = "من يراقب الأرقام التي تعلنها الشركات"
    assert found("uncited-text", story(body=f"It is so. [@hubkub]\n\n{asked}."))
    assert found("uncited-text", story(body=f"It is so. [@hubkub]\n\n{asked}؟")) == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (("image", "caption"), {"image": Image("a.png", "A chart", "The desk", "Up to $450 billion")}),
        (("disputed", 0, "note"), {"disputed": (Dispute("Sum", (), "The true sum is $450 billion."),)}),
    ],
    ids=["caption", "note"],
)
def test_what_stands_beside_the_text_has_no_figure_of_its_own(path: tuple[object, ...], fields: dict[str, object]):
    [problem, *_] = found("figure-not-in-text", story(body="It is so. [@hubkub]", **fields))
    assert problem.path == path
    assert found("figure-not-in-text", story(body="$450 billion since 2019. [@hubkub]", **fields)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"importance": Importance(8, "The largest sum since 2019: $450 billion.")},
        {"image": Image("a.png", "A hall", "The desk", "The hall in May 2019")},
        {
            "disputed": (
                Dispute(
                    "Sum", tuple(Version(f"${sum_} billion.", ()) for sum_ in (21, 22)), "They are $1 billion apart."
                ),
            )
        },
    ],
    ids=["importance", "day of a picture", "difference"],
)
def test_what_compares_with_other_things_may_have_a_figure_of_its_own(fields: dict[str, object]):
    assert found("figure-not-in-text", story(body="It is so. [@hubkub]", **fields)) == []


def test_the_words_of_a_dispute_are_judged_like_all_words():
    told = story(disputed=(Dispute("Sum", (Version("more as of yesterday", ("hubkub",)),), "It was told yesterday."),))
    assert [problem.path for problem in found("relative-date", told)] == [
        ("disputed", 0, "note"),
        ("disputed", 0, "versions", 0, "value"),
    ]


def test_a_story_without_any_source_is_told_so_once_by_its_texts():
    told = story(body="It is so. [@gone]", original="gone", disputed=(Dispute("Sum", (Version("7", ("gone",)),)),))
    assert [problem.rule for problem in check(library(replace(told, sources={}))) if "unknown" in problem.rule] == [
        "unknown-citation"
    ]


def test_one_id_is_merged_into_one_entity_alone():
    entities = {id_: Entity(id_, id_.title(), "company", was=("oldco",)) for id_ in ("amazon", "apple")}
    [problem] = found("taken-alias", story(), entities=entities)
    assert problem.file == "content/entities.yml"
    assert problem.path == ("apple", "was", 0)


@pytest.mark.parametrize(
    ("words", "file", "path"),
    [
        ({"entities": (Entity("a", "Acme", "company"), Entity("b", "ACME", "product"))}, "entities", ("b", "name")),
        (
            {"entities": (Entity("a", "A", "company", also=("x", "One")), Entity("b", "B", "company", also=("one",)))},
            "entities",
            ("b", "also", 0),
        ),
        ({"topics": (Topic("a", "Chips"), Topic("b", "Chips"))}, "topics", ("b", "name")),
        (
            {"publishers": (Publisher("hubkub", "A", "a.example", "trade"), Publisher("b", "A", "a.example", "trade"))},
            "publishers",
            ("b", "name"),
        ),
    ],
)
def test_a_name_belongs_to_one_entry_of_a_vocabulary(words: dict, file: str, path: tuple):
    [problem] = found("shared-name", story(), **{kind: {each.id: each for each in of} for kind, of in words.items()})
    assert (problem.file, problem.path) == (f"content/{file}.yml", path)


def test_two_publishers_may_share_the_domain_of_their_house():
    house = (
        Publisher("hubkub", "A", "a.example", "trade"),
        Publisher("b", "B", "b.example", "blog", also_at=("a.example",)),
    )
    assert not found("shared-name", story(), publishers={each.id: each for each in house})


def test_entities_of_one_name_are_told_apart_in_brackets_and_may_say_a_name_twice():
    entities = (Entity("a", "Acme", "company", also=("acme",)), Entity("b", "Acme (model)", "model"))
    assert not found("shared-name", story(), entities={each.id: each for each in entities})


def test_who_names_something_by_an_earlier_id_is_told_the_one_of_today():
    was = {"was": ("before",)}
    words = {
        "newsletter": newsletter(sections={"now": Section("now", "Now", **was)}),
        "topics": {"now": Topic("now", "Now", **was)},
        "entities": {"now": Entity("now", "Now", "company", **was)},
        "publishers": {"now": Publisher("now", "Now", "now.example", "trade", **was)},
    }
    named = {"section": "before", "topics": ("before",), "mentions": ("before",)}
    told = check(library(story("told", source(publisher="before"), **named), **words))
    assert {problem.rule: problem.hint for problem in told if problem.rule.startswith("unknown")} == dict.fromkeys(
        ("unknown-section", "unknown-topic", "unknown-entity", "unknown-publisher"), "It is `now` by now: write that."
    )


def test_an_earlier_id_belongs_to_one_topic_section_or_publisher_alone():
    words = {"chips": Topic("chips", "Chips", was=("old",)), "law": Topic("law", "Law", was=("old",))}
    [problem] = found("taken-alias", story(), topics=words)
    assert (problem.file, problem.path) == ("content/topics.yml", ("law", "was", 0))
    sections = {id_: Section(id_, id_, was=("old",)) for id_ in ("big-tech", "policy")}
    [problem] = found("taken-alias", story(), newsletter=newsletter(sections=sections))
    assert (problem.file, problem.path) == ("content/newsletter.yml", ("sections", "policy", "was", 0))
    domains = {id_: Publisher(id_, id_, f"{id_}.example", "trade", was=("old",)) for id_ in ("hubkub", "wire")}
    [problem] = found("taken-alias", story(), publishers=domains)
    assert (problem.file, problem.path) == ("content/publishers.yml", ("wire", "was", 0))
