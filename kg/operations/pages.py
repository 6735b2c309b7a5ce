"""What pages, linked data and the lookup API ask of a graph, beyond the verbs of `kg.operations.registry`.

Each function is a verb: it takes the graph and plain values, runs in a worker, and gives plain values.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from itertools import groupby
from typing import Any

from kg.entities.description import is_minted
from kg.entities.neighbours import count_neighbours
from kg.entities.profile import read_profile
from kg.errors import KgError, NotFound, Withdrawn
from kg.graph import Graph
from kg.localization import translate
from kg.ontology.glossary import read_glossary
from kg.operations.listings import coverage_report, kinds, read_coverage
from kg.questions.question import Question
from kg.rdf import Literal, NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import KG, ROOT, expand, is_slug_path, shorten
from kg.rdf.nodes import find_node, is_document, missing, node_of
from kg.rdf.store import Node, facts
from kg.rdf.vocab import ENTITIES, LEDGER, RDF_TYPE, kg
from kg.release.metadata import LICENCE_URL
from kg.tables.table import Reference, Table, Word

__all__ = ["LOOKUPS", "page_table"]

_EXAMPLES = 9
# Of what the coverage counts, the numbers that say how much is here.
_COUNTED = ("entities", "documents", "claims", "statements in the view", "questions")
_KINDS_SHOWN = 14
_CLAIM_COLUMNS = ["subject", "property", "value", "standing", "printed", "mode", "start"]

# What proves that a text is the one that was read comes last.
_CHECKED = frozenset(KG + name for name in ("length", "sha256"))

Plain = dict[str, Any]


def home(graph: Graph, language: str) -> Plain:
    """Give what the first page tells: the numbers, how strong the evidence is, the kinds, a question of each shape."""
    totals = read_coverage(graph).get("Totals", [])
    examples: dict[str, Question] = {}
    for question in graph.questions():
        examples.setdefault(question.shapes[0], question)
    return {
        "numbers": [(translate(row["what"], language), row["number"]) for row in totals if row["what"] in _COUNTED],
        "strengths": _strengths(graph, language),
        "kinds": _starting_kinds(graph, language)[:_KINDS_SHOWN],
        "questions": [
            {"name": question.name, "title": question.title[language], "shapes": question.shapes}
            for question in list(examples.values())[:_EXAMPLES]
        ],
        "question_count": len(graph.questions()),
        "tasks": tasks(graph, language),
    }


def tasks(graph: Graph, language: str) -> list[Plain]:
    """Give the questions to start with: what one wants to do, and an example by the name of what it is about.

    A release that lacks what a question asks about unless told otherwise does not begin with it.
    """
    found = []
    for question in graph.questions():
        about = [one for one in question.parameters if one.kind == "entity"]
        nodes = [find_node(graph.release.store, one.default) for one in about]
        if question.task and all(nodes):
            words = {"task": question.task[language], "title": question.title[language]}
            examples = [
                {"parameter": one.name, **_reference(graph, node, language)}
                for one, node in zip(about, nodes, strict=True)
                if node is not None
            ]
            found.append({"name": question.name, **words, "example": examples[0] if examples else None})
    return found


def _strengths(graph: Graph, language: str) -> list[Plain]:
    """Give the strengths of evidence, the strongest first, each with how many claims have it."""
    store = graph.release.store
    return [
        {
            "id": shorten(node.value) if (node := find_node(store, "kg:" + row["strength"])) else "",
            "name": label(store, node, language) if node else translate(row["strength"], language),
            "number": row["claims"],
        }
        for row in read_coverage(graph).get("By strength of evidence", [])
    ]


def _starting_kinds(graph: Graph, language: str) -> list[Plain]:
    """Give the classes to start with, each with how many things are of it or of a class below, the most first."""
    store, classes = graph.release.store, graph.schema.classes
    starts = [name for name in classes if any(facts(store, kg(name), kg("tier"), kg("StartingPoint")))]
    members = {name: _members(graph, graph.schema.kinds_within(name, classes)) for name in starts}
    named = [{"id": name, "name": label(store, kg(name), language), "number": len(members[name])} for name in starts]
    return sorted((one for one in named if one["number"]), key=lambda one: (-one["number"], one["id"]))


def _members(graph: Graph, classes: list[str]) -> set[Node]:
    """Give the things of some classes: entities, and documents, which the ledger keeps."""
    documents = graph.schema.kinds_within("Document", classes)
    places = [(name, ENTITIES) for name in classes] + [(name, LEDGER) for name in documents]
    return {
        fact.subject
        for name, graph_name in places
        for fact in facts(graph.release.store, None, RDF_TYPE, kg(name), graph_name)
    }


def page_table(table: Table) -> Plain:
    """Give a table as a page shows it: a word of ours with what people read under `<column>_name`, as of references."""
    plain = table.to_dict()
    for row, cells in zip(plain["rows"], table.rows, strict=True):
        named = zip(table.columns, cells, strict=True)
        row |= {
            f"{column}_name": cell.name if isinstance(cell, Word) else cell.shown
            for column, cell in named
            if isinstance(cell, Word | Reference)
        }
    return plain


def locate(graph: Graph, path: str) -> Plain:
    """Tell what an id is: an entity, a document, a claim, another record, or one merged into another.

    NotFound, with the nearest ids and names, for what the release does not know.
    """
    node = node_of(expand(path))
    if node is None or not (is_slug_path(path) or path.startswith("kg:")):
        raise NotFound("entity", path, _nearest(graph, path))
    if node.value in graph.provenance.claims:
        return {"sort": "claim", "id": path}
    stayed = find_node(graph.release.store, path)
    if stayed is None:
        gone = missing(graph.release.store, "entity", path)
        if isinstance(gone, Withdrawn):
            raise gone
        if not is_minted(graph.release.store, node):
            raise NotFound("entity", path, _nearest(graph, path))
        return {"sort": "record", "id": path}
    if stayed != node:
        return {"sort": "merged", "id": shorten(stayed.value)}
    return {"sort": "document" if is_document(graph.release.store, node) else "entity", "id": path}


def _nearest(graph: Graph, path: str) -> tuple[str, ...]:
    """Look the last part of an id up as a name, and give ids."""
    words = path.rpartition("/")[2].replace("-", " ")[:100]
    try:
        return tuple(shorten(match.entity) for match in graph.find(words, limit=3))
    except KgError:
        return ()


def entity_page(graph: Graph, entity: str, language: str, property_name: str | None = None) -> Plain:
    """Give all that the page of an entity or a document shows."""
    node = graph.resolve(entity)
    if property_name is not None:
        property_name = shorten(graph.resolve_property(property_name).value).removeprefix("kg:")
    profile = read_profile(graph.provenance, node, language, property_name)
    if property_name is not None and not profile["groups"]:
        raise NotFound("property", property_name)
    counts = page_table(count_neighbours(graph.release.store, node, language))["rows"]
    document = property_name is None and is_document(graph.release.store, node)
    return profile | {
        "neighbour_counts": counts,
        "record": _ledger(graph, node, language) if document else [],
        "claims": _claims(graph, entity, language) if document else None,
        "schema_org": _schema_org(profile),
    }


def _claims(graph: Graph, document: str, language: str) -> Plain:
    """Give the claims of a document in the columns in which any of them says something."""
    plain = page_table(graph.claims(document, language=language))
    columns = [name for name in _CLAIM_COLUMNS if any(row[name] is not None for row in plain["rows"])]
    return plain | {"columns": columns}


def _ledger(graph: Graph, node: NamedNode, language: str) -> list[Plain]:
    """Give what the ledger says of a node, but for the claims that it makes."""
    store = graph.release.store
    found = sorted(facts(store, node, graph=LEDGER), key=lambda fact: (fact.predicate.value in _CHECKED, str(fact)))
    return [
        {"property": _reference(graph, fact.predicate, language), "value": _reference(graph, fact.object, language)}
        for fact in found
        if fact.predicate.value not in (KG + "makesClaim", KG + "title", RDF_TYPE.value)
    ]


def _schema_org(profile: Plain) -> Plain:
    """Say the same in the words of schema.org, as far as they go."""
    return {
        "@context": "https://schema.org/",
        "@type": "Thing",
        "@id": profile["iri"],
        "identifier": profile["id"],
        "name": profile["name"],
        "alternateName": [*profile["names"].values(), *profile["aliases"]],
        "sameAs": profile["matches"],
        "license": LICENCE_URL,
    }


def record(graph: Graph, path: str, language: str) -> Plain:
    """Give the page of what only the ledger knows, such as a judgement on two names."""
    return {"id": path, "facts": _ledger(graph, NamedNode(expand(path)), language)}


def _reference(graph: Graph, node: NamedNode | Literal, language: str) -> Plain:
    # An address that the data holds as a text is offered as a link too, if it is one of the web.
    short = shorten(node.value) if isinstance(node, NamedNode) else node.value
    return {"id": short, "name": label(graph.release.store, node, language)}


def glossary(graph: Graph) -> list[Plain]:
    """Give the ontology by module."""
    return [module.to_dict() for module in read_glossary(graph.release.store)]


def disagreements(graph: Graph, entity: str | None, language: str) -> list[Plain]:
    """Group the claims that disagree by what they are about."""
    rows = page_table(graph.conflicts(entity, language=language))["rows"]
    groups = groupby(rows, key=lambda row: (str(row["subject"]), str(row["property"])))
    return [
        {
            "subject": _reference(graph, NamedNode(expand(subject)), language),
            "property": _reference(graph, kg(name), language),
            "rows": list(group),
        }
        for (subject, name), group in groups
    ]


def of_kind(graph: Graph, kind: str, language: str, **part: Any) -> Plain:
    """List the entities of a class and of those below it by name, and tell how many there are.

    `place` keeps to what lies in a place; `offset` and `limit` cut the list.
    """
    store = graph.release.store
    classes = graph.schema.kinds_within(graph.schema.class_named(kind) or kind, graph.schema.classes)
    if not classes:
        raise NotFound("kind", kind, tuple(difflib.get_close_matches(kind, graph.schema.classes, 3, 0.5)))
    found = _members(graph, classes)
    if part.get("place"):
        found &= graph.inside(part["place"])
    named = sorted((label(store, node, language), shorten(node.value)) for node in found)
    start = part.get("offset", 0)
    shown = named[start : start + part["limit"]]
    return {"number": len(named), "entities": [{"id": short, "name": name} for name, short in shown]}


def ids(graph: Graph) -> list[str]:
    """Name every entity and document, for the site's map."""
    entities = {fact.subject.value for fact in facts(graph.release.store, None, RDF_TYPE, graph=ENTITIES)}
    documents = {document.value for document in graph.provenance.claims.values()}
    return sorted(short for iri in entities | documents if is_slug_path(short := shorten(iri)))


def about(graph: Graph) -> Plain:
    """Give what the release says of itself, and the root of its ids."""
    return {"facts": graph.release.facts, "root": ROOT}


LOOKUPS: tuple[Callable[..., Any], ...] = (
    home, tasks, kinds, locate, entity_page, record, glossary, disagreements, of_kind, coverage_report, ids, about,
)  # fmt: skip
