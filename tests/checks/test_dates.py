"""Dates that nothing tells, and days of publication that the address of a page or the folder of a card belies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.cards.files import CardFile, Cards
from kg.cards.yaml_reader import Reader
from kg.checks.dates import check_dates

CARD = """
id: document/page
title: {{en: "Battery works of Specimenland"}}
published: {published}
url: {url}
claims:
  - id: claim/page/{name}
    evidence: {evidence}
    note: {{en: "{note}"}}
    says:
      id: company/example-cells
      indicator: {{measure: SwapStationCount, asOf: {{edtf: {date}}}}}
"""
PLAIN = {
    "published": "2024-06-10", "url": "https://example.org/page", "name": "stations", "note": "Invented.",
    "evidence": "{printed: 30 swap stations, readOn: 2024-07-02}", "date": "2022-03",
}  # fmt: skip


def codes(folder: Path, place: str = "documents/page.yaml", **changed: str) -> list[str]:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CARD.format(**PLAIN | changed), encoding="utf-8")
    tree: Any = Reader(path, place).read()
    return [finding.code for finding in check_dates(Cards(documents=[CardFile(path, place, tree)]))]


@pytest.mark.parametrize(
    "changed",
    [
        {"date": "2024-06"},
        {"date": "2024-06-08"},
        {"evidence": "{printed: 30 swap stations in March 2022, readOn: 2024-07-02}"},
        {"evidence": "{printed: 30 swap stations in March 2022, readOn: 2024-07-02}", "date": "2022"},
        {"note": "Dated 2022-03 on reading the page."},
        {"date": "2022", "name": "stations-of-2022"},
        {"name": "stations-march-2022"},
    ],
)
def test_a_date_is_told_by_words_by_the_day_of_the_page_or_by_a_note(tmp_path: Path, changed: dict[str, str]) -> None:
    assert codes(tmp_path, **changed) == []


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"date": "2024-06-05"},
        {"evidence": "Page"},
        {"evidence": "{printed: 30 swap stations in March 2022, readOn: 2024-07-02}", "date": "2022-04"},
        {"note": "Dated 2022-04 on reading the page."},
    ],
)
def test_a_date_that_nothing_tells_is_found(tmp_path: Path, changed: dict[str, str]) -> None:
    assert codes(tmp_path, **changed) == ["date-not-told"]


@pytest.mark.parametrize(
    ("url", "published", "found"),
    [
        ("https://example.org/2024/06/12/page", "2024-06-10", False),
        ("https://example.org/t20240610_1234.html", "2024-06", False),
        ("https://example.org/2024/05/page", "2024-06-02", False),
        ("https://example.org/2024/06/20240110-page", "2024-06-10", False),
        ("https://example.org/12024061077", "2024-06-10", False),
        ("https://example.org/2024/07/12/page", "2024-06-10", True),
        ("https://example.org/20230610/page", "2024-06-10", True),
        ("https://example.org/2024-01/page", "2024-06", True),
    ],
)
def test_the_day_of_publication_agrees_with_the_address(tmp_path: Path, url: str, published: str, found: bool) -> None:
    assert ("published-disagrees" in codes(tmp_path, url=url, published=published, date=published)) == found


def test_the_day_of_publication_agrees_with_the_folder(tmp_path: Path) -> None:
    assert codes(tmp_path, "documents/2024/page.yaml", date="2024-06") == []
    assert codes(tmp_path, "documents/undated/page.yaml", date="2024-06") == []
    assert codes(tmp_path, "documents/2023/page.yaml", date="2024-06") == ["published-disagrees"]
