"""The scene an analysis works in, and what it gives: a table whose rows carry their claims, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from kg.claims.grades import Scales
from kg.localization import translate
from kg.networks import STATED, Edge, Filters, NetworkNode, Networks
from kg.networks.nodes import walk
from kg.questions.answer import Answer
from kg.rdf import NamedNode
from kg.rdf.labels import label, unit_sign
from kg.rdf.namespaces import KG, expand, shorten
from kg.rdf.store import Store, facts
from kg.rdf.vocab import ONTOLOGY, QUDT_SYMBOL, RDFS_SUB_CLASS_OF, kg
from kg.tables.table import Cell, Reference, Word

__all__ = ["Analysis", "Line", "NetworkView", "weakest"]

# What is in trial production hands goods on as well.
_RUNNING = frozenset({"Operating", "Commissioning"})
_NO_EDGES: tuple[Edge, ...] = ()


@dataclass(frozen=True)
class Analysis(Answer):
    """What an analysis found. Its `notes` say how it was counted, and what is not known."""

    def filled(self) -> Analysis:
        """Give the same without the columns in which no row says anything, for people to read."""
        at = [i for i in range(len(self.columns)) if any(row[i] is not None for row in self.rows)]
        columns = tuple(self.columns[i] for i in at)
        return replace(self, columns=columns, rows=tuple(tuple(row[i] for i in at) for row in self.rows))

    def to_dict(self) -> dict[str, Any]:
        """Give the whole as plain values."""
        return super().to_dict() | {"title": self.title, "absent": self.absent, "notes": list(self.notes)}


@dataclass(frozen=True)
class Line:
    """A row of an analysis: its cells, and the edges that they rest on."""

    cells: tuple[Cell, ...]
    edges: tuple[Edge, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims behind the row."""
        return tuple(sorted({claim for edge in self.edges for claim in edge.claims}))


