"""Edges in words: what titles, tables and the text beside a picture say about them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.draw.canvas.text import clean, isolate
from kg.draw.scene import Scene
from kg.networks import Edge

__all__ = ["edge_words", "figures", "pair", "relation", "when"]

# By which property what lies behind an edge has its figure: the goods of a link, the share of a holding.
_FIGURES = ("volume", "sharePercent")
_LONG_NUMBER = re.compile(r"(?<![\d.,/-])\d{5,}(?![\d/-])")


def figures(scene: Scene, edge: Edge) -> list[str]:
    """Give the quantities of an edge as printed, long numbers with commas, in the picture's language."""
    quantities: Iterable[str] = edge.quantity
    if scene.language != "en" and edge.link:
        amounts = [node for name in _FIGURES for node in scene.related(edge.link, name)]
        quantities = [scene.label(node) for node in amounts] or quantities
    return [_LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", text) for text in quantities]


def pair(scene: Scene, source: str, target: str) -> str:
    """Name two ends with an arrow between them, each closed in itself."""
    return f"{isolate(scene.name(source))} → {isolate(scene.name(target))}"


def relation(scene: Scene, edge: Edge, *, backward: bool = False) -> str:
    """Put the relation of an edge into the word that stands between its two ends, such as "supplies to"."""
    return clean(scene.networks.word(edge, scene.language, backward=backward))


def when(edge: Edge) -> str:
    """Give the time of an edge: a day, a span, or nothing."""
    return "/".join(dict.fromkeys(date for date in (edge.since, edge.until) if date))


def edge_words(scene: Scene, edge: Edge) -> str:
    """Put what an edge says besides its ends into a phrase.

    Mode and status stand only where the edge is not simply there.
    """
    parts = [scene.name(edge.product)] if edge.product else []
    parts += figures(scene, edge)
    parts += [when(edge)] if when(edge) else []
    parts += [scene.label(f"kg:{edge.mode}")] if not edge.is_stated else []
    parts += [scene.label(f"kg:{edge.status}")] if edge.status not in (None, "Signed") else []
    return ", ".join(parts)
