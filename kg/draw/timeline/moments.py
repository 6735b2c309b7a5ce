"""What happened when, as the graph tells it: the dated steps of sites, phases and agreements, expected ones apart."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.draw.scene import DrawRequest, Scene
from kg.draw.scope import find_scope
from kg.localization import write_date
from kg.networks import STATED, Filters
from kg.rdf.namespaces import KG, shorten
from kg.rdf.store import Fact, facts, value_of
from kg.rdf.vocab import VIEW, kg
from kg.values import parse_edtf

__all__ = ["Row", "TimelineMoment", "read_rows"]

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
    """A thing with its moments in order; `agreement` tells an agreement from a site or phase."""

    thing: str
    moments: tuple[TimelineMoment, ...]
    agreement: bool
    whole: str = ""


def read_rows(scene: Scene, request: DrawRequest) -> tuple[list[Row], int]:
    """Read the rows about a thing, or all; gives those with a date, sites first, and how many have none."""
    moments = _moments(scene, request.filters)
    agreements = _agreements(scene)
    things = set(scene.nodes) if request.about is None else find_scope(scene, request.about)
    partners = {agreement for agreement, parties in agreements.items() if request.about is None or parties & things}
    chosen = (things - agreements.keys()) | partners
    shown = scene.shown(request)
    if shown is not None:
        chosen &= shown
    rows = [_row(scene, thing, moments[thing], thing in agreements) for thing in sorted(chosen & moments.keys())]
    statuses = sum(
        1 for thing in chosen - moments.keys() if thing in agreements or scene.related(thing, "currentStatus")
    )
    return sorted(rows, key=lambda row: (row.agreement, _first_of(rows, row), row.moments[0], row.thing)), statuses


def _first_of(rows: Iterable[Row], row: Row) -> tuple[datetime.date, str]:
    """Keep phases with their whole: give its first day, and its id."""
    whole = row.whole or row.thing
    return min(one.moments[0].earliest for one in rows if (one.whole or one.thing) == whole), whole


def _row(scene: Scene, thing: str, moments: list[TimelineMoment], agreement: bool) -> Row:
    whole = next(iter(scene.related(thing, "phaseOf")), "")
    return Row(thing, tuple(sorted(set(moments))), agreement, whole)


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
