"""The accepted view: which claims plain queries see, and what the rules infer from them.

A claim is one statement: a subject, a property, a value. Among claims on the same subject
and a single-valued property the best rank wins; for other properties every claim counts
that is not deprecated. Several claims with the same value count once: the first stays,
the others corroborate it. Value nodes come along with the statement that holds them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rules import Rule
from kg.store import Fact, Node, Store, construct, facts
from kg.terms import ENTITIES, KG, LEDGER, ONTOLOGY_GRAPH, PREFIXES
from kg.vocabulary import Vocabulary

__all__ = ["Claim", "View", "accept", "apply_rules", "read_claims"]

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_RANKS = {"Preferred": 0, "Normal": 1, "Deprecated": 2}
# From the best source to the weakest; a weak one never stands for the view where a better one says the same.
GRADES = ("Primary", "Press", "Translation", "Aggregator", "MachineSummary", "Mirror", "Editorial")
# How a value is printed does not make it another value.
_INCIDENTAL = frozenset({KG + "verbatim", KG + "note", KG + "value", KG + "unit"})
_MAX_ROUNDS = 50


@dataclass(frozen=True)
class Claim:
    """A claim as the view needs it: what it states, its standing, and the facts of its graph."""

    name: str
    subject: str
    property: str
    value: str
    rank: int
    grade: int
    stated: tuple[Fact, ...]


@dataclass(frozen=True)
class View:
    """Which claims are accepted, which corroborate which, and where equally ranked rivals disagree."""

    accepted: tuple[Claim, ...]
    corroborates: tuple[tuple[str, str], ...]
    ties: tuple[tuple[str, ...], ...]


def read_claims(store: Store) -> list[Claim]:
    """Gather the claims of a store that holds claim graphs and the ledger, sorted by name."""
    ledger = ox.NamedNode(LEDGER)
    grades = {
        made.object.value: _local(grade.object)
        for made in facts(store, None, ox.NamedNode(KG + "makesClaim"), None, ledger)
        for grade in facts(store, made.subject, ox.NamedNode(KG + "sourceGrade"), None, ledger)
    }
    claims = []
    for ranked in facts(store, None, ox.NamedNode(KG + "rank"), None, ledger):
        name = ranked.subject.value
        stated = tuple(sorted(facts(store, graph=ranked.subject), key=str))
        root = next((fact for fact in stated if not _is_part(fact.subject, name)), None)
        if root is not None:
            rank, grade = _RANKS[_local(ranked.object)], GRADES.index(grades[name])
            value = _key(root.object, stated, name)
            claims.append(Claim(name, root.subject.value, root.predicate.value, value, rank, grade, stated))
    return sorted(claims, key=lambda claim: claim.name)


def _local(term: Node) -> str:
    return term.value.removeprefix(KG)


def _is_part(node: object, claim: str) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(claim + "#")


def _key(node: Node, stated: tuple[Fact, ...], claim: str) -> str:
    """Write a value so that two claims of the same value write it alike: no ids, no wording."""
    if not _is_part(node, claim):
        return str(node)
    parts = sorted(
        f"{fact.predicate.value} {_key(fact.object, stated, claim)}"
        for fact in stated
        if fact.subject == node and fact.predicate.value not in _INCIDENTAL
    )
    return f"[{'; '.join(parts)}]"


def accept(claims: Iterable[Claim], vocabulary: Vocabulary) -> View:
    """Choose the claims of the accepted view."""
    single = {KG + name for name, prop in vocabulary.properties.items() if prop.single_valued}
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.subject, claim.property].append(claim)
    accepted: list[Claim] = []
    corroborates: list[tuple[str, str]] = []
    ties: list[tuple[str, ...]] = []
    for (_, name), rivals in sorted(groups.items()):
        standing = [claim for claim in rivals if claim.rank < _RANKS["Deprecated"]]
        chosen = _first_of_each_value(standing, corroborates, best_only=name in single)
        if name in single and len(chosen) > 1:
            ties.append(tuple(claim.name for claim in chosen))
        accepted.extend(chosen)
    return View(tuple(accepted), tuple(sorted(corroborates)), tuple(ties))


def _first_of_each_value(claims: list[Claim], corroborates: list[tuple[str, str]], *, best_only: bool) -> list[Claim]:
    """Choose one claim for each value; of equal values the best ranked and graded, which the others corroborate."""
    chosen: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: (claim.rank, claim.grade, claim.name)):
        if claim.value in chosen:
            corroborates.append((claim.name, chosen[claim.value].name))
        elif not best_only or not chosen or claim.rank == next(iter(chosen.values())).rank:
            chosen[claim.value] = claim
    return list(chosen.values())


def view_quads(store: Store, view: View) -> Iterator[ox.Quad]:
    """Give the quads of the accepted view before rules: entities, ontology, accepted claims; and who corroborates."""
    for graph in (ENTITIES, ONTOLOGY_GRAPH):
        for fact in facts(store, graph=ox.NamedNode(graph)):
            yield ox.Quad(*fact.triple)
    for claim in view.accepted:
        for fact in claim.stated:
            yield ox.Quad(*fact.triple)
    for one, other in view.corroborates:
        yield ox.Quad(ox.NamedNode(one), ox.NamedNode(KG + "corroborates"), ox.NamedNode(other), ox.NamedNode(LEDGER))


def apply_rules(store: Store, rules: Iterable[Rule]) -> int:
    """Run the rules on the default graph until nothing new comes; what each infers stands in its own graph too.

    Returns the number of inferred triples. A set of rules that does not come to rest is a fault of ours.
    """
    rules = sorted(rules, key=lambda rule: rule.name)
    inferred = 0
    for _ in range(_MAX_ROUNDS):
        fresh = [quad for rule in rules for quad in _infer(store, rule)]
        if not fresh:
            return inferred
        inferred += len(fresh) // 2
        store.extend(fresh)
    raise RuntimeError(f"the rules did not come to rest in {_MAX_ROUNDS} rounds")


def _infer(store: Store, rule: Rule) -> list[ox.Quad]:
    graph = ox.NamedNode(rule.iri)
    fresh = []
    for triple in sorted(set(construct(store, rule.text)), key=str):
        if any(isinstance(term, ox.BlankNode) for term in triple):
            raise RuntimeError(f"the rule {rule.name} makes a blank node")
        if ox.Quad(*triple) not in store:
            fresh += [ox.Quad(*triple), ox.Quad(*triple, graph)]
    return fresh
