"""The pages that docs/tutorial.md cites: each tells who it is in another of the ways in which pages do.

`python3 -m tests.tutorial_pages` serves them, for whoever follows the tutorial word by word, until Ctrl-C.
"""

from __future__ import annotations

import json
from contextlib import suppress
from threading import Event

from tests.web import Answer, html, web


def linked(headline: str, day: str, author: str, publisher: str, *paragraphs: str) -> Answer:
    """A news page with JSON-LD (schema.org)."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": day,
        "author": {"@type": "Person", "name": author},
        "publisher": {"@type": "NewsMediaOrganization", "name": publisher},
    }
    return html(body(headline, *paragraphs), f'<script type="application/ld+json">{json.dumps(told)}</script>')


def shared(headline: str, day: str, publisher: str, *paragraphs: str) -> Answer:
    """A page with Open Graph."""
    head = (
        f'<meta property="og:title" content="{headline}"><meta property="og:site_name" content="{publisher}">'
        f'<meta property="article:published_time" content="{day}T09:00:00Z">'
    )
    return html(body(headline, *paragraphs), head)


def paper(title: str, day: str, author: str, publisher: str, *paragraphs: str) -> Answer:
    """A paper with the names that scholars' search engines read."""
    head = (
        f'<meta name="citation_title" content="{title}"><meta name="citation_author" content="{author}">'
        f'<meta name="citation_publication_date" content="{day}"><meta name="citation_publisher" content="{publisher}">'
    )
    return html(body(title, *paragraphs), head)


def body(heading: str, *paragraphs: str) -> str:
    return f"<h1>{heading}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs)


PAGES: dict[str, Answer] = {
    "http://wire.example/acme-orders-chips": linked(
        "Acme orders 40,000 chips for a new centre",
        "2026-04-10T08:00:00Z",
        "Ann Lee",
        "The Wire",
        "Acme has ordered 40,000 accelerators from Borealis. The order is worth $1.2 billion, two people said.",
        "The first machines are due in March 2027. Acme did not answer questions.",
    ),
    "http://dailychips.example/2026/acme": shared(
        "Acme's big order",
        "2026-04-10",
        "Daily Chips",
        "The deal covers 40,000 accelerators and 18 megawatts of cooling. “It is our largest order,” said Borealis.",
    ),
    "http://borealis.example/news/acme": shared(
        "Borealis supplies Acme",
        "2026-04-10",
        "Borealis",
        "Borealis will deliver 40,000 B7 accelerators to Acme from March 2027.",
    ),
    "http://markets.example/borealis": linked(
        "Borealis shares rise 9%",
        "2026-04-10T15:00:00Z",
        "Bo Kim",
        "Market Notes",
        "Shares of Borealis rose 9% on Friday. Its order book now stands at $6.5 billion.",
    ),
    "http://office.example/consultation/rules": shared(
        "Draft rules on training data",
        "2026-04-09",
        "Office for Data",
        "The draft asks developers to list the 100 largest sources of their training data. "
        "Comments close on 12 June 2026.",
    ),
    "http://wire.example/draft-rules": linked(
        "Office puts rules on training data out for comment",
        "2026-04-09T12:00:00Z",
        "Cy Park",
        "The Wire",
        "Developers would have to list the 100 largest sources. Fines could reach 2% of turnover.",
    ),
    "http://civic.example/notes/rules": shared(
        "What the draft rules leave out",
        "2026-04-10",
        "Civic Notes",
        "The draft exempts models trained with less than 10 million documents. “That is most of them,” says the group.",
    ),
    "http://press.example/papers/77": paper(
        "Small models with long memory",
        "2026/04/08",
        "Lee, Dana",
        "University Press",
        "Our model of 3 billion parameters solves 71.4% of the tasks. A model of 70 billion parameters solves 69.8%.",
    ),
    "http://lab.example/blog/long-memory": shared(
        "A small model that remembers",
        "2026-04-08",
        "Example Lab",
        "The weights are 6 GB and run on a phone. They are out under the Apache 2.0 licence.",
    ),
}

if __name__ == "__main__":
    with web(PAGES) as proxy, suppress(KeyboardInterrupt):
        print(f"export CITEWIRE_PROXY={proxy}", flush=True)
        Event().wait()
