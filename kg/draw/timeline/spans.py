"""How long a thing was built and has run, as far as sources tell, and what goes on without an end told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.draw.scene import Scene
from kg.draw.timeline.moments import Row, TimelineMoment

__all__ = ["TimelineSpan", "read_spans"]

_AGREES = {"building": ("Announced", "PreConstruction", "Construction"), "running": ("Operating",)}


@dataclass(frozen=True)
class TimelineSpan:
    """The days between which a thing is known to be built or to run, as counts of days.

    `open_to` is the last day that the release can know of, where nothing says that it ended before.
    """

    step: str
    first: float
    last: float
    open_to: float | None = None


def read_spans(scene: Scene, row: Row, today: datetime.date | None) -> list[TimelineSpan]:
    """Give the spans of a thing: building until it is launched or stopped, running until it is stopped."""
    edge = float(today.toordinal()) if today else None
    stops = sorted(moment.middle for moment in row.moments if _stops(scene, moment))
    launched = min(_days(row, step="launched", status="Operating"), default=None)
    begun = min(_days(row, step="started", status="Construction"), default=None)
    spans = []
    if begun is not None and (launched is None or begun < launched):
        seen = max(_days(row, step="started", status="Construction"))
        spans.append(_span(("building", begun, seen), [*stops, *([launched] if launched else [])], edge))
    if launched is not None:
        seen = max(_days(row, step="launched", status="Operating"))
        spans.append(_span(("running", launched, seen), stops, edge))
    # A whole is as its phases are: what they tell of it has no day, but ends what its own records leave open.
    return [replace(span, open_to=None) if _is_past(scene, row, span) else span for span in spans]


def _span(known: tuple[str, float, float], ends: list[float], edge: float | None) -> TimelineSpan:
    """End a span with the first thing that ends it; else it goes on from the last day it was seen."""
    step, first, seen = known
    end = min((day for day in ends if day > first), default=None)
    if end is not None:
        return TimelineSpan(step, first, end)
    return TimelineSpan(step, first, seen, edge if edge is not None and edge > seen else None)


def _is_past(scene: Scene, row: Row, span: TimelineSpan) -> bool:
    status = scene.status(row.thing)
    return bool(status) and status not in _AGREES[span.step]


def _days(row: Row, *, step: str, status: str) -> Iterator[float]:
    """Give the days on which a step was taken, or a status known; what is only expected is none."""
    return (one.middle for one in row.moments if not one.expected and (one.step == step or one.status == status))


def _stops(scene: Scene, moment: TimelineMoment) -> bool:
    return bool(moment.status) and not moment.expected and not scene.advances(moment.status)
