"""Why a triple is in the accepted view: the claims that state it, or the rule and its premises.

Every triple of the view has grounds: claims, a rule with premises that have grounds of
their own, an entity file, or the ontology. A triple that only lower-ranked claims state
is not in the view, and its grounds say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kg.claims.rules import Rule
from kg.provenance.lineage import Lineage
from kg.provenance.source_link import link_to_words
from kg.rdf import NamedNode
from kg.rdf.labels import compact, label, text_about
from kg.rdf.namespaces import RULE, shorten
from kg.rdf.store import Fact, Node, Rows, Store, Triple, facts, graphs_with, holds, value_of
from kg.rdf.vocab import ENTITIES, LEDGER, ONTOLOGY, VIEW, kg

__all__ = ["ClaimRecord", "Explanation", "Provenance"]

_NOT_CLAIMS = frozenset({LEDGER.value, ENTITIES.value, ONTOLOGY.value})
_VERBATIM = kg("verbatim")
# A premise that is itself inferred is explained in turn, down to this depth.
_MAX_DEPTH = 12
# So many triples of a rule are explained one by one before it is solved whole: one takes a millisecond, the rule of
# superclasses a quarter of a second.
_SOLVED_ALONE = 24
# So many claims are asked one by one who corroborates them before all are read: one takes a hundredth of a millisecond,
# all of them fifty.
_SINGLE_LOOKUPS = 500
# Some two kilobytes each.
_RECORDS_KEPT = 4000


# How well the place of a claim is known where neither a position nor a day of reading tells it.
_PLACES = {None: "our own note", "Page": "page", "Compiled": "one or more of the pages that a table cites together"}


@dataclass(frozen=True)
class ClaimRecord:
    """What the ledger knows about a claim: who says it, where, when, how, and how it is ranked.

    `start` and `end` are code points of the document's text; None where its place is not known. `strength` is that
    of its evidence, None for our own notes; `printed` are the words kept, `source` the document's address at them.
    """

    id: str
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    grade: str
    mode: str
    rank: str
    start: int | None
    end: int | None
    printed: tuple[str, ...]
    note: str | None
    accepted: bool
    outranked_by: str | None = None
    ranking_rule: str | None = None
    strength: str | None = None
    read_on: str | None = None
    source: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values."""
        return {**self.__dict__, "printed": list(self.printed)}

    @property
    def place(self) -> str:
        """Where in the document the claim stands, and how well that is known, in words."""
        if self.start is not None:
            return f"characters {self.start}–{self.end}"
        if self.read_on:
            return f"{(self.strength or '').lower()}, read {self.read_on}"
        return _PLACES[self.strength]


