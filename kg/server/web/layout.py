"""What every page shares: its language, its addresses, its head and its policy.

Pages are Jinja templates, escaped throughout, without scripts, and load nothing but their own style sheet. What the
data says is text and never markup; an address in it becomes a link only if it is one of http or https. Links within
the site are paths, so that the same pages serve under any name; ids keep their canonical IRIs in the data.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jinja2
from fastapi import Request, Response
from markupsafe import Markup

from kg import __version__, formats
from kg.errors import UsageError
from kg.localization import name_column, translate
from kg.operations.analysis import VIEWS
from kg.rdf.namespaces import is_slug_path
from kg.release.metadata import LICENCE_URL
from kg.server.http.negotiation import first_entries
from kg.server.web.messages import LANGUAGES, words_in

__all__ = ["HTML", "POLICY", "SVG_POLICY", "Page", "languages_of", "make_page", "render", "tag_of"]

HTML = formats.HTML.media_type
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What a picture may do as a file of its own: be styled by itself."""

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SECTIONS = (
    ("/questions", "questions"), ("/coverage", "coverage"), ("/conflicts", "conflicts"), ("/ontology", "ontology"),
    ("/query", "query"),
)  # fmt: skip
_UNSAFE = re.compile(r"[\s\"'<>\\\x00-\x1f]")
_TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("kg.server.web"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals["licence_url"] = LICENCE_URL


@dataclass(frozen=True)
class Page:
    """Where a page is, in which language, and how it links. `root` is the path under which the server is mounted."""

    root: str
    path: str
    query: Mapping[str, str]
    language: str
    kept_language: bool
    release: str

    sections = _SECTIONS
    languages = LANGUAGES
    pictures = VIEWS
    alternates: Mapping[str, str] = field(default_factory=dict)
    format_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def html_language(self) -> str:
        """The language as HTML names it."""
        return {"zh": "zh-Hans"}.get(self.language, self.language)

    def address(self, path: str, **query: Any) -> str:
        """Give the address of a path as it stands."""
        pairs = {name: value for name, value in query.items() if value not in ("", None)}
        return self.root + quote(path, safe="/:@#") + (f"?{urlencode(pairs)}" if pairs else "")

    def link(self, path: str, **query: Any) -> str:
        """Give the address of a page, which keeps a language that was chosen."""
        return self.address(path, **query, **({"language": self.language} if self.kept_language else {}))

    def static(self, name: str) -> str:
        """Give the address of a file of ours; it changes with every version."""
        return self.address(f"/static/{name}", v=__version__)

    def in_language(self, language: str) -> str:
        """Give the address of this page in another language."""
        return self.address(self.path, **{**self.query, "language": language})

    def data(self, path: str, query: Mapping[str, str], **more: str) -> str:
        """Give the address of what a page shows as data."""
        return self.address(path, **{**query, **more})

    def is_id(self, value: Any) -> bool:
        """Tell whether a cell is an id of ours."""
        return isinstance(value, str) and (is_slug_path(value) or _is_term(value))

    def href(self, short: str | None) -> str | None:
        """Give the address of what a short id or an IRI names; None for what has no page and no web address.

        >>> page = Page("", "/", {}, "en", False, "r")
        >>> page.href("company/catl"), page.href("kg:product"), page.href("javascript:alert(1)")
        ('/id/company/catl', '/ontology#product', None)
        """
        if not short:
            return None
        if is_slug_path(short):
            return self.link(f"/id/{short}")
        if _is_term(short):
            local = short.removeprefix("kg:")
            return self.link("/ontology") + f"#{local}" if local[0].islower() else self.link(f"/concept/{local}")
        return short if _is_web_address(short) else None

    def head(self, column: str) -> str:
        """Give the head of a column, or the name of a parameter, as people read it."""
        return name_column(column, self.language)

    def words(self, texts: Iterable[str]) -> str:
        """Give words of ours in the language of the page."""
        return ", ".join(translate(text, self.language) for text in texts)

    def term(self, short: str) -> str:
        """Give the address of a term's entry in the ontology."""
        return self.link("/ontology") + "#" + quote(short.removeprefix("kg:"))

    def is_day(self, value: object) -> bool:
        """Tell whether a text is a day or a month, which a line must not be broken in.

        >>> [Page("", "/", {}, "en", False, "r").is_day(text) for text in ("2025-03-15", "2025-03", "a-b")]
        [True, True, False]
        """
        return isinstance(value, str) and _DAY.fullmatch(value) is not None

    def figure(self, value: float) -> str:
        """Write a number with thin spaces between thousands; of a fraction that does not end four digits.

        >>> page = Page("", "/", {}, "en", False, "r")
        >>> page.figure(12293), page.figure(0.5), page.figure(53.3333333333)
        ('12\u202f293', '0.5', '53.3333')
        """
        shown = round(value, _SHOWN_FRACTION) if isinstance(value, float) and abs(value) >= 1 else value
        return f"{shown:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")
