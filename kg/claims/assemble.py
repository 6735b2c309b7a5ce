"""From checked cards and the ontology to one store: claims, ledger, accepted view, inferences.

The store is in memory or on disk; what a release adds around it is in `kg.release`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.cards.files import CardFile, Cards, iterate_quads
from kg.cards.yaml_reader import Text
from kg.claims.accepted_view import View, accept, apply_rules, view_quads
from kg.claims.ranking import read_claims
from kg.claims.rules import read_rules
from kg.errors import InputError
from kg.ontology.vocabulary import Vocabulary, module_files, parse_turtle
from kg.rdf.namespaces import KG, LEDGER, ONTOLOGY_GRAPH
from kg.rdf.store import Store, facts, fill
from kg.values import parse_edtf

__all__ = ["assemble", "ontology_quads", "published_by", "read_context"]


def read_context(ontology: Path) -> dict[str, Any]:
    """Read the JSON-LD context of the cards."""
    path = ontology / "context.jsonld"
    try:
        context: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: the context cannot be read ({error}); run python -m kg.ontology.context") from error
    return context


def ontology_quads(ontology: Path) -> Iterator[ox.Quad]:
    """Give the ontology's modules and alignments as quads of the ontology graph."""
    graph = ox.NamedNode(ONTOLOGY_GRAPH)
    for path in [*module_files(ontology), *sorted((ontology / "alignments").glob("*.ttl"))]:
        for quad in parse_turtle(path):
            # A release has no blank nodes: a query's own BNODE() could match them.
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                raise InputError(f"{path.name}: a blank node is used; give the node an IRI")
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def published_by(cards: Cards, day: datetime.date) -> tuple[Cards, list[str]]:
    """Keep the documents published by a day, and name those left out; an undated one may be later, so it is out."""
    kept: list[CardFile] = []
    left_out: list[str] = []
    for card in cards.documents:
        published = card.tree.get(Text("published"))
        span = parse_edtf(published) if isinstance(published, Text) else None
        if span is not None and span.latest <= day:
            kept.append(card)
        else:
            left_out.append(card.slug)
    return replace(cards, documents=kept), left_out


def _drop_absent_rivals(store: Store) -> None:
    """Forget rivals that were left out of the cards by their date."""
    ledger = ox.NamedNode(LEDGER)
    claims = {fact.object for fact in facts(store, None, ox.NamedNode(KG + "makesClaim"), None, ledger)}
    for fact in list(facts(store, None, ox.NamedNode(KG + "rivalOf"), None, ledger)):
        if fact.object not in claims:
            store.remove(ox.Quad(*fact.triple, ledger))


def assemble(cards: Cards, vocabulary: Vocabulary, ontology: Path, store: Store) -> View:
    """Fill a store with everything a release holds. The cards must have passed their checks."""
    fill(store, ontology_quads(ontology))
    fill(store, iterate_quads(cards, vocabulary, read_context(ontology)))
    _drop_absent_rivals(store)
    view = accept(read_claims(store), vocabulary)
    fill(store, view_quads(store, view))
    apply_rules(store, read_rules(ontology / "rules"))
    return view
