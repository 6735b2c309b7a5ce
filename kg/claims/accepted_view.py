"""The accepted view: which claims plain queries see, and what the rules infer from them.

A claim is one statement: a subject, a property, a value. Among claims on the same subject
and a single-valued property the best value wins (`kg.claims.ranking`); for other properties every
claim counts that is not deprecated. Several claims with the same value count once: the best
stays, the others corroborate it. Value nodes come along with the statement that holds them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.claims.ranking import Decision, RankedClaim, rank_values
from kg.claims.rules import Rule
from kg.ontology.vocabulary import Vocabulary
from kg.rdf import BlankNode, NamedNode, Quad
from kg.rdf.namespaces import KG
from kg.rdf.store import Store, construct, facts
from kg.rdf.vocab import ENTITIES, LEDGER, ONTOLOGY, kg

__all__ = ["AcceptedView", "accept", "apply_rules", "view_quads"]

_MAX_ROUNDS = 50


@dataclass(frozen=True)
class AcceptedView:
    """Which claims are accepted, which corroborate which, and which are outranked by which rule."""

    accepted: tuple[RankedClaim, ...]
    corroborates: tuple[tuple[str, str], ...]
    outranked: tuple[Decision, ...]

    @property
    def ties(self) -> tuple[Decision, ...]:
        """The claims that lost by no rule: an editor has to rank them."""
        return tuple(decision for decision in self.outranked if not decision.rule)


def accept(claims: Iterable[RankedClaim], vocabulary: Vocabulary) -> AcceptedView:
    """Choose the claims of the accepted view."""
    single = {KG + name for name, prop in vocabulary.properties.items() if prop.single_valued}
    groups: dict[tuple[str, str], list[RankedClaim]] = defaultdict(list)
    for claim in claims:
        groups[claim.subject, claim.property].append(claim)
    accepted: list[RankedClaim] = []
    corroborates: list[tuple[str, str]] = []
    outranked: list[Decision] = []
    for (_, name), rivals in sorted(groups.items()):
        values, decisions = rank_values(rivals)
        for value in values[:1] if name in single else values:
            accepted.append(value.best)
            corroborates += [(claim.name, value.best.name) for claim in value.claims[1:]]
        outranked += decisions if name in single else []
    return AcceptedView(tuple(accepted), tuple(sorted(corroborates)), tuple(outranked))


def view_quads(store: Store, view: AcceptedView) -> Iterator[Quad]:
    """Give the quads of the accepted view before rules: entities, ontology, accepted claims; and who corroborates."""
    for graph in (ENTITIES, ONTOLOGY):
        for fact in facts(store, graph=graph):
            yield Quad(*fact.triple)
    for claim in view.accepted:
        for fact in claim.stated:
            yield Quad(*fact.triple)
    for one, other in view.corroborates:
        yield Quad(NamedNode(one), kg("corroborates"), NamedNode(other), LEDGER)
    for decision in view.outranked:
        yield Quad(NamedNode(decision.loser), kg("outrankedBy"), NamedNode(decision.winner), LEDGER)
        yield Quad(NamedNode(decision.loser), kg("rankingRule"), kg(decision.rule or "Tie"), LEDGER)


def apply_rules(store: Store, rules: Iterable[Rule]) -> int:
    """Run the rules on the default graph until nothing new comes; what each infers stands in its own graph too.

    A rule is asked again only where something new could change what it infers. Returns the number of inferred
    triples. A set of rules that does not come to rest is a fault of ours.
    """
    wanted = sorted(rules, key=lambda rule: rule.name)
    rules = list(wanted)
    inferred = 0
    for _ in range(_MAX_ROUNDS):
        fresh = [quad for rule in wanted for quad in _infer(store, rule)]
        if not fresh:
            return inferred
        inferred += len(fresh) // 2
        store.extend(fresh)
        predicates = {quad.predicate.value for quad in fresh}
        wanted = [rule for rule in rules if rule.may_change(predicates)]
    raise RuntimeError(f"the rules did not come to rest in {_MAX_ROUNDS} rounds")


def _infer(store: Store, rule: Rule) -> list[Quad]:
    graph = NamedNode(rule.iri)
    fresh = []
    found = (triple for triple in set(construct(store, rule.text)) if Quad(*triple) not in store)
    for triple in sorted(found, key=str):
        if any(isinstance(term, BlankNode) for term in triple):
            raise RuntimeError(f"the rule {rule.name} makes a blank node")
        fresh += [Quad(*triple), Quad(*triple, graph)]
    return fresh
