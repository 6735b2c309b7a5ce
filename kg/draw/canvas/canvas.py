"""The sheet a picture is drawn on: margins, title, legend, and the caption that says what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.draw.canvas import svg
from kg.draw.canvas.palette import style_sheet
from kg.draw.canvas.svg import Element
from kg.draw.canvas.text import line, width_of, wrap

__all__ = ["MARGIN", "Canvas", "Legend", "message", "sheet"]

MARGIN = 28.0
_TITLE, _SUBTITLE, _LEGEND, _CAPTION = 21.0, 13.0, 12.0, 11.0
_SYMBOL = 30.0
_LEAST_WIDTH = 640.0


@dataclass(frozen=True)
class Legend:
    """An entry of a legend: a symbol drawn in a box of 26 by 12, and what it means."""

    symbol: Element
    words: str


@dataclass(frozen=True)
class Canvas:
    """What goes on a sheet: the drawing and its size, with the texts around it."""

    body: Sequence[Element]
    width: float
    height: float
    title: str
    subtitle: str
    legend: Sequence[Legend]
    caption: Sequence[str]
    text: str
    language: str


def sheet(content: Canvas) -> str:
    """Write a sheet as SVG; the drawing's origin is the upper left corner below title and legend."""
    inner = max(content.width, _LEAST_WIDTH - 2 * MARGIN)
    head, top = _head(content, inner)
    foot, bottom = _foot(content.caption, inner, top + content.height)
    width, height = inner + 2 * MARGIN, bottom + MARGIN * 0.7
    root = svg.group(
        [
            svg.rect((0, 0), (width, height), fill="paper"),
            *head,
            svg.group(content.body, transform=f"translate({svg.number(MARGIN)} {svg.number(top)})"),
            *foot,
        ]
    )
    root.tag = "svg"
    for name, value in _about(width, height, content.language).items():
        root.set(name, value)
    description, style = Element("desc"), Element("style")
    description.text, style.text = _readable(content.text), style_sheet()
    root.insert(0, style)
    root.insert(0, description)
    return svg.write(svg.title(root, content.title))


def _about(width: float, height: float, language: str) -> dict[str, str]:
    size = {"width": svg.number(width), "height": svg.number(height)}
    box = f"0 0 {size['width']} {size['height']}"
    return {"xmlns": "http://www.w3.org/2000/svg", **size, "viewBox": box, "role": "img", "lang": language}


def _readable(text: str) -> str:
    return "\n".join(line(row) for row in text.splitlines())


def _head(content: Canvas, width: float) -> tuple[list[Element], float]:
    """Set title, subtitle and legend; gives the height below which the drawing begins."""
    drawn = []
    y = MARGIN + _TITLE * 0.8
    for words in wrap(content.title, width, _TITLE, 2):
        drawn.append(svg.text((MARGIN, y), words, _TITLE, font_weight="600"))
        y += _TITLE * 1.25
    for words in wrap(content.subtitle, width, _SUBTITLE, 2) if content.subtitle else ():
        drawn.append(svg.text((MARGIN, y - 2), words, _SUBTITLE, fill="quiet"))
        y += _SUBTITLE * 1.45
    x = MARGIN
    y += 4
    for entry in content.legend:
        step = _SYMBOL + width_of(entry.words, _LEGEND) + 22
        if x > MARGIN and x + step - 22 > MARGIN + width:
            x, y = MARGIN, y + 20
        entry.symbol.set("transform", f"translate({svg.number(x)} {svg.number(y - 10)})")
        drawn += [entry.symbol, svg.text((x + _SYMBOL, y), entry.words, _LEGEND, fill="quiet")]
        x += step
    return drawn, y + (24 if content.legend else 8)


def _foot(caption: Sequence[str], width: float, y: float) -> tuple[list[Element], float]:
    drawn = [svg.line((MARGIN, y + 16), (MARGIN + width, y + 16), stroke="line")]
    y += 34
    for words in (part for text in caption for part in wrap(line(text), width, _CAPTION, 3)):
        drawn.append(svg.text((MARGIN, y), words, _CAPTION, fill="quiet"))
        y += _CAPTION * 1.5
    return drawn, y - _CAPTION


def message(words: str, why: str) -> tuple[list[Element], float, float]:
    """Say in a drawing's place that there is nothing to draw; gives elements, width and height."""
    width, height = 584.0, 130.0
    frame = svg.rect((0.5, 0.5), (width, height - 1), rx="8", fill="panel", stroke="line", stroke_dasharray="2 4")
    drawn = [frame, svg.text((width / 2, 52), words, 16, text_anchor="middle", font_weight="600")]
    for at, row in enumerate(wrap(why, width - 60, 12.5, 3)):
        drawn.append(svg.text((width / 2, 78 + 18 * at), row, 12.5, fill="quiet", text_anchor="middle"))
    return drawn, width, height
