"""Social cards: what is drawn, for whom, and that nothing is drawn twice."""

from __future__ import annotations

import io
import json
import os
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.cards.lines import ELLIPSIS, Step, balanced, broken, fit
from generator.model.artifacts import Artifact
from generator.model.content import Image
from generator.model.site import Site
from generator.render.site import maker_of, render
from tests.make import BASE, CHROME, LINES, dress, edition, library, newsletter, parsed, sample, site, story

needs_pillow = pytest.mark.skipif(find_spec("PIL") is None, reason="no Pillow")


def drawn(of: Site, cache: Path, fonts: Path | None = None) -> dict[str, Artifact]:
    from generator.cards.site import Cards

    return {artifact.path: artifact for artifact in Cards(of, cache, fonts).all()}


def length(text: str) -> float:
    return 10.0 * len(text)


def step(size: int = 1, lines: int = 3, width: float = 200) -> Step:
    return Step(size, lines, width, lambda text: length(text) * size)


# Lines


@given(LINES, st.integers(20, 400))
def test_no_line_is_wider_than_the_column_and_no_letter_is_lost(text: str, width: int):
    lines = broken(text, width, length)
    assert all(length(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(LINES)
def test_a_balanced_headline_has_no_line_more(text: str):
    lines = broken(text, 300, length)
    even = balanced(lines, text, step(lines=99, width=300))
    assert len(even) <= len(lines)
    assert " ".join(even).split() == " ".join(lines).split()


@given(LINES.filter(str.split), st.integers(60, 400))
def test_a_balanced_headline_stands_in_the_narrowest_column_that_holds_it_in_as_many_lines(text: str, width: int):
    lines = broken(text, width, length)
    even = balanced(lines, text, step(lines=99, width=width))
    words = set(text.split())
    if all(line.split()[-1] in words for line in lines):  # no word is torn
        widest = max(map(length, even))
        narrower = broken(text, widest - 1, length)
        assert even == broken(text, widest, length)
        is_torn = any(line.split()[-1] not in words or length(line) > widest - 1 for line in narrower)
        assert len(narrower) > len(lines) or is_torn


def test_a_balanced_headline_leaves_no_word_alone():
    text = "one two three four five six seven"
    assert broken(text, 280, length)[-1] == "seven"
    assert balanced(broken(text, 280, length), text, step(width=280)) == ["one two three four", "five six seven"]


def test_the_largest_size_at_which_a_headline_fits_is_taken():
    chosen, lines = fit("one two six ten cat", [step(4), step(2), step(1)])
    assert chosen.size == 2
    assert len(lines) <= 3
    assert fit("short", [step(4), step(2)])[0].size == 4


def test_a_headline_that_fits_at_no_size_ends_in_an_ellipsis_between_words():
    _, lines = fit("many words " * 30, [step(2), step(1)])
    assert len(lines) == 3
    assert lines[-1].endswith(f"many{ELLIPSIS}") or lines[-1].endswith(f"words{ELLIPSIS}")
    assert all(length(line) <= 200 for line in lines)


def test_a_word_is_torn_only_when_no_size_spares_it():
    assert fit("Donaudampfschiff", [step(4), step(1)])[1] == ["Donaudampfschiff"]
    assert len(fit("w" * 50, [step(4), step(1)])[1]) == 3


# Pictures


@needs_pillow
def test_every_edition_and_story_has_a_card_of_the_size_that_is_shared(tmp_path: Path):
    from PIL import Image as Picture

    cards = drawn(sample(), tmp_path)
    assert {f"cards/editions/{page.edition.slug}.png" for page in sample().editions} <= cards.keys()
    pictured = {slug for slug, story in sample().stories.items() if story.image}
    assert {f"cards/stories/{slug}.png" for slug in sample().stories.keys() - pictured} <= cards.keys()
    for artifact in cards.values():
        data = artifact.make()
        picture = Picture.open(io.BytesIO(data))
        assert picture.size == (1200, 630)
        assert picture.mode == "P"
        assert len(data) < 40_000


@needs_pillow
def test_a_story_with_a_large_picture_shows_that_and_one_with_a_small_one_its_card(tmp_path: Path):
    large = story("large", image=Image("a.png", "A chart", "Desk", None, 1200, 700))
    small = story("small", image=Image("b.png", "A logo", "Desk", None, 300, 300))
    assert drawn(site(large, small), tmp_path).keys() == {"cards/stories/small.png"}


@needs_pillow
def test_a_card_stands_under_the_earlier_names_of_its_page_too(tmp_path: Path):
    cards = drawn(
        site(story("new", renamed_from="old"), edition("2026-04-11", stories=("new",), renamed_from="2026-04-10")),
        tmp_path,
    )
    for now, then in (("stories/new", "stories/old"), ("editions/2026-04-11", "editions/2026-04-10")):
        assert cards[f"cards/{then}.png"].make() == cards[f"cards/{now}.png"].make()


@needs_pillow
def test_a_card_is_drawn_once_and_found_by_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    first = {path: card.make() for path, card in drawn(site(story(), edition()), tmp_path).items()}
    monkeypatch.setattr("generator.cards.site.draw", lambda *_: pytest.fail("drawn again"))
    again = drawn(site(story(body="Another body. [@hubkub]"), edition()), tmp_path)
    assert {path: card.make() for path, card in again.items()} == first


@needs_pillow
def test_a_card_that_no_site_has_used_for_a_month_is_forgotten(tmp_path: Path):
    def drawn_again() -> list[Path]:
        for card in drawn(site(story(), edition()), tmp_path).values():
            card.make()
        return sorted(path for path in tmp_path.rglob("*") if path.is_file())

    month = 31 * 86_400
    first, *others = drawn_again()
    unused = first.with_name("of-an-old-headline.png")
    unused.touch()
    for file in (first, unused):
        os.utime(file, (then := file.stat().st_mtime - month, then))
    assert drawn_again() == sorted([first, *others, unused])
    assert first.stat().st_mtime > then + month / 2  # it was used
    first.unlink()
    assert drawn_again() == [first, *others]


@needs_pillow
def test_without_the_cache_the_same_bytes_are_drawn(tmp_path: Path):
    made = [drawn(sample(), tmp_path / name)["cards/editions/2026-07-02.png"].make() for name in "ab"]
    assert made[0] == made[1]


@needs_pillow
def test_a_kept_card_that_was_cut_off_is_drawn_again(tmp_path: Path):
    whole = [card.make() for card in drawn(site(story(), edition()), tmp_path).values()]
    for kept in tmp_path.rglob("*.png"):
        kept.write_bytes(kept.read_bytes()[:999])
    assert [card.make() for card in drawn(site(story(), edition()), tmp_path).values()] == whole != []


@needs_pillow
def test_a_kept_card_in_which_a_bit_was_turned_round_is_drawn_again(tmp_path: Path):
    whole = [card.make() for card in drawn(site(story(), edition()), tmp_path).values()]
    for place in (0, 10, 40, 999, -20, -1):
        for kept in tmp_path.rglob("*.png"):
            data = bytearray(kept.read_bytes())
            data[place] ^= 1
            kept.write_bytes(data)
        assert [card.make() for card in drawn(site(story(), edition()), tmp_path).values()] == whole != []


@needs_pillow
def test_a_card_that_cannot_be_kept_is_drawn_all_the_same(tmp_path: Path):
    (tmp_path / "kept").write_text("a file where the folder of the cache should be")
    unkept, kept = (drawn(site(story(), edition()), tmp_path / name) for name in ("kept", "elsewhere"))
    assert [card.make() for card in unkept.values()] == [card.make() for card in kept.values()] != []


@needs_pillow
@pytest.mark.parametrize(
    "change", [{"title": "Another"}, {"section": "policy"}, {"published": story().published.replace(day=2)}], ids=str
)
def test_a_card_is_made_again_when_what_it_shows_changes(tmp_path: Path, change: dict[str, Any]):
    before = drawn(site(story()), tmp_path)["cards/stories/meta-coreweave.png"]
    after = drawn(site(story(**change)), tmp_path)["cards/stories/meta-coreweave.png"]
    assert before.made_of != after.made_of
    assert before.make() != after.make()


@needs_pillow
@pytest.mark.parametrize("title", ["שלום עולם", "中国发布新模型", "مرحبا", "नमस्ते"])
def test_a_headline_in_letters_that_the_type_has_not_gets_no_card_of_boxes(tmp_path: Path, title: str):
    assert drawn(site(story(title=title)), tmp_path) == {}


EUROPE = [
    "Łódź Šibenik Kőszeg Iași İzmir Ålesund ẞ",
    "Η Ελλάδα και η Κύπρος",
    "Россия Україна България Қазақстан",
    "Việt Nam về trí tuệ",
]


@needs_pillow
@pytest.mark.parametrize("title", EUROPE)
def test_the_scripts_of_europe_and_vietnamese_have_cards_with_every_letter(tmp_path: Path, title: str):
    from generator.cards.draw import Type

    assert len(drawn(site(story(title=title)), tmp_path)) == 1
    display = Type.of(None).display
    blank = display.length("\uffff", 40)
    assert all(display.has(letter) for letter in title)
    assert display.length(title, 40) != blank * len(title)


@needs_pillow
def test_a_letter_comes_from_the_sites_own_type_where_that_has_it():
    from generator.cards.draw import Type

    placed = list(Type.of(None).display.placed("Meta, Łód: 21 Яндекс!", 80))
    together = groupby(placed, key=lambda letter: letter[1].stem)
    runs = [(stem, "".join(letter for letter, *_ in run)) for stem, run in together]
    assert runs == [
        ("display", "Meta, "),
        ("display-ext", "Ł"),
        ("display", "ód: 21 "),
        ("cyrillic", "Яндекс"),
        ("display", "!"),
    ]


@needs_pillow
@pytest.mark.parametrize(("size", "bolder"), [(120, 0), (50, 0), (30, 0.4)])
@pytest.mark.parametrize("words", ["AVATAR Wave, To: “Yo” f.fi—j", "Reuters, 21.5 billion", "Vẫn Ỹ"])
def test_a_line_of_letters_drawn_once_is_the_line_that_the_font_sets(size: int, bolder: float, words: str):
    from PIL import Image as Picture
    from PIL import ImageDraw, ImageFont

    from generator.cards.draw import Type

    display = Type.of(None).display
    ours, theirs = (Picture.new("L", (2200, 240)) for _ in range(2))
    for letter, x, y in display.stamps(20, 160, words, size, bolder):
        ours.paste(255, (x, y), letter)
    pen, left = ImageDraw.Draw(theirs), 20.0
    for path, run in groupby(display.placed(words, size), key=lambda letter: letter[1]):
        font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
        text = "".join(letter for letter, *_ in run)
        pen.text((left, 160), text, 255, font, "ls", stroke_width=bolder)
        left += font.getlength(text)
    assert ours.getbbox() == theirs.getbbox()
    assert bolder or ours.tobytes() == theirs.tobytes()  # where strokes are wider, those of neighbours meet


@needs_pillow
def test_who_has_no_card_is_known_with_the_letters_that_are_wanting():
    from generator.cards.site import left_out

    found = left_out(library(story("a", title="A model"), story("b", title="模型 model")), None)
    assert found == {"b": "模型"}


@needs_pillow
def test_an_emoji_is_left_out_of_a_card(tmp_path: Path):
    cards = [drawn(site(story(title=t)), tmp_path) for t in ("A model arrives 🎉", "A model arrives")]
    made = [found["cards/stories/meta-coreweave.png"].make() for found in cards]
    assert made[0] == made[1]


@needs_pillow
@pytest.mark.parametrize("title", ["x" * 200, "Word " * 40, "“—…", "A"])
def test_any_headline_stays_inside_the_card(tmp_path: Path, title: str):
    from PIL import Image as Picture

    card = drawn(site(story(title=title)), tmp_path)["cards/stories/meta-coreweave.png"]
    picture = Picture.open(io.BytesIO(card.make())).convert("RGB")
    for box in ((0, 0, 60, 630), (1136, 0, 1200, 630), (0, 0, 1200, 40), (0, 556, 1200, 560), (0, 606, 1200, 630)):
        assert picture.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), (255, 253, 248))], box


