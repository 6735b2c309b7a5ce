"""Which format an answer has: by the Accept header, or by a name such as `format=csv`.

Tables of results, and formats of graphs, each by a short name with its media types, the first
being the one that is sent. What the formats contain is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kg.errors import NotAcceptable

__all__ = ["GRAPHS", "RESULTS", "Media", "by_name", "negotiate"]

Media = Mapping[str, tuple[str, ...]]

RESULTS: Media = MappingProxyType(
    {
        "json": ("application/sparql-results+json", "application/json"),
        "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
        "csv": ("text/csv",),
        "tsv": ("text/tab-separated-values",),
    }
)
GRAPHS: Media = MappingProxyType(
    {
        "turtle": ("text/turtle", "application/x-turtle"),
        "nt": ("application/n-triples", "text/plain"),
        "jsonld": ("application/ld+json", "application/json"),
        "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
    }
)
# What clients call the formats in a parameter: SPARQLWrapper, Virtuoso and Jena agree on most of these.
_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "json": ("json", "jsonld"), "xml": ("xml", "rdfxml"), "csv": ("csv", "turtle"), "tsv": ("tsv", "turtle"),
        "turtle": ("json", "turtle"), "ttl": ("json", "turtle"), "n3": ("json", "turtle"),
        "nt": ("json", "nt"), "ntriples": ("json", "nt"), "n-triples": ("json", "nt"),
        "jsonld": ("json", "jsonld"), "json-ld": ("json", "jsonld"),
        "rdf": ("xml", "rdfxml"), "rdfxml": ("xml", "rdfxml"), "rdf+xml": ("xml", "rdfxml"),
    }
)  # fmt: skip


@lru_cache(maxsize=512)
def negotiate(accept: str, offered: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    """Choose among formats (the items of a `Media`) by an Accept header; None when none would be taken.

    Of two that are wanted alike, the one that is named more exactly and then earlier wins.

    >>> negotiate("text/csv;q=0.5, application/xml", tuple(RESULTS.items()))
    'xml'
    >>> negotiate("*/*", tuple(RESULTS.items())), negotiate("image/png", tuple(RESULTS.items()))
    ('json', None)
    """
    ranges = _ranges(accept)
    best: tuple[float, int, int] = (0.0, 0, 0)
    chosen = None
    for name, types in offered:
        wanted = max((_quality(ranges, media) for media in types), default=(0.0, 0, 0))
        if wanted[0] > 0 and wanted > best:
            best, chosen = wanted, name
    return chosen


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Read an Accept header: media ranges with their q-values, in order; a bad q counts as 1."""
    ranges = []
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 1.0
        ranges.append((media.lower(), quality))
    return ranges


def _quality(ranges: list[tuple[str, float]], media: str) -> tuple[float, int, int]:
    """Say how much a type is wanted: by its most exact range; then how exact that is, and how early it stands."""
    found = (-1, 0, 0.0)
    for place, (pattern, quality) in enumerate(ranges):
        exact = 2 if pattern == media else 1 if pattern == media.partition("/")[0] + "/*" else 0
        if (exact or pattern in ("*/*", "*")) and exact > found[0]:
            found = (exact, -place, quality)
    exact, place, quality = found
    return (quality, exact, place) if exact >= 0 else (0.0, 0, 0)


def by_name(name: str) -> tuple[str, str]:
    """Give the formats of tables and of graphs that a `format` parameter means: a name, or a media type.

    >>> by_name("csv"), by_name("text/turtle")
    (('csv', 'turtle'), ('json', 'turtle'))
    """
    wanted = name.strip().lower().replace(" ", "+")
    if wanted in _NAMES:
        return _NAMES[wanted]
    results = next((short for short, types in RESULTS.items() if wanted in types), None)
    graph = next((short for short, types in GRAPHS.items() if wanted in types), None)
    if results is None and graph is None:
        raise NotAcceptable(f"there is no format {name!r}; take one of {', '.join(_NAMES)}")
    return results or "json", graph or "turtle"
