"""Figures and dates as documents print them, read into exact values."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import values
from kg.values import Figure, Span, convert, parse_decimal, parse_edtf, read_date, read_figures
from tests.support.small import vocabulary

# Dotless and dotted i, long s and the Kelvin sign match ASCII letters when case is ignored.
wild = st.text() | st.text("0123456789.,- ıİſKaAprilmtonseGWh万亿千百年月日余级%$/\n", max_size=30)
decimals = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=4)
factors = st.fractions(min_value=Fraction(1, 10**6), max_value=10**6, max_denominator=10**6)


def only(verbatim: str) -> Figure:
    """Read the one figure that a phrase prints; the "a" of "a year" counts as none."""
    (figure,) = read_figures(verbatim.removesuffix(" a year"))
    return read_figures(verbatim)[0] if verbatim.endswith(" a year") else figure


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
    ("verbatim", "value", "units", "bound", "yearly"),
    [
        ("30 GWh", "30", ("GWh", "GWh-per-year"), "Exactly", False),
        ("annual capacity of 30 GWh", "30", ("GWh", "GWh-per-year"), "Exactly", True),
        ("产能30吉瓦时", "30", ("GWh", "GWh-per-year"), "Exactly", False),
        ("年产30吉瓦时", "30", ("GWh", "GWh-per-year"), "Exactly", True),
        ("over 800 acres", "800", ("acre",), "MoreThan", False),
        ("800余亩", "800", ("mu",), "MoreThan", False),
        ("about 95.7 hectares", "95.7", ("ha",), "About", False),
        ("51.2万平方米", "512000", ("m2",), "Exactly", False),
        ("520,000 square meters", "520000", ("m2",), "Exactly", False),
        ("3.5 km2", "3.5", ("km2",), "Exactly", False),
        ("RMB15 billion", "15000000000", ("CNY", "CNY-per-year"), "Exactly", False),
        ("over RMB 15 billion", "15000000000", ("CNY", "CNY-per-year"), "MoreThan", False),
        ("约140亿元", "14000000000", ("CNY", "CNY-per-year"), "About", False),
        ("US$2 million", "2000000", ("USD",), "Exactly", False),
        ("as high as 95%", "95", ("percent",), "AtMost", False),
        ("no more than 95 per cent", "95", ("percent",), "AtMost", False),
        ("no less than 80 percent", "80", ("percent",), "AtLeast", False),
        ("不超过80%", "80", ("percent",), "AtMost", False),
        ("超过80%", "80", ("percent",), "MoreThan", False),
        ("近3000人", "3000", ("people",), "About", False),
        ("3000多人", "3000", ("people",), "MoreThan", False),
        ("Up To 40 GWh", "40", ("GWh", "GWh-per-year"), "AtMost", False),
        ("two years", "2", ("year",), "Exactly", False),
        ("seven", "7", (), "Exactly", False),
        ("三期", "3", (), "Exactly", False),
        ("200 tonnes a year", "200", ("t", "t-per-year"), "Exactly", True),
        ("trillion-level", "1000000000000", (), "About", False),
        ("千亿级", "100000000000", (), "About", False),
        ("hundred billion-level", "100000000000", (), "About", False),
    ],
)
def test_a_printed_figure_reads_as_it_means(
    verbatim: str, value: str, units: tuple[str, ...], bound: str, yearly: bool
) -> None:
    assert only(verbatim) == Figure(Decimal(value), units, bound, yearly)


@pytest.mark.parametrize("verbatim", ["", "a base", "GWh", "tones", "wonder", "onehundredth of"])
def test_words_that_hold_a_number_word_by_chance_make_no_large_figure(verbatim: str) -> None:
    assert all(figure.value == 1 for figure in read_figures(verbatim))


def test_a_phrase_may_print_several_figures() -> None:
    assert [figure.value for figure in read_figures("from 30 GWh to 60 GWh")] == [30, 60]


@given(st.integers(0, 10**12), st.sampled_from(["acres", "亩", "GWh", "square metres", "%"]))
def test_any_whole_number_is_read_with_or_without_thousands_marks(number: int, unit: str) -> None:
    assert only(f"{number:,} {unit}") == only(f"{number} {unit}")
    assert only(f"{number} {unit}").value == number


@given(st.decimals(0, 10**6, places=2), st.sampled_from([("万", 10**4), (" million", 10**6), ("亿", 10**8)]))
def test_a_magnitude_multiplies_exactly(number: Decimal, magnitude: tuple[str, int]) -> None:
    assert only(f"{number}{magnitude[0]}").value == number * magnitude[1]


POWERS = {
    2: "hundred 百", 3: "thousand 千", 4: "万 萬", 6: "million mn 百万", 7: "千万", 8: "亿 億", 9: "billion bn",
    10: "百亿", 11: "千亿 千億", 12: "trillion 万亿 萬億",
}  # fmt: skip


@pytest.mark.parametrize(("power", "words"), POWERS.items())
def test_each_magnitude_is_its_power_of_ten(power: int, words: str) -> None:
    assert {only(f"3 {word}").value for word in words.split()} == {Decimal(3).scaleb(power)}
    assert only("3 hundred million").value == only("3亿").value
    assert only("3 hundred billion").value == only("3千亿").value


def test_number_words_are_read_in_order() -> None:
    english = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    assert [only(f"{word} bases").value for word in english] == list(range(1, 13))
    assert [only(f"{word}个").value for word in "一二三四五六七八九十"] == list(range(1, 11))
    assert [only("两年").value, only("a hundred").value] == [Decimal(2), Decimal(100)]


@given(wild)
def test_no_text_breaks_the_reading_of_figures(text: str) -> None:
    for figure in read_figures(text):
        assert figure.value >= 0
        assert figure.bound in ("Exactly", "AtLeast", "MoreThan", "AtMost", "About")


def test_every_unit_word_stands_for_units_that_exist() -> None:
    keys = {key for keys in values._UNIT_WORDS.values() for key in keys}
    assert keys <= set(vocabulary().units)


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
    ("verbatim", "named"),
    [
        ("in February 2031", {"year": 2031, "month": 2}),
        ("February 14, 2031", {"year": 2031, "month": 2, "day": 14}),
        ("MAY 2031", {"year": 2031, "month": 5}),
        ("early April", {"month": 4}),
        ("2031年2月14日", {"year": 2031, "month": 2, "day": 14}),
        ("2月14日", {"month": 2, "day": 14}),
        ("2031年底", {"year": 2031}),
        ("2031-02-14", {"year": 2031, "month": 2, "day": 14}),
        ("the mayor in 2031", {"year": 2031}),
        ("soon", {}),
    ],
)
def test_a_printed_date_names_what_it_names(verbatim: str, named: dict[str, int]) -> None:
    assert read_date(verbatim) == named


@given(wild)
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    assert set(read_date(text)) <= {"year", "month", "day"}
