"""The clients that people have, against a real server: Python, pandas, rdflib and JavaScript, each its own way."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
import rdflib
import sparql_dataframe
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLExceptions, SPARQLWrapper

from tests.support.serving import Server, serving

BASES = "SELECT ?base ?name WHERE { ?base a kg:Base ; rdfs:label ?name . FILTER(LANG(?name) = 'en') } ORDER BY ?base"
CATL = "https://w3id.org/zerocarbon/id/company/catl"
LABEL = rdflib.RDFS.label


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(release_folder, tmp_path_factory.mktemp("clients"), "--client-queries", "8") as running:
        yield running


@pytest.fixture(scope="module")
def endpoint(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}/sparql"


@pytest.fixture(scope="module")
def bases(server: Server) -> list[str]:
    """Give the bases of the release, asked for without any library."""
    answer = server.ask("/sparql?" + urlencode({"query": BASES, "format": "json"})).json()
    found = [row["base"]["value"] for row in answer["results"]["bindings"]]
    assert found
    return found


def _wrapper(endpoint: str, query: str, form: str) -> Any:
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    return wrapper


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_rows_by_either_method(endpoint: str, bases: list[str], method: str) -> None:
    wrapper = _wrapper(endpoint, BASES, JSON)
    wrapper.setMethod(method)
    answer = wrapper.queryAndConvert()
    assert [row["base"]["value"] for row in answer["results"]["bindings"]] == bases


def test_sparqlwrapper_reads_a_graph_and_an_answer(endpoint: str) -> None:
    built = _wrapper(endpoint, "CONSTRUCT WHERE { <company/catl> rdfs:label ?name }", TURTLE).queryAndConvert()
    graph = rdflib.Graph().parse(data=built, format="turtle")
    assert rdflib.Literal("宁德时代", "zh") in set(graph.objects(rdflib.URIRef(CATL), LABEL))
    assert _wrapper(endpoint, "ASK { <company/catl> a kg:Company }", JSON).queryAndConvert()["boolean"] is True


def test_sparqlwrapper_is_told_where_a_query_is_wrong(endpoint: str) -> None:
    with pytest.raises(SPARQLExceptions.QueryBadFormed, match="SPARQL"):
        _wrapper(endpoint, "SELECT ?s WHERE { ?s ", JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_takes_the_server_for_a_store(endpoint: str, bases: list[str], method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint, method=method))
    rows = [row for row in graph.query(BASES) if isinstance(row, rdflib.query.ResultRow)]
    assert [str(row.base) for row in rows] == bases
    assert {str(name) for name in graph.objects(rdflib.URIRef(CATL), LABEL)} >= {"CATL", "宁德时代"}
    assert (rdflib.URIRef(CATL), LABEL, rdflib.Literal("CATL", lang="en")) in graph


def test_sparql_dataframe_makes_a_frame(endpoint: str, bases: list[str]) -> None:
    assert list(sparql_dataframe.get(endpoint, BASES)["base"]) == bases
    assert list(sparql_dataframe.get(endpoint, BASES, post=True)["base"]) == bases


def test_pandas_reads_csv_and_tsv(server: Server, bases: list[str]) -> None:
    for form, separator in (("csv", ","), ("tsv", "\t")):
        reply = server.ask("/sparql?" + urlencode({"query": BASES, "format": form}))
        frame = pd.read_csv(io.BytesIO(reply.body), sep=separator)
        assert [str(value).strip("<>") for value in frame.iloc[:, 0]] == bases


_FETCH = """
import {SparqlEndpointFetcher} from 'fetch-sparql-endpoint';
import SparqlClient from 'sparql-http-client/ParsingClient.js';
const [endpoint, query] = process.argv.slice(2);
const rows = [];
const stream = await new SparqlEndpointFetcher().fetchBindings(endpoint, query);
for await (const row of stream) rows.push(row.base.value);
const triples = await new SparqlEndpointFetcher()
  .fetchTriples(endpoint, 'CONSTRUCT WHERE { <company/catl> rdfs:label ?name }');
const names = [];
for await (const triple of triples) names.push(triple.object.value);
const answer = await new SparqlEndpointFetcher().fetchAsk(endpoint, 'ASK { <company/catl> a kg:Company }');
const client = new SparqlClient({endpointUrl: endpoint});
const parsed = (await client.query.select(query)).map(row => row.base.value);
let refused = '';
try { await client.query.select('SELECT ?s WHERE {'); } catch (error) { refused = String(error.status); }
console.log(JSON.stringify({rows, names, answer, parsed, refused}));
"""
_PACKAGE = {
    "type": "module",
    "private": True,
    "dependencies": {"fetch-sparql-endpoint": "^7.0.0", "sparql-http-client": "^3.0.0"},
}


def test_javascript_clients_read_rows_graphs_answers_and_errors(
    endpoint: str, bases: list[str], tmp_path: Path
) -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node and npm are not at hand")
    (tmp_path / "package.json").write_text(json.dumps(_PACKAGE), encoding="utf-8")
    (tmp_path / "ask.js").write_text(_FETCH, encoding="utf-8")
    installed = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=tmp_path, capture_output=True, text=True
    )
    if installed.returncode != 0:
        pytest.skip("npm cannot install the clients here")
    asked = subprocess.run(
        [node, "ask.js", endpoint, BASES], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert (answer["rows"], answer["parsed"], answer["answer"], answer["refused"]) == (bases, bases, True, "400")
    assert {"CATL", "宁德时代"} <= set(answer["names"])
