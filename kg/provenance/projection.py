"""How the rows of a SELECT follow from the solutions of its WHERE clause, so that the clause is run once for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.rdf.store import Node, Rows

__all__ = ["Projection"]


@dataclass(frozen=True)
class Projection:
    """The variables that a SELECT shows, and which of the rows: each once if `distinct`, `length` of them from `start`.

    The solutions stand in the order of the query already, and hold what its expressions give.
    """

    columns: tuple[str, ...]
    distinct: bool = False
    start: int = 0
    length: int | None = None

    @classmethod
    def from_dict(cls, facts: dict[str, Any]) -> Projection:
        """Read what `dataclasses.asdict` gave."""
        return cls(**(facts | {"columns": tuple(facts["columns"])}))

    def rows(self, solutions: Rows) -> Rows:
        """Give the rows of the SELECT; unbound cells are absent from a row.

        >>> Projection(("a",), distinct=True).rows([{"a": 1, "b": 2}, {"a": 1}, {"b": 3}])
        [{'a': 1}, {}]
        """
        rows = ({name: row[name] for name in self.columns if name in row} for row in solutions)
        chosen = list({_key(row, self.columns): row for row in rows}.values()) if self.distinct else list(rows)
        return chosen[self.start : None if self.length is None else self.start + self.length]


def _key(row: dict[str, Node], columns: tuple[str, ...]) -> tuple[Node | None, ...]:
    return tuple(row.get(name) for name in columns)
