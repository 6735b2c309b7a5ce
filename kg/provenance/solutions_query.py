"""Rewrites a query into one that gives every solution of its WHERE clause, in the order of its rows if wanted.

What is read is the text, with strings, IRIs and comments blanked out; that it is SPARQL was found out before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.errors import QueryError
from kg.sparql.guard import bare

__all__ = ["write_solutions_query"]

# Brackets and words; a variable or a prefixed name is no keyword, whatever it is called.
_TOKEN = re.compile(r"[{}()]|[?$]\w+|[\w-]*:[\w.-]*|[^\W\d]\w*")
_FORMS = frozenset({"SELECT", "CONSTRUCT", "ASK"})
_SLICE = re.compile(r"\b(?:LIMIT|OFFSET)\s+\d+", re.IGNORECASE)


@dataclass
class _Parts:
    """Where the parts of a query stand in its text: its form, its WHERE clause, the expressions that it shows."""

    form: int | None = None
    body: int | None = None
    end: int | None = None
    expressions: list[tuple[int, int]] = field(default_factory=list)


def write_solutions_query(text: str, shown: tuple[str, ...], *, ordered: bool) -> str:
    """Put `SELECT *` before the WHERE clause of a query and drop what stands after it.

    With `ordered` its ORDER BY is kept, and its expressions stand in the clause as BINDs: so its rows follow from the
    solutions. `SELECT *` leaves out a variable that stands in a filter only, and then the engine cannot
    bind it: so the variables that the query shows are named once more, without a value.
    """
    parts = _find_parts(text)
    if parts.form is None or parts.body is None or parts.end is None:
        raise QueryError("the query has no WHERE clause that can be read; write WHERE { … }")
    clause, order = text[parts.body : parts.end], ""
    if ordered:
        binds = "".join(f"\nBIND{text[start:end]}" for start, end in parts.expressions)
        clause = f"{{ {clause}{binds} }}" if binds else clause
        order = _without_slice(text[parts.end :])
    names = " ".join(f"?{name}" for name in shown)
    values = f" VALUES ({names}) {{ ({' '.join('UNDEF' for _ in shown)}) }}" if shown else ""
    return f"{text[: parts.form]}SELECT * WHERE {clause}{order}{values}"


def _find_parts(text: str) -> _Parts:
    parts, depth, opened = _Parts(), 0, 0
    for token in _TOKEN.finditer(bare(text)):
        word = token[0].upper()
        if word in ("{", "("):
            if depth == 0 and word == "{" and parts.body is None and text[parts.form :].upper()[:9] != "CONSTRUCT":
                parts.body = token.start()
            opened = opened if depth else token.start()
            depth += 1
        elif word in ("}", ")"):
            depth -= 1
            if depth == 0 and word == "}" and parts.body is not None:
                parts.end = token.end()
                break
            if depth == 0 and word == ")" and parts.form is not None and parts.body is None:
                parts.expressions.append((opened, token.end()))
        elif depth == 0 and word in _FORMS and parts.form is None:
            parts.form = token.start()
        elif depth == 0 and word == "WHERE" and parts.body is None:
            parts.body = token.end()
    return parts


def _without_slice(modifiers: str) -> str:
    """Drop LIMIT and OFFSET; a comment at the end must not take in what follows."""
    kept, place = [], 0
    for found in _SLICE.finditer(bare(modifiers)):
        kept.append(modifiers[place : found.start()])
        place = found.end()
    rest = "".join([*kept, modifiers[place:]]).strip()
    return f"\n{rest}\n" if rest else ""
