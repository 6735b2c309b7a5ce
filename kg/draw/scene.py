"""What is to be drawn, and what every picture tells about itself: names, claims, release, choice, what was left out.

Reads the release; decides nothing about where things stand in a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from kg.draw.canvas.palette import STATUS_TONES, UNKNOWN_TONE
from kg.draw.canvas.text import clean
from kg.draw.messages import Words
from kg.errors import NotFound, UsageError
from kg.networks import NETWORKS, Edge, Filters, Networks
from kg.networks.storage import ALL
from kg.ontology.schema import read_annotation
from kg.provenance.provenance import ClaimRecord, Provenance
from kg.rdf import NamedNode
from kg.rdf.labels import wording
from kg.rdf.namespaces import expand, shorten
from kg.rdf.store import facts, value_of
from kg.rdf.vocab import LEDGER, VIEW, kg
from kg.release.release import Release

__all__ = ["DIRECTIONS", "DrawRequest", "Notes", "Scene", "split_choice"]

DIRECTIONS = ("both", "upstream", "downstream")
"""Which way a supply chain is followed."""

# What is chosen beside the filters of edges.
_SHAPE: tuple[str, ...] = ("depth", "limit", "direction", "network")
_PUBLISHED = kg("published")


@dataclass(frozen=True)
class DrawRequest:
    """What somebody asked to see: the entity in the middle, how far around it, how much at most, and by which filters.

    depth      steps from the entity, from 1 on; of relations and supply chains
    limit      the most boxes, rows or symbols
    direction  "both", or "upstream" or "downstream" for that side of a supply chain alone
    network    the relations of one network alone

    NotFound or UsageError for what there is none of.
    """

    about: str | None = None
    depth: int | None = None
    limit: int | None = None
    direction: str = DIRECTIONS[0]
    network: str = ALL
    filters: Filters = field(default_factory=Filters)

    def __post_init__(self) -> None:
        if self.direction not in DIRECTIONS:
            raise UsageError(f"{self.direction!r} is no direction; write one of {', '.join(DIRECTIONS)}")
        if self.network not in (*NETWORKS, ALL):
            raise NotFound("network", self.network, (*NETWORKS, ALL))
        if any(number is not None and number < 1 for number in (self.depth, self.limit)):
            raise UsageError("depth and limit are counts, from 1 on")

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that were set, by name, for the caption."""
        network = {} if self.network == ALL else {"network": self.network}
        return network | {name: value for name, value in asdict(self.filters).items() if value is not None}

    def file_name(self, view: str) -> str:
        """Give a good name for the file of a picture, without suffix.

        >>> DrawRequest("company/catl").file_name("map")
        'map-company-catl'
        """
        return "-".join([view, *re.findall("[A-Za-z0-9]+", self.about or "")])


