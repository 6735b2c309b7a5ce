"""Which entity does a row of someone's table mean? Candidates with a score, the reasons, and a cautious verdict.

One matcher serves the command line, the lookups over HTTP and OpenRefine. Candidates come from the index of names
(`kg.names.index`), or from the properties where no name is given; each is compared with the properties (`properties`).

A candidate is a *match*, to be taken without anyone looking, in three cases only:

1. the text is its id;
2. the text is surely its name, alias or identifier, and of no other entity of the wanted kind (`name_reader` says what
   is sure), and no given property contradicts;
3. the text is its name, but not of it alone or in pinyin only; a given property agrees, none contradicts, no other
   candidate comes near (one that has only the uncommon words of the text does not), and it tells the one from all whose
   name holds the text.

A likeness, however great, is never one: Envision and Envision AESC are two companies, and so are Gotion High-tech and
Gotion Holding Group. A property that nothing is known to be called like says nothing, as one that nobody states.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from kg.entities.containment import ancestors, contained_in
from kg.entities.finder import close_names
from kg.errors import NotFound
from kg.matching.candidates import Candidate, Candidates
from kg.matching.name_reader import NameReader, ReadName
from kg.matching.properties import CODES, EXTRA, NAMING, EntityProperties
from kg.matching.verdict import Feature, WeighedCandidate, is_match
from kg.names.countries import country_code
from kg.names.index import MAX_TEXT, NameIndex
from kg.names.index import Match as Named
from kg.names.normalize import normalize
from kg.names.similarity import EXACT
from kg.rdf import Literal as LiteralNode
from kg.rdf import NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import BASE, KG, is_slug_path, shorten
from kg.rdf.nodes import find_node
from kg.rdf.store import facts, text_of
from kg.rdf.vocab import RDFS_LABEL, VIEW

__all__ = ["MAX_CANDIDATES", "Condition", "Feature", "Matcher", "Wanted", "words_about"]

MAX_CANDIDATES = 100
"""Candidates that may be asked for at once."""

_POOL = 30
_BY_NAME = 0.7
_OTHER_KIND = 0.5
_IN_PART = "same but for common words"
_HOLDING_THE_TEXT = ("exact", "same without legal form", "prefix", "contains")
_MAX_SCANNED = 20_000


@dataclass(frozen=True)
class Condition:
    """A property that the entity should have, with values that it may be given by: ids, names, figures, dates.

    A `required` condition leaves out who does not meet it; `quantifier` says whether any, all or none of the
    values must agree.
    """

    property_name: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: Literal["any", "all", "none"] = "any"


@dataclass(frozen=True)
class Wanted:
    """What a row tells of an entity. Without a name the conditions alone are looked for.

    `strict` says what kinds do: "any" keeps to things of one of them, "all" to those of each, and "should" shows
    things of other kinds that bear the very name too, far below and never as a match.
    """

    name: str = ""
    kinds: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    strict: Literal["should", "any", "all"] = "should"
    limit: int = 5


class Matcher:
    """Matches rows with the entities of a release."""

    def __init__(self, lookup: NameIndex, properties: EntityProperties) -> None:
        self.store = properties.store
        self.schema = properties.schema
        self.lookup = lookup
        self.properties = properties
        self._reader = NameReader(lookup, properties)

    def match(self, wanted: Wanted) -> Candidates:
        """Give the candidates for a row, the best first; only the first can be a match.

        NotFound for a kind or a property that there is not; a name nothing can be read of has no candidates.
        """
        kinds = self._kinds(wanted)
        wanted = replace(wanted, conditions=tuple(map(self._known, wanted.conditions)))
        found = self._named(wanted, kinds) if wanted.name.strip() else self._with_properties(wanted, kinds)
        weighed = [one for name in found if (one := self._weigh(wanted, name)) is not None]
        # What is sure comes before what only looks more like it.
        weighed.sort(key=lambda one: (not (one.sure and not one.contradicting), -one.score, one.node.value))
        verdict = is_match(weighed)
        limit = min(max(wanted.limit, 1), MAX_CANDIDATES)
        return Candidates(self._candidate(one, match=verdict and at == 0) for at, one in enumerate(weighed[:limit]))

    def _kinds(self, wanted: Wanted) -> list[str] | None:
        """Name the kinds in the index that will do; None for any."""
        known = self.lookup.kinds()
        groups = [self._kinds_within(kind, known) for kind in wanted.kinds]
        if not groups:
            return None
        kinds = set.intersection(*groups) if wanted.strict == "all" else set.union(*groups)
        return sorted(kinds)

    def _kinds_within(self, kind: str, known: Iterable[str]) -> set[str]:
        name = self.schema.class_named(kind)
        if name is None:
            raise NotFound("kind", kind, close_names(kind.removeprefix("kg:"), self.schema.classes))
        return set(self.schema.kinds_within(name, known))

    def _known(self, condition: Condition) -> Condition:
        """Give a condition under the id of its property, which may be given by a label; an id stays as it was sent."""
        term = self.properties.term(condition.property_name)
        if term is None:
            near = close_names(condition.property_name, [*EXTRA, *self.schema.properties])
            raise NotFound("property", condition.property_name, near)
        is_id = condition.property_name.removeprefix("kg:").removeprefix(KG) == term.name
        return condition if is_id else replace(condition, property_name=term.name)

    def _named(self, wanted: Wanted, kinds: list[str] | None) -> list[ReadName]:
        """Find by name or id."""
        text = wanted.name.strip()
        if is_slug_path(text) or text.startswith(("http://", "https://", "kg:")):
            node = find_node(self.store, text)
            if node is not None:
                return [ReadName(_by_id(node), sure=True, good=True, of_kind=self._is_of(node, kinds))]
        if len(text) > MAX_TEXT or not normalize(text):
            return []
        pool = max(_POOL, 2 * min(wanted.limit, MAX_CANDIDATES))
        found = self._reader.read(text, kinds, pool)
        if kinds is None:
            return [name for name in found if not self._is_term(name.match)]
        if wanted.strict == "should":
            seen = {name.match.entity for name in found}
            others = (match for match in self.lookup.find(text, limit=pool) if match.entity not in seen)
            found += [ReadName(match, of_kind=False) for match in others if match.score == EXACT]
        return found

    def _is_term(self, match: Named) -> bool:
        """Tell whether a name is one of the ontology or of a topic, which a cell means only where one asks for them."""
        return not match.entity.startswith(BASE) or self.schema.is_a(match.kind, "Topic")

    def _is_of(self, node: NamedNode, kinds: list[str] | None) -> bool:
        return kinds is None or bool(set(kinds) & set(self.properties.kinds(node)))

    def _with_properties(self, wanted: Wanted, kinds: list[str] | None) -> list[ReadName]:
        """Find what meets the first condition that asks for something, when no name is given."""
        for condition in wanted.conditions:
            if condition.quantifier != "none":
                nodes = {node for text in condition.values for node in self._holders(condition.property_name, text)}
                ordered = sorted((node for node in nodes if self._is_of(node, kinds)), key=lambda node: node.value)
                return [ReadName(_by_id(node, "properties")) for node in ordered[:MAX_CANDIDATES]]
        return []

    def _holders(self, property_name: str, text: str) -> set[NamedNode]:
        """Give the entities with a value of a property, or everything that lies in a place."""
        if property_name == "id":
            node = find_node(self.store, text)
            return {node} if node else set()
        if property_name in NAMING:
            usable = normalize(text) and len(text) <= MAX_TEXT
            matches = self.lookup.find(text, limit=MAX_CANDIDATES) if usable else []
            coded = {fact.subject for code in CODES for fact in facts(self.store, None, code, LiteralNode(text))}
            named = {NamedNode(match.entity) for match in matches if match.score == 100} | coded
            return {node for node in named if self.properties.agrees(node, property_name, text)}
        meant = find_node(self.store, text)
        nodes = {meant} if meant else self._holders("name", text)
        if property_name in ("place", "province", "country"):
            return {inside for node in nodes for inside in contained_in(self.store, node)}
        if property_name == "kind":
            return set()
        predicate = NamedNode(KG + property_name.removeprefix("kg:").removeprefix(KG))
        if nodes:
            found = (fact for node in nodes for fact in facts(self.store, None, predicate, node, VIEW))
            return {fact.subject for fact in found}
        every = (fact.subject for fact in facts(self.store, None, predicate, None, VIEW))
        return {node for node in islice(every, _MAX_SCANNED) if self.properties.agrees(node, property_name, text)}

    def _weigh(self, wanted: Wanted, name: ReadName) -> WeighedCandidate | None:
        match, of_kind = name.match, name.of_kind
        node = NamedNode(match.entity)
        verdicts = [(condition, self._meets(node, condition)) for condition in wanted.conditions]
        if any(condition.required and verdict is not True for condition, verdict in verdicts):
            return None
        features = [] if match.reason == "properties" else [Feature("name", f"name: {match.reason}", match.score)]
        if wanted.kinds:
            features.append(Feature("kind", "of the wanted kind", of_kind))
        for condition, verdict in verdicts:
            term = self.properties.term(condition.property_name)
            if verdict is not None and term is not None:
                label = term.labels.get("en", condition.property_name)
                features.append(Feature(f"property:{condition.property_name}", f"{label} agrees", verdict))
        agreeing = sum(verdict is True for _, verdict in verdicts)
        return WeighedCandidate(
            node=node,
            score=_score(match, [verdict for _, verdict in verdicts]) * (1 if of_kind else _OTHER_KIND),
            reason=_reason(match, verdicts),
            features=tuple(_distinct(features)),
            sure=name.sure,
            good_name=name.good or _is_named_by_property(match, verdicts),
            holds_text=match.reason.startswith(_HOLDING_THE_TEXT),
            in_part=match.reason == _IN_PART,
            agreeing=agreeing,
            contradicting=sum(verdict is False for _, verdict in verdicts),
            kinds=frozenset(self.properties.kinds(node)),
            of_kind=of_kind,
        )

    def _meets(self, node: NamedNode, condition: Condition) -> bool | None:
        verdicts = [self._agrees(node, condition.property_name, value) for value in condition.values]
        if not verdicts or None in verdicts:
            return None
        if condition.quantifier == "all":
            return all(verdicts)
        return any(verdicts) is (condition.quantifier == "any")

    def _agrees(self, node: NamedNode, property_name: str, text: str) -> bool | None:
        """Tell whether an entity has what a text names; nothing is said by a text that names nothing here."""
        agrees = self.properties.agrees(node, property_name, text)
        if agrees is False and self.properties.holds_things(node, property_name) and not self._is_known(text):
            return None
        return agrees

    def _is_known(self, text: str) -> bool:
        """Tell whether a text names anything here."""
        if find_node(self.store, text) is not None or country_code(text):
            return True
        found = self._reader.read(text, None, _POOL)
        return any(name.good or self.properties.is_called(NamedNode(name.match.entity), text) for name in found)

    def _candidate(self, one: WeighedCandidate, *, match: bool) -> Candidate:
        return Candidate(
            entity=shorten(one.node.value),
            kinds=self.properties.kinds(one.node),
            name=label(self.store, one.node),
            description=words_about(self.properties, one.node),
            score=round(one.score, 1),
            match=match,
            reason=one.reason,
            features=one.features,
        )


def words_about(properties: EntityProperties, node: NamedNode, language: str = "en") -> str:
    """Say in a line what tells an entity from its namesakes: its kind, where it lies, its name in other languages."""
    kinds = [properties.schema.classes[kind].labels.get(language, kind) for kind in properties.kinds(node)[:1]]
    names = [text_of(fact.object) for fact in facts(properties.store, node, RDFS_LABEL, None, VIEW)]
    others = sorted(text for spoken, text in names if spoken.partition("-")[0] != language)
    places = [label(properties.store, place, language) for place in ancestors(properties.store, node)[:3]]
    where = f"in {', '.join(places)}" if places and language == "en" else "、".join(places[::-1])
    return "; ".join(part for part in (*kinds, where, *others[:1]) if part)


def _is_named_by_property(match: Named, verdicts: list[tuple[Condition, bool | None]]) -> bool:
    """Tell whether a name or code that was given as a property is the entity's own."""
    return match.reason == "properties" and any(verdict and one.property_name in NAMING for one, verdict in verdicts)


