"""The relations as one page that answers to the reader: opens from disk, and makes no request to any network.

pyvis is the model of the picture: its `Network` holds nodes, edges and options as vis-network takes them. Its own
template is not used, for it loads from a CDN and lets a heading run as script; ours escapes everything. Scripts run by
their digest alone (Content Security Policy); styles may be inline, since vis-network adds some of its own, and can
reach nothing, since no source of images, fonts or connections is allowed. Loads pyvis and jinja2.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.draw.canvas.palette import FONTS, NETWORK_TONES, TONES
from kg.draw.canvas.svg import number
from kg.draw.canvas.text import clean, fit, isolate
from kg.draw.messages import WORDS
from kg.draw.phrases import figures, pair, relation, when
from kg.draw.relations.columns import Panel
from kg.draw.relations.picture import Bundle, Relations, details, inscribe, lane_tone
from kg.draw.relations.routes import Route
from kg.draw.scene import DrawRequest, Notes, Scene
from kg.networks import Edge
from kg.provenance.provenance import ClaimRecord

__all__ = ["RelationsPage", "content_policy", "embed_json", "render_page"]

_ASSETS = Path(__file__).parent / "assets"
_PANEL_WORDS = (
    "publisher", "published", "grade", "place", "printed", "mode", "note", "claim", "product", "stage", "quantity",
    "status_", "since", "until", "no_claims", "not_accepted", "hits",
)  # fmt: skip


class RelationsPage(Network):  # type: ignore[misc]
    """A pyvis network whose page is ours."""

    def __init__(self) -> None:
        # Undirected, pyvis drops parallel edges. Remote resources are a matter of its template alone.
        super().__init__(directed=True, cdn_resources="remote")

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
        """Refuse to render by pyvis' template."""
        raise NotImplementedError("render_page makes the page; the template of pyvis is not safe")


def embed_json(data: object) -> Markup:
    r"""Write data as JSON that cannot end the script element it stands in, nor break a line of JavaScript.

    >>> str(embed_json({"a": "</script>\u2028"}))
    '{"a":"\\u003c/script>\\u2028"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - escaped above


def content_policy(scripts: Iterable[str]) -> str:
    """Give the policy that lets only these scripts run, and nothing reach a network."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    loader = PackageLoader("kg.draw.relations")
    return Environment(autoescape=True, loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render_page(scene: Scene, request: DrawRequest, relations: Relations, still: str) -> str:
    """Render the page; `still` is the SVG of the same relations, which prints and shows where scripts do not run."""
    library, script = _asset("vis-network.min.js"), _asset("relations.js")
    claims = {claim for bundle in relations.bundles for edge in bundle.edges for claim in edge.claims}
    title = scene.heading("relations", request)
    left_out = (scene.words("farther", n=relations.left_out),) if relations.left_out else ()
    # The parts marked as safe are files of this package, the SVG of our own writer, and JSON escaped for its place.
    return (
        _environment()
        .get_template("relations.html.jinja")
        .render(
            language=scene.language,
            policy=content_policy((library, script)),
            title=title,
            style=Markup(_style()),  # noqa: S704
            words=scene.words,
            networks=list(_networks(scene, relations)),
            lanes=[
                {"id": lane, "name": scene.words(lane), "tone": lane_tone(lane), "count": len(things)}
                for lane, things in relations.lanes
            ],
            still=Markup(still),  # noqa: S704
            rows=[row for bundle in relations.bundles for row in _rows(scene, bundle)],
            caption=scene.caption(Notes(title, left_out=left_out, claims=frozenset(claims)), request),
            data=embed_json(_data(scene, relations, sorted(claims))),
            library=Markup(library),  # noqa: S704
            script=Markup(script),  # noqa: S704
        )
    )


def _style() -> str:
    """Give the style of the page: the tones as variables for light and dark, and the sheet of the package."""
    light, dark = ("".join(f"--{name}:{tones[at]};" for name, tones in TONES.items()) for at in range(2))
    marks = "".join(f".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}" for name in TONES)
    return (
        f":root{{--fonts:{FONTS};color-scheme:light;{light}}}:root[data-theme=dark]{{color-scheme:dark;{dark}}}"
        f"@media print{{:root,:root[data-theme=dark]{{{light}}}}}{marks}" + _asset("relations.css")
    )


def _networks(scene: Scene, relations: Relations) -> Iterator[dict[str, Any]]:
    for network in sorted({bundle.network for bundle in relations.bundles}):
        count = sum(len(bundle.edges) for bundle in relations.bundles if bundle.network == network)
        tone = NETWORK_TONES.get(network, "grey")
        yield {"id": network, "name": scene.words(f"net_{network}"), "tone": tone, "count": count}


def _rows(scene: Scene, bundle: Bundle) -> Iterator[dict[str, Any]]:
    for edge in bundle.edges:
        yield {
            "bundle": bundle.key,
            "ends": pair(scene, edge.source, edge.target),
            "source": scene.name(edge.source),
            "target": scene.name(edge.target),
            "relation": relation(scene, edge),
            "told": ", ".join([*([scene.name(edge.product)] if edge.product else []), *figures(scene, edge)]),
            "mode": scene.label(f"kg:{edge.mode}"),
            "since": when(edge),
            "claims": len(edge.claims),
        }


def _data(scene: Scene, relations: Relations, claims: list[str]) -> dict[str, Any]:
    network = RelationsPage()
    lanes = {thing: lane for lane, things in relations.lanes for thing in things}
    for thing, (x, y) in sorted(relations.layout.middles.items()):
        size = relations.layout.size(thing)
        width = {"minimum": int(size[0] - 12), "maximum": int(size[0] - 12)}
        network.add_node(thing, label=" ", shape="box", x=round(x), y=round(y), widthConstraint=width,
                         heightConstraint={"minimum": int(size[1] - 12)})  # fmt: skip
    lines = details(scene, relations)
    return {
        "nodes": [_node(scene, relations, lanes[one["id"]], one, lines.get(one["id"], "")) for one in network.nodes],
        "edges": [
            _edge(scene, bundle, route) for bundle, route in zip(relations.bundles, relations.routes, strict=True)
        ],
        "panels": [_panel(scene, panel) for panel in relations.layout.panels],
        "claims": {claim: _claim(scene, claim) for claim in claims},
        "words": {key.rstrip("_"): _panel_word(scene, key) for key in _PANEL_WORDS},
        "tones": {name: list(tones) for name, tones in TONES.items()},
        "fonts": FONTS,
        "options": _OPTIONS,
        "least": _LEAST_LETTER,
        "focus": relations.focus or "",
    }


def _panel_word(scene: Scene, key: str) -> str:
    if key == "status_":
        return scene.words("by_status")
    # The page fills the gap itself.
    return WORDS[key][0 if scene.language == "en" else 1]


# Smaller letters are not drawn. A page shows its whole picture at first where they can be read so, else its middle.
_LEAST_LETTER = 6.5

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}, "multiselect": False},
    # The lines lead around the boxes where these stand, so no box is moved; names are set by the page itself.
    "nodes": {"borderWidth": 1, "shapeProperties": {"borderRadius": 5}, "fixed": True, "margin": 6},
}


