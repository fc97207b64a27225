"""What a page says, feeds, mails, books and twins say too: they are read without it."""

from __future__ import annotations

import html
import itertools
import json
import re

import pytest

from generator.model.content import Image, Importance, MadeBy, Origin, Point, Question
from generator.model.site import Site
from tests.make import edition, feed, files, newsletter, site, source, story
from tests.test_export import book, documents
from tests.test_feeds import of_json
from tests.test_mail import made

OLD = Origin("https://www.old.example/p/meta-coreweave")
TOLD = "First published at old.example, and brought here as it was"


def words_of(markup: str) -> str:
    """What markup says, blanks folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def mailed(of: Site) -> dict[str, str]:
    bodies = made(of).bodies
    return {"mail in html": words_of(bodies.html.partition("<body")[2]), "mail in text": " ".join(bodies.text.split())}


def shown(of: Site) -> dict[str, str]:
    """An edition wherever it is read but on its page."""
    (item,) = of_json(feed(of, "editions.json"))
    bound = documents(book(of, "2026-04-11")).values()
    chapters = "".join(word for root in bound for word in root.itertext())
    return {"feed": words_of(item.html), **mailed(of), "book": " ".join(chapters.split())}


def twin(of: Site, path: str) -> str:
    return dict(files(of))[f"{path}index.md"]().decode()


def test_an_importance_says_of_what_it_is_ten():
    of = site(story(importance=Importance(8, "it's the largest")), edition())
    said = {name: text for name, text in shown(of).items() if name != "feed"}
    for text in said.values():
        assert "Importance 8 of 10: it’s the largest" in text
    for path in ("stories/meta-coreweave/", "editions/2026-04-11/"):
        assert "Importance 8 of 10: it's the largest" in twin(of, path)


def test_what_came_from_elsewhere_says_so_wherever_it_is_read():
    of = site(story(imported=OLD), edition())
    (item,) = of_json(feed(of, "stories.json"))
    said = {**shown(of), "feed of stories": words_of(item.html), "twin": twin(of, "editions/2026-04-11/")}
    for name, text in said.items():
        assert text.count("First published at") == 1, name
    assert f'<a href="{OLD.where}">old.example</a>' in item.html
    assert f'href="{OLD.where}"' in made(of).bodies.html
    assert f"\n{OLD.where}\n" in made(of).bodies.text


@pytest.mark.parametrize(("where", "times"), [(OLD.where, 1), ("https://other.example/", 2)])
def test_an_edition_from_elsewhere_says_so_once_for_all_that_came_with_it(where: str, times: int):
    of = site(story(imported=Origin(where)), edition(imported=OLD))
    for text in shown(of).values():
        assert text.count("First published at") == times
        assert TOLD in text
    assert twin(of, "editions/2026-04-11/").count("First published at") == times


OF_LINES = ("It’s “on”", "A “dek”", "The “line”", "Don’t wait", "Who’s there?", "It’s A", "It’s ours")
OF_TEXTS = ("He said “yes” to", "Say “no”.", "It isn’t.")


def test_marks_are_set_as_on_the_page_wherever_a_person_reads():
    lines = {"title": 'It\'s "on"', "dek": 'A "dek"'}
    told = story(
        "meta-coreweave",
        source(title='The "title" of others', passages=("It's the words",)),
        body='He said "yes" to `it\'s "code"`. [@hubkub]',
        importance=Importance(8, "It's large"),
        image=Image("meta-compute-cloud.png", "A chart", "Somebody", "It's a chart", 40, 30),
        **lines,
    )
    quiz = (Question("Who's there?", ("It's A", "b", "c", "d"), "It's A", "It isn't. [@meta-coreweave/hubkub]"),)
    day = edition(
        one_line='The "line"',
        takeaways=(Point("Don't wait", 'Say "no".'),),
        quiz=quiz,
        made_by=MadeBy("The desk", "none", note="It's ours"),
        **lines,
    )
    of = site(told, day)
    for name, text in shown(of).items():
        for said in (*OF_LINES, *OF_TEXTS, *(("It’s large",) if name != "feed" else ())):
            assert said in text, name
        assert 'it\'s "code"' in text, name
        assert 'The "title" of others' in text, name
        assert "“It's the words”" in text, name
    for name in ("stories", "editions"):
        (item,) = of_json(feed(of, f"{name}.json"))
        assert (item.title, item.summary) == ("It’s “on”", "A “dek”")
    issue = made(of).issue()
    assert (issue.subject, issue.description) == ("It’s “on”", "A “dek”")


def test_programs_read_what_the_editor_wrote():
    of = site(story(title='It\'s "on"', body='He said "yes". [@hubkub]'), edition())
    assert 'He said "yes".' in twin(of, "stories/meta-coreweave/")
    assert json.loads(dict(files(of))["api/stories/meta-coreweave.json"]())["title"] == 'It\'s "on"'


def test_marks_elsewhere_are_those_of_the_newsletter_s_language():
    of = site(story(title='Das "Netz"'), edition(), newsletter=newsletter(language="de"))
    for name, text in shown(of).items():
        assert "Das „Netz“" in text, name


def test_no_heading_of_a_mail_skips_a_level():
    quiz = (Question("Who?", ("a", "b", "c", "d"), "a", "So it is."),)
    of = site(story(body="Text.\n\n## A heading\n\nMore. [@hubkub]"), edition(quiz=quiz))
    levels = [int(level) for level in re.findall(r"<h([1-6])", made(of).bodies.html)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels)), levels
