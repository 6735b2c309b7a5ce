"""Figures and dates as a document prints them: read whole, or told to be unreadable.

A printed figure ("over 800 acres", "RMB15 billion", "年产10余万吨") gives a number, the
units that its words can mean, a bound and what it is counted per; a printed date gives
the days that it can mean. Which units there are and what texts print for them is handed
in (`UnitWords`); nothing here reads files, and nothing here knows the cards.
"""

from kg.figures.date_reader import read_dates
from kg.figures.figure import Figure, Reading
from kg.figures.printed_date import PrintedDate
from kg.figures.reader import goes_on, read_figures
from kg.figures.unit_words import PrintedUnit, UnitWords

__all__ = [
    "Figure",
    "PrintedDate",
    "PrintedUnit",
    "Reading",
    "UnitWords",
    "goes_on",
    "read_dates",
    "read_figures",
]
