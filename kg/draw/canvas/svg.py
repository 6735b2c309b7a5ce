"""The elements pictures are drawn of: an SVG tree whose texts are escaped by the writer of the standard library.

Colours are named tones of `palette`: each element carries the light one as an attribute, which every program
reads, and a class by which a style sheet changes it in the dark. Numbers are written to a tenth of a pixel, so that
the same graph gives the same bytes on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

from kg.draw.canvas.palette import TONES
from kg.draw.canvas.text import line as one_line

__all__ = ["Element", "Point", "circle", "group", "line", "number", "path", "polygon", "rect", "text", "title", "write"]

Point = tuple[float, float]


def number(value: float) -> str:
    """Write a coordinate.

    >>> number(3.14159), number(2.0), number(-0.01)
    ('3.1', '2', '0')
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is no coordinate")
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def _paint(element: Element, paint: dict[str, str]) -> Element:
    """Set what is painted: `fill` and `stroke` name tones or "none", the rest are attributes, `_` for `-`."""
    classes = []
    for name, value in paint.items():
        key = name.rstrip("_").replace("_", "-")
        if key in ("fill", "stroke") and value in TONES:
            classes.append(f"{key[0]}-{value}")
            value = TONES[value][0]
        element.set(key, value)
    if classes:
        element.set("class", " ".join(classes))
    return element


def group(children: Iterable[Element], **paint: str) -> Element:
    """Put elements together."""
    element = _paint(Element("g"), paint)
    element.extend(children)
    return element


def rect(corner: Point, size: Point, **paint: str) -> Element:
    """Draw a rectangle from its upper left corner."""
    element = Element("rect", x=number(corner[0]), y=number(corner[1]), width=number(size[0]), height=number(size[1]))
    return _paint(element, paint)


def circle(centre: Point, radius: float, **paint: str) -> Element:
    """Draw a circle."""
    return _paint(Element("circle", cx=number(centre[0]), cy=number(centre[1]), r=number(radius)), paint)


def line(start: Point, end: Point, **paint: str) -> Element:
    """Draw a straight line."""
    element = Element("line", x1=number(start[0]), y1=number(start[1]), x2=number(end[0]), y2=number(end[1]))
    return _paint(element, paint)


def polygon(points: Iterable[Point], **paint: str) -> Element:
    """Draw a closed figure."""
    return _paint(Element("polygon", points=" ".join(f"{number(x)},{number(y)}" for x, y in points)), paint)


def path(steps: Iterable[str | float], **paint: str) -> Element:
    """Draw a path of letters and numbers, as in the attribute `d`."""
    drawn = " ".join(step if isinstance(step, str) else number(step) for step in steps)
    return _paint(Element("path", d=drawn), {"fill": "none", **paint})


def text(at: Point, words: str, size: float, **paint: str) -> Element:
    """Set a line of text with its baseline at a point; it is harmless, and a bidirectional run of its own."""
    element = Element("text", {"x": number(at[0]), "y": number(at[1]), "font-size": number(size)})
    # Programs that draw SVG show the marks of isolation as boxes; unicode-bidi isolates what is drawn.
    element.text = one_line(words).replace("\u2068", "").replace("\u2069", "")
    return _paint(element, {"fill": "ink", "unicode_bidi": "isolate", **paint})


def title(element: Element, words: str) -> Element:
    """Give an element a title, which is shown when one points at it and read out."""
    name = Element("title")
    name.text = one_line(words)
    element.insert(0, name)
    return element


def write(root: Element) -> str:
    """Write a tree as SVG text."""
    return tostring(root, encoding="unicode") + "\n"
