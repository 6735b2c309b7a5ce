"""Nothing of the research is dropped in silence: each cell of each row is carried, or listed with its reason.

The research lies beside the repository; without it these tests are skipped.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.support.research import COLUMNS, FOLDERS, Audit, Row, read_left_out, read_rows

ROOT = Path(__file__).parents[2]
RESEARCH = ROOT.parent / "shared" / "research"
LEFT_OUT = ROOT / "data" / "left-out.csv"


@pytest.fixture(scope="module")
def audit() -> Audit:
    if not RESEARCH.is_dir():
        pytest.skip("the research is not at hand")
    return Audit.of(RESEARCH, ROOT / "data")


@pytest.fixture(scope="module")
def left_out() -> dict[tuple[str, str, int], set[str]]:
    found: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for folder, file, number, cell, _ in read_left_out(LEFT_OUT):
        found[folder, file, number].add(cell)
    return found


def dropped(audit: Audit, row: Row, listed: set[str]) -> list[str]:
    """Give the cells of a row that are neither carried nor listed; an empty cell in the list means the whole row."""
    return [] if "" in listed else [column for column in audit.missing(row) if column not in listed]


@pytest.mark.parametrize("file", COLUMNS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_row_is_carried_or_listed(
    audit: Audit, left_out: dict[tuple[str, str, int], set[str]], folder: str, file: str
) -> None:
    silent = {
        (row.number, column): row.cells[column]
        for row in read_rows(RESEARCH, folder, file)
        for column in dropped(audit, row, left_out.get((folder, file, row.number), set()))
    }
    assert silent == {}


def test_the_list_names_rows_and_cells_that_are_there(audit: Audit) -> None:
    rows = {
        (folder, file, row.number): row
        for folder in FOLDERS
        for file in COLUMNS
        for row in read_rows(audit.research, folder, file)
    }
    for folder, file, number, cell, reason in read_left_out(LEFT_OUT):
        row = rows[folder, file, number]
        assert reason, (folder, file, number)
        assert not cell or row.cells[cell], (folder, file, number, cell)


def test_the_list_is_in_order_and_says_nothing_twice() -> None:
    lines = [(FOLDERS.index(folder), *rest) for folder, *rest in read_left_out(LEFT_OUT)]
    assert len(lines) > 200
    assert lines == sorted(lines)
    assert len(set(lines)) == len(lines)


# A row altered so that no claim can carry it: the table, the column, and the words put there.
ALTERED = [
    ("organisations", "founded", "1871-05"),
    ("organisations", "parent_id", "stellantis"),
    ("organisations", "ownership_share", "97.3%"),
    ("organisations", "name_zh", "无此名称"),
    ("people", "name_zh", "无此名称"),
    ("places", "iso_or_gb_code", "GB 999999"),
    ("facilities", "operator_org_id", "kalundborg-municipality"),
    ("facilities", "place_id", "rochester-ny"),
    ("facilities", "status", "cancelled"),
    ("phases", "capacity_value", "98765.4"),
    ("phases", "production_date", "1871"),
    ("agreements", "signed_date", "1871-05-10"),
    ("agreement_parties", "org_id", "kalundborg-municipality"),
    ("supply", "volume", "98765.4"),
    ("policies", "date", "1871-05-10"),
    ("facts_other", "object_id_or_value", "98765.4 million"),
    ("sources", "language", "xx"),
]


@pytest.mark.parametrize(("file", "column", "words"), ALTERED, ids=lambda part: str(part))
def test_the_audit_sees_what_no_claim_says(audit: Audit, file: str, column: str, words: str) -> None:
    rows = [row for folder in FOLDERS for row in read_rows(RESEARCH, folder, file) if row.cells.get(column)]
    seen = [column in audit.missing(Row(row.folder, row.file, row.number, row.cells | {column: words})) for row in rows]
    # A cancelled site, a parent and a party there are; but a row must not pass whatever stands in it.
    assert sum(seen) > 0.97 * len(seen)
