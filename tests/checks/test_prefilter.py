"""The stricter copy of the shapes: what is found with its help is what pySHACL finds without it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from kg.checks.prefilter import predicates_of, prefilter_of
from kg.checks.shapes import Violation, checked_graph, run_shapes
from kg.rdf.namespaces import PREFIXES, shorten

ONTOLOGY = Path(__file__).parents[2] / "ontology"
PREFIX = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
PREFIX += "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix : <https://w3id.org/zerocarbon/ontology#> .\n"

SHAPES = """
:Both a sh:NodeShape ; sh:targetClass :Site ; sh:message "both"@en ;
    sh:property :Shared , [ sh:path :size ; sh:maxCount 1 ; sh:message "sizes"@en ] ;
    sh:or ( [ sh:path :place ; sh:minCount 1 ] [ sh:path ( [ sh:inversePath :part ] :size ) ; sh:hasValue 3 ] ) .
:Other a sh:NodeShape ; sh:targetSubjectsOf :part ; sh:property :Shared .
:Shared sh:path :name ; sh:minCount 1 ; sh:message "name"@en .
:Named a sh:NodeShape ; sh:targetObjectsOf :part , :place ;
    sh:property [ sh:path :name ; sh:qualifiedValueShape [ sh:languageIn ( "en" ) ] ; sh:qualifiedMinCount 1 ;
        sh:message "no English name"@en ] ;
    sh:not [ sh:class :Place ; sh:path :size ; sh:minCount 1 ] ; sh:message "a place with a size"@en .
:Apart a sh:NodeShape ; sh:targetClass :Place ; sh:not [ sh:class :Yard ] ; sh:message "a place and a yard"@en .
:Farther a sh:NodeShape ; sh:targetClass :Yard ; sh:message "a yard and more"@en ;
    sh:not [ sh:or ( [ sh:class :Road ] [ sh:class :Place ] ) ] ;
    sh:property [ sh:path :name ; sh:maxCount 1 ; sh:message "names"@en ] .
:Sole a sh:PropertyShape ; sh:targetNode :a ; sh:path :part ; sh:maxCount 1 ; sh:message "parts"@en .
:Idle a sh:NodeShape ; sh:targetClass :Site ; sh:deactivated true ;
    sh:property [ sh:path :name ; sh:maxCount 0 ; sh:message "idle"@en ] .
:Counted a sh:NodeShape ; sh:targetClass :Place ;
    sh:property [ sh:path :name ; sh:qualifiedValueShape [ sh:languageIn ( "en" ) ] ; sh:qualifiedMinCount 1 ;
        sh:qualifiedMaxCount 1 ; sh:message "English names"@en ] .
"""
# The inner property shape reports the part, not the whole at which it was asked for.
NESTED = """
:Whole a sh:NodeShape ; sh:targetClass :Site ;
    sh:property [ sh:path :part ; sh:property [ sh:path :name ; sh:minCount 1 ; sh:message "part without name"@en ] ] .
"""
CLOSED = ':Bare a sh:NodeShape ; sh:targetClass :Site ; sh:closed true ; sh:message "more than bare"@en .'


class Found(NamedTuple):
    """What pySHACL reports: where, and in which words."""

    focus: str
    message: str


def plain(store: ox.Store, shapes: Graph) -> list[Found]:
    _, report, _ = validate(checked_graph(store), shacl_graph=shapes)
    results = list(report.objects(predicate=SH.result))
    texts = [(result, "; ".join(sorted(map(str, report.objects(result, SH.resultMessage))))) for result in results]
    return sorted(Found(str(report.value(result, SH.focusNode)), text) for result, text in texts)


def screened(store: ox.Store, folder: Path) -> list[Found]:
    return sorted(Found(violation.focus, violation.message) for violation in run_shapes(store, folder))


def shapes_in(folder: Path, text: str) -> Graph:
    (folder / "shapes.ttl").write_text(PREFIX + text, encoding="utf-8")
    return Graph().parse(folder / "shapes.ttl")


def store_of(text: str) -> ox.Store:
    store = ox.Store()
    store.load(PREFIX + text, format=ox.RdfFormat.TURTLE)
    return store


nodes = st.sampled_from([":a", ":b", ":c"])
names = st.sampled_from(['"x"@en', '"y"@en', '"z"@zh'])
sentences = st.one_of(
    st.builds("{} a {} .".format, nodes, st.sampled_from([":Site", ":Place", ":Yard", ":Road"])),
    st.just(":Yard rdfs:subClassOf :Site ."),
    st.just(":Road rdfs:subClassOf :Yard ."),
    st.builds("{} {} {} .".format, nodes, st.sampled_from([":part", ":place"]), nodes),
    st.builds("{} :name {} .".format, nodes, names),
    st.builds("{} :size {} .".format, nodes, st.integers(2, 3)),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder for shapes."""
    return tmp_path_factory.mktemp("shapes")


