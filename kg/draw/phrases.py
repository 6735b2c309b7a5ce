"""Ties in words: what titles, tables and the text beside a picture say about them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.draw.canvas.text import clean, isolate
from kg.draw.scene import Scene
from kg.networks import Edge

__all__ = ["figures", "pair", "relation", "tie_words", "when"]

_LONG_NUMBER = re.compile(r"(?<![\d.,/-])\d{5,}(?![\d/-])")


def figures(scene: Scene, tie: Edge) -> list[str]:
    """Give the quantities of a tie as printed, long numbers with commas, in the picture's language."""
    told: Iterable[str] = tie.quantity
    if scene.language != "en" and tie.link:
        told = [scene.label(node) for node in scene.related(tie.link, "volume")] or told
    return [_LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", text) for text in told]


def pair(scene: Scene, source: str, target: str) -> str:
    """Name two ends with an arrow between them, each closed in itself."""
    return f"{isolate(scene.name(source))} → {isolate(scene.name(target))}"


def relation(scene: Scene, tie: Edge, *, backward: bool = False) -> str:
    """Put the relation of a tie into the word that stands between its source and its target, such as "supplies to"."""
    return clean(scene.networks.word(tie, scene.language, backward=backward))


def when(tie: Edge) -> str:
    """Give the time of a tie: a day, a span, or nothing."""
    return "/".join(dict.fromkeys(date for date in (tie.since, tie.until) if date))


def tie_words(scene: Scene, tie: Edge) -> str:
    """Put what a tie says besides its ends into a phrase.

    Mode and status stand only where the tie is not simply there.
    """
    parts = [scene.name(tie.product)] if tie.product else []
    parts += figures(scene, tie)
    parts += [when(tie)] if when(tie) else []
    parts += [scene.label(f"kg:{tie.mode}")] if not tie.is_stated else []
    parts += [scene.label(f"kg:{tie.status}")] if tie.status not in (None, "Signed") else []
    return ", ".join(parts)
