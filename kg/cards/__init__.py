"""The data cards: YAML files with places of each value, their quads, the texts they cite, and findings about them.

Whether a card is right is asked in `kg.checks`; which claim wins, in `kg.claims`. Only who builds or checks loads YAML.
"""

from __future__ import annotations

__all__: list[str] = []
