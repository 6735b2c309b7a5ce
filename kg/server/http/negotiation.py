"""Which format an answer has: by the Accept header, or by a name such as `format=csv`.

Tables of results, and formats of graphs, each by a short name with its media types as `kg.formats` has them, the
first being the one that is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from kg import formats
from kg.errors import NotAcceptable
from kg.formats import media_types

__all__ = [
    "GRAPHS",
    "MOST_CHARACTERS",
    "RESULTS",
    "Media",
    "by_name",
    "choices_kept",
    "first_by_name",
    "first_entries",
    "negotiate",
]

Media = Mapping[str, tuple[str, ...]]

RESULTS: Media = MappingProxyType(dict(media_types(formats.RESULTS)))
GRAPHS: Media = MappingProxyType(dict(media_types(formats.GRAPHS)))
MOST_CHARACTERS = 2048
MOST_ENTRIES = 64
"""How much of a header that is a list is read; browsers send some 150 characters, clients of RDF up to 900."""

CHOICES = 256
"""How many choices are kept, each with as much of its header as is read."""

_OTHER_GRAPH = {"xml": "rdfxml", "json": "jsonld"}


def _of_name(name: str) -> tuple[str, str] | None:
    """Give the formats of tables and of graphs that a name means; of the other sort the nearest of kin."""
    table = next((key for key, one in formats.RESULTS.items() if name in one.names), None)
    graph = next((key for key, one in formats.GRAPHS.items() if name in one.names), None)
    if table is None and graph is None:
        return None
    graph = graph or _OTHER_GRAPH.get(table or "", next(iter(formats.GRAPHS)))
    table = table or next((key for key, other in _OTHER_GRAPH.items() if other == graph), None)
    return table or next(iter(formats.RESULTS)), graph


def first_entries(text: str) -> str:
    """Give what is read of a header that is a list: its first entries, whole, as far as they fit the bounds.

    >>> first_entries("text/csv, */*"), len(first_entries("a/b," * 10_000).split(","))
    ('text/csv, */*', 64)
    """
    cut = text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS].rpartition(",")[0]
    return ",".join(cut.split(",", MOST_ENTRIES)[:MOST_ENTRIES])


def negotiate(accept: str, offered: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    """Choose among formats (the items of a `Media`) by an Accept header; None when none would be taken.

    Of two that are wanted alike, the one that is named more exactly and then earlier wins.

    >>> negotiate("text/csv;q=0.5, application/xml", tuple(RESULTS.items()))
    'xml'
    >>> negotiate("*/*", tuple(RESULTS.items())), negotiate("image/png", tuple(RESULTS.items()))
    ('json', None)
    """
    return _choose(first_entries(accept), offered)


@lru_cache(maxsize=CHOICES)
def _choose(accept: str, offered: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    ranges = _ranges(accept)
    best: tuple[float, int, int] = (0.0, 0, 0)
    chosen = None
    for name, types in offered:
        wanted = max((_quality(ranges, media) for media in types), default=(0.0, 0, 0))
        if wanted[0] > 0 and wanted > best:
            best, chosen = wanted, name
    return chosen


def choices_kept() -> Any:
    """Tell how many choices are kept, and how often one was of use."""
    return _choose.cache_info()


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Read an Accept header: media ranges with their q-values, in order; a bad q counts as 1."""
    ranges = []
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";", MOST_ENTRIES))
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
    if meant := _of_name(wanted):
        return meant
    results = next((short for short, types in RESULTS.items() if wanted in types), None)
    graph = next((short for short, types in GRAPHS.items() if wanted in types), None)
    if results is None and graph is None:
        known = [*formats.RESULTS.values(), *formats.GRAPHS.values()]
        names = ", ".join(dict.fromkeys(name for one in known for name in one.names))
        raise NotAcceptable(f"there is no format {name!r}; take one of {names}")
    return results or next(iter(RESULTS)), graph or next(iter(GRAPHS))


def first_by_name(names: Sequence[str]) -> tuple[str, str]:
    """Give the formats that the first name means which means any: a client may name one in several ways.

    >>> first_by_name(["docx", "tsv", "csv"])
    ('tsv', 'turtle')
    """
    for name in names:
        try:
            return by_name(name)
        except NotAcceptable:
            if name == names[-1]:
                raise
    raise NotAcceptable("no format is named")
