"""The table of rules: presets, and the readings that rules share."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.figures import figures, missing
from generator.check.judging import _together, check
from generator.check.reading import blocks, phrases
from generator.check.table import RULES
from generator.check.tracing import untraced_name
from generator.configuration import ConfigError
from generator.model.address import is_home, tidy, tracking_in
from generator.model.problems import Severity
from generator.model.tracing import Claim, ClaimKind, Ledger, Sentence, Verdict
from generator.model.vocabulary import Publisher, publisher_at
from generator.options import find
from tests.make import edition, library, source, story
from tests.test_cases import EDITORIAL, SOUND, laid_over


def with_rules(root: Path, rules: str) -> dict[str, str]:
    laid_over(SOUND.name, root, EDITORIAL)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("  - citewire\n", f"  - citewire:\n      rules: {rules}\n"))
    return dict(find(config).rules)


def test_strict_lets_every_rule_block_a_build(tmp_path: Path):
    assert with_rules(tmp_path, "{preset: strict}") == {rule.name: "error" for rule in RULES}


def test_newsroom_is_what_the_table_says(tmp_path: Path):
    assert with_rules(tmp_path, "{preset: newsroom}") == {}


def test_relaxed_keeps_what_a_site_needs_and_is_milder_on_writing(tmp_path: Path):
    rules = with_rules(tmp_path, "{preset: relaxed}")
    assert rules["overclaim"] == "off"
    assert rules["figure-not-in-text"] == "warning"
    assert "unknown-citation" not in rules
    assert "silent-change" not in rules
    assert rules["quotation-not-in-passages"] == "warning"
    hidden = {rule.name for rule in RULES if rule.ledger and rules.get(rule.name) == "off"}
    assert hidden == {"figure-not-in-passages", "no-passage", "uncited-claim"}, "nor does it hide what tracing finds"


def test_a_rule_that_is_named_goes_before_the_preset(tmp_path: Path):
    rules = with_rules(tmp_path, "{preset: strict, overclaim: off, cut-text: warning}")
    assert (rules["overclaim"], rules["cut-text"], rules["two-values"]) == ("off", "warning", "error")


def test_a_preset_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path):
    with pytest.raises(ConfigError, match="`loose`; it can be relaxed, newsroom, strict"):
        with_rules(tmp_path, "{preset: loose}")


def test_the_function_of_a_rule_is_found_by_its_name():
    for rule in RULES:
        judges = filter(None, (rule.item, rule.story, rule.edition, rule.thread, rule.library, rule.ledger))
        assert any(rule.name.replace("-", "_") in judge.__name__ for judge in judges), rule.name


def test_no_rule_is_called_preset():
    assert "preset" not in {rule.name for rule in RULES}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("$21 billion", [(21e9, "USD")]),
        ("US$21bn and €3.5m", [(21e9, "USD"), (3.5e6, "EUR")]),
        ("21,000 million dollars", [(21e9, "USD")]),
        ("$115-135 billion", [(115e9, "USD")]),
        ("14.6 percent, 15 per cent, 2%", [(14.6, "%"), (15, "%"), (2, "%")]),
        ("a **16-month** reprieve in 2026", [(16, "month")]),
        ("GPT-5.5, H100, Axios 1.14.1, [@24-ai-news]", []),
        ("100 MB", [(1e8, "byte")]),
        ("on 2026-04-11, at 8:30, on 9 April, at 5 p.m.", []),
    ],
)
def test_a_figure_is_read_with_its_scale_and_unit(text: str, values: list[tuple[float, str]]):
    assert [(figure.low, figure.dimension) for figure in figures(text, "en-GB")] == values


def test_a_comma_means_what_it_means_in_the_language():
    assert [figure.low for figure in figures("1.357,5", "de")] == [1357.5]
    assert [figure.low for figure in figures("1,357.5", "en")] == [1357.5]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("15%", "14.6 percent"),
        ("220,000 GPUs", "221,400 GPUs"),
        ("$35 billion", "$35.2 billion"),
        ("7", "seven"),
        ("$115-135 billion", "from $115 billion to $135 billion"),
        ("21bn for servers", "It pays $21 billion for servers."),
        ("1.4 GW", "1,400 megawatts"),
        ("2031", "until December 2031"),
    ],
)
def test_a_heading_may_round_the_figure_of_the_text(heading: str, text: str):
    assert list(missing(heading, [text], "en", 2026)) == []


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("9%", "19%"),
        ("$1 billion", "$21 billion"),
        ("100 GPUs", "140 GPUs"),
        ("2031", "2032"),
        ("$9", "€9"),
        ("35.2", "35"),
    ],
)
def test_a_heading_may_not_say_another_figure(heading: str, text: str):
    assert list(missing(heading, [text], "en", 2026))


@pytest.mark.parametrize(
    "heading", ["The news of 2026-04-11", "Doors open at 8:30", "What changed on 11 April at 5 p.m."]
)
def test_a_day_and_a_time_of_day_are_no_figures_of_a_heading(heading: str):
    assert list(missing(heading, ["Nothing of the kind."], "en", 2026)) == []


def test_a_day_right_before_a_citation_is_no_figure():
    assert figures("The hearing is on 9 April [@a]. It began in June 2026 [@b]", "en") == ()


def test_blocks_are_told_apart():
    text = "A paragraph\nof two lines.\n\n# Heading\nText below.\n\n- one\n- two\n  lines\n\n> said\n\n"
    text += "```\n# code\n\n- x\n```"
    assert [(block.kind, block.text.split("\n")[0]) for block in blocks(text)] == [
        ("paragraph", "A paragraph"),
        ("heading", "Heading"),
        ("paragraph", "Text below."),
        ("item", "one"),
        ("item", "two"),
        ("quotation", "said"),
        ("code", "```"),
    ]


@pytest.mark.parametrize("language", ["de", "ko", "tlh", "", "../en", "en_US"])
def test_words_of_a_language_without_a_list_are_not_judged(language: str):
    assert phrases("Yesterday, reportedly unprecedented.", language) == ()


def test_a_turn_of_phrase_is_found_where_it_stands():
    text = "“Yesterday,” he said. Last week’s deal — the İstanbul one — came today."
    assert phrases(text.replace("İ", "I"), "en-GB") != ()
    assert [phrase.written for phrase in phrases("It came today, Today.", "en")] == ["today", "Today"]
    assert [text[p.start : p.end] for p in phrases(text, "en")] == [p.written for p in phrases(text, "en")]


@pytest.mark.parametrize(
    ("address", "better"),
    [
        ("HTTPS://Example.COM:443/A?utm_source=x&b=%20&utm_id#c", "https://example.com/A?b=%20#c"),
        ("http://example.com:8080", "http://example.com:8080/"),
        ("https://example.com/a?b=1&a=2", "https://example.com/a?b=1&a=2"),
        ("https://example.com/a/#part:~:text=x", "https://example.com/a/#part"),
    ],
)
def test_a_tidy_address_loses_only_what_no_server_looks_at(address: str, better: str):
    assert tidy(address) == better
    assert tidy(better) == better
    assert not tracking_in(better)


def test_a_front_page_is_known_in_its_languages_and_an_article_is_none():
    assert all(map(is_home, ("https://a.example", "https://a.example/en/", "https://a.example/index.html")))
    assert not any(map(is_home, ("https://a.example/?p=8099", "https://a.example/deal", "https://a.example/2026")))


def test_a_rule_that_is_off_finds_nothing_and_one_that_is_graver_says_so():
    found = library(story("meta-coreweave", source(title=None, label=None)), edition())
    assert "untitled-source" not in {p.rule for p in check(found, {"untitled-source": "off"})}
    graver = [p for p in check(found, {"untitled-source": "error"}) if p.rule == "untitled-source"]
    assert [problem.severity for problem in graver] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("host", "id_"),
    [
        ("reuters.com", "wire"),
        ("uk.reuters.com", "wire"),
        ("agency.example", "wire"),
        ("legal.reuters.com", "legal"),
        ("old.legal.reuters.com", "legal"),
        ("notreuters.com", None),
        ("com", None),
    ],
)
def test_a_page_is_of_the_publisher_whose_domain_is_the_closest(host: str, id_: str | None):
    wire = Publisher("wire", "Reuters", "https://www.Reuters.com/", "wire", also_at=("agency.example",))
    legal = Publisher("legal", "Reuters Legal", "legal.reuters.com", "trade")
    found = publisher_at(host, [wire, legal])
    assert (found and found.id) == id_


def test_an_edition_is_judged_right_behind_its_stories():
    items = [story("c"), story("a"), story("b"), edition("2026-04-11", "a"), edition("2026-04-12", "c", "b")]
    assert [item.slug for item in _together(items)] == ["a", "2026-04-11", "c", "b", "2026-04-12"]


@pytest.mark.parametrize(
    ("heading", "text", "said"),
    [
        ("It runs to December 2023", "It runs through December 2032.", ["December 2023"]),
        ("It began on 9 April 2025", "It began on April 9, 2026.", ["9 April 2025"]),
        ("It runs to December 2032", "It runs through December 2032.", []),
        ("Sales in April 2026", "Sales rose in April, against April 2025.", []),
        ("What came on 9 April 2026", "It was sold in April 2025.", []),
        ("What came on 9 April 2026", "It was sold in March 2025.", []),
    ],
)
def test_a_day_or_month_of_a_heading_has_the_year_that_the_text_gives_it(heading: str, text: str, said: list[str]):
    assert [item.text for item in missing(heading, [text], "en", 2026)] == said


@pytest.mark.parametrize(
    ("text", "may_be"), [("Globex Industries", True), ("IBM", True), ("Fri", False), ("Oct.", False), ("CI", False)]
)
def test_other_names_are_asked_for_only_where_somebody_could_have_the_name(text: str, may_be: bool):
    claim = Claim(ClaimKind.NAME, text, 0, len(text), Verdict.UNTRACED)
    ledger = Ledger((Sentence(("body",), 0, text, ("page",), (claim,)),))
    (found,) = untraced_name(ledger, story(body=text))
    assert ("under `also` in entities.yml" in found.hint) is may_be


def test_a_heading_may_tell_a_score_in_digits_and_no_other_one():
    text = "The court ruled for the port by three votes to two."
    assert [*missing("Judges found 3 to 2 for the port", [text], "en", 2026)] == []
    assert [item.text for item in missing("Judges found 4 to 1 for the port", [text], "en", 2026)] == ["4", "1"]
    assert [item.text for item in missing("The port has 3 piers", [text], "en", 2026)] == ["3"]


@pytest.mark.parametrize("row", ["|Acme|8 kg|", "| Acme | 8 kg |", "**Acme** | 8 kg", "- Acme: **8 kg**"])
def test_a_figure_is_seen_in_any_row_of_a_table(row: str):
    assert [figure.text for figure in figures(row, "en")] == ["8 kg"]
