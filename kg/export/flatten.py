"""What a claim says, laid flat: its value with the figure, the unit and the date in it, one cell each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal

from kg.rdf import NamedNode
from kg.rdf.namespaces import BASE, KG
from kg.rdf.store import Fact, Node, Store, facts
from kg.rdf.vocab import kg

__all__ = ["NOTHING", "FlatValue", "is_value_node", "lay_flat", "unit_keys"]

_CLAIMS = BASE + "claim/"


@dataclass(frozen=True)
class FlatValue:
    """The figure of a claim: as printed, as read in its unit, and in the unit in which figures are compared."""

    verbatim: str | None = None
    number: Decimal | None = None
    unit: str | None = None
    bound: str | None = None
    compared_number: Decimal | None = None
    compared_unit: str | None = None
    date: str | None = None
    earliest: str | None = None
    latest: str | None = None

    def cells(self) -> tuple[str | Decimal | None, ...]:
        """Give the fields in order."""
        return tuple(getattr(self, one.name) for one in fields(self))


NOTHING = FlatValue()


def is_value_node(node: Node) -> bool:
    """Tell whether a node is not a thing but the value of a claim."""
    return isinstance(node, NamedNode) and node.value.startswith(_CLAIMS) and "#" in node.value


def unit_keys(store: Store) -> dict[str, str]:
    """Give the key of each unit, as cards write it, by its IRI."""
    return {fact.subject.value: fact.object.value for fact in facts(store, None, kg("cardKey"))}


def lay_flat(stated: Iterable[Fact], units: dict[str, str]) -> FlatValue:
    """Lay the facts of one claim flat. Where it holds several figures or dates, the outermost speaks."""
    nodes: dict[str, dict[str, str]] = {}
    for fact in stated:
        name = fact.predicate.value.removeprefix(KG)
        nodes.setdefault(fact.subject.value, {})[name] = fact.object.value
    outermost = [nodes[name] for name in sorted(nodes, key=lambda name: (name.count("."), name))]
    figure = next((node for node in outermost if node.keys() & {"verbatim", "value"}), {})
    date = next((node for node in outermost if "edtf" in node), {})
    return FlatValue(
        verbatim=figure.get("verbatim"),
        number=_number(figure.get("value")),
        unit=units.get(figure.get("unit", "")),
        bound=figure["bound"].removeprefix(KG) if "bound" in figure else None,
        compared_number=_number(figure.get("comparisonValue")),
        compared_unit=units.get(figure.get("comparisonUnit", "")),
        date=date.get("edtf"),
        earliest=date.get("earliest"),
        latest=date.get("latest"),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
