"""JSON-LD, compacted with the release's own context: short ids, plain keys, names by language.

The context is written from the ontology in the release, as that of the cards is. A value that a key's
definition would read otherwise stands under the property's full IRI, so that expanding gives the same triples.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import OutputError
from kg.export.metadata import Origin
from kg.export.rdf import classes_above, in_order
from kg.ontology.context import build_context
from kg.ontology.vocabulary import read_vocabulary
from kg.rdf import Literal, NamedNode
from kg.rdf.namespaces import BASE, KG, PREFIXES, is_slug_path
from kg.rdf.store import Fact, Node, Store, facts
from kg.rdf.vocab import OWL_ANNOTATION_PROPERTY, RDF_TYPE, VIEW, XSD_STRING

__all__ = ["Compaction", "release_context", "write_jsonld"]

_TYPE = RDF_TYPE.value
_STRING = XSD_STRING.value
_CLAIMS = BASE + "claim/"
# Keys for what the ontology says of its terms; a key of the cards keeps its meaning.
_OF_TERMS: dict[str, Any] = {
    name: {"@id": PREFIXES["skos"] + name, "@container": "@language"}
    for name in ("definition", "example", "scopeNote", "changeNote")
}
# What stands under this key is about the file and is no triple.
_ABOUT = "about-this-file"

Json = dict[str, Any]


def release_context(store: Store) -> Json:
    """Give the context by which the accepted view of a release is compacted and read back."""
    terms: Json = build_context(read_vocabulary(store))["@context"]
    added = {name: iri for name, iri in sorted(PREFIXES.items()) if name not in terms}
    of_terms = {key: value for key, value in {**_annotations(store), **_OF_TERMS}.items() if key not in terms}
    return {**terms, **of_terms, **added, _ABOUT: None}


def _annotations(store: Store) -> Json:
    """Give keys for what the ontology says of its own terms in its own words, which no card says."""
    found: Json = {}
    for annotation in sorted((one.subject for one in facts(store, None, RDF_TYPE, OWL_ANNOTATION_PROPERTY)), key=str):
        name = annotation.value.removeprefix(KG)
        if name != annotation.value:
            values = [fact.object for fact in facts(store, None, annotation)]
            found[name] = {"@id": annotation.value, **_kind_of_key(values)}
    return found


def _kind_of_key(values: list[Node]) -> Json:
    """Tell how the values of a key are written: as names of things, texts by language, of one type, or as they are."""
    literals = [value for value in values if isinstance(value, Literal)]
    if len(literals) < len(values):
        return {"@type": "@vocab"}
    if literals and all(value.language for value in literals):
        return {"@container": "@language"}
    types = {value.datatype.value for value in literals}
    return {"@type": types.pop()} if len(types) == 1 and types != {_STRING} else {}


def write_jsonld(store: Store, origin: Origin, stream: BinaryIO) -> None:
    """Write the accepted view as one JSON-LD document, one thing a line; a value node stands where it is used."""
    context = release_context(store)
    stream.write(b'{"@context": ' + _bytes(context))
    stream.write(b',\n"' + _ABOUT.encode() + b'": ' + _bytes(origin.to_dict()))
    stream.write(b',\n"@graph": [')
    separator = b"\n"
    for node in _things(store, Compaction(context)):
        stream.write(separator + _bytes(node))
        separator = b",\n"
    stream.write(b"\n]}\n")


def _bytes(tree: Json) -> bytes:
    return json.dumps(tree, ensure_ascii=False).encode()


def _things(store: Store, compaction: Compaction) -> Iterator[Json]:
    """Give each thing as a node object, entities before the value nodes that none of them holds."""
    by_subject: dict[str, list[Fact]] = {}
    for fact in in_order(facts(store, graph=VIEW), classes_above(store)):
        by_subject.setdefault(fact.subject.value, []).append(fact)
    # Popping a node when it is written keeps every triple to one place.
    for iri in sorted(by_subject, key=lambda iri: (iri.startswith(_CLAIMS), iri)):
        if iri in by_subject:
            yield _thing(iri, by_subject, compaction)


def _thing(iri: str, by_subject: dict[str, list[Fact]], compaction: Compaction) -> Json:
    node = compaction.node(iri)
    for fact in by_subject.pop(iri):
        value = fact.object
        inner = None
        belongs = isinstance(value, NamedNode) and value.value in by_subject and _belongs(value.value, iri)
        # A kind is named, and has no place for the thing itself.
        if belongs and fact.predicate.value != _TYPE:
            inner = _thing(value.value, by_subject, compaction)
        compaction.add(node, fact.predicate.value, value, inner)
    return node


def _belongs(value: str, holder: str) -> bool:
    """Tell whether a node is a value of its holder or a part of one, `…#party.share` of `…#party`: none nests deep."""
    return value.startswith(holder + ".") or (value.startswith(_CLAIMS) and not holder.startswith(_CLAIMS))


class Compaction:
    """Writes terms the short way that a context reads back as the same terms."""

    def __init__(self, context: Json) -> None:
        self.context = context
        self._keys: dict[str, str] = {}
        for key, meaning in context.items():
            iri = meaning.get("@id") if isinstance(meaning, dict) else meaning
            if isinstance(iri, str) and not key.startswith("@"):
                self._keys.setdefault(iri, key)

    def node(self, iri: str) -> Json:
        """Start the node object of a thing."""
        return {"id": self.identifier(iri)}

    def add(self, node: Json, predicate: str, value: Node, inner: Json | None = None) -> None:
        """Add a value to a node object; `inner` is the node object that stands for it."""
        if predicate == _TYPE:
            _append(node, "type", self.word(value.value))
            return
        key = self._keys.get(predicate, "")
        meaning = self.context.get(key)
        coercion: Json = meaning if isinstance(meaning, dict) else {}
        by_language = "@container" in coercion
        if by_language and isinstance(value, Literal) and value.language:
            _append(node.setdefault(key, {}), value.language, value.value)
            return
        short = None if by_language else inner or self._short(value, coercion.get("@type"))
        if key and short is not None:
            _append(node, key, short)
        else:
            _append(node, self._property(predicate), inner or self._object(value))

    def identifier(self, iri: str) -> str:
        """Write an IRI relative to the base of ids where it has the form of one."""
        short = iri.removeprefix(BASE)
        return short if short != iri and _is_relative(short) else self._whole(iri)

    def word(self, iri: str) -> str:
        """Write a term of the ontology without its namespace, a unit by its key."""
        key = self._keys.get(iri)
        if key is not None and not isinstance(self.context[key], dict):
            return key
        local = iri.removeprefix(KG)
        return local if local != iri and local.isalnum() and local not in self.context else self._whole(iri)

    def _short(self, value: Node, kind: str | None) -> str | None:
        """Write a value that a key's type makes whole again; None where it would make something else of it."""
        if isinstance(value, NamedNode):
            writers = {"@id": self.identifier, "@vocab": self.word}
            return writers[kind](value.value) if kind in writers else None
        fits = not value.language and value.datatype.value == (kind or _STRING)
        return value.value if fits else None

    def _object(self, value: Node) -> Json | str:
        if isinstance(value, NamedNode):
            return {"id": self.identifier(value.value)}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value == _STRING:
            return value.value
        return {"@value": value.value, "@type": self._whole(value.datatype.value)}

    def _property(self, iri: str) -> str:
        """Write a property by prefix, which brings no type of its own, or whole."""
        for prefix, namespace in PREFIXES.items():
            local = iri.removeprefix(namespace)
            if local != iri and local.isalnum() and self.context.get(prefix) == namespace:
                return f"{prefix}:{local}"
        return self._whole(iri)

    def _whole(self, iri: str) -> str:
        scheme, _, rest = iri.partition(":")
        if scheme in self.context and not rest.startswith("//"):
            raise OutputError(f"{iri}: cannot be written as JSON-LD, which would read it as a prefixed name")
        return iri


def _append(node: Json, key: str, value: Any) -> None:
    """Add a value under a key: one stands alone, several in a list."""
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _is_relative(short: str) -> bool:
    """Tell whether a relative reference of this text leads back to where it came from."""
    path, _, fragment = short.partition("#")
    return is_slug_path(path) and (fragment.replace(".", "").isalnum() or short == path)
