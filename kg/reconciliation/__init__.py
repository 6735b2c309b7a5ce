"""The Entity Reconciliation API in two versions over one matcher: 0.2, which OpenRefine speaks, and 1.0-draft.

Here is what lies between JSON from outside and `kg.matching`: `queries` reads what is asked,
`answers` answers it, `suggestions` helps to choose entities, types and properties, `manifests` tells what there is,
`preview` shows an entity in a small page. Nothing here knows HTTP; `kg.server.endpoints.reconcile` has the routes.

Specifications: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ and
https://reconciliation-api.github.io/specs/1.0-draft/
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.reconciliation.answers import extend, extend_rows, match, reconcile
from kg.reconciliation.manifests import manifest, manifest_of_draft
from kg.reconciliation.preview import flyout, preview
from kg.reconciliation.suggestions import propose_columns, suggest_entities, suggest_properties, suggest_types

__all__ = ["RECONCILIATION"]

RECONCILIATION: tuple[Callable[..., Any], ...] = (
    manifest,
    manifest_of_draft,
    reconcile,
    match,
    extend,
    extend_rows,
    suggest_entities,
    suggest_properties,
    suggest_types,
    propose_columns,
    preview,
    flyout,
)
"""Those of version 0.2 are reconcile and extend, those of 1.0-draft match and extend_rows; the others serve both."""
