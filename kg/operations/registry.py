"""What a lookup can ask of a graph: a table of verbs, each the method of the same name on `kg.Graph`.

A verb takes the graph and its arguments as keywords and gives what JSON can hold; a Decimal
is written with its plain digits. It runs in a worker, so it may take its time but must not
need the network, another program, or a change of anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from kg.errors import NotFound, UsageError
from kg.graph import Graph
from kg.operations.agents import FOR_AGENTS
from kg.operations.pages import LOOKUPS
from kg.operations.plain import match_of, table_of
from kg.operations.rdf import RDF_VERBS
from kg.operations.tables import TABLE_VERBS
from kg.reconciliation import RECONCILIATION
from kg.tables.cells import json_cell

__all__ = ["VERBS", "Verb", "run_verb", "table_of", "write_json"]

Verb = Callable[..., Any]


def find(graph: Graph, text: str, kind: str | None = None, place: str | None = None, limit: int = 10) -> Any:
    """Find entities by name."""
    return [match_of(match) for match in graph.find(text, kind=kind, place=place, limit=limit)]


def suggest(graph: Graph, text: str) -> Any:
    """Give names that were perhaps meant."""
    return graph.suggest(text)


def show(graph: Graph, entity: str) -> Any:
    """Give everything the accepted view says about an entity."""
    return graph.show(entity).to_dict()


def resolve(graph: Graph, name: str) -> Any:
    """Give the IRI of an id or a name."""
    return graph.resolve(name).value


def questions(graph: Graph) -> Any:
    """Give the named questions with their parameters."""
    return [question.to_dict() for question in graph.questions()]


def ask(graph: Graph, question: str, language: str = "en", parameters: dict[str, str] | None = None) -> Any:
    """Answer a named question."""
    if language not in ("en", "zh"):
        raise UsageError(f"there is no language {language!r}; take en or zh")
    answer = graph.ask(question, language=language, **(parameters or {}))
    return table_of(answer) | {"title": answer.title, "stated": answer.stated, "absent": answer.absent}


def why(graph: Graph, subject: str, predicate: str, target: str | None = None) -> Any:
    """Give the claims behind a statement."""
    return [explanation.to_dict() for explanation in graph.why(subject, predicate, target)]


def conflicts(graph: Graph, entity: str | None = None) -> Any:
    """List where sources disagree."""
    return table_of(graph.conflicts(entity))


def neighbours(graph: Graph, entity: str, relation: str | None = None, language: str = "en") -> Any:
    """Count or list what an entity is tied to."""
    return table_of(graph.neighbours(entity, relation, language=language))


def claims(graph: Graph, of: str, property_name: str | None = None) -> Any:
    """Give every claim about an entity, or of a document."""
    return table_of(graph.claims(of, property_name))


def claim(graph: Graph, name: str, language: str = "en") -> Any:
    """Give one claim in full."""
    return graph.claim(name, language=language).to_dict()


def coverage(graph: Graph) -> Any:
    """Measure what the graph covers."""
    return [{"title": section.title} | table_of(section.table) for section in graph.coverage()]


def facts(graph: Graph) -> Any:
    """Give what the release says of itself."""
    return graph.release.facts


_SAYING = (questions, ask, why, claim, claims, conflicts, coverage, facts)
_OWN: tuple[Verb, ...] = (find, suggest, show, resolve, neighbours, *_SAYING)
VERBS: Mapping[str, Verb] = {
    verb.__name__: verb for verb in (*_OWN, *FOR_AGENTS, *RECONCILIATION, *LOOKUPS, *RDF_VERBS, *TABLE_VERBS)
}


def run_verb(graph: Graph, verb: str, arguments: Mapping[str, Any]) -> bytes:
    """Run a verb and write what it gives as JSON."""
    if verb not in VERBS:
        raise NotFound("verb", verb)
    return write_json(VERBS[verb](graph, **arguments)).encode("utf-8")


def write_json(value: Any) -> str:
    """Write plain values as JSON; a Decimal keeps its digits.

    >>> from decimal import Decimal
    >>> write_json({"area": Decimal("1.50"), "claims": ("claim/a",), "stated": True})
    '{"area":1.50,"claims":["claim/a"],"stated":true}'
    """
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(str(key))}:{write_json(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(write_json(entry) for entry in value) + "]"
    return json_cell(value)
