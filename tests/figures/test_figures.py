"""Figures as documents print them are read whole or not at all: value, unit, bound and what they are counted per.

`figure_forms.txt` holds the forms of newspapers and official notices in both languages, and the usual ones of
pages in other languages. Each form is also held against what it must not be read as.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.figures import Figure, PrintedUnit, UnitWords, goes_on, read_figures
from tests.support.small import vocabulary

WORDS = vocabulary().unit_words
BOUNDS = {"Exactly", "AtLeast", "MoreThan", "AtMost", "About"}
# Dotless and dotted i, long s and the Kelvin sign match ASCII letters when case is ignored.
wild = st.text() | st.text("0123456789.,-' ıİſKaAprilmtonseGWh万亿千百年月日余级%$/半第成二两点\n", max_size=30)


def forms(name: str) -> list[list[str]]:
    """Read a table of forms."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line and not line.startswith("#")]


def form(printed: str, value: str, unit: str, bound: str = "Exactly", language: str = "en") -> tuple[str, ...]:
    return printed, value, unit, bound, language


FORMS = [form(*cells) for cells in forms("figure_forms.txt")]


def readings(printed: str, value: Decimal, unit: str, language: str | None = "en") -> list[Figure]:
    """Give the readings of a phrase as a value in a unit."""
    figures = read_figures(printed, WORDS, language).figures
    return [figure for figure in figures if figure.value == value and figure.allows(unit, WORDS)]


def test_there_are_forms_enough() -> None:
    assert len({printed for printed, *_ in FORMS}) > 400


@pytest.mark.parametrize(("printed", "value", "unit", "bound", "language"), FORMS)
def test_a_printed_figure_reads_as_it_means(printed: str, value: str, unit: str, bound: str, language: str) -> None:
    same = readings(printed, Decimal(value), unit, language)
    assert bound in {bound for figure in same for bound in figure.bounds}


@pytest.mark.parametrize(("printed", "value", "unit", "bound", "language"), FORMS)
def test_it_reads_as_nothing_else(printed: str, value: str, unit: str, bound: str, language: str) -> None:
    number = Decimal(value)
    other = [number * 10, number / 10, number * 1000, number / 1000, number * 2 + 1]
    parts = [Decimal(int(number))] if number != int(number) else []
    assert [wrong for wrong in other + parts if readings(printed, wrong, unit, language)] == []
    bounds = {bound for figure in readings(printed, number, unit, language) for bound in figure.bounds}
    assert len(bounds) < len(BOUNDS) - 1


UNITS = [
    "GWh",
    "GWh-per-year",
    "t",
    "t-per-year",
    "ha",
    "mu",
    "m2",
    "USD",
    "EUR",
    "CNY",
    "people",
    "MW",
    "percent",
    "km",
]


@pytest.mark.parametrize(("printed", "value", "unit", "bound", "language"), FORMS)
def test_it_is_in_no_other_unit(printed: str, value: str, unit: str, bound: str, language: str) -> None:
    shared = set(WORDS.by_key[unit].shared) | {"$"}
    figures = readings(printed, Decimal(value), unit, language)
    own = {key for figure in figures for key in figure.units}
    wrong = [
        key for key in UNITS if key != unit and key not in own and readings(printed, Decimal(value), key, language)
    ]
    assert wrong == [] or shared & set(printed) or (unit in ("count", "not-stated") and wrong == ["people"])


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("1,5 GWh", "15", "GWh"),
        ("2.000 jobs", "2", "people"),
        ("40 GWh per annum", "40", "GWh"),
        ("40 GWh", "40", "GWh-per-year"),
        ("$150 million a year", "150000000", "USD"),
        ("35 dollars per kWh", "35", "USD"),
        ("2 million short tons", "2000000", "t"),
        ("200 sqft", "200", "count"),
        ("two dozen suppliers", "2", "count"),
        ("half a million vehicles", "1000000", "vehicles"),
        ("5-6 million", "5", "count"),
        ("600千瓦", "600000", "kW"),
        ("1.2万千瓦", "1.2", "kW"),
        ("2025年", "2025", "count"),
        ("46 projects in 2025", "2025", "count"),
        ("GB 36276", "276", "count"),
        ("CO2", "2", "count"),
        ("5百万美元", "5", "USD"),
        ("五六百人", "600", "people"),
        ("2×350MW", "350", "MW"),
        ("30/60 GWh", "60", "GWh"),
    ],
)
def test_no_figure_is_read_in_part(printed: str, value: str, unit: str) -> None:
    assert readings(printed, Decimal(value), unit) == []


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("2.500 tons", "thousands or decimals"),
        ("1.2.3 GWh", "neither thousands nor decimals"),
        ("1,2345,6 t", "neither thousands nor decimals"),
        ("五六百人", "no numeral"),
        ("2×350MW", "multiplies"),
    ],
)
def test_what_cannot_be_read_is_told(printed: str, why: str) -> None:
    assert any(why in doubt for doubt in read_figures(printed, WORDS, "en").doubts)


