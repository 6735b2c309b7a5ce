"""What a release says of an address that is no id: a module of the ontology, an alignment, a unit, a rule, a graph.

The data and the ontology use these addresses, so each must answer when somebody follows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.claims.rules import Rule
from kg.errors import NotFound
from kg.rdf import Literal, NamedNode
from kg.rdf.namespaces import ROOT, RULE
from kg.rdf.nodes import node_of
from kg.rdf.store import Fact, Store, facts
from kg.rdf.vocab import (
    ACCEPTED,
    DCTERMS_REFERENCES,
    ENTITIES,
    LEDGER,
    ONTOLOGY,
    OWL_VERSION_IRI,
    RDF_TYPE,
    RDFS_COMMENT,
    RDFS_IS_DEFINED_BY,
    RDFS_LABEL,
    SD_GRAPH,
    SH_CONSTRUCT,
    SH_SPARQL_RULE,
    VIEW,
)

__all__ = ["describe_term", "find_term"]

_ALIGNMENTS = ROOT + "ontology/alignments/"
_GRAPHS = {
    LEDGER: ("Ledger: who says what, where, in which mode and rank", "账本：何者于何处以何种语气与等级陈述何事"),
    ENTITIES: ("Names and ids, which editors give", "由编者给出的名称与标识"),
    ONTOLOGY: ("The ontology with its alignments", "本体及其对齐"),
    ACCEPTED: (
        "The accepted view, which is the default graph: the best-ranked claims and what rules infer",
        "采信视图，即默认图：等级最优的主张与规则所推",
    ),
}


def find_term(store: Store, path: str) -> NamedNode:
    """Give the node that an address below the root means; the address of a version leads to its module.

    NotFound for one that neither the ontology nor the data use.
    """
    node = node_of(ROOT + path)
    if node is None:
        raise NotFound(f"address below {path.partition('/')[0]}/", path, ())
    versions = [fact.subject for fact in facts(store, None, OWL_VERSION_IRI, node, ONTOLOGY)]
    return versions[0] if versions and isinstance(versions[0], NamedNode) else node


def describe_term(store: Store, rules: Mapping[str, Rule], node: NamedNode) -> list[Fact]:
    """Give what there is to say about such a node, in order; NotFound when it is nothing."""
    if node.value.startswith(RULE):
        found = list(_rule(rules, node))
    elif node in _GRAPHS:
        found = list(_graph(node))
    elif node.value.startswith(_ALIGNMENTS):
        found = list(_alignment(store, node))
    else:
        found = list(_module(store, node))
    if not found:
        kind = node.value.removeprefix(ROOT).partition("/")[0]
        raise NotFound(f"address below {kind}/", node.value.removeprefix(ROOT), ())
    return sorted(dict.fromkeys(found), key=str)


def _module(store: Store, node: NamedNode) -> Iterator[Fact]:
    """Give a module's header with all terms it defines, or what is said of a unit."""
    for fact in facts(store, node, graph=ONTOLOGY):
        yield fact._replace(graph=VIEW)
    for term in facts(store, None, RDFS_IS_DEFINED_BY, node, ONTOLOGY):
        for fact in facts(store, term.subject, graph=ONTOLOGY):
            yield fact._replace(graph=VIEW)


def _alignment(store: Store, node: NamedNode) -> Iterator[Fact]:
    """Give an alignment's header, and the mappings of our terms to what it refers to."""
    header = list(facts(store, node, graph=ONTOLOGY))
    yield from (fact._replace(graph=VIEW) for fact in header)
    targets = tuple(fact.object.value for fact in header if fact.predicate == DCTERMS_REFERENCES)
    if targets:
        for fact in facts(store, graph=ONTOLOGY):
            mapped = isinstance(fact.object, NamedNode) and fact.object.value.startswith(targets)
            if mapped and fact.subject.value.startswith(ROOT) and fact.subject != node:
                yield fact._replace(graph=VIEW)


def _rule(rules: Mapping[str, Rule], node: NamedNode) -> Iterator[Fact]:
    """Give a rule's title, reason and query."""
    rule = rules.get(node.value.removeprefix(RULE))
    if rule is not None:
        yield Fact(node, RDF_TYPE, SH_SPARQL_RULE, VIEW)
        wordings = {"en": (rule.title, rule.reason), "zh": (rule.title_zh, rule.reason_zh)}
        for language, (title, reason) in wordings.items():
            yield Fact(node, RDFS_LABEL, Literal(title, language=language), VIEW)
            yield Fact(node, RDFS_COMMENT, Literal(reason, language=language), VIEW)
        yield Fact(node, SH_CONSTRUCT, Literal(rule.text), VIEW)


def _graph(node: NamedNode) -> Iterator[Fact]:
    """Give what a graph of the release is for."""
    english, chinese = _GRAPHS[node]
    yield Fact(node, RDF_TYPE, SD_GRAPH, VIEW)
    yield Fact(node, RDFS_LABEL, Literal(english, language="en"), VIEW)
    yield Fact(node, RDFS_LABEL, Literal(chinese, language="zh"), VIEW)
