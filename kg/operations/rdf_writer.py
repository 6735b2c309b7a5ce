"""Facts as RDF texts: Turtle, N-Triples, RDF/XML and JSON-LD, and with their graphs TriG and N-Quads.

Texts are in order, so that the same facts give the same bytes. JSON-LD is compacted with the release's context and
carries what it uses of it, so that it reads without the network; it keeps the graphs, as TriG does. The triple forms
drop them: which claim says what is then told by the names of value nodes only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg.export.jsonld import Compaction
from kg.formats import RDF
from kg.rdf.io import Statement, serialize
from kg.rdf.namespaces import PREFIXES
from kg.rdf.store import Fact
from kg.rdf.vocab import VIEW

__all__ = ["write_rdf"]

_GRAPHS = frozenset(one.suffix for one in RDF.values() if one.keeps_graphs)

Json = dict[str, Any]


def write_rdf(found: Iterable[Fact], format: str, context: Json) -> str:
    """Write facts in one of the formats of `kg.formats.RDF`, named by its suffix."""
    if format == "jsonld":
        return json.dumps(_compacted(list(found), context), ensure_ascii=False, indent=1) + "\n"
    return _serialized(found if format in _GRAPHS else dict.fromkeys(fact.triple for fact in found), format)


def _serialized(found: Iterable[Statement], form: str) -> str:
    text = serialize(found, form, PREFIXES).decode("utf-8")
    if form in ("ttl", "trig"):
        lines = text.splitlines(keepends=True)
        heads = [line for line in lines if line.startswith("@prefix ")]
        body = "".join(line for line in lines if not line.startswith("@prefix "))
        # The engine writes all prefixes in an order of chance.
        used = (line for line in sorted(heads) if line.split()[1] in body)
        return "".join(used) + "\n" + body
    return text


def _compacted(found: list[Fact], context: Json) -> Json:
    """Write facts as node objects, each graph's in an object of its own."""
    compaction = Compaction(context)
    graphs: dict[str, dict[str, Json]] = {}
    for fact in found:
        nodes = graphs.setdefault("" if fact.graph == VIEW else str(fact.graph).strip("<>"), {})
        node = nodes.setdefault(fact.subject.value, compaction.node(fact.subject.value))
        compaction.add(node, fact.predicate.value, fact.object)
    tree: list[Json] = list(graphs.pop("", {}).values())
    for name, nodes in sorted(graphs.items()):
        tree.append(compaction.node(name) | {"@graph": list(nodes.values())})
    used = set(_texts(tree))
    kept = {key: meaning for key, meaning in context.items() if key.startswith("@") or key in used or key in _ALWAYS}
    return {"@context": kept, "@graph": tree}


_ALWAYS = frozenset({"id", "type"})


def _texts(tree: Any) -> Iterator[str]:
    """Give every key and text of a tree, and the prefix of each: what a context may have to explain."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from (key, key.partition(":")[0])
            yield from _texts(value)
    elif isinstance(tree, list):
        for entry in tree:
            yield from _texts(entry)
    elif isinstance(tree, str):
        yield from (tree, tree.partition(":")[0])
