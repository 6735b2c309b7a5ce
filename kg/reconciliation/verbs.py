"""The verbs of the reconciliation API: each takes the graph and plain values, and gives what JSON can hold."""

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
