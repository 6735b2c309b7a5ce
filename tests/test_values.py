"""Numbers and dates as cards write them, and exact conversion."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import Span, convert, parse_day, parse_decimal, parse_edtf
from tests.support.small import vocabulary

# Dotless and dotted i, long s and the Kelvin sign match ASCII letters when case is ignored.
wild = st.text() | st.text("0123456789.,- ıİſKaAprilmtonseGWh万亿千百年月日余级%$/\n", max_size=30)
decimals = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=4)
factors = st.fractions(min_value=Fraction(1, 10**6), max_value=10**6, max_denominator=10**6)


@pytest.mark.parametrize("text", ["0", "30", "95.7", "-4", "007", "51.20", "1" * 200])
def test_plain_decimals_are_read_exactly(text: str) -> None:
    assert parse_decimal(text) == Decimal(text)


@pytest.mark.parametrize(
    "text", ["", " 1", "1\n", "+1", "1.", ".5", "1e3", "1,000", "1_000", "٣", "３", "NaN", "Infinity", "--1", "1.5.1"]
)
def test_anything_else_is_no_decimal(text: str) -> None:
    assert parse_decimal(text) is None


@given(wild)
def test_a_decimal_is_told_or_refused_but_never_guessed(text: str) -> None:
    number = parse_decimal(text)
    assert number is None or format(number, "f").strip("-").lstrip("0") in text


@given(decimals, factors)
def test_a_converted_value_is_the_nearest_of_twelve_digits(value: Decimal, factor: Fraction) -> None:
    got, exact = convert(value, factor), Fraction(value) * factor
    digits = max(got.adjusted(), Decimal(exact.numerator).adjusted() - Decimal(exact.denominator).adjusted() - 1)
    assert abs(Fraction(got) - exact) <= Fraction(10) ** (digits - 11) / 2
    assert len(got.normalize().as_tuple().digits) <= 12


@given(decimals, factors)
def test_there_and_back_keeps_eleven_digits(value: Decimal, factor: Fraction) -> None:
    back = convert(convert(value, factor), 1 / factor)
    assert abs(back - value) <= abs(value) * Decimal("1.1e-11")


@pytest.mark.parametrize("key", sorted(vocabulary().units))
@given(number=st.integers(0, 10**7))
def test_every_unit_converts_there_and_back(key: str, number: int) -> None:
    factor = vocabulary().units[key].factor
    back = convert(convert(Decimal(number), factor), 1 / factor)
    assert back.quantize(Decimal(1)) == number


def test_a_converted_value_is_written_plainly() -> None:
    assert str(convert(Decimal("1.50"), Fraction(1000))) == "1500"
    assert str(convert(Decimal("53.50"), Fraction(1))) == "53.5"
    assert str(convert(Decimal(0), Fraction(1, 3))) == "0"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-02", "2031-02-01", "2031-02-28"),
        ("2032-02", "2032-02-01", "2032-02-29"),
        ("2031-12", "2031-12-01", "2031-12-31"),
        ("2031-02-05", "2031-02-05", "2031-02-05"),
        ("2031/2033", "2031-01-01", "2033-12-31"),
        ("2031-04-01/2031-04-10", "2031-04-01", "2031-04-10"),
        ("2031/2031-02", "2031-01-01", "2031-02-28"),
    ],
)
def test_a_date_covers_its_days(text: str, first: str, last: str) -> None:
    assert parse_edtf(text) == Span(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    ["", "31", "0000", "2031-13", "2031-00", "2031-2", "2031-02-30", "2031-02-00", "2031-00-05", "2031-02-05T00:00",
     "2031/", "/2031", "2033/2031", "2031/2032/2033", "2031-02-05\n", "２０３１", "2031?", "203X", "20310205"],
)  # fmt: skip
def test_these_are_no_dates(text: str) -> None:
    assert parse_edtf(text) is None


@given(st.dates(), st.dates())
def test_two_days_in_order_are_an_interval(one: datetime.date, other: datetime.date) -> None:
    first, last = sorted((one, other))
    assert parse_edtf(f"{first}/{last}") == Span(first, last)


@given(st.from_regex(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?", fullmatch=True) | wild)
def test_a_date_is_read_to_the_letter_or_refused(text: str) -> None:
    span = parse_edtf(text)
    if span is not None:
        first, _, last = text.partition("/")
        assert span.earliest.isoformat().startswith(first)
        assert span.latest.isoformat().startswith(last or first)
        assert span.earliest <= span.latest


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [("../2030", None, "2030-12-31"), ("2025/..", "2025-01-01", None), ("../2026-09", None, "2026-09-30"),
     ("2022-08-09/..", "2022-08-09", None)],
)  # fmt: skip
def test_of_a_bound_one_end_is_told(edtf: str, first: str | None, last: str | None) -> None:
    span = parse_edtf(edtf)
    assert span is not None
    assert span.is_bound
    assert (span.earliest.isoformat() if span.has_first else None) == first
    assert (span.latest.isoformat() if span.has_last else None) == last


@pytest.mark.parametrize(
    "text", ["../..", "..", "/2030", "2030/", "../", "...2030", "../2030/2031", "..2030", "../2030-13"]
)
def test_what_has_no_end_or_no_form_is_no_bound(text: str) -> None:
    assert parse_edtf(text) is None


@pytest.mark.parametrize("text", ["../2025-01", "2025-01/..", "2025-1-1-1", "2025", "2025-02-30"])
def test_a_bound_is_no_day(text: str) -> None:
    assert parse_day(text) is None