_SHOWN_FRACTION = 4


def _is_term(text: str) -> bool:
    local = text.removeprefix("kg:")
    return local != text and local.isascii() and local.isalnum()


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https") and bool(parts.netloc) and not any(sign in text for sign in " \t\r\n\"'<>\\")
    )


def languages_of(accept: str) -> list[str]:
    """Order the languages of the pages by an Accept-Language header, English first where it says nothing.

    >>> languages_of("fr, zh-CN;q=0.8, en;q=0.5"), languages_of("")
    (['zh', 'en'], ['en', 'zh'])
    """
    wanted: dict[str, float] = {}
    for part in first_entries(accept).split(","):
        name, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            weight = 1.0
        code = name.partition("-")[0].lower()
        wanted[code] = max(weight, wanted.get(code, 0.0))
    return sorted(LANGUAGES, key=lambda code: -wanted.get(code, 0.0))


def make_page(request: Request) -> Page:
    """Read off a request which page it is. UsageError for a language that there is not."""
    # A field of a form that was left empty says nothing.
    chosen = request.query_params.get("language") or None
    if chosen is not None and chosen not in LANGUAGES:
        raise UsageError(f"there is no language {chosen!r}; take {' or '.join(LANGUAGES)}")
    root = str(request.scope.get("root_path", ""))
    return Page(
        root=root,
        path=request.url.path.removeprefix(root),
        query=dict(request.query_params),
        language=chosen or languages_of(request.headers.get("accept-language", ""))[0],
        kept_language=chosen is not None,
        release=request.app.state.serving.release_id,
    )


def tag_of(page: Page, form: str = "html") -> str:
    """Give the weak ETag of what a release alone decides."""
    return f'W/"{page.release}.{__version__}.{form}.{page.language}"'


def _policy(picture: str) -> str:
    """Give the policy of a page; the style of a picture of ours within it is allowed by its sum."""
    sums = (base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in _STYLE.findall(picture))
    return POLICY.replace("style-src 'self'", " ".join(["style-src 'self'", *(f"'sha256-{each}'" for each in sums)]))


def render(page: Page, template: str, status: int = 200, **context: Any) -> Response:
    """Fill a template. What is held as `picture` is SVG that `kg.draw` wrote and escaped, and is put in as it is."""
    drawn = str(context.get("picture") or "")
    context["picture"] = Markup(drawn)  # noqa: S704 - written by our own writer of XML
    text = _TEMPLATES.get_template(template).render(page=page, t=words_in(page.language), **context)
    headers = {
        "content-security-policy": _policy(drawn),
        "content-language": page.html_language,
        "vary": "Accept, Accept-Language",
        "cache-control": "no-cache" if status == 200 else "no-store",
    }
    if status == 200:
        headers["etag"] = tag_of(page)
    return Response(text, status, headers, f"{HTML}; charset=utf-8")
