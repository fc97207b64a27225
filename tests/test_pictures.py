"""Pictures of stories as they go out: smaller ones for phones, upright, in the colours of the web, without notes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from generator.batches import WORTH, cut
from generator.export.epub import epub
from generator.load.pictures import LIMIT, Pictures
from generator.load.shapes import Pen
from generator.mail.edition import edition_mail
from generator.mail.settings import mail_settings
from generator.model import content
from generator.model.problems import Problem
from generator.model.site import Site
from generator.options import find
from generator.pipeline import judge
from generator.publish.making import BATCH
from generator.render.site import maker_of, render
from generator.typeset.templates import templates
from tests.folders import citewire, small_in, times, tree
from tests.make import BASE, edition, page, site, story

pytestmark = pytest.mark.skipif(find_spec("PIL") is None, reason="no Pillow")
if find_spec("PIL"):
    from PIL import Image, ImageChops, ImageCms, ImageStat

    from generator.pictures.opening import look
    from generator.pictures.site import files_of, pictures

STORY = "content/stories/2026/meta-coreweave.yml"
MAIL = {
    "sender": "The Footnote <desk@footnote.example>",
    "postal_address": "1 Example Street",
    "unsubscribe": "https://footnote.example/leave?token={token}",
}
SECRET = "Number 7, Quiet Lane"
"""What was noted in a picture and is nobody's business."""


def photo(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A made-up photograph: a slope of colours, red at the left and blue at the right, with grain."""
    slope = Image.linear_gradient("L").rotate(90).resize((width, height))
    grain = Image.effect_noise((width // 4 + 1, height // 4 + 1), 60).resize((width, height))
    picture = Image.merge("RGB", (ImageChops.invert(slope), grain, slope))
    return picture.convert(mode)


def drawing(width: int, height: int) -> Image.Image:
    """A chart on nothing, in few colours."""
    chart = Image.new("RGBA", (width, height))
    for number in range(12):
        bar = Image.new("RGBA", (width // 16, height * (number + 1) // 14), (20 * number, 80, 160, 255))
        chart.paste(bar, (width * number // 12, height - bar.height))
    return chart


def noted(**more: object) -> dict[str, object]:
    """Options of saving by which a picture tells where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825)[29] = SECRET
    return {"exif": exif, "xmp": f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode(), "comment": SECRET, **more}


class Sent(NamedTuple):
    """A picture as it goes out."""

    image: content.Image
    """What pages know of it."""
    files: dict[str, bytes]
    """What is made of it, by the names below `images/`."""
    file: Path
    problems: list[Problem]

    @property
    def versions(self) -> dict[int, Image.Image]:
        return {width: opened(self.files[self.image.version(width)]) for width in self.image.widths}

    @property
    def pictures(self) -> list[Image.Image]:
        return [*map(opened, self.files.values())]

    @property
    def own(self) -> Image.Image:
        return opened(self.files[self.file.name])


def sent(folder: Path, picture: Image.Image, name: str, **how: Any) -> Sent:
    """Save a picture as an editor does, and make what goes out of it."""
    file = folder / name
    picture.save(file, **how)
    return sent_as(file)


def sent_as(file: Path) -> Sent:
    pen = Pen(STORY)
    image = Pictures(file.parent, None, are_made=True).shown(content.Image(file.name, "A harbour", "Us"), pen)
    made = {name: make() for name, make in files_of(image, file.parent)} if image.digest else {}
    return Sent(image, made, file, pen.problems)


def newsletter(root: Path, picture: Image.Image, name: str, **how: Any) -> Path:
    """A newsletter whose story shows a picture."""
    small_in(root)
    (root / "content/images").mkdir()
    picture.save(root / "content/images" / name, **how)
    line = f"image: {{file: {name}, alt: A harbour, credit: Us}}\n"
    (root / STORY).write_text((root / STORY).read_text().replace("body:", f"{line}body:"))
    return root


def built(root: Path) -> Path:
    done = citewire(root, "build", now="2026-05-01T00:00:00Z")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def aged(file: Path, days: int) -> None:
    """Make a file that was last used so many days ago."""
    file.touch()
    then = file.stat().st_mtime - days * 86_400
    os.utime(file, (then, then))


