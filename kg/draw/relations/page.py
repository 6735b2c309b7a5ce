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
from kg.draw.canvas.text import clean, fit, isolate, wrap
from kg.draw.messages import WORDS
from kg.draw.phrases import figures, pair, relation, when
from kg.draw.relations.columns import BOX, FOCUS_BOX, Panel
from kg.draw.relations.picture import Bundle, Relations, lane_tone
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
        focus = thing == relations.focus
        size = FOCUS_BOX if focus else BOX
        # vis breaks lines at spaces alone, so the label comes broken already.
        label = "\n".join(wrap(scene.name(thing), size[0] - 20, 14 if focus else 12, 2)) or thing
        width = {"minimum": int(size[0] - 12), "maximum": int(size[0] - 12)}
        network.add_node(thing, label=label, shape="box", x=round(x), y=round(y), widthConstraint=width,
                         heightConstraint={"minimum": int(size[1] - 12)})  # fmt: skip
    for bundle in relations.bundles:
        network.add_edge(bundle.source, bundle.target, id=bundle.key, dashes=bundle.planned, **_bow(relations, bundle))
    return {
        "nodes": [_node(scene, relations, lanes, one) for one in network.nodes],
        "edges": [_edge(scene, bundle, one) for bundle, one in zip(relations.bundles, network.edges, strict=True)],
        "panels": [_panel(scene, panel) for panel in relations.layout.panels],
        "claims": {claim: _claim(scene, claim) for claim in claims},
        "words": {key.rstrip("_"): _panel_word(scene, key) for key in _PANEL_WORDS},
        "tones": {name: list(tones) for name, tones in TONES.items()},
        "fonts": FONTS,
        "options": _OPTIONS,
    }


def _bow(relations: Relations, bundle: Bundle) -> dict[str, Any]:
    """Lead a line around the boxes between two that stand below each other."""
    start, end = (relations.layout.middles[thing][0] for thing in (bundle.source, bundle.target))
    return {"smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.35}} if abs(start - end) < BOX[0] else {}


def _panel_word(scene: Scene, key: str) -> str:
    if key == "status_":
        return scene.words("by_status")
    # The page fills the gap itself.
    return WORDS[key][0 if scene.language == "en" else 1]


_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}, "multiselect": False},
    "nodes": {"borderWidth": 1, "shapeProperties": {"borderRadius": 5}, "fixed": False, "margin": 6},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5},
        "width": 1.4,
        "selectionWidth": 2,
    },
}


def _node(scene: Scene, relations: Relations, lanes: dict[str, str], drawn: dict[str, Any]) -> dict[str, Any]:
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
        "lane": lanes[thing],
        "tone": lane_tone(lanes[thing]),
        "focus": thing == relations.focus,
        "vis": {key: drawn[key] for key in kept},
    }


def _edge(scene: Scene, bundle: Bundle, drawn: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": bundle.key,
        "from": bundle.source,
        "to": bundle.target,
        "network": bundle.network,
        "kind": scene.words(f"net_{bundle.network}"),
        "tone": NETWORK_TONES.get(bundle.network, "grey"),
        "planned": bundle.planned,
        "ties": [_edge_details(scene, edge) for edge in bundle.edges],
        "vis": {**drawn, "arrows": "" if bundle.network == "partnership" else "to"},
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