@pytest.mark.parametrize(
    ("printed", "bounds"),
    [
        ("over 5 years", {"Exactly", "MoreThan"}),
        ("spread over 30 hectares", {"Exactly"}),
        ("add up to 30 GWh", {"Exactly"}),
        ("签约30亿元", {"Exactly"}),
        ("节约30万吨", {"Exactly"}),
        ("首批5艘多用途船", {"Exactly"}),
        ("500+ jobs", {"MoreThan", "AtLeast"}),
        ("高达95%", {"AtMost", "Exactly"}),
        ("约30亿元以上", {"About", "AtLeast"}),
        ("超千亿", {"MoreThan"}),
        ("under a 5-year contract", {"Exactly"}),
    ],
)
def test_words_that_look_like_a_bound_are_told_from_bounds(printed: str, bounds: set[str]) -> None:
    assert {bound for figure in read_figures(printed, WORDS, "en").figures for bound in figure.bounds} == bounds


def test_a_change_has_two_figures_and_a_range_two_limits() -> None:
    assert [(figure.value, figure.bound) for figure in read_figures("from 30 GWh to 60 GWh", WORDS).figures] == [
        (Decimal(30), "Exactly"), (Decimal(60), "Exactly"), (Decimal(30), "AtLeast"), (Decimal(60), "AtMost")
    ]  # fmt: skip
    assert {figure.bound for figure in read_figures("5-6 GWh", WORDS).figures} == {"AtLeast", "AtMost"}


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [("wholly-owned subsidiary", 100, "percent"), ("全资子公司", 100, "percent"), ("50:50 venture", 50, "percent"),
     ("51/49", 49, "percent"), ("超过四分之一", 25, "percent"), ("a quarter of output", 25, "percent"),
     ("位列全国第三", 3, "ordinal"), ("the 2nd largest", 2, "ordinal"), ("third in the world", 3, "ordinal"),
     ("No. 1", 1, "ordinal"), ("第一", 1, "ordinal"),
     ("51 and 49 percent", 51, "percent"), ("51% and 49%", 49, "percent"), ("a pair of ships", 2, "ships")],
)  # fmt: skip
def test_shares_and_places_are_read_without_a_number_of_their_own(printed: str, value: int, unit: str) -> None:
    assert readings(printed, Decimal(value), unit)


def test_a_word_that_two_units_share_means_both() -> None:
    assert readings("$1.6 billion", Decimal(1_600_000_000), "CAD")
    assert not readings("US$1.6 billion", Decimal(1_600_000_000), "CAD")
    assert not readings("C$1.6 billion", Decimal(1_600_000_000), "USD")


def test_letters_case_tells_metric_tons_from_millions_of_tonnes() -> None:
    assert readings("5 mt", Decimal(5), "t")
    assert readings("5 Mt", Decimal(5_000_000), "t")
    assert not readings("5 Mt", Decimal(5), "t")


def test_the_language_of_a_page_tells_what_a_mark_parts() -> None:
    assert readings("2.500 t", Decimal(2500), "t", "de")
    assert not readings("2.500 t", Decimal(2500), "t", "en")
    assert readings("1,250 Mio. Euro", Decimal(1_250_000), "EUR")


@given(st.integers(0, 10**12), st.sampled_from(["acres", "亩", "GWh", "square metres", "%"]))
def test_any_whole_number_is_read_with_or_without_thousands_marks(number: int, unit: str) -> None:
    with_marks, without = (
        read_figures(text, WORDS, "en").figures for text in (f"{number:,} {unit}", f"{number} {unit}")
    )
    assert with_marks == without
    assert [figure.value for figure in without] == [number]


GROUPED = st.integers(1000, 10**12)


