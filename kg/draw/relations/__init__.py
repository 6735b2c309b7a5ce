"""Relations of an entity: what is shown, where it stands, as a still picture and as a page that answers to the reader.

`page` loads pyvis and is imported only when a page is asked for.
"""

from __future__ import annotations

__all__: list[str] = []
