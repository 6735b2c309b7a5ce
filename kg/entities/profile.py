"""An id as its page shows it: words in one language, facts in groups, each with the claims behind it.

What a page needs is gathered here in one go and is plain values, so that a page is a template and nothing more.
Lists are cut to what a person reads; the whole of a property is a page of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from kg.claims.grades import Scale, read_scales
from kg.entities.neighbours import Step, steps_of
from kg.entities.stakes import stake_of
from kg.provenance.provenance import Provenance
from kg.rdf import NamedNode
from kg.rdf.labels import compact, kinds_of_node, label, wording
from kg.rdf.namespaces import BASE, KG, PREFIXES, RULE, expand, shorten
from kg.rdf.store import Fact, Node, Store, Triple, facts, graphs_with, text_of, value_of
from kg.rdf.vocab import LEDGER, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, SKOS_DEFINITION, SKOS_NOTATION, VIEW, kg

__all__ = ["FEW", "name_record", "read_profile"]

FEW = 8
"""Values of a property that a page shows before one asks for all."""

MANY = 500
"""Values that the page of one property shows."""

_CLAIMS_SHOWN = 5
_MEASURES_SHOWN = 8
_LABEL, _ALIAS, _NOTATION = RDFS_LABEL.value, SKOS_ALT_LABEL.value, SKOS_NOTATION.value
_TYPE = RDF_TYPE.value
_NOTE = KG + "note"
_DEFINITION = SKOS_DEFINITION.value
# They head the page, or say what the page is of.
_HEADING = frozenset({_LABEL, _ALIAS, _NOTATION, _TYPE, _NOTE, _DEFINITION})
_MATCHES = frozenset(PREFIXES["skos"] + name for name in ("exactMatch", "closeMatch", "relatedMatch"))
_TIER, _INVERSE_LABEL = kg("tier"), kg("inverseLabel")
_MEASURE = kg("measure")
_TIERS = {KG + "StartingPoint": 0, KG + "Expanded": 1, KG + "Qualified": 2}

Plain = dict[str, Any]


def read_profile(provenance: Provenance, node: NamedNode, language: str, property_name: str | None = None) -> Plain:
    """Give an entity's page; of one property alone, with all its values, where one is named."""
    store = provenance.store
    out = sorted(facts(store, node, graph=VIEW), key=str)
    painter = _ProfileWriter(provenance, language, MANY if property_name else FEW)
    about: dict[str, list[Node]] = {}
    for fact in out:
        about.setdefault(fact.predicate.value, []).append(fact.object)
    names = dict(text_of(name) for name in about.get(_LABEL, ()))
    own = [fact for fact in out if fact.predicate.value not in _HEADING | _MATCHES]
    steps = steps_of(store, node)
    wanted = [*painter.own(own, steps), *painter.pointing(step for step in steps if step.incoming)]
    return {
        "id": shorten(node.value),
        "iri": node.value,
        "name": names.get(language) or label(store, node, language),
        "names": names,
        "kinds": [painter.reference(kind) for kind in kinds_of_node(store, node) if kind.value.startswith(KG)],
        "aliases": sorted(compact(alias) for alias in about.get(_ALIAS, ())),
        "identifiers": sorted(compact(code) for code in about.get(_NOTATION, ())),
        "notes": _in_language(about.get(_NOTE, ()), language) + _in_language(about.get(_DEFINITION, ()), language),
        "matches": [fact.object.value for fact in out if fact.predicate.value in _MATCHES],
        "groups": [group for group in wanted if property_name in (None, group["property"]["id"].removeprefix("kg:"))],
        "statements": len(own),
        "neighbours": len({step.neighbour for step in steps}),
    }


def _in_language(texts: Iterable[Node], language: str) -> list[str]:
    pairs = sorted(text_of(text) for text in texts)
    return [text for spoken, text in pairs if spoken == language] or [text for _, text in pairs]


def name_record(provenance: Provenance, record: Plain, language: str) -> Plain:
    """Put the words of a language beside the terms in the record of a claim."""
    store = provenance.store
    named = {
        f"{name}_name": label(store, kg(record[name]), language) for name in ("grade", "mode", "rank", "strength")
        if record[name]
    }  # fmt: skip
    rules = facts(store, NamedNode(expand(record["id"])), kg("rankingRule"), graph=LEDGER)
    return record | named | {"ranking_rule": next((label(store, one.object, language) for one in rules), None)}


