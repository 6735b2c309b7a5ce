"""Names as people write them: keys, pinyin, similarity, and the index in which an entity is found by its name.

Nothing here knows the graph: names come in as texts, and ids go out. `indexer` writes the index, `index` reads it.
Which names are indexed is said in `kg.release`. The dictionary of pinyin is loaded only where it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.names.index import Match, NameIndex
    from kg.names.indexer import build_index
    from kg.names.normalize import Name, ngrams
    from kg.names.pinyin import pinyin_keys
    from kg.names.similarity import IndexedName, NameQuery

__all__ = [
    "IndexedName",
    "Match",
    "Name",
    "NameIndex",
    "NameQuery",
    "build_index",
    "ngrams",
    "pinyin_keys",
]

__getattr__ = load_from(
    __name__,
    index="Match NameIndex",
    indexer="build_index",
    normalize="Name ngrams",
    pinyin="pinyin_keys",
    similarity="IndexedName NameQuery",
)
