"""The address of a document, so that a browser opens it at the words that carry a claim.

Source of the form: URL Fragment Text Directives, Draft Community Group Report of the WICG
(https://wicg.github.io/scroll-to-text-fragment/).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

__all__ = ["link_to_words"]


def link_to_words(url: str, passages: Iterable[str]) -> str:
    """Give an address with the directive that marks the passages; without any, the address as it is.

    Hyphens, commas and ampersands part the directive's fields, so that those in the words are encoded.

    >>> link_to_words("https://example.org/a", ["up to USD 422.3 million", "Stellantis-CATL"])
    'https://example.org/a#:~:text=up%20to%20USD%20422.3%20million&text=Stellantis%2DCATL'
    >>> link_to_words("https://example.org/a#part", ["800余亩"])
    'https://example.org/a#part:~:text=800%E4%BD%99%E4%BA%A9'
    """
    texts = [f"text={quote(passage, safe='').replace('-', '%2D')}" for passage in passages]
    if not texts:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:{'&'.join(texts)}"
