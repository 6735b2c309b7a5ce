"""Colours, in light and in dark, and the one family of type: what every picture shares.

The hues are Paul Tol's "bright" and "muted" sets, which stay apart for all common forms of colour blindness
(P. Tol, Colour Schemes, SRON/EPS/TN/09-002, 2021); text has a contrast of at least 4.5 to 1 on its ground. No hue
carries a meaning alone: a shape, a dash or a word says it too. Which thing gets which hue is told here; what a thing
is called in `kg.draw.messages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["FONTS", "GROUP_TONES", "NETWORK_TONES", "STATUS_TONES", "TONES", "UNKNOWN_TONE", "style_sheet"]

FONTS = (
    "Inter, 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', sans-serif"
)
"""The families a text is set in, each platform's own first; Chinese falls through to a Chinese one."""

TONES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "paper": ("#ffffff", "#12171c"),
        "panel": ("#f4f6f8", "#1a2129"),
        "ink": ("#18222d", "#e9edf2"),
        "quiet": ("#566370", "#a3b0bd"),
        "line": ("#d3dae1", "#3a4652"),
        "faint": ("#e8ecf0", "#252e37"),
        "land": ("#ffffff", "#2b353e"),
        "sea": ("#d5e3ee", "#141d27"),
        "border": ("#aeb9c4", "#55626f"),
        "blue": ("#33669a", "#7fb2e5"),
        "cyan": ("#1c7f9c", "#66ccee"),
        "green": ("#228833", "#6bbf7a"),
        "olive": ("#80701a", "#d6c65a"),
        "red": ("#c2404f", "#f08a96"),
        "purple": ("#8a2d68", "#d38bb9"),
        "orange": ("#b5561c", "#ee9a5f"),
        "grey": ("#6b7681", "#98a4b0"),
        "blue-pale": ("#e6eef7", "#1e3145"),
        "cyan-pale": ("#e0f2f6", "#16343f"),
        "green-pale": ("#e4f2e6", "#1b3822"),
        "olive-pale": ("#f5f1d8", "#38341a"),
        "red-pale": ("#fae7e9", "#45242a"),
        "purple-pale": ("#f5e6ef", "#3d2234"),
        "orange-pale": ("#fbebdf", "#42291a"),
        "grey-pale": ("#eef0f2", "#262e36"),
    }
)
"""Each tone in light and in dark."""

NETWORK_TONES: Mapping[str, str] = MappingProxyType(
    {
        "supply": "orange",
        "partnership": "blue",
        "ownership": "purple",
        "location": "grey",
        "process": "green",
        "work": "olive",
    }
)
"""The hue of each network's edges."""

STATUS_TONES: Mapping[str, str] = MappingProxyType(
    {
        "Announced": "cyan", "PreConstruction": "cyan", "Construction": "orange", "Built": "olive",
        "Commissioning": "olive", "Operating": "green", "Shelved": "purple", "Mothballed": "purple", "Halted": "purple",
        "Sold": "red", "Insolvent": "red", "Cancelled": "red", "Retired": "red",
    }
)  # fmt: skip
"""The hue of a site's status; a test holds it to the statuses of the ontology."""

UNKNOWN_TONE = "grey"
"""The hue of what no source tells, far from those of statuses."""

GROUP_TONES: Mapping[str, str] = MappingProxyType(
    {
        "public": "purple",
        "bodies": "red",
        "companies": "blue",
        "sites": "orange",
        "parks": "cyan",
        "stages": "green",
        "products": "olive",
        "places": "grey",
    }
)
"""The hue of each group of kinds, in the order in which lanes stand. Which kind is in which the ontology says."""


def style_sheet() -> str:
    """Give the rules that turn the light tones of a picture's elements into the dark ones, and set its type."""
    dark = "".join(f".f-{name}{{fill:{tone}}}.s-{name}{{stroke:{tone}}}" for name, (_, tone) in TONES.items())
    return f"text{{font-family:{FONTS}}}@media (prefers-color-scheme:dark){{{dark}}}"
