"""Web addresses: which may be linked to, and when two of them are the same page.

Only `canonical` decides the latter: always use it to ask "is this the same source?".
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from generator.texts.patterns import late

SAFE_SCHEMES = ("http", "https")

_TRACKING = frozenset(
    (
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "yclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "ref_src",
        "_hsenc",
        "_hsmi",
        "vero_id",
    )
)
_SHORTENERS = late(
    r"amzn\.to|bit\.ly|bitly\.com|buff\.ly|cutt\.ly|dlvr\.it|fb\.me|goo\.gl|ift\.tt|is\.gd|lnkd\.in|ow\.ly|rb\.gy|"
    r"rebrand\.ly|shorturl\.at|t\.co|t\.ly|tiny\.cc|tinyurl\.com|trib\.al|v\.gd"
)
_DIRECTORY = late(r"(?:index|default|home)\.(?:html?|php|aspx?)|[a-z]{2}(?:-[a-z]{2})?", re.IGNORECASE)
"""A path of the front page, perhaps in one of its languages."""
_SHELF = late(
    r"(?:[a-z]{2}(?:-[a-z]{2})?/)?(?:articles?|blogs?|latest|media|news|newsroom|posts|press|press-releases?"
    r"|pressreleases|releases|stories|topics|updates|aktuelles?|nachrichten|presse|actualites)",
    re.IGNORECASE,
)
"""A path of a list of news."""
_MADE_UP = late(
    r"(?:^|[/_-])(?:(?:article|page|post|source|story|url|link|slug|title|id)-here|(?:article|story|post)-(?:url|link|slug|title)"
    r"|(?:example|sample|placeholder|your|insert)-(?:article|link|page|post|slug|story|title|url)|path-to-(?:article|page|story)"
    r"|placeholder|lorem-ipsum|x{4,})(?=[/_.-]|$)",
    re.IGNORECASE,
)
"""Placeholders that people, or machines, write for the end of an address that they do not know."""
_NOBODYS = frozenset(("example.com", "example.net", "example.org"))
"""Hosts reserved for examples (RFC 2606, section 3)."""
_BLANK = late(r"[\s\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_DEFAULT_PORTS = (None, 80, 443)
_WWW = re.compile(r"\A(?:www\.)+(?=.)")

_PLAIN = re.compile(r"https?://((?:[a-z0-9-]+\.)+[a-z]{2,24})((?:/[\w.~-]+)*)/?", re.ASCII)
"""An address so simple that it need not be parsed. Most are, and an archive has a hundred thousand of them."""


def is_tracking(parameter: str) -> bool:
    """Whether a query parameter only tracks where the reader came from (`utm_source`, `fbclid`, ...)."""
    return parameter.lower().startswith("utm_") or parameter.lower() in _TRACKING


def is_readable(address: str) -> bool:
    """Whether an address, or a path, can be parsed: `//[x/` cannot."""
    try:
        _ = urlsplit(address).port
    except ValueError:
        return False
    return True


def scheme_of(address: str) -> str:
    """The scheme in lower case, as a browser would read it: ignoring blanks and control characters."""
    cleaned = "".join(c for c in address if c > " " and c != "\x7f")
    head, colon, _ = cleaned.partition(":")
    return head.lower() if colon and not set(head) & set("/?#") else ""


def web_fault(address: str) -> str | None:
    """Why an address cannot be a source's, in a few words; None if it can.

    A source has an absolute http or https address with a host and no user name (RFC 3986, section 3.2.1, warns of user
    names).
    """
    if _PLAIN.fullmatch(address):
        return None
    if _BLANK.search(address):
        return "it has a blank or an invisible character in it"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "it cannot be read as an address"
    if parts.scheme.lower() not in SAFE_SCHEMES:
        return f"it begins with `{scheme_of(address)}:`" if scheme_of(address) else "it does not begin with https://"
    if not host or host in SAFE_SCHEMES:
        return "it names no host"
    if "." not in host and ":" not in host:
        return f"it names no host of the web, but `{host}`"
    return "it holds a user name or password" if "@" in parts.netloc else None


_IN_MARKDOWN = late(r"\[[^\]]*\]\(\s*<?(https?://[^\s<>]+?)>?\s*\)")
"""A link of Markdown, of which the address is meant."""
_SCHEME_TWICE = late(r"\A(?:https?:/*)+(?=https?://)", re.IGNORECASE)
_SCHEME_MISSPELT = late(r"\A[htps]{3,6}(?P<rest>:/*)(?=[\w-]+\.)", re.IGNORECASE)


def likely_address(text: str) -> str:
    """The web address that a text was meant to be; empty if that is not certain."""
    linked = _IN_MARKDOWN.fullmatch(text.strip())
    bare = linked[1] if linked else text.strip().strip("<>").strip()
    bare = _SCHEME_MISSPELT.sub("https://", _SCHEME_TWICE.sub("", bare).replace(" ", "%20"), count=1)
    return next((near for near in (bare, f"https://{bare}") if web_fault(near) is None), "")


def link_fault(address: str) -> str | None:
    """Why a text may not link to an address, in a few words; None if it may: to the web or to a mailbox."""
    if _PLAIN.fullmatch(address):
        return None
    if not address:
        return "it has no address"
    scheme = scheme_of(address)
    if scheme == "mailto":
        return None
    return web_fault(address) if scheme in SAFE_SCHEMES else f"it leads to `{address[:60]}`"


def to_words(address: str, words: str) -> str:
    """An address that makes browsers scroll to some words of the page and highlight them.

    https://wicg.github.io/scroll-to-text-fragment/ (where hyphens, commas and ampersands have a meaning). A fragment
    that the address has already is kept.
    """
    base, _, fragment = address.partition("#")
    return f"{base}#{fragment.partition(':~:')[0]}:~:text={quote(words, safe='').replace('-', '%2D')}"


def without_tracking(address: str) -> str:
    """The address as it is written into a story: without tracking parameters and fragment.

    All else is kept, since some hosts are sensitive to order and case.
    """
    base, _, query = address.partition("#")[0].partition("?")
    kept = "&".join(pair for pair in query.split("&") if pair and not is_tracking(pair.partition("=")[0]))
    return f"{base}?{kept}" if kept else base


@lru_cache(maxsize=4096)
def canonical(address: str) -> str:
    """The address that identifies a source: two addresses of one page give the same result.

    It ignores the scheme, `www.`, the case of the host, default ports, tracking parameters, the order of parameters, a
    trailing slash and the fragment. For comparing, never for linking.
    """
    if plain := _PLAIN.fullmatch(address):
        return f"https://{_WWW.sub('', plain[1])}{plain[2]}"
    return _taken_apart(address)


def _taken_apart(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
        host, port = _WWW.sub("", (parts.hostname or "").rstrip(".")), parts.port
        netloc = host if port in _DEFAULT_PORTS else f"{host}:{port}"
        kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking(k)]
        path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=-._~")
        return urlunsplit(("https", netloc, path, urlencode(sorted(kept)), ""))
    except ValueError:  # a lone surrogate, which JSON allows, raises one as well
        return address


@lru_cache(maxsize=4096)
def page_key(address: str) -> str:
    """A short key for the page at an address; addresses with the same canonical form have the same key."""
    return sha256(canonical(address).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@lru_cache(maxsize=4096)
def tidy(address: str) -> str:
    """The address without tracking, for linking: everything that a server may look at is kept.

    The host is lowercased and loses its default port (RFC 3986, section 6.2.2 and 6.2.3). Tracking parameters and text
    fragments (`#:~:text=`) are removed. The rest stays as written.
    """
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return address
    scheme = parts.scheme.lower()
    host = parts.netloc.lower().removesuffix(":443" if scheme == "https" else ":80").rstrip(".")
    kept = [pair for pair in parts.query.split("&") if pair and not is_tracking(pair.partition("=")[0])]
    return urlunsplit((scheme, host, parts.path or "/", "&".join(kept), parts.fragment.partition(":~:")[0]))


def tracking_in(address: str) -> tuple[str, ...]:
    """The names of the tracking parameters of an address."""
    query = address.partition("?")[2].partition("#")[0]
    return tuple(name for pair in query.split("&") if is_tracking(name := pair.partition("=")[0])) if query else ()


def is_shortened(address: str) -> bool:
    """Whether an address is a link shortener's, which hides the real address and may shut down."""
    return _SHORTENERS.fullmatch(_WWW.sub("", urlsplit(address).hostname or "")) is not None


def is_shelf(address: str) -> bool:
    """Whether an address is a list of news, where new entries push old ones out."""
    parts = urlsplit(address)
    return not parts.query and _SHELF.fullmatch(parts.path.strip("/")) is not None


def is_made_up(address: str) -> bool:
    """Whether an address is a placeholder that was never filled in: `https://a.example/article-url-here`."""
    parts = urlsplit(address)
    return _WWW.sub("", parts.hostname or "") in _NOBODYS or _MADE_UP.search(parts.path) is not None


def is_home(address: str) -> bool:
    """Whether an address is the front page of a site, whose content changes daily."""
    parts = urlsplit(address)
    path = parts.path.strip("/")
    return not parts.query and (not path or _DIRECTORY.fullmatch(path) is not None)
