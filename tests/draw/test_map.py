"""The map: outlines of land, countries and provinces, names where one looks for them, what is only roughly known."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree

import pytest

from kg.draw import Scene, Words
from kg.draw.canvas.palette import STATUS_TONES, TONES, UNKNOWN_TONE
from kg.draw.labels import Wish, place_labels
from kg.draw.map.ground import _outlines, draw_ground
from kg.draw.map.picture import _levels, _name, _symbol
from kg.draw.map.projection import fit_frame, surroundings
from kg.draw.map.sites import Site, Spot
from kg.draw.messages import LANGUAGES
from kg.graph import Graph
from kg.rdf.namespaces import KG
from kg.rdf.store import facts
from kg.rdf.vocab import ONTOLOGY, RDF_TYPE, kg

SVG = "{http://www.w3.org/2000/svg}"
GUIZHOU = [(104.0, 25.0), (109.5, 29.0)]


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314 - written by ourselves
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: int) -> float:
    low, high = sorted(luminance(TONES[tone][theme]) for tone in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
def test_land_stands_out_from_sea_and_borders_from_both(theme: int) -> None:
    """They were 1.06 apart."""
    assert contrast("land", "sea", theme) > 1.2
    assert contrast("border", "land", theme) > 1.8


def test_a_map_of_a_province_shows_the_borders_of_provinces() -> None:
    frame = fit_frame(surroundings(GUIZHOU), 900, 760)
    paths = [element for element in draw_ground(frame) if element.tag == "path" and element.get("stroke-dasharray")]
    assert len(paths) == 1
    numbers = [float(part) for part in (paths[0].get("d") or "").split() if part not in "ML"]
    seen = [(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True) if 0 < x < 900 and 0 < y < frame.height]
    assert len(seen) > 100


def test_a_map_of_the_earth_shows_countries_alone() -> None:
    frame = fit_frame(surroundings([(-120.0, -30.0), (140.0, 60.0)]), 900, 760)
    drawn = list(draw_ground(frame))
    assert not any(element.get("stroke-dasharray") for element in drawn)
    assert any(element.get("stroke-width") == "1.1" for element in drawn)


def test_outlines_are_where_they_are() -> None:
    """The border between Guizhou and Hunan runs near 109 degrees east; there is none across the Gulf of Guinea."""
    lines = _outlines()["divisions"]
    assert any(108.5 < x < 109.8 and 27 < y < 28.5 for line in lines for x, y in line)
    for name in ("divisions", "borders"):
        assert not any(-5 < x < 3 and -20 < y < 3 for line in _outlines()[name] for x, y in line)


@pytest.mark.parametrize(("language", "province"), [("en", "Guizhou"), ("zh", "贵州省")])
def test_the_province_is_named_on_its_map(wide_graph: Graph, language: str, province: str) -> None:
    assert province in texts(wide_graph.draw("map", "place/guizhou", language=language).svg)


@pytest.mark.parametrize(("language", "country"), [("en", "China"), ("zh", "中国")])
def test_the_country_that_most_sites_lie_in_is_named(wide_graph: Graph, language: str, country: str) -> None:
    assert country in texts(wide_graph.draw("map", "company/catl", language=language).svg)


def test_areas_are_named_by_the_scale_of_the_map() -> None:
    assert _levels(5) == ("Province", "Prefecture")
    assert _levels(30) == ("Country", "Province")
    assert _levels(110) == ("Country",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sites_of_which_only_the_province_is_known_are_told_as_such(wide_graph: Graph, language: str) -> None:
    """They stood on its middle as "Guizhou 3", like a town."""
    scene = Scene(
        wide_graph.release, wide_graph._provenance, wide_graph.networks, wide_graph.networks.edges, Words(language)
    )
    at = (106.7, 26.8)
    roughly = Spot(at, (Site("base/guian", at, "place/guizhou"), Site("base/yanzhou", at, "place/guizhou")))
    exactly = Spot(at, (Site("base/guian", at), Site("base/yanzhou", at)))
    assert scene.words("somewhere", area=scene.name("place/guizhou")) == _name(scene, roughly)
    assert _name(scene, exactly) == scene.name("base/guian")
    dashes = [[part.get("stroke-dasharray") for element in _symbol(scene, spot, at) for part in element.iter()]
              for spot in (roughly, exactly)]  # fmt: skip
    assert any(dashes[0])
    assert not any(dashes[1])


def test_statuses_have_a_hue_each_that_is_not_that_of_the_unknown(graph: Graph) -> None:
    """Announced and not stated were two near blues; halted and sold had none."""
    statuses = facts(graph.release.store, None, RDF_TYPE, kg("Status"), ONTOLOGY)
    assert {fact.subject.value.removeprefix(KG) for fact in statuses} == set(STATUS_TONES)
    assert UNKNOWN_TONE not in STATUS_TONES.values()
    assert STATUS_TONES["Announced"] != STATUS_TONES["Operating"] != STATUS_TONES["Halted"]


def test_a_name_that_finds_no_place_beside_its_symbol_finds_one_farther_off() -> None:
    """One cluster had no name, for its neighbours had taken all places around it."""
    crowd = [(100 + dx, 100 + dy, 100 + dx + 60, 100 + dy + 14)
             for dx, dy in itertools.product((-75, -15, 15), (-24, -10, 4))]  # fmt: skip
    near = Wish("a", "Jining", (100, 100), 5, 10)
    assert place_labels([near], crowd, (400, 400)) == []
    (label,) = place_labels([Wish("a", "Jining", (100, 100), 5, 10, is_far=True)], crowd, (400, 400))
    assert label.far
    assert not any(label.area[0] < x1 and x0 < label.area[2] and label.area[1] < y1 and y0 < label.area[3]
                   for x0, y0, x1, y1 in crowd)  # fmt: skip


def test_a_map_is_no_heavier_than_a_photograph(wide_graph: Graph) -> None:
    assert len(wide_graph.draw("map", "company/catl").svg) < 300_000
    assert len(wide_graph.draw("map", None).svg) < 600_000
