"""Gaps: which links of the chain that feeds a stage are told of at a park, and for which nobody is known there."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.base import Analysis, Line, NetworkView, weakest
from kg.networks import Edge

__all__ = ["COLUMNS", "PARK_COLUMNS", "find_gaps", "find_parks"]

COLUMNS = ("stage", "how", "who", "status", "mode", "weakest_source")
PARK_COLUMNS = ("park", "status", "told_of", "stages", "missing", "without")
_LEAST = 2
_NOTES = ("Nobody known is not nobody: what no source tells may be there. A plan counts, and its mode says so.",)


def find_gaps(scene: NetworkView, park: str, toward: str) -> Analysis:
    """Give for a stage and those that feed it who does it in a park or place, or that nobody is known there."""
    lines = []
    for stage in _chain(scene, toward):
        known = list(_workers(scene, park, stage))
        for who, edges in known:
            mode, grade = weakest([tuple(edges)], scene.networks.scales)
            status = scene.concept(scene.node(who).status)
            cells = (scene.refer(stage), "told of", scene.refer(who), status, scene.concept(mode), scene.concept(grade))
            lines.append(Line(cells, edges))
        if not known:
            lines.append(Line((scene.refer(stage), "nobody known", None, None, None, None), ()))
    name, goal = (scene.name(one) for one in (park, toward))
    return scene.make_analysis(
        scene.say("What feeds {goal} at {one}, and what is missing", goal=goal, one=name),
        COLUMNS,
        lines,
        _NOTES,
        absent="not known",
    )


def find_parks(scene: NetworkView, toward: str) -> Analysis:
    """Give the parks at which at least two links of a chain are told of, those with most first."""
    stages = _chain(scene, toward)
    lines = []
    for park, node in sorted(scene.networks.nodes.items()):
        if node.kind in scene.parks:
            known = {stage: found for stage in stages if (found := list(_workers(scene, park, stage)))}
            if len(known) >= _LEAST:
                missing = [stage for stage in stages if stage not in known]
                cells = (
                    scene.refer(park), scene.concept(node.status), len(known), _named(scene, list(known)), len(missing),
                    _named(scene, missing),
                )  # fmt: skip
                lines.append(
                    Line(cells, tuple(edge for found in known.values() for _, edges in found for edge in edges))
                )
    lines.sort(key=lambda line: (-int(str(line.cells[2])), str(line.cells[0])))
    goal = scene.name(toward)
    return scene.make_analysis(
        scene.say("Parks that join what feeds {goal}", goal=goal), PARK_COLUMNS, lines, _NOTES, absent="not known"
    )


def _chain(scene: NetworkView, toward: str) -> list[str]:
    """Give a stage and those that feed it, without a broad one that stands for narrower ones."""
    feeding = {edge.source for edge in scene.entering("process", toward) if edge.relation == "feeds"}
    return scene.narrowest({toward, *feeding})


def _workers(scene: NetworkView, park: str, stage: str) -> Iterator[tuple[str, tuple[Edge, ...]]]:
    """Give who does a stage, or a broader or narrower one, in a park, with the edges that tell of the work."""
    for name in sorted(scene.networks.within(park)):
        edges = tuple(edge for edge in scene.leaving("work", name) if _is_of(scene, edge, stage))
        if edges:
            yield name, edges


def _is_of(scene: NetworkView, edge: Edge, stage: str) -> bool:
    stages = [edge.target] if scene.node(edge.target).kind == "Stage" else scene.node(edge.source).stages
    return any(stage in scene.above(one) or one in scene.above(stage) for one in stages)


def _named(scene: NetworkView, names: list[str]) -> str | None:
    return ", ".join(scene.name(name) for name in names) or None
