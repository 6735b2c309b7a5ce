"""The door to the engine: IRIs and prefixes, the store and what is read from it, nodes and labels.

It knows pyoxigraph and the vocabularies of the W3C, and nothing of cards, claims or names. Everything above may
import it; nothing else reaches the engine's stores, parsers and serialisers, but `kg.sparql`.
"""

from __future__ import annotations

__all__: list[str] = []
