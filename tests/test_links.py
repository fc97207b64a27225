"""Whether sources still stand: what is found, what is remembered, and what readers see of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.evidence import links, records
from generator.evidence.links import Looked
from generator.model.address import canonical, page_key
from generator.model.evidence import Copy, Fate, Look, State
from generator.model.site import Site
from generator.options import find
from generator.pipeline import judge
from tests.evidence import DEAL, PASSAGE, Newsletter, Run, addresses, article, run
from tests.loopback import answer, redirect, serving
from tests.make import all_links, by_class, edition, feed, page, site, source, story, words

__all__ = ["run"]

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def noted(newsletter: Newsletter) -> list[dict[str, str]]:
    return [json.loads(line) for line in (newsletter.content / "evidence/links.jsonl").read_text().splitlines()]


# What a look finds


def test_stopping_notes_what_was_found_and_is_told_as_an_interrupt(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    def interrupted(*given: object) -> Iterator[Looked]:
        yield next(real(*given))
        raise KeyboardInterrupt

    real = links.look_at
    monkeypatch.setattr(links, "look_at", interrupted)
    with serving({"*": answer(DEAL)}) as server:
        news = Newsletter(tmp_path, addresses(server, "/a", "/b"))
        done = run(news, "links")
    assert done.exit_code == 130
    assert "1 alive, 1 not looked at." in done.output
    assert len(noted(news)) == 1


@pytest.mark.parametrize(
    ("given", "state", "why", "code"),
    [
        (answer(DEAL), "alive", "200 OK", 0),
        (answer("", "404 Not Found"), "dead", "404 Not Found", 1),
        (answer("", "410 Gone"), "dead", "410 Gone", 1),
        (answer("", "403 Forbidden"), "unknown", "403 Forbidden", 0),
        (answer("", "429 Too Many Requests"), "unknown", "429 Too Many Requests", 0),
        (answer("", "401 Unauthorized"), "unknown", "401 Unauthorized", 0),
        (answer("", "503 Service Unavailable"), "unknown", "503 Service Unavailable", 0),
        (answer("", "500 Internal Server Error"), "unknown", "500 Internal Server Error", 0),
        (answer("", "999 Go away"), "unknown", "999", 0),
        (b"nonsense\r\n\r\n", "unknown", "its server does not speak HTTP as it should", 0),
        (redirect("/"), "suspicious", "it leads to the home page", 1),
        (redirect("/index.html", "301 Moved Permanently"), "suspicious", "it leads to the home page", 1),
        (redirect("/errors/404.html"), "suspicious", "it leads to ", 1),
        (redirect("/elsewhere/a"), "alive", "200 OK", 0),
        (redirect("/a"), "unknown", "it redirects more than", 0),
        (redirect("javascript:alert(1)"), "unknown", "it redirects to `javascript:`", 0),
        (answer(b"\x89PNG", kind="image/png"), "alive", "200 OK", 0),
        (answer("x" * 11_000_000), "alive", "it answers, but is too large to be read", 0),
    ],
)
def test_what_is_dead_what_is_unknown_and_what_is_suspicious(
    tmp_path: Path, run: Run, given: bytes, state: str, why: str, code: int
):
    robots = answer("", "404 Not Found")
    with serving({"/robots.txt": robots, "/a": given, "*": answer(DEAL)}) as server:
        news = Newsletter(tmp_path, addresses(server, "/a"))
        done = run(news, "links")
    [row] = noted(news)
    assert (row["state"], done.exit_code) == (state, code)
    assert row["why"].startswith(why)
    assert (state == "alive") != (f"{server.base}/a" in done.output), "what is well is not listed"


def test_a_source_that_robots_may_not_read_is_unknown(tmp_path: Path, run: Run):
    rules = answer("User-agent: *\nDisallow: /", kind="text/plain")
    with serving({"/robots.txt": rules, "/a": answer("", "404 Not Found")}) as server:
        news = Newsletter(tmp_path, addresses(server, "/a"))
        assert run(news, "links").exit_code == 0
    assert noted(news)[0]["why"] == "its robots.txt asks not to read this page"


def test_a_page_that_moved_for_good_is_told_with_its_new_address(tmp_path: Path, run: Run):
    moved = redirect("/new/place", "301 Moved Permanently")
    with serving({"/a": moved, "/b": redirect("/new/place"), "/new/place": answer(DEAL)}) as server:
        news = Newsletter(tmp_path, addresses(server, "/a", "/b"))
        done = run(news, "links")
    assert f"moved       {server.base}/a  for good, to {server.base}/new/place" in done.output
    assert "/b " not in done.output
    assert [row.get("moved") for row in noted(news)] == [f"{server.base}/new/place", None]


def test_a_text_that_changed_is_told_with_the_passages_that_are_gone(tmp_path: Path, run: Run):
    with serving({"/a": answer(DEAL)}) as server:
        news = Newsletter(tmp_path, addresses(server, "/a"), {"a": [PASSAGE, "runs to December 2032", "never there"]})
        run(news, "evidence")
        server.answers["/a"] = answer(article("The company said that it is $36 billion.", "It runs to December 2032."))
        done = run(news, "links")
    assert done.exit_code == 1
    assert "its text has changed since" in done.output
    assert "1 of 9 paragraphs are not as they were" in done.output
    assert f"gone: “{PASSAGE}”" in done.output
    assert "December 2032" not in done.output
    assert noted(news)[0]["gone"] == [PASSAGE], "and not one that never was in the snapshot"


def test_a_page_that_is_set_otherwise_has_not_changed(tmp_path: Path, run: Run):
    with serving({"/a": answer(article("It's a deal - of 14 billion."))}) as server:
        news = Newsletter(tmp_path, addresses(server, "/a"))
        run(news, "evidence")
        server.answers["/a"] = answer(article("It’s a  deal – of 14 billion."))
        done = run(news, "links")
    assert done.output == "1 alive.\n"


def test_a_look_changes_no_story_and_no_snapshot(tmp_path: Path, run: Run):
    with serving({"/a": answer(DEAL), "/b": answer(DEAL)}) as server:
        news = Newsletter(tmp_path, addresses(server, "/a", "/b"))
        run(news, "evidence")
        before = news.bytes()
        server.answers |= {"/a": answer("", "404 Not Found"), "/b": answer(article("Other words."))}
        run(news, "links")
    after = news.bytes()
    assert after.keys() - before.keys() == {(news.content / "evidence/links.jsonl").as_posix()}
    assert all(after[name] == data for name, data in before.items())


def test_without_a_network_nothing_is_noted(tmp_path: Path, run: Run):
    with serving({}) as server:
        pass
    news = Newsletter(tmp_path, addresses(server, "/a", "/b"))
    done = run(news, "links")
    assert done.exit_code == 3
    assert "is there a network?" in done.output
    assert news.evidence == []


def test_only_those_not_looked_at_lately(tmp_path: Path, run: Run):
    with serving({"*": answer(DEAL)}) as server:
        news = Newsletter(tmp_path, addresses(server, "/a", "/b"))
        run(news, "links")
        rows = noted(news)
        rows[0] |= {"since": "2026-01-01T00:00:00Z", "last": "2026-01-01T00:00:00Z"}
        (news.content / "evidence/links.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        server.asked.clear()
        done = run(news, "links", "--older-than", "30")
    assert [path for path in server.paths if path != "/robots.txt"] == ["/a"]
    assert "1 alive, 1 not due." in done.output


# What is remembered


def look(url: str = "https://a.example/", state: State = State.ALIVE, days: int = 0, **fields: object) -> Look:
    moment = NOON + timedelta(days=days)
    return replace(Look(url, state, "because", moment, moment), **fields)  # type: ignore[arg-type]


def test_the_history_grows_only_when_something_changes():
    history: list[Look] = []
    for day, state in enumerate([State.ALIVE, State.ALIVE, State.DEAD, State.DEAD, State.ALIVE]):
        history = records.added(history, [look(state=state, days=day)])
    assert [(one.state, one.since.day, one.last.day) for one in history] == [
        (State.ALIVE, 20, 21),
        (State.DEAD, 22, 23),
        (State.ALIVE, 24, 24),
    ]


LOOKS = st.builds(
    look,
    st.sampled_from(["https://a.example/", "https://b.example/ü?x=1"]),
    st.sampled_from(list(State)),
    st.integers(0, 9),
    why=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    gone=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=2).map(tuple),
    moved=st.sampled_from([None, "https://c.example/"]),
)


@given(st.lists(LOOKS, max_size=8))
def test_what_is_remembered_is_read_again_in_one_order(tmp_path_factory: pytest.TempPathFactory, found: list[Look]):
    one, other = tmp_path_factory.mktemp("a"), tmp_path_factory.mktemp("b")
    records.write_looks(one, found)
    records.write_looks(other, reversed(found))
    assert sorted(records.looks(one)[0], key=repr) == sorted(set(found), key=repr)
    assert records.looks(one) == records.looks(other)


def test_two_branches_that_both_looked_are_merged_by_git_itself(tmp_path: Path):
    def git(*arguments: str) -> str:
        identity = ["-c", "user.name=E", "-c", "user.email=e@example.org"]
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    def commit(found: Iterable[Look]) -> None:
        records.write_looks(tmp_path, found)
        git("add", "-A")
        git("commit", "-qm", "x")

    rules = (Path(__file__).parent.parent / ".gitattributes").read_text().replace("content/", "")
    (tmp_path / ".gitattributes").write_text(rules)
    begun = [look(), look("https://b.example/")]
    git("init", "-q", "-b", "main")
    commit(begun)
    git("checkout", "-qb", "other")
    commit(records.added(begun, [look(days=1), look("https://b.example/", State.DEAD, 1)]))
    git("checkout", "-q", "main")
    commit(records.added(begun, [look(days=2), look("https://c.example/", days=2)]))
    git("merge", "-q", "other", "-m", "merged")
    history, faults = records.looks(tmp_path)
    assert faults == []
    assert [(one.url[8], one.state, one.last.day) for one in history] == [
        ("a", "alive", 22),
        ("b", "alive", 20),
        ("b", "dead", 21),
        ("c", "alive", 22),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "[]",
        "{}",
        "null",
        '{"url": "https://a.example/"',
        '{"url": 1, "state": "alive", "why": "x", "since": "2026-11-20T12:00:00Z", "last": "2026-11-20T12:00:00Z"}',
        '{"url": "x", "state": "well", "why": "x", "since": "2026-11-20T12:00:00Z", "last": "2026-11-20T12:00:00Z"}',
        '{"url": "x", "state": "dead", "why": "x", "since": "2026-11-20", "last": "2026-11-20"}',
        "[" * 100_000,
    ],
)
def test_a_damaged_line_is_a_problem_at_its_place_and_no_command_writes_over_it(tmp_path: Path, run: Run, line: str):
    news = Newsletter(tmp_path, {"a": "https://a.example/"})
    records.write_looks(news.content, [look()])
    journal = news.content / "evidence/links.jsonl"
    journal.write_text(f"{journal.read_text()}{line}\n")
    before = journal.read_bytes()
    [problem] = [p for p in judge(find(tmp_path / "mkdocs.yml"))[1] if p.rule == "damaged-record"]
    assert problem.place == "content/evidence/links.jsonl:2:1"
    done = run(news, "links")
    assert (done.exit_code, journal.read_bytes()) == (1, before)
    assert "content/evidence/links.jsonl:2:1" in done.output


def test_a_copy_with_an_address_that_pages_may_not_link_to_is_a_problem(tmp_path: Path):
    news = Newsletter(tmp_path, {"a": "https://a.example/"})
    (news.content / "evidence").mkdir()
    row = {"url": "https://a.example/", "address": "javascript:alert(1)", "taken": "2026-11-20T12:00:00Z"}
    (news.content / "evidence/copies.jsonl").write_text(json.dumps(row))
    library, problems = judge(find(tmp_path / "mkdocs.yml"))
    assert [p.rule for p in problems if p.is_error] == ["damaged-record"]
    assert library.fates == {}


def test_of_several_copies_the_one_nearest_to_the_reading_counts(tmp_path: Path):
    later = Copy("https://a.example/", "https://archive.example/2", NOON + timedelta(days=9))
    records.write_copies(tmp_path, [later, replace(later, address="https://archive.example/1", taken=NOON)])
    found, _ = records.fates(tmp_path, tmp_path)
    assert found[page_key("https://a.example/")].copy == Copy("https://a.example/", "https://archive.example/1", NOON)


def test_a_source_that_came_back_is_not_gone(tmp_path: Path):
    history = records.added([look(state=State.DEAD)], [look(days=1)])
    records.write_looks(tmp_path, history)
    assert records.fates(tmp_path, tmp_path)[0][page_key("https://a.example/")].gone is None


# What readers see

URL = "https://hubkub.example/page"
KEPT = "https://web.archive.org/web/20261120120000/https://hubkub.example/page"
COPY = Copy(URL, KEPT, NOON)


def shown(fate: Fate, **fields: object) -> Site:
    cited = source(passages=("total committed spend",), **fields)
    return site(story("deal", cited, original="hubkub"), edition("2026-04-11", "deal"), fates={page_key(URL): fate})


def entry(of: Site, path: str = "stories/deal/"):
    [found] = by_class(page(of, path), "sources")
    return found


def titled(of: Site) -> dict[str, str]:
    [link] = by_class(entry(of), "source")[0].findall("a")
    return dict(link.attrib)


def test_a_source_that_stands_is_linked_to_itself_and_its_copy_is_known():
    assert titled(shown(Fate(copy=COPY))) == {
        "href": URL,
        "data-originalurl": URL,
        "data-versionurl": KEPT,
        "data-versiondate": "2026-11-20",
    }


def test_a_source_that_is_gone_is_linked_to_its_copy_on_pages_and_in_feeds():
    gone = shown(Fate(NOON.date(), COPY))
    for path in ("stories/deal/", "editions/2026-04-11/"):
        leads = list(all_links(entry(gone, path)))
        assert KEPT in leads
        assert f"{KEPT}#:~:text=total%20committed%20spend" in leads
        assert URL not in leads
        assert "gone when looked for on 20\u00a0November 2026" in words(entry(gone, path))
    assert titled(gone)["data-originalurl"] == URL
    assert [link.get("href") for link in by_class(page(gone, "stories/deal/"), "original")[0].iter("a")] == [KEPT]
    [item] = feedparser.parse(feed(gone, "stories.rss.xml")).entries
    assert f'href="{KEPT}"' in item.content[0].value
    assert "gone when looked for on 20\u00a0November 2026" in item.content[0].value


def test_a_source_that_is_gone_without_a_copy_is_said_to_be_gone():
    gone = shown(Fate(NOON.date()))
    assert titled(gone) == {"href": URL}
    assert "gone when looked for on 20\u00a0November 2026" in words(entry(gone))


def test_the_copy_that_a_writer_names_counts_before_one_that_was_found():
    named = shown(Fate(NOON.date(), COPY), archive="https://archive.example/web/20260412000000id_/https://x.example/")
    assert titled(named)["href"].startswith("https://archive.example/")
    assert titled(named)["data-versiondate"] == "2026-04-12"


def test_a_source_of_which_nothing_is_known_looks_as_it_did():
    assert titled(shown(Fate())) == {"href": URL}


def test_what_a_look_found_is_on_the_page_after_the_next_build(tmp_path: Path, run: Run):
    """From the look to the page, though nothing in the story has changed."""
    with serving({"/a": answer("", "404 Not Found")}) as server:
        news = Newsletter(tmp_path, addresses(server, "/a"))
        assert run(news, "build").exit_code == 0
        file = tmp_path / "site/stories/deal/index.html"
        assert "gone when looked for on" not in file.read_text()
        records.write_copies(news.content, [Copy(canonical(f"{server.base}/a"), KEPT, NOON)])
        done = run(news, "links")
    assert f"a copy: {KEPT}" in done.output
    assert run(news, "build").exit_code == 0
    assert "gone when looked for on" in file.read_text()
    assert f'<a href="{KEPT}" data-originalurl="{server.base}/a"' in file.read_text()
