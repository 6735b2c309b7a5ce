"""Ranking: the written rules, in their order, each deciding where those before it do not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims.ranking import RULES, RankedClaim, rank_values
from kg.claims.support import independent_origins

CLAIM = RankedClaim("a", "document/a", "s", "p", "1", 1, 1, "origin/a", "2025-05-17", (1, 2), ())


def rival(**changes: object) -> RankedClaim:
    return replace(CLAIM, **({"name": "b", "value": "2"} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "better", "worse"),
    [
        ("ByOverride", {"rank": 0, "grade": 3}, {}),
        ("ByScope", {"grade": 3}, {"scope": 4, "strength": "Printed"}),
        ("ByStrength", {"grade": 3, "strength": "Page"}, {"strength": "Compiled"}),
        ("ByGrade", {"grade": 0, "published": "2019-01-01"}, {}),
        ("ByRecency", {"published": "2025-08-01"}, {"precision": (1, 9)}),
        ("BySpecificity", {"precision": (1, 3)}, {}),
        ("BySpecificity", {"precision": (1, 0)}, {"precision": (0, 9)}),
        ("ByDay", {"published": "2025-05-18"}, {}),
    ],
)
def test_a_rule_decides_where_those_before_it_do_not(
    rule: str, better: dict[str, object], worse: dict[str, object]
) -> None:
    winner, loser = rival(**better), rival(name="c", value="3", **worse)
    for claims in ([winner, loser], [loser, winner]):
        values, decisions = rank_values(claims)
        assert values[0].best == winner
        assert [(one.loser, one.winner, one.rule) for one in decisions] == [("c", "b", rule)]


def test_copies_of_one_report_count_once() -> None:
    copies = [rival(name=f"copy{number}", origin="origin/wire", published="2025-05-19") for number in range(5)]
    papers = [rival(name=f"paper{number}", value="3", origin=f"origin/{number}") for number in range(2)]
    values, decisions = rank_values([*copies, *papers])
    assert values[0].best.value == "3"
    assert {one.rule for one in decisions} == {"ByIndependence"}


def test_pages_that_a_table_cites_together_are_one_source() -> None:
    compiled = [rival(name=f"row{number}", origin=f"origin/{number}", strength="Compiled") for number in range(5)]
    assert independent_origins(compiled) == {"origin/0"}
    printed = rival(name="page", origin="origin/9", strength="Printed")
    assert independent_origins([*compiled, printed]) == {"origin/9"}
    assert independent_origins([printed, CLAIM]) == {"origin/9", "origin/a"}


def bounded(bound: str, **changes: object) -> RankedClaim:
    key = "[https://w3id.org/zerocarbon/ontology#bound <https://w3id.org/zerocarbon/ontology#{}>; {}]"
    return rival(**({"value": key.format(bound, changes.pop("size", 50))} | changes))


def test_a_figure_whose_bound_was_not_read_supports_the_same_figure_with_a_bound() -> None:
    printed = bounded("AtMost", name="printed", strength="Printed", grade=3)
    unread = [bounded("BoundNotStated", name=f"unread{number}", grade=0) for number in range(2)]
    other = bounded("BoundNotStated", name="other", size=40, grade=3)
    values, decisions = rank_values([*unread, printed, other])
    assert [claim.name for claim in values[0].claims] == ["printed", "unread0", "unread1"]
    assert [one.loser for one in decisions] == ["other"]


def test_of_two_bounds_the_better_one_is_supported() -> None:
    exact, rough = bounded("Exactly", name="exact", grade=0), bounded("About", name="rough")
    values, _ = rank_values([exact, rough, bounded("BoundNotStated", name="unread", grade=0)])
    assert [[claim.name for claim in value.claims] for value in values] == [["exact", "unread"], ["rough"]]


def test_a_figure_that_only_a_table_gives_is_represented_by_a_page() -> None:
    compiled, page = rival(name="a", grade=0, strength="Compiled"), rival(name="b", strength="Page")
    assert [claim.name for claim in rank_values([compiled, page])[0][0].claims] == ["b", "a"]


def dated(edtf: str, **changes: object) -> RankedClaim:
    """Give a claim whose value is a date, with the key that ranking makes of it."""
    kg = "https://w3id.org/zerocarbon/ontology#"
    return rival(value=f'[rdf:type <{kg}Date>; {kg}edtf "{edtf}"]', **changes)


@pytest.mark.parametrize("bound", ["../2026", "2026/.."])
def test_a_bound_supports_the_best_date_that_it_leaves(bound: str) -> None:
    claims = [dated("2026-06", name="day", grade=2), dated(bound, name="bound"), dated("2024", name="past", grade=3)]
    values, decisions = rank_values(claims)
    assert [claim.name for claim in values[0].claims] == ["day", "bound"]
    assert [(one.loser, one.winner) for one in decisions] == [("past", "day")]


def test_a_bound_told_ahead_leaves_no_day_before_it_was_told() -> None:
    values, _ = rank_values([dated("2024", name="day"), dated("../2026", name="bound", published="2025-07-01")])
    assert [[claim.name for claim in one.claims] for one in values] == [["bound"], ["day"]]
    values, _ = rank_values([dated("1998", name="day"), dated("../2019", name="bound", published="2025-07-01")])
    assert [[claim.name for claim in one.claims] for one in values] == [["day", "bound"]]


def test_a_bound_that_an_editor_ranked_stands_by_itself() -> None:
    values, _ = rank_values([dated("2026-06", name="day"), dated("../2026", name="bound", rank=0)])
    assert [[claim.name for claim in one.claims] for one in values] == [["bound"], ["day"]]


def test_a_month_supports_the_best_of_its_days() -> None:
    claims = [
        dated("2022-12-24", name="day", grade=1),
        dated("2022-12", name="month", grade=1, published="2026-01-01"),
        dated("2022", name="year", grade=2),
        dated("2022-11", name="other", grade=1),
    ]
    values, decisions = rank_values(claims)
    assert [claim.name for claim in values[0].claims] == ["day", "month", "year"]
    assert [(one.loser, one.winner) for one in decisions] == [("other", "day")]


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ({"grade": 2}, {"grade": 1}),
        ({"strength": "Compiled"}, {"strength": "Page"}),
        ({}, {"rank": 0}),
        ({"value": dated("2022-12/2023-01").value}, {"value": dated("2022/2023").value}),
    ],
    ids=["a weaker source", "a table", "an editor's rank", "intervals"],
)
def test_a_month_that_is_better_founded_stands_by_itself(day: dict[str, object], month: dict[str, object]) -> None:
    claims = [replace(dated("2022-12-24", name="day"), **day), replace(dated("2022-12", name="month"), **month)]  # type: ignore[arg-type]
    values, _ = rank_values(claims)
    assert sorted([claim.name for claim in one.claims] for one in values) == [["day"], ["month"]]


def test_claims_that_no_rule_tells_apart_are_a_tie() -> None:
    _, decisions = rank_values([CLAIM, rival()])
    assert [one.rule for one in decisions] == [""]


def test_a_deprecated_claim_takes_no_part() -> None:
    values, decisions = rank_values([rival(rank=2, grade=0), CLAIM])
    assert [value.best for value in values] == [CLAIM]
    assert decisions == []


def test_a_value_is_represented_by_its_best_source() -> None:
    values, _ = rank_values([CLAIM, rival(value="1", grade=0)])
    assert [claim.name for claim in values[0].claims] == ["b", "a"]


def test_an_undated_claim_is_the_least_recent() -> None:
    values, _ = rank_values([rival(published=""), CLAIM])
    assert values[0].best == CLAIM


claims = st.builds(
    replace,
    st.just(CLAIM),
    name=st.uuids().map(str),
    value=st.sampled_from("123"),
    rank=st.integers(0, 2),
    grade=st.integers(0, 4),
    origin=st.sampled_from(["x", "y"]),
    published=st.sampled_from(["", "2024-01-01", "2025-05-17", "2025-09-09"]),
    precision=st.tuples(st.integers(0, 1), st.integers(0, 3)),
)


@given(st.lists(claims, max_size=8, unique_by=lambda claim: claim.name), st.randoms())
def test_the_order_of_claims_does_not_matter(given_claims: list[RankedClaim], random: object) -> None:
    shuffled = list(given_claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank_values(given_claims) == rank_values(shuffled)


@given(st.lists(claims, max_size=8, unique_by=lambda claim: claim.name))
def test_a_weak_source_outranks_a_better_one_by_override_alone(given_claims: list[RankedClaim]) -> None:
    values, decisions = rank_values(given_claims)
    grades = {claim.name: min(one.grade for one in value.claims) for value in values for claim in value.claims}
    for decision in decisions:
        if grades[decision.winner] > grades[decision.loser]:
            assert decision.rule == "ByOverride"


def test_every_rule_is_a_term_of_the_ontology() -> None:
    from tests.support.small import vocabulary

    assert {name for name, _ in RULES} < {
        name for name, kind in vocabulary().individuals.items() if kind == "RankingRule"
    }
