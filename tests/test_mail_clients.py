"""What others make of the mail: the tables of what mail programs can do, and a spam filter."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.make import BASE, ROOT, edition, sample, site, source, story
from tests.test_mail import SLUGS, made

NODE = Path(os.environ.get("NODE_PATH") or ROOT / ".cache/node/node_modules")
HAS_CANIEMAIL = bool(shutil.which("node")) and (NODE / "caniemail").is_dir()
HAS_SPAMASSASSIN = bool(shutil.which("spamassassin"))

ASK = """
import { createRequire } from "module";
import { pathToFileURL } from "url";
import fs from "fs";
const { caniemail } = await import(pathToFileURL(createRequire(process.argv[1] + "/x").resolve("caniemail")).href);
const clients = ["gmail.*", "outlook.*", "apple-mail.*", "yahoo.*"];
const found = caniemail({ clients, html: fs.readFileSync(0, "utf8") });
const all = [...found.issues.errors].flatMap(([client, issues]) => issues.map((issue) => [issue.title, client]));
console.log(JSON.stringify(all));
"""
ONLY_ADDS = {"<style> element", "@media"}
"""Dark colours and smaller headlines on phones: the mail is whole without them."""
DOES_WITHOUT = {
    "<body> element": "its paper is that of the table inside as well",
    "aria-hidden attribute": "the words before the mail are then heard twice",
    "role attribute": "the tables are then announced as tables",
    "height property": "a rule is as high as its border",
    "white-space": "a name with a number may break at the end of a line",
    "word-break": "in tables that keep to their width `word-wrap` is enough",
    "table-layout": "Outlook is as wide as a desk, and its columns with it",
    "overflow": "what stands before the mail is hidden by `mso-hide` there",
}
"""What Outlook and Yahoo do not know, and why nobody misses it. Gmail and Apple Mail know all of it."""


def unsupported(html: str) -> dict[str, set[str]]:
    """Features that a client does not have, with the clients."""
    html = html.replace("word-wrap:break-word;", "")  # of which the tables know three clients, and the asking ends
    done = subprocess.run(
        ["node", "--input-type=module", "-e", ASK, str(NODE)], input=html, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = defaultdict(set)
    for feature, client in json.loads(done.stdout):
        found[feature].add(client)
    return found


@pytest.mark.skipif(not HAS_CANIEMAIL, reason="no caniemail: npm install --prefix .cache/node caniemail@1.0.5")
@pytest.mark.parametrize("slug", SLUGS)
def test_the_mail_depends_on_nothing_that_a_main_client_cannot_do(slug: str):
    html = made(sample(), slug).bodies.html
    found = unsupported(html)
    assert found.keys() <= ONLY_ADDS | DOES_WITHOUT.keys()
    for feature, clients in found.items():
        lacking = {client for client in clients if client.startswith(("gmail", "apple-mail"))}
        assert lacking <= ({"gmail.mobile-webmail"} if feature in ONLY_ADDS else set()), (feature, lacking)
    whole = unsupported(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))
    assert not ONLY_ADDS & whole.keys()


def points(data: bytes) -> dict[str, float]:
    """What each rule of SpamAssassin gives, without asking the network."""
    done = subprocess.run(["spamassassin", "-L", "-t", "-x"], input=data, capture_output=True, timeout=120, check=True)
    analysis = done.stdout.decode("utf-8", "replace").partition("Content analysis details:")[2]
    return {rule: float(given) for given, rule in re.findall(r"(?m)^\s*(-?\d+\.\d) ([A-Z][A-Z0-9_]+)", analysis)}


@pytest.mark.skipif(not HAS_SPAMASSASSIN, reason="no spamassassin (on Debian: apt install spamassassin)")
def test_a_mail_of_plain_words_is_no_spam():
    found = points(made(site(story("told"), edition("2026-04-11", "told"))).preview())
    assert sum(found.values()) < 0.5, found


@pytest.mark.skipif(not HAS_SPAMASSASSIN, reason="no spamassassin (on Debian: apt install spamassassin)")
@pytest.mark.parametrize("slug", SLUGS)
def test_the_sample_s_mails_are_no_spam(slug: str):
    found = points(made(sample(), slug).preview())
    assert sum(found.values()) < 0.5, found


def test_a_source_that_filters_distrust_is_reached_by_way_of_the_page():
    url, archive = "https://www.cronfeed.work/report", "https://archive.example/https://www.cronfeed.work/report"
    told = story("told", source("feed", url=url, archive=archive, title="A report"), source(), original="feed")
    told = replace(told, body="So it is. [@feed; @hubkub]")
    bodies = made(site(told, edition("2026-04-11", "told"))).bodies
    for text in (bodies.html, bodies.text):
        assert "cronfeed" not in text
        assert "A report" in text
        assert "https://hubkub.example/page" in text
        assert f"{BASE}editions/2026-04-11/#source-told--feed" in text
        assert f"{BASE}editions/2026-04-11/#story-told" in text