def split_choice(choice: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part what was chosen into the shape of the picture and the filters of its edges; None chooses nothing.

    >>> split_choice({"depth": 2, "stage": "kg:CellManufacturing", "limit": None})
    ({'depth': 2}, {'stage': 'kg:CellManufacturing'})
    """
    given = {name: value for name, value in choice.items() if value is not None}
    shape = {name: given.pop(name) for name in _SHAPE if name in given}
    return shape, given


@dataclass(frozen=True)
class Notes:
    """What stands around a picture: title, a line below it, what was left out, and all claims it rests on."""

    title: str
    subtitle: str = ""
    left_out: tuple[str, ...] = ()
    claims: frozenset[str] = frozenset()
    more: tuple[str, ...] = ()


class Scene:
    """The part of a release that is drawn: edges that the filters keep and the nodes at their ends, in one language."""

    def __init__(
        self, release: Release, provenance: Provenance, networks: Networks, edges: Iterable[Edge], words: Words
    ) -> None:
        self.release = release
        self.provenance = provenance
        self.edges = tuple(edges)
        # The order of stages and the names of things are the same whatever is shown.
        self.everything = networks.edges
        self.nodes = networks.nodes
        self.networks = networks
        self.words = words
        self.language = words.language

    def name(self, short: str) -> str:
        """Give the name of a thing, or its id where it has none."""
        known = self.nodes.get(short)
        return clean(known.name(self.language)) if known else self.label(short)

    def label(self, short: str) -> str:
        """Give the name of any node of the view, such as a class or a status (`kg:Operating`)."""
        if short not in self._labels:
            self._labels[short] = clean(wording(self.release.store, NamedNode(expand(short)), self.language))
        return self._labels[short]

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {}

    def record(self, claim: str) -> ClaimRecord:
        """Give what the ledger knows about a claim."""
        return self.provenance.record(expand(claim))

    def documents(self, claims: Iterable[str]) -> int:
        """Count the documents that make some claims."""
        return len({self.provenance.claims[expand(claim)].value for claim in claims})

    def ledger(self, document: str, name: str) -> str:
        """Give one thing that the ledger knows about a document, or nothing."""
        node = value_of(self.release.store, NamedNode(expand(document)), kg(name), LEDGER)
        return node.value if node is not None else ""

    @cached_property
    def newest(self) -> str:
        """The day of the newest document of the release."""
        dates = (fact.object.value for fact in facts(self.release.store, None, _PUBLISHED, None, LEDGER))
        # A year alone says that a document is not older, and not that it is of its last day.
        return max((date for date in dates if len(date) == len("2026-01-01")), default="")

    def caption(self, notes: Notes, request: DrawRequest) -> list[str]:
        """Give the lines below a picture: where it is from, on what it rests, what was chosen and left out."""
        words = self.words
        origin = [words("release", id=self.release.id)]
        if self.newest:
            origin.append(words("newest", date=self.newest))
        counted = words("sources", claims=len(notes.claims), documents=self.documents(notes.claims))
        lines = [" · ".join([*origin, counted])]
        if request.chosen:
            choices = (
                f"{name} {self.name(value) if '/' in value or ':' in value else value}"
                for name, value in request.chosen.items()
            )
            lines.append(words("chosen", filters=words.join(list(choices))))
        if notes.left_out:
            lines.append(words("left_out", what=words.join(list(notes.left_out))))
        return [*lines, *notes.more]

    def heading(self, view: str, request: DrawRequest) -> str:
        """Give the title of a picture."""
        about = self.name(request.about) if request.about else self.words("whole")
        return self.words("title", view=self.words(view), about=about)

    def shown(self, request: DrawRequest) -> set[str] | None:
        """Give the things that the filters leave, None where nothing was filtered."""
        if request.filters.is_empty:
            return None
        return {end for edge in self.edges for end in (edge.source, edge.target, edge.link) if end}

    def kind(self, short: str) -> str:
        """Give the local name of a thing's class, or nothing."""
        known = self.nodes.get(short)
        return (known.kind or "") if known else ""

    def is_organisation(self, short: str) -> bool:
        """Tell whether a thing is an organisation."""
        return short in self.nodes and self.nodes[short].is_organisation

    def group(self, short: str) -> str:
        """Give the group in which pictures show things of its class; what is in none is "others"."""
        return self._groups.get(self.kind(short), "others")

    def symbol(self, kind: str) -> str:
        """Name the shape by which maps show things of a class; nothing for one that they do not show."""
        return self._symbols.get(kind, "")

    @cached_property
    def _groups(self) -> dict[str, str]:
        return read_annotation(self.release.store, "pictureGroup")

    @cached_property
    def _symbols(self) -> dict[str, str]:
        return read_annotation(self.release.store, "mapSymbol")

    def status(self, short: str) -> str:
        """Give the local name of a thing's current status, or nothing."""
        known = self.nodes.get(short)
        return (known.status or "") if known else ""

    def tone(self, short: str) -> str:
        """Give the hue of a thing's status; grey where none is stated."""
        return STATUS_TONES.get(self.status(short), UNKNOWN_TONE)

    def advances(self, status: str) -> bool:
        """Tell whether a status is a step from announced to operating; what is halted, sold or cancelled is none."""
        return status in self._order

    @cached_property
    def _order(self) -> dict[str, str]:
        return read_annotation(self.release.store, "order", inherited=False)

    def leaving(self, short: str) -> list[Edge]:
        """Give the edges that leave a thing."""
        return self._leaving.get(short, [])

    @cached_property
    def _leaving(self) -> dict[str, list[Edge]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.source, []).append(edge)
        return found

    def related(self, subject: str | None, name: str, target: str | None = None) -> list[str]:
        """Give the other ends of the view's triples with a property, sorted; one of the two ends is None."""
        one, other = (None if end is None else NamedNode(expand(end)) for end in (subject, target))
        found = facts(self.release.store, one, kg(name), other, VIEW)
        return sorted({shorten((fact.subject if subject is None else fact.object).value) for fact in found})
