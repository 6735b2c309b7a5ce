"""The server: SPARQL, lookups, linked data and tools for agents over one release, read-only.

    app = kg.server.app.make_app(ServerSettings())     # an ASGI application; `kg serve` runs it

Where things are: `settings` (flags and environment), `run` (the process), `app` (routes), `base_url`;

    http/        answers over ASGI, content negotiation, errors as problems
    middleware/  the gateway that every request passes, the log of accesses, the metrics
    workers/     the release that is served, the pool and its processes, what one client may ask, foreign SPARQL
    api/         the lookup interface
    endpoints/   SPARQL, linked data, dumps, reconciliation, agents, status
    web/         pages for people

What can be asked of a graph is in `kg.operations`. Only `kg.cli` may import this package. This module imports nothing,
so that the processes of the workers load no web framework.

To add routes: make a module with a FastAPI `router = APIRouter(...)` and add it to `ROUTERS` in
`app`. A route is `async` and does no work of its own on the graph, since one process answers everybody:

    serving: Serving = request.app.state.serving
    serving.release_id, serving.release, serving.now.facts   # id, folder and facts (release.json)
    await serving.look_up("resolve", {"name": "company/catl"})       # what JSON holds, floats for decimals
    await serving.look_up_json("resolve", {"name": "company/catl"})  # the same as bytes, decimals whole
    frame = await serving.query(QueryRequest(text), timeout=5)      # foreign SPARQL: frame.body, frame.head["type"]

A verb is a function in `kg.operations` that is in `VERBS` of its `registry`: `verb(graph, **arguments)`, named as the
method on `kg.Graph`; it gives dicts, lists, texts, numbers, Decimals, or a table by `Table.to_dict`. It runs in a
process of its own without network, ends at `LOOKUP_SECONDS`, and what it gave is kept for as long as the release is
served.

Errors: raise a `KgError`; the app makes it a problem (RFC 9457) by `problems`, with the status that
the kind of error has. `problems` has the kinds that only a server knows. For ETags, the release
id as a weak tag beside `Vary: Accept` is right for whatever the release alone decides. CORS,
nosniff and the content policy are set by the gateway for all routes; a page that needs more than
`default-src 'self'` sets its own policy. Work that runs outside a request's own task sets
`kg.server.workers.quota.CLIENT` to charge its client. A browser that opens `/sparql` gets what
`app.state.sparql.page` makes (`kg.server.endpoints.sparql.Page`): it is led to the page of `query_page`.
"""

from __future__ import annotations

__all__: list[str] = []
