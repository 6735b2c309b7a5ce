"""Words of a query that a release does not know: a slip in a name gives no rows, and reads as if nothing were stated.

Classes, properties and ids of a text are looked up one by one. What is nowhere in the data is told with the nearest
that is; a class that nothing is of is told with those below it. A known word says nothing, whatever the query finds.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urljoin

import pyoxigraph as ox

from kg.rdf.namespaces import BASE, KG, PREFIXES, shorten
from kg.rdf.store import Store, facts
from kg.rdf.vocab import (
    DCTERMS_REPLACES,
    LEDGER,
    ONTOLOGY,
    OWL_CLASS,
    OWL_DATATYPE_PROPERTY,
    OWL_OBJECT_PROPERTY,
    RDF_TYPE,
    RDFS_LABEL,
    RDFS_SUB_CLASS_OF,
    SKOS_ALT_LABEL,
    VIEW,
    kg,
)
from kg.sparql.guard import OPAQUE, place

__all__ = ["describe_unknown"]

_MOST = 40
"""Words of one query that are looked up."""

_NEAREST = 3
_DECLARED = re.compile(r"PREFIX\s+([^\s:]*):\s*<([^<>\s]*)>", re.IGNORECASE)
# Signs that SPARQL takes as letters of a name, as the full-width comma in kg:Park，
_LETTERS = "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
_NAME = re.compile(rf"(?<![\w?$@:.%\\^-])((?:[^\W\d_][\w.-]*)?):((?:[\w%.:{_LETTERS}-]|\\.)*(?<!\.))")
_TYPE = re.compile(r"(?:(?<![\w?$:])a|rdf:type)\s+\Z")
_TERMS = (OWL_CLASS, OWL_OBJECT_PROPERTY, OWL_DATATYPE_PROPERTY)
_OURS = (BASE, KG, PREFIXES["kgu"])
# What a text may use without the data holding it: types of values, and functions.
_APART = (PREFIXES["xsd"], "http://www.w3.org/2005/xpath-functions")


def describe_unknown(store: Store, text: str) -> tuple[str, ...]:
    """Say for each word of a query that the data do not hold that it is unknown, with the nearest that they hold."""
    remarks = (_say(store, iri, where, is_class=is_class) for iri, where, is_class in _words(text))
    return tuple(dict.fromkeys(filter(None, remarks)))


def _words(text: str) -> Iterator[tuple[str, str, bool]]:
    """Give the IRIs of a text, each once, with its place and whether it stands as a class."""
    prefixes = {**PREFIXES, **{name: _absolute(iri) for name, iri in _DECLARED.findall(text)}}
    declarations = [found.span() for found in _DECLARED.finditer(text)]
    seen: dict[str, None] = {}
    for offset, iri in sorted(_iris(text, prefixes)):
        apart = iri.startswith(_APART) or any(start <= offset < end for start, end in declarations)
        if apart or iri in seen or not iri.startswith((*_OURS, *PREFIXES.values())) or len(seen) >= _MOST:
            continue
        seen[iri] = None
        yield iri, place(text, offset), _TYPE.search(text[:offset]) is not None


def _absolute(iri: str) -> str:
    # Joining would take the sign off that an IRI of a namespace ends with.
    return iri if ":" in iri else urljoin(BASE, iri)


def _iris(text: str, prefixes: dict[str, str]) -> Iterator[tuple[int, str]]:
    for found in OPAQUE.finditer(text):
        if found[0].startswith("<"):
            yield found.start(), _absolute(found[0][1:-1])
    bare = OPAQUE.sub(lambda one: one[0] if one[0].startswith("\\") else " " * len(one[0]), text)
    for found in _NAME.finditer(bare):
        if found[1] in prefixes and found[2]:
            yield found.start(), prefixes[found[1]] + found[2].replace("\\", "")


def _say(store: Store, iri: str, where: str, *, is_class: bool) -> str:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return ""
    short = shorten(iri)
    if iri.startswith(BASE) and (gone := _say_gone(store, node)):
        return f"{short} (at {where}) {gone}"
    if not _holds(store, node):
        near = _nearest(store, iri)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        what = "id" if iri.startswith(BASE) else "class or property" if iri.startswith(KG) else "word"
        return f"this release knows no {what} {short} (at {where}){meant}"
    if is_class and next(facts(store, None, RDF_TYPE, node), None) is None:
        return _say_empty(store, node, where)
    return ""


def _say_gone(store: Store, node: ox.NamedNode) -> str:
    """Say of an id that was given up what became of it."""
    if next(facts(store, node, graph=VIEW), None) is not None:
        return ""
    stayed = next(facts(store, None, DCTERMS_REPLACES, node), None)
    if stayed is not None:
        return f"was given up for {shorten(stayed.subject.value)}; ask with that"
    record = {fact.predicate: fact.object.value for fact in facts(store, node, graph=LEDGER)}
    if kg("withdrawnOn") in record:
        return (
            f"was withdrawn on {record[kg('withdrawnOn')]}: {record.get(kg('withdrawnBecause'), 'no reason is kept')}"
        )
    return ""


def _holds(store: Store, node: ox.NamedNode) -> bool:
    named = ((node, None, None, None), (None, node, None, None), (None, None, node, None), (None, None, None, node))
    return any(next(store.quads_for_pattern(*pattern), None) is not None for pattern in named)


def _say_empty(store: Store, node: ox.NamedNode, where: str) -> str:
    """Say of a class that nothing is of which of those below it have things."""
    counted = {below: _count(store, below) for below in _below(store, node)}
    filled = sorted((one for one in counted if counted[one]), key=lambda one: (-counted[one], one.value))
    nearest = ", ".join(f"{shorten(one.value)} ({counted[one]:,})" for one in filled[:_NEAREST])
    below = f"; below it are {nearest}" if nearest else ", nor of any below it"
    return f"nothing in this release is directly of the class {shorten(node.value)} (at {where}){below}"


def _below(store: Store, node: ox.NamedNode) -> list[ox.NamedNode]:
    found: dict[ox.NamedNode, None] = {}
    waiting = [node]
    while waiting:
        for fact in facts(store, None, RDFS_SUB_CLASS_OF, waiting.pop(), ONTOLOGY):
            if fact.subject not in found:
                found[fact.subject] = None
                waiting.append(fact.subject)
    return list(found)


def _count(store: Store, kind: ox.NamedNode) -> int:
    return len({fact.subject for fact in facts(store, None, RDF_TYPE, kind)})


def _nearest(store: Store, iri: str) -> list[str]:
    """Give the known names that are spelt most like an unknown one: terms of the ontology, units, or ids."""
    space = next((one for one in _OURS if iri.startswith(one)), "")
    if not space:
        return _nearest_foreign(store, iri)
    name = iri.removeprefix(space)
    folder, slash, _ = name.rpartition("/")
    known = _terms(store, space) if space != BASE else _ids(store, f"{folder}{slash}")
    if space == BASE and "/" not in name:
        # A name without a folder is a class or property whose prefix was forgotten, or no id at all.
        folded = {_fold(one): one for one in _terms(store, KG)}
        return [f"kg:{folded[one]}" for one in difflib.get_close_matches(_fold(name), folded, 1, 0.8)]
    # A name in another case, or with other spelling of one sound, is alike.
    folded = {_fold(one): one for one in known}
    if space == KG:
        folded = _by_words(store) | folded
    close = difflib.get_close_matches(_fold(unquote(name)), folded, 2 * _NEAREST, 0.75)
    return list(dict.fromkeys(shorten(space + folded[one]) for one in close))[:_NEAREST]


def _nearest_foreign(store: Store, iri: str) -> list[str]:
    """Give the words of other vocabularies, such as rdfs:label, that the release uses and that are spelt alike."""
    space = max((one for one in PREFIXES.values() if iri.startswith(one)), key=len)
    used = {quad.predicate.value for quad in store.quads_for_pattern(None, None, None, None)}
    names = [one.removeprefix(space) for one in sorted(used) if one.startswith(space)]
    close = difflib.get_close_matches(iri.removeprefix(space), names, _NEAREST, 0.6)
    return [shorten(space + one) for one in close]


def _fold(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _terms(store: Store, space: str) -> Iterable[str]:
    subjects = {fact.subject.value for fact in facts(store, None, RDF_TYPE, None, ONTOLOGY)}
    return sorted(one.removeprefix(space) for one in subjects if one.startswith(space))


def _by_words(store: Store) -> dict[str, str]:
    """Give the classes and properties by what they are called besides: an analyst may write kg:Factory for kg:Plant."""
    words: dict[str, str] = {}
    for kind in _TERMS:
        for term in facts(store, None, RDF_TYPE, kind, ONTOLOGY):
            for called in (RDFS_LABEL, SKOS_ALT_LABEL, kg("inverseLabel")):
                for fact in facts(store, term.subject, called, graph=ONTOLOGY):
                    words.setdefault(_fold(fact.object.value), term.subject.value.removeprefix(KG))
    return words


def _ids(store: Store, folder: str) -> Iterable[str]:
    """Give the ids of one folder, such as company/; of all folders where none is of that name."""
    subjects = {fact.subject.value for fact in facts(store, None, RDF_TYPE)}
    subjects |= {fact.subject.value for fact in facts(store, None, None, None, LEDGER)}
    ids = sorted(one.removeprefix(BASE) for one in subjects if one.startswith(BASE) and "#" not in one)
    return [one for one in ids if one.startswith(folder)] or ids
