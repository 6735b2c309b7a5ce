"""The data cards: YAML files with places of each value, their quads, the texts they cite, and findings about them.

Whether a card is right is asked in `kg.checks`; which claim wins, in `kg.claims`. Only who builds or checks loads YAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.cards.files import Cards, read_cards
    from kg.cards.findings import Finding
    from kg.cards.quads import iterate_quads
    from kg.cards.texts import Texts, cite
    from kg.cards.withdrawn import read_withdrawn

__all__ = [
    "Cards",
    "Finding",
    "Texts",
    "cite",
    "iterate_quads",
    "read_cards",
    "read_withdrawn",
]

__getattr__ = load_from(
    __name__,
    files="Cards read_cards",
    findings="Finding",
    quads="iterate_quads",
    texts="Texts cite",
    withdrawn="read_withdrawn",
)
