"""Whatever is edited, in whatever order: a build that remembers the last one gives what a build from nothing gives."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import generator
from generator import cache
from generator.cache import Cache, program
from generator.check import in_threads as threads
from generator.check import judging
from generator.check.table import preset_settings
from generator.dress import Chrome, Chromes, Slot
from generator.evidence.store import save, snapshot
from generator.files import PACKAGE, stamps
from generator.link.site import link
from generator.load import kept
from generator.load import shelf as reading
from generator.load.yaml import read
from generator.model.additions import Additions, Comments
from generator.model.artifacts import Artifact
from generator.model.fingerprint import Fingerprints
from generator.model.library import Library
from generator.model.out import out
from generator.model.outputs import Outputs
from generator.pipeline import judge, judged
from generator.production import Host, produce_by, recipe_of
from generator.project import Project
from generator.publish import site as publishing
from generator.publish.manifest import MANIFEST
from generator.render import api
from generator.render.feeds import documents, series
from generator.render.site import maker_of, render
from generator.trace.tracer import Tracer
from tests.folders import tree

pytestmark = pytest.mark.usefixtures("no_story_is_too_young")
RULES = {**preset_settings("relaxed"), "figure-not-in-text": "off"}
"""The texts are dice: how they are written is not judged."""

State = dict[str, dict[str, Any]]
FIRST = datetime(2026, 2, 1, 6, tzinfo=timezone(timedelta(hours=-4)))
TOPICS, ENTITIES, PUBLISHERS = ("chips", "law", "power"), ("meta", "nvidia", "arm"), ("wire", "post")


def beginning() -> State:
    """Enough stories for months of their own, in editions of four."""
    dice = random.Random(1)
    stories = {f"story-{number}": a_story(number, dice) for number in range(36)}
    noted = {"date": stories["story-0"]["published"], "was": "It was red.", "now": "It is blue."}
    stories["story-0"]["corrections"] = [noted]  # with the first one of all, every page is made again
    slugs = list(stories)
    editions = {}
    for start in range(0, 36, 4):
        day = FIRST + timedelta(days=2 * start + 8)
        editions[f"{day:%Y-%m-%d}"] = an_edition(day, slugs[start : start + 4])
    return {
        "stories": stories,
        "editions": editions,
        "topics": {id_: {"name": id_.title()} for id_ in TOPICS},
        "entities": {id_: {"name": id_.title(), "kind": "company"} for id_ in ENTITIES},
        "publishers": {id_: {"name": id_.title(), "domain": f"{id_}.example", "kind": "trade"} for id_ in PUBLISHERS},
        "newsletter": {
            "name": "The Footnote",
            "tagline": "With its sources.",
            "language": "en-GB",
            "authority": "footnote.example",
            "editor": {"name": "The desk", "email": "desk@footnote.example"},
            "sections": {"tech": {"title": "Tech"}, "policy": {"title": "Policy"}},
            "parts": {"body": "", "why": "Why This Matters"},
        },
    }


def a_story(number: int, dice: random.Random) -> dict[str, Any]:
    return {
        "title": f"Story {number}",
        "dek": f"What story {number} says.",
        "section": dice.choice(("tech", "tech", "policy")),
        "published": (FIRST + timedelta(days=2 * number, minutes=number)).isoformat(),
        "sentiment": dice.choice(("positive", "neutral", "negative")),
        "topics": sorted(dice.sample(TOPICS, 2)),
        "mentions": sorted(dice.sample(ENTITIES, 2)),
        "body": "It is **so**. [@a] And so. [@b]",
        "citations": {
            id_: {
                "url": f"https://{id_}.example/{number}",
                "title": f"Page {number}",
                "publisher": dice.choice(PUBLISHERS),
            }
            for id_ in "ab"
        },
    }


def an_edition(day: datetime, slugs: list[str]) -> dict[str, Any]:
    return {
        "title": f"The day {day:%j}",
        "dek": "What it was.",
        "one_line": "In short.",
        "published": day.replace(hour=19).isoformat(),
        "stories": slugs,
        "takeaways": [{"lead": "Mind", "text": f"this. [@{slugs[0]}/a]"}],
        "made_by": {"editor": "The desk", "machine": "none"},
    }


Edit = Callable[[State, random.Random], None]


def any_story(state: State, dice: random.Random) -> dict[str, Any]:
    return state["stories"][dice.choice(sorted(state["stories"]))]


def any_of(state: State, shelf: str, dice: random.Random) -> dict[str, Any]:
    return state[shelf][dice.choice(sorted(state[shelf]))]


def new_title(state: State, dice: random.Random) -> None:
    any_story(state, dice)["title"] = f"Another title {dice.random()}"


def new_text(state: State, dice: random.Random) -> None:
    any_story(state, dice)["body"] = f"Now {dice.random()}. [@b; @a]"


def new_day(state: State, dice: random.Random) -> None:
    day = FIRST + timedelta(days=dice.randrange(75), hours=dice.randrange(24))
    any_story(state, dice)["published"] = day.isoformat()


def corrected(state: State, dice: random.Random) -> None:
    any_story(state, dice)["updated"] = (FIRST + timedelta(days=100 + dice.randrange(9))).isoformat()


def a_correction(state: State, dice: random.Random) -> None:
    """A story, or an edition, says what was wrong in it, at some time before or after later editions."""
    item = any_of(state, dice.choice(("stories", "stories", "editions")), dice)
    moment = datetime.fromisoformat(item["published"]) + timedelta(hours=dice.randrange(1, 400))
    note = {"date": moment.isoformat(), "was": f"It was {dice.random()}.", "now": f"It is {dice.random()}."}
    dates = {other["date"] for other in item.get("corrections", ())}
    if note["date"] not in dates:
        item["corrections"] = [*item.get("corrections", ()), note]
        item["updated"] = max(moment.isoformat(), *dates, item.get("updated", ""))


def no_correction(state: State, dice: random.Random) -> None:
    """What was told as a correction is told no more; if there was none, there is one."""
    noted = [item for shelf in ("stories", "editions") for item in state[shelf].values() if item.get("corrections")]
    if noted:
        del dice.choice(noted)["corrections"]
    else:
        a_correction(state, dice)


def other_subjects(state: State, dice: random.Random) -> None:
    story = any_story(state, dice)
    story["topics"], story["mentions"] = dice.sample(TOPICS, 1), dice.sample(ENTITIES, dice.randrange(3))
    story["section"] = dice.choice(("tech", "policy"))


def other_publisher(state: State, dice: random.Random) -> None:
    any_story(state, dice)["citations"]["a"]["publisher"] = dice.choice(PUBLISHERS)


def a_score(state: State, dice: random.Random) -> None:
    any_story(state, dice)["importance"] = {"score": dice.randint(1, 10), "why": "It weighs."}


def one_more(state: State, dice: random.Random) -> None:
    number = len(state["stories"]) + dice.randrange(1000)
    state["stories"].setdefault(f"story-{number}-more", a_story(dice.randrange(36), dice))


def an_update(state: State, dice: random.Random) -> None:
    earlier, later = dice.sample(sorted(state["stories"].items(), key=lambda s: s[1]["published"]), 2)
    if earlier[1]["published"] < later[1]["published"]:
        later[1]["updates"] = earlier[0]


def one_less(state: State, dice: random.Random) -> None:
    slug = dice.choice(sorted(state["stories"]))
    del state["stories"][slug]
    for story in state["stories"].values():
        if story.get("updates") == slug:
            del story["updates"]
    for day, edition in list(state["editions"].items()):
        edition["stories"] = [s for s in edition["stories"] if s != slug]
        edition["takeaways"] = [p for p in edition["takeaways"] if f"@{slug}/" not in p["text"]]
        if not edition["stories"]:
            del state["editions"][day]


def one_edition_less(state: State, dice: random.Random) -> None:
    if len(state["editions"]) > 1:
        del state["editions"][dice.choice(sorted(state["editions"]))]


def a_draft(state: State, dice: random.Random) -> None:
    """A story is begun, or an edition is held back with its stories, or let out."""
    if dice.randrange(2):
        one_more(state, dice)
        state["stories"][list(state["stories"])[-1]]["draft"] = True
    else:
        edition = any_of(state, "editions", dice)
        edition["draft"] = not edition.get("draft", False)


def another_line(state: State, dice: random.Random) -> None:
    any_of(state, "editions", dice)["one_line"] = f"In short {dice.random()}."


def another_name(state: State, dice: random.Random) -> None:
    shelf = dice.choice(("topics", "entities", "publishers"))
    any_of(state, shelf, dice)["name"] = f"Name {dice.random()}"


def another_kind(state: State, dice: random.Random) -> None:
    any_of(state, "entities", dice)["kind"] = dice.choice(("company", "product"))
    any_of(state, "publishers", dice)["kind"] = dice.choice(("wire", "blog"))


def another_section(state: State, dice: random.Random) -> None:
    state["newsletter"]["sections"]["policy"]["title"] = f"Policy {dice.random()}"


def another_word(state: State, dice: random.Random) -> None:
    state["newsletter"]["messages"] = {"sources": f"Sources {dice.random()}"}
    state["newsletter"]["parts"]["why"] = f"Why {dice.random()}"


def renamed(state: State, dice: random.Random) -> None:
    slug = dice.choice(sorted(state["stories"]))
    story = state["stories"].pop(slug)
    state["stories"][f"{slug}-x"] = {**story, "renamed_from": story.get("renamed_from", slug)}
    for other in state["stories"].values():
        if other.get("updates") == slug:
            other["updates"] = f"{slug}-x"
    for edition in state["editions"].values():
        edition["stories"] = [f"{slug}-x" if s == slug else s for s in edition["stories"]]
        for point in edition["takeaways"]:
            point["text"] = point["text"].replace(f"@{slug}/", f"@{slug}-x/")


def another_meaning(state: State, dice: random.Random) -> None:
    state["glossary"] = {"so": {"term": dice.choice(("so", "And so")), "meaning": f"Thus {dice.random()}"}}


def a_comment(state: State, dice: random.Random) -> None:
    state["comments"] = {dice.choice(sorted(state["editions"])): dice.randrange(1, 99)}


def a_focus(state: State, dice: random.Random) -> None:
    texts = {name: f"This {dice.random()}." for name in ("lead", "changed", "matters", "watch")}
    any_of(state, "editions", dice)["focus"] = [texts]


def what_changed(state: State, dice: random.Random) -> None:
    an_update(state, dice)
    for story in state["stories"].values():
        if "updates" in story:
            story["change"] = f"It is signed {dice.random()}."


def newest_day(state: State) -> datetime:
    return max(datetime.fromisoformat(edition["published"]) for edition in state["editions"].values())


def a_new_day(state: State, dice: random.Random) -> None:
    """What an editor does in the morning: a story, and the edition that shows it."""
    number, day = dice.randrange(1000), newest_day(state) + timedelta(days=1)
    slug = f"story-{number}-new"
    published = (day - timedelta(hours=dice.randrange(12))).isoformat()
    state["stories"].setdefault(slug, {**a_story(number, dice), "published": published})
    state["editions"].setdefault(f"{day:%Y-%m-%d}", an_edition(day, [slug]))


def shown_too(state: State, dice: random.Random) -> None:
    """An edition shows one story more."""
    edition, slug = any_of(state, "editions", dice), dice.choice(sorted(state["stories"]))
    if slug not in edition["stories"]:
        edition["stories"] = [*edition["stories"], slug]


def other_topics(state: State, dice: random.Random) -> None:
    any_story(state, dice)["topics"] = sorted(dice.sample(TOPICS, dice.randint(1, 2)))


def a_common_page(state: State, dice: random.Random) -> None:
    """A story cites a page that others cite as well, or will."""
    url, publisher = f"https://wire.example/common-{dice.randrange(4)}", dice.choice(PUBLISHERS)
    any_story(state, dice)["citations"]["a"] |= {"url": url, "publisher": publisher}


def shown_no_more(state: State, dice: random.Random) -> None:
    edition = any_of(state, "editions", dice)
    if len(edition["stories"]) > 1:
        gone = edition["stories"].pop()
        edition["takeaways"] = [point for point in edition["takeaways"] if f"@{gone}/" not in point["text"]]


def of_one_time(state: State, dice: random.Random) -> None:
    """The stories of an edition get its time, as `citewire publish` stamps them."""
    edition, held = any_of(state, "editions", dice), {"corrections", "updated", "updates"}
    updated = {story.get("updates") for story in state["stories"].values()}
    for slug in edition["stories"]:
        if slug not in updated and not held & state["stories"][slug].keys():
            state["stories"][slug]["published"] = edition["published"]


def another_order(state: State, dice: random.Random) -> None:
    edition = any_of(state, "editions", dice)
    edition["stories"] = dice.sample(edition["stories"], len(edition["stories"]))


def a_day_between(state: State, dice: random.Random) -> None:
    """An edition that was forgotten: those after it are counted anew."""
    day = FIRST + timedelta(days=9 + 2 * dice.randrange(20))
    state["editions"].setdefault(f"{day:%Y-%m-%d}", an_edition(day, [dice.choice(sorted(state["stories"]))]))


def a_new_month(state: State, dice: random.Random) -> None:
    """The first story of a month, on a page of which the others tell."""
    slug, published = f"story-{dice.randrange(1000)}-first", newest_day(state) + timedelta(days=40)
    story = {**a_story(0, dice), "published": published.isoformat()}
    state["stories"].setdefault(slug, story)


DAILY: tuple[Edit, ...] = (
    *(a_new_day, one_more, shown_too, shown_no_more, other_topics, a_common_page, corrected),
    *(a_correction, no_correction, another_order),
)
"""Edits of which it is known how far they reach, though they leave not all in their places."""
WORDS: tuple[Edit, ...] = (new_title, new_text, a_score, another_line, a_focus, a_comment)
"""Edits that leave all in their places."""
EDITS: tuple[Edit, ...] = (
    *(new_title, new_text, new_day, corrected, other_subjects, other_publisher, a_score, one_more, an_update),
    *(one_less, one_edition_less, another_line, another_name, another_kind, another_section, another_word, renamed),
    *(of_one_time, another_meaning, a_comment, a_focus, what_changed, *DAILY, a_day_between, a_new_month),
)


DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def write(state: State, folder: Path) -> None:
    """The newsletter as files; those that stay the same are left alone."""
    content = folder / "content"
    files = {f"{name}.yml": state[name] for name in sorted(state.keys() - {"stories", "editions"})}
    for shelf in ("stories", "editions"):
        files |= {f"{shelf}/{slug}.yml": item for slug, item in state[shelf].items()}
    for path in content.rglob("*.yml"):
        if path.relative_to(content).as_posix() not in files:
            path.unlink()
    for name, value in files.items():
        path, text = content / name, yaml.dump(value, Dumper=DUMPER, sort_keys=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


CHROME = Chrome((b"<!doctype html><head>", Slot.TITLE, Slot.DESCRIPTION, Slot.CANONICAL, Slot.HEAD, Slot.BODY))


def build(
    folder: Path, site: str, own: Path | None = None, outputs: Outputs | None = None, now: datetime | None = None
) -> dict[str, bytes]:
    additions = Additions(comments=Comments(isso="https://comments.example/"))
    project = Project(folder, folder / "content", templates=own, additions=additions, rules=RULES)
    library, problems = judge(project)
    library = out(library, now) if now else library
    assert not [problem for problem in problems if problem.is_error]
    (folder / f"{site}.problems").write_text("\n".join(map(str, problems)))
    host = Host(Chromes(lambda kind, depth: CHROME), {}, ())
    linked = link(library, "https://footnote.example/", outputs)
    produce_by(recipe_of(linked, library, project, host), linked, folder / site, lambda done, of: None, lambda: None)
    return tree(folder / site)


@dataclass
class Morning:
    """What happens to be so when a change is built."""

    seed: int
    is_young: bool
    """Whether files are built the moment they are written, so that they are not kept."""
    is_checked: bool
    """Whether somebody has had the content checked before."""
    waiting: int
    """Days that are not out yet."""


MORNINGS = st.builds(Morning, st.integers(0, 9999), st.booleans(), st.booleans(), st.sampled_from((0, 0, 3)))


@settings(max_examples=24, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from((*EDITS, *WORDS, *DAILY, a_draft)), MORNINGS), min_size=3, max_size=6))
def test_a_build_that_remembers_gives_what_a_build_from_nothing_gives(tmp_path_factory, edits):
    folder = tmp_path_factory.mktemp("newsletter")
    state = beginning()
    write(state, folder)
    build(folder, "site")
    for edit, morning in edits:
        edit(state, random.Random(morning.seed))
        write(state, folder)
        now = newest_day(state) - timedelta(days=morning.waiting)
        with too_young() if morning.is_young else nullcontext():
            if morning.is_checked:
                judge(Project(folder, folder / "content", rules=RULES))
            remembering = build(folder, "site", now=now)
        assert remembering == from_nothing(folder, now)
    shutil.rmtree(folder)


@contextmanager
def too_young() -> Iterator[None]:
    """As long as this lasts, nothing that is read is old enough to be kept."""
    with patch.object(kept, "YOUNG", sys.maxsize):
        yield


@pytest.mark.parametrize("how", [nullcontext, too_young])
def test_a_story_that_comes_out_or_goes_is_noticed_where_nothing_else_changes(how, tmp_path: Path):
    """No edition shows it, nobody reads its file again, and it was kept, or too young to be."""
    state = beginning()
    now = newest_day(state)
    state["stories"]["alone"] = a_story(35, random.Random(2))
    state["stories"]["later"] = {**a_story(35, random.Random(3)), "published": (now + timedelta(1)).isoformat()}
    write(state, tmp_path)
    with how():
        first = build(tmp_path, "site", now=now)
        assert {"stories/alone/index.html", "stories/later/index.html"} & first.keys() == {"stories/alone/index.html"}
        out_now = build(tmp_path, "site", now=now + timedelta(2))
    assert out_now == from_nothing(tmp_path, now + timedelta(2))
    del state["stories"]["alone"]
    write(state, tmp_path)
    assert build(tmp_path, "site", now=now + timedelta(2)) == from_nothing(tmp_path, now + timedelta(2))
    assert build(tmp_path, "site", now=now) == from_nothing(tmp_path, now)


@contextmanager
def full(shelf: str) -> Iterator[None]:
    """As long as this lasts, nothing can be kept there."""

    def written(self: Cache, name: str, data: bytes) -> Any:
        if name.startswith(shelf):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return usual(self, name, data)

    usual = Cache.written
    with patch.object(Cache, "written", written):
        yield


def found(folder: Path) -> list[str]:
    problems = judge(Project(folder, folder / "content", rules=RULES))[1]
    return [f"{problem.file} {problem.rule}" for problem in problems if problem.is_error]


@pytest.mark.parametrize("shelf", ["stories", "judged/", "judged.json", "judged-threads.json"])
def test_what_cannot_be_kept_is_found_again_on_every_run(tmp_path: Path, shelf: str):
    state = beginning()
    write(state, tmp_path)
    assert found(tmp_path) == []
    state["stories"]["story-3"]["topics"] = ["chops"]
    state["stories"]["new"] = {**a_story(1, random.Random(1)), "topics": ["chops"]}
    write(state, tmp_path)
    both = ["content/stories/new.yml unknown-topic", "content/stories/story-3.yml unknown-topic"]
    for _ in range(2):
        with full(shelf):
            assert found(tmp_path) == both
    assert found(tmp_path) == both
    del state["stories"]["new"]
    write(state, tmp_path)
    with full(shelf):
        assert found(tmp_path) == both[1:]
    assert found(tmp_path) == both[1:]


def test_a_site_is_whole_though_a_story_of_it_could_not_be_kept(tmp_path: Path):
    state = beginning()
    write(state, tmp_path)
    build(tmp_path, "site")
    state["stories"]["alone"] = a_story(35, random.Random(2))
    write(state, tmp_path)
    with full("stories"):
        build(tmp_path, "site")
    del state["stories"]["alone"]
    write(state, tmp_path)
    assert build(tmp_path, "site") == from_nothing(tmp_path)


@pytest.mark.parametrize("name", ["story-3", "editions/2026-02-09"])
def test_a_name_that_is_withdrawn_and_used_is_told_as_long_as_it_is(tmp_path: Path, name: str):
    state = beginning()
    write(state, tmp_path)
    assert found(tmp_path) == []
    of_another = {"published": "2026-01-01", "withdrawn": "2026-01-02", "why": "It was wrong."}
    for withdrawn in ({"gone": of_another}, {"gone": of_another, name: dict(of_another)}):
        state["withdrawn"] = withdrawn
        write(state, tmp_path)
        rules = {problem.rpartition(" ")[2] for problem in found(tmp_path)}
        assert ("withdrawn-name" in rules) == (name in withdrawn)
    state["withdrawn"] = {"gone": of_another}
    write(state, tmp_path)
    assert found(tmp_path) == []


def test_on_a_morning_only_what_was_touched_is_doubted(tmp_path: Path):
    state = beginning()
    write(state, tmp_path)
    project = Project(tmp_path, tmp_path / "content", rules=RULES)
    stands = judge(project)[0].renewed
    slug, edition = "story-3", "content/editions/2026-02-09.yml"
    state["stories"][slug]["title"] = "Another"
    write(state, tmp_path)
    renewed = judge(project)[0].renewed
    assert stands
    assert renewed
    assert renewed.before == stands.now != renewed.now
    assert renewed.files == {f"content/stories/{slug}.yml", edition}


def test_another_picture_under_the_old_name_is_shown_in_its_own_size(tmp_path: Path):
    state = beginning()
    state["stories"]["story-3"]["image"] = {"file": "one.png", "alt": "A line.", "credit": "Ours"}
    write(state, tmp_path)
    picture = tmp_path / "content/images/one.png"
    picture.parent.mkdir()
    for width in (40, 60):
        picture.write_bytes(a_picture(width))
        pages = build(tmp_path, "site")
        assert f'width="{width}"' in pages["stories/story-3/index.html"].decode()
        assert pages == from_nothing(tmp_path)
        new_title(state, random.Random(width))
        write(state, tmp_path)
        assert build(tmp_path, "site") == from_nothing(tmp_path)


def a_picture(width: int) -> bytes:
    """As much of a PNG as tells its size (https://www.w3.org/TR/png-3/#11IHDR)."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + width.to_bytes(4, "big") + (20).to_bytes(4, "big") + bytes(5)


def from_nothing(folder: Path, now: datetime | None = None) -> dict[str, bytes]:
    """What a build makes that remembers nothing."""
    shutil.move(folder / ".cache", folder / "kept")
    made = build(folder, "fresh", now=now)
    assert (folder / "site.problems").read_text() == (folder / "fresh.problems").read_text()
    shutil.rmtree(folder / "fresh")
    shutil.rmtree(folder / ".cache")
    shutil.move(folder / "kept", folder / ".cache")
    return made


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of all that builds declare."""
    paths: list[str] = []

    def listen(artifacts: Sequence[Artifact]) -> None:
        paths.extend(artifact.path for artifact in artifacts)
        refuse_collisions(artifacts)

    refuse_collisions = publishing._refuse_collisions
    monkeypatch.setattr(publishing, "_refuse_collisions", listen)
    return paths


@pytest.mark.parametrize("edit", WORDS)
def test_a_change_of_words_has_only_those_files_looked_at_that_show_it(edit: Edit, tmp_path: Path, declared: list[str]):
    """In an archive of years, nearly all has nothing to do with it."""
    state = beginning()
    spread(state)
    write(state, tmp_path)
    before = build(tmp_path, "site")
    assert before.keys() == {*declared, MANIFEST}
    declared.clear()
    edit(state, random.Random(1))
    write(state, tmp_path)
    after = build(tmp_path, "site")
    differing = {path for path in after if after[path] != before[path]}
    assert differing
    assert differing <= set(declared)
    assert len(declared) < len(after) / 2


def spread(state: State) -> None:
    """Three stories a year, and editions of one story each: what stands beside each other has little else in common."""
    for number, story in enumerate(state["stories"].values()):
        story["published"] = (FIRST + timedelta(days=120 * number)).isoformat()
        story["topics"], story["mentions"] = [TOPICS[number % 3]], []
    days = {slug: FIRST + timedelta(days=120 * number + 1) for number, slug in enumerate(state["stories"])}
    state["editions"] = {f"{day:%Y-%m-%d}": an_edition(day, [slug]) for slug, day in days.items()}


@pytest.mark.parametrize("edits", [(new_title, another_line), (a_new_day,), (other_topics, a_common_page)])
def test_with_everything_on_a_build_gives_what_a_build_from_nothing_gives(edits: Sequence[Edit], tmp_path: Path):
    """Feeds show the cards of stories that nobody touched, and an index of the search holds a whole year."""
    everything = Outputs(cards=True, search=True, subject_history=True)
    state = beginning()
    write(state, tmp_path)
    build(tmp_path, "site", outputs=everything)
    for edit in edits:
        edit(state, random.Random(5))
    write(state, tmp_path)
    after = build(tmp_path, "site", outputs=everything)
    shutil.rmtree(tmp_path / ".cache")
    assert after == build(tmp_path, "fresh", outputs=everything)


def both_ways(state: State, folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The site of a build that remembers the last one, and of one from nothing."""
    write(state, folder)
    return build(folder, "site"), from_nothing(folder)


def test_a_morning_has_only_those_files_looked_at_that_show_its_news(tmp_path: Path, declared: list[str]):
    """A story, the edition that shows it, and a source added to another story."""
    state = beginning()
    spread(state)
    newest = state["stories"]["story-35"]
    write(state, tmp_path)
    before = build(tmp_path, "site")
    declared.clear()
    a_new_day(state, random.Random(1))
    new = next(story for slug, story in state["stories"].items() if slug.endswith("-new"))
    new |= {"topics": newest["topics"], "mentions": []}
    state["stories"]["story-20"]["citations"]["c"] = {**newest["citations"]["a"], "url": "https://c.example/"}
    state["stories"]["story-20"]["body"] += " More. [@c]"
    write(state, tmp_path)
    after = build(tmp_path, "site")
    assert {path for path in after if after[path] != before.get(path)} <= {*declared, MANIFEST}
    assert len(declared) < len(after) / 2


@pytest.mark.parametrize("edit", [*DAILY, a_day_between, a_new_month])
@pytest.mark.parametrize("seed", range(3))
def test_what_comes_and_moves_shows_wherever_it_does_after_a_build_from_nothing(edit: Edit, seed: int, tmp_path: Path):
    state = beginning()
    write(state, tmp_path)
    build(tmp_path, "site")
    edit(state, random.Random(seed))
    remembering, fresh = both_ways(state, tmp_path)
    assert remembering == fresh


def at_one_time(state: State) -> None:
    """All stories of an edition have its time."""
    for edition in state["editions"].values():
        for slug in edition["stories"]:
            state["stories"][slug] |= {"published": edition["published"], "corrections": []}


@pytest.mark.parametrize("edit", [another_order, shown_too, shown_no_more, a_new_day])
@pytest.mark.parametrize("seed", range(3))
def test_another_order_of_an_edition_shows_wherever_its_stories_do(edit: Edit, seed: int, tmp_path: Path):
    state, dice = beginning(), random.Random(seed)
    at_one_time(state)
    write(state, tmp_path)
    before = build(tmp_path, "site")
    edit(state, dice)
    remembering, fresh = both_ways(state, tmp_path)
    assert remembering == fresh
    assert before != fresh


def test_another_order_of_an_edition_has_only_those_files_looked_at_that_show_its_stories(tmp_path: Path, declared):
    state = beginning()
    spread(state)
    days = sorted(state["editions"])
    for day, next_day in zip(days[::2], days[1::2], strict=True):
        state["editions"][day]["stories"] += state["editions"].pop(next_day)["stories"]
    at_one_time(state)
    for story in state["stories"].values():
        story["mentions"] = []
    write(state, tmp_path)
    before = build(tmp_path, "site")
    state["editions"][days[16]]["stories"].reverse()
    declared.clear()
    write(state, tmp_path)
    remembering, looked_at = build(tmp_path, "site"), {*declared}
    assert remembering == from_nothing(tmp_path)
    assert {path for path in remembering if remembering[path] != before[path]} <= {*looked_at, MANIFEST}
    assert len(looked_at) < len(before) * 2 / 3


def test_no_archive_document_comes_or_goes_with_another_order_of_an_edition(tmp_path: Path):
    """Nor where its stories lie on both sides of the last one that the feed has room for."""
    dice, state = random.Random(1), beginning()
    state["stories"] = {f"story-{number:02}": a_story(number, dice) for number in range(60)}
    slugs, days = list(state["stories"]), [FIRST + timedelta(days=2 * start + 8) for start in range(0, 60, 4)]
    state["editions"] = {
        f"{day:%Y-%m-%d}": an_edition(day, slugs[4 * number : 4 * number + 4]) for number, day in enumerate(days)
    }
    at_one_time(state)
    write(state, tmp_path)
    before = build(tmp_path, "site")
    for edition in state["editions"].values():
        edition["stories"].reverse()
        write(state, tmp_path)
        remembering = build(tmp_path, "site")
        assert remembering.keys() == before.keys()
    assert remembering == from_nothing(tmp_path)


def test_a_correction_has_only_those_editions_looked_at_that_tell_of_it(tmp_path: Path, declared: list[str]):
    """The one with the story, and the first one after the correction; whether it comes or is taken away."""
    state = beginning()
    spread(state)
    days, story = sorted(state["editions"]), state["stories"]["story-20"]
    moment = (FIRST + timedelta(days=120 * 25)).isoformat()
    write(state, tmp_path)
    build(tmp_path, "site")
    for corrections in ([{"date": moment, "was": "It was so.", "now": "It is so."}], []):
        state["stories"]["story-20"] = {**story, "updated": moment, "corrections": corrections}
        write(state, tmp_path)
        declared.clear()
        after = build(tmp_path, "site")
        asked = {path for path in declared if re.match(r"editions/\d+-\d+-\d+/index\.html", path)}
        assert asked == {f"editions/{days[number]}/index.html" for number in (20, 25)}
        assert after == from_nothing(tmp_path)
        told = [path for path, data in after.items() if b"It was so." in data and days[25] in path]
        assert len(told) == (3 if corrections else 0), "the page, its Markdown and its data"


def test_a_story_that_comes_between_others_moves_them_in_feeds_and_lists(tmp_path: Path, monkeypatch):
    """Of long lists the end is looked at in any case; here it is short, and so are the documents of the lists."""
    monkeypatch.setattr(documents, "_UNSETTLED", 1)
    monkeypatch.setattr(series, "_ROOM", series.Room(5, 270_000, 5))
    monkeypatch.setattr(api, "LIMIT", 3)
    state = beginning()
    for number in range(120):
        published = FIRST + timedelta(days=80, hours=6 * number)
        state["stories"][f"more-{number}"] = {**a_story(0, random.Random(number)), "published": published.isoformat()}
    write(state, tmp_path)
    before = build(tmp_path, "site")
    state["stories"]["between"] = {**state["stories"]["more-40"], "title": "Between"}
    remembering, fresh = both_ways(state, tmp_path)
    assert remembering == fresh
    moved = {path for path in fresh if fresh[path] != before.get(path)}
    assert len([path for path in moved if path.startswith("feeds/archive/stories/")]) > 3 * 15
    assert len([path for path in moved if path.startswith("api/stories/months/2026-05")]) > 20


def test_a_file_that_somebody_touched_is_made_again_after_a_change_elsewhere(tmp_path: Path):
    state = beginning()
    spread(state)
    write(state, tmp_path)
    build(tmp_path, "site")
    page = tmp_path / "site/stories/story-3/index.html"
    page.write_text("Something else.")
    (tmp_path / "site/stories/story-4/index.html").unlink()
    state["stories"]["story-30"]["title"] = "What else"
    write(state, tmp_path)
    assert build(tmp_path, "site") == build(tmp_path, "fresh")


def test_a_host_that_gives_another_frame_has_every_page_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    state = beginning()
    write(state, tmp_path)
    build(tmp_path, "site")
    state["stories"]["story-30"]["title"] = "What else"
    write(state, tmp_path)
    monkeypatch.setattr(sys.modules[__name__], "CHROME", Chrome((b"<!doctype html><body>", Slot.BODY)))
    assert build(tmp_path, "site")["stories/story-3/index.html"].startswith(b"<!doctype html><body>")


def test_every_kind_of_edit_shows(tmp_path: Path):
    """Each of the edits above changes the site: none of them is a blank."""
    state = beginning()
    write(state, tmp_path)
    before = build(tmp_path, "site")
    for edit in EDITS:
        for seed in range(4):
            edit(state, random.Random(seed))
        write(state, tmp_path)
        after = build(tmp_path, "site")
        assert after != before, edit.__name__
        before = after


def test_comments_that_were_counted_show_where_nothing_else_changes(tmp_path: Path):
    state = beginning()
    spread(state)
    write(state, tmp_path)
    build(tmp_path, "site")
    for number, counted in enumerate(({min(state["editions"]): 3}, {min(state["editions"]): 4}, {})):
        state["comments"] = counted
        write(state, tmp_path)
        assert build(tmp_path, "site") == build(tmp_path, f"fresh-{number}")


def test_a_template_of_the_newsletters_own_may_show_anything_of_the_site(tmp_path: Path):
    """Such pages are made every time: nobody knows what they are made of."""
    state = beginning()
    write(state, tmp_path)
    own = tmp_path / "overrides/citewire"
    own.mkdir(parents=True)
    (own / "archive.html").write_text("<h1>{{ heading }}</h1>{{ site.newest_first[0].story.title }}")
    archive = Path("editions/index.html")
    assert b"Story 35" in build(tmp_path, "site", own)[archive.as_posix()]
    state["stories"]["story-35"]["title"] = "What else"
    write(state, tmp_path)
    assert b"What else" in build(tmp_path, "site", own)[archive.as_posix()]


def nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: str, data: bytes):
        assert "/stories/" not in file, f"{file} was read"
        return read(file, data)

    monkeypatch.setattr(reading, "read", refuse)