@given(GROUPED, st.sampled_from([".", " ", "\u202f", "\u00a0", "'"]))
def test_thousands_are_read_behind_any_mark(number: int, mark: str) -> None:
    assert readings(f"{number:,}".replace(",", mark) + " Arbeitsplätze", Decimal(number), "people")


@given(
    st.decimals(0, 10**6, places=2), st.sampled_from([("万", 10**4), (" million", 10**6), ("亿", 10**8), ("bn", 10**9)])
)
def test_a_magnitude_multiplies_exactly(number: Decimal, magnitude: tuple[str, int]) -> None:
    assert [figure.value for figure in read_figures(f"{number}{magnitude[0]}吨", WORDS).figures] == [
        number * magnitude[1]
    ]


@given(st.decimals(0, 999, places=1), st.sampled_from(["Mio.", "Millionen ", "millions d'", "milioni di ", "mln "]))
def test_decimal_commas_are_read_in_their_languages(number: Decimal, magnitude: str) -> None:
    assert readings(f"{str(number).replace('.', ',')} {magnitude}euros", number * 10**6, "EUR")


SIGNS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """Write a number below ten thousand in Chinese signs."""
    text, nought = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit == 0:
            nought = bool(text)
            continue
        text += ("零" if nought else "") + SIGNS[digit] + sign
        nought = False
    return text


@given(st.integers(2, 9999), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_any_numeral_is_read_back(number: int, scale: tuple[str, int]) -> None:
    assert readings(in_chinese(number) + scale[0] + "吨", Decimal(number * scale[1]), "t")


POWERS = {
    2: "hundred 百", 3: "thousand 千", 4: "万 萬", 6: "million mn 百万", 7: "千万", 8: "亿 億", 9: "billion bn",
    10: "百亿", 11: "千亿 千億", 12: "trillion 万亿 萬億",
}  # fmt: skip


@pytest.mark.parametrize(("power", "words"), POWERS.items())
def test_each_magnitude_is_its_power_of_ten(power: int, words: str) -> None:
    assert all(readings(f"3 {word}", Decimal(3).scaleb(power), "count") for word in words.split())
    assert readings("3 hundred million", Decimal(3 * 10**8), "count")


def test_number_words_are_read_in_order() -> None:
    english = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    assert all(readings(f"{word} bases", Decimal(number), "count") for number, word in enumerate(english, 1))
    assert all(readings(f"{word}个", Decimal(number), "count") for number, word in enumerate("一二三四五六七八九十", 1))
    assert readings("两年", Decimal(2), "year")


@pytest.mark.parametrize(
    "printed", ["", "a base", "GWh", "tones", "wonder", "onehundredth of", "年产", "千瓦", "万向集团"]
)
def test_words_that_hold_a_number_word_by_chance_make_no_figure(printed: str) -> None:
    assert read_figures(printed, WORDS).figures == ()


@given(wild)
def test_no_text_breaks_the_reading_of_figures(text: str) -> None:
    for figure in read_figures(text, WORDS).figures:
        assert set(figure.bounds) <= BOUNDS


@given(wild, wild)
def test_no_text_breaks_the_look_behind(text: str, after: str) -> None:
    assert goes_on(text, after, WORDS) in (True, False)


@pytest.mark.parametrize(
    ("printed", "after", "on"),
    [("15亿", "元的", True), ("1.5", "亿", True), ("15亿元", "的", False), ("in June", " 1, the", True),
     ("2022", ", the", False),
     ("30 GW", "h", True), ("over 80", "0 acres", True)],
)  # fmt: skip
def test_a_figure_that_is_cut_goes_on(printed: str, after: str, on: bool) -> None:
    assert goes_on(printed, after, WORDS) is on


def test_every_unit_is_read_by_each_of_its_words() -> None:
    unread = [
        (unit.key, word)
        for unit in WORDS.units
        if not unit.rate_of and unit.key not in ("ordinal", "not-stated")
        for word in unit.words
        if not readings(f"30 {word}", Decimal(30), unit.key)
    ]
    assert unread == []


def test_a_unit_of_a_rate_is_read_from_its_parts() -> None:
    words = UnitWords.of(
        [PrintedUnit("x", ("xs",)), PrintedUnit("day", ("days",)), PrintedUnit("x-per-day", (), (), "x", "day")]
    )
    (figure,) = read_figures("5 xs a day", words).figures
    assert figure.allows("x-per-day", words)
    assert not figure.allows("x", words)
