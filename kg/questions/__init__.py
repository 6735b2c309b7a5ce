"""Named questions: their files, their parameters, and answers in which each row has its claims.

A question is a query in `ontology/questions/`; none is known here by name. Queries from outside go to `kg.sparql`.
"""

from __future__ import annotations

__all__: list[str] = []
