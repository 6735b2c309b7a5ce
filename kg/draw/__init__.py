"""Pictures of the graph: relations as an interactive page, the supply chain, a timeline, and a map of sites.

    messages, scene, phrases, scope    what is drawn: words in two languages, names, claims, what belongs to a thing
    labels                             places for names and dates that cover nothing
    picture                            the finished picture
    canvas/                            elements, colours, the room that text takes, the canvas with title and legend
    relations/  supply/  timeline/  map/     a family each: what is read, where it stands, the picture

Places on a canvas are computed here and are the same for the same release; nothing is left to a browser. The texts
of a graph are hostile: they go through the escaping of the XML writer, an autoescaping template, or JSON that is
escaped for where it stands. Only `kg.graph` imports this package, when a picture is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kg.draw.map.picture import draw_map
from kg.draw.messages import LANGUAGES, Words
from kg.draw.picture import Picture
from kg.draw.relations.columns import SCREEN
from kg.draw.relations.picture import draw_still, read_relations, relations_text
from kg.draw.scene import DIRECTIONS, DrawRequest, Scene, split_choice
from kg.draw.supply.picture import draw_supply
from kg.draw.timeline.picture import draw_timeline
from kg.errors import MissingExtra, NotFound

__all__ = ["DIRECTIONS", "LANGUAGES", "VIEWS", "DrawRequest", "Picture", "Scene", "Words", "draw", "split_choice"]

VIEWS = ("relations", "supply", "timeline", "map")
"""The pictures there are."""


def draw(view: str, scene: Scene, request: DrawRequest) -> Picture:
    """Draw a view of a scene.

    NotFound for a view there is none of. A scene with nothing to draw gives a picture that says so.
    """
    if view not in VIEWS:
        raise NotFound("view", view, VIEWS)
    return _DRAWERS[view](scene, request)


def _draw_relations(scene: Scene, request: DrawRequest) -> Picture:
    relations = read_relations(scene, request)
    still = draw_still(scene, request, relations)
    text = relations_text(scene, relations) or scene.words("nothing_why")
    return Picture(
        request.file_name("relations"), still, text, not relations.bundles, partial(_page, scene, request, still)
    )


def _page(scene: Scene, request: DrawRequest, still: str) -> str:
    # pyvis takes a third of a second to load, for a page that may not be wanted, and only some install it.
    try:
        from kg.draw.relations.page import render_page
    except ModuleNotFoundError as error:
        raise MissingExtra(error.name, "pictures", "take a picture as svg") from error

    return render_page(scene, request, read_relations(scene, request, SCREEN), still)


_DRAWERS: dict[str, Callable[[Scene, DrawRequest], Picture]] = {
    "relations": _draw_relations,
    "supply": draw_supply,
    "timeline": draw_timeline,
    "map": draw_map,
}
