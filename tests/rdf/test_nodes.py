"""What an id means: a node of the view, a document of the ledger, or the one that stayed of two."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.rdf.namespaces import BASE, KG, PREFIXES, expand
from kg.rdf.nodes import find_node, is_known, node_of
from kg.rdf.vocab import ENTITIES, LEDGER


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    catl, old, graph = (ox.NamedNode(iri) for iri in (BASE + "company/catl", BASE + "company/old", ENTITIES.value))
    document, claim = (ox.NamedNode(BASE + name) for name in ("document/a", "claim/a/b"))
    store.add(ox.Quad(catl, ox.NamedNode(KG + "note"), ox.Literal("x"), ox.DefaultGraph()))
    store.add(ox.Quad(catl, ox.NamedNode(PREFIXES["dcterms"] + "replaces"), old, graph))
    store.add(ox.Quad(document, ox.NamedNode(KG + "makesClaim"), claim, LEDGER))
    return store


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("company/catl", "company/catl"),
        (BASE + "company/catl", "company/catl"),
        ("company/old", "company/catl"),
        ("document/a", "document/a"),
        ("company/none", None),
        ("CATL", None),
        ("http://example.org/ <x>", None),
        ("urn:x", None),
        ("", None),
    ],
)
def test_an_id_leads_to_its_node(store: ox.Store, name: str, meant: str | None) -> None:
    node = find_node(store, name)
    assert (node.value if node else None) == (expand(meant) if meant else None)


def test_a_text_that_is_no_iri_is_no_node() -> None:
    assert node_of("a b") is None
    assert node_of(BASE + "a") == ox.NamedNode(BASE + "a")


def test_a_node_that_nothing_is_said_of_is_unknown(store: ox.Store) -> None:
    assert not is_known(store, ox.NamedNode(BASE + "company/old"))