@needs_pillow
def test_fonts_of_the_newsletters_own_are_taken(tmp_path: Path):
    theirs = Path("generator/theme/assets/citewire/fonts/serif.woff2").read_bytes()
    (tmp_path / "display.woff2").write_bytes(theirs)
    path = "cards/stories/meta-coreweave.png"
    plain, own = (drawn(site(story()), tmp_path, fonts)[path] for fonts in (None, tmp_path))
    assert plain.made_of != own.made_of
    assert plain.make() != own.make()


@needs_pillow
def test_a_font_that_is_none_is_told_by_its_file(tmp_path: Path):
    file = tmp_path / "display.woff2"
    file.write_bytes(b"not a font")
    with pytest.raises(OSError, match="unknown file format") as told:
        drawn(site(story()), tmp_path, tmp_path)["cards/stories/meta-coreweave.png"].make()
    assert told.value.filename == str(file)


# Where they are shown


def pages(of: Site, cards: frozenset[str]) -> dict[str, bytes]:
    declared = render(maker_of(of, cards=cards), Path("no-images"))
    dressed = (
        item if isinstance(item, Artifact) else dress.dress(item, lambda kind, depth: CHROME) for item in declared
    )
    return {item.path: item.make() for item in dressed}


CARDS = frozenset({"cards/stories/meta-coreweave.png", "cards/editions/2026-04-11.png"})


