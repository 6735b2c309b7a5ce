"""The timeline of sites, phases and agreements: announced, signed, under construction, running; a row for each thing.

A date that names a year or a month alone is a band as long as that; what is only expected is hollow.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.draw.canvas import svg
from kg.draw.canvas.canvas import Canvas, Legend, message, sheet
from kg.draw.canvas.palette import STATUS_TONES
from kg.draw.canvas.svg import Element, Point
from kg.draw.canvas.text import isolate, width_of, wrap
from kg.draw.picture import Picture
from kg.draw.scene import DrawRequest, Notes, Scene
from kg.draw.timeline.moments import Row, TimelineMoment, read_rows

__all__ = ["draw_timeline"]

_LIMIT = 36
_LABEL, _AXIS, _ROW, _HEAD, _GROUP = 268.0, 640.0, 31.0, 26.0, 30.0
_MARK, _SMALL = 5.4, 9.5
_TONES = {"announced": "cyan", "signed": "purple", "started": "orange", "completed": "olive", "launched": "green"}
_ONE_DAY = 1
_MANY_YEARS = 14
_STUB = 45


def draw_timeline(scene: Scene, request: DrawRequest) -> Picture:
    """Draw what happened when to a thing, what belongs to it, and its agreements; or to the best dated of all."""
    rows, undated = read_rows(scene, request)
    limit = request.limit or _LIMIT
    kept = _fullest(rows, limit)
    words, title = scene.words, scene.heading("timeline", request)
    left_out = [words("rows_more", n=len(rows) - len(kept))] if len(rows) > len(kept) else []
    left_out += [words("undated", n=undated)] if undated else []
    claims = frozenset(claim for row in kept for moment in row.moments for claim in moment.claims)
    notes = Notes(title, left_out=tuple(left_out), claims=claims)
    legend: Sequence[Legend] = []
    if kept:
        drawing = _Drawing(scene, kept)
        body, width, height = drawing.draw()
        legend, text = list(drawing.legend()), _in_words(scene, kept)
    else:
        body, width, height = message(words("nothing"), words("nothing_why"))
        text = words("nothing_why")
    content = Canvas(body, width, height, title, "", legend, scene.caption(notes, request), text, scene.language)
    return Picture(request.file_name("timeline"), sheet(content), text, not kept)


def _fullest(rows: list[Row], limit: int) -> list[Row]:
    """Keep the rows that tell most, the newer ones among equals, in their order."""
    ranked = sorted(rows, key=lambda row: (-len(row.moments), -row.moments[-1].latest.toordinal(), row.thing))
    kept = {row.thing for row in ranked[:limit]}
    return [row for row in rows if row.thing in kept]


@dataclass(frozen=True)
class _Scale:
    """The days from one new year to another, on the width of the axis."""

    first: int
    last: int

    def at(self, day: float) -> float:
        """Give the place of a day."""
        start, end = (datetime.date(year, 1, 1).toordinal() for year in (self.first, self.last))
        return _LABEL + _AXIS * (day - start) / (end - start)

    def years(self) -> list[int]:
        """Give the years that get a line and a figure."""
        step = 1 if self.last - self.first <= _MANY_YEARS else 5
        return [year for year in range(self.first, self.last + 1) if year % step == 0]


class _Drawing:
    def __init__(self, scene: Scene, rows: list[Row]) -> None:
        self.scene, self.rows = scene, rows
        moments = [moment for row in rows for moment in row.moments]
        first, last = min(one.earliest.year for one in moments), max(one.latest.year for one in moments)
        self.scale = _Scale(first, last + 1)

    def draw(self) -> tuple[list[Element], float, float]:
        """Give the elements with width and height."""
        rows: list[Element] = []
        y = _HEAD
        for agreement, name in ((False, "things_dated"), (True, "agreements")):
            group = [row for row in self.rows if row.agreement == agreement]
            if group:
                rows.append(svg.text((0, y + 19), self.scene.words(name), 12, fill="quiet", font_weight="600"))
                y += _GROUP
            for number, row in enumerate(group):
                if number % 2 == 0:
                    rows.append(svg.rect((-8, y), (_LABEL + _AXIS + 16, _ROW), rx="4", fill="panel"))
                rows += self._row(row, y + _ROW / 2)
                y += _ROW
        return [*self._axis(y), *rows], _LABEL + _AXIS, y

    def _axis(self, bottom: float) -> Iterator[Element]:
        for year in self.scale.years():
            x = self.scale.at(datetime.date(year, 1, 1).toordinal())
            yield svg.line((x, _HEAD - 6), (x, bottom), stroke="line", stroke_width="0.8")
            if year < self.scale.last:
                yield svg.text((x + 4, _HEAD - 12), str(year), 11, fill="quiet")

    def _row(self, row: Row, y: float) -> Iterator[Element]:
        lines = wrap(self.scene.name(row.thing), _LABEL - 22, 11, 2)
        for at, line in enumerate(lines):
            label = svg.text((10 if row.whole else 0, y + 4 - 6.5 * (len(lines) - 1) + 13 * at), line, 11)
            yield svg.title(label, f"{isolate(self.scene.name(row.thing))} ({row.thing})")
        yield from self._bars(row, y)
        for moment in row.moments:
            if (moment.latest - moment.earliest).days >= _ONE_DAY:
                yield self._band(moment, y)
        for moment in row.moments:
            yield svg.title(self._mark(moment, y), self.describe(moment))
        yield from self._dates(row, y)

    def _bars(self, row: Row, y: float) -> Iterator[Element]:
        """Draw how long a thing is known to have been built and to have run."""
        built, launched = _built(row), _launched(row)
        if built is not None:
            yield self._bar(built, y, "orange")
        if launched is not None:
            yield self._bar((launched, _ran_until(row)), y, "green")

    def _bar(self, days: Point, y: float, tone: str) -> Element:
        x0, x1 = (self.scale.at(day) for day in days)
        return svg.rect((x0, y - 2), (x1 - x0, 4), fill=tone, fill_opacity="0.6")

    def _band(self, moment: TimelineMoment, y: float) -> Element:
        x0, x1 = (self.scale.at(day) for day in (moment.earliest.toordinal(), moment.latest.toordinal() + 1))
        return svg.rect((x0, y - 7), (x1 - x0, 14), rx="4", fill=_tone(moment), fill_opacity="0.17")

    def _mark(self, moment: TimelineMoment, y: float) -> Element:
        return mark(moment.step, (self.scale.at(moment.middle), y), _tone(moment), expected=moment.expected)

    def _dates(self, row: Row, y: float) -> Iterator[Element]:
        """Write each date right of its mark, or below a bar that begins there, where it meets no mark and no date."""
        marks = [(self.scale.at(moment.middle), moment) for moment in row.moments]
        built = _built(row)
        taken = {True: 0.0, False: 0.0}
        for place, moment in marks:
            below = built is not None and moment.step == "started" and not moment.expected
            x = place + (-_MARK if below else _MARK + 3)
            if moment.step == "launched" and not moment.expected:
                x = max(x, self.scale.at(_ran_until(row)) + 3)
            end = x + width_of(moment.words, _SMALL)
            met = not below and any(
                one + _MARK > x and one - _MARK < end for one, other in marks if other is not moment
            )
            if moment.step != "status" and not met and x >= taken[below] and end < _LABEL + _AXIS + 12:
                yield svg.text((x, y + (14.0 if below else 3.4)), moment.words, _SMALL, fill="quiet")
                taken[below] = end + 4

    def describe(self, moment: TimelineMoment) -> str:
        """Put a moment into words."""
        words = self.scene.words
        step = (
            words("status", status=self.scene.label(f"kg:{moment.status}"))
            if moment.step == "status"
            else words(moment.step)
        )
        due = f", {words('due')}" if moment.expected else ""
        return f"{step}{due}: {moment.words}"

    def legend(self) -> Iterator[Legend]:
        """Explain the marks that are there."""
        words, moments = self.scene.words, [moment for row in self.rows for moment in row.moments]
        for step, tone in _TONES.items():
            if any(moment.step == step for moment in moments):
                yield Legend(svg.group([mark(step, (13, 6), tone, expected=False)]), words(step))
        if any(moment.expected for moment in moments):
            yield Legend(svg.group([mark("launched", (13, 6), "green", expected=True)]), words("due"))
        if any(moment.step == "status" for moment in moments):
            tick = svg.line((13, 0), (13, 12), stroke="green", stroke_width="2.4")
            yield Legend(svg.group([tick]), words("status_tick"))
        if any((moment.latest - moment.earliest).days >= _ONE_DAY for moment in moments):
            yield Legend(svg.rect((0, 0), (26, 12), rx="4", fill="purple", fill_opacity="0.17"), words("span"))
        yield Legend(svg.rect((0, 4), (26, 4), fill="orange", fill_opacity="0.6"), words("building"))
        yield Legend(svg.rect((0, 4), (26, 4), fill="green", fill_opacity="0.6"), words("running"))


def _launched(row: Row) -> float | None:
    """Give the day on which a thing is stated to have begun production."""
    return next((one.middle for one in row.moments if one.step == "launched" and not one.expected), None)


def _built(row: Row) -> Point | None:
    """Give the days from the start of construction to the launch, or to the last day on which it was being built."""
    start = next((one.middle for one in row.moments if one.step == "started" and not one.expected), None)
    seen = [one.middle for one in row.moments if one.status == "Construction"]
    end = _launched(row) or max(seen, default=None)
    return (start, end) if start is not None and end is not None and end > start else None


def _ran_until(row: Row) -> float:
    """Give the last day on which a thing is known to run; a stub for one of which only the first is known."""
    seen = [one.middle for one in row.moments if one.status == "Operating"]
    return max([(_launched(row) or 0.0) + _STUB, *seen])


def _tone(moment: TimelineMoment) -> str:
    return STATUS_TONES.get(moment.status, "grey") if moment.step == "status" else _TONES[moment.step]


def mark(step: str, at: Point, tone: str, *, expected: bool) -> Element:
    """Draw the mark of a step, hollow where it is expected."""
    x, y = at
    paint = {"fill": "paper" if expected else tone, "stroke": tone, "stroke_width": "1.5"}
    if expected:
        paint["stroke_dasharray"] = "2.2 1.6"
    if step == "status":
        return svg.line((x, y - 7), (x, y + 7), stroke=tone, stroke_width="2.4")
    if step == "signed":
        return svg.rect((x - 4.4, y - 4.4), (8.8, 8.8), rx="1", **paint)
    if step == "started":
        return svg.polygon([(x, y - 5.4), (x + 5.4, y + 4.4), (x - 5.4, y + 4.4)], **paint)
    if step in ("announced", "completed"):
        return svg.polygon([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], **paint)
    return svg.circle((x, y), _MARK - 0.4, **paint)


def _in_words(scene: Scene, rows: list[Row]) -> str:
    drawing = _Drawing(scene, rows)
    return "\n".join(
        f"{isolate(scene.name(row.thing))}: {'; '.join(drawing.describe(moment) for moment in row.moments)}"
        for row in rows
    )