def _node(scene: Scene, relations: Relations, lane: str, drawn: dict[str, Any], detail: str) -> dict[str, Any]:
    thing = drawn["id"]
    known = scene.nodes.get(thing)
    other = (known.label_en if scene.language == "zh" else known.label_zh) if known else None
    kind = scene.kind(thing)
    kept = ("id", "label", "shape", "x", "y", "widthConstraint", "heightConstraint")
    return {
        "id": thing,
        "name": scene.name(thing),
        "other": clean(other or ""),
        "kind": scene.label(f"kg:{kind}") if kind else "",
        "lane": lane,
        "tone": lane_tone(lane),
        "focus": thing == relations.focus,
        "texts": [
            [*map(round, one.at), one.words, one.size, one.tone] for one in inscribe(scene, relations, thing, detail)
        ],
        "vis": {key: drawn[key] for key in kept},
    }


def _edge(scene: Scene, bundle: Bundle, route: Route) -> dict[str, Any]:
    return {
        "id": bundle.key,
        "from": bundle.source,
        "to": bundle.target,
        "network": bundle.network,
        "kind": scene.words(f"net_{bundle.network}"),
        "tone": NETWORK_TONES.get(bundle.network, "grey"),
        "planned": bundle.planned,
        "ties": [_edge_details(scene, edge) for edge in bundle.edges],
        "path": " ".join(step if isinstance(step, str) else number(step) for step in route.steps),
        "head": None
        if bundle.network == "partnership"
        else [*map(round, route.points[-1]), -7 if route.comes_from_left else 7],
    }


def _edge_details(scene: Scene, edge: Edge) -> dict[str, Any]:
    names = {"product": edge.product, "stage": edge.stage}
    shown = {key: scene.name(value) for key, value in names.items() if value}
    return {
        **shown,
        "relation": relation(scene, edge) + (f": {isolate(scene.name(edge.link))}" if edge.link else ""),
        "quantity": "; ".join(figures(scene, edge)),
        "mode": scene.label(f"kg:{edge.mode}"),
        "status": scene.label(f"kg:{edge.status}") if edge.status else "",
        "since": edge.since or "",
        "until": edge.until or "",
        "claims": list(edge.claims),
    }


def _panel(scene: Scene, panel: Panel) -> dict[str, Any]:
    (x, y), (width, height) = panel.corner, panel.size
    # The letters on the canvas are a little larger than those of the still picture.
    name = fit(f"{scene.words(panel.lane)} · {len(panel.things)}", width - 14, 12.4)
    return {"x": x, "y": y, "width": width, "height": height, "name": name, "tone": lane_tone(panel.lane)}


def _claim(scene: Scene, claim: str) -> dict[str, Any]:
    """Give what the page shows of a claim."""
    record, words = scene.record(claim), scene.words
    return {
        "document": clean(record.title or record.document),
        "publisher": clean(record.publisher or ""),
        "published": record.published or words("unknown"),
        "grade": scene.label(f"kg:{record.grade}"),
        "place": _place(scene, record),
        "printed": clean("; ".join(record.printed)),
        "mode": scene.label(f"kg:{record.mode}"),
        "note": clean(record.note or ""),
        "claim": record.id,
        "accepted": record.accepted,
        "url": record.source,
    }


def _place(scene: Scene, record: ClaimRecord) -> str:
    """Say where in its document a claim stands, and how well that is known."""
    if record.start is not None:
        return scene.words("characters", start=record.start, end=record.end)
    strength = (record.strength or "own").lower()
    return scene.words(f"{strength}_on", day=record.read_on) if record.read_on else scene.words(strength)
