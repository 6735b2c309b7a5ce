"""Whether the server is well, at `/health`, and what it counts, at `/metrics`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kg.formats import JSON, TEXT
from kg.server.http.description import answer
from kg.server.middleware.metrics import METRICS_TYPE, Metrics
from kg.server.workers.service import Serving

__all__ = ["router"]

router = APIRouter(tags=["status"])

_STATE = {JSON.media_type: {"schema": {"type": "object"}}}
_WELL: dict[int | str, dict[str, Any]] = {
    200: {"description": "The server answers", "content": _STATE},
    503: {"description": "No worker stands ready, or the server is too busy to look", "content": _STATE},
}


@router.get("/health", summary="Whether the server can answer", responses=_WELL)
async def health(request: Request, response: Response) -> dict[str, Any]:
    """Tell which release is served and whether workers stand ready; the status is 503 when none does."""
    serving: Serving = request.app.state.serving
    served = serving.now
    pools = {pool.settings.service: pool.state() for pool in served.pools if pool.settings.ready}
    well = all(pool["ready"] + pool["busy"] for pool in pools.values())
    response.status_code = 200 if well else 503
    response.headers["cache-control"] = "no-store"
    return {
        "status": "ok" if well else "no workers",
        "release": served.id,
        "workers": pools,
        "refused": serving.watch.refused,
        "trouble": served.trouble,
    }


@router.get(
    "/metrics", summary="Figures for Prometheus", responses=answer("The figures", TEXT), response_class=Response
)
async def metrics(request: Request) -> Response:
    """Give all figures."""
    counted: Metrics = request.app.state.metrics
    return Response(counted.write(), media_type=METRICS_TYPE, headers={"cache-control": "no-store"})
