"""Matching in bulk, under `/api/v1/match`: rows as JSON, or a CSV file in and the same file with ids out.

What is sent is read and matched in a worker for batches; the process that answers everybody only hands it on.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kg.formats import CSV, JSON, SENT_TABLES
from kg.operations.catalogue import OPERATIONS
from kg.operations.models import read_arguments
from kg.server.api.models import Matched, MatchedTable, MatchRequest
from kg.server.api.parameters import FORMAT, gather, parameters_of
from kg.server.api.responses import TABLES, answer, format_parameter, read_format, within
from kg.server.http.asgi import read_body, unless_gone
from kg.server.http.faults import FAULTS
from kg.server.http.problems import BodyTooLarge, UnsupportedMediaType
from kg.server.workers.service import Sent, Serving
from kg.tables.source_table import MAX_BYTES

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["lookups"])

_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            JSON.media_type: {"schema": MatchRequest.model_json_schema(ref_template="#/components/schemas/{model}")},
            CSV.media_type: {"schema": {"type": "string", "minLength": 1}, "example": "name,region\n宁德时代,福建\n"},
        },
    }
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": Matched | MatchedTable,
        "description": "The candidates for each row; of a file, its table with columns for the best of each",
        "content": {CSV.media_type: {"schema": {"type": "string"}}},
    },
    **FAULTS,
}


@router.post(
    "/match",
    summary="Match a table of names",
    responses=_ANSWERS,
    openapi_extra=_BODY | parameters_of("match", format_parameter(TABLES, "Instead of Accept")),
)
async def match(request: Request) -> Response:
    """Say which entity each row means, by its name, its kind, and traits such as province or a property.

    Rows come as JSON, up to 1,000 of them, or as a file, up to 10,000: CSV, however cut and encoded, or a workbook
    (XLSX, XLS, ODS). Of a file `column` names the column of names, and `trait=province=region` says that the column
    `region` tells the province; the answer is the same table with kg_id, kg_name, kg_kind, kg_score, kg_reason and
    kg_match behind its own columns. Only what is a match may be taken unseen.
    """
    arguments = read_arguments("match", gather(request, OPERATIONS["match"]), (FORMAT,))
    form = read_format(request)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == JSON.media_type:
        return await _match_rows(request, await _body(request))
    if media in SENT_TABLES:
        return await _match_file(request, form, arguments, await _body(request))
    raise UnsupportedMediaType(f"a table comes as {CSV.media_type} or {JSON.media_type}, not as {media or 'nothing'}")


async def _body(request: Request) -> bytes:
    """Read the body, but no more of it than a file may have."""
    return await read_body(request.scope, request.receive, MAX_BYTES, BodyTooLarge)


async def _match_rows(request: Request, body: bytes) -> Response:
    found = await _run(request, "match_request", Sent(body, "rows", "the body"), {})
    return answer(request, within(_serving(request).release_id, found, "results"), JSON.media_type)


async def _match_file(request: Request, form: str, arguments: dict[str, Any], body: bytes) -> Response:
    """Give a file back as a file, unless a table as JSON was asked for by name."""
    columns = {
        "column": arguments.get("column", "name"),
        "kind": arguments.get("kind"),
        "property_columns": list(arguments.get("trait", ())),
    }
    if form == "json" and "json" in (request.query_params.get("format") or request.headers.get("accept", "")):
        found = await _run(request, "match_table", Sent(body, "body"), columns)
        return answer(request, within(_serving(request).release_id, found), JSON.media_type)
    found = await _run(request, "match_table_csv", Sent(body, "body"), columns)
    return answer(request, found, f"{CSV.content_type}; header=present")


async def _run(request: Request, verb: str, sent: Sent, arguments: dict[str, Any]) -> bytes:
    return await unless_gone(request.receive, _serving(request).run_batch(verb, sent, arguments))


def _serving(request: Request) -> Serving:
    serving: Serving = request.app.state.serving
    return serving
