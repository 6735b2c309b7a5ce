"""Evidence: figures agree with what is printed, positions with the text; what was not looked at is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.cards.files import Cards
from kg.cards.texts import Texts
from kg.checks.evidence import EvidenceReport, check_evidence
from tests.support.small import WORDS, cited, codes, edited, vocabulary, world

UNIT_WORDS = vocabulary().unit_words
LAND = "landArea: {verbatim: over 800 acres, value: 800, unit: acre, bound: MoreThan}"
DATE = "asOf: {verbatim: February 2031, edtf: 2031-02}"


def texts_in(folder: Path, text: str = WORDS) -> Texts:
    """Put the report's text into a folder."""
    (folder / "report.txt").write_bytes(text.encode())
    return Texts.of([folder])


def report_on(folder: Path, *edits: tuple[str, str], text: str = WORDS) -> EvidenceReport:
    """Check the small world, with edits, against its text."""
    return check_evidence(edited(folder, *edits), texts_in(folder, text), UNIT_WORDS)


def says(quantity: str) -> str:
    return f"landArea: {{{quantity}}}"


def test_the_small_world_agrees_with_its_text(tmp_path: Path) -> None:
    assert report_on(tmp_path) == EvidenceReport(checked=["report"])


@pytest.mark.parametrize(
    ("quantity", "code"),
    [
        ("verbatim: over 800 acres, value: 801, unit: acre, bound: MoreThan", "value-disagrees"),
        ("verbatim: over 800 acres, value: 800, unit: ha, bound: MoreThan", "value-disagrees"),
        ("verbatim: over 800 acres, value: 800, unit: acre, bound: AtLeast", "bound-disagrees"),
        ("verbatim: over 800 acres, value: 800, unit: acre", "bound-disagrees"),
        ("verbatim: 30 GWh, value: 30, unit: GWh-per-year", "value-disagrees"),
        ("verbatim: 30 GWh per year, value: 30, unit: GWh", "value-disagrees"),
        ("verbatim: 三期, value: 4, unit: count", "value-disagrees"),
        ("verbatim: RMB15 billion, value: 1500000000, unit: CNY", "value-disagrees"),
        ("verbatim: many, value: 800, unit: acre", "figure-unread"),
    ],
)
def test_a_figure_misread_is_a_finding(tmp_path: Path, quantity: str, code: str) -> None:
    findings = check_evidence(edited(tmp_path, (LAND, says(quantity))), Texts.of([]), UNIT_WORDS).findings
    assert codes(findings) == {code}
    assert findings[0].line == 19


@pytest.mark.parametrize(
    "quantity",
    [
        "verbatim: 800余亩, value: 800, unit: mu, bound: MoreThan",
        "verbatim: 年产能30吉瓦时, value: 30, unit: GWh-per-year",
        "verbatim: 30 GWh, value: 30.0, unit: GWh, bound: Exactly",
        "verbatim: 51.2万平方米, value: 512000, unit: m2",
        "verbatim: three, value: 3, unit: count",
        "verbatim: from 30 GWh to 60 GWh, value: 60, unit: GWh",
        "verbatim: 千亿级, value: 100000000000, unit: not-stated, bound: About",
    ],
)
def test_a_figure_read_well_is_none(tmp_path: Path, quantity: str) -> None:
    assert check_evidence(edited(tmp_path, (LAND, says(quantity))), Texts.of([]), UNIT_WORDS).findings == []


@pytest.mark.parametrize("edtf", ["2031-03", "2030-02", "2031-03-01/2031-04-01"])
def test_a_date_misread_is_a_finding(tmp_path: Path, edtf: str) -> None:
    findings = check_evidence(
        edited(tmp_path, (DATE, DATE.replace("2031-02", edtf))), Texts.of([]), UNIT_WORDS
    ).findings
    assert codes(findings) == {"date-disagrees"}


@pytest.mark.parametrize(
    "date",
    ["verbatim: early February, edtf: 2031-02-01/2031-02-10", "verbatim: the next two years, edtf: 2031/2032",
     "verbatim: 2031年2月, edtf: 2031-02", "verbatim: 2031 and 2032, edtf: 2031/2032"],
)  # fmt: skip
def test_a_date_read_well_is_none(tmp_path: Path, date: str) -> None:
    assert check_evidence(edited(tmp_path, (DATE, f"asOf: {{{date}}}")), Texts.of([]), UNIT_WORDS).findings == []


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("verbatim: by the end of 2032, edtf: ../2032", set()),
        ("verbatim: by the end of 2032, edtf: 2032", {"bound-disagrees"}),
        # What is told from the day of the page until the bound says no more than the words.
        ("verbatim: by the end of 2032, edtf: 2022-02-07/2032-12-31", set()),
        ("verbatim: in 2032, edtf: ../2032", {"date-disagrees"}),
        ("verbatim: by 2032, edtf: 2032/..", {"date-disagrees"}),
        ("verbatim: 最早2032年, edtf: 2032/..", set()),
        ("verbatim: 最早2032年, edtf: 2032", {"bound-disagrees"}),
        ("verbatim: until 2032, edtf: 2032", set()),
    ],
)
def test_the_date_of_an_event_is_a_bound_where_its_words_bound_it(tmp_path: Path, date: str, found: set[str]) -> None:
    cards = edited(tmp_path, (LAND, f"expectedLaunch: {{{date}}}"), ("published: 2022-02", "published: 2022-02-07"))
    assert codes(check_evidence(cards, Texts.of([]), UNIT_WORDS, vocabulary().events).findings) == found


