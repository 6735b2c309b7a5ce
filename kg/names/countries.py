"""Countries by what tables call them: codes of two and three letters, everyday and official names, in English.

What they are called in Chinese stands with the countries of the graph.
"""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countryguess import CountryData

__all__ = ["country_code"]

_LONGEST = 100
_LETTERS = re.compile(r"[^\W\d_][\w .,'’()&/-]*")


def country_code(text: str) -> str | None:
    """Give the code of two letters (ISO 3166-1) of the country that a text names, or None.

    >>> [country_code(text) for text in ("PRC", "U.S.A.", "Korea", "UK", "Mainland China", "deu", "Atlantis", "中国")]
    ['CN', 'US', 'KR', 'GB', 'CN', 'DE', None, None]
    """
    text = text.strip()
    return _guess(text) if len(text) <= _LONGEST and text.isascii() and _LETTERS.fullmatch(text) else None


@cache
def _guess(text: str) -> str | None:
    found = _countries().get(text)
    return str(found["iso2"]) if found else None


@cache
def _countries() -> CountryData:
    """Read the library's table, which it leaves open behind it."""
    from countryguess import CountryData

    table = CountryData()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        table.get("CN")
    return table