def meta(page: bytes, name: str) -> str:
    return next(e.get("content", "") for e in parsed(page).iter("meta") if e.get("property") == name)


def test_a_card_is_shown_where_its_page_is_shared_and_in_structured_data():
    made = pages(site(story(), edition()), CARDS)
    for page, card in (
        ("stories/meta-coreweave/", "stories/meta-coreweave"),
        ("editions/2026-04-11/", "editions/2026-04-11"),
        ("", "editions/2026-04-11"),
    ):
        html = made[f"{page}index.html"]
        assert meta(html, "og:image") == f"{BASE}cards/{card}.png"
        assert (meta(html, "og:image:width"), meta(html, "og:image:height")) == ("1200", "630")
    data = next(e.text for e in parsed(made["stories/meta-coreweave/index.html"]).iter("script") if e.text)
    assert json.loads(data)["@graph"][0]["image"] == [f"{BASE}cards/stories/meta-coreweave.png"]


def test_feeds_show_the_cards():
    made = pages(site(story(), edition()), CARDS)
    item = json.loads(made["feeds/stories.json"])["items"][0]
    assert item["image"] == f"{BASE}cards/stories/meta-coreweave.png"
    rss = ElementTree.fromstring(made["feeds/stories.rss.xml"])
    content = rss.find(".//{http://search.yahoo.com/mrss/}content")
    assert content.get("url") == f"{BASE}cards/stories/meta-coreweave.png"
    assert content.get("type") == "image/png"