@settings(max_examples=120, deadline=None)
@given(facts=st.lists(sentences, max_size=14), nested=st.booleans())
def test_with_the_screen_pyshacl_finds_what_it_finds_without(folder: Path, facts: list[str], nested: bool) -> None:
    shapes = shapes_in(folder, SHAPES + (NESTED if nested else ""))
    store = store_of("\n".join(facts))
    assert screened(store, folder) == plain(store, shapes)


def test_a_node_that_only_the_second_branch_saves_conforms(tmp_path: Path) -> None:
    shapes = shapes_in(tmp_path, SHAPES)
    store = store_of(':b :part :a ; :size 3 ; :name "b"@en . :a a :Site ; :name "a"@en .')
    report = validate(checked_graph(store), shacl_graph=prefilter_of(shapes, checked_graph(store)).shapes)[1]
    assert list(report.objects(predicate=SH.result))
    assert run_shapes(store, tmp_path) == []


def test_a_part_that_two_shapes_hold_is_told_of_both(tmp_path: Path) -> None:
    shapes_in(tmp_path, SHAPES)
    store = store_of(":a a :Site ; :place :b ; :part :c . :b :name 'b'@en . :c :name 'c'@en .")
    # pySHACL names the shape that is violated, which is one.
    assert run_shapes(store, tmp_path) == [Violation("https://w3id.org/zerocarbon/ontology#a", "Shared", "name")] * 2


def test_shapes_that_look_at_any_predicate_get_them_all(tmp_path: Path) -> None:
    assert predicates_of(shapes_in(tmp_path, SHAPES)) is not None
    shapes = shapes_in(tmp_path, CLOSED)
    assert predicates_of(shapes) is None
    store = store_of(":a a :Site ; :unheardOf 1 .")
    assert screened(store, tmp_path) == plain(store, shapes) != []


NOT = URIRef(f"{SH}not")


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        (":a a :Place . :b a :Yard .", set()),
        (":a a :Place , :Yard .", {"Apart", "Farther"}),
        (":Road rdfs:subClassOf :Place . :a a :Yard . :b a :Road .", set()),
        (":Road rdfs:subClassOf :Yard . :a a :Place , :Road .", {"Apart", "Farther"}),
        (":a a :Road . :Road rdfs:subClassOf :Yard .", {"Farther"}),
    ],
)
def test_classes_that_exclude_each_other_are_asked_of_nodes_only_where_something_is_of_both(
    tmp_path: Path, facts: str, kept: set[str]
) -> None:
    shapes = shapes_in(tmp_path, SHAPES)
    store = store_of(facts)
    screen = prefilter_of(shapes, checked_graph(store)).shapes
    # A shape that asks more of the node than its class, or of other nodes, stays.
    assert {shorten(str(owner)).removeprefix("kg:") for owner in screen.subjects(NOT)} == {"Named", *kept}
    assert screened(store, tmp_path) == plain(store, shapes)


def test_the_shapes_of_the_ontology_are_all_in_the_screen() -> None:
    shapes = Graph()
    for path in (ONTOLOGY / "shapes").glob("*.ttl"):
        shapes.parse(path)
    screen = prefilter_of(shapes, Graph())
    assert set(shapes.subjects(SH.targetClass)) <= set(screen.owners.values())
    assert not list(screen.shapes.objects(predicate=SH.property))
    assert predicates_of(shapes) is not None
