"""A date as printed: the days that it can mean, and whether a card says the same."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from kg.figures.date_words import WINDOWS
from kg.values import Span

__all__ = ["ABOVE", "BELOW", "EXACT", "FROM", "TO", "Moment", "PrintedDate"]

# What words may leave of a date: the day itself, its last day, the day before it, its first day, the day after it.
EXACT, TO, BELOW, FROM, ABOVE = "exact", "to", "below", "from", "above"
_LIMIT_WORDS = {TO: "by ", BELOW: "before ", FROM: "not before ", ABOVE: "after "}


@dataclass(frozen=True)
class Moment:
    """A year, a part of a year, a month, a part of a month or a day.

    Without a `year` it is near the day of publication; `offset` is the year counted from that day's. `months`
    and `days` are first and last, `part` is a word such as "early" or "end", whose edges are not sharp.
    """

    year: int | None = None
    offset: int | None = None
    months: tuple[int, int] | None = None
    days: tuple[int, int] | None = None
    part: str | None = None

    def __str__(self) -> str:
        """Say the moment as a card would: "end of 2025", 2023-06-17, a year or month that is not printed as signs."""
        year = "XXXX" if self.year is None else f"{self.year:04}"
        first, last = self.months or (0, 0)
        day = f"-{self.days[0]:02}" if self.days else ""
        text = f"{year}-{first:02}{day}" if self.months else year
        if self.months and self.days and self.days[0] != self.days[1]:
            text += f"/{year}-{last:02}-{self.days[1]:02}"
        elif first != last:
            text += f"/{year}-{last:02}"
        return f"{self.part} {text}" if self.part else text

    def years(self, span: Span, published: datetime.date | None) -> Iterator[int]:
        """The years that it can be in."""
        if self.year is not None:
            yield self.year
        elif published is None:
            yield from range(span.earliest.year - 1, span.latest.year + 1)
        elif self.offset is not None:
            yield published.year + self.offset
        else:
            yield from (published.year - 1, published.year, published.year + 1)

    def whole(self, year: int) -> Span | None:
        """All its days in a year; None for a day that the year does not have."""
        first, last = self.months or (1, 12)
        try:
            if self.days:
                return Span(datetime.date(year, first, self.days[0]), datetime.date(year, last, self.days[1]))
            return Span(datetime.date(year, first, 1), _last_day(year, last))
        except ValueError:
            return None

    def window(self, year: int) -> Span | None:
        """The days that its part can mean; the whole where no part is named."""
        whole = self.whole(year)
        if self.part is None or whole is None:
            return whole
        first_month, last_month, first_day, last_day = WINDOWS[self.part]
        if self.months is None:
            return Span(datetime.date(year, first_month, 1), _last_day(year, last_month))
        day = min(last_day, whole.latest.day)
        return Span(whole.earliest.replace(day=first_day), whole.latest.replace(day=day))


def _last_day(year: int, month: int) -> datetime.date:
    """Give the last day of a month; the thirteenth is the next January, for a winter goes on."""
    year, month = (year, month) if month <= 12 else (year + 1, month - 12)
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _beside(day: datetime.date, days: int) -> datetime.date:
    """Give a day so many days later, as far as days are counted."""
    first, last = datetime.date.min.toordinal(), datetime.date.max.toordinal()
    return datetime.date.fromordinal(min(max(day.toordinal() + days, first), last))


@dataclass(frozen=True)
class PrintedDate:
    """A date, a range of dates, or a day told from the day of publication, and where it stands.

    `by` and `since` tell that it only ends or only begins; `ahead` is a number of years from the publication,
    `near` a range of days around it, with the weekday if one is named. `bare` is a year that may as well
    be a number. `limits` are what the words may mean of it, where they bound it.
    """

    start: int
    end: int
    first: Moment = Moment()
    last: Moment | None = None
    by: bool = False
    since: bool = False
    ahead: int | None = None
    near: tuple[int, int] | None = None
    weekday: int | None = None
    day: int | None = None
    months_off: int | None = None
    season: bool = False
    ends: bool = False
    bare: bool = False
    doubt: str = ""
    limits: tuple[str, ...] = (EXACT,)

    @property
    def is_limit(self) -> bool:
        """Whether the words tell a last or a first day, and never the day itself."""
        return EXACT not in self.limits

    def __str__(self) -> str:
        """Say the date as a card would, with what is not printed left open."""
        if self.ahead is not None:
            return f"the next {self.ahead} years"
        if self.near is not None or self.months_off is not None:
            return "a day told from the publication"
        limit = _LIMIT_WORDS[self.limits[0]] if self.is_limit else "by " if self.by else "from " if self.since else ""
        return limit + str(self.first) + (f"/{self.last}" if self.last else "")

    def allows(self, span: Span, published: datetime.date | None) -> bool:
        """Tell whether a card that says these days says what is printed, and no more precisely."""
        if self.doubt:
            return False
        if span.is_bound:
            last, day = span.has_last, span.latest if span.has_last else span.earliest
            spans = self._spans(day, published, last=last)
            return any(self._is_limit_of(day, whole, window, last=last) for whole, window in spans)
        if self.ahead is not None or self.near is not None or self.months_off is not None:
            return published is None or self._allows_near(span, published)
        return any(self._allows_in(span, year, published) for year in self.first.years(span, published))

    def _spans(self, day: datetime.date, published: datetime.date | None, *, last: bool) -> Iterator[tuple[Span, Span]]:
        """Give the days that the date, or the last of a range, can mean near a day, whole and by its part."""
        if self.ahead is not None or self.near is not None or self.months_off is not None:
            whole = Span(day, day) if published is None else self._days_from(published)
            if whole is not None:
                yield whole, whole
            return
        moment = self.last if last and self.last is not None else self.first
        for year in moment.years(Span(day, day), published):
            all_days, window = moment.whole(year), moment.window(year)
            if all_days is not None and window is not None:
                yield all_days, window

    def _days_from(self, published: datetime.date) -> Span | None:
        """Give the days of a date that is told from the day of publication."""
        if self.months_off is not None:
            year, month = divmod(published.year * 12 + published.month - 1 + self.months_off, 12)
            return Moment(year, months=(month + 1, month + 1)).whole(year)
        if self.ahead is not None:
            return Span(published, datetime.date(published.year + self.ahead, 12, 31))
        low, high = (published + datetime.timedelta(days=days) for days in self.near or (0, 0))
        return Span(low, high)

    def _is_limit_of(self, day: datetime.date, whole: Span, window: Span, *, last: bool) -> bool:
        """Tell whether a day is the last, or the first, that the words leave of these days."""
        limits = {limit for limit in self.limits if limit in ((TO, BELOW) if last else (FROM, ABOVE))}
        if not limits:
            return False
        # A part of a year or month has no sharp edge.
        if self.first.part is not None or self.season or self.near is not None:
            return window.earliest <= day <= window.latest or day == (whole.latest if last else whole.earliest)
        ends = {TO: whole.latest, BELOW: _beside(whole.earliest, -1), FROM: whole.earliest}
        return day in {ends.get(limit, _beside(whole.latest, 1)) for limit in limits}

    def _allows_near(self, span: Span, published: datetime.date) -> bool:
        if self.months_off is not None:
            whole = self._days_from(published)
            return whole is not None and span.holds(whole)
        if self.ahead is not None:
            begin = datetime.date(published.year, 1, 1) if span.earliest.day == 1 else published
            return begin <= span.earliest and span.latest <= datetime.date(published.year + self.ahead, 12, 31)
        low, high = (published + datetime.timedelta(days=days) for days in self.near or (0, 0))
        if span.latest < low or span.earliest > high:
            return False
        if span.earliest != span.latest:
            # A month or a year that holds the day says less, and nothing wrong.
            return True
        fits = self.weekday is None or span.earliest.weekday() == self.weekday
        return fits and (self.day is None or span.earliest.day == self.day)

    def _allows_in(self, span: Span, year: int, published: datetime.date | None) -> bool:
        first, window = self.first.whole(year), self.first.window(year)
        if first is None or window is None:
            return False
        if self.last is not None:
            return self._allows_range(span, first, published)
        if self._is_inside(span, first, window):
            return True
        if self.by:
            return span.earliest <= window.latest and window.earliest <= span.latest <= first.latest
        return self.since and window.earliest <= span.earliest <= window.latest <= span.latest

    def _is_inside(self, span: Span, whole: Span, window: Span) -> bool:
        if self.season:
            return whole.earliest <= span.earliest <= span.latest <= whole.latest or span == Moment().whole(
                whole.earliest.year
            )
        if span == whole:
            return True
        return self.first.part is not None and window.earliest <= span.earliest <= span.latest <= window.latest

    def _allows_range(self, span: Span, first: Span, published: datetime.date | None) -> bool:
        last = self.last or self.first
        for year in last.years(span, published):
            end = last.whole(year)
            if end is None:
                continue
            if (first.earliest, end.latest) == (span.earliest, span.latest):
                return True
            if (self.ends or self.since) and span in (first, end):
                return True
        return False
