"""Matching in bulk, under `/api/v1/match`: rows as JSON, or a CSV file in and the same file with ids out.

A file is matched some rows at a time, so that it holds up nobody else's lookups.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from kg.errors import UsageError
from kg.formats import CSV, JSON, SENT_TABLES
from kg.matching.csv_rows import Columns, match_sheet, wanted_rows
from kg.matching.matcher import Candidate, Feature, Wanted
from kg.operations.catalogue import OPERATIONS
from kg.operations.models import read_arguments
from kg.operations.registry import write_json
from kg.server.api.models import Matched, MatchRequest, Row
from kg.server.api.parameters import FORMAT, gather, parameters_of
from kg.server.api.responses import FAULTS, TABLES, answer, format_parameter, read_format, within
from kg.server.http.asgi import read_body
from kg.server.http.problems import BodyTooLarge, UnsupportedMediaType
from kg.server.workers.service import Serving
from kg.tables.source_table import MAX_BYTES, read_table
from kg.tables.table import Table

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["lookups"])

_AT_ONCE = 100
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            JSON.media_type: {"schema": MatchRequest.model_json_schema(ref_template="#/components/schemas/{model}")},
            CSV.media_type: {"schema": {"type": "string"}, "example": "name,region\n宁德时代,福建\n"},
        },
    }
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": Matched,
        "description": "The candidates for each row; of a CSV file, the file with columns for the best of each",
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
    try:
        table = MatchRequest.model_validate_json(body)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
        raise UsageError(f"the rows are not as they should be ({faults})") from error
    serving: Serving = request.app.state.serving
    found = await _candidates(serving, table.rows, table.limit)
    results = [{"name": row.name, "candidates": each} for row, each in zip(table.rows, found, strict=True)]
    body = json.dumps(results, ensure_ascii=False).encode("utf-8")
    return answer(request, within(serving.release_id, body, "results"), JSON.media_type)


async def _match_file(request: Request, form: str, arguments: dict[str, Any], body: bytes) -> Response:
    sheet = await asyncio.to_thread(read_table, body)
    columns = Columns(
        arguments.get("column", "name"), arguments.get("kind"), dict(map(_property_column, arguments.get("trait", ())))
    )
    serving: Serving = request.app.state.serving
    wanted = [one for one in dict.fromkeys(wanted_rows(sheet, columns)) if one.name]
    found = dict(zip(wanted, await _candidates(serving, list(map(_row, wanted)), 1), strict=True))
    table = await asyncio.to_thread(match_sheet, sheet, columns, lambda one: list(map(_candidate, found[one])))
    wants_json = form == "json" and "json" in (request.query_params.get("format") or request.headers.get("accept", ""))
    return _sheet_answer(request, serving.release_id, table, as_json=wants_json)


def _sheet_answer(request: Request, release: str, table: Table, *, as_json: bool) -> Response:
    """Give a file back as a file, unless a table as JSON was asked for by name."""
    if not as_json:
        return answer(request, table.to_csv().encode("utf-8"), f"{CSV.content_type}; header=present")
    return answer(request, within(release, write_json(table.to_dict()).encode("utf-8")), JSON.media_type)


async def _candidates(serving: Serving, rows: Sequence[Row], limit: int) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = []
    for start in range(0, len(rows), _AT_ONCE):
        some = [row.model_dump() for row in rows[start : start + _AT_ONCE]]
        found += await serving.look_up("match_rows", {"rows": some, "limit": limit})
    return found


def _property_column(text: str) -> tuple[str, str]:
    property_name, equals, column = text.partition("=")
    if not equals:
        raise UsageError(f"trait: {text!r} is not TRAIT=COLUMN")
    return property_name, column


def _row(wanted: Wanted) -> Row:
    kind = wanted.kinds[0] if wanted.kinds else None
    return Row(name=wanted.name, kind=kind, traits={one.property_name: one.values[0] for one in wanted.conditions})


def _candidate(plain: dict[str, Any]) -> Candidate:
    """Read what `dataclasses.asdict` wrote."""
    features = tuple(Feature(**feature) for feature in plain["features"])
    return Candidate(**{**plain, "kinds": tuple(plain["kinds"]), "features": features})
