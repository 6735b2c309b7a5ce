"""Pictures of the two articles: each view in both languages, about much and nothing; hostile names stay text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kg
from kg.cli import run
from kg.draw import LANGUAGES, VIEWS, DrawRequest, Picture, Scene, Words, draw
from kg.draw.messages import WORDS
from kg.errors import NotFound, UsageError
from kg.graph import Graph
from kg.networks import NETWORKS, Edge, NetworkNode, Networks
from tests.support.hostile_names import hostile_networks

SVG = "{http://www.w3.org/2000/svg}"
each_view = pytest.mark.parametrize("view", VIEWS)


def texts(picture: Picture) -> str:
    """Give all text that can be read in the SVG of a picture."""
    root = ElementTree.fromstring(picture.svg)  # noqa: S314 - written by ourselves
    return "\n".join(element.text or "" for element in root.iter() if element.tag in (f"{SVG}text", f"{SVG}title"))


@each_view
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", ["base/guian", "company/catl", "place/guizhou", "chain/guian-green", None])
def test_every_view_of_everything_is_drawn(graph: Graph, view: str, about: str | None, language: str) -> None:
    picture = graph.draw(view, about, language=language)
    root = ElementTree.fromstring(picture.svg)  # noqa: S314 - written by ourselves
    assert root.tag == f"{SVG}svg"
    assert graph.release.id in texts(picture)
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert picture.text
    assert not re.search(r"\b(script|href|src|url\()", re.sub(r">[^<]*<", "><", picture.svg))


def test_what_the_articles_say_is_in_the_pictures(graph: Graph) -> None:
    assert "CATL Guizhou" in graph.draw("relations", "base/guian").text
    assert "贵州时代" in graph.draw("relations", "base/guian", language="zh").text
    assert "production began" in graph.draw("timeline", "base/yanzhou").text
    chain = texts(graph.draw("supply", "chain/guian-green"))
    assert "Phosphate mining" in chain
    assert "nobody known" in chain
    assert "only an aim" in chain


def test_an_entity_without_anything_gives_a_picture_that_says_so(graph: Graph) -> None:
    picture = graph.draw("supply", "place/guizhou")
    assert picture.is_empty
    assert "Nothing to draw" in texts(picture)
    assert "not a no" in picture.text
    assert graph.draw("map", "chain/guian-green", language="zh").is_empty
    assert graph.draw("relations", "base/guian", status="Retired").is_empty


def test_filters_and_what_was_left_out_stand_below(graph: Graph) -> None:
    shown = texts(graph.draw("relations", "base/guian", region="place/guizhou", limit=3, depth=2))
    assert "Choice: region" in shown
    assert "Left out: " in shown
    only = graph.draw("relations", "base/guian", network="location")
    assert "lies in" in texts(only)
    assert "owns" not in texts(only)
    assert len(graph.draw("supply", "base/guian", direction="upstream").text) > 0


def test_a_timeline_keeps_to_what_was_told_by_a_day_and_to_what_is_stated(graph: Graph) -> None:
    assert "expected or planned" in graph.draw("timeline", "base/yanzhou").text
    assert "expected or planned" not in graph.draw("timeline", "base/yanzhou", mode="Stated").text
    assert "2025-05" not in graph.draw("timeline", "base/yanzhou", as_of="2024-01-01").text


@each_view
def test_the_same_graph_gives_the_same_bytes(graph: Graph, view: str) -> None:
    def drawn() -> tuple[str, str]:
        picture = graph.draw(view, "company/catl", depth=2 if view == "relations" else None)
        return picture.svg, picture.page if view == "relations" else ""

    assert drawn() == drawn()


def test_no_order_of_hashes_shows(release_folder: Path) -> None:
    code = (
        "import kg, sys; g = kg.open(sys.argv[1])\n"
        "for view in ('relations', 'supply', 'timeline', 'map'):\n"
        "    for about in ('company/catl', None): sys.stdout.write(g.draw(view, about).svg)\n"
        "sys.stdout.write(g.draw('relations', 'base/guian').page)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(release_folder)],
            capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1


@each_view
@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_stay_text(graph: Graph, view: str, language: str) -> None:
    networks = hostile_networks(graph)
    scene = Scene(graph.release, graph._provenance, networks, networks.edges, Words(language))
    picture = draw(view, scene, DrawRequest("company/catl"))
    root = ElementTree.fromstring(picture.svg)  # noqa: S314 - written by ourselves
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "g", "rect", "circle", "line", "polygon", "path", "text", "title", "desc", "style",
    }  # fmt: skip
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    # Whatever turns the order of letters is gone or closed in an isolate of ours.
    for element in root.iter():
        inner = element.text or ""
        assert not re.search("[\u202a-\u202e\u2066\u2067\u200e\u200f]", inner)
        assert inner.count("\u2068") == inner.count("\u2069")


def test_wrong_requests_say_what_is_right(graph: Graph) -> None:
    with pytest.raises(NotFound, match="no view"):
        graph.draw("pie")
    with pytest.raises(UsageError, match="en and zh"):
        graph.draw("map", language="de")
    with pytest.raises(UsageError, match="direction"):
        graph.draw("supply", direction="up")
    with pytest.raises(NotFound, match="no network"):
        graph.draw("relations", network="friends")
    with pytest.raises(UsageError, match="from 1 on"):
        graph.draw("relations", "base/guian", depth=0)
    with pytest.raises(UsageError, match="no filter"):
        graph.draw("relations", colour="red")


def test_a_picture_is_saved_and_nothing_is_written_over(graph: Graph, tmp_path: Path) -> None:
    picture = graph.draw("map", "company/catl")
    target = tmp_path / "map.svg"
    assert picture.save(target) == target
    assert target.read_text("utf-8") == picture.svg
    with pytest.raises(UsageError, match="exists"):
        picture.save(target)
    picture.save(target, overwrite=True)
    assert (picture.save(tmp_path / "map.txt")).read_text("utf-8") == picture.text + "\n"
    with pytest.raises(UsageError, match="only SVG"):
        picture.save(tmp_path / "map.html")
    with pytest.raises(UsageError, match="end the name"):
        picture.save(tmp_path / "map.png")
    with pytest.raises(UsageError, match="cannot be written"):
        picture.save(tmp_path / "missing" / "map.svg")


def test_a_picture_shows_itself_in_a_notebook(graph: Graph) -> None:
    still, page = graph.draw("map", "company/catl"), graph.draw("relations", "base/guian")
    assert still._repr_html_() == still.svg
    frame = page._repr_html_()
    assert frame.startswith('<iframe sandbox="allow-scripts"')
    assert "<script" not in frame


@pytest.fixture
def kg_draw(release_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.setenv("KG_RELEASES", str(release_folder.parent))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: run(["draw", *arguments])


def test_the_command_writes_a_file_and_names_it(
    kg_draw: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kg_draw("relations", "base/guian") == 0
    assert capsys.readouterr().out == "relations-base-guian.html\n"
    assert (tmp_path / "relations-base-guian.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert kg_draw("relations", "base/guian") == 2
    assert "exists" in capsys.readouterr().err
    assert kg_draw("relations", "base/guian", "--force") == 0
    assert kg_draw("supply", "place/guizhou", "-o", "none.svg") == 0
    assert "that is not a no" in capsys.readouterr().err
    assert kg_draw("timeline", "nobody-knows-it") == 2


def test_every_word_is_there_in_every_language_and_with_the_same_gaps() -> None:
    for key, words in WORDS.items():
        assert len(words) == len(LANGUAGES), key
        assert len({frozenset(re.findall(r"{(\w+)}", text)) for text in words}) == 1, key
    assert all(f"net_{network}" in WORDS for network in NETWORKS)


def test_a_picture_of_one_thing(graph: Graph) -> None:
    node = NetworkNode("company/alone", label_en="Alone", kind="Company")
    edge = Edge("x", "supply", "suppliesTo", "company/alone", "company/alone")
    networks = Networks((edge,), {node.id: node}, graph.networks.scales)
    scene = Scene(graph.release, graph._provenance, networks, networks.edges, Words("en"))
    for view in VIEWS:
        picture = draw(view, scene, DrawRequest("company/alone"))
        assert "Alone" in texts(picture)


def test_the_package_offers_what_it_says() -> None:
    assert kg.Graph.draw.__doc__
