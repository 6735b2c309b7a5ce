"""Dates among the values of claims: which days they cover, and which of them a bound leaves.

"By 2030" is no other date than "June 2029": it says less. A bound that lies ahead of whoever tells it begins with the
day on which it is told, so that "by 2026", told in 2025, leaves no day of 2024.
"""

from __future__ import annotations

import re

from kg.values import Span, parse_edtf

__all__ = ["edtf_of", "is_bound", "leaves", "span_of"]

_EDTF = re.compile(r"ontology#edtf \"([^\"]*)\"")
_OPEN_END = re.compile(r'"\.\./|/\.\."')


def edtf_of(key: str) -> str | None:
    """Give the date of a value that is a date and nothing else, by the key that ranking gives to the value."""
    found = _EDTF.findall(key) if key.count("[") == 1 and "ontology#Date>" in key else []
    return found[0] if found else None


def is_bound(key: str) -> bool:
    """Tell whether a value is only a last or a first day of something, by its key."""
    # Few are, and many are asked.
    edtf = edtf_of(key) if _OPEN_END.search(key) else None
    span = parse_edtf(edtf) if edtf else None
    return span is not None and span.is_bound


def span_of(edtf: str, published: str) -> Span | None:
    """Give the days of a date, those of a bound from the day on which it was told, if that was before it."""
    span, publication = parse_edtf(edtf), parse_edtf(published)
    if span is None or span.has_first or publication is None or publication.latest > span.latest:
        return span
    return Span(publication.latest, span.latest)


def leaves(bound: Span, span: Span) -> bool:
    """Tell whether a date lies among the days that a bound leaves; one that began before may still end among them."""
    return bound.earliest <= span.latest <= bound.latest
