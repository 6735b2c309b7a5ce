"""Partners: with whom an organisation is tied, through which agreement, collaboration or venture, and how far."""

from __future__ import annotations

from kg.analysis.base import Analysis, Line, NetworkView
from kg.networks import Edge
from kg.rdf import NamedNode
from kg.rdf.namespaces import KG, expand, shorten
from kg.rdf.store import facts
from kg.rdf.vocab import VIEW, kg
from kg.tables.cells import Date

__all__ = ["COLUMNS", "find_partners"]

COLUMNS = ("partner", "standing", "through", "role", "stage", "dated", "mode")
# What each relation of the network makes of somebody, partners first.
_STANDINGS = {
    "partnerOf": "partner",
    "shareholder": "joint venture",
    "CooperationRelation": "works together",
    "party": "party",
    "collaborator": "collaborator",
}
_EXPLORED = "explored only"
_COUNTED = "{number} partners; who only shares a venture, works together or explores is none by the rules."


def find_partners(scene: NetworkView, entity: str) -> Analysis:
    """Give everybody tied to an organisation in the partnership network, partners first.

    Only who stands as "partner" is one by the rules: both signed an agreement, or agreed on a collaboration.
    Who merely shares a joint venture, is said to work together, or explores something is told apart.
    """
    edges = [*scene.leaving("partnership", entity), *scene.entering("partnership", entity)]
    edges = [edge for edge in edges if edge.source != edge.target]
    lines = [_line(scene, edge, entity) for edge in sorted(edges, key=lambda edge: _order(edge, entity))]
    name = scene.name(entity)
    partners = {cells[0] for cells in (line.cells for line in lines) if cells[1] == _STANDINGS["partnerOf"]}
    notes = [scene.say(_COUNTED, number=len(partners))] if lines else []
    return scene.make_analysis(scene.say("Partners of {one}", one=name), COLUMNS, lines, notes)


def _order(edge: Edge, entity: str) -> tuple[int, str, str]:
    standing = _standing(edge)
    place = list(_STANDINGS.values()).index(standing) if standing in _STANDINGS.values() else len(_STANDINGS)
    return place, _other(edge, entity), edge.since or ""


def _standing(edge: Edge) -> str:
    return _EXPLORED if edge.mode == "ExploredOnly" else _STANDINGS.get(edge.relation, edge.relation)


def _other(edge: Edge, entity: str) -> str:
    return edge.target if edge.source == entity else edge.source


def _line(scene: NetworkView, edge: Edge, entity: str) -> Line:
    other = _other(edge, entity)
    role = _role(scene, edge.link, other)
    cells = (
        scene.refer(other), _standing(edge), scene.refer(edge.link), role, scene.concept(edge.status),
        Date(edge.since) if edge.since else None, scene.concept(edge.mode),
    )  # fmt: skip
    return Line(cells, (edge,))


def _role(scene: NetworkView, agreement: str | None, organisation: str) -> str | None:
    """Say in which role an organisation is a party of an agreement."""
    if agreement is None:
        return None
    roles = set()
    for side in facts(scene.store, NamedNode(expand(agreement)), kg("party"), None, VIEW):
        side_facts = {fact.predicate.value.removeprefix(KG): fact.object for fact in facts(scene.store, side.object)}
        if "partyRole" in side_facts and shorten(side_facts["partyOrganisation"].value) == organisation:
            roles.add(scene.concept(side_facts["partyRole"].value.removeprefix(KG)))
    return ", ".join(sorted(role.name for role in roles if role)) or None
