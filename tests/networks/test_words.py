"""An edge reads as the sentence that it is: the word of an edge and its direction agree on every surface."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.cli import run
from kg.errors import InputError
from kg.export.networks import edges_sheet
from kg.graph import Graph
from kg.languages import LANGUAGES
from kg.networks import NETWORKS, Edge, EdgeKind
from kg.networks.loader import read_edge_kinds
from kg.networks.words import read_words
from kg.operations.run import run_operation
from kg.rdf import NamedNode
from kg.rdf.namespaces import KG, expand
from kg.rdf.store import facts
from kg.rdf.vocab import VIEW
from tests.support.small import ONTOLOGY, vocabulary

KINDS = read_edge_kinds(ONTOLOGY / "networks")
# Kinds for which no page has been read yet; each has its case in test_networks.
NOT_IN_THE_DATA = frozenset({"supply-input-provider"})
FOUND_KINDS = [kind for kind in KINDS if kind.name not in NOT_IN_THE_DATA]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
each_found_kind = pytest.mark.parametrize("kind", FOUND_KINDS, ids=[kind.name for kind in FOUND_KINDS])


def edges_between(graph: Graph, kind: EdgeKind) -> list[Edge]:
    """Give the edges of a kind that join two things."""
    return [tie for tie in graph.networks.select(kind.network) if tie.kind == kind.name and tie.source != tie.target]


def ties_of(graph: Graph, kind: EdgeKind) -> list[Edge]:
    """Give the edges of a kind; the wide data must have one of each, or the tests below prove nothing."""
    found = edges_between(graph, kind)
    assert found, kind.name
    return found


def test_what_is_said_not_to_be_in_the_data_is_not(wide_graph: Graph) -> None:
    assert {kind.name for kind in KINDS if not edges_between(wide_graph, kind)} == NOT_IN_THE_DATA


@each_kind
def test_each_kind_has_its_words_in_both_languages_and_directions(kind: EdgeKind) -> None:
    for language in LANGUAGES:
        forward, backward = kind.words.word(language), kind.words.word(language, backward=True)
        assert forward
        assert backward
        if kind.network != "partnership":
            assert forward != backward, "work, goods and shares have a direction"
    assert kind.inverse is None or kind.inverse not in vocabulary().properties


@each_found_kind
def test_no_relation_is_a_property_that_runs_the_other_way(wide_graph: Graph, kind: EdgeKind) -> None:
    """Where the ontology has a property of the name that an edge has, the edge runs as the property does."""
    relation = NamedNode(KG + (kind.inverse or kind.relation))
    store = wide_graph.release.store
    ties = ties_of(wide_graph, kind)
    ends = {(tie.source, tie.target) for tie in ties}
    for tie in ties:
        source, target = NamedNode(expand(tie.source)), NamedNode(expand(tie.target))
        along = any(facts(store, source, relation, target, VIEW))
        against = any(facts(store, target, relation, source, VIEW))
        assert along or not against or (tie.target, tie.source) in ends, (
            f"{tie.source} {tie.relation} {tie.target} runs against the property"
        )


@each_found_kind
def test_tables_paths_pictures_exports_and_agents_say_one_sentence(wide_graph: Graph, kind: EdgeKind) -> None:
    networks = wide_graph.networks
    tie = min(ties_of(wide_graph, kind), key=lambda one: (not one.is_stated, one.id))
    for language in LANGUAGES:
        word, back = networks.word(tie, language), networks.word(tie, language, backward=True)
        name = {end: networks.nodes[end].name(language) for end in (tie.source, tie.target)}
        # The table of a network, which HTTP and agents get too.
        plain = run_operation(wide_graph, "network", {"network": kind.network, "language": language, "limit": None})
        rows = {(row["source"], row["relation_name"], row["target"]) for row in plain["rows"]}
        assert (tie.source, word, tie.target) in rows
        assert (tie.target, word, tie.source) not in rows or kind.network in ("partnership", "supply", "process")
        # A picture, in words.
        drawn = wide_graph.draw("relations", tie.source, network=kind.network, limit=300, language=language).text
        if name[tie.target] in drawn:
            assert word in drawn
        # A path, walked either way.
        for start, end, said in ((tie.source, tie.target, word), (tie.target, tie.source, back)):
            found = wide_graph.path(start, end, count=1, networks=(kind.network,), language=language)
            hop = next(row for row in found.records() if row["source"] == start)
            pair = [one for one in networks.select(kind.network) if {one.source, one.target} == {start, hop["target"]}]
            allowed = {networks.word(one, language, backward=one.source != start) for one in pair}
            assert hop["relation_name"] in allowed
            assert said in allowed or hop["target"] != end
    # The graph of networkx, and exports.
    edges = wide_graph.network(kind.network)
    assert edges.edges[tie.source, tie.target, tie.id]["word"] == networks.word(tie)
    sheet = edges_sheet(edges)
    by_id = {row[0]: row[1:5] for row in sheet.rows}
    assert by_id[tie.id] == (tie.source, tie.relation, tie.target, networks.word(tie))


def test_a_small_holder_never_looks_like_a_parent(wide_graph: Graph) -> None:
    held = [tie for tie in wide_graph.networks.select("ownership") if tie.relation == "holdsSharesIn"]
    small = [tie for tie in held if tie.value is not None and tie.value <= 50]
    large = [tie for tie in held if tie.value is not None and tie.value > 50]
    assert {wide_graph.networks.word(tie) for tie in small} == {"holds shares in"}
    assert {wide_graph.networks.word(tie, backward=True) for tie in small} == {"has as a shareholder"}
    assert {wide_graph.networks.word(tie) for tie in large} == {"owns"}
    rows = wide_graph.edges("ownership").records()
    figures = {(row["source"], row["through"]): row["quantity"] for row in rows if row["relation"] == "holdsSharesIn"}
    assert all("percent" in str(figures[tie.source, tie.link]) for tie in small)


def test_the_command_and_the_export_carry_the_words(
    wide_graph: Graph, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    assert run(["network", "ownership", "--release", str(wide_graph.release.path), "--format", "json", "-q"]) == 0
    rows = json.loads(capsys.readouterr().out)
    told = {(row["source"], row["relation_name"], row["target"]) for row in rows}
    for tie in wide_graph.networks.select("ownership"):
        assert (tie.source, wide_graph.networks.word(tie), tie.target) in told
    stream = io.BytesIO()
    wide_graph.export("csv", stream, tables=("edges",))
    words = {row["id"]: row["word"] for row in csv.DictReader(io.StringIO(stream.getvalue().decode()))}
    assert words == {tie.id: wide_graph.networks.word(tie) for tie in wide_graph.networks.edges}


def test_words_that_are_no_pair_are_refused() -> None:
    with pytest.raises(InputError, match="word from source to target"):
        read_words({"en": "a | b | c"}, "x.rq")
    with pytest.raises(InputError, match="word from source to target"):
        read_words({"en": "a |"}, "x.rq")


def test_every_network_is_tried() -> None:
    assert {kind.network for kind in KINDS} == set(NETWORKS)