def _score(match: Named, verdicts: list[bool | None]) -> float:
    """Weigh the name with the properties; one of which nothing is known weighs nothing beside a name."""
    known = [float(verdict) for verdict in verdicts if verdict is not None]
    if match.reason == "properties":
        return 100 * sum(0.5 if verdict is None else float(verdict) for verdict in verdicts) / len(verdicts)
    if not known:
        return match.score
    return _BY_NAME * match.score + (1 - _BY_NAME) * 100 * sum(known) / len(known)


def _reason(match: Named, verdicts: list[tuple[Condition, bool | None]]) -> str:
    """Say why in words: 'exact name; country agrees; operator not stated'."""
    words = {True: "agrees", False: "contradicts", None: "not stated"}
    remarks = [f"{condition.property_name} {words[verdict]}" for condition, verdict in verdicts]
    return "; ".join([*([] if match.reason == "properties" else [match.reason]), *remarks])


def _by_id(node: NamedNode, reason: str = "id") -> Named:
    certain = reason == "id"
    return Named(node.value, "", shorten(node.value), "", "id", reason, 100.0, certain)


def _distinct(features: list[Feature]) -> list[Feature]:
    """Keep one of several features of one id, an agreement before a contradiction."""
    return list({one.id: one for one in sorted(features, key=lambda one: float(one.value))}.values())
