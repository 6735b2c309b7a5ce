"""What happened when, as the graph tells it: the dated steps of sites, phases and agreements, expected ones apart."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.draw.scene import DrawRequest, Scene
from kg.draw.scope import find_scope, holders, inside
from kg.localization import write_date
from kg.networks import STATED, Filters
from kg.rdf.namespaces import KG, shorten
from kg.rdf.store import Fact, facts, value_of
from kg.rdf.vocab import VIEW, kg
from kg.values import parse_edtf

__all__ = ["GROUPS", "Row", "TimelineMoment", "read_rows"]

# The property, the step that it dates, and whether it is told before the event.
_DATED = {
    "signedOn": ("signed", False),
    "agreedOn": ("signed", False),
    "startedOn": ("started", False),
    "productionStartedOn": ("launched", False),
    "expectedStart": ("started", True),
    "expectedLaunch": ("launched", True),
    "expectedCompletion": ("completed", True),
}


@dataclass(frozen=True, order=True)
class TimelineMoment:
    """A step with the days between which it lies; `words` is the date as people read it.

    One of which only a last or a first day is told stands at that day.

    `step` is announced, signed, started, completed, launched or status, the last with a status.
    """

    earliest: datetime.date
    latest: datetime.date
    step: str
    words: str
    expected: bool
    status: str = ""
    claims: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        """The middle of the span, as a count of days."""
        return (self.earliest.toordinal() + self.latest.toordinal()) / 2


@dataclass(frozen=True)
class Row:
    """A thing with its moments in order.

    `group` is sites, agreements, or local: agreements of who runs a site with the governments of where it lies. `whole`
    is what a phase is of, where that has a row as well.
    """

    thing: str
    moments: tuple[TimelineMoment, ...]
    group: str
    whole: str = ""

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year of its moments."""
        return self.moments[0].earliest.year, max(one.latest.year for one in self.moments)


GROUPS = ("sites", "agreements", "local")
"""The groups of rows, in the order in which they stand."""


def read_rows(scene: Scene, request: DrawRequest) -> tuple[list[Row], int]:
    """Read the rows about a thing, or all; gives those with a date, sites first, and how many have none."""
    moments = _moments(scene, request.filters)
    agreements = _agreements(scene)
    things = set(scene.nodes) if request.about is None else find_scope(scene, request.about)
    partners = {agreement for agreement, parties in agreements.items() if request.about is None or parties & things}
    partners |= {one for thing in things for one in scene.related(None, "concerns", thing)} & agreements.keys()
    local = _local(scene, request.about, agreements) - partners
    groups = dict.fromkeys(things - agreements.keys(), "sites") | dict.fromkeys(partners, "agreements")
    groups |= dict.fromkeys(local, "local")
    shown = scene.shown(request)
    chosen = {thing for thing in groups if shown is None or thing in shown}
    dated = chosen & moments.keys()
    rows = [_row(scene, thing, moments[thing], groups[thing], dated) for thing in sorted(dated)]
    statuses = sum(
        1 for thing in chosen - moments.keys() if thing in agreements or scene.related(thing, "currentStatus")
    )
    return sorted(rows, key=lambda row: (GROUPS.index(row.group), *_whole_first(rows, row))), statuses


def _whole_first(rows: Iterable[Row], row: Row) -> tuple[datetime.date, str, bool, TimelineMoment, str]:
    """Keep phases below their whole: by the first day of them all, then the whole, then by their own days."""
    whole = row.whole or row.thing
    first = min(one.moments[0].earliest for one in rows if (one.whole or one.thing) == whole)
    return first, whole, bool(row.whole), row.moments[0], row.thing


def _row(scene: Scene, thing: str, moments: list[TimelineMoment], group: str, dated: set[str]) -> Row:
    whole = next((one for one in scene.related(thing, "phaseOf") if one in dated), "")
    return Row(thing, tuple(sorted(set(moments))), group, whole)


