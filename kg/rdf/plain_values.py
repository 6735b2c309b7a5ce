"""Solutions as readers of JSON take them: numbers and truth values as such, nodes by their short ids."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.errors import ResultTooLarge
from kg.rdf import Literal, NamedNode
from kg.rdf.labels import compact
from kg.rdf.store import Node
from kg.rdf.vocab import FRACTIONAL_NUMBERS, WHOLE_NUMBERS, XSD_BOOLEAN

__all__ = ["CELL_CHARACTERS", "Plain", "plain_rows", "short_rows"]

Plain = str | int | float | bool

CELL_CHARACTERS = 1_000
"""As much of a cell is given where rows are read, not exported."""

_ROWS_CHARACTERS = 200_000

_READERS: Mapping[NamedNode, Callable[[str], Plain]] = {
    **dict.fromkeys(WHOLE_NUMBERS, int),
    **dict.fromkeys(FRACTIONAL_NUMBERS, float),
    XSD_BOOLEAN: lambda text: text in ("true", "1"),
}


def plain_rows(rows: Iterable[Mapping[str, Node]]) -> tuple[Mapping[str, Plain], ...]:
    """Write solutions as plain values; a variable without a value is absent."""
    return tuple({name: _plain(node) for name, node in row.items()} for row in rows)


def _plain(node: Node) -> Plain:
    if isinstance(node, Literal) and node.datatype in _READERS:
        try:
            return _READERS[node.datatype](node.value)
        except ValueError:
            # A query may call anything a number.
            return node.value
    return compact(node)


def short_rows(rows: Iterable[Mapping[str, Plain]]) -> Iterator[dict[str, Plain]]:
    """Give rows with the begin of long texts, as many of them as a reader sees."""
    size = 0
    for row in rows:
        short = {name: value[:CELL_CHARACTERS] if isinstance(value, str) else value for name, value in row.items()}
        before, size = size, size + len(json.dumps(short))
        if size > _ROWS_CHARACTERS:
            if not before:
                raise ResultTooLarge(f"a row has over {_ROWS_CHARACTERS:,} characters; ask for fewer columns")
            return
        yield short
