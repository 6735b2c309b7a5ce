"""What a query says that nothing can meet: it runs, gives no rows, and reads as if nothing were stated.

Three slips are common and silent: a text without the language that the data give it with, a variable that no pattern
gives a value, and a prefix of this graph that is declared as another's. Each is told beside the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.languages import LANGUAGES
from kg.rdf.namespaces import BASE, PREFIXES
from kg.rdf.store import Store
from kg.rdf.vocab import XSD_DECIMAL
from kg.sparql.guard import OPAQUE, place

__all__ = ["describe_slips"]

_MOST = 20
"""Texts and variables of one query that are looked at."""

_DECLARED = re.compile(r"PREFIX\s+([^\s:]*):\s*(\x01+)", re.IGNORECASE)
_VARIABLE = re.compile(r"[?$]\w+")
_HEAD = re.compile(
    r"(?<![\w?$])SELECT(?:\s+(?:DISTINCT|REDUCED))?(?!\w)(.*?)(?=WHERE|FROM|\{|\Z)", re.IGNORECASE | re.DOTALL
)
# Where a variable is given a value though it stands in brackets.
_GIVEN = re.compile(r"(?:VALUES\s*\([^()]*\)|AS\s+[?$]\w+\s*\))", re.IGNORECASE)
_TYPED = (ox.Literal(1).datatype, XSD_DECIMAL)
_NAME = r"([\w-]*:[\w.%-]*\w|\x01+)"
_BEFORE = re.compile(rf"{_NAME}\s+\Z")
_COMPARED = re.compile(r"([?$]\w+)\s*=\s*\Z")
_LANGUAGE = re.compile(r"@([A-Za-z]+(?:-\w+)*)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_COMPUTED = re.compile(r"(?:BIND|IF|COALESCE)\s*\Z", re.IGNORECASE)
_CLASS = re.compile(r"(?:(?<![\w?$:])a|rdf:type)\s+\Z")


def describe_slips(store: Store, text: str, given: Iterable[str] = ()) -> tuple[str, ...]:
    """Say what in a query cannot meet anything, with what to write instead; `given` are variables that get values."""
    outlined = OPAQUE.sub(lambda one: (" " if one[0].startswith("#") else "\x01") * len(one[0]), text)
    return (*_prefixes(text, outlined), *_variables(text, outlined, set(given)), *_literals(store, text, outlined))


def _prefixes(text: str, outlined: str) -> Iterator[str]:
    for found in _DECLARED.finditer(outlined):
        name, iri = found[1], text[found.start(2) + 1 : found.end(2) - 1]
        ours = PREFIXES.get(name)
        if ours is not None and iri and (iri if ":" in iri else urljoin(BASE, iri)) != ours:
            where = place(text, found.start())
            yield f"{name}: is declared as <{iri}> (at {where}); in this release it is <{ours}>, declared for you"


def _variables(text: str, outlined: str, given: set[str]) -> Iterator[str]:
    """Tell of variables that are asked for or compared, and that no pattern gives a value."""
    flat = _flatten(outlined)
    bound = given | {one[1:] for one in _VARIABLE.findall(flat[max(flat.find("{"), 0) :])}
    bound |= {name[1:] for given in _GIVEN.finditer(outlined) for name in _VARIABLE.findall(given[0])}
    seen: set[str] = set()
    for found in _VARIABLE.finditer(outlined):
        # Of old an unbound variable says "nothing" in what is computed: BIND(IF(…, ?a, ?nothing) AS ?b).
        if found[0][1:] not in bound | seen and not _is_computed(outlined, found.start()) and len(seen) < _MOST:
            seen.add(found[0][1:])
            yield f"nothing gives {found[0]} (at {place(text, found.start())}) a value: no pattern has it"


def _is_computed(outlined: str, offset: int) -> bool:
    """Tell whether a place lies in the round brackets of BIND, IF or COALESCE."""
    opened: list[bool] = []
    for found in re.finditer(r"[()]", outlined[:offset]):
        if found[0] == "(":
            opened.append(_COMPUTED.search(outlined[: found.start()]) is not None)
        elif opened:
            opened.pop()
    return any(opened)


def _flatten(outlined: str) -> str:
    """Blank out what stands in round brackets, and what an inner SELECT asks for."""
    # In braces there are patterns again, even within round brackets: FILTER(EXISTS { … }).
    opened: list[str] = []
    kept = []
    for sign in outlined:
        if sign in ")}" and opened:
            opened.pop()
        kept.append(sign if opened[-1:] != ["("] else " ")
        if sign in "({":
            opened.append(sign)
    bare = "".join(kept)
    for head in _HEAD.finditer(bare):
        bare = bare[: head.start(1)] + " " * len(head[1]) + bare[head.end(1) :]
    return bare


def _literals(store: Store, text: str, outlined: str) -> Iterator[str]:
    """Tell of texts that stand as a value, or are compared with one, and that the data have in another form alone."""
    flat = _flatten(outlined)
    quoted = [one for one in OPAQUE.finditer(text) if one[0][:1] in "\"'"]
    for found in quoted[:_MOST]:
        before, quote = outlined[: found.start()], 3 if found[0][:3] in ('"""', "'''") else 1
        language = _LANGUAGE.match(text, found.end())
        words, where = found[0][quote:-quote], place(text, found.start())
        compared = _COMPARED.search(before)
        is_value = flat[found.start()] == "\x01"
        if text[found.end() : found.end() + 1] == "^" or "\\" in words or not words or not (is_value or compared):
            continue
        if is_value and _CLASS.search(before):
            yield f"a class is no text: write {words if ':' in words else f'kg:{words}'} at {where}, without quotes"
            continue
        predicate = _predicate(outlined, compared[1]) if compared else _BEFORE.search(before)
        values = _Values(store, _resolve(text, predicate))
        if not values.has(ox.Literal(words, language=language[1].lower()) if language else ox.Literal(words)):
            yield from values.otherwise(words, f'"{words}"{language[0] if language else ""} (at {where})')


def _predicate(outlined: str, variable: str) -> re.Match[str] | None:
    """Find the property whose value a variable is."""
    return re.search(rf"{_NAME}(?=\s+{re.escape(variable)}(?!\w))", outlined)


def _resolve(text: str, found: re.Match[str] | None) -> ox.NamedNode | None:
    """Give the node of a property that stands somewhere in a text."""
    if found is None:
        return None
    written = text[found.start(1) : found.end(1)]
    prefix, _, name = written.partition(":")
    iri = written[1:-1] if written.startswith("<") else PREFIXES.get(prefix, "") + name
    try:
        return ox.NamedNode(iri if ":" in iri else urljoin(BASE, iri))
    except ValueError:
        return None


class _Values(NamedTuple):
    """What a release holds as values, of one property where it is known."""

    store: Store
    predicate: ox.NamedNode | None

    def has(self, literal: ox.Literal) -> bool:
        return next(self.store.quads_for_pattern(None, self.predicate, literal, None), None) is not None

    def otherwise(self, words: str, shown: str) -> Iterator[str]:
        """Say in which form a text is held that is not held as it was written."""
        languages = [one for one in LANGUAGES if self.has(ox.Literal(words, language=one))]
        if languages:
            meant = " or ".join(f'"{words}"@{one}' for one in languages)
            yield f"{shown} is held with its language alone: write {meant}"
        elif self.has(ox.Literal(words)):
            yield f'{shown} is held without a language: write "{words}"'
        elif _NUMBER.fullmatch(words) and any(self.has(ox.Literal(words, datatype=kind)) for kind in _TYPED):
            yield f"{shown} is held as a number: write {words}, without quotes"
