"""Walks over CSR arrays: reach, dominators, bridges.

They know numbers only, no word of the ontology; `kg.analysis` gives them arrays and reads what comes back.
"""

from __future__ import annotations

__all__: list[str] = []
