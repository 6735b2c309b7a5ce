"""What a text is understood as, whatever the text: questions, names, SPARQL, and nothing that is covered."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import NotFound, NotUnderstood
from kg.graph import Graph
from kg.understanding.interpreter import LONGEST

WORDS = st.sampled_from(
    [
        "who",
        "supplies",
        "CATL",
        "谁",
        "供应",
        "base",
        "since 2025",
        "\x00",
        "\u202e",
        "'",
        "{base}",
        "no",
        "𠀀",
        "\ud800",
    ]
)


def test_a_question_in_words_is_the_question_by_its_name(graph: Graph) -> None:
    words = graph.ask("who runs the Yanzhou base?")
    named = graph.ask("base-operator", base="base/yanzhou")
    assert words.rows == named.rows
    assert words.claims == named.claims
    assert words.notes[0].startswith("understood as Who runs a base")


@pytest.mark.parametrize("words", ["who runs the Yanzhou base", "兖州基地由谁运营", "yanzhou base operator"])
def test_one_question_has_many_wordings(graph: Graph, words: str) -> None:
    answer = graph.understand(words).answer
    assert answer is not None
    assert (answer.question, answer.parameters) == ("base-operator", {"base": "base/yanzhou"})


def test_a_side_of_a_verb_tells_who_owns_and_who_is_owned(graph: Graph) -> None:
    read = [graph.understand(words).readings[0].question for words in ("who owns CATL", "what does CATL own")]
    assert read == ["owners", "holdings"]


def test_a_word_that_no_question_takes_is_never_dropped(graph: Graph) -> None:
    found = graph.understand("who runs the Yanzhou base on Mars")
    assert found.answer is None
    assert found.unknown == ("Mars",)
    assert found.readings[0].question == "base-operator"
    assert found.readings[0].left_out == ("Mars",)
    with pytest.raises(NotUnderstood, match=r"nothing here covers 'Mars'; perhaps: Who runs a base"):
        graph.ask("who runs the Yanzhou base on Mars")


def test_a_question_turned_around_is_not_answered(graph: Graph) -> None:
    assert graph.understand("who supplies CATL").answer is not None
    assert graph.understand("who does not supply CATL").answer is None
    assert graph.understand("谁不给宁德时代供货").answer is None


def test_a_name_with_a_slip_is_told_beside_what_it_was_taken_for(graph: Graph) -> None:
    (value,) = graph.understand("who runs the Yanzhuo base").readings[0].values
    assert (value.value, value.guess) == ("base/yanzhou", "Yanzhou base")


def test_a_name_is_a_name_and_no_question(graph: Graph) -> None:
    for text in ("宁德时代", "what is CATL", "介绍一下宁德时代"):
        found = graph.understand(text)
        assert (found.sort, found.things[0].entity) == ("name", "company/catl"), text
    with pytest.raises(NotUnderstood, match="it is the name of company/catl"):
        graph.ask("CATL")


def test_a_name_of_a_question_stays_what_it_was(graph: Graph) -> None:
    assert graph.read_question("base-operator") is None
    with pytest.raises(NotFound, match=r"no question is called 'base-operater'; did you mean 'base-operator'"):
        graph.ask("base-operater")


def test_sparql_is_told_from_questions(graph: Graph) -> None:
    assert graph.understand("SELECT ?s WHERE { ?s a kg:Park }").sort == "sparql"
    assert graph.understand("select the parks in Shandong").sort == "question"


def test_rows_are_narrowed_to_what_no_parameter_takes(graph: Graph) -> None:
    every = graph.ask("partners", organisation="company/catl")
    narrowed = graph.ask("partners", organisation="company/catl", only="place/jining")
    assert 0 < len(narrowed) < len(every)
    assert set(narrowed.rows) < set(every.rows)
    assert len(narrowed.claims or ()) == len(narrowed)
    assert f"{len(narrowed)} of {len(every)}" in narrowed.notes[0]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=600), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_is_understood_as_something(graph: Graph, text: str) -> None:
    found = graph.understand(text)
    assert found.sort in ("question", "name", "sparql", "nothing")
    assert found == graph.understand(text)
    for one in found.readings:
        assert 0 < one.score <= 1.1
        assert one.question in graph.release.questions


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "宁" * 10_000, "who " * 2500, "1" * 10_000, "\x00" * 10_000, "，" * 9999]
)
def test_a_text_that_is_too_long_is_not_looked_at(graph: Graph, text: str) -> None:
    graph.understand("CATL")
    begun = time.process_time()
    assert graph.understand(text).sort == "nothing"
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize("piece", ["who ", "宁德时代供应", "CATL ", "zq", "1 2 ", "''"])
def test_the_longest_text_takes_bounded_time(graph: Graph, piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    graph.understand("CATL")
    begun = time.process_time()
    graph.understand(text)
    assert time.process_time() - begun < 3
