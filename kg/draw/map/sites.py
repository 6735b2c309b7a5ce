"""Where sites lie: at coordinates of their own, else at the area they lie in, else nowhere that can be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.draw.canvas.svg import Point
from kg.draw.scene import DrawRequest, Scene
from kg.draw.scope import find_scope
from kg.rdf.namespaces import KG, shorten
from kg.rdf.store import facts
from kg.rdf.vocab import VIEW, kg

__all__ = ["Site", "Spot", "areas", "find_sites", "gather"]

_TOO_WIDE = "Country"


@dataclass(frozen=True, order=True)
class Site:
    """A site with the coordinates it is shown at; `area` is what these are of where they are not its own."""

    thing: str
    at: Point
    area: str = ""


@dataclass(frozen=True)
class Spot:
    """All sites that are shown at one point."""

    at: Point
    sites: tuple[Site, ...]


def find_sites(scene: Scene, request: DrawRequest) -> tuple[list[Site], list[str]]:
    """Find the sites that belong to a thing, or all; gives those with a place, and the ids of those without."""
    points, levels = _points(scene), _levels(scene)
    outward: dict[str, list[str]] = {}
    for edge in scene.everything:
        if edge.network == "location":
            outward.setdefault(edge.source, []).append(edge.target)
    chosen = set(scene.nodes) if request.about is None else find_scope(scene, request.about)
    shown = scene.shown(request)
    placed, lost = [], []
    for thing in sorted(chosen if shown is None else chosen & shown):
        if scene.symbol(scene.kind(thing)):
            site = _place(thing, points, levels, outward)
            placed += [site] if site else []
            lost += [] if site else [thing]
    return placed, lost


def _place(thing: str, points: dict[str, Point], levels: dict[str, str], outward: dict[str, list[str]]) -> Site | None:
    """Walk from a site to what it lies in until something has coordinates; a whole country is no place for a site."""
    seen, waiting = {thing}, [thing]
    while waiting:
        one = waiting.pop(0)
        if one in points and levels.get(one) != _TOO_WIDE:
            return Site(thing, points[one], "" if one == thing else one)
        for other in sorted(outward.get(one, ())):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return None


def _points(scene: Scene) -> dict[str, Point]:
    """Read the coordinates of everything that has some."""
    read: dict[str, dict[str, float]] = {}
    for name in ("longitude", "latitude"):
        for fact in facts(scene.release.store, None, kg(name), None, VIEW):
            read.setdefault(shorten(fact.subject.value), {})[name] = float(fact.object.value)
    return {thing: (one["longitude"], one["latitude"]) for thing, one in read.items() if len(one) == len(("x", "y"))}


def _levels(scene: Scene) -> dict[str, str]:
    found = facts(scene.release.store, None, kg("areaLevel"), None, VIEW)
    return {shorten(fact.subject.value): fact.object.value.removeprefix(KG) for fact in found}


def gather(sites: Iterable[Site]) -> list[Spot]:
    """Put sites of one point together, the largest groups first."""
    found: dict[Point, list[Site]] = {}
    for site in sites:
        found.setdefault(site.at, []).append(site)
    return sorted(
        (Spot(at, tuple(ones)) for at, ones in found.items()), key=lambda spot: (-len(spot.sites), spot.sites)
    )


def areas(scene: Scene, level: str) -> dict[str, Point]:
    """Give the areas of a level that have coordinates, such as the provinces, to find one's way by."""
    levels = _levels(scene)
    return {thing: at for thing, at in sorted(_points(scene).items()) if levels.get(thing) == level}
