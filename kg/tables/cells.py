"""One cell of a table, as programs take it and as people read it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from kg.localization import group_digits, translate, write_date

__all__ = [
    "Amount",
    "Cell",
    "Date",
    "Reference",
    "Value",
    "Word",
    "calm",
    "csv_line",
    "json_cell",
    "markdown_cell",
    "shown_cell",
]

Cell: TypeAlias = str | int | Decimal | bool | None
# What a program gets in a cell: the same, or the claims of the row.
Value: TypeAlias = Cell | list[str]


class Date(str):
    """A date in a cell, in the Extended Date/Time Format: a day, a month, a year, or an interval of these.

    People read a bound in words.

    >>> Date("2023-06") == "2023-06", shown_cell(Date("../2030"), set())
    (True, 'by 2030')
    """

    __slots__ = ()


class Amount(NamedTuple):
    """A figure in the unit in which figures of its kind compare; the unit by its id."""

    number: Decimal
    unit: str | None


class Reference(str):
    """An entity in a cell: its id, as programs take it, with its name; `shown` is what people read for it.

    A value may have an id too; what it `holds` is the figure or the date of such a one.

    >>> base = Reference("base/guian", "CATL Guizhou base")
    >>> base == "base/guian", base.name, base.shown
    (True, 'CATL Guizhou base', 'CATL Guizhou base')
    """

    __slots__ = ("holds", "name", "shown")

    name: str
    shown: str
    holds: Amount | Date | None

    def __new__(cls, identifier: str, name: str, shown: str = "", holds: Amount | Date | None = None) -> Reference:
        """Make a reference from an id and a name, and what people read where that is not the name."""
        self = super().__new__(cls, identifier)
        self.name, self.shown, self.holds = name, shown or name, holds
        return self


class Word(str):
    """A word of ours or of the ontology in a cell: what programs take, with the words that people read.

    It may be what a value says; then it `holds` the figure or the date of that value.

    >>> Word("TONNE", "t"), Word("TONNE", "t").name
    ('TONNE', 't')
    """

    __slots__ = ("holds", "name")

    name: str
    holds: Amount | Date | None

    def __new__(cls, word: str, name: str, holds: Amount | Date | None = None) -> Word:
        """Make a word of a text for programs and one for people."""
        self = super().__new__(cls, word)
        self.name, self.holds = name, holds
        return self

    @classmethod
    def localize(cls, text: str, language: str) -> Word:
        """Make a word of a text of ours, which people read in a language.

        >>> Word.localize("delivery", "zh").name
        '供货'
        """
        return cls(text, translate(text, language))


_CSV_QUOTED = re.compile(r'[",\r\n]')
# What Markdown would act upon; the HTML inside it is escaped besides.
_MARKDOWN_ACTS = re.compile(r"([\\`*_\[\]|~])")
_BREAKS = re.compile(r"[\t-\r\x85\u2028\u2029]+")
# They would move the cursor, recolour the screen or reorder the line; nothing a document says needs them.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def csv_line(values: Iterable[Value]) -> str:
    r"""Write a row of CSV, ended by \n; an absent value is nothing, an empty text is "".

    >>> csv_line([None, "", "a, b", Decimal("1.50"), True, ["claim/a", "claim/b"]])
    ',"","a, b",1.50,true,claim/a; claim/b\n'
    """
    # Readers skip an empty line, so a row of one absent value is written as an empty text.
    return (",".join(_csv_cell(value) for value in values) or '""') + "\n"


def _csv_cell(value: Value) -> str:
    # Not by the csv module: with these line ends it leaves a lone \r bare, at which readers break the row.
    if value is None or value == []:
        return ""
    text = "; ".join(value) if isinstance(value, list) else _plain(value)
    return '"' + text.replace('"', '""') + '"' if not text or _CSV_QUOTED.search(text) else text


def json_cell(value: Value) -> str:
    """Write a value as JSON.

    >>> json_cell(Decimal("1.50")), json_cell(None), json_cell(["claim/a"])
    ('1.50', 'null', '["claim/a"]')
    """
    # json would turn a Decimal into a float or a string; its plain digits are a JSON number already.
    if isinstance(value, Decimal):
        return _plain(value) if value.is_finite() else f'"{value}"'
    return json.dumps(value, ensure_ascii=False)


def _plain(value: str | int | Decimal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def markdown_cell(text: str) -> str:
    r"""Make a shown text safe inside a Markdown table.

    >>> markdown_cell("a|b <i>")
    'a\\|b &lt;i&gt;'
    """
    return _MARKDOWN_ACTS.sub(r"\\\1", html.escape(text, quote=False))


def shown_cell(cell: str | int | Decimal, shared: set[str], language: str = "en") -> str:
    """Show a cell to people; a reference by its name, with its id where the name is among the `shared` ones.

    >>> shown_cell(True, set(), "zh"), shown_cell(Reference("place/jining", "Jining"), {"Jining"})
    ('是', 'Jining (place/jining)')
    >>> shown_cell(Decimal("14000000000"), set()), shown_cell(2026, set()), shown_cell(Word("TONNE", "t"), set())
    ('14,000,000,000', '2026', 't')
    """
    if isinstance(cell, Reference):
        text = f"{cell.shown} ({cell})" if cell.shown in shared else cell.shown
    elif isinstance(cell, Word):
        text = cell.name
    elif isinstance(cell, Date):
        text = write_date(cell, language)
    elif isinstance(cell, bool):
        text = translate("yes" if cell else "no", language)
    else:
        text = cell if isinstance(cell, str) else group_digits(cell)
    return calm(text)


def calm(text: str) -> str:
    """Make one harmless line of a text: no breaks, no control characters."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub(" ", text))
