"""How much is held: a shareholder of one percent must not look like a parent, so the share stands with the stake.

That somebody holds shares follows by a rule from shareholdings, and says nothing of how many; the shareholding does.
"""

from __future__ import annotations

from kg.rdf.labels import label
from kg.rdf.store import Store, Triple, facts
from kg.rdf.vocab import VIEW, kg

__all__ = ["stake_of"]

# The rule owned-by makes the first of the other three, and says nothing of how much is held.
_OWNED, _SHAREHOLDING, _SHAREHOLDER, _SHARE = kg("ownedBy"), kg("shareholding"), kg("shareholder"), kg("sharePercent")
_NOT_STATED = {"en": "share not stated", "zh": "未述持股比例"}


def stake_of(store: Store, triple: Triple, language: str = "en") -> str:
    """Give the share in words that a statement of ownership is about; nothing for any other."""
    company, predicate, owner = triple
    if predicate != _OWNED:
        return ""
    shares = {
        label(store, share.object, language)
        for holding in facts(store, company, _SHAREHOLDING, None, VIEW)
        if any(facts(store, holding.object, _SHAREHOLDER, owner, VIEW))
        for share in facts(store, holding.object, _SHARE, None, VIEW)
    }
    return "; ".join(sorted(shares)) or _NOT_STATED.get(language, _NOT_STATED["en"])
