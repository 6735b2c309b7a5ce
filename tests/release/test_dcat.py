"""The release described as a data set."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph import Graph
from kg.rdf.store import Fact, facts
from kg.release.dcat import DCAT, VOID, Place, count_partitions, describe_dataset

FILE = {"name": "graph.nq", "media": "application/n-quads", "size": 7, "sha256": "0a", "rdf": True}
PLACE = Place("http://localhost:1", (FILE, FILE | {"name": "MANIFEST.sha256", "rdf": False, "sha256": ""}))


def told(graph: Graph) -> list[Fact]:
    return describe_dataset(graph.release.id, count_partitions(graph.release.store), PLACE)


def values(found: list[Fact], predicate: str) -> list[str]:
    return [fact.object.value for fact in found if fact.predicate.value == predicate]


def test_the_partitions_add_up(graph: Graph) -> None:
    counts = count_partitions(graph.release.store)
    assert sum(counts["properties"].values()) == counts["triples"]
    assert counts["triples"] == sum(1 for _ in facts(graph.release.store, graph=ox.DefaultGraph()))
    assert counts["claims"] == len(graph.provenance.claims)


def test_each_class_and_property_has_a_partition(graph: Graph) -> None:
    found = told(graph)
    counts = count_partitions(graph.release.store)
    assert sorted(values(found, VOID + "class")) == sorted(counts["classes"])
    assert sorted(values(found, VOID + "property")) == sorted(counts["properties"])
    assert str(counts["triples"]) in values(found, VOID + "triples")


def test_files_are_distributions_and_only_those_with_triples_are_dumps(graph: Graph) -> None:
    found = told(graph)
    assert set(values(found, DCAT + "distribution")) == {
        "http://localhost:1/dumps/graph.nq",
        "http://localhost:1/dumps/MANIFEST.sha256",
    }
    assert values(found, VOID + "dataDump") == ["http://localhost:1/dumps/graph.nq"]
    assert values(found, "http://spdx.org/rdf/terms#checksumValue") == ["0a"]


def test_the_release_is_a_version_with_a_licence(graph: Graph) -> None:
    found = told(graph)
    assert graph.release.id in values(found, DCAT + "version")
    assert set(values(found, "http://purl.org/dc/terms/license")) == {"https://creativecommons.org/licenses/by/4.0/"}
