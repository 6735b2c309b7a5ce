"""The Entity Reconciliation API in two versions over one matcher: 0.2, which OpenRefine speaks, and 1.0-draft.

Here is what lies between JSON from outside and `kg.matching`: `queries` reads what is asked,
`answers` answers it, `suggestions` helps to choose entities, types and properties, `manifests` tells what there is,
`preview` shows an entity in a small page. Nothing here knows HTTP; `kg.server.endpoints.reconcile` has the routes.

Specifications: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ and
https://reconciliation-api.github.io/specs/1.0-draft/
"""

from __future__ import annotations

__all__: list[str] = []