def img(of: Site, path: str = "stories/meta-coreweave/") -> dict[str, str]:
    """The attributes of a page's picture."""
    return dict(next(page(of, path).iter("img")).attrib)


def opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return picture


def colour(picture: Image.Image, across: float) -> tuple[int, ...]:
    """The mean colour of a tenth of a picture, at some place between its left end and its right."""
    left = round(picture.width * across * 0.9)
    part = picture.convert("RGB").crop((left, 0, left + picture.width // 10, picture.height))
    return tuple(map(round, ImageStat.Stat(part).mean))


def is_like(found: tuple[int, ...], meant: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, meant, strict=True))


# Pages


@pytest.mark.parametrize(
    ("width", "offered"), [(3000, [640, 960, 1280, 1600]), (1300, [640, 960, 1300]), (1000, [640, 1000]), (700, [700])]
)
def test_a_page_offers_smaller_pictures_and_none_wider_than_the_original(
    tmp_path: Path, width: int, offered: list[int]
):
    made = sent(tmp_path, photo(width, width // 2), "a.jpg", quality=95)
    found = [(each, picture.format, picture.size) for each, picture in made.versions.items()]
    assert found == [(each, "WEBP", (each, round(each / 2))) for each in offered]
    told = img(site(story(image=made.image), edition()))
    assert told["srcset"] == ", ".join(f"../../images/{each}/a.jpg.webp {each}w" for each in offered)
    assert told["src"] == "../../images/a.jpg"
    assert (int(told["width"]), int(told["height"])) == made.own.size
    assert int(told["width"]) == min(width, 1200)


def test_a_phone_loads_a_fiftieth_of_what_the_camera_saved(tmp_path: Path):
    made = sent(tmp_path, photo(4000, 3000), "a.jpg", quality=95)
    assert len(made.files["640/a.jpg.webp"]) < made.file.stat().st_size / 50


def test_a_photograph_is_taken_as_the_camera_saved_it_where_smaller_ones_are_made(tmp_path: Path):
    made = sent(tmp_path, photo(4000, 3000), "a.jpg", quality=99)
    assert made.file.stat().st_size > LIMIT
    assert made.problems == []
    pen = Pen(STORY)
    Pictures(tmp_path, None).shown(made.image, pen)
    assert [problem.rule for problem in pen.problems] == ["bad-image"]


def test_a_small_picture_has_no_other_versions(tmp_path: Path):
    made = sent(tmp_path, drawing(900, 500), "a.png")
    assert made.files == {"a.png": made.file.read_bytes()}
    assert img(site(story(image=made.image), edition())).keys() & {"srcset", "sizes"} == set()


def test_what_is_transparent_stays_so(tmp_path: Path):
    picture = photo(2000, 1000, "RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    made = sent(tmp_path, picture, "a.png")
    assert len(made.files) == 5
    for found in made.pictures:
        assert found.getchannel("A").getextrema() == pytest.approx((0, 255), abs=3)


def test_what_is_transparent_is_on_white_paper_in_a_mail(tmp_path: Path):
    made = sent(tmp_path, drawing(900, 500), "a.webp")
    assert opened(made.files["1200/a.webp.jpg"]).getpixel((2, 2)) == (255, 255, 255)


def test_a_chart_in_few_colours_stays_one_under_its_own_name(tmp_path: Path):
    made = sent(tmp_path, drawing(4000, 2400).convert("RGB").quantize(64), "a.png", compress_level=0)
    assert (made.own.mode, made.own.width) == ("P", 1200)
    assert len(made.files["a.png"]) < 40_000


def test_a_picture_taller_than_webp_can_be_is_shown_as_it_is(tmp_path: Path):
    made = sent(tmp_path, photo(300, 17_000), "a.jpg", quality=95)
    assert made.image.widths == ()
    assert made.own.size == (300, 17_000)


# What the camera noted


@pytest.mark.parametrize("width", [500, 2000])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_nobody_learns_from_a_picture_where_it_was_taken(tmp_path: Path, name: str, width: int):
    made = sent(tmp_path, photo(width, width // 2), name, **noted())
    assert SECRET.encode() in made.file.read_bytes()
    assert made.files
    assert [name for name, data in made.files.items() if SECRET.encode() in data or opened(data).getexif()] == []


def test_what_hides_behind_a_picture_does_not_go_out(tmp_path: Path):
    made = sent(tmp_path, photo(600, 300), "a.jpg")
    hidden = io.BytesIO()
    photo(300, 200).save(hidden, "JPEG", **noted())
    made.file.write_bytes(made.file.read_bytes() + hidden.getvalue())
    assert [data for data in sent_as(made.file).files.values() if SECRET.encode() in data] == []


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_a_picture_in_which_nothing_is_noted_keeps_its_bytes(tmp_path: Path, name: str):
    made = sent(tmp_path, photo(800, 400), name)
    assert made.files[name] == made.file.read_bytes()


@pytest.mark.parametrize("width", [600, 2400])
def test_a_picture_of_a_camera_held_upright_stands_upright(tmp_path: Path, width: int):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the right it is upright
    made = sent(tmp_path, photo(width, 2 * width).transpose(Image.Transpose.ROTATE_90), "a.jpg", exif=exif, quality=95)
    assert made.image.height == 2 * made.image.width
    for found in made.pictures:
        assert found.height == 2 * found.width
        assert colour(found, 0)[0] > 200 > 60 > colour(found, 0)[2]
        assert colour(found, 1)[2] > 200 > 60 > colour(found, 1)[0]


def strange_profile() -> bytes:
    """The profile of a screen whose red is our green and whose green is our red."""
    ours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    named = ours.replace("sRGB".encode("utf-16-be"), "xRGB".encode("utf-16-be"))
    return named.replace(b"rXYZ", b"?XYZ", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"?XYZ", b"gXYZ", 1)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_the_colours_are_those_that_the_profile_means(tmp_path: Path, name: str):
    picture = photo(2000, 1000)
    picture.paste((250, 20, 20), (0, 0, 1000, 1000))
    made = sent(tmp_path, picture, name, icc_profile=strange_profile(), quality=95)
    for found in made.pictures:
        assert is_like(colour(found, 0), (20, 250, 20))
        assert "icc_profile" not in found.info


def test_a_picture_for_printers_is_shown_in_the_colours_of_screens(tmp_path: Path):
    made = sent(tmp_path, photo(1000, 500, "CMYK"), "a.jpg", quality=95)
    meant = opened(made.file.read_bytes()).convert("RGB")
    for found in made.pictures:
        assert found.mode == "RGB"
        assert is_like(colour(found, 0), colour(meant, 0))


def test_grey_in_sixteen_bits_stays_grey(tmp_path: Path):
    deep = Image.linear_gradient("L").resize((1400, 700)).convert("I").point(lambda value: value * 257).convert("I;16")
    made = sent(tmp_path, deep, "a.png", compress_level=0)
    for found in made.pictures:
        assert is_like(colour(found.rotate(90, expand=True), 0.5), (128, 128, 128), 16)


# What moves, and what is damaged


@pytest.mark.parametrize("name", ["a.gif", "a.png", "a.webp"])
def test_what_moves_goes_on_moving(tmp_path: Path, name: str):
    frames = [photo(400, 200).rotate(turn) for turn in (0, 90, 180)]
    made = sent(tmp_path, frames[0], name, save_all=True, append_images=frames[1:])
    assert (made.files, made.image.widths, made.image.plain) == ({}, (), name)
    assert (made.image.width, made.image.height) == (400, 200)
    of = site(story(image=made.image), edition())
    copied = next(a for a in render(maker_of(of), tmp_path) if a.path == f"images/{name}")
    assert copied.make() == made.file.read_bytes()


def test_a_camera_that_puts_a_second_picture_behind_the_first_has_taken_one(tmp_path: Path):
    second = [photo(400, 200)]
    made = sent(tmp_path, photo(2000, 1000), "a.jpg", format="MPO", save_all=True, append_images=second)
    assert opened(made.file.read_bytes()).n_frames == 2
    assert made.image.widths == (640, 960, 1280, 1600)
    assert getattr(made.own, "n_frames", 1) == 1


def fault(file: Path) -> str:
    [problem] = sent_as(file).problems
    assert problem.rule == "bad-image"
    return problem.what


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_a_picture_that_was_cut_off_is_told(tmp_path: Path, name: str):
    file = sent(tmp_path, photo(900, 600), name).file
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert fault(file) == f"`{name}` cannot be read as a picture"


def test_a_picture_of_more_pixels_than_fit_into_memory_is_refused(tmp_path: Path):
    Image.new("1", (15_000, 10_000)).save(tmp_path / "a.png")
    assert fault(tmp_path / "a.png") == "`a.png` has 150 million pixels; at most 128 fit"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "MPO"])
@pytest.mark.parametrize("width", [700, 1400])
def test_a_photograph_that_was_named_a_gif_is_shown(tmp_path: Path, kind: str, width: int):
    file = tmp_path / "a.gif"
    photo(width, 500).save(file, kind, **({"exif": noted()["exif"]} if kind != "PNG" else {}))
    made = sent_as(file)
    assert made.own.format == ("JPEG" if kind == "MPO" else kind)
    assert made.own.size == (made.image.width, made.image.height)
    assert sorted(made.versions) == sorted(made.image.widths) != []
    assert not any(SECRET.encode() in data for data in made.files.values())


def test_a_picture_that_does_not_fit_into_memory_is_not_called_damaged(monkeypatch: pytest.MonkeyPatch):
    def refused(picture: Image.Image) -> None:
        raise MemoryError

    file = io.BytesIO()
    photo(300, 200).save(file, "JPEG")
    monkeypatch.setattr("PIL.JpegImagePlugin.JpegImageFile.load", refused)
    with pytest.raises(MemoryError):
        look(file.getvalue())


def test_a_file_for_which_pillow_would_run_a_program_is_no_picture(tmp_path: Path):
    (tmp_path / "a.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n%%EOF\n")
    assert fault(tmp_path / "a.png") == "`a.png` cannot be read as a picture"


def test_a_picture_that_is_changed_while_the_site_is_built_ends_the_build(tmp_path: Path):
    made = sent(tmp_path, photo(900, 600), "a.jpg")
    photo(900, 300).save(made.file)
    with pytest.raises(OSError, match="build again"):
        dict(files_of(made.image, tmp_path))["a.jpg"]()


@pytest.mark.parametrize(
    ("name", "how", "hint"),
    [
        ("a.jpg", {"quality": 99}, "Have smaller ones made (pip install 'citewire[cards]')"),
        ("a.gif", {}, "if it does not"),
    ],
)
def test_a_picture_that_goes_out_as_it_was_saved_is_named_if_a_phone_would_wait_for_it(
    tmp_path: Path, name: str, how: dict[str, int], hint: str
):
    root = newsletter(tmp_path / "news", photo(1600, 1200).convert("RGB"), name, **how)
    project = find(root / "mkdocs.yml")
    made = [problem.rule for problem in judge(project)[1]]
    [problem] = judge(replace(project, outputs=replace(project.outputs, pictures=False)))[1]
    assert made == ([] if name == "a.jpg" else ["heavy-picture"])
    assert (problem.rule, problem.file, problem.is_error) == ("heavy-picture", STORY, False)
    assert f"`{name}` goes out as it was saved, and has " in problem.what
    assert hint in problem.hint


# From build to build


def test_the_same_picture_gives_the_same_bytes_with_and_without_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = sent(tmp_path, photo(2000, 1000), "a.webp")
    of = site(story(image=made.image), edition())

    def all_of(cache: str) -> dict[str, bytes]:
        return {item.path: item.make() for item in pictures(of, tmp_path, tmp_path / cache)}

    first = all_of("one")
    assert first == {f"images/{name}": data for name, data in made.files.items()}
    assert all_of("two") == first
    monkeypatch.setattr("generator.pictures.opening.reading", lambda data: pytest.fail("opened again"))
    assert all_of("one") == first
    for kept in (tmp_path / "one").rglob("*"):
        if kept.is_file():
            kept.write_bytes(kept.read_bytes()[:-1])
    monkeypatch.undo()
    assert all_of("one") == first


def test_two_photographs_are_made_by_two_processes_each_by_one(tmp_path: Path):
    made = [sent(tmp_path, photo(1700 + 10 * number, 900), f"{number}.jpg").image for number in range(2)]
    of = site(*(story(f"quay-{image.file[0]}", image=image) for image in made), edition())
    found = [*pictures(of, tmp_path, tmp_path / "cache")]
    batches = [
        {Path(item.path).name[0] for item in found[start:end]} for start, end in cut([i.weight for i in found], BATCH)
    ]
    assert sorted(map(sorted, batches)) == [["0"], ["1"]]
    assert sum(item.weight for item in found) >= WORTH


def test_what_was_made_of_a_picture_that_is_shown_no_more_is_forgotten_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    of = site(story(image=sent(tmp_path, photo(2000, 1000), "a.jpg").image), edition())
    monkeypatch.setattr("generator.pictures.site.fingerprint", lambda *made_of: f"00 {made_of[-1].replace('/', ' ')}")

    def kept() -> list[str]:
        for item in pictures(of, tmp_path, tmp_path / "cache"):
            item.make()
        return sorted(path.name for path in (tmp_path / "cache").rglob("*") if path.is_file())

    shown = kept()
    shelf = tmp_path / "cache/pictures/00"
    for name, days in ((shown[0], 40), ("of an old picture", 40), ("of one that is served", 20)):
        aged(shelf / name, days)
    assert kept() == sorted([*shown, "of an old picture", "of one that is served"])  # nothing is new
    (shelf / shown[1]).unlink()
    assert kept() == sorted([*shown, "of one that is served"])


def test_a_picture_is_made_once_replaced_when_it_changes_and_gone_when_it_is_shown_no_more(tmp_path: Path):
    root = newsletter(tmp_path / "news", photo(2000, 1000), "a.jpg")
    old, written = tree(built(root)), times(root / "site")
    names = {"images/a.jpg", *(f"images/{width}/a.jpg.webp" for width in (640, 960, 1280, 1600))}
    assert {name for name in old if name.startswith("images/")} == names
    text = (root / STORY).read_text()
    (root / STORY).write_text(text.replace("another", "yet another"))
    again = times(built(root))
    assert [name for name in names if again[name] != written[name]] == []
    ImageChops.invert(photo(2000, 1000)).save(root / "content/images/a.jpg")
    new = tree(built(root))
    assert [name for name in names if new[name] == old[name]] == []
    (root / STORY).write_text(re.sub(r"image: .*\n", "", text))
    assert not (built(root) / "images").exists()


def test_a_newsletter_without_pictures_does_not_wait_for_pillow(tmp_path: Path):
    command = [sys.executable, "-X", "importtime", "-m", "generator", "build"]
    root = small_in(tmp_path / "news")
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert "generator.production" in done.stderr
    assert "PIL" not in done.stderr


# Elsewhere


@pytest.mark.parametrize(
    ("name", "plain"), [("a.webp", "1200/a.webp.jpg"), ("a.png", "1200/a.png.jpg"), ("a.jpg", "a.jpg")]
)
def test_feeds_mails_books_and_shared_links_show_what_every_program_shows(tmp_path: Path, name: str, plain: str):
    made = sent(tmp_path, photo(2000, 1000), name, compress_level=0)
    of, address = site(story(image=made.image), edition()), f"{BASE}images/{plain}"
    assert (opened(made.files[plain]).size, opened(made.files[plain]).format) == ((1200, 600), "JPEG")
    files = {item.path: item for item in render(maker_of(of), tmp_path)}
    media = next(
        ElementTree.fromstring(files["feeds/stories.rss.xml"].make()).iter("{http://search.yahoo.com/mrss/}content")
    )
    assert (media.get("url"), media.get("type"), media.get("width")) == (address, "image/jpeg", "1200")
    item = json.loads(files["feeds/stories.json"].make())["items"][0]
    assert item["image"] == address
    assert f'<img src="{address}" width="1200" height="600"' in item["content_html"]
    assert f'<meta property="og:image" content="{address}">' in files["stories/meta-coreweave/"].make().head
    mail = edition_mail(of, "2026-04-11", mail_settings(MAIL, of.newsletter), None)
    assert f'<img src="{address}" width="600"' in mail.bodies.html
    with zipfile.ZipFile(io.BytesIO(epub(templates(of), of.editions, tmp_path))) as book:
        assert book.read(f"EPUB/images/{plain}") == made.files[plain]
