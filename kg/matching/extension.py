"""More columns for a table of entities: values of the accepted view, each with its date and its source beside it.

A column is a property (`properties`), or a facet of one after a colon: `plannedCapacity`, `plannedCapacity:unit`,
`plannedCapacity:published`, `plannedCapacity:source`. The columns of one property have their values in the same order,
an empty one where there is nothing to say, so that they stay side by side. Cells are in the forms of the Entity
Reconciliation API: `{"id": …, "name": …}`, `{"str": …}`, `{"int": …}`, `{"float": …}`, `{"date": …}` and `{}`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from kg.claims.ranking import origins_of
from kg.claims.support import independent_origins
from kg.errors import UsageError
from kg.languages import LANGUAGES
from kg.matching.properties import EXTRA, EntityProperties
from kg.ontology.model import Property
from kg.provenance.provenance import ClaimRecord, Explanation, Provenance
from kg.rdf import Literal, NamedNode
from kg.rdf.labels import compact, label
from kg.rdf.namespaces import expand, shorten
from kg.rdf.nodes import find_node
from kg.rdf.store import Node, Triple, facts, value_of
from kg.rdf.vocab import FRACTIONAL_NUMBERS, LEDGER, RDFS_LABEL, VIEW, WHOLE_NUMBERS, XSD_DATE, kg
from kg.values import parse_edtf

__all__ = ["FACETS", "CellValue", "Extension", "ExtensionColumn", "words_for"]

CellValue = dict[str, str | int | float]

FACETS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "unit": ("unit", "单位"),
        "bound": ("bound", "界限"),
        "printed": ("as printed", "原文"),
        "asOf": ("as of", "截至"),
        "mode": ("mode", "性质"),
        "published": ("date of the source", "来源日期"),
        "source": ("source", "来源"),
        "url": ("address of the source", "来源网址"),
        "sources": ("independent sources", "独立来源数"),
        "claims": ("claims", "主张"),
    }
)
"""What may stand after the colon, with its words in English and Chinese."""

_ENOUGH = 10**6
_REMEMBERED = 2000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UPWARD = ("locatedIn", "phaseOf", "partOf")
# The part of a value node that is the value; a quantity and a date have forms of their own.
_HEADS = ("statusValue", "partyOrganisation", "shareholder", "designationList", "textValue")


@dataclass(frozen=True)
class ExtensionColumn:
    """A column asked for: a property, a facet of it or '', and what its values must meet.

    `as_of` keeps to what documents published by that day say, `sources` to what at least so many independent
    documents say (copies of one report are one), `most` is how many values an entity may have.
    """

    id: str
    property_name: str
    facet: str = ""
    language: str = "en"
    as_of: datetime.date | None = None
    sources: int = 1
    most: int = 20

    @classmethod
    def read(cls, name: str, settings: Mapping[str, object]) -> ExtensionColumn:
        """Read a column's name and settings as they come from outside; UsageError for a bad one."""
        property_name, _, words = name.rpartition(":") if name not in EXTRA else (name, "", "")
        facet = _facet(words)
        property_name, facet = (property_name, facet) if facet and property_name else (name, "")
        language = str(settings.get("language") or "en")
        if language not in LANGUAGES:
            known = " and ".join(LANGUAGES)
            raise UsageError(f"{name}: there are names in the languages {known}, not {language[:20]!r}")
        sources, most = (_count(name, key, settings.get(key), least) for key, least in (("sources", 1), ("most", 20)))
        return cls(name, property_name, facet, language, _day(name, settings.get("as_of")), sources, most)


def _facet(words: str) -> str:
    """Give the facet that words name, by its id or as a heading has it; "" for none.

    >>> _facet("printed"), _facet(" as printed"), _facet("原文"), _facet("colour")
    ('printed', 'printed', 'printed', '')
    """
    name = words.strip()
    return next((facet for facet, labels in FACETS.items() if name in (facet, *labels)), "")


def _count(name: str, key: str, given: object, default: int) -> int:
    if given in (None, ""):
        return default
    try:
        # JSON does not tell 3 from 3.0.
        number = int(given) if isinstance(given, float) and given.is_integer() else int(str(given))
    except ValueError:
        number = 0
    if not 1 <= number <= 1000:
        raise UsageError(f"{name}: {key} is {str(given)[:20]!r}; write a whole number from 1 to 1000")
    return number


