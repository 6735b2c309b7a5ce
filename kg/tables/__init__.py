"""Tables that answers come in, and the cells of which they consist.

It knows nothing of RDF. Everything above may import it; pandas is loaded only by who asks for a data frame.
"""

from __future__ import annotations

__all__: list[str] = []
