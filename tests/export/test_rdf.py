"""Exports as RDF: every form is read back by two independent readers as the same triples, and is the same bytes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import OutputError
from kg.export.jsonld import Compaction, release_context, write_jsonld
from kg.export.metadata import Origin
from kg.export.rdf import write_trig, write_turtle
from kg.graph import Graph
from kg.rdf.namespaces import BASE, KG, PREFIXES
from kg.rdf.vocab import ONTOLOGY

ORIGIN = Origin("0123456789abcdef", None, 2, 3, "2025-05-17")
VIEW = ox.DefaultGraph()


def exported(graph: Graph, form: str) -> bytes:
    stream = io.BytesIO()
    graph.export(form, stream)
    return stream.getvalue()


def view(graph: Graph) -> set[ox.Quad]:
    return {quad for quad in graph.release.store if quad.graph_name == VIEW}


def as_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    found = rdflib.Graph()
    text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    return found.parse(data=text, format="nt")


def test_nquads_are_the_dump_of_the_release(graph: Graph) -> None:
    text = exported(graph, "nquads")
    assert text == (graph.release.path / "graph.nq").read_bytes()
    lines = text.decode().splitlines()
    assert lines == sorted(lines)
    assert set(ox.parse(text, format=ox.RdfFormat.N_QUADS)) == set(graph.release.store)


@pytest.mark.parametrize(("form", "rdf"), [("turtle", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)])
def test_the_view_comes_back(graph: Graph, form: str, rdf: ox.RdfFormat) -> None:
    assert set(ox.parse(exported(graph, form), format=rdf)) == view(graph)


# rdflib's own reader of JSON-LD makes one.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("form", "name"), [("turtle", "turtle"), ("jsonld", "json-ld")])
def test_the_view_comes_back_in_rdflib(graph: Graph, form: str, name: str) -> None:
    found = rdflib.Graph().parse(data=exported(graph, form), format=name)
    assert set(found) == set(as_rdflib(view(graph)))


def test_trig_holds_every_graph(graph: Graph) -> None:
    assert set(ox.parse(exported(graph, "trig"), format=ox.RdfFormat.TRIG)) == set(graph.release.store)


@pytest.mark.parametrize("form", ["turtle", "jsonld", "trig"])
def test_every_form_says_release_licence_and_whom_to_name(graph: Graph, form: str) -> None:
    head = exported(graph, form)[:60_000].decode(errors="ignore")
    assert graph.release.id in head
    assert "CC-BY-4.0" in head
    assert "https://w3id.org/zerocarbon/, CC-BY-4.0" in head


@pytest.mark.parametrize("form", ["turtle", "trig", "jsonld"])
def test_another_process_writes_the_same_bytes(graph: Graph, release_folder: Path, form: str) -> None:
    code = f"import kg, sys; kg.open(sys.argv[1]).export({form!r}, sys.stdout.buffer)"
    run = subprocess.run([sys.executable, "-c", code, release_folder], capture_output=True, check=True)
    assert run.stdout == exported(graph, form)


def test_turtle_is_for_people(graph: Graph) -> None:
    text = exported(graph, "turtle").decode()
    # The narrowest class comes first, the classes above it after it.
    assert "\n<base/guian/phase-one> a kg:Phase , kg:MaterialEntity ;\n\trdfs:label " in text
    assert f"\n@prefix kg: <{KG}> .\n" in text


def test_jsonld_is_for_people(graph: Graph) -> None:
    tree = json.loads(exported(graph, "jsonld"))
    things = {thing["id"]: thing for thing in tree["@graph"]}
    base = things["base/yanzhou"]
    assert base["type"] == ["Base", "Site", "MaterialEntity"]
    assert base["name"]["zh"] == "山东时代储能及动力电池生产基地"
    jobs = things["base/guian/phase-one"]["expectedJobs"]
    assert (jobs["bound"], jobs["value"], jobs["unit"]) == ("MoreThan", "3000", "people")
    # What the ontology has a key for stands under that key, not under an IRI.
    assert not [key for thing in tree["@graph"] for key in thing if key.startswith(KG)]


def test_the_context_is_that_of_the_cards_and_more(graph: Graph) -> None:
    cards = json.loads((Path(__file__).parents[2] / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]
    context = release_context(graph.release.store)
    assert cards.items() <= context.items()


IRIS = st.sampled_from(
    [
        BASE + "company/a",
        BASE + "base/b/c",
        BASE + "claim/d/e#party",
        BASE + "claim/d/e#party.share",
        BASE + "Company/A",
        BASE,
        KG + "Signed",
        KG + "name",
        KG + "two/parts",
        PREFIXES["unit"] + "HA",
        PREFIXES["skos"] + "Concept",
        "http://example.org/x",
        "urn:example:x",
        "https://example.org/",
    ]
)
PROPERTIES = st.sampled_from(
    [
        *(KG + name for name in ("party", "value", "title", "agreementStage", "unit", "url", "unknown")),
        *(PREFIXES["rdfs"] + "label", PREFIXES["rdf"] + "type", PREFIXES["skos"] + "definition"),
        "http://example.org/p#q",
    ]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(ox.Literal, TEXTS, language=st.sampled_from(["en", "zh", "zh-hans"])),
    st.builds(
        ox.Literal,
        TEXTS,
        datatype=st.sampled_from([ox.NamedNode(PREFIXES["xsd"] + name) for name in ("decimal", "date", "anyURI")]),
    ),
)


@st.composite
def triples(draw: st.DrawFn) -> ox.Quad:
    predicate = draw(PROPERTIES)
    value = draw(IRIS.map(ox.NamedNode) if predicate.endswith("#type") else st.one_of(IRIS.map(ox.NamedNode), LITERALS))
    return ox.Quad(ox.NamedNode(draw(IRIS)), ox.NamedNode(predicate), value)


@pytest.fixture(scope="module")
def ontology(graph: Graph) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(graph.release.store.quads_for_pattern(None, None, None, ONTOLOGY))
    return store


@settings(max_examples=40, deadline=None)
@given(wild=st.lists(triples(), max_size=12))
def test_any_triples_come_back_from_jsonld(ontology: ox.Store, wild: list[ox.Quad]) -> None:
    store = ox.Store()
    store.bulk_extend([*ontology, *wild])
    stream = io.BytesIO()
    write_jsonld(store, ORIGIN, stream)
    assert set(ox.parse(stream.getvalue(), format=ox.RdfFormat.JSON_LD)) == set(wild)


@given(wild=st.lists(triples(), max_size=12))
def test_any_triples_come_back_from_turtle_and_trig(wild: list[ox.Quad]) -> None:
    store = ox.Store()
    store.bulk_extend(wild)
    for write, form in ((write_turtle, ox.RdfFormat.TURTLE), (write_trig, ox.RdfFormat.TRIG)):
        stream = io.BytesIO()
        write(store, ORIGIN, stream)
        assert set(ox.parse(stream.getvalue(), format=form)) == set(wild)


def test_an_iri_that_would_be_read_as_a_prefixed_name_is_refused(graph: Graph) -> None:
    compaction = Compaction(release_context(graph.release.store))
    with pytest.raises(OutputError, match="skos:x: cannot be written as JSON-LD"):
        compaction.identifier("skos:x")
