"""The ontology as people read it."""

from __future__ import annotations

from kg.graph import Graph
from kg.ontology.glossary import read_glossary


def test_every_term_stands_in_its_module_with_words_and_an_example(graph: Graph) -> None:
    modules = {module.name: module for module in read_glossary(graph.release.store)}
    assert {"actors", "places", "claims", "supply-chain"} <= set(modules)
    assert "elsewhere" not in modules
    for module in modules.values():
        assert set(module.titles) == {"en", "zh"}
        for term in module.terms:
            assert set(term.labels) == {"en", "zh"}, term.name
            assert set(term.definitions) == {"en", "zh"} or term.sort == "scheme", term.name


def test_terms_know_their_sort_and_their_ties(graph: Graph) -> None:
    terms = {term.name: term for module in read_glossary(graph.release.store) for term in module.terms}
    assert (terms["Phase"].sort, terms["phaseOf"].sort, terms["Operating"].sort) == ("class", "property", "concept")
    assert "Phase" in terms["phaseOf"].domain
    assert "Place" in terms["AdministrativeArea"].above
    assert terms["Operating"].kinds == ("Status",)


def test_what_one_starts_with_comes_first_among_its_like(graph: Graph) -> None:
    for module in read_glossary(graph.release.store):
        tiers = [term.tier for term in module.terms if term.sort == "class"]
        assert tiers == sorted(tiers)
