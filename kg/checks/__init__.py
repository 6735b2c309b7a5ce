"""Everything that can be wrong with cards and graph: structure, ids, evidence, duplicates, shapes.

Each check gives findings and raises nothing. `check` runs all of them; only `kg.release` and the commands import this
package, since it loads YAML and, for the shapes, pyshacl.
"""

from __future__ import annotations

__all__: list[str] = []
