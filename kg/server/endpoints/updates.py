"""The test mode: SPARQL Update at `/sparql` and the Graph Store HTTP Protocol at `/graph-store`, on an empty store.

It lets a conformance suite load its data. Whoever reaches the port may write, so the settings
let it listen on loopback only, and what a web page sends from a browser is refused.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from email import message_from_bytes

from kg.errors import KgError, QueryRefused, UsageError
from kg.formats import MULTIPART, TURTLE
from kg.server.endpoints.sparql import ProtocolOperation, SparqlEndpoint
from kg.server.http.asgi import (
    RawResponse,
    Receive,
    Scope,
    Send,
    header,
    own_address,
    problem,
    read_body,
    read_pairs,
    send_answer,
)
from kg.server.http.negotiation import GRAPHS, negotiate
from kg.server.http.problems import MethodNotAllowed
from kg.server.workers.protocol import Frame
from kg.server.workers.service import Serving

__all__ = ["GRAPH_STORE", "GraphStore", "TestEndpoint"]

GRAPH_STORE = "/graph-store"
MAX_GRAPH = 16 * 2**20


class TestEndpoint(SparqlEndpoint):
    """The SPARQL endpoint, with updates."""

    # It is no test, whatever its name says to a collector of tests.
    __test__ = False

    async def update(self, scope: Scope, operation: ProtocolOperation) -> RawResponse:
        """Run an update."""
        refuse_browsers(scope)
        head = {
            "do": "update",
            "default": operation.graphs("using-graph-uri"),
            "named": operation.graphs("using-named-graph-uri"),
        }
        await self.serving.change(Frame(head, operation.text.encode("utf-8")))
        return RawResponse(204)


@dataclass
class GraphStore:
    """The Graph Store Protocol as an ASGI application: a graph is named by a parameter, or by the address itself."""

    serving: Serving

    @property
    def path(self) -> str:
        """The address below which all its graphs are."""
        return GRAPH_STORE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            answer = await self._answer(scope, receive)
        except KgError as error:
            answer = problem(error)
        await send_answer(send, answer, head_only=scope["method"] == "HEAD")

    async def _answer(self, scope: Scope, receive: Receive) -> RawResponse:
        method = scope["method"]
        if method in ("GET", "HEAD"):
            return await self._get(scope)
        refuse_browsers(scope)
        if method == "DELETE":
            await self.serving.change(Frame({"do": "delete", "graph": _graph(scope)}))
            return RawResponse(204)
        if method not in ("PUT", "POST"):
            allowed = ("GET", "HEAD", "PUT", "POST", "DELETE")
            raise MethodNotAllowed(f"a graph store does not take {method}", allowed)
        return await self._write(scope, method.lower(), await read_body(scope, receive, MAX_GRAPH))

    async def _get(self, scope: Scope) -> RawResponse:
        form = negotiate(header(scope, b"accept") or "*/*", tuple(GRAPHS.items())) or "turtle"
        frame = await self.serving.change(Frame({"do": "get", "graph": _graph(scope), "form": form}))
        return RawResponse(200, frame.body, {"content-type": frame.head["type"], "vary": "Accept"})

    async def _write(self, scope: Scope, deed: str, body: bytes) -> RawResponse:
        media = header(scope, b"content-type") or TURTLE.media_type
        new = deed == "post" and not scope["query_string"] and scope["path"].rstrip("/") == GRAPH_STORE
        graph = f"{own_address(scope)}/{uuid.uuid4()}" if new else _graph(scope)
        created = False
        for kind, part in _parts(media, body):
            head = {"do": deed, "graph": graph, "type": kind}
            created = (await self.serving.change(Frame(head, part))).head["created"] or created
        return RawResponse(201 if created else 204, headers={"location": graph} if new and graph else {})


def _parts(media: str, body: bytes) -> list[tuple[str, bytes]]:
    """Give the parts of a form with files, or the body as the only part."""
    kind = media.partition(";")[0].strip().lower()
    if kind != MULTIPART.media_type:
        return [(kind, body)]
    message = message_from_bytes(b"content-type: " + media.encode("latin-1") + b"\r\n\r\n" + body)
    if not message.is_multipart():
        raise UsageError("the form with files has no parts; name its boundary")
    parts = [part for part in message.walk() if not part.is_multipart()]
    return [(part.get_content_type(), bytes(part.get_payload(decode=True) or b"")) for part in parts]


def _graph(scope: Scope) -> str | None:
    """Give the IRI of the graph that a request is about, None for the default graph."""
    pairs = read_pairs(scope["query_string"])
    if "default" in pairs and "graph" not in pairs:
        return None
    if len(pairs.get("graph", [])) == 1 and "default" not in pairs:
        return pairs["graph"][0]
    if pairs or scope["path"].rstrip("/") == GRAPH_STORE:
        raise UsageError("name one graph: ?graph=IRI, or ?default")
    return own_address(scope)


def refuse_browsers(scope: Scope) -> None:
    """Raise QueryRefused for what a web page sends: it would write here unseen by who visits it."""
    if header(scope, b"origin"):
        raise QueryRefused("changes that a web page sends are refused; use a program")
