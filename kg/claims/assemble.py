"""From checked cards and the ontology to one store: claims, ledger, accepted view, inferences.

The store is in memory or on disk; what a release adds around it is in `kg.release`.
"""

from __future__ import annotations

from pathlib import Path

from kg.cards.files import Cards
from kg.cards.quads import iterate_quads
from kg.claims.accepted_view import AcceptedView, accept, apply_rules, view_quads
from kg.claims.ranking import read_claims
from kg.claims.rules import read_rules
from kg.ontology.source import ontology_quads, read_context
from kg.ontology.vocabulary import Vocabulary
from kg.rdf import Quad
from kg.rdf.store import Store, facts, fill
from kg.rdf.vocab import LEDGER, kg

__all__ = ["assemble"]


def _drop_absent_rivals(store: Store) -> None:
    """Forget rivals that were left out of the cards by their date."""
    claims = {fact.object for fact in facts(store, None, kg("makesClaim"), None, LEDGER)}
    for fact in list(facts(store, None, kg("rivalOf"), None, LEDGER)):
        if fact.object not in claims:
            store.remove(Quad(*fact.triple, LEDGER))


def assemble(cards: Cards, vocabulary: Vocabulary, ontology: Path, store: Store) -> AcceptedView:
    """Fill a store with everything a release holds. The cards must have passed their checks."""
    fill(store, ontology_quads(ontology))
    fill(store, iterate_quads(cards, vocabulary, read_context(ontology)))
    _drop_absent_rivals(store)
    view = accept(read_claims(store), vocabulary)
    fill(store, view_quads(store, view))
    apply_rules(store, read_rules(ontology / "rules"))
    return view
