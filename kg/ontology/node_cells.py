"""Nodes of the graph as cells of tables: what a value node holds, and literals with the type that they have.

Tables know nothing of RDF, and the graph nothing of tables; whoever makes rows of nodes asks here, so that a figure
and a date are the same in every table.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from kg.rdf import Literal, NamedNode
from kg.rdf.namespaces import KG, shorten
from kg.rdf.store import Node, Store, facts
from kg.rdf.vocab import FRACTIONAL_NUMBERS, WHOLE_NUMBERS, XSD_BOOLEAN, XSD_DATE
from kg.tables.cells import Amount, Cell, Date
from kg.values import parse_decimal, parse_edtf

__all__ = ["literal_cell", "value_of_node"]

_NUMBERS = WHOLE_NUMBERS | FRACTIONAL_NUMBERS
# A month, a day, an interval with one or a bound; four digits alone may be a code or a number as well.
_DATE_WITH_MONTH = re.compile(r"[\d/.]*\d{4}-\d\d[-\d/.]*|\.\./\d{4}|\d{4}/\.\.", re.ASCII)


def literal_cell(literal: Literal) -> Cell:
    """Give a literal as a cell: truth values, numbers and dates by their type.

    >>> literal_cell(Literal("2023-06")), literal_cell(Literal(12)), literal_cell(Literal(True))
    ('2023-06', 12, True)
    >>> isinstance(literal_cell(Literal("../2030")), Date), isinstance(literal_cell(Literal("2030")), Date)
    (True, False)
    """
    if literal.datatype == XSD_BOOLEAN:
        return literal.value in ("true", "1")
    if literal.datatype in _NUMBERS:
        return _number(literal.value)
    is_date = literal.datatype == XSD_DATE or (
        _DATE_WITH_MONTH.fullmatch(literal.value) is not None and parse_edtf(literal.value) is not None
    )
    return Date(literal.value) if is_date else literal.value


def _number(text: str) -> Cell:
    try:
        number = Decimal(text)
    except InvalidOperation:
        # A query may call anything a number.
        return text
    if not number.is_finite():
        return text
    return int(number) if number == number.to_integral_value() and abs(number) < 10**18 else number


def value_of_node(store: Store, node: Node) -> Amount | Date | None:
    """Give the figure or the date that a value node holds; None for what holds neither."""
    if not isinstance(node, NamedNode) or "#" not in node.value.removeprefix(KG):
        return None
    values = {fact.predicate.value.removeprefix(KG): fact.object for fact in facts(store, node)}
    number = parse_decimal(values["comparisonValue"].value) if "comparisonValue" in values else None
    if number is not None:
        unit = values.get("comparisonUnit")
        return Amount(number, None if unit is None else shorten(unit.value))
    return Date(values["edtf"].value) if "edtf" in values else None
