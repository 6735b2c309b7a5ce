"""Tables that answers come in, and the cells of which they consist.

It knows nothing of RDF. Everything above may import it; pandas is loaded only by who asks for a data frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.tables.source_table import SourceTable, read_table
    from kg.tables.table import Reference, Table, write
    from kg.tables.tabular import Tabular

__all__ = [
    "Reference",
    "SourceTable",
    "Table",
    "Tabular",
    "read_table",
    "write",
]

__getattr__ = load_from(
    __name__,
    source_table="SourceTable read_table",
    table="Reference Table write",
    tabular="Tabular",
)
