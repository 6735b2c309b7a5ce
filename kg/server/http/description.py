"""How OpenAPI describes what is no lookup: pages, linked data, files of the release, SPARQL and the tools for agents.

Errors of these are problems, and pages where whoever asks would rather read one (`kg.server.web.page_route`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.formats import FORM, GRAPHS, HTML, JSON, RESULTS, SPARQL_QUERY, TEXT, Format
from kg.languages import LANGUAGES
from kg.server.http.faults import Responses, faults

__all__ = ["LANGUAGE", "RANGE_FAULTS", "ROUTELESS", "answer", "page", "parameter", "unchanged"]

Plain = dict[str, Any]
_TEXT_SCHEMA: Plain = {"type": "string"}
# Where a request says what it already has, or where something else is.
_MEANINGS: Mapping[int, str] = {
    303: "What was asked for has its page there",
    304: "What the client has is still so",
    308: "The id was merged into the one there",
}


RANGE_FAULTS: Responses = {
    400: {"description": "Range is malformed", "content": {TEXT.media_type: {"schema": _TEXT_SCHEMA}}},
    416: {"description": "Range lies outside of the file", "content": {TEXT.media_type: {"schema": _TEXT_SCHEMA}}},
}
"""How a file answers a wrong header Range."""


def parameter(name: str, description: str, *, choices: Iterable[str] = (), **schema: Any) -> Plain:
    """Describe a parameter of an address that need not be given."""
    kind: Plain = {"type": "string", **schema} | ({"enum": list(choices)} if choices else {})
    return {"name": name, "in": "query", "required": False, "description": description, "schema": kind}


LANGUAGE = parameter("language", "Instead of Accept-Language", choices=("", *LANGUAGES))


def _schema(format: Format) -> Plain:
    """Give the schema of a body: JSON is read by whoever reads the schema, and JSON-LD is an object or a list."""
    if "json" not in format.media_type:
        return _TEXT_SCHEMA
    return {"type": "object"} if format is JSON else {}


def answer(about: str, *media: Format, codes: Iterable[int] = (), status: int = 200) -> Responses:
    """Describe an answer in some formats, and what can go wrong."""
    content = {one.media_type: {"schema": _schema(one)} for one in media}
    return {status: {"description": about, **({"content": content} if content else {})}, **faults(*codes)}


def unchanged(*codes: int) -> Responses:
    """Describe answers without a body: that nothing has changed, or where to look."""
    return {code: {"description": _MEANINGS[code]} for code in (304, *codes)}


def page(about: str, *media: Format, codes: Iterable[int] = (400, 404), more: Responses | None = None) -> Responses:
    """Describe an answer that people read as a page, its errors too."""
    wrong = faults(*codes)
    for fault in wrong.values():
        fault["content"] = {**fault["content"], HTML.media_type: {"schema": _TEXT_SCHEMA}}
    return {**answer(about, HTML, *media), **(more or {}), **wrong}


def _operation(name: str, tag: str, summary: str, description: str, responses: Responses) -> Plain:
    return {"operationId": name, "tags": [tag], "summary": summary, "description": description, "responses": responses}


_RPC_FAULT: Plain = {JSON.media_type: {}, TEXT.media_type: {}}
_RESULTS = (*RESULTS.values(), *GRAPHS.values())
_QUERY_FAULTS = (400, 403, 406, 413, 415)
_NAMED = (
    parameter("default-graph-uri", "A graph of the default graph of the data set"),
    parameter("named-graph-uri", "A named graph of the data set"),
    parameter("format", f"Instead of Accept: {', '.join(dict.fromkeys((*RESULTS, *GRAPHS)))}"),
)
_FIELDS = {"query": {"type": "string", "minLength": 1}, "timeout": {"type": "number", "exclusiveMinimum": 0}}
_TIMEOUT = parameter(
    "timeout", "Seconds after which to stop it, at most the server's own", type="number", exclusiveMinimum=0
)
_SPARQL = "SPARQL"

ROUTELESS: Mapping[str, Plain] = {
    "/sparql": {
        "get": {
            **_operation(
                "query_by_address", _SPARQL, "Query, or describe the endpoint",
                "SPARQL 1.1 Protocol, read-only. Without a query the service is described; browsers get its page.",
                {**answer("The result, in the format that was asked for", *_RESULTS, codes=_QUERY_FAULTS),
                 **unchanged(303)},
            ),
            "parameters": [parameter("query", "A query of SPARQL 1.1"), _TIMEOUT, *_NAMED],
        },
        "post": {
            **_operation(
                "query_by_body", _SPARQL, "Query", "SPARQL 1.1 Protocol, read-only; as a form, or as it is.",
                answer("The result, in the format that was asked for", *_RESULTS, codes=_QUERY_FAULTS),
            ),
            "requestBody": {"required": True, "content": {
                SPARQL_QUERY.media_type: {"schema": _FIELDS["query"]},
                FORM.media_type: {"schema": {"type": "object", "required": ["query"], "properties": _FIELDS}},
            }},
        },
    },
    "/mcp": {
        "post": {
            **_operation(
                "call_tool", "agents", "Call a tool", "Model Context Protocol over streamable HTTP, without sessions.",
                {
                    **answer("The answer of JSON-RPC", JSON, codes=(415,)),
                    202: {"description": "A notice was taken", "content": {JSON.media_type: {}}},
                    400: {"description": "No message of JSON-RPC", "content": _RPC_FAULT},
                    403: {"description": "Another origin", "content": {TEXT.media_type: {}}},
                    406: {"description": "Nothing that the protocol sends is accepted", "content": _RPC_FAULT},
                    413: {"description": "Too much at once", "content": _RPC_FAULT},
                },
            ),
            "requestBody": {"required": True, "content": {JSON.media_type: {"schema": {
                "type": "object", "required": ["jsonrpc", "method"],
                "properties": {
                    "jsonrpc": {"const": "2.0"}, "method": {"type": "string"}, "params": {"type": ["object", "null"]},
                },
            }}}},
        },
    },
}  # fmt: skip
"""What is served beside the framework, which therefore cannot describe it."""
