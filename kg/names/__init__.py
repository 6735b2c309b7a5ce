"""Names as people write them: keys, pinyin, similarity, and the index in which an entity is found by its name.

Nothing here knows the graph: names come in as texts, and ids go out. `indexer` writes the index, `index` reads it.
Which names are indexed is said in `kg.release`. The dictionary of pinyin is loaded only where it is needed.
"""

from __future__ import annotations

__all__: list[str] = []
