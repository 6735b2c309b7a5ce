"""The timeline: what runs goes on, years are sampled alike, dates do not collide, wholes come first."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.draw import Scene, Words
from kg.draw.canvas.text import width_of
from kg.draw.messages import LANGUAGES
from kg.draw.timeline.moments import Row, TimelineMoment
from kg.draw.timeline.picture import _Drawing, _fullest, _left_out, _Scale
from kg.draw.timeline.spans import TimelineSpan, read_spans
from kg.graph import Graph

TODAY = datetime.date(2026, 6, 22)


def moment(day: str, step: str = "status", status: str = "", *, expected: bool = False) -> TimelineMoment:
    at = datetime.date.fromisoformat(day)
    return TimelineMoment(at, at, step, day, expected, status)


def row(*moments: TimelineMoment, thing: str = "base/x", group: str = "sites", whole: str = "") -> Row:
    return Row(thing, tuple(sorted(moments)), group, whole)


@pytest.fixture
def scene(graph: Graph) -> Scene:
    return Scene(graph.release, graph._provenance, graph.networks, graph.networks.edges, Words("en"))


def spans(scene: Scene, *moments: TimelineMoment) -> dict[str, TimelineSpan]:
    return {span.step: span for span in read_spans(scene, row(*moments), TODAY)}


def test_what_runs_goes_on_to_the_last_day_that_is_known(scene: Scene) -> None:
    seen = spans(scene, moment("2023-10-15", "launched"), moment("2023-10-27", status="Operating"))
    assert seen["running"].last == datetime.date(2023, 10, 27).toordinal()
    assert seen["running"].open_to == TODAY.toordinal()


def test_what_was_stopped_ends_there(scene: Scene) -> None:
    seen = spans(scene, moment("2023-10-15", "launched"), moment("2025-08-09", status="Halted"))
    assert seen["running"] == TimelineSpan(
        "running", datetime.date(2023, 10, 15).toordinal(), datetime.date(2025, 8, 9).toordinal()
    )


def test_building_ends_with_the_launch_and_else_goes_on(scene: Scene) -> None:
    begun, launched = moment("2021-11-01", "started"), moment("2023-10-15", "launched")
    assert spans(scene, begun, launched)["building"].open_to is None
    assert spans(scene, begun)["building"].open_to == TODAY.toordinal()
    assert "running" not in spans(scene, begun, moment("2027-01-01", "launched", expected=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_base_whose_phase_runs_is_not_drawn_as_being_built(graph: Graph, language: str) -> None:
    """Its own records end with the start of construction; by its phases it operates."""
    known = Scene(graph.release, graph._provenance, graph.networks, graph.networks.edges, Words(language))
    assert known.status("base/yanzhou") == "Operating"
    alone = read_spans(known, row(moment("2022-12-15", "started"), thing="base/yanzhou"), TODAY)
    assert [span.open_to for span in alone] == [None]


def test_a_whole_stands_above_its_phases(graph: Graph) -> None:
    """The first phase began before the day that is told of the base."""
    text = graph.draw("timeline", "base/guian", language="zh").text
    assert text.index("生产制造基地") < text.index("贵安基地一期")


def test_signings_of_who_runs_a_site_with_its_governments_are_told_apart(wide_graph: Graph) -> None:
    picture = wide_graph.draw("timeline", "base/yanzhou")
    assert "Agreements of who runs it with governments there" in picture.svg
    assert "2022-07-21" in picture.text
    assert "Tesla" not in picture.text


def agreements(years: dict[int, int]) -> list[Row]:
    numbered = [(year, number) for year, count in years.items() for number in range(count)]
    return [
        row(moment(f"{year}-0{1 + number % 9}-01", "signed"), thing=f"agreement/{year}-{number}", group="agreements")
        for year, number in numbered
    ]


def test_agreements_of_all_years_have_their_share_and_the_rest_is_counted(scene: Scene) -> None:
    rows = [row(moment("2020-01-01", "launched"), thing=f"base/{number}") for number in range(50)]
    rows += agreements({2016: 1, 2021: 20, 2026: 40})
    kept = _fullest(rows, 36)
    years = [one.years[0] for one in kept if one.group == "agreements"]
    assert len(kept) == 36
    assert {2016, 2021, 2026} == set(years)
    assert abs(years.count(2021) - years.count(2026)) <= 1
    told = _left_out(scene, rows, kept)
    assert told.startswith("75 more rows")
    assert f"2026: {40 - years.count(2026)}" in told
    assert len(_fullest(rows[:10], 36)) == 10


@given(st.lists(st.tuples(st.dates(datetime.date(2015, 1, 1), datetime.date(2027, 12, 31)),
                          st.sampled_from(["signed", "started", "launched", "announced", "status"])),
                min_size=1, max_size=8))  # fmt: skip
def test_dates_do_not_cover_each_other_or_a_mark(graph: Graph, dated: list[tuple[datetime.date, str]]) -> None:
    scene = Scene(graph.release, graph._provenance, graph.networks, graph.networks.edges, Words("en"))
    one = row(*(TimelineMoment(day, day, step, day.isoformat(), False, "Operating" if step == "status" else "")
                for day, step in dated))  # fmt: skip
    drawing = _Drawing(scene, [one])
    labels = drawing.dates(one)
    for first, second in itertools.combinations([label.area for label in labels], 2):
        assert first[2] <= second[0] or second[2] <= first[0] or first[3] <= second[1] or second[3] <= first[1]
    marks = [drawing.scale.at(moment_.middle) for moment_ in one.moments]
    for left, top, right, bottom in (label.area for label in labels):
        assert not any(left < x < right and top < 17 < bottom for x in marks)


def test_two_dates_near_each_other_are_both_written(scene: Scene) -> None:
    """They stood in one place: "2024-04-25" over "2025"."""
    one = row(
        moment("2024-04-25", "started"), moment("2025-01-01", "launched", expected=True), moment("2014-01-01", "signed")
    )
    drawing = _Drawing(scene, [one])
    assert {label.words for label in drawing.dates(one)} == {"2014-01-01", "2024-04-25", "2025-01-01"}
    assert width_of("2024-04-25", 9.5) > drawing.scale.at(366) - drawing.scale.at(120)


def ticks(first: int, last: int) -> Iterator[str]:
    return (words for _, words in _Scale(first, last).ticks() if words)


def test_an_axis_of_few_years_has_quarters() -> None:
    assert list(ticks(2026, 2027)) == ["2026-01", "2026-04", "2026-07", "2026-10"]
    assert list(ticks(2019, 2024)) == ["2019", "2020", "2021", "2022", "2023"]
    assert list(ticks(2004, 2031)) == ["2005", "2010", "2015", "2020", "2025", "2030"]