def _day(name: str, given: object) -> datetime.date | None:
    if given in (None, ""):
        return None
    span = parse_edtf(str(given)[:30])
    if span is None or span.is_bound:
        raise UsageError(f"{name}: as_of is {str(given)[:20]!r}; write a day, a month or a year, such as 2025-05-17")
    return span.latest


@dataclass(frozen=True)
class _Value:
    """A value with the claims that count for it, and the number of independent documents behind it."""

    node: Node
    records: tuple[ClaimRecord, ...]
    sources: int


class Extension:
    """Fills columns from a release."""

    def __init__(self, provenance: Provenance, properties: EntityProperties) -> None:
        self._provenance = provenance
        self._store = provenance.store
        self._properties = properties
        self._explanations: dict[Triple, Explanation] = {}

    @cached_property
    def _origins(self) -> dict[str, str]:
        return origins_of(self._store)

    def fill(
        self, entities: Iterable[str], columns: Sequence[ExtensionColumn]
    ) -> dict[str, dict[str, list[CellValue]]]:
        """Give the cells of each column for each id, as given; an unknown id has empty columns.

        NotFound is not raised here: ask `words_for` about a column first.
        """
        rows: dict[str, dict[str, list[CellValue]]] = {}
        columns = [self._known(column) for column in columns]
        for entity in entities:
            node = find_node(self._store, entity) if len(entity) <= 500 else None
            rows[entity] = {column.id: self._cells(node, column) if node else [] for column in columns}
        return rows

    def _known(self, column: ExtensionColumn) -> ExtensionColumn:
        """Give a column under the id of its property, which may be given by a label."""
        term = self._properties.term(column.property_name)
        return column if term is None else replace(column, property_name=term.name)

    def _cells(self, node: NamedNode, column: ExtensionColumn) -> list[CellValue]:
        cells = [self._cell(value, column) for value in self._values(node, column)]
        return cells if any(cells) else []

    def _values(self, node: NamedNode, column: ExtensionColumn) -> list[_Value]:
        property_name = column.property_name
        values = self._properties.values(node, property_name)
        if property_name.startswith("name"):
            # Of names the one in the language asked for stands in front, before its aliases.
            labels = {fact.object for fact in facts(self._store, node, RDFS_LABEL, None, VIEW)}
            values.sort(
                key=lambda name: (getattr(name, "language", "") != column.language, name not in labels, str(name))
            )
        if not (column.facet or column.as_of or column.sources > 1):
            return [_Value(value, (), 0) for value in values[: column.most]]
        # One by one: to explain what rules infer of a thousand partners would take long, and twenty are asked for.
        supported = (self._supported(node, property_name, value, column) for value in values)
        return list(islice((value for value in supported if value.sources >= column.sources), column.most))

    def _supported(self, node: NamedNode, property_name: str, value: Node, column: ExtensionColumn) -> _Value:
        if property_name not in EXTRA:
            explained = [self._explained((node, kg(property_name), value))]
        elif property_name in ("place", "province", "country"):
            # Where a province lies is known to all; that the entity lies there is what somebody says.
            near = (fact for name in _UPWARD for fact in facts(self._store, node, kg(name)))
            explained = [self._explained(triple) for triple in sorted({one.triple for one in near}, key=str)]
        else:
            return _Value(value, (), _ENOUGH if column.sources == 1 else 0)
        sources, records = _support(explained, column.as_of, self._origins)
        return _Value(value, tuple(records), sources if sources < _ENOUGH or column.sources == 1 else 0)

    def _explained(self, triple: Triple) -> Explanation:
        """Explain a statement once for all the columns beside each other."""
        if triple not in self._explanations:
            if len(self._explanations) >= _REMEMBERED:
                self._explanations.clear()
            self._explanations[triple] = self._provenance.explain(triple)
        return self._explanations[triple]

    def _cell(self, value: _Value, column: ExtensionColumn) -> CellValue:
        if not column.facet:
            return self._form(value.node, column.language)
        if column.facet in ("unit", "bound", "printed", "asOf"):
            return self._part(value.node, column)
        if not value.records:
            return {}
        best = min(value.records, key=_standing)
        if column.facet == "source":
            return {"id": best.document, "name": best.title or best.document}
        if column.facet == "url":
            return _text(value_of(self._store, _node(best.document), kg("url"), LEDGER))
        facets: dict[str, CellValue] = {
            "published": _date(best.published or ""),
            "mode": {"str": best.mode},
            "sources": {"int": value.sources},
            "claims": {"str": "; ".join(sorted(record.id for record in value.records))},
        }
        return facets[column.facet]

    def _part(self, node: Node, column: ExtensionColumn) -> CellValue:
        """Give a part of a value: its unit and bound, its words in the document, the date that it is about."""
        if column.facet == "printed":
            words = self._about(node, "verbatim")
            return _text(words) if words else {"str": label(self._store, node, column.language)}
        value = self._about(node, "comparisonUnit" if column.facet == "unit" else column.facet)
        if value is None:
            return {}
        return self._form(value, column.language)

    def _form(self, node: Node, language: str) -> CellValue:
        if isinstance(node, Literal):
            return _literal(node)
        # Acres here and mu there would add up to nonsense: numbers of a column are all in one unit.
        number, date = self._about(node, "comparisonValue"), self._about(node, "edtf")
        if number is not None or date is not None:
            return _date(date.value) if date is not None else self._form(number, language) if number else {}
        if "/claim/" in node.value and "#" in node.value:
            head = next((value for name in _HEADS if (value := self._about(node, name)) is not None), None)
            return self._form(head, language) if head is not None else {"str": label(self._store, node, language)}
        return {"id": shorten(node.value), "name": label(self._store, node, language)}

    def _about(self, node: Node, name: str) -> Node | None:
        return value_of(self._store, node, kg(name), VIEW)


