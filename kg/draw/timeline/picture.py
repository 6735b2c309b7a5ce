"""The timeline of sites, phases and agreements: announced, signed, under construction, running; a row for each thing.

A date that names a year or a month alone is a band as long as that; what is only expected is hollow. What runs goes on
to the last day the release knows of, dotted from the last day on which a source saw it run.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kg.draw.canvas import svg
from kg.draw.canvas.canvas import Canvas, Legend, message, sheet
from kg.draw.canvas.palette import STATUS_TONES, UNKNOWN_TONE
from kg.draw.canvas.svg import Element
from kg.draw.canvas.text import isolate, wrap
from kg.draw.labels import Area, Label, Wish, place_labels
from kg.draw.picture import Picture
from kg.draw.scene import DrawRequest, Notes, Scene
from kg.draw.timeline.moments import GROUPS, Row, TimelineMoment, read_rows
from kg.draw.timeline.spans import TimelineSpan, read_spans

__all__ = ["draw_timeline"]

_LIMIT = 36
_LABEL, _AXIS, _ROW, _HEAD, _GROUP = 268.0, 640.0, 34.0, 26.0, 30.0
_MARK, _SMALL, _RIM = 5.2, 9.5, 12.0
_TONES = {"announced": "cyan", "signed": "purple", "started": "orange", "completed": "olive", "launched": "green"}
_ONE_DAY = 1
_MANY_YEARS = 14
# So few years are parted by quarters.
_FEW_YEARS = 2
_QUARTERS = (1, 4, 7, 10)
_SPAN_TONES = {"building": "orange", "running": "green"}
# Of the rows, agreements are left at least so much of the sheet.
_SHARE_OF_AGREEMENTS = 3


def draw_timeline(scene: Scene, request: DrawRequest) -> Picture:
    """Draw what happened when to a thing, what belongs to it, and its agreements; or to the best dated of all."""
    rows, undated = read_rows(scene, request)
    limit = request.limit or _LIMIT
    kept = _fullest(rows, limit)
    words, title = scene.words, scene.heading("timeline", request)
    left_out = [_left_out(scene, rows, kept)] if len(rows) > len(kept) else []
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
    """Keep the sites that tell most, the newer ones among equals, and agreements of all years alike."""
    sites = sorted(
        (row for row in rows if row.group == "sites"),
        key=lambda row: (-len(row.moments), -row.moments[-1].latest.toordinal(), row.thing),
    )
    agreements = _by_turns([row for row in rows if row.group != "sites"])
    room = min(len(agreements), max(limit // _SHARE_OF_AGREEMENTS, limit - len(sites)))
    kept = {row.thing for row in [*sites[: limit - room], *agreements[:room]]}
    return [row for row in rows if row.thing in kept]


def _by_turns(rows: list[Row]) -> list[Row]:
    """Order rows so that each year has its turn, the newest first, and the fullest of each."""
    years: dict[int, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (-row.years[0], -len(row.moments), row.thing)):
        years.setdefault(row.years[0], []).append(row)
    return [row for turn in zip_longest(*years.values()) for row in turn if row is not None]


def _left_out(scene: Scene, rows: list[Row], kept: list[Row]) -> str:
    """Say how many rows are not drawn, and of which years they are."""
    years = Counter(row.years[0] for row in set(rows) - set(kept))
    counts = scene.words.join([f"{year}: {count}" for year, count in sorted(years.items())])
    return scene.words("rows_more", n=years.total(), years=counts)


@dataclass(frozen=True)
class _Scale:
    """The days from one new year to another, on the width of the axis."""

    first: int
    last: int

    def at(self, day: float) -> float:
        """Give the place of a day."""
        start, end = (datetime.date(year, 1, 1).toordinal() for year in (self.first, self.last))
        return _LABEL + _AXIS * (day - start) / (end - start)

    def ticks(self) -> list[tuple[datetime.date, str]]:
        """Give the days that get a line, with their figures: years, or the quarters of few of them."""
        if self.last - self.first <= _FEW_YEARS:
            days = [datetime.date(year, month, 1) for year in range(self.first, self.last) for month in _QUARTERS]
            return [(day, day.strftime("%Y-%m")) for day in days] + [(datetime.date(self.last, 1, 1), "")]
        step = 1 if self.last - self.first <= _MANY_YEARS else 5
        years = [year for year in range(self.first, self.last + 1) if year % step == 0]
        return [(datetime.date(year, 1, 1), str(year) if year < self.last else "") for year in years]


class _Drawing:
    def __init__(self, scene: Scene, rows: list[Row]) -> None:
        self.scene, self.rows = scene, rows
        self.today = datetime.date.fromisoformat(scene.newest) if scene.newest else None
        self.spans = {row.thing: read_spans(scene, row, self.today) for row in rows if row.group == "sites"}
        years = [year for row in rows for year in row.years]
        if self.today and any(span.open_to for spans in self.spans.values() for span in spans):
            years.append(self.today.year)
        self.scale = _Scale(min(years), max(years) + 1)

    def draw(self) -> tuple[list[Element], float, float]:
        """Give the elements with width and height."""
        rows: list[Element] = []
        y = _HEAD
        for name in GROUPS:
            group = [row for row in self.rows if row.group == name]
            if group:
                rows.append(
                    svg.text((0, y + 19), self.scene.words(f"rows_{name}"), 12, fill="quiet", font_weight="600")
                )
                y += _GROUP
            for number, row in enumerate(group):
                if number % 2 == 0:
                    rows.append(svg.rect((-8, y), (_LABEL + _AXIS + 16, _ROW), rx="4", fill="panel"))
                rows += self._row(row, y)
                y += _ROW
        return [*self._axis(y), *rows, *self._edge(y)], _LABEL + _AXIS, y

    def _axis(self, bottom: float) -> Iterator[Element]:
        for day, words in self.scale.ticks():
            x = self.scale.at(day.toordinal())
            yield svg.line((x, _HEAD - 6), (x, bottom), stroke="line", stroke_width="0.8")
            if words:
                yield svg.text((x + 4, _HEAD - 12), words, 11, fill="quiet")

    def _edge(self, bottom: float) -> Iterator[Element]:
        """Draw the last day the release knows of, where it lies on the sheet."""
        if self.today and self.scale.first <= self.today.year < self.scale.last:
            x = self.scale.at(self.today.toordinal())
            yield svg.line((x, _HEAD - 6), (x, bottom), **_EDGE)

    def _row(self, row: Row, top: float) -> Iterator[Element]:
        y = top + _ROW / 2
        lines = wrap(self.scene.name(row.thing), _LABEL - 22, 11, 2)
        for at, line in enumerate(lines):
            label = svg.text((10 if row.whole in self.spans else 0, y + 4 - 6.5 * (len(lines) - 1) + 13 * at), line, 11)
            yield svg.title(label, f"{isolate(self.scene.name(row.thing))} ({row.thing})")
        for span in self.spans.get(row.thing, ()):
            yield from self._bar(span, y)
        for moment in row.moments:
            if (moment.latest - moment.earliest).days >= _ONE_DAY:
                yield self._band(moment, y)
        for moment in row.moments:
            yield svg.title(self._mark(moment, y), self.describe(moment))
        for date in self.dates(row):
            place = (date.at[0], date.at[1] + top)
            yield svg.text(place, date.words, date.size, fill="quiet", text_anchor=date.anchor)

    def _bar(self, span: TimelineSpan, y: float) -> Iterator[Element]:
        x0, x1 = self.scale.at(span.first), self.scale.at(span.last)
        tone = _SPAN_TONES[span.step]
        yield svg.rect((x0, y - 2), (x1 - x0, 4), fill=tone, fill_opacity="0.6")
        if span.open_to is not None:
            yield from open_end((x1, y), self.scale.at(span.open_to), tone)

    def _band(self, moment: TimelineMoment, y: float) -> Element:
        x0, x1 = (self.scale.at(day) for day in (moment.earliest.toordinal(), moment.latest.toordinal() + 1))
        return svg.rect((x0, y - 7), (x1 - x0, 14), rx="4", fill=_tone(moment), fill_opacity="0.17")

    def _mark(self, moment: TimelineMoment, y: float) -> Element:
        return mark(moment.step, (self.scale.at(moment.middle), y), _tone(moment), expected=moment.expected)

    def dates(self, row: Row) -> list[Label]:
        """Place the dates around their marks, from the top of the row, where they meet no mark, bar or other date.

        What dates a status stands below what dates a step; what finds no place is told where one points at its mark.
        """
        y = _ROW / 2
        taken: list[Area] = [(-_RIM, 0.0, _LABEL - 4, _ROW)]
        for span in self.spans.get(row.thing, ()):
            x0, x1 = self.scale.at(span.first), self.scale.at(span.open_to or span.last)
            taken += [(x0, y - 2, x1, y + 2)]
        wishes: list[Wish] = []
        for moment in sorted(row.moments, key=lambda moment: moment.step == "status"):
            x = self.scale.at(moment.middle)
            taken.append((x - _MARK, y - _MARK, x + _MARK, y + _MARK))
            if moment.words not in {wish.words for wish in wishes}:
                wishes.append(Wish(f"{len(wishes)}", moment.words, (x, y), _MARK - 0.6, _SMALL))
        return place_labels(wishes, taken, (_LABEL + _AXIS + _RIM, _ROW))

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
        spans = [span for spans in self.spans.values() for span in spans]
        for step, tone in _SPAN_TONES.items():
            if any(span.step == step for span in spans):
                yield Legend(svg.rect((0, 4), (26, 4), fill=tone, fill_opacity="0.6"), words(step))
        if any(span.open_to is not None for span in spans):
            yield Legend(svg.group(open_end((0, 6), 24, "green")), words("open"))
        if self.today and self.scale.first <= self.today.year < self.scale.last:
            yield Legend(svg.line((13, -1), (13, 13), **_EDGE), words("newest", date=self.today.isoformat()))


_EDGE = {"stroke": "ink", "stroke_width": "1", "stroke_dasharray": "1.5 2.5"}


def open_end(start: svg.Point, end: float, tone: str) -> Iterator[Element]:
    """Draw that something goes on, as far as is known: dotted, with an open head."""
    (x, y), tip = start, max(end, start[0] + 4)
    yield svg.line((x, y), (tip, y), stroke=tone, stroke_width="2", stroke_dasharray="2 2.5")
    yield svg.path(["M", tip - 3.5, y - 3.5, "L", tip, y, "L", tip - 3.5, y + 3.5], stroke=tone, stroke_width="1.5")


def _tone(moment: TimelineMoment) -> str:
    return STATUS_TONES.get(moment.status, UNKNOWN_TONE) if moment.step == "status" else _TONES[moment.step]


def mark(step: str, at: svg.Point, tone: str, *, expected: bool) -> Element:
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