@dataclass(frozen=True)
class NetworkView:
    """The edges that an analysis may use, those that the filters keep, and the words for what they join."""

    networks: Networks
    store: Store = field(repr=False)
    filters: Filters = field(default_factory=Filters)
    language: str = "en"

    @cached_property
    def edges(self) -> Mapping[str, list[Edge]]:
        """The edges of each network."""
        found: dict[str, list[Edge]] = {}
        for edge in self.networks.select(filters=self.filters):
            found.setdefault(edge.network, []).append(edge)
        return found

    @cached_property
    def _ends(self) -> Mapping[tuple[str, bool, str], list[Edge]]:
        found: dict[tuple[str, bool, str], list[Edge]] = {}
        for network, edges in self.edges.items():
            for edge in edges:
                found.setdefault((network, True, edge.source), []).append(edge)
                found.setdefault((network, False, edge.target), []).append(edge)
        return found

    def leaving(self, network: str, node: str) -> Sequence[Edge]:
        """Give the edges of a network whose source is a node."""
        return self._ends.get((network, True, node), _NO_EDGES)

    def entering(self, network: str, node: str) -> Sequence[Edge]:
        """Give the edges of a network whose target is a node."""
        return self._ends.get((network, False, node), _NO_EDGES)

    def node(self, name: str) -> NetworkNode:
        """Give a node; what no edge names is bare."""
        return self.networks.nodes.get(name) or NetworkNode(name)

    def name(self, node: str) -> str:
        """Give the name of a node in the language of the view, also of one that no edge names."""
        known = self.networks.nodes.get(node)
        return known.name(self.language) if known else label(self.store, NamedNode(expand(node)), self.language)

    def say(self, text: str, **values: object) -> str:
        """Give a text of ours in the language of the view, its gaps filled."""
        return translate(text, self.language, **values)

    def unit(self, code: str | None) -> Word | None:
        """Give a unit as a cell, which people read by its sign."""
        return None if code is None else Word(code, self._signs.get(code, code))

    @cached_property
    def _signs(self) -> Mapping[str, str]:
        units = (fact.subject for fact in facts(self.store, None, QUDT_SYMBOL, None, ONTOLOGY))
        return {shorten(unit.value).partition(":")[2]: unit_sign(self.store, unit, self.language) for unit in units}

    def make_analysis(
        self,
        title: str,
        columns: tuple[str, ...],
        lines: Sequence[Line],
        notes: Iterable[str] = (),
        absent: str = "not stated",
    ) -> Analysis:
        """Put lines together; what is said in words of ours is said in the language of the view."""
        return Analysis(
            columns,
            tuple(tuple(self._word(cell) for cell in line.cells) for line in lines),
            claims=tuple(line.claims for line in lines),
            absent=absent,
            language=self.language,
            title=self.say(title),
            notes=tuple(self.say(note) for note in notes),
        )

    def _word(self, cell: Cell) -> Cell:
        if type(cell) is not str:
            return cell
        words = self.say(cell)
        return cell if words == cell else Word(cell, words)

    def refer(self, name: str | None) -> Reference | None:
        """Give a node as a cell."""
        return None if name is None else Reference(name, self.name(name))

    def relate(self, edge: Edge, *, backward: bool = False) -> Reference:
        """Give the relation of an edge as a cell that reads from its source to its target, or the other way round."""
        forward, word = (self.networks.word(edge, self.language, backward=way) for way in (False, backward))
        # As in SPARQL, a caret turns a relation round; one that is the same both ways has none.
        return Reference(edge.relation if word == forward else f"^{edge.relation}", word)

    def concept(self, local: str | None) -> Reference | None:
        """Give a mode, a grade or a status as a cell."""
        if local is None:
            return None
        return Reference(f"kg:{local}", label(self.store, kg(local), self.language))

    @cached_property
    def parks(self) -> frozenset[str]:
        """The class of parks and all classes below it."""
        return self._classes("Park")

    @cached_property
    def sites(self) -> frozenset[str]:
        """The class of sites and all classes below it."""
        return self._classes("Site")

    def _classes(self, top: str) -> frozenset[str]:
        found, waiting = {top}, [top]
        while waiting:
            below = facts(self.store, None, RDFS_SUB_CLASS_OF, kg(waiting.pop()), ONTOLOGY)
            new = {fact.subject.value.removeprefix(KG) for fact in below} - found
            found |= new
            waiting += new
        return frozenset(found)

    def runs(self, name: str) -> bool:
        """Tell whether a site runs, for all that is known: one that is planned, built, halted or given up does not."""
        status = self.node(name).status
        return status is None or status in _RUNNING

    def above(self, name: str) -> list[str]:
        """Give a stage or product and the broader ones above it."""
        return walk(name, _Broader(self.networks.nodes))

    def narrowest(self, names: Iterable[str]) -> list[str]:
        """Of concepts keep those with no narrower one among them."""
        names = set(names)
        wide = {above for name in names for above in self.above(name)[1:]}
        return sorted(names - wide)


class _Broader(dict[str, tuple[str, ...]]):
    """The concepts right above each."""

    def __init__(self, nodes: Mapping[str, NetworkNode]) -> None:
        self._nodes = nodes

    def get(self, name: str, default: Any = ()) -> Any:
        """Give the concepts right above one."""
        return self._nodes[name].broader if name in self._nodes else default


def weakest(hops: Iterable[Sequence[Edge]], scales: Scales) -> tuple[str, str | None]:
    """Give the mode and the source grade of the least sure hop of a way.

    Of the parallel edges that make one hop the surest counts. What the editors recorded has no grade and is sure.
    """
    hops = list(hops)
    modes = (mode for hop in hops if (mode := scales.modes.surest(edge.mode for edge in hop)))
    grade_lists = [[edge.grade for edge in hop if edge.grade] for hop in hops if all(edge.grade for edge in hop)]
    grades = (grade for hop in grade_lists if (grade := scales.grades.surest(hop)))
    return scales.modes.least_sure(modes) or STATED, scales.grades.least_sure(grades)