LAND_EVIDENCE = cited("plans over 800 acres")
START = WORDS.index("plans over")


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        (f"{{start: {START}, end: {len(WORDS) + 1}, digest: 0123456789ab}}", "position-outside"),
        (f"{{start: {START}, end: {START}, digest: 0123456789ab}}", "position-outside"),
        (f"{{start: {START}, end: 3, digest: 0123456789ab}}", "position-outside"),
        (LAND_EVIDENCE.replace("digest: ", "digest: f"), "evidence-digest"),
        (cited("plans"), "figure-not-there"),
    ],
)
def test_a_position_that_does_not_hold_is_a_finding(tmp_path: Path, evidence: str, code: str) -> None:
    assert codes(report_on(tmp_path, (LAND_EVIDENCE, evidence)).findings) == {code}


@pytest.mark.parametrize("cut", ["00 acres", "over 800 acre", "over 80", "ver 800 acres", "over 800 acres "])
def test_a_printed_figure_is_not_cut_out_of_its_words(tmp_path: Path, cut: str) -> None:
    report = report_on(tmp_path, ("verbatim: over 800 acres", f"verbatim: '{cut}'"))
    assert "figure-not-there" in codes(report.findings)


def test_the_last_character_can_be_cited(tmp_path: Path) -> None:
    whole = cited(WORDS)
    assert report_on(tmp_path, (LAND_EVIDENCE, whole)).findings == []


def test_positions_in_bytes_or_utf16_are_found_out(tmp_path: Path) -> None:
    for before in (WORDS[:START].encode(), WORDS[:START].encode("utf-16-le")[::2]):
        shifted = LAND_EVIDENCE.replace(f"start: {START}", f"start: {len(before)}")
        assert "evidence-digest" in codes(report_on(tmp_path, (LAND_EVIDENCE, shifted)).findings)


def test_a_changed_text_is_a_finding(tmp_path: Path) -> None:
    report = report_on(tmp_path, text=WORDS.replace("800", "900"))
    assert codes(report.findings) == {"wrong-digest"}
    assert (report.checked, report.not_done) == ([], ["report"])


def test_a_wrong_length_is_a_finding(tmp_path: Path) -> None:
    assert codes(report_on(tmp_path, (f"length: {len(WORDS)}", "length: 4")).findings) == {"wrong-digest"}


def test_what_cannot_be_checked_is_said_and_not_passed(tmp_path: Path) -> None:
    assert check_evidence(world(tmp_path), Texts.of([]), UNIT_WORDS).not_done == ["report"]
    pages = edited(tmp_path, ("sha256", "x-sha256"))
    assert check_evidence(pages, texts_in(tmp_path), UNIT_WORDS).without_text == ["report"]


places = st.integers(-3, len(WORDS) + 3).map(str) | st.sampled_from(["9" * 5000, "٣", "", "x", "1_0", " 1", "-0"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=places, end=places)
def test_no_position_breaks_the_check(tmp_path: Path, start: str, end: str) -> None:
    good = cited("plans over 800 acres")
    report = report_on(tmp_path, (good, f"{{start: '{start}', end: '{end}', digest: '{good[-13:-1]}'}}"))
    right = (start, end) == (str(START), str(START + len("plans over 800 acres")))
    # Digits that are none of ASCII are told by the check of the card.
    assert bool(report.findings) != right or not re.fullmatch("[0-9]+ [0-9]+", f"{start} {end}")


@pytest.mark.parametrize("shape", ["{a: b}", "[x]", "[]", "''", "{}"])
@pytest.mark.parametrize(
    "part", ["bound: MoreThan", "value: 800", "unit: acre", "verbatim: over 800 acres", "edtf: 2031-02", "start: 0"]
)
def test_a_claim_of_any_shape_is_gone_through(tmp_path: Path, part: str, shape: str) -> None:
    cards = edited(tmp_path, (part, f"{part.partition(':')[0]}: {shape}"))
    assert check_evidence(cards, texts_in(tmp_path), UNIT_WORDS).checked == ["report"]


def test_a_document_without_claims_is_gone_through(tmp_path: Path) -> None:
    assert check_evidence(world(tmp_path, document="id: document/report"), Texts.of([]), UNIT_WORDS).without_text == [
        "report"
    ]
    assert check_evidence(Cards(), Texts.of([]), UNIT_WORDS) == EvidenceReport()
