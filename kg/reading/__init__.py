"""Reading of documents from outside: their text, and the figures and dates that it prints.

Nothing here enters the graph: what is read is shown, and a person decides. It is offline and gives the same
for the same document. Fetching pages is not done here. The commands use it; nothing below does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.reading.extractor import ExtractionLimits, read_document, read_stream
    from kg.reading.source_text import SourceText

__all__ = ["ExtractionLimits", "SourceText", "read_document", "read_stream"]

__getattr__ = load_from(
    __name__,
    extractor="ExtractionLimits read_document read_stream",
    source_text="SourceText",
)
