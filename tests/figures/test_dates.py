"""Dates as documents print them: a card says the same days, and no more precisely."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.figures import PrintedDate, read_dates
from kg.values import Span, parse_edtf

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
wild = st.text() | st.text("0123456789./-, 年月日季度上下半底前今明JunMayQHof\n", max_size=30)


def forms() -> list[tuple[str, list[str], list[str], datetime.date | None]]:
    """Read the table of forms: what is printed, what a card may say of it, what not, and the day of publication."""
    rows = []
    for line in (Path(__file__).parent / "date_forms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            printed, right, wrong, published = ([cell.strip() for cell in line.split("|")] + [""])[:4]
            day = datetime.date.fromisoformat(published) if published else None
            rows.append((printed, right.split(), wrong.split(), day))
    return rows


def allows(printed: str, edtf: str, published: datetime.date | None = None) -> bool:
    """Tell whether a card may say these days of a phrase."""
    span = parse_edtf(edtf)
    return span is not None and any(date.allows(span, published) for date in read_dates(printed))


def span(edtf: str) -> Span:
    """Read days that are right."""
    read = parse_edtf(edtf)
    assert read is not None
    return read


def test_there_are_forms_enough() -> None:
    assert len(forms()) > 190


@pytest.mark.parametrize(("printed", "right", "wrong", "published"), forms())
def test_a_printed_date_names_what_it_names(
    printed: str, right: list[str], wrong: list[str], published: datetime.date | None
) -> None:
    assert [edtf for edtf in right if not allows(printed, edtf, published)] == []
    assert [edtf for edtf in wrong if allows(printed, edtf, published)] == []


@pytest.mark.parametrize(
    "printed", ["soon", "", "may start", "it may be", "March on", "3年", "年产3万吨", "30 GWh", "in a year"]
)
def test_what_names_no_date_is_none(printed: str) -> None:
    assert read_dates(printed) == ()


@pytest.mark.parametrize("printed", ["06/07/2023", "6-7-2023", "2023/13/45", "45.13.2023", "2023年13月"])
def test_a_date_that_cannot_be_told_is_told_to_be_so(printed: str) -> None:
    (date,) = read_dates(printed)
    assert date.doubt
    assert not date.allows(span("2023"), None)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2059, 12, 31)))
def test_every_day_is_read_back_in_every_order(day: datetime.date) -> None:
    month, next_day = MONTHS[day.month - 1], day + datetime.timedelta(days=1)
    for printed in (
        f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{month[:3]} {day.day}, {day.year}",
        day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day:%Y/%m/%d}", f"{day:%A}, {day.day} {month} {day.year}",
    ):  # fmt: skip
        assert allows(printed, day.isoformat())
        assert not allows(printed, next_day.isoformat())
        assert not allows(printed, day.isoformat()[:7])


@given(st.integers(1990, 2058), st.integers(1, 12))
def test_every_month_is_read_back(year: int, month: int) -> None:
    for printed in (f"{MONTHS[month - 1]} {year}", f"{year}年{month}月", f"in {MONTHS[month - 1][:3]} {year}"):
        assert allows(printed, f"{year}-{month:02}")
        assert not allows(printed, f"{year}")
        assert not allows(printed, f"{year}-{month:02}-01")


@given(wild)
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    for date in read_dates(text):
        assert isinstance(date, PrintedDate)
        assert str(date)
        date.allows(span("2031-02"), datetime.date(2031, 2, 5))
