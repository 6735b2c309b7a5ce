"""Answers: the rows of a question, with the claims that each row rests on.

A cell is a value; an entity is its short id with its name beside it. The claims are
found by filling the question's patterns with the row (`kg.provenance.lineage`) and asking for the
grounds of each triple (`kg.provenance.provenance`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import KW_ONLY, dataclass, replace
from functools import partial
from typing import TypeVar

from kg.errors import QueryError
from kg.ontology.node_cells import literal_cell, value_of_node
from kg.parallel import map_threads
from kg.provenance.lineage import Lineage
from kg.provenance.provenance import Provenance
from kg.questions.question import Question, bind_defaults
from kg.rdf import Literal, NamedNode
from kg.rdf.labels import label, wording
from kg.rdf.namespaces import shorten
from kg.rdf.store import Node, Rows, Store, select
from kg.tables.table import Cell, Reference, Table, Word

__all__ = ["Answer", "AnswerRequest", "answer_rows", "find_answered", "narrow"]

AnyTable = TypeVar("AnyTable", bound=Table)


@dataclass(frozen=True)
class AnswerRequest:
    """What was asked: a title, the columns to show, what absence means, and how to find the grounds.

    `solutions` are all that the lineage's WHERE clause matched.
    """

    title: str
    columns: tuple[str, ...]
    absent: str
    lineage: Lineage | None
    solutions: Rows


@dataclass(frozen=True)
class Answer(Table):
    """A table with the title of its question. `stated` is False when the sources give no answer at all.

    `notes` say how it was counted, what is not known, and which words of a query the release does not know.
    """

    _: KW_ONLY
    title: str = ""
    notes: tuple[str, ...] = ()

    @property
    def stated(self) -> bool:
        """Tell whether there is any answer; an empty one means not stated, not no."""
        return any(cell is not None for row in self.rows for cell in row)


def answer_rows(provenance: Provenance, request: AnswerRequest, rows: Rows, language: str) -> Answer:
    """Turn solutions into an answer, finding the claims of each row when the lineage is known."""
    claims = _claims(provenance, request, rows) if request.lineage else None
    # One thing stands in many rows: a hub in all of them.
    known: dict[Node | None, Cell] = {}
    for node in {row.get(name) for row in rows for name in request.columns}:
        known[node] = _cell(provenance, node, language)
    cells = tuple(tuple(known[row.get(name)] for name in request.columns) for row in rows)
    return Answer(
        request.columns,
        cells,
        claims=claims,
        absent=request.absent or "not stated",
        language=language,
        title=request.title,
    )


def find_answered(store: Store, questions: Iterable[Question]) -> dict[str, bool]:
    """Run each question with its defaults, and tell which has an answer; the claims behind it are not looked for.

    That they could be found is: where the rows do not follow from the solutions, the query of these, which has the
    WHERE clause that was just run, is run as far as its first. Raises QueryError, with the name of the question, for
    one that cannot be run.
    """
    every = list(questions)
    return dict(
        zip((question.name for question in every), map_threads(partial(_has_answer, store), every), strict=True)
    )


def _has_answer(store: Store, question: Question) -> bool:
    bindings = bind_defaults(question)
    try:
        if question.lineage.projection is None:
            _, rows = select(store, question.text, bindings)
            question.lineage.has_rows(store, bindings)
        else:
            # Its own text is only shown; that it can be run is found out where there is nothing to go through.
            select(Store(), question.text, bindings)
            rows, _ = question.lineage.solve(store, question.text, bindings)
    except QueryError as error:
        reason = str(error)
    else:
        return any(column in row for row in rows for column in question.columns)
    # Told anew: the first error holds solutions of the engine, which may be let go in this thread only.
    raise QueryError(f"the question {question.name}: {reason}")


def _cell(provenance: Provenance, node: Node | None, language: str) -> Cell:
    if node is None:
        return None
    if isinstance(node, NamedNode):
        store = provenance.store
        name, shown = (words(store, node, language) for words in (label, wording))
        return Reference(shorten(node.value), name, shown, value_of_node(store, node))
    return literal_cell(node) if isinstance(node, Literal) else str(node)


def _claims(provenance: Provenance, request: AnswerRequest, rows: Rows) -> tuple[tuple[str, ...], ...]:
    """Match each row with the solutions it stands for, by the variables that both have, and gather their claims."""
    assert request.lineage is not None  # noqa: S101 - the caller asks only then
    known = {name for row in request.solutions for name in row}
    shared = sorted(known & {name for row in rows for name in row})
    by_key: dict[tuple[Node | None, ...], set[str]] = {}
    for solution in request.solutions:
        key = tuple(solution.get(name) for name in shared)
        by_key.setdefault(key, set()).update(_claims_of(provenance, request.lineage, solution))
    return tuple(tuple(sorted(by_key.get(tuple(row.get(name) for name in shared), ()))) for row in rows)


def _claims_of(provenance: Provenance, lineage: Lineage, solution: dict[str, Node]) -> Iterable[str]:
    for triple in lineage.triples(provenance.store, solution):
        yield from (shorten(claim) for claim in provenance.claims_of(triple))
    yield from (shorten(claim) for claim in lineage.named_claims(solution) if claim in provenance.claims)


def narrow(table: AnyTable, names: Collection[str]) -> AnyTable:
    """Keep the rows in which a cell is one of some things or terms, by their short ids; each keeps its claims.

    >>> table = Table(("site",), ((Reference("base/a", "A"),), (Reference("base/b", "B"),)))
    >>> narrow(table, {"base/b"}).rows
    (('base/b',),)
    """
    kept = [at for at, row in enumerate(table.rows) if any(_id_of(cell) in names for cell in row)]
    claims = tuple(table.claims[at] for at in kept) if table.claims is not None else None
    return replace(table, rows=tuple(table.rows[at] for at in kept), claims=claims)


def _id_of(cell: object) -> str | None:
    """Give the short id of what a cell refers to."""
    if isinstance(cell, Word):
        return f"kg:{cell}"
    return str(cell) if isinstance(cell, Reference) else None
