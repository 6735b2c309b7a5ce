"""An entity: its names, and every statement about it in both directions with its claims."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from kg.entities.entity import Entity, Statement, read_entity
from kg.graph import Graph
from kg.provenance.provenance import Provenance
from kg.rdf.namespaces import expand
from kg.tables.table import Reference
from tests.support.small import edited, grounds_of

AGAIN = """\
  - id: claim/report/again
    evidence: Page
    rank: Deprecated
    note: {en: Not so.}
    says: {id: base/luming, locatedIn: place/luming}
"""


@pytest.fixture(scope="module")
def provenance(tmp_path_factory: pytest.TempPathFactory) -> Provenance:
    return grounds_of(edited(tmp_path_factory.mktemp("cards"), more=AGAIN))


def read(provenance: Provenance, name: str) -> Entity:
    return read_entity(provenance, ox.NamedNode(expand(name)))


def test_an_entity_has_its_kinds_names_and_aliases(provenance: Provenance) -> None:
    anhe = read(provenance, "company/anhe")
    assert (anhe.id, anhe.kinds, anhe.aliases) == ("company/anhe", ("Company",), ("Anhe",))
    assert anhe.names == {"en": "Anhe Batteries", "zh": "安河电池"}


def test_each_statement_names_its_claims(provenance: Provenance) -> None:
    statements = {one.property: one for one in read(provenance, "base/luming").statements}
    assert statements["operator"] == Statement(
        "operator", "company/anhe", "Anhe Batteries", incoming=False, claims=("claim/report/operator",)
    )
    assert statements["landArea"].label == "over 800 acres"
    assert statements["landArea"].claims == ("claim/report/land",)


def test_statements_about_an_entity_are_shown_from_its_side_too(provenance: Provenance) -> None:
    incoming = [one for one in read(provenance, "company/anhe").statements if one.incoming]
    assert [(one.property, one.value, one.label) for one in incoming] == [("operator", "base/luming", "Luming base")]


def test_names_and_kinds_are_no_statements(provenance: Provenance) -> None:
    assert {one.property for one in read(provenance, "base/luming").statements} == {
        "operator", "landArea", "status", "currentStatus",
    }  # fmt: skip


def test_what_is_not_in_the_view_is_not_shown(provenance: Provenance) -> None:
    assert read(provenance, "place/luming").statements == ()


def test_programs_get_plain_values(provenance: Provenance) -> None:
    told = json.loads(json.dumps(read(provenance, "company/anhe").to_dict()))
    assert told["statements"] == [
        {"property": "operator", "value": "base/luming", "label": "Luming base", "incoming": True,
         "claims": ["claim/report/operator"]},
    ]  # fmt: skip
    assert told["aliases"] == ["Anhe"]


def test_people_get_a_table_with_an_arrow_at_what_points_here(provenance: Provenance) -> None:
    table = read(provenance, "company/anhe").to_table()
    assert table.columns == ("property", "value")
    ((arrow, value),) = table.rows
    assert arrow == "← operator"
    assert isinstance(value, Reference)
    assert (str(value), value.name) == ("base/luming", "Luming base")
    assert table.claims == (("claim/report/operator",),)


def test_statements_come_in_a_fixed_order(provenance: Provenance) -> None:
    statements = read(provenance, "base/luming").statements
    assert list(statements) == sorted(statements, key=lambda one: (one.incoming, one.property, one.value))


def test_what_nobody_knows_has_nothing(provenance: Provenance) -> None:
    assert read(provenance, "company/nobody") == Entity("company/nobody", (), {}, (), ())


def test_every_real_entity_can_be_shown(graph: Graph) -> None:
    for name in ("base/guian", "base/yanzhou/phase-one", "company/catl", "kg:Operating"):
        entity = graph.show(name)
        assert entity.names
        assert len(entity.to_table()) == len(entity.statements) > 0
