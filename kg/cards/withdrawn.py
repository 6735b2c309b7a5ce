"""Ids that left the data: claims that no document makes, and things that were none.

`data/withdrawn.csv` lists them with the day and the reason. An id is minted once and never comes
back, so that who has kept one is told why it is gone.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.cards.findings import Finding, unreadable
from kg.rdf.namespaces import is_slug_path
from kg.regular_file import read_regular
from kg.values import parse_day

__all__ = ["Withdrawal", "read_withdrawn"]

_FILE = "withdrawn.csv"
_COLUMNS = ("id", "day", "reason")


@dataclass(frozen=True)
class Withdrawal:
    """An id that is withdrawn: since when, and why."""

    name: str
    day: str
    reason: str


def read_withdrawn(data: Path, findings: list[Finding]) -> Mapping[str, Withdrawal]:
    """Read the list of a data folder by id; a line that cannot be used becomes a finding."""
    path = data / _FILE
    if not os.path.lexists(path):
        return {}
    shown, found, last = f"{data.name}/{_FILE}", {}, ""
    try:
        text = read_regular(path).decode("utf-8")
    except OSError as error:
        findings.append(unreadable(shown, error))
        return {}
    except UnicodeDecodeError as error:
        findings.append(Finding(shown, 1, 1, "encoding", f"byte {error.start} is not UTF-8", "save the file as UTF-8"))
        return {}
    rows = csv.reader(io.StringIO(text, newline=""))
    head = tuple(next(rows, ()))
    if head != _COLUMNS:
        findings.append(
            Finding(shown, 1, 1, "wrong-shape", f"the columns are {', '.join(head)}", f"write {','.join(_COLUMNS)}")
        )
        return {}
    for row in rows:
        fault = _fault(row, last)
        if fault:
            findings.append(Finding(shown, rows.line_num, 1, "wrong-shape", *fault))
            continue
        last, day, reason = row
        found[last] = Withdrawal(last, day, reason)
    return found


def _fault(row: list[str], before: str) -> tuple[str, str] | None:
    """Say what is wrong with a line, and what to do."""
    if len(row) != len(_COLUMNS) or not is_slug_path(row[0]):
        return (
            "the line is not an id, a day and a reason",
            "write id,day,reason; put quotes around a reason with a comma",
        )
    if row[0] <= before:
        return f"{row[0]!r} does not follow {before!r} in order", "sort the lines by id, each once"
    if parse_day(row[1]) is None:
        return f"{row[1]!r} is no day", "write YYYY-MM-DD"
    return None if row[2].strip() else (f"{row[0]!r} is withdrawn without a reason", "say why in a few words")
