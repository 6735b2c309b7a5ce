"""What stands at the ends of edges: names, kind, region, stages of work, and status.

Region and stages follow from the edges themselves: a thing lies in the province that a walk
along the location network comes to first, and does the stages that the work network, its
phases, its sites and what it delivers say.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from kg.networks.edges import Edge
from kg.rdf import NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import KG, expand, shorten
from kg.rdf.store import Store, facts, text_of
from kg.rdf.vocab import RDF_TYPE, RDFS_LABEL, RDFS_SUB_CLASS_OF, SKOS_BROADER, VIEW, kg

__all__ = ["NetworkNode", "find_nodes", "is_presence", "stages_of", "walk"]

_ORGANISATION = "kg:Organisation"
# A region is a province, or a country where no province is told.
_REGION_LEVELS = ("Province", "Country")
# Phases and parts do the work of their site; whoever has the site in hand does its work.
_PART_RELATIONS = frozenset({"phaseOf", "partOf"})
_HOLDING_RELATIONS = frozenset({"operates", "isToOperate", "hasBase"})


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """An end of edges. `stages` are the kinds of work that it does or is to do, `broader` the concepts above it.

    An organisation may have settled in many places, and lies where its own seat is.
    """

    id: str
    label_en: str | None = None
    label_zh: str | None = None
    kind: str | None = None
    region: str | None = None
    stages: tuple[str, ...] = ()
    status: str | None = None
    broader: tuple[str, ...] = ()
    is_organisation: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give the node as plain values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def name(self, language: str = "en") -> str:
        """Give the name in a language, or in the other one, or else the id."""
        first, second = (self.label_zh, self.label_en) if language == "zh" else (self.label_en, self.label_zh)
        return first or second or self.id


def find_nodes(store: Store, edges: Iterable[Edge]) -> list[NetworkNode]:
    """Describe every end of the edges, what the edges name, and the concepts above these, in order of their ids."""
    edges = list(edges)
    waiting = {
        name for edge in edges for name in (edge.source, edge.target, edge.link, edge.stage, edge.product) if name
    }
    nodes: dict[str, NetworkNode] = {}
    while waiting:
        found = {name: _describe(store, name) for name in sorted(waiting)}
        nodes |= found
        # What is broader leads on to the product that a stage puts out, however many steps above.
        waiting = {above for node in found.values() for above in node.broader} - nodes.keys()
    nodes = dict(sorted(nodes.items()))
    regions = _regions(store, edges, nodes)
    stages = stages_of(edges, nodes)
    return [replace(node, region=regions.get(name), stages=stages.get(name, ())) for name, node in nodes.items()]


def _describe(store: Store, name: str) -> NetworkNode:
    node = NamedNode(expand(name))
    labels = dict(text_of(fact.object) for fact in facts(store, node, RDFS_LABEL, None, VIEW))
    statuses = _objects(store, node, kg("currentStatus"))
    return NetworkNode(
        id=name,
        label_en=labels.get("en") or (None if labels else _words(store, node, name)),
        label_zh=labels.get("zh"),
        kind=_kind(store, node),
        status=statuses[0].removeprefix("kg:") if statuses else None,
        broader=tuple(_objects(store, node, SKOS_BROADER)),
        is_organisation=_is_organisation(store, node),
    )


def _words(store: Store, node: NamedNode, name: str) -> str | None:
    words = label(store, node)
    return None if words == name else words


def _kind(store: Store, node: NamedNode) -> str | None:
    """Name the class of a node, the narrowest where it has several."""
    classes = [one for one in _objects(store, node, RDF_TYPE) if one.startswith("kg:")]
    above = {wide for one in classes for wide in _objects(store, NamedNode(expand(one)), RDFS_SUB_CLASS_OF)}
    narrow = [one for one in classes if one not in above] or classes
    return narrow[0].removeprefix("kg:") if narrow else None


def _is_organisation(store: Store, node: NamedNode) -> bool:
    waiting = _objects(store, node, RDF_TYPE)
    seen: set[str] = set()
    while waiting:
        kind = waiting.pop()
        if kind not in seen:
            seen.add(kind)
            waiting += _objects(store, NamedNode(expand(kind)), RDFS_SUB_CLASS_OF)
    return _ORGANISATION in seen


def _objects(store: Store, node: NamedNode, predicate: NamedNode) -> list[str]:
    return sorted(shorten(fact.object.value) for fact in facts(store, node, predicate, None, VIEW))


def _regions(store: Store, edges: list[Edge], nodes: Mapping[str, NetworkNode]) -> dict[str, str]:
    """Give for each node the province that it lies in, or the country."""
    levels = {
        shorten(fact.subject.value): fact.object.value.removeprefix(KG)
        for fact in facts(store, None, kg("areaLevel"), None, VIEW)
    }
    upward: dict[str, list[str]] = {}
    for edge in edges:
        if edge.network == "location" and not is_presence(edge, nodes):
            upward.setdefault(edge.source, []).append(edge.target)
    found: dict[str, str] = {}
    for name in nodes:
        around = walk(name, upward)
        for level in _REGION_LEVELS:
            region = next((place for place in around if levels.get(place) == level), None)
            if region is not None:
                found.setdefault(name, region)
    return found


def is_presence(edge: Edge, nodes: Mapping[str, NetworkNode]) -> bool:
    """Tell whether an edge says only that an organisation has settled in a place, among others perhaps."""
    return edge.relation == "settledIn" and edge.source in nodes and nodes[edge.source].is_organisation


def walk(start: str, following: Mapping[str, Iterable[str]]) -> list[str]:
    """Give all that can be come to from a node, itself included, the nearest first.

    >>> walk("a", {"a": ["b"], "b": ["a", "c"]})
    ['a', 'b', 'c']
    """
    seen = {start: None}
    waiting = deque([start])
    while waiting:
        for name in sorted(following.get(waiting.popleft(), ())):
            if name not in seen:
                seen[name] = None
                waiting.append(name)
    return list(seen)


def stages_of(edges: Iterable[Edge], nodes: Mapping[str, NetworkNode]) -> dict[str, tuple[str, ...]]:
    """Give the stages of each node that does some work: told, or told by its products, sites and deliveries.

    Of a broad stage and a narrower one of it, both told, the narrower is kept; a product tells the narrowest stage that
    makes it, unless a broader one is told outright.
    """
    edges = list(edges)
    done = _own_stages(edges, nodes)
    for relations, of_source in ((_PART_RELATIONS, True), (_HOLDING_RELATIONS, False)):
        for edge in edges:
            if edge.relation in relations:
                part, whole = (edge.source, edge.target) if of_source else (edge.target, edge.source)
                done.setdefault(whole, set()).update(done.get(part, ()))
    return {name: tuple(sorted(stages)) for name, stages in done.items() if stages}


def _own_stages(edges: list[Edge], nodes: Mapping[str, NetworkNode]) -> dict[str, set[str]]:
    """Give the stages that are told of each node itself."""
    makers: dict[str, set[str]] = {}
    outputs: Counter[str] = Counter()
    for edge in edges:
        if edge.relation == "outputProduct":
            makers.setdefault(edge.target, set()).add(edge.source)
            outputs[edge.source] += 1
    stated: dict[str, set[str]] = {}
    made: dict[str, set[str]] = {}
    for edge in edges:
        stage = edge.stage if edge.network == "supply" else edge.target
        if stage is not None and edge.network in ("supply", "work") and _is_stage(stage, nodes):
            stated.setdefault(edge.source, set()).add(stage)
        elif edge.network == "work":
            made.setdefault(edge.source, set()).update(_likeliest(_makers(edge.target, makers, nodes), outputs, nodes))
    done = {name: _narrowest(stated.get(name, set()), nodes) for name in stated.keys() | made.keys()}
    for name, stages in made.items():
        # Who is told to make batteries and makes packs makes the cells too, as far as is known.
        done[name] |= {stage for stage in stages if not set(nodes[stage].broader) & done[name]}
    return done


def _makers(product: str, makers: Mapping[str, set[str]], nodes: Mapping[str, NetworkNode]) -> set[str]:
    """Give the stages that put out a product, or the nearest broader ones that any stage puts out."""
    broader = nodes[product].broader if product in nodes else ()
    return makers.get(product) or {stage for above in broader for stage in _makers(above, makers, nodes)}


def _is_stage(name: str, nodes: Mapping[str, NetworkNode]) -> bool:
    return name in nodes and nodes[name].kind == "Stage"


def _likeliest(makers: set[str], outputs: Counter[str], nodes: Mapping[str, NetworkNode]) -> list[str]:
    """Of the stages that make a product take the one that makes little else: copper comes from recycling too."""
    return sorted(_narrowest(makers, nodes), key=lambda stage: (outputs[stage], stage))[:1]


def _narrowest(stages: set[str], nodes: Mapping[str, NetworkNode]) -> set[str]:
    return stages - {wide for stage in stages for wide in (nodes[stage].broader if stage in nodes else ())}
