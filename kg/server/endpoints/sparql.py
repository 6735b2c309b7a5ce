"""The SPARQL 1.1 Protocol at `/sparql`: GET, POST of a form, POST of the query itself.

What is asked is read here, and how the answer is labelled; the query runs in a worker
(`kg.server.workers.sparql_job`). A GET without a query gives the service description.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from kg.errors import KgError, NotAcceptable, QueryError, QueryRefused, QueryTooLong, UsageError
from kg.formats import FORM, HTML, SPARQL_QUERY, SPARQL_UPDATE
from kg.server.endpoints.service_description import describe_service
from kg.server.http.asgi import (
    RawResponse,
    Receive,
    Scope,
    Send,
    header,
    note_headers,
    own_address,
    problem,
    read_body,
    read_pairs,
    send_answer,
    unless_gone,
)
from kg.server.http.negotiation import GRAPHS, RESULTS, first_by_name, negotiate
from kg.server.http.problems import MethodNotAllowed, UnsupportedMediaType
from kg.server.workers.service import Serving
from kg.server.workers.sparql_job import QueryRequest
from kg.sparql.guard import MAX_TEXT

__all__ = ["Page", "ProtocolOperation", "SparqlEndpoint"]

# In a form each byte of the text may take three characters; a few graphs stand beside it.
MAX_BODY = 3 * MAX_TEXT + 16_384
_RESULTS, _GRAPHS = tuple(RESULTS.items()), tuple(GRAPHS.items())

Page = Callable[[Scope], Awaitable[RawResponse]]
"""Makes the HTML page that a browser gets at `/sparql`."""


@dataclass(frozen=True)
class ProtocolOperation:
    """What a request of the protocol asks for: one text, and the parameters beside it."""

    text: str
    pairs: dict[str, list[str]]
    is_update: bool = False

    def one(self, name: str) -> str | None:
        """Give a parameter, the first where clients send it twice."""
        return next(iter(self.pairs.get(name, ())), None)

    def graphs(self, name: str) -> tuple[str, ...] | None:
        """Give the IRIs of a parameter of the dataset."""
        # A form sends a field that was left empty too.
        named = tuple(one for one in self.pairs.get(name, ()) if one)
        return named or None


class SparqlEndpoint:
    """The endpoint as an ASGI application; `page` makes what a browser sees that opens it, if there is one."""

    def __init__(self, serving: Serving) -> None:
        self.page: Page | None = None
        self.serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            answer = await self._answer(scope, receive)
        except KgError as error:
            answer = problem(error)
        await send_answer(send, answer, head_only=scope["method"] == "HEAD")

    async def _answer(self, scope: Scope, receive: Receive) -> RawResponse:
        operation = await _read(scope, receive)
        if operation is None:
            return await self._describe(scope)
        if operation.is_update:
            return await self.update(scope, operation)
        tag = f'W/"{self.serving.release_id}"'
        kept = scope["method"] != "POST" and not self.serving.settings.test_mode
        if kept and header(scope, b"if-none-match") == tag:
            return RawResponse(304, headers={"etag": tag, "vary": "Accept", "cache-control": "no-cache"})
        query = self.serving.query(_request(scope, operation), _timeout(operation))
        frame = await unless_gone(receive, query)
        headers = {"content-type": frame.head["type"], "vary": "Accept", **note_headers(frame.head.get("notes", ()))}
        if kept:
            headers |= {"etag": tag, "cache-control": "no-cache"}
        return RawResponse(200, frame.body, headers)

    async def update(self, scope: Scope, operation: ProtocolOperation) -> RawResponse:  # noqa: ARG002 - the test mode's has both
        """Refuse an update; the test mode has another endpoint."""
        raise QueryRefused("this server is read-only, so updates are refused; build a release to change the data")

    async def _describe(self, scope: Scope) -> RawResponse:
        accept = header(scope, b"accept") or "*/*"
        if self.page is not None and negotiate(accept, (*_GRAPHS, ("html", HTML.media_types))) == "html":
            return await self.page(scope)
        form = negotiate(accept, _GRAPHS) or "turtle"
        body, media = describe_service(own_address(scope), form)
        return RawResponse(200, body, {"content-type": media, "vary": "Accept", "cache-control": "public, max-age=300"})


async def _read(scope: Scope, receive: Receive) -> ProtocolOperation | None:
    """Read what a request asks for; None when it asks for nothing."""
    pairs = read_pairs(scope["query_string"])
    method = scope["method"]
    if method in ("GET", "HEAD"):
        # What is wrong is told, also where it would not count.
        _timeout(ProtocolOperation("", pairs))
        if "update" in pairs:
            raise UsageError("an update cannot be sent by GET; POST it")
        return _operation(pairs) if "query" in pairs else None
    if method != "POST":
        raise MethodNotAllowed(f"/sparql does not take {method}; send a query by GET or POST", ("GET", "HEAD", "POST"))
    return _posted(scope, pairs, await read_body(scope, receive, MAX_BODY))


def _posted(scope: Scope, pairs: dict[str, list[str]], body: bytes) -> ProtocolOperation:
    media, _, parameters = header(scope, b"content-type").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip().strip('"') or "utf-8"
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"the body is in {charset}; SPARQL is sent as UTF-8")
    if media.strip() == FORM.media_type:
        form = read_pairs(body)
        return _operation({name: pairs.get(name, []) + form.get(name, []) for name in pairs | form})
    if media.strip() not in (SPARQL_QUERY.media_type, SPARQL_UPDATE.media_type):
        raise UnsupportedMediaType(
            f"a body of type {media.strip() or '(none)'} is not taken; "
            f"send {SPARQL_QUERY.media_type} or {FORM.media_type}"
        )
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"the query is not UTF-8 at byte {error.start + 1}; encode it so") from error
    return ProtocolOperation(text, pairs, media.strip() == SPARQL_UPDATE.media_type)


def _operation(pairs: dict[str, list[str]]) -> ProtocolOperation:
    """Take the text out of the parameters; there must be one."""
    texts = [(name, text) for name in ("query", "update") for text in pairs.get(name, [])]
    if len(texts) != 1:
        raise UsageError(f"the request has {len(texts)} queries; send one, in the parameter query")
    return ProtocolOperation(texts[0][1], pairs, texts[0][0] == "update")


def _request(scope: Scope, operation: ProtocolOperation) -> QueryRequest:
    if len(operation.text) > MAX_TEXT:
        raise QueryTooLong(f"the query has over {MAX_TEXT:,} characters; the limit is {MAX_TEXT:,} bytes")
    names = operation.pairs.get("format", [])
    accept = header(scope, b"accept") or "*/*"
    results, graph = first_by_name(names) if any(names) else (negotiate(accept, _RESULTS), negotiate(accept, _GRAPHS))
    if results is None and graph is None:
        types = ", ".join(types[0] for types in (*RESULTS.values(), *GRAPHS.values()))
        raise NotAcceptable(f"nothing is given as {accept[:200]}; ask for one of {types}")
    default, named = operation.graphs("default-graph-uri"), operation.graphs("named-graph-uri")
    return QueryRequest(operation.text, default, named, results, graph)


def _timeout(operation: ProtocolOperation) -> float | None:
    text = operation.one("timeout")
    try:
        seconds = float(text) if text else None
    except ValueError:
        seconds = 0.0
    if seconds is not None and not seconds > 0:
        raise UsageError(f"timeout={text!r} is no number of seconds over 0")
    return seconds