def _local(scene: Scene, about: str | None, agreements: dict[str, set[str]]) -> set[str]:
    """Give the agreements of who runs a site with the governments of the areas it lies in, up to the province.

    That they are about this site is not said of them; they tell how it came about.
    """
    if about is None or not scene.symbol(scene.kind(about)):
        return set()
    running = set(holders(scene.everything, inside(scene.everything, {about})))
    around = {area for area in scene.related(about, "liesWithin") if scene.related(area, "areaLevel") != ["kg:Country"]}
    governing = {edge.source for edge in scene.everything if edge.relation == "governs" and edge.target in around}
    return {one for one, parties in agreements.items() if parties & running and parties & governing}


def _agreements(scene: Scene) -> dict[str, set[str]]:
    """Give every agreement with its parties."""
    found: dict[str, set[str]] = {}
    store = scene.release.store
    for fact in facts(store, None, kg("party"), None, VIEW):
        party = value_of(store, fact.object, kg("partyOrganisation"), VIEW)
        found.setdefault(shorten(fact.subject.value), set()).update([shorten(party.value)] if party else [])
    return found


def _moments(scene: Scene, filters: Filters) -> dict[str, list[TimelineMoment]]:
    """Read the moments of everything that the filters on mode and day of publication leave."""
    found: dict[str, list[TimelineMoment]] = {}
    for name, (step, expected) in _DATED.items():
        for fact in facts(scene.release.store, None, kg(name), None, VIEW):
            for moment in _dated(scene, fact, step, expected=expected):
                found.setdefault(shorten(fact.subject.value), []).append(moment)
    for fact in facts(scene.release.store, None, kg("status"), None, VIEW):
        for moment in _status(scene, fact):
            found.setdefault(shorten(fact.subject.value), []).append(moment)
    kept = {thing: [moment for moment in ones if _is_kept(scene, moment, filters)] for thing, ones in found.items()}
    return {thing: ones for thing, ones in kept.items() if ones}


def _is_kept(scene: Scene, moment: TimelineMoment, filters: Filters) -> bool:
    """Tell whether a moment is as sure as asked, and was told by the day asked for."""
    if moment.expected and filters.mode == STATED:
        return False
    if filters.as_of is None or not moment.claims:
        return True
    days = (scene.ledger(scene.record(claim).document, "publishedLatest") for claim in moment.claims)
    return any(day and day <= filters.as_of for day in days)


def _dated(scene: Scene, fact: Fact, step: str, *, expected: bool, status: str = "") -> Iterator[TimelineMoment]:
    written = value_of(scene.release.store, fact.object, kg("edtf"), VIEW)
    span = parse_edtf(written.value) if written is not None else None
    if written is not None and span is not None:
        claims = tuple(shorten(claim) for claim in scene.provenance.claims_of(fact.triple))
        # A date of an event that only plans tell is a plan, whatever the property.
        ahead = expected or (bool(claims) and all(scene.record(claim).mode != STATED for claim in claims))
        first, last = span.earliest if span.has_first else span.latest, span.latest if span.has_last else span.earliest
        yield TimelineMoment(first, last, step, write_date(written.value, scene.language), ahead, status, claims)


def _status(scene: Scene, fact: Fact) -> Iterator[TimelineMoment]:
    store = scene.release.store
    value = value_of(store, fact.object, kg("statusValue"), VIEW)
    status = value.value.removeprefix(KG) if value is not None else ""
    step = "announced" if status == "Announced" else "status"
    for dated in facts(store, fact.object, kg("asOf"), None, VIEW):
        claims = tuple(shorten(claim) for claim in scene.provenance.claims_of(fact.triple))
        for moment in _dated(scene, dated, step, expected=False, status=status):
            yield TimelineMoment(
                moment.earliest, moment.latest, step, moment.words, False, status, claims or moment.claims
            )
