"""Reads reconciliation and extension queries of both versions; what is not as it should be is named with its place.

Everything is bounded: a batch, the conditions of a query, the values of a condition, the cells of an extension. Of a
batch each query stands for itself: one that is wrong has an error of its own, and only where all are is the batch one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from kg.errors import UsageError
from kg.matching.extension import ExtensionColumn
from kg.matching.matcher import MAX_CANDIDATES, Condition, Wanted
from kg.operations.catalogue import OPERATIONS

__all__ = [
    "MAX_BATCH",
    "MAX_COLUMNS",
    "MAX_IDS",
    "MAX_PARTS",
    "QUANTIFIERS",
    "STRICT",
    "ExtensionQuery",
    "read_batch",
    "read_extension",
    "read_queries",
]

MAX_BATCH = 100
"""Queries in one batch. OpenRefine sends ten."""

MAX_IDS = 1000
MAX_COLUMNS = 50
MAX_PARTS = 20
# As many as a search by name gives.
_DEFAULT_LIMIT = OPERATIONS["find"].limit
STRICT = ("should", "any", "all")
QUANTIFIERS = ("any", "all", "none")


@dataclass(frozen=True)
class ExtensionQuery:
    """Ids whose columns are asked for."""

    ids: tuple[str, ...]
    columns: tuple[ExtensionColumn, ...]


def read_queries(given: object) -> dict[str, Wanted | UsageError]:
    """Read a batch of version 0.2: an object of queries by key; a query that is wrong is the error that tells so.

    >>> read_queries({"q0": {"query": "CATL"}, "q1": {"query": 1}})["q1"]
    UsageError('queries.q1.query is a number; it must be a text')
    """
    batch = _mapping("queries", given)
    _require_few("queries", batch, MAX_BATCH)
    read = {key: _one(_query, f"queries.{key}", entry) for key, entry in batch.items()}
    _require_one_right(read.values())
    return read


def read_batch(given: object) -> list[Wanted | UsageError]:
    """Read a batch of version 1.0-draft: an array of queries under `queries`."""
    batch = _sequence("queries", _mapping("the body", given).get("queries"))
    _require_few("queries", batch, MAX_BATCH)
    read = [_one(_conditional_query, f"queries[{at}]", entry) for at, entry in enumerate(batch)]
    _require_one_right(read)
    return read


def _one(reader: Callable[[str, object], Wanted], place: str, entry: object) -> Wanted | UsageError:
    try:
        return reader(place, entry)
    except UsageError as error:
        return error


def _require_one_right(read: Collection[Wanted | UsageError]) -> None:
    wrong = [one for one in read if isinstance(one, UsageError)]
    if wrong and len(wrong) == len(read):
        raise wrong[0]


def read_extension(given: object) -> ExtensionQuery:
    """Read a query for columns; both versions write it alike."""
    extension = _mapping("extend", given)
    ids = [_text(f"ids[{at}]", one) for at, one in enumerate(_sequence("ids", extension.get("ids")))]
    properties = _sequence("properties", extension.get("properties"))
    _require_few("ids", ids, MAX_IDS)
    _require_few("properties", properties, MAX_COLUMNS)
    columns = []
    for at, entry in enumerate(properties):
        place = f"properties[{at}]"
        column = _mapping(place, entry)
        settings = _mapping(f"{place}.settings", _given(column, "settings", {}))
        columns.append(ExtensionColumn.read(_text(f"{place}.id", column.get("id")), settings))
    return ExtensionQuery(tuple(dict.fromkeys(ids)), tuple({column.id: column for column in columns}.values()))


def _query(place: str, given: object) -> Wanted:
    query = _mapping(place, given)
    name = _text(f"{place}.query", _given(query, "query", ""))
    strict = _given(query, "type_strict", "should")
    if strict not in STRICT:
        raise UsageError(f"{place}.type_strict is {strict!r}; it is one of {', '.join(STRICT)}")
    properties = _sequence(f"{place}.properties", _given(query, "properties", []))
    _require_few(f"{place}.properties", properties, MAX_PARTS)
    conditions = []
    for at, entry in enumerate(properties):
        spot = f"{place}.properties[{at}]"
        one = _mapping(spot, entry)
        property_name = _text(f"{spot}.pid", one.get("pid"))
        # An empty cell is sent as null: nothing is said of the property.
        if one.get("v") is not None:
            conditions.append(Condition(property_name, _values(f"{spot}.v", one["v"])))
    if not name and not conditions and "query" not in query:
        raise UsageError(f"{place} has neither query nor properties; give one of them")
    return Wanted(name, _kinds(place, query.get("type")), tuple(conditions), cast(Any, strict), _limit(place, query))


def _kinds(place: str, given: object) -> tuple[str, ...]:
    """Read one type or several; a type may be an object with its id, as candidates have them."""
    listed = given if isinstance(given, list) else [] if given in (None, "") else [given]
    _require_few(f"{place}.type", listed, MAX_PARTS)
    return tuple(_text(f"{place}.type", one.get("id") if isinstance(one, Mapping) else one) for one in listed)


def _limit(place: str, query: Mapping[str, Any]) -> int:
    limit = query.get("limit", _DEFAULT_LIMIT)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        raise UsageError(f"{place}.limit is {str(limit)[:20]!r}; it is a number from 1 to {MAX_CANDIDATES}")
    return int(min(limit, MAX_CANDIDATES))


def _conditional_query(place: str, given: object) -> Wanted:
    """Read a query of 1.0-draft, in which name and id are conditions among others."""
    query = _mapping(place, given)
    listed = _sequence(f"{place}.conditions", query.get("conditions"))
    _require_few(f"{place}.conditions", listed, MAX_PARTS)
    if not listed:
        raise UsageError(f"{place}.conditions is empty; give at least one")
    name, conditions = "", []
    for at, entry in enumerate(listed):
        spot = f"{place}.conditions[{at}]"
        one = _mapping(spot, entry)
        kind, given = one.get("matchType"), one.get("propertyValue")
        property_name = _text(f"{spot}.propertyId", one.get("propertyId")) if kind == "property" else str(kind)
        required, quantifier = _required(spot, one), _quantifier(spot, one)
        # An empty cell is sent as null.
        if kind == "property" and given is None and "propertyValue" in one:
            continue
        values = _values(f"{spot}.propertyValue", given)
        if kind not in ("name", "id", "property"):
            raise UsageError(f"{spot}.matchType is {str(kind)[:20]!r}; it is one of name, id, property")
        if kind == "name" and not name and values:
            name = values[0]
            continue
        conditions.append(Condition(property_name, values, required, quantifier))
    kinds = _kinds(place, query.get("type"))
    return Wanted(name, kinds, tuple(conditions), "should", _limit(place, query))


def _quantifier(place: str, condition: Mapping[str, Any]) -> Literal["any", "all", "none"]:
    given = _given(condition, "matchQuantifier", "any")
    if given not in QUANTIFIERS:
        raise UsageError(f"{place}.matchQuantifier is {str(given)[:20]!r}; it is one of {', '.join(QUANTIFIERS)}")
    return cast(Literal["any", "all", "none"], given)


def _required(place: str, condition: Mapping[str, Any]) -> bool:
    given = _given(condition, "required", default=False)
    if not isinstance(given, bool):
        raise UsageError(f"{place}.required is {_kind_of(given)}; it is true or false")
    return given


def _given(mapping: Mapping[str, Any], key: str, default: Any) -> Any:
    """Give what stands under a key; clients send null for what they do not say."""
    value = mapping.get(key)
    return default if value is None else value


def _values(place: str, given: object) -> tuple[str, ...]:
    """Read one value or several; an entity is taken by its id."""
    listed = given if isinstance(given, list) else [given]
    _require_few(place, listed, MAX_PARTS)
    values = []
    for one in listed:
        value = one.get("id") if isinstance(one, Mapping) else one
        if value is None or isinstance(value, list | dict) or (value is not one and not isinstance(value, str)):
            raise UsageError(f"{place} holds {str(value)[:20]!r}; a value is a text, a number, true, false or an id")
        values.append(str(value).lower() if isinstance(value, bool) else _text(place, str(value)))
    return tuple(value for value in values if value.strip())


def _mapping(place: str, given: object) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise UsageError(f"{place} is {_kind_of(given)}; it must be a JSON object")
    return given


def _sequence(place: str, given: object) -> list[Any]:
    if not isinstance(given, list):
        raise UsageError(f"{place} is {_kind_of(given)}; it must be a JSON array")
    return given


def _text(place: str, given: object) -> str:
    if not isinstance(given, str):
        raise UsageError(f"{place} is {_kind_of(given)}; it must be a text")
    try:
        given.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError(f"{place} is not valid Unicode; retype it") from error
    return given


def _kind_of(given: object) -> str:
    names = {dict: "an object", list: "an array", str: "a text", bool: "a truth value", type(None): "missing"}
    return names.get(type(given), "a number")


def _require_few(place: str, listed: list[Any] | Mapping[str, Any], most: int) -> None:
    if len(listed) > most:
        raise UsageError(f"{place} has {len(listed):,} entries; send at most {most:,} at once")