def words_for(
    properties: EntityProperties, column: ExtensionColumn, language: str = "en"
) -> tuple[str, Property] | None:
    """Give the heading of a column and what its property is; None where there is no such property."""
    term = properties.term(column.property_name)
    if term is None:
        return None
    label = term.labels.get(language, term.labels.get("en", term.name))
    facet = FACETS[column.facet][language == "zh"] if column.facet else ""
    return (f"{label}: {facet}" if facet else label), term


class _Support(NamedTuple):
    """A claim as far as its support goes."""

    origin: str
    strength: str

    @classmethod
    def of(cls, record: ClaimRecord, origins: Mapping[str, str]) -> _Support:
        """Take it from a claim's record and the origins of documents."""
        document = expand(record.document)
        return cls(origins.get(document, document), record.strength or "")


def _support(
    explained: Iterable[Explanation], day: datetime.date | None, origins: Mapping[str, str]
) -> tuple[int, list[ClaimRecord]]:
    """Count the independent documents behind statements that must all hold: those of the weakest one."""
    counts, records = [], []
    for one in explained:
        if one.claims:
            kept = [record for record in one.claims if record.rank != "Deprecated" and _is_by(record, day)]
            counts.append(len(independent_origins(_Support.of(record, origins) for record in kept)))
            records += kept
        elif one.premises:
            count, behind = _support(one.premises, day, origins)
            counts.append(count)
            records += behind
        elif one.kind != "unknown":
            counts.append(_ENOUGH)
    return min(counts, default=0), records


def _is_by(record: ClaimRecord, day: datetime.date | None) -> bool:
    """Tell whether a claim's document surely appeared by a day."""
    if day is None:
        return True
    span = parse_edtf(record.published or "")
    return span is not None and span.latest <= day


def _standing(record: ClaimRecord) -> tuple[bool, bool, str, str]:
    """Put first the claim to cite: accepted, preferred, then from the newest document."""
    newest = "".join(chr(0x10FFFF - ord(char)) for char in record.published or "0")
    return not record.accepted, record.rank != "Preferred", newest, record.id


def _node(short: str) -> NamedNode:
    return NamedNode(expand(short))


def _text(node: Node | None) -> CellValue:
    return {"str": compact(node)} if node is not None else {}


def _date(text: str) -> CellValue:
    """Write a whole day as a date and anything less exact as it stands.

    >>> _date("2025-05-17"), _date("2025-05"), _date("")
    ({'date': '2025-05-17T00:00:00Z'}, {'str': '2025-05'}, {})
    """
    if _DAY.fullmatch(text):
        return {"date": f"{text}T00:00:00Z"}
    return {"str": text} if text else {}


def _literal(node: Literal) -> CellValue:
    if node.datatype in WHOLE_NUMBERS:
        return {"int": int(node.value)}
    if node.datatype in FRACTIONAL_NUMBERS:
        number = float(node.value)
        return {"int": int(number)} if number.is_integer() and abs(number) < 2**53 else {"float": number}
    return _date(node.value) if node.datatype == XSD_DATE else {"str": node.value}
