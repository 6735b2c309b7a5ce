"""Runs an operation on a graph: checks and completes its arguments, cuts the answer, says what was left out.

`compute` gives what the library gives, for commands; `run_operation` the same as plain values that JSON can hold, for
HTTP, agents and whoever else asks by name. It may take its time, but needs no network and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any

from kg.entities.entity import EntityPart, count_statements
from kg.entities.matches import Matches
from kg.errors import ConflictingParameters, NotListed, UsageError
from kg.graph import Graph
from kg.localization import translate
from kg.names.index import MAX_LIMIT
from kg.names.normalize import normalize
from kg.operations.catalogue import find_operation
from kg.operations.listings import changes_table, coverage_report, kinds, questions_of, search_entry, section_title
from kg.operations.meanings import GivenName, describe_meanings
from kg.operations.operation import Operation, nearest
from kg.operations.outcome import Default, Outcome
from kg.operations.tables import to_table
from kg.questions.answer import Answer
from kg.questions.question import Question
from kg.rdf.labels import label
from kg.rdf.namespaces import shorten
from kg.rdf.nodes import find_node
from kg.tables.table import Table
from kg.understanding.reading import Understanding

__all__ = ["compute", "run_operation", "to_plain"]

Plain = dict[str, Any]


def run_operation(graph: Graph, name: str, arguments: Mapping[str, Any]) -> Plain:
    """Run an operation by its name and give plain values; UsageError names an argument that it does not have."""
    return to_plain(graph, compute(graph, name, arguments))


def compute(graph: Graph, name: str, arguments: Mapping[str, Any]) -> Outcome:
    """Run an operation and give what the library gives, cut to what was asked for."""
    operation = find_operation(name)
    given = operation.name_parameters(arguments)
    complete = operation.complete(given)
    understanding = None
    if name == "ask":
        complete, understanding = _read_words(graph, complete)
    taken = _noted_defaults(graph, operation, given, complete)
    window = slice(0, None)
    if operation.window is not None:
        limit, start = complete.pop("limit"), complete.pop("offset")
        window = slice(start, None if limit is None else start + limit)
    named = {one.python_name: complete[one.name] for one in operation.all_parameters if one.name in complete}
    found = _RUN.get(name, _run_method)(graph, operation, named, window)
    language = complete.get("language", "en")
    names = _names(graph, operation, complete) if understanding is None else {}
    if found.total and not found.count and window.start:
        found = _past_the_end(found, window.start, language)
        names = {}
    meant = describe_meanings(graph, names, language, empty=_is_empty(found))
    return replace(
        found,
        offset=window.start,
        defaults=(*taken, *found.defaults),
        language=language,
        remarks=(*found.remarks, *meant),
        understanding=understanding,
    )


def _past_the_end(found: Outcome, start: int, language: str) -> Outcome:
    """Say of a part that lies behind the last row that it does: it must not read as if nothing were stated."""
    words = translate("all {total} come before {first}", language, total=f"{found.total:,}", first=f"{start + 1:,}")
    value = replace(found.value, absent="no more rows") if isinstance(found.value, Answer) else found.value
    return replace(found, value=value, remarks=(*found.remarks, words))


def _read_words(graph: Graph, given: Plain) -> tuple[Plain, Understanding | None]:
    """Put the question that words mean, and its values, into the arguments of `ask`; values that are given stay.

    What was understood stands beside them; None for a question by its name. Raises NotUnderstood for words that mean
    no question for sure.
    """
    found = graph.read_question(given["question"], language=given["language"])
    reading = found.answer if found is not None else None
    if reading is None:
        return given, None
    values = {**reading.parameters, **(given["parameters"] or {})}
    only = given["only"] or (reading.only.value if reading.only else None)
    return {**given, "question": reading.question, "parameters": values, "only": only}, found


def _names(graph: Graph, operation: Operation, given: Plain) -> dict[str, GivenName]:
    """Give the names of things that were asked about, those that a question was asked about too."""
    named = [one for one in operation.all_parameters if one.kind in ("entity", "concept")]
    names = {one.name: GivenName(given[one.name], one.kinds) for one in named if given.get(one.name)}
    if operation.name == "ask":
        values = given["parameters"] or {}
        for one in graph.question(given["question"]).parameters:
            if one.kind in ("entity", "concept") and values.get(one.name):
                names[one.name] = GivenName(values[one.name], graph.kinds_like(one.default))
    return names


def _is_empty(found: Outcome) -> bool:
    if isinstance(found.value, Answer):
        return not found.value.stated
    return found.total == 0 and found.operation.gives == "table"


def _noted_defaults(
    graph: Graph, operation: Operation, given: Mapping[str, Any], complete: Plain
) -> tuple[Default, ...]:
    language = complete.get("language", "en")
    return tuple(
        _default(graph, (one.name, one.kind), one.default, language)
        for one in operation.all_parameters
        if one.is_noted and given.get(one.name) in (None, "")
    )


def _default(graph: Graph, named: tuple[str, str], value: Any, language: str) -> Default:
    """Put a default into words: an entity or a concept by its label."""
    name, kind = named
    text = ", ".join(value) if isinstance(value, list | tuple) else str(value)
    if kind not in ("entity", "concept"):
        return Default(name, text, text)
    store = graph.release.store
    node = find_node(store, text if kind == "entity" or ":" in text else f"kg:{text}")
    return Default(name, text, text if node is None else label(store, node, language))


def _cut(table: Table, operation: Operation, window: slice) -> Outcome:
    part = table if window == slice(0, None) else table.part(window)
    return Outcome(operation, part, total=len(table), count=len(part))


def _run_method(graph: Graph, operation: Operation, named: Plain, window: slice) -> Outcome:
    """Call the method of the graph, with what was given or has a default."""
    given = {name: value for name, value in named.items() if value is not None}
    return _cut(getattr(graph, operation.method or operation.name)(**given), operation, window)


def _find(graph: Graph, operation: Operation, named: Plain, window: slice) -> Outcome:
    scope = {name: named[name] for name in ("kind", "place")}
    wanted = min(window.stop or MAX_LIMIT, MAX_LIMIT)
    matches = graph.find(named["text"], **scope, limit=wanted)
    total = len(matches)
    # Counting them all takes longer than finding the first.
    if total == wanted < MAX_LIMIT:
        total = max(total, len(graph.find(named["text"], **scope, limit=MAX_LIMIT)))
    shown = Matches(matches[window])
    return Outcome(operation, shown, total=total, count=len(shown), at_least=total >= MAX_LIMIT)


def _suggest(graph: Graph, operation: Operation, named: Plain, window: slice) -> Outcome:
    found = _find(graph, operation, {"kind": None, "place": None, **named}, window)
    entries = [search_entry(graph, one, named["language"]) for one in found.value]
    return replace(found, value=[{"id": one["entity"], "name": one["name"], "kind": one["kind"]} for one in entries])


def _kinds(graph: Graph, operation: Operation, named: Plain, _: slice) -> Outcome:
    found = kinds(graph, named["language"])
    return Outcome(operation, found, total=len(found), count=len(found))


def _show(graph: Graph, operation: Operation, named: Plain, window: slice) -> Outcome:
    name = named["property_name"]
    if name is not None:
        name = shorten(graph.resolve_property(name).value).removeprefix("kg:")
    counts = count_statements(graph.release.store, graph.resolve(named["entity"]))
    part = EntityPart(name, window.start, window.stop)
    entity = graph.show(named["entity"], part, language=named["language"])
    total = sum(counts.values()) if name is None else counts.get(name, 0)
    remarks = (
        f"no source states {name} of {entity.id}: that is not stated, not a no; stated are {', '.join(sorted(counts))}"
    )
    return Outcome(
        operation,
        entity,
        total=total,
        count=len(entity.statements),
        extra={"properties": counts} if name is not None or window != slice(0, None) else {},
        remarks=(remarks,) if name is not None and not total else (),
    )


def _claim(graph: Graph, operation: Operation, named: Plain, _: slice) -> Outcome:
    return Outcome(operation, graph.claim(named["name"], language=named["language"]))


def _why(graph: Graph, operation: Operation, named: Plain, window: slice) -> Outcome:
    found = graph.why(named["subject"], named["predicate"], named["target"])
    return Outcome(operation, found[window], total=len(found), count=len(found[window]))


def _questions(graph: Graph, operation: Operation, _: Plain, window: slice) -> Outcome:
    found = graph.questions()
    return Outcome(operation, found[window], total=len(found), count=len(found[window]))


def _understand(graph: Graph, operation: Operation, named: Plain, _: slice) -> Outcome:
    if not normalize(named["text"]):
        raise UsageError("the text is empty; say what is asked")
    return Outcome(operation, graph.understand(named["text"], language=named["language"]))


def _ask(graph: Graph, operation: Operation, named: Plain, window: slice) -> Outcome:
    question, given, language = graph.question(named["question"]), named["parameters"] or {}, named["language"]
    _check_parameters(question, given)
    answer = graph.ask(question.name, only=named["only"], language=language, **given)
    taken = tuple(
        _default(graph, (one.name, one.kind), one.default, language)
        for one in question.parameters
        if one.default and not given.get(one.name)
    )
    return replace(_cut(answer, operation, window), defaults=taken)


def _check_parameters(question: Question, given: Mapping[str, str]) -> None:
    names = [one.name for one in question.parameters]
    for name in given:
        if name not in names:
            close = nearest(name, names)
            meant = f"; did you mean {close!r}?" if close else ""
            raise NotListed(f"{question.name} has no parameter {name!r}; it has: {', '.join(names) or 'none'}{meant}")


def _coverage(graph: Graph, operation: Operation, named: Plain, window: slice) -> Outcome:
    sections = coverage_report(graph)
    titles = [one["title"] for one in sections]
    if named["section"]:
        wanted = section_title(graph, named["section"])
        sections = [one for one in sections if one["title"] == wanted]
    total = max(len(one["rows"]) for one in sections)
    shown = [{**one, "rows": one["rows"][window], "total": len(one["rows"])} for one in sections]
    count = max(len(one["rows"]) for one in shown)
    return Outcome(operation, shown, total=total, count=count, extra={"titles": titles})


def _changes(graph: Graph, operation: Operation, _: Plain, window: slice) -> Outcome:
    return _cut(changes_table(graph), operation, window)


def _draw(graph: Graph, operation: Operation, named: Plain, _: slice) -> Outcome:
    view = named.pop("view")
    for name in _NOT_DRAWN[view]:
        if named[name] not in (None, operation.parameter(name).default):
            raise ConflictingParameters(
                f"{view} cannot be drawn by {name}; leave {name} out, or draw {_DRAWN_BY[name]}"
            )
    given = {name: value for name, value in named.items() if value is not None and name != "about"}
    return Outcome(operation, graph.draw(view, named["about"], **given))


# What a picture does not take: a timeline has no steps, a map no side of a chain.
_DRAWN_BY = MappingProxyType({"depth": "relations or supply", "direction": "supply", "network": "relations"})
_NOT_DRAWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "relations": ("direction",),
        "supply": ("network",),
        "timeline": ("depth", "direction", "network"),
        "map": ("depth", "direction", "network"),
    }
)

_RUN: Mapping[str, Callable[[Graph, Operation, Plain, slice], Outcome]] = MappingProxyType(
    {
        "find": _find,
        "suggest": _suggest,
        "kinds": _kinds,
        "show": _show,
        "claim": _claim,
        "why": _why,
        "questions": _questions,
        "understand": _understand,
        "ask": _ask,
        "coverage": _coverage,
        "changes": _changes,
        "draw": _draw,
    }
)
"""What is more than a call of the method of the same name."""


def to_plain(graph: Graph, outcome: Outcome) -> Plain:
    """Give an outcome as plain values, with how much of it this is and which defaults were taken."""
    value, gives = outcome.value, outcome.operation.gives
    if gives == "table":
        return _plain_table(to_table(graph, outcome), outcome)
    if gives == "entity":
        more = _extent(outcome) | outcome.extra if outcome.extra else {}
        whole: Plain = value.to_dict()
        return whole | more
    if gives in ("claim", "understanding"):
        plain: Plain = value.to_dict()
        return plain
    if gives == "picture":
        return {"svg": value.svg, "text": value.text, "empty": value.is_empty}
    entries = {_KEYS.get(outcome.operation.name, gives): _entries(value, gives)}
    return entries | _extent(outcome) | outcome.extra


# Under which key entries stand, where it is not what the operation gives.
_KEYS: Mapping[str, str] = MappingProxyType({"suggest": "suggestions", "kinds": "kinds"})


def _entries(value: Any, gives: str) -> list[Any]:
    if gives == "explanations":
        return [one.to_dict() for one in value]
    return questions_of(value) if gives == "questions" else list(value)


def _plain_table(table: Table, outcome: Outcome) -> Plain:
    plain = table.to_dict() | _extent(outcome) | _understood(outcome) | outcome.extra
    if isinstance(table, Answer):
        counted = list(table.notes)
        plain |= {"title": table.title, "stated": table.stated, "absent": table.absent}
        plain["notes"] = [*plain["notes"], *counted]
    return plain


def _understood(outcome: Outcome) -> Plain:
    return {} if outcome.understanding is None else {"understood": outcome.understanding.to_dict()}


def _extent(outcome: Outcome) -> Plain:
    """Say how much of the answer this is, and about what it was asked."""
    return {
        "total": outcome.total,
        "next_offset": outcome.next_offset,
        "defaults": [asdict(one) for one in outcome.defaults],
        "notes": outcome.notes,
    }