def said(project: Project) -> Library:
    """What the files say. The ledgers are asked, and not compared; nor is what has changed since."""
    return replace(judge(project)[0], ledgers=None, renewed=None)


def test_a_file_that_nobody_touched_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(beginning(), tmp_path)
    project = Project(tmp_path, tmp_path / "content", rules=RULES)
    before = said(project)
    nothing_is_read(monkeypatch)
    again = said(Project(tmp_path, tmp_path / "content", rules=RULES))
    assert again == before
    zones = {story.published.utcoffset() for story in again.stories.values()}
    assert zones == {FIRST.utcoffset()}, "a moment is the same in every zone, and is not shown in every zone"
    assert [s.digest for s in again.stories.values()] == [s.digest for s in before.stories.values()]


def test_a_file_that_was_touched_and_says_the_same_is_not_parsed_again(tmp_path: Path, monkeypatch):
    write(beginning(), tmp_path)
    before = said(Project(tmp_path, tmp_path / "content", rules=RULES))
    for file in (tmp_path / "content/stories").iterdir():
        file.write_bytes(file.read_bytes())
        os.utime(file)
    nothing_is_read(monkeypatch)
    assert said(Project(tmp_path, tmp_path / "content", rules=RULES)) == before


def test_a_file_of_the_same_size_that_says_something_else_is_read(tmp_path: Path):
    write(beginning(), tmp_path)
    judge(Project(tmp_path, tmp_path / "content", rules=RULES))
    file = tmp_path / "content/stories/story-3.yml"
    stat = file.stat()
    file.write_text(file.read_text().replace("Story 3", "Story 8"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert judge(Project(tmp_path, tmp_path / "content", rules=RULES))[0].stories["story-3"].title == "Story 8"


def test_a_file_with_a_problem_names_it_on_every_run(tmp_path: Path):
    state = beginning()
    state["stories"]["story-3"]["section"] = "tesh"
    write(state, tmp_path)
    first, second = (judge(Project(tmp_path, tmp_path / "content", rules=RULES))[1] for _ in range(2))
    assert first == second
    assert [(p.file, p.line > 1) for p in first] == [("content/stories/story-3.yml", True)]


NUMBER = b"000000000002"


@pytest.mark.parametrize(
    "damaged",
    [
        *(lambda whole, damage=damage: damage for damage in (b"", b"x")),
        *(
            lambda whole, damage=damage: whole.split(b"\n")[0] + b"\n" + damage
            for damage in (b"", b"\xff", b"\x80\x80", NUMBER, NUMBER + b"{}x", NUMBER + b"[]", b"-00000000001{}")
        ),
        lambda whole: whole[:-1],
        lambda whole: whole + b"x",
    ],
)
def test_a_damaged_cache_is_healed(tmp_path: Path, damaged: Callable[[bytes], bytes]):
    write(beginning(), tmp_path)
    before = said(Project(tmp_path, tmp_path / "content", rules=RULES))
    project = Project(tmp_path, tmp_path / "content", rules=RULES)
    for folder in ("stories", "judged"):
        for file in (tmp_path / ".cache/citewire" / folder).iterdir():
            whole = file.read_bytes()
            file.unlink()
            file.write_bytes(damaged(whole))
    assert said(project) == before


def test_what_an_earlier_program_kept_is_not_found(monkeypatch: pytest.MonkeyPatch):
    """Whatever file of the program has changed since."""
    looked_at = {path for path, _ in stamps(str(PACKAGE))}
    assert looked_at >= {str(path) for path in Path(generator.__file__).parent.rglob("*.py")}
    before = program()
    monkeypatch.setattr(cache, "stamps", lambda folder: [(f"{PACKAGE}/model/content.py", (1, 2, 3))])
    assert program() != before


def test_what_another_version_of_a_package_made_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "markdown-3.99.dist-info").mkdir()
    before = program()
    monkeypatch.setattr(sys, "path", [*sys.path[::-1], *sys.path])
    assert program() == before, "the same packages, found in another order"
    monkeypatch.syspath_prepend(str(tmp_path))
    assert program() != before


def test_a_cache_that_cannot_be_written_is_no_misfortune(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    kept = Cache(tmp_path / "file", "program")
    kept.write("name", b"x")
    assert kept.read("name") == b""


def test_what_is_kept_has_the_zone_that_its_writer_gave(tmp_path: Path):
    """Two moments that are one compare as equal, so this asks how they are written: pages, feeds and mail show it."""
    shutil.copytree(Path(__file__).parent.parent / "content", tmp_path / "content")
    project = Project(tmp_path, tmp_path / "content")
    cold, warm = (said(project) for _ in range(2))
    for shelf in ("stories", "editions"):
        written = [[item.published.isoformat() for item in getattr(of, shelf).values()] for of in (cold, warm)]
        assert written[0] == written[1]
    assert cold.editions["2026-04-11"].published.isoformat().endswith("-04:00")


def test_what_is_found_in_a_story_is_found_on_every_run(tmp_path: Path):
    state = beginning()
    state["stories"]["story-3"]["body"] = "Yesterday it was so. [@a] And so. [@b]"
    write(state, tmp_path)
    first, second = (judge(Project(tmp_path, tmp_path / "content"))[1] for _ in range(2))
    assert "relative-date" in {problem.rule for problem in first}
    assert first == second


@pytest.mark.parametrize("young", [0, sys.maxsize])
def test_a_new_story_is_judged_where_all_others_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, young: int):
    state = beginning()
    write(state, tmp_path)
    project = Project(tmp_path, tmp_path / "content", rules=RULES)
    before = judge(project)[1]
    state["stories"]["new"] = {**a_story(1, random.Random(1)), "topics": ["chops"]}
    write(state, tmp_path)
    monkeypatch.setattr(kept, "YOUNG", young)
    for _ in range(2):
        found = [problem for problem in judge(project)[1] if problem not in before]
        assert [(problem.file, problem.rule) for problem in found] == [("content/stories/new.yml", "unknown-topic")]
    (tmp_path / "content/stories/new.yml").unlink()
    assert judge(project)[1] == before


def test_a_story_that_did_not_change_is_not_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(beginning(), tmp_path)
    first = judge(Project(tmp_path, tmp_path / "content"))[1]
    monkeypatch.setattr(judging._Alone, "_judged", lambda *arguments: pytest.fail("a story was judged"))
    assert judge(Project(tmp_path, tmp_path / "content"))[1] == first


def test_an_edition_that_is_begun_lets_no_story_be_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(beginning(), tmp_path)
    judge(Project(tmp_path, tmp_path / "content"))
    (tmp_path / "content/editions/2026-03-01.yml").write_text("title:\ndraft: true\n")
    monkeypatch.setattr(judging._Alone, "_judged", lambda *arguments: pytest.fail("a story was judged"))
    assert judge(Project(tmp_path, tmp_path / "content"))[1]


def test_only_what_is_asked_for_is_judged_and_the_rest_is_judged_when_it_is(tmp_path: Path):
    write(beginning(), tmp_path)
    whole = judge(Project(tmp_path, tmp_path / "content"))[1]
    shutil.rmtree(tmp_path / ".cache")
    few = judged(Project(tmp_path, tmp_path / "content"), only=lambda file: file.endswith("/story-0.yml")).problems
    assert [p for p in few if p.file.endswith("/story-0.yml")] == [p for p in whole if p.file.endswith("/story-0.yml")]
    assert len(few) < len(whole)
    assert judge(Project(tmp_path, tmp_path / "content"))[1] == whole


def a_thread() -> State:
    """A newsletter in which two stories of one event, in two editions, disagree."""
    state = beginning()
    state["stories"]["story-20"]["updates"] = "story-3"
    state["stories"]["story-3"]["body"] = "Coreweave's order backlog stands at $87.8 billion. [@a]"
    state["stories"]["story-20"]["body"] = "Coreweave's order backlog stands at $78.8 billion. [@a]"
    return state


def disagreeing(folder: Path) -> list[str]:
    problems = judge(Project(folder, folder / "content"))[1]
    return [problem.file for problem in problems if problem.rule == "two-values-in-thread"]


def test_a_thread_of_which_nothing_changed_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Else each save of an archive reads the stories of all its threads."""
    state = a_thread()
    write(state, tmp_path)
    assert disagreeing(tmp_path) == ["content/stories/story-20.yml"]
    state["stories"]["story-5"]["body"] = "It was otherwise. [@a]"
    write(state, tmp_path)
    monkeypatch.setattr(threads, "_of_thread", lambda *arguments: pytest.fail("a thread was read"))
    assert disagreeing(tmp_path) == ["content/stories/story-20.yml"]


def the_older_corrected(state: State) -> None:
    state["stories"]["story-3"]["body"] = state["stories"]["story-20"]["body"]


def told_as_disputed(state: State) -> None:
    versions = [{"value": "$87.8 billion", "sources": ["a"]}, {"value": "$78.8 billion", "sources": ["b"]}]
    state["stories"]["story-20"]["disputed"] = [{"what": "The backlog", "versions": versions}]


def of_two_events(state: State) -> None:
    del state["stories"]["story-20"]["updates"]


def in_a_folder(state: State) -> None:
    state["stories"]["2026/story-20"] = state["stories"].pop("story-20")


def with_a_third(state: State) -> None:
    state["stories"]["story-9"] |= {"updates": "story-3", "body": state["stories"]["story-20"]["body"]}


def in_one_edition(state: State) -> None:
    editions = [edition for edition in state["editions"].values() if "story-3" in str(edition)]
    for edition in editions:
        edition["stories"] = [*edition["stories"], "story-20"]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (the_older_corrected, []),
        (told_as_disputed, []),
        (of_two_events, []),
        (in_a_folder, ["content/stories/2026/story-20.yml"]),
        (with_a_third, ["content/stories/story-20.yml", "content/stories/story-9.yml"]),
        (in_one_edition, []),
    ],
)
def test_a_thread_is_judged_by_what_its_stories_say_now(
    tmp_path: Path, change: Callable[[State], None], left: list[str]
):
    state = a_thread()
    write(state, tmp_path)
    assert disagreeing(tmp_path) == ["content/stories/story-20.yml"]
    change(state)
    write(state, tmp_path)
    assert disagreeing(tmp_path) == left
    shutil.rmtree(tmp_path / ".cache")
    assert disagreeing(tmp_path) == left


def test_of_a_thread_with_a_file_that_is_asked_for_all_is_told(tmp_path: Path):
    state = a_thread()
    write(state, tmp_path)
    project = Project(tmp_path, tmp_path / "content")
    for name, is_told in (("story-5", False), ("story-20", True), ("", True)):
        found = judged(project, only=lambda file, name=name: name in file).problems
        assert any(problem.rule == "two-values-in-thread" for problem in found) == is_told


def test_a_new_name_traces_only_the_stories_in_which_it_occurs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    state = beginning()
    state["stories"]["story-3"]["body"] = "It was Pellworm Lighting who did it. [@a]"
    write(state, tmp_path)
    judge(Project(tmp_path, tmp_path / "content"))
    traced: list[str] = []
    once = Tracer.ledger
    monkeypatch.setattr(Tracer, "ledger", lambda self, item: (traced.append(item.slug), once(self, item))[1])
    monkeypatch.setattr(judging, "BATCH", 1000)  # in this process alone
    state["entities"]["pellworm"] = {"name": "Pellworm Lighting", "kind": "company"}
    write(state, tmp_path)
    judge(Project(tmp_path, tmp_path / "content"))
    assert traced == ["story-3"]


def test_a_story_is_judged_again_by_other_words_of_the_newsletter(tmp_path: Path):
    state = beginning()
    write(state, tmp_path)
    judge(Project(tmp_path, tmp_path / "content"))
    del state["topics"]["law"]
    write(state, tmp_path)
    assert "unknown-topic" in {problem.rule for problem in judge(Project(tmp_path, tmp_path / "content"))[1]}


def test_a_story_is_judged_again_when_a_snapshot_of_its_source_comes(tmp_path: Path):
    state = beginning()
    state["stories"]["story-3"]["citations"]["a"]["passages"] = ["it is so"]
    write(state, tmp_path)
    project = Project(tmp_path, tmp_path / "content")
    assert "passage-not-in-snapshot" not in {problem.rule for problem in judge(project)[1]}
    save(project.content, snapshot("https://a.example/3", FIRST, "http 200 text/html", "It is otherwise."))
    assert "passage-not-in-snapshot" in {problem.rule for problem in judge(project)[1]}


def test_an_edit_of_a_story_has_no_other_month_made_again(tmp_path: Path):
    """An archive grows for years: old months are not made again for each new word."""
    state = beginning()
    write(state, tmp_path)
    before = made_of_months(tmp_path)
    slug = "story-20"
    month = f"{datetime.fromisoformat(state['stories'][slug]['published']):%Y-%m}"
    state["stories"][slug]["title"] = "What else"
    write(state, tmp_path)
    after = made_of_months(tmp_path)
    differing = {path for path in after if after[path] != before[path]}
    assert differing
    assert {path.rstrip("/").rpartition("/")[2] for path in differing} == {month}
    assert len({path.rstrip("/").rpartition("/")[2] for path in after}) > 1


def made_of_months(folder: Path) -> dict[str, str]:
    """What stands for all that the pages of months are made of, by path."""
    library, _ = judge(Project(folder, folder / "content", rules=RULES))
    declared = render(maker_of(link(library, "https://footnote.example/")), folder / "images")
    months = [item for item in declared if re.search(r"/\d{4}-\d\d/\Z", item.path)]
    return {item.path: Fingerprints("").of(item.made_of or ()) for item in months}


def test_a_value_that_is_gone_lends_its_fingerprint_to_no_other():
    """Another may stand in its place in memory."""
    prints = Fingerprints("")
    assert len({prints.of((Comments(isso=f"https://{number}.example/"),)) for number in range(50)}) == 50
