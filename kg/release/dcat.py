"""The release described as a data set: DCAT for catalogues, VoID for clients of linked data.

One description serves both: the data set with its licence, publisher's title, version and files, and its partitions
by class and by property with the number of entities and triples in each, so that a client knows what is there before
it asks. Addresses are given by the caller, since a release does not know where it is served.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.rdf import Literal, NamedNode
from kg.rdf.namespaces import BASE, KG, PREFIXES, ROOT
from kg.rdf.store import Fact, Node, Store, facts
from kg.rdf.vocab import ENTITIES, LEDGER, RDF_TYPE, VIEW, XSD_HEX_BINARY, kg
from kg.release.metadata import LICENCE_URL, TITLES

__all__ = ["Place", "count_partitions", "describe_dataset"]

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = PREFIXES["dcterms"]
FOAF = "http://xmlns.com/foaf/0.1/"
SD = "http://www.w3.org/ns/sparql-service-description#"
SPDX = "http://spdx.org/rdf/terms#"
_LICENCE = NamedNode(LICENCE_URL)

_COUNTED = {
    "triples": "triples",
    "entities": "entities",
    "distinctSubjects": "subjects",
    "distinctObjects": "objects",
    "documents": "documents",
    "classes": "classes",
    "properties": "properties",
}


@dataclass(frozen=True)
class Place:
    """Where a release is served: the site's address without a slash at its end, and its files with size and sum."""

    site: str
    files: tuple[Mapping[str, Any], ...]


def count_partitions(store: Store) -> dict[str, Any]:
    """Count the triples, entities and documents of a release, by class and by property of the accepted view."""
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    subjects, objects, triples = set(), set(), 0
    for fact in facts(store, graph=VIEW):
        triples += 1
        properties[fact.predicate.value] += 1
        subjects.add(fact.subject)
        objects.add(fact.object)
        if fact.predicate == RDF_TYPE:
            classes[fact.object.value] += 1
    entities = {fact.subject for fact in facts(store, graph=ENTITIES)}
    made = [fact.subject for fact in facts(store, None, kg("makesClaim"), graph=LEDGER)]
    return {
        "triples": triples,
        "entities": len(entities),
        "subjects": len(subjects),
        "objects": len(objects),
        "documents": len(set(made)),
        "claims": len(made),
        "classes": dict(sorted(classes.items())),
        "properties": dict(sorted(properties.items())),
    }


def describe_dataset(release: str, counts: Mapping[str, Any], place: Place) -> list[Fact]:
    """Give the description as triples about `<site>/.well-known/void` and what it describes."""
    triples = dict.fromkeys((*_dataset(release, counts, place), *_files(release, place), *_partitions(counts)))
    return sorted((Fact(*triple, VIEW) for triple in triples), key=str)


_Triple = tuple[NamedNode, NamedNode, Node]
_DATASET = NamedNode(ROOT + "dataset")


def _dataset(release: str, counts: Mapping[str, Any], place: Place) -> Iterator[_Triple]:
    catalogue, about = NamedNode(ROOT + "catalogue"), NamedNode(f"{place.site}/.well-known/void")
    version = NamedNode(f"{ROOT}release/{release}")
    yield from _kinds(about, VOID + "DatasetDescription")
    yield about, NamedNode(FOAF + "primaryTopic"), _DATASET
    yield from _kinds(catalogue, DCAT + "Catalog")
    yield catalogue, NamedNode(DCAT + "dataset"), _DATASET
    yield from _kinds(_DATASET, DCAT + "Dataset", VOID + "Dataset")
    for node in (catalogue, _DATASET):
        yield from ((node, NamedNode(DCTERMS + "title"), Literal(text, language=tag)) for tag, text in TITLES.items())
        yield node, NamedNode(DCTERMS + "license"), _LICENCE
    yield _DATASET, NamedNode(DCAT + "hasCurrentVersion"), version
    yield from _kinds(version, DCAT + "Dataset")
    yield version, NamedNode(DCAT + "isVersionOf"), _DATASET
    yield version, NamedNode(DCAT + "version"), Literal(release)
    yield _DATASET, NamedNode(DCAT + "version"), Literal(release)
    yield _DATASET, NamedNode(DCAT + "landingPage"), NamedNode(f"{place.site}/")
    yield _DATASET, NamedNode(VOID + "sparqlEndpoint"), NamedNode(f"{place.site}/sparql")
    yield _DATASET, NamedNode(VOID + "uriSpace"), Literal(BASE)
    yield _DATASET, NamedNode(VOID + "vocabulary"), NamedNode(KG)
    for name, key in _COUNTED.items():
        number = counts[key] if isinstance(counts[key], int) else len(counts[key])
        yield _DATASET, NamedNode(VOID + name), _integer(number)


def _files(release: str, place: Place) -> Iterator[_Triple]:
    """Describe the files as distributions of this version, each with its size and sum."""
    version = NamedNode(f"{ROOT}release/{release}")
    for file in place.files:
        address = NamedNode(f"{place.site}/dumps/{file['name']}")
        for node in (version, _DATASET):
            yield node, NamedNode(DCAT + "distribution"), address
        if file["rdf"]:
            yield _DATASET, NamedNode(VOID + "dataDump"), address
        yield from _kinds(address, DCAT + "Distribution")
        yield address, NamedNode(DCAT + "downloadURL"), address
        yield address, NamedNode(DCTERMS + "title"), Literal(str(file["name"]))
        yield address, NamedNode(DCTERMS + "license"), _LICENCE
        yield address, NamedNode(DCAT + "mediaType"), _media(file["media"])
        yield address, NamedNode(DCAT + "byteSize"), _integer(file["size"], "nonNegativeInteger")
        yield from _checksum(address, file["sha256"])


def _checksum(address: NamedNode, digest: str) -> Iterator[_Triple]:
    """Give the sum of a file; the list of sums has none itself."""
    if digest:
        checksum = NamedNode(f"{address.value}#checksum")
        yield address, NamedNode(SPDX + "checksum"), checksum
        yield from _kinds(checksum, SPDX + "Checksum")
        yield checksum, NamedNode(SPDX + "algorithm"), NamedNode(SPDX + "checksumAlgorithm_sha256")
        yield checksum, NamedNode(SPDX + "checksumValue"), _hex(digest)


def _partitions(counts: Mapping[str, Any]) -> Iterator[_Triple]:
    """Count by class and by property, each partition an IRI of its own."""
    for sort, link, number in (
        ("classes", "class", "entities"),
        ("properties", "property", "triples"),
    ):
        for place, (iri, count) in enumerate(counts[sort].items()):
            part = NamedNode(f"{ROOT}dataset#{link}-{place}")
            yield _DATASET, NamedNode(f"{VOID}{link}Partition"), part
            yield part, NamedNode(VOID + link), NamedNode(iri)
            yield part, NamedNode(VOID + number), _integer(count)


def _kinds(node: NamedNode, *kinds: str) -> Iterable[_Triple]:
    return ((node, RDF_TYPE, NamedNode(kind)) for kind in kinds)


def _media(name: str) -> NamedNode:
    return NamedNode(f"https://www.iana.org/assignments/media-types/{name}")


def _integer(number: int, kind: str = "integer") -> Literal:
    return Literal(str(number), datatype=NamedNode(PREFIXES["xsd"] + kind))


def _hex(text: str) -> Literal:
    return Literal(text, datatype=XSD_HEX_BINARY)