def _linked(words: str, things: Iterable[Plain]) -> list[Plain]:
    """Cut the words of a value at the names of the things in it, so that the name itself is the link.

    >>> _linked("first base, the north of China", [{"id": "place/north-china", "name": "the north of China"}])
    [{'id': None, 'name': 'first base, '}, {'id': 'place/north-china', 'name': 'the north of China'}]
    """
    pieces: list[Plain] = [{"id": None, "name": words}]
    for thing in things:
        for at, piece in enumerate(pieces):
            before, name, after = piece["name"].partition(thing["name"])
            if piece["id"] is None and name:
                parts = ({"id": None, "name": before}, thing, {"id": None, "name": after})
                pieces[at : at + 1] = [part for part in parts if part["name"]]
                break
    return pieces if len(pieces) > 1 else []


def _without(name: str, words: str) -> str:
    """Leave a name out of words that are told in a row.

    >>> _without("CATL", "CATL, investor party"), _without("CATL", "51%, CATL"), _without("CATL", "CATL")
    ('investor party', '51%', '')
    """
    if words == name:
        return ""
    return words.removeprefix(f"{name}, ").removesuffix(f", {name}")


class _ProfileWriter:
    """Writes facts in a language, so many of a group."""

    def __init__(self, provenance: Provenance, language: str, most: int) -> None:
        self.provenance = provenance
        self.store: Store = provenance.store
        self.language = language
        self.most = most

    @cached_property
    def _modes(self) -> Scale:
        return read_scales(self.store).modes

    def own(self, found: Iterable[Fact], steps: Iterable[Step]) -> list[Plain]:
        """Group an entity's own statements by property, those that one starts with first."""
        inner: dict[Triple, list[NamedNode]] = {}
        for step in steps:
            if not step.incoming and len(step.triples) > 1:
                inner.setdefault(step.triples[0], []).append(step.neighbour)
        found = self._without_repeats(list(found)) if self.most == FEW else found
        groups: dict[NamedNode, list[Fact]] = {}
        for fact in found:
            groups.setdefault(fact.predicate, []).append(fact)
        written: list[Plain] = []
        for predicate, group in sorted(groups.items(), key=lambda entry: self._place(entry[0])):
            for measure, part in self._by_measure(group):
                values = [self._statement(fact, inner) for fact in part[: self.most]]
                written.append({**self._group(predicate, False, len(part), values), "measure": measure})
        return written

    def _without_repeats(self, found: list[Fact]) -> list[Fact]:
        """Leave out what a rule alone says where somebody states as much of the same thing by another property.

        A site that performs a stage works in it, and what is located in a district lies within it.
        """
        inferred = {fact for fact in found if self._is_inferred(fact.triple)}
        stated = {fact.object for fact in found if fact not in inferred}
        return [fact for fact in found if fact not in inferred or fact.object not in stated]

    def _is_inferred(self, triple: Triple) -> bool:
        """Tell whether a rule says so, and no claim does."""
        graphs = [graph.value for graph in graphs_with(self.store, triple)]
        return any(graph.startswith(RULE) for graph in graphs) and not any(
            graph in self.provenance.claims for graph in graphs
        )

    def _by_measure(self, group: list[Fact]) -> list[tuple[Plain | None, list[Fact]]]:
        """Part a heap of indicators by what they measure, the largest parts first; single ones stay together, last."""
        parts: dict[NamedNode | None, list[Fact]] = {}
        for fact in group:
            measure = value_of(self.store, fact.object, _MEASURE, VIEW) if isinstance(fact.object, NamedNode) else None
            parts.setdefault(measure if isinstance(measure, NamedNode) else None, []).append(fact)
        several = sorted(
            (one for one in parts if one and len(parts[one]) > 1), key=lambda one: (-len(parts[one]), str(one))
        )
        heads = several[:_MEASURES_SHOWN] if self.most == FEW else several
        rest = [fact for one, part in parts.items() if one not in heads for fact in part]
        named: list[tuple[Plain | None, list[Fact]]] = [(self.reference(one), parts[one]) for one in heads]
        return named + ([(None, rest)] if rest else [])

    def pointing(self, steps: Iterable[Step]) -> list[Plain]:
        """Group what points to an entity by relation, each neighbour once."""
        groups: dict[str, dict[NamedNode, Step]] = {}
        for step in steps:
            if not self._is_both_ways(step):
                groups.setdefault(step.relation, {}).setdefault(step.neighbour, step)
        named = [(kg(relation), list(group.values())) for relation, group in groups.items()]
        written = [
            self._read_backwards(
                self._group(predicate, True, len(group), [self._step(step) for step in group[: self.most]]), group
            )
            for predicate, group in sorted(named, key=lambda entry: self._place(entry[0]))
        ]
        heads = Counter(group["property"]["name"] for group in written)
        for group in written:
            # A planned stake and one that is held read alike backwards; the property tells which is which.
            if heads[group["property"]["name"]] > 1:
                group["measure"] = self.reference(kg(group["property"]["id"].removeprefix("kg:")))
        return written

    def _is_both_ways(self, step: Step) -> bool:
        """Tell whether a tie is one that is told from either end, and so stands among what is said already."""
        if len(step.triples) > 1:
            return False
        source, predicate, target = step.triples[0]
        return isinstance(target, NamedNode) and any(facts(self.store, target, predicate, source, VIEW))

    def _group(self, predicate: NamedNode, incoming: bool, number: int, values: list[Plain]) -> Plain:
        head = {"property": self.reference(predicate), "measure": None}
        return {**head, "incoming": incoming, "number": number, "values": values}

    def _read_backwards(self, group: Plain, steps: Iterable[Step]) -> Plain:
        """Head a group by how its property reads against its direction: a base has an operator, who operates the base.

        Of a step through a value the words are those of the half that points here; halves of several sorts have none
        that are right for all.
        """
        halves = {step.triples[-1][1] for step in steps}
        pairs = [fact for half in halves for fact in facts(self.store, half, _INVERSE_LABEL, graph=VIEW)]
        words = dict(text_of(fact.object) for fact in pairs).get(self.language) if len(halves) == 1 else None
        return {**group, "property": {**group["property"], "name": words}} if words else group

    def _place(self, predicate: NamedNode) -> tuple[int, str]:
        tiers = [_TIERS.get(fact.object.value, 1) for fact in facts(self.store, predicate, _TIER, graph=VIEW)]
        return min(tiers, default=1), label(self.store, predicate, self.language)

    def _statement(self, fact: Fact, inner: dict[Triple, list[NamedNode]]) -> Plain:
        value = self.reference(fact.object)
        named = [self.reference(node) for node in dict.fromkeys(inner.get(fact.triple, ()))]
        # What a value is of, such as a status, is in its words already; the things in it are worth a link.
        whole = [one for one in named if one["name"] == value["name"]]
        things = [one for one in named if not str(one["id"]).startswith("kg:")]
        pieces = _linked(value["name"], things) if value["id"] is None and not whole else []
        known = {piece["id"] for piece in pieces}
        return {
            **(whole[0] if whole else value),
            "pieces": pieces,
            "words": stake_of(self.store, fact.triple, self.language),
            "mentions": [] if whole else [one for one in things if one["id"] not in known],
            **self._facts_of(fact.triple),
        }

    def _step(self, step: Step) -> Plain:
        if len(step.triples) > 1:
            # Whose page it is need not be said again on each line.
            own = wording(self.store, step.triples[-1][2], self.language)
            words = _without(own, wording(self.store, step.triples[-1][0], self.language))
        else:
            words = stake_of(self.store, step.triples[0], self.language)
        phrase = {"words": words, "mentions": [], "pieces": []}
        return {**self.reference(step.neighbour), **phrase, **self._facts_of(step.triples[-1])}

    def _facts_of(self, triple: Triple) -> Plain:
        """Say who says so: the first few claims, and how many there are; or the rule that infers it."""
        claims = self.provenance.claims_of(triple)
        rules = [graph.value for graph in graphs_with(self.store, triple) if graph.value.startswith(RULE)]
        rule = self.provenance.rules[rules[0].removeprefix(RULE)][0].title_in(self.language) if rules else None
        records = [self.provenance.record(claim).to_dict() for claim in claims]
        mode = self._modes.surest(record["mode"] for record in records)
        return {
            "claims": [name_record(self.provenance, one, self.language) for one in records[:_CLAIMS_SHOWN]],
            "claim_count": len(claims),
            "rule": rule,
            # What nobody states as a fact must not look like one.
            "mode": label(self.store, kg(mode), self.language) if mode not in (None, self._modes.best) else None,
        }

    def reference(self, node: Node) -> Plain:
        """Give a node's id and its words; a value has words alone, an outside thing its address."""
        words = wording(self.store, node, self.language)
        if not isinstance(node, NamedNode) or (node.value.startswith(BASE + "claim/") and "#" in node.value):
            return {"id": None, "name": words}
        return {"id": shorten(node.value), "name": words}