@dataclass(frozen=True)
class Explanation:
    """The grounds of one triple; `premises` are set when a rule inferred it."""

    triple: tuple[str, str, str]
    kind: str
    claims: tuple[ClaimRecord, ...] = ()
    rule: Rule | None = None
    premises: tuple[Explanation, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Give the explanation as plain values, premises nested."""
        facts: dict[str, Any] = {"triple": list(self.triple), "kind": self.kind}
        if self.claims:
            facts["claims"] = [claim.to_dict() for claim in self.claims]
        if self.rule:
            keys = ("name", "title", "title_zh", "reason", "reason_zh")
            facts["rule"] = {key: getattr(self.rule, key) for key in keys}
            facts["premises"] = [premise.to_dict() for premise in self.premises]
        return facts

    def to_text(self, indent: str = "") -> str:
        """Give the explanation as indented lines for people."""
        lines = [f"{indent}{' '.join(self.triple)}", f"{indent}  {_KINDS[self.kind]}"]
        for claim in self.claims:
            first, *more = _claim_lines(claim)
            lines += [f"{indent}  - {first}", *(f"{indent}    {line}" for line in more)]
        if self.rule:
            lines.append(f"{indent}  rule {self.rule.name}: {self.rule.title}")
            lines += [premise.to_text(indent + "    ") for premise in self.premises]
        return "\n".join(lines)


_KINDS = {
    "claims": "stated by",
    "corroborating": "the same value as an accepted claim's, in other words; stated by",
    "ranked below": "not in the accepted view; stated only by claims ranked below another",
    "rule": "inferred by",
    "editorial": "recorded by the editors in data/entities",
    "ontology": "part of the ontology",
    "ledger": "recorded on the document's card",
    "unknown": "nothing in this release says so; that is not a no",
}


def _claim_lines(claim: ClaimRecord) -> Iterator[str]:
    says = f"{claim.title or claim.document} ({claim.published or 'undated'}, {claim.grade}), {claim.place}"
    printed = f", printed: {'; '.join(claim.printed)}" if claim.printed else ""
    yield f"{says}{printed} [{claim.mode}, {claim.rank}] {claim.id}"
    if claim.outranked_by:
        yield f"outranked by {claim.outranked_by} ({claim.ranking_rule})"
    if claim.note:
        yield f"note: {claim.note}"


class Provenance:
    """Finds grounds in the store of a release. Holds a cache; make one per release."""

    def __init__(self, store: Store, rules: Mapping[str, tuple[Rule, Lineage]]) -> None:
        self.store = store
        self.rules = rules
        self._claims: dict[Triple, tuple[str, ...]] = {}
        self._solved: dict[str, dict[Triple, Rows]] = {}
        self._times_solved: Counter[str] = Counter()
        self._lookups = 0
        self._records: dict[str, ClaimRecord] = {}

    @cached_property
    def _documents(self) -> dict[str, NamedNode]:
        made = facts(self.store, None, kg("makesClaim"), None, LEDGER)
        return {fact.object.value: fact.subject for fact in made}

    @property
    def claims(self) -> Mapping[str, NamedNode]:
        """Every claim of the release, with the document that makes it."""
        return self._documents

    @cached_property
    def _corroborators(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for fact in facts(self.store, None, kg("corroborates"), None, LEDGER):
            found.setdefault(fact.object.value, []).append(fact.subject.value)
        return found

    def _corroborating(self, claim: str) -> list[str]:
        """Give the claims that say what an accepted one says."""
        if self._lookups >= _SINGLE_LOOKUPS:
            return self._corroborators.get(claim, [])
        self._lookups += 1
        found = facts(self.store, None, kg("corroborates"), NamedNode(claim), LEDGER)
        return [fact.subject.value for fact in found]

    def claims_of(self, triple: Triple) -> tuple[str, ...]:
        """Give the ids of all claims that a triple of the view rests on, through rules as well, sorted."""
        return self._claims_of(triple, frozenset())

    def claims_for(self, predicate: NamedNode) -> dict[Triple, tuple[str, ...]]:
        """Give every triple of the view with a predicate, and the claims it rests on."""
        found = facts(self.store, None, predicate, None, VIEW)
        return {triple: self.claims_of(triple) for triple in sorted((fact.triple for fact in found), key=str)}

    def _claims_of(self, triple: Triple, above: frozenset[Triple]) -> tuple[str, ...]:
        known = self._claims.get(triple)
        if known is not None or triple in above or len(above) > _MAX_DEPTH:
            return known or ()
        found: set[str] = set()
        for claim in self._stating(triple):
            if not self._is_deprecated(NamedNode(claim)):
                found |= {claim, *self._corroborating(claim)}
        # What is stated rests on nothing above it; what is inferred may be cut short by a circle.
        whole = bool(found) or not above
        if not found:
            for _, premises in self._derivations(triple):
                for premise in premises:
                    found.update(self._claims_of(premise, above | {triple}))
        claims = tuple(sorted(found))
        if whole:
            self._claims[triple] = claims
        return claims

    def _stating(self, triple: Triple) -> Iterator[str]:
        """Give the claims whose graph has the triple."""
        for graph in graphs_with(self.store, triple):
            if graph.value not in _NOT_CLAIMS and not graph.value.startswith(RULE):
                yield graph.value

    def _derivations(self, triple: Triple) -> Iterator[tuple[Rule, list[Triple]]]:
        """Give each rule that infers the triple, with the premises of its first solution."""
        for graph in graphs_with(self.store, triple):
            if not graph.value.startswith(RULE):
                continue
            name = graph.value.removeprefix(RULE)
            rule, lineage = self.rules[name]
            solutions = self._solutions_of(name, triple)
            premises = [sorted(set(lineage.triples(self.store, row)), key=str) for row in solutions]
            yield from ((rule, found) for found in sorted(premises, key=lambda found: (len(found), str(found)))[:1])

    def _solutions_of(self, name: str, triple: Triple) -> Rows:
        """Give the solutions of a rule that lead to a triple.

        An answer needs a few of a rule's thousands; a page or a whole network needs most. So the first few are asked
        for one by one, and then the rule is solved whole.
        """
        if name in self._solved or self._times_solved[name] >= _SOLVED_ALONE:
            return self._solutions(name).get(triple, [])
        self._times_solved[name] += 1
        _, lineage = self.rules[name]
        rows = [row for row in lineage.rows_about(self.store, triple[0]) if triple in lineage.inferred(row)]
        return rows or self._solutions(name).get(triple, [])

    def _solutions(self, name: str) -> dict[Triple, Rows]:
        """Give the solutions of a rule by the triple they lead to; asking for each triple alone takes far longer."""
        if name not in self._solved:
            _, lineage = self.rules[name]
            solved: dict[Triple, Rows] = {}
            for row in lineage.rows(self.store, {}):
                for triple in lineage.inferred(row):
                    solved.setdefault(triple, []).append(row)
            self._solved[name] = solved
        return self._solved[name]

    def explain(self, triple: Triple, depth: int = 0) -> Explanation:
        """Explain one triple: who states it, or how it was inferred."""
        shown = (shorten(triple[0].value), shorten(triple[1].value), compact(triple[2]))
        accepted = holds(self.store, triple, VIEW)
        claims = sorted({name for claim in self._stating(triple) for name in (claim, *self._corroborating(claim))})
        if claims:
            records = tuple(self.record(claim) for claim in claims)
            below = "corroborating" if any(record.accepted for record in records) else "ranked below"
            return Explanation(shown, "claims" if accepted else below, records)
        for rule, premises in self._derivations(triple):
            inner = tuple(self.explain(premise, depth + 1) for premise in premises) if depth < _MAX_DEPTH else ()
            return Explanation(shown, "rule", rule=rule, premises=inner)
        for graph, kind in ((ENTITIES, "editorial"), (ONTOLOGY, "ontology"), (LEDGER, "ledger")):
            if holds(self.store, triple, graph):
                return Explanation(shown, kind)
        return Explanation(shown, "unknown")

    def record(self, claim: str) -> ClaimRecord:
        """Read what the ledger knows about a claim; pages of things that much is said of show hundreds of them."""
        if claim not in self._records:
            if len(self._records) >= _RECORDS_KEPT:
                self._records.clear()
            self._records[claim] = self._read_record(claim)
        return self._records[claim]

    def _read_record(self, claim: str) -> ClaimRecord:
        node = NamedNode(claim)
        document = self._documents[claim]
        evidence = value_of(self.store, node, kg("evidence"), LEDGER)
        start, end = (_number(self._about(evidence, name)) for name in ("start", "end"))
        words = _texts(self.store, evidence, kg("printed"))
        url, strength = self._about(document, "url"), self._about(node, "strength")
        stated = list(facts(self.store, graph=node))
        publisher = self._about(document, "publisher")
        winner = self._about(node, "outrankedBy")
        return ClaimRecord(
            id=shorten(claim),
            document=shorten(document.value),
            title=text_about(self.store, document, kg("title"), LEDGER),
            publisher=label(self.store, publisher) if publisher else None,
            published=compact(self._about(document, "published")),
            grade=compact(self._about(document, "sourceGrade")).removeprefix("kg:"),
            mode=compact(self._about(node, "mode")).removeprefix("kg:"),
            rank=compact(self._about(node, "rank")).removeprefix("kg:"),
            start=start,
            end=end,
            printed=tuple(sorted({*words, *(fact.object.value for fact in stated if fact.predicate == _VERBATIM)})),
            note=text_about(self.store, node, kg("note"), LEDGER),
            accepted=self._is_accepted(node, stated),
            outranked_by=compact(winner) or None,
            ranking_rule=label(self.store, rule) if (rule := self._about(node, "rankingRule")) else None,
            strength=compact(strength).removeprefix("kg:") or None,
            read_on=compact(self._about(evidence, "readOn")) or None,
            source=link_to_words(url.value, words) if url is not None else None,
        )

    def _is_accepted(self, claim: NamedNode, stated: list[Fact]) -> bool:
        if self._is_deprecated(claim):
            return False
        seen = all(holds(self.store, fact.triple, VIEW) for fact in stated)
        return seen or any(facts(self.store, claim, kg("corroborates"), None, LEDGER))

    def _is_deprecated(self, claim: NamedNode) -> bool:
        """Tell whether an editor has ranked a claim out, even if a better one says the same."""
        return holds(self.store, (claim, kg("rank"), kg("Deprecated")), LEDGER)

    def _about(self, node: Node | None, name: str) -> Node | None:
        return value_of(self.store, node, kg(name), LEDGER) if node is not None else None


def _texts(store: Store, node: Node | None, predicate: NamedNode) -> list[str]:
    """Give the texts about a node of the ledger in order; none where there is no node."""
    return sorted(fact.object.value for fact in facts(store, node, predicate, None, LEDGER)) if node is not None else []


def _number(node: Node | None) -> int | None:
    return int(node.value) if node is not None else None
