"""Whatever is printed as a name is taken: each label of what a parameter may be leads back to it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from kg.errors import KgError
from kg.graph import Graph
from kg.operations.run import compute
from kg.questions.binding import bind_known
from kg.questions.question import Parameter
from kg.rdf import Literal, NamedNode
from kg.rdf.labels import kinds_of_node
from kg.rdf.namespaces import KG, shorten
from kg.rdf.nodes import find_node
from kg.rdf.store import facts
from kg.rdf.vocab import RDF_TYPE, RDFS_LABEL, VIEW, kg

KINDS = ("concept", "entity", "text")


def parameters(graph: Graph) -> Iterator[Parameter]:
    """Give a parameter of each sort that questions have, by the class of its default."""
    seen = set()
    for question in graph.questions():
        for parameter in question.parameters:
            sort = (parameter.kind, wanted(graph, parameter))
            if sort[1] and sort not in seen:
                seen.add(sort)
                yield parameter


def wanted(graph: Graph, parameter: Parameter) -> tuple[str, ...]:
    node = find_node(graph.release.store, parameter.default) if parameter.kind in ("concept", "entity") else None
    kinds = kinds_of_node(graph.release.store, node) if node is not None else []
    return tuple(kind.value.removeprefix(KG) for kind in kinds if kind.value.startswith(KG))


def members(graph: Graph, kinds: tuple[str, ...]) -> dict[NamedNode, list[str]]:
    """Give what is of one of some classes, with its labels."""
    store = graph.release.store
    found: dict[NamedNode, list[str]] = {}
    for kind in kinds:
        for below in [name for name in graph.schema.classes if graph.schema.is_a(name, kind)]:
            for fact in facts(store, None, RDF_TYPE, kg(below), VIEW):
                if "#" not in fact.subject.value or fact.subject.value.startswith(KG):
                    names = [one.object.value for one in facts(store, fact.subject, RDFS_LABEL, None, VIEW)]
                    found[fact.subject] = names
    return found


@cache
def _shared(graph: Graph, kinds: tuple[str, ...]) -> frozenset[str]:
    """Give the labels that two things of one class have: these name neither."""
    labels: dict[str, set[str]] = {}
    for node, names in members(graph, kinds).items():
        for name in names:
            labels.setdefault(name.casefold(), set()).add(node.value)
    return frozenset(name for name, nodes in labels.items() if len(nodes) > 1)


def test_every_label_that_a_parameter_of_a_question_may_have_is_taken(graph: Graph) -> None:
    tried, lost = 0, []
    for parameter in parameters(graph):
        kinds = wanted(graph, parameter)
        for node, labels in members(graph, kinds).items():
            for text in (shorten(node.value), node.value, *labels):
                if text.casefold() in _shared(graph, kinds) or len(text) > 200:
                    continue
                tried += 1
                try:
                    meant = bind_known(graph.release.store, graph._finder, parameter, text)
                except KgError as error:
                    lost.append((parameter.name, text, str(error)))
                    continue
                if meant != node:
                    lost.append((parameter.name, text, f"{meant} for {node}"))
    assert lost == []
    assert tried > 500


def test_properties_units_and_kinds_are_taken_by_id_and_label(graph: Graph) -> None:
    for name, term in graph.schema.properties.items():
        labels = [
            text
            for text in term.labels.values()
            if sum(text in other.labels.values() for other in graph.schema.properties.values()) == 1
        ]
        for text in (name, f"kg:{name}", KG + name, *labels):
            assert graph.resolve_property(text) == kg(name), text
    for name, kind in graph.schema.classes.items():
        labels = [
            text
            for text in kind.labels.values()
            if sum(text in other.labels.values() for other in graph.schema.classes.values()) == 1
        ]
        assert {graph.schema.class_named(text) for text in (name, *labels)} == {name}
    unit = Parameter("unit", "text", "GWh", "")
    for text in ("GWh", "gigawatt hour", "吉瓦时"):
        assert bind_known(graph.release.store, graph._finder, unit, text) == Literal("GWh")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("impact", {"entity": "phosphate mining"}),
        ("impact", {"entity": "磷矿开采"}),
        ("depends", {"entity": "CATL", "stage": "正极材料制造"}),
        ("gaps", {"toward": "battery manufacturing"}),
        ("circularity", {"start": "battery recycling", "end": "CathodeMaking"}),
        ("network", {"stage": "battery manufacturing", "region": "Shandong", "status": "Operating", "mode": "stated"}),
        ("network", {"region": "山东省", "mode": "陈述"}),
        ("find", {"text": "CATL", "kind": "company", "place": "山东省"}),
        ("find", {"text": "CATL", "kind": "公司"}),
        ("claims", {"of": "base/yanzhou/phase-one", "property": "land area"}),
        ("claims", {"of": "base/yanzhou/phase-one", "property": "占地面积"}),
        ("show", {"entity": "宁德时代", "property": "located in"}),
        ("why", {"subject": "CATL", "property": "located in"}),
        ("ask", {"question": "sites-in-place", "parameters": {"place": "山东省"}}),
        ("ask", {"question": "stage-stop", "parameters": {"stage": "phosphate mining"}}),
    ],
)
def test_operations_take_what_is_printed(graph: Graph, name: str, arguments: dict[str, object]) -> None:
    """Addresses, commands and tools ask by operations."""
    compute(graph, name, arguments)


def test_a_word_of_another_kind_is_refused_with_what_is_of_the_kind(graph: Graph) -> None:
    with pytest.raises(KgError, match="no supply-chain stage is called 'phosphate'; did you mean 'phosphate mining'"):
        graph.ask("stage-stop", stage="phosphate")