def test_without_cards_a_page_shows_the_card_of_the_newsletter():
    made = pages(site(story(), edition()), frozenset())
    html = made["stories/meta-coreweave/index.html"]
    assert meta(html, "og:image") == f"{BASE}assets/citewire/card.png"
    assert meta(html, "og:image:alt") == newsletter().name


def test_a_page_with_a_picture_of_its_own_shows_it():
    of = site(replace(story(), image=Image("a.png", "A chart", "Desk", None, 1200, 700)))
    declared = render(maker_of(of), Path("no-images"))
    page = next(item for item in declared if item.path == "stories/meta-coreweave/")
    assert f'content="{BASE}images/a.png"' in page.make().head


ROW = st.lists(st.integers(0, 15), min_size=7, max_size=7) | st.just([0] * 7)


@needs_pillow
@given(st.lists(st.tuples(st.integers(0, 12), st.lists(ROW, min_size=1, max_size=4)), max_size=4))
def test_a_card_is_read_back_as_its_strips_were_drawn_wherever_they_stand(drawn: list[tuple[int, list[list[int]]]]):
    from PIL import Image as Picture
    from PIL import ImageChops

    from generator.cards.png import BEFORE, png
    from generator.cards.strips import Sheet, Strip, pieces

    size = 7, 16
    whole = Picture.new("P", size)
    strips = []
    for top, rows in drawn:
        on_top = Picture.new("P", size)
        on_top.paste(Picture.frombytes("P", (7, len(rows)), b"".join(map(bytes, rows))), (0, top))
        whole = ImageChops.lighter(whole, on_top)
        before = b"".join(bytes(BEFORE) + bytes(row) for row in rows)
        strips.append(Strip(top, Sheet(Picture.frombytes("P", (BEFORE + 7, len(rows)), before))))
    palette = [value for colour in range(16) for value in (colour, 2 * colour, 3 * colour)]
    whole.putpalette(palette)
    found = Picture.open(io.BytesIO(png(*size, palette, pieces(strips, *size))))
    found.load()
    assert (found.mode, found.size) == ("P", size)
    assert found.convert("RGB").tobytes() == whole.convert("RGB").tobytes()
