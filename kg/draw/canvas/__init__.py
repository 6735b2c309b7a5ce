"""What every picture is drawn on: SVG elements, tones, the room that a text takes, the canvas with title and legend.

Nothing here knows the graph.
"""

from __future__ import annotations

__all__: list[str] = []
